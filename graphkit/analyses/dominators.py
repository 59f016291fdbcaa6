"""Nodes that stand on every route, in linear time over arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.analyses.adjacency import Adjacency, Ints

__all__ = ["dominators", "shortest_route"]

UNSEEN = -1
START = -2


def shortest_route(links: Adjacency, sources: Sequence[int] | Ints, target: int) -> list[int] | None:
    """The nodes of a shortest route from any source to a target, both included; None where there is no route."""
    came_from = np.full(len(links.starts) - 1, UNSEEN, dtype=np.int64)
    frontier = np.unique(np.asarray(sources, dtype=np.int64))
    came_from[frontier] = START
    while len(frontier) and came_from[target] == UNSEEN:
        places = links.leaving(frontier)
        near = np.repeat(frontier, links.starts[frontier + 1] - links.starts[frontier])
        far = links.targets[places]
        new = came_from[far] == UNSEEN
        came_from[far[new]] = near[new]
        frontier = np.unique(far[new]).astype(np.int64)
    if came_from[target] == UNSEEN:
        return None
    route = [target]
    while came_from[route[-1]] != START:
        route.append(int(came_from[route[-1]]))
    return route[::-1]


def dominators(links: Adjacency, sources: Sequence[int] | Ints, target: int) -> list[int] | None:
    """The nodes on every route from any of the sources to a target, in the order in which routes pass them.

    The target itself is left out; a source counts when there is no way around it. None where there is no route.

    One shortest route holds them all. A sweep along it explores all that can be reached without passing the furthest
    node of the route that was met so far; when nothing is left to explore, that node cannot be avoided. Every link is
    looked at once or twice.
    """
    route = shortest_route(links, sources, target)
    if route is None:
        return None
    place = np.full(len(links.starts) - 1, UNSEEN, dtype=np.int64)
    place[route] = np.arange(len(route))
    seen = np.zeros(len(place), dtype=bool)
    sweep = _Sweep(links, place, seen)
    furthest = sweep.explore(np.unique(np.asarray(sources, dtype=np.int64)), UNSEEN)
    passed = 0
    found: list[int] = []
    while True:
        while passed < furthest:  # nodes of the route that were left behind can be explored as well
            behind = np.array(route[passed:furthest], dtype=np.int64)
            passed = furthest
            furthest = sweep.explore(behind, furthest, start=True)
        if furthest == len(route) - 1:
            return found
        found.append(route[furthest])
        passed = furthest + 1
        furthest = sweep.explore(np.array([route[furthest]], dtype=np.int64), furthest, start=True)


class _Sweep:
    """Exploring without passing nodes of the route; each node is explored once."""

    def __init__(self, links: Adjacency, place: Ints, seen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        self._links, self._place, self._seen = links, place, seen

    def explore(self, nodes: Ints, furthest: int, *, start: bool = False) -> int:
        """Explore from some nodes; the furthest place on the route that was met.

        Args:
            nodes: Where to begin.
            furthest: The furthest place so far.
            start: Whether the nodes are nodes of the route that may be passed now.
        """
        frontier = nodes if start else self._off_route(nodes)
        furthest = max(furthest, furthest if start else int(self._place[nodes].max(initial=UNSEEN)))
        while len(frontier):
            met = self._links.targets[self._links.leaving(frontier)]
            furthest = max(furthest, int(self._place[met].max(initial=UNSEEN)))
            frontier = self._off_route(met)
        return furthest

    def _off_route(self, nodes: Ints | np.ndarray[tuple[int], np.dtype[np.int32]]) -> Ints:
        new = nodes[(self._place[nodes] == UNSEEN) & ~self._seen[nodes]]
        self._seen[new] = True
        return np.unique(new).astype(np.int64)
