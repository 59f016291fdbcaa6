"""What both engines read, and read alike: Neo4j 5.26 to 2026 and ladybug 0.22.0, measured text by text.

Each rule looks at one statement, as tokens and as branches, and says what to write instead.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit.dialect.clauses import outputs
from graphkit.dialect.scopes import steps
from graphkit.dialect.tokens import closing
from graphkit.dialect.words import FUNCTIONS, INSTEAD, KEYWORDS, LONGEST, RESERVED, WRITING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphkit.dialect.clauses import Clause
    from graphkit.dialect.patterns import Entity, Path
    from graphkit.dialect.scopes import Step
    from graphkit.dialect.tokens import Token

    Rule = Callable[[Sequence[Token], Sequence[Sequence[Clause]]], Iterator[tuple[int, str]]]

__all__ = ["RULES", "writing"]

Found = tuple[int, str]


def writing(parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:
    """Clauses that change the graph."""
    for clause in (clause for branch in parts for clause in branch):
        if clause.word in WRITING:
            yield clause.line, f"{clause.word} writes; questions only read (load changes with `graphkit load`)"


def _functions(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for place, token in enumerate(tokens[:-1]):
        if token.kind != "name" or not tokens[place + 1].says("(") or token.says(*KEYWORDS):
            continue
        name = token.text.lower()
        if name not in FUNCTIONS:
            hint = INSTEAD.get(name, f"use one of {', '.join(sorted(FUNCTIONS))}")
            yield token.line, f"{token.text}() is not the same in both engines; {hint}"


def _procedures(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:
    for branch in parts:
        for clause in branch:
            if clause.word in {"CALL", "YIELD", "USE", "SHOW", "EXPLAIN", "PROFILE"}:
                yield clause.line, f"{clause.word} is not the same in both engines; write it with MATCH and WITH"
    for place, token in enumerate(tokens[:-2]):
        if not tokens[place + 1].says("{"):
            continue
        if token.says("COLLECT"):
            yield token.line, "COLLECT { } is read by one engine only; use collect() after MATCH"
        if token.says("EXISTS", "COUNT") and not tokens[place + 2].says("MATCH"):
            yield token.line, f"{token.text.upper()} {{ needs MATCH: `{token.text.upper()} {{ MATCH (a)-[:T]->(b) }}`"


def _ordered_with(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for branch in parts:
        for clause in branch:
            if clause.word == "WITH" and clause.order and not clause.is_limited:
                yield clause.line, "WITH ... ORDER BY must be followed by SKIP or LIMIT; add `SKIP 0`"


def _reserved(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:
    for place, token in enumerate(tokens):
        if token.kind == "parameter" and token.called.lower() in RESERVED:
            yield token.line, f"${token.called} is a reserved word in one engine; choose another name"
        elif token.kind == "name" and token.text.lower() in RESERVED and place and tokens[place - 1].says("AS"):
            yield token.line, f"{token.text} is a reserved word in one engine; choose another name"
    for path in _paths(parts):
        variables = [path.variable, *(part.variable for part in _entities(path))]
        for name in (name for name in variables if name and name.lower() in RESERVED):
            yield path.line, f"{name} is a reserved word in one engine; choose another name"


def _entities(path: Path) -> list[Entity]:
    return [*path.nodes, *(link.inner for link in path.links)]


def _aliases(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for branch in parts:
        for step in steps(branch):
            if step.clause.word not in {"WITH", "RETURN"}:
                continue
            for item in step.clause.items:
                bound = step.before.get(item.name or "")
                if item.name is None:
                    yield item.line, "every column needs a name: `expression AS name`"
                elif bound and bound.kind != "value" and not item.is_plain:
                    yield (
                        item.line,
                        f"{item.name} is already a variable; name the column otherwise, such as {item.name}_id",
                    )


def _lengths(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for path in _paths(parts):
        if path.is_wrapped:
            yield path.line, "a word before a pattern is read by one engine only; match the pattern itself"
        for link in path.links:
            low, high = link.bounds or (1, 1)
            if low is None or high is None or high > LONGEST:
                yield link.inner.line, f"a variable length needs two numbers, up to {LONGEST}: `*1..6`"
        for entity in _entities(path):
            if entity.has_where:
                yield entity.line, "WHERE inside a pattern is read by one engine only; put it after the pattern"


def _paths(parts: Sequence[Sequence[Clause]]) -> Iterator[Path]:
    return (path for branch in parts for step in steps(branch) for path in step.paths)


def _lists(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for place, token in enumerate(tokens):
        if token.says("["):
            inner = tokens[place + 1 : closing(tokens, place)]
            before = tokens[place - 1] if place else None
            is_index = before is not None and (before.kind in {"name", "quoted", "parameter"} or before.says(")", "]"))
            is_index = is_index and not before.says(*KEYWORDS) if before else False
            if is_index and not _is_portable_index(inner):
                yield (
                    token.line,
                    "one engine counts lists from 0, the other from 1; use list[0..k] and list[0..k][-1]",
                )
            elif not is_index and len(inner) > 1 and inner[1].says("IN"):
                yield token.line, "list comprehensions are read by one engine only; UNWIND the list and collect()"
        elif token.says("||"):
            yield token.line, "|| is read by one engine only; use +"


def _is_portable_index(inner: Sequence[Token]) -> bool:
    texts = [token.text for token in inner]
    return texts == ["-", "1"] or (len(texts) == 3 and texts[:2] == ["0", ".."])  # noqa: PLR2004 - 0 .. k


def _texts(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    """Text + null is null in Neo4j and the text in ladybug."""
    for place, token in enumerate(tokens):
        if not token.says("+"):
            continue
        before, after = tokens[max(place - 3, 0) : place], tokens[place + 1 : place + 4]
        if (_is_property(before) and after[:1] and after[0].kind == "string") or (
            before and before[-1].kind == "string" and _is_property(after)
        ):
            yield (
                token.line,
                "text + null is null in one engine and the text in the other; write coalesce(n.x, '') + 'y'",
            )


def _is_property(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 3 and tokens[1].says(".") and tokens[0].kind == tokens[2].kind == "name"  # noqa: PLR2004 - n . x


def _maps(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:  # noqa: ARG001 - one signature
    for branch in parts:
        for clause in branch:
            if clause.word.endswith("MATCH"):
                continue
            if clause.tokens and clause.tokens[0].says("*"):
                yield clause.line, f"{clause.word} * hides what it gives; name the columns"
            for place, token in enumerate(clause.tokens):
                before = clause.tokens[place - 1] if place else None
                if token.says("{") and not (before and before.says("EXISTS", "COUNT", "COLLECT")):
                    yield token.line, "maps come back differently from the two engines; return plain values and lists"


def _tests(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:
    for place, token in enumerate(tokens[:-1]):
        if token.kind == "parameter" and tokens[place + 1].says("IS"):
            yield (
                token.line,
                f"a parameter that is null has no type; declare {token.text} `= any` and test {token.text} = ''",
            )
        if token.says("ALL", "ANY", "NONE", "SINGLE") and tokens[place + 1].says("("):
            for inner in tokens[place + 2 : closing(tokens, place + 1)]:
                if inner.kind == "parameter":
                    yield (
                        inner.line,
                        f"{token.text}() must not hold a parameter; write `{inner.text} IN list`, or bind it by WITH",
                    )
    for step in (step for branch in parts for step in steps(branch)):
        yield from _label_tests(step)


def _label_tests(step: Step) -> Iterator[Found]:
    where = step.clause.where
    for place, token in enumerate(where[:-1]):
        bound = step.after.get(token.called) if token.kind == "name" else None
        if bound and bound.kind == "node" and where[place + 1].says(":") and not where[place - 1].says("("):
            yield token.line, "a label is no condition for one engine; write it in the pattern: `(n:Company)`"


def _unions(tokens: Sequence[Token], parts: Sequence[Sequence[Clause]]) -> Iterator[Found]:
    if len(parts) == 1:
        return
    for place, token in enumerate(tokens):
        if token.says("UNION") and not (place + 1 < len(tokens) and tokens[place + 1].says("ALL")):
            yield token.line, "write UNION ALL; rows that agree are merged when they are read"
    first = [item.name for item in outputs(parts[0])]
    for branch in (branch for branch in parts if branch):
        items = outputs(branch)
        if [item.name for item in items] != first:
            shown = ", ".join(map(str, first))
            yield branch[-1].line, f"every branch of UNION returns the same columns in the same order: {shown}"
        for item in items:
            if len(item.expression) == 1 and item.expression[0].says("NULL"):
                message = "null has no type; return '' for a text, CASE WHEN false THEN 0.0 END for a number"
                yield item.line, message


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "functions": _functions,
        "procedures": _procedures,
        "ordered-with": _ordered_with,
        "reserved": _reserved,
        "aliases": _aliases,
        "lengths": _lengths,
        "lists": _lists,
        "maps": _maps,
        "texts": _texts,
        "tests": _tests,
        "unions": _unions,
    }
)
"""The rules by name."""
