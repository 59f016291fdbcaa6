"""Mapping files to mappings: what each says is checked against the model, and every mistake told with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from graphkit.errors import InputError, Problem
from graphkit.schema import LinkType
from graphkit.seeds.converting import SCALES, Writing
from graphkit.seeds.encodings import decode
from graphkit.seeds.mapping import MISSING, Cell, Condition, Statement, TableMapping
from graphkit.seeds.reading import read_bytes
from graphkit.seeds.sheets import Reading
from graphkit.seeds.structured import plain_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graphkit.schema import NodeType, Schema
    from graphkit.seeds.mapping import Unreadable

__all__ = ["CELL_KEYS", "read_mapping"]

CELL_KEYS = (
    *("column", "columns", "value", "template", "default", "missing", "create", "else", "unreadable"),
    *("percent", "decimal", "scale", "dates", "pattern", "words", "otherwise", "split", "each", "prefix"),
)
CONDITION_KEYS = ("column", "is", "in", "not", "matches")
TABLE_KEYS = ("files", "read", "states", "defaults")
NAMING = ("name", "key")
"""What a node may be given beside its properties: a name in whatever script, and the key that a list knows it by."""

UNREADABLE = ("refuse", "note", "nothing")
_LIST = re.compile(r"[a-z][a-z0-9_.-]*:")


def read_mapping(path: Path, schema: Schema) -> tuple[TableMapping, ...]:
    """Read a mapping file.

    Raises:
        InputError: it says something that cannot be; every reason is given.
    """
    text, _ = decode(str(path), read_bytes(path))
    whole = plain_yaml(str(path), text)
    reader = _Reader(str(path), schema)
    tables = whole.get("tables", [whole]) if isinstance(whole, dict) else []
    if isinstance(whole, dict) and "tables" in whole:
        reader.allow("", whole, ("tables",))
    made = [reader.table(table, f"tables[{place}]" if len(tables) > 1 else "") for place, table in enumerate(tables)]
    if not made:
        reader.wrong("", "states nothing; write `states:` with what each row states")
    if reader.problems:
        raise InputError(reader.problems)
    return tuple(made)


class _Reader:
    """Takes a mapping apart, and gathers what is wrong with it."""

    def __init__(self, file: str, schema: Schema) -> None:
        self.file, self.schema = file, schema
        self.problems: list[Problem] = []

    def wrong(self, place: str, message: str) -> None:
        self.problems.append(Problem(self.file, 0, place, message))

    def allow(self, place: str, given: Mapping[str, object], allowed: Sequence[str]) -> None:
        from rapidfuzz import process

        for key in given:
            if key not in allowed:
                near = process.extractOne(key, allowed, score_cutoff=60)
                hint = f"did you mean {near[0]}?" if near else f"use {', '.join(allowed)}"
                self.wrong(place, f"{key!r} is not known here; {hint}")

    def table(self, given: object, place: str) -> TableMapping:
        if not isinstance(given, dict):
            self.wrong(place, "is no table; write `states:` with what each row states")
            return TableMapping((), Reading(), ())
        self.allow(place, given, TABLE_KEYS)
        read = given.get("read") or {}
        self.allow(f"{place}.read", read, ("encoding", "delimiter", "sheet", "header", "missing", "ditto"))
        missing = frozenset(str(word).lower() for word in (*MISSING, *_list(read.get("missing"))))
        if len(str(read.get("delimiter", ""))) > 1:
            self.wrong(
                f"{place}.read".lstrip("."), f"{read['delimiter']!r} is more than one sign; write one, such as ';'"
            )
        header = read.get("header", 0)
        reading = Reading(
            sheet=str(read.get("sheet", "")),
            encoding=str(read.get("encoding", "")),
            delimiter=str(read.get("delimiter", "")),
            header=header if isinstance(header, int) else 0,
            ditto=tuple(map(str, _list(read.get("ditto")))),
        )
        defaults = given.get("defaults") or {}
        states = [
            statement
            for number, state in enumerate(_list(given.get("states")))
            for statement in self.statements(state, defaults, missing, f"{place}.states[{number}]".lstrip("."))
        ]
        if not _list(given.get("states")):
            self.wrong(place, "states nothing; write `states:` with what each row states")
        return TableMapping(tuple(map(str, _list(given.get("files", "*")))), reading, tuple(states))

    def statements(
        self, given: object, defaults: Mapping[str, object], missing: frozenset[str], place: str
    ) -> list[Statement]:
        """What one entry states: itself, and before it the nodes that it creates on the way."""
        record = self._record(given, place)
        if record is None or not isinstance(given, dict):
            return []
        properties = {prop.name: prop for prop in record.properties}
        ends = ("subject", "object") if isinstance(record, LinkType) else ()
        own = {name: spec for name, spec in defaults.items() if name in properties} if ends else {}
        own |= {name: spec for name, spec in given.items() if name not in ("node", "link", "when")}
        self.allow(place, own, [*ends, *properties, *(() if ends else NAMING)])
        for name in (*ends, *(name for name, prop in properties.items() if prop.required and name != "id")):
            if name not in own and not (name == "title" and "name" in own):
                self.wrong(place, f"{name} is missing: every {record.name} needs it")
        self._check_key(record, own.get("key"), place)
        when = self._conditions(given.get("when"), missing, f"{place}.when")
        cells = {name: self.cell(spec, missing, f"{place}.{name}") for name, spec in own.items()}
        made: list[Statement] = []
        for name, spec in own.items():
            base = Statement(record, {name: cells[name]}, when)
            made += self._on_the_way(_labels(record, name), spec, (base, missing), f"{place}.{name}")
        return [*made, Statement(record, cells, when)]

    def _on_the_way(
        self, labels: Sequence[str], given: object, base: tuple[Statement, frozenset[str]], place: str
    ) -> Iterator[Statement]:
        """The nodes that a reference creates where they are not known, by what it says first and by each `else`."""
        by, missing = base
        cell = next(iter(by.cells.values()))
        if not isinstance(given, dict):
            return
        if given.get("create"):
            more = {"type": labels[0]} if len(labels) == 1 else {}
            more |= given["create"] if isinstance(given["create"], dict) else {}
            yield from self._created(labels, more, base, f"{place}.create")
        if cell.fallback:
            said = replace(cell, fallback=None, unreadable="nothing")
            rest = replace(by, cells={"": cell.fallback}, unless=(*by.unless, said))
            yield from self._on_the_way(labels, given["else"], (rest, missing), f"{place}.else")

    def _check_key(self, record: NodeType | LinkType, given: object, place: str) -> None:
        """A key says which list it is of, and lives among the other spellings."""
        if given is None:
            return
        kind = record.name.lower()
        if all(prop.name != "aliases" for prop in record.properties):
            self.wrong(f"{place}.key", f'a {kind} has no key; write id: {{column: ..., prefix: "{kind}:"}}')
            return
        prefix = str(given.get("prefix", "")) if isinstance(given, dict) else ""
        if not _LIST.match(prefix) or self._is_type(prefix):
            self.wrong(f"{place}.key", 'needs the list that it is of, in small letters, such as prefix: "mylist:"')

    def _is_type(self, prefix: str) -> bool:
        return prefix.partition(":")[0] in {name.lower() for name in self.schema.nodes}

    def _record(self, given: object, place: str) -> NodeType | LinkType | None:
        if isinstance(given, dict) and given.get("node") in self.schema.nodes:
            return self.schema.nodes[str(given["node"])]
        if isinstance(given, dict) and given.get("link") in self.schema.links:
            return self.schema.links[str(given["link"])]
        known = (
            f"`node:` with one of {', '.join(self.schema.nodes)} or `link:` with one of {', '.join(self.schema.links)}"
        )
        near = self._near(given) if isinstance(given, dict) else ""
        self.wrong(place, f"states neither a node nor a claim; {near}write {known}")
        return None

    def _near(self, given: Mapping[str, object]) -> str:
        """The type that was meant, as far as its name is misspelt only."""
        from rapidfuzz import process

        for kind, types in (("node", self.schema.nodes), ("link", self.schema.links)):
            if near := process.extractOne(str(given.get(kind, "")), types.keys(), score_cutoff=60):
                return f"did you mean {kind}: {near[0]}? else "
        return ""

    def _created(
        self,
        labels: Sequence[str],
        more: Mapping[str, object],
        base: tuple[Statement, frozenset[str]],
        place: str,
    ) -> list[Statement]:
        """The node that a reference makes where it is not known: its name, and what else the row says of it."""
        by, missing = base
        cell = next(iter(by.cells.values()))
        label = str(more.get("type", ""))
        if label not in labels:
            self.wrong(place, f"needs `type:` with one of {', '.join(labels) or 'none: nothing can be created here'}")
            return []
        stated = {name: value for name, value in more.items() if name != "type"}
        self.allow(place, stated, [*(prop.name for prop in self.schema.nodes[label].properties), "name"])
        cells = {name: self.cell(value, missing, f"{place}.{name}") for name, value in stated.items()}
        prefix = cell.writing.prefix
        naming = "id" if self._is_type(prefix) else "key" if prefix else "title" if label == "Source" else "name"
        named = {naming: replace(cell, fallback=None)}
        if cell.fallback and naming in ("id", "key"):
            named |= {"title" if label == "Source" else "name": cell.fallback}
        return [Statement(self.schema.nodes[label], {**named, **cells}, by.when, by.unless)]

    def _conditions(self, given: object, missing: frozenset[str], place: str) -> tuple[Condition, ...]:
        conditions = []
        for one in _list(given):
            if not isinstance(one, dict) or "column" not in one:
                self.wrong(place, "needs a column, such as when: {column: Type, is: company}")
                continue
            self.allow(place, one, CONDITION_KEYS)
            column = str(one["column"])
            for key in ("is", "in", "not"):
                if key in one:
                    words = frozenset(str(word).strip().casefold() for word in _list(one[key]))
                    conditions.append(Condition(column, words, wanted=key != "not", missing=missing))
            if "matches" in one:
                conditions.append(Condition(column, matches=self._expression(one["matches"], place)))
        return tuple(conditions)

    def _expression(self, given: object, place: str) -> str:
        try:
            return re.compile(str(given)).pattern
        except re.error as error:
            self.wrong(place, f"{given!r} is no regular expression: {error}")
            return ""

    def cell(self, given: object, missing: frozenset[str], place: str) -> Cell:
        """Read where a value comes from."""
        if not isinstance(given, dict):
            return Cell(template=_constant(given), missing=missing)
        self.allow(place, given, CELL_KEYS)
        columns = tuple(map(str, _list(given.get("columns", given.get("column")))))
        template = _constant(given.get("template", given.get("value")))
        if bool(columns) == bool(template):
            self.wrong(place, "needs either a column or a value, such as {column: Supplier} or {value: stated}")
        more = frozenset(str(word).lower() for word in _list(given.get("missing")))
        unreadable = str(given.get("unreadable", "refuse"))
        if unreadable not in UNREADABLE:
            self.wrong(place, f"{unreadable!r} is no way to treat what cannot be read; use {', '.join(UNREADABLE)}")
        fallback = self.cell(given["else"], missing, f"{place}.else") if "else" in given else None
        return Cell(
            columns,
            template,
            given.get("default"),
            missing | more,
            self._writing(given, place),
            str(given.get("each", "")),
            fallback,
            cast("Unreadable", unreadable),
        )

    def _writing(self, given: Mapping[str, object], place: str) -> Writing:
        scale = given.get("scale", 1)
        factor = scale if isinstance(scale, int | float) else SCALES.get(str(scale).lower())
        if factor is None:
            self.wrong(place, f"{scale!r} is no scale; write a number or one of {', '.join(SCALES)}")
        words = given.get("words")
        if words is not None and not isinstance(words, dict):
            self.wrong(place, "words needs what each word stands for, such as words: {Y: true}")
            words = None
        return Writing(
            percent=given.get("percent") is True,
            decimal=str(given.get("decimal", ".")),
            scale=float(factor or 1),
            dates=str(given.get("dates", "")),
            pattern=self._expression(given.get("pattern", ""), place),
            words=words,
            otherwise=None if given.get("otherwise") is None else str(given["otherwise"]),
            split=str(given.get("split", "")),
            prefix=str(given.get("prefix", "")),
        )


def _labels(record: NodeType | LinkType, name: str) -> tuple[str, ...]:
    """The types of node that an end or a property may refer to."""
    if isinstance(record, LinkType) and name in ("subject", "object"):
        return record.subjects if name == "subject" else record.objects
    return tuple(prop.reference for prop in record.properties if prop.name == name and prop.reference)


def _constant(given: object) -> str:
    return "" if given is None else str(given).lower() if isinstance(given, bool) else str(given)


def _list(given: object) -> list[object]:
    return [] if given is None else list(given) if isinstance(given, list) else [given]
