"""Arrow columns to cells: a value that stands in a column a thousand times is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.columns import Coded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["cells", "stripped"]


MANY = 2
"""A column is kept by its distinct values where so many rows share one, on the average."""


def cells(column: Any, read: Callable[[object], object]) -> Sequence[object]:  # noqa: ANN401 - pyarrow has no types
    """What is read off the cells of a column of an Arrow table; none may hold lists or records."""
    import pyarrow.compute as pc

    encoded = pc.dictionary_encode(column).unify_dictionaries().combine_chunks()
    words = [read(word) for word in encoded.dictionary.to_pylist()]
    codes = encoded.indices
    if codes.null_count:
        words, codes = [*words, None], codes.fill_null(len(words))
    coded = Coded(words, codes.to_numpy())
    return coded if len(words) * MANY <= len(coded) else list(coded)


def stripped(cell: object) -> object:
    """A text without spaces at its ends; an empty one is None."""
    return str(cell).strip() or None
