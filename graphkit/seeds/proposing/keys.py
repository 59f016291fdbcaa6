"""Which columns of foreign tables are keys, which name rows of others by them, and which say their names beside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.seeds.proposing.tables import MOST, SAMPLE, are_ids, words_of
from graphkit.spelling import short_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.seeds.proposing.tables import Column, Foreign

__all__ = ["beside", "country_instead", "find_keys", "join", "labels_at", "own_key"]


_GENERAL = {"id", "name", "code", "node", "key"}
"""Words of headers that speak of no table in particular."""


def own_key(table: Foreign) -> Column | None:
    """The column that tells the rows of a table apart, by its header."""
    ids = [c for c in table.columns if (c.role == "id" or _names_a_source(c)) and _is_key(table, c)]
    parties = {c.party for c in table.columns if c.party}
    return next((c for c in ids if not c.party or parties == {c.party}), None)


def find_keys(tables: Sequence[Foreign]) -> None:
    """Find the keys that no header tells of: what another table names the rows by."""
    for table in tables:
        if table.key is None:
            others = [c for other in tables if other is not table for c in other.columns if _may_refer(c)]
            mine = (c for c in table.columns if c.role == "" and c.full and are_ids(c.values) and _is_key(table, c))
            table.key = next((c for c in mine if not _are_numbers(c) and _is_named(table, c, others)), None)


def _is_named(table: Foreign, column: Column, others: Iterable[Column]) -> bool:
    ids = set(table.cells(column))
    return any(len(c.values) > 1 and _fitting(c, ids) for c in others)


def _is_key(table: Foreign, column: Column) -> bool:
    """Whether every row has a value there, and no two the same."""
    return column.full and len(set(table.cells(column))) == len(table.sheet)


def _fitting(column: Column, ids: set[str | None]) -> bool:
    return sum(value in ids for value in column.values) >= max(1, MOST * len(column.values))


def join(tables: Sequence[Foreign]) -> None:
    """Find the columns whose values are keys of tables."""
    keyed = [(table, set(table.cells(table.key))) for table in tables if table.key]
    anothers = [(table, other) for table in tables if (other := _whose_key(table, keyed))]
    keyed = [(table, ids) for table, ids in keyed if all(table is not one for one, _ in anothers)]
    for table in tables:
        table.columns = [_joined(column, table, keyed) for column in table.columns]
        if table.key:
            table.key = next(column for column in table.columns if column.name == table.key.name)
    for table, other in anothers:
        _lend(table, other)


def _whose_key(table: Foreign, keyed: Sequence[tuple[Foreign, set[str | None]]]) -> Foreign | None:
    """The table whose keys another has as its own: by chance, since each stands in one row, or to tell more of them."""
    if table.key is None:
        return None
    mine = next(ids for one, ids in keyed if one is table)
    said = set(words_of(table.key.name).split()) - _GENERAL
    for place, (other, ids) in enumerate(keyed):
        first = len(ids) > len(mine) or (len(ids) == len(mine) and place < [one for one, _ in keyed].index(table))
        same = bool(said) and other.key is not None and _affinity(table.key, table, other) > 1
        if other is not table and first and _fitting(table.key, ids) and (same or not _are_numbers(table.key)):
            return other
    return None


def _lend(table: Foreign, other: Foreign) -> None:
    """Let a table use the keys of another: those of edges name its rows, those of more about them are its keys."""
    key = table.key
    others = [column for column in table.columns if column is not key]
    if key and any(_is_end(column, key) for column in others):
        table.key = None
        role = "parent" if key.role == "parent" else key.party or "reference"
        table.columns = [replace(c, keys=other, role=role) if c is key else c for c in table.columns]
    else:
        table.listing = other.listing


def _is_end(column: Column, key: Column) -> bool:
    """Whether a column names what a key is linked to, so that its rows are edges."""
    if column.keys:
        return column.keys.label != "Source"
    return bool(column.party) and column.party == column.role and column.party != key.party


def _joined(column: Column, table: Foreign, keyed: Iterable[tuple[Foreign, set[str | None]]]) -> Column:
    """A column with the table whose rows it names, if it does: of several, the one that the header speaks of."""
    if column is table.key or not _may_refer(column):
        return column
    fitting = [other for other, ids in keyed if _fitting(column, ids)]
    if not fitting:
        return column
    other = fitting[0]
    if len(fitting) > 1:  # the names beside tell it best
        spoken = [
            (beside(table, replace(column, keys=one))[0] is not None, _affinity(column, table, one)) for one in fitting
        ]
        other = fitting[spoken.index(max(spoken))]
    role = "parent" if other is table or column.role == "parent" else column.party or column.role
    if column.role == "upwards":
        return replace(column, keys=other)
    return replace(column, keys=other, role=role if role not in ("id", "") else "reference")


def _may_refer(column: Column) -> bool:
    """Whether a column may hold ids: small numbers are the ids of many a table, so its header has to say so."""
    if _are_numbers(column):
        named = column.role == "upwards" and re.search(r"\b(id|no|nr|code|key|number)$", words_of(column.name))
        return bool(named) or column.role in ("id", "parent") or (column.party != "" and column.role == column.party)
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
    words = set(words_of(column.name).split()) - _GENERAL
    theirs = set(f"{words_of(other.key.name)} {other.listing.replace('-', ' ')}".split())
    near = any(word.rstrip("s") == their.rstrip("s") for word in words for their in theirs)
    wanted = "Product" if column.party == "product" or column.role == "upwards" else "Company" if column.party else ""
    return (
        4 * (column.name.lower() == other.key.name.lower() and other is not table)
        + 3 * (column.role == "parent" and other is table)
        + 2 * near
        + (wanted in other.labels)
    )


def _names_a_source(column: Column) -> bool:
    return (
        column.role == "source" and re.search(r"\bids?\b", words_of(column.name)) is not None and are_ids(column.values)
    )


def _are_numbers(column: Column) -> bool:
    return all(value.isdecimal() for value in column.values)


def beside(table: Foreign, column: Column) -> tuple[Column | None, list[str]]:
    """The column that says in words what another says by keys: it agrees with the names in the table of those.

    Returns:
        The column; and examples of rows in which it says another name than the key has.
    """
    other = column.keys
    if other is None or other.key is None or other is table:
        return None, []
    named: dict[str, set[str]] = {}
    texts = [other.cells(c) for c in other.columns if c is not other.key and _may_name(c)]
    for key, *said in zip(other.cells(other.key), *texts, strict=True):
        named[str(key)] = {short_form(text) for text in said if text}
    keys = table.cells(column)[:SAMPLE]
    best: tuple[float, Column | None, list[str]] = (0.5, None, [])
    for one in table.columns:
        if one.keys or one.name == column.name or not _may_name(one):
            continue
        pairs = [(key, text) for key, text in zip(keys, table.cells(one), strict=False) if key in named and text]
        wrong = [f"{key} is not {text!r}" for key, text in pairs if short_form(text) not in named[str(key)]]
        agreeing = 1 - len(wrong) / len(pairs) if pairs else 0
        if agreeing > best[0]:
            best = (agreeing, one, list(dict.fromkeys(wrong)))
    return best[1], best[2]


def country_instead(table: Foreign, column: Column) -> Column | None:
    """The column that says a country wherever another, which names firms by their keys, says nothing."""
    gaps = [row for row, cell in enumerate(table.cells(column)) if not cell]
    for one in table.columns if gaps and column.keys and column.keys.label == "Company" else ():
        cells = table.cells(one) if one.role == "country" else []
        if cells and all(cells[row] for row in gaps):
            return one
    return None


def _may_name(column: Column) -> bool:
    """Whether a column may hold names: a country or a year that is the same in both tables says nobody's name."""
    called = column.role in ("", "name", "title", "alias", "upwards", "parent") or column.role == column.party
    return called and not _are_numbers(column)


def labels_at(table: Foreign, column: Column, where: Column, word: str) -> str:
    """What the rows mostly are that a column names by key, where another column says a word; nothing if not known."""
    other = column.keys
    if other is None or other.key is None:
        return ""
    kinds = other.first("type")
    if not other.kinds or kinds is None:
        return other.label
    of_word = {said: label for label, words in other.kinds.items() for said in words}
    of_key = dict(zip(other.cells(other.key), (of_word.get(str(kind), "") for kind in other.cells(kinds)), strict=True))
    cells = zip(table.cells(column), table.cells(where), strict=True)
    found = Counter(of_key.get(key, "") for key, said in cells if said == word)
    label = found.most_common(1)[0][0] if found else ""
    return "Company" if label == "country" else label
