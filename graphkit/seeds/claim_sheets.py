"""Sheets of claims: subject, link, object, and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.columns import distinct, each
from graphkit.errors import Problem
from graphkit.records import Table, claim_ids
from graphkit.seeds.cleaning import Columns, refuse_missing_columns, refuse_unknown_columns
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.schema import LinkType, Property, Schema
    from graphkit.seeds.reading.sheets import Places, Sheet
    from graphkit.seeds.resolving import Resolver
    from graphkit.values import Value

__all__ = ["ClaimSheet", "Claims", "completed"]

ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims of one link type between nodes of two types, each with the place it comes from."""

    table: Table
    ends: tuple[str, str]
    places: Places


class ClaimSheet:
    """A sheet that states claims."""

    def __init__(self, sheet: Sheet, schema: Schema, resolve: Resolver, problems: list[Problem]) -> None:
        self._sheet, self._schema, self._resolve, self._problems = sheet, schema, resolve, problems

    def claims(self) -> list[Claims]:
        """Its claims, by link type and types of the ends."""
        properties = dict.fromkeys(prop.name for link in self._schema.link_types for prop in link.properties)
        always = set.intersection(
            *({p.name for p in link.properties if p.required} for link in self._schema.link_types)
        )
        refuse_unknown_columns(self._sheet, [*ENDS, "link", *properties], self._problems)
        if refuse_missing_columns(self._sheet, [*ENDS, *(n for n in properties if n in always)], self._problems):
            return []
        by_link = self._by_link()
        return [part for name, rows in by_link.items() for part in self._of_link(self._schema.links[name], rows)]

    def _by_link(self) -> dict[str, Sequence[int]]:
        names = self._sheet.columns["link"]
        first = names[0] if names else None  # any cell of a record of JSON may be a list, which is no key
        if isinstance(first, str) and first in self._schema.links and names.count(first) == len(names):
            return {first: range(len(names))}
        by_link: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(names):
            by_link["" if name is None else str(name)].append(row)
        for name in by_link.keys() - self._schema.links.keys():
            self._refuse_link(name, by_link.pop(name))
        return dict(by_link)

    def _refuse_link(self, name: str, rows: Sequence[int]) -> None:
        """Tell that a type of link is none, and what else is wrong with its rows if the nearest one was meant."""
        from rapidfuzz import process

        near = process.extractOne(name.upper(), self._schema.links.keys(), score_cutoff=75)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(self._schema.links)}"
        told = f"{name!r} is no type of link; {hint}" if name else f"is empty; {hint}"
        for row in rows:
            self._problems.append(Problem(self._sheet.file, self._sheet.lines[row], "link", told))
        if near and not self._resolve.create_missing:  # which would make nodes for rows that are refused
            self._of_link(self._schema.links[near[0]], rows)

    def _of_link(self, link: LinkType, rows: Sequence[int]) -> list[Claims]:
        columns = Columns(self._sheet, rows, self._problems)
        values: dict[str, Sequence[Value]] = {
            "subject": columns.clean("subject", lambda cell: self._resolve(str(cell), link.subjects)),
            "object": columns.clean("object", lambda cell: self._resolve(str(cell), link.objects)),
        }
        for end in ENDS:
            columns.require(end, values[end])
        for prop in link.properties:
            values[prop.name] = self._property(columns, prop)
        self._refuse_foreign_cells(columns, link)
        return self._by_ends(link, Table(link.name, values).take(columns.kept()), columns.places())

    def _property(self, columns: Columns, prop: Property) -> Sequence[Value]:
        if prop.name not in self._sheet.columns:
            return [None] * len(columns.rows)
        reference = prop.reference
        read = (lambda cell: self._resolve(str(cell), (reference,))) if reference else prop.kind.clean
        values = columns.clean(prop.name, read)
        if prop.required:
            columns.require(prop.name, values)
        return values

    def _refuse_foreign_cells(self, columns: Columns, link: LinkType) -> None:
        own = {*ENDS, "link", *(prop.name for prop in link.properties)}
        for column, cells in self._sheet.columns.items():
            if column not in own and any(cells[row] is not None for row in columns.rows):
                for row in columns.rows:
                    if cells[row] is not None:
                        columns.strike(row, column, f"{link.name} has no {column}; leave the cell empty")

    def _by_ends(self, link: LinkType, table: Table, places: Places) -> list[Claims]:
        if not len(table):
            return []
        subjects, objects = table.columns["subject"], table.columns["object"]
        kinds = [self._kinds(subjects, link.subjects), self._kinds(objects, link.objects)]
        if all(len(distinct(kind)) == 1 for kind in kinds):
            return [Claims(completed(link, table), (kinds[0][0], kinds[1][0]), places)]
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, pair in enumerate(zip(*kinds, strict=True)):
            groups[pair].append(place)
        return [Claims(completed(link, table.take(rows)), pair, places.take(rows)) for pair, rows in groups.items()]

    def _kinds(self, ids: Sequence[Value], types: tuple[str, ...]) -> Sequence[str]:
        if len(types) == 1:
            return types * len(ids)
        return each(ids, lambda node: self._resolve.type_of(str(node)))


def completed(link: LinkType, table: Table) -> Table:
    """Claims with their ids and with the days between which they hold."""
    columns = dict(table.columns)
    columns["id"] = claim_ids(link, table)
    columns["since"] = each(table.columns["valid_from"], lambda date: first_day(None if date is None else str(date)))
    columns["until"] = each(table.columns["valid_to"], lambda date: last_day(None if date is None else str(date)))
    return Table(link.name, columns)
