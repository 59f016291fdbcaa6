"""Commands that look back, and take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.options import format_option, open_graph, print_rows, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.graph import Graph
    from graphkit.loading.history import Event

EVENT_COLUMNS = ("what", "type", "record", "property", "old", "new")


@click.group("loads", invoke_without_command=True)
@store_option
@format_option
@click.pass_context
def loads_command(ctx: click.Context, store: str | None, style: str) -> None:
    """List the loads, the newest first; `loads show ID` tells what one did.

    \b
    Example:
      graphkit loads
    """
    if ctx.invoked_subcommand is None:
        with open_graph(store) as graph:
            print_rows(graph.loads(), ("id", "at", "files", "added", "changed", "removed", "unchanged"), style)


@loads_command.command("show")
@click.argument("load")
@store_option
@format_option
def show_command(load: str, store: str | None, style: str) -> None:
    """Tell what one load did.

    \b
    Example:
      graphkit loads show load:20250613T080000000000-1a2b3c
    """
    with open_graph(store) as graph:
        _print_events(graph, graph.events(load), style, full=style != "table")


def _print_events(graph: Graph, events: Iterable[Event], style: str, *, full: bool) -> None:
    """Print what happened: what was added as counts for people, every property that changed for all."""
    events = list(events)
    rows: list[dict[str, object]] = []
    if not full:
        counts: dict[tuple[str, str], int] = {}
        for event in events:
            counts[event.what, event.type] = counts.get((event.what, event.type), 0) + 1
        rows += [
            {"what": what, "type": kind, "record": f"{number:,} records"} for (what, kind), number in counts.items()
        ]
    for event in events:
        if full or event.what not in ("added", "retired"):
            rows += _event_rows(graph, event)
    print_rows(rows, EVENT_COLUMNS, style)


def _event_rows(graph: Graph, event: Event) -> list[dict[str, object]]:
    said = event.after or event.before or {}
    ends = [graph.names.name_of(str(said[end])) for end in ("subject", "object") if end in said]
    about = f" {event.type} ".join(ends) or graph.names.name_of(event.id)
    base: dict[str, object] = {"what": event.what, "type": event.type, "record": about}
    if event.what in ("added", "retired"):
        return [base]
    return [base | {"property": name, "old": old, "new": new} for name, old, new in event.differences()]


@click.command("undo")
@click.argument("load")
@click.option("--with-later", is_flag=True, help="Take back later loads that built on it as well.")
@store_option
def undo_command(load: str, with_later: bool, store: str | None) -> None:
    """Take a load back; the graph is then exactly what it was before it.

    \b
    Example:
      graphkit undo load:20250613T080000000000-1a2b3c
    """
    with open_graph(store, read_only=False) as graph:
        click.echo(f"{graph.undo(load, with_later=with_later):,} records taken back")


@click.command("log")
@click.argument("name", shell_complete=complete_names)
@store_option
@format_option
def log_command(name: str, store: str | None, style: str) -> None:
    """Tell what we knew of one node, and when.

    \b
    Example:
      graphkit log 胜宏科技
    """
    with open_graph(store) as graph:
        rows = [
            {"at": event.at, "load": event.load, **row}
            for event in graph.log(name)
            for row in _event_rows(graph, event)
        ]
        print_rows(rows, ("at", "load", *EVENT_COLUMNS), style)


@click.command("diff")
@click.argument("older")
@click.argument("newer")
@store_option
@format_option
def diff_command(older: str, newer: str, store: str | None, style: str) -> None:
    """Tell what changed between two loads.

    That is what all loads after the older one and up to the newer one did, taken together.

    \b
    Example:
      graphkit diff load:20250613T080000000000-1a2b3c load:20250901T080000000000-4d5e6f
    """
    with open_graph(store) as graph:
        _print_events(graph, graph.diff(older, newer), style, full=True)
