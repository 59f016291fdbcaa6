"""Files of every kind: the same table reads the same, and what is wrong with a file is told with its row."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from graphkit.errors import InputError
from graphkit.seeds.reading.files import files_of, read_sheets
from graphkit.seeds.reading.sheets import Reading, Sheet

if TYPE_CHECKING:
    from pathlib import Path

ROWS: list[dict[str, object]] = [
    {"Supplier": "生益科技", "Share": 35, "Year": "2025"},
    {"Supplier": "NO", "Share": None, "Year": "2025-06-13"},
]


def told(path: Path, reading: Reading | None = None) -> list[str]:
    """What is wrong with a file."""
    try:
        sheets = read_sheets(path, reading or Reading())
    except InputError as error:
        return [str(problem).replace(f"{path}", path.name) for problem in error.problems]
    return [str(problem).replace(f"{path}", path.name) for sheet in sheets for problem in sheet.problems]


def write(path: Path) -> Path:
    """Write the rows as a file of the kind that its name says."""
    match path.suffix:
        case ".xlsx":
            book = openpyxl.Workbook()
            book.active.append(list(ROWS[0]))
            for row in ROWS:
                book.active.append(list(row.values()))
            book.create_sheet("empty")
            book.save(path)
        case ".parquet":
            pq.write_table(pa.Table.from_pylist(ROWS), path)
        case ".json":
            path.write_text(json.dumps({"rows": ROWS}, ensure_ascii=False), "utf-8")
        case ".yaml":
            path.write_text(yaml.safe_dump(ROWS, allow_unicode=True), "utf-8")
        case ".jsonl":
            path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
        case _:
            lines = [",".join(ROWS[0]), *(",".join("" if c is None else str(c) for c in row.values()) for row in ROWS)]
            path.write_text("\n".join(lines), "utf-8")
    return path


def texts(sheet: Sheet) -> dict[str, list[str | None]]:
    """Cells as text."""
    return {name: [None if cell is None else str(cell) for cell in cells] for name, cells in sheet.columns.items()}


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "json", "yaml", "xlsx", "parquet"])
def test_the_same_table_reads_the_same_from_any_kind(tmp_path: Path, ending: str) -> None:
    """Text stays text (NO is no false, a day no object), numbers stay whole, nothing stays nothing."""
    path = write(tmp_path / f"t.{ending}")
    if ending == "tsv":
        path.write_text(path.read_text("utf-8").replace(",", "\t"), "utf-8")

    sheet = read_sheets(path)[0]

    assert texts(sheet) == {"Supplier": ["生益科技", "NO"], "Share": ["35", None], "Year": ["2025", "2025-06-13"]}


def test_a_sheet_is_named_or_the_only_one(tmp_path: Path) -> None:
    """A workbook with two filled sheets asks which; #SHEET and --sheet say it; a wrong one is told the right ones."""
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "first"
    book.active.append(["A"])
    book.create_sheet("第二")
    book["第二"].append(["B"])
    book.save(path)

    assert told(path) == ["book.xlsx: holds the sheets first, 第二; name one, such as 'book.xlsx#first'"]
    assert list(read_sheets(tmp_path / "book.xlsx#第二")[0].columns) == ["B"]
    assert list(read_sheets(path, Reading(sheet="First"))[0].columns) == ["A"]
    assert told(path, Reading(sheet="x")) == ["book.xlsx: has no sheet 'x'; its sheets are first, 第二"]


def test_a_header_further_down_is_named(tmp_path: Path) -> None:
    """Titles above a table are skipped when the row of the header is given; rows keep their numbers."""
    path = tmp_path / "t.csv"
    path.write_text("Suppliers of 2025\n\nA,B\n1,2\n", "utf-8")
    sheet = read_sheets(path, Reading(header=2, delimiter=","))[0]

    assert (list(sheet.columns), list(sheet.lines)) == (["A", "B"], [4])


def test_a_header_behind_the_end_is_told(tmp_path: Path) -> None:
    """A table that is shorter than the row of its header is said to be, and not to hold something else."""
    (tmp_path / "t.csv").write_text("A,B\n1,2\n", "utf-8")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["A", "B"])
    book.save(tmp_path / "t.xlsx")

    expected = "ends with row 2, so its header is not in row 99; correct that"
    assert told(tmp_path / "t.csv", Reading(header=99)) == [f"t.csv: {expected}"]
    assert told(tmp_path / "t.xlsx", Reading(header=99)) == [f"t.xlsx#Sheet: {expected.replace('2', '1', 1)}"]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A workbook of a few kilobytes that unpacks to a gigabyte is weighed, not unpacked."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))

    assert told(path) == ["bomb.xlsx: unpacks to 209,715,200 bytes, which no honest workbook does"]


def test_a_cell_far_out_is_refused(tmp_path: Path) -> None:
    """One cell in the last row and the last column would be a table of thousands of millions of cells."""
    path = tmp_path / "far.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "A"
    book.active["XFD1048576"] = "x"
    book.save(path)

    assert "spans 1,048,576 rows and 16,384 columns" in told(path)[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd"])
def test_a_workbook_with_paths_outside_is_refused(tmp_path: Path, name: str) -> None:
    """Entries that lead out of the archive are told."""
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")

    assert told(path) == [f"t.xlsx: holds a path outside itself: {name}"]


def test_a_link_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder stands for what is in it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (tmp_path / "in" / "x.csv").symlink_to(tmp_path / "secret.csv")

    with pytest.raises(InputError, match="leads out of its folder"):
        files_of(tmp_path / "in")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- !!python/object/apply:os.system [echo]\n", "t.yaml:1: holds the tag tag:yaml.org,2002:python/object"),
        ("a: &a [1]\nb: [*a, *a]\n", "t.yaml: holds YAML aliases (*name); write the values out"),
        ("- {a: 1\n", "t.yaml:2: is no YAML"),
        ("<<<<<<< HEAD\n- a: 1\n", "t.yaml:1: a mark of an unfinished merge"),
        ("", "t.yaml: the file is empty"),
        ("[" * 3000, "t.yaml"),
    ],
)
def test_yaml_runs_nothing_and_grows_nothing(tmp_path: Path, text: str, expected: str) -> None:
    """Tags, aliases and damage are told with their line."""
    path = tmp_path / "t.yaml"
    path.write_text(text)

    assert told(path)[0].startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1},\n{"a": }]', "t.json:2: is no JSON: Expecting value"),
        ('[{"a": 1}\n<<<<<<< HEAD\n]', "t.json:2: a mark of an unfinished merge; keep one side"),
        ('[{"a": 1},\n2]', "t.json:2: expected an object in braces"),
        ("[" * 100_000, "t.json"),
        ("[]", "t.json: holds no records"),
    ],
)
def test_damaged_json_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    """A list is read record by record, each with its line."""
    path = tmp_path / "t.json"
    path.write_text(text)

    assert told(path)[0].startswith(expected)


def test_records_of_json_keep_their_lines(tmp_path: Path) -> None:
    """The row of a record is the line where it starts."""
    path = tmp_path / "t.json"
    path.write_text('[\n {"a": 1,\n  "b": [2]},\n\n {"a": 3}\n]')

    assert list(read_sheets(path)[0].lines) == [2, 5]


def test_a_long_list_on_one_line_takes_no_time(tmp_path: Path) -> None:
    """Tens of thousands of records without line breaks, as programs write them, are numbered in seconds."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps([{"a": place} for place in range(40_000)]))
    before = time.process_time()

    assert list(read_sheets(path)[0].lines) == list(range(1, 40_001))
    assert time.process_time() - before < 20


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030", "utf-16", "utf-8-sig"])
def test_encodings_of_east_and_west(tmp_path: Path, encoding: str) -> None:
    """Accented letters are not taken for Chinese characters, nor the other way round."""
    name = "Société Générale, Zürich" if encoding == "cp1252" else "中际旭创"
    path = tmp_path / "t.csv"
    path.write_bytes(f'A;B\n"{name}";1\n'.encode(encoding))
    sheet = read_sheets(path)[0]

    assert sheet.columns["A"] == [name]
    assert sheet.read_as == f"{encoding}, delimiter ';'"


CONFLICT = "<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> main\n"
UNFINISHED = (
    ("csv", 'a,b\n1,1\n<<<<<<< HEAD\n2,"x\ny"\n=======\n3,3\n4,4\n>>>>>>> main\n5,5\n', 3, 9),
    ("jsonl", '{"a":1}\n' + CONFLICT.format(ours='{"a":2}', theirs='{"a":3}\n{"a":4}') + '{"a":5}\n', 2, 7),
    (
        "json",
        '[\n{"a":1},\n' + CONFLICT.format(ours='{"a":2},', theirs='{"a":3},\n{"a":4},') + '{"a":5}\n]\n',
        3,
        8,
    ),
    ("yaml", "- a: 1\n" + CONFLICT.format(ours="- a: 2", theirs="- a: 3\n- a: 4") + "- a: 5\n", 2, 7),
)


@pytest.mark.parametrize(("ending", "text", "start", "end"), UNFINISHED)
def test_an_unfinished_merge_is_told_once_with_both_sides(
    tmp_path: Path, ending: str, text: str, start: int, end: int
) -> None:
    """What both sides say alike is read; both sides of the rest are put aside; one sentence says where and what."""
    path = tmp_path / f"t.{ending}"
    path.write_text(text)
    sheet = read_sheets(path)[0]
    (problem,) = sheet.problems

    assert [str(cell) for cell in sheet.columns["a"]] == ["1", "5"]
    assert problem.row == start
    told = rf"rows {start} to {end} are a merge that was never finished: HEAD \(rows? {start + 1}( to \d+)?\) says «"
    assert re.match(told, problem.message)
    assert problem.message.endswith("and 1 more; keep one side, and remove the other and the three marks")
    assert [cells[0] for _, cells in sorted(sheet.refused.items()) if cells] == ["2", "3", "4"]


def test_an_unfinished_merge_within_a_record_puts_both_forms_of_it_aside(tmp_path: Path) -> None:
    """A conflict between two lines of one object, in an object of two lists; the other list is read whole."""
    path = tmp_path / "t.json"
    sides = CONFLICT.format(ours='  "share": "61%"', theirs='  "share": "65%"')
    path.write_text(
        '{"nodes": [{"id": "x"}],\n"edges": [\n{"from": "x", "share": "1%"},\n{"from": "y",\n' + sides + "}]}"
    )
    nodes, edges = read_sheets(path)

    assert nodes.columns == {"id": ["x"]}
    assert not nodes.problems
    assert edges.columns == {"from": ["x"], "share": ["1%"]}
    assert [problem.row for problem in edges.problems] == [5]
    assert [cells for _, cells in sorted(edges.refused.items()) if cells] == [["y", "61%"], ["y", "65%"]]


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> main\n1,2\n", "a,b\n<<<<<<< HEAD\n1,2\n"])
def test_an_unfinished_merge_of_the_header_and_a_lone_mark_are_told(tmp_path: Path, text: str) -> None:
    """Nothing is guessed of a header in two forms, nor of a mark whose other half is gone."""
    path = tmp_path / "t.csv"
    path.write_text(text)

    assert "merge" in told(path)[0]


def test_signs_at_the_end_of_a_header_separate_nothing(tmp_path: Path) -> None:
    """Nameless columns at the end may lack in a row, and are none where they are empty; one with cells has a place."""
    path = tmp_path / "t.csv"
    path.write_text("a,b,,\n1,2,,\n3,4\n5,6,x,\n7,8,,,\n", "utf-8")
    sheet = read_sheets(path)[0]

    assert sheet.columns == {"a": ["1", "3", "5"], "b": ["2", "4", "6"], "column 3": [None, None, "x"]}
    assert [problem.row for problem in sheet.problems] == [5]


def test_a_stray_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    """A quote that never closes, and one that closes lines later, do not swallow the rows after it."""
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,1\n"2,2\n3,3\n4,"4\n5,5\n6,6\n')
    sheet = read_sheets(path)[0]

    assert sheet.columns["a"] == ["1", "3", "5", "6"]
    assert sorted(problem.row for problem in sheet.problems) == [3, 5]


@pytest.mark.parametrize("ending", ["", "x,y,z\n", '"q",1\n', "\n<<<<<<< HEAD\n"])
def test_a_large_table_reads_as_a_small_one(tmp_path: Path, ending: str) -> None:
    """The fast way and the careful way give the same cells, lines and problems."""
    from graphkit.seeds.reading import delimited

    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "".join(f" {i} ,\n" if i % 3 else f"é{i}, x\n" for i in range(150_000)) + ending, "utf-8")
    fast = read_sheets(path)[0]
    delimited.LARGE, large = 1 << 40, delimited.LARGE
    try:
        careful = read_sheets(path)[0]
    finally:
        delimited.LARGE = large

    assert {name: list(cells) for name, cells in fast.columns.items()} == dict(careful.columns)
    assert list(fast.lines) == list(careful.lines)
    assert fast.problems == careful.problems


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """- is standard input, of the kind that is said."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n")))
    sheet = read_sheets(tmp_path.__class__("-"), Reading(input_format="csv"))[0]

    assert (sheet.file, sheet.columns["b"]) == ("stdin", ["2"])


def test_a_file_that_changes_while_it_is_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another process writes between the first byte and the last."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    whole = type(path).read_bytes

    def slow(self: Path) -> bytes:
        data = whole(self)
        self.write_text("a,b\n1,2\n3,4\n")
        return data

    monkeypatch.setattr(type(path), "read_bytes", slow)

    assert told(path) == ["t.csv: changed while it was read; load it again when it is written"]
