"""All records of a store in an order that depends on nothing else: by type as the model lists them, then by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.records import Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["export", "links", "nodes"]


def export(store: Store) -> Iterator[dict[str, object]]:
    """Give every record as a plain object, as `graphkit load` reads it back.

    Nodes are `{"type", "id", "properties"}`, claims `{"type", "id", "subject", "object", "properties"}`. What a source
    states is there; what graphkit keeps for itself (loads, worked-out days) is not, so two stores that hold the same
    facts export the same bytes.
    """
    for node in nodes(store):
        yield {"type": node.type, "id": node.id, "properties": dict(node.properties)}
    for link in links(store):
        ends = {"subject": link.subject, "object": link.object}
        yield {"type": link.type, "id": link.id, **ends, "properties": dict(link.properties)}


def nodes(store: Store) -> Iterator[Node]:
    """Every node, with what files state of it."""
    for node_type in store.schema.node_types:
        names = [prop.name for prop in node_type.properties]
        for row in _sorted(store, node_type.name, names):
            node_id = str(row.pop("id"))
            yield Node(node_type.name, node_id, row)


def links(store: Store) -> Iterator[Link]:
    """Every claim, with what its source states."""
    for link_type in store.schema.link_types:
        names = ["id", "subject", "object", *(prop.name for prop in link_type.properties)]
        for row in _sorted(store, link_type.name, names):
            claim_id, subject, obj = (str(row.pop(name)) for name in ("id", "subject", "object"))
            yield Link(link_type.name, claim_id, subject, obj, row)


def _sorted(store: Store, type_name: str, names: list[str]) -> list[dict[str, Value]]:
    return sorted(store.table(type_name, names).rows(), key=lambda row: str(row["id"]))
