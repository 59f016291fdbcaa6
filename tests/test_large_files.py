"""Large files: read piece by piece, kept on disk while they wait, and loaded as a small file is."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import errors
from graphkit.graph import Graph
from graphkit.loading.claim_ids import ClaimIds
from graphkit.model import MODEL
from graphkit.records import Table
from graphkit.seeds import checking
from graphkit.seeds.reading import files
from graphkit.seeds.reading.blocks import delimited_sheets, json_lines_sheets
from graphkit.seeds.reading.delimited import read_delimited
from graphkit.seeds.reading.plain import read_plain
from graphkit.seeds.reading.sheets import Reading, Sheet
from graphkit.seeds.reading.structured import read_json_lines
from graphkit.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from graphkit.stores.base import Store

ON_ONE_LINE = st.text("ab,'= ", max_size=6)
COMMA = Reading(delimiter=",")
CELL = st.text("ab\n,'\"=公 ", max_size=6)
CONFLICT = ["<<<<<<< ours\n", "x,1,2\n", "=======\n", "x,1,3\ny,1,3\n", ">>>>>>> theirs\n"]


def row(cells: Sequence[str]) -> str:
    """One line of a CSV file, as Python writes it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


ROWS = st.lists(
    st.one_of(
        st.tuples(CELL, CELL, CELL).map(row),
        st.tuples(ON_ONE_LINE, ON_ONE_LINE).map(row),
        st.just("".join(CONFLICT)),
        st.just("\n"),
    ),
    max_size=30,
)


def all_rows(sheets: Iterable[Sheet]) -> tuple[list[tuple[object, ...]], set[str], dict[int, object]]:
    """What sheets hold: rows with their lines, what is wrong, and what was put aside."""
    rows: list[tuple[object, ...]] = []
    problems: set[str] = set()
    refused: dict[int, object] = {}
    for sheet in sheets:
        cells = zip(*sheet.columns.values(), strict=True)
        rows += [(line, *record) for line, record in zip(sheet.lines, cells, strict=True)]
        problems |= set(map(str, sheet.problems))
        refused |= sheet.refused
    return rows, problems, refused


@given(ROWS, st.integers(1, 60))
def test_blocks_of_a_table_hold_what_the_table_holds(rows: list[str], size: int) -> None:
    """Whatever is in a table and wherever it is cut: the same rows, each with its line, and the same problems."""
    text = "one,two,three\n" + "".join(rows)

    whole = read_delimited("x.csv", text, "utf-8", COMMA)
    blocks = delimited_sheets("x.csv", io.StringIO(text, newline=""), "utf-8", COMMA, size)

    assert all_rows(blocks) == all_rows([whole])


@given(st.lists(st.tuples(ON_ONE_LINE, ON_ONE_LINE).map(lambda cells: f"x,{row(cells).rstrip()},\n"), max_size=30))
def test_blocks_of_a_table_below_titles_hold_what_the_table_holds(rows: list[str]) -> None:
    """Titles above the header, and a delimiter at the end of every line that separates nothing, change nothing."""
    text = "A list,,,\nof June,,,\n\none,two,three,\nx,1,2,\ny,3,4,\n" + "".join(rows)

    whole = read_delimited("x.csv", text, "utf-8", COMMA)
    blocks = list(delimited_sheets("x.csv", io.StringIO(text, newline=""), "utf-8", COMMA, 60))

    assert all_rows(blocks) == all_rows([whole])
    assert {sheet.read_as for sheet in blocks} == {whole.read_as}


@given(
    st.lists(st.one_of(st.just("\n"), st.just("{no\n"), st.text(max_size=5).map(lambda t: json.dumps({"a": t}) + "\n")))
)
def test_blocks_of_json_lines_hold_what_the_file_holds(lines: list[str]) -> None:
    """So do JSON lines."""
    text = '{"a": "first"}\n' + "".join(lines)

    whole = read_json_lines("x.jsonl", text, "utf-8")

    assert all_rows(json_lines_sheets("x.jsonl", io.StringIO(text), "utf-8", 20)) == all_rows(whole)


RAW = st.lists(st.text("ab,'\"=\n\r\t公 ", max_size=8), max_size=12)


@given(RAW, st.booleans())
def test_a_table_that_is_read_all_at_once_is_read_the_same_row_by_row(pieces: list[str], quoted: bool) -> None:
    """Whatever stands in a text: the quick way reads what the careful way reads, or leaves it to that."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(
        zip(pieces[::2], pieces[1::2], strict=False)
    )
    for text in ("one,two\n" + out.getvalue(), "one,two\n" + "".join(pieces)):
        plain = read_plain(text, ",")
        careful = read_delimited("x.csv", text, "utf-8", Reading(delimiter=",", header=1))

        if plain is not None:
            assert dict(zip(*plain, strict=True)) == careful.columns
            assert list(careful.lines) == list(range(2, 2 + len(plain[1][0])))
            assert not careful.problems


def test_a_table_with_quoted_cells_is_read_all_at_once() -> None:
    """Quotes around cells, empty cells and both ends of lines are plain."""
    text = 'one,"two"\r\n"a, b",\r\n"","丙 "\r\n'

    assert read_plain(text, ",") == (["one", "two"], [["a, b", None], [None, "丙"]])


VALUES = st.tuples(st.text(), st.none() | st.text(), st.none() | st.floats(0, 1))


@given(st.lists(VALUES, min_size=1), st.data())
def test_a_table_on_disk_reads_like_the_table(
    rows: list[tuple[str, str | None, float | None]], data: st.DataObject
) -> None:
    """Whole, in part, and with a column that is the same for all."""
    columns = dict(zip(("id", "note", "share"), map(list, zip(*rows, strict=True)), strict=True))
    table = Table("SUPPLIES", columns)
    stored = Spool(MODEL).keep(table)
    places = data.draw(st.lists(st.integers(0, len(rows) - 1)))

    assert list(stored.full_rows()) == list(table.full_rows())
    assert list(stored.take(places).full_rows()) == list(table.take(places).full_rows())
    assert list(stored.with_constant("load", "x").full_rows()) == list(table.with_constant("load", "x").full_rows())
    names = ["id", "share", "source"]
    assert stored.take(places).arrow(MODEL, names) == table.take(places).arrow(MODEL, names)


IDS = st.one_of(st.sampled_from([f"{n:020x}" for n in range(40)]), st.text(max_size=8))


@given(st.lists(st.lists(IDS)), st.lists(IDS))
def test_a_set_of_claim_ids_holds_what_was_put_in(parts: list[list[str]], asked: list[str]) -> None:
    """Also when most of them were packed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graphkit.loading.claim_ids.FEW", 3)
        ids = ClaimIds()
        for part in parts:
            ids.add(part)

        assert ids.known(asked) == [claim in {one for part in parts for one in part} for claim in asked]


NODES = "type,id,name_zh,title\nCompany,company:a,甲公司,\nCompany,company:b,乙公司,\nSource,source:x,,X 报告\n"
HEADER = "subject,link,object,share,certainty,source,locator,note\n"


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be large, every piece short, and every claim wait on disk."""
    monkeypatch.setattr(files, "LARGE", 0)
    monkeypatch.setattr(files, "PIECE", 400)
    monkeypatch.setattr(checking, "IN_MEMORY", 5)


def claims(count: int) -> str:
    """A table of claims with notes that run over lines."""
    rows = [
        ("甲公司", "SUPPLIES", "乙公司", "0.5", "stated", "X 报告", f"p. {n}", 'says "a",\nb') for n in range(count)
    ]
    return HEADER + "".join(map(row, rows))


def loaded(store: Store, path: Path) -> list[tuple[object, ...]]:
    """What a store holds after a list was loaded, by claim."""
    graph = Graph(store)
    graph.load(path.parent / "nodes.csv")
    graph.load(path)
    names = ["id", "subject", "object", "share", "note", "locator", "until"]
    table = store.table("SUPPLIES", names)
    return sorted(zip(*(table.columns[name] for name in names), strict=True))


@pytest.mark.usefixtures("in_pieces")
def test_a_large_list_loads_as_a_small_one(store: Store, tmp_path: Path) -> None:
    """The same claims, in the same number, and loading it again finds nothing new."""
    (tmp_path / "nodes.csv").write_text(NODES, "utf-8")
    (tmp_path / "claims.csv").write_text(claims(60), "utf-8")

    rows = loaded(store, tmp_path / "claims.csv")
    again = Graph(store).load(tmp_path / "claims.csv")

    assert len(rows) == 60
    assert {r[4] for r in rows} == {'says "a",\nb'}
    assert (again.id, again.unchanged) == (None, 60)
    assert again.read_as == (f"{tmp_path / 'claims.csv'}: 60 rows, utf-8, delimiter ','",)


@pytest.mark.usefixtures("in_pieces")
def test_a_large_list_tells_all_that_is_wrong_with_its_rows(store: Store, tmp_path: Path) -> None:
    """In whatever piece; the good rows load, and the mended ones complete the list."""
    (tmp_path / "nodes.csv").write_text(NODES, "utf-8")
    lines = (
        claims(60)
        .replace("0.5,stated,X 报告,p. 7,", "5.5,stated,X 报告,p. 7,")
        .replace("乙公司,0.5,stated,X 报告,p. 41,", "丙,0.5,stated,X 报告,p. 41,")
    )
    path = tmp_path / "claims.csv"
    path.write_text(lines, "utf-8")
    graph = Graph(store)
    graph.load(tmp_path / "nodes.csv")

    with pytest.raises(errors.InputError) as refused:
        graph.load(path)
    report = graph.load(path, on_error="quarantine")
    mended = tmp_path / "claims.csv.quarantine.csv"
    mended.write_text(mended.read_text("utf-8").replace("5.5", "0.5").replace("丙", "乙公司"), "utf-8")

    assert [(p.row, p.column) for p in refused.value.problems] == [(16, "share"), (84, "object")]
    assert (report.added, report.refused) == (58, 2)
    assert graph.load(mended).added == 2


@pytest.mark.usefixtures("in_pieces")
def test_a_large_list_that_is_written_to_while_it_is_read_is_refused(store: Store, tmp_path: Path) -> None:
    """Nothing of it is loaded."""
    path = tmp_path / "claims.csv"
    path.write_text(claims(60), "utf-8")
    file = files.ListFile(path)
    sheets = file.sheets()
    next(sheets)
    path.write_text(claims(61), "utf-8")

    with pytest.raises(errors.InputError, match="changed while it was read"):
        list(sheets)
    assert store.count("SUPPLIES") == 0
