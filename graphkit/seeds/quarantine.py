"""Refused rows into a file beside their own: the same columns, and why; mended, it loads like the file itself."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
from bisect import bisect
from collections import defaultdict
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.formulas import guarded
from graphkit.seeds.reading.quarantined import QUARANTINE_COLUMNS, QUARANTINED, plain_name
from graphkit.values import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["fatal", "put_aside", "quarantine_file"]

SEPARATORS = re.compile(r"[\\/]")


def fatal(sheets: Iterable[Sheet], problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are not of single rows: with them, nothing of a file can be taken in."""
    rows = {(sheet.file, line) for sheet in sheets for line in (*sheet.lines, *sheet.refused)}
    return [problem for problem in problems if (problem.file, problem.row) not in rows]


def quarantine_file(file: str) -> Path:
    """Where the refused rows of a file go; those of mended rows that are refused again go where they were."""
    book, sharp, part = plain_name(file).rpartition("#")  # a sheet or a list may be called like no file
    named = f"{book}#{SEPARATORS.sub('_', part)}" if sharp and Path(book).is_file() else plain_name(file)
    return Path(f"{named}{QUARANTINED}")


@contextmanager
def put_aside(sheets: Iterable[Sheet], problems: Iterable[Problem]) -> Iterator[tuple[str, ...]]:
    """Write the refused rows of each file beside it; they get their place when what is done meanwhile went well.

    So the rows of a file of mended ones are never in neither: not in the graph, and no longer in the file.

    Raises:
        InputError: a file cannot be written.
    """
    files: dict[Path, Path] = {}
    try:
        files.update(_parts(sheets, problems))
        yield tuple(map(str, files))
        for path, part in files.items():
            _put(part, path)
    finally:
        for part in files.values():
            part.unlink(missing_ok=True)


def _put(part: Path, path: Path) -> None:
    """Give a file its place, whole or not at all; what lay there may hold rows that were mended, and stays beside."""
    if path.exists() and path.read_bytes() != part.read_bytes():
        names = (path.with_name(f"{path.name}.old{number}") for number in itertools.chain([""], itertools.count(2)))
        os.replace(path, next(old for old in names if not old.exists()))  # noqa: PTH105 - as below
    os.replace(part, path)  # noqa: PTH105 - in one step


def _parts(sheets: Iterable[Sheet], problems: Iterable[Problem]) -> Iterator[tuple[Path, Path]]:
    """Write what is put aside under a name of its own, beside each place where it belongs."""
    wrong: dict[str, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        wrong[problem.file][problem.row].append(problem)
    by_file: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_file[sheet.file].append(sheet)
    for file, rows in wrong.items():
        if file in by_file:
            path = quarantine_file(file)
            part = path.with_name(f".{path.name}.part")
            yield path, part
            if path.is_dir():
                raise InputError([Problem(str(path), 0, "", "cannot be written: it is a folder")])
            try:
                part.write_text(_text(file, by_file[file], rows), "utf-8", errors="backslashreplace")
            except OSError as error:
                raise InputError([Problem(str(path), 0, "", f"cannot be written: {error.strerror}")]) from None


def _text(file: str, sheets: Sequence[Sheet], wrong: Mapping[int, Sequence[Problem]]) -> str:
    header = list(dict.fromkeys(column for sheet in sheets for column in sheet.columns))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*map(guarded, header), *QUARANTINE_COLUMNS])
    told = sorted(wrong)
    for line, cells in sorted(_rows(sheets, header, wrong), key=itemgetter(0)):
        why = wrong[told[max(0, bisect(told, line) - 1)]]  # rows of one conflict share what is wrong
        writer.writerow([*map(_safe, cells), *map(_safe, _why(file, sheets, line, why))])
    return out.getvalue()


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
    name = SEPARATORS.split(plain_name(file))[-1]
    reasons, advice = ([part for part in parts if part] for parts in zip(*((t[0], t[2]) for t in told), strict=True))
    return [name, str(number), ", ".join(columns), " / ".join(reasons), " / ".join(advice)]


def _safe(cell: object) -> object:
    """A cell that no spreadsheet runs; reading takes away what that needs."""
    if isinstance(cell, list | tuple):
        return LIST_SEPARATOR.join("" if one is None else str(one) for one in cell)
    return guarded(cell) if isinstance(cell, str) and not _is_number(cell) else cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?\d+([.,]\d+)*%?", text) is not None
