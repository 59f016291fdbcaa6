"""What the columns of foreign tables are about, from headers and values, and which of them name rows of others."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.seeds.made import made_id
from graphkit.seeds.mapping.converting import Writing, converter
from graphkit.seeds.mapping.places import is_country
from graphkit.seeds.mapping.statements import MISSING
from graphkit.seeds.proposing.firms import are_firms
from graphkit.seeds.proposing.keys import find_keys, join, own_key
from graphkit.seeds.proposing.tables import MOST, SAMPLE, Column, Foreign, are_ids, words_of
from graphkit.seeds.proposing.words import FROM, LABELS, PARTIES, ROLES, TO, UPWARDS
from graphkit.seeds.proposing.writing import unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["are_countries", "understand"]

MEASURES = {"amount", "quantity"}


def understand(sheets: Sequence[Sheet]) -> list[Foreign]:
    """Understand tables that belong together: a column whose values are the ids of another table names its rows."""
    tables = [_understood(sheet, _list_of(sheet)) for sheet in sheets]
    for table in tables:
        table.key = own_key(table)
        table.label = _label(table)
    find_keys(tables)
    join(tables)
    for table in tables:
        table.label = _label(table)
    return tables


def _list_of(sheet: Sheet) -> str:
    """The name under which the ids of a table are kept."""
    name, _, part = re.split(r"[\\/]", sheet.file)[-1].partition("#")
    made = (made_id("list", f"{name.partition('.')[0]}-{part}") or "").partition(":")[2]  # 供应商 is gong-ying-shang
    listing = re.sub(r"[^a-z]+", "-", made).strip("-") or "list"
    return f"{listing}-list" if listing in ("company", "product", "segment", "source") else listing


def _understood(sheet: Sheet, name: str) -> Foreign:
    headers = [words_of(header) for header in sheet.columns]
    ends = all(any(re.search(end, header) for header in headers) for end in (FROM, TO))
    table = Foreign(sheet, name)
    for header, words in zip(sheet.columns, headers, strict=True):
        several = (cell if isinstance(cell, list | tuple) else (cell,) for cell in sheet.columns[header][:SAMPLE])
        cells = [str(cell).strip() for parts in several for cell in parts if cell is not None]
        values = tuple(dict.fromkeys(cell for cell in cells if cell.lower() not in MISSING))
        full = len(values) == len(sheet.columns[header][:SAMPLE]) > 0
        lists = any(isinstance(cell, list | tuple) for cell in sheet.columns[header][:SAMPLE])
        table.columns.append(Column(header, *_role(words, values, ends=ends), values, full, lists))
    _told_by_values(table)
    return table


def _told_by_values(table: Foreign) -> None:
    """Find the companies and the years that no header tells of."""
    dated = any(column.role == "valid_from" for column in table.columns)
    named = any(column.role == "name" and not column.party for column in table.columns)
    parties = any(column.party in ("subject", "object") for column in table.columns)
    for place, column in enumerate(table.columns):
        role = column.role
        if role == "" and not dated and _are_years(column.values):
            role, dated = "valid_from", True
        elif (role in ("", "type") and are_firms(column.values)) or (
            role == "alias"
            and parties
            and not (named or column.party)
            and re.search("(公司|企业|证券|股票)简称", column.name)
        ):
            role = "name"
        table.columns[place] = replace(column, role=role)


def _are_years(values: Sequence[str]) -> bool:
    return bool(values) and all(re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", value) for value in values)


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
    if role == "id" and not are_ids(values):
        role = next((other for other, pattern in ROLES.items() if other != "id" and re.search(pattern, words)), "")
    if not party and re.search(r"\b(sources?|references?|citations?)\b", words) and role in ("id", "title", "name"):
        return "source"
    if role in MEASURES and not party and are_ids(values) and _are_no_numbers(values):
        return ""  # production_id, output_material: what is produced, and not how much
    if role in ("id", "name", "") and values and all(_TICKER.fullmatch(value) for value in values):
        return "ticker"
    return "country" if role == "" and are_countries(values) else role


def _are_no_numbers(values: Sequence[str]) -> bool:
    return bool(values) and len(unread(converter("number", Writing()), values)) == len(values)


_TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,3}")


def are_countries(values: Sequence[str]) -> bool:
    """Whether values are names of countries; codes of two letters may be anything."""
    return len(values) > 1 and sum(len(value) > 3 and is_country(value) for value in values) >= MOST * len(values)  # noqa: PLR2004


def _label(table: Foreign) -> str:
    """What the rows of a table are, by the words in the names of its file, its key and its columns."""
    name = words_of(re.split(r"[\\/]", table.sheet.file)[-1].partition(".")[0])
    part = words_of(table.sheet.file.partition("#")[2])
    key = words_of(table.key.name) if table.key else ""
    title = words_of(next((column.name for column in table.columns if column.role in ("name", "title")), ""))
    for words in (part, key, title, name):
        for label, pattern in LABELS.items():
            if words and re.search(pattern, words):
                return label
    groups = table.groups
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
