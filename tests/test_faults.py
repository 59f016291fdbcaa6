"""Loads that go wrong: killed, starved of disk, started twice, looked at while they run; never a half load.

By default a few moments are tried; `make faults` tries the hundred (twenty on Neo4j) that a release is judged by.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from neo4j import GraphDatabase
from seed_files import HEADER, write_seeds

from graphkit.errors import StoreError
from graphkit.exports import export
from graphkit.graph import Graph, check_files
from graphkit.model import MODEL
from graphkit.stores import open_store
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer

    from graphkit.stores.base import Store

CLAIMS = 20_000
MANY = pytest.mark.faults
MOMENTS = [4, pytest.param(100, marks=MANY)]
MOMENTS_NEO4J = [2, pytest.param(20, marks=MANY)]


def write_claims(path: Path, claims: int = CLAIMS) -> Path:
    """A file of many claims, each at a place of its own."""
    rows = (f"胜宏科技,SUPPLIES,NVDA.O,PCB,,,2025,stated,source:a,row {i},\n" for i in range(claims))
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def start(path: Path, url: str, *, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Load a file in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "graphkit.cli", "load", str(path), "--store", url, "--format", "json"],
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    """Kill a process after some time, unless it is done before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


def until(is_so: Callable[[], bool], process: subprocess.Popen[str] | None = None, seconds: float = 60) -> None:
    """Wait until something is so, or a process has ended."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
                return


def assert_whole(store: Store, claims: int = CLAIMS) -> bool:
    """The load is there with all it brings, or it is not there at all; give back which."""
    count, loads = store.count("SUPPLIES"), store.count("Load")

    assert (count, loads) in {(1, 1), (1 + claims, 2)}
    return loads == 2


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """An embedded graph of the small seeds."""
    path = tmp_path / "world.lbug"
    with EmbeddedStore(str(path), MODEL) as store:
        Graph(store).load(write_seeds(tmp_path / "seeds"))
    return path


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_load_that_is_killed_was_whole_or_never(tmp_path: Path, world: Path, moments: int) -> None:
    """Kill -9 at random moments: the next opening finds all or nothing, and the same load completes the job."""
    claims = write_claims(tmp_path / "more.csv")
    began = time.monotonic()
    target = tmp_path / "g.lbug"
    shutil.copy(world, target)
    kill_after(start(claims, f"embedded:{target}"), 60)
    whole = time.monotonic() - began
    chance, seen = random.Random(8), set()
    for _ in range(moments):
        for file in tmp_path.glob("g.lbug*"):
            file.unlink()
        shutil.copy(world, target)
        kill_after(start(claims, f"embedded:{target}"), chance.uniform(0.3, 1.05) * whole)
        with EmbeddedStore(str(target), MODEL) as store:
            seen.add(assert_whole(store))
            Graph(store).load(claims)
            assert assert_whole(store)
    assert moments < 50 or seen == {True, False}


UNTIL_COMMITTED = """
import os, sys
from graphkit.cli import cli
from graphkit.stores.embedded import EmbeddedStore
run = EmbeddedStore._run
EmbeddedStore._run = lambda self, text, *more: os._exit(9) if text == "CHECKPOINT" else run(self, text, *more)
cli(sys.argv[1:])
"""
"""What ends as by kill -9, between a commit and the checkpoint that writes it through."""


@pytest.mark.parametrize("words", [["load", "edition.csv", "--max-retire", "100%", "--replace-source", "source:a"],
                                   ["same", "company:shengyi", "company:victory-giant"],
                                   ["undo"]])  # fmt: skip
def test_a_kill_before_the_checkpoint_loses_nothing(tmp_path: Path, world: Path, words: list[str]) -> None:
    """What removes and adds is there with all of it once it is committed: the engine's log repeats both."""
    edition = tmp_path / "edition.csv"
    edition.write_text(
        HEADER + "".join(f"胜宏科技,SUPPLIES,NVDA.O,PCB,,,2025,stated,source:a,{i},\n" for i in range(9))
    )
    whole = tmp_path / "whole.lbug"
    if words == ["undo"]:
        with EmbeddedStore(str(world), MODEL) as store:
            words = ["undo", str(Graph(store).load(edition, replace_source=["source:a"], max_retire=1.0).id)]
    shutil.copy(world, whole)
    subprocess.run(
        [sys.executable, "-m", "graphkit.cli", *words, "--store", f"embedded:{whole}"], check=True, cwd=tmp_path
    )
    killed = subprocess.run(
        [sys.executable, "-c", UNTIL_COMMITTED, *words, "--store", f"embedded:{world}"], check=False, cwd=tmp_path
    )

    assert killed.returncode == 9
    with EmbeddedStore(str(world), MODEL) as store, EmbeddedStore(str(whole), MODEL) as done:
        assert list(export(store)) == list(export(done))
        assert store.count("Load") == done.count("Load")
        assert store.count("Before") == done.count("Before")


@pytest.fixture
def server(neo4j_server: Neo4jServer, tmp_path: Path) -> Iterator[Neo4jServer]:
    """The running server with the small seeds in it."""
    from stores_under_test import empty_neo4j

    with empty_neo4j(neo4j_server) as store:
        Graph(store).load(write_seeds(tmp_path / "seeds"))
    yield neo4j_server
    empty_neo4j(neo4j_server).close()


def opened(server: Neo4jServer) -> Store:
    """The server's graph."""
    return open_store(server.url, MODEL, user=server.user, password=server.password)


def writers(server: Neo4jServer) -> int:
    """How many transactions the server has in hand that hold locks."""
    asked = "SHOW TRANSACTIONS YIELD activeLockCount WHERE activeLockCount > 0 RETURN count(*) AS writers"
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        return int(driver.execute_query(asked).records[0]["writers"])


@pytest.mark.parametrize("moments", MOMENTS_NEO4J)
def test_a_client_that_is_killed_leaves_nothing_half(tmp_path: Path, server: Neo4jServer, moments: int) -> None:
    """On Neo4j a transaction without its client is rolled back."""
    claims = write_claims(tmp_path / "more.csv")
    chance = random.Random(9)
    for _ in range(moments):
        kill_after(start(claims, server.url, env={"NEO4J_PASSWORD": server.password}), chance.uniform(1.0, 6.0))
        until(lambda: not writers(server))
        with opened(server) as store:
            if assert_whole(store):
                Graph(store).undo(str(Graph(store).loads()[0]["id"]))


@MANY
def test_a_server_that_is_killed_and_comes_back(tmp_path: Path, server: Neo4jServer) -> None:
    """Neo4j killed in the middle of a load and started again: the load is tried again or refused, never half there."""
    claims = write_claims(tmp_path / "more.csv", 60_000)
    process = start(claims, server.url, env={"NEO4J_PASSWORD": server.password})
    until(lambda: writers(server) > 0, process)
    server.kill()
    server.start()
    out, err = process.communicate(timeout=120)

    assert "Traceback" not in err
    assert process.returncode in (0, 1), out + err
    with opened(server) as store:
        assert assert_whole(store, 60_000) is (process.returncode == 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(folder)], check=False, capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small file system: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_a_load_whole(tmp_path: Path, world: Path, small_disk: Path) -> None:
    """Where the disk is full, the load is refused in one sentence, and the graph opens as it was."""
    target = small_disk / "g.lbug"
    shutil.copy(world, target)
    process = start(write_claims(tmp_path / "more.csv", 150_000), f"embedded:{target}")
    out, err = process.communicate(timeout=120)

    assert process.returncode != 0, out
    assert "Traceback" not in err
    for file in small_disk.glob("g.lbug*"):
        shutil.copy(file, tmp_path / file.name)
    with EmbeddedStore(str(tmp_path / "g.lbug"), MODEL) as store:
        assert not assert_whole(store, 150_000)


def test_two_loads_at_once(tmp_path: Path, world: Path) -> None:
    """One of them writes; the other is told so, or comes after it."""
    claims = write_claims(tmp_path / "more.csv")
    both = [start(claims, f"embedded:{world}") for _ in range(2)]
    ends = [process.communicate(timeout=120) for process in both]
    codes = sorted(process.returncode for process in both)

    assert codes in ([0, 0], [0, 1])
    assert all("Traceback" not in err for _, err in ends)
    if codes == [0, 1]:
        assert "is being written to by process" in "".join(err for _, err in ends)
    with EmbeddedStore(str(world), MODEL) as store:
        assert assert_whole(store)


def test_two_loads_at_once_on_a_server(tmp_path: Path, server: Neo4jServer) -> None:
    """The same claims from two clients at once are there once."""
    claims = write_claims(tmp_path / "more.csv", 5_000)
    env = {"NEO4J_PASSWORD": server.password}
    both = [start(claims, server.url, env=env) for _ in range(2)]
    ends = [process.communicate(timeout=120) for process in both]

    assert 0 in [process.returncode for process in both]
    assert all("Traceback" not in err for _, err in ends)
    with opened(server) as store:
        assert assert_whole(store, 5_000)


def test_a_reader_during_a_load_sees_all_or_nothing(tmp_path: Path, world: Path) -> None:
    """Somebody who looks again and again while a load runs never sees half of it."""
    process = start(write_claims(tmp_path / "more.csv"), f"embedded:{world}")
    looks = 0
    while process.poll() is None:
        try:
            with EmbeddedStore(str(world), MODEL, read_only=True) as store:
                assert_whole(store)
                looks += 1
        except StoreError as error:
            assert "being written to" in str(error)  # noqa: PT017 - allowed, and told
    process.communicate()

    assert process.returncode == 0
    assert looks > 3


def is_taken(graph: Path) -> bool:
    """Whether somebody has opened an embedded graph to write."""
    try:
        EmbeddedStore(str(graph), MODEL, read_only=True).close()
    except StoreError as error:
        return "being written to" in str(error)
    return False


def is_growing(graph: Path) -> bool:
    """Whether somebody writes into an embedded graph that has just been copied."""
    return graph.with_name(f"{graph.name}.shadow").exists()


@pytest.mark.parametrize("moment", [is_taken, is_growing])
def test_ctrl_c_leaves_the_graph_as_it_was(tmp_path: Path, world: Path, moment: Callable[[Path], bool]) -> None:
    """An interrupted load says so, ends with 130, and has changed nothing, or says that it was done."""
    with EmbeddedStore(str(world), MODEL) as store:
        before = list(export(store))
    process = start(write_claims(tmp_path / "more.csv", 50_000), f"embedded:{world}")
    until(lambda: moment(world), process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert "Traceback" not in err
    with EmbeddedStore(str(world), MODEL) as store:
        is_done = assert_whole(store, 50_000)
        assert is_done is ("after the load was done" in err or process.returncode == 0)
        assert is_done or (process.returncode == 130 and list(export(store)) == before)


GOOD = "胜宏科技,MAKES,PCB,,,,,stated,source:a,1,"
DAMAGES = {
    "a cell too few": (GOOD.removesuffix(","), ""),
    "a cell too many": (GOOD + ",", ""),
    "no share": (GOOD.replace("PCB,,,", "PCB,,,lots"), "share"),
    "an unknown name": (GOOD.replace("胜宏科技", "胜红科枝"), "subject"),
    "no day": (GOOD.replace(",,stated", ",2025-02-30,stated"), "valid_from"),
    "a stray quote": ('"' + GOOD, ""),
    "a mark of a merge": ("=======", ""),
    "nothing where something is needed": (GOOD.replace(",1,", ",,"), "locator"),
    "an unknown link": (GOOD.replace("MAKES", "MAKE"), "link"),
    "an unknown word": (GOOD.replace("stated", "sure"), "certainty"),
}


@pytest.mark.parametrize("rows", [5_000, pytest.param(100_000, marks=MANY)])
def test_every_damaged_row_is_told_with_its_place(tmp_path: Path, rows: int) -> None:
    """Ten kinds of damage at random among good rows: each at its row and column, and nothing else."""
    folder = write_seeds(tmp_path)
    chance = random.Random(10)
    lines, expected = [], set()
    for line in range(2, rows + 2):
        if chance.random() < 0.5:
            lines.append(GOOD.replace(",1,", f",{line},"))
            continue
        text, column = DAMAGES[chance.choice(list(DAMAGES))]
        lines.append(text)
        expected.add((line, column))
    (folder / "claims.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    checked = check_files(folder)

    assert {(problem.row, problem.column) for problem in checked.problems} == expected
    assert sum(len(part.table) for part in checked.claims) == rows - len(expected)
