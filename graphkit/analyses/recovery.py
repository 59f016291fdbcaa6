"""How long stocks last, what an outage costs, and how exposed that leaves us: TTS, TTR, REI (Simchi-Levi et al. 2015).

Two linear programs per outage, over what is left of capacity: the least cost of lost sales until recovery (time to
recover, TTR), and the longest time without any loss (time to survive, TTS). The risk exposure index (REI) is the cost
as a part of the worst outage's. Among plans of equal cost the one of fewest lost units, then of least production
counts, so that the figures do not depend on the solver.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.findings import Finding
from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.findings import Row

    Floats = NDArray[np.float64]

__all__ = ["HORIZON", "Item", "Operations", "Outage", "Site", "recovery"]

HORIZON = 999.0
"""Who survives for so many periods survives without limit."""

EVEN = (
    "Capacity that is left can be shifted at once between all that a site makes; stocks can be used from day one; "
    "demand and capacity are even over time."
)

SLACK = 1e-9
"""By so much, relatively, a later goal may worsen an earlier one: below it the solver cannot tell."""


@dataclass(frozen=True, slots=True)
class Site:
    """A supplier or a plant: what it can make, and how many units in a period over all of it."""

    name: str
    capacity: float
    makes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A product or a part: what is wanted of it in a period, on stock, lost with a unit, and needed for one."""

    name: str
    demand: float = 0.0
    inventory: float = 0.0
    unit_loss: float = 0.0
    needs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outage:
    """What is down and for how long; `left` is the part of its capacity that each site keeps, 0 for all of `down`."""

    name: str
    time_to_recover: float
    down: tuple[str, ...] = ()
    left: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Operations:
    """Who can make what of what."""

    sites: tuple[Site, ...]
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        names = {item.name for item in self.items}
        problems = [
            Problem("operations", 0, site.name, f"makes {product}, of which there are no figures")
            for site in self.sites
            for product in site.makes
            if product not in names
        ]
        problems += [
            Problem("operations", 0, item.name, f"needs {part}, of which there are no figures")
            for item in self.items
            for part in item.needs
            if part not in names
        ]
        if problems:
            raise InputError(problems)


def recovery(operations: Operations, outages: Sequence[Outage], *, horizon: float = HORIZON) -> Finding:
    """Find time to survive, lost profit and risk exposure index of some outages.

    Args:
        operations: Capacities, stocks, demand and losses.
        outages: What may go down, and for how long.
        horizon: The longest time to survive that is told from "without limit".

    Raises:
        InputError: an outage names a site that there is none of.
    """
    _check(operations, outages)
    plans = [_Plan(operations, outage) for outage in outages]
    losses = [plan.least_loss() for plan in plans]
    worst = max((cost for cost, _, _ in losses), default=0.0)
    rows: list[Row] = []
    for outage, plan, (cost, units, production) in zip(outages, plans, losses, strict=True):
        survive = plan.longest(horizon)
        rows.append(
            {
                "outage": outage.name,
                "cost": cost,
                "exposure_index": cost / worst if worst else 0.0,
                "lost_units": units,
                "production": production,
                "time_to_recover": outage.time_to_recover,
                "time_to_survive": survive,
                "without_limit": survive >= horizon,
                "gap": max(0.0, outage.time_to_recover - survive),
            }
        )
    return Finding(
        question="how long stocks last, and what outages cost",
        columns=tuple(rows[0]) if rows else (),
        rows=tuple(rows),
        assumptions=(
            EVEN,
            f"A time to survive of {horizon:g} means without limit; the index is the cost as a part of the worst one.",
        ),
    )


def _check(operations: Operations, outages: Sequence[Outage]) -> None:
    known = {site.name for site in operations.sites}
    problems = [
        Problem("outages", 0, outage.name, f"{name} goes down, which is no site")
        for outage in outages
        for name in (*outage.down, *outage.left)
        if name not in known
    ]
    if problems:
        raise InputError(problems)


class _Plan:
    """The linear programs of one outage, over the production of each item at each site, lost units, and time."""

    def __init__(self, operations: Operations, outage: Outage) -> None:
        self._items, self._outage = operations.items, outage
        place = {item.name: i for i, item in enumerate(operations.items)}
        self._runs = [(s, place[name]) for s, site in enumerate(operations.sites) for name in site.makes]
        left = {**outage.left, **dict.fromkeys(outage.down, 0.0)}
        self._capacity = np.array([site.capacity * left.get(site.name, 1.0) for site in operations.sites])
        self._demand = np.array([item.demand for item in self._items])
        self._stock = np.array([item.inventory for item in self._items])
        self._loss = np.array([item.unit_loss for item in self._items])
        made = np.zeros((len(self._items), len(self._runs)))
        used = np.zeros((len(operations.sites), len(self._runs)))
        for run, (site, item) in enumerate(self._runs):
            made[item, run] += 1
            used[site, run] = 1
            for part, quantity in self._items[item].needs.items():
                made[place[part], run] -= quantity
        self._made, self._used = made, used

    def least_loss(self) -> tuple[float, float, float]:
        """The cost, the lost units and the production of the best plan until recovery."""
        time = self._outage.time_to_recover
        items, runs = len(self._items), len(self._runs)
        matrix = np.block([[-self._made, -np.eye(items)], [self._used, np.zeros((len(self._capacity), items))]])
        limit = np.concatenate([self._stock - self._demand * time, self._capacity * time])
        bounds = [(0, None)] * runs + [(0, demand * time) for demand in self._demand]
        goals = [
            np.concatenate([np.zeros(runs), self._loss]),
            np.concatenate([np.zeros(runs), np.ones(items)]),
            np.concatenate([np.ones(runs), np.zeros(items)]),
        ]
        reached: list[float] = []
        for goal in goals:
            value = float(_solved(goal, matrix, limit, bounds).fun)
            reached.append(value)
            matrix = np.vstack([matrix, goal])
            limit = np.append(limit, value + SLACK * max(1.0, abs(value)))
        cost, units, production = (max(0.0, round(value, 6)) for value in reached)
        return cost, units, production

    def longest(self, horizon: float) -> float:
        """The longest time without a lost unit."""
        matrix = np.block([[-self._made, self._demand[:, None]], [self._used, -self._capacity[:, None]]])
        limit = np.concatenate([self._stock, np.zeros(len(self._capacity))])
        goal = np.zeros(len(self._runs) + 1)
        goal[-1] = -1
        bounds = [(0, None)] * len(self._runs) + [(0, horizon)]
        return -float(_solved(goal, matrix, limit, bounds).fun)


def _solved(goal: Floats, matrix: Floats, limit: Floats, bounds: Sequence[tuple[float, float | None]]) -> Any:  # noqa: ANN401 - SciPy has no types
    from scipy.optimize import linprog

    found = linprog(goal, A_ub=matrix, b_ub=limit, bounds=bounds, method="highs")
    if not found.success:
        message = f"these figures allow no plan: {found.message}"
        raise InputError([Problem("operations", 0, "", message)])
    return found
