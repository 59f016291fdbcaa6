"""Rows to text: a table for people, JSON and CSV for programs, Markdown for documents.

Unknown is a dash in a table, null in JSON and nothing in CSV; it is never a zero. Text that a spreadsheet would run as
a formula goes out of CSV with an apostrophe before it (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["FORMATS", "render"]

UNKNOWN = "–"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
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
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        numeric = any(_is_number(row[name]) for row in rows)
        table.add_column(name, overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(_shown(row[name])) for name in columns))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(table)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join([*lines, f"{len(rows)} row{'' if len(rows) == 1 else 's'}"])


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
        case str() if value.startswith(FORMULA_STARTS):
            return f"'{value}"
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
