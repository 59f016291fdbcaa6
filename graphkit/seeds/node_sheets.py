"""Sheets of nodes: one type by the file's name (companies.csv), or many by a column `type` (an export, a mapping)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphkit.errors import Problem
from graphkit.records import NAMES, Table, display_name
from graphkit.seeds.cleaning import Columns, refuse_unknown_columns
from graphkit.seeds.made import made_id
from graphkit.values import several

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.schema import NodeType, Property, Schema
    from graphkit.seeds.reading.sheets import Sheet
    from graphkit.seeds.resolving import Resolver
    from graphkit.values import Value

__all__ = ["Entry", "NodeSheet", "Nodes", "check_references", "refuse_repeated_ids"]

Policy = Literal["replace", "update", "fill"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one type, with exactly the columns that a file states, each with the place it comes from.

    Attributes:
        table: The nodes.
        places: File and line of each.
        policy: What becomes of a node that is there already: `replace` takes every column as stated, nothing for
            nothing; `update` takes what is stated and keeps the rest; `fill` only fills what is unknown. The last two
            keep every spelling.
    """

    table: Table
    places: Sequence[tuple[str, int]]
    policy: Policy = "replace"


@dataclass(frozen=True, slots=True)
class Entry:
    """A node as a list names it: by name, by the key that the list knows it by, by tickers."""

    type: str
    name: str
    key: str = ""
    tickers: tuple[str, ...] = ()


Match = Callable[[Entry], str | None]


class NodeSheet:
    """A sheet that states nodes.

    Args:
        sheet: The sheet.
        schema: The model.
        problems: Where problems go.
        match: For a mapped sheet: what leads its names, keys and tickers to ids.
    """

    def __init__(
        self,
        sheet: Sheet,
        schema: Schema,
        problems: list[Problem],
        match: Match | None = None,
    ) -> None:
        self._sheet, self._schema, self._problems, self._match = sheet, schema, problems, match

    def nodes(self) -> list[Nodes]:
        """Its nodes, by type."""
        return [self._table(self._schema.nodes[name], rows) for name, rows in self._by_type().items()]

    def _by_type(self) -> Mapping[str, Sequence[int]]:
        if "type" in self._sheet.columns:
            return self._by_type_column()
        stem = re.split(r"[\\/#]", self._sheet.file)[-1].partition(".")[0].lower()
        plurals = {_plural(name): name for name in self._schema.nodes}
        if stem in plurals:
            return {plurals[stem]: range(len(self._sheet))}
        message = (
            "holds neither claims (columns subject, link, object) nor nodes; "
            f"files of nodes are called {', '.join(f'{name}.csv' for name in plurals)}; "
            "for a table of another make, give --mapping (`graphkit propose-mapping` writes one)"
        )
        self._problems.append(Problem(self._sheet.file, 0, "", message))
        return {}

    def _by_type_column(self) -> Mapping[str, Sequence[int]]:
        by_type: dict[str, list[int]] = defaultdict(list)
        for row, label in enumerate(self._sheet.columns["type"]):
            if label in self._schema.nodes:
                by_type[str(label)].append(row)
            else:
                known = ", ".join(self._schema.nodes)
                message = f"{label!r} is no type of node; use one of {known}"
                self._problems.append(Problem(self._sheet.file, self._sheet.lines[row], "type", message))
        return by_type

    def _table(self, node_type: NodeType, rows: Sequence[int]) -> Nodes:
        allowed = [prop.name for prop in node_type.properties]
        if "type" not in self._sheet.columns:
            refuse_unknown_columns(self._sheet, allowed, self._problems)
        columns = Columns(self._sheet, rows, self._problems)
        values: dict[str, Sequence[Value]] = {}
        for prop in node_type.properties:
            if prop.name in self._sheet.columns:
                values[prop.name] = columns.clean(prop.name, prop.kind.clean)
        keys = self._keys(columns)
        values["id"] = self._ids(node_type, values, keys, columns)
        if any(keys):
            others = values.get("aliases") or [None] * len(keys)
            values["aliases"] = [(*several(more), *filter(None, [key])) for more, key in zip(others, keys, strict=True)]
        for prop in node_type.properties:
            if prop.required and prop.name in values:
                columns.require(prop.name, values[prop.name])
        values["name"] = _names(values)
        return Nodes(Table(node_type.name, values).take(columns.kept()), columns.places())

    def _keys(self, columns: Columns) -> list[str]:
        """What the list itself calls each node; nothing where it has no keys."""
        cells = self._sheet.columns.get("key") if self._match else None
        return [str(cells[row] or "") for row in columns.rows] if cells else [""] * len(columns.rows)

    def _ids(
        self, node_type: NodeType, values: Mapping[str, Sequence[Value]], keys: Sequence[str], columns: Columns
    ) -> list[Value]:
        nothing: list[Value] = [None] * len(columns.rows)
        given, tickers = (values.get(name) or nothing for name in ("id", "tickers"))
        spelled = zip(*(values.get(name) or nothing for name in ("title", "name_en", "name_zh")), strict=True)
        names = [next((str(name) for name in names if name), "") for names in spelled]
        label = node_type.name
        return [
            node_id or self._id_of(Entry(label, name, key, several(listed)), row, columns)
            for node_id, name, key, listed, row in zip(given, names, keys, tickers, columns.rows, strict=True)
        ]

    def _id_of(self, entry: Entry, row: int, columns: Columns) -> str | None:
        try:
            return (self._match(entry) if self._match else None) or made_id(entry.type, entry.name)
        except ValueError as error:
            columns.strike(row, "name_en", str(error))
            return "?"


def _plural(name: str) -> str:
    return f"{name[:-1]}ies".lower() if name.endswith("y") else f"{name}s".lower()


def _names(values: Mapping[str, Sequence[Value]]) -> list[Value]:
    empty: list[Value] = [None] * len(values["id"])
    spelled = (values.get(name, empty) for name in NAMES)
    return [display_name(str(node_id), *names) for node_id, *names in zip(values["id"], *spelled, strict=True)]


def refuse_repeated_ids(nodes: Sequence[Nodes], problems: list[Problem]) -> None:
    """An id stands for one node, whatever its type."""
    first: dict[Value, tuple[str, int]] = {}
    for part in nodes:
        for node_id, place in zip(part.table.columns["id"], part.places, strict=True):
            if node_id in first:
                where = ":".join(map(str, first[node_id]))
                problems.append(
                    Problem(*place, "id", f"{node_id!r} stands also in {where}; ids are unique over all types")
                )
            first.setdefault(node_id, place)


def check_references(nodes: Nodes, properties: Sequence[Property], resolve: Resolver, problems: list[Problem]) -> Nodes:
    """Lead the names that nodes refer to (a segment's parent) to ids."""
    columns = dict(nodes.table.columns)
    for prop in properties:
        if prop.reference and prop.name in columns:
            resolved: list[Value] = []
            for value, place in zip(columns[prop.name], nodes.places, strict=True):
                try:
                    resolved.append(resolve(str(value), (prop.reference,)) if value is not None else None)
                except ValueError as error:
                    problems.append(Problem(*place, prop.name, str(error)))
                    resolved.append(None)
            columns[prop.name] = resolved
    return Nodes(Table(nodes.table.type, columns), nodes.places, nodes.policy)
