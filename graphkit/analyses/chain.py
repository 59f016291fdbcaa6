"""Who stands upstream and downstream, tier by tier.

A walk over arrays, frontier by frontier: each link is looked at once, however many routes there are. Upstream is toward
raw material, downstream toward the end customer; the tier of a node is the length of the shortest way to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphkit.analyses.adjacency import Adjacency, adjacency
from graphkit.analyses.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Codes, Ints
    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network

__all__ = ["Direction", "Reach", "along", "chain", "reach"]

Direction = Literal["upstream", "downstream"]

UNREACHED = -1


@dataclass(frozen=True, slots=True)
class Reach:
    """What a walk reached.

    Attributes:
        tiers: The tier of each node: 0 where the walk began, -1 where it did not come.
        nodes: The nodes reached, nearest first, without those where it began.
    """

    tiers: NDArray[np.int32]
    nodes: Ints


def reach(links: Adjacency, starts: Ints | Sequence[int], max_tier: int | None = None) -> Reach:
    """Walk along links from several nodes at once; each node is reached at its shortest distance."""
    tiers = np.full(len(links.starts) - 1, UNREACHED, dtype=np.int32)
    frontier = np.unique(np.asarray(starts, dtype=np.int64))
    tiers[frontier] = 0
    found: list[Ints] = []
    tier = 0
    while len(frontier) and (max_tier is None or tier < max_tier):
        tier += 1
        targets = links.targets[links.leaving(frontier)]
        targets = targets[tiers[targets] == UNREACHED]
        tiers[targets] = tier
        frontier = _distinct(targets, len(tiers))
        found.append(frontier)
    return Reach(tiers, np.concatenate(found) if found else np.zeros(0, dtype=np.int64))


def _distinct(nodes: Codes, size: int) -> Ints:
    """The distinct nodes, sorted: by marking where they are many, by sorting where they are few."""
    if len(nodes) * 20 < size:
        return np.unique(nodes).astype(np.int64)
    marks = np.zeros(size, dtype=bool)
    marks[nodes] = True
    return np.flatnonzero(marks)


class _Rows:
    """The rows of a chain, out of its arrays."""

    def __init__(self, network: Network, links: Sequence[str], upstream: bool, reached: Reach) -> None:
        self._network, self._links, self._upstream, self._reach = network, links, upstream, reached

    @cached_property
    def steps(self) -> dict[int, list[tuple[int, str, int]]]:
        """Of each node reached, the links of facts by which it is reached at its tier: (from, link type, fact)."""
        tiers = self._reach.tiers
        steps: dict[int, list[tuple[int, str, int]]] = {}
        for link in self._links:
            facts = self._network.facts(link)
            ends = facts.subject, facts.object
            near, far = reversed(ends) if self._upstream == _is_downstream(self._network, link) else ends
            on_way = np.flatnonzero((tiers[near] != UNREACHED) & (tiers[far] == tiers[near] + 1))
            for fact in on_way.tolist():
                steps.setdefault(int(far[fact]), []).append((int(near[fact]), link, fact))
        return steps

    def claims(self, nodes: Iterable[int]) -> tuple[str, ...]:
        """The ids of the claims by which some nodes are reached."""
        facts = self._network.facts
        steps = (step for node in nodes for step in self.steps.get(node, ()))
        return tuple(sorted({claim for _, link, fact in steps for claim in facts(link).claims([fact])}))

    def row(self, node: int) -> Row:
        network = self._network
        steps = self.steps.get(node, [])
        return {
            "tier": int(self._reach.tiers[node]),
            "id": network.ids[node],
            "name": network.names[node],
            "type": network.labels[node],
            "country": network.countries[node],
            "via": tuple(sorted({network.ids[near] for near, _, _ in steps})),
            "claims": self.claims([node]),
        }


def chain(
    network: Network,
    starts: Sequence[str],
    direction: Direction = "upstream",
    *,
    max_tier: int | None = None,
    links: Sequence[str] = ("SUPPLIES",),
) -> Finding:
    """Find who stands upstream or downstream of some nodes, with the claims that say so.

    Args:
        network: Where to look.
        starts: Ids of the nodes to begin at.
        direction: Toward raw material, or toward the end customer.
        max_tier: How far to go; None for as far as there is.
        links: The link types to follow, of those along which goods flow.
    """
    upstream = direction == "upstream"
    walked = along(network, links, upstream=upstream)
    found = reach(walked, [network.code(start) for start in starts], max_tier)
    rows = _Rows(network, links, upstream, found)
    nodes = sorted(found.nodes.tolist(), key=lambda node: (found.tiers[node], network.ids[node]))
    table = tuple(rows.row(node) for node in nodes)
    return Finding(
        question=f"{direction} of {', '.join(network.names[network.code(start)] for start in starts)}",
        columns=("tier", "id", "name", "type", "country", "via", "claims"),
        rows=table,
        assumptions=(f"Follows {', '.join(links)}; a tier is one link.",),
        claims=rows.claims(nodes),
    )


def along(network: Network, links: Sequence[str], *, upstream: bool) -> Adjacency:
    """Links of several types, arranged for walking upstream or downstream."""
    sides: list[tuple[Codes, Codes]] = []
    for link in links:
        subject, obj = network.ends(link)
        sides.append((obj, subject) if upstream == _is_downstream(network, link) else (subject, obj))
    near, far = sides[0] if len(sides) == 1 else tuple(np.concatenate(side) for side in zip(*sides, strict=True))
    return adjacency(near, far, len(network))


def _is_downstream(network: Network, link: str) -> bool:
    """Whether goods flow along a link from subject to object; USES reads from the user up to what it needs."""
    return network.schema.links[link].flow > 0
