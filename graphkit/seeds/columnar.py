"""Arrow columns to cells: a text that stands in a column a thousand times is one object, hashed once."""

from __future__ import annotations

from typing import Any

__all__ = ["texts"]


def texts(column: Any) -> list[object]:  # noqa: ANN401 - pyarrow has no types
    """The cells of a column of text, without spaces at their ends; an empty one is None."""
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pc.dictionary_encode(column.cast(pa.string())).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    words: list[object] = [word.strip() or None for word in encoded.dictionary.to_pylist()]
    if encoded.null_count:
        return [None if place is None else words[place] for place in encoded.indices.to_pylist()]
    if len(words) == len(encoded):
        return words
    return list(map(words.__getitem__, encoded.indices.to_pylist()))
