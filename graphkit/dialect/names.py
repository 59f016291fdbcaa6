"""Names that the model does not have: labels, link types, properties, and links that run the wrong way."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from graphkit.dialect.clauses import branches, subqueries
from graphkit.dialect.patterns import predicates
from graphkit.dialect.scopes import NOTHING, steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from graphkit.dialect.clauses import Clause
    from graphkit.dialect.patterns import Entity, Link, Path
    from graphkit.dialect.scopes import Bound
    from graphkit.dialect.tokens import Token
    from graphkit.schema import Schema

__all__ = ["unknown_names"]

Found = tuple[int, str]


def unknown_names(branch: Sequence[Clause], schema: Schema, outer: Mapping[str, Bound] = NOTHING) -> Iterator[Found]:
    """What a branch names that the model does not have."""
    for step in steps(branch, outer):
        scope = {**step.before, **step.after}
        tokens = (*step.clause.tokens, *step.clause.where, *step.clause.order)
        for path in (*step.paths, *predicates(step.clause.where)):
            yield from _path(path, scope, schema)
        yield from _properties(tokens, scope, schema)
        for _, inner in subqueries(tokens):
            for part in branches(inner):
                yield from unknown_names(part, schema, scope)


def _path(path: Path, scope: Mapping[str, Bound], schema: Schema) -> Iterator[Found]:
    for node in path.nodes:
        yield from _entity(node, _node_labels(schema), "label", schema)
    for link in path.links:
        yield from _entity(link.inner, schema.links, "link type", schema)
    for place, link in enumerate(path.links[: len(path.nodes) - 1]):
        ends = _labels(path.nodes[place], scope, schema), _labels(path.nodes[place + 1], scope, schema)
        yield from _direction(link, ends, schema)


def _node_labels(schema: Schema) -> tuple[str, ...]:
    return (*schema.nodes, *(node.name for node in schema.journal))


def _entity(entity: Entity, known: Collection[str], what: str, schema: Schema) -> Iterator[Found]:
    for name in entity.names:
        if name not in known:
            yield entity.line, f"the model has no {what} {name}{_near(name, known)}"
    names = [name for name in entity.names if name in known]
    for name in entity.inline:
        yield from _property(name, names or list(known), entity.line, schema)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.upper(), [k.upper() for k in known], 1, 0.6)
    found = next((k for k in known if near and k.upper() == near[0]), None)
    return f"; did you mean {found}?" if found else f"; it has {', '.join(known)}"


def _labels(node: Entity, scope: Mapping[str, Bound], schema: Schema) -> tuple[str, ...]:
    """The labels that a node of a pattern may have."""
    bound = scope.get(node.variable or "")
    names = node.names or (bound.names if bound else ())
    return tuple(name for name in names if name in schema.nodes) or tuple(schema.nodes)


def _direction(link: Link, ends: tuple[tuple[str, ...], tuple[str, ...]], schema: Schema) -> Iterator[Found]:
    left, right = ends if link.arrow != "<" else (ends[1], ends[0])
    several = link.weight > 1 and len(link.inner.names) > 1
    for name in (name for name in link.inner.names if name in schema.links and not several):
        found = schema.links[name]
        fits = _fits(left, right, found.subjects, found.objects)
        if not link.arrow:
            fits = fits or _fits(right, left, found.subjects, found.objects)
        if not fits:
            message = (
                f"{name} runs from {' or '.join(found.subjects)} to {' or '.join(found.objects)}, not from "
                f"{' or '.join(left)} to {' or '.join(right)}; turn the arrow"
            )
            yield link.inner.line, message


def _fits(left: Sequence[str], right: Sequence[str], subjects: Sequence[str], objects: Sequence[str]) -> bool:
    return not set(left).isdisjoint(subjects) and not set(right).isdisjoint(objects)


def _properties(tokens: Sequence[Token], scope: Mapping[str, Bound], schema: Schema) -> Iterator[Found]:
    for place in range(len(tokens) - 2):
        owner, dot, name = tokens[place : place + 3]
        is_start = not place or not tokens[place - 1].says(".")
        bound = scope.get(owner.called) if owner.kind in {"name", "quoted"} and is_start and dot.says(".") else None
        if bound and bound.kind in {"node", "link", "links"}:
            everything = _node_labels(schema) if bound.kind == "node" else tuple(schema.links)
            names = [known for known in bound.names if known in everything] or list(everything)
            yield from _property(name.called, names, name.line, schema)


def _property(name: str, types: Collection[str], line: int, schema: Schema) -> Iterator[Found]:
    known = {prop.name for owner in types for prop in schema.record(owner).stored}
    if name not in known:
        shown = ", ".join(sorted(known)) if len(types) < 3 else "no type of this kind has it"  # noqa: PLR2004 - two types
        yield line, f"{' or '.join(types) if len(types) < 3 else 'the model'} has no property {name}; {shown}"  # noqa: PLR2004
