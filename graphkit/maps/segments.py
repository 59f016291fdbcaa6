"""Which segment gives each node its colour."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.maps.facts import Fact
    from graphkit.records import Link, Node

__all__ = ["belonging", "colouring", "with_parents"]

_LENDS = ("MAKES", "TYPE_OF", "GOES_INTO", "SUCCEEDS", "SUPPLIES")


def belonging(links: Iterable[Link], segments: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """The segments that claims put each node in: most claimed first, then the narrower one, then by id."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for link in links:
        if link.type == "IN_SEGMENT" and link.object in segments:
            votes[link.subject][link.object] += 1
    return {
        node: tuple(sorted(found, key=lambda name: (-found[name], -_depth(name, segments), name)))
        for node, found in votes.items()
    }


def colouring(nodes: Sequence[Node], facts: Iterable[Fact], own: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The segment of each node's colour: its own first one, else the one most of what it makes or goes into has."""
    colour = {node.id: own[node.id][0] for node in nodes if own.get(node.id)}
    lent: defaultdict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.type in _LENDS:
            lent[fact.subject].append(fact.object)
            lent[fact.object].append(fact.subject)
    for _round in range(2):
        colour |= {
            node.id: found
            for node in nodes
            if node.id not in colour and (found := _most(colour, lent[node.id])) is not None
        }
    return colour


def _most(colour: Mapping[str, str], near: Iterable[str]) -> str | None:
    votes = Counter(colour[node] for node in near if node in colour)
    return min(votes, key=lambda name: (-votes[name], name)) if votes else None


def with_parents(names: Iterable[str], segments: Mapping[str, Node]) -> set[str]:
    """The segments with all that they are part of."""
    return {part for name in names for part in _line(name, segments)}


def _depth(segment: str, segments: Mapping[str, Node]) -> int:
    return len(_line(segment, segments))


def _line(segment: str, segments: Mapping[str, Node]) -> tuple[str, ...]:
    """A segment, what it is part of, and so on; a ring ends where it began."""
    line: list[str] = []
    while segment in segments and segment not in line:
        line.append(segment)
        segment = str(segments[segment].properties.get("parent") or "")
    return tuple(line)
