"""Graphs in other people's shapes: networkx, py2neo, data frames.

Each claim is an edge of its own, keyed by its id, with all that its source states. The evidence keys of ours that those
libraries would take for their own (`source`, `id`) stand in dictionaries of attributes, never as keyword arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.exports import links, nodes

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl

    from graphkit.records import Table
    from graphkit.stores.base import Store

__all__ = ["from_py2neo", "to_networkx", "to_pandas", "to_polars", "to_py2neo"]


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """A networkx MultiDiGraph: nodes by id, one edge for each claim, its id as key and its link type under `type`."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((node.id, {"type": node.type, "name": node.name, **node.properties}) for node in nodes(store))
    for link in links(store):
        graph.add_edge(link.subject, link.object, key=link.id)
        graph.edges[link.subject, link.object, link.id].update(type=link.type, **link.properties)
    return graph


def to_polars(store: Store, type_name: str) -> pl.DataFrame:
    """All records of one type as a polars frame (extra `frames`)."""
    import polars as pl

    return pl.DataFrame({name: _plain(values) for name, values in _ordered(store, type_name).columns.items()})


def to_pandas(store: Store, type_name: str) -> pd.DataFrame:
    """All records of one type as a pandas frame (extra `frames`)."""
    import pandas as pd

    return pd.DataFrame({name: _plain(values) for name, values in _ordered(store, type_name).columns.items()})


def _ordered(store: Store, type_name: str) -> Table:
    table = store.table(type_name)
    return table.take(sorted(range(len(table)), key=lambda place: str(table.columns["id"][place])))


def _plain(values: Any) -> list[Any]:  # noqa: ANN401 - columns of any kind
    return [list(value) if isinstance(value, tuple) else value for value in values]


def to_py2neo(store: Store) -> Any:  # noqa: ANN401 - py2neo has no types
    """A py2neo Subgraph of all records, for those who hold py2neo graphs (extra `py2neo`)."""
    import py2neo

    made = {node.id: py2neo.Node(node.type, id=node.id, **_lists(node.properties)) for node in nodes(store)}
    relations = [
        py2neo.Relationship(made[link.subject], link.type, made[link.object], id=link.id, **_lists(link.properties))
        for link in links(store)
    ]
    return py2neo.Subgraph(made.values(), relations)


def _lists(properties: Any) -> dict[str, Any]:  # noqa: ANN401 - values of any kind
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def from_py2neo(subgraph: Any) -> list[dict[str, object]]:  # noqa: ANN401 - py2neo has no types
    """The records of a py2neo Subgraph in the shape of an export, ready to be checked and loaded.

    Nodes need a property `id` and one label of the model; relationships need `source`, `locator` and `certainty`.
    """
    records: list[dict[str, object]] = [
        {"type": next(iter(node.labels)), "id": node["id"], "properties": _without(dict(node), "id")}
        for node in subgraph.nodes
    ]
    records += [
        {
            "type": type(relation).__name__,
            "subject": relation.start_node["id"],
            "object": relation.end_node["id"],
            "properties": _without(dict(relation), "id", "subject", "object"),
        }
        for relation in subgraph.relationships
    ]
    return records


def _without(properties: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in names}
