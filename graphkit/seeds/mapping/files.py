"""Mapping files to mappings: what each says is checked against the model, and every mistake told with its place."""

from __future__ import annotations

import re
import reprlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, Problem
from graphkit.schema import LinkType
from graphkit.seeds.mapping.converting import SCALES, Writing
from graphkit.seeds.mapping.shapes import CELL, CONDITION, READ, TABLE, line_of
from graphkit.seeds.mapping.statements import MISSING, Cell, Condition, Statement, TableMapping
from graphkit.seeds.reading.encodings import decode
from graphkit.seeds.reading.files import read_bytes
from graphkit.seeds.reading.sheets import Reading
from graphkit.seeds.reading.structured import plain_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from graphkit.schema import NodeType, Schema
    from graphkit.seeds.mapping.shapes import Shape

__all__ = ["read_mapping"]

NAMING = ("name", "key")
"""What a node may be given beside its properties: a name in whatever script, and the key that a list knows it by."""

_LIST = re.compile(r"[a-z][a-z0-9_.-]*:")


def read_mapping(path: Path, schema: Schema) -> tuple[TableMapping, ...]:
    """Read a mapping file.

    Raises:
        InputError: it says something that cannot be; every reason is given.
    """
    text, _ = decode(str(path), read_bytes(path))
    whole = plain_yaml(str(path), text)
    reader = _Reader(str(path), schema)
    if isinstance(whole, dict) and "tables" in whole:
        reader.allow("", whole, ("tables",))
        made = [reader.table(table, f"tables[{place}]") for place, table in enumerate(_list(whole["tables"]))]
    else:
        made = [reader.table(whole, "")] if whole else []
    if not made:
        reader.wrong("", "states nothing; write `states:` with what each row states")
    if reader.problems:
        line = line_of(text)
        raise InputError(replace(problem, row=line(problem.column)) for problem in reader.problems)
    return tuple(made)


class _Reader:
    """Takes a mapping apart, and gathers what is wrong with it."""

    def __init__(self, file: str, schema: Schema) -> None:
        self.file, self.schema = file, schema
        self.problems: list[Problem] = []

    def wrong(self, place: str, message: str) -> None:
        self.problems.append(Problem(self.file, 0, place, message))

    def allow(self, place: str, given: Mapping[str, object], allowed: Collection[str]) -> None:
        from rapidfuzz import process

        for key in given:
            if key not in allowed:
                near = process.extractOne(key, list(allowed), score_cutoff=60)
                hint = f"did you mean {near[0]}?" if near else f"use {', '.join(allowed)}"
                self.wrong(place, f"{key!r} is not known here; {hint}")

    def shaped(self, place: str, given: Mapping[str, object], shapes: Mapping[str, Shape]) -> dict[str, Any]:
        """What is said, as far as it has the shape that belongs there; what has another is told."""
        self.allow(place, given, shapes)
        said = {key: value for key, value in given.items() if key in shapes and value is not None}
        wrong = [key for key, value in said.items() if not shapes[key][1](value)]
        for key in wrong:
            told = f"{key} cannot be {reprlib.repr(said.pop(key))}; write {shapes[key][0]}"
            self.wrong(f"{place}.{key}".lstrip("."), told)
        return said

    def table(self, given: object, place: str) -> TableMapping:
        if not isinstance(given, dict):
            self.wrong(place, "is no table; write `states:` with what each row states")
            return TableMapping((), Reading(), ())
        given = self.shaped(place, given, TABLE)
        read = self.shaped(f"{place}.read".lstrip("."), given.get("read", {}), READ)
        missing = frozenset(str(word).lower() for word in (*MISSING, *_list(read.get("missing"))))
        reading = Reading(
            sheet=str(read.get("sheet", "")),
            encoding=str(read.get("encoding", "")),
            delimiter=str(read.get("delimiter", "")),
            header=read.get("header", 0),
            ditto=tuple(map(str, _list(read.get("ditto")))),
        )
        defaults = given.get("defaults", {})
        claimed = dict.fromkeys(prop.name for link in self.schema.links.values() for prop in link.properties)
        self.allow(f"{place}.defaults".lstrip("."), defaults, claimed)
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
        whole = place.rpartition("states[")[0]
        places = {name: f"{place if name in given else f'{whole}defaults'}.{name}" for name in own}
        cells = {name: self.cell(spec, missing, places[name]) for name, spec in own.items()}
        made: list[Statement] = []
        for name, spec in own.items():
            base = Statement(record, {name: cells[name]}, when)
            made += self._on_the_way(_labels(record, name), spec, (base, missing), places[name])
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
        types: tuple[tuple[str, Mapping[str, NodeType | LinkType]], ...]
        types = (("node", self.schema.nodes), ("link", self.schema.links))
        for kind, known in types:
            if isinstance(given, dict) and (record := known.get(str(given.get(kind)))):
                return record
        nodes, links = (", ".join(known) for _, known in types)
        near = self._near(given) if isinstance(given, dict) else ""
        told = f"write `node:` with one of {nodes} or `link:` with one of {links}"
        self.wrong(place, f"states neither a node nor a claim; {near}{told}")
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
        for number, one in enumerate(_list(given)):
            at = f"{place}[{number}]" if isinstance(given, list) else place
            asked = {key: said for key, said in one.items() if said is not None} if isinstance(one, dict) else {}
            if "column" not in asked or len(asked) == 1:
                self.wrong(at, "needs a column and what is in it, such as when: {column: Type, is: company}")
                continue
            said = self.shaped(at, asked, CONDITION)
            column = str(said.get("column"))
            for key in ("is", "in", "not"):
                if key in said:
                    words = frozenset(str(word).strip().casefold() for word in _list(said[key]))
                    conditions.append(Condition(column, words, wanted=key != "not", missing=missing))
            if "matches" in said:
                conditions.append(Condition(column, matches=self._expression(said["matches"], f"{at}.matches")))
        return tuple(conditions)

    def _expression(self, given: object, place: str) -> str:
        try:
            return re.compile(str(given)).pattern
        except (re.error, OverflowError, RecursionError) as error:
            self.wrong(place, f"{given!r} is no regular expression: {error}")
            return ""

    def cell(self, given: object, missing: frozenset[str], place: str) -> Cell:
        """Read where a value comes from."""
        if isinstance(given, list):
            self.wrong(
                place, f"cannot be {reprlib.repr(given)}; write a text, or where it comes from: {{column: Supplier}}"
            )
        if not isinstance(given, dict):
            return Cell(template=_constant(given), missing=missing)
        told = len(self.problems)
        said = self.shaped(place, given, CELL)
        columns = tuple(map(str, _list(said.get("columns", said.get("column")))))
        template = _constant(said.get("template", said.get("value")))
        if bool(columns) == bool(template) and told == len(self.problems):
            self.wrong(place, "needs either a column or a value, such as {column: Supplier} or {value: stated}")
        more = frozenset(str(word).lower() for word in _list(said.get("missing")))
        return Cell(
            columns,
            template,
            said.get("default"),
            missing | more,
            self._writing(said, place),
            str(said.get("each", "")),
            self.cell(said["else"], missing, f"{place}.else") if "else" in said else None,
            said.get("unreadable", "refuse"),
        )

    def _writing(self, said: Mapping[str, Any], place: str) -> Writing:
        scale = said.get("scale", 1)
        return Writing(
            percent=said.get("percent", False),
            decimal=said.get("decimal", "."),
            scale=float(SCALES[scale.lower()] if isinstance(scale, str) else scale),
            dates=said.get("dates", ""),
            pattern=self._expression(said.get("pattern", ""), f"{place}.pattern"),
            words=said.get("words"),
            otherwise=None if "otherwise" not in said else str(said["otherwise"]),
            split=str(said.get("split", "")),
            prefix=str(said.get("prefix", "")),
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
