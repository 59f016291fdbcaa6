"""Commands that look at the whole."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from graphkit.cli.answers import print_evidence, print_for_people
from graphkit.cli.options import asked_store_option, format_option, open_graph, print_rows, store_option
from graphkit.cli.stopping import changing

DEMO_QUESTIONS = (
    ("Who makes quick connectors (UQD)?", "suppliers_of", ("UQD",)),
    ("Who is exposed to cold plates, through which products?", "exposed_to_product", ("冷板",)),
    ("Which parts of a GB300 NVL72 have one known maker?", "single_source", ("GB300 NVL72",)),
)
DEMO_ROWS, DEMO_PROOFS = 10, 3
EXPORT_FORMATS = ("jsonl", "json", "csv")


@click.command("stats")
@asked_store_option
@format_option
def stats_command(store: str | None, style: str) -> None:
    """Count the nodes and the claims of each type.

    \b
    Example:
      graphkit stats
    """
    with open_graph(store) as graph:
        print_rows(graph.stats(), ("type", "records", "meaning"), style)


@click.command("export")
@asked_store_option
@click.option(
    "--format", "style", type=click.Choice(EXPORT_FORMATS), default="jsonl", show_default=True, help="How to print."
)
def export_command(store: str | None, style: str) -> None:
    """Print every node and every claim, in an order that depends on nothing else; `graphkit load` reads JSON back.

    \b
    Example:
      graphkit export --format jsonl
    """
    with open_graph(store) as graph:
        if style == "jsonl":
            for record in graph.export():
                click.echo(json.dumps(record, ensure_ascii=False))
            return
        rows = [_flat(record) for record in graph.export()] if style == "csv" else list(graph.export())
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        print_rows(rows, columns, style)


def _flat(record: dict[str, object]) -> dict[str, object]:
    properties = record["properties"]
    ends = {name: value for name, value in record.items() if name != "properties"}
    return {**ends, **(properties if isinstance(properties, dict) else {})}


@click.command("demo")
@click.option(
    "-o",
    "--output",
    default="demo.html",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="Where the map goes.",
)
@store_option
def demo_command(output: str, store: str | None) -> None:
    """Load the shipped seeds, answer three questions with their evidence, draw the map.

    \b
    Example:
      graphkit demo
    """
    from pathlib import Path

    from graphkit.config import data_folder

    with changing(store, "the seeds were loaded") as graph:
        report = graph.load(data_folder("seeds"))
        click.echo(f"Loaded {report.added:,} new records; {report.unchanged:,} were there already\n")
        for title, question, arguments in DEMO_QUESTIONS:
            answer = graph.query(question, *arguments)
            click.secho(title, bold=True)
            click.echo(f"$ graphkit query {question} {' '.join(map(repr, arguments))}")
            shown = replace(answer, rows=answer.rows[:DEMO_ROWS])
            print_for_people(graph, shown, evidence=False)
            if len(answer.rows) > DEMO_ROWS:
                click.echo(f"… of {len(answer.rows)} in all")
            print_evidence(graph, replace(answer, rows=answer.rows[:DEMO_PROOFS]))
            click.echo()
        graph.map().save(output)
    click.echo(f"The map: {Path(output).resolve()} (open it in any browser; it needs no network)")
