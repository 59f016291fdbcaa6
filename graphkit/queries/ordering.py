"""Whether ORDER BY makes rows come in one order, always: what two rows agree in that it sorts by, they agree in wholly.

Known is what ORDER BY names, and what follows from it: whatever has an id is known by its id, a link knows its two
ends, a name given by AS is known with its expression, both sides of `=` know each other, and what is counted or
collected is known with what it is counted by. A column that stays unknown may differ where the order says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.dialect.clauses import branches, outputs, statements
from graphkit.dialect.patterns import paths
from graphkit.dialect.tokens import nesting, split
from graphkit.dialect.words import KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.dialect.clauses import Clause, Item
    from graphkit.dialect.tokens import Token

__all__ = ["unordered_columns"]

Rule = tuple[frozenset[str], frozenset[str]]
"""Where all of the first are known, so are all of the second."""

GATHERING = ("COUNT", "COLLECT", "SUM", "MIN", "MAX", "AVG")
WORDS = KEYWORDS | {"END", "ASC", "DESC", "TRUE", "FALSE", "NULL", "STARTS", "ENDS"}


def unordered_columns(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For each branch of UNION whose ORDER BY leaves rows in any order: its line, and the columns left open."""
    for branch in (branch for tokens in statements(text)[:1] for branch in branches(tokens)):
        last = next((clause for clause in reversed(branch) if clause.word == "RETURN"), None)
        if last is None or not last.order:
            continue
        known = _all_known(_keys(last), [rule for clause in branch for rule in _rules(clause)])
        if loose := tuple(item.name or "?" for item in outputs(branch) if not _is_known(item.name or "", known)):
            yield last.line, loose


def _keys(last: Clause) -> set[str]:
    """The terms that ORDER BY sorts by, as they are; a function of a term tells nothing more."""
    parts = ([token for token in part if not token.says("ASC", "DESC")] for part in split(last.order, ","))
    return {_text(part) for part in parts}


def _all_known(known: set[str], rules: Sequence[Rule]) -> set[str]:
    before = -1
    while before < len(known):
        before = len(known)
        for needed, given in rules:
            if all(_is_known(term, known) for term in needed):
                known |= given
    return known


def _is_known(term: str, known: set[str]) -> bool:
    owner = term.partition(".")[0]
    return term.startswith("$") or term in known or owner in known or f"{owner}.id" in known


def _rules(clause: Clause) -> Iterator[Rule]:
    if clause.word.endswith("MATCH"):
        yield from _ends(clause)
    if clause.word in {"WITH", "RETURN"}:
        yield from _projections(clause)
    if not any(token.says("OR", "XOR") for token, depth in _nested(clause.where) if not depth):
        for part in _conjuncts(clause.where):
            sides = [_text(side) for side in split(part, "=")]
            if len(sides) == 2 and all(len(_references(side)) == 1 for side in split(part, "=")):  # noqa: PLR2004
                yield from _same(*sides)


def _ends(clause: Clause) -> Iterator[Rule]:
    """A link knows its ends; where it points either way, only with one of them."""
    for path in paths(clause.tokens):
        for place, link in enumerate(path.links):
            left, right = (node.variable for node in path.nodes[place : place + 2])
            if link.inner.variable and link.inner.star is None:
                first, *other = (end for end in (left, right) if end)
                either = not link.arrow and bool(other)
                yield frozenset({link.inner.variable, *([first] if either else [])}), frozenset({first, *other})
                if either:
                    yield frozenset({link.inner.variable, *other}), frozenset({first})


def _projections(clause: Clause) -> Iterator[Rule]:
    grouping = [item for item in clause.items if not _gathers(item)]
    for item in clause.items:
        if item.name and item not in grouping:
            yield frozenset(part.name for part in grouping if part.name), frozenset({item.name})
        elif item.name:
            refers = _references(item.expression)
            yield refers, frozenset({item.name})
            if refers == {_text(item.expression)}:
                yield frozenset({item.name}), refers


def _same(one: str, other: str) -> Iterator[Rule]:
    yield frozenset({one}), frozenset({other})
    yield frozenset({other}), frozenset({one})


def _gathers(item: Item) -> bool:
    return any(token.says(*GATHERING) for token in item.expression)


def _references(tokens: Sequence[Token]) -> frozenset[str]:
    """The variables that an expression reads, each with the property that it reads of it."""
    found: set[str] = set()
    for place, token in enumerate(tokens):
        before, after = tokens[place - 1 : place], tokens[place + 1 : place + 2]
        is_name = token.kind in {"name", "quoted"} and token.text.upper() not in WORDS
        if token.kind == "parameter":
            found.add(token.text)
        elif is_name and not any(t.says(".", ":") for t in before) and not any(t.says("(", "{") for t in after):
            found.add(_text(tokens[place : place + 3]) if any(t.says(".") for t in after) else token.called)
    return frozenset(found)


def _conjuncts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for place, (token, depth) in enumerate(_nested(tokens)):
        if token.says("AND") and not depth:
            yield tokens[start:place]
            start = place + 1
    yield tokens[start:]


def _nested(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in tokens:
        depth += nesting(token)
        yield token, depth


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.called if token.kind == "quoted" else token.text for token in tokens)
