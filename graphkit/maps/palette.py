"""Colours and marks of segments: told apart by hue, by lightness, and in grey by the mark inside the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DARK", "LIGHT", "MARKS", "NONE", "looks"]

LIGHT = ("#3b6fb6", "#d98200", "#1b9e77", "#c2417a", "#7a5cc0", "#8a6d3b", "#2aa1c4", "#a33b20", "#6f8f1f", "#54616e")
DARK = ("#7fb0ff", "#ffb347", "#4fd3a8", "#ff8fc0", "#b9a2ff", "#d9b87c", "#6fd6f2", "#ff8a6b", "#b7d65c", "#aab7c4")
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
