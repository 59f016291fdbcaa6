"""What a user gives to a question, made into what an engine gets: names into ids, texts into values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graphkit.errors import QueryError
from graphkit.queries.headers import ANY, TODAY
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from graphkit.queries.headers import Parameter, Type
    from graphkit.queries.query import Query
    from graphkit.values import Value

__all__ = ["Meaning", "Resolver", "clean", "meanings", "parts"]

_CLAIM_ID = re.compile(r"[0-9a-f]{20}")
_DAY = re.compile(r"(\d{4})[/.年](?:(\d{1,2})(?:[/.月](?:(\d{1,2})日?)?)?)?")


class Resolver(Protocol):
    """Whoever knows what names stand for."""

    def resolve(self, text: str, types: Collection[str]) -> str:
        """The id of the node of one of the types that a text names; an id names itself."""
        ...

    def namesakes(self, text: str, node_id: str) -> Sequence[str]:
        """The other nodes, of any type, that the text names too."""
        ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name that a question was told, and the node that it was taken for.

    Attributes:
        parameter: What it was told as.
        text: As it was written.
        id: The node.
        namesakes: Other nodes, of any type, that are called so too.
    """

    parameter: str
    text: str
    id: str
    namesakes: tuple[str, ...] = ()

    def __str__(self) -> str:
        verb = "is" if len(self.namesakes) == 1 else "are"
        return f"{self.text!r} is taken for {self.id}; {', '.join(self.namesakes)} {verb} called so too"


def clean(
    query: Query, arguments: Mapping[str, object], *, names: Resolver | None = None, today: str
) -> dict[str, object]:
    """Check what was given against what is declared, and fill in the defaults.

    Raises:
        QueryError: a parameter is missing or unknown, or its value is not of its type.
        NotFoundError: a name stands for nothing.
        AmbiguousError: a name stands for several nodes.
    """
    declared = {param.name: param for param in query.params}
    unknown = [name for name in arguments if name not in declared]
    missing = [p.name for p in query.params if p.default is None and arguments.get(p.name) in (None, "", [], ())]
    if unknown or missing:
        what = f"has no parameter {', '.join(unknown)}" if unknown else f"must be told {', '.join(missing)}"
        raise QueryError(f"{query.name} {what}; it takes {signature(query)}")
    return {
        param.name: _clean(query, param, arguments.get(param.name), names=names, today=today) for param in query.params
    }


def meanings(query: Query, arguments: Mapping[str, object], names: Resolver) -> Iterator[Meaning]:
    """What each name was taken for, in the order of the parameters."""
    for param in query.params:
        told = arguments.get(param.name)
        texts = parts(told) if told and param.type.is_many else [told]
        for text in (str(text) for text in texts if text and param.type.labels):
            if not (param.type.is_claim and _CLAIM_ID.fullmatch(text)):
                found = names.resolve(text, param.type.labels)
                yield Meaning(param.name, text, found, tuple(names.namesakes(text, found)))


def signature(query: Query) -> str:
    """The parameters of a question in one line."""
    return ", ".join(
        f"{p.name} ({p.type.text}{'' if p.default is None else f', default {p.default}'})" for p in query.params
    )


def _clean(query: Query, param: Parameter, given: object, *, names: Resolver | None, today: str) -> object:
    if given in (None, "", [], ()):
        given = today if param.default == TODAY else param.default
        if given == ANY:
            return [] if param.type.is_many else ""
    try:
        if not param.type.is_many:
            return _one(param.type, given, names)
        return list(dict.fromkeys(_one(param.type, part, names) for part in parts(given)))
    except ValueError as error:
        raise QueryError(f"{query.name}: {param.name}: {error}") from None


def parts(given: object) -> list[object]:
    """The items of a list; in one text they stand between | or else between commas."""
    if isinstance(given, str):
        return [item.strip() for item in re.split(r"\|" if "|" in given else r"[,，、]", given) if item.strip()]
    return list(given) if isinstance(given, list | tuple | set | frozenset) else [given]


def _one(kind: Type, given: object, names: Resolver | None) -> Value:
    if kind.is_claim and _CLAIM_ID.fullmatch(str(given)):
        return str(given)
    if kind.labels and names is not None:
        return names.resolve(str(given), kind.labels)
    if kind.is_claim and not kind.labels:
        raise ValueError(f"{given!r} is not the id of a claim; `graphkit query evidence NAME` lists those about a node")
    match kind.kind.name:
        case "date":
            return last_day(str(kind.kind.clean(_day(given))))
        case "start":
            return first_day(str(kind.kind.clean(_day(given))))
        case _:
            return kind.kind.clean(given)


def _day(given: object) -> object:
    """2025/6/13, 2025.6.13 and 2025年6月13日 as 2025-06-13; anything else as it is."""
    found = _DAY.fullmatch(given.strip()) if isinstance(given, str) else None
    return "-".join(f"{int(part):02}" for part in found.groups() if part) if found else given
