"""Rows as text: each style, with any text in the cells."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from unicodedata import combining, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.formulas import STARTS, unguarded
from graphkit.tables import FORMATS, render

ROWS: list[dict[str, object]] = [
    {"name": "胜宏科技", "share": 0.35, "known": True, "sources": ("a", "b")},
    {"name": "=cmd()", "share": None, "known": None, "sources": ()},
]
COLUMNS = ("name", "share", "known", "sources")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_a_table_is_for_people() -> None:
    """Unknown is a dash, never a zero; the number of rows stands below."""
    text = render(ROWS, COLUMNS, "table", width=80)

    assert text.splitlines()[2].split() == ["胜宏科技", "0.35", "yes", "a,", "b"]
    assert text.splitlines()[3].split() == ["=cmd()", "–", "–", "–"]
    assert text.endswith("2 rows")


@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.booleans()), max_size=5), st.integers(30, 80))
def test_a_table_fits_and_loses_nothing(rows: list[tuple[str, str, bool | None]], width: int) -> None:
    """No line is wider than the terminal, and every sign that is shown at all is there as often as in the rows."""
    named = [dict(zip(("one", "two", "three"), row, strict=True)) for row in rows]
    *lines, count = render(named, ("one", "two", "three"), "table", width=width).splitlines()

    assert all(
        sum(2 if east_asian_width(sign) in "WF" else not combining(sign) for sign in line) <= width for line in lines
    )
    assert count.startswith(f"{len(rows)} row")
    shown = Counter(sign for line in lines for sign in line)
    assert shown >= Counter(
        sign for row in rows for text in row[:2] for sign in text if sign.isprintable() and sign != " "
    )


def test_a_table_cuts_between_words() -> None:
    """A column gives way to its longest word before any word is cut, and Chinese is cut anywhere."""
    row = {"link": "COMPETES_WITH", "note": "说" * 20 + " and then some more words", "count": 1000}

    assert render([row], ("link", "note", "count"), "table", width=40).splitlines() == [
        "link            note               count",
        "─" * 40,
        "COMPETES_WITH   说说说说说说说说   1,000",
        "                说说说说说说说说",
        "                说说说说 and",
        "                then some more",
        "                words",
        "1 row",
    ]


def test_markdown_keeps_its_cells_apart() -> None:
    """Bars, angle brackets and line breaks in a cell do not break the table."""
    text = render([{"note": "a|b\n<script>"}], ("note",), "markdown")

    assert text.splitlines()[2] == "| a\\|b &lt;script> |"


@given(
    st.lists(
        st.fixed_dictionaries(
            {"text": st.none() | TEXTS, "number": st.none() | st.floats(allow_nan=False, allow_infinity=False)}
        )
    )
)
def test_json_gives_back_what_it_got(rows: list[dict[str, object]]) -> None:
    """Programs get every value as it is."""
    assert json.loads(render(rows, ("text", "number"), "json")) == rows
    lines = render(rows, ("text", "number"), "jsonl")
    assert [json.loads(line) for line in lines.split("\n") if line] == rows


@given(st.lists(TEXTS))
def test_csv_runs_no_formula_and_loses_no_text(texts: list[str]) -> None:
    """No cell begins as a formula does; without the apostrophe it is the text that went in."""
    written = render([{"text": text} for text in texts], ("text",), "csv")
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(written + "\n", newline=""))][1:]

    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert [unguarded(cell) for cell in cells] == texts
    assert all(cell == text or text.lstrip("'").startswith(STARTS) for cell, text in zip(cells, texts, strict=True))


@given(TEXTS)
def test_a_table_cannot_move_the_cursor(text: str) -> None:
    """Control characters and marks of direction do not reach the terminal."""
    shown = render([{"text": text}], ("text",), "table")

    assert all(sign.isprintable() or sign == "\n" for sign in shown)


@pytest.mark.parametrize("style", FORMATS)
def test_no_rows_are_no_error(style: str) -> None:
    """An empty answer is an answer in every style."""
    assert isinstance(render([], COLUMNS, style), str)


def test_a_very_long_cell_does_not_flood_a_table() -> None:
    """People see its beginning and its end, and how much is left out; programs and documents get all of it."""
    rows = [{"name": "a" * 3_000 + "z"}]
    table = render(rows, ("name",), "table").replace("\n", "")

    assert "(2,601 more signs)" in table
    assert table.index("z1 row") < 1_000
    assert all("a" * 3_000 in render(rows, ("name",), style) for style in ("json", "jsonl", "csv", "markdown"))
