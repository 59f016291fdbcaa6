"""Articulation points, and what each holds together, over arrays (Tarjan and Vishkin 1985).

A graph falls into blocks, in which every two links lie on a common ring; a node in several blocks holds them together.
Links are told apart by blocks without any recursion: a tree spans the graph, the link above each node of the tree is
joined to others that a ring shares with it, and the connected components of these joints are the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Ints

    Truths = NDArray[np.bool_]

__all__ = ["cut_nodes"]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A tree that spans all nodes, below a root of its own that has a link to each connected part.

    Attributes:
        levels: The nodes by their distance from the root, which is left out.
        parent: The node above each node; the root is its own.
        size: How many nodes stand below each node, itself included.
        place: The place of each node in a walk that finishes each subtree before the next.
    """

    levels: list[Ints]
    parent: Ints
    size: Ints
    place: Ints


def cut_nodes(one: Ints | Sequence[int], other: Ints | Sequence[int], size: int) -> Iterator[tuple[int, list[int]]]:
    """The nodes without which a connected part falls apart, and the sizes of the pieces that are left.

    Args:
        one: One end of each link; parallel links and loops change nothing.
        other: The other end.
        size: The number of nodes.
    """
    one, other = np.asarray(one, dtype=np.int64), np.asarray(other, dtype=np.int64)
    tree, part = _spanned(one, other, size)
    block, whole = _blocks(tree, one, other, size), np.bincount(part)
    lower = np.where(tree.place[one] < tree.place[other], other, one)
    ends, labels = np.concatenate([one, other]), np.tile(block[lower], 2)  # a link is in the block of its lower end
    apart = np.tile(one != other, 2)
    held = np.unique(np.column_stack([ends[apart], labels[apart]]), axis=0)
    cut = np.bincount(held[:, 0], minlength=size) > 1
    below = _below(tree, block, cut, size)
    of: dict[int, list[int]] = {}
    for node, label in held[cut[held[:, 0]]].tolist():
        of.setdefault(node, []).append(label)
    for node, blocks in of.items():
        pieces = [below[node, label] for label in blocks if label != block[node]]
        rest = int(whole[part[node]]) - 1 - sum(pieces)
        yield node, sorted([*pieces, *([rest] if rest else [])], reverse=True)


def _below(tree: _Tree, block: Ints, cut: Truths, size: int) -> dict[tuple[int, int], int]:
    """How many nodes each of some nodes holds by each block that lies below it."""
    above = tree.parent[:size]
    found: dict[tuple[int, int], int] = {}
    for node in np.flatnonzero((above < size) & cut[np.minimum(above, size - 1)]).tolist():
        key = int(above[node]), int(block[node])
        found[key] = found.get(key, 0) + int(tree.size[node])
    return found


def _spanned(one: Ints, other: Ints, size: int) -> tuple[_Tree, Ints]:
    """A spanning tree, and the number of the connected part of each node."""
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    _, part = connected_components(_graph(one, other, size), directed=False)
    _, first = np.unique(part, return_index=True)
    rooted = _graph(np.concatenate([one, first]), np.concatenate([other, np.full(len(first), size)]), size + 1)
    order, parent = breadth_first_order(rooted, size, directed=False)
    parent = parent.astype(np.int64)
    parent[size] = size
    depth = _along(parent, np.where(np.arange(size + 1) == size, 0, 1))
    levels = np.split(order, np.flatnonzero(np.diff(depth[order])) + 1)[1:]
    below = np.ones(size + 1, dtype=np.int64)
    for level in reversed(levels):
        np.add.at(below, parent[level], below[level])
    siblings = np.argsort(parent[:size], kind="stable")
    before = np.cumsum(below[siblings]) - below[siblings]
    start = np.searchsorted(parent[siblings], parent[siblings])
    step = np.zeros(size + 1, dtype=np.int64)
    step[siblings] = 1 + before - before[start]
    return _Tree(levels, parent, below, _along(parent, step)), part


def _along(parent: Ints, steps: Ints) -> Ints:
    """The sum of steps from each node up to the root, by doubling the stride."""
    total, above = steps.astype(np.int64), parent
    while (above != parent[-1]).any():
        total, above = total + total[above], above[above]
    return total


def _blocks(tree: _Tree, one: Ints, other: Ints, size: int) -> Ints:
    """The block of the link above each node."""
    from scipy.sparse.csgraph import connected_components

    place, below, parent = tree.place, tree.size, tree.parent
    lowest, highest = place.copy(), place.copy()
    for near, far in ((one, other), (other, one)):
        np.minimum.at(lowest, near, place[far])
        np.maximum.at(highest, near, place[far])
    for level in reversed(tree.levels[1:]):
        np.minimum.at(lowest, parent[level], lowest[level])
        np.maximum.at(highest, parent[level], highest[level])
    first, last = np.where(place[one] < place[other], (one, other), (other, one))
    beside = place[first] + below[first] <= place[last]  # neither stands below the other
    nodes = np.arange(size)
    up = parent[:size]
    around = (up != size) & ((lowest[:size] < place[up]) | (highest[:size] >= place[up] + below[up]))
    joints = np.concatenate([first[beside], nodes[around]]), np.concatenate([last[beside], up[around]])
    block: Ints = connected_components(_graph(*joints, size + 1), directed=False)[1].astype(np.int64)
    return block


def _graph(one: Ints, other: Ints, size: int) -> Any:  # noqa: ANN401 - SciPy ships no types
    from scipy.sparse import coo_array

    return coo_array((np.ones(len(one), dtype=np.bool_), (one, other)), shape=(size, size)).tocsr()
