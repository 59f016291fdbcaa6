"""Commands that compute: exposure through all tiers, disruption, chokepoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.findings import print_finding
from graphkit.cli.options import asked_store_option, format_option, open_graph
from graphkit.errors import QueryError

if TYPE_CHECKING:
    from graphkit.analyses.findings import Finding
    from graphkit.analyses.network import Network
    from graphkit.graph import Graph

Command = TypeVar("Command", bound=Callable[..., object])
Analysis = Callable[["Network", "Graph"], "Finding"]


def finding_options(command: Command) -> Command:
    """The options of every analysis: which graph, which day, which format, with evidence or without."""
    for option in (
        click.option("--as-of", metavar="DATE", help="The day asked about; today when not given."),
        click.option("--evidence", is_flag=True, help="Add every claim that was used, and who says so."),
        asked_store_option,
        format_option,
    ):
        command = option(command)
    return command


def run_analysis(analysis: Analysis, *, as_of: str | None, evidence: bool, store: str | None, style: str) -> None:
    """Open the graph, compute on its arrays, print what was found."""
    with open_graph(store) as graph:
        print_finding(graph, analysis(graph.network(as_of), graph), style, evidence=evidence)


@click.command("exposure")
@click.argument("targets", nargs=-1, required=True, shell_complete=complete_names)
@click.option("--of", "subjects", multiple=True, metavar="NAME", help="Only these companies, segments or countries.")
@click.option("--side", type=click.Choice(["cost", "revenue"]), default="cost", show_default=True, help="Whose shares.")
@click.option("--max-tier", type=click.IntRange(1), help="Stop after so many tiers.")
@click.option("--routes", default=10, show_default=True, type=click.IntRange(0), help="Show the largest routes.")
@finding_options
def exposure_command(  # noqa: PLR0913 - one parameter for each option
    *,
    targets: tuple[str, ...],
    subjects: tuple[str, ...],
    side: Literal["cost", "revenue"],
    max_tier: int | None,
    routes: int,
    as_of: str | None,
    evidence: bool,
    store: str | None,
    style: str,
) -> None:
    """Compute how much of companies' needs, or revenue, rests on TARGETS, directly and through all tiers.

    TARGETS are companies, products, segments, or countries as country:TW. Where no share is known on the way, the
    answer tells depth, routes and single points instead of a number.

    \b
    Example:
      graphkit exposure 台积电
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.exposure import exposure
        from graphkit.analyses.structure import structural_exposure

        target, subject = graph.resolve(targets), graph.resolve(subjects)
        found = exposure(network, target, subject, side=side, max_tier=max_tier, routes=routes)
        if found.coverage and found.coverage.known:
            return found
        return structural_exposure(network, target, subject)

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


@click.command("disrupt")
@click.argument("names", nargs=-1, required=True, shell_complete=complete_names)
@finding_options
def disrupt_command(
    *, names: tuple[str, ...], as_of: str | None, evidence: bool, store: str | None, style: str
) -> None:
    """Tell what stops and what runs short when NAMES fail together.

    NAMES are companies, products, segments, or countries as country:TW. A product needs all its essential parts, and
    any one of its makers.

    \b
    Example:
      graphkit disrupt 台积电
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.disruption import disrupt

        return disrupt(network, graph.resolve(names))

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


@click.command("weak-points")
@click.argument("product", shell_complete=complete_names)
@click.option("--largest", default=2, show_default=True, type=click.IntRange(1), help="How many may fail together.")
@click.option(
    "--by",
    type=click.Choice(["company", "country", "product"]),
    default="company",
    show_default=True,
    help="What fails.",
)
@finding_options
def weak_points_command(  # noqa: PLR0913 - one parameter for each option
    *,
    product: str,
    largest: int,
    by: Literal["company", "country", "product"],
    as_of: str | None,
    evidence: bool,
    store: str | None,
    style: str,
) -> None:
    """Find the smallest sets of failures that stop a PRODUCT: single points, hidden pairs, and so on.

    \b
    Example:
      graphkit weak-points "GB300 NVL72"
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.disruption import weak_points

        return weak_points(network, graph.resolve([product], ("Product",))[0], largest=largest, by=by)

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


@click.command("stop-chance")
@click.argument("product", shell_complete=complete_names)
@click.option(
    "--fail", "chances", multiple=True, metavar="NAME=P", help="The chance that a company or country:XX fails."
)
@click.option(
    "--otherwise", type=click.FloatRange(0, 1), help="The chance of all others; they do not fail when not given."
)
@finding_options
def stop_chance_command(  # noqa: PLR0913 - one parameter for each option
    *,
    product: str,
    chances: tuple[str, ...],
    otherwise: float | None,
    as_of: str | None,
    evidence: bool,
    store: str | None,
    style: str,
) -> None:
    """Compute the probability that a PRODUCT stops, if others fail independently.

    \b
    Example:
      graphkit stop-chance "GB300 NVL72" --fail 英伟达=0.01 --otherwise 0.001
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.disruption import stop_chance

        found = graph.resolve([product], ("Product",))[0]
        return stop_chance(network, found, read_chances(graph, chances), otherwise=otherwise)

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


def read_chances(graph: Graph, chances: Iterable[str]) -> dict[str, float]:
    """Chances by id, from words such as 台积电=0.01."""
    return {graph.resolve([name])[0]: chance for name, chance in map(_chance, chances)}


def _chance(text: str) -> tuple[str, float]:
    from graphkit.values import SHARE

    name, sign, value = text.rpartition("=")
    if not sign:
        raise QueryError(f"--fail {text!r} has no chance; write --fail NAME=0.01")
    try:
        return name, float(str(SHARE.clean(value)))
    except ValueError:
        raise QueryError(f"{value!r} is not a chance; write a number from 0 to 1, such as 0.01") from None


@click.command("chokepoints")
@click.argument("product", required=False, shell_complete=complete_names)
@click.option("--from", "sources", multiple=True, metavar="NAME", help="Where routes begin; anywhere upstream else.")
@finding_options
def chokepoints_command(
    *,
    product: str | None,
    sources: tuple[str, ...],
    as_of: str | None,
    evidence: bool,
    store: str | None,
    style: str,
) -> None:
    """Find what lies on every route to a PRODUCT or a company; without one, what holds the whole chain together.

    \b
    Example:
      graphkit chokepoints "GB300 NVL72"
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.chokepoints import articulation_points, dominating

        if product is None:
            return articulation_points(network)
        return dominating(network, graph.resolve([product], ("Product", "Company"))[0], graph.resolve(sources))

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


@click.command("lone-sources")
@click.argument("products", nargs=-1, shell_complete=complete_names)
@finding_options
def lone_sources_command(
    *, products: tuple[str, ...], as_of: str | None, evidence: bool, store: str | None, style: str
) -> None:
    """List sole sources and single sources, at any tier below PRODUCTS; of everything without.

    \b
    Example:
      graphkit lone-sources "GB300 NVL72"
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.chokepoints import lone_sources

        return lone_sources(network, graph.resolve(products, ("Product",)))

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)


@click.command("concentration")
@click.argument("names", nargs=-1, shell_complete=complete_names)
@click.option(
    "--by", type=click.Choice(["company", "country"]), default="company", show_default=True, help="Count what."
)
@finding_options
def concentration_command(
    *,
    names: tuple[str, ...],
    by: Literal["company", "country"],
    as_of: str | None,
    evidence: bool,
    store: str | None,
    style: str,
) -> None:
    """Compute how concentrated the makers of products, or the suppliers of companies, are (HHI), as intervals.

    \b
    Example:
      graphkit concentration UQD --by country
    """

    def analyse(network: Network, graph: Graph) -> Finding:
        from graphkit.analyses.chokepoints import concentrations

        return concentrations(network, graph.resolve(names, ("Product", "Company")), by=by)

    run_analysis(analyse, as_of=as_of, evidence=evidence, store=store, style=style)
