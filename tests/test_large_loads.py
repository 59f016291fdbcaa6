"""Loads that no single transaction of a server holds: in parts, and yet whole or never."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from seed_files import HEADER, write_seeds
from stores_under_test import empty_neo4j, exported

from graphkit.errors import StoreError
from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.stores import neo4j_writing, open_store
from graphkit.watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store

CLAIMS = 60
DIES = """
import os, signal, sys
from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.stores import neo4j_writing, open_store
from graphkit.watching import watched

def die(what, done, total):
    if what == "writing SUPPLIES" and done > 20:
        os.kill(os.getpid(), signal.SIGKILL)

neo4j_writing.LARGE, neo4j_writing.BATCH = 20, 7
url, user, path = sys.argv[1:]
store = open_store(url, MODEL, user=user, password=os.environ["NEO4J_PASSWORD"])
with watched(die):
    Graph(store).load(path)
"""


@pytest.fixture
def world(neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The small seeds on a server, and transactions that hold twenty records."""
    monkeypatch.setattr(neo4j_writing, "LARGE", 20)
    monkeypatch.setattr(neo4j_writing, "BATCH", 7)
    with empty_neo4j(neo4j_server) as store:
        Graph(store).load(write_seeds(tmp_path / "seeds"))
        yield store


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A list of a new company and many claims, one of which corrects an earlier edition."""
    rows = (f"胜宏科技,SUPPLIES,NVDA.O,PCB,,,2025,stated,source:a,row {i},\n" for i in range(CLAIMS))
    path = tmp_path / "large.csv"
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def opened(server: Neo4jServer, *, read_only: bool = False) -> Store:
    """The server's graph, as another process sees it."""
    return open_store(server.url, MODEL, user=server.user, password=server.password, read_only=read_only)


def test_a_large_load_is_whole(world: Store, large: Path) -> None:
    """It brings what it states, is corrected by a later edition, changes nothing the second time, and goes whole."""
    graph, before = Graph(world), exported(world)
    first = graph.load(large)
    whole = exported(world)
    large.write_text(large.read_text("utf-8").replace(",2025,", ",2026,"), "utf-8")
    later = graph.load(large)
    again = graph.load(large)

    assert (first.added, later.changed, again.id) == (CLAIMS, CLAIMS, None)
    assert whole.count("row ") == CLAIMS
    graph.undo(str(later.id))
    assert exported(world) == whole
    graph.undo(str(first.id))
    assert exported(world) == before


def test_nobody_sees_half_of_a_large_load(world: Store, neo4j_server: Neo4jServer, large: Path) -> None:
    """While it is written, readers are told so, and another writer is refused; it is not disturbed."""
    told: list[str] = []

    def look(what: str, done: int, _: int | None) -> None:
        if what == "writing SUPPLIES" and done == CLAIMS - CLAIMS % 7:
            for read_only in (True, False):
                with pytest.raises(StoreError) as refusal, opened(neo4j_server, read_only=read_only) as other:
                    other.count("SUPPLIES")
                told.append(str(refusal.value))

    with watched(look):
        load = Graph(world).load(large).id

    assert told == [
        f"{load} is being written or taken back, and half there; ask again when that is done",
        f"another process writes {load} or takes it back; try again when it is done",
    ]
    assert next(row["id"] for row in Graph(world).loads()) == load
    assert world.count("SUPPLIES") == 1 + CLAIMS


def test_a_large_load_that_is_interrupted_was_never_there(world: Store, large: Path) -> None:
    """What it had added by then is taken back at once."""
    before = exported(world)

    def stop(what: str, done: int, _: int | None) -> None:
        if what == "writing SUPPLIES" and done > 20:
            raise KeyboardInterrupt

    with watched(stop), pytest.raises(KeyboardInterrupt):
        Graph(world).load(large)

    assert exported(world) == before
    assert world.count("Load") == 1


@pytest.mark.parametrize("read_only", [True, False])
def test_a_large_load_that_dies_is_taken_back_by_whoever_comes_next(
    world: Store, neo4j_server: Neo4jServer, large: Path, read_only: bool
) -> None:
    """Its process is killed in the middle; the next one, reading or writing, finds the graph as it was before."""
    before = exported(world)
    died = subprocess.run(
        [sys.executable, "-c", DIES, neo4j_server.url, neo4j_server.user, str(large)],
        env={**os.environ, "NEO4J_PASSWORD": neo4j_server.password},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL

    with opened(neo4j_server, read_only=read_only) as store:
        assert exported(store) == before
        assert store.count("Load") == 1


def test_large_loads_that_build_on_each_other_go_together(world: Store, tmp_path: Path) -> None:
    """The claims of the later one go before the nodes of the earlier one."""
    graph, before = Graph(world), exported(world)
    firms = "".join(f"company:{n},Firm {n}\n" for n in range(30))
    (tmp_path / "companies.csv").write_text(f"id,name_en\n{firms}", "utf-8")
    first = graph.load(tmp_path / "companies.csv")
    rows = "".join(f"Firm {n},SUPPLIES,NVDA.O,PCB,,,2025,stated,source:a,{n},\n" for n in range(30))
    (tmp_path / "claims.csv").write_text(HEADER + rows, "utf-8")
    graph.load(tmp_path / "claims.csv")
    graph.undo(str(first.id), with_later=True)

    assert exported(world) == before


def test_an_undo_that_dies_is_finished_by_whoever_comes_next(
    world: Store, neo4j_server: Neo4jServer, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment on from which it is decided, a large load goes whole."""
    graph, before = Graph(world), exported(world)
    graph.load(large)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(neo4j_writing, "_take_back", die)
        with pytest.raises(KeyboardInterrupt):
            graph.undo("last")

    with opened(neo4j_server, read_only=True) as store:
        assert exported(store) == before
        assert store.count("Load") == 1


def test_what_changed_since_it_was_planned_is_planned_anew(world: Store, neo4j_server: Neo4jServer) -> None:
    """A change that somebody else makes between a plan and its writing stops it, and a second try goes through."""
    since = world.stamp()
    with opened(neo4j_server) as other:
        Graph(other).undo("last")

    with pytest.raises(StoreError, match="changed by somebody else meanwhile; nothing was written: try again"):
        world.apply([], since=since)
    world.apply([], since=world.stamp())
