"""Sheets to records: every cell cleaned by its kind, every name led to a node, every problem reported at its place.

A column is cleaned value by value, but each distinct value only once; a million links hold few distinct sources,
dates or names. Problems do not stop the check: a caller gets all records that are right and all problems of the rest,
and decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError, NotFoundError, Problem
from graphkit.names import Names
from graphkit.records import Table, claim_ids, display_name
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graphkit.schema import LinkType, NodeType, Property, Schema
    from graphkit.seeds.sheets import Sheet
    from graphkit.values import Value

__all__ = ["Checked", "Claims", "Nodes", "check_sheets"]

ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one type, with exactly the columns that a file states, each with the place it comes from."""

    table: Table
    places: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims of one link type between nodes of two types, each with the place it comes from."""

    table: Table
    ends: tuple[str, str]
    places: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a set of files holds.

    Attributes:
        nodes: Nodes, one table for each file and type.
        claims: Tables of claims, each claim with its id, all stored properties but `load`.
        problems: Everything wrong; the rows named here are in neither.
        names: The names of all nodes, those known before included.
    """

    nodes: tuple[Nodes, ...]
    claims: tuple[Claims, ...]
    problems: tuple[Problem, ...]
    names: Names


def check_sheets(sheets: Iterable[Sheet], schema: Schema, known: Iterable[Table] = ()) -> Checked:
    """Check sheets against the model and against the nodes that are known already.

    Nodes are read first, from whichever file, so that claims may name nodes of any other file.

    Args:
        sheets: The files.
        schema: The model.
        known: Nodes that a store holds already.
    """
    problems: list[Problem] = []
    sheets = tuple(sheets)
    nodes = [
        part for sheet in sheets if "link" not in sheet.columns for part in _NodeSheet(sheet, schema, problems).nodes()
    ]
    _refuse_repeated_ids(nodes, problems)
    names = Names.from_tables([*known, *(part.table for part in nodes)])
    resolver = _Resolver(names)
    for part in nodes:
        _check_references(part, schema.nodes[part.table.type].properties, resolver, problems)
    claims = [
        part
        for sheet in sheets
        if "link" in sheet.columns
        for part in _ClaimSheet(sheet, schema, resolver, problems).claims()
    ]
    return Checked(tuple(nodes), tuple(claims), tuple(sorted(set(problems))), names)


@dataclass
class _Resolver:
    """Leads names to ids, each distinct name once."""

    names: Names
    _known: dict[tuple[str, tuple[str, ...]], str | ValueError] = field(default_factory=dict)

    def __call__(self, text: str, types: tuple[str, ...]) -> str:
        key = (text, types)
        if key not in self._known:
            try:
                self._known[key] = self.names.resolve(text, types)
            except (NotFoundError, AmbiguousError) as error:
                self._known[key] = ValueError(_advice(error))
        found = self._known[key]
        if isinstance(found, ValueError):
            raise found
        return found


def _advice(error: NotFoundError | AmbiguousError) -> str:
    if isinstance(error, AmbiguousError):
        return str(error)
    near = f"did you mean {', '.join(error.near)}? else " if error.near else ""
    return f"no {error.kind} is called {error.name!r}; {near}add it to the file of its type"


@dataclass
class _Columns:
    """Cells of some rows of a sheet, cleaned column by column; rows with a problem are struck out."""

    sheet: Sheet
    rows: Sequence[int]
    problems: list[Problem]
    struck: set[int] = field(default_factory=set)

    def clean(self, column: str, reader: Callable[[object], Value]) -> list[Value]:
        """Read each distinct cell of a column once."""
        cells = self._cells(column)
        read: dict[object, Value] = {None: None, "": None}
        wrong: dict[object, str] = {}
        for cell in set(cells) - read.keys():
            try:
                read[cell] = reader(cell)
            except ValueError as error:
                wrong[cell] = str(error)
        if wrong:
            for row, cell in zip(self.rows, cells, strict=True):
                if cell in wrong:
                    self.strike(row, column, wrong[cell])
        return list(map(read.get, cells))

    def _cells(self, column: str) -> Sequence[object]:
        cells = self.sheet.columns[column]
        if len(self.rows) < len(cells):
            cells = [cells[row] for row in self.rows]
        if any(type(cell) is list for cell in cells):
            cells = [tuple(cell) if isinstance(cell, list) else cell for cell in cells]
        return cells

    def require(self, column: str, values: Sequence[Value]) -> None:
        """Strike out the rows that lack a value which every record needs."""
        if None in values:
            for row, value in zip(self.rows, values, strict=True):
                if value is None and row not in self.struck:
                    self.strike(row, column, "is empty, and every record of this type needs it")

    def strike(self, row: int, column: str, message: str) -> None:
        self.struck.add(row)
        self.problems.append(Problem(self.sheet.file, self.sheet.lines[row], column, message))

    def kept(self) -> list[int]:
        """Positions, among the rows, of those without a problem."""
        return [place for place, row in enumerate(self.rows) if row not in self.struck]

    def places(self) -> list[tuple[str, int]]:
        return [(self.sheet.file, self.sheet.lines[row]) for row in self.rows if row not in self.struck]


def _refuse_unknown_columns(sheet: Sheet, allowed: Sequence[str], problems: list[Problem]) -> None:
    from rapidfuzz import process

    for column in sheet.columns:
        if column not in allowed:
            near = process.extractOne(column, allowed, score_cutoff=60)
            hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(allowed)}"
            problems.append(Problem(sheet.file, 1, column, f"is no column of this kind of file; {hint}"))


def _refuse_missing_columns(sheet: Sheet, needed: Iterable[str], problems: list[Problem]) -> bool:
    missing = [column for column in needed if column not in sheet.columns]
    problems.extend(Problem(sheet.file, 1, column, "is missing from the header") for column in missing)
    return bool(missing)


class _NodeSheet:
    """A file of nodes: one type by its name (companies.csv), or many by a column `type` (an export)."""

    def __init__(self, sheet: Sheet, schema: Schema, problems: list[Problem]) -> None:
        self._sheet, self._schema, self._problems = sheet, schema, problems

    def nodes(self) -> list[Nodes]:
        return [self._table(self._schema.nodes[name], rows) for name, rows in self._by_type().items()]

    def _by_type(self) -> dict[str, list[int]]:
        if "type" in self._sheet.columns:
            return self._by_type_column()
        stem = re.split(r"[\\/]", self._sheet.file)[-1].partition(".")[0].lower()
        plurals = {_plural(name): name for name in self._schema.nodes}
        if stem in plurals:
            return {plurals[stem]: list(range(len(self._sheet)))}
        message = (
            f"holds neither claims (columns subject, link, object) nor nodes; "
            f"files of nodes are called {', '.join(f'{name}.csv' for name in plurals)}"
        )
        self._problems.append(Problem(self._sheet.file, 0, "", message))
        return {}

    def _by_type_column(self) -> dict[str, list[int]]:
        by_type: dict[str, list[int]] = defaultdict(list)
        for row, label in enumerate(self._sheet.columns["type"]):
            if label in self._schema.nodes:
                by_type[str(label)].append(row)
            else:
                known = ", ".join(self._schema.nodes)
                message = f"{label!r} is no type of node; use one of {known}"
                self._problems.append(Problem(self._sheet.file, self._sheet.lines[row], "type", message))
        return by_type

    def _table(self, node_type: NodeType, rows: list[int]) -> Nodes:
        allowed = [prop.name for prop in node_type.properties]
        if "type" not in self._sheet.columns:
            _refuse_unknown_columns(self._sheet, allowed, self._problems)
        columns = _Columns(self._sheet, rows, self._problems)
        values: dict[str, Sequence[Value]] = {}
        for prop in node_type.properties:
            if prop.name in self._sheet.columns:
                values[prop.name] = columns.clean(prop.name, prop.kind.clean)
        values["id"] = self._ids(node_type, values, columns)
        for prop in node_type.properties:
            if prop.required and prop.name in values:
                columns.require(prop.name, values[prop.name])
        values["name"] = _names(values)
        return Nodes(Table(node_type.name, values).take(columns.kept()), columns.places())

    def _ids(self, node_type: NodeType, values: Mapping[str, Sequence[Value]], columns: _Columns) -> list[Value]:
        given = values.get("id") or [None] * len(columns.rows)
        names = zip(*(values.get(name) or given for name in ("name_en", "name_zh")), strict=True)
        return [
            node_id or _made_id(node_type.name, next((str(name) for name in spelled if name), ""))
            for node_id, spelled in zip(given, names, strict=True)
        ]


def _plural(name: str) -> str:
    return f"{name[:-1]}ies".lower() if name.endswith("y") else f"{name}s".lower()


def _names(values: Mapping[str, Sequence[Value]]) -> list[Value]:
    empty: list[Value] = [None] * len(values["id"])
    spelled = (values.get(name, empty) for name in ("name_zh", "name_en", "title"))
    return [display_name(str(node_id), *names) for node_id, *names in zip(values["id"], *spelled, strict=True)]


def _made_id(type_name: str, name: str) -> str | None:
    """An id made of a name: pinyin where it is Chinese, words joined by hyphens."""
    from pypinyin import lazy_pinyin

    sounded = name if name.isascii() else " ".join(lazy_pinyin(name))
    plain = unicodedata.normalize("NFKD", sounded).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    return f"{type_name.lower()}:{slug}" if slug else None


def _refuse_repeated_ids(nodes: Sequence[Nodes], problems: list[Problem]) -> None:
    first: dict[Value, tuple[str, int]] = {}
    for part in nodes:
        for node_id, place in zip(part.table.columns["id"], part.places, strict=True):
            if node_id in first:
                where = ":".join(map(str, first[node_id]))
                problems.append(
                    Problem(*place, "id", f"{node_id!r} stands also in {where}; ids are unique over all types")
                )
            first.setdefault(node_id, place)


def _check_references(
    nodes: Nodes, properties: Sequence[Property], resolve: _Resolver, problems: list[Problem]
) -> None:
    for prop in properties:
        if prop.reference and prop.name in nodes.table.columns:
            for value, place in zip(nodes.table.columns[prop.name], nodes.places, strict=True):
                try:
                    _ = value and resolve(str(value), (prop.reference,))
                except ValueError as error:
                    problems.append(Problem(*place, prop.name, str(error)))


class _ClaimSheet:
    """A file of claims: subject, link, object, and what is said of them."""

    def __init__(self, sheet: Sheet, schema: Schema, resolve: _Resolver, problems: list[Problem]) -> None:
        self._sheet, self._schema, self._resolve, self._problems = sheet, schema, resolve, problems

    def claims(self) -> list[Claims]:
        properties = dict.fromkeys(prop.name for link in self._schema.link_types for prop in link.properties)
        always = set.intersection(
            *({p.name for p in link.properties if p.required} for link in self._schema.link_types)
        )
        _refuse_unknown_columns(self._sheet, [*ENDS, "link", *properties], self._problems)
        if _refuse_missing_columns(
            self._sheet, [*ENDS, *(name for name in properties if name in always)], self._problems
        ):
            return []
        by_link = self._by_link()
        return [part for name, rows in by_link.items() for part in self._of_link(self._schema.links[name], rows)]

    def _by_link(self) -> dict[str, list[int]]:
        by_link: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(self._sheet.columns["link"]):
            if name in self._schema.links:
                by_link[str(name)].append(row)
            else:
                message = f"{name!r} is no type of link; use one of {', '.join(self._schema.links)}"
                self._problems.append(Problem(self._sheet.file, self._sheet.lines[row], "link", message))
        return by_link

    def _of_link(self, link: LinkType, rows: list[int]) -> list[Claims]:
        columns = _Columns(self._sheet, rows, self._problems)
        values: dict[str, Sequence[Value]] = {
            "subject": columns.clean("subject", lambda cell: self._resolve(str(cell), link.subjects)),
            "object": columns.clean("object", lambda cell: self._resolve(str(cell), link.objects)),
        }
        for end in ENDS:
            columns.require(end, values[end])
        for prop in link.properties:
            values[prop.name] = self._property(columns, prop)
        self._refuse_foreign_cells(columns, link)
        kept = columns.kept()
        return self._by_ends(link, Table(link.name, values).take(kept), columns.places())

    def _property(self, columns: _Columns, prop: Property) -> list[Value]:
        if prop.name not in self._sheet.columns:
            return [None] * len(columns.rows)
        reference = prop.reference
        read = (lambda cell: self._resolve(str(cell), (reference,))) if reference else prop.kind.clean
        values = columns.clean(prop.name, read)
        if prop.required:
            columns.require(prop.name, values)
        return values

    def _refuse_foreign_cells(self, columns: _Columns, link: LinkType) -> None:
        own = {*ENDS, "link", *(prop.name for prop in link.properties)}
        for column, cells in self._sheet.columns.items():
            if column not in own and any(cells[row] is not None for row in columns.rows):
                for row in columns.rows:
                    if cells[row] is not None:
                        columns.strike(row, column, f"{link.name} has no {column}; leave the cell empty")

    def _by_ends(self, link: LinkType, table: Table, places: list[tuple[str, int]]) -> list[Claims]:
        ends = [table.columns[end] for end in ENDS]
        types = {node: self._resolve.names.type_of(str(node)) for column in ends for node in set(column)}
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, (subject, obj) in enumerate(zip(*ends, strict=True)):
            groups[types[subject], types[obj]].append(place)
        return [
            Claims(_completed(link, table.take(rows)), ends, [places[row] for row in rows])
            for ends, rows in groups.items()
        ]


def _completed(link: LinkType, table: Table) -> Table:
    columns = dict(table.columns)
    columns["id"] = claim_ids(link, table)
    columns["since"] = _each_once(first_day, table.columns["valid_from"])
    columns["until"] = _each_once(last_day, table.columns["valid_to"])
    return Table(link.name, columns)


def _each_once(day_of: Callable[[str | None], str], dates: Sequence[Value]) -> list[Value]:
    days = {date: day_of(None if date is None else str(date)) for date in set(dates)}
    return [days[date] for date in dates]
