"""Take a load back: what it added goes, what it changed or removed is as it was."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from graphkit.errors import InputError, NotFoundError, Problem
from graphkit.records import Table
from graphkit.stores.base import AddLinks, Change, ChangeNodes, RemoveLinks, RemoveNodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["undo"]

Record = dict[str, "Value"]


def undo(store: Store, load: str) -> int:
    """Take one load back, so that an export is byte for byte what it was before the load.

    Returns:
        How many records went or changed back.

    Raises:
        NotFoundError: there is no such load.
        InputError: a later load built on this one; it names what and which.
    """
    loads = store.table("Load").columns["id"]
    if load not in loads:
        raise NotFoundError("load", load, sorted(map(str, loads), reverse=True)[:3])
    entries = list(store.table("Before").rows())
    mine = [entry for entry in entries if entry["load"] == load]
    added = _added(store, load, {entry["record"] for entry in mine if entry["type"] in store.schema.nodes})
    _refuse_when_built_upon(store, load, added, entries)
    changes = list(_changes(store, added, mine))
    journal = [RemoveNodes("Load", [load]), RemoveNodes("Before", [str(entry["id"]) for entry in mine])]
    store.apply([*changes, *journal])
    return sum(map(len, added.values())) + len(mine)


def _added(store: Store, load: str, changed_nodes: set[Value]) -> dict[str, list[str]]:
    """Ids of the records that a load added, by type; nodes that it only changed bear its mark too, and are left out."""
    added = {}
    for type_name in (*store.schema.links, *store.schema.nodes):
        table = store.table(type_name, ["id", "load"])
        marked = zip(table.columns["id"], table.columns["load"], strict=True)
        ids = [str(record) for record, brought_by in marked if brought_by == load and record not in changed_nodes]
        if ids:
            added[type_name] = ids
    return added


def _refuse_when_built_upon(store: Store, load: str, added: dict[str, list[str]], entries: list[Record]) -> None:
    mine = {record for ids in added.values() for record in ids}
    mine |= {str(entry["record"]) for entry in entries if entry["load"] == load}
    later = [
        Problem(load, 0, "", f"{entry['load']} changed {entry['record']} later; undo that load first")
        for entry in entries
        if entry["load"] != load and str(entry["load"]) > load and entry["record"] in mine
    ]
    if problems := [*later, *_claims_on_new_nodes(store, load, added)]:
        raise InputError(problems)


def _claims_on_new_nodes(store: Store, load: str, added: dict[str, list[str]]) -> Iterator[Problem]:
    nodes = {node for type_name in store.schema.nodes for node in added.get(type_name, ())}
    if not nodes:
        return
    for link in store.schema.links:
        table = store.table(link, ["subject", "object", "load"])
        for subject, obj, brought_by in zip(
            *(table.columns[name] for name in ("subject", "object", "load")), strict=True
        ):
            if brought_by != load and (subject in nodes or obj in nodes):
                node = subject if subject in nodes else obj
                yield Problem(load, 0, "", f"{brought_by} added claims about {node} later; undo that load first")


def _changes(store: Store, added: dict[str, list[str]], before: list[Record]) -> Iterator[Change]:
    schema = store.schema
    for link in schema.links:
        if link in added:
            yield RemoveLinks(link, added[link])
    for entry in before:
        if entry["type"] in schema.nodes:
            yield ChangeNodes(_row(str(entry["type"]), _was(entry)))
    yield from _restored(store, [entry for entry in before if entry["type"] in schema.links])
    for node in schema.nodes:
        if node in added:
            yield RemoveNodes(node, added[node])


def _restored(store: Store, entries: list[Record]) -> Iterator[Change]:
    if not entries:
        return
    type_of = {node: name for name in store.schema.nodes for node in store.table(name, ["id"]).columns["id"]}
    groups: dict[tuple[str, tuple[str, str]], list[Record]] = defaultdict(list)
    for entry in entries:
        was = _was(entry)
        groups[str(entry["type"]), (type_of[was["subject"]], type_of[was["object"]])].append(was)
    for (link, ends), claims in groups.items():
        names = [prop.name for prop in store.schema.links[link].stored]
        yield AddLinks(Table(link, {name: [claim.get(name) for claim in claims] for name in names}), ends)


def _was(entry: Record) -> Record:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(str(entry["was"])).items()
    }


def _row(type_name: str, values: Record) -> Table:
    return Table(type_name, {name: [value] for name, value in values.items()})
