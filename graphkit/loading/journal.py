"""What records were before a load changed, replaced or removed them: the journal's entries, as written and as read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.values import Value

__all__ = ["Row", "entry_of", "record_in"]

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
