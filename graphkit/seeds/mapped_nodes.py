"""Nodes that a mapping makes, joined: a company named in a thousand rows is one node, with every spelling kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.errors import Problem
from graphkit.records import LISTS, NAMES, Table, display_name
from graphkit.seeds.matching import Matches
from graphkit.seeds.node_sheets import Nodes, NodeSheet
from graphkit.spelling import fold
from graphkit.values import several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.names import Names
    from graphkit.schema import NodeType, Schema
    from graphkit.seeds.node_sheets import Policy
    from graphkit.seeds.reading.sheets import Sheet
    from graphkit.seeds.resolving import Unknown
    from graphkit.values import Value

__all__ = ["keep_spellings", "mapped_nodes"]

Place = tuple[str, int]


def mapped_nodes(
    sheets: Iterable[Sheet], schema: Schema, names: Names, problems: list[Problem]
) -> tuple[list[Nodes], list[Unknown]]:
    """Read the nodes of mapped sheets: one of a known name is the known one, one named twice is one.

    A node that a sheet gives an id is what the sheet says; one that was led to its id only fills in what is unknown.
    The sheets are gone through twice.

    Returns:
        The nodes; and the new ones that are very like others, which only the user can tell apart.
    """
    matches = Matches(names)
    matches.look_over(sheets)
    joined: dict[str, _Joined] = {}
    for sheet in sheets:
        for part in NodeSheet(sheet, schema, problems, matches).nodes():
            joined.setdefault(part.table.type, _Joined(schema.nodes[part.table.type], problems)).add(part)
    return [part for label in joined.values() for part in label.nodes(matches.led)], matches.alike()


class _Joined:
    """All rows that speak of nodes of one type, by id."""

    def __init__(self, node_type: NodeType, problems: list[Problem]) -> None:
        self._type, self._problems = node_type, problems
        self._rows: dict[str, dict[str, Value]] = {}
        self._places: dict[str, Place] = {}
        self._said: set[tuple[tuple[str, Value], ...]] = set()

    def add(self, part: Nodes) -> None:
        for row, place in zip(part.table.rows(), part.places, strict=True):
            said = tuple(row.items())
            if said in self._said:  # most rows say again what one has said
                continue
            self._said.add(said)
            node_id = str(row["id"])
            known = self._rows.setdefault(node_id, {})
            first = self._places.setdefault(node_id, place)
            for name, value in keep_spellings(known, row).items():
                if name in known and known[name] != value and name not in ("name", *LISTS):
                    told = f"is {value!r} here and {known[name]!r} in {first[0]}:{first[1]}; "
                    told += "make them one, or take it out of the mapping"
                    self._problems.append(Problem(*place, name, told))
                else:
                    known[name] = value

    def nodes(self, led: set[str]) -> list[Nodes]:
        policies: tuple[tuple[Policy, bool], ...] = (("update", False), ("fill", True))
        parts = ((policy, [node for node in self._rows if (node in led) is wanted]) for policy, wanted in policies)
        return [self._nodes(ids, policy) for policy, ids in parts if ids]

    def _nodes(self, ids: Sequence[str], policy: Policy) -> Nodes:
        names = [prop.name for prop in self._type.properties] + ["name"]
        for node in ids:
            row = self._rows[node]
            row["name"] = display_name(node, *map(row.get, NAMES))
        stated = [name for name in names if any(name in self._rows[node] for node in ids)]
        columns = {name: [self._rows[node].get(name) for node in ids] for name in stated}
        return Nodes(Table(self._type.name, columns), [self._places[node] for node in ids], policy)


def keep_spellings(known: Mapping[str, Value], given: Mapping[str, Value]) -> dict[str, Value]:
    """What a row adds to a node: a second name becomes an alias, lists grow, everything else is as given."""
    added: dict[str, Value] = {
        name: value for name, value in given.items() if name not in NAMES + LISTS and value is not None
    }
    added |= {name: given[name] for name in NAMES if known.get(name) is None and given.get(name) is not None}
    if "title" in known or "title" in given:  # a source has one name and no lists
        return added
    others = [str(given[name]) for name in NAMES if given.get(name) is not None and name not in added]
    names = {fold(str(row[name])) for row in (known, added) for name in NAMES if row.get(name) is not None}
    codes = {ticker.partition(".")[0] for ticker in several(known.get("tickers"))}
    for name in LISTS:
        offered = [*several(given.get(name)), *(others if name == "aliases" else ())]
        if name == "tickers":  # a code alone says less than the code with its exchange
            offered = [ticker for ticker in offered if ticker not in codes]
        if texts := _grown(several(known.get(name)), offered, names if name == "aliases" else set()):
            added[name] = texts
    return added


def _grown(before: tuple[str, ...], offered: Iterable[str], known: set[str]) -> tuple[str, ...]:
    """The texts there were, and those offered that are none of them nor known otherwise."""
    texts, taken = list(before), known | {fold(text) for text in before}
    for text in offered:
        if fold(text) not in taken:
            taken.add(fold(text))
            texts.append(text)
    return tuple(texts)
