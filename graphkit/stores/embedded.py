"""The embedded engine (ladybug): a graph in one file, no server.

All that is peculiar to ladybug stands here, in `embedded_writing` and in `tables`: its locks, its messages.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from graphkit.errors import NoGraphError, QueryError, StoreError
from graphkit.records import Table
from graphkit.stores import canary
from graphkit.stores.base import AddLinks, AddNodes, Change, Rows, Store, tally
from graphkit.stores.embedded_writing import Writing
from graphkit.stores.tables import ddl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from graphkit.schema import Property, Schema
    from graphkit.values import Value

__all__ = ["EmbeddedStore"]

PATIENCE = 10.0
"""Seconds that a reader waits for a writer's checkpoint."""

WORTH_ARROW = 20_000
"""From so many rows on, Arrow saves more time than its import costs."""

_open_for_writing: set[Path] = set()
"""Files that this process writes to: the engine's own lock does not see a second opening by the same process."""


class EmbeddedStore(Store):
    """A graph in one file; see `graphkit.stores.base.Store`."""

    def __init__(self, path: str, schema: Schema, *, read_only: bool = False) -> None:
        self.path = Path(path).expanduser().resolve()
        self.url = f"embedded:{path}"
        self.schema = schema
        self._read_only = read_only
        if read_only and not self.path.exists():
            raise NoGraphError(path)
        if not read_only:
            self._claim_for_writing()
        try:
            self._database = self._open()
            self._connection = ladybug.Connection(self._database)
        except BaseException:
            self._unclaim()
            raise
        if not read_only:
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def _claim_for_writing(self) -> None:
        if self.path in _open_for_writing:
            raise StoreError(f"the graph at {self.path} is already open for writing in this process; close it first")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make the folder {self.path.parent}: {error.strerror}") from None
        _open_for_writing.add(self.path)

    def _unclaim(self) -> None:
        if not self._read_only:
            _open_for_writing.discard(self.path)

    def _open(self) -> ladybug.Database:
        try:
            return ladybug.Database(self.path, read_only=self._read_only, auto_checkpoint=False)
        except RuntimeError as error:
            if self._read_only and "recovery" in str(error):
                return self._recover()
            raise StoreError(_opening_failed(self.path, str(error))) from None

    def _recover(self) -> ladybug.Database:
        """Finish what a process that died left in the log, or wait for one that lives to write its checkpoint."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                ladybug.Database(self.path).close()
                return ladybug.Database(self.path, read_only=True)
            except RuntimeError as error:
                if "lock" not in str(error).lower() or time.monotonic() > deadline:
                    raise StoreError(_opening_failed(self.path, str(error))) from None
            try:
                return ladybug.Database(self.path, read_only=True)
            except RuntimeError:
                time.sleep(0.1)

    def _prepare(self) -> None:
        """Make the tables, once for each state of the model and each version of the engine."""
        stamp = f"{ladybug.__version__} {canary.fingerprint(ddl(self.schema))}"
        self._run("CREATE NODE TABLE IF NOT EXISTS Graphkit(id STRING PRIMARY KEY, stamp STRING)")
        if self._run("MATCH (g:Graphkit {id: 'stamp'}) RETURN g.stamp").get_all() == [[stamp]]:
            return
        canary.check(f"ladybug {ladybug.__version__}")
        for statement in ddl(self.schema):
            self._run(statement)
        if ["TYPE"] not in [row[:1] for row in self._run("CALL show_macros() RETURN *").get_all()]:
            self._run("CREATE MACRO type(r) AS label(r)")
        self._run("MATCH (g:Graphkit) DELETE g")
        self._run("CREATE (:Graphkit {id: 'stamp', stamp: $stamp})", {"stamp": stamp})

    def _run(self, text: str, parameters: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - ladybug has no types
        try:
            return self._connection.execute(text, dict(parameters or {}))
        except RuntimeError as error:
            if str(error).startswith("KeyboardInterrupt"):  # met while the engine read from Python
                raise KeyboardInterrupt from None
            raise StoreError(_working_failed(self.path, str(error))) from None

    def beside(self, ending: str) -> Path:
        """Name a file in the same folder; see `Store.beside`."""
        return self.path.with_name(f"{self.path.name}.{ending}")

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Run a text in a read-only transaction; see `Store.read`."""
        sent = {name: list(value) if isinstance(value, tuple) else value for name, value in (parameters or {}).items()}
        self._connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = self._connection.execute(text, sent)
            if isinstance(result, list):
                raise QueryError("one statement at a time; remove the semicolon")
            rows = Rows(tuple(result.get_column_names()), tuple(map(tuple, result.get_all())))
        except RuntimeError as error:
            raise QueryError(_reading_failed(str(error))) from None
        finally:
            self._end_transaction("ROLLBACK")
        return rows

    def _end_transaction(self, how: str) -> None:
        try:
            self._connection.execute(how)
        except RuntimeError as error:
            if "No active transaction" not in str(error):  # an error has ended it already
                raise StoreError(f"{how} failed on {self.path}: {error}") from None

    def table(self, type_name: str, properties: Sequence[str] | None = None) -> Table:
        """Read all records of one type, many by way of Arrow; see `Store.table`."""
        stored = _stored(self.schema, type_name)
        names = properties or [prop.name for prop in stored]
        lists = {prop.name for prop in stored if prop.kind.storage == "texts"}
        result = self._all(type_name, names)
        if result.get_num_tuples() < WORTH_ARROW:
            rows = result.get_all()
            read = {name: [row[place] for row in rows] for place, name in enumerate(names)}
        else:
            arrow = result.get_as_arrow()
            read = {name: arrow[name].to_pylist() for name in names}
        return Table(type_name, {name: _tuples(read[name]) if name in lists else read[name] for name in names})

    def arrow(self, type_name: str, properties: Sequence[str] | None = None) -> pa.Table:
        """Read all records of one type as the engine hands them out; see `Store.arrow`."""
        names = properties or [prop.name for prop in _stored(self.schema, type_name)]
        return self._all(type_name, names).get_as_arrow()

    def _all(self, type_name: str, names: Sequence[str]) -> Any:  # noqa: ANN401 - ladybug has no types
        columns = ", ".join(f"x.{name} AS {name}" for name in names)
        return self._run(f"MATCH {self._pattern(type_name)} RETURN {columns}")

    def _pattern(self, type_name: str) -> str:
        return f"()-[x:{type_name}]->()" if type_name in self.schema.links else f"(x:{type_name})"

    def count(self, type_name: str) -> int:
        """Count the records of one type."""
        return int(self._run(f"MATCH {self._pattern(type_name)} RETURN count(*)").get_all()[0][0])

    def apply(self, changes: Iterable[Change], *, since: str | None = None) -> None:  # noqa: ARG002 - nobody else writes
        """Make all changes in one transaction and write them through to the file; see `Store.apply`.

        Until the checkpoint is done, the log of the engine is all that a kill leaves of them. It repeats changes and
        removals, but no copy (0.22.0): where there are both, records are created one by one, which it repeats.
        """
        changes = tuple(changes)
        is_copied = all(isinstance(change, AddNodes | AddLinks) for change in changes)
        self._run("BEGIN TRANSACTION")
        try:
            Writing(self._run, self.schema, tally(changes), is_copied).write(changes)
        except BaseException:
            self._end_transaction("ROLLBACK")
            raise
        self._run("COMMIT")
        try:
            self._run("CHECKPOINT")
        except StoreError as error:
            raise StoreError(
                f"{error}; is the disk full? The graph is whole, with this change or without: see `graphkit loads`"
            ) from None

    def cypher_rules(self) -> tuple[str, ...]:
        """Name the shapes of query that this engine answers wrongly."""
        return ("chain-condition", "path-quantifier", "path-zero", "trim")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._database.close()
        self._unclaim()


def _stored(schema: Schema, type_name: str) -> tuple[Property, ...]:
    return schema.record(type_name).stored


def _tuples(values: Sequence[Any]) -> Sequence[Value]:
    return [None if value is None else tuple(value) for value in values]


def _opening_failed(path: Path, message: str) -> str:
    if holder := re.search(r"Lock is held by PID (\d+)", message):
        return f"the graph at {path} is being written to by process {holder[1]}; try again when it is done"
    if "Could not set lock" in message:
        return f"the graph at {path} is being written to by another process; try again when it is done"
    if "not a valid" in message:
        return f"{path} is not a graph; choose another path with --store embedded:PATH"
    if "directory" in message and path.is_dir():
        return f"{path} is a folder; a graph is one file, such as {path / 'graph.lbug'}"
    return f"cannot open the graph at {path}: {message.splitlines()[0]}"


def _working_failed(path: Path, message: str) -> str:
    if "buffer pool is full" in message:
        told = f"there is not enough memory to write all of it into {path} at once, so nothing was written"
        return f"{told}; load the file in parts, or into a Neo4j server (--store neo4j://HOST:PORT)"
    return f"the embedded engine refused to work on {path}: {message.splitlines()[0]}"


def _reading_failed(message: str) -> str:
    if "read-only" in message:
        return "this would write; ad hoc queries only read (load changes with `graphkit load`)"
    return message.splitlines()[0]
