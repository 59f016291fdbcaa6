"""Maps handed out as other libraries know them, for those who like to tinker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.maps.palette import NONE
from graphkit.maps.rows import EDGE_COLUMNS, NODE_COLUMNS

if TYPE_CHECKING:
    from pyvis.network import Network

    from graphkit.maps.document import MapDoc

__all__ = ["to_pyvis"]


def to_pyvis(doc: MapDoc) -> Network:
    """The map as a pyvis network: names, colours and places as on the page, physics off."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="750px")
    nodes = [dict(zip(NODE_COLUMNS, row, strict=False)) for row in doc.data["nodes"]]
    for node in nodes:
        segment = doc.data["segments"][node["colour"]] if node["colour"] >= 0 else None
        network.add_node(
            node["id"],
            label=node["zh"] or node["en"],
            title=" ".join(filter(None, (node["zh"], node["en"]))),
            shape="dot" if node["type"] == "company" else "diamond",
            color=segment[3] if segment else NONE[0],
            x=node["x"],
            y=node["y"],
            size=10,
        )
    for row in doc.data["edges"]:
        edge = dict(zip(EDGE_COLUMNS, row, strict=False))
        kind = doc.data["types"][edge["type"]]
        network.add_edge(nodes[edge["a"]]["id"], nodes[edge["b"]]["id"], id=edge["id"], title=kind[2])
    network.toggle_physics(False)
    return network
