"""Structural exposure: what the links alone say of how somebody hangs on somebody else, where no share is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.findings import Coverage, Finding, claims_in
from graphkit.analyses.routes import Routes
from graphkit.analyses.targets import asked, meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.analyses.adjacency import Ints
    from graphkit.analyses.findings import Row
    from graphkit.analyses.leaning import Side
    from graphkit.analyses.network import Network
    from graphkit.analyses.targets import Meant

__all__ = ["structural_exposure"]

NO_FIGURE = (
    "No share is known on any way to the target, so there is no figure: tier is the shortest way in links, routes "
    "counts ways that share no node in between, single points stand on every way."
)

WAYS: Mapping[Side, tuple[str, ...]] = {
    "cost": (
        "Any maker, supplier, part or kind counts as a way; that others could stand in for it is not considered.",
        "What goes into a product goes into its kinds, too.",
    ),
    "revenue": (
        "Any customer, user or whole counts as a way; that others may buy instead is not considered.",
        "Who sells less is taken to need less of what it buys.",
    ),
}


def structural_exposure(
    network: Network, targets: Sequence[str], subjects: Sequence[str] = (), *, side: Side = "cost"
) -> Finding:
    """Find how companies hang on a target where no share is known: how near, by how many routes, through whom.

    Args:
        network: Where to look.
        targets: Ids of companies, products or segments, or `country:TW`; together they are one target.
        subjects: The same, for whose exposure is asked; all companies when empty.
        side: `cost` for what is needed of the target, `revenue` for what is sold to it or goes into what it makes.
    """
    target = meant(network, targets)
    flows, sources = _laid_out(network, target, side)
    who = meant(network, subjects).companies if subjects else network.of_type("Company")
    depth, came_by = flows.depths(sources)
    targeted = set(target.all.tolist())
    rows: list[Row] = []
    for node in who[~np.isin(who, target.companies)].tolist():
        sink = flows.sink(node)
        if depth[sink] <= 0:
            continue
        way = flows.shortest(came_by, sink)
        rows.append(
            {
                "id": network.ids[node],
                "name": network.names[node],
                "tier": int(depth[sink]),
                "routes": flows.independent(sources, sink),
                "single_points": tuple(network.ids[n] for n in flows.single_points(sources, sink) if n not in targeted),
                "route": tuple(network.names[n] for n in _stations(flows, way)),
                "claims": flows.claims(way),
            }
        )
    rows.sort(key=lambda row: (row["tier"], -int(str(row["routes"])), row["id"]))
    return Finding(
        question=f"structural {asked(network, targets, subjects)}, {side} side",
        columns=("id", "name", "tier", "routes", "single_points", "route", "claims"),
        rows=tuple(rows),
        assumptions=(NO_FIGURE, *WAYS[side]),
        coverage=Coverage(0, len(rows), "companies with a known share"),
        claims=claims_in(rows),
    )


def _laid_out(network: Network, target: Meant, side: Side) -> tuple[Routes, Ints]:
    """The flows by which a stop travels from the target, and where it begins."""
    if side == "cost":  # who makes a product that is the target is touched, too
        return Routes.of(network, wide=True), np.concatenate([target.all, target.products + len(network)])
    return Routes.of(network).reversed(), np.concatenate([target.companies + len(network), target.products])


def _stations(flows: Routes, way: Sequence[int]) -> list[int]:
    if not way:
        return []
    nodes = [flows.node(int(flows.near[way[0]])), *(flows.node(int(flows.far[flow])) for flow in way)]
    return [node for place, node in enumerate(nodes) if not place or node != nodes[place - 1]]
