"""Files to sheets: the kind of a file is told by its name or by the user, its encoding and delimiter are found out."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

from graphkit.errors import InputError, Problem
from graphkit.seeds.delimited import decode, read_delimited
from graphkit.seeds.sheets import QUARANTINED, Reading, Sheet
from graphkit.seeds.structured import read_json, read_json_lines, read_yaml

__all__ = ["FORMATS", "READABLE", "STDIN", "files_of", "read_bytes", "read_sheets"]

STDIN = "-"
FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
}
"""The kinds of file by the ending of the name."""

READABLE = tuple(FORMATS)
IN_FOLDERS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".xlsx", ".parquet")
"""What is taken out of a folder: not YAML, which mappings and decisions are written in, and no plain text."""

PLAIN = Reading()


def files_of(path: Path) -> list[Path]:
    """The files that a path names; a folder stands for all tables in it, at any depth.

    Raises:
        InputError: a link in the folder leads out of it.
    """
    if not path.is_dir():
        return [path]
    inside = path.resolve()
    files = sorted(
        file for file in path.rglob("*") if file.suffix.lower() in IN_FOLDERS and QUARANTINED not in file.name
    )
    outside = [file for file in files if not file.resolve().is_relative_to(inside)]
    if outside:
        raise InputError(
            [Problem(str(file), 0, "", "leads out of its folder; name the file itself") for file in outside]
        )
    return files


def read_sheets(path: Path, reading: Reading = PLAIN, data: bytes | None = None) -> list[Sheet]:
    """Read a file; one that holds nodes beside claims, as an export does, becomes two sheets.

    Args:
        path: The file; `-` is standard input; `BOOK.xlsx#SHEET` one sheet of a workbook.
        reading: How to read it, where it does not say so itself.
        data: What the file holds, when it is read already.

    Raises:
        InputError: the file cannot be read as a table; every reason is given. What is wrong with single rows stands in
            the sheets.
    """
    name = "stdin" if str(path) == STDIN else str(path)
    file, part = _parted(path)
    kind = reading.input_format or FORMATS.get(file.suffix.lower(), "")
    if not kind:
        told = "say what it holds with --input-format" if name == "stdin" else f"use {', '.join(READABLE)}"
        raise InputError([Problem(name, 0, "", f"files of this kind are not read; {told}")])
    reading = replace(reading, input_format=kind, sheet=part or reading.sheet)
    if data is None:
        data = read_bytes(path)
    if not data:
        raise InputError([Problem(name, 0, "", "the file is empty; it needs at least a header")])
    return _read(name, data, reading)


def _read(name: str, data: bytes, reading: Reading) -> list[Sheet]:
    match reading.input_format:
        case "xlsx":
            from graphkit.seeds.workbooks import read_workbook

            return [read_workbook(name, data, reading)]
        case "parquet":
            import pyarrow as pa

            from graphkit.seeds.workbooks import read_parquet

            return [read_parquet(name, pa.BufferReader(data))]
    text, encoding = decode(name, data, reading.encoding)
    if not text.strip():
        raise InputError([Problem(name, 0, "", "the file is empty; it needs at least a header")])
    match reading.input_format:
        case "csv" | "tsv":
            return [read_delimited(name, text, encoding, reading)]
        case "jsonl":
            return read_json_lines(name, text, encoding)
        case "json":
            return read_json(name, text, encoding)
        case "yaml":
            return read_yaml(name, text, encoding)
        case kind:
            known = ", ".join(dict.fromkeys(FORMATS.values()))
            raise InputError([Problem(name, 0, "", f"{kind!r} is no kind of file; use one of {known}")])


def _parted(path: Path) -> tuple[Path, str]:
    """The file, and the sheet of a workbook that stands behind a #."""
    file, sharp, sheet = str(path).rpartition("#")
    if sharp and not path.exists() and Path(file).suffix.lower() in (".xlsx", ".xlsm"):
        return Path(file), sheet
    return path, ""


def read_bytes(path: Path) -> bytes:
    """All that a file holds.

    Raises:
        InputError: it is not there, cannot be read, or changed while it was read.
    """
    if str(path) == STDIN:
        return sys.stdin.buffer.read()
    file, _ = _parted(path)
    try:
        before = file.stat()
        data = file.read_bytes()
        after = file.stat()
    except FileNotFoundError:
        raise InputError([Problem(str(path), 0, "", "there is no such file; check the path")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    if stat.S_ISREG(after.st_mode) and (before.st_mtime_ns, len(data)) != (after.st_mtime_ns, after.st_size):
        raise InputError([Problem(str(path), 0, "", "changed while it was read; load it again when it is written")])
    return data
