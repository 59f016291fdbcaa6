"""What nobody said of a file: its kind on standard input, its encoding and delimiter, the titles above its header."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphkit.seeds.reading.files import read_sheets
from graphkit.seeds.reading.guessing import kind_of
from graphkit.seeds.reading.sheets import Reading

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (("供应商", "客户", "份额"), ("胜宏科技", "英伟达", "35%"), ("沪电股份", "英伟达", "20%"))


def text(delimiter: str) -> str:
    """The rows as a table with delimiters."""
    return "".join(delimiter.join(row) + "\n" for row in ROWS)


def parquet() -> bytes:
    """The rows as Parquet."""
    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[at] for row in ROWS[1:]] for at, name in enumerate(ROWS[0])}), out)
    return out.getvalue()


def workbook(*above: tuple[str | None, ...]) -> bytes:
    """The rows in a workbook, below others."""
    out, book = io.BytesIO(), openpyxl.Workbook()
    for row in (*above, *ROWS):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


RECORDS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("csv", text(",").encode()),
        ("csv", text("\t").encode("utf-16")),
        ("csv", b""),
        ("json", json.dumps(RECORDS, indent=1).encode("utf-8-sig")),
        ("json", json.dumps({"claims": RECORDS}, indent=1).encode()),
        ("json", json.dumps({"claims": RECORDS}).encode()),
        ("jsonl", "\n".join(map(json.dumps, RECORDS)).encode()),
        ("yaml", b"- subject: a\n  object: b\n"),
        ("xlsx", workbook()),
        ("parquet", parquet()),
    ],
)
def test_standard_input_says_itself_what_it_is(kind: str, data: bytes) -> None:
    """Each kind of file is known by how it begins; the rest is a table with delimiters."""
    assert kind_of(data) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Also of UTF-16 without a mark that tells the order of its bytes."""
    path = tmp_path / "list.csv"
    path.write_bytes(text(delimiter).encode(encoding))
    (sheet,) = read_sheets(path)

    assert sheet.read_as == f"{encoding}, delimiter {delimiter!r}"
    assert list(zip(*sheet.columns.values(), strict=True)) == [*ROWS[1:]]


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("2025年供应链调研表\n", 2),
        ("2025年供应链调研表;;\n数据来源:内部;;\n;;\n", 4),
        ("Suppliers, customers, as of 2025\n\n", 3),
        ("", 1),
    ],
)
def test_titles_above_the_header_are_no_header(tmp_path: Path, above: str, row: int) -> None:
    """The table begins where rows are filled; where that is not the first row, the report says where."""
    path = tmp_path / "list.csv"
    path.write_text(above + text(";"), "utf-8")
    (sheet,) = read_sheets(path)
    told = f", header in row {row}" if above else ""

    assert (sheet.read_as, tuple(sheet.columns)) == (f"utf-8, delimiter ';'{told}", ROWS[0])
    assert list(sheet.lines) == [row + 1, row + 2]


def test_titles_above_the_header_of_a_sheet(tmp_path: Path) -> None:
    """Merged titles fill one cell; the rows keep the numbers that the workbook shows."""
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook(("2025年供应链调研表", None, None), (None,)))
    (sheet,) = read_sheets(path)

    assert (sheet.read_as, tuple(sheet.columns)) == ("XLSX, header in row 3", ROWS[0])
    assert list(sheet.lines) == [4, 5]


def test_a_header_is_named_by_its_line(tmp_path: Path) -> None:
    """--header counts lines as an editor does, empty ones too."""
    path = tmp_path / "list.csv"
    path.write_text(f"remark,,\n\n{text(',')}", "utf-8")
    (sheet,) = read_sheets(path, Reading(header=3))

    assert tuple(sheet.columns) == ROWS[0]


def test_a_table_of_one_column_keeps_its_header(tmp_path: Path) -> None:
    """One cell in a row is a title only above rows of many."""
    path = tmp_path / "names.csv"
    path.write_text("name\nA\nB\n", "utf-8")
    (sheet,) = read_sheets(path)

    assert dict(sheet.columns) == {"name": ["A", "B"]}
