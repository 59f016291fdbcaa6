"""Where each node stands: columns from left to right, wrapped so that every name has a cell of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.maps.ordering import order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graphkit.maps.ordering import Pair

__all__ = ["Head", "Layout", "Spot", "arrange", "label_width"]

SCREEN = (1030, 680)
"""The room for the drawing on a common screen, in pixels: what fits into it opens at full size."""

GAP = 20
TIER_GAP = 40


@dataclass(frozen=True, slots=True)
class _Pitch:
    """How close the nodes stand: height of a row, most and least room for a name, room for the mark beside it."""

    row: int
    label: int
    least: int
    mark: int


PITCHES = (_Pitch(36, 132, 56, 34), _Pitch(28, 112, 48, 28), _Pitch(22, 92, 44, 24), _Pitch(17, 66, 36, 20))
"""From roomy to dense; the first that fits the screen is taken, and the last where none does."""


LATIN_END = 0x2E7F
"""Characters beyond this one are as wide as they are high."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node to be placed: its column, whether it is a firm (those stand left), and the room of its name."""

    id: str
    tier: int
    is_firm: bool
    width: int


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column: its edges, and how many firms and other nodes stand below it."""

    tier: int
    x0: int
    x1: int
    firms: int
    others: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Points by node id, in whole units of one pixel at full size, and the headings."""

    points: dict[str, tuple[int, int]]
    heads: tuple[Head, ...]


def label_width(*lines: str) -> int:
    """The room that the longest line of a name takes at full size, estimated without a font."""
    return math.ceil(max((sum(12.5 if ord(char) > LATIN_END else 6.8 for char in line) for line in lines), default=0))


def arrange(spots: Iterable[Spot], pairs: Iterable[Pair], group: Callable[[str], object] | None = None) -> Layout:
    """Place every node on a point of its own; the same nodes and links always get the same points.

    Args:
        spots: The nodes; tiers count from 0 without gaps.
        pairs: The linked nodes.
        group: What stands together within a column, if anything.
    """
    known = {spot.id: spot for spot in sorted(spots, key=lambda spot: spot.id)}
    keys = sorted({(spot.tier, not spot.is_firm) for spot in known.values()})
    columns = [[spot.id for spot in known.values() if (spot.tier, not spot.is_firm) == key] for key in keys]
    blocks = [
        _Block(key[0], not key[1], column, _typical([known[node].width for node in column]))
        for key, column in zip(keys, order(columns, pairs, group), strict=True)
    ]
    pitch, rows = _fitting(blocks)
    return _placed(blocks, rows, pitch)


@dataclass(frozen=True, slots=True)
class _Block:
    tier: int
    is_firm: bool
    nodes: tuple[str, ...]
    width: int

    def columns(self, rows: int) -> int:
        return math.ceil(len(self.nodes) / rows)

    def step(self, pitch: _Pitch) -> int:
        return min(max(self.width, pitch.least), pitch.label) + pitch.mark

    def room(self, rows: int, pitch: _Pitch) -> int:
        return self.columns(rows) * self.step(pitch)


def _typical(widths: Sequence[int]) -> int:
    """The width that four names in five fit in; the page shortens the others and gives them whole when asked."""
    return sorted(widths)[math.ceil(len(widths) * 0.8) - 1]


def _fitting(blocks: Sequence[_Block]) -> tuple[_Pitch, int]:
    """The roomiest pitch that a screen holds, and its number of rows; else the densest, with rows as high as may be."""
    for pitch in PITCHES:
        rows = _rows(blocks, pitch)
        if _width(blocks, rows, pitch) <= SCREEN[0] and rows * pitch.row <= SCREEN[1]:
            break
    high = int(SCREEN[1] * max(_width(blocks, rows, pitch) / SCREEN[0], 1) / rows)
    return replace(pitch, row=max(pitch.row, min(PITCHES[0].row, high))), rows


def _rows(blocks: Sequence[_Block], pitch: _Pitch) -> int:
    """The number of rows with which the whole fits a screen, or nearly does, and is shaped most like one."""
    most = max((len(block.nodes) for block in blocks), default=1)

    def shrunk(rows: int) -> tuple[float, float]:
        wide, high = _width(blocks, rows, pitch) / SCREEN[0], rows * pitch.row / SCREEN[1]
        return max(wide, high, 1.0), abs(math.log(wide / high))

    return min(range(1, most + 1), key=shrunk)


def _width(blocks: Sequence[_Block], rows: int, pitch: _Pitch) -> int:
    tiers = len({block.tier for block in blocks})
    return max(sum(block.room(rows, pitch) + GAP for block in blocks) + (TIER_GAP - GAP) * (tiers - 1), 1)


def _placed(blocks: Sequence[_Block], rows: int, pitch: _Pitch) -> Layout:
    points: dict[str, tuple[int, int]] = {}
    heads: list[Head] = []
    x = 0
    for index, block in enumerate(blocks):
        starts = index == 0 or blocks[index - 1].tier != block.tier
        x += 0 if index == 0 else TIER_GAP if starts else GAP
        points |= _block_points(block, rows, x, pitch)
        end = x + block.room(rows, pitch)
        firms, others = (len(block.nodes), 0) if block.is_firm else (0, len(block.nodes))
        if starts:
            heads.append(Head(block.tier, x, end, firms, others))
        else:
            heads[-1] = Head(block.tier, heads[-1].x0, end, heads[-1].firms + firms, heads[-1].others + others)
        x = end
    return Layout(points, tuple(heads))


def _block_points(block: _Block, rows: int, x0: int, pitch: _Pitch) -> dict[str, tuple[int, int]]:
    """Fill row by row, so that height keeps the order; short blocks spread, and hang from the middle."""
    columns = block.columns(rows)
    filled = math.ceil(len(block.nodes) / columns)
    step = min(pitch.row * (rows / filled), pitch.row * 1.6)
    top = (rows * pitch.row - filled * step) / 2
    points = {}
    for index, node in enumerate(block.nodes):
        row, column = divmod(index, columns)
        y = top + (row + (column + 0.5) / columns) * step
        points[node] = (x0 + column * block.step(pitch), round(y))
    return points
