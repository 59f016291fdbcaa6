"""The columns of a table to those that a mapping names: editions of one list write their headers otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.errors import Problem
from graphkit.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.seeds.mapping.statements import Cell, TableMapping
    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["HOLE", "chain", "filled", "fitted", "lacking_columns"]

HOLE = re.compile(r"\{([^{}]+)\}")
"""Where a template takes a cell."""


def fitted(sheet: Sheet, mapping: TableMapping) -> Sheet:
    """A sheet with its columns under the names that the mapping has for them.

    An edition may write `share_%` for `Share (%)`; of several columns that a cell may come from, one is enough.
    """
    lacking = _named(mapping) - sheet.columns.keys()
    if not lacking:
        return sheet
    columns = dict(sheet.columns)
    for name in sorted(lacking):
        alike = [column for column in sheet.columns if fold(column) == fold(name)]
        if len(alike) == 1:
            columns[name] = sheet.columns[alike[0]]
    for cell in _cells(mapping):
        if any(column in columns for column in cell.columns):
            columns |= {column: [None] * len(sheet) for column in cell.columns if column not in columns}
    return replace(sheet, columns=columns)


def _cells(mapping: TableMapping) -> Iterator[Cell]:
    firsts = (cell for statement in mapping.statements for cell in (*statement.cells.values(), *statement.unless))
    return (cell for first in firsts for cell in chain(first))


def _named(mapping: TableMapping) -> set[str]:
    named = {condition.column for statement in mapping.statements for condition in statement.when}
    for cell in _cells(mapping):
        named |= {*cell.columns, *HOLE.findall(cell.template)}
    return named - {"file", "row"}


def chain(cell: Cell | None) -> Iterator[Cell]:
    """A cell and those that stand in for it."""
    while cell:
        yield cell
        cell = cell.fallback


def lacking_columns(sheet: Sheet, mapping: TableMapping) -> list[Problem]:
    """The columns that a mapping names and a sheet lacks, with the nearest that it has."""
    from rapidfuzz import process

    problems = []
    for column in sorted(_named(mapping) - sheet.columns.keys()):
        near = process.extractOne(column, list(sheet.columns), score_cutoff=50)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(repr, sheet.columns))}"
        problems.append(Problem(sheet.file, 1, column, f"the mapping names this column, and the file lacks it; {hint}"))
    return problems


def filled(template: str, values: dict[str, object]) -> object:
    """A template with values in its holes; nothing where all of them are nothing."""
    if all(value is None for value in values.values()):
        return None
    return HOLE.sub(lambda hole: "" if values[hole[1]] is None else str(values[hole[1]]), template).strip()
