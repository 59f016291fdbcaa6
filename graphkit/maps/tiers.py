"""In which column of the map each node stands, from material to end customer."""

from __future__ import annotations

from collections import defaultdict
from statistics import median_low
from typing import TYPE_CHECKING

from graphkit.maps.words import FLOWS, TIERS, Word, tier_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graphkit.maps.facts import Fact
    from graphkit.records import Node

__all__ = ["Tiers", "assign"]

_INDEX = {word.id: index for index, word in enumerate(TIERS)}

Tiers = tuple[tuple[Word, ...], dict[str, int]]
"""The headings from left to right, and the number of the heading under which each node stands."""


def assign(nodes: Sequence[Node], facts: Sequence[Fact]) -> Tiers:
    """Place every node.

    A product stands at its level; one without a level stands with its neighbours. A company stands beside the products
    that it makes or supplies (at the middle one of their levels); one that only buys stands right of all of them, one
    that only invests further right. Where no product has a level, the longest way along the flow of goods gives the
    columns.
    """
    levels = {
        node.id: _INDEX[str(node.properties["level"])]
        for node in nodes
        if node.type == "Product" and node.properties.get("level") in _INDEX
    }
    if not levels:
        return _by_longest_way([node.id for node in nodes], facts)
    placed = _beside(levels, nodes, facts)
    used = sorted(set(placed.values()))
    return tuple(TIERS[tier] for tier in used), {node: used.index(tier) for node, tier in placed.items()}


def _beside(levels: Mapping[str, int], nodes: Sequence[Node], facts: Sequence[Fact]) -> dict[str, int]:
    placed = dict(levels)
    offers: defaultdict[str, list[int]] = defaultdict(list)
    for fact in facts:
        product = fact.object if fact.type == "MAKES" else fact.product
        if fact.type in {"MAKES", "SUPPLIES"} and product in levels:
            offers[fact.subject].append(levels[product])
    placed |= {node: median_low(found) for node, found in offers.items()}
    placed |= _outsiders({node.id for node in nodes if node.type == "Company"}, facts, placed)
    for _round in range(2):
        placed |= _with_neighbours([node.id for node in nodes if node.id not in placed], facts, placed)
    return {node.id: placed.get(node.id, _INDEX["other"]) for node in nodes}


def _outsiders(firms: Collection[str], facts: Iterable[Fact], placed: Mapping[str, int]) -> dict[str, int]:
    """Those who take goods or give money and offer nothing."""
    sells = {fact.subject for fact in facts if fact.type in {"SUPPLIES", "MAKES"}}
    buys = {fact.object for fact in facts if fact.type == "SUPPLIES"} | {
        fact.subject for fact in facts if fact.type == "USES" and fact.subject in firms
    }
    invests = {fact.subject for fact in facts if fact.type in {"INVESTS_IN", "OWNS"}}
    found = dict.fromkeys(invests, _INDEX["investor"]) | dict.fromkeys(buys, _INDEX["buyer"])
    return {node: tier for node, tier in found.items() if node not in placed and node not in sells}


def _with_neighbours(missing: Sequence[str], facts: Iterable[Fact], placed: Mapping[str, int]) -> dict[str, int]:
    near: defaultdict[str, list[int]] = defaultdict(list)
    wanted = set(missing)
    for fact in facts:
        for node, other in ((fact.subject, fact.object), (fact.object, fact.subject)):
            if node in wanted and other in placed:
                near[node].append(min(placed[other], _INDEX["software"]))
    return {node: median_low(tiers) for node, tiers in near.items()}


def _by_longest_way(nodes: Sequence[str], facts: Iterable[Fact]) -> Tiers:
    """Layers of the condensation: a ring stands in one column, and everything else right of all that flows into it."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for fact in facts:
        along = FLOWS[fact.type].along if fact.type in FLOWS else 0
        if along:
            graph.add_edge(*((fact.subject, fact.object) if along > 0 else (fact.object, fact.subject)))
    whole = nx.condensation(graph)
    tiers: dict[str, int] = {}
    for tier, parts in enumerate(nx.topological_generations(whole)):
        tiers |= {node: tier for part in parts for node in whole.nodes[part]["members"]}
    return tuple(tier_word(tier) for tier in range(max(tiers.values(), default=-1) + 1)), tiers
