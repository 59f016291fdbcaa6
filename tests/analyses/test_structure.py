"""Structural exposure reaches whom the questions name."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from random_graphs import World, changes, random_world

from analyses.small import claim, network
from graphkit.analyses.disruption import disrupt
from graphkit.analyses.structure import structural_exposure
from graphkit.config import data_folder
from graphkit.exports import links, nodes
from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.records import Link
    from graphkit.stores.base import Store

DAY = "2025-07-01"
QUESTIONS = {"Company": "exposed_to_company", "Product": "exposed_to_product"}
PLAIN = ("SUPPLIES", "MAKES", "GOES_INTO")


def named(graph: Graph, label: str, node: str) -> set[object]:
    """The companies that a question names, but for those who sell what others buy: they stand to win."""
    answer = graph.query(QUESTIONS[label], **{label.lower(): node}, max_tier=50, as_of=DAY)
    found = {row["exposed_id"] for row in answer.rows if row["type"] == "Company" and row["link"] != "SELLS"}
    return found - {node}


def reached(graph: Graph, node: str) -> set[object]:
    """The companies that the analysis reaches."""
    return {row["id"] for row in structural_exposure(graph.network(DAY), [node]).rows} - {node}


def filled(store: Store, world: World, keep: Callable[[Link], bool]) -> Graph:
    """A world in a store, with only some of its claims."""
    store.apply(changes(world.nodes, [link for link in world.links if keep(link)]))
    return Graph(store, today=DAY)


def needed(link: Link) -> bool:
    """Parts that are said to be inessential touch nobody's production; the questions name them all the same."""
    return link.properties.get("essential") is not False


@pytest.mark.parametrize("seed", range(3))
def test_whom_a_question_names_the_analysis_reaches(embedded: Store, seed: int) -> None:
    """On random worlds, makers of kinds of a whole included."""
    graph = filled(embedded, random_world(260, seed), needed)

    for label in QUESTIONS:
        for node in map(str, embedded.table(label, ["id"]).columns["id"][:6]):
            assert named(graph, label, node) <= reached(graph, node)


@pytest.mark.parametrize("seed", range(3))
def test_without_kinds_and_uses_both_reach_the_same(embedded: Store, seed: int) -> None:
    """Makers of wholes and customers at every tier, and nobody else."""
    world = random_world(400, 100 + seed)
    unnamed = tuple(
        replace(link, properties={name: value for name, value in link.properties.items() if name != "product"})
        for link in world.links
    )
    graph = filled(embedded, replace(world, links=unnamed), lambda link: link.type in PLAIN and needed(link))

    for node in map(str, embedded.table("Company", ["id"]).columns["id"][:8]):
        assert named(graph, "Company", node) == reached(graph, node)


def test_on_the_seeds_nobody_is_missed(embedded: Store, tmp_path: Path) -> None:
    """Of companies and products drawn at random, the analysis reaches all that the questions name."""
    with Graph(open_store(f"embedded:{tmp_path / 'seeds.lbug'}", MODEL), today=DAY) as seeds:
        seeds.load(data_folder("seeds"))
        world = World(tuple(nodes(seeds.store)), tuple(links(seeds.store)))
    graph = filled(embedded, world, needed)
    drawn = random.Random(7)

    for label in QUESTIONS:
        for node in drawn.sample(world.of(label), 8):
            assert named(graph, label, node) <= reached(graph, node)


def test_what_goes_into_a_product_touches_the_makers_of_its_kinds() -> None:
    """A kind of a kind, too; the kinds run short when their general product stops for want of the part."""
    net = network(
        [
            claim("MAKES", "cA", "p1"),
            claim("GOES_INTO", "p1", "p2"),
            claim("TYPE_OF", "p3", "p2"),
            claim("TYPE_OF", "p4", "p3"),
            claim("MAKES", "cB", "p4"),
        ]
    )

    found = {row["id"]: row["tier"] for row in structural_exposure(net, ["cA"]).rows}
    hit = {row["id"]: (row["effect"], row["tier"]) for row in disrupt(net, ["cA"]).rows}

    assert found == {"cB": 5}
    assert hit == {
        "p1": ("stops", 1),
        "p2": ("stops", 2),
        "p3": ("runs short", 3),
        "p4": ("runs short", 4),
        "cB": ("runs short", 4),
    }


def test_a_general_product_that_stops_for_want_of_its_kinds_takes_none_along() -> None:
    """Two kinds of which one has another maker: it goes on, though the other has stopped."""
    net = network(
        [
            claim("TYPE_OF", "p1", "p9"),
            claim("TYPE_OF", "p2", "p9"),
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p2"),
        ]
    )

    assert {row["id"]: row["effect"] for row in disrupt(net, ["cA"]).rows} == {"p1": "stops", "p9": "runs short"}


def test_the_revenue_side_asks_who_sells_to_the_target() -> None:
    """Its suppliers, the makers of what goes into its products, and theirs; not who makes the same as it does."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB"),
            claim("MAKES", "cB", "p2"),
            claim("MAKES", "cE", "p2"),
            claim("GOES_INTO", "p1", "p2"),
            claim("MAKES", "cC", "p1"),
            claim("SUPPLIES", "cD", "cC"),
            claim("SUPPLIES", "cB", "cF"),
        ]
    )

    rows = structural_exposure(net, ["cB"], side="revenue").rows

    assert {row["id"]: (row["tier"], row["route"]) for row in rows} == {
        "cA": (1, ("cB", "cA")),
        "cC": (3, ("cB", "p2", "p1", "cC")),
        "cD": (4, ("cB", "p2", "p1", "cC", "cD")),
    }
    assert [row["id"] for row in structural_exposure(net, ["p1"], side="revenue").rows] == ["cC", "cD"]


def test_a_target_is_not_exposed_to_itself() -> None:
    """A ring back to the target is no row."""
    net = network([claim("SUPPLIES", "cA", "cB"), claim("SUPPLIES", "cB", "cA")])

    assert [row["id"] for row in structural_exposure(net, ["cA"]).rows] == ["cB"]
