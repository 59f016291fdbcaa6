"""The library's door: one object with a verb for each thing a user wants, each the twin of a command."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from graphkit import dialect
from graphkit.config import Settings, data_folder
from graphkit.errors import QueryError
from graphkit.model import MODEL
from graphkit.names import Names
from graphkit.queries import load_folder
from graphkit.records import Node
from graphkit.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    import networkx as nx
    import pandas as pd
    import polars as pl

    from graphkit.analyses.network import Network
    from graphkit.answers import Answer
    from graphkit.answers.evidence import Claim
    from graphkit.drawing import Look
    from graphkit.loading import Options, Plan, Report
    from graphkit.loading.desk import Desk
    from graphkit.loading.history import Event
    from graphkit.maps import ChainMap
    from graphkit.names import Found
    from graphkit.queries import Query
    from graphkit.records import Table
    from graphkit.seeds.checking import Checked
    from graphkit.seeds.decisions import Decision, Verdict
    from graphkit.stores.base import Rows, Store
    from graphkit.subgraphs import Direction

__all__ = ["Graph", "check_files", "open_graph"]

NAME_COLUMNS = ("id", "name_zh", "name_en", "title", "aliases", "tickers")


def open_graph(
    url: str | None = None,
    *,
    read_only: bool = False,
    queries: Iterable[str | Path] = (),
    today: date | None = None,
    settings: Settings | None = None,
    known_at: str | None = None,
) -> Graph:
    """Open a graph.

    Args:
        url: `embedded:PATH` or `neo4j://HOST:PORT`; what the settings say when None.
        read_only: Whether nothing may be written; an embedded graph must then exist.
        queries: Folders of own questions, beside those that graphkit ships with.
        today: The day for which questions are asked when they are told none; the computer's when None.
        settings: Credentials, and the default store; read from the environment when None.
        known_at: A day: the graph as it was known at its end, built in a store of its own that goes when it is closed.

    Raises:
        StoreError: the store cannot be opened.
        InputError: a question in one of the folders breaks a rule.
    """
    settings = settings or Settings.from_environment()
    store = open_store(
        url or settings.store,
        MODEL,
        read_only=read_only,
        user=settings.user,
        password=settings.password,
        database=settings.database,
    )
    if known_at is not None:
        from graphkit.loading.rebuilding import rebuilt

        store = rebuilt(store, known_at)
    return Graph(store, tuple(map(Path, queries)), (today or date.today()).isoformat())  # noqa: DTZ011 - the user's day


class Graph:
    """A graph and all that can be asked of it."""

    def __init__(self, store: Store, folders: Sequence[Path] = (), today: str = "") -> None:
        self.store = store
        self.today = today
        self._folders = folders

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @cached_property
    def queries(self) -> Mapping[str, Query]:
        """Every question by name."""
        return load_folder(*self._folders, shipped=(data_folder("cypher"),), schema=self.store.schema)

    @cached_property
    def names(self) -> Names:
        """Every spelling of every node."""
        from graphkit.config import decisions_file

        if decisions_file(self.store.url).exists() or self.store.count("Before"):
            return self.desk().names()
        return Names.from_tables(self._name_tables())

    def _name_tables(self) -> Iterator[Table]:
        for node_type in self.store.schema.node_types:
            columns = [prop.name for prop in node_type.properties if prop.name in NAME_COLUMNS]
            yield self.store.table(node_type.name, columns)

    def _forget_names(self) -> None:
        self.__dict__.pop("names", None)

    # Loading

    def desk(self, decisions: str | Path | None = None) -> Desk:
        """Where lists come in; with the file of decisions on names, beside the store when None."""
        from graphkit.loading.desk import Desk

        return Desk(self.store, decisions)

    def check(self, *paths: str | Path, **options: Unpack[Options]) -> Checked:
        """Check files against the model and against the nodes that are here already; nothing is written."""
        from graphkit.loading import Intake

        return self.desk(options.get("decisions")).checked(paths, Intake(**options))[1]

    def plan(self, *paths: str | Path, **options: Unpack[Options]) -> Plan:
        """What loading some files would do; `graphkit.loading.Intake` says what the options mean.

        Raises:
            InputError: the files hold problems; all of them are told.
        """
        from graphkit.loading import Intake

        return self.desk(options.get("decisions")).planned(paths, Intake(**options))[2]

    def load(self, *paths: str | Path, **options: Unpack[Options]) -> Report:
        """Load files, or folders of files: all of it or, where anything is wrong, nothing.

        With `on_error="quarantine"` the rows that are wrong go into a file beside their own, the others into the graph.

        Raises:
            InputError: the files hold problems; all of them are told, and nothing was loaded.
            StoreError: the engine refused; nothing was loaded.
        """
        from graphkit.loading import Intake

        report = self.desk(options.get("decisions")).load(paths, Intake(**options))
        self._forget_names()
        return report

    def add(self, link: str, properties: Mapping[str, object], *, create_missing: bool = False) -> Report:
        """Add one claim: its ends as `subject` and `object`, and what is said of them; names in any spelling.

        Raises:
            InputError: the claim is not one that the model knows.
        """
        report = self.desk().add(link, properties, create_missing=create_missing)
        self._forget_names()
        return report

    def undo(self, load: str, *, with_later: bool = False) -> int:
        """Take a load back; see `graphkit.loading.undo`."""
        taken_back = self.desk().undo(load, with_later=with_later)
        self._forget_names()
        return taken_back

    def decide(self, verdict: Verdict, this: str, other: str, *, decisions: str | Path | None = None) -> Decision:
        """Decide that a name is the same as another's node, or that it is not; see `graphkit.loading.desk`."""
        decision = self.desk(decisions).decide(verdict, this, other)
        self._forget_names()
        return decision

    def revert(self, verdict: Verdict, this: str, other: str, *, decisions: str | Path | None = None) -> Decision:
        """Take such a decision back; the graph is then what it would be had it never been made."""
        decision = self.desk(decisions).revert(verdict, this, other)
        self._forget_names()
        return decision

    def log(self, name: str) -> list[Event]:
        """What we knew of one node, and when, the oldest first."""
        from graphkit.loading import history, unmerged

        return history.log(unmerged(self.store), self.names.resolve(name, ()))

    def events(self, load: str) -> list[Event]:
        """All that a load did."""
        from graphkit.loading import history, unmerged

        return history.events(unmerged(self.store), load)

    def diff(self, older: str, newer: str) -> list[Event]:
        """What the loads after one and up to another did, taken together."""
        from graphkit.loading import history, unmerged

        return history.difference(unmerged(self.store), older, newer)

    def loads(self) -> list[dict[str, object]]:
        """Every load that has not been taken back, the newest first."""
        rows: list[dict[str, object]] = [dict(row) for row in self.store.table("Load").rows()]
        return sorted(rows, key=lambda row: str(row["id"]), reverse=True)

    # Asking

    def query(self, name: str, /, *arguments: object, **named: object) -> Answer:
        """Ask a question by its name; names of nodes may be written in any spelling.

        Raises:
            QueryError: there is no such question, or it was told too much or too little.
            NotFoundError: an argument names nothing.
            AmbiguousError: an argument may name several things.
        """
        from graphkit.answers import ask

        question = self.question(name)
        if len(arguments) > len(question.params):
            raise QueryError(f"{name} takes at most {len(question.params)} arguments, not {len(arguments)}")
        told = {param.name: value for param, value in zip(question.params, arguments, strict=False)}
        if twice := told.keys() & named.keys():
            raise QueryError(f"{name} is told {', '.join(sorted(twice))} twice")
        return ask(self.store, question, {**told, **named}, names=self.names, today=self.today, queries=self.queries)

    def question(self, name: str) -> Query:
        """The question of that name."""
        from rapidfuzz import process

        if name in self.queries:
            return self.queries[name]
        near = [found for found, _, _ in process.extract(name, list(self.queries), limit=3, score_cutoff=50)]
        hint = f"did you mean {', '.join(near)}? " if near else ""
        raise QueryError(f"no question is called {name!r}; {hint}`graphkit queries` lists them")

    def cypher(self, text: str, **parameters: object) -> Rows:
        """Run a Cypher text of one's own, which can only read.

        Raises:
            QueryError: the engine refuses it, or this engine would answer it wrongly; the message says how to write it.
        """
        if findings := dialect.check(text, self.store.schema, rules=self.store.cypher_rules()):
            raise QueryError("\n".join(f"line {finding.line}: {finding.message}" for finding in findings))
        return self.store.read(text, parameters)

    def resolve(self, names: Iterable[str], types: Sequence[str] = ("Company", "Product", "Segment")) -> list[str]:
        """The ids that names in any spelling mean; `country:TW` stands for itself.

        Raises:
            NotFoundError: a name stands for nothing.
            AmbiguousError: a name stands for several nodes.
        """
        return [name if name.startswith("country:") else self.names.resolve(name, types) for name in names]

    def network(self, as_of: str | None = None) -> Network:
        """The graph as arrays, for the analyses: what holds on a day, today when None."""
        from graphkit.analyses.network import Network

        return Network.from_store(self.store, as_of=as_of or self.today)

    def find(self, text: str, types: Sequence[str] = (), limit: int = 20) -> list[Found]:
        """Every node that a text may mean, best first."""
        return self.names.search(text, types, limit)

    def stats(self) -> list[dict[str, object]]:
        """How many records of each type there are."""
        schema = self.store.schema
        meanings = {record.name: record.meaning for record in schema.node_types}
        meanings |= {record.name: record.meaning for record in schema.link_types}
        return [
            {"type": name, "records": self.store.count(name), "meaning": meaning} for name, meaning in meanings.items()
        ]

    # Handing out

    def export(self) -> Iterator[dict[str, object]]:
        """Every record as a plain object; see `graphkit.exports`."""
        from graphkit.exports import export

        return export(self.store)

    def show(self, name: str) -> tuple[Node, tuple[Claim, ...]]:
        """One node, and every claim that it stands in, at either end or as the product meant.

        Raises:
            NotFoundError: no node is called so.
            AmbiguousError: several are.
        """
        from graphkit.answers.evidence import read_claims_about

        node_id = self.names.resolve(name, ())
        rows = self.store.table(self.names.type_of(node_id)).rows()
        properties = next(row for row in rows if row["id"] == node_id)
        kept = {prop.name for prop in self.store.schema.nodes[self.names.type_of(node_id)].properties} - {"id"}
        stated = {name: value for name, value in properties.items() if name in kept}
        return Node(self.names.type_of(node_id), node_id, stated), read_claims_about(self.store, node_id)

    def map(  # noqa: PLR0913 - each option has a name and a default
        self,
        *focus: str,
        hops: int = 2,
        direction: Direction | None = None,
        between: Sequence[str] = (),
        segment: str | None = None,
        types: Sequence[str] = (),
        certainty: Sequence[str] = (),
        as_of: str | None = None,
        answer: Answer | None = None,
        look: Look | None = None,
    ) -> ChainMap:
        """Draw the chain, or the part of it that `graphkit.subgraphs.Part` describes; names in any spelling.

        Args:
            focus: What the map is about.
            hops: How far around the focus.
            direction: Only what is upstream or downstream of the focus, at any distance.
            between: Two nodes: only the routes between them.
            segment: Only what stands in a segment.
            types: Only these link types.
            certainty: Only claims this sure.
            as_of: Only what holds on a day; everything when None.
            answer: Only the claims that an answer stands on.
            look: Title, language, marks and the like.

        Raises:
            NotFoundError: a name stands for nothing.
            AmbiguousError: a name stands for several nodes.
            QueryError: there is nothing such to draw.
        """
        from graphkit.drawing import Look, draw
        from graphkit.subgraphs import Part

        part = Part(
            focus=tuple(self.resolve(focus, ("Company", "Product"))),
            hops=hops,
            direction=direction,
            between=tuple(self.resolve(between, ("Company", "Product"))),
            segment=self.names.resolve(segment, ("Segment",)) if segment else None,
            types=tuple(types),
            certainty=tuple(certainty),
            as_of=as_of,
        )
        return draw(self.store, self.names, part, look or Look(), answer.claims if answer else ())

    def map_difference(self, older: str, newer: str, look: Look | None = None) -> ChainMap:
        """Draw what became new, changed or went between two loads."""
        from graphkit.drawing import Look, draw_difference

        return draw_difference(self.store, older, newer, look or Look())

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph; see `graphkit.interop`."""
        from graphkit.interop import to_networkx

        return to_networkx(self.store)

    def to_py2neo(self) -> object:
        """The graph as a py2neo Subgraph (extra `py2neo`)."""
        from graphkit.interop import to_py2neo

        return to_py2neo(self.store)

    def to_polars(self, type_name: str) -> pl.DataFrame:
        """All records of one type as a polars frame (extra `frames`)."""
        from graphkit.interop import to_polars

        return to_polars(self.store, type_name)

    def to_pandas(self, type_name: str) -> pd.DataFrame:
        """All records of one type as a pandas frame (extra `frames`)."""
        from graphkit.interop import to_pandas

        return to_pandas(self.store, type_name)


def check_files(*paths: str | Path, **options: Unpack[Options]) -> Checked:
    """Check files by themselves, without any store."""
    from graphkit.loading.intake import Intake, check, take_in

    intake = Intake(**options)
    taken = take_in(paths, intake, MODEL)
    return check(taken, MODEL, (), decided=((), ()), create_missing=intake.create_missing)
