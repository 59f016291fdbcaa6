"""Rows to text: a table for people, JSON and CSV for programs, Markdown for documents.

Unknown is a dash in a table, null in JSON and nothing in CSV; it is never a zero. Text that a spreadsheet would run as
a formula goes out of CSV with an apostrophe before it (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from graphkit.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["FORMATS", "render", "shortened"]

UNKNOWN = "–"
GAP = "   "
NARROWEST = 4
"""A column that is too wide keeps at least so many cells, even where a table then is wider than it should be."""
WORDS_KEPT = (24, 20, 16, 13, 10, 8, 6, NARROWEST)
"""Words up to this length are kept whole, if that leaves the other columns half as much; else up to the next."""
LONGEST = 400
"""Of a text that has more signs than this, a table for people shows the beginning and the end."""
_WORD = re.compile(r"[!-~]+")
DIGITS = 6
"""Significant digits of a number that is shown to people; programs get all of them."""


def render(rows: Iterable[Mapping[str, object]], columns: Sequence[str], style: str, *, width: int = 120) -> str:
    """Write rows as text.

    Args:
        rows: The rows; a column that a row lacks is unknown.
        columns: Which columns, in which order.
        style: One of `FORMATS`.
        width: How many characters a table may be wide.
    """
    wanted = [{name: row.get(name) for name in columns} for row in rows]
    return _STYLES[style](wanted, columns, width)


def _table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], width: int) -> str:
    cells = [[shortened(_shown(row[name])) for name in columns] for row in rows]
    widths = _fitted(list(zip(columns, *cells, strict=True)), width - len(GAP) * (len(columns) - 1))
    is_right = [any(_is_number(row[name]) for row in rows) for name in columns]
    rule = "─" * (sum(widths) + len(GAP) * (len(columns) - 1))
    lines = [line for row in cells for line in _lines(row, widths, is_right)]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*_lines(columns, widths, is_right), rule, *lines, count])


def _fitted(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths of columns: the widest give way, all alike and down to their longest word, until they fit."""
    natural = [max(map(_width, column)) for column in columns]
    words = [max((len(word) for text in column for word in _WORD.findall(text)), default=0) for column in columns]
    for keep in WORDS_KEPT:
        floors = [min(one, max(NARROWEST, min(word, keep))) for one, word in zip(natural, words, strict=True)]
        for most in range(max(natural, default=0), max(keep // 2, NARROWEST) - 1, -1):
            widths = [max(floor, min(one, most)) for one, floor in zip(natural, floors, strict=True)]
            if sum(widths) <= room:
                return _spread(widths, [min(*pair) for pair in zip(natural, words, strict=True)], room - sum(widths))
    return floors


def _spread(widths: list[int], wanted: Sequence[int], spare: int) -> list[int]:
    """Give what is left to the columns that need least to keep their words whole."""
    for need, place in sorted(
        (want - width, place) for place, (want, width) in enumerate(zip(wanted, widths, strict=True))
    ):
        if 0 < need <= spare:
            widths[place] += need
            spare -= need
    return widths


def _lines(row: Sequence[str], widths: Sequence[int], is_right: Sequence[bool]) -> Iterator[str]:
    """The lines of one row, each cell wrapped into its column."""
    wrapped = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        padded = [
            " " * (width - _width(part)) + part if right else part + " " * (width - _width(part))
            for part, width, right in zip(line, widths, is_right, strict=True)
        ]
        yield GAP.join(padded).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines: cut between words, and within a word only where it is longer than a line."""
    if _width(text) <= width:
        return [text]
    lines = [""]
    for word in re.findall(r"\s*\S+", text):
        if _width(lines[-1] + word) <= width:
            lines[-1] += word
            continue
        lines.append("")
        for sign in word.lstrip():
            if _width(lines[-1] + sign) > width:
                lines.append("")
            lines[-1] += sign
    return [line for line in lines if line]


@lru_cache(maxsize=10_000)
def _width(text: str) -> int:
    """How many cells of a terminal a text takes: Chinese signs two, marks on other signs none."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else not combining(sign) for sign in text)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:,.0f}" if value.is_integer() else f"{value:,.{DIGITS}g}"
        case int():
            return f"{value:,}"
        case list() | tuple():
            return ", ".join(map(_shown, value)) or UNKNOWN
        case _:
            return _printable(str(value))


def _printable(text: str) -> str:
    """Text without what would move a terminal's cursor or turn the reading direction of what follows."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def shortened(text: str, most: int = LONGEST) -> str:
    """A text for a terminal: its middle left out where it is very long, and nothing that moves the cursor."""
    text = _printable(text)
    if len(text) <= most:
        return text
    return f"{text[: most * 3 // 4]} … ({len(text) - most:,} more signs) … {text[-(most // 4) :]}"


def _json(rows: Sequence[Mapping[str, object]], _columns: Sequence[str], _width: int) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _json_lines(rows: Sequence[Mapping[str, object]], _columns: Sequence[str], _width: int) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str], _width: int) -> str:
    return "\n".join(map(_csv_line, [columns, *([_cell(row[name]) for name in columns] for row in rows)]))


def _csv_line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # so that a cell with either sign is quoted
    return out.getvalue().removesuffix("\r\n")


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return _cell("|".join(map(str, value)))
        case str():
            return guarded(value)
        case _:
            return value


def _markdown(rows: Sequence[Mapping[str, object]], columns: Sequence[str], _width: int) -> str:
    lines = [columns, ["---"] * len(columns), *([_shown(row[name]) for name in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(_markdown_cell(cell) for cell in line)} |" for line in lines)


def _markdown_cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


_STYLES: dict[str, Callable[[Sequence[Mapping[str, object]], Sequence[str], int], str]] = {
    "table": _table,
    "json": _json,
    "jsonl": _json_lines,
    "csv": _csv,
    "markdown": _markdown,
}

FORMATS = tuple(_STYLES)
"""The names of the styles."""
