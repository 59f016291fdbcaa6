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
