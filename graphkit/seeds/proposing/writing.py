"""How the cells of a foreign column are written: lists, decimal commas, per cent, days; and what cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from graphkit.seeds.mapping.converting import SCALES, Writing, converter
from graphkit.seeds.mapping.places import currency
from graphkit.seeds.proposing.tables import words_of
from graphkit.spelling import short_form
from graphkit.values import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkit.seeds.proposing.tables import Column

__all__ = ["money_in", "separator", "unit_in", "unread", "written_as"]

MONEY = r"(?:usd|eur|gbp|cny|rmb|jpy|krw|twd|[$€£¥])"
UNITS = re.compile(
    r"\b(thousand|million|billion|mn|bn|mio|mrd)s?\b|[($€£¥ ](k|m|b)\)?$|(万亿|十亿|千万|百万|亿|万|千)元?"
    rf"|\b(k|m|mn|bn) ?{MONEY}|{MONEY} ?(k|m|b|mn|bn)\b|(?<!\d)'?(1?000)s?(?!\d)"
)
"""How headers say that the numbers below are to be multiplied: USD m, kEUR, 1000USD, 万元."""
SEPARATORS = (";", "|", "、", "；", "\n", " / ", ",")
SOME = 0.3
"""A comma separates only where so many of its parts stand elsewhere, too."""

OFTEN = 0.1
"""A sign that stands in this part of the cells separates them."""

FEW = 0.1
"""So small a part of a column may be slips."""


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
        return LIST_SEPARATOR  # as such cells are written where they are put aside
    best = (0.0, "")
    for sign in signs:
        cut = [value for value in column.values if sign in value]
        if len(cut) < max(1, OFTEN * len(column.values)):
            continue
        parts = [part.strip() for value in cut for part in value.split(sign)]
        if sign == "," and any(not short_form(f"x {part}").removeprefix("x") for part in parts):
            continue  # Co., Ltd.
        known = {value for value in column.values if sign not in value}
        count = Counter(parts)
        again = sum(part in known or count[part] > 1 for part in parts) / len(parts)
        if again > best[0] + 0.01 or (not best[1] and sign != ","):
            best = (again, sign)
    return best[1] if best[1] != "," or best[0] > SOME else ""


def unit_in(header: str) -> str:
    """What the numbers below a header are counted in, as it says in brackets; nothing where it says no unit."""
    found = re.search(r"[(（\[]([^\W\d][^()（）\[\]]{0,15})[)）\]]$", header)
    return "" if found is None or UNITS.search(words_of(header)) else found[1]


def money_in(column: Column) -> str:
    """The currency that a header or the first cells name; nothing where they name none."""
    for text in (column.name, *column.values[:3]):
        try:
            return str(currency(text))
        except ValueError:
            continue
    return ""


def written_as(kind: str, column: Column) -> dict[str, Any]:
    """What a mapping has to say of how a column writes values of a kind; nothing where the plain reading is right."""
    texts = list(column.values)
    written: dict[str, Any] = {}
    if kind in ("share", "number"):
        if any(re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d", text) for text in texts):
            written["decimal"] = ","
        if kind == "share" and _are_parts_of_a_hundred(column, str(written.get("decimal", "."))):
            written["percent"] = True
        if kind == "number" and (unit := UNITS.search(words_of(column.name))):
            written["scale"] = SCALES.get(next(filter(None, unit.groups())), 1e3)
    if kind == "date":
        days = [match for text in texts if (match := re.fullmatch(r"(\d{1,2})([/.\-])(\d{1,2})\2\d{4}", text))]
        if days:
            month_first = any(int(match[3]) > 12 for match in days)  # noqa: PLR2004 - months
            sign = days[0][2]
            written["dates"] = f"%m{sign}%d{sign}%Y" if month_first else f"%d{sign}%m{sign}%Y"
    return written


def _are_parts_of_a_hundred(column: Column, decimal: str) -> bool:
    """Whether numbers without a percent sign are parts of a hundred: some are above one, by no slip of the pen."""
    plain = []
    for text in column.values:
        try:
            value = converter("number", Writing(decimal=decimal))(text)
        except ValueError:
            continue
        if isinstance(value, int | float) and "%" not in text:
            plain.append(value)
    above = sum(value > 1 for value in plain)
    named = re.search(r"%|percent|pct|占比|比例", column.name.lower())
    return above > (0 if named else FEW * len(plain))
