"""Kinds of value: each knows how to read itself from text and what it will not take.

A kind is the one place that knows what a share, a date or a country looks like. Files, the command line, both engines
and the documentation ask it; none of them has a rule of its own.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "COUNTRY",
    "CURRENCY",
    "DATE",
    "FIRST_DAY",
    "FLAG",
    "IDENTIFIER",
    "INTEGER",
    "LAST_DAY",
    "NUMBER",
    "PERIOD",
    "SHARE",
    "TEXT",
    "TEXTS",
    "TICKERS",
    "Kind",
    "Storage",
    "Value",
    "choice",
    "first_day",
    "last_day",
    "several",
]

Value = str | float | int | bool | tuple[str, ...] | None
Storage = Literal["text", "texts", "number", "integer", "flag"]

FIRST_DAY = "0001-01-01"
"""The first day of an open start: “since before we looked”."""

LAST_DAY = "9999-12-31"
"""The last day of an open end: “still”."""

LIST_SEPARATOR = "|"

FEW = 12
"""So many choices are listed whole in a message."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    Attributes:
        name: What documentation and Cypher headers call it.
        storage: How an engine keeps it; each store maps the five storages to its own column types.
        meaning: One sentence for the documentation.
        clean: Reads a value from text or from an already typed value; raises ValueError with a sentence that says
            what is wrong and what to write instead.
        choices: The words allowed, where only some are.
    """

    name: str
    storage: Storage
    meaning: str
    clean: Callable[[object], Value]
    choices: tuple[str, ...] = ()


def write(value: Value) -> str:
    """Write a value as a cell of a file: what `clean` of its kind reads back."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - 2**53
        case tuple():
            return LIST_SEPARATOR.join(value)
        case _:
            return str(value)


def several(value: Value) -> tuple[str, ...]:
    """The texts of a property that holds several; none where it is unknown."""
    return value if isinstance(value, tuple) else ()


_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no engine and no file can hold: an empty byte, and halves of signs, which JSON can write."""


def _text(raw: object) -> str:
    text = unicodedata.normalize("NFC", str(raw)).strip()
    if not text.isprintable() and (found := _NO_TEXT.search(text)):
        raise ValueError(f"{text!r} holds {found[0]!r}, which is no sign of any text; remove it")
    return text


def _texts(raw: object) -> tuple[str, ...]:
    parts = raw if isinstance(raw, list | tuple) else str(raw).split(LIST_SEPARATOR)
    return tuple(dict.fromkeys(text for part in parts if part is not None and (text := _text(part))))


def _identifier(raw: object) -> str:
    text = _text(raw)
    if not re.fullmatch(r"[^\s\x00-\x1f]+", text):
        raise ValueError(f"{text!r} is not an id; ids have no spaces, such as company:nvidia")
    return text


def _number(raw: object) -> float:
    try:
        number = float(raw) if isinstance(raw, int | float) else float(_plain(raw))
    except ValueError:
        raise ValueError(f"{raw!r} is not a number; write it plain, such as 1500 or 0.25") from None
    except OverflowError:  # a whole number that is larger than all that are kept
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{raw!r} is not a finite number; leave the cell empty where the value is unknown")
    return number + 0.0  # -0.0 and 0.0 are one number


def _plain(raw: object) -> str:
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        raise ValueError(text)
    return text


def _integer(raw: object) -> int:
    number = _number(raw)
    if not number.is_integer():
        raise ValueError(f"{raw!r} is not a whole number")
    return int(number)


def _share(raw: object) -> float:
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    share = round(_number(text.removesuffix("%")) / 100, 12) if text.endswith("%") else _number(raw)
    if not 0 <= share <= 1:
        raise ValueError(f"{raw!r} is not a share; shares are parts of one: write 0.35 or 35% for 35 per cent")
    return share


def _flag(raw: object) -> bool:
    flag = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(_text(raw).lower())
    if flag is None:
        raise ValueError(f"{raw!r} is neither true nor false; write true, false or nothing")
    return flag


_DATE = re.compile(r"(\d{4})(?:年|[-/年](\d\d?)月?|[-/年](\d\d?)[-/月](\d\d?)日?|\.(\d\d?)\.(\d\d?))?")
"""Years, months and days from the largest to the smallest; 2025.1 is none: a spreadsheet writes October so."""


def _date(raw: object) -> str:
    text = _text(raw)
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    parts = [part.zfill(2) for part in match.groups() if part] if match else []
    if not parts or not _is_calendar_day(*map(int, parts)):
        raise ValueError(f"{text!r} is not a date; write 2025, 2025-06 or 2025-06-13")
    return "-".join(parts)


def _is_calendar_day(year: int, month: int = 1, day: int = 1) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004 - months


def first_day(partial: str | None) -> str:
    """The first day that a partial date covers: 2025-06 begins on 2025-06-01; unknown began before we looked."""
    return FIRST_DAY if partial is None else f"{partial}-01-01"[:10] if len(partial) == 4 else f"{partial}-01"[:10]  # noqa: PLR2004 - a year


def last_day(partial: str | None) -> str:
    """The last day that a partial date covers: 2025-06 ends on 2025-06-30; unknown has not ended."""
    if partial is None:
        return LAST_DAY
    year, month, day = (*(int(part) for part in partial.split("-")), None, None)[:3]
    if day:
        return partial
    month = month or 12
    return f"{year:04}-{month:02}-{calendar.monthrange(year or 1, month)[1]:02}"


_POINT = r"(?:FY)?\d{4}(?:Q[1-4]|H[12]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


def _period(raw: object) -> str:
    text = _text(raw)
    if not re.fullmatch(rf"{_POINT}(?:/{_POINT})?", text):
        raise ValueError(f"{text!r} is not a period; write 2025, 2025Q1, 2025H2, 2025-06, FY2026Q1 or 2024/2033")
    return text


def _country(raw: object) -> str:
    code = _text(raw).upper()
    if code not in _country_codes():
        raise ValueError(f"{raw!r} is not a country; write its two letters (ISO 3166), such as CN, TW or US")
    return code


def _currency(raw: object) -> str:
    code = _text(raw).upper()
    if code not in _currency_codes():
        raise ValueError(f"{raw!r} is not a currency; write its three letters (ISO 4217), such as CNY or USD")
    return code


@cache
def _country_codes() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _currency_codes() -> frozenset[str]:
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


def _tickers(raw: object) -> tuple[str, ...]:
    tickers = tuple(dict.fromkeys(unicodedata.normalize("NFKC", text).upper() for text in _texts(raw)))
    for ticker in tickers:
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9.\-/ ]*", ticker):
            raise ValueError(
                f"{ticker!r} is not a ticker; write the code with its exchange, such as 300476.SZ or NVDA.O"
            )
    return tickers


def choice(name: str, words: str, meaning: str) -> Kind:
    """A kind that allows only the given words, written with spaces between them."""
    choices = tuple(words.split())

    def clean(raw: object) -> str:
        word = _text(raw).lower()
        if word not in choices:
            raise ValueError(f"{raw!r} is not a {name}; {_nearest(word, choices)}")
        return word

    return Kind(name, "text", meaning, clean, choices)


def _nearest(word: str, choices: tuple[str, ...]) -> str:
    """Advise on a word that is not allowed: the nearest, or all choices where they are few or none is near."""
    if len(choices) > FEW:
        from rapidfuzz import process

        if near := [choice for choice, _, _ in process.extract(word, choices, limit=3, score_cutoff=50)]:
            return f"did you mean {', '.join(near)}?"
    return f"use one of {', '.join(choices)}"


TEXT = Kind("text", "text", "any text", _text)
TEXTS = Kind("texts", "texts", "several texts, separated by | in files", _texts)
IDENTIFIER = Kind("id", "text", "a stable name for machines, unique over all types", _identifier)
NUMBER = Kind("number", "number", "a finite number", _number)
INTEGER = Kind("integer", "integer", "a whole number", _integer)
SHARE = Kind("share", "number", "a part of one, from 0 to 1; 35% is read as 0.35", _share)
FLAG = Kind("flag", "flag", "true or false", _flag)
DATE = Kind("date", "text", "a day, a month or a year: 2025-06-13, 2025-06, 2025", _date)
PERIOD = Kind("period", "text", "the time a number speaks of: 2025, 2025Q1, 2025H2, FY2026Q1, 2024/2033", _period)
COUNTRY = Kind("country", "text", "two letters, ISO 3166", _country)
CURRENCY = Kind("currency", "text", "three letters, ISO 4217", _currency)
TICKERS = Kind("tickers", "texts", "exchange codes with suffix, separated by |", _tickers)
