"""Files that are damaged, or that somebody made to do harm: told in a sentence each, at their place."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from seed_files import HEADER, write_seeds

from graphkit.errors import InputError
from graphkit.graph import check_files
from graphkit.seeds.reading import files
from graphkit.seeds.reading.files import files_of, read_sheets
from graphkit.seeds.reading.sheets import Reading

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = {"subject": "胜宏科技", "link": "MAKES", "object": "PCB", "certainty": "stated", "source": "source:a"}


def row(locator: object, share: str = "") -> str:
    """A claim as a line of CSV."""
    return f"胜宏科技,MAKES,PCB,,,{share},,stated,source:a,{locator},\n"


def told(path: Path, how: Reading | None = None) -> list[str]:
    """What is wrong with a file that stands beside the small seeds, or is read in some way."""
    write_seeds(path.parent / "seeds", HEADER)
    try:
        if how:
            return [str(problem) for sheet in read_sheets(path, how) for problem in sheet.problems]
        problems = check_files(path, path.parent / "seeds").problems
    except InputError as error:
        problems = error.problems
    return [str(problem).replace(f"{path}", path.name) for problem in problems]


@pytest.mark.parametrize("newline", ["\r", "\r\n"])
def test_rows_end_as_any_computer_ends_them(tmp_path: Path, newline: str) -> None:
    """A lone carriage return ends a row, too, also among rows that end otherwise."""
    path = tmp_path / "t.csv"
    path.write_bytes((HEADER + row(1) + row(2).replace("\n", newline) + row(3, "lots")).encode())
    assert told(path) == ["t.csv:4:share: 'lots' is not a number; write it plain, such as 1500 or 0.25"]

    path.write_bytes((HEADER + row(1) + row(3, "lots")).replace("\n", newline).encode())
    assert told(path) == ["t.csv:3:share: 'lots' is not a number; write it plain, such as 1500 or 0.25"]


def test_a_cell_beyond_all_measure_is_told_with_its_row(tmp_path: Path) -> None:
    """A cell that is as long as a book costs its own row only, wherever it stands."""
    path = tmp_path / "t.csv"
    path.write_text(HEADER + row(1) + row("x" * 200_000) + row(3, "lots"), "utf-8")

    assert [problem.partition(": ")[0] for problem in told(path)] == ["t.csv:3", "t.csv:4:share"]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Reading(delimiter="ab"), "'ab' cannot separate cells; name one sign, such as ';'"),
        (Reading(delimiter='"'), "'\"' cannot separate cells"),
        (Reading(encoding="undefined"), "'undefined' is no encoding"),
    ],
)
def test_what_cannot_be_a_delimiter_or_an_encoding_is_refused(tmp_path: Path, how: Reading, expected: str) -> None:
    """However oddly a file is to be read, the answer is a sentence."""
    path = tmp_path / "t.csv"
    path.write_text(HEADER + row(1), "utf-8")

    assert told(path, how)[0].startswith(f"t.csv: {expected}")


@pytest.mark.parametrize("size", [1, 1 << 25])
@pytest.mark.parametrize("other", ["胜宏科技".encode("gb18030"), b"Soci\xe9t\xe9", b"\xff"])
def test_rows_of_another_encoding_are_told_and_never_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: bytes, size: int
) -> None:
    """One damaged row does not turn all names of a file into others: it is told, and nothing is read."""
    monkeypatch.setattr(files, "LARGE", size)
    path = tmp_path / "t.csv"
    path.write_bytes("A,B\nSociété,é\nÉlan,ü\n".encode() + other + b",1\nx,y\n")

    assert told(path) == ["t.csv:4: is text in none of UTF-8, UTF-16 and GB18030; save the file as UTF-8"]


def test_utf_16_without_its_mark_is_told_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said to be UTF-16 and does not begin so is refused, not a traceback."""
    monkeypatch.setattr(files, "LARGE", 1)
    path = tmp_path / "t.csv"
    path.write_bytes((HEADER + row(1)).encode("utf-16-le"))

    assert told(path, Reading(encoding="utf-16")) == [
        "t.csv:1: is no text in utf-16; without --encoding it is found out"
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('"locator": "\\ud800"', "locator: '\\ud800' holds '\\ud800', which is no sign of any text; remove it"),
        ('"locator": "a\\u0000b"', "locator: 'a\\x00b' holds '\\x00', which is no sign of any text; remove it"),
        ('"locator": 1, "share": ' + "9" * 400, "share: 9… is not a finite number"),
        ('"locator": 1, "share": ' + "9" * 6000, "share: '9…' is not a finite number"),
        ('"locator": 1, "link": ["MAKES"]', "names 'link' twice; keep one of them"),
        ('"locator": 1, "a": {"b": 1, "b": 2}', "names 'b' twice; keep one of them"),
        ('"locator": 1, "a": [{"b": 1, "b": 2}]', "names 'b' twice; keep one of them"),
    ],
)
@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_odd_values_of_json_are_told_with_their_row(tmp_path: Path, ending: str, more: str, expected: str) -> None:
    """What no text and no number can be, and what is said twice, is refused where it stands; the rest is read."""
    path = tmp_path / f"t.{ending}"
    records = [json.dumps(CLAIM | {"locator": str(place)}) for place in range(2)]
    odd = f"{json.dumps(CLAIM)[:-1]}, {more}}}"
    path.write_text(
        f"[{records[0]},\n{odd},\n{records[1]}]" if ending == "json" else "\n".join([records[0], odd, records[1]]),
        "utf-8",
    )
    problems = [re.sub("9{9,}", "9…", problem).partition("; leave")[0] for problem in told(path)]

    assert problems == [f"t.{ending}:2:{'' if ':' in expected else ' '}{expected}"]


@pytest.mark.parametrize("cell", [["MAKES"], 5, True, [None]])
def test_a_link_that_is_no_word_is_told(tmp_path: Path, cell: object) -> None:
    """Lists, numbers and objects where a word should be are told like any other wrong word."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps([CLAIM | {"locator": "1"}, CLAIM | {"locator": "2", "link": cell}]), "utf-8")

    assert any(problem.startswith("t.json:2:link") for problem in told(path))


def test_a_list_named_twice_is_refused(tmp_path: Path) -> None:
    """Of two lists of one name, neither is dropped in silence."""
    path = tmp_path / "t.json"
    path.write_text('{"edges": [{"a": 1}], "edges": [{"a": 2}]}')

    assert told(path) == ["t.json: names 'edges' twice; keep one of them"]


def test_a_wrong_record_keeps_its_row_among_others_of_its_line(tmp_path: Path) -> None:
    """Records of one line are numbered apart, so that the one put aside is the one that is wrong."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps([CLAIM | {"locator": "1"}, 5, CLAIM | {"locator": "2"}]))
    sheet = read_sheets(path)[0]

    assert list(sheet.lines) == [1, 3]
    assert {line: cells[0] for line, cells in sheet.refused.items()} == {2: "5"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * 50_000 + "]" * 50_000, "t.yaml:1: is nested too deep"),
        ("- {a: 1}\n- {b: 2,\n   b: 3}\n", "t.yaml:3: names 'b' twice; keep one of them"),
    ],
)
def test_yaml_ends_no_process_and_drops_nothing(tmp_path: Path, text: str, expected: str) -> None:
    """Nesting that would overflow the stack is refused, and so is a key that stands twice."""
    path = tmp_path / "t.yaml"
    path.write_text(text)

    assert told(path)[0].startswith(expected)


def workbook(path: Path, change: dict[str, str], **renamed: str) -> Path:
    """A workbook of two cells, with something replaced in its sheet, and files renamed."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            for old, new in change.items():
                text = text.replace(old, new)
            target.writestr(renamed.get(name.rpartition("/")[2].partition(".")[0], name), text)
    return path


@pytest.mark.parametrize(
    "cell",
    ['<c s="0" r="XFD1048576"><v>1</v></c>', "<c  r='XFD1048576'><v>1</v></c>", '<c r="xfd1048576"><v>1</v></c>'],
)
def test_a_cell_far_out_is_refused_however_it_is_written(tmp_path: Path, cell: str) -> None:
    """The order of attributes, their quotes and their case hide no cell that would fill the memory."""
    path = workbook(tmp_path / "t.xlsx", {"</sheetData>": f'<row r="1048576">{cell}</row></sheetData>'})

    assert told(path) == ["t.xlsx#sheet1.xml: spans 1,048,576 rows and 16,384 columns; remove the far cells"]


def test_a_cell_far_out_is_refused_in_whichever_file_and_without_address(tmp_path: Path) -> None:
    """A sheet may lie anywhere in the archive, and cells may have no address of their own."""
    wide = {"</sheetData>": f'<row>{"<c/>" * 16_000}</row><row r="1048576"></row></sheetData>'}
    moved = {"/xl/worksheets/sheet1.xml": "/xl/other/a.xml"}
    path = workbook(tmp_path / "t.xlsx", wide | moved, sheet1="xl/other/a.xml")

    assert told(path) == ["t.xlsx#a.xml: spans 1,048,576 rows and 16,000 columns; remove the far cells"]


def test_a_workbook_of_another_kind_or_damaged_is_refused(tmp_path: Path) -> None:
    """What is called XLSX and is not, or is torn in the middle, is told in a sentence."""
    path = workbook(tmp_path / "t.xlsx", {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("content.xml", "<x/>")
    assert told(path) == ["t.xlsx: is no XLSX workbook; save it as one"]

    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(path)
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 40
    data[at : at + 40] = bytes(byte ^ 0x55 for byte in data[at : at + 40])
    path.write_bytes(data)
    assert [problem.partition(" read: ")[0] for problem in told(path)] == ["t.xlsx: is no workbook that can be"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([2**31 - 1], pa.date32()), "holds what cannot be read"),
        (pa.array([10**18], pa.timestamp("ms")), "holds what cannot be read"),
        (pa.array([0], pa.timestamp("us", "Mars/Base")), "holds what cannot be read"),
        (pa.array([b"\xff\xfe"], pa.binary()), "holds what cannot be read"),
    ],
)
def test_odd_columns_of_parquet_are_told(tmp_path: Path, values: pa.Array, expected: str) -> None:
    """Days beyond all years, unknown zones and bytes that are no text are told with their column."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["x"], "odd": values}), path)

    assert told(path)[0].startswith(f"t.parquet:odd: {expected}")


def test_texts_of_parquet_may_be_bytes_but_not_two_columns_of_one_name(tmp_path: Path) -> None:
    """Older tools write texts as bytes; two columns of one name are refused as in any table."""
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": pa.array(["胜宏 ".encode()], pa.binary())}), path)
    assert read_sheets(path)[0].columns["a"] == ["胜宏"]

    pq.write_table(pa.Table.from_arrays([pa.array(["x"])] * 2, names=["a", "a"]), path)
    assert told(path) == ["t.parquet:a: the header names this column twice"]


def test_a_folder_is_read_whole_or_refused(tmp_path: Path) -> None:
    """Links out of it and in a ring, pipes, and folders called like tables: nothing hangs, nothing is left out."""
    folder = tmp_path / "lists"
    (folder / "x.csv").mkdir(parents=True)
    (folder / "x.csv" / "a.csv").write_text("a\n1\n")
    (folder / "again").symlink_to(folder)
    assert files_of(folder) == [folder / "x.csv" / "a.csv"]

    (tmp_path / "outside").mkdir()
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "self.csv").symlink_to(folder / "self.csv")
    os.mkfifo(folder / "pipe.csv")
    with pytest.raises(InputError) as refusal:
        files_of(folder)
    assert [str(problem).replace(f"{folder}/", "") for problem in refusal.value.problems] == [
        "out: leads out of its folder; name it itself",
        "pipe.csv: is no ordinary file; name it itself",
    ]


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    """A path that the system refuses is a sentence like any other."""
    assert told(tmp_path / f"{'a' * 300}.csv")[0].endswith(".csv: cannot be read: File name too long")


def test_a_file_whose_name_is_no_text_loads(tmp_path: Path) -> None:
    """Its name is written with a sign that stands for what cannot be read."""
    path = tmp_path / os.fsdecode(b"a\xff.csv")
    path.write_text(HEADER + row(1, "lots"), "utf-8")

    assert [problem.rpartition("/")[2].partition(": ")[0] for problem in told(path)] == ["a\ufffd.csv:2:share"]


def test_a_large_file_that_is_no_text_any_more_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are written into a large file after its encoding was found are told as a change."""
    monkeypatch.setattr(files, "LARGE", 1)
    path = tmp_path / "t.csv"
    path.write_text(HEADER + row(1), "utf-8")
    file = files.ListFile(path)
    path.write_bytes((HEADER + row(1)).encode() + b"\xff\xff\n")

    with pytest.raises(InputError, match="changed while it was read"):
        list(file.sheets())
