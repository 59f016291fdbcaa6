"""Claims as a store takes them: in groups, by the types of their two ends."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graphkit.records import Table
from graphkit.stores.base import AddLinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.loading.journal import Row
    from graphkit.schema import Schema
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["added_links", "node_types"]


def node_types(store: Store) -> dict[Value, str]:
    """The type of each node that is there, by id."""
    return {node: label for label in store.schema.nodes for node in store.table(label, ["id"]).columns["id"]}


def added_links(schema: Schema, link: str, rows: Iterable[Row], types: Mapping[Value, str]) -> Iterator[AddLinks]:
    """The changes that add claims of one link type between nodes of known types."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[types[row["subject"]], types[row["object"]]].append(row)
    names = [prop.name for prop in schema.links[link].stored]
    for ends, group in groups.items():
        yield AddLinks(Table.of(link, group, names), ends)
