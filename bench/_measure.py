"""Timing side by side: each figure is a ratio against a named peer, measured in one run on one machine."""

from __future__ import annotations

import gc
import multiprocessing
import statistics
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Line", "command_seconds", "peak_megabytes", "report", "seconds"]


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


def peak_megabytes(work: Callable[..., object], *arguments: object) -> float:
    """The most memory that a process of its own holds while it does some work."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_peak_after, work, *arguments).result()


def _peak_after(work: Callable[..., object], *arguments: object) -> float:
    work(*arguments)
    said = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(said.split()[1]) / 1024  # unlike getrusage, nothing of the process that started this one


def report(title: str, lines: list[Line], unit: str = "s") -> None:
    """Print a table of ratios."""
    print(f"\n{title}")
    print(f"{'what':<58}{f'ours {unit}':>9}{f'peer {unit}':>9}{'ratio':>8}  aim; peer")
    for line in lines:
        ratio = line.ours / line.theirs if line.theirs else float("nan")
        print(f"{line.what:<58}{line.ours:>9.3f}{line.theirs:>9.3f}{ratio:>8.2f}  {line.aim}; {line.peer}")
