"""Mapping files: what the columns of a foreign table mean, said once in YAML, so that the table goes in as it is.

    files: "*.csv"                 # which files this is for; all when not said
    read: {header: 3, missing: [n/a]}
    states:                        # what each row states, in this order
      - node: Company
        name_en: {column: Supplier}
        country: {column: Country}
      - link: SUPPLIES
        when: {column: Customer, is: filled}
        subject: {column: Supplier}
        object: {column: Customer, create: true}
        share: {column: "Share (%)", percent: true}
        certainty: stated
        source: {value: "Supplier list 2025", create: {publisher: Somebody}}
        locator: "{file}"

`tables:` holds several of these in one file. A plain text is a constant; `{Column}` in it stands for a cell, `{file}`
and `{row}` for the place. A list that has ids of its own gives each node a `key`, and names it by that:

      - node: Company
        key: {column: ID, prefix: "list:"}
        name: {column: Name}
      - link: SUPPLIES
        subject: {column: Supplier ID, prefix: "list:", else: {column: Supplier}}
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

from graphkit.seeds.mapping.converting import Writing
from graphkit.seeds.reading.quarantined import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.schema import LinkType, NodeType
    from graphkit.seeds.reading.sheets import Reading

__all__ = ["MISSING", "Cell", "Condition", "Statement", "TableMapping", "Unreadable"]

Unreadable = Literal["refuse", "note", "nothing"]

MISSING = (
    *("", "-", "–", "—", "--", "..", "?", "n/a", "na", "#n/a", "nan", "null", "none", "unknown", "not available"),
    *("not specified", "unreported", "tbd", "tba", "未知", "不详", "无", "暂无", "未披露", "待定"),
)
"""What stands for nothing, in any case, where the mapping does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from.

    Attributes:
        columns: The columns, in the order in which they are tried.
        template: A text in which `{Column}` stands for a cell; without columns.
        default: What stands where there is nothing.
        missing: What stands for nothing, in small letters.
        writing: How it is written.
        each: What separates several values, each of which makes a record.
        fallback: Where it comes from where there is nothing here.
        unreadable: What becomes of a value that cannot be read: its row is refused, it goes into the note, or it is
            nothing.
    """

    columns: tuple[str, ...] = ()
    template: str = ""
    default: object = None
    missing: frozenset[str] = frozenset(MISSING)
    writing: Writing = field(default_factory=Writing)
    each: str = ""
    fallback: Cell | None = None
    unreadable: Unreadable = "refuse"


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows state something: those whose cell is one of some words, is filled, or matches.

    What stands for nothing is empty.
    """

    column: str
    words: frozenset[str] = frozenset()
    matches: str = ""
    wanted: bool = True
    missing: frozenset[str] = frozenset(MISSING)

    def fits(self, cell: object) -> bool:
        """Whether a row with such a cell states it."""
        text = "" if cell is None else str(cell).strip()
        if self.matches:
            return bool(re.search(self.matches, text))
        filled = text.lower() not in self.missing
        fits = text.casefold() in self.words
        fits |= ("filled" in self.words and filled) or ("empty" in self.words and not filled)
        return fits is self.wanted


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row states: a node or a claim.

    Attributes:
        type: The type of the node or the claim.
        cells: Where each property comes from.
        when: Which rows state it.
        unless: Where one of these says something, the row does not state it: it stands in for them.
    """

    type: NodeType | LinkType
    cells: Mapping[str, Cell]
    when: tuple[Condition, ...] = ()
    unless: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the rows of some files state."""

    files: tuple[str, ...]
    reading: Reading
    statements: tuple[Statement, ...]

    def fits(self, file: str) -> bool:
        """Whether it is for a file; mended rows count as the file that they come from."""
        name = re.split(r"[\\/]", plain_name(file))[-1]
        forms = (name, name.partition("#")[0], plain_name(file))
        return any(fnmatchcase(form.lower(), pattern.lower()) for pattern in self.files for form in forms)

    def parts_of(self, file: str) -> list[str]:
        """The sheets of a workbook, or the lists of a JSON or YAML file, that it is for by name."""
        name = re.split(r"[\\/]", file)[-1].lower()
        named = (pattern.partition("#") for pattern in self.files)
        return [part for whole, _, part in named if part and fnmatchcase(name, whole.lower())]
