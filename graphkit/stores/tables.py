"""The tables of the embedded engine, which wants to know every column and its type before a record comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.schema import LinkType, NodeType, Property, Schema
    from graphkit.values import Storage

__all__ = ["ddl"]

COLUMN_TYPES: Mapping[Storage, str] = {
    "text": "STRING",
    "texts": "STRING[]",
    "number": "DOUBLE",
    "integer": "INT64",
    "flag": "BOOLEAN",
}


def ddl(schema: Schema) -> list[str]:
    """The statements that make every table of a model, and add to old ones what they lack."""
    return [
        statement
        for node in (*schema.node_types, *schema.journal)
        for statement in (_node_table(node), *_added_columns(node.name, node.stored))
    ] + [
        statement
        for link in schema.link_types
        for statement in (_link_table(link), *_added_columns(link.name, link.stored))
    ]


def _node_table(node: NodeType) -> str:
    return f"CREATE NODE TABLE IF NOT EXISTS {node.name}({_columns(node.stored)}, PRIMARY KEY(id))"


def _link_table(link: LinkType) -> str:
    pairs = ", ".join(f"FROM {subject} TO {obj}" for subject, obj in link.pairs)
    return f"CREATE REL TABLE IF NOT EXISTS {link.name}({pairs}, {_columns(link.stored)})"


def _columns(properties: Sequence[Property]) -> str:
    return ", ".join(f"{prop.name} {COLUMN_TYPES[prop.kind.storage]}" for prop in properties)


def _added_columns(name: str, properties: Sequence[Property]) -> list[str]:
    return [f"ALTER TABLE {name} ADD IF NOT EXISTS {_columns([prop])}" for prop in properties if prop.name != "id"]
