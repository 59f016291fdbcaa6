"""What nobody said of a file, from how it looks: its kind, its delimiter, where its header stands."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import TYPE_CHECKING

from graphkit.seeds.reading.conflicts import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.seeds.reading.sheets import Reading

__all__ = ["LOOKED_AT", "delimiter_of", "header_place", "kind_of", "utf_16"]

DELIMITERS = ",\t;|"
SAMPLE = 50
"""So many lines are looked at to find the delimiter."""

LARGEST = 1 << 20
"""And so many characters at most."""

LOOKED_AT = 20
"""The header is looked for in so many rows."""

TITLE = 2
"""A title, or a remark beside it, fills at most so many cells, and less than half as many as a row of the table."""

STARTS = ((b"PAR1", "parquet"), (b"PK\x03\x04", "xlsx"), (b"- ", "yaml"), (b"---", "yaml"), (b"[", "json"))


def kind_of(data: bytes) -> str:
    """The kind of a file by how it begins; what begins like no other is taken for a table with delimiters."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return "jsonl" if _is_lines(text) else "json"
    return next((kind for start, kind in STARTS if text.startswith(start)), "csv")


def _is_lines(text: bytes) -> bool:
    """Whether the first of several lines is an object of its own."""
    first, _, rest = text.partition(b"\n")
    try:
        json.loads(first)
    except ValueError:
        return False
    return bool(rest.strip())


def header_place(rows: Sequence[Sequence[object]]) -> int:
    """The place of the header among the first rows of a table: below the titles, if there are any."""
    filled = [sum(bool(str(cell).strip()) for cell in row if cell is not None) for row in rows[:LOOKED_AT]]
    widest = max((cells for cells in filled if filled.count(cells) > 1), default=0)  # a single one may be damaged
    for place, (row, cells) in enumerate(zip(rows, filled, strict=False)):
        is_title = cells <= TITLE and cells * 2 < widest and not str(row[0]).startswith(MARKS)
        if cells and not is_title:
            return place
    return len(filled)


def utf_16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: of its commas, digits and ends of lines one byte each is zero."""
    low, high = data[1::2].count(0), data[::2].count(0)
    if not low + high or max(low, high) * 20 < len(data) // 2 or min(low, high) * 20 > max(low, high):
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def delimiter_of(text: str, reading: Reading) -> str:
    """What separates cells: what `reading` says, else the sign that cuts the most lines alike."""
    if reading.delimiter or reading.input_format == "tsv":
        return reading.delimiter or "\t"
    lines = [line for line in islice(io.StringIO(text[:LARGEST], newline=None), SAMPLE) if line.strip()]
    best = (0, 0, ",")
    for place, sign in enumerate(DELIMITERS):
        widths = [_cells(line, sign) for line in lines]
        if width := next((width for width in widths if width > 1), 0):  # a title above the header may have one cell
            best = max(best, (widths.count(width) * 1000 + width, -place, sign))
    return best[2]


def _cells(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign), ()))
    except csv.Error:  # a cell beyond all measure, which is told of when it is read
        return 0
