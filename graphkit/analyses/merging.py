"""Claims into facts: what several sources say of the same is one fact with several claims.

Two claims speak of one fact when their ends agree, and all that says *which* fact it is (the product, the role). A
number is taken from the newest claim that knows it, by the day since which it may hold, then from the more certain one,
then by id, so that the order of claims never matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from graphkit.analyses.network import CERTAINTY_ORDER, UNKNOWN, Facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.network import Codes, Floats, Ints
    from graphkit.records import Table
    from graphkit.schema import LinkType, Property
    from graphkit.values import Value

__all__ = ["merge_claims"]


def merge_claims(link: LinkType, table: Table, ends: tuple[Codes, Codes], *, codes: Mapping[str, int]) -> Facts:
    """Merge parallel claims into facts.

    Args:
        link: The type of the claims.
        table: Their columns.
        ends: Their subjects and objects, as codes.
        codes: The codes of nodes by id, for properties that refer to nodes.
    """
    size = len(ends[0])
    best = _best_first(table, size)
    columns = {prop.name: table.columns.get(prop.name) or [None] * size for prop in link.own}
    identity = [_coded(columns[prop.name], codes if prop.reference else None) for prop in link.own if prop.identifies]
    fact, count = _numbered((*ends, *identity), size)
    order = best[np.argsort(fact[best], kind="stable")]  # fact by fact, the claim to believe first
    starts = np.searchsorted(fact[order], np.arange(count + 1))
    merged = _Merging(order, fact[order], starts[:-1])
    numbers = {p.name: _numeric(columns[p.name]) for p in link.own if p.kind.storage in ("number", "integer", "flag")}
    texts = [p for p in link.own if p.kind.storage == "text" and not p.reference]
    ids = np.empty(size, dtype=object)
    ids[:] = table.columns.get("id") or [""] * size
    return Facts(
        subject=ends[0][order][starts[:-1]],
        object=ends[1][order][starts[:-1]],
        numbers={name: merged.first_number(values) for name, values in numbers.items()},
        texts={prop.name: merged.first_text(columns[prop.name]) for prop in texts},
        references={p.name: _references(columns, p, codes)[order][starts[:-1]] for p in link.own if p.reference},
        claim_ids=ids[order],
        claim_starts=starts,
        contradicted={name: merged.differing(values) for name, values in numbers.items()},
    )


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

    def first_text(self, values: Sequence[Value]) -> NDArray[np.object_]:
        """The first known text of each fact."""
        array = np.empty(len(values), dtype=object)
        array[:] = values
        array = array[self._order]
        result = np.full(len(self._starts), None, dtype=object)
        places = np.flatnonzero(np.array([value is not None for value in array], dtype=bool))[::-1]
        result[self._fact[places]] = array[places]
        return result

    def differing(self, values: Floats) -> Ints:
        """The facts whose claims give different numbers."""
        if not len(self._starts):
            return np.zeros(0, dtype=np.int64)
        sorted_values = values[self._order]
        low = np.fmin.reduceat(sorted_values, self._starts)
        high = np.fmax.reduceat(sorted_values, self._starts)
        return np.flatnonzero(low < high)


def _best_first(table: Table, size: int) -> Ints:
    """The claims, the one to believe first at the front."""
    empty: list[Value] = [None] * size
    since = _ranks(table.columns.get("since") or empty)
    certainty = np.array(
        [CERTAINTY_ORDER.get(str(word), len(CERTAINTY_ORDER)) for word in table.columns.get("certainty") or empty],
        dtype=np.int64,
    )
    ids = _ranks(table.columns.get("id") or empty)
    return np.lexsort((ids, certainty, -since))


def _ranks(values: Sequence[Value]) -> Ints:
    """The place of each text among all, sorted; unknown is first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pa.array(values, pa.string()).fill_null("").dictionary_encode()
    rank = np.empty(len(encoded.dictionary), dtype=np.int64)
    rank[pc.sort_indices(encoded.dictionary).to_numpy()] = np.arange(len(rank))
    return cast("Ints", rank[encoded.indices.to_numpy()]) if len(rank) else np.zeros(0, dtype=np.int64)


def _coded(values: Sequence[Value], codes: Mapping[str, int] | None) -> Ints:
    if codes is not None:
        return np.array([codes.get(str(value), UNKNOWN) for value in values], dtype=np.int64)
    return _ranks([None if value is None else str(value) for value in values])


def _references(columns: Mapping[str, Sequence[Value]], prop: Property, codes: Mapping[str, int]) -> Codes:
    return _coded(columns[prop.name], codes).astype(np.int32)


def _numeric(values: Sequence[Value]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


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
