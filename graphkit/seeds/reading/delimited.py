"""Text to rows: CSV and TSV with whatever delimiter, however damaged.

A damaged row does not end the reading: the line where it starts is set aside, and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.formulas import unguarded
from graphkit.seeds.reading.conflicts import LONE, MARKS, find_conflicts, has_marks, without
from graphkit.seeds.reading.guessing import LOOKED_AT, delimiter_of, header_place
from graphkit.seeds.reading.plain import read_plain
from graphkit.seeds.reading.quarantined import QUARANTINE_COLUMNS
from graphkit.seeds.reading.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.seeds.reading.conflicts import Conflict
    from graphkit.seeds.reading.sheets import Reading

__all__ = ["header_of", "read_delimited"]

NO_DELIMITERS = '"\r\n'

LARGE = 1 << 20
"""From so many characters on, plain tables are read all at once."""


def read_delimited(name: str, text: str, encoding: str, reading: Reading) -> Sheet:
    """Read a table of which each line is a row, and the first, or the one that `reading` says, the header.

    Raises:
        InputError: there is no header, or it names a column twice.
    """
    delimiter = delimiter_of(text, reading)
    if len(delimiter) != 1 or delimiter in NO_DELIMITERS:
        raise InputError([Problem(name, 0, "", f"{delimiter!r} cannot separate cells; name one sign, such as ';'")])
    read_as = f"{encoding}, delimiter {delimiter!r}"
    wanted = reading.header or _below_titles(name, text, delimiter)
    if len(text) > LARGE and wanted <= 1 and (plain := _plain(name, text, delimiter)):
        return Sheet(name, *plain, read_as)
    source = text.split("\n") if has_marks(text) else []
    conflicts = find_conflicts(source)
    rows = _Rows(name, "\n".join(without(source, conflicts)) if conflicts else text, delimiter)
    at, header, named = _header(rows, wanted)
    if not header and reading.header:
        last = len(list(io.StringIO(text, newline="")))
        told = f"ends with row {last}, so its header is not in row {reading.header}; correct that"
        raise InputError([Problem(name, 0, "", told), *rows.problems])
    mended = tuple(header[-len(QUARANTINE_COLUMNS) :]) == QUARANTINE_COLUMNS
    own = [*map(unguarded, header[: -len(QUARANTINE_COLUMNS)])] if mended else header
    _refuse_header(name, at, own)
    kept, lines = _kept(rows, len(header), named)
    _set_apart(rows, conflicts, source, at)
    cells = list(zip(*kept, strict=True)) if kept else [() for _ in header]
    clean = _unquoted if mended else _stripped
    pairs = enumerate(zip(own, cells, strict=False))  # a sign at the end of the header may separate nothing
    columns = {column: clean(values) for place, (column, values) in pairs if place < named or any(values)}
    numbers = (
        [int(cell) if cell.isdecimal() else line for cell, line in zip(cells[-4], lines, strict=True)] if mended else ()
    )
    read_as += f", header in row {at}" if wanted and not reading.header else ""
    return Sheet(name, columns, lines, read_as, tuple(rows.problems), rows.refused, numbers=numbers)


def header_of(name: str, text: str, reading: Reading) -> list[str]:
    """The cells of the header as they stand, those without a name included."""
    wanted = reading.header or _below_titles(name, text, reading.delimiter)
    return _first_row(_Rows(name, text, reading.delimiter), wanted)[1]


def _first_row(rows: _Rows, wanted: int) -> tuple[int, list[str]]:
    """The first row from a line on, and its line."""
    return next(((line, row) for line, row in rows if row and line >= wanted), (0, []))


def _below_titles(name: str, text: str, delimiter: str) -> int:
    """The line of a header that has titles above it; nothing where the first row is the header."""
    start = "".join(islice(io.StringIO(text, newline=""), 2 * LOOKED_AT))
    rows = [(line, row) for line, row in islice(_Rows(name, start, delimiter), LOOKED_AT) if row]
    place = header_place([row for _, row in rows])
    return rows[place][0] if 0 < place < len(rows) else 0


def _plain(name: str, text: str, delimiter: str) -> tuple[dict[str, Sequence[object]], range] | None:
    """Read a large table that is plain; None where it is not, or its header needs a closer look."""
    header, columns = read_plain(text, delimiter) or ([], [])
    if not header or "" in header or tuple(header[-len(QUARANTINE_COLUMNS) :]) == QUARANTINE_COLUMNS:
        return None
    _refuse_header(name, 1, header)
    return dict(zip(header, columns, strict=True)), range(2, 2 + len(columns[0]))


def _header(rows: _Rows, wanted: int) -> tuple[int, list[str], int]:
    """The line of the header, its cells, and up to where they have names; else a column goes by its place."""
    at, cells = _first_row(rows, wanted)
    header = [cell.strip() for cell in cells]
    named = max((place for place, cell in enumerate(header, 1) if cell), default=len(header))
    return at, [cell or f"column {place}" for place, cell in enumerate(header, 1)], named


def _refuse_header(name: str, line: int, header: Sequence[str]) -> None:
    if header and header[0].startswith(MARKS):
        raise InputError([Problem(name, line, "", LONE)])
    seen: set[str] = set()
    twice = [column for column in header if column in seen or seen.add(column)]  # type: ignore[func-returns-value]
    if twice:
        raise InputError(
            [Problem(name, line, column or "", f"the header names this column twice: {column!r}") for column in twice]
        )


def _stripped(values: Sequence[str]) -> list[object]:
    known: dict[str, str | None] = {cell: cell.strip() or None for cell in set(values)}
    return list(map(known.__getitem__, values))


def _unquoted(values: Sequence[str]) -> list[object]:
    """Cells of a file that graphkit wrote: the apostrophe that keeps a spreadsheet from running a cell goes."""
    return _stripped(list(map(unguarded, values)))


@dataclass
class _Rows:
    """The rows of a text, each with the line where it starts; what cannot be read is put aside."""

    name: str
    text: str
    delimiter: str
    problems: list[Problem] = field(default_factory=list)
    refused: dict[int, list[str]] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)
    _resume: int = 0

    def __post_init__(self) -> None:
        self._iterator = self._read()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self._iterator

    def refuse(self, line: int, cells: list[str], message: str) -> None:
        """Put a row aside; one that runs over several lines may have swallowed good ones, which are read again."""
        self.problems.append(Problem(self.name, line, "", message))
        self.refused[line] = cells
        if any("\n" in cell or "\r" in cell for cell in cells):
            self.refused[line] = [self.line(line).rstrip("\r\n")]
            self._resume = line

    def line(self, number: int) -> str:
        """One line as it stands; lines are cut only when something is wrong."""
        if not self._lines:
            self._lines = list(io.StringIO(self.text, newline=""))
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        source: Iterator[str] = io.StringIO(self.text, newline="")
        before = 0
        while True:
            reader = csv.reader(source, delimiter=self.delimiter, strict=True)
            start = before + 1
            try:
                for row in reader:
                    yield start, row
                    if self._resume:
                        break
                    start = before + reader.line_num + 1
                else:
                    return
            except csv.Error as error:
                self.refuse(start, [self.line(start).rstrip("\r\n")], f"{_trouble(error)} in the row that starts here")
            before, self._resume = start, 0
            source = self._from(start)

    def _from(self, start: int) -> Iterator[str]:
        return (self._lines[place] for place in range(start, len(self._lines)))


def _trouble(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a quote never closes, or a cell is longer than {csv.field_size_limit():,} signs,"
    return "a quote never closes" if "unexpected end" in str(error) else f"malformed quoting ({error})"


def _kept(rows: _Rows, width: int, named: int) -> tuple[list[list[str]], list[int]]:
    """The rows with as many cells as the header; those under nameless columns at its end may lack."""
    kept, lines = [], []
    for line, row in rows:
        if len(row) == width:
            kept.append(row)
            lines.append(line)
        elif row and row[0].startswith(MARKS) and row[0][7:8] in ("", " "):
            rows.refuse(line, row, LONE)
        elif named <= len(row) < width:
            kept.append([*row, *[""] * (width - len(row))])
            lines.append(line)
        elif row:
            told = f"{len(row)} cells where the header has {width}; quote cells that hold {rows.delimiter!r}"
            rows.refuse(line, row, told)
    return kept, lines


def _set_apart(rows: _Rows, conflicts: Sequence[Conflict], lines: Sequence[str], header: int) -> None:
    """Put both sides of each unfinished merge aside, row by row; one problem tells of both.

    Raises:
        InputError: the header itself stands in one.
    """
    problems = [conflict.problem(rows.name, lines) for conflict in conflicts]
    if conflicts and conflicts[0].start < header:
        raise InputError(problems)
    rows.problems += problems
    for conflict in conflicts:
        rows.refused[conflict.start] = []
        for side in filter(None, conflict.sides):
            part = _Rows(rows.name, "\n".join(lines[side[0] - 1 : side[-1]]), rows.delimiter)
            rows.refused |= {line + side[0] - 1: row for line, row in part if row}
            rows.refused |= {line + side[0] - 1: row for line, row in part.refused.items()}
