"""The order of nodes in their columns: as few crossings as cheap means give, the same for the same graph."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Columns", "Pair", "crossings", "order"]

Columns = tuple[tuple[str, ...], ...]
Pair = tuple[str, str]
SWEEPS = 8


def order(
    columns: Sequence[Sequence[str]], pairs: Iterable[Pair], group: Callable[[str], object] | None = None
) -> Columns:
    """Sort each column by the mean height of its neighbours, sweeping to and fro; keep the best sweep.

    Args:
        columns: Nodes by column, in any order; ties and nodes without links fall back to their ids.
        pairs: The linked nodes.
        group: What stands together within a column, if anything.
    """
    best: Columns = tuple(tuple(sorted(column, key=lambda node: _grouped(node, 0.0, group))) for column in columns)
    links = sorted(set(pairs))
    near = _neighbours(best, links)
    fewest = crossings(best, links)
    now = best
    for sweep in range(SWEEPS):
        now = _sweep(now, near, group, backward=sweep % 2 == 1)
        found = crossings(now, links)
        if found < fewest:
            best, fewest = now, found
    return best


def crossings(columns: Sequence[Sequence[str]], pairs: Iterable[Pair]) -> int:
    """How often links between the same two columns cross, drawn straight."""
    place = {node: (number, row) for number, column in enumerate(columns) for row, node in enumerate(column)}
    between: defaultdict[Pair | tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        (left, upper), (right, lower) = sorted(place[node] for node in pair)
        if left != right:
            between[left, right].append((upper, lower))
    return sum(_inversions(ends) for ends in between.values())


def _inversions(ends: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    total = 0
    for _, lower in sorted(ends):
        total += len(seen) - bisect_right(seen, lower)
        insort(seen, lower)
    return total


def _neighbours(columns: Columns, pairs: Iterable[Pair]) -> dict[str, list[str]]:
    number = {node: index for index, column in enumerate(columns) for node in column}
    near: dict[str, list[str]] = {node: [] for node in number}
    for one, other in pairs:
        if number[one] != number[other]:
            near[one].append(other)
            near[other].append(one)
    return near


def _sweep(
    columns: Columns, near: Mapping[str, Sequence[str]], group: Callable[[str], object] | None, *, backward: bool
) -> Columns:
    height = {node: (row + 0.5) / len(column) for column in columns for row, node in enumerate(column)}
    result = list(columns)
    for index in range(len(columns))[:: -1 if backward else 1]:
        mean = {
            node: sum(height[other] for other in near[node]) / len(near[node]) if near[node] else height[node]
            for node in columns[index]
        }
        ranked = sorted((_grouped(node, mean[node], group), node) for node in columns[index])
        result[index] = tuple(node for _, node in ranked)
        height |= {node: (row + 0.5) / len(result[index]) for row, node in enumerate(result[index])}
    return tuple(result)


def _grouped(node: str, height: float, group: Callable[[str], object] | None) -> tuple[str, float, str]:
    return (str(group(node)) if group else "", round(height, 9), node)
