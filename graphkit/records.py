"""Nodes and claims as values, and the hash that gives a claim its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from graphkit.columns import Coded, arrow_table, taken
from graphkit.values import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from graphkit.schema import LinkType, Schema
    from graphkit.values import Value

__all__ = ["LISTS", "NAMES", "Link", "Node", "Table", "claim_ids", "display_name"]

NAMES = ("name_zh", "name_en", "title")
"""The properties that name a node, the one to show first: a source has a title, other nodes have names."""

LISTS = ("aliases", "tickers", "added")
"""The properties of nodes that hold several texts."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its type, its id and what is known of it; what is unknown is absent."""

    type: str
    id: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name to show."""
        return display_name(self.id, *map(self.properties.get, NAMES))


@dataclass(frozen=True, slots=True)
class Link:
    """A claim: two ends, what is said of them, and by whom; what is unknown is absent."""

    type: str
    id: str
    subject: str
    object: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Many records of one type as columns of equal length: the form in which they are checked and written.

    Attributes:
        type: Label of the nodes or name of the link type.
        columns: Values by property name; None is unknown.
    """

    type: str
    columns: Mapping[str, Sequence[Value]]

    @classmethod
    def of(cls, type_name: str, rows: Sequence[Mapping[str, Value]], names: Iterable[str] | None = None) -> Table:
        """A table of rows; its columns are those named, else those of the first row, and what a row lacks is None."""
        return Table(
            type_name, {name: [row.get(name) for row in rows] for name in (rows[0] if names is None else names)}
        )

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> Iterator[dict[str, Value]]:
        """Its records one by one, unknown values left out."""
        names = tuple(self.columns)
        for row in zip(*self.columns.values(), strict=True):
            yield {name: value for name, value in zip(names, row, strict=True) if value is not None}

    def full_rows(self) -> Iterator[dict[str, Value]]:
        """Its records one by one, unknown values as None, so that a value that goes is seen to go."""
        names = tuple(self.columns)
        for row in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, row, strict=True))

    def arrow(self, schema: Schema, names: Sequence[str]) -> pa.Table:
        """Some of its columns as Arrow columns, typed by the model; one that it lacks is unknown throughout."""
        unknown: list[Value] = [None] * len(self)
        return arrow_table(schema, self.type, {name: self.columns.get(name, unknown) for name in dict.fromkeys(names)})

    def with_constant(self, name: str, value: Value) -> Table:
        """The same records with one value more, for all of them."""
        return Table(self.type, {**self.columns, name: [value] * len(self)})

    def take(self, positions: Sequence[int]) -> Table:
        """The records at the given positions, in that order; all of them in their own order are this very table."""
        if len(positions) == len(self) and all(map(int.__eq__, positions, range(len(self)))):
            return self
        return Table(self.type, {name: taken(values, positions) for name, values in self.columns.items()})


def display_name(node_id: str, *names: Value) -> str:
    """The first name that is known, else the id."""
    return next((str(name) for name in names if name), node_id)


def claim_ids(link: LinkType, table: Table) -> list[str]:
    """Name each claim of a table by a hash of all that it says.

    The same claim twice has one id; a claim that differs in any value has another. The hash is BLAKE2b (RFC 7693) over
    type, ends and properties in the order of the model, 80 bits as 20 hexadecimal digits.
    """
    shared, varying = _texts(link, table)
    rows: Iterable[tuple[str, ...]] = zip(*varying, strict=True) if varying else [()] * len(table)
    return [
        blake2b("\x1f".join((shared, *row)).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
        for row in rows
    ]


def _texts(link: LinkType, table: Table) -> tuple[str, list[Sequence[str]]]:
    """All that claims say, in the order of the model: what all of them begin with alike, and columns of the rest.

    What all say alike behind a column is written once for each distinct value of it.
    """
    shared: list[str] = [link.name]
    varying: list[Sequence[str]] = []
    for name in ("subject", "object", *(prop.name for prop in link.properties)):
        column = _written(table.columns[name]) if name in table.columns else ()
        alike = column[0] if column else ""
        if column.count(alike) == len(column):
            shared[-1] += f"\x1f{alike}"
        else:
            varying.append(column)
            shared.append("")
    first, *behind = shared
    return first, [_followed(column, by) if by else column for column, by in zip(varying, behind, strict=True)]


def _written(column: Sequence[Value]) -> Sequence[str]:
    if isinstance(column, Coded):
        return column.each(write)
    if column.count(None) == len(column):
        return [""] * len(column)
    return [value if isinstance(value, str) else write(value) for value in column]


def _followed(column: Sequence[str], by: str) -> Sequence[str]:
    return column.each(lambda text: text + by) if isinstance(column, Coded) else [text + by for text in column]
