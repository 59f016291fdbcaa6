"""Columns that say a thing once for all rows below it: what an empty cell, or a ditto mark, stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["written_out"]

MARKS = {"", '"', "''", "″", "〃", "ditto", "do.", "dto.", "同上"}


def written_out(sheets: Iterable[Sheet], columns: Sequence[str]) -> Iterator[Sheet]:
    """The pieces of a table with what stands above in each empty cell of some columns.

    Below rows that cannot be read nobody knows what stands above: there a cell stays empty until one says it again.
    """
    if not columns:
        yield from sheets
        return
    wanted = {fold(column) for column in columns}
    above: dict[str, object] = {}
    for sheet in sheets:
        named = {name: sheet.columns[name] for name in sheet.columns if fold(name) in wanted}
        filled: dict[str, list[object]] = {name: [] for name in named}
        torn = sorted(sheet.refused, reverse=True)
        for row, line in enumerate(sheet.lines):
            while torn and torn[-1] < line:
                torn.pop()
                above.clear()
            for name, cells in named.items():
                if str("" if cells[row] is None else cells[row]).strip().lower() not in MARKS:
                    above[name] = cells[row]
                filled[name].append(above.get(name))
        if torn:
            above.clear()
        yield replace(sheet, columns={**sheet.columns, **filled})
