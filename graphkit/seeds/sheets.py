"""Files to sheets: columns of cells, each row with the line where it starts.

A sheet knows nothing of the model. What can go wrong here is what goes wrong with files: missing, empty, in another
encoding, a quote that never closes, a row with too few cells. All problems of a file are reported, each with its row.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Sheet", "decode", "read_sheets"]

READABLE = (".csv", ".tsv", ".jsonl", ".ndjson")
ENCODINGS = ("utf-8", "gb18030")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONFLICT_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a file gives it.

    Attributes:
        file: The file's name, as the user gave it.
        columns: Cells by header; an empty cell is None.
        lines: For each row, the line of the file where it starts; the header is line 1.
        read_as: Encoding and delimiter found, for the report.
    """

    file: str
    columns: Mapping[str, Sequence[object]]
    lines: Sequence[int]
    read_as: str

    def __len__(self) -> int:
        return len(self.lines)


def read_sheets(path: Path) -> list[Sheet]:
    """Read a file; one that holds nodes beside claims, as an export does, becomes two sheets.

    Raises:
        InputError: the file cannot be read as a table; every reason is given.
    """
    name = str(path)
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise InputError([Problem(name, 0, "", f"files of this kind are not read; use {', '.join(READABLE)}")])
    text, encoding = decode(name, _bytes(path))
    if not text.strip():
        raise InputError([Problem(name, 0, "", "the file is empty; it needs at least a header")])
    return [_delimited(name, text, encoding)] if suffix in (".csv", ".tsv") else _json_lines(name, text, encoding)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError([Problem(str(path), 0, "", "there is no such file; check the path")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Find out the encoding of some bytes, and read them.

    Returns:
        The text, and the name of the encoding.

    Raises:
        InputError: the bytes are text in none of UTF-8, UTF-16 and GB18030.
    """
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
    raise InputError([Problem(name, row, "", "is text in none of UTF-8, UTF-16 and GB18030; save the file as UTF-8")])


def _delimited(name: str, text: str, encoding: str) -> Sheet:
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [cell.strip() for cell in next(reader)]
    problems = [Problem(name, 1, column, "the header names this column twice") for column in _twice(header)]
    rows, lines, start = [], [], reader.line_num + 1
    try:
        for row in reader:
            if any(mark in (row or [""])[0][:8] for mark in CONFLICT_MARKS):
                problems.append(Problem(name, start, "", "a mark of an unfinished merge; keep one side and remove it"))
            elif len(row) not in {0, len(header)}:
                problems.append(
                    Problem(
                        name,
                        start,
                        "",
                        f"{len(row)} cells where the header has {len(header)}; quote cells that hold {delimiter!r}",
                    )
                )
            elif row:
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(name, start, "", f"{_csv_trouble(error)} in the row that starts here"))
    if problems:
        raise InputError(problems)
    cells = zip(*rows, strict=True) if rows else ([] for _ in header)
    columns = {column: [cell.strip() or None for cell in values] for column, values in zip(header, cells, strict=True)}
    return Sheet(name, columns, lines, f"{encoding}, delimiter {delimiter!r}")


def _csv_trouble(error: csv.Error) -> str:
    return "a quote never closes" if "unexpected end" in str(error) else f"malformed quoting ({error})"


def _twice(header: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [column for column in header if column in seen or seen.add(column)]  # type: ignore[func-returns-value]


def _json_lines(name: str, text: str, encoding: str) -> list[Sheet]:
    claims: dict[int, dict[str, Any]] = {}
    nodes: dict[int, dict[str, Any]] = {}
    problems = []
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            record = _flat(json.loads(content))
            (claims if "link" in record else nodes)[line] = record
        except ValueError as error:
            problems.append(Problem(name, line, "", f"is no JSON object: {error}"))
    if problems:
        raise InputError(problems)
    return [_of_records(name, records, encoding) for records in (nodes, claims) if records]


def _of_records(name: str, records: Mapping[int, Mapping[str, Any]], encoding: str) -> Sheet:
    header = dict.fromkeys(key for record in records.values() for key in record)
    columns = {key: [record.get(key) for record in records.values()] for key in header}
    return Sheet(name, columns, list(records), f"{encoding}, JSON lines")


def _flat(record: object) -> dict[str, Any]:
    """One record of an export, its properties beside its ends; `type` names a node's label or a claim's link."""
    if not isinstance(record, dict):
        raise ValueError("expected an object in braces")  # noqa: TRY004 - caught with json's own ValueError
    flat = {key: value for key, value in record.items() if key != "properties"}
    flat |= record.get("properties") or {}
    if "subject" in flat:
        flat["link"] = flat.pop("type", flat.get("link"))
        flat.pop("id", None)
    return flat
