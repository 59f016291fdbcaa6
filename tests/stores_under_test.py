"""The engines that tests run on, each from an empty graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.model import MODEL
from graphkit.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store

__all__ = ["ENGINES", "empty_embedded", "empty_neo4j"]

ENGINES = ("embedded", pytest.param("neo4j", marks=pytest.mark.server))


def empty_embedded(folder: Path) -> Store:
    """A new graph in a file."""
    return open_store(f"embedded:{folder / 'graph.lbug'}", MODEL)


def empty_neo4j(server: Neo4jServer) -> Store:
    """The running server's graph, emptied of whatever an earlier test left."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return open_store(server.url, MODEL, user=server.user, password=server.password)
