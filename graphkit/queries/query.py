"""A question as it is asked: what it is told, what it tells, its Cypher, and how its body is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.queries.headers import Column, Pairs, Parameter, Reach, Routes, Walk

__all__ = ["CLAIMS", "PROOF", "Query"]

CLAIMS, ROUTE, WIDEST = "claims", "route", "widest"
PROOF = ("since", "certainty", "source")
"""What a body returns beside the declared columns where the newest claim must be told from the others."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, checked.

    Attributes:
        name: Its name everywhere, that of its file.
        doc: What it answers, in full.
        params: What it must be told, in the order of the file.
        columns: What it tells in each row.
        text: The Cypher body.
        path: The file, None where it came from elsewhere.
        newest: Groups of columns whose values come from the newest claim that knows them.
        walk: How its one-hop body is asked round by round, if it is.
        reach: Whose reach it is asked about, if it is.
        pairs: The lists of roots and what is reached from each that the body is given.
        routes: How its one-hop body becomes routes between two nodes, if it does.
    """

    name: str
    doc: str
    params: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    path: Path | None = None
    newest: tuple[tuple[str, ...], ...] = ()
    walk: Walk | None = None
    reach: Reach | None = None
    pairs: tuple[Pairs, ...] = ()
    routes: Routes | None = None

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return re.split(r"(?<=[.?!])\s", self.doc, maxsplit=1)[0]

    @property
    def body_columns(self) -> tuple[str, ...]:
        """The columns that the body itself returns; the others are worked out of the walk."""
        ways = (self.walk and self.walk.tier, self.reach and self.reach.tier, *_numbers(self.routes))
        filled = {ROUTE, WIDEST} if self.reach else {ROUTE}
        own = [column.name for column in self.columns if column.type.text not in filled and column.name not in ways]
        return (*own, *(name for name in PROOF if self.newest and name not in own))

    @property
    def route_columns(self) -> tuple[str, ...]:
        """The columns that hold the names on a way."""
        return tuple(column.name for column in self.columns if column.type.text == ROUTE)

    @property
    def widest_column(self) -> str | None:
        """The column that holds the largest number that a hop of the way tells."""
        return next((column.name for column in self.columns if column.type.text == WIDEST), None)

    @property
    def given(self) -> frozenset[str]:
        """The parameters that nobody declares because the runner sets them."""
        walked = (
            {"frontier", "start"}
            if self.walk
            else {"reached"}
            if self.reach
            else {"frontier"}
            if self.routes
            else set()
        )
        return frozenset(walked | {pairs.name for pairs in self.pairs})

    @property
    def spent(self) -> frozenset[str]:
        """The parameters that the runner may use instead of the body."""
        ways = (self.walk and self.walk.start, self.reach and self.reach.start, *(pairs.roots for pairs in self.pairs))
        ends = {self.routes.first, self.routes.second, "max_hops", "limit"} if self.routes else set()
        return frozenset({"as_of", *(name for name in ways if name), *({"max_tier"} if any(ways) else ()), *ends})


def _numbers(routes: Routes | None) -> tuple[str, ...]:
    return (routes.number, routes.hop) if routes else ()
