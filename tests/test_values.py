"""Kinds of value: what they read, what they refuse, what they say."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import values
from graphkit.values import FIRST_DAY, LAST_DAY, first_day, last_day, write

DAYS = st.dates().map(lambda day: day.isoformat())
MONTHS = st.dates().map(lambda day: day.isoformat()[:7])
YEARS = st.dates().map(lambda day: day.isoformat()[:4])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_written_and_read(number: float) -> None:
    """A number read back from its cell is the same number."""
    assert values.NUMBER.clean(write(number)) == number


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)))
def test_texts_are_read_without_repeats_or_empty_parts(parts: list[str]) -> None:
    """A list of texts keeps its order, and says nothing twice."""
    read = values.TEXTS.clean(parts)

    assert isinstance(read, tuple)
    assert len(set(read)) == len(read)
    assert all(part == part.strip() and part for part in read)
    assert values.TEXTS.clean(read) == read


@given(st.one_of(DAYS, MONTHS, YEARS))
def test_a_partial_date_begins_and_ends_within_itself(date: str) -> None:
    """The first and the last day of a year, a month or a day belong to it."""
    assert values.DATE.clean(date) == date
    assert first_day(date).startswith(date)
    assert last_day(date).startswith(date)
    assert first_day(date) <= last_day(date)
    assert int(last_day(date)[8:]) <= calendar.monthrange(int(date[:4]), int(last_day(date)[5:7]))[1]


def test_an_unknown_date_is_open() -> None:
    """An unknown start was before we looked, an unknown end has not come."""
    assert (first_day(None), last_day(None)) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (values.SHARE, "35%", 0.35),
        (values.SHARE, "１２.5％", 0.125),
        (values.SHARE, "0", 0.0),
        (values.NUMBER, "1.5e9", 1.5e9),
        (values.NUMBER, "-0", 0.0),
        (values.INTEGER, "12", 12),
        (values.FLAG, "TRUE", True),
        (values.FLAG, "no", False),
        (values.DATE, "2025年6月13日", "2025-06-13"),
        (values.DATE, "２０２５年６月", "2025-06"),
        (values.DATE, "2025年", "2025"),
        (values.DATE, "2025/6/3", "2025-06-03"),
        (values.DATE, "2025.06.13", "2025-06-13"),
        (values.COUNTRY, "tw", "TW"),
        (values.CURRENCY, "cny", "CNY"),
        (values.TICKERS, "300476.sz|NVDA.O|０９９２.HK", ("300476.SZ", "NVDA.O", "0992.HK")),
        (values.PERIOD, "FY2026Q1", "FY2026Q1"),
        (values.PERIOD, "2024/2033", "2024/2033"),
        (values.TEXT, "  e\u0301 ", "é"),
        (values.TEXTS, ["a", None, " b "], ("a", "b")),
    ],
)
def test_reads(kind: values.Kind, raw: str, value: values.Value) -> None:
    """A cell is read to the value it stands for."""
    assert kind.clean(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "advice"),
    [
        (values.SHARE, "1.4", "shares are parts of one: write 0.35 or 35%"),
        (values.SHARE, "140%", "shares are parts of one"),
        (values.SHARE, "about half", "is not a number"),
        (values.NUMBER, "1,500", "write it plain, such as 1500"),
        (values.NUMBER, "nan", "is not a number"),
        (values.NUMBER, float("inf"), "leave the cell empty where the value is unknown"),
        (values.NUMBER, 10**400, "leave the cell empty where the value is unknown"),
        (values.TEXT, "a\0b", "which is no sign of any text; remove it"),
        (values.TEXT, "\ud800", "which is no sign of any text; remove it"),
        (values.INTEGER, "1.5", "is not a whole number"),
        (values.FLAG, "maybe", "write true, false or nothing"),
        (values.DATE, "2025-13", "write 2025, 2025-06 or 2025-06-13"),
        (values.DATE, "2025-02-30", "is not a date"),
        (values.DATE, "13.06.2025", "is not a date"),
        (values.DATE, "2025.1", "is not a date"),
        (values.DATE, "2025/13/01", "is not a date"),
        (values.DATE, "0000", "is not a date"),
        (values.PERIOD, "last year", "is not a period"),
        (values.COUNTRY, "China", "two letters (ISO 3166)"),
        (values.CURRENCY, "RMB", "three letters (ISO 4217)"),
        (values.TICKERS, "胜宏", "is not a ticker"),
        (values.IDENTIFIER, "two words", "ids have no spaces"),
        (values.choice("colour", "red green", ""), "blue", "use one of red, green"),
    ],
)
def test_refuses_with_advice(kind: values.Kind, raw: object, advice: str) -> None:
    """What a kind does not take it names, and says what to write instead."""
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the message is matched below
        kind.clean(raw)

    assert advice in str(refusal.value)


def test_a_long_vocabulary_offers_the_nearest_words() -> None:
    """Where many words are allowed, the message names the nearest and not all of them."""
    kind = values.choice("word", " ".join(f"word{letter}" for letter in "abcdefghijklmnop"), "")

    with pytest.raises(ValueError, match="did you mean worda") as refusal:
        kind.clean("word-a")

    assert len(str(refusal.value)) < 90
