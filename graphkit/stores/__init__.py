"""Where graphs live: one Protocol (`Store`), two engines, one URL to choose by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.errors import StoreError

if TYPE_CHECKING:
    from graphkit.schema import Schema
    from graphkit.stores.base import Store

__all__ = ["open_store"]

_BOLT_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(
    url: str,
    schema: Schema,
    *,
    read_only: bool = False,
    user: str = "neo4j",
    password: str = "",
    database: str | None = None,
) -> Store:
    """Open the store that a URL names.

    Args:
        url: `embedded:PATH` for the embedded engine, or `neo4j://HOST:PORT` (also `bolt://`, `+s`, `+ssc`).
        schema: The model that its tables follow.
        read_only: Whether the engine is to refuse writing; an embedded graph must then exist already.
        user: Name of the Neo4j user.
        password: Password of the Neo4j user.
        database: Name of the Neo4j database; the server's default when None.

    Raises:
        StoreError: the URL names no engine, or the engine cannot be opened.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "embedded" and rest:
        from graphkit.stores.embedded import EmbeddedStore

        return EmbeddedStore(rest, schema, read_only=read_only)
    if scheme in _BOLT_SCHEMES and rest.startswith("//"):
        if "@" in rest:
            raise StoreError("a store URL holds no credentials; set NEO4J_USERNAME and NEO4J_PASSWORD instead")
        from graphkit.stores.neo4j import Neo4jStore

        return Neo4jStore(url, schema, auth=(user, password), database=database, read_only=read_only)
    raise StoreError(f"{url!r} names no store; write embedded:PATH or neo4j://HOST:PORT")
