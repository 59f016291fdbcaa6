"""The graph as arrays: facts, read from a store once, for analyses that know no engine and no file.

Nodes are numbers from 0; `Network.ids` names them. The claims of a link type come as Arrow columns; `Network.facts`
merges parallel claims, since two sources that say the same are one fact: the number of a fact is that of its newest
claim, then of the more certain one. Each fact keeps the ids of all its claims.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.analyses.facts import UNKNOWN
from graphkit.analyses.merging import codes_of, merge_claims
from graphkit.columns import arrow_table
from graphkit.errors import NotFoundError
from graphkit.values import FIRST_DAY, LAST_DAY, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from graphkit.analyses.adjacency import Codes, Ints
    from graphkit.analyses.facts import Facts
    from graphkit.records import Link, Node
    from graphkit.schema import LinkType, Schema
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["ALL_LINKS", "Network"]

ALL_LINKS = ("SUPPLIES", "MAKES", "USES", "GOES_INTO", "TYPE_OF", "IN_SEGMENT")
"""What the analyses look at, where no caller asks for less."""


class Network:
    """Nodes, and the claims between them, as arrays.

    Attributes:
        schema: The model that nodes and claims follow.
        ids: The id of each node.
        labels: The type of each node.
        as_of: The day that the claims are filtered to; None for all claims.
    """

    def __init__(
        self,
        nodes: Mapping[str, pa.Table],
        links: Mapping[str, pa.Table],
        *,
        schema: Schema,
        as_of: str | None = None,
    ) -> None:
        import pyarrow as pa

        nodes = {label: table.sort_by("id") for label, table in nodes.items()}  # no engine has an order of its own
        self.schema, self._nodes, self._links = schema, nodes, links
        self.as_of = as_of
        chunks = [chunk for table in nodes.values() for chunk in table.column("id").chunks]
        self._ids = pa.concat_arrays([pa.array([], pa.string()), *chunks])
        self.ids: tuple[str, ...] = tuple(self._ids.to_pylist())
        self.labels = tuple(label for label, table in nodes.items() for _ in range(table.num_rows))
        self._kept: dict[str, pa.Table] = {}
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
        nodes = {label: store.arrow(label, [n for n in _NODE_COLUMNS if _has(schema, label, n)]) for label in labels}
        tables = {name: store.arrow(name, _columns(schema.links[name], as_of, evidence)) for name in links}
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
        tables = [{name: _table(schema, name, rows) for name, rows in kind.items()} for kind in (by_label, by_link)]
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
            self._ends[link] = self._end(link, "subject"), self._end(link, "object")
        return self._ends[link]

    def facts(self, link: str) -> Facts:
        """The facts of a link type: its claims, parallel ones merged."""
        if link not in self._facts:
            self._facts[link] = merge_claims(
                self.schema.links[link], self._claims(link), self.ends(link), ids=self._ids
            )
        return self._facts[link]

    def _node_column(self, name: str) -> Iterable[Value]:
        for table in self._nodes.values():
            yield from table.column(name).to_pylist() if name in table.column_names else [None] * table.num_rows

    def _end(self, link: str, side: str) -> Codes:
        column = self._claims(link).column(side).combine_chunks()
        codes = codes_of(column, self._ids)
        if (codes == UNKNOWN).any():
            raise NotFoundError("node", str(column[int(np.argmax(codes == UNKNOWN))]))
        return codes

    def _claims(self, link: str) -> pa.Table:
        """The claims of a link type that may hold on the day asked about."""
        if link not in self._kept:
            table = self._links.get(link)
            self._kept[link] = _table(self.schema, link, ()) if table is None else self._on_day(table)
        return self._kept[link]

    def _on_day(self, table: pa.Table) -> pa.Table:
        if self.as_of is None:
            return table
        import pyarrow.compute as pc

        day = last_day(self.as_of)
        for name, unknown, holds in (("since", FIRST_DAY, pc.less_equal), ("until", LAST_DAY, pc.greater_equal)):
            if name in table.column_names:
                table = table.filter(holds(table.column(name).fill_null(unknown), day))
        return table


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


def _table(schema: Schema, name: str, rows: Sequence[Mapping[str, Value]]) -> pa.Table:
    columns = dict.fromkeys(("id", "subject", "object") if name in schema.links else ("id",))
    columns |= dict.fromkeys(column for row in rows for column in row)
    return arrow_table(schema, name, {column: [row.get(column) for row in rows] for column in columns})
