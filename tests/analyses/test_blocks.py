"""Articulation points against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphkit.analyses.blocks import cut_nodes

LINKS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24)


def by_removal(graph: nx.Graph[int]) -> dict[int, list[int]]:
    """The cut nodes that networkx finds, and the pieces left when each is taken out."""
    found = {}
    for node in nx.articulation_points(graph):
        rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        found[node] = sorted((len(piece) for piece in nx.connected_components(rest)), reverse=True)
    return found


@given(LINKS)
def test_cut_nodes_and_their_pieces_are_those_of_networkx(links: list[tuple[int, int]]) -> None:
    """On random graphs in several parts, with loops, parallel links and nodes without any."""
    one, other = np.array(links, dtype=np.int64).reshape(-1, 2).T
    graph: nx.Graph[int] = nx.Graph(links)
    graph.add_nodes_from(range(12))

    assert dict(cut_nodes(one, other, 12)) == by_removal(graph)


def test_many_parallel_links_are_one() -> None:
    """As many as a byte can count, and one more."""
    one, other = np.repeat([0, 1], 256), np.repeat([1, 2], 256)

    assert dict(cut_nodes(one, other, 3)) == {1: [1, 1]}


def test_a_long_chain_needs_no_recursion() -> None:
    """Every inner node of a chain of 20,000 cuts it in two."""
    nodes = np.arange(19_999)

    found = dict(cut_nodes(nodes, nodes + 1, 20_000))

    assert len(found) == 19_998
    assert found[5_000] == [14_999, 5_000]
