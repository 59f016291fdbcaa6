"""Colours and marks of segments: told apart by hue, by lightness, and in grey by the mark inside the shape.

The colours were searched for by machine: the ten that lie farthest apart for common sight, protanopia and deuteranopia
at once, dark enough for paper and light enough for a dark screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DARK", "LIGHT", "MARKS", "NONE", "looks"]

LIGHT = ("#2e7bfe", "#e18e00", "#2eb76b", "#fb70b1", "#634085", "#24aaee", "#8f2c3e", "#5c5d05", "#930cbb", "#f84f4a")
DARK = ("#95b5fe", "#f46e00", "#4ef573", "#f45cba", "#a081fe", "#52ebf9", "#da7a84", "#b6904f", "#a6e7a9", "#f0d90f")
MARKS = ("plain", "dot", "bar", "ring", "cross", "half", "slash", "pole", "saltire", "corner")
NONE = ("#9aa3ad", "#77818c", "plain")
"""How a node without a segment looks."""


def looks(segments: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Give each segment, the largest first, a light colour, a dark colour and a mark.

    The first ten differ in colour and in mark; beyond them colours return with other marks.
    """
    count = len(LIGHT)
    return {
        segment: (LIGHT[place % count], DARK[place % count], MARKS[(place + place // count) % count])
        for place, segment in enumerate(segments)
    }
