"""Take loads back: what they added goes, what they changed or removed is as it was before the first of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.loading.journal import Row, load_called, record_in
from graphkit.loading.linking import added_links, node_types
from graphkit.records import Table
from graphkit.stores.base import Change, ChangeNodes, RemoveLinks, RemoveNodes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["undo"]


def undo(store: Store, load: str, *, with_later: bool = False) -> int:
    """Take one load back, so that an export is byte for byte what it was before the load.

    Args:
        store: The store.
        load: The load: its id, how that begins, or `last`.
        with_later: Whether later loads that built on it go with it, in the same transaction.

    Returns:
        How many records went or changed back.

    Raises:
        NotFoundError: there is no such load.
        InputError: a later load built on this one; it names what and which.
    """
    since = store.stamp()
    load = load_called(store, load)
    entries = [dict(row) for row in store.table("Before").rows()]
    marks = _marks(store)
    gone = {load}
    while True:
        mine = _first_entries(entries, gone)
        added = _added(marks, gone, mine, store.schema.nodes)
        later = [*_built_upon(store, gone, added, entries), *_said_again(store, gone, marks, mine)]
        if not later:
            break
        if not with_later:
            raise InputError(_told(load, later))
        gone |= {other for other, *_ in later}
    journal = [entry for entry in entries if entry["load"] in gone]
    changes = list(
        _changes(store, added, [entry for entry in mine.values() if record_in(entry).get("load") not in gone])
    )
    removed = [RemoveNodes("Load", sorted(gone)), RemoveNodes("Before", [str(entry["id"]) for entry in journal])]
    store.apply([*changes, *removed], since=since)
    return sum(map(len, added.values())) + len(mine)


def _marks(store: Store) -> dict[str, list[tuple[str, Value]]]:
    """For each type: the ids of its records, and the load that each bears."""
    marks = {}
    for type_name in (*store.schema.links, *store.schema.nodes):
        if store.count(type_name):
            table = store.table(type_name, ["id", "load"])
            marks[type_name] = list(zip(map(str, table.columns["id"]), table.columns["load"], strict=True))
    return marks


def _first_entries(entries: list[Row], gone: Collection[str]) -> dict[Value, Row]:
    """For each record that the loads changed or removed: what the first of them found."""
    first: dict[Value, Row] = {}
    for entry in entries:
        known = first.get(entry["record"])
        if entry["load"] in gone and (known is None or str(entry["load"]) < str(known["load"])):
            first[entry["record"]] = entry
    return first


def _added(
    marks: dict[str, list[tuple[str, Value]]], gone: Collection[str], mine: dict[Value, Row], nodes: Collection[str]
) -> dict[str, list[str]]:
    """Ids of the records that the loads added, by type.

    Nodes that they only changed bear their mark too. A claim that does was added, even where it had been there before
    one of them removed it: what was there then is put in its place.
    """
    kept = {record for record, entry in mine.items() if record_in(entry).get("load") not in gone}
    added = {
        type_name: [record for record, by in rows if by in gone and not (type_name in nodes and record in kept)]
        for type_name, rows in marks.items()
    }
    return {type_name: ids for type_name, ids in added.items() if ids}


def _told(load: str, later: list[tuple[str, str, str]]) -> Iterator[Problem]:
    """One problem for each later load and what it did, however many records that concerns."""
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for other, what, about in later:
        groups[other, what][about] = None
    for (other, what), records in groups.items():
        more = f" and {len(records) - 1:,} more" if len(records) > 1 else ""
        told = f"{other} {what} {next(iter(records))}{more} later; undo that load first, or both --with-later"
        yield Problem(load, 0, "", told)


def _built_upon(
    store: Store, gone: Collection[str], added: dict[str, list[str]], entries: list[Row]
) -> Iterator[tuple[str, str, str]]:
    """The later loads that touched what these loads brought, each with what it did, and to what."""
    mine = {record for ids in added.values() for record in ids}
    mine |= {str(entry["record"]) for entry in entries if entry["load"] in gone}
    for entry in entries:
        if entry["load"] in gone or str(entry["load"]) < min(gone):
            continue
        was = record_in(entry)
        if entry["record"] in mine or was.get("load") in gone:  # a claim that was replaced is there no more
            about = f"{was['subject']} {entry['type']} {was['object']}" if "subject" in was else str(entry["record"])
            yield str(entry["load"]), "changed", about
    nodes = {node for type_name in store.schema.nodes for node in added.get(type_name, ())}
    for by, node in _said_of(store, nodes, entries) if nodes else ():
        if by not in gone:
            yield by, "added claims about", node


def _said_again(
    store: Store, gone: Collection[str], marks: dict[str, list[tuple[str, Value]]], mine: dict[Value, Row]
) -> Iterator[tuple[str, str, str]]:
    """The later loads that state again what these loads removed."""
    for link in store.schema.links:
        for claim, by in marks.get(link, ()):
            if claim in mine and by not in gone:
                yield str(by), "stated again", str(claim)


def _said_of(store: Store, nodes: Collection[str], entries: list[Row]) -> Iterator[tuple[str, str]]:
    """The load of each record that refers to one of some nodes, or did before a later load removed or changed it."""
    schema = store.schema
    naming = {record.name: record.references for record in schema.records}
    for type_name, names in naming.items():
        if names and store.count(type_name):
            table = store.table(type_name, [*names, "load"])
            for name in names:
                found = zip(table.columns["load"], table.columns[name], strict=True)
                yield from ((str(by), str(node)) for by, node in found if node in nodes)
    for entry in entries:
        was = record_in(entry)
        for node in map(was.get, naming.get(str(entry["type"]), ())):
            if node in nodes:
                yield str(was["load"]), str(node)


def _changes(store: Store, added: dict[str, list[str]], before: list[Row]) -> Iterator[Change]:
    """What takes the loads back: claims are restored before others go, which is the faster way on a server."""
    schema = store.schema
    again = {entry["record"] for entry in before}
    yield from _removed(schema.links, added, lambda claim: claim in again)
    for entry in before:
        if entry["type"] in schema.nodes:
            yield ChangeNodes(Table.of(str(entry["type"]), [record_in(entry)]))
    yield from _restored(store, [entry for entry in before if entry["type"] in schema.links])
    yield from _removed(schema.links, added, lambda claim: claim not in again)
    for node in schema.nodes:
        if node in added:
            yield RemoveNodes(node, added[node])


def _removed(links: Iterable[str], added: dict[str, list[str]], goes: Callable[[str], bool]) -> Iterator[Change]:
    for link in links:
        if ids := [claim for claim in added.get(link, ()) if goes(claim)]:
            yield RemoveLinks(link, ids)


def _restored(store: Store, entries: list[Row]) -> Iterator[Change]:
    types = node_types(store) if entries else {}
    for link in dict.fromkeys(str(entry["type"]) for entry in entries):
        yield from added_links(store.schema, link, (record_in(e) for e in entries if e["type"] == link), types)
