"""What merging hides and moves, and how a store gets from one set of merges to another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from graphkit.loading.journal import Row, entry_of, record_in
from graphkit.loading.linking import added_links, node_types
from graphkit.records import Table
from graphkit.seeds.claim_sheets import completed
from graphkit.stores.base import AddLinks, AddNodes, Change, ChangeNodes, RemoveLinks, RemoveNodes, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from graphkit.schema import LinkType, NodeType
    from graphkit.values import Value

__all__ = ["MARK", "Hiding", "View", "is_bent", "root"]

MARK = "merge"


class View(Store, Protocol):
    """A store as it is stated: what the journal says is hidden in it, beside what is there."""

    store: Store
    entries: Sequence[Row]
    into: dict[str, str]

    def hidden_nodes(self) -> Iterator[tuple[str, Row]]:
        """The type and the row of each node that is hidden."""
        ...


def root(node: str, into: Mapping[str, str]) -> str:
    """The node that stands for another in the end."""
    while node in into:
        node = into[node]
    return node


def is_bent(entry: Row) -> bool:
    """Whether an entry tells of a node that is there, and refers to another node than is stated."""
    return entry["record"] == entry["replaced_by"]


class Hiding:
    """Works out the changes that bring a store to a set of merges, when what is stated changes too.

    Args:
        view: The store, as it is stated.
        into: The node that each merged node goes into directly.
    """

    def __init__(self, view: View, into: Mapping[str, str]) -> None:
        self._view, self._schema, self._into = view, view.schema, into
        self._nodes: dict[str, tuple[str, Row]] = {}
        self._claims: dict[str, list[Row]] = defaultdict(list)
        self._gather()
        self._referring: dict[str, tuple[str, Row]] = {
            str(row["id"]): (node_type.name, row)
            for node_type in self._schema.node_types
            if node_type.references
            for row in view.table(node_type.name).full_rows()
        }

    def changes(self, changes: Sequence[Change]) -> list[Change]:
        """Give back what is hidden, make the changes, hide what is to be hidden then."""
        for change in changes:
            self._follow(change)
        return [*self._restoring(), *changes, *self._hiding(changes)]

    def _gather(self) -> None:
        """Find the nodes and the claims, as they are stated, that the merges hide."""
        view, into = self._view, self._into
        self._nodes = {str(row["id"]): (kind, row) for kind, row in view.hidden_nodes() if row["id"] in into}
        fresh = sorted(set(into) - set(view.into))
        for node_type in self._schema.node_types if fresh else ():
            for row in view.table(node_type.name).full_rows():
                if row["id"] in fresh:
                    self._nodes[str(row["id"])] = (node_type.name, row)
        made = {entry["replaced_by"] for entry in view.entries}
        for link in self._schema.link_types:
            rows = {
                row["id"]: row for entry in view.entries if entry["type"] == link.name for row in [record_in(entry)]
            }
            if fresh:
                rows |= {row["id"]: row for row in self._about(link, fresh) if row["id"] not in made}
            self._claims[link.name] = [row for row in rows.values() if self._is_moved(link, row)]

    def _is_moved(self, record: NodeType | LinkType, row: Row) -> bool:
        return any(row.get(name) in self._into for name in record.references)

    def _about(self, link: LinkType, ids: Collection[str]) -> Iterator[Row]:
        names = [prop.name for prop in link.stored]
        where = " OR ".join(f"r.{end} IN $ids" for end in link.references)
        columns = ", ".join(f"r.{name} AS {name}" for name in names)
        text = f"MATCH ()-[r:{link.name}]->() WHERE {where} RETURN {columns}"
        for row in self._view.store.read(text, {"ids": list(ids)}):
            yield {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}  # type: ignore[misc]

    def _follow(self, change: Change) -> None:
        """Take a change of what is stated into account."""
        match change:
            case AddLinks(table, _):
                link = self._schema.links[table.type]
                self._claims[table.type] += [row for row in table.full_rows() if self._is_moved(link, row)]
            case RemoveLinks(type_name, ids):
                gone = set(ids)
                self._claims[type_name] = [row for row in self._claims[type_name] if row["id"] not in gone]
            case AddNodes() | ChangeNodes() | RemoveNodes():
                self._follow_nodes(change)

    def _follow_nodes(self, change: AddNodes | ChangeNodes | RemoveNodes) -> None:
        if isinstance(change, AddNodes):
            if change.table.type not in self._schema.nodes:
                return
            rows = {str(row["id"]): (change.table.type, row) for row in change.table.full_rows()}
            self._nodes |= {node: row for node, row in rows.items() if node in self._into}
            self._referring |= rows if self._schema.nodes[change.table.type].references else {}
            return
        for known in (self._nodes, self._referring):
            if isinstance(change, RemoveNodes):
                for node in known.keys() & set(change.ids):
                    del known[node]
            else:
                changed = {str(row["id"]): row for row in change.table.full_rows()}
                for node in known.keys() & changed.keys():
                    known[node] = (known[node][0], known[node][1] | changed[node])

    def _restoring(self) -> Iterator[Change]:
        entries, links = self._view.entries, self._schema.links
        made: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            if entry["type"] in links and entry["replaced_by"]:
                made[str(entry["type"])].add(str(entry["replaced_by"]))
        for link, ids in made.items():
            yield RemoveLinks(link, sorted(ids))
        for kind, row in self._view.hidden_nodes():
            yield AddNodes(Table.of(kind, [row]))
        types = node_types(self._view)
        for link in links:
            yield from added_links(self._schema, link, (record_in(e) for e in entries if e["type"] == link), types)
        for entry in (entry for entry in entries if is_bent(entry)):
            yield ChangeNodes(Table.of(str(entry["type"]), [record_in(entry)]))
        if entries:
            yield RemoveNodes("Before", [str(entry["id"]) for entry in entries])

    def _hiding(self, changes: Sequence[Change]) -> Iterator[Change]:
        entries: list[Row] = []
        yield from self._hiding_claims(changes, entries)
        for node, (kind, row) in sorted(self._nodes.items()):
            yield RemoveNodes(kind, [node])
            entries.append(_entry(kind, row, self._into[node]))
        for node, kind, row, moved in self._bent():
            yield ChangeNodes(Table.of(kind, [{"id": node, **moved}]))
            entries.append(_entry(kind, row, node))
        if entries:
            yield AddNodes(Table.of("Before", entries))

    def _hiding_claims(self, changes: Sequence[Change], entries: list[Row]) -> Iterator[Change]:
        types = node_types(self._view) | {
            node: c.table.type for c in changes if isinstance(c, AddNodes) for node in c.table.columns["id"]
        }
        for link, rows in self._claims.items():
            if not rows:
                continue
            taken = self._native(link, changes) - {row["id"] for row in rows}
            yield RemoveLinks(link, [str(row["id"]) for row in rows])
            there: list[Row] = []
            for row in sorted(rows, key=lambda row: str(row["id"])):
                moved = self._moved(self._schema.links[link], row)
                is_there = moved["subject"] != moved["object"] and moved["id"] not in taken
                if is_there:
                    taken.add(moved["id"])
                    there.append(moved)
                entries.append(_entry(link, row, str(moved["id"]) if is_there else None))
            yield from added_links(self._schema, link, there, types)

    def _native(self, link: str, changes: Sequence[Change]) -> set[Value]:
        """Ids of the claims that are there in their own right, once the changes are made."""
        ids = set(self._view.table(link, ["id"]).columns["id"])
        for change in changes:
            if isinstance(change, AddLinks) and change.table.type == link:
                ids |= set(change.table.columns["id"])
            elif isinstance(change, RemoveLinks) and change.type == link:
                ids -= set(change.ids)
        return ids

    def _moved(self, link: LinkType, row: Row) -> Row:
        """A claim about the nodes that stand for those that it names."""
        moved = row | {end: root(str(row[end]), self._into) for end in link.references if row.get(end) is not None}
        return next(completed(link, Table.of(link.name, [moved])).full_rows())

    def _bent(self) -> Iterator[tuple[str, str, Row, Row]]:
        """The nodes that refer to hidden ones: what is stated of each, and what it refers to instead."""
        for node, (kind, row) in sorted(self._referring.items()):
            if node in self._into:
                continue
            moved: Row = {}
            for name in self._schema.nodes[kind].references:
                other = self._instead(node, name)
                if other != row.get(name):
                    moved[name] = other
            if moved:
                yield node, kind, row, moved

    def _instead(self, node: str, name: str) -> Value:
        """What a node refers to once hidden ones are gone; a ring that merging closes is opened at one node."""
        start = self._reference(node, name)
        ring = [node]
        at = start
        while at is not None and at not in ring:
            ring.append(at)
            at = self._reference(at, name)
        if start is None or at != node:
            return start
        standing = sorted(set(map(self._root, self._into)) & set(ring))
        opened = next((one for one in standing if self._took_its_own(one, name)), standing[0] if standing else "")
        return None if node == opened else start

    def _took_its_own(self, node: str, name: str) -> bool:
        """Whether a node stands for one that it leads to as it is stated."""
        seen, at = {node}, node
        while at in self._referring and (at := str(self._referring[at][1].get(name) or "")) not in seen:
            if at and self._root(at) == node:
                return True
            seen.add(at)
        return False

    def _reference(self, node: str, name: str) -> str | None:
        value = self._referring[node][1].get(name) if node in self._referring else None
        return None if value is None else self._root(str(value))

    def _root(self, node: str) -> str:
        return root(node, self._into)


def _entry(kind: str, row: Row, made: str | None) -> Row:
    return entry_of(f"{MARK}#{row['id']}", MARK, kind, row, made)
