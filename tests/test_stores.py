"""What every store gives: records as columns, plain or Arrow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ladybug
import pytest
from random_graphs import changes, random_world

from graphkit.errors import StoreError
from graphkit.loading.desk import Desk
from graphkit.model import MODEL
from graphkit.records import Table
from graphkit.stores import neo4j, open_store
from graphkit.stores.base import AddNodes
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store


def rows(columns: Iterable[Iterable[object]]) -> list[str]:
    """Rows in an order that does not depend on the engine; a list is a tuple."""
    cells = ([tuple(cell) if isinstance(cell, list) else cell for cell in column] for column in columns)
    return sorted(map(repr, zip(*cells, strict=True)))


def test_arrow_columns_hold_what_the_table_holds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value of every type of record, typed as the model says, chunk by chunk where the engine sends chunks."""
    monkeypatch.setattr(neo4j, "BATCH", 7)
    world = random_world(200, 11)
    store.apply(changes(world.nodes, world.links, world.journal))

    for name in ("Company", "Product", "SUPPLIES", "GOES_INTO", "REPORTS"):
        table, arrow = store.table(name), store.arrow(name)
        assert arrow.column_names == [prop.name for prop in MODEL.record(name).stored]
        assert rows(arrow.column(column).to_pylist() for column in arrow.column_names) == rows(table.columns.values())


def test_an_empty_type_has_typed_columns(store: Store) -> None:
    """Nothing is known, and yet a share is a number and a list of tickers a list of texts."""
    shares, tickers = store.arrow("SUPPLIES", ["share"]), store.arrow("Company", ["tickers"])

    assert (shares.num_rows, str(shares.schema.field("share").type)) == (0, "double")
    assert str(tickers.schema.field("tickers").type).startswith("list<")


def test_what_does_not_fit_into_memory_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine gives up, the graph is as it was, and the user is told what else to do."""
    small = partial(ladybug.Database, auto_checkpoint=False, buffer_pool_size=96 << 20)
    monkeypatch.setattr(EmbeddedStore, "_open", lambda store: small(store.path))
    with EmbeddedStore(str(tmp_path / "g.lbug"), MODEL) as store:
        ids = [f"company:{number:050}" for number in range(400_000)]
        everything = AddNodes(Table("Company", {"id": ids, "name": ids, "name_en": ids}))

        with pytest.raises(StoreError, match=r"not enough memory .* nothing was written; load the file in parts"):
            store.apply([everything])

        assert store.count("Company") == 0


def test_each_database_of_a_server_has_its_own_decisions(neo4j_server: Neo4jServer) -> None:
    """Two databases share no file of decisions; one database is the same whether it is named or is the server's own."""

    def decisions(url: str, database: str | None) -> Path:
        user, password = neo4j_server.auth
        with open_store(url, MODEL, read_only=True, user=user, password=password, database=database) as opened:
            return Desk(opened).path

    usual = decisions(neo4j_server.url, None)

    assert usual == decisions(neo4j_server.url, "Neo4j") == decisions(neo4j_server.neo4j_url, "neo4j")
    assert decisions(neo4j_server.url, "system").name == usual.name.replace(".decisions", "-system.decisions")
