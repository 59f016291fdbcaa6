"""The shape of each value in a mapping file, told in words where a value has another; and the lines they stand in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from graphkit.seeds.mapping.converting import SCALES
from graphkit.seeds.mapping.statements import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Shape = tuple[str, Callable[[Any], bool]]

__all__ = ["CELL", "CONDITION", "READ", "TABLE", "line_of"]

LARGEST = 1_000_000_000_000_000
"""No row and no scale is beyond it."""


def _is_text(given: object) -> bool:
    return isinstance(given, str | int | float)


def _are_texts(given: object) -> bool:
    return all(one is None or _is_text(one) for one in given) if isinstance(given, list) else _is_text(given)


def _is_sign(given: object) -> bool:
    return isinstance(given, str) and len(given) == 1 and given not in '"\r\n\0'


def _is_scale(given: object) -> bool:
    if isinstance(given, str):
        return given.lower() in SCALES
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 < given <= LARGEST


def _is_format_of_days(given: object) -> bool:
    try:
        return isinstance(given, str) and bool(datetime.strptime(datetime.now(UTC).strftime(given), given))  # noqa: DTZ007 - a day has no zone
    except (ValueError, re.error):
        return False


_TEXT: Shape = ("one text", _is_text)
_TEXTS: Shape = ("one text, or a list of texts", _are_texts)
_SIGN: Shape = ("one sign, such as ';'", _is_sign)
_FLAG: Shape = ("true or false", lambda given: isinstance(given, bool))
_ANY: Shape = ("", lambda _: True)

TABLE: Mapping[str, Shape] = {
    "files": _TEXTS,
    "read": ("how the file is read, such as {header: 3, sheet: Firms}", lambda given: isinstance(given, dict)),
    "states": _ANY,
    "defaults": ("what every claim says, such as {certainty: stated}", lambda given: isinstance(given, dict)),
}
READ: Mapping[str, Shape] = {
    "encoding": _TEXT,
    "delimiter": _SIGN,
    "sheet": _TEXT,
    "header": (
        "the row of the header, such as 3",
        lambda given: isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= LARGEST,
    ),
    "missing": _TEXTS,
    "ditto": _TEXTS,
}
CONDITION: Mapping[str, Shape] = {"column": _TEXT, "is": _TEXTS, "in": _TEXTS, "not": _TEXTS, "matches": _TEXT}
CELL: Mapping[str, Shape] = {
    "column": _TEXTS,
    "columns": _TEXTS,
    "value": _TEXT,
    "template": _TEXT,
    "default": _TEXT,
    "missing": _TEXTS,
    "create": (
        "true, or what else the row says of it, such as {country: {column: Country}}",
        lambda given: isinstance(given, bool | dict),
    ),
    "else": _ANY,
    "unreadable": (f"one of {', '.join(get_args(Unreadable))}", lambda given: given in get_args(Unreadable)),
    "percent": _FLAG,
    "decimal": ("one sign, such as ','", _is_sign),
    "scale": (f"a number above 0 or one of {', '.join(SCALES)}", _is_scale),
    "dates": ("the format of a day, such as '%d.%m.%Y'", _is_format_of_days),
    "pattern": _TEXT,
    "words": (
        "what each word stands for, such as {Y: true}",
        lambda given: isinstance(given, dict) and all(one is None or _is_text(one) for one in given.values()),
    ),
    "otherwise": _TEXT,
    "split": _TEXT,
    "each": _TEXT,
    "prefix": _TEXT,
}


def line_of(text: str) -> Callable[[str], int]:
    """A function from a place in a mapping file, such as `states[2].subject`, to the line of it or of what holds it."""
    import yaml

    lines = dict(_lines(yaml.compose(text, Loader=yaml.SafeLoader), "", 1))

    def line(place: str) -> int:
        while place and place not in lines:
            place = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", place)
        return lines.get(place, 0)

    return line


def _lines(node: Any, place: str, line: int) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - yaml ships no such types
    yield place.removeprefix("."), line
    if isinstance(node.value, list):
        for number, part in enumerate(node.value):
            key, value = part if isinstance(part, tuple) else (part, part)
            named = f"{place}.{key.value}" if key is not value else f"{place}[{number}]"
            yield from _lines(value, named, key.start_mark.line + 1)
