"""Who stands upstream and downstream."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analyses.small import claim, network
from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.chain import chain, reach


def test_tiers_count_links_and_rings_end() -> None:
    """A supplier's tier is its shortest distance; a ring is walked once."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB"),
            claim("SUPPLIES", "cB", "cC"),
            claim("SUPPLIES", "cA", "cC"),
            claim("SUPPLIES", "cC", "cA"),
            claim("SUPPLIES", "cD", "cA"),
        ]
    )

    found = chain(net, ["cC"], "upstream")

    assert [(row["tier"], row["id"], row["via"]) for row in found.rows] == [
        (1, "cA", ("cC",)),
        (1, "cB", ("cC",)),
        (2, "cD", ("cA",)),
    ]
    assert found.rows[2]["claims"] == ("SUPPLIES cD cA",)
    assert found.claims == ("SUPPLIES cA cC", "SUPPLIES cB cC", "SUPPLIES cD cA")


def test_uses_is_walked_against_its_reading() -> None:
    """What a product uses stands upstream of it, as its parts do."""
    net = network([claim("USES", "p1", "p2"), claim("GOES_INTO", "p3", "p1"), claim("MAKES", "cA", "p3")])

    found = chain(net, ["p1"], "upstream", links=("USES", "GOES_INTO", "MAKES"))

    assert {(row["id"], row["tier"]) for row in found.rows} == {("p2", 1), ("p3", 1), ("cA", 2)}
    assert chain(net, ["p2"], "downstream", links=("USES",)).rows[0]["id"] == "p1"


def test_the_walk_stops_at_the_tier_asked_for() -> None:
    """No row lies beyond the last tier."""
    net = network([claim("SUPPLIES", f"c{i}", f"c{i + 1}") for i in range(6)])

    assert [row["id"] for row in chain(net, ["c0"], "downstream", max_tier=2).rows] == ["c1", "c2"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40),
    st.sets(st.integers(0, 9), min_size=1, max_size=3),
    st.none() | st.integers(0, 4),
)
def test_reach_equals_networkx(links: list[tuple[int, int]], starts: set[int], depth: int | None) -> None:
    """On random graphs with parallel links and loops, tiers are the distances that networkx finds."""
    ends = np.array(links, dtype=np.int32).reshape(-1, 2)
    graph = nx.DiGraph(links)
    graph.add_nodes_from(range(10))
    graph.add_edges_from((-1, node) for node in starts)
    cutoff = None if depth is None else depth + 1
    expected = nx.single_source_shortest_path_length(graph, -1, cutoff)

    found = reach(adjacency(ends[:, 0], ends[:, 1], 10), sorted(starts), depth)

    assert {node: tier - 1 for node, tier in expected.items() if node >= 0} == {
        node: int(tier) for node, tier in enumerate(found.tiers) if tier >= 0
    }
    assert sorted(found.nodes.tolist()) == [node for node, tier in enumerate(found.tiers) if tier > 0]
