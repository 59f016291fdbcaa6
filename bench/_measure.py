"""Timing side by side: each figure is a ratio against a named peer, measured in one run on one machine."""

from __future__ import annotations

import gc
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Line", "command_seconds", "report", "seconds"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: what was done, how long by us and by a peer, and what was aimed at."""

    what: str
    ours: float
    peer: str
    theirs: float
    aim: str


def seconds(work: Callable[[], object], *, runs: int = 1) -> float:
    """The median time of some runs, with the garbage collected before each."""
    taken = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def command_seconds(*words: str, runs: int = 7) -> float:
    """The median time of a whole process, after one run to warm the disk's cache."""
    subprocess.run(words, check=True, capture_output=True)
    return seconds(lambda: subprocess.run(words, check=True, capture_output=True), runs=runs)


def report(title: str, lines: list[Line]) -> None:
    """Print a table of ratios."""
    print(f"\n{title}")
    print(f"{'what':<58}{'ours s':>9}{'peer s':>9}{'ratio':>8}  aim; peer")
    for line in lines:
        ratio = line.ours / line.theirs if line.theirs else float("nan")
        print(f"{line.what:<58}{line.ours:>9.3f}{line.theirs:>9.3f}{ratio:>8.2f}  {line.aim}; {line.peer}")
