"""Nodes that files state against those that a store holds: new, changed, or as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.records import LISTS, NAMES, display_name
from graphkit.seeds.mapped_nodes import keep_spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.records import Table
    from graphkit.seeds.checking import Nodes
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["ChangedNode", "NodePlan"]


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """A node that a load changes: all that was stored of it, and the values that are new."""

    type: str
    id: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]


class NodePlan:
    """Sorts nodes into new, changed and unchanged."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.new: list[Table] = []
        self.changed: list[ChangedNode] = []
        self.unchanged = 0

    def add(self, nodes: Nodes) -> None:
        """Sort some nodes."""
        table = nodes.table
        stored = self._stored(table)
        fresh = [place for place, node_id in enumerate(table.columns["id"]) if node_id not in stored]
        if fresh:
            self.new.append(table.take(fresh))
        if not stored:
            return
        for given in table.full_rows():
            if before := stored.get(given["id"]):
                self._compare(table.type, before, _after(before, given, nodes.policy))

    def _stored(self, table: Table) -> dict[Value, dict[str, Value]]:
        if not self._store.count(table.type):
            return {}
        wanted = set(table.columns["id"])
        return {row["id"]: row for row in self._store.table(table.type).full_rows() if row["id"] in wanted}

    def _compare(self, type_name: str, before: Mapping[str, Value], stated: Mapping[str, Value]) -> None:
        after = {name: value for name, value in stated.items() if name != "name" and value != before.get(name)}
        if not after:
            self.unchanged += 1
            return
        merged = {**before, **after}
        name = display_name(str(merged["id"]), *map(merged.get, NAMES))
        if name != before.get("name"):
            after["name"] = name
        self.changed.append(ChangedNode(type_name, str(before["id"]), before, after))


def _after(before: dict[str, Value], given: dict[str, Value], policy: str) -> dict[str, Value]:
    """What a stored node becomes; a node that files state is no stub any more."""
    stub: dict[str, Value] = {} if given.get("stub") or not before.get("stub") else {"stub": None}
    if policy == "replace":
        return given | stub
    if given.get("stub"):
        return {}
    known = {name: value for name, value in given.items() if value is not None}
    kept = keep_spellings(before, known)
    if policy == "fill":
        kept = {name: value for name, value in kept.items() if before.get(name) is None or name in LISTS}
    return kept | stub
