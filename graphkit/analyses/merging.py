"""Claims into facts: what several sources say of the same is one fact with several claims.

Two claims speak of one fact when their ends agree, and all that says *which* fact it is (the product, the role). A
number is taken from the newest claim that knows it, by the day since which it may hold, then from the more certain one,
then by id, so that the order of claims never matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.analyses.facts import UNKNOWN, Facts
from graphkit.provenance import CERTAINTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from graphkit.analyses.adjacency import Codes, Ints
    from graphkit.analyses.facts import Floats
    from graphkit.schema import LinkType, Property

__all__ = ["codes_of", "merge_claims"]


def merge_claims(link: LinkType, table: pa.Table, ends: tuple[Codes, Codes], *, ids: pa.Array) -> Facts:
    """Merge parallel claims into facts.

    Args:
        link: The type of the claims.
        table: Their columns; those that are not there are unknown.
        ends: Their subjects and objects, as codes.
        ids: The ids of all nodes, for properties that refer to nodes.
    """
    size = len(ends[0])
    identity = [_identity(_column(table, prop.name), prop, ids) for prop in link.own if prop.identifies]
    fact, count = _numbered((*ends, *identity), size)
    order = np.lexsort((_trust(table, fact), fact))  # fact by fact, the claim to believe first
    starts = np.searchsorted(fact[order], np.arange(count + 1))
    merged = _Merging(order, fact[order], starts[:-1])
    kinds = ("number", "integer", "flag")
    numbers = {p.name: _numeric(_column(table, p.name)) for p in link.own if p.kind.storage in kinds}
    texts = [p.name for p in link.own if p.kind.storage == "text" and not p.reference]
    references = {p.name: codes_of(_column(table, p.name), ids) for p in link.own if p.reference}
    return Facts(
        subject=ends[0][order][starts[:-1]],
        object=ends[1][order][starts[:-1]],
        numbers={name: merged.first_number(values) for name, values in numbers.items()},
        texts={name: merged.first_text(_column(table, name).to_numpy(zero_copy_only=False)) for name in texts},
        references={name: codes[order][starts[:-1]] for name, codes in references.items()},
        claim_ids=_column(table, "id").fill_null("").to_numpy(zero_copy_only=False)[order],
        claim_starts=starts,
        contradicted={name: merged.differing(values) for name, values in numbers.items()},
    )


def codes_of(column: pa.Array, ids: pa.Array) -> Codes:
    """The place of each id among all ids; -1 for what is unknown, or not among them."""
    import pyarrow.compute as pc

    return cast("Codes", pc.index_in(column, value_set=ids).fill_null(UNKNOWN).to_numpy(zero_copy_only=False))


class _Merging:
    """Claims in the order of their facts, and the first of each fact."""

    def __init__(self, order: Ints, fact: Ints, starts: Ints) -> None:
        self._order, self._fact, self._starts = order, fact, starts

    def first_number(self, values: Floats) -> Floats:
        """The first known number of each fact."""
        sorted_values = values[self._order]
        result = np.full(len(self._starts), np.nan)
        places = np.flatnonzero(~np.isnan(sorted_values))[::-1]
        result[self._fact[places]] = sorted_values[places]  # backwards, so that the first one stays
        return result

    def first_text(self, values: NDArray[np.object_]) -> NDArray[np.object_]:
        """The first known text of each fact."""
        sorted_values = values[self._order]
        result = np.full(len(self._starts), None, dtype=object)
        places = np.flatnonzero(sorted_values != None)[::-1]  # noqa: E711 - each cell is compared
        result[self._fact[places]] = sorted_values[places]
        return result

    def differing(self, values: Floats) -> Ints:
        """The facts whose claims give different numbers."""
        if not len(self._starts):
            return np.zeros(0, dtype=np.int64)
        sorted_values = values[self._order]
        low = np.fmin.reduceat(sorted_values, self._starts)
        high = np.fmax.reduceat(sorted_values, self._starts)
        return np.flatnonzero(low < high)


def _column(table: pa.Table, name: str) -> pa.Array:
    import pyarrow as pa

    if name in table.column_names:
        return table.column(name).combine_chunks()
    return pa.nulls(table.num_rows, pa.string())


def _trust(table: pa.Table, fact: Ints) -> Ints:
    """A number for each claim, the smaller the rather it is to be believed; 0 where it has its fact for itself."""
    import pyarrow as pa

    trust = np.zeros(len(fact), dtype=np.int64)
    several = np.flatnonzero(np.bincount(fact)[fact] > 1) if len(fact) else np.zeros(0, dtype=np.int64)
    rivals = table.take(several)
    certainty = codes_of(_column(rivals, "certainty"), pa.array(CERTAINTY.choices))  # the more certain, the smaller
    certainty = np.where(certainty == UNKNOWN, len(CERTAINTY.choices), certainty)
    order = np.lexsort((_ranks(_column(rivals, "id")), certainty, -_ranks(_column(rivals, "since"))))
    trust[several[order]] = np.arange(len(several))
    return trust


def _ranks(values: pa.Array) -> Ints:
    """The place of each text among all, sorted; unknown is first."""
    import pyarrow.compute as pc

    encoded = values.fill_null("").dictionary_encode()
    rank = np.empty(len(encoded.dictionary), dtype=np.int64)
    rank[pc.sort_indices(encoded.dictionary).to_numpy()] = np.arange(len(rank))
    return cast("Ints", rank[encoded.indices.to_numpy()]) if len(rank) else np.zeros(0, dtype=np.int64)


def _identity(column: pa.Array, prop: Property, ids: pa.Array) -> Ints:
    """Numbers that are equal where the values are."""
    import pyarrow as pa

    return codes_of(column, ids).astype(np.int64) if prop.reference else _ranks(column.cast(pa.string()))


def _numeric(column: pa.Array) -> Floats:
    import pyarrow as pa

    return cast("Floats", column.cast(pa.float64()).to_numpy(zero_copy_only=False))


def _numbered(columns: Sequence[Ints | Codes], size: int) -> tuple[Ints, int]:
    """Number the distinct rows, in sorted order."""
    if not size:
        return np.zeros(0, dtype=np.int64), 0
    order = np.lexsort(tuple(reversed(columns)))
    new = np.zeros(size, dtype=bool)
    for column in columns:
        sorted_column = column[order]
        new[1:] |= sorted_column[1:] != sorted_column[:-1]
    numbers = np.empty(size, dtype=np.int64)
    numbers[order] = np.cumsum(new)
    return numbers, int(numbers[order[-1]]) + 1
