"""Records of large files, on disk while they wait to be written: memory holds one part of them at a time.

The parts lie one behind another, as compressed Arrow streams, in a file without a name, which goes with the process,
however that ends.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from graphkit.columns import arrow_table
from graphkit.errors import StoreError
from graphkit.records import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from graphkit.schema import Schema
    from graphkit.values import Value

__all__ = ["Spool", "StoredTable"]


class Spool:
    """A place on disk for records of one model."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._file = tempfile.TemporaryFile(prefix="graphkit-")  # noqa: SIM115 - closed when nobody needs it any more
        weakref.finalize(self, self._file.close)
        self._end = 0

    def keep(self, table: Table) -> StoredTable:
        """Write a table down; what comes back reads like it.

        Raises:
            StoreError: the disk is full.
        """
        import pyarrow as pa

        arrow = arrow_table(self._schema, table.type, table.columns)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, arrow.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
            stream.write_table(arrow)
        data = sink.getvalue()
        try:
            self._file.write(data)  # to its end or not at all, which a single call of the system does not promise
            self._file.flush()
        except OSError as error:
            told = f"cannot keep rows in {tempfile.gettempdir()}: {error.strerror}; name a folder with room in TMPDIR"
            raise StoreError(told) from None
        stored = StoredColumns(self, self._end, data.size, tuple(table.columns), len(table))
        self._end += data.size
        return StoredTable(table.type, stored)

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from a place on."""
        return os.pread(self._file.fileno(), size, start)


@dataclass(frozen=True)
class StoredColumns(Mapping[str, "Sequence[Value]"]):
    """Columns that are read when they are asked for.

    Attributes:
        spool: Where they lie.
        start: From which byte on.
        size: How many bytes.
        names: What they are called.
        rows: How many records they hold.
        positions: Which of these count, when not all do.
        constants: Columns of one value each.
    """

    spool: Spool
    start: int
    size: int
    names: tuple[str, ...]
    rows: int
    positions: pa.Array | None = None
    constants: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Sequence[Value]:
        if name in self.constants:
            return [self.constants[name]] * self.rows
        if name not in self.names:
            raise KeyError(name)
        values = self.read([name])[name].to_pylist()
        return [tuple(value) if isinstance(value, list) else value for value in values]

    def __iter__(self) -> Iterator[str]:
        return iter((*self.names, *self.constants))

    def __len__(self) -> int:
        return len(self.names) + len(self.constants)

    def read(self, names: Sequence[str]) -> pa.Table:
        """Some of them as Arrow columns; no constants."""
        import pyarrow as pa

        data = self.spool.read(self.start, self.size)
        wanted = pa.ipc.IpcReadOptions(included_fields=[self.names.index(name) for name in names])
        arrow = pa.ipc.open_stream(data, options=wanted).read_all().select(names)
        return arrow if self.positions is None else arrow.take(self.positions)

    def chosen(self, positions: Sequence[int]) -> StoredColumns:
        """The same of some of the records."""
        import pyarrow as pa

        chosen = pa.array(positions, pa.int32())
        whole = chosen if self.positions is None else self.positions.take(chosen)
        return replace(self, positions=whole, rows=len(chosen))


@dataclass(frozen=True, slots=True)
class StoredTable(Table):
    """Records that wait on disk; see `graphkit.records.Table`."""

    @property
    def stored(self) -> StoredColumns:
        """Where they wait."""
        return cast("StoredColumns", self.columns)

    def __len__(self) -> int:
        return self.stored.rows

    def arrow(self, schema: Schema, names: Sequence[str]) -> pa.Table:
        """Some of its columns as Arrow columns; one that it lacks is unknown throughout."""
        kept = [name for name in dict.fromkeys(names) if name in self.stored.names]
        alike = [name for name in dict.fromkeys(names) if name not in kept]
        arrow = self.stored.read(kept)
        constants = {name: [self.stored.constants.get(name)] * len(self) for name in alike}
        for name, column in zip(alike, arrow_table(schema, self.type, constants).columns, strict=True):
            arrow = arrow.append_column(name, column)
        return arrow.select(list(dict.fromkeys(names)))

    def with_constant(self, name: str, value: Value) -> Table:
        """The same records with one value more, for all of them."""
        constants = {**self.stored.constants, name: value}
        return StoredTable(self.type, replace(self.stored, constants=constants))

    def take(self, positions: Sequence[int]) -> Table:
        """The records at the given positions, in that order."""
        if len(positions) == len(self) and all(map(int.__eq__, positions, range(len(self)))):
            return self
        return StoredTable(self.type, self.stored.chosen(positions))
