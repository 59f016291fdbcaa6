"""Options that many commands share, and the one way in which rows are printed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graphkit.graph import Graph

__all__ = [
    "FORMATS",
    "asked_store_option",
    "format_option",
    "open_graph",
    "print_rows",
    "queries_option",
    "store_option",
]

Command = TypeVar("Command", bound="Callable[..., object]")

KNOWN_AT = "graphkit.known_at"
FORMATS = ("table", "json", "jsonl", "csv", "markdown")
"""The styles of `graphkit.tables`, which is imported only when rows are printed."""


def store_option(command: Command) -> Command:
    """`--store URL`: which graph."""
    return click.option(
        "--store", metavar="URL", help="embedded:PATH or neo4j://HOST:PORT; else GRAPHKIT_STORE, else your data folder."
    )(command)


def asked_store_option(command: Command) -> Command:
    """`--store URL`, and `--known-at DATE` for the graph as it was known then; `open_graph` sees to both."""
    known_at = click.option(
        "--known-at",
        metavar="DATE",
        expose_value=False,
        callback=lambda ctx, _, value: ctx.meta.__setitem__(KNOWN_AT, value),
        help="Ask the graph as it was known on this day, before later loads.",
    )
    return store_option(known_at(command))


def format_option(command: Command) -> Command:
    """`--format`: how rows are printed; a table on a terminal, JSON for programs."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(FORMATS),
        default=lambda: "table" if sys.stdout.isatty() else "json",
        show_default="table on a terminal, else json",
        help="How to print.",
    )(command)


def queries_option(command: Command) -> Command:
    """`--queries DIR`: folders of own questions."""
    return click.option(
        "--queries", "folders", metavar="DIR", multiple=True, help="A folder of questions of your own; may be repeated."
    )(command)


def open_graph(store: str | None, *, read_only: bool = True, folders: Sequence[str] = ()) -> Graph:
    """Open the graph that the options name."""
    from graphkit.graph import open_graph as open_it

    context = click.get_current_context(silent=True)
    known_at = context.meta.get(KNOWN_AT) if context and read_only else None
    return open_it(store, read_only=read_only, queries=folders, known_at=known_at)


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str], style: str) -> None:
    """Print rows in the style asked for, as wide as the terminal."""
    from graphkit.tables import render

    if text := render(rows, columns, style, width=shutil.get_terminal_size((120, 24)).columns):
        click.echo(text)
