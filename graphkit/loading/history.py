"""History out of the journal: what a load did, what was known of a node and when, the graph as it was known on a day.

A load that was taken back has left nothing behind, also here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.loading.journal import Row, load_called, record_in
from graphkit.loading.linking import added_links
from graphkit.records import Table
from graphkit.stores.base import AddNodes
from graphkit.values import last_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.stores.base import Change, Store
    from graphkit.values import Value

__all__ = ["Event", "as_known", "difference", "events", "known_on", "log"]

KEPT_APART = frozenset({"load", "name", "since", "until", "id", "stub"})
"""What graphkit keeps for itself, and history does not tell."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a record.

    Attributes:
        load: The load that did it.
        at: When.
        what: added, changed, corrected, retired.
        type: The record's label or link type.
        id: Its id.
        before: What it said before; None where it was not there.
        after: What it says since; None where it went.
    """

    load: str
    at: str
    what: str
    type: str
    id: str
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None

    def differences(self) -> Iterator[tuple[str, Value, Value]]:
        """Each property that is not what it was: name, old value, new value."""
        old, new = self.before or {}, self.after or {}
        for name in dict.fromkeys([*old, *new]):
            if name not in KEPT_APART and old.get(name) != new.get(name):
                yield name, old.get(name), new.get(name)


def known_on(day: str) -> str:
    """The id that loads of a day sort before, and loads of later days behind."""
    return f"load:{last_day(day).replace('-', '')}T999999"


def as_known(store: Store, mark: str) -> Iterator[Change]:
    """The changes that build, in an empty store, the graph as it was after the loads up to a mark.

    Args:
        store: The store as it is.
        mark: The id of a load, or what `known_on` gives.
    """
    types: dict[Value, str] = {}
    for type_name, rows in _states(store, mark):
        if type_name in store.schema.nodes:
            types |= {row["id"]: type_name for row in rows}
            yield AddNodes(Table.of(type_name, rows, [prop.name for prop in store.schema.nodes[type_name].stored]))
        else:
            yield from added_links(store.schema, type_name, rows, types)
    loads = [row for row in store.table("Load").full_rows() if str(row["id"]) <= mark]
    yield AddNodes(Table.of("Load", loads, [prop.name for prop in store.schema.record("Load").stored]))


def _states(store: Store, mark: str) -> Iterator[tuple[str, list[Row]]]:
    """The records of each type as they were at a mark."""
    first: dict[str, dict[Value, tuple[str, Row]]] = defaultdict(dict)
    for entry in store.table("Before").rows():
        load, record = str(entry["load"]), entry["record"]
        known = first[str(entry["type"])].get(record)
        if load > mark and (known is None or load < known[0]):
            first[str(entry["type"])][record] = (load, record_in(entry))
    for type_name in (*store.schema.nodes, *store.schema.links):
        changed = first[type_name]
        rows = [row for row in store.table(type_name).full_rows() if row["id"] not in changed]
        rows += [row for _, row in changed.values()]
        yield type_name, [row for row in rows if not row["load"] or str(row["load"]) <= mark]


def events(store: Store, load: str) -> list[Event]:
    """All that a load did, as far as later loads have left it to be seen.

    Raises:
        NotFoundError: there is no such load.
    """
    wanted = load_called(store, load)
    return [event for event in _events(store) if event.load == wanted]


def log(store: Store, node: str) -> list[Event]:
    """All that happened to a node and to the claims that it stands in, the oldest first."""
    ends_of = {link.name: link.references for link in store.schema.link_types}
    concerned = []
    for event in _events(store):
        said = (event.before, event.after)
        ends = ends_of.get(event.type, ("id",))
        if any(row is not None and row.get(end) == node for row in said for end in ends):
            concerned.append(event)
    return concerned


def difference(store: Store, older: str, newer: str) -> list[Event]:
    """What the loads after one and up to another did, taken together.

    Raises:
        NotFoundError: there is no such load.
    """
    older, newer = sorted(load_called(store, load) for load in (older, newer))
    chains: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in _events(store):
        if older < event.load <= newer:
            chains[event.type, event.id].append(event)
    told = []
    for (kind, record), chain in chains.items():
        last = chain[-1]
        together = Event(last.load, last.at, last.what, kind, record, chain[0].before, last.after)
        if together.before is not None or together.after is not None:
            told.append(together)
    return told


def _events(store: Store) -> list[Event]:
    """Every event that the journal and the records tell of, the oldest first."""
    times = {str(row["id"]): str(row["at"]) for row in store.table("Load", ["id", "at"]).rows()}
    entries: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for entry in store.table("Before").rows():
        entries[str(entry["type"]), str(entry["record"])].append(entry)
    told: list[Event] = []
    claims = store.schema.links
    replaced = {str(e["replaced_by"]): e for group in entries.values() for e in group if e.get("replaced_by")}
    for type_name in (*store.schema.nodes, *store.schema.links):
        for row in store.table(type_name).full_rows():
            key = (type_name, str(row["id"]))
            told += _history(times, key, [*sorted(entries.pop(key, []), key=lambda e: str(e["load"]))], row, replaced)
    for key, group in entries.items():  # claims that are gone
        told += _history(times, key, sorted(group, key=lambda e: str(e["load"])), None, replaced)
    return sorted((e for e in told if e.load), key=lambda e: (e.load, e.type in claims, e.type, e.id))


def _history(
    times: Mapping[str, str],
    key: tuple[str, str],
    entries: Sequence[Row],
    now: Row | None,
    replaced: Mapping[str, Row],
) -> Iterator[Event]:
    """The events of one record: it was added, changed so many times, and is there or gone."""
    states: list[Row | None] = [*map(record_in, entries), now]
    first = states[0] or {}
    came = str(first.get("load") or "")
    instead = replaced.get(key[1])
    if instead is not None and str(instead["load"]) == came:
        yield Event(came, times.get(came, ""), "corrected", *key, record_in(instead), first)
    else:
        yield Event(came, times.get(came, ""), "added", *key, None, first)
    for entry, before, after in zip(entries, states, states[1:], strict=False):
        load = str(entry["load"])
        if entry.get("replaced_by"):
            continue  # told with the claim that took its place
        yield Event(load, times.get(load, ""), "changed" if after else "retired", *key, before, after)
