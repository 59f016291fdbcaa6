"""Progress of long work: a bar with rate and remaining time on a terminal, plain lines in a log, nothing when quiet."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from graphkit import watching

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["shown"]

PATIENCE = 1.0
"""Seconds before a bar is shown: short work needs none."""

LINES_APART = 10.0
"""Seconds between two lines in a log."""


@contextmanager
def shown(*, quiet: bool) -> Iterator[None]:
    """Show the work that goes on inside the block."""
    if quiet:
        yield
    elif sys.stderr.isatty():
        with _on_terminal():
            yield
    else:
        with watching.watched(_Lines()):
            yield


@contextmanager
def _on_terminal() -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    progress = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    tasks: dict[str, tuple[TaskID, float]] = {}
    begun = latest = time.monotonic()

    def show(what: str, done: int, total: int | None) -> None:
        nonlocal latest
        if what not in tasks:  # begun when what went before was told of last
            tasks[what] = (progress.add_task(what, total=total, rate=""), latest)
        latest = time.monotonic()
        task, start = tasks[what]
        rate = done / max(latest - start, 1e-6)
        progress.update(task, completed=done, total=total, rate=f"{rate:,.0f}/s" if done else "")
        if latest - begun >= PATIENCE:
            progress.start()

    try:
        with watching.watched(show):
            yield
    finally:
        progress.stop()


class _Lines:
    """Plain lines, not more often than every some seconds."""

    def __init__(self) -> None:
        self._last = self._latest = time.monotonic()
        self._begun: dict[str, float] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        begun = self._begun.setdefault(what, self._latest)  # when what went before was told of last
        self._latest = now
        if now - self._last < LINES_APART:
            return
        self._last = now
        rate = done / max(now - begun, 1e-6)
        left = f", about {(total - done) / rate:,.0f} s to go" if total and rate else ""
        click.echo(f"{what}: {done:,}{f' of {total:,}' if total else ''}, {rate:,.0f}/s{left}", err=True)
