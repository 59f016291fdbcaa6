"""Columns that keep each distinct value once say what lists say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from graphkit.columns import Coded, arrow_table, distinct, each, taken
from graphkit.model import MODEL
from graphkit.records import Table, claim_ids
from graphkit.seeds.reading.columnar import cells, stripped

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.lists(st.sampled_from([None, "", "a", "b", " b ", "丙", "\x1f"]), min_size=1, max_size=30)


def coded(values: Sequence[str | None]) -> Coded[str | None]:
    """The same values, each distinct one kept once."""
    words = list(dict.fromkeys(values))
    return Coded(words, np.array([words.index(value) for value in values], np.int32))


@given(WORDS, st.data())
def test_a_coded_column_reads_like_a_list(values: list[str | None], data: st.DataObject) -> None:
    """Rows, parts, counts and what is read off each value are those of the list."""
    column = coded(values)
    places = data.draw(st.lists(st.integers(0, len(values) - 1)))
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(values))] * 2)))

    assert column == values
    assert [column[place] for place in range(len(values))] == values
    assert taken(column, places) == taken(values, places)
    assert taken(column, range(start, stop)) == values[start:stop]
    assert set(distinct(taken(column, range(start, stop)))) == set(values[start:stop])
    assert [column.count(word) for word in (None, "a", "z")] == [values.count(word) for word in (None, "a", "z")]
    assert ("a" in column) == ("a" in values)
    assert each(column, lambda word: f"<{word}>") == each(values, lambda word: f"<{word}>")


@given(WORDS)
def test_cells_of_an_arrow_column_are_stripped_texts(values: list[str | None]) -> None:
    """An empty cell is unknown, however often it stands there."""
    found = cells(pa.chunked_array([pa.array(values[:3], pa.string()), pa.array(values[3:], pa.string())]), stripped)

    assert list(found) == [(value or "").strip() or None for value in values]


@given(st.lists(st.tuples(WORDS.map(lambda words: words[0]), st.sampled_from([None, 0.5, 1.0])), min_size=1))
def test_the_name_of_a_claim_does_not_depend_on_how_its_columns_are_kept(rows: list[tuple[str, float]]) -> None:
    """Ids and Arrow columns are the same from lists, from coded columns, and row by row."""
    link = MODEL.links["SUPPLIES"]
    locators, shares = [list(column) for column in zip(*rows, strict=True)]
    plain = {
        "subject": ["company:a"] * len(rows),
        "object": ["company:b"] * len(rows),
        "locator": locators,
        "share": shares,
    }
    kept = {name: coded(values) for name, values in plain.items()}

    ids = claim_ids(link, Table(link.name, plain))

    assert claim_ids(link, Table(link.name, kept)) == ids
    assert [claim_ids(link, Table(link.name, {n: [v[i]] for n, v in plain.items()})) for i in range(len(rows))] == [
        [claim] for claim in ids
    ]
    assert arrow_table(MODEL, link.name, kept).equals(arrow_table(MODEL, link.name, plain))
