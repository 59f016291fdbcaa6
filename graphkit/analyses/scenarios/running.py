"""Scenarios run side by side: what stops and runs short in each, who is hit at which tier, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from graphkit.analyses.availability import Availability
from graphkit.analyses.disruption import disrupt
from graphkit.analyses.effects import SHORT, STOPS
from graphkit.analyses.findings import Finding
from graphkit.analyses.recovery import HORIZON, Outage, recovery
from graphkit.analyses.targets import meant
from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network
    from graphkit.analyses.scenarios.reading import Scenario, ScenarioFile

__all__ = ["run_scenarios"]

COUNTED = (
    ("products_stop", STOPS, "Product"),
    ("products_short", SHORT, "Product"),
    ("companies_stop", STOPS, "Company"),
    ("companies_short", SHORT, "Company"),
)
PRICED = ("cost", "exposure_index", "lost_units", "time_to_survive", "gap")


def run_scenarios(network: Network, plan: ScenarioFile) -> Finding:
    """Run all scenarios of a file on the same facts.

    The rows compare the scenarios. The details hold `hits` (each node hit, with its effect and tier in every
    scenario, for tables and the map), `watched`, and the rows of each scenario under its name.

    Args:
        network: The facts, filtered to the day of the file.
        plan: The scenarios.

    Raises:
        InputError: the file gives capacities, but a scenario does not say how long it lasts.
    """
    findings = {scenario.name: _disrupted(network, plan, scenario) for scenario in plan.scenarios}
    prices = _prices(network, plan)
    rows = [_summary(scenario, findings[scenario.name], prices.get(scenario.name, {})) for scenario in plan.scenarios]
    assumed = dict.fromkeys(text for finding in findings.values() for text in finding.assumptions)
    first = next(iter(findings.values()))
    return Finding(
        question=plan.title,
        columns=tuple(rows[0]),
        rows=tuple(rows),
        assumptions=tuple(assumed),
        coverage=first.coverage,
        claims=tuple(sorted({claim for finding in findings.values() for claim in finding.claims})),
        details={
            "watched": tuple(_watched(network, plan, findings)),
            "hits": tuple(_hits(findings)),
            **{name: finding.rows for name, finding in findings.items()},
        },
    )


def _disrupted(network: Network, plan: ScenarioFile, scenario: Scenario) -> Finding:
    model = Availability(network, by_role=plan.by_role, added=scenario.new_sources, substitutes=scenario.stand_ins)
    return disrupt(network, scenario.fails, availability=model)


def _prices(network: Network, plan: ScenarioFile) -> dict[str, Row]:
    """What each scenario costs, where the file gives capacities."""
    if plan.operations is None:
        return {}
    silent = [scenario.name for scenario in plan.scenarios if scenario.periods is None]
    if silent:
        message = "does not say how many periods it lasts, which its cost depends on; add periods"
        raise InputError(Problem(plan.title, 0, name, message) for name in silent)
    sites = {site.name for site in plan.operations.sites}
    outages = []
    for scenario in plan.scenarios:
        failing = {network.ids[code] for code in meant(network, scenario.fails).all.tolist()}
        outages.append(Outage(scenario.name, scenario.periods or 0.0, tuple(sorted(failing & sites))))
    return {str(row["outage"]): row for row in recovery(plan.operations, outages, horizon=HORIZON).rows}


def _summary(scenario: Scenario, finding: Finding, price: Row) -> Row:
    row: Row = {"scenario": scenario.name, "fails": scenario.fails, "periods": scenario.periods}
    for name, effect, label in COUNTED:
        row[name] = sum(hit["effect"] == effect and hit["type"] == label for hit in finding.rows)
    row["deepest_tier"] = max((cast("int", hit["tier"]) for hit in finding.rows), default=0)
    row["blind_spots"] = len(finding.details["blind_spots"])
    row |= {name: price.get(name) for name in PRICED}
    return row | {"claims": finding.claims}


def _hits(findings: dict[str, Finding]) -> list[Row]:
    """Each node hit, with its effect and tier in every scenario, the nearest first."""
    found: dict[str, Row] = {}
    for name, finding in findings.items():
        for hit in finding.rows:
            row = found.setdefault(
                str(hit["id"]),
                {key: hit[key] for key in ("id", "name", "type")} | dict.fromkeys(findings) | {"tier": hit["tier"]},
            )
            row[name] = f"{hit['effect']} (tier {hit['tier']})"
            row["tier"] = min(cast("int", row["tier"]), cast("int", hit["tier"]))
    return sorted(found.values(), key=lambda row: (row["tier"], row["id"]))


def _watched(network: Network, plan: ScenarioFile, findings: dict[str, Finding]) -> list[Row]:
    rows: list[Row] = []
    for watched in plan.watch:
        row: Row = {"id": watched, "name": network.names[network.code(watched)]}
        for scenario in plan.scenarios:
            failing = {hit["id"] for hit in findings[scenario.name].details["failing"]}
            hit = next((hit for hit in findings[scenario.name].rows if hit["id"] == watched), None)
            effect = "fails" if watched in failing else "goes on"
            row[scenario.name] = f"{hit['effect']} (tier {hit['tier']})" if hit else effect
        rows.append(row)
    return rows
