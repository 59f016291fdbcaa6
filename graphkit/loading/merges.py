"""Nodes that were decided to be the same: one takes the other's claims, and gives them back unchanged.

What a merge hides is kept in the journal, under the mark `merge`: the node, and each of its claims as its source states
it. `unmerged` shows a store as if nothing were merged; loads, undo and history work on that. What is merged depends on
the decisions alone, never on the order in which they were made.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from graphkit.records import Table
from graphkit.seeds.claim_sheets import completed
from graphkit.stores.base import AddLinks, AddNodes, Change, ChangeNodes, RemoveLinks, RemoveNodes, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from graphkit.schema import LinkType
    from graphkit.stores.base import Rows
    from graphkit.values import Value

__all__ = ["MARK", "hidden_spellings", "merge", "unmerged"]

MARK = "merge"
Row = dict[str, "Value"]


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
    view = unmerged(store)
    before = view.into if isinstance(view, _Unmerged) else {}
    if before != into:
        base = view if isinstance(view, _Unmerged) else _Unmerged(store, [])
        store.apply(base.rewritten([], into))


def hidden_spellings(store: Store) -> list[tuple[Row, str, str]]:
    """The nodes that merges hide: the row of each, its type, and the node that stands for it."""
    view = unmerged(store)
    if not isinstance(view, _Unmerged):
        return []
    return [(node, kind, _root(str(node["id"]), view.into)) for kind, node in view.hidden_nodes()]


def _root(node: str, into: Mapping[str, str]) -> str:
    while node in into:
        node = into[node]
    return node


class _Unmerged(Store):
    """See `unmerged`; a `graphkit.stores.base.Store`."""

    def __init__(self, store: Store, entries: Sequence[Row]) -> None:
        self.url, self.schema, self._store, self._entries = store.url, store.schema, store, entries
        nodes = [entry for entry in entries if entry["type"] in self.schema.nodes]
        self.into = {str(entry["record"]): str(entry["replaced_by"]) for entry in nodes}

    def hidden_nodes(self) -> Iterator[tuple[str, Row]]:
        """The type and the row of each node that is hidden."""
        return ((str(entry["type"]), _was(entry)) for entry in self._entries if entry["type"] in self.schema.nodes)

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """As the store itself; see `Store.read`."""
        return self._store.read(text, parameters)

    def table(self, type_name: str, properties: Sequence[str] | None = None) -> Table:
        """The records as they are stated; see `Store.table`."""
        if type_name == "Before":
            return _without(self._store.table(type_name), "load", {MARK}, properties)
        mine = [entry for entry in self._entries if entry["type"] == type_name]
        if not mine:
            return self._store.table(type_name, properties)
        made = {entry["replaced_by"] for entry in mine} if type_name in self.schema.links else set()
        wanted = list(properties) if properties else None
        table = _without(
            self._store.table(type_name, wanted and list(dict.fromkeys([*wanted, "id"]))), "id", made, None
        )
        rows = [_was(entry) for entry in mine]
        names = wanted or list(table.columns)
        return Table(type_name, {name: [*table.columns[name], *(row.get(name) for row in rows)] for name in names})

    def count(self, type_name: str) -> int:
        """How many records there are as they are stated; see `Store.count`."""
        if any(entry["type"] == type_name for entry in self._entries) or type_name == "Before":
            return len(self.table(type_name, ["id"]))
        return self._store.count(type_name)

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes to what is stated; what is merged follows; see `Store.apply`."""
        changes = list(changes)
        self._store.apply(self.rewritten(changes, self.into) if self._touched(changes) else changes)

    def _touched(self, changes: Iterable[Change]) -> bool:
        """Whether changes speak of what is merged, or of what merging made."""
        hidden = {entry["record"] for entry in self._entries} | {entry["replaced_by"] for entry in self._entries}
        for change in changes:
            if isinstance(change, RemoveLinks | RemoveNodes):
                touched = not hidden.isdisjoint(change.ids)
            else:
                names = ["id", *(self._ends(change.table.type) if isinstance(change, AddLinks) else ())]
                touched = any(not hidden.isdisjoint(change.table.columns.get(name, ())) for name in names)
            if touched:
                return True
        return False

    def _ends(self, link: str) -> list[str]:
        """The properties of a claim that hold ids of nodes."""
        return ["subject", "object", *(prop.name for prop in self.schema.links[link].properties if prop.reference)]

    def rewritten(self, changes: Sequence[Change], into: Mapping[str, str]) -> list[Change]:
        """What to do to the store: give back what is hidden, make the changes, hide what is to be hidden then."""
        nodes, claims = self._concerned(into)
        for change in changes:
            self._follow(change, into, nodes, claims)
        return [*self._restoring(), *changes, *self._hiding(into, nodes, claims, changes)]

    def _follow(
        self,
        change: Change,
        into: Mapping[str, str],
        nodes: dict[str, tuple[str, Row]],
        claims: dict[str, list[Row]],
    ) -> None:
        """Take a change into account among the nodes and claims that are to be hidden."""
        match change:
            case AddLinks(table, _):
                ends = self._ends(table.type)
                claims[table.type] += [row for row in table.full_rows() if any(row[end] in into for end in ends)]
            case RemoveLinks(type_name, ids):
                claims[type_name] = [row for row in claims[type_name] if row["id"] not in set(ids)]
            case RemoveNodes(_, ids):
                for node in nodes.keys() & set(ids):
                    del nodes[node]
            case ChangeNodes(table):
                changed = {str(row["id"]): row for row in table.full_rows()}
                for node in nodes.keys() & changed.keys():
                    nodes[node][1].update(changed[node])
            case AddNodes(table):
                nodes |= {str(row["id"]): (table.type, row) for row in table.full_rows() if row["id"] in into}

    def _concerned(self, into: Mapping[str, str]) -> tuple[dict[str, tuple[str, Row]], dict[str, list[Row]]]:
        """The nodes and the claims, as they are stated, that these merges hide or that are hidden now."""
        nodes = {str(row["id"]): (kind, row) for kind, row in self.hidden_nodes() if row["id"] in into}
        claims: dict[str, list[Row]] = defaultdict(list)
        for entry in self._entries:
            if entry["type"] in self.schema.links:
                row = _was(entry)
                if any(row[end] in into for end in self._ends(str(entry["type"]))):
                    claims[str(entry["type"])].append(row)
        fresh = sorted(set(into) - set(self.into))
        made = {entry["replaced_by"] for entry in self._entries}
        for node_type in self.schema.node_types if fresh else ():
            for row in self._store.table(node_type.name).full_rows():
                if row["id"] in fresh:
                    nodes[str(row["id"])] = (node_type.name, row)
        for link in self.schema.link_types if fresh else ():
            claims[link.name] += [row for row in self._about(link, fresh) if row["id"] not in made]
            known = {row["id"] for row in claims[link.name]}
            claims[link.name] += [
                row
                for entry in self._entries
                if entry["type"] == link.name and (row := _was(entry))["id"] not in known
                and any(row[end] in fresh for end in self._ends(link.name))
            ]  # fmt: skip
        return nodes, claims

    def _about(self, link: LinkType, ids: Collection[str]) -> Iterator[Row]:
        names = [prop.name for prop in link.stored]
        where = " OR ".join(f"r.{end} IN $ids" for end in self._ends(link.name))
        columns = ", ".join(f"r.{name} AS {name}" for name in names)
        for row in self._store.read(f"MATCH ()-[r:{link.name}]->() WHERE {where} RETURN {columns}", {"ids": list(ids)}):
            yield {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}  # type: ignore[misc]

    def _restoring(self) -> Iterator[Change]:
        made: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries:
            if entry["type"] in self.schema.links and entry["replaced_by"]:
                made[str(entry["type"])].add(str(entry["replaced_by"]))
        for link, ids in made.items():
            yield RemoveLinks(link, sorted(ids))
        for kind, row in self.hidden_nodes():
            yield AddNodes(_one(kind, row))
        types = self._types()
        for entry in self._entries:
            if entry["type"] in self.schema.links:
                row = _was(entry)
                yield AddLinks(_one(str(entry["type"]), row), (types[row["subject"]], types[row["object"]]))
        if self._entries:
            yield RemoveNodes("Before", [str(entry["id"]) for entry in self._entries])

    def _types(self) -> dict[Value, str]:
        return {node: label for label in self.schema.nodes for node in self.table(label, ["id"]).columns["id"]}

    def _hiding(
        self,
        into: Mapping[str, str],
        nodes: Mapping[str, tuple[str, Row]],
        claims: Mapping[str, Sequence[Row]],
        changes: Sequence[Change],
    ) -> Iterator[Change]:
        types = self._types() | {
            node: c.table.type for c in changes if isinstance(c, AddNodes) for node in c.table.columns["id"]
        }
        entries = []
        for link, rows in claims.items():
            if not rows:
                continue
            taken = self._native(link, changes) - {row["id"] for row in rows}
            yield RemoveLinks(link, [str(row["id"]) for row in rows])
            for row in sorted(rows, key=lambda row: str(row["id"])):
                moved = self._moved(link, row, into)
                made = None
                if moved["subject"] != moved["object"] and moved["id"] not in taken:
                    made = str(moved["id"])
                    taken.add(made)
                    yield AddLinks(_one(link, moved), (types[moved["subject"]], types[moved["object"]]))
                entries.append(_entry(link, row, made))
        for node, (kind, row) in sorted(nodes.items()):
            yield RemoveNodes(kind, [node])
            entries.append(_entry(kind, row, into[node]))
        if entries:
            yield AddNodes(Table("Before", {name: [entry[name] for entry in entries] for name in entries[0]}))

    def _native(self, link: str, changes: Sequence[Change]) -> set[Value]:
        """Ids of the claims that are there in their own right, once the changes are made."""
        ids = set(self.table(link, ["id"]).columns["id"])
        for change in changes:
            if isinstance(change, AddLinks) and change.table.type == link:
                ids |= set(change.table.columns["id"])
            elif isinstance(change, RemoveLinks) and change.type == link:
                ids -= set(change.ids)
        return ids

    def _moved(self, link: str, row: Row, into: Mapping[str, str]) -> Row:
        """A claim about the nodes that stand for those that it names."""
        moved = row | {end: _root(str(row[end]), into) for end in self._ends(link) if row.get(end) is not None}
        return next(completed(self.schema.links[link], _one(link, moved)).full_rows())

    def cypher_rules(self) -> tuple[str, ...]:
        """As the store itself."""
        return self._store.cypher_rules()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _entry(kind: str, row: Row, made: str | None) -> Row:
    was = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return {
        "id": f"{MARK}#{row['id']}",
        "load": MARK,
        "type": kind,
        "record": row["id"],
        "was": was,
        "replaced_by": made,
    }


def _was(entry: Row) -> Row:
    parsed = json.loads(str(entry["was"]))
    return {name: tuple(value) if isinstance(value, list) else value for name, value in parsed.items()}


def _one(type_name: str, row: Row) -> Table:
    return Table(type_name, {name: [value] for name, value in row.items()})


def _without(table: Table, name: str, gone: Collection[Value], properties: Sequence[str] | None) -> Table:
    kept = [place for place, value in enumerate(table.columns[name]) if value not in gone]
    left = table.take(kept)
    return Table(left.type, {column: left.columns[column] for column in properties}) if properties else left
