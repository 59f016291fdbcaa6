"""Columns of cells to columns of values: each distinct cell is read once, rows with a problem are struck out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.columns import Coded, distinct, each, taken
from graphkit.errors import Problem
from graphkit.seeds.reading.sheets import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graphkit.seeds.reading.sheets import Sheet
    from graphkit.values import Value

__all__ = ["Columns", "refuse_missing_columns", "refuse_unknown_columns"]


@dataclass
class Columns:
    """Cells of some rows of a sheet, cleaned column by column; rows with a problem are struck out."""

    sheet: Sheet
    rows: Sequence[int]
    problems: list[Problem]
    struck: set[int] = field(default_factory=set)

    def clean(self, column: str, reader: Callable[[object], Value]) -> Sequence[Value]:
        """Read each distinct cell of a column once."""
        cells = self._cells(column)
        read: dict[object, Value] = {None: None, "": None}
        wrong: dict[object, str] = {}
        for cell in distinct(cells):
            if cell is None or cell == "":
                continue
            try:
                read[cell] = reader(cell)
            except ValueError as error:
                wrong[cell] = str(error)
        if wrong:
            for row, cell in zip(self.rows, cells, strict=True):
                if cell in wrong:
                    self.strike(row, column, wrong[cell])
        return each(cells, read.get)

    def _cells(self, column: str) -> Sequence[object]:
        cells = self.sheet.columns[column]
        if len(self.rows) < len(cells):
            cells = taken(cells, self.rows)
        if isinstance(cells, Coded):
            return cells
        kinds = set(map(type, cells))
        if not kinds <= _HASHABLE:
            cells = [_hashable(cell) for cell in cells]
        if len(kinds & _EQUALS) > 1:  # 1, 1.0 and True are one key of a dictionary
            cells = [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]
        return cells

    def require(self, column: str, values: Sequence[Value]) -> None:
        """Strike out the rows that lack a value which every record needs."""
        if None in values:
            for row, value in zip(self.rows, values, strict=True):
                if value is None and row not in self.struck:
                    self.strike(row, column, "is empty, and every record of this type needs it")

    def strike(self, row: int, column: str, message: str) -> None:
        """Leave out a row, and say why; a column that a mapping made goes by the name that the file has."""
        self.struck.add(row)
        named = self.sheet.origins.get(column, column)
        self.problems.append(Problem(self.sheet.file, self.sheet.lines[row], named, message))

    def kept(self) -> Sequence[int]:
        """Positions, among the rows, of those without a problem."""
        if not self.struck:
            return range(len(self.rows))
        return [place for place, row in enumerate(self.rows) if row not in self.struck]

    def places(self) -> Places:
        """File and line of each row without a problem."""
        file, lines = self.sheet.file, self.sheet.lines
        if not self.struck and len(self.rows) == len(lines):
            return Places(file, lines)
        return Places(file, [lines[row] for row in self.rows if row not in self.struck])


_HASHABLE = {str, int, float, bool, tuple, type(None)}
_EQUALS = {int, float, bool}


def _hashable(cell: object) -> object:
    """A cell that can be a key: lists as tuples, an object as its text (which no kind takes for anything else)."""
    if isinstance(cell, list):
        return tuple(item if isinstance(item, str) else str(item) for item in cell if item is not None)
    return cell if type(cell) in _HASHABLE else str(cell)


def refuse_unknown_columns(sheet: Sheet, allowed: Sequence[str], problems: list[Problem]) -> None:
    """Name the columns that such a file cannot have, with the nearest that it can."""
    from rapidfuzz import fuzz, process

    for column in sheet.columns:
        if column not in allowed:
            near = process.extractOne(column, allowed, scorer=fuzz.ratio, score_cutoff=60)
            hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(allowed)}"
            told = f"is no column of this kind of file; {hint} (`graphkit propose-mapping` maps foreign tables)"
            problems.append(Problem(sheet.file, 1, column, told))


def refuse_missing_columns(sheet: Sheet, needed: Iterable[str], problems: list[Problem]) -> bool:
    """Name the columns that such a file must have and lacks."""
    missing = [column for column in needed if column not in sheet.columns]
    problems.extend(Problem(sheet.file, 1, column, "is missing from the header") for column in missing)
    return bool(missing)
