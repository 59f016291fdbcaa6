"""Cypher text as tokens: strings, comments and backticks may hold anything, and nothing in them counts.

Joining the texts of all tokens gives the text back, character by character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Token", "TokenKind", "significant", "split", "tokenize"]

TokenKind = Literal["space", "comment", "string", "quoted", "parameter", "number", "name", "sign", "broken"]

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>//[^\r\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
    | (?P<number>0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<broken>(?:['"`]|/\*).*)
    | (?P<sign><=|>=|<>|=~|\.\.|\|\||\+=|.)
    """,
    re.VERBOSE | re.DOTALL,
)

OPENING, CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text and the line that it begins on; `broken` is a quote or comment that never closes."""

    kind: TokenKind
    text: str
    line: int

    def says(self, *words: str) -> bool:
        """Whether it is one of these signs or, in whatever case, one of these words; words are given in capitals."""
        return self.kind in {"name", "sign"} and self.text.upper() in words

    @property
    def called(self) -> str:
        """The name that it gives, without `$` and backticks."""
        bare = self.text.removeprefix("$") if self.kind == "parameter" else self.text
        return bare[1:-1].replace("``", "`") if bare.startswith("`") else bare


def tokenize(text: str) -> Iterator[Token]:
    """Cut a text into tokens."""
    line = 1
    for match in _TOKEN.finditer(text):
        yield Token(cast("TokenKind", match.lastgroup), match[0], line)
        line += match[0].count("\n")


def significant(text: str) -> list[Token]:
    """The tokens of a text without spaces and comments."""
    return [token for token in tokenize(text) if token.kind not in {"space", "comment"}]


def split(tokens: Sequence[Token], sign: str) -> list[Sequence[Token]]:
    """Cut tokens at a sign wherever it stands outside all brackets."""
    parts, depth, start = [], 0, 0
    for place, token in enumerate(tokens):
        depth += nesting(token)
        if not depth and token.says(sign):
            parts.append(tokens[start:place])
            start = place + 1
    return [*parts, tokens[start:]] if tokens else []


def nesting(token: Token) -> int:
    """1 where a bracket opens, -1 where one closes."""
    if token.kind != "sign":
        return 0
    return (token.text in OPENING) - (token.text in CLOSING)


def closing(tokens: Sequence[Token], start: int) -> int:
    """Place of the bracket that closes the one at `start`; the end where none does."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += nesting(tokens[place])
        if not depth:
            return place
    return len(tokens)
