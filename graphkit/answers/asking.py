"""Asking a question and knowing what the answer stands on.

A body returns its facts claim by claim or merged, as is easiest to write; what two rows agree in is one row of the
answer, which stands on the claims of both. `// @newest share; amount currency` keeps claims that differ in these
columns in one row too: the value shown is that of the newest claim that knows one (by the day since which it holds,
then by the day on which its source was published), then of the more certain one. A group such as `amount currency` is
taken from one claim together; what every claim has, such as `certainty`, is in a group that of the claim that knows
the rest, and alone that of the newest. What the others say is not lost: their ids are in `claims`, `contradictions`
lists them.

Cells: unknown is None (also where a body says `''`), a text has no outer blanks, a list is a tuple. Lists declared with
`[]` are sets, as claims are: rows that differ in them only are one row with all their members, sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from graphkit.answers import arguments as given
from graphkit.answers.evidence import Claim, read_claims
from graphkit.answers.routing import routes
from graphkit.answers.walks import ask_with_pairs, reach, walk
from graphkit.provenance import CERTAINTY
from graphkit.queries.query import CLAIMS, PROOF
from graphkit.values import FIRST_DAY, last_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graphkit.queries.query import Query
    from graphkit.stores.base import Store

__all__ = ["Answer", "ask"]

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered.

    Attributes:
        query: The question.
        arguments: What it was told, names resolved and defaults filled in.
        rows: Its rows, each by declared column.
        meanings: What the names that it was told were taken for.
    """

    query: Query
    arguments: Mapping[str, object]
    rows: tuple[Mapping[str, object], ...]
    meanings: tuple[given.Meaning, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the question was understood: names that other nodes bear as well."""
        return tuple(str(meaning) for meaning in self.meanings if meaning.namesakes)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.query.columns)

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims that it stands on."""
        return tuple(sorted({claim for row in self.rows for claim in cast("tuple[str, ...]", row.get(CLAIMS) or ())}))

    def evidence(self, store: Store) -> tuple[Claim, ...]:
        """The claims that it stands on, in full, by id."""
        return read_claims(store, self.claims)


def ask(
    store: Store,
    query: Query,
    arguments: Mapping[str, object],
    *,
    names: given.Resolver | None = None,
    queries: Mapping[str, Query] | None = None,
    today: str,
) -> Answer:
    """Ask a store a question.

    Args:
        store: Where the graph lives.
        query: What to ask.
        arguments: Values of its parameters by name.
        names: Turns names of nodes into ids; without it only ids are understood.
        queries: All questions, for those that walk along another one.
        today: The day that `today` means.

    Raises:
        QueryError: a parameter is missing, unknown or not of its type.
        NotFoundError: a name stands for nothing.
        AmbiguousError: a name stands for several nodes.
        StoreError: the store does not answer.
    """
    told = given.clean(query, arguments, names=names, today=today)
    rows = _merged(store, query, _rows(store, query, told, queries or {}))
    meant = tuple(given.meanings(query, arguments, names)) if names else ()
    return Answer(query, MappingProxyType(told), tuple(MappingProxyType(row) for row in rows), meant)


def _rows(store: Store, query: Query, told: Mapping[str, object], queries: Mapping[str, Query]) -> list[Row]:
    if query.walk:
        return walk(store, query, told, queries).rows
    if query.reach:
        return reach(store, query, told, queries).rows
    if query.routes:
        return routes(store, query, told)
    return ask_with_pairs(store, query, told, queries)


def _merged(store: Store, query: Query, rows: Sequence[Row]) -> list[Row]:
    """Make one row of those that state the same fact, in the order of their first."""
    sets = {column.name for column in query.columns if column.type.is_many or column.name == CLAIMS}
    loose = {name for group in query.newest for name in group} | sets
    names = [column.name for column in query.columns]
    facts: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        clean = {name: _cell(value, is_set=name in sets) for name, value in row.items()}
        facts.setdefault(tuple(clean[name] for name in names if name not in loose), []).append(clean)
    published = _published(store) if query.newest and rows else {}
    return [_fact(query, names, sets, parts, published) for parts in facts.values()]


def _cell(value: object, *, is_set: bool) -> object:
    if is_set and not isinstance(value, list | tuple):
        return () if value in (None, "") else (value,)
    if isinstance(value, list | tuple):
        return tuple(sorted({part for part in value if part not in (None, "")})) if is_set else tuple(value)
    return value.strip() or None if isinstance(value, str) else value


def _fact(
    query: Query, names: Sequence[str], sets: Collection[str], parts: list[Row], published: Mapping[str, str]
) -> Row:
    fact = {name: parts[0][name] for name in names}
    for name in sets:
        fact[name] = tuple(sorted({member for part in parts for member in cast("tuple[str, ...]", part[name])}))
    if query.newest:
        parts.sort(key=lambda part: _trust(part, published), reverse=True)
    for group in query.newest:
        own = [name for name in group if name not in PROOF]
        known = next((part for part in parts if any(part[name] is not None for name in own)), parts[0])
        fact |= {name: known[name] for name in group}
    return fact


def _trust(part: Row, published: Mapping[str, str]) -> tuple[str, str, int, object]:
    since, certainty, source = (str(part[name]) for name in PROOF)
    return since, published.get(source, FIRST_DAY), -CERTAINTY.choices.index(certainty), part.get(CLAIMS)


def _published(store: Store) -> dict[str, str]:
    rows = store.read(
        "MATCH (s:Source) WHERE s.published IS NOT NULL RETURN s.id AS id, s.published AS day ORDER BY id"
    )
    return {str(row["id"]): last_day(str(row["day"])) for row in rows}
