"""Systemic risk of the companies of a network: the firms behind the facts, and what the failure of each would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.esri import ESSENTIAL, NON_ESSENTIAL, TOLERANCE, Firms, systemic_risks
from graphkit.analyses.findings import Coverage, Finding

if TYPE_CHECKING:
    from graphkit.analyses.findings import Row
    from graphkit.analyses.firms import Ints
    from graphkit.analyses.network import Network

__all__ = ["firms_of", "systemic_risk"]

EQUAL_LINKS = "Not all links have an amount, so each counts 1: a figure says where a firm stands, not what it sells."

SECTORS_AND_KINDS = (
    "Firms of one sector (the smallest segment that they are in) can replace each other by their part of its sales; an "
    "input is essential unless it is said not to be."
)


def firms_of(network: Network) -> tuple[Firms, Coverage]:
    """The companies of a network as firms, and how many of the amounts between them are known.

    Amounts in yuan weigh the links where all are known, else each link counts 1. A firm's sector is the smallest
    segment that it is in, or its own. An input is essential unless it is only said to go, inessentially, into what the
    buyer makes.
    """
    facts = network.facts("SUPPLIES")
    amount = facts.number("amount_cny")
    known = int((amount > 0).sum())
    weight = amount if known == len(facts) else np.ones(len(facts))
    order = np.full(len(network), -1, dtype=np.int64)
    companies = network.of_type("Company")
    order[companies] = np.arange(len(companies))
    firms = Firms(order[facts.subject], order[facts.object], weight, _kinds(network), _sectors(network)[companies])
    return firms, Coverage(known, len(facts), "amounts of supply links")


def _sectors(network: Network) -> Ints:
    """The smallest segment of each node, or its own number, counted on from the segments."""
    member, segment = (side.astype(np.int64) for side in network.ends("IN_SEGMENT"))
    size = np.bincount(segment, minlength=len(network))
    sector = np.arange(len(network)) + len(network)
    order = np.lexsort((-segment, -size[segment]))
    sector[member[order]] = segment[order]  # the smallest comes last, and stays
    return np.unique(sector, return_inverse=True)[1].astype(np.int64)


def _kinds(network: Network) -> Ints:
    """What the lack of each supplied product does to its buyer."""
    supplies, makes, goes = (network.facts(link) for link in ("SUPPLIES", "MAKES", "GOES_INTO"))
    made: dict[int, set[int]] = {}
    for maker, product in zip(makes.subject.tolist(), makes.object.tolist(), strict=True):
        made.setdefault(maker, set()).add(product)
    wholes: dict[int, dict[int, bool]] = {}
    for part, whole, essential in zip(
        goes.subject.tolist(), goes.object.tolist(), (goes.number("essential") != 0).tolist(), strict=True
    ):
        wholes.setdefault(part, {})[whole] = essential
    kinds = np.full(len(supplies), ESSENTIAL, dtype=np.int64)
    for place, (buyer, product) in enumerate(
        zip(supplies.object.tolist(), supplies.reference("product").tolist(), strict=True)
    ):
        uses = [essential for whole, essential in wholes.get(product, {}).items() if whole in made.get(buyer, ())]
        if uses and not any(uses):
            kinds[place] = NON_ESSENTIAL
    return kinds


def _both_ways(firms: Firms) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    return (firms.supplier, firms.customer), (firms.customer, firms.supplier)


def systemic_risk(network: Network, *, tolerance: float = TOLERANCE, workers: int = 1) -> Finding:
    """Find what part of all sales would be lost if a company failed, for every company that sells or buys.

    Args:
        network: The facts.
        tolerance: Rounds end when no firm changes by more.
        workers: How many processes share the work.
    """
    firms, coverage = firms_of(network)
    companies = network.of_type("Company")
    taking_part = np.unique(np.concatenate([firms.supplier, firms.customer]))
    risks = systemic_risks(firms, taking_part, tolerance=tolerance, workers=workers)
    facts = network.facts("SUPPLIES")
    sold, bought = (adjacency(side, other, firms.size) for side, other in _both_ways(firms))
    rows: list[Row] = []
    for firm, risk in zip(taking_part.tolist(), risks.tolist(), strict=True):
        code = int(companies[firm])
        sales, purchases = (side.leaving(np.array([firm])) for side in (sold, bought))
        rows.append(
            {
                "id": network.ids[code],
                "name": network.names[code],
                "country": network.countries[code],
                "risk": risk,
                "sales": float(firms.sales[firm]),
                "customers": len(set(sold.targets[sales].tolist())),
                "suppliers": len(set(bought.targets[purchases].tolist())),
                "claims": facts.claims([*sold.links[sales].tolist(), *bought.links[purchases].tolist()]),
            }
        )
    rows.sort(key=lambda row: (-float(str(row["risk"])), row["id"]))
    weighed = coverage.known == coverage.total
    return Finding(
        question=f"what part of all {'sales' if weighed else 'supply links'} would be lost if a company failed (ESRI)",
        columns=("id", "name", "country", "risk", "sales", "customers", "suppliers", "claims"),
        rows=tuple(rows),
        assumptions=(
            f"Rounds end when no firm changes by more than {tolerance:g}.",
            "Links weigh what they are worth in yuan." if weighed else EQUAL_LINKS,
            SECTORS_AND_KINDS,
        ),
        coverage=coverage,
        claims=facts.claims(range(len(facts))),
    )
