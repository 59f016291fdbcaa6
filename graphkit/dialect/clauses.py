"""A Cypher statement as branches (what UNION joins) of clauses, and what WITH and RETURN call their columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graphkit.dialect.tokens import closing, nesting, significant, split
from graphkit.dialect.words import OTHER, PARTS, READING, WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.dialect.tokens import Token

__all__ = ["Clause", "Item", "branches", "outputs", "statements", "subqueries"]

_MEANT_OTHERWISE = {"STARTS": "WITH", "ENDS": "WITH"}


@dataclass(frozen=True, slots=True)
class Item:
    """One column of a WITH or RETURN: its expression and its name, None where it has none."""

    expression: tuple[Token, ...]
    name: str | None
    line: int

    @property
    def is_plain(self) -> bool:
        """Whether it hands a variable on under its own name."""
        return len(self.expression) == 1 and self.expression[0].called == self.name


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, cut into its own tokens and its WHERE, ORDER BY, SKIP and LIMIT."""

    word: str
    line: int
    tokens: tuple[Token, ...]
    where: tuple[Token, ...] = ()
    order: tuple[Token, ...] = ()
    is_limited: bool = False
    is_distinct: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """The columns of a WITH or RETURN."""
        return tuple(_item(part) for part in split(self.tokens, ",") if part)


def statements(text: str) -> list[Sequence[Token]]:
    """The statements of a text, as tokens without spaces and comments."""
    return [part for part in split(significant(text), ";") if part]


def branches(tokens: Sequence[Token]) -> list[list[Clause]]:
    """The clauses of each branch of a statement."""
    found: list[list[Clause]] = [[]]
    for word, start, stop in _cuts(tokens):
        if word == "UNION":
            found.append([])
        else:
            found[-1].append(_clause(word, tokens[start:stop]))
    return found


def outputs(branch: Sequence[Clause]) -> tuple[Item, ...]:
    """The columns that a branch returns."""
    last = next((clause for clause in reversed(branch) if clause.word == "RETURN"), None)
    return last.items if last else ()


def subqueries(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each `WORD { ... }` that is a query in a query, with what stands between its braces."""
    for place, token in enumerate(tokens[:-1]):
        if token.says("EXISTS", "COUNT", "COLLECT", "CALL") and tokens[place + 1].says("{"):
            yield token, tokens[place + 2 : closing(tokens, place + 1)]


def _cuts(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Where each clause begins and ends."""
    starts = list(_keywords(tokens, READING | WRITING | OTHER))
    if (starts and starts[0] > 0) or (not starts and tokens):
        starts.insert(0, 0)
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        word = tokens[start].text.upper()
        if word == "MATCH" and start and tokens[start - 1].says("OPTIONAL"):
            yield "OPTIONAL MATCH", start - 1, stop
        elif word != "OPTIONAL":
            yield word, start, stop


def _keywords(tokens: Sequence[Token], words: frozenset[str]) -> Iterator[int]:
    depth = 0
    for place, token in enumerate(tokens):
        depth += nesting(token)
        if depth or not token.says(*words):
            continue
        before = tokens[place - 1] if place else None
        if before is None or not (
            before.says(".", ":", "|", "AS", "&", "!")
            or _MEANT_OTHERWISE.get(before.text.upper()) == token.text.upper()
        ):
            yield place


def _clause(word: str, tokens: Sequence[Token]) -> Clause:
    body = list(tokens[word.count(" ") + 1 :])
    places = [*_keywords(body, PARTS), len(body)]
    parts = {body[start].text.upper(): tuple(body[start + 1 : stop]) for start, stop in pairwise(places)}
    own = body[: places[0]]
    is_distinct = bool(own) and word in {"WITH", "RETURN"} and own[0].says("DISTINCT")
    return Clause(
        word,
        tokens[0].line,
        tuple(own[is_distinct:]),
        parts.get("WHERE", ()),
        parts.get("ORDER", ())[1:],
        bool(parts.keys() & {"SKIP", "LIMIT", "OFFSET"}),
        is_distinct,
    )


def _item(tokens: Sequence[Token]) -> Item:
    if len(tokens) > 2 and tokens[-2].says("AS"):  # noqa: PLR2004 - expression AS name
        return Item(tuple(tokens[:-2]), tokens[-1].called, tokens[0].line)
    plain = len(tokens) == 1 and tokens[0].kind in {"name", "quoted"}
    return Item(tuple(tokens), tokens[0].called if plain else None, tokens[0].line)
