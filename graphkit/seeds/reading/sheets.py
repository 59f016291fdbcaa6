"""Sheets: what every reader gives and every check takes, columns of cells, each row with its number in the file.

A sheet knows nothing of the model. Rows that cannot be read at all (a quote that never closes, the marks of an
unfinished merge) are kept beside it as they stand, with the problem, so that they can be told, set apart and mended.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from graphkit.errors import Problem

__all__ = ["Pieces", "Places", "Reading", "Sheet"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read, where they do not say it themselves.

    Attributes:
        input_format: The kind of file, such as csv or jsonl; by the ending of its name when empty.
        sheet: The sheet of a workbook; its only one when empty.
        encoding: The encoding of a text file; found out when empty.
        delimiter: What separates cells; found out when empty.
        header: The row that holds the header; the first when 0.
        ditto: The columns in which an empty cell means what the cell above it says.
    """

    input_format: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: int = 0
    ditto: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a file gives it.

    Attributes:
        file: The file's name, as the user gave it.
        columns: Cells by header; an empty cell is None.
        lines: For each row, its number as an editor or a spreadsheet counts; records of JSON and Parquet are counted.
        read_as: Encoding and delimiter found, for the report.
        problems: What is wrong with rows that cannot be read.
        refused: The cells of those rows as they stand, by line.
        origins: For columns that a mapping made: the columns of the file that they come from.
        numbers: For each row, its number in the file it first stood in; `lines`, but for a file of mended rows.
        matches_names: Whether its nodes are those of the same name that are known already.
    """

    file: str
    columns: Mapping[str, Sequence[object]]
    lines: Sequence[int]
    read_as: str
    problems: tuple[Problem, ...] = ()
    refused: Mapping[int, Sequence[str]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    matches_names: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    def at(self, lines: Container[int]) -> Sheet:
        """The same sheet with the rows of some lines alone."""
        kept = [place for place, line in enumerate(self.lines) if line in lines]
        columns = {name: [cells[place] for place in kept] for name, cells in self.columns.items()}
        numbers = [self.numbers[place] for place in kept] if self.numbers else ()
        return replace(self, columns=columns, lines=[self.lines[place] for place in kept], numbers=numbers)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one file states, piece by piece; it can be gone through again and again.

    Attributes:
        read: Gives the sheets of each piece.
        is_regular: Whether every piece has the same columns.
    """

    read: Callable[[], Iterable[Sequence[Sheet]]]
    is_regular: bool = False

    def __iter__(self) -> Iterator[Sheet]:
        return (sheet for piece in self.read() for sheet in piece)

    def nodes(self) -> Iterator[Sheet]:
        """The sheets of nodes; where the first piece has none, and all are alike, nothing more is read."""
        for piece in self.read():
            nodes = [sheet for sheet in piece if "link" not in sheet.columns]
            yield from nodes
            if self.is_regular and not nodes:
                return

    def claims(self) -> Iterator[Sheet]:
        """The sheets of claims."""
        return (sheet for sheet in self if "link" in sheet.columns)


class Places(Sequence[tuple[str, int]]):
    """For some records of one file: its name, and the row of each."""

    def __init__(self, file: str, lines: Sequence[int]) -> None:
        self._file = file
        self._lines = lines if isinstance(lines, range) else array("q", lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> tuple[str, int]: ...

    @overload
    def __getitem__(self, place: slice) -> Places: ...

    def __getitem__(self, place: int | slice) -> tuple[str, int] | Places:
        if isinstance(place, slice):
            return Places(self._file, self._lines[place])
        return self._file, self._lines[place]

    def take(self, places: Iterable[int]) -> Places:
        """Those of some of the records."""
        return Places(self._file, [self._lines[place] for place in places])
