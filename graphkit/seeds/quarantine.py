"""Refused rows into a file beside their own: the same columns, and why; mended, it loads like the file itself."""

from __future__ import annotations

import csv
import io
import os
import re
from bisect import bisect
from collections import defaultdict
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.seeds.delimited import QUARANTINE_COLUMNS
from graphkit.seeds.sheets import QUARANTINED, plain_name
from graphkit.values import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.seeds.sheets import Sheet

__all__ = ["fatal", "quarantine_file", "write_quarantine"]

Place = tuple[str, int]


def fatal(sheets: Iterable[Sheet], problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are not of single rows: with them, nothing of a file can be taken in."""
    rows = {(sheet.file, line) for sheet in sheets for line in (*sheet.lines, *sheet.refused)}
    return [problem for problem in problems if (problem.file, problem.row) not in rows]


def quarantine_file(file: str) -> Path:
    """Where the refused rows of a file go; those of mended rows that are refused again go where they were."""
    return Path(f"{plain_name(file)}{QUARANTINED}")


def write_quarantine(sheets: Iterable[Sheet], problems: Iterable[Problem]) -> list[Path]:
    """Write the refused rows of each file beside it.

    Returns:
        The files written.

    Raises:
        InputError: a file cannot be written.
    """
    wrong: dict[str, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        wrong[problem.file][problem.row].append(problem)
    by_file: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_file[sheet.file].append(sheet)
    return [_write(file, by_file[file], rows) for file, rows in wrong.items() if file in by_file]


def _write(file: str, sheets: Sequence[Sheet], wrong: Mapping[int, Sequence[Problem]]) -> Path:
    header = list(dict.fromkeys(column for sheet in sheets for column in sheet.columns))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header, *QUARANTINE_COLUMNS])
    told = sorted(wrong)
    for line, cells in sorted(_rows(sheets, header, wrong), key=itemgetter(0)):
        why = wrong[told[max(0, bisect(told, line) - 1)]]  # rows of one conflict share what is wrong
        writer.writerow([*map(_safe, cells), *map(_safe, _why(file, sheets, line, why))])
    path = quarantine_file(file)
    try:
        part = path.with_name(f".{path.name}.part")
        part.write_text(out.getvalue(), "utf-8")
        if path.exists() and QUARANTINED not in file and path.read_bytes() != part.read_bytes():
            os.replace(path, path.with_name(f"{path.name}.old"))  # noqa: PTH105 - it may hold what was mended by hand
        os.replace(part, path)  # noqa: PTH105 - whole or not at all
    except OSError as error:
        raise InputError([Problem(str(path), 0, "", f"cannot be written: {error.strerror}")]) from None
    return path


def _rows(
    sheets: Sequence[Sheet], header: Sequence[str], wrong: Mapping[int, Sequence[Problem]]
) -> Iterator[tuple[int, list[object]]]:
    for sheet in sheets:
        place_of = {line: place for place, line in enumerate(sheet.lines) if line in wrong}
        for line, place in place_of.items():
            yield line, [sheet.columns[name][place] if name in sheet.columns else None for name in header]
        for line, cells in sheet.refused.items():
            if cells:
                fitting = [
                    *cells[: len(header) - 1],
                    *([",".join(cells[len(header) - 1 :])] if len(cells) >= len(header) else []),
                ]
                yield line, [*fitting, *[None] * (len(header) - len(fitting))]


def _why(file: str, sheets: Sequence[Sheet], line: int, problems: Sequence[Problem]) -> list[str]:
    told = [problem.message.partition("; ") for problem in sorted(problems)]
    number = next(
        (
            sheet.numbers[place]
            for sheet in sheets
            if sheet.numbers
            for place, at in enumerate(sheet.lines)
            if at == line
        ),
        line,
    )
    columns = dict.fromkeys(problem.column for problem in sorted(problems) if problem.column)
    name = re.split(r"[\\/]", plain_name(file))[-1]
    reasons, advice = ([part for part in parts if part] for parts in zip(*((t[0], t[2]) for t in told), strict=True))
    return [name, str(number), ", ".join(columns), " / ".join(reasons), " / ".join(advice)]


def _safe(cell: object) -> object:
    """A cell that no spreadsheet runs: what begins as a formula gets an apostrophe, which reading takes away."""
    if isinstance(cell, list | tuple):
        return LIST_SEPARATOR.join(map(str, cell))
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?\d+([.,]\d+)*%?", text) is not None
