"""Chain maps: a part of the graph as one HTML file that opens anywhere and says where every line comes from."""

from __future__ import annotations

from graphkit.maps.chain_map import ChainMap
from graphkit.maps.document import SCHEMA, MapDoc, Omitted, build

__all__ = ["SCHEMA", "ChainMap", "MapDoc", "Omitted", "build", "chain_map"]


def chain_map(doc: MapDoc) -> ChainMap:
    """The map of a document: `chain_map(build(nodes, links, title=..., as_of=...)).save("chain.html")`."""
    return ChainMap(doc)
