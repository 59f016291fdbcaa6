"""Commands that look back, and take back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.describing import FOR_PROGRAMS, few, minute, record_name, what_it_says
from graphkit.cli.intake import quiet_option
from graphkit.cli.options import format_option, open_graph, print_rows, store_option
from graphkit.cli.stopping import changing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.graph import Graph
    from graphkit.loading.history import Event

LOAD_COLUMNS = ("id", "at", "files", "added", "changed", "removed", "unchanged")
EVENT_COLUMNS = ("what", "type", "record", "property", "old", "new", "says")
SIGNS = 6
"""So many signs at the end of its id name a load."""
MANY = 40
"""So many events of a load are told one by one in a table; more are counted."""


@click.group("loads", invoke_without_command=True)
@store_option
@format_option
@click.pass_context
def loads_command(ctx: click.Context, store: str | None, style: str) -> None:
    """List the loads, the newest first; `loads show ID` tells what one did.

    A load may be named by how its id begins (20250613), by the last six signs of it, or as `last`.

    \b
    Example:
      graphkit loads
    """
    ctx.default_map = {"show": {"store": store, "style": style}}  # what is said before the word holds behind it
    if ctx.invoked_subcommand is None:
        with open_graph(store) as graph:
            loads = graph.loads()
            print_rows(_in_short(loads) if style == "table" else loads, LOAD_COLUMNS, style)


def _in_short(loads: Sequence[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """Loads by the shortest names that tell them apart."""
    ends = Counter(str(load["id"])[-SIGNS:] for load in loads)
    for load in loads:
        end, whole = str(load["id"])[-SIGNS:], str(load["id"]).removeprefix("load:")
        yield {**load, "id": end if ends[end] == 1 else whole, "at": minute(load["at"]), "files": _files(load)}


def _files(load: Mapping[str, object]) -> list[str]:
    """The first of its files, and how many more there are."""
    return few(load["files"] if isinstance(load["files"], list | tuple) else ())


@loads_command.command("show")
@click.argument("load")
@store_option
@format_option
def show_command(load: str, store: str | None, style: str) -> None:
    """Tell what one load did.

    \b
    Example:
      graphkit loads show last
    """
    with open_graph(store) as graph:
        events = graph.events(load)
        if style == "table":
            _print_about(graph, load)
        _print_events(graph, events, style, counted=style == "table" and len(events) > MANY)


def _print_about(graph: Graph, load: str) -> None:
    """The load as its report told of it."""
    from graphkit.loading.journal import load_called

    called = load_called(graph.store, load)
    row = next(row for row in graph.loads() if row["id"] == called)
    numbers = ", ".join(f"{row[name]:,} {name}" for name in ("added", "changed", "removed", "unchanged"))
    click.echo(f"{called}, {minute(row['at'])} UTC, {', '.join(_files(row))}: {numbers}")


def _print_events(graph: Graph, events: Sequence[Event], style: str, *, counted: bool = False) -> None:
    """Print what happened; where that is much, only counts of what was added or retired."""
    rows: list[dict[str, object]] = []
    if counted:
        counts: dict[tuple[str, str], int] = {}
        for event in events:
            counts[event.what, event.type] = counts.get((event.what, event.type), 0) + 1
        rows += [
            {"what": what, "type": kind, "record": f"{number:,} records"} for (what, kind), number in counts.items()
        ]
    for event in events:
        if not counted or event.what not in ("added", "retired"):
            rows += _event_rows(graph, event)
    print_rows(rows, _columns(EVENT_COLUMNS, rows, style), style)


def _columns(columns: Sequence[str], rows: Sequence[dict[str, object]], style: str) -> list[str]:
    """All columns, and the id, for programs; for people those that say something."""
    if style in FOR_PROGRAMS:
        return [*columns, "id"]
    return [name for name in columns if not rows or any(row.get(name) is not None for row in rows)]


def _event_rows(graph: Graph, event: Event) -> list[dict[str, object]]:
    said = event.after or event.before or {}
    about = record_name(graph, event.type, {"id": event.id, **said})
    base: dict[str, object] = {"what": event.what, "type": event.type, "record": about, "id": event.id}
    if event.what in ("added", "retired"):
        return [base | {"says": what_it_says(graph, event.type, said)}]
    return [base | {"property": name, "old": old, "new": new} for name, old, new in event.differences()]


@click.command("undo")
@click.argument("load")
@click.option("--with-later", is_flag=True, help="Take back later loads that built on it as well.")
@quiet_option
@store_option
@format_option
def undo_command(load: str, *, with_later: bool, quiet: bool, store: str | None, style: str) -> None:
    """Take a load back; the graph is then exactly what it was before it.

    A load may be named by how its id begins (20250613), by the last six signs of it, or as `last`.

    \b
    Example:
      graphkit undo load:20250613T080000000000-1a2b3c
    """
    from graphkit.cli.progress import shown

    with changing(store, "the load was taken back") as graph:
        before = graph.loads()
        with shown(quiet=quiet):
            graph.undo(load, with_later=with_later)
        left = {row["id"] for row in graph.loads()}
        gone = [row for row in before if row["id"] not in left]
        if style != "table":
            print_rows(gone, LOAD_COLUMNS, style)
            return
        for row in gone:
            numbers = f"{row['added']:,} added, {row['changed']:,} changed, {row['removed']:,} retired"
            click.echo(f"taken back: {row['id']} ({', '.join(_files(row))}; {numbers})")


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
        short = style == "table"
        rows = [
            {"at": minute(event.at) if short else event.at, "load": event.load, **row}
            for event in graph.log(name)
            for row in _event_rows(graph, event)
        ]
        columns = [name for name in ("at", "load", *EVENT_COLUMNS) if not short or name not in ("load", "type")]
        print_rows(rows, _columns(columns, rows, style), style)


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
      graphkit diff load:20250613T080000000000-1a2b3c last
    """
    with open_graph(store) as graph:
        _print_events(graph, graph.diff(older, newer), style)
