"""What stops and what runs short when somebody fails, and which failures would stop a product."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.analyses.availability import ITSELF, Availability, By
from graphkit.analyses.effects import STOPS, Effects
from graphkit.analyses.fault_trees import TooLargeError
from graphkit.analyses.findings import Coverage, Finding, claims_in
from graphkit.analyses.targets import COUNTRY_PREFIX, meant, title_of
from graphkit.errors import InputError, NotFoundError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network

__all__ = ["disrupt", "stop_chance", "weak_points"]

HIT_COLUMNS = (
    *("effect", "tier", "id", "name", "type", "because", "because_names", "sources_left"),
    *("share_lost_low", "share_lost_high", "claims"),
)

ANY_SOURCE = (
    "A product is to be had while one of its known makers, suppliers or kinds is up and all essential parts are; parts "
    "of one alternative group stand in for each other; what is not said to be inessential is essential."
)
FOUNDRY_OR = (
    "Of {} products designers and foundries are known: each counts as a source by itself, unless roles are counted."
)
FOUNDRY_TOO = "Who only designs or brands a product delivers while one of its known foundries is up."
UNNAMED = "Products without any known source are bought from an unnamed rest that is up: they are the blind spots."
NO_MORE = (
    "Nobody steps in who is not a known source, and stocks are not counted; a shortage, unlike a stop, is not passed "
    "on to what the part goes into."
)
KINDS = "What goes into a product goes into its kinds: they run short when it stops for want of a part."
INDEPENDENT = "Failures are independent of each other."


def disrupt(network: Network, names: Sequence[str], *, availability: Availability | None = None) -> Finding:
    """Find what stops and what runs short when companies, products, segments or countries fail.

    Products stop when they cannot be had any more, and run short when they lose a source or an alternative part.
    Companies stop when all that they make stops, and run short when a product, a supplier or something they use does.

    Args:
        network: The facts.
        names: Ids of companies, products or segments, or `country:TW`: all fail together.
        availability: What products hang on, where it is not what the facts alone say.
    """
    model = availability or Availability(network)
    failing = [network.ids[code] for code in meant(network, names).all.tolist()]
    tiers = model.tiers(failing)
    effects = Effects(model, tiers)
    rows = sorted(effects.rows(), key=lambda row: (row["effect"] != STOPS, row["tier"], row["id"]))
    products = [name for name in _products(network) if name in model.needs or name in model.sources]
    blind = model.blind_spots(products)
    touched = model.blind_spots(_touched(model, products, tiers))
    return Finding(
        question=f"what happens when {', '.join(title_of(network, name) for name in names)} fail",
        columns=HIT_COLUMNS,
        rows=tuple(rows),
        assumptions=(*assumptions(model), KINDS),
        coverage=Coverage(len(products) - len(blind), len(products), "products with a known source"),
        claims=claims_in(rows),
        details={
            "failing": tuple({"id": name, "name": network.names[network.code(name)]} for name in failing),
            "blind_spots": tuple({"id": name, "name": network.names[network.code(name)]} for name in touched),
        },
    )


def assumptions(model: Availability) -> tuple[str, ...]:
    """What every answer on disruption takes for granted."""
    roles = (FOUNDRY_TOO if model.foundries else FOUNDRY_OR.format(len(model.split)),) if model.split else ()
    return (ANY_SOURCE, *roles, UNNAMED, NO_MORE)


def _products(network: Network) -> list[str]:
    return [network.ids[code] for code in network.of_type("Product").tolist()]


def _touched(model: Availability, products: Iterable[str], tiers: Mapping[str, int]) -> list[str]:
    """The products that a failed part goes into, or that a failed source makes."""
    return [
        product
        for product in products
        if any(name in tiers for name in model.sources.get(product, ()))
        or any(part in tiers for need in model.needs.get(product, ()) for part in need.parts)
    ]


def weak_points(
    network: Network, product: str, *, largest: int = 2, by: By = "company", availability: Availability | None = None
) -> Finding:
    """Find the smallest sets of failures that stop a product: single points of failure, hidden pairs, and so on.

    Args:
        network: The facts.
        product: Id of the product.
        largest: The size of the largest sets.
        by: What may fail.
        availability: What products hang on, where it is not what the facts alone say.
    """
    _check_is_product(network, product)
    model = availability or Availability(network)
    tree = model.tree(by)
    under = model.products_under(product)
    rows: list[Row] = []
    for events in tree.cut_sets(product, largest):
        ids = tuple(event.removeprefix(ITSELF) for event in events)
        rows.append({"size": len(ids), "ids": ids, "names": tuple(_name(network, i) for i in ids), "claims": ()})
    for row in rows:
        row["claims"] = _touching(model, under, cast("tuple[str, ...]", row["ids"]))
    blind = model.blind_spots(under)
    return Finding(
        question=f"what would stop {network.names[network.code(product)]} (sets of up to {largest})",
        columns=("size", "ids", "names", "claims"),
        rows=tuple(rows),
        assumptions=assumptions(model),
        coverage=Coverage(len(under) - len(blind), len(under), "products with a known source"),
        claims=claims_in(rows),
        details={"blind_spots": tuple({"id": name, "name": _name(network, name)} for name in blind)},
    )


def _name(network: Network, name: str) -> str:
    code = network.codes.get(name)
    return name if code is None else network.names[code]


def _touching(model: Availability, under: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The claims by which products hang directly on some nodes."""
    return tuple(sorted({c for product in under for name in names for c in model.claims.get((product, name), ())}))


def stop_chance(
    network: Network,
    product: str,
    chances: Mapping[str, float],
    *,
    otherwise: float | None = None,
    by: By = "company",
    availability: Availability | None = None,
) -> Finding:
    """Find the probability that a product stops, if others fail independently with given chances.

    Args:
        network: The facts.
        product: Id of the product.
        chances: The chance of each failure, by id (or `country:TW`).
        otherwise: The chance of all failures not named; what is not named never fails when None.
        by: What may fail.
        availability: What products hang on, where it is not what the facts alone say.
    """
    model = availability or Availability(network)
    _check_is_product(network, product)
    _check_chances(chances, otherwise)
    tree = model.tree(by, [name for name in chances if name.startswith(COUNTRY_PREFIX)])
    events = tree.events(product)
    known = {event: chances.get(event.removeprefix(ITSELF), otherwise) for event in events}
    used = {event: chance for event, chance in known.items() if chance is not None}
    exact, low, high = 0.0, 0.0, 0.0
    limit = None
    if events:
        low, high = tree.bounds(product, used)
        try:
            exact = low = high = tree.probability(product, used)
        except TooLargeError as error:
            exact, limit = float("nan"), str(error)
    under = model.products_under(product)
    blind = model.blind_spots(under)
    row: Row = {
        "id": product,
        "name": _name(network, product),
        "probability": None if np.isnan(exact) else exact,
        "low": low,
        "high": high,
        "events": len(events),
        "blind_spots": len(blind),
        "claims": _touching(model, under, [event.removeprefix(ITSELF) for event in events]),
    }
    return Finding(
        question=f"how likely it is that {row['name']} stops",
        columns=tuple(row),
        rows=(row,),
        assumptions=(INDEPENDENT, *assumptions(model), *_idle(network, chances, events), *((limit,) if limit else ())),
        coverage=Coverage(len(used), len(events), "possible failures with a chance"),
        claims=cast("tuple[str, ...]", row["claims"]),
        details={"blind_spots": tuple({"id": name, "name": _name(network, name)} for name in blind)},
    )


def _idle(network: Network, chances: Mapping[str, float], events: Iterable[str]) -> tuple[str, ...]:
    """Say whose chance plays no part."""
    idle = [_name(network, name) for name in chances if name not in {event.removeprefix(ITSELF) for event in events}]
    return (f"The product hangs in no way on {', '.join(idle)}.",) if idle else ()


def _check_chances(chances: Mapping[str, float], otherwise: float | None) -> None:
    wrong = [name for name, chance in chances.items() if not 0 <= chance <= 1]
    if otherwise is not None and not 0 <= otherwise <= 1:
        wrong.append("otherwise")
    if wrong:
        raise InputError(Problem("chances", 0, name, "a chance is a number from 0 to 1") for name in wrong)


def _check_is_product(network: Network, name: str) -> None:
    if network.labels[network.code(name)] != "Product":
        raise NotFoundError("product", name)
