"""Workbooks and columnar files to sheets: XLSX and Parquet.

A workbook is a ZIP file that a stranger made: it is weighed before it is unpacked.
"""

from __future__ import annotations

import datetime as dt
import decimal
import io
import itertools
import math
import re
import shlex
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit import watching
from graphkit.errors import InputError, Problem
from graphkit.seeds.reading.columnar import cells, stripped
from graphkit.seeds.reading.guessing import header_place
from graphkit.seeds.reading.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkit.seeds.reading.sheets import Reading

__all__ = ["read_parquet", "read_workbook", "sheet_names", "tables_in"]

PIECE = 250_000
"""Rows of a Parquet file that are read at a time."""

LARGEST = 2 << 30
"""No workbook unpacks to more bytes than this."""

DENSEST = 200
"""A workbook that unpacks to so many times its size, and to more than `HARMLESS`, is a bomb."""

HARMLESS = 64 << 20
LOOKED_AT = 20
"""Rows of a sheet that tell whether it is a table."""

EXACT = 2**53
"""Whole numbers below this are exact in a spreadsheet."""

OTHERS = {"content.xml", "xl/workbook.bin"}
"""What makes an archive a workbook of another kind, whose sheets are not weighed."""

CELLS = 60_000_000
"""A sheet spans at most so many cells, empty ones included."""


def read_workbook(name: str, data: bytes, reading: Reading) -> Sheet:
    """Read one sheet of a workbook.

    Raises:
        InputError: the file is no workbook, too large, or holds several sheets and none was named.
    """
    with _opened(name, data) as workbook:
        chosen = _chosen(name, workbook, reading.sheet)
        rows = workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    shown = name if reading.sheet and "#" in name else f"{name}#{chosen}"
    return _table(shown, rows, reading.header)


def sheet_names(name: str, data: bytes) -> list[str]:
    """The sheets of a workbook.

    Raises:
        InputError: the file is no workbook, or too large.
    """
    with _opened(name, data) as workbook:
        return list(workbook.sheet_names)


def tables_in(path: Path, reading: Reading) -> list[Path]:
    """A file; of a workbook, of which no sheet is named, each sheet that holds more than remarks.

    Raises:
        InputError: the file is no workbook, or too large.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or reading.sheet or reading.input_format or not path.is_file():
        return [path]
    with _opened(str(path), path.read_bytes()) as workbook:
        rows = {name: workbook.get_sheet_by_name(name).to_python(nrows=LOOKED_AT) for name in workbook.sheet_names}
    tables = [name for name, some in rows.items() if sum(sum(cell != "" for cell in row) > 1 for row in some) > 1]
    return [Path(f"{path}#{name}") for name in tables] if len(tables) > 1 else [path]


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook

    _weigh(name, data)
    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        raise InputError([Problem(name, 0, "", f"is no workbook that can be read: {error}")]) from None


def _weigh(name: str, data: bytes) -> None:
    """Refuse what would not fit into memory, from the table of contents and the addresses of the cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if size > LARGEST or (size > HARMLESS and size > DENSEST * len(data)):
                raise InputError([Problem(name, 0, "", f"unpacks to {size:,} bytes, which no honest workbook does")])
            for entry in entries:
                if ".." in entry.filename.split("/") or entry.filename.startswith("/"):
                    raise InputError([Problem(name, 0, "", f"holds a path outside itself: {entry.filename}")])
            names = {entry.filename.lower() for entry in entries}
            if "xl/workbook.xml" not in names or names & OTHERS:
                raise InputError([Problem(name, 0, "", "is no XLSX workbook; save it as one")])
            for entry in entries:
                _measure(name, archive, entry)  # each, since a workbook says itself where its sheets are
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError([Problem(name, 0, "", f"is no workbook that can be read: {error}")]) from None


_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


def _measure(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Find how far the cells of a sheet reach: a single cell far out would be a table of thousands of millions."""
    widest = deepest = 0
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(1 << 22):
            part = rest + chunk
            addresses = _ADDRESS.findall(part)
            for letters, number in addresses:
                deepest = max(deepest, int(number[:9]))
                if len(letters) > 1 or widest < 26:  # noqa: PLR2004 - letters
                    widest = max(widest, _column(letters[:9].upper()))
            if len(_CELL.findall(part)) > sum(letters != b"" for letters, _ in addresses):  # some have none
                widest = max(widest, *(len(_CELL.findall(row)) for row in _ROW.split(part)))
            rest = chunk[-64:]
    if widest * deepest > CELLS:
        told = f"spans {deepest:,} rows and {widest:,} columns; remove the far cells"
        raise InputError([Problem(f"{name}#{entry.filename.rpartition('/')[2]}", 0, "", told)])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _chosen(name: str, workbook: Any, wanted: str) -> str:  # noqa: ANN401 - the reader's own type
    names: list[str] = workbook.sheet_names
    if wanted:
        match = [sheet for sheet in names if sheet.strip().casefold() == wanted.strip().casefold()]
        if match:
            return match[0]
        raise InputError([Problem(name, 0, "", f"has no sheet {wanted!r}; its sheets are {', '.join(names)}")])
    filled = [sheet for sheet in names if workbook.get_sheet_by_name(sheet).to_python(nrows=1)]
    if len(filled) == 1:
        return filled[0]
    example = f", such as {shlex.quote(f'{name}#{filled[0]}')}" if filled else ""
    told = f"holds the sheets {', '.join(filled)}; name one{example}" if filled else "is empty"
    raise InputError([Problem(name, 0, "", told)])


def _table(name: str, rows: Sequence[Sequence[object]], header_row: int) -> Sheet:
    at = header_row - 1 if header_row else header_place(rows)
    if at >= len(rows):
        short = f"ends with row {len(rows)}, so its header is not in row {header_row}; correct that"
        told = short if rows else "the sheet is empty; it needs at least a header"
        raise InputError([Problem(name, 0, "", told)])
    header = [str(_value(cell) or "").strip() for cell in rows[at]]
    width = max((place + 1 for place, cell in enumerate(header) if cell), default=0)
    header = header[:width]
    problems = [
        Problem(name, at + 1, column, "the header names this column twice")
        for column in dict.fromkeys(header)
        if column and header.count(column) > 1
    ]
    if problems:
        raise InputError(problems)
    filled = [(line, row) for line, row in enumerate(rows[at + 1 :], at + 2) if any(cell != "" for cell in row)]
    columns = {column: _values(row[place] for _, row in filled) for place, column in enumerate(header) if column}
    is_below = not header_row and any(map(any, rows[:at]))
    return Sheet(name, columns, [line for line, _ in filled], f"XLSX, header in row {at + 1}" if is_below else "XLSX")


def read_parquet(name: str, source: object) -> Iterator[Sheet]:
    """Read a Parquet file in pieces; its rows count from 1.

    Raises:
        InputError: the file is no Parquet.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 1
    try:
        file = pq.ParquetFile(source)
        empty = [file.schema_arrow.empty_table()] if not file.metadata.num_rows else []
        for table in itertools.chain(empty, map(_as_table, file.iter_batches(PIECE))):
            columns = {column: _column_cells(name, table, column) for column in table.column_names}
            yield Sheet(name, columns, range(row, row + len(table)), "Parquet")
            row += len(table)
            watching.tell(f"rows of {Path(name).name} checked", row - 1, file.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise InputError([Problem(name, 0, "", f"is no Parquet file that can be read: {error}")]) from None


def _column_cells(name: str, table: Any, column: str) -> Sequence[object]:  # noqa: ANN401 - pyarrow has no types
    if table.column_names.count(column) > 1:
        raise InputError([Problem(name, 0, column, "the header names this column twice")])
    try:
        return _cells(table[column])
    except (ValueError, OverflowError, KeyError) as error:  # a day beyond all years, bytes that are no text, a zone
        raise InputError([Problem(name, 0, column, f"holds what cannot be read: {error}")]) from None


def _as_table(batch: object) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _cells(column: Any) -> Sequence[object]:  # noqa: ANN401 - pyarrow has no types
    from pyarrow import types

    kind = column.type
    if types.is_string(kind) or types.is_large_string(kind):
        return cells(column, stripped)
    if types.is_integer(kind) or types.is_float32(kind) or types.is_float64(kind):
        return cells(column, _value)
    return _values(column.to_pylist())


def _values(column: Iterable[object]) -> list[object]:
    values = list(column)
    kinds = set(map(type, values))
    if len(kinds - {type(None)}) > 1 or not kinds <= {str, int, float, bool, type(None)}:
        return list(map(_value, values))
    known = {cell: _value(cell) for cell in set(values)}  # of one kind, so that 1 and True are not one key
    return [known[cell] for cell in values]


def _value(cell: object) -> object:
    """A cell as text or number: whole numbers without a point, days as ISO 8601."""
    value: object = cell
    match cell:
        case str():
            value = cell.strip() or None
        case bool() | int() | None:
            value = cell
        case float() | decimal.Decimal():
            value = _number(float(cell))
        case dt.datetime() if cell.time() == dt.time():
            value = cell.date().isoformat()
        case dt.date():  # and a moment, which is one
            value = cell.isoformat()
        case bytes():
            value = cell.decode().strip() or None
        case list():
            value = tuple(_value(item) for item in cell)
        case _:
            value = str(cell)
    return value


def _number(cell: float) -> float | None:
    if math.isnan(cell):
        return None
    return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell
