"""The facts of one link type, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Codes, Ints

    Floats = NDArray[np.float64]

__all__ = ["UNKNOWN", "Facts"]

UNKNOWN = -1
"""The code of a node that a claim does not name."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one link type, as columns of equal length.

    Attributes:
        subject: The node that each fact leaves.
        object: The node that each fact enters.
        numbers: Numbers and truths by property name; NaN is unknown.
        texts: Texts by property name; None is unknown.
        references: Codes of nodes by property name; -1 is unknown.
        claim_ids: Ids of claims, fact by fact.
        claim_starts: The claims of fact i stand from `claim_starts[i]` to `claim_starts[i + 1]`.
        contradicted: Facts whose claims give different numbers, by property name.
    """

    subject: Codes
    object: Codes
    numbers: Mapping[str, Floats]
    texts: Mapping[str, NDArray[np.object_]]
    references: Mapping[str, Codes]
    claim_ids: NDArray[np.object_]
    claim_starts: Ints
    contradicted: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.subject)

    def claims(self, facts: Iterable[int]) -> tuple[str, ...]:
        """The ids of the claims of the given facts, sorted."""
        starts = self.claim_starts
        return tuple(sorted({claim for i in facts for claim in self.claim_ids[starts[i] : starts[i + 1]]}))

    def number(self, name: str) -> Floats:
        """A column of numbers; all unknown where the facts have no such property."""
        return self.numbers.get(name, np.full(len(self), np.nan))

    def text(self, name: str) -> NDArray[np.object_]:
        """A column of texts; all unknown where the facts have no such property."""
        return self.texts.get(name, np.full(len(self), None, dtype=object))

    def reference(self, name: str) -> Codes:
        """A column of node codes; all unknown where the facts have no such property."""
        return self.references.get(name, np.full(len(self), UNKNOWN, dtype=np.int32))
