"""How the cells of a foreign column are written: lists, decimal commas, per cent, days; and what cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graphkit.seeds.converting import SCALES, Writing, converter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkit.seeds.understanding import Column

__all__ = ["separator", "unread", "written_as"]

UNITS = re.compile(r"\b(thousand|million|billion|mn|bn|mio|mrd)s?\b|[($ ](k|m|b)\)?$|(亿|万|百万|千)元?")
SEPARATORS = (";", "|", "、", "；", "\n", " / ", ",")
SOME = 0.3
"""A comma separates only where so many of its parts stand elsewhere, too."""

OFTEN = 0.1
"""A sign that stands in this part of the cells separates them."""


def unread(convert: Callable[[object], object], values: Iterable[object]) -> list[object]:
    """The values that cannot be read."""
    wrong = []
    for value in values:
        try:
            convert(value)
        except ValueError:
            wrong.append(value)
    return wrong


def separator(column: Column, signs: Iterable[str] = SEPARATORS) -> str:
    """The sign that separates several values in a cell; a comma only where its parts stand alone elsewhere, too."""
    if column.lists:
        return ";"
    best = (0.0, "")
    for sign in signs:
        cut = [value for value in column.values if sign in value]
        if len(cut) < max(1, OFTEN * len(column.values)):
            continue
        parts = [part.strip() for value in cut for part in value.split(sign)]
        known = {value for value in column.values if sign not in value}
        again = sum(part in known or parts.count(part) > 1 for part in parts) / len(parts)
        if again > best[0] + 0.01 or (not best[1] and sign != ","):
            best = (again, sign)
    return best[1] if best[1] != "," or best[0] > SOME else ""


def written_as(kind: str, column: Column) -> dict[str, Any]:
    """What a mapping has to say of how a column writes values of a kind; nothing where the plain reading is right."""
    texts = list(column.values)
    written: dict[str, Any] = {}
    if kind in ("share", "number"):
        if any(re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d", text) for text in texts):
            written["decimal"] = ","
        if kind == "share" and _any_above_one(texts, str(written.get("decimal", "."))):
            written["percent"] = True
        if kind == "number" and (unit := UNITS.search(column.name.lower())):
            written["scale"] = SCALES[next(filter(None, unit.groups()))]
    if kind == "date":
        days = [match for text in texts if (match := re.fullmatch(r"(\d{1,2})([/.\-])(\d{1,2})\2\d{4}", text))]
        if days:
            month_first = any(int(match[3]) > 12 for match in days)  # noqa: PLR2004 - months
            sign = days[0][2]
            written["dates"] = f"%m{sign}%d{sign}%Y" if month_first else f"%d{sign}%m{sign}%Y"
    return written


def _any_above_one(texts: Iterable[str], decimal: str) -> bool:
    """Whether numbers without a percent sign are parts of a hundred."""
    for text in texts:
        try:
            value = converter("number", Writing(decimal=decimal))(text)
        except ValueError:
            continue
        if isinstance(value, int | float) and value > 1 and "%" not in text:
            return True
    return False
