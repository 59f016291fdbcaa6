"""Settings from the environment, and where data lies; only the command line reads them, the library is told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DECISIONS", "Settings", "data_folder", "default_store"]

DECISIONS = "decisions.yaml"
"""How the file of decisions on names ends that lies beside a graph; see `graphkit.stores.base.Store.beside`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    Attributes:
        store: URL of the store (GRAPHKIT_STORE; else a file in the user's data folder).
        user: Neo4j user (NEO4J_USERNAME).
        password: Neo4j password (NEO4J_PASSWORD).
        database: Neo4j database (NEO4J_DATABASE); the server's default when None.
    """

    store: str
    user: str
    password: str
    database: str | None

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the environment as it is now."""
        return cls(
            store=os.environ.get("GRAPHKIT_STORE") or default_store(),
            user=os.environ.get("NEO4J_USERNAME", "neo4j"),
            password=os.environ.get("NEO4J_PASSWORD", ""),
            database=os.environ.get("NEO4J_DATABASE") or None,
        )


def default_store() -> str:
    """The embedded graph in the user's data folder."""
    from platformdirs import user_data_path

    return f"embedded:{user_data_path('graphkit') / 'graph.lbug'}"


def data_folder(name: str) -> Path:
    """The folder `cypher` or `seeds`: inside an installed wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name
