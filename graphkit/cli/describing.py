"""Records in a line that people can tell apart: a node by its name, a claim by its ends and what identifies it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.graph import Graph

__all__ = ["FOR_PROGRAMS", "counted", "few", "minute", "record_name", "what_it_says"]

FOR_PROGRAMS = ("json", "jsonl", "csv")
"""Styles in which ids stand beside names, and nothing is shortened."""

FEW = 3
ENDS = ("subject", "object")
UNSAID = frozenset({"id", "name", "load", "since", "until", "stub", *ENDS})
"""What every record has, or graphkit keeps for itself."""


def record_name(
    graph: Graph, kind: str, said: Mapping[str, object], called: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What people call a record, given all that it says, and the names of nodes that are not there yet."""

    def name(value: object) -> str:
        return called.get(str(value)) or graph.names.name_of(str(value))

    link = graph.store.schema.links.get(kind)
    if link is None:
        return name(said["id"])
    ends = f" {kind} ".join(name(said[end]) for end in ENDS)
    marks = (prop.name for prop in link.own if prop.reference or prop.identifies)
    about = ", ".join(name(said[mark]) for mark in marks if said.get(mark) is not None)
    return f"{ends} ({about})" if about else ends


def what_it_says(graph: Graph, kind: str, said: Mapping[str, object]) -> list[str]:
    """Each property of a record with its value, in the order of the model; what is unknown is left out."""
    names = (prop.name for prop in graph.store.schema.record(kind).properties if prop.name not in UNSAID)
    return [f"{name} {_shown(graph, said[name])}" for name in names if _is_said(said.get(name))]


def _is_said(value: object) -> bool:
    return value is not None and value not in ("", (), [])


def _shown(graph: Graph, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return graph.names.name_of(value) if isinstance(value, str) else str(value)


def minute(at: object) -> str:
    """A moment as a table shows it."""
    return str(at)[:16].replace("T", " ")


def counted(number: int, noun: str) -> str:
    """A number of things, in the singular where it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def few(words: Iterable[object]) -> list[str]:
    """The first of many words, and how many more there are."""
    listed = list(map(str, words))
    return listed if len(listed) <= FEW else [*listed[: FEW - 1], f"{len(listed) - FEW + 1:,} more"]
