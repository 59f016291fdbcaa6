"""Foreign tables as far as they are understood: columns with what they say, and keys."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.seeds.proposing.words import TYPES
from graphkit.spelling import short_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["MOST", "SAMPLE", "Column", "Foreign", "are_ids", "words_of", "year_in"]

SAMPLE = 2_000
"""So many values of a column are looked at."""

LONGEST = 60
"""An id has at most so many characters."""

MOST = 0.9
"""This part of the values must fit before something is concluded from them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its header hints at, whose it is, and some of its values.

    Attributes:
        name: Its name in the file.
        role: What it says; the name of a party when it names that party.
        party: Whose it is: of the subject, of the object, of the product.
        link: The link that its words hint at.
        values: Distinct values, as far as they were looked at.
        full: Whether every row has one, and no two the same.
        lists: Whether its cells are lists already, as JSON has them.
        keys: The table whose rows it names by their ids.
    """

    name: str
    role: str
    party: str
    link: str
    values: tuple[str, ...]
    full: bool
    lists: bool = False
    keys: Foreign | None = None

    @property
    def whole(self) -> str:
        """The list of objects that each cell holds a member of; nothing where it is none."""
        return self.name.rpartition(".")[0] if self.lists else ""

    @property
    def quoted(self) -> str:
        """Its name as a mapping writes it."""
        return json.dumps(self.name, ensure_ascii=False)


@dataclass(eq=False, slots=True)
class Foreign:
    """A foreign table: its columns, what its rows are, and the name under which its ids are kept."""

    sheet: Sheet
    listing: str
    columns: list[Column] = field(default_factory=list)
    label: str = ""
    key: Column | None = None

    @property
    def groups(self) -> dict[str, list[str]]:
        """The words in its column of types by what they say that a row is; of other words, nothing is said."""
        groups: dict[str, list[str]] = {}
        kinds = self.first("type")
        for value in kinds.values if kinds else ():
            label = next((label for label, pattern in TYPES.items() if re.search(pattern, words_of(value))), None)
            if label:
                groups.setdefault(label, []).append(value)
        return groups

    @property
    def kinds(self) -> dict[str, list[str]]:
        """The same where its rows are of several types, or countries; else nothing."""
        groups = self.groups
        mixed = (len(groups) > 1 or "country" in groups) and groups.keys() & {"Company", "country"}
        return groups if mixed else {}

    @property
    def labels(self) -> set[str]:
        """The types of node that its rows are."""
        return {"Company" if label == "country" else label for label in self.kinds} or {self.label}

    def cells(self, column: Column) -> list[str | None]:
        """All cells of a column as text."""
        return [None if cell is None else str(cell).strip() for cell in self.sheet.columns[column.name]]

    def agree(self, column: Column, about: Column) -> bool:
        """Whether all rows say the same of each name: the country of a plant is not that of its company."""
        said: dict[str, object] = {}
        pairs = zip(self.sheet.columns[column.name], self.sheet.columns[about.name], strict=True)
        told = ((short_form(str(name)), value) for name, value in pairs if value is not None)
        return all(said.setdefault(name, value) == value for name, value in told)

    def is_of_another(self, about: Column, column: Column | None) -> bool:
        """Whether a column speaks of another than the one given: its header begins with the name of that."""
        return any(about.name.startswith(one.name) for one in self.columns if one not in (about, column))

    def first(self, role: str, party: str | None = None) -> Column | None:
        """The first column of a role, of any party or of one."""
        return next((c for c in self.columns if c.role == role and party in (None, c.party)), None)


def words_of(header: str) -> str:
    """The words of a header, however they are joined: supplierName, supplier_name, Supplier.Name."""
    return re.sub(r"[_\-./#]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)).lower().strip()


def year_in(header: str) -> str:
    """The year that a header speaks of; nothing where it speaks of none, or of several."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", header)
    return years[0] if len(years) == 1 else ""


def are_ids(values: Sequence[str]) -> bool:
    """Whether values look like ids: short, and one word each."""
    return sum(" " not in value and len(value) <= LONGEST for value in values) >= MOST * len(values)
