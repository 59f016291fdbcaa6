"""Which columns of foreign tables name companies, by their headers and by the legal forms in their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkit.seeds.proposing.tables import words_of
from graphkit.seeds.proposing.words import LABELS
from graphkit.spelling import fold, short_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.seeds.proposing.tables import Column, Foreign

__all__ = ["are_firms", "counterpart", "is_firm"]

FORMAL = 0.3
"""Where this part of the values has a legal form, they are names of companies."""


def are_firms(values: Sequence[str]) -> bool:
    """Whether values are names of companies: many of them end with Ltd, GmbH, 有限公司 and the like."""
    formal = sum(short_form(value) != fold(value) for value in values)
    return formal > 1 and formal >= FORMAL * len(values)


def counterpart(table: Foreign, party: Column | None) -> Column | None:
    """The other company in a table that says of one what it is to it: the customers of the company of the row."""
    if party is None or party.link or party.role != party.party:
        return None
    return next((c for c in table.columns if c is not party and is_firm(c)), None)


def is_firm(column: Column) -> bool:
    """Whether a column names companies, and no plants of theirs."""
    if column.role != "name" or column.party or column.lists:
        return False
    words = words_of(column.name)
    if re.search(r"facilit|\bsites?\b|plant|factory|parent|group|工厂|集团", words):
        return False
    return are_firms(column.values) or re.search(LABELS["Company"], words) is not None
