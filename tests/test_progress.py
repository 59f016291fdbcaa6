"""Long work shows itself: lines with rate and remaining time in a log, nothing when quiet."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from seed_files import HEADER, write_seeds

from graphkit import watching
from graphkit.cli import progress
from graphkit.graph import Graph

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from graphkit.stores.base import Store


def test_a_log_gets_plain_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With rate and remaining time, and not more often than every some seconds."""
    clock = iter([0.0, 0.0, 11.0, 12.0, 22.0])
    monkeypatch.setattr("graphkit.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("graphkit.cli.progress.sys.stderr.isatty", lambda: False)
    with progress.shown(quiet=False):
        for done in (0, 1_100, 1_200, 2_200):
            watching.tell("writing SUPPLIES", done, 4_400)

    assert capsys.readouterr().err.splitlines() == [
        "writing SUPPLIES: 1,100 of 4,400, 100/s, about 33 s to go",
        "writing SUPPLIES: 2,200 of 4,400, 100/s, about 22 s to go",
    ]


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody watches, nothing is said."""
    with progress.shown(quiet=True):
        watching.tell("writing SUPPLIES", 1, 2)

    assert capsys.readouterr().err == ""


def test_a_load_tells_how_far_it_is(embedded: Store, tmp_path: Path) -> None:
    """Whoever watches a load is told what is written, and how much of it."""
    told: list[tuple[str, int, int | None]] = []
    with watching.watched(lambda what, done, total: told.append((what, done, total))):
        Graph(embedded).load(write_seeds(tmp_path))

    assert ("rows of claims.csv read", 6, None) in told
    assert ("writing MAKES", 3, 3) in told


def test_a_bar_reckons_from_the_end_of_what_went_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first piece of a file is told of when it is read, so that its time counts, and no rate is in the billions."""
    clock = iter([0.0, 2.0, 4.0])
    rates: list[object] = []
    monkeypatch.setattr("rich.progress.Progress.update", lambda _self, _task, **told: rates.append(told["rate"]))
    monkeypatch.setattr("graphkit.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("graphkit.cli.progress.sys.stderr.isatty", lambda: True)
    with progress.shown(quiet=False):
        for done in (2_000, 4_000):
            watching.tell("bytes checked", done, 8_000)

    assert rates == ["1,000/s", "1,000/s"]


def test_short_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar comes when the work has gone on for a second."""
    clock = iter([0.0, 0.5, 0.9, 1.1])
    told: list[int] = []
    monkeypatch.setattr("rich.progress.Progress.start", lambda _self: told.append(-1))
    monkeypatch.setattr("graphkit.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("graphkit.cli.progress.sys.stderr.isatty", lambda: True)
    with progress.shown(quiet=False):
        for done in (1, 2, 3):
            watching.tell("writing SUPPLIES", done, 3)
            told.append(done)

    assert told == [1, 2, -1, 3]


def on_terminal(folder: Path, *words: str) -> str:
    """What a command writes to a terminal, the signs that move the cursor included."""
    parent, child = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "graphkit.cli", *words], stdin=child, stdout=child, stderr=child, cwd=folder
    ) as command:
        os.close(child)
        written = b""
        with suppress(OSError):  # which is how a terminal ends
            while piece := os.read(parent, 65_536):
                written += piece
    os.close(parent)
    assert command.returncode == 0, written
    return written.decode()


def test_a_report_stays_on_the_terminal(tmp_path: Path) -> None:
    """The bars are gone before the report is written, so that nothing goes up and erases it."""
    write_seeds(tmp_path / "seeds")
    rows = (f"胜宏科技,SUPPLIES,NVDA.O,PCB,,,2025,stated,source:a,row {i},\n" for i in range(100_000))
    (tmp_path / "many.csv").write_text(HEADER + "".join(rows), "utf-8")
    store = ("--store", f"embedded:{tmp_path / 'g.lbug'}")

    on_terminal(tmp_path, "load", "seeds", *store)
    told = on_terminal(tmp_path, "load", "many.csv", *store)
    assert "writing SUPPLIES" in told
    assert "\x1b" not in told[told.index("100,000 added") :]
