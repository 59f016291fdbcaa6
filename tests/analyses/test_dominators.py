"""Nodes on every route, against taking each node away."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.dominators import dominators


@pytest.mark.parametrize("seed", range(60))
def test_dominators_are_the_nodes_whose_loss_cuts_all_routes(seed: int) -> None:
    """On random graphs with rings, loops and several sources."""
    rng = np.random.default_rng(seed)
    size, count = int(rng.integers(2, 14)), int(rng.integers(1, 26))
    near, far = (rng.integers(0, size, count).astype(np.int32) for _ in range(2))
    sources = sorted(set(rng.integers(0, size, 2).tolist()))
    target = int(rng.integers(0, size))
    graph = nx.DiGraph(list(zip(near.tolist(), far.tolist(), strict=True)))
    graph.add_nodes_from(range(-1, size))
    graph.add_edges_from((-1, source) for source in sources)

    found = dominators(adjacency(near, far, size), sources, target)

    if not nx.has_path(graph, -1, target):
        assert found is None
    else:
        others = [node for node in range(size) if node != target]
        cuts = [node for node in others if not nx.has_path(graph.subgraph(set(graph) - {node}), -1, target)]
        assert sorted(found or []) == cuts


def immediate(links: str, root: str) -> dict[str, str]:
    """The last node on every route to each node, for links written as in `R-ABC`: from R to A, B and C."""
    ends = [(group[0], far) for group in links.split() for far in group[2:]]
    names = sorted({name for pair in ends for name in pair})
    near, far = ([names.index(pair[side]) for pair in ends] for side in (0, 1))
    graph = adjacency(near, far, len(names))
    found = {name: dominators(graph, [names.index(root)], place) for place, name in enumerate(names) if name != root}
    return {name: names[chain[-1]] for name, chain in found.items() if chain}


def test_the_flow_graph_of_lengauer_and_tarjan() -> None:
    """Its dominator tree as printed (ACM TOPLAS 1, 1979, figures 1 and 2)."""
    links = "R-ABC A-D B-ADE C-FG D-L E-H F-I G-IJ H-EK I-K J-I K-IR L-H"

    assert immediate(links, "R") == {**dict.fromkeys("ABCDEHIK", "R"), **dict.fromkeys("FG", "C"), "J": "G", "L": "D"}


@pytest.mark.parametrize("links", ["5-43 4-1 3-2 1-2 2-1", "6-54 5-1 4-23 3-2 2-13 1-2"])
def test_the_irreducible_graphs_of_cooper_harvey_and_kennedy(links: str) -> None:
    """The root alone dominates (A Simple, Fast Dominance Algorithm, 2001, figures 2 and 4)."""
    assert set(immediate(links, links[0]).values()) == {links[0]}
