"""Graphs in other libraries' shapes, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from random_graphs import changes, random_world

from graphkit.exports import export
from graphkit.graph import Graph
from graphkit.interop import from_py2neo

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.stores.base import Store


@pytest.fixture
def graph(store: Store) -> Graph:
    """A random graph with parallel claims, rings and odd names, on each engine."""
    world = random_world(200, seed=7)
    store.apply(changes(world.nodes, world.links))
    return Graph(store, today="2025-06-13")


def test_networkx_gets_every_claim_as_an_edge(graph: Graph) -> None:
    """Parallel claims stay apart, each with its id as key and its source among its attributes."""
    claims = {str(record["id"]): record for record in graph.export() if "subject" in record}
    nodes = {record["id"] for record in graph.export() if "subject" not in record}
    made = graph.to_networkx()

    assert set(made.nodes) == nodes
    assert {attributes["name"] for _, attributes in made.nodes(data=True) if attributes["type"] == "Source"} == {
        str(row["title"]) for row in graph.store.table("Source", ["title"]).rows()
    }
    assert {key for _, _, key in made.edges(keys=True)} == claims.keys()
    for subject, obj, key, attributes in made.edges(keys=True, data=True):
        claim = claims[key]
        assert (claim["subject"], claim["object"], claim["type"]) == (subject, obj, attributes["type"])
        assert {name: value for name, value in attributes.items() if name != "type"} == claim["properties"]


@pytest.mark.parametrize("frame", ["polars", "pandas"])
def test_frames_hold_a_row_for_each_claim(graph: Graph, frame: str) -> None:
    """A frame has the columns of the model and as many rows as the store has claims."""
    made = graph.to_polars("SUPPLIES") if frame == "polars" else graph.to_pandas("SUPPLIES")

    assert len(made) == graph.store.count("SUPPLIES")
    assert {"id", "subject", "object", "share", "source", "locator"} <= set(made.columns)


def test_a_py2neo_graph_comes_back_as_it_went(graph: Graph, tmp_path: Path) -> None:
    """Out to py2neo and in again: the export is the same, claim for claim."""
    from stores_under_test import empty_embedded

    path = tmp_path / "py2neo.jsonl"
    records = from_py2neo(graph.to_py2neo())
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    with empty_embedded(tmp_path / "second") as second:
        Graph(second, today="2025-06-13").load(path)

        assert list(export(second)) == list(graph.export())
