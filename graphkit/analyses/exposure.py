"""Total exposure: what part of a need, or of revenue, rests on a company, product, segment or country.

Cost side (Leontief): shares are parts of the buyer's need, and walks go upstream. Revenue side (Ghosh): shares are
parts of the seller's revenue, and walks go downstream. Rings are summed exactly. Each figure is an interval; where no
share is known at all there is no figure, but what the structure says: depth, independent routes, single points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.analyses.dependence import Dependence
from graphkit.analyses.findings import Coverage, Finding
from graphkit.analyses.leaning import Question, Side, largest_routes
from graphkit.analyses.structure import structural_exposure
from graphkit.analyses.targets import asked, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphkit.analyses.adjacency import Ints
    from graphkit.analyses.findings import Row
    from graphkit.analyses.input_output import Floats
    from graphkit.analyses.network import Network

__all__ = ["Side", "exposure"]

CONVERGED = 1e-6
"""A truncated figure within this of the limit has converged."""

MOST_TIERS = 100
"""Truncation is followed for at most so many tiers."""

UNKNOWN_SHARES = (
    "Unknown shares: low takes them as 0, high gives what the known ones leave over to the one unknown link where it "
    "counts most. An unknown high has no bound: a ring may pass everything on."
)

COLUMNS = (
    *("id", "name", "direct_low", "direct_high", "total_low", "total_high", "dependence_low", "dependence_high"),
    *("tier", "known", "claims"),
)

WORDS: Mapping[Side, str] = {"cost": "need", "revenue": "revenue"}


def exposure(  # noqa: PLR0913 - each is an option of the question
    network: Network,
    targets: Sequence[str],
    subjects: Sequence[str] = (),
    *,
    side: Side = "cost",
    max_tier: int | None = None,
    weights: Mapping[str, float] | None = None,
    routes: int = 10,
) -> Finding:
    """Find how much of the need, or of the revenue, of companies rests on a target, directly and through all tiers.

    `total` is what Leontief's (or Ghosh's) inverse gives: the sum over all walks, so that a walk that comes back
    counts again. `dependence` ends each walk at the target: the part of the whole that would be touched if the target
    stopped, never above 1.

    Args:
        network: Where to look.
        targets: Ids of companies, products or segments, or `country:TW`; together they are one target.
        subjects: The same, for whose exposure is asked; all companies when empty.
        side: `cost` for need and suppliers, `revenue` for revenue and customers.
        max_tier: Count only walks of up to so many links.
        weights: The parts of a portfolio by company id; adds a row for the whole portfolio.
        routes: How many of the largest contributing routes to list.
    """
    question = Question(network, side, meant(network, targets))
    who = meant(network, (*subjects, *(weights or {}))).companies if subjects or weights else None
    if not (~np.isnan(question.shares.share[question.on_the_way])).any():
        return structural_exposure(network, targets, subjects or tuple(weights or ()), side=side)
    figures = _Figures(question, max_tier)
    nodes = who if who is not None else np.flatnonzero(figures.total[1] > 0)
    rows = sorted((figures.row(int(node)) for node in nodes), key=lambda row: (-_number(row["total_low"]), row["id"]))
    if weights:
        rows.append(figures.portfolio({network.code(i): part for i, part in weights.items()}))
    listed = tuple(largest_routes(question, [network.code(str(row["id"])) for row in rows if row["id"]], routes))
    used = question.on_the_way
    return Finding(
        question=f"{side} side {asked(network, targets, subjects)}",
        columns=COLUMNS,
        rows=tuple(rows),
        assumptions=(*_assumptions(question, max_tier), *_weighed(weights)),
        coverage=question_coverage(question),
        claims=question.facts.claims(used.tolist()),
        details={"routes": listed, "tiers": tuple(figures.tier_rows(nodes))},
    )


class _Figures:
    """The figures of every node, and the rows made of them."""

    def __init__(self, question: Question, max_tier: int | None) -> None:
        self._question = question
        self._walks = Dependence(question.shares, question.hits, once=False)
        self._once = Dependence(question.shares, question.hits, once=True)
        self._max_tier = max_tier
        self.direct = self._walks.direct()
        self.total = self._of(self._walks)
        self.dependence = self._of(self._once)
        self._depths = question.depths

    def _of(self, dependence: Dependence) -> tuple[Floats, Floats]:
        if self._max_tier is None:
            return dependence.lowest(), dependence.highest()
        return dependence.tiers(self._max_tier)[-1] if self._max_tier else dependence.tiers(1)[0]

    def row(self, node: int) -> Row:
        """The figures of one company."""
        network, known = self._question.network, self._question.shares.known
        own = self._question.own
        links = own.links[own.leaving(np.array([node]))]
        return {
            "id": network.ids[node],
            "name": network.names[node],
            **self._intervals(lambda values: float(values[node])),
            "tier": int(self._depths[node]) if self._depths[node] > 0 else None,
            "known": min(float(known[node]), 1.0),
            "claims": self._question.facts.claims(self._question.on_the_way[links].tolist()),
        }

    def portfolio(self, weights: Mapping[int, float]) -> Row:
        """The figures of a portfolio: those of its companies, weighted."""
        known = self._question.shares.known
        depths = [int(self._depths[node]) for node in weights if self._depths[node] > 0]
        claims = {claim for node in weights for claim in cast("tuple[str, ...]", self.row(node)["claims"])}
        return {
            "id": "",
            "name": "portfolio",
            **self._intervals(lambda values: sum(part * float(values[node]) for node, part in weights.items())),
            "tier": min(depths, default=None),
            "known": sum(part * min(float(known[node]), 1.0) for node, part in weights.items()),
            "claims": tuple(sorted(claims)),
        }

    def _intervals(self, pick: Callable[[Floats], float]) -> Row:
        named = {"direct": self.direct, "total": self.total, "dependence": self.dependence}
        return {
            f"{name}_{end}": _finite(pick(values))
            for name, ends in named.items()
            for end, values in zip(("low", "high"), ends, strict=True)
        }

    def tier_rows(self, nodes: Ints) -> Iterator[Row]:
        """The total of the companies asked about by up to 1, 2, ... links, until it stays as it is."""
        if not len(nodes):
            return
        low = self._walks.lowest()
        for tier, (so_far, high) in enumerate(self._walks.tiers(self._max_tier or MOST_TIERS), start=1):
            missing = float(np.max(np.where(np.isfinite(low[nodes]), low[nodes] - so_far[nodes], 0.0), initial=0.0))
            converged = missing <= CONVERGED
            yield {
                "tier": tier,
                "total_low": float(so_far[nodes].sum()),
                "total_high": _finite(float(high[nodes].sum())),
                "largest_gap": missing,
                "converged": converged,
            }
            if converged:
                return


def question_coverage(question: Question) -> Coverage:
    """The known part of the wholes of all who lean on the target."""
    holders = np.unique(question.shares.holder[question.on_the_way])
    known = float(np.minimum(question.shares.known[holders], 1.0).sum())
    return Coverage(known, float(len(holders)), f"companies' {WORDS[question.side]} on the way to the target")


def _assumptions(question: Question, max_tier: int | None) -> tuple[str, ...]:
    shares, network = question.shares, question.network
    word = WORDS[question.side]
    whose = "buyer" if question.side == "cost" else "seller"
    one = (
        f"A share is a part of the {whose}'s {word}; those of one company are parts of one whole, whatever the product."
    )
    found = [one, UNKNOWN_SHARES]
    if max_tier is not None:
        found.append(f"Only ways of up to {max_tier} links count.")
    over = [network.names[node] for node in np.flatnonzero(shares.several)]
    if over:
        found.append(
            f"Known shares add up to more than 1 for {', '.join(over)}: they are read as parts of the {word} of each "
            "product, and how much each product weighs is unknown (low 0, high the worst product)."
        )
    return tuple(found)


def _weighed(weights: Mapping[str, float] | None) -> tuple[str, ...]:
    """Say how much of a portfolio its companies are."""
    if not weights:
        return ()
    return (f"The companies given are {sum(weights.values()):.4g} of the portfolio; the rest counts as not exposed.",)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _number(value: object) -> float:
    return value if isinstance(value, float) else np.inf
