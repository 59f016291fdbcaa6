"""Concentration of shares: the Herfindahl-Hirschman index, as an interval where shares are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Concentration", "concentration"]

ROUNDING = 1e-9
"""Shares may miss the whole by so much and still count as all of it."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated some shares are.

    Attributes:
        low: The index of the known shares alone.
        high: The index if the whole rest were one supplier's.
        known: The known part of the whole.
    """

    low: float
    high: float
    known: float


def concentration(
    shares: Mapping[str, float | None] | Iterable[float | None], *, closed: bool = False
) -> Concentration | None:
    """The sum of squared shares, as an interval; None where no share is known.

    The rest that the known shares leave over goes to one supplier for the highest index: to the largest known one when
    the rest may be its own, else to one whose share is unknown. It may be its own where its figure need not be all
    that it has, which `closed` denies: each known share is then the whole of that supplier's.

    Args:
        shares: The share of each supplier, with or without their names; None is unknown.
        closed: Whether a known share is all that a supplier has.
    """
    given = shares.values() if isinstance(shares, Mapping) else shares
    known = [share for share in given if share is not None]
    if not known:
        return None
    total = sum(known)
    low = sum(share * share for share in known)
    rest = 1 - total
    if rest <= ROUNDING:
        return Concentration(low, low, min(total, 1.0))
    largest = 0.0 if closed else max(known)
    high = low - largest * largest + (largest + rest) ** 2
    return Concentration(low, high, total)
