"""Propose what a table states that has a column for each country, or for each year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.seeds.mapping.converting import Writing, converter
from graphkit.seeds.mapping.places import country, is_country
from graphkit.seeds.proposing.drafting import BELONGS
from graphkit.seeds.proposing.tables import year_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.seeds.proposing.drafting import Draft
    from graphkit.seeds.proposing.tables import Column, Foreign

__all__ = ["columns_of_countries", "columns_of_years", "shares_of_countries"]

FEWEST = 3
"""So many columns of countries make a table of them."""

HUNDRED = 100


def columns_of_countries(table: Foreign) -> list[Column]:
    """The columns that are called like countries and hold shares; none where there are fewer than a few."""
    found = [column for column in table.columns if is_country(column.name) and _are_shares(column.values)]
    return found if len(found) >= FEWEST else []


def shares_of_countries(draft: Draft, product: Column, countries: Sequence[Column]) -> Iterator[str]:
    """What the firms of each country make, which the table does not name; all columns are written alike."""
    values = tuple(dict.fromkeys(value for column in countries for value in column.values))
    for column in countries:
        draft.told[column.name] = "share of the country"
        yield "- link: MAKES"
        yield f"  when: {{column: {column.quoted}, is: filled}}"
        yield f"  subject: {{value: {column.quoted}, create: {{country: {country(column.name)}, kind: undisclosed}}}}"
        yield f"  object: {draft.end(product, 'product', alone=False)}"
        yield "  role: manufacturer"
        yield from draft.value("share", "share", replace(column, values=values), noted=True)
        yield from draft.properties("MAKES", without="share")


def columns_of_years(table: Foreign, link: str) -> list[Column]:
    """The columns that say the same of several years; none where they do not."""
    for role in BELONGS.get(link, ()):
        found = [column for column in table.columns if column.role == role and year_in(column.name)]
        if len({year_in(column.name) for column in found}) == len(found) > 1:
            return found
    return []


def _are_shares(values: Sequence[str]) -> bool:
    """Whether some values are numbers up to a hundred, and none is above."""
    numbers = []
    for value in values:
        try:
            numbers.append(converter("number", Writing())(value))
        except ValueError:
            continue
    return bool(numbers) and all(isinstance(number, int | float) and 0 <= number <= HUNDRED for number in numbers)
