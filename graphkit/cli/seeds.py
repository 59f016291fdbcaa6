"""Commands that bring data in."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.describing import counted
from graphkit.cli.intake import (
    create_missing_option,
    decisions_option,
    dry_run_option,
    intake_options,
    options_of,
    quiet_option,
    reading_options,
)
from graphkit.cli.options import FORMATS, format_option, open_graph, print_rows, store_option
from graphkit.cli.plans import print_loose, print_plan, print_read_as, print_report, print_unknown
from graphkit.cli.stopping import changing
from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.graph import Graph
    from graphkit.graph.loading import ClaimOptions
    from graphkit.loading import Options, Plan
    from graphkit.schema import LinkType
    from graphkit.seeds.reading.sheets import Reading, Sheet

PROBLEM_COLUMNS = ("file", "row", "column", "message")
PATHS = click.argument("paths", nargs=-1, type=click.Path(readable=False))


@click.command("check")
@PATHS
@intake_options
@store_option
@click.option("--format", "style", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print.")
def check_command(paths: tuple[str, ...], store: str | None, style: str, **told: object) -> None:
    """Look for problems in seed files; nothing is loaded.

    PATHS are files or folders; without any, the seeds that graphkit ships with. Every problem of every file is printed
    as FILE:ROW:COLUMN: what, and what to do; in the other formats as a row. With --store, files may name nodes that
    the graph holds already.

    \b
    Example:
      graphkit check seeds
    """
    from graphkit.config import data_folder
    from graphkit.graph import check_files
    from graphkit.seeds.review import review

    options = options_of(told)
    files = paths or (data_folder("seeds"),)
    if store is None:
        checked = check_files(*files, **options)
    else:
        with open_graph(store) as graph:
            checked = graph.check(*files, **options)
    print_read_as(checked.read_as)
    problems = [*checked.problems, *([] if options.get("mapping") else review(checked))]
    if style != "table":
        print_rows(map(asdict, sorted(set(problems))), PROBLEM_COLUMNS, style)
        click.get_current_context().exit(bool(problems))
    if problems:
        print_unknown(checked.unknown)
        raise InputError(problems)
    nodes = sum(len(part.table) for part in checked.nodes)
    claims = sum(len(part.table) for part in checked.claims)
    click.echo(f"{counted(nodes, 'node')} and {counted(claims, 'claim')}, no problems")


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True))
@intake_options
@dry_run_option
@click.option(
    "--on-error",
    type=click.Choice(["stop", "quarantine"]),
    default="stop",
    show_default=True,
    help="Rows that are wrong: load nothing, or put them into FILE.quarantine.csv and load the others.",
)
@click.option("--replace-source", multiple=True, metavar="NAME", help="The files are all that this source says now.")
@click.option("--replace-files", is_flag=True, help="The files are all that earlier files of their names say now.")
@click.option(
    "--edition-of", multiple=True, metavar="FILE", help="The earlier file, of another name, that these follow."
)
@click.option("--max-retire", default="20%", show_default=True, metavar="SHARE", help="At most this part may retire.")
@quiet_option
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

    PATHS are files or folders; - is standard input. Tables of another make come in by --mapping, which `graphkit
    propose-mapping` writes. The same file again changes only what changed; --replace-source and --replace-files also
    retire what it no longer says. `graphkit undo` takes a load back.

    \b
    Example:
      graphkit load seeds --dry-run
      graphkit load suppliers.csv --mapping suppliers.yaml --on-error quarantine
    """
    from graphkit.cli.progress import shown
    from graphkit.values import SHARE

    try:
        told["max_retire"] = SHARE.clean(max_retire)
    except ValueError as error:
        raise InputError([Problem("--max-retire", 0, "", str(error))]) from None
    options = options_of(told)
    with changing(store, "the load was done; `graphkit undo last` takes it back", dry_run=dry_run) as graph:
        print_loose(graph.desk(options.get("decisions")))
        try:
            if dry_run:
                with shown(quiet=quiet):
                    plan = graph.plan(*paths, **options)
                print_plan(graph, plan, style)
            else:
                with shown(quiet=quiet):
                    report = graph.load(*paths, **options)
                print_report(report, style)
        except InputError:
            if "-" not in paths and (dry_run or style == "table"):
                _print_what_is_right(graph, paths, options, style, dry_run=dry_run)
            raise


def _print_what_is_right(graph: Graph, paths: tuple[str, ...], options: Options, style: str, *, dry_run: bool) -> None:
    """Beside what is wrong: the unknown names, each once, and for a dry run what the other rows would do."""
    if style == "table":
        print_unknown(graph.check(*paths, **options).unknown)
    if dry_run:
        with suppress(InputError):  # what is wrong with a whole file leaves no other rows
            options["on_error"] = "quarantine"
            print_plan(graph, graph.plan(*paths, **options), style, with_refused=False)


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
@create_missing_option
@decisions_option
@dry_run_option
@store_option
@format_option
def add_command(  # noqa: PLR0913 - one parameter for each option
    *,
    link: str,
    more: tuple[str, ...],
    create_missing: bool,
    decisions: str | None,
    dry_run: bool,
    store: str | None,
    style: str,
    **told: str | None,
) -> None:
    """Add one claim, with its source.

    LINK is a word of the model, such as SUPPLIES or MAKES; SUBJECT and OBJECT are names in any spelling.

    \b
    Example:
      graphkit add SUPPLIES 胜宏科技 英伟达 --product product:pcb --source source:minsheng-2025-midyear --locator 1.3.1
    """
    properties = {name: value for name, value in told.items() if value is not None}
    how: ClaimOptions = {"create_missing": create_missing, "decisions": decisions}
    with changing(store, "the claim was added; `graphkit undo last` takes it back", dry_run=dry_run) as graph:
        said, wrong = _set(more, graph.store.schema.links.get(link.upper()))
        properties |= said
        print_loose(graph.desk(decisions))
        if dry_run or wrong:
            print_plan(graph, _planned(graph, link.upper(), properties, how, wrong), style)
        else:
            print_report(graph.add(link.upper(), properties, **how), style)


def _planned(graph: Graph, link: str, properties: dict[str, str], how: ClaimOptions, wrong: Sequence[Problem]) -> Plan:
    """What adding a claim would do; what is wrong with it is told beside what was wrong before."""
    try:
        plan = graph.plan_claim(link, properties, **how)
    except InputError as error:
        raise InputError([*wrong, *error.problems]) from None
    if wrong:
        raise InputError(wrong)
    return plan


def _set(words: tuple[str, ...], link: LinkType | None) -> tuple[dict[str, str], list[Problem]]:
    """What `--set` says, and all that is wrong with it."""
    from rapidfuzz import fuzz, process

    pairs = [word.partition("=") for word in words]
    wrong = [Problem("--set", 0, name, "has no value; write --set NAME=VALUE") for name, sign, _ in pairs if not sign]
    known = [prop.name for prop in link.properties] if link else []
    for name in (name for name, sign, _ in pairs if sign and link and name not in known):
        near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean {near[0]}?" if near else f"it may have {', '.join(known)}"
        wrong.append(Problem("--set", 0, name, f"{link.name if link else ''} has no such property; {hint}"))
    refused = {problem.column for problem in wrong}
    return {name: value for name, _, value in pairs if name not in refused}, wrong


@click.command("propose-mapping")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file to write; else FILE.mapping.yaml.")
@reading_options
def propose_mapping_command(paths: tuple[str, ...], output: str | None, **told: object) -> None:
    """Propose what the columns of foreign tables mean, as a mapping file to correct.

    The headers and the values are looked at; what was not understood stands in the file as a comment. Tables that name
    each other's rows by their ids, such as nodes and edges, go in one mapping: name all their files. All tables of a
    workbook are looked at, unless one is named.

    \b
    Example:
      graphkit propose-mapping suppliers.csv -o suppliers.yaml
    """
    from pathlib import Path

    from graphkit.seeds.proposing.proposals import propose

    options = options_of(told)
    target = Path(output or f"{'stdin' if paths[0] == '-' else paths[0]}.mapping.yaml")
    if target.exists() and output is None:
        raise InputError([Problem(str(target), 0, "", "is there already; name another file with --output")])
    proposal = propose(_sheets(paths, options["reading"]), options["reading"])
    try:
        target.write_text(proposal.text, "utf-8")
    except OSError as error:
        raise InputError([Problem(str(target), 0, "", f"cannot be written: {error.strerror}")]) from None
    for line in proposal.told:
        click.echo(line)
    words = shlex.join(["graphkit", "load", *paths, "--mapping", str(target), "--dry-run"])
    click.echo(f"{target}: look it over, then `{words}`")


def _sheets(paths: tuple[str, ...], reading: Reading) -> list[Sheet]:
    """All tables of some files and folders; what is wrong with any of them is told of all of them."""
    from graphkit.loading.intake import files_in, idle
    from graphkit.seeds.reading.files import ListFile
    from graphkit.seeds.reading.workbooks import tables_in

    files: list[ListFile] = []
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for file in files_in(paths):
        try:
            for table in tables_in(file, reading):
                files.append(ListFile(table, reading))
                sheets += files[-1].sheets()
        except InputError as error:
            problems += error.problems
    if problems or (problems := idle(reading, files)):
        raise InputError(problems)
    return sheets
