"""What records were before a load changed, replaced or removed them: the journal's entries, as written and as read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["LAST", "Row", "entry_of", "load_called", "record_in"]

LAST = "last"
"""The newest load, whatever its id."""

NEAR = 3
"""So many loads are named where none is called so."""


def load_called(store: Store, word: str) -> str:
    """The id of a load: whole, by how it begins, by its last six signs, or as `last`.

    Raises:
        NotFoundError: there is no such load.
        AmbiguousError: several begin so.
    """
    loads = sorted(map(str, store.table("Load", ["id"]).columns["id"]), reverse=True)
    if word in loads:
        return word
    if word == LAST and loads:
        return loads[0]
    start = f"load:{word.removeprefix('load:')}"
    found = [load for load in loads if load.startswith(start) or load.endswith(f"-{word}")] if word else []
    if not found:
        raise NotFoundError("load", word, loads[:NEAR])
    if len(found) > 1:
        raise AmbiguousError(word, found[:NEAR])
    return found[0]


Row = dict[str, "Value"]
"""A record, or an entry of the journal, as values by name."""


def entry_of(entry_id: str, load: str, kind: str, before: Mapping[str, Value], replaced_by: str | None = None) -> Row:
    """The entry that says what a record was.

    Args:
        entry_id: The id of the entry.
        load: The load that changed the record.
        kind: The record's label or link type.
        before: The record as it was.
        replaced_by: What stands in its place.
    """
    return {
        "id": entry_id,
        "load": load,
        "type": kind,
        "record": before["id"],
        "was": json.dumps(before, ensure_ascii=False, sort_keys=True),
        "replaced_by": replaced_by,
    }


def record_in(entry: Mapping[str, Value]) -> Row:
    """The record that an entry tells of, as it was."""
    parsed = json.loads(str(entry["was"]))
    return {name: tuple(value) if isinstance(value, list) else value for name, value in parsed.items()}
