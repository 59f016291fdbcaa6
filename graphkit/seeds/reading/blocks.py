"""Large tables of text in blocks of whole rows: memory holds one block at a time, rows keep their numbers."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.seeds.reading.conflicts import MARKS, has_marks
from graphkit.seeds.reading.delimited import header_of, read_delimited
from graphkit.seeds.reading.guessing import delimiter_of
from graphkit.seeds.reading.structured import read_json_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from graphkit.seeds.reading.sheets import Reading, Sheet

__all__ = ["delimited_sheets", "json_lines_sheets"]

FIRST = 1 << 20
"""The first block has at most so many characters: it is read once more, to see what its file is about."""

LONGEST = 1 << 20
"""A row, or an unfinished merge, is not longer than so many characters: what seems so is torn somewhere else."""


def delimited_sheets(name: str, text: TextIO, encoding: str, reading: Reading, size: int) -> Iterator[Sheet]:
    """Read a table of which each line is a row, so many characters at a time; see `read_delimited`.

    Raises:
        InputError: there is no header, or it names a column twice.
    """
    header = read_as = ""
    line = 1
    for block in _blocks(text, size):
        if not header:
            reading = replace(reading, delimiter=delimiter_of(block, reading))
        sheet = _numbered(read_delimited(name, header + _padding(block, line) + block, encoding, reading), block, line)
        line += _lines(block)
        if not header:  # the later blocks get it as their first line
            header, read_as = _written(header_of(name, block, reading), reading.delimiter), sheet.read_as
            reading, line = replace(reading, header=1), line - 1
        yield replace(sheet, read_as=read_as)


def json_lines_sheets(name: str, text: TextIO, encoding: str, size: int) -> Iterator[Sheet]:
    """Read one object from each line, so many characters at a time; see `read_json_lines`."""
    line = 1
    for block in _blocks(text, size):
        if block.strip():
            for sheet in read_json_lines(name, _padding(block, line) + block, encoding):
                yield _numbered(sheet, block, line)
        line += _lines(block)


def _blocks(text: TextIO, size: int) -> Iterator[str]:
    """Blocks of whole rows: a quote or a merge that is open at the end of one takes the next lines with it."""
    sizes = itertools.chain([min(size, FIRST)], itertools.repeat(size))
    while block := text.read(next(sizes)) + text.readline():
        taken = [block]
        quotes, merging, more = block.count('"'), _is_merging(f"\n{block}"), 0
        while (quotes % 2 or merging) and more < LONGEST and (line := text.readline()):
            taken.append(line)
            quotes, more = quotes + line.count('"'), more + len(line)
            merging = line.startswith(MARKS[0]) or (merging and not line.startswith(MARKS[3]))
        yield "".join(taken)


def _is_merging(block: str) -> bool:
    """Whether an unfinished merge opens in a block and does not close."""
    return block.rfind(f"\n{MARKS[0]}") > block.rfind(f"\n{MARKS[3]}")


def _padding(block: str, line: int) -> str:
    """Empty lines where those of earlier blocks stood, for a block whose problems tell of lines in their words."""
    return "\n" * (line - 1) if has_marks(block) else ""


def _numbered(sheet: Sheet, block: str, line: int) -> Sheet:
    """A sheet with the numbers that its rows have in the file."""
    by = 0 if has_marks(block) else line - 1
    if not by:
        return sheet
    return replace(
        sheet,
        lines=_shifted(sheet.lines, by),
        problems=tuple(replace(problem, row=problem.row + by) for problem in sheet.problems),
        refused={at + by: cells for at, cells in sheet.refused.items()},
    )


def _shifted(lines: Sequence[int], by: int) -> Sequence[int]:
    if isinstance(lines, range):
        return range(lines.start + by, lines.stop + by)
    return [line + by for line in lines]


def _lines(block: str) -> int:
    return sum(1 for _ in io.StringIO(block, newline="")) if "\r" in block else block.count("\n")


def _written(columns: Sequence[str], delimiter: str) -> str:
    """A header as it stands in a file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(columns)
    return out.getvalue()
