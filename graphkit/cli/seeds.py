"""Commands that bring data in and take it out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphkit.cli.options import format_option, open_graph, print_rows, store_option
from graphkit.errors import InputError

if TYPE_CHECKING:
    from graphkit.loading import Plan, Report

PATHS = click.argument("paths", nargs=-1, type=click.Path())


@click.command("check")
@PATHS
@store_option
def check_command(paths: tuple[str, ...], store: str | None) -> None:
    """Look for problems in seed files; nothing is loaded.

    PATHS are files or folders; without any, the seeds that graphkit ships with. Every problem of every file is printed
    as FILE:ROW:COLUMN: what, and what to do. With --store, files may name nodes that the graph holds already.

    \b
    Example:
      graphkit check seeds
    """
    from graphkit.config import data_folder
    from graphkit.graph import check_files
    from graphkit.seeds.review import review

    if store is None:
        checked = check_files(*(paths or (data_folder("seeds"),)))
    else:
        with open_graph(store) as graph:
            checked = graph.check(*paths)
    if problems := [*checked.problems, *review(checked)]:
        raise InputError(problems)
    nodes = sum(len(part.table) for part in checked.nodes)
    claims = sum(len(part.table) for part in checked.claims)
    click.echo(f"{nodes:,} nodes and {claims:,} claims, no problems")


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@store_option
@format_option
def load_command(paths: tuple[str, ...], dry_run: bool, store: str | None, style: str) -> None:
    """Load nodes and claims from files, all of it or nothing.

    \b
    Example:
      graphkit load seeds --dry-run
    """
    with open_graph(store, read_only=False) as graph:
        if dry_run:
            _print_plan(graph.plan(*paths), style)
        else:
            _print_report(graph.load(*paths), style)


def _print_plan(plan: Plan, style: str) -> None:
    rows: list[dict[str, object]] = [
        {"what": "new", "type": table.type, "records": len(table)} for table in plan.new_nodes
    ]
    rows += [{"what": "new", "type": part.table.type, "records": len(part.table)} for part in plan.new_claims]
    rows += [
        {
            "what": "changed",
            "type": node.type,
            "record": node.id,
            "property": name,
            "old": node.before.get(name),
            "new": value,
        }
        for node in plan.changed_nodes
        for name, value in node.after.items()
    ]
    rows += [
        {"what": "replaced", "type": claim.type, "record": claim.id, "new": claim.replaced_by}
        for claim in plan.replaced_claims
    ]
    rows += [{"what": "unchanged", "records": plan.unchanged}]
    print_rows(rows, ("what", "type", "records", "record", "property", "old", "new"), style)


def _print_report(report: Report, style: str) -> None:
    if style != "table":
        row = {name: getattr(report, name) for name in ("id", "added", "changed", "unchanged", "repeated")}
        print_rows([row], tuple(row), style)
    elif report.id is None:
        click.echo(f"Nothing new: all {report.unchanged:,} records are there already")
    else:
        click.echo(
            f"{report.id}: {report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
            f"; `graphkit undo {report.id}` takes it back"
        )


@click.command("loads")
@store_option
@format_option
def loads_command(store: str | None, style: str) -> None:
    """List the loads, the newest first.

    \b
    Example:
      graphkit loads
    """
    with open_graph(store) as graph:
        print_rows(graph.loads(), ("id", "at", "files", "added", "changed", "removed", "unchanged"), style)


@click.command("undo")
@click.argument("load")
@store_option
def undo_command(load: str, store: str | None) -> None:
    """Take a load back; the graph is then exactly what it was before it.

    \b
    Example:
      graphkit undo load:20250613T080000000000-1a2b3c
    """
    with open_graph(store, read_only=False) as graph:
        click.echo(f"{graph.undo(load):,} records taken back")
