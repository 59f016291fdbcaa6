"""What the columns of foreign tables are about, from headers and values, and which of them name rows of others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graphkit.seeds.header_words import FROM, LABELS, PARTIES, ROLES, TO, TYPES, UPWARDS
from graphkit.seeds.mapping import MISSING
from graphkit.seeds.places import country

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.seeds.sheets import Sheet

__all__ = ["Column", "Foreign", "are_countries", "types_of", "understand"]

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

    def first(self, role: str, party: str | None = None) -> Column | None:
        """The first column of a role, of any party or of one."""
        return next((c for c in self.columns if c.role == role and party in (None, c.party)), None)


def understand(sheets: Sequence[Sheet]) -> list[Foreign]:
    """Understand tables that belong together: a column whose values are the ids of another table names its rows."""
    tables = [_understood(sheet, _list_of(sheet)) for sheet in sheets]
    for table in tables:
        ids = [c for c in table.columns if c.full and (c.role == "id" or _names_a_source(c))]
        parties = {c.party for c in table.columns if c.party}
        table.key = next((c for c in ids if not c.party or parties == {c.party}), None)
        table.label = _label(table)
    keyed = [(table, set(table.key.values)) for table in tables if table.key]
    for table in tables:
        table.columns = [_joined(column, table, keyed) for column in table.columns]
        if table.key:
            table.key = next(column for column in table.columns if column.name == table.key.name)
        table.label = _label(table)
    return tables


def _joined(column: Column, table: Foreign, keyed: Iterable[tuple[Foreign, set[str]]]) -> Column:
    """A column with the table whose rows it names, if it does: of several, the one that the header speaks of."""
    if column is table.key or not _may_refer(column):
        return column
    needed = max(1, MOST * len(column.values))
    fitting = [other for other, ids in keyed if sum(value in ids for value in column.values) >= needed]
    if not fitting:
        return column
    other = max(fitting, key=lambda one: (_affinity(column, table, one), -fitting.index(one)))
    role = "parent" if other is table else column.party or column.role
    if column.role == "upwards":
        return replace(column, keys=other)
    return replace(column, keys=other, role=role if role != "id" else "reference")


def _may_refer(column: Column) -> bool:
    """Whether a column may hold ids: small numbers are the ids of many a table, so its header has to say so."""
    if all(value.isdecimal() for value in column.values):
        return column.role in ("id", "parent") or (bool(column.party) and column.role == column.party)
    return column.role not in (
        "share",
        "amount",
        "quantity",
        "valid_from",
        "valid_to",
        "stake",
        "revenue_share",
        "note",
    )


def _affinity(column: Column, table: Foreign, other: Foreign) -> int:
    """How much a column speaks of another table."""
    if other.key is None:
        return 0
    words = set(_words(column.name).split()) - {"id", "name", "code", "node", "key"}
    theirs = set(f"{_words(other.key.name)} {other.listing.replace('-', ' ')}".split())
    near = any(word.rstrip("s") == their.rstrip("s") for word in words for their in theirs)
    wanted = "Product" if column.party == "product" else "Company" if column.party else ""
    return (
        4 * (column.name.lower() == other.key.name.lower() and other is not table)
        + 3 * (column.role == "parent" and other is table)
        + 2 * near
        + (wanted == other.label)
    )


def _names_a_source(column: Column) -> bool:
    return (
        column.role == "source" and re.search(r"\bids?\b", _words(column.name)) is not None and _are_ids(column.values)
    )


def _list_of(sheet: Sheet) -> str:
    """The name under which the ids of a table are kept."""
    name, _, part = re.split(r"[\\/]", sheet.file)[-1].partition("#")
    stem = f"{name.partition('.')[0]}-{part}".lower()
    listing = re.sub(r"[^a-z]+", "-", stem).strip("-") or "list"
    return f"{listing}-list" if listing in ("company", "product", "segment", "source") else listing


def _words(header: str) -> str:
    return re.sub(r"[_\-./#]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)).lower().strip()


def _understood(sheet: Sheet, name: str) -> Foreign:
    headers = [_words(header) for header in sheet.columns]
    ends = all(any(re.search(end, header) for header in headers) for end in (FROM, TO))
    table = Foreign(sheet, name)
    for header, words in zip(sheet.columns, headers, strict=True):
        cells = [str(cell).strip() for cell in sheet.columns[header][:SAMPLE] if cell is not None]
        values = tuple(dict.fromkeys(cell for cell in cells if cell.lower() not in MISSING))
        full = len(values) == len(sheet.columns[header][:SAMPLE]) > 0
        lists = any(isinstance(cell, list | tuple) for cell in sheet.columns[header][:SAMPLE])
        table.columns.append(Column(header, *_role(words, values, ends=ends), values, full, lists))
    return table


def _role(words: str, values: Sequence[str], *, ends: bool) -> tuple[str, str, str]:
    """Role, party and link of a column."""
    party, link, rest = "", "", words
    if upwards := next((up for up, pattern in UPWARDS.items() if re.search(pattern, words)), ""):
        return "upwards", "", upwards
    if ends and (found := re.search(FROM, words) or re.search(TO, words)):
        party, rest = "subject" if re.search(FROM, words) else "object", words[found.end() :].strip()
        rest = re.sub(r"^((node|entity|vertex)\b ?)+", "", rest).strip()
    else:
        for name, hint, pattern in PARTIES:
            if found := re.search(pattern, words):
                party, link = name, hint
                rest = (words[: found.start()] + words[found.end() :]).strip()
                break
    role = next((role for role, pattern in ROLES.items() if re.search(pattern, rest)), "") if rest else ""
    if party and (role in ("", "name", "segment") or (role == "relation" and party != "product")):
        role = party
    if role == "share" and link == "OWNS":
        role = "stake"
    return _by_values(role, party, words, values), party, link


def _by_values(role: str, party: str, words: str, values: Sequence[str]) -> str:
    """A role in the light of the values."""
    if role == "id" and not _are_ids(values):
        role = next((other for other, pattern in ROLES.items() if other != "id" and re.search(pattern, words)), "")
    if not party and re.search(r"\b(sources?|references?|citations?)\b", words) and role in ("id", "title", "name"):
        return "source"
    if role in ("id", "name", "") and values and all(_TICKER.fullmatch(value) for value in values):
        return "ticker"
    return "country" if role == "" and are_countries(values) else role


_TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,3}")


def _are_ids(values: Sequence[str]) -> bool:
    """Whether values look like ids: short, and one word each."""
    return sum(" " not in value and len(value) <= LONGEST for value in values) >= MOST * len(values)


def are_countries(values: Sequence[str]) -> bool:
    """Whether values are names of countries; codes of two letters may be anything."""
    return len(values) > 1 and sum(len(value) > 3 and _is_country(value) for value in values) >= MOST * len(values)  # noqa: PLR2004


def _is_country(value: str) -> bool:
    try:
        country(value)
    except ValueError:
        return False
    return True


def types_of(column: Column | None) -> dict[str, list[str]]:
    """The words in a column of types by what they say that a row is; of other words, nothing is said."""
    groups: dict[str, list[str]] = {}
    for value in column.values if column else ():
        label = next((label for label, pattern in TYPES.items() if re.search(pattern, value.lower())), None)
        if label:
            groups.setdefault(label, []).append(value)
    return groups


def _label(table: Foreign) -> str:
    """What the rows of a table are, by the words in the names of its file, its key and its columns."""
    name = _words(re.split(r"[\\/]", table.sheet.file)[-1].partition(".")[0])
    part = _words(table.sheet.file.partition("#")[2])
    key = _words(table.key.name) if table.key else ""
    title = _words(next((column.name for column in table.columns if column.role in ("name", "title")), ""))
    for words in (part, key, title, name):
        for label, pattern in LABELS.items():
            if words and re.search(pattern, words):
                return label
    groups = types_of(table.first("type"))
    roles = {column.role for column in table.columns}
    if groups.keys() & {"Company", "country"}:
        return "Company"
    if "publisher" in roles and roles & {"title", "source"}:
        return "Source"
    if roles & {"country", "ticker", "stake"}:
        return "Company"
    if groups:
        return "Product" if "Product" in groups else "Segment"
    return "Product" if "parent" in roles or any(column.party == "product" for column in table.columns) else "Company"
