"""Files to sheets: the kind of a file is told by its name or by the user, its encoding and delimiter are found out."""

from __future__ import annotations

import gc
import io
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit import watching
from graphkit.errors import InputError, Problem
from graphkit.seeds.reading.blocks import delimited_sheets, json_lines_sheets
from graphkit.seeds.reading.delimited import read_delimited
from graphkit.seeds.reading.dittos import written_out
from graphkit.seeds.reading.encodings import decode, likely_encodings, no_encoding
from graphkit.seeds.reading.guessing import kind_of
from graphkit.seeds.reading.quarantined import QUARANTINED
from graphkit.seeds.reading.sheets import Reading, Sheet
from graphkit.seeds.reading.structured import read_json, read_json_lines, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from hashlib import blake2b

__all__ = ["FORMATS", "READABLE", "STDIN", "ListFile", "files_of", "read_sheets", "readable"]

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

IN_PARTS = ("xlsx", "json", "yaml")
"""Files of these kinds may hold several tables."""
IN_PIECES = ("csv", "tsv", "jsonl", "parquet")
LARGE = 1 << 25
"""Files of these kinds that hold more bytes are read in pieces."""

BLOCK = 1 << 20
"""Bytes that are looked at, or hashed, at a time."""

PIECE = 1 << 24
"""Characters of a large file that are read at a time."""

CHANGED = "changed while it was read; load it again when it is written"
PLAIN = Reading()


def files_of(path: Path) -> list[Path]:
    """The files that a path names; a folder stands for all tables in it, at any depth.

    Raises:
        InputError: a link in the folder leads out of it, a part of it cannot be read, or a table is no ordinary file.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - which is false, and no error, where one may not look
        return [path]
    files: list[Path] = []
    problems: list[Problem] = []

    def closed(error: OSError) -> None:
        problems.append(Problem(readable(error.filename), 0, "", f"cannot be read: {error.strerror}"))

    inside = os.path.realpath(path)
    for folder, subfolders, names in os.walk(path, onerror=closed):
        tables = [name for name in names if Path(name).suffix.lower() in IN_FOLDERS and QUARANTINED not in name]
        for found in (Path(folder, name) for name in (*subfolders, *tables)):
            if not Path(os.path.realpath(found)).is_relative_to(inside):
                problems.append(Problem(readable(found), 0, "", "leads out of its folder; name it itself"))
            elif found.exists() and not (found.is_file() or found.is_dir()):
                problems.append(Problem(readable(found), 0, "", "is no ordinary file; name it itself"))
        files += [Path(folder, name) for name in tables]
    if problems:
        raise InputError(problems)
    return sorted(files)


def readable(path: str | Path) -> str:
    """How a file is called in messages, in the journal and in files: as text, even where its name is none."""
    return os.fsencode(path).decode("utf-8", "replace")


def read_sheets(path: Path, reading: Reading = PLAIN) -> list[Sheet]:
    """Read a file; one that holds nodes beside claims, as an export does, becomes two sheets.

    Args:
        path: The file; `-` is standard input; `BOOK.xlsx#SHEET` one sheet of a workbook.
        reading: How to read it, where it does not say so itself.

    Raises:
        InputError: the file cannot be read as a table; every reason is given. What is wrong with single rows stands in
            the sheets.
    """
    return list(ListFile(path, reading).sheets())


class ListFile:
    """A file that can be read again and again; a large one is read piece by piece.

    Args:
        path: The file; `-` is standard input; `BOOK.xlsx#SHEET` one sheet of a workbook.
        reading: How to read it, where it does not say so itself.

    Attributes:
        name, kind: How the user called it, and what kind of file it is, such as csv.
        is_large: Whether it is read piece by piece.
        is_regular: Whether every piece has the same columns.
        read_as: How it was read the last time: rows, encoding, delimiter.

    Raises:
        InputError: the file is not there, or cannot be of the kind that it is said to be.
    """

    def __init__(self, path: Path, reading: Reading = PLAIN) -> None:
        self.name = "stdin" if str(path) == STDIN else readable(path)
        self._path, part = _parted(path)
        self._data = read_bytes(path) if self.name == "stdin" else b""
        self.kind = reading.input_format or FORMATS.get(self._path.suffix.lower(), "")
        self.kind = self.kind or (kind_of(self._data) if self.name == "stdin" else "")
        if not self.kind:
            told = f"files of this kind are not read; use {', '.join(READABLE)}, or --input-format"
            raise InputError([Problem(self.name, 0, "", told)])
        self._reading = replace(reading, input_format=self.kind, sheet=part or reading.sheet)
        self.read_as = self._encoding = ""
        with _refused(self.name):
            self.is_large = self._is_large()
            self._state = _written(self._path) if self.is_large else (0, 0)
        if not self.is_large:
            self._data = self._data or read_bytes(path)
        elif self.kind != "parquet":
            self._encoding = self._found_encoding()
        if not self.is_large and not self._data:
            raise InputError([Problem(self.name, 0, "", "the file is empty; it needs at least a header")])
        self.is_regular = self.kind in ("csv", "tsv", "xlsx", "parquet")

    def digest_into(self, digest: blake2b) -> None:
        """Add all bytes of the file to a hash."""
        if not self.is_large:
            digest.update(self._data)
            return
        with _refused(self.name), self._path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)

    def sheets(self) -> Iterator[Sheet]:
        """Its tables, a large one in pieces.

        Raises:
            InputError: it is no table, or was changed since it was first looked at.
        """
        rows = 0
        for sheet in written_out(self._sheets(), self._reading.ditto):
            rows += len(sheet)
            self.read_as = f"{self.name}: {rows:,} row{'' if rows == 1 else 's'}, {sheet.read_as}"
            yield sheet
            if self.is_large:
                del sheet
                gc.collect(0)  # a load spares itself all other collections; here, what one piece left behind

    def _sheets(self) -> Iterator[Sheet]:
        if not self.is_large:
            yield from _read(self.name, self._data, self._reading)
            return
        with _refused(self.name):
            if self.kind == "parquet":
                from graphkit.seeds.reading.workbooks import read_parquet

                yield from read_parquet(self.name, str(self._path))
            else:
                try:
                    yield from self._text_sheets()
                except UnicodeError:  # all of it was text when its encoding was found
                    raise InputError([Problem(self.name, 0, "", CHANGED)]) from None
            if self._state != _written(self._path):
                raise InputError([Problem(self.name, 0, "", CHANGED)])

    def _text_sheets(self) -> Iterator[Sheet]:
        with self._path.open("rb") as file, io.TextIOWrapper(file, self._encoding, newline="") as text:
            if self.kind == "jsonl":
                sheets = json_lines_sheets(self.name, text, self._encoding, PIECE)
            else:
                sheets = delimited_sheets(self.name, text, self._encoding, self._reading, PIECE)
            for sheet in sheets:
                watching.tell(f"bytes of {self._path.name} checked", file.tell(), self._state[1])
                yield sheet

    def _is_large(self) -> bool:
        if self.name == "stdin" or QUARANTINED in self._path.name or self.kind not in IN_PIECES:
            return False
        return self._path.stat().st_size > LARGE

    def _found_encoding(self) -> str:
        """The encoding in which all of a large file is text."""
        with _refused(self.name), self._path.open("rb") as file:
            _, told = decode(self.name, b"", self._reading.encoding)
            likely = (told,) if self._reading.encoding else likely_encodings(file.read(BLOCK))
        for tried in likely:
            row = 0
            try:
                with _refused(self.name), self._path.open(encoding=tried, newline="") as text:
                    for _ in text:
                        row += 1
            except UnicodeError as error:
                row += error.object.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
            else:
                return tried
        raise no_encoding(self.name, row, self._reading.encoding)


def _read(name: str, data: bytes, reading: Reading) -> Iterator[Sheet]:
    """The tables of a file that is in memory."""
    match reading.input_format:
        case "xlsx":
            from graphkit.seeds.reading.workbooks import read_workbook

            yield read_workbook(name, data, reading)
            return
        case "parquet":
            import pyarrow as pa

            from graphkit.seeds.reading.workbooks import read_parquet

            yield from read_parquet(name, pa.BufferReader(data))
            return
    text, encoding = decode(name, data, reading.encoding)
    if not text.strip():
        raise InputError([Problem(name, 0, "", "the file is empty; it needs at least a header")])
    match reading.input_format:
        case "csv" | "tsv":
            yield read_delimited(name, text, encoding, reading)
        case "jsonl":
            yield from read_json_lines(name, text, encoding)
        case "json":
            yield from read_json(name, text, encoding, reading.sheet)
        case "yaml":
            yield from read_yaml(name, text, encoding, reading.sheet)
        case kind:
            known = ", ".join(dict.fromkeys(FORMATS.values()))
            raise InputError([Problem(name, 0, "", f"{kind!r} is no kind of file; use one of {known}")])


def _parted(path: Path) -> tuple[Path, str]:
    """The file, and the sheet of a workbook, or the list of a JSON or YAML file, that stands behind a #."""
    file, sharp, sheet = str(path).rpartition("#")
    if sharp and FORMATS.get(Path(file).suffix.lower()) in IN_PARTS and not path.exists():
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
    with _refused(readable(path)):
        before = _written(file)
        data = file.read_bytes()
        after = file.stat()
    if stat.S_ISREG(after.st_mode) and (before[0], len(data)) != _written(file):
        raise InputError([Problem(readable(path), 0, "", CHANGED)])
    return data


def _written(file: Path) -> tuple[int, int]:
    """By what one sees that a file was written to: time and size."""
    found = file.stat()
    return found.st_mtime_ns, found.st_size


@contextmanager
def _refused(name: str) -> Iterator[None]:
    """Turn what the system says of a file into one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise InputError([Problem(name, 0, "", "there is no such file; check the path")]) from None
    except OSError as error:
        raise InputError([Problem(name, 0, "", f"cannot be read: {error.strerror}")]) from None
