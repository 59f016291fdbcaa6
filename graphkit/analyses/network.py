"""The graph as arrays: facts, read from a store once, for analyses that know no engine and no file.

Nodes are numbers from 0; `Network.ids` names them. The claims of a link type come as columns; `Network.facts` merges
parallel claims, since two sources that say the same are one fact: the number of a fact is that of its newest claim,
then of the more certain one. Each fact keeps the ids of all its claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.errors import NotFoundError
from graphkit.provenance import CERTAINTY
from graphkit.records import Table
from graphkit.values import FIRST_DAY, LAST_DAY, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graphkit.records import Link, Node
    from graphkit.schema import LinkType, Schema
    from graphkit.stores.base import Store
    from graphkit.values import Value

    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]
    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

__all__ = ["ALL_LINKS", "Adjacency", "Facts", "Network", "adjacency"]

ALL_LINKS = ("SUPPLIES", "MAKES", "USES", "GOES_INTO", "TYPE_OF", "IN_SEGMENT")
"""What the analyses look at, where no caller asks for less."""

UNKNOWN = -1
"""The code of a node that a claim does not name."""


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Links by the node that they leave.

    Attributes:
        starts: The links of node i stand from `starts[i]` to `starts[i + 1]`.
        targets: The node that each link enters.
        links: The place of each link in the arrays it was made from.
    """

    starts: Ints
    targets: Codes
    links: Codes

    def leaving(self, nodes: Ints | Codes) -> Ints:
        """The places, in `targets` and `links`, of all links that leave the given nodes, node by node."""
        first = self.starts[nodes]
        counts = self.starts[nodes + 1] - first
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        places: Ints = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - counts), counts)
        return places


def adjacency(subject: Codes, obj: Codes, size: int) -> Adjacency:
    """Arrange links by the node that they leave, in linear time; parallel links stay apart."""
    from scipy.sparse import coo_array

    every = np.arange(len(subject), dtype=np.int32)
    rows = coo_array((np.ones(len(subject), dtype=np.bool_), (subject, every)), shape=(size, len(subject))).tocsr()
    links = rows.indices
    return Adjacency(rows.indptr.astype(np.int64), obj[links], links)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one link type, as columns of equal length.

    Attributes:
        subject: The node that each fact leaves.
        object: The node that each fact enters.
        numbers: Numbers and truths by property name; NaN is unknown.
        texts: Texts by property name; None is unknown.
        references: Codes of nodes by property name; -1 is unknown.
        claim_ids: Ids of claims, fact by fact.
        claim_starts: The claims of fact i stand from `claim_starts[i]` to `claim_starts[i + 1]`.
        contradicted: Facts whose claims give different numbers, by property name.
    """

    subject: Codes
    object: Codes
    numbers: Mapping[str, Floats]
    texts: Mapping[str, NDArray[np.object_]]
    references: Mapping[str, Codes]
    claim_ids: NDArray[np.object_]
    claim_starts: Ints
    contradicted: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.subject)

    def claims(self, facts: Iterable[int]) -> tuple[str, ...]:
        """The ids of the claims of the given facts, sorted."""
        starts = self.claim_starts
        return tuple(sorted({claim for i in facts for claim in self.claim_ids[starts[i] : starts[i + 1]]}))

    def number(self, name: str) -> Floats:
        """A column of numbers; all unknown where the facts have no such property."""
        return self.numbers.get(name, np.full(len(self), np.nan))

    def text(self, name: str) -> NDArray[np.object_]:
        """A column of texts; all unknown where the facts have no such property."""
        return self.texts.get(name, np.full(len(self), None, dtype=object))

    def reference(self, name: str) -> Codes:
        """A column of node codes; all unknown where the facts have no such property."""
        return self.references.get(name, np.full(len(self), UNKNOWN, dtype=np.int32))


class Network:
    """Nodes, and the claims between them, as arrays.

    Attributes:
        ids: The id of each node.
        labels: The type of each node.
        as_of: The day that the claims are filtered to; None for all claims.
    """

    def __init__(
        self,
        nodes: Iterable[Table],
        links: Iterable[Table] = (),
        *,
        schema: Schema,
        as_of: str | None = None,
    ) -> None:
        self._schema = schema
        self._nodes = tuple(table for table in nodes if len(table))
        self.as_of = as_of
        self.ids: tuple[str, ...] = tuple(cast("str", i) for table in self._nodes for i in table.columns["id"])
        self.labels: tuple[str, ...] = tuple(table.type for table in self._nodes for _ in range(len(table)))
        self._tables = {table.type: table for table in links}
        self._facts: dict[str, Facts] = {}
        self._ends: dict[str, tuple[Codes, Codes]] = {}

    @classmethod
    def from_store(
        cls,
        store: Store,
        *,
        as_of: str | None = None,
        links: Sequence[str] = ALL_LINKS,
        evidence: bool = True,
    ) -> Network:
        """Read a graph, or the part of it that an analysis needs.

        Args:
            store: Where it is.
            as_of: Keep only claims that may hold on that day (or month, or year: its last day).
            links: The link types to read.
            evidence: Whether to read what the claims say and who says it, not only which nodes they join. Reach needs
                only the latter, and is much faster to read.
        """
        schema = store.schema
        labels = _labels(schema, links)
        nodes = [store.table(label, [n for n in _NODE_COLUMNS if _has(schema, label, n)]) for label in labels]
        tables = [store.table(name, _columns(schema.links[name], as_of, evidence)) for name in links]
        return cls(nodes, tables, schema=schema, as_of=as_of)

    @classmethod
    def from_records(
        cls, nodes: Iterable[Node], links: Iterable[Link], *, schema: Schema, as_of: str | None = None
    ) -> Network:
        """Take nodes and claims as they are, without a store."""
        by_label: dict[str, list[dict[str, Value]]] = {}
        for node in nodes:
            row = {**node.properties, "id": node.id, "name": node.properties.get("name") or node.name}
            by_label.setdefault(node.type, []).append(row)
        by_link: dict[str, list[dict[str, Value]]] = {}
        for link in links:
            row = {"id": link.id, "subject": link.subject, "object": link.object, **link.properties}
            by_link.setdefault(link.type, []).append(row)
        tables = [[_table(name, rows) for name, rows in kind.items()] for kind in (by_label, by_link)]
        return cls(tables[0], tables[1], schema=schema, as_of=as_of)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """The number of each node by its id."""
        return {node_id: code for code, node_id in enumerate(self.ids)}

    def code(self, node_id: str) -> int:
        """The number of a node.

        Raises:
            NotFoundError: there is none of that id.
        """
        found = self.codes.get(node_id)
        if found is None:
            raise NotFoundError("node", node_id)
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The display name of each node."""
        return tuple(str(name or self.ids[code]) for code, name in enumerate(self._node_column("name")))

    @cached_property
    def countries(self) -> tuple[str | None, ...]:
        """The country of each node; None where it is unknown or none can be."""
        return tuple(cast("str | None", country) for country in self._node_column("country"))

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """The segment that each segment is part of; -1 for none."""
        return tuple(self.codes.get(str(parent), UNKNOWN) for parent in self._node_column("parent"))

    def of_type(self, label: str) -> Ints:
        """The nodes of one type."""
        return np.flatnonzero(np.array([name == label for name in self.labels], dtype=bool))

    def ends(self, link: str) -> tuple[Codes, Codes]:
        """Subject and object of each claim of a link type, claim by claim."""
        if link not in self._ends:
            table = self._tables.get(link)
            self._ends[link] = self._encoded(table) if table is not None and len(table) else (_no_codes(), _no_codes())
        return self._ends[link]

    def facts(self, link: str) -> Facts:
        """The facts of a link type: its claims, parallel ones merged."""
        if link not in self._facts:
            from graphkit.analyses.merging import merge_claims

            subject, obj = self.ends(link)
            self._facts[link] = merge_claims(
                self._schema.links[link], self._kept(link), (subject, obj), codes=self.codes
            )
        return self._facts[link]

    def _node_column(self, name: str) -> Iterable[Value]:
        return (value for table in self._nodes for value in table.columns.get(name) or [None] * len(table))

    def _kept(self, link: str) -> Table:
        """The claims of a link type that may hold on the day asked about."""
        table = self._tables.get(link)
        if table is None:
            return Table(link, {})
        keep = self._on_day(table)
        return table if keep is None else table.take(np.flatnonzero(keep).tolist())

    def _on_day(self, table: Table) -> Truths | None:
        if self.as_of is None:
            return None
        import pyarrow as pa
        import pyarrow.compute as pc

        day = last_day(self.as_of)
        empty = [None] * len(table)
        since = pc.fill_null(pa.array(table.columns.get("since", empty), pa.string()), FIRST_DAY)
        until = pc.fill_null(pa.array(table.columns.get("until", empty), pa.string()), LAST_DAY)
        keep = pc.and_(pc.less_equal(since, day), pc.greater_equal(until, day))
        return cast("Truths", keep.to_numpy(zero_copy_only=False))

    def _encoded(self, table: Table) -> tuple[Codes, Codes]:
        import pyarrow as pa
        import pyarrow.compute as pc

        keep = self._on_day(table)
        known = pa.array(self.ids, pa.string())
        ends: list[Codes] = []
        for side in ("subject", "object"):
            codes = pc.index_in(pa.array(table.columns[side], pa.string()), value_set=known)
            if codes.null_count:
                missing = table.columns[side][cast("int", pc.index(codes.is_null(), True).as_py())]
                raise NotFoundError("node", str(missing))
            array = codes.to_numpy()
            ends.append(array if keep is None else array[keep])
        return ends[0], ends[1]


_NODE_COLUMNS = ("id", "name", "country", "parent")


def _has(schema: Schema, label: str, name: str) -> bool:
    return any(prop.name == name for prop in schema.nodes[label].stored)


def _labels(schema: Schema, links: Sequence[str]) -> list[str]:
    """The node types that links of these types join, or refer to."""
    wanted = {label for name in links for label in (*schema.links[name].subjects, *schema.links[name].objects)}
    wanted |= {prop.reference for name in links for prop in schema.links[name].own if prop.reference}
    return [node.name for node in schema.node_types if node.name in wanted]


def _columns(link: LinkType, as_of: str | None, evidence: bool) -> list[str]:
    if not evidence:
        return ["subject", "object"] + (["since", "until"] if as_of else [])
    return ["id", "subject", "object", "since", "until", "certainty", *(prop.name for prop in link.own)]


def _table(name: str, rows: Sequence[Mapping[str, Value]]) -> Table:
    columns = dict.fromkeys(column for row in rows for column in row)
    return Table(name, {column: [row.get(column) for row in rows] for column in columns})


def _no_codes() -> Codes:
    return np.zeros(0, dtype=np.int32)


CERTAINTY_ORDER: Mapping[str, int] = {word: place for place, word in enumerate(CERTAINTY.choices)}
"""The more certain, the smaller."""
