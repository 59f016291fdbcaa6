"""The Cypher that both engines read and answer alike.

`check` names every rule that a text breaks, with the line and the safe spelling. The rules come in three kinds:

- shapes: what the embedded engine answers wrongly without an error; an ad hoc query must keep those that
  `Store.cypher_rules` names;
- common: what only one engine reads, or the two read differently;
- names: labels, link types, properties and directions that the model does not have.

A file of questions must keep all of them; nothing that writes is a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit.dialect import common, names, shapes
from graphkit.dialect.clauses import branches, outputs, statements
from graphkit.dialect.tokens import nesting, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from graphkit.dialect.clauses import Clause
    from graphkit.schema import Schema

    Rule = Callable[[Sequence[Clause]], Iterator[tuple[int, str]]]

__all__ = ["ALL", "Finding", "check", "columns", "parameters", "union_parts"]

SHAPES: Mapping[str, Rule] = MappingProxyType(
    {
        "chain-condition": shapes.chain_conditions,
        "path-quantifier": shapes.path_quantifiers,
        "path-zero": shapes.zero_length_parts,
        "trim": shapes.trimmed_texts,
    }
)
ALL = frozenset({*SHAPES, *common.RULES, "names", "writing"})
"""The names of all rules."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule broken: where, and how to write it instead."""

    line: int
    message: str


def check(text: str, schema: Schema, *, rules: Collection[str] = ALL) -> list[Finding]:
    """Find what breaks the rules, by line.

    A text that holds more than one statement, or a quote that never closes, is always found.

    Args:
        text: The Cypher text; comments may hold anything.
        schema: The model that names must be in.
        rules: The rules to keep; see `ALL` and `graphkit.stores.base.Store.cypher_rules`.
    """
    found = set(_always(text))
    for statement in statements(text):
        parts = branches(statement)
        for name in rules:
            if name in SHAPES:
                found |= {finding for branch in parts for finding in SHAPES[name](branch)}
            elif name in common.RULES:
                found |= set(common.RULES[name](statement, parts))
        if "names" in rules:
            found |= {finding for branch in parts for finding in names.unknown_names(branch, schema)}
        if "writing" in rules:
            found |= set(common.writing(parts))
    return sorted(Finding(*finding) for finding in found)


def parameters(text: str) -> dict[str, int]:
    """The names of the parameters used, with the line of their first use."""
    found: dict[str, int] = {}
    for token in tokenize(text):
        if token.kind == "parameter":
            found.setdefault(token.called, token.line)
    return found


def union_parts(text: str) -> list[str]:
    """The branches that UNION ALL joins, each as a text of its own."""
    parts, depth = [""], 0
    tokens = list(tokenize(text))
    words = [token for token in tokens if token.kind not in {"space", "comment"}]
    joints = {id(one): two for one, two in pairwise(words) if one.says("UNION") and two.says("ALL")}
    skipped: set[int] = set()
    for token in tokens:
        depth += nesting(token)
        if id(token) in joints and not depth:
            skipped.add(id(joints[id(token)]))
            parts.append("")
        elif id(token) not in skipped:
            parts[-1] += token.text
    return [part.strip() for part in parts]


def columns(text: str) -> list[tuple[int, tuple[str | None, ...], bool]]:
    """For each branch of UNION: the line of its RETURN, the names of its columns, and whether it is ordered."""
    found = []
    for tokens in statements(text)[:1]:
        for branch in branches(tokens):
            last = next((clause for clause in reversed(branch) if clause.word == "RETURN"), None)
            if last:
                found.append((last.line, tuple(item.name for item in outputs(branch)), bool(last.order)))
    return found


def _always(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize(text):
        if token.kind == "broken":
            yield token.line, f"{token.text[:2] if token.text[0] == '/' else token.text[0]} is never closed"
    for extra in statements(text)[1:]:
        yield extra[0].line, "one statement at a time; remove the semicolon and what follows it"
