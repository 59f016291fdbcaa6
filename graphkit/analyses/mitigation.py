"""Which one new source, or which one buffer, would help most: each is tried out by the engine that found the risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.availability import ITSELF, Availability
from graphkit.analyses.disruption import INDEPENDENT, assumptions
from graphkit.analyses.fault_trees import FaultTree, TooLargeError
from graphkit.analyses.findings import Coverage, Finding, claims_in
from graphkit.analyses.targets import COUNTRY_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network

__all__ = ["mitigations", "second_sources"]

SIZE = 2
"""Sets of up to so many failures are counted."""

ROUNDING = 1e-12

COLUMNS = (
    *("measure", "id", "name", "probability_before", "probability_after"),
    *("singles_before", "singles_after", "pairs_before", "pairs_after", "claims"),
)

ONE_AT_A_TIME = (
    "One measure at a time. A new source is independent of all others and makes the product alone; a buffer outlasts "
    "every outage of the product."
)

NEW = "new source of "


def second_sources(tree: FaultTree, top: str, chances: Mapping[str, float]) -> list[tuple[str, float]]:
    """The probability that a gate fails if an event had an independent double, for each event; the best first."""
    found = [
        (event, tree.probability(top, {**chances, event: chances[event] ** 2}))
        for event in tree.events(top)
        if event in chances
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def mitigations(
    network: Network,
    product: str,
    chances: Mapping[str, float] | None = None,
    *,
    otherwise: float | None = None,
    by_role: bool = False,
) -> Finding:
    """Rank new sources and buffers for whatever a product hangs on.

    With chances the probability that the product stops decides, without them the number of single points of failure,
    then of hidden pairs.

    Args:
        network: The facts.
        product: Id of the product.
        chances: The chance that each company fails, by id.
        otherwise: The chance of all companies not named; what is not named never fails when None.
        by_role: Whether designers and foundries need each other.
    """
    trial = _Trial(network, product, chances or {}, otherwise, by_role=by_role)
    before = trial.outcome(Availability(network, by_role=by_role), {})
    rows: list[Row] = []
    for name in trial.candidates():
        rows += [trial.new_source(name, before), trial.buffer(name, before)]
    tried = [row for row in rows if row]
    ranked = sorted(filter(_helps, tried), key=_rank)
    under = trial.model.products_under(product)
    return Finding(
        question=f"what would make {network.names[network.code(product)]} safer",
        columns=COLUMNS,
        rows=tuple(ranked),
        assumptions=(
            ONE_AT_A_TIME,
            f"{len(tried)} measures were tried; {len(tried) - len(ranked)} of them would change nothing.",
            *((INDEPENDENT,) if trial.has_chances else ()),
            *assumptions(trial.model),
        ),
        coverage=Coverage(len(under) - len(trial.model.blind_spots(under)), len(under), "products with a known source"),
        claims=claims_in(ranked),
    )


def _helps(row: Row) -> bool:
    """Whether a measure changes any figure by more than rounding."""
    return any(
        abs(float(str(row[f"{name}_before"])) - float(str(row[f"{name}_after"]))) > ROUNDING
        for name in ("probability", "singles", "pairs")
        if row[f"{name}_before"] is not None
    )


def _rank(row: Row) -> tuple[float, ...] | tuple[object, ...]:
    after = row["probability_after"]
    return (
        after if isinstance(after, float) else 0.0,
        row["singles_after"],
        row["pairs_after"],
        row["id"],
        row["measure"],
    )


class _Trial:
    """Measures tried out on one product."""

    def __init__(
        self,
        network: Network,
        product: str,
        chances: Mapping[str, float],
        otherwise: float | None,
        *,
        by_role: bool,
    ) -> None:
        self._network, self._product, self._by_role = network, product, by_role
        self._chances, self._otherwise = chances, otherwise
        self.model = Availability(network, by_role=by_role)
        self._together = [name for name in chances if name.startswith(COUNTRY_PREFIX)]
        self.has_chances = bool(chances) or otherwise is not None

    def candidates(self) -> list[str]:
        """The products that singles or pairs of failures take down on their way; all under it if there are none."""
        tree = self.model.tree()
        under = set(self.model.products_under(self._product))
        on_the_way = {
            name for events in tree.cut_sets(self._product, SIZE) for name in tree.failed(events) if name in under
        }
        return sorted(on_the_way or under)

    def outcome(self, model: Availability, new: Mapping[str, float]) -> tuple[float | None, int, int]:
        """The probability that the product stops, and how many singles and pairs would stop it."""
        tree = model.tree(together=self._together)
        sizes = [len(events) for events in tree.cut_sets(self._product, SIZE)]
        probability = None
        if self.has_chances:
            known = {event: new.get(event, self._chance(event)) for event in tree.events(self._product)}
            try:
                probability = tree.probability(self._product, known)
            except TooLargeError:
                probability = tree.bounds(self._product, known)[1]
        return probability, sizes.count(1), sizes.count(2)

    def _chance(self, event: str) -> float:
        return self._chances.get(event.removeprefix(ITSELF), self._otherwise or 0.0)

    def new_source(self, name: str, before: tuple[float | None, int, int]) -> Row:
        """The row of one more source of a product, as safe as the best that is known."""
        sources = self.model.sources.get(name, ())
        if not sources:
            return {}
        joined = NEW + name
        chances = [self._chance(source) for source in sources if source in self._network.codes]
        model = Availability(self._network, by_role=self._by_role, added={name: [joined]})
        return self._row("new source", name, before, self.outcome(model, {joined: min(chances, default=0.0)}))

    def buffer(self, name: str, before: tuple[float | None, int, int]) -> Row:
        """The row of a buffer of a product; the product itself cannot be its own buffer."""
        if name == self._product:
            return {}
        model = Availability(self._network, by_role=self._by_role, secured=[name])
        return self._row("buffer", name, before, self.outcome(model, {}))

    def _row(
        self, measure: str, name: str, before: tuple[float | None, int, int], after: tuple[float | None, int, int]
    ) -> Row:
        claims = {c for source in self.model.sources.get(name, ()) for c in self.model.claims.get((name, source), ())}
        return {
            "measure": measure,
            "id": name,
            "name": self._network.names[self._network.code(name)],
            "probability_before": before[0],
            "probability_after": after[0],
            "singles_before": before[1],
            "singles_after": after[1],
            "pairs_before": before[2],
            "pairs_after": after[2],
            "claims": tuple(sorted(claims)),
        }
