"""Commands that ask what if: scenarios side by side, what would help, whose failure costs the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphkit.cli.analysing import BY_ROLE, MAP, OTHERWISE, analysis, chance_option, read_chances
from graphkit.cli.answers import sentence
from graphkit.cli.completion import complete_names
from graphkit.cli.findings import print_finding
from graphkit.cli.marking import draw_marks, hit_anywhere
from graphkit.cli.options import format_option, open_graph, store_option
from graphkit.cli.texts import read_text

if TYPE_CHECKING:
    from graphkit.analyses.findings import Finding
    from graphkit.analyses.network import Network
    from graphkit.graph import Graph

ENOUGH = "Rounds end when no firm changes by more."


@analysis("mitigate", click.argument("product", shell_complete=complete_names), chance_option(), OTHERWISE, BY_ROLE)
def mitigate_command(
    graph: Graph,
    network: Network,
    *,
    product: str,
    chances: tuple[str, ...],
    otherwise: float | None,
    by_role: bool,
) -> Finding:
    """Rank the new sources and the buffers that would make a PRODUCT safer.

    \b
    Example:
      graphkit mitigate "GB300 NVL72"
    """
    from graphkit.analyses.mitigation import mitigations

    found, told = graph.resolve([product], ("Product",))[0], read_chances(graph, chances)
    return mitigations(network, found, told, otherwise=otherwise, by_role=by_role)


@analysis(
    "systemic",
    click.option(
        "--tolerance", default=0.01, show_default=True, type=click.FloatRange(0, 1, min_open=True), help=ENOUGH
    ),
    click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes, for many firms."),
)
def systemic_command(
    graph: Graph,  # noqa: ARG001 - as every analysis
    network: Network,
    *,
    tolerance: float,
    workers: int,
) -> Finding:
    """Rank companies by the part of all sales that would be lost if each failed (ESRI).

    \b
    Example:
      graphkit systemic
    """
    from graphkit.analyses.systemic import systemic_risk

    return systemic_risk(network, tolerance=tolerance, workers=workers)


@click.command("scenario")
@click.argument("file", type=click.Path())
@MAP
@click.option("--evidence", is_flag=True, help="Add every claim that was used, and who says so.")
@store_option
@format_option
def scenario_command(file: str, drawing: str | None, evidence: bool, store: str | None, style: str) -> None:
    """Run the scenarios of a YAML file side by side; `--format markdown` writes a report.

    \b
    Example:
      graphkit scenario docs/scenarios.yaml
    """
    from graphkit.analyses.scenarios import read_scenarios, run_scenarios, to_document, to_markdown

    with open_graph(store) as graph:
        plan = read_scenarios(read_text(file), file, lambda name: graph.resolve([name])[0])
        found = run_scenarios(graph.network(plan.as_of), plan)
        if drawing:
            draw_marks(graph, hit_anywhere(found), plan.title, drawing)
        if style == "markdown":
            click.echo(to_markdown(found), nl=False)
            if evidence:
                _print_evidence(graph, found)
        else:
            print_finding(graph, found, style, evidence=evidence, whole=to_document(found))


def _print_evidence(graph: Graph, found: Finding) -> None:
    """The last part of a report in Markdown."""
    from graphkit.answers.evidence import read_claims

    click.echo("\n## Evidence\n")
    for claim in read_claims(graph.store, found.claims):
        click.echo(f"- {sentence(claim, graph.names).strip()}")
