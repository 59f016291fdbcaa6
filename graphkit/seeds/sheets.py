"""Sheets: what every reader gives and every check takes, columns of cells, each row with its number in the file.

A sheet knows nothing of the model. Rows that cannot be read at all (a quote that never closes, the marks of an
unfinished merge) are kept beside it as they stand, with the problem, so that they can be told, set apart and mended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.errors import Problem

__all__ = ["Reading", "Sheet", "plain_name"]

QUARANTINED = ".quarantine.csv"
"""What the name of a file of refused rows ends in, behind the name of the file that they come from."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read, where they do not say it themselves.

    Attributes:
        input_format: The kind of file, such as csv or jsonl; by the ending of its name when empty.
        sheet: The sheet of a workbook; its only one when empty.
        encoding: The encoding of a text file; found out when empty.
        delimiter: What separates cells; found out when empty.
        header: The row that holds the header; the first when 0.
    """

    input_format: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: int = 0


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


def plain_name(file: str) -> str:
    """The name of the file that mended rows come from: x.csv.quarantine.csv holds rows of x.csv."""
    return file.removesuffix(QUARANTINED)
