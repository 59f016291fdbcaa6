"""Nodes as they are written: names, every other spelling, and the keys that other lists know them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.records import NAMES
from graphkit.values import several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.records import Table
    from graphkit.values import Value

__all__ = ["COLUMNS", "Found", "Spellings", "is_key", "spellings_of"]

COLUMNS = ("id", *NAMES, "aliases", "tickers")
"""What is read of a node to know how it is written."""

_KEY = re.compile(r"[a-z][a-z0-9_.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """A node and how it is written.

    Attributes:
        names: What it is usually called.
        aliases: Every other spelling, and its tickers.
        keys: What other lists know it by, such as `lei:549300...`; only the very same key leads to it.
    """

    type: str
    id: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every spelling, the usual names first."""
        return self.names + self.aliases


@dataclass(frozen=True, slots=True)
class Found:
    """A node that a text may mean: the spelling that led there, how, and how near (0 to 100)."""

    type: str
    id: str
    name: str
    spelling: str
    how: str
    score: float


def is_key(text: str) -> bool:
    """Whether a text is a key of some list, `list:key`, and no name."""
    return ":" in text and _KEY.fullmatch(text) is not None


def spellings_of(table: Table) -> Iterator[Spellings]:
    """The spellings of each node of a table."""
    empty: list[Value] = [None] * len(table)
    columns = [table.columns.get(name, empty) for name in COLUMNS]
    for node_id, *names, aliases, tickers in zip(*columns, strict=True):
        others = several(aliases)
        keys = tuple(alias for alias in others if is_key(alias))
        yield Spellings(
            table.type,
            str(node_id),
            tuple(str(name) for name in names if name),
            (
                *(others if not keys else (alias for alias in others if alias not in keys)),
                *(form for ticker in several(tickers) for form in _ticker_forms(ticker)),
            ),
            keys,
        )


def _ticker_forms(ticker: str) -> tuple[str, ...]:
    code = re.split(r"[. ]", ticker)[0]
    return (ticker, code) if code != ticker else (ticker,)
