"""What a store is: the verbs that every engine gives, and the changes that can be made to it.

All that differs between engines stands behind this Protocol. If a second place needs to ask which engine runs, a verb
is missing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graphkit.columns import arrow_table
from graphkit.names.spelled import COLUMNS
from graphkit.watching import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    import pyarrow as pa

    from graphkit.records import Table
    from graphkit.schema import Schema

__all__ = ["AddLinks", "AddNodes", "Change", "ChangeNodes", "RemoveLinks", "RemoveNodes", "Rows", "Store", "tally"]


@dataclass(frozen=True, slots=True)
class AddNodes:
    """New nodes of one type; the table holds every stored property."""

    table: Table


@dataclass(frozen=True, slots=True)
class ChangeNodes:
    """New values for nodes that exist: `id` and the columns to set, where None forgets a value."""

    table: Table


@dataclass(frozen=True, slots=True)
class AddLinks:
    """New claims of one link type between nodes of two types; the table holds every stored property."""

    table: Table
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class RemoveLinks:
    """Claims of one link type that go, by id."""

    type: str
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class RemoveNodes:
    """Nodes of one type that go, by id; they have no links any more."""

    type: str
    ids: Sequence[str]


Change = AddNodes | ChangeNodes | AddLinks | RemoveLinks | RemoveNodes


def tally(changes: Iterable[Change]) -> Tally:
    """Who tells how many records of each type are written."""
    return Tally(
        (f"writing {change.type}", len(change.ids))
        if isinstance(change, RemoveLinks | RemoveNodes)
        else (f"writing {change.table.type}", len(change.table))
        for change in changes
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query returned: names of columns, and rows of plain values or lists of them."""

    columns: tuple[str, ...]
    values: tuple[tuple[object, ...], ...]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.values)


class Store(Protocol):
    """A graph in an engine.

    Attributes:
        url: How the user named it, without credentials.
        schema: The model that its tables follow.
    """

    url: str
    schema: Schema

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Run a Cypher text that the engine itself keeps from writing.

        Raises:
            QueryError: the engine refuses the text.
            StoreError: the engine does not answer.
        """
        ...

    def table(self, type_name: str, properties: Sequence[str] | None = None) -> Table:
        """Read all records of one type as columns, in no particular order."""
        ...

    def arrow(self, type_name: str, properties: Sequence[str] | None = None) -> pa.Table:
        """Read all records of one type as Arrow columns, in no particular order: for computing on many of them."""
        return arrow_table(self.schema, type_name, self.table(type_name, properties).columns)

    def name_tables(self) -> Iterator[Table]:
        """Read how all nodes are written, type by type; see `graphkit.names`."""
        for node_type in self.schema.node_types:
            yield self.table(node_type.name, [prop.name for prop in node_type.properties if prop.name in COLUMNS])

    def count(self, type_name: str) -> int:
        """Count the records of one type."""
        ...

    def beside(self, ending: str) -> Path:
        """Name a file that belongs to this graph and to no other; it need not be there."""
        ...

    def stamp(self) -> str:
        """By what one sees that somebody has written meanwhile; a store that only one process writes to needs none."""
        return ""

    def apply(self, changes: Iterable[Change], *, since: str | None = None) -> None:
        """Make all changes in their order, or none.

        Args:
            changes: The changes.
            since: The stamp of the store when they were planned.

        Raises:
            StoreError: the engine refused one, an end of a link does not exist, or somebody else wrote since the
                changes were planned; the store is as it was.
        """
        ...

    def cypher_rules(self) -> tuple[str, ...]:
        """Name the rules of `graphkit.dialect` that a query must keep, because this engine answers wrongly else."""
        ...

    def close(self) -> None:
        """Let go of the engine."""
        ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()
