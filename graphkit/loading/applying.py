"""Make a plan happen, whole or not at all, and write it into the journal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from graphkit.loading.journal import entry_of
from graphkit.records import Table
from graphkit.stores.base import AddLinks, AddNodes, Change, ChangeNodes, RemoveLinks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from graphkit.loading.nodes import ChangedNode
    from graphkit.loading.planning import Plan, ReplacedClaim
    from graphkit.seeds.resolving import Unknown
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["Report", "apply"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did; its id is None where there was nothing to do."""

    id: str | None
    added: int
    changed: int
    removed: int
    unchanged: int
    repeated: int
    refused: int = 0
    read_as: tuple[str, ...] = ()
    quarantine: tuple[str, ...] = ()
    alike: tuple[Unknown, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    remarks: tuple[str, ...] = ()


def apply(store: Store, plan: Plan, *, at: datetime, digest: str = "", since: str | None = None) -> Report:
    """Write a plan into its store, whole or not at all.

    Args:
        store: The store that the plan was made for.
        plan: What to do.
        at: The time of the load, with its zone.
        digest: A hash of the files, for the journal.
        since: The stamp of the store when planning began.

    Raises:
        StoreError: the engine refused, or somebody wrote meanwhile; the store is as it was.
    """
    refused = len({(problem.file, problem.row) for problem in plan.refused})
    if plan.is_empty:
        return Report(None, 0, 0, 0, plan.unchanged, len(plan.repeated), refused, plan.read_as)
    load = load_id(at, digest)
    store.apply(list(_changes(plan, load, _journal(plan, load, at, digest))), since=since)
    gone = len(plan.retired_claims)
    return Report(load, plan.added, plan.changed, gone, plan.unchanged, len(plan.repeated), refused, plan.read_as)


def load_id(at: datetime, digest: str) -> str:
    """Name a load by its time and its files."""
    moment = at.strftime("%Y%m%dT%H%M%S%f")
    return f"load:{moment}-{blake2b(digest.encode(), digest_size=3).hexdigest()}"


def _changes(plan: Plan, load: str, journal: Sequence[Change]) -> Iterator[Change]:
    for table in plan.new_nodes:
        yield AddNodes(table.with_constant("load", load))
    for table in _changed(plan, load):
        yield ChangeNodes(table)
    for part in plan.new_claims:
        yield AddLinks(part.table.with_constant("load", load), part.ends)
    gone: dict[str, list[str]] = defaultdict(list)
    for claim in (*plan.replaced_claims, *plan.retired_claims):
        gone[claim.type].append(claim.id)
    for type_name, ids in gone.items():  # last: what comes after a removal in a transaction takes longer
        yield RemoveLinks(type_name, ids)
    yield from journal


def _changed(plan: Plan, load: str) -> Iterator[Table]:
    """Nodes that change, those of one type with the same properties together."""
    groups: dict[tuple[str, tuple[str, ...]], list[ChangedNode]] = defaultdict(list)
    for node in plan.changed_nodes:
        groups[node.type, tuple(sorted(node.after))].append(node)
    for (type_name, names), nodes in groups.items():
        columns: dict[str, Sequence[Value]] = {"id": [node.id for node in nodes], "load": [load] * len(nodes)}
        yield Table(type_name, columns | {name: [node.after[name] for node in nodes] for name in names})


def _journal(plan: Plan, load: str, at: datetime, digest: str) -> list[Change]:
    entry: dict[str, Value] = {
        "id": load,
        "at": at.isoformat(timespec="microseconds"),
        "files": plan.files,
        "digest": digest,
        "added": plan.added,
        "changed": plan.changed,
        "removed": len(plan.retired_claims),
        "unchanged": plan.unchanged,
    }
    records: list[ChangedNode | ReplacedClaim] = [
        *plan.changed_nodes,
        *plan.replaced_claims,
        *plan.retired_claims,
    ]
    entries = [
        entry_of(f"{load}#{place}", load, record.type, record.before, getattr(record, "replaced_by", None))
        for place, record in enumerate(records)
    ]
    return [AddNodes(Table.of("Load", [entry])), *([AddNodes(Table.of("Before", entries))] if entries else [])]
