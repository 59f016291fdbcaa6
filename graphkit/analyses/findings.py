"""What every analysis hands back: rows of plain values, and what they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Coverage", "Finding", "Row", "claims_in"]

Row = dict[str, object]
"""One row of an answer: text, numbers, truth, None for unknown, and tuples of these."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The known part of what would have to be known.

    Attributes:
        known: How much of it is known.
        total: How much there is.
        of: What is counted.
    """

    known: float
    total: float
    of: str

    @property
    def part(self) -> float | None:
        """The known part of the total; None where there is nothing to know."""
        return self.known / self.total if self.total else None

    def __str__(self) -> str:
        part = "nothing" if self.part is None else f"{self.part:.1%}"
        return f"{part} known ({self.known:g} of {self.total:g} {self.of})"


@dataclass(frozen=True)
class Finding:
    """What an analysis found.

    Attributes:
        question: What was asked, in words.
        columns: Names of the values of a row, in the order to show them.
        rows: The rows, in the order to show them; each holds every column.
        assumptions: What the figures take for granted, one sentence each.
        coverage: The known part of what the figures need; None where nothing is estimated.
        claims: Ids of all claims that were used.
        details: Further tables by name, such as the largest routes, of the same kind as `rows`.
    """

    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    assumptions: tuple[str, ...] = ()
    coverage: Coverage | None = None
    claims: tuple[str, ...] = ()
    details: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def claims_in(rows: Iterable[Row]) -> tuple[str, ...]:
    """The ids of all claims that rows name."""
    named = (row["claims"] for row in rows)
    return tuple(sorted({str(claim) for claims in named if isinstance(claims, tuple) for claim in claims}))
