"""What JSON and YAML hold, as lists of flat records.

A file may be one list of objects; an object of several lists, such as nodes and edges; or an object of objects, whose
keys say which each is; all of that may be wrapped in further objects. Objects within a record become columns such as
`location.country`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

__all__ = ["KEY", "LINE", "Members", "Parts", "flat", "free", "json_parts", "load_json", "parts_of", "whole_number"]

Parts = dict[str, list[tuple[int, Any]]]
"""Records with the lines where they start, by the name of the list that they stand in; "" is the whole file."""

KEY = "key"
"""The column that takes the keys of an object of objects."""

LINE = "\x00line"
"""Where a reader keeps the line of a record within it."""

TWICE = "\x00twice"
"""Where a record keeps a key that it names twice, until it is told of."""

_GAP = re.compile(r"[\s,:]*")

LONGEST = 4_000
"""No number has more digits; Python itself reads no longer ones."""


def whole_number(digits: str) -> int | str:
    """A whole number as it is written; one beyond all measure stays a text."""
    return int(digits) if len(digits) <= LONGEST else digits


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        record[TWICE] = next(name for name in names if names.count(name) > 1)
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=whole_number)


def load_json(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    """Read a JSON text; objects that name a key twice say so when they are made flat.

    Raises:
        json.JSONDecodeError: it is none.
    """
    return _DECODER.decode(text)


def json_parts(text: str, wanted: str = "") -> Parts:
    """The records of a JSON text, or of one list in it, such as `data.items`.

    Raises:
        json.JSONDecodeError: it is none.
        ValueError: it names a list twice, or has no such list.
    """
    whole = load_json(text)
    if isinstance(whole, list):
        return {"": list(_Located(text).items(text.index("[") + 1))}
    if not isinstance(whole, dict):
        return {"": [(1, whole)]}
    _refuse_twice(whole)
    way, holder = _way(whole, wanted)
    _refuse_twice(holder)
    walk = _Located(text)
    held = any(isinstance(value, list) for value in holder.values())
    lines = walk.members(walk.inside(text.index("{") + 1, way)) if held else {}
    holder = {name: lines.get(name, value) for name, value in holder.items()}
    return _parts_of(way, holder, wanted, lambda record: lines.get(id(record), 0))


def parts_of(whole: dict[str, Any], line_of: Callable[[Any], int], wanted: str = "") -> Parts:
    """The records of an object, or of one list in it, with their lines.

    Raises:
        ValueError: it has no such list.
    """
    way, holder = _way(whole, wanted)
    return _parts_of(way, {name: part for name, part in holder.items() if name != LINE}, wanted, line_of)


def _way(whole: dict[str, Any], wanted: str) -> tuple[list[str], dict[str, Any]]:
    """The names of the objects around the lists, and the innermost of these: an answer of a service wraps its lists."""
    way: list[str] = []
    if wanted in whole:
        return way, whole
    for name in wanted.split(".")[:-1]:
        if not isinstance(whole.get(name), dict):
            break
        way, whole = [*way, name], whole[name]
    while not wanted and not any(map(_holds_records, whole.values())):
        inner = [name for name, part in whole.items() if isinstance(part, dict) and _wraps(part)]
        if len(inner) != 1:
            break
        way, whole = [*way, *inner], whole[inner[0]]
    return way, whole


def _wraps(whole: dict[str, Any]) -> bool:
    """Whether an object holds lists of objects, itself or further in."""
    return any(_holds_records(part) or (isinstance(part, dict) and _wraps(part)) for part in whole.values())


def _holds_records(part: object) -> bool:
    return isinstance(part, list) and any(map(_is_record, part))


def _parts_of(way: Sequence[str], whole: dict[str, Any], wanted: str, line_of: Callable[[Any], int]) -> Parts:
    if wanted:
        name = wanted if wanted in whole else wanted.rpartition(".")[2]
        if ".".join((*way, name)) != wanted or not isinstance(whole.get(name), list | dict):
            told = ", ".join(".".join((*way, one)) for one, part in whole.items() if isinstance(part, list | dict))
            raise ValueError(f"has no list {wanted!r}; it has {told or 'none'}")
        whole = {name: whole[name]} if isinstance(whole[name], list) else whole[name]
        way = ()
    return {".".join((*way, name)) if name else "": part for name, part in _lists_of(whole, line_of).items()}


def _lists_of(whole: dict[str, Any], line_of: Callable[[Any], int]) -> Parts:
    lists = {name: part for name, part in whole.items() if _holds_records(part)}
    if not lists:
        objects = {name: part for name, part in whole.items() if isinstance(part, dict)}
        if len(objects) > 1 and len(objects) == len(whole):
            return {"": [(line_of(record), {KEY: name, **record}) for name, record in objects.items()]}
        return {"": [(line_of(whole), whole)]}
    if len(lists) == 1:
        return {"": [(line_of(record), record) for part in lists.values() for record in part]}
    keys = [set(next(filter(_is_record, part))) for part in lists.values()]
    if all("properties" in known or {"subject", "object"} <= known for known in keys):  # what graphkit writes itself
        return {"": [(line_of(record), record) for part in lists.values() for record in part]}
    if all(known == keys[0] for known in keys):
        keyed = [
            (line_of(record), {KEY: name, **record} if _is_record(record) else record)
            for name, part in lists.items()
            for record in part
        ]
        return {"": keyed}
    return {name: [(line_of(record), record) for record in part] for name, part in lists.items()}


def _refuse_twice(record: Mapping[str, Any]) -> None:
    if TWICE in record:
        raise ValueError(f"names {record[TWICE]!r} twice; keep one of them")


def _is_record(value: object) -> bool:
    return isinstance(value, dict)


class Members(list[str | None]):
    """What the objects of a list say of one thing, each in its place.

    Args:
        said: What they say.
        of: The column that the list stands for.
    """

    def __init__(self, said: list[str | None], of: str) -> None:
        super().__init__(said)
        self.of = of


class _Located:
    """Walks through a JSON text, so that every record is known with its line."""

    def __init__(self, text: str) -> None:
        self._text, self._decoder = text, _DECODER
        self._line, self._counted = 1, 0

    def items(self, at: int) -> Iterator[tuple[int, Any]]:
        """The values of a list and their lines."""
        for line, value, _ in self._values(at, "]"):
            yield line, value

    def inside(self, at: int, way: Sequence[str]) -> int:
        """The place behind the brace that opens the object to which some names lead, from within another."""
        for wanted in way:
            name = ""
            while name != wanted:
                name, at = self._decoder.raw_decode(self._text, self._skip(at))
                at = self._skip(at)
                if name != wanted:
                    _, at = self._decoder.raw_decode(self._text, at)
            at += 1
        return at

    def members(self, at: int) -> dict[Any, Any]:
        """The lists of an object by name, and the lines of what they hold by the identity of each."""
        found: dict[Any, Any] = {}
        while self._text[at := self._skip(at)] != "}":
            name, at = self._decoder.raw_decode(self._text, at)
            at = self._skip(at)
            if self._text[at] == "[":
                found[name] = []
                end = at + 1
                for line, value, end in self._values(at + 1, "]"):  # noqa: B007 - the last place
                    found[name].append(value)
                    found[id(value)] = line
                at = self._skip(end) + 1
            else:
                _, at = self._decoder.raw_decode(self._text, at)
        return found

    def _values(self, at: int, closing: str) -> Iterator[tuple[int, Any, int]]:
        while self._text[at := self._skip(at)] != closing:
            self._line, self._counted = self._line + self._text.count("\n", self._counted, at), at
            value, at = self._decoder.raw_decode(self._text, at)
            yield self._line, value, at

    def _skip(self, at: int) -> int:
        found = _GAP.match(self._text, at)
        return found.end() if found else at


def free(row: int, taken: Collection[int]) -> int:
    """The first row from this one on that is not taken."""
    while row in taken:
        row += 1
    return row


def flat(record: object) -> dict[str, Any]:
    """One record, the properties of an export beside its ends; `type` names a node's label or a claim's link.

    Raises:
        ValueError: it is no object, or names a key twice.
    """
    if not isinstance(record, dict):
        raise ValueError("expected an object in braces")  # noqa: TRY004 - caught with json's own ValueError
    given = {key: value for key, value in record.items() if key != "properties"}
    properties = record.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError("its properties are no object")  # noqa: TRY004 - as above
    given |= properties
    if "subject" in given and "object" in given:
        given["link"] = given.pop("type", given.get("link"))
        given.pop("id", None)
    return dict(_columns("", given))


def _columns(prefix: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Cells by column; an object is as many columns as it has members, a list of objects those with all values."""
    _refuse_twice(record)
    for key, value in record.items():
        if key == LINE:
            continue
        if isinstance(value, dict) and value:
            yield from _columns(f"{prefix}{key}.", value)
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            items = [dict(_columns("", item)) for item in value]
            for name in dict.fromkeys(name for item in items for name in item):
                told = [item.get(name) for item in items]
                told = [str(one) if isinstance(one, str | int | float) else None for one in told]
                if any(one is not None for one in told):
                    yield f"{prefix}{key}.{name}", Members(told, f"{prefix}{key}")
        else:
            yield f"{prefix}{key}", value
