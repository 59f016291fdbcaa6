"""Routes by which a stop could travel, whatever the shares: the chain as one graph of flows.

Each node stands twice: as *provider* (a company that delivers, a product that is to be had) and as *hit* (a company's
business, the making of a product). A company's parts reach its business through the products that it makes, but do not
pass from there to its other products, nor from one maker of a product to its rivals.

Routes may be laid out `wide`, for who may be touched at all: then what goes into a product also goes into its kinds, so
that it reaches their makers, and whoever sells or buys a product hangs on it. Chokepoints are found on the narrow ones,
which rest on nothing but what is said of each product itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.dominators import dominators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Adjacency, Codes, Ints
    from graphkit.analyses.network import Network

    Truths = NDArray[np.bool_]

__all__ = ["Routes"]

LINKS = ("SUPPLIES", "MAKES", "GOES_INTO", "TYPE_OF", "USES")
MAKING = 1e-9
"""The length of a step from the making of a product to the product: it is no link, and counts as none."""


@dataclass(frozen=True)
class Routes:
    """The flows of a network.

    Attributes:
        network: Where they come from.
        near: The flow node that each flow leaves; a hit is its node's code plus the size of the network.
        far: The flow node that each flow enters.
        link: The place in `LINKS` of the link type each flow rests on.
        fact: The fact it rests on; -1 for the step from making to product.
    """

    network: Network
    near: Ints
    far: Ints
    link: Ints
    fact: Ints

    @classmethod
    def of(cls, network: Network, *, wide: bool = False) -> Routes:
        """Lay out the flows of a network."""
        parts = [part for place, name in enumerate(LINKS) for part in _flows(network, place, name, wide=wide)]
        products = network.of_type("Product")
        none = np.full(len(products), -1)
        near, far, link, fact = (
            np.concatenate([*(part[i] for part in parts), last]).astype(np.int64)
            for i, last in enumerate((products + len(network), products, np.zeros(len(products)), none))
        )
        return cls(network, near, far, link, fact)

    def reversed(self) -> Routes:
        """The flows of demand: a customer that stops takes less, and so does a supplier that sells less."""
        companies = self.network.of_type("Company")
        none = np.full(len(companies), -1)
        return Routes(
            self.network,
            near=np.concatenate([self.far, companies]),
            far=np.concatenate([self.near, companies + len(self.network)]),
            link=np.concatenate([self.link, np.zeros(len(companies), dtype=np.int64)]),
            fact=np.concatenate([self.fact, none]),
        )

    @cached_property
    def downstream(self) -> Adjacency:
        """The flows by the node that they leave."""
        return adjacency(_codes(self.near), _codes(self.far), 2 * len(self.network))

    @cached_property
    def _touching(self) -> Adjacency:
        """The flows by the nodes that they leave or enter."""
        flows, ends = np.arange(len(self.near)), np.concatenate([self.near, self.far]) % len(self.network)
        return adjacency(_codes(ends), _codes(np.tile(flows, 2)), len(self.network))

    def through(self, code: int) -> list[int]:
        """The flows that leave or enter a node, as provider or as hit."""
        touching = self._touching
        return sorted(set(touching.targets[touching.leaving(np.array([code]))].tolist()))

    def node(self, flow_node: int) -> int:
        """The node that a flow node stands for."""
        return flow_node % len(self.network)

    def sink(self, code: int) -> int:
        """Where routes to a node end: at a company's business, or at a product being to be had."""
        return code + len(self.network) if self.network.labels[code] == "Company" else code

    def depths(self, sources: Ints | Sequence[int]) -> tuple[Ints, Ints]:
        """The links on the shortest way to each flow node (-1: none), and the flow by which it comes there (-1)."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import dijkstra

        size = 2 * len(self.network)
        length = np.where(self.fact < 0, MAKING, 1.0)
        order = np.lexsort((length, self.far, self.near))
        first = np.ones(len(order), dtype=bool)
        near, far = self.near[order], self.far[order]
        first[1:] = (near[1:] != near[:-1]) | (far[1:] != far[:-1])
        kept = order[first]
        graph = coo_array((length[kept], (self.near[kept], self.far[kept])), shape=(size, size)).tocsr()
        found, before, _ = dijkstra(graph, indices=sources, min_only=True, return_predecessors=True)
        depth = np.where(np.isfinite(found), np.floor(np.where(np.isfinite(found), found, 0.0) + 0.5), -1)
        keys = self.near[kept] * size + self.far[kept]
        wanted = before.astype(np.int64) * size + np.arange(size)
        place = np.clip(np.searchsorted(keys, wanted), 0, max(len(keys) - 1, 0))
        flow = np.where(before >= 0, kept[place] if len(kept) else -1, -1)
        return depth.astype(np.int64), flow.astype(np.int64)

    def shortest(self, flows: Ints, sink: int) -> list[int]:
        """The flows of a shortest way to a flow node, given what `depths` says of each node."""
        way: list[int] = []
        while flows[sink] >= 0:
            way.append(int(flows[sink]))
            sink = int(self.near[flows[sink]])
        return way[::-1]

    def claims(self, flows: Iterable[int]) -> tuple[str, ...]:
        """The ids of the claims that some flows rest on."""
        found: set[str] = set()
        for flow in flows:
            if self.fact[flow] >= 0:
                found.update(self.network.facts(LINKS[self.link[flow]]).claims([int(self.fact[flow])]))
        return tuple(sorted(found))

    def single_points(self, sources: Ints | Sequence[int], sink: int) -> list[int]:
        """The nodes on every route from the sources to a flow node, apart from the node itself."""
        found = dominators(self.downstream, sources, sink) or []
        end = self.node(sink)
        return list(dict.fromkeys(node for node in map(self.node, found) if node != end))

    def independent(self, sources: Ints | Sequence[int], sink: int) -> int:
        """How many routes there are that share no node between the sources and a flow node: a maximum flow."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import maximum_flow

        if sink in set(np.asarray(sources).tolist()):
            return 0
        size = 2 * len(self.network)
        many = len(self.near) + 1
        inner = np.ones(size, dtype=np.int64)
        inner[np.asarray(sources)] = many
        inner[sink] = many
        nodes = np.arange(size)
        rows = np.concatenate([nodes, self.near + size, np.full(len(sources), 2 * size)])
        columns = np.concatenate([nodes + size, self.far, np.asarray(sources, dtype=np.int64)])
        capacity = np.concatenate([inner, np.ones(len(self.near), dtype=np.int64), np.full(len(sources), many)])
        shape = (2 * size + 1, 2 * size + 1)
        graph = coo_array((capacity.astype(np.int32), (rows, columns)), shape=shape).tocsr()
        graph.data = np.minimum(graph.data, many)
        return int(maximum_flow(graph, 2 * size, sink + size).flow_value)


def _flows(network: Network, place: int, link: str, *, wide: bool) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """The flows that rest on the facts of one link type: near, far, place of the link type, fact."""
    facts, size = network.facts(link), len(network)
    subject, obj = facts.subject.astype(np.int64), facts.object.astype(np.int64)
    sold = facts.reference("product").astype(np.int64)
    ways: list[tuple[Ints, Ints, Truths]]
    every = np.ones(len(facts), dtype=bool)
    match link:
        case "GOES_INTO":
            ways = [(subject, obj + size, facts.number("essential") != 0)]  # unknown counts as essential
        case "SUPPLIES":
            ways = [(subject, obj + size, every), (subject + size, obj + size, every)]
            if wide:
                ways += [(sold + size, subject + size, sold >= 0), (sold, obj + size, sold >= 0)]
        case "USES":
            ways = [(obj, subject + size, every)]
        case "MAKES":
            ways = [(subject, obj, every), (obj + size, subject + size, every)]
        case _:  # TYPE_OF
            ways = [(subject, obj, every), *([(obj + size, subject + size, every)] if wide else [])]
    for near, far, on in ways:
        chosen = np.flatnonzero(on)
        yield near[chosen], far[chosen], np.full(len(chosen), place), chosen


def _codes(nodes: Ints) -> Codes:
    return nodes.astype(np.int32)
