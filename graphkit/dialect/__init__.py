"""The Cypher that both engines read and answer alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.dialect.clauses import branches, outputs, statements
from graphkit.dialect.tokens import tokenize

if TYPE_CHECKING:
    from graphkit.schema import Schema

__all__ = ["Finding", "check", "columns", "parameters"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule broken: where, and how to write it instead."""

    line: int
    message: str


def check(text: str, schema: Schema) -> list[Finding]:  # noqa: ARG001 - rules follow
    """Find what breaks the rules."""
    return []


def parameters(text: str) -> dict[str, int]:
    """The names of the parameters used, with the line of their first use."""
    found: dict[str, int] = {}
    for token in tokenize(text):
        if token.kind == "parameter":
            found.setdefault(token.called, token.line)
    return found


def columns(text: str) -> list[tuple[int, tuple[str | None, ...], bool]]:
    """For each branch of UNION: the line of its RETURN, the names of its columns, and whether it is ordered."""
    found = []
    for tokens in statements(text)[:1]:
        for branch in branches(tokens):
            last = next((clause for clause in reversed(branch) if clause.word == "RETURN"), None)
            if last:
                found.append((last.line, tuple(item.name for item in outputs(branch)), bool(last.order)))
    return found
