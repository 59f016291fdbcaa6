"""graphkit: a supply-chain knowledge graph; ask who is exposed to what, through which links, says who.

>>> import graphkit
>>> with graphkit.open("embedded:chain.lbug") as graph:
...     graph.load("seeds")
...     for row in graph.query("suppliers_of", product="UQD"):
...         print(row["company"], row["claims"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkit.errors import GraphkitError
    from graphkit.graph import Graph
    from graphkit.graph import open_graph as open  # noqa: A004 - reads graphkit.open(...), as gzip.open does
    from graphkit.model import MODEL

__all__ = ["MODEL", "Graph", "GraphkitError", "open"]

_DOORS = {
    "Graph": ("graphkit.graph", "Graph"),
    "open": ("graphkit.graph", "open_graph"),
    "GraphkitError": ("graphkit.errors", "GraphkitError"),
    "MODEL": ("graphkit.model", "MODEL"),
}


def __getattr__(name: str) -> object:
    """Import the public names when they are first used, so that `import graphkit` costs next to nothing."""
    from importlib import import_module

    if name not in _DOORS:
        raise AttributeError(f"module 'graphkit' has no attribute {name!r}")
    module, attribute = _DOORS[name]
    return getattr(import_module(module), attribute)
