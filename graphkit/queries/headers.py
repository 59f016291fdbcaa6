"""The `//` block at the head of a query file: its documentation, its parameters and its columns.

Prose comes first; its first sentence is the short help. Then, one line each, by one regular expression:

    // @param NAME TYPE [= DEFAULT]  [MEANING]
    // @column NAME TYPE  [MEANING]
    // @newest COLUMN ... [; COLUMN ...]
    // @walk from PARAMETER [including QUERY] via COLUMN to COLUMN as COLUMN[, every hop]
    // @reach from PARAMETER along QUERY at COLUMN as COLUMN
    // @pairs NAME from PARAMETER along QUERY
    // @routes from PARAMETER to PARAMETER via COLUMN to COLUMN as COLUMN by COLUMN

A TYPE is a kind of value (`text`, `date`, `number`, `share`, ...) or a property of the model (`Company.id`,
`SUPPLIES.share`), which lends its meaning too. `Node.id` is a node of any type, `Company.id|Product.id` of one of
these, `claim` the id of a claim; `[]` makes a list of it. A parameter of type `date` is asked to its end (2025-06
means the last of June), of type `start` from its beginning. A DEFAULT is `today`, `any` (no restriction: the body gets
`''` or an empty list) or a value. What the other lines do is told in `graphkit.answers`: in `asking`, `walks` and
`routing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graphkit import values
from graphkit.values import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.schema import Property, Schema

__all__ = [
    "ANY",
    "TODAY",
    "Column",
    "Header",
    "Pairs",
    "Parameter",
    "Reach",
    "Routes",
    "Type",
    "Walk",
    "parse_type",
    "read_header",
]

ANY, TODAY = "any", "today"

START = Kind("start", "text", "a day, or the first day of a month or a year", values.DATE.clean)
CLAIM = Kind("claim", "text", "the id of a claim", values.IDENTIFIER.clean)
CLAIMS = Kind("claims", "texts", "the claims that the row stands on, by id", values.TEXTS.clean)
ROUTE = Kind("route", "texts", "the names on the way, from the first to this one", values.TEXTS.clean)
WIDEST = Kind("widest", "integer", "the largest number that a hop of the way tells", values.INTEGER.clean)

_KINDS = {
    kind.name: kind
    for kind in (
        *(values.TEXT, values.NUMBER, values.INTEGER, values.SHARE, values.FLAG, values.DATE, values.PERIOD),
        *(values.COUNTRY, values.CURRENCY, values.TICKERS, START, CLAIM, CLAIMS, ROUTE, WIDEST),
    )
}

_LINE = re.compile(
    r"@(?P<tag>param|column)\s+(?P<name>[a-z_][a-z0-9_]*)\s+(?P<type>[^\s=]+)(?:\s+=\s+(?P<default>\S+))?(?:\s+(?P<meaning>\S.*))?"
    r"|@(?P<newest>newest)\s+(?P<groups>[a-z0-9_; ]+)"
    r"|@(?P<walk>walk)\s+from\s+(?P<from_>\w+)(?:\s+including\s+(?P<including>\w+))?\s+via\s+(?P<via>\w+)"
    r"\s+to\s+(?P<to>\w+)\s+as\s+(?P<tier>\w+)(?P<every>,\s+every\s+hop)?"
    r"|@(?P<reach>reach)\s+from\s+(?P<start>\w+)\s+along\s+(?P<along>\w+)\s+at\s+(?P<at>\w+)\s+as\s+(?P<depth>\w+)"
    r"|@(?P<pairs>pairs)\s+(?P<given>\w+)\s+from\s+(?P<roots>\w+)\s+along\s+(?P<by>\w+)"
    r"|@(?P<routes>routes)\s+from\s+(?P<first>\w+)\s+to\s+(?P<second>\w+)\s+via\s+(?P<before>\w+)\s+to\s+(?P<after>\w+)"
    r"\s+as\s+(?P<number>\w+)\s+by\s+(?P<hop>\w+)"
)


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a parameter or a column.

    Attributes:
        text: As the file writes it.
        kind: The kind of one value.
        labels: The node types whose names it takes; empty for plain values.
        is_claim: Whether the id of a claim will do.
        is_many: Whether it is a list.
        meaning: The meaning that it lends to whatever is declared without one.
    """

    text: str
    kind: Kind
    labels: tuple[str, ...] = ()
    is_claim: bool = False
    is_many: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question must be told; `default` is as written, None where it must be given."""

    name: str
    type: Type
    default: str | None
    meaning: str
    line: int


@dataclass(frozen=True, slots=True)
class Column:
    """What an answer tells in each row."""

    name: str
    type: Type
    meaning: str
    line: int


@dataclass(frozen=True, slots=True)
class Walk:
    """How a one-hop body becomes a walk over many tiers; see `graphkit.answers.walks`."""

    start: str
    via: str
    to: str
    tier: str
    including: str | None
    every_hop: bool
    line: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How a body is asked about all that another question reaches; see `graphkit.answers.walks`."""

    start: str
    along: str
    at: str
    tier: str
    line: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A list given to a body: each root with what another question reaches from it; see `graphkit.answers.walks`."""

    name: str
    roots: str
    along: str
    line: int


@dataclass(frozen=True, slots=True)
class Routes:
    """How a one-hop body becomes the routes between two nodes; see `graphkit.answers.routing`."""

    first: str
    second: str
    via: str
    to: str
    number: str
    hop: str
    line: int


@dataclass(slots=True)
class Header:
    """What a header says, and what is wrong with it, by line."""

    prose: list[str] = field(default_factory=list)
    params: list[Parameter] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    newest: tuple[tuple[str, ...], ...] = ()
    walk: Walk | None = None
    reach: Reach | None = None
    pairs: tuple[Pairs, ...] = ()
    routes: Routes | None = None
    lines: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def parse_type(text: str, schema: Schema) -> Type:
    """Read a type.

    Raises:
        ValueError: it is neither a kind nor a property of the model.
    """
    parts = text.removesuffix("[]").split("|")
    types = [_one_type(part, schema) for part in parts]
    ids = [part for part in types if part.labels or part.is_claim]
    if len(types) > 1 and len(ids) < len(types):
        raise ValueError(f"{text} mixes values; only ids can be joined by |")
    labels = tuple(dict.fromkeys(label for part in types for label in part.labels))
    is_claim = any(part.is_claim for part in types)
    return replace(types[0], text=text, labels=labels, is_claim=is_claim, is_many=text.endswith("[]"))


def _one_type(text: str, schema: Schema) -> Type:
    if text in _KINDS:
        return Type(text, _KINDS[text], is_claim=text == "claim")
    owner, _, name = text.partition(".")
    if text == "Node.id":
        return Type(text, values.IDENTIFIER, tuple(schema.nodes))
    if text in {"Node.name", "Node.type"}:
        return Type(text, values.TEXT)
    found = _property(owner, name, schema)
    if found is None:
        raise ValueError(f"{text} is no type; write one of {', '.join(_KINDS)}, or a property such as Company.id")
    labels = (found.reference,) if found.reference else (owner,) if name == "id" and owner in schema.nodes else ()
    meaning = "" if labels else found.meaning
    return Type(text, found.kind, labels, is_claim=name == "id" and owner in schema.links, meaning=meaning)


def _property(owner: str, name: str, schema: Schema) -> Property | None:
    records = (record for record in schema.records if record.name == owner)
    return next((prop for record in records for prop in record.stored if prop.name == name), None)


def read_header(text: str, schema: Schema) -> Header:
    """Read the leading `//` lines of a file; whatever is wrong is in `problems`."""
    header = Header()
    for number, line in _leading(text):
        header.lines = number
        try:
            _read_line(header, number, line, schema)
        except ValueError as error:
            header.problems.append((number, str(error)))
    if not any(header.prose):
        header.problems.append((1, "the file does not say what it answers; begin with // and a sentence"))
    return header


def _leading(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            return
        yield number, line.removeprefix("//").strip()


def _read_line(header: Header, number: int, line: str, schema: Schema) -> None:
    if not line.startswith("@"):
        header.prose.append(line)
        return
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"cannot read {line!r}; write `@param name type = default  Meaning.` or the like")
    part = found.groupdict()
    if part["tag"] == "param":
        header.params.append(_parameter(part, number, schema))
    elif part["tag"] == "column":
        header.columns.append(_column(part, number, schema))
    else:
        _read_directive(header, number, {name: text or "" for name, text in part.items()})


def _read_directive(header: Header, number: int, part: dict[str, str]) -> None:
    if part["walk"]:
        columns = part["via"], part["to"], part["tier"]
        header.walk = Walk(part["from_"], *columns, part["including"] or None, bool(part["every"]), number)
    elif part["reach"]:
        header.reach = Reach(part["start"], part["along"], part["at"], part["depth"], number)
    elif part["pairs"]:
        header.pairs += (Pairs(part["given"], part["roots"], part["by"], number),)
    elif part["routes"]:
        columns = part["before"], part["after"], part["number"]
        header.routes = Routes(part["first"], part["second"], *columns, part["hop"], number)
    else:
        header.newest = tuple(tuple(group.split()) for group in part["groups"].split(";") if group.split())


def _parameter(part: dict[str, str | None], number: int, schema: Schema) -> Parameter:
    kind = parse_type(str(part["type"]), schema)
    return Parameter(str(part["name"]), kind, part["default"], part["meaning"] or _lent(kind), number)


def _column(part: dict[str, str | None], number: int, schema: Schema) -> Column:
    if part["default"] is not None:
        raise ValueError(f"column {part['name']} has a default; only parameters have")
    kind = parse_type(str(part["type"]), schema)
    return Column(str(part["name"]), kind, part["meaning"] or _lent(kind), number)


def _lent(kind: Type) -> str:
    """The meaning that a type lends: what it is in the model."""
    if kind.labels and not kind.is_many:
        return f"a {' or '.join(kind.labels)}" if len(kind.labels) < 3 else "a node of any type"  # noqa: PLR2004
    return kind.meaning or kind.kind.meaning
