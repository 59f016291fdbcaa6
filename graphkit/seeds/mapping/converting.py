"""Cells as the world writes them to values as the model wants them: 12亿, 1.234,5, $3.5bn, 35 %, Jun 2025, 1Q25."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from graphkit.seeds.mapping.places import country, currency, tickers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["SCALES", "Writing", "converter", "is_vague"]

SCALES: Mapping[str, float] = {
    "k": 1e3,
    "thousand": 1e3,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "百万": 1e6,
    "百萬": 1e6,
    "千万": 1e7,
    "千萬": 1e7,
    "亿": 1e8,
    "億": 1e8,
    "b": 1e9,
    "bn": 1e9,
    "mrd": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "十亿": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
    "万亿": 1e12,
    "兆": 1e12,
}
"""Words that stand behind a number and make it larger."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column is written.

    Attributes:
        percent: Whether its numbers are parts of a hundred.
        decimal: The sign before the fraction.
        scale: What its numbers are to be multiplied with.
        dates: The format of its days, as strftime knows it; found out when empty.
        pattern: What of a cell counts: the first group of this expression.
        words: What words stand for.
        otherwise: What stands for every other word; None leaves it as it is.
        split: What separates the parts of a cell.
        prefix: What goes before each value, such as `company:` before an id of another make.
    """

    percent: bool = False
    decimal: str = "."
    scale: float = 1.0
    dates: str = ""
    pattern: str = ""
    words: Mapping[str, object] | None = None
    otherwise: str | None = None
    split: str = ""
    prefix: str = ""


def converter(kind: str, writing: Writing) -> Callable[[object], object]:
    """A function from a cell to what the kind of that name reads; it raises ValueError where there is no way."""
    convert = _KINDS.get(kind, _as_is)

    def one(cell: object) -> object:
        if writing.pattern and (found := re.search(writing.pattern, str(cell))):
            cell = found[found.lastindex or 0]
        elif writing.pattern:
            raise ValueError(f"{cell!r} does not match {writing.pattern!r}; correct the cell or the mapping")
        word = str(cell).strip()
        if writing.words is not None and word in writing.words:
            return writing.words[word]
        if writing.words is not None and writing.otherwise is not None:
            return writing.otherwise
        value = convert(cell, writing)
        return f"{writing.prefix}{_slug(str(value))}" if writing.prefix else value

    if not writing.split:
        return one
    return lambda cell: tuple(str(one(part.strip())) for part in _several(cell, writing.split) if part.strip())


def _several(cell: object, separator: str) -> list[str]:
    cells = cell if isinstance(cell, tuple) else (cell,)
    return [part for one in cells if one is not None for part in str(one).split(separator)]


def _slug(text: str) -> str:
    return re.sub(r"\s+", "-", text.strip())


def _as_is(cell: object, _: Writing) -> object:
    return cell


MEND = "correct the cell, or note it (unreadable: note)"

_ABOUT = re.compile(
    r"(~|≈|about|approx\.?|approximately|around|roughly|circa|ca\.|c\.|est\.?|约|大约|约为)\s*", re.IGNORECASE
)
_BOUND = re.compile(
    r"(<|>|≤|≥|(less|more|fewer|greater|higher|lower) than|under|over|below|above|up to|at (least|most)|min\.|max\.|"
    r"不足|不到|超过|超|高于|低于|至少|至多|逾).*|.*(以上|以下|以内|or (more|less)|\d\s*%?\s*\+)",
    re.IGNORECASE,
)
_RANGE = re.compile(r".*\d\s*\D{0,12}?\s*(-|–|—|~|\bto\b|至|到)\s*[$€£¥]?\s*[\d.]+.*", re.IGNORECASE)
_LABEL = re.compile(r"(?!(usd|eur|gbp|cny|rmb|jpy|krw|twd)-)[a-z]+[-_]\d", re.IGNORECASE)
"""SUB-500 is the id of something, and no number below nought."""
_REMARK = re.compile(r"([^()]*\d[^()]*)\(([^()]*\d[^()]*)\)")


def is_vague(cell: object) -> bool:
    """Whether a cell is a bound or a range: it says something, and no number."""
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    return bool(_BOUND.fullmatch(text) or _RANGE.fullmatch(text))


def _exact(text: str) -> str:
    """A number without the words before it, and without a year in brackets behind it; no bound and no range."""
    if found := _REMARK.fullmatch(text):
        text = found[1].strip()
    text = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    if _BOUND.fullmatch(text) or _RANGE.fullmatch(text):
        kind = "a bound" if _BOUND.fullmatch(text) else "a range"
        raise ValueError(f"{text!r} is {kind} and no number; {MEND}")
    return text


def number(cell: object, writing: Writing) -> object:
    """A number, however it is written; a word for thousands or millions behind it counts, instead of the column's."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell * writing.scale if writing.scale != 1 else cell
    text = _exact(unicodedata.normalize("NFKC", str(cell)).replace("\u2212", "-").strip())
    if re.fullmatch(r"[-+]?\d+(\.\d+)?[eE][-+]?\d+", text):  # as programs write large and small ones
        return float(text) * writing.scale
    found = re.fullmatch(
        r"[^\d\-+(.,]*(?P<minus>[-+(]?)[^\d.,]{0,4}(?P<digits>\d[\d.,'\s\u202f]*|[.,]\d+)(?P<word>[^\d)]*)\)?[^\d]*",
        text,
    )
    if not found or _LABEL.match(text):
        raise ValueError(f"{cell!r} is no number that can be read; {MEND}")
    value = float(_digits(found["digits"].strip(), writing.decimal, text))
    value *= _scale(found["word"]) or writing.scale
    return -value if found["minus"] in ("-", "(") else value


def _digits(text: str, decimal: str, cell: str) -> str:
    whole, _, fraction = text.partition(decimal)
    groups = re.split(r"[.,'\s\u202f]", whole)
    if decimal in fraction or not fraction.isdecimal() * bool(fraction) + (not fraction):
        raise ValueError(f"{cell!r} has two points; say which sign is the decimal one (decimal: ',')")
    if len(groups) > 1 and (any(len(group) != 3 for group in groups[1:]) or not 1 <= len(groups[0]) <= 3):  # noqa: PLR2004 - thousands
        raise ValueError(f"{cell!r} is grouped oddly; say which sign is the decimal one (decimal: ',')")
    return f"{''.join(groups) or 0}.{fraction or 0}"


def _scale(word: str) -> float | None:
    """What a word makes of the number before it; None where it says nothing of that."""
    plain = word.strip(" (").lower()
    for unit in sorted(SCALES, key=len, reverse=True):
        if plain == unit or (plain.startswith(unit) and (not unit.isascii() or not plain[len(unit) :][:1].isalpha())):
            return SCALES[unit]
    return None


_TENTHS = re.compile(r"(?:约|大约|约为)?\s*([一二三四五六七八九1-9])成(半)?")


def share(cell: object, writing: Writing) -> object:
    """A part of one; a percent sign counts whatever the mapping says, and 三成 are three tenths."""
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if tenths := _TENTHS.fullmatch(text):
        return ("一二三四五六七八九".find(tenths[1]) + 1 or int(tenths[1])) / 10 + (0.05 if tenths[2] else 0)
    signed = re.search(r"\d\s*(%|percent|per cent|pct)", text.lower()) is not None
    value = number(cell, writing)
    if not isinstance(value, int | float):
        return value
    return round(value / 100, 12) if signed or writing.percent else value


_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS = {form: number for name, number in _MONTHS.items() for form in (name.lower(), name[:3].lower())} | {"sept": 9}
_DAYS = (
    re.compile(
        r"(?P<y>\d{4})(?:\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2})日?|月)?|年(?:度|末|底)?)?(?:[t ].*)?"
    ),
    re.compile(r"(?P<m>\d{1,2})[/.\-](?P<y>\d{4})"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"),
    re.compile(r"(?:fy|cy)\s*(?P<y>\d{4})"),
    re.compile(r"(?P<n>[a-z]+)\.?,? (?:(?P<d>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ \-](?P<n>[a-z]+)\.?,?[ \-](?P<y>\d{4})"),
    re.compile(r"(?P<n>[a-z]+)[\-' ]+(?P<y>\d{4})"),
)


def day(cell: object, writing: Writing) -> object:
    """A day, a month or a year; one whose day and month could be exchanged needs its format told."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().strip("()")
    if writing.dates and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return _by_format(text, writing.dates)
    text = re.sub(r"\.0$", "", text) if re.fullmatch(r"\d{4}\.0", text) else text
    for form in _DAYS:
        if not (found := form.fullmatch(text.lower())):
            continue
        parts = found.groupdict()
        month = _MONTHS.get(parts["n"]) if parts.get("n") else parts.get("m")
        if parts.get("n") and month is None:
            continue
        return "-".join(
            [
                parts["y"],
                *([f"{int(month):02}"] if month else []),
                *([f"{int(parts['d']):02}"] if parts.get("d") else []),
            ]
        )
    raise ValueError(f"{text!r} is no date that can be read; say its format in the mapping, such as dates: '%d/%m/%Y'")


def _by_format(text: str, form: str) -> str:
    try:
        read = datetime.strptime(text, form)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise ValueError(f"{text!r} is not written as {form}; correct the cell or the mapping") from None
    if re.search(r"%[dejxcDF]", form):
        return f"{read:%Y-%m-%d}"
    return f"{read:%Y-%m}" if re.search(r"%[mbB]", form) else f"{read.year:04}"


def period(cell: object, writing: Writing) -> object:
    """A period: 1Q25 and Q1 2025 are 2025Q1."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().upper()
    if found := re.fullmatch(r"([QH])([1-4])[ '/\-]*(?:20)?(\d\d)|([1-4])([QH])[ '/\-]*(?:20)?(\d\d)", text):
        letter, count, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        return f"20{year}{letter}{count}"
    if found := re.fullmatch(r"(\d{4})[ \-/]*([QH])([1-4])", text):
        return f"{found[1]}{found[2]}{found[3]}"
    return (
        day(text, writing) if re.search(r"[/.年A-Z]", text) and not text.startswith("FY") and "/" not in text else text
    )


def flag(cell: object, _: Writing) -> object:
    """True or false, as tables mark it."""
    text = str(cell).strip().lower()
    return {"y": "true", "x": "true", "✓": "true", "是": "true", "n": "false", "否": "false"}.get(text, cell)


_KINDS: Mapping[str, Callable[[object, Writing], object]] = {
    "number": number,
    "integer": number,
    "share": share,
    "country": lambda cell, _: country(cell),
    "currency": lambda cell, _: currency(cell),
    "tickers": lambda cell, _: tickers(cell),
    "date": day,
    "period": period,
    "flag": flag,
}
