"""Who leans on whom, which links lead into a target, and by which routes most of it comes."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.chain import reach
from graphkit.analyses.dependence import Shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Adjacency, Ints
    from graphkit.analyses.facts import Facts
    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network
    from graphkit.analyses.targets import Meant

__all__ = ["Question", "Side", "largest_routes"]

Side = Literal["cost", "revenue"]

LONGEST_ROUTE = 12
"""Routes of more links are not listed; the figures count them all the same."""


@dataclass(frozen=True)
class Question:
    """Who leans on whom, and which links lead into the target."""

    network: Network
    side: Side
    target: Meant

    @cached_property
    def facts(self) -> Facts:
        """Who supplies whom."""
        return self.network.facts("SUPPLIES")

    @cached_property
    def shares(self) -> Shares:
        """The links from each holder to those it leans on."""
        facts = self.facts
        ends = facts.subject.astype(np.int64), facts.object.astype(np.int64)
        other, holder = ends if self.side == "cost" else ends[::-1]
        share = facts.number("share" if self.side == "cost" else "revenue_share")
        return Shares(len(self.network), holder, other, share, facts.reference("product").astype(np.int64))

    @cached_property
    def hits(self) -> NDArray[np.bool_]:
        """Which links lead into the target."""
        into = np.isin(self.shares.other, self.target.companies)
        hits: NDArray[np.bool_] = into | np.isin(self.facts.reference("product"), self.target.products)
        return hits

    @cached_property
    def on_the_way(self) -> Ints:
        """The links that lie on some way to the target."""
        return np.flatnonzero(self.hits | (self.depths[self.shares.other] > 0))

    @cached_property
    def own(self) -> Adjacency:
        """The links that lie on some way to the target, by holder."""
        holder = self.shares.holder[self.on_the_way].astype(np.int32)
        return adjacency(holder, holder, self.shares.size)

    @cached_property
    def depths(self) -> Ints:
        """The links on the shortest way of each node into the target; -1 for none."""
        shares = self.shares
        back = adjacency(shares.other.astype(np.int32), shares.holder.astype(np.int32), shares.size)
        tiers = reach(back, np.unique(shares.holder[self.hits])).tiers
        return np.where(tiers >= 0, tiers + 1, -1).astype(np.int64)


def largest_routes(question: Question, subjects: Sequence[int], count: int) -> Iterator[Row]:
    """The largest routes of the companies asked about, best first over all of them.

    A best-first search from the subjects: what a route can carry only falls as it gets longer.
    """
    shares, network = question.shares, question.network
    ceiling = shares.ceiling
    leaving = adjacency(shares.holder.astype(np.int32), shares.other.astype(np.int32), shares.size)
    useful = np.zeros(len(shares.holder), dtype=bool)
    useful[question.on_the_way] = True
    queue: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = [
        (-1.0, (node,), ()) for node in dict.fromkeys(subjects)
    ]
    heapq.heapify(queue)
    listed = 0
    while queue and listed < count:
        carried, nodes, links = heapq.heappop(queue)
        if links and question.hits[links[-1]]:
            listed += 1
            yield {
                "route": tuple(network.names[node] for node in nodes),
                "low": 0.0 if np.isnan(shares.share[list(links)]).any() else -carried,
                "high": -carried,
                "claims": question.facts.claims(links),
            }
            continue
        if len(links) >= LONGEST_ROUTE:
            continue
        for place in leaving.leaving(np.array([nodes[-1]])).tolist():
            link, other = int(leaving.links[place]), int(leaving.targets[place])
            if useful[link] and ceiling[link] > 0 and other not in nodes:
                heapq.heappush(queue, (carried * float(ceiling[link]), (*nodes, other), (*links, link)))
