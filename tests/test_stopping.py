"""Ctrl-C at any moment of any command: exit code 130, one line, and what it says of the graph is so."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from seed_files import CLAIMS, write_seeds
from stores_under_test import empty_neo4j

from graphkit.exports import export
from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store

STOPPED_AT = """
import signal, sys
from graphkit.__main__ import main
moment, seen = int(sys.argv.pop(1)), 0
def watch(frame, event, argument):
    global seen
    seen += frame.f_code is not main.__code__  # its first line cannot yet answer for what comes
    if seen == moment:
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)
sys.setprofile(watch)
try:
    main()
finally:
    sys.setprofile(None)
    print(seen, file=sys.stderr)
"""
"""A command that gets Ctrl-C when so many functions were called, or had returned; at last it tells how many were."""

MANY = pytest.mark.faults
COMMANDS = (["load", "claims.csv"], ["undo", "last"], ["same", "300476", "生益科技"], ["stats"], ["loads", "--help"])


def stopped_at(moment: int, folder: Path, *words: str, **env: str) -> tuple[int, list[str], int]:
    """Stop a command at a moment: how it ended, what it said, and how many moments it had."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_AT, str(moment), *words],
        check=False, capture_output=True, cwd=folder, env={**os.environ, **env}, text=True,
    )  # fmt: skip
    *said, moments = done.stderr.splitlines()
    return done.returncode, [line for line in said if line], int(moments)


def state(store: Store) -> object:
    """All that a graph holds, its journal too."""
    with store:
        return list(export(store)), store.count("Load"), store.count("Before")


def assert_stopped(code: int, said: list[str], *, is_changed: bool) -> None:
    """It ended as what is stopped does, and told the truth; what Python itself swallows is no word of ours."""
    if code == 0:
        assert not said or said[0].startswith("Exception ignored") or "rows, utf-8" in said[0]
        return
    told = [line for line in said if line.startswith("stopped")]
    assert (code, len(told)) == (130, 1), said
    assert not any(line.startswith(("Aborted", "KeyboardInterrupt")) for line in said), said
    assert is_changed <= (told[0] != "stopped; the graph is as it was before"), said


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("moments", [4, pytest.param(40, marks=MANY)])
def test_ctrl_c_at_any_moment(tmp_path: Path, words: list[str], moments: int) -> None:
    """From the first import to the last word printed, whichever command it is."""
    world, graph = tmp_path / "world.lbug", tmp_path / "g.lbug"
    with open_store(f"embedded:{world}", MODEL) as store:
        Graph(store).load(write_seeds(tmp_path / "seeds"))
    (tmp_path / "claims.csv").write_text(CLAIMS.replace("35%", "40%"), "utf-8")
    env = {"GRAPHKIT_STORE": f"embedded:{graph}"}

    def afresh() -> object:
        for file in tmp_path.glob("g.lbug*"):
            file.unlink()
        shutil.copy(world, graph)
        return state(open_store(f"embedded:{graph}", MODEL, read_only=True))

    before = afresh()
    whole = stopped_at(-1, tmp_path, *words, **env)[2]
    chance = random.Random(3)
    for turn in range(moments):
        afresh()
        moment = int(whole ** chance.random()) if turn % 2 else chance.randrange(1, whole)
        code, said, _ = stopped_at(moment, tmp_path, *words, **env)
        after = state(open_store(f"embedded:{graph}", MODEL))
        assert_stopped(code, said, is_changed=after != before)


@pytest.mark.parametrize("moments", [2, pytest.param(20, marks=MANY)])
def test_ctrl_c_at_any_moment_of_a_load_on_a_server(tmp_path: Path, neo4j_server: Neo4jServer, moments: int) -> None:
    """The same on Neo4j."""
    seeds = write_seeds(tmp_path / "seeds")
    env = {"GRAPHKIT_STORE": neo4j_server.url, "NEO4J_PASSWORD": neo4j_server.password}
    with empty_neo4j(neo4j_server):
        whole = stopped_at(-1, tmp_path, "load", str(seeds), **env)[2]
    chance = random.Random(4)
    for _ in range(moments):
        empty_neo4j(neo4j_server).close()
        code, said, _ = stopped_at(chance.randrange(1, whole), tmp_path, "load", str(seeds), **env)
        store = open_store(neo4j_server.url, MODEL, user=neo4j_server.user, password=neo4j_server.password)
        assert_stopped(code, said, is_changed=bool(store.count("Load")))
        store.close()
    empty_neo4j(neo4j_server).close()
