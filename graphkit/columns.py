"""Columns of values: those that keep each distinct value once, and records as Arrow columns.

A million links hold few distinct sources, dates or names. A `Coded` column keeps each of them once, beside a number for
each row, so that what is done to a value is done once. Whoever does not care reads it like a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from graphkit.schema import Schema
    from graphkit.values import Storage

__all__ = ["Coded", "arrow_table", "distinct", "each", "taken"]

T = TypeVar("T")
U = TypeVar("U")


class Coded(Sequence[T]):  # noqa: PLW1641 - like a list, it has no hash
    """A column that keeps each distinct value once.

    Args:
        words: The values; each stands in some row.
        codes: For each row, the place of its value among the words.
    """

    def __init__(self, words: Sequence[T], codes: NDArray[np.int32]) -> None:
        self.words, self.codes = words, codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        return map(self.words.__getitem__, self.codes.tolist())

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Coded[T]: ...

    def __getitem__(self, place: int | slice) -> T | Coded[T]:
        if isinstance(place, slice):
            return self._of(self.codes[place])
        return self.words[int(self.codes[place])]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __contains__(self, value: object) -> bool:
        return value in self.words

    def count(self, value: object) -> int:
        """In how many rows a value stands."""
        return sum(int((self.codes == code).sum()) for code, word in enumerate(self.words) if word == value)

    def take(self, positions: Sequence[int]) -> Coded[T]:
        """The values of some rows."""
        return self._of(self.codes[list(positions)])

    def each(self, read: Callable[[T], U]) -> Coded[U]:
        """The column of what is read off each value."""
        return Coded([read(word) for word in self.words], self.codes)

    def _of(self, codes: NDArray[np.int32]) -> Coded[T]:
        import numpy as np

        used, anew = np.unique(codes, return_inverse=True)
        return Coded([self.words[code] for code in used.tolist()], anew.astype(np.int32))


def distinct(column: Sequence[T]) -> list[T]:
    """The values that stand in a column, each once; they can be keys of a dictionary."""
    return list(dict.fromkeys(column.words if isinstance(column, Coded) else column))


def each(column: Sequence[T], read: Callable[[T], U]) -> Sequence[U]:
    """What is read off each value of a column, each distinct value read once; they can be keys of a dictionary."""
    if isinstance(column, Coded):
        return column.each(read)
    known = {value: read(value) for value in dict.fromkeys(column)}
    return list(map(known.__getitem__, column))


def taken(column: Sequence[T], positions: Sequence[int]) -> Sequence[T]:
    """The values of some rows."""
    if isinstance(positions, range) and positions.step == 1:
        return column[positions.start : positions.stop]
    return column.take(positions) if isinstance(column, Coded) else [column[place] for place in positions]


def arrow_table(schema: Schema, type_name: str, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """Columns of plain values of one type of record as an Arrow table, typed as the model says.

    So they are even where every value of a column is unknown.
    """
    import pyarrow as pa

    types: Mapping[Storage, pa.DataType] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
    }
    kinds = {prop.name: types[prop.kind.storage] for prop in schema.record(type_name).stored}
    return pa.table({name: _arrow(values, kinds[name]) for name, values in columns.items()})


def _arrow(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if isinstance(values, Coded):
        return pa.array(values.words, kind).take(pa.array(values.codes))
    return pa.array(values, kind)
