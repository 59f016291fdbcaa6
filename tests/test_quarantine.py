"""Rows put aside: whole beside their file, read back as they were, and never in neither place."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from seed_files import HEADER, write_seeds

from graphkit.errors import InputError, StoreError
from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.seeds.reading.files import read_sheets
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRONG = "胜宏科技,MAKES,PCB,,manufacturer,{share},,stated,source:a,{locator},{note}\n"


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    """An embedded graph of the small seeds."""
    with EmbeddedStore(str(tmp_path / "world.lbug"), MODEL) as store:
        graph = Graph(store)
        graph.load(write_seeds(tmp_path / "seeds"))
        yield graph


def test_mended_rows_stay_where_they_are_until_they_are_loaded(tmp_path: Path, graph: Graph) -> None:
    """Where the engine refuses a file of mended rows, it is as it was, and nothing is left beside it."""
    rows = [WRONG.format(share=share, locator=place, note="") for place, share in enumerate(("lots", "many"))]
    path = tmp_path / "lists" / "more.csv"
    path.parent.mkdir()
    path.write_text(HEADER + "".join(rows), "utf-8")
    graph.load(path, on_error="quarantine")
    aside = path.with_name("more.csv.quarantine.csv")
    aside.write_text(aside.read_text("utf-8").replace("lots", "0.5", 1), "utf-8")
    mended = aside.read_text("utf-8")
    graph.store.close()

    with EmbeddedStore(str(tmp_path / "world.lbug"), MODEL, read_only=True) as store, pytest.raises(StoreError):
        Graph(store).load(aside, on_error="quarantine")
    assert aside.read_text("utf-8") == mended
    assert sorted(file.name for file in path.parent.iterdir()) == ["more.csv", aside.name]

    with EmbeddedStore(str(tmp_path / "world.lbug"), MODEL) as store:
        assert Graph(store).load(aside, on_error="quarantine").added == 1
    assert aside.read_text("utf-8").count("\n") == 2


def test_where_nothing_can_be_put_aside_nothing_is_loaded(tmp_path: Path, graph: Graph) -> None:
    """A folder in the place of one file of refused rows: a sentence, and no part of another is left."""
    paths = [tmp_path / "lists" / name for name in ("a.csv", "b.csv")]
    (tmp_path / "lists" / "b.csv.quarantine.csv").mkdir(parents=True)
    for path in paths:
        path.write_text(HEADER + WRONG.format(share="lots", locator=1, note=""), "utf-8")

    with pytest.raises(InputError, match=r"b\.csv\.quarantine\.csv: cannot be written: it is a folder"):
        graph.load(*paths, on_error="quarantine")
    assert [file.name for file in sorted((tmp_path / "lists").glob("*"))] == ["a.csv", "b.csv", "b.csv.quarantine.csv"]
    assert len(graph.loads()) == 1


CELLS = ["=cmd()", "'=cmd()", "''=1", "'-5", "-5", "-cmd", "＝1+1", "@x", "'quoted'", "+86 10", "a\nb", 'say "x"']


def test_rows_put_aside_read_back_as_they_were(tmp_path: Path, graph: Graph) -> None:
    """No cell begins as a formula does, in the header neither; read back, each is what it was, apostrophes included."""
    path = tmp_path / "t.csv"
    mapping = tmp_path / "t.yaml"
    header = ["=HYPERLINK(1)", "'=Name", "Note"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *([cell, "nobody", cell] for cell in CELLS)])
    mapping.write_text(
        'states:\n- {link: MAKES, subject: {column: "\'=Name"}, object: PCB, certainty: stated, '
        'source: source:a, locator: {column: "=HYPERLINK(1)"}}\n',
        "utf-8",
    )
    graph.load(path, mapping=mapping, on_error="quarantine")
    aside = tmp_path / "t.csv.quarantine.csv"
    with aside.open(encoding="utf-8", newline="") as file:
        written = [cell for row in csv.reader(file) for cell in row]
    read = read_sheets(aside)[0].columns

    assert not [cell for cell in written if cell.startswith(("=", "+", "@", "＝", "-c"))]
    assert list(read) == header
    assert list(read["Note"]) == CELLS
    assert graph.load(aside, mapping=mapping, on_error="quarantine").refused == len(CELLS)
    assert list(read_sheets(aside)[0].columns["Note"]) == CELLS


def test_a_list_may_be_called_like_no_file(tmp_path: Path, graph: Graph) -> None:
    """Rows of a list whose name has slashes, with signs that no text can hold, are put aside beside their file."""
    claim = {"who": "\ud800", "what": "PCB"}
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"a/../b": [claim, claim], "c": [{"other": 1} | claim]}))
    mapping = tmp_path / "t.yaml"
    mapping.write_text(
        "states:\n- {link: MAKES, subject: {column: who}, object: PCB, certainty: stated, source: source:a, "
        "locator: here}\n"
    )
    report = graph.load(path, mapping=mapping, on_error="quarantine")

    assert [name.rpartition("/")[2] for name in report.quarantine] == [
        "t.json#a_.._b.quarantine.csv",
        "t.json#c.quarantine.csv",
    ]
