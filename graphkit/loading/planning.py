"""What a load would do: compare what files hold with what a store holds, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.records import Table, display_name
from graphkit.seeds.checking import Claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.schema import LinkType
    from graphkit.seeds.checking import Checked
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["ChangedNode", "Plan", "ReplacedClaim", "make_plan"]

NAME_COLUMNS = ("name_zh", "name_en", "title")


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """A node that a load changes: all that was stored of it, and the values that are new."""

    type: str
    id: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ReplacedClaim:
    """A claim that makes room for a corrected one, which a later edition of the same file states."""

    type: str
    id: str
    before: Mapping[str, Value]
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a load would do.

    Attributes:
        files: The files, as the user named them.
        new_nodes: Nodes to add.
        changed_nodes: Nodes to change.
        new_claims: Claims to add.
        replaced_claims: Claims whose place a new one takes.
        unchanged: How many nodes and claims are there already, word for word.
        repeated: Places of claims that stand in the files a second time.
    """

    files: tuple[str, ...]
    new_nodes: tuple[Table, ...]
    changed_nodes: tuple[ChangedNode, ...]
    new_claims: tuple[Claims, ...]
    replaced_claims: tuple[ReplacedClaim, ...]
    unchanged: int
    repeated: tuple[tuple[str, int], ...]

    @property
    def added(self) -> int:
        """How many records are new, corrected claims not counted."""
        nodes, claims = map(len, self.new_nodes), (len(part.table) for part in self.new_claims)
        return sum(nodes) + sum(claims) - len(self.replaced_claims)

    @property
    def changed(self) -> int:
        """How many records change: nodes with new values, and claims that are corrected."""
        return len(self.changed_nodes) + len(self.replaced_claims)

    @property
    def is_empty(self) -> bool:
        """Whether the store holds all of it already."""
        return not (self.new_nodes or self.changed_nodes or self.new_claims)


def make_plan(store: Store, checked: Checked, files: Sequence[str]) -> Plan:
    """Compare checked records with a store; nothing is written."""
    nodes = _NodePlan(store)
    for stated in checked.nodes:
        nodes.add(stated.table)
    claims = _ClaimPlan(store)
    for part in checked.claims:
        claims.add(part)
    return Plan(
        tuple(files),
        tuple(nodes.new),
        tuple(nodes.changed),
        tuple(claims.new),
        tuple(_replaced(store, claims, files)),
        nodes.unchanged + claims.unchanged,
        tuple(claims.repeated),
    )


class _NodePlan:
    """Sorts nodes into new, changed and unchanged."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.new: list[Table] = []
        self.changed: list[ChangedNode] = []
        self.unchanged = 0

    def add(self, table: Table) -> None:
        stored = self._stored(table)
        fresh = [place for place, node_id in enumerate(table.columns["id"]) if node_id not in stored]
        if fresh:
            self.new.append(table.take(fresh))
        for given in _full_rows(table):
            if before := stored.get(given["id"]):
                self._compare(table.type, before, given)

    def _stored(self, table: Table) -> dict[Value, dict[str, Value]]:
        if not self._store.count(table.type):
            return {}
        wanted = set(table.columns["id"])
        return {row["id"]: row for row in _full_rows(self._store.table(table.type)) if row["id"] in wanted}

    def _compare(self, type_name: str, before: Mapping[str, Value], given: Mapping[str, Value]) -> None:
        after = {name: value for name, value in given.items() if name != "name" and value != before.get(name)}
        if not after:
            self.unchanged += 1
            return
        merged = {**before, **after}
        name = display_name(str(merged["id"]), *(merged.get(column) for column in NAME_COLUMNS))
        if name != before.get("name"):
            after["name"] = name
        self.changed.append(ChangedNode(type_name, str(before["id"]), before, after))


class _ClaimPlan:
    """Sorts claims into new, unchanged and repeated; a claim's id says all that it says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: set[Value] = set()
        self._stored: dict[str, set[Value]] = {}
        self.stated: dict[str, set[Value]] = defaultdict(set)
        self.new: list[Claims] = []
        self.unchanged = 0
        self.repeated: list[tuple[str, int]] = []

    def add(self, part: Claims) -> None:
        stored = self._ids(part.table.type)
        fresh = []
        for place, claim_id in enumerate(part.table.columns["id"]):
            if claim_id in self._seen:
                self.repeated.append(part.places[place])
                continue
            self._seen.add(claim_id)
            if claim_id in stored:
                self.unchanged += 1
            else:
                fresh.append(place)
        self.stated[part.table.type].update(part.table.columns["id"])
        if fresh:
            self.new.append(Claims(part.table.take(fresh), part.ends, [part.places[place] for place in fresh]))

    def _ids(self, type_name: str) -> set[Value]:
        if type_name not in self._stored:
            known = self._store.count(type_name)
            ids = self._store.table(type_name, ["id"]).columns["id"] if known else ()
            self._stored[type_name] = set(ids)
        return self._stored[type_name]


def _replaced(store: Store, claims: _ClaimPlan, files: Sequence[str]) -> Iterator[ReplacedClaim]:
    """Find the claims that a new edition of their own file corrects.

    A claim takes another's place when both speak of the same fact at the same place of the same source (they agree in
    all identifying properties), when a file of the same name brought the old one, and no row states the old one still.
    """
    earlier = _loads_of(store, files)
    if not earlier:
        return
    for part in claims.new:
        link = store.schema.links[part.table.type]
        old = _by_fact(link, _stored_claims(store, link, earlier, claims.stated[link.name]))
        for claim in part.table.rows():
            if matches := old.get(_fact(link, claim)):
                before = matches.pop(0)
                yield ReplacedClaim(link.name, str(before["id"]), before, str(claim["id"]))


def _loads_of(store: Store, files: Sequence[str]) -> set[Value]:
    return {
        load["id"]
        for load in store.table("Load", ["id", "files"]).rows()
        if set(files) & set(_texts(load.get("files")))
    }


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _stored_claims(store: Store, link: LinkType, loads: set[Value], stated: set[Value]) -> Iterator[dict[str, Value]]:
    for row in _full_rows(store.table(link.name)):
        if row["load"] in loads and row["id"] not in stated:
            yield row


def _by_fact(link: LinkType, rows: Iterable[dict[str, Value]]) -> dict[tuple[Value, ...], list[dict[str, Value]]]:
    facts: dict[tuple[Value, ...], list[dict[str, Value]]] = defaultdict(list)
    for row in rows:
        facts[_fact(link, row)].append(row)
    for same in facts.values():
        same.sort(key=lambda row: str(row["id"]))
    return facts


def _fact(link: LinkType, row: Mapping[str, Value]) -> tuple[Value, ...]:
    names = ("subject", "object", *(prop.name for prop in link.properties if prop.identifies))
    return tuple(row.get(name) for name in names)


def _full_rows(table: Table) -> Iterator[dict[str, Value]]:
    """The records of a table with unknown values as None, so that a value that goes is seen to go."""
    names = tuple(table.columns)
    for row in zip(*table.columns.values(), strict=True):
        yield dict(zip(names, row, strict=True))
