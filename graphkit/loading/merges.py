"""Nodes that were decided to be the same: one takes the other's claims, and gives them back unchanged.

What a merge hides is kept in the journal, under the mark `merge`: the node, and each of its claims as its source states
it. `unmerged` shows a store as if nothing were merged; loads, undo and history work on that. What is merged depends on
the decisions alone, never on the order in which they were made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.loading.hiding import MARK, Hiding, is_bent, root
from graphkit.loading.journal import Row, record_in
from graphkit.records import Table
from graphkit.stores.base import Change, RemoveLinks, RemoveNodes, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from graphkit.stores.base import Rows
    from graphkit.values import Value

__all__ = ["MARK", "hidden_spellings", "merge", "unmerged"]


def unmerged(store: Store) -> Store:
    """A store as if nothing were merged in it; what is written to it comes out merged."""
    entries = [row for row in store.table("Before").full_rows() if row["load"] == MARK] if store.count("Before") else []
    return _Unmerged(store, entries) if entries else store


def merge(store: Store, into: Mapping[str, str]) -> None:
    """Bring a store to the state in which exactly these nodes are merged, in one transaction.

    Args:
        store: The store itself.
        into: The node that each merged node goes into directly.

    Raises:
        StoreError: the engine refused; the store is as it was.
    """
    since = store.stamp()
    view = unmerged(store)
    before = view.into if isinstance(view, _Unmerged) else {}
    if before != into:
        base = view if isinstance(view, _Unmerged) else _Unmerged(store, [])
        store.apply(Hiding(base, into).changes([]), since=since)


def hidden_spellings(store: Store) -> list[tuple[Row, str, str]]:
    """The nodes that merges hide: the row of each, its type, and the node that stands for it."""
    view = unmerged(store)
    if not isinstance(view, _Unmerged):
        return []
    return [(node, kind, root(str(node["id"]), view.into)) for kind, node in view.hidden_nodes()]


class _Unmerged(Store):
    """See `unmerged`; a `graphkit.stores.base.Store`."""

    def __init__(self, store: Store, entries: Sequence[Row]) -> None:
        self.url, self.schema, self.store, self.entries = store.url, store.schema, store, entries
        self._hidden = [entry for entry in entries if self._is_node(entry) and not is_bent(entry)]
        self.into = {str(entry["record"]): str(entry["replaced_by"]) for entry in self._hidden}

    def _is_node(self, entry: Row) -> bool:
        """Whether it tells of a node: one that is hidden, or one that refers to a hidden one."""
        return entry["type"] in self.schema.nodes

    def hidden_nodes(self) -> Iterator[tuple[str, Row]]:
        """The type and the row of each node that is hidden."""
        return ((str(entry["type"]), record_in(entry)) for entry in self._hidden)

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """As the store itself; see `Store.read`."""
        return self.store.read(text, parameters)

    def table(self, type_name: str, properties: Sequence[str] | None = None) -> Table:
        """The records as they are stated; see `Store.table`."""
        if type_name == "Before":
            return _without(self.store.table(type_name), "load", {MARK}, properties)
        mine = [entry for entry in self.entries if entry["type"] == type_name]
        if not mine:
            return self.store.table(type_name, properties)
        made = {entry["replaced_by"] for entry in mine if is_bent(entry) or not self._is_node(entry)}
        wanted = list(properties) if properties else None
        table = _without(self.store.table(type_name, wanted and list(dict.fromkeys([*wanted, "id"]))), "id", made, None)
        rows = [record_in(entry) for entry in mine]
        names = wanted or list(table.columns)
        return Table(type_name, {name: [*table.columns[name], *(row.get(name) for row in rows)] for name in names})

    def count(self, type_name: str) -> int:
        """How many records there are as they are stated; see `Store.count`."""
        if any(entry["type"] == type_name for entry in self.entries) or type_name == "Before":
            return len(self.table(type_name, ["id"]))
        return self.store.count(type_name)

    def beside(self, ending: str) -> Path:
        """As the store itself; see `Store.beside`."""
        return self.store.beside(ending)

    def stamp(self) -> str:
        """As the store itself; see `Store.stamp`."""
        return self.store.stamp()

    def apply(self, changes: Iterable[Change], *, since: str | None = None) -> None:
        """Make changes to what is stated; what is merged follows, as far as it is there; see `Store.apply`."""
        changes = list(changes)
        if self._touched(changes):
            gone = {node for change in changes if isinstance(change, RemoveNodes) for node in change.ids}
            into = {this: node for this, node in self.into.items() if gone.isdisjoint((this, node))}
            changes = Hiding(self, into).changes(changes)
        self.store.apply(changes, since=since)

    def _touched(self, changes: Iterable[Change]) -> bool:
        """Whether changes speak of what is merged, or of what merging made."""
        hidden = {entry["record"] for entry in self.entries} | {entry["replaced_by"] for entry in self.entries}
        hidden.discard(None)
        for change in changes:
            if isinstance(change, RemoveLinks | RemoveNodes):
                touched = not hidden.isdisjoint(change.ids)
            else:
                record = self.schema.nodes.get(change.table.type) or self.schema.links.get(change.table.type)
                names = ["id", *(record.references if record else ())]
                touched = any(not hidden.isdisjoint(change.table.columns.get(name, ())) for name in names)
            if touched:
                return True
        return False

    def cypher_rules(self) -> tuple[str, ...]:
        """As the store itself."""
        return self.store.cypher_rules()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def _without(table: Table, name: str, gone: Collection[Value], properties: Sequence[str] | None) -> Table:
    kept = [place for place, value in enumerate(table.columns[name]) if value not in gone]
    left = table.take(kept)
    return Table(left.type, {column: left.columns[column] for column in properties}) if properties else left
