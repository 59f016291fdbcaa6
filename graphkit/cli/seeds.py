"""Commands that bring data in."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.intake import intake_options, options_of, reading_options
from graphkit.cli.options import format_option, open_graph, print_rows, store_option
from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.loading import Plan, Report
    from graphkit.seeds.checking import Checked
    from graphkit.seeds.resolving import Unknown

PATHS = click.argument("paths", nargs=-1, type=click.Path(readable=False))
ALIKE = 20
"""So many new names that are like others are told of after a load; `--dry-run` tells of all."""

PLAN_COLUMNS = ("what", "type", "records", "record", "property", "old", "new", "where", "reason")


@click.command("check")
@PATHS
@intake_options
@store_option
def check_command(paths: tuple[str, ...], store: str | None, **told: object) -> None:
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

    options = options_of(told)
    if store is None:
        checked = check_files(*(paths or (data_folder("seeds"),)), **options)
    else:
        with open_graph(store) as graph:
            checked = graph.check(*paths, **options)
    _print_oddly_read(checked.read_as)
    if problems := [*checked.problems, *([] if options.get("mapping") else review(checked))]:
        _print_unknown(checked)
        raise InputError(problems)
    nodes = sum(len(part.table) for part in checked.nodes)
    claims = sum(len(part.table) for part in checked.claims)
    click.echo(f"{nodes:,} nodes and {claims:,} claims, no problems")


def _print_oddly_read(read_as: Iterable[str]) -> None:
    """Say how files were read, where it is not how graphkit writes them."""
    for line in read_as:
        if not line.endswith(("utf-8, delimiter ','", "utf-8, JSON lines", "typed")):
            click.echo(line, err=True)


def _print_unknown(checked: Checked) -> None:
    """List the names that lead nowhere, once each, with the nearest ones and how near they are."""
    if not checked.unknown:
        return
    click.echo(f"{len(checked.unknown):,} names are not known:", err=True)
    for unknown in checked.unknown:
        near = ", ".join(f"{hit.name} ({hit.id}) {hit.score:.0f}" for hit in unknown.near[:3])
        click.echo(f"  {unknown.name}  {near or 'nothing is near'}", err=True)
    first = next((unknown for unknown in checked.unknown if unknown.near), None)
    if first:
        advice = f"graphkit same {shlex.quote(first.name)} {shlex.quote(first.near[0].name)}"
        click.echo(f"`{advice}` decides one; --create-missing makes new nodes of all", err=True)


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True))
@intake_options
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--on-error",
    type=click.Choice(["stop", "quarantine"]),
    default="stop",
    show_default=True,
    help="Rows that are wrong: load nothing, or put them into FILE.quarantine.csv and load the others.",
)
@click.option("--replace-source", multiple=True, metavar="NAME", help="The files are all that this source says now.")
@click.option("--replace-files", is_flag=True, help="The files are all that earlier files of their names say now.")
@click.option("--max-retire", default="20%", show_default=True, metavar="SHARE", help="At most this part may retire.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@store_option
@format_option
def load_command(
    *,
    paths: tuple[str, ...],
    dry_run: bool,
    max_retire: str,
    quiet: bool,
    store: str | None,
    style: str,
    **told: object,
) -> None:
    """Load nodes and claims from files, all of it or nothing.

    PATHS are files or folders; - is standard input. Tables of another make come in by --mapping.

    \b
    Example:
      graphkit load seeds --dry-run
    """
    from graphkit.cli.progress import shown
    from graphkit.values import SHARE

    try:
        told["max_retire"] = SHARE.clean(max_retire)
    except ValueError as error:
        raise InputError([Problem("--max-retire", 0, "", str(error))]) from None
    options = options_of(told)
    with open_graph(store, read_only=False) as graph, shown(quiet=quiet):
        before = len(graph.loads())
        try:
            if dry_run:
                _print_plan(graph.plan(*paths, **options), style)
            else:
                _print_report(graph.load(*paths, **options), style)
        except KeyboardInterrupt:
            done = len(graph.loads()) > before
            click.echo(
                "stopped after the load was done; `graphkit undo` takes it back"
                if done
                else "stopped; the graph is as it was before",
                err=True,
            )
            raise click.exceptions.Exit(130) from None
        except InputError:
            if style == "table" and "-" not in paths:
                _print_unknown(graph.check(*paths, **options))
            raise


def _print_plan(plan: Plan, style: str) -> None:
    _print_oddly_read(plan.read_as)
    rows: list[dict[str, object]] = [
        {"what": "new", "type": table.type, "records": len(table)} for table in plan.new_nodes
    ]
    for table in plan.new_nodes:
        stubs = [node for node, stub in zip(table.columns["id"], table.columns.get("stub", ()), strict=False) if stub]
        rows += [{"what": "created", "type": table.type, "record": node} for node in stubs]
    corrected = {claim.replaced_by for claim in plan.replaced_claims}
    new: Counter[str] = Counter()
    for part in plan.new_claims:
        new[part.table.type] += sum(claim not in corrected for claim in part.table.columns["id"])
    rows += [{"what": "new", "type": name, "records": records} for name, records in new.items() if records]
    rows += [
        _change("changed", node.type, node.id, name, (node.before.get(name), value))
        for node in plan.changed_nodes
        for name, value in node.after.items()
    ]
    kept_apart = {"id", "since", "until", "load"}
    for claim in plan.replaced_claims:
        after = claim.after or {}
        names = [n for n in dict.fromkeys([*claim.before, *after]) if n not in kept_apart]
        rows += [
            _change("corrected", claim.type, claim.id, name, (claim.before.get(name), after.get(name)))
            for name in names
            if claim.before.get(name) != after.get(name)
        ]
    rows += [{"what": "retired", "type": claim.type, "record": claim.id} for claim in plan.retired_claims]
    rows += [
        {"what": "refused", "where": f"{p.file}:{p.row}" + (f":{p.column}" if p.column else ""), "reason": p.message}
        for p in plan.refused
    ]
    rows += [
        {"what": "alike", "type": one.types[0], "record": one.made, "reason": _likeness(one)} for one in plan.alike
    ]
    rows += [{"what": "unchanged", "records": plan.unchanged}]
    print_rows(rows, [name for name in PLAN_COLUMNS if any(name in row for row in rows)], style)


def _likeness(new: Unknown) -> str:
    """Why a new node may be one that is known, and how to say so."""
    near = new.near[0]
    told = f"{new.name!r} may be {near.spelling!r}, {near.id} ({near.score:.0f})"
    return f"{told}; `graphkit same {shlex.quote(new.made)} {shlex.quote(near.id)}` joins them"


def _change(what: str, kind: str, record: str, name: str, values: tuple[object, object]) -> dict[str, object]:
    return {"what": what, "type": kind, "record": record, "property": name, "old": values[0], "new": values[1]}


def _print_report(report: Report, style: str) -> None:
    columns = ("id", "added", "changed", "removed", "unchanged", "repeated", "refused", "read_as", "quarantine")
    if style != "table":
        row = {name: getattr(report, name) for name in columns} | {"alike": [_likeness(one) for one in report.alike]}
        print_rows([row], [*columns, "alike"], style)
        return
    _print_oddly_read(report.read_as)
    if report.id is None:
        click.echo(f"Nothing new: all {report.unchanged:,} records are there already")
    else:
        retired = f", {report.removed:,} retired" if report.removed else ""
        click.echo(
            f"{report.id}: {report.added:,} added, {report.changed:,} changed{retired}, {report.unchanged:,} unchanged"
            f"; `graphkit undo {report.id}` takes it back"
        )
    for one in report.alike[:ALIKE]:
        click.echo(f"new: {_likeness(one)}", err=True)
    if len(report.alike) > ALIKE:
        click.echo(f"and {len(report.alike) - ALIKE:,} more new names like others", err=True)
    if report.refused:
        found = "problem" if report.refused == 1 else "problems"
        files = ", ".join(report.quarantine)
        click.echo(f"{report.refused:,} {found}: the rows stand in {files}; mend them there and load that")


@click.command("add")
@click.argument("link")
@click.argument("subject", shell_complete=complete_names)
@click.argument("object", shell_complete=complete_names)
@click.option("--source", required=True, metavar="NAME", help="Who says so.")
@click.option("--locator", required=True, metavar="TEXT", help="Where in the source.")
@click.option("--certainty", default="stated", show_default=True, metavar="WORD", help="How sure the source is.")
@click.option("--product", metavar="NAME", help="The product it is about.")
@click.option("--share", metavar="SHARE", help="Such as 35%.")
@click.option("--role", metavar="WORD", help="What the subject does.")
@click.option("--since", "valid_from", metavar="DATE", help="Since when it is true.")
@click.option("--until", "valid_to", metavar="DATE", help="Until when it is true.")
@click.option("--note", metavar="TEXT", help="What the columns cannot hold.")
@click.option("--set", "more", multiple=True, metavar="NAME=VALUE", help="Any other property of the claim.")
@click.option("--create-missing", is_flag=True, help="Names that are not known become new nodes, marked as stubs.")
@store_option
@format_option
def add_command(
    *, link: str, more: tuple[str, ...], create_missing: bool, store: str | None, style: str, **told: str | None
) -> None:
    """Add one claim, with its source.

    \b
    Example:
      graphkit add SUPPLIES 胜宏科技 英伟达 --product product:pcb --source source:minsheng-2025-midyear --locator 1.3.1
    """
    properties = {name: value for name, value in told.items() if value is not None}
    for word in more:
        name, sign, value = word.partition("=")
        if not sign:
            raise InputError([Problem("--set", 0, word, "has no value; write --set NAME=VALUE")])
        properties[name] = value
    with open_graph(store, read_only=False) as graph:
        report = graph.add(link.upper(), properties, create_missing=create_missing)
        _print_report(report, style)


@click.command("propose-mapping")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file to write; else FILE.mapping.yaml.")
@reading_options
def propose_mapping_command(paths: tuple[str, ...], output: str | None, **told: object) -> None:
    """Propose what the columns of foreign tables mean, as a mapping file to correct.

    The headers and the values are looked at; what was not understood stands in the file as a comment. Tables that name
    each other's rows by their ids, such as nodes and edges, go in one mapping: name all their files.

    \b
    Example:
      graphkit propose-mapping suppliers.csv -o suppliers.yaml
    """
    from pathlib import Path

    from graphkit.seeds.proposing import propose
    from graphkit.seeds.reading import read_sheets

    options = options_of(told)
    target = Path(output or f"{'stdin' if paths[0] == '-' else paths[0]}.mapping.yaml")
    if target.exists() and output is None:
        raise InputError([Problem(str(target), 0, "", "is there already; name another file with --output")])
    sheets = [sheet for path in paths for sheet in read_sheets(Path(path), options["reading"])]
    proposal = propose(sheets, options["reading"])
    try:
        target.write_text(proposal.text, "utf-8")
    except OSError as error:
        raise InputError([Problem(str(target), 0, "", f"cannot be written: {error.strerror}")]) from None
    for line in proposal.told:
        click.echo(line)
    click.echo(f"{target}: look it over, then `graphkit load {shlex.join(paths)} --mapping {target} --dry-run`")
