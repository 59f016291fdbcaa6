"""The engines that tests run on, each from an empty graph, and all that a graph states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from graphkit.exports import export
from graphkit.model import MODEL
from graphkit.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store

__all__ = ["ENGINES", "empty_embedded", "empty_neo4j", "exported"]

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


def exported(store: Store) -> str:
    """The whole export as text: two graphs that state the same give the same."""
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in export(store))
