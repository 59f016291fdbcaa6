"""Ctrl-C: one line that says what became of the graph, and exit code 130, as shells give it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from graphkit.cli.options import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.graph import Graph

__all__ = ["STOPPED", "changing", "stopped"]

STOPPED = 130


def stopped(told: str = "stopped") -> click.exceptions.Exit:
    """Say that the user stopped a command; what to raise instead of the interruption."""
    click.echo(told, err=True)
    return click.exceptions.Exit(STOPPED)


@contextmanager
def changing(store: str | None, done: str, *, dry_run: bool = False) -> Iterator[Graph]:
    """Open a graph to change it; whoever stops that is told whether it was done.

    Args:
        store: The graph that the options name.
        done: What was done, where it was done already.
        dry_run: Whether it is only looked at, and may be none yet.
    """
    told = "stopped; the graph is as it was before"
    try:
        with _planning(store) if dry_run else open_graph(store, read_only=False) as graph:
            before = graph.loads()
            try:
                yield graph
            except KeyboardInterrupt:
                if graph.loads() != before:
                    told = f"stopped after {done}"
                raise
            told = "stopped"  # all was told already
    except KeyboardInterrupt:
        raise stopped(told) from None


def _planning(store: str | None) -> Graph:
    from graphkit.graph import open_to_plan

    return open_to_plan(store)
