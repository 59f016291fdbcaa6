"""Commands that compute: exposure through all tiers, disruption, chokepoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from graphkit.cli import marking
from graphkit.cli.analysing import BY_ROLE, OTHERWISE, analysis, chance_option, read_chances, read_weights
from graphkit.cli.completion import complete_names

if TYPE_CHECKING:
    from graphkit.analyses.availability import By
    from graphkit.analyses.exposure import Side
    from graphkit.analyses.findings import Finding
    from graphkit.analyses.network import Network
    from graphkit.graph import Graph

PRODUCT = click.argument("product", shell_complete=complete_names)


def _by(*choices: str) -> click.Choice[str]:
    return click.Choice(choices)


@analysis(
    "exposure",
    click.argument("targets", nargs=-1, required=True, shell_complete=complete_names),
    click.option(
        "--of", "subjects", multiple=True, metavar="NAME", help="Only these companies, segments or countries."
    ),
    click.option(
        "--portfolio", metavar="FILE", help="Only these companies, and all together: a table of name, weight."
    ),
    click.option("--side", type=_by("cost", "revenue"), default="cost", show_default=True, help="Whose shares."),
    click.option("--max-tier", type=click.IntRange(1), help="Stop after so many tiers."),
    click.option("--routes", default=10, show_default=True, type=click.IntRange(0), help="Show the largest routes."),
    marks=marking.exposed,
)
def exposure_command(  # noqa: PLR0913 - one parameter for each option
    graph: Graph,
    network: Network,
    *,
    targets: tuple[str, ...],
    subjects: tuple[str, ...],
    portfolio: str | None,
    side: Side,
    max_tier: int | None,
    routes: int,
) -> Finding:
    """Compute how much of companies' needs, or revenue, rests on TARGETS, directly and through all tiers.

    TARGETS are companies, products, segments, or countries as country:TW. Where no share is known on the way, the
    answer tells depth, routes and single points instead of a number.

    \b
    Example:
      graphkit exposure 台积电
    """
    from graphkit.analyses.exposure import exposure

    weights = read_weights(graph, portfolio) if portfolio else None
    target, subject = graph.resolve(targets), graph.resolve(subjects)
    return exposure(network, target, subject, side=side, max_tier=max_tier, weights=weights, routes=routes)


@analysis(
    "disrupt",
    click.argument("names", nargs=-1, required=True, shell_complete=complete_names),
    BY_ROLE,
    marks=marking.hit,
)
def disrupt_command(graph: Graph, network: Network, *, names: tuple[str, ...], by_role: bool) -> Finding:
    """Tell what stops and what runs short when NAMES fail together.

    NAMES are companies, products, segments, or countries as country:TW. A product needs all its essential parts, and
    any one of its makers.

    \b
    Example:
      graphkit disrupt 台积电 --by-role
    """
    from graphkit.analyses.availability import Availability
    from graphkit.analyses.disruption import disrupt

    return disrupt(network, graph.resolve(names), availability=Availability(network, by_role=by_role))


@analysis(
    "weak-points",
    PRODUCT,
    click.option("--largest", default=2, show_default=True, type=click.IntRange(1), help="How many may fail together."),
    click.option(
        "--by", type=_by("company", "country", "product"), default="company", show_default=True, help="What fails."
    ),
    BY_ROLE,
    marks=marking.weak,
)
def weak_points_command(
    graph: Graph, network: Network, *, product: str, largest: int, by: By, by_role: bool
) -> Finding:
    """Find the smallest sets of failures that stop a PRODUCT: single points, hidden pairs, and so on.

    \b
    Example:
      graphkit weak-points "GB300 NVL72"
    """
    from graphkit.analyses.availability import Availability
    from graphkit.analyses.disruption import weak_points

    found = graph.resolve([product], ("Product",))[0]
    return weak_points(network, found, largest=largest, by=by, availability=Availability(network, by_role=by_role))


@analysis("stop-chance", PRODUCT, chance_option(), OTHERWISE, BY_ROLE)
def stop_chance_command(
    graph: Graph,
    network: Network,
    *,
    product: str,
    chances: tuple[str, ...],
    otherwise: float | None,
    by_role: bool,
) -> Finding:
    """Compute the probability that a PRODUCT stops, if others fail independently.

    \b
    Example:
      graphkit stop-chance "GB300 NVL72" --fail 英伟达=0.01 --otherwise 0.001
    """
    from graphkit.analyses.availability import Availability
    from graphkit.analyses.disruption import stop_chance

    found, told = graph.resolve([product], ("Product",))[0], read_chances(graph, chances)
    model = Availability(network, by_role=by_role)
    return stop_chance(network, found, told, otherwise=otherwise, availability=model)


@analysis(
    "chokepoints",
    click.argument("product", required=False, shell_complete=complete_names),
    click.option(
        "--from", "sources", multiple=True, metavar="NAME", help="Where routes begin; anywhere upstream else."
    ),
    marks=marking.chokepoints,
)
def chokepoints_command(graph: Graph, network: Network, *, product: str | None, sources: tuple[str, ...]) -> Finding:
    """Find what lies on every route to a PRODUCT or a company; without one, what holds the whole chain together.

    \b
    Example:
      graphkit chokepoints "GB300 NVL72"
    """
    from graphkit.analyses.chokepoints import articulation_points, dominating

    if product is None:
        return articulation_points(network)
    return dominating(network, graph.resolve([product], ("Product", "Company"))[0], graph.resolve(sources))


@analysis("lone-sources", click.argument("products", nargs=-1, shell_complete=complete_names), marks=marking.lone)
def lone_sources_command(graph: Graph, network: Network, *, products: tuple[str, ...]) -> Finding:
    """List sole sources and single sources, at any tier below PRODUCTS; of everything without.

    \b
    Example:
      graphkit lone-sources "GB300 NVL72"
    """
    from graphkit.analyses.chokepoints import lone_sources

    return lone_sources(network, graph.resolve(products, ("Product",)))


@analysis(
    "concentration",
    click.argument("names", nargs=-1, shell_complete=complete_names),
    click.option("--by", type=_by("company", "country"), default="company", show_default=True, help="Count what."),
)
def concentration_command(
    graph: Graph, network: Network, *, names: tuple[str, ...], by: Literal["company", "country"]
) -> Finding:
    """Compute how concentrated the makers of products, or the suppliers of companies, are (HHI), as intervals.

    \b
    Example:
      graphkit concentration UQD --by country
    """
    from graphkit.analyses.chokepoints import concentrations

    return concentrations(network, graph.resolve(names, ("Product", "Company")), by=by)
