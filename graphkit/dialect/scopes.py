"""Which variable stands for what at each clause of a branch: nodes, links, paths, and values made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphkit.dialect.patterns import paths
from graphkit.dialect.tokens import closing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.dialect.clauses import Clause
    from graphkit.dialect.patterns import Path
    from graphkit.dialect.tokens import Token

__all__ = ["NOTHING", "Bound", "Step", "kept_whole", "steps"]

Kind = Literal["node", "link", "links", "path", "value"]
Listing = Literal["node", "link"] | None

SCALAR = ("COUNT", "LENGTH", "SIZE", "TYPE", "LABEL", "LABELS", "ID")
"""Functions that make a plain value of a node, link or path."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a variable stands for.

    Attributes:
        kind: What it is; `links` is a link of variable length, `value` anything that is none of the others.
        names: The labels or link types that it may have; empty for any.
        origins: The variables of patterns that it is made of, each with the number of the clause that bound it, so
            far as it still holds nodes, links or paths.
        listing: Whether it is a list of links or of nodes, if it is.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    listing: Listing = None


NOTHING: Mapping[str, Bound] = {}
NEW = Bound("value")


@dataclass(frozen=True, slots=True)
class Step:
    """A clause, the patterns that it matches, and what is in scope before and after it."""

    clause: Clause
    paths: tuple[Path, ...]
    before: Mapping[str, Bound]
    after: Mapping[str, Bound]


def steps(branch: Sequence[Clause], outer: Mapping[str, Bound] = NOTHING) -> Iterator[Step]:
    """Follow the scope through the clauses of a branch."""
    scope = dict(outer)
    for number, clause in enumerate(branch):
        before: Mapping[str, Bound] = dict(scope)
        found: tuple[Path, ...] = ()
        if clause.word.endswith("MATCH"):
            found = tuple(paths(clause.tokens))
            for path in found:
                _bind(scope, path, number)
        elif clause.word == "UNWIND":
            _bind_unwound(scope, clause)
        elif clause.word in {"WITH", "RETURN"}:
            scope = _projected(scope, clause)
        yield Step(clause, found, before, dict(scope))


def kept_whole(tokens: Sequence[Token], scope: Mapping[str, Bound]) -> frozenset[str]:
    """The variables that an expression keeps whole: `b` of `collect(b)`, not of `b.id` or `count(b)`."""
    found: set[str] = set()
    place = 0
    while place < len(tokens):
        token = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.says(*SCALAR) and following and following.says("(", "{"):
            place = closing(tokens, place + 1)
        elif token.kind in {"name", "quoted"} and token.called in scope:
            is_property = following is not None and following.says(".")
            is_name = place > 0 and tokens[place - 1].says(".", ":")
            found |= set() if is_property or is_name else {token.called}
        place += 1
    return frozenset(found)


def _bind(scope: dict[str, Bound], path: Path, number: int) -> None:
    for node in path.nodes:
        if node.variable:
            known = scope.get(node.variable, NEW)
            origins = known.origins or frozenset({f"{node.variable} {number}"})
            scope[node.variable] = Bound("node", known.names or node.names, origins)
    for link in path.links:
        if link.inner.variable:
            kind: Kind = "link" if link.inner.star is None else "links"
            origins = scope.get(link.inner.variable, NEW).origins or frozenset({f"{link.inner.variable} {number}"})
            scope[link.inner.variable] = Bound(kind, link.inner.names, origins, "link" if kind == "links" else None)
    if path.variable:
        scope[path.variable] = Bound("path", (), frozenset({f"{path.variable} {number}"}))


def _bind_unwound(scope: dict[str, Bound], clause: Clause) -> None:
    if len(clause.tokens) > 1 and clause.tokens[-2].says("AS"):
        made = _made_of(clause.tokens[:-2], scope)
        scope[clause.tokens[-1].called] = Bound(made.listing or "value", (), made.origins)


def _projected(scope: Mapping[str, Bound], clause: Clause) -> dict[str, Bound]:
    if clause.tokens and clause.tokens[0].says("*"):
        return dict(scope)
    after: dict[str, Bound] = {}
    for item in clause.items:
        if item.name is None:
            continue
        first = item.expression[0]
        if len(item.expression) == 1 and first.called in scope and first.kind in {"name", "quoted"}:
            after[item.name] = scope[first.called]
        else:
            after[item.name] = _made_of(item.expression, scope)
    return after


def _made_of(expression: Sequence[Token], scope: Mapping[str, Bound]) -> Bound:
    """What an expression gives."""
    parts = [scope[name] for name in kept_whole(expression, scope)]
    kinds = {part.listing or part.kind for part in parts}
    listing: Listing = None
    if any(token.says("RELATIONSHIPS", "RELS") for token in expression) or kinds & {"link", "links"}:
        listing = "link"
    elif any(token.says("NODES") for token in expression) or "node" in kinds:
        listing = "node"
    return Bound("value", (), frozenset(origin for part in parts for origin in part.origins), listing)
