"""Neo4j over Bolt: managed transactions, retries and batches by its own driver.

All that is peculiar to Neo4j stands here: its constraints, its batched writes, its reads in chunks, its messages.
"""

from __future__ import annotations

import itertools
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import neo4j
from neo4j import exceptions
from platformdirs import user_data_path

from graphkit.columns import arrow_table
from graphkit.errors import QueryError, StoreError
from graphkit.records import Table
from graphkit.stores.base import Change, Rows, Store
from graphkit.stores.neo4j_writing import BATCH, refuse_unfinished, stamp_of, take_back_what_died, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from graphkit.schema import Schema
    from graphkit.values import Value

__all__ = ["Neo4jStore", "ddl"]

AHEAD = 2
"""Records of a batch each that the driver asks for at a time, so that no more of them are in memory."""

RETRY_SECONDS = 30.0
"""How long a transaction is tried again when the server is away or busy."""

logging.getLogger("neo4j").addHandler(
    logging.NullHandler()
)  # what the driver logs is told by the error, in one sentence


def ddl(schema: Schema) -> list[str]:
    """The constraints of a model: one id, one node; one id, one claim. Neo4j Community holds both."""
    nodes = [
        f"CREATE CONSTRAINT {node.name.lower()}_id IF NOT EXISTS FOR (x:{node.name}) REQUIRE x.id IS UNIQUE"
        for node in (*schema.node_types, *schema.journal)
    ]
    links = [
        f"CREATE CONSTRAINT {link.name.lower()}_id IF NOT EXISTS FOR ()-[x:{link.name}]-() REQUIRE x.id IS UNIQUE"
        for link in schema.link_types
    ]
    stamp = "CREATE CONSTRAINT graphkit_id IF NOT EXISTS FOR (x:Graphkit) REQUIRE x.id IS UNIQUE"
    return [*nodes, *links, stamp]


class Neo4jStore(Store):
    """A graph in a Neo4j server; see `graphkit.stores.base.Store`."""

    def __init__(
        self,
        url: str,
        schema: Schema,
        *,
        auth: tuple[str, str],
        database: str | None = None,
        read_only: bool = False,
    ) -> None:
        self.url = url
        self.schema = schema
        self._database = database
        self._driver = neo4j.GraphDatabase.driver(
            url, auth=auth, max_transaction_retry_time=RETRY_SECONDS, notifications_min_severity="OFF"
        )
        try:
            with _plain_errors(self.url):
                self._driver.verify_connectivity()
                with suppress(*([StoreError, exceptions.ClientError] if read_only else [])):  # then reading tells it
                    take_back_what_died(self._session, schema)
                if not read_only:
                    self._prepare()
        except BaseException:
            self._driver.close()
            raise

    def _prepare(self) -> None:
        with self._session() as session:
            for statement in ddl(self.schema):
                session.run(statement).consume()

    def _session(self, access: str = neo4j.WRITE_ACCESS, fetch_size: int = 1_000) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access, fetch_size=fetch_size)

    def beside(self, ending: str) -> Path:
        """Name a file in the user's data folder, by server and database; see `Store.beside`."""
        database = (self._database or "").lower()
        if database:
            with _plain_errors(self.url), self._driver.session() as session:
                usual = session.run("RETURN 1").consume().database
            database = "" if database == usual else f"-{database}"
        server = self.url.partition("://")[2].strip("/").replace(":", "-").replace("/", "-")
        return user_data_path("graphkit") / f"{server}{database}.{ending}"

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Run a text in a session that the server keeps from writing; see `Store.read`."""
        with _plain_errors(self.url), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(_fetch, text, dict(parameters or {}))

    def table(self, type_name: str, properties: Sequence[str] | None = None) -> Table:
        """Read all records of one type, a batch of columns in each record; see `Store.table`."""
        stored = self.schema.record(type_name).stored
        names = properties or [prop.name for prop in stored]
        lists = {prop.name for prop in stored if prop.kind.storage == "texts"}
        gathered: dict[str, list[Value]] = {name: [] for name in names}
        for part in self.read(self._in_parts(type_name, names)):
            for name in names:
                values = cast("list[Any]", part[name])
                gathered[name] += [v if v is None else tuple(v) for v in values] if name in lists else values
        return Table(type_name, gathered)

    def arrow(self, type_name: str, properties: Sequence[str] | None = None) -> pa.Table:
        """Read all records of one type, a chunk for each batch as it streams in; see `Store.arrow`."""
        import pyarrow as pa

        names = properties or [prop.name for prop in self.schema.record(type_name).stored]

        def fetch(transaction: neo4j.ManagedTransaction) -> pa.Table:
            found = transaction.run(self._in_parts(type_name, names))
            parts = itertools.chain([dict.fromkeys(names, ())], map(dict, found))  # typed, even where there are none
            table = pa.concat_tables(arrow_table(self.schema, type_name, part) for part in parts)
            refuse_unfinished(transaction)
            return table

        with _plain_errors(self.url), self._session(neo4j.READ_ACCESS, fetch_size=AHEAD) as session:
            return session.execute_read(fetch)

    def _in_parts(self, type_name: str, names: Sequence[str]) -> str:
        """The text that reads all records of one type, a batch of columns in each record of the answer."""
        columns = ", ".join(f"[x IN part | x.{name}] AS {name}" for name in names)
        return (
            f"MATCH {self._pattern(type_name)} WITH collect(x) AS xs UNWIND range(0, size(xs) - 1, {BATCH}) AS start "
            f"WITH xs[start..start + {BATCH}] AS part RETURN {columns}"
        )

    def count(self, type_name: str) -> int:
        """Count the records of one type."""
        return cast("int", self.read(f"MATCH {self._pattern(type_name)} RETURN count(*) AS n").values[0][0])

    def _pattern(self, type_name: str) -> str:
        return f"()-[x:{type_name}]->()" if type_name in self.schema.links else f"(x:{type_name})"

    def apply(self, changes: Iterable[Change], *, since: str | None = None) -> None:
        """Make all changes, in one managed transaction where the server can hold them; see `Store.apply`."""
        with _plain_errors(self.url):
            write(self._session, self.schema, tuple(changes), since)

    def stamp(self) -> str:
        """The number of changes made so far; see `Store.stamp`."""
        with _plain_errors(self.url), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(stamp_of)

    def cypher_rules(self) -> tuple[str, ...]:
        """Neo4j answers every shape of query right."""
        return ()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()


def _fetch(transaction: neo4j.ManagedTransaction, text: str, parameters: dict[str, object]) -> Rows:
    result = transaction.run(text, parameters)
    rows = Rows(tuple(result.keys()), tuple(tuple(record.values()) for record in result))
    refuse_unfinished(transaction)
    return rows


class _plain_errors:  # noqa: N801 - reads as a phrase: with _plain_errors(url)
    """Turn what the driver raises into one sentence that says what to do."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case exceptions.AuthError():
                raise StoreError(
                    f"Neo4j at {self._url} refuses the user or the password; set NEO4J_USERNAME and NEO4J_PASSWORD"
                ) from None
            case exceptions.ServiceUnavailable() | exceptions.SessionExpired():
                raise StoreError(
                    f"no Neo4j answers at {self._url}; start one (docker compose up) or use --store embedded:PATH"
                ) from None
            case exceptions.ClientError() if error.code and "AccessMode" in error.code:
                raise QueryError(
                    "this would write; ad hoc queries only read (load changes with `graphkit load`)"
                ) from None
            case exceptions.ConstraintError():
                raise StoreError(
                    f"Neo4j at {self._url} holds one of these records already: another load may have brought it "
                    f"meanwhile; load again ({_first_line(error)})"
                ) from None
            case exceptions.ClientError() if error.code and "Statement" in error.code:
                raise QueryError(_first_line(error)) from None
            case exceptions.Neo4jError() | exceptions.DriverError():
                raise StoreError(f"Neo4j at {self._url}: {_first_line(error)}") from None
            case ValueError():  # the driver's word on a URL that it cannot read
                raise StoreError(f"{self._url!r} names no server: {error}") from None


def _first_line(error: BaseException) -> str:
    return str(getattr(error, "message", None) or error).splitlines()[0]
