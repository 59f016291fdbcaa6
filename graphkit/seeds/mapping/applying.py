"""Foreign sheets through a mapping: each statement of the mapping makes a sheet of graphkit's own form."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.errors import Problem
from graphkit.records import LISTS
from graphkit.schema import LinkType
from graphkit.seeds.made import name_property
from graphkit.seeds.mapping.converting import converter
from graphkit.seeds.mapping.disagreeing import Beside, keep_beside
from graphkit.seeds.mapping.headers import HOLE, chain, filled, fitted, lacking_columns
from graphkit.seeds.mapping.measures import MEASURES, taken_apart
from graphkit.seeds.reading.objects import Members
from graphkit.seeds.reading.quarantined import plain_name
from graphkit.seeds.reading.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graphkit.seeds.mapping.statements import Cell, Statement, TableMapping

__all__ = ["map_sheets"]


def map_sheets(sheets: Iterable[Sheet], mappings: Sequence[TableMapping], beside: Beside | None = None) -> list[Sheet]:
    """Turn every sheet that a mapping is for into what its rows state; the others stay as they are.

    Args:
        sheets: The sheets.
        mappings: The mappings.
        beside: What takes the names that stand beside keys.
    """
    beside = {} if beside is None else beside
    mapped: list[Sheet] = []
    for sheet in sheets:
        mapping = next((mapping for mapping in mappings if mapping.fits(sheet.file)), None)
        mapped += [sheet] if mapping is None else _map(sheet, mapping, beside)
    return mapped


def _map(sheet: Sheet, mapping: TableMapping, beside: Beside) -> list[Sheet]:
    problems = list(sheet.problems)
    sheet = fitted(sheet, mapping)
    if lacking := lacking_columns(sheet, mapping):
        return [Sheet(sheet.file, {"type": []}, [], sheet.read_as, (*problems, *lacking))]
    stated = [_Stated(sheet, statement, problems, beside) for statement in mapping.statements]
    struck: set[int] = set().union(*(part.convert() for part in stated))
    first, *rest = [part.sheet(struck) for part in stated]
    told = Sheet(
        first.file, first.columns, first.lines, first.read_as, tuple(dict.fromkeys(problems)),
        origins=first.origins, numbers=first.numbers, matches_names=True,
    )  # fmt: skip
    return [told, *rest]


@dataclass
class _Stated:
    """What the rows of a sheet state by one statement."""

    sheet_: Sheet
    statement: Statement
    problems: list[Problem]
    beside: Beside
    rows: Sequence[int] = ()
    columns: dict[str, list[object]] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    asides: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def convert(self) -> set[int]:
        """Work out the values; the rows of the file in which one cannot be read are given back."""
        rows = self._chosen()
        raw = {name: self._raw(cell, rows, name) for name, cell in self.statement.cells.items()}
        self.rows, raw = self._exploded(rows, raw)
        measured = self._measured(raw)
        self.columns = {name: self._converted(name, self.statement.cells[name], cells) for name, cells in raw.items()}
        self.columns |= measured
        for name, cell in self.statement.cells.items():
            self._fall_back(name, cell)
        self._note_what_cannot_be_read()
        self._named_apart(self.columns)
        for word, number in (("currency", "amount"), ("unit", "quantity")):  # neither says anything alone
            if word in self.columns and number in self.columns:
                pairs = zip(self.columns[word], self.columns[number], strict=True)
                self.columns[word] = [None if of is None else said for said, of in pairs]
        return self.struck

    def _fall_back(self, name: str, cell: Cell) -> None:
        """Fill what is nothing from what stands in for it; names beside keys are kept, to be compared."""
        is_keyed = isinstance(self.statement.type, LinkType) and cell.writing.prefix != ""
        for instead in chain(cell.fallback):
            if is_keyed or None in self.columns[name]:
                others = self._converted(name, instead, self._raw(instead, self.rows, name))
                pairs = list(zip(self.columns[name], others, strict=True))
                if is_keyed:
                    lines = (self.sheet_.lines[row] for row in self.rows)
                    keep_beside(self.beside, (self.sheet_.file, ", ".join(instead.columns)), lines, pairs)
                self.columns[name] = [other if value is None else value for value, other in pairs]
            is_keyed = False

    def sheet(self, struck: Collection[int]) -> Sheet:
        """The sheet of what is stated, without the rows that are struck out for whatever reason."""
        kept = self._stated(struck)
        sheet = self.sheet_
        word = "link" if isinstance(self.statement.type, LinkType) else "type"
        whole = len(kept) == len(sheet) == len(self.rows)
        lines = sheet.lines if whole else [sheet.lines[self.rows[place]] for place in kept]
        columns = {
            name: cells if len(kept) == len(cells) else [cells[place] for place in kept]
            for name, cells in self.columns.items()
        }
        return Sheet(
            sheet.file,
            {word: [self.statement.type.name] * len(kept), **columns},
            lines,
            sheet.read_as,
            origins={name: self._origin(name) for name in columns},
            matches_names=True,
        )

    def _origin(self, name: str) -> str:
        cell = self.statement.cells.get(name) or self.statement.cells.get("name")
        return ", ".join(cell.columns or HOLE.findall(cell.template)) or name if cell else name

    def _chosen(self) -> Sequence[int]:
        rows: Sequence[int] = range(len(self.sheet_))
        for condition in self.statement.when:
            cells = self.sheet_.columns[condition.column]
            fits = {cell: condition.fits(cell) for cell in set(map(_key, cells))}
            rows = [row for row in rows if fits[_key(cells[row])]]
        for cell in self.statement.unless:
            said = self._converted("", cell, self._raw(cell, rows, ""))
            rows = [row for row, value in zip(rows, said, strict=True) if value is None]
        return rows

    def _raw(self, cell: Cell, rows: Sequence[int], name: str) -> list[object]:
        """The cells that a value comes from, nothing as None."""
        if not cell.columns:
            return self._templated(cell, rows)
        many = name in LISTS and len(cell.columns) > 1
        columns = [self._known(cell, column, rows) for column in cell.columns]
        if many:
            return [tuple(str(v) for v in values if v is not None) or None for values in zip(*columns, strict=True)]
        found = columns[0]
        for column in columns[1:]:
            found = [other if value is None else value for value, other in zip(found, column, strict=True)]
        if cell.default is not None:
            found = [cell.default if value is None else value for value in found]
        return found

    def _known(self, cell: Cell, column: str, rows: Sequence[int]) -> list[object]:
        cells = self.sheet_.columns[column]
        known = {
            key: None if key is None or str(key).strip().lower() in cell.missing else key
            for key in set(map(_key, cells))
        }
        return [known[_key(cells[row])] for row in rows]

    def _templated(self, cell: Cell, rows: Sequence[int]) -> list[object]:
        holes = list(dict.fromkeys(HOLE.findall(cell.template)))
        if not holes:
            return [cell.template] * len(rows)
        columns = {hole: self._hole(hole, cell, rows) for hole in holes}
        parts = zip(*columns.values(), strict=True)
        return [filled(cell.template, dict(zip(holes, values, strict=True))) for values in parts]

    def _hole(self, hole: str, cell: Cell, rows: Sequence[int]) -> list[object]:
        if hole in self.sheet_.columns:
            return self._known(cell, hole, rows)
        if hole == "file":
            return [re.split(r"[\\/]", plain_name(self.sheet_.file))[-1]] * len(rows)
        numbers = self.sheet_.numbers or self.sheet_.lines
        return [numbers[row] for row in rows]

    def _exploded(
        self, rows: Sequence[int], raw: dict[str, list[object]]
    ) -> tuple[Sequence[int], dict[str, list[object]]]:
        """One record for each part of a cell that holds several; the members of one object stay together."""
        lists: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, cell in self.statement.cells.items():
            if cell.each:
                lists[self._list_of(cell) or f".{name}"].append((name, cell.each))
        for members in lists.values():
            parts = {
                name: [_parts(value, sign, gaps=len(members) > 1) for value in raw[name]] for name, sign in members
            }
            held = [max(map(len, together)) for together in zip(*parts.values(), strict=True)]
            places = [place for place, many in enumerate(held) for _ in range(many)]
            raw = {other: [cells[place] for place in places] for other, cells in raw.items()}
            for name, told in parts.items():
                even = (part + [None] * (many - len(part)) for part, many in zip(told, held, strict=True))
                raw[name] = [one for part in even for one in part]
            rows = [rows[place] for place in places]
        return rows, raw

    def _measured(self, raw: dict[str, list[object]]) -> dict[str, list[object]]:
        """Take out of the cells of numbers what they are measured in; the cells keep the numbers."""
        measured: dict[str, list[object]] = {}
        allowed = {prop.name for prop in self.statement.type.properties}
        for number, (word, apart) in MEASURES.items():
            if number not in raw or word not in allowed or self.statement.cells[number].writing.pattern:
                continue
            given = self._converted(word, self.statement.cells[word], raw.pop(word)) if word in raw else None
            cells = list(map(_key, raw[number]))
            raw[number], said, wrong = taken_apart(apart, cells, given or [None] * len(cells))
            self._tell(number, [(place, cell) for place, cell in enumerate(cells) if cell in wrong], wrong)
            if given or any(one is not None for one in said):
                measured[word] = said
        return measured

    def _list_of(self, cell: Cell) -> str:
        """The list whose members a column holds; where its cells are text, its name tells."""
        if len(cell.columns) != 1:
            return ""
        cells = self.sheet_.columns[cell.columns[0]]
        members = next((one for one in cells if isinstance(one, Members)), None)
        return members.of if members is not None else cell.columns[0].rpartition(".")[0]

    def _converted(self, name: str, source: Cell, cells: list[object]) -> list[object]:
        prop = next((prop for prop in self.statement.type.properties if prop.name == name), None)
        convert = converter(prop.kind.name if prop and not prop.reference else "text", source.writing)
        read: dict[object, object] = {None: None}
        wrong: dict[object, str] = {}
        for cell in dict.fromkeys(map(_key, cells)):
            if cell is not None:
                try:
                    read[cell] = convert(_plain(cell))
                except ValueError as error:
                    wrong[cell] = str(error)
        if wrong and source.unreadable != "nothing":
            self._tell(name, [(place, _key(cell)) for place, cell in enumerate(cells) if _key(cell) in wrong], wrong)
        return [read.get(_key(cell)) for cell in cells]

    def _tell(self, name: str, unread: Sequence[tuple[int, object]], wrong: dict[object, str]) -> None:
        """Strike out the rows of what could not be read, or keep it for the note."""
        for place, cell in unread:
            if self.statement.cells[name].unreadable == "note":
                self.asides[place].append(f"{self._origin(name)}: {_plain(cell)}")
            else:
                self.struck.add(self.rows[place])
                line = self.sheet_.lines[self.rows[place]]
                self.problems.append(Problem(self.sheet_.file, line, self._origin(name), wrong[cell]))

    def _note_what_cannot_be_read(self) -> None:
        if self.asides and isinstance(self.statement.type, LinkType):
            notes = self.columns.get("note") or [None] * len(self.rows)
            told = ([note] if note is not None else [] for note in notes)
            said = ["; ".join(map(str, (*first, *self.asides.get(place, ())))) for place, first in enumerate(told)]
            self.columns["note"] = [text or None for text in said]

    def _named_apart(self, columns: dict[str, list[object]]) -> None:
        """A created node has one name, which is a Chinese or another one."""
        if "name" not in columns or isinstance(self.statement.type, LinkType):
            return
        names = columns.pop("name")
        if self.statement.type.name == "Source":
            columns["title"] = names
            return
        for column in ("name_zh", "name_en"):
            columns[column] = [
                name if name is not None and name_property(self.statement.type.name, str(name)) == column else None
                for name in names
            ]

    def _stated(self, struck: Collection[int]) -> Sequence[int]:
        """Places of the records that are something: a node without id and name is none."""
        places: Sequence[int] = range(len(self.rows))
        if struck:
            places = [place for place in places if self.rows[place] not in struck]
        if isinstance(self.statement.type, LinkType):
            return places
        naming = [self.columns[name] for name in ("id", "key", "name_zh", "name_en", "title") if name in self.columns]
        return [place for place in places if any(cells[place] is not None for cells in naming)]


def _key(cell: object) -> object:
    if isinstance(cell, list):
        return tuple(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell) if isinstance(cell, dict) else cell


def _plain(cell: object) -> object:
    """A cell of a foreign table as text means it: no line breaks within it, no signs of HTML."""
    if not isinstance(cell, str):
        return cell
    text = html.unescape(cell) if "&" in cell and ";" in cell else cell
    return " ".join(text.split()) if not text.isalnum() else text


def _parts(value: object, separator: str, *, gaps: bool) -> list[object]:
    if value is None:
        return [None]
    if isinstance(value, tuple):
        return list(value) or [None]
    return [part.strip() or None for part in str(value).split(separator) if gaps or part.strip()] or [None]
