"""Questions: one file, one question, for both engines.

`cypher/NAME.cypher` is `queries["NAME"]`, `graphkit query NAME`, its cases in `tests/cypher/`, its row in the README.
`graphkit.queries.headers` tells the grammar of the `//` block on top. When a folder is loaded, every file is checked
(`graphkit.queries.checking`), and all problems of all files are raised at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem, QueryError
from graphkit.queries.checking import problems_of
from graphkit.queries.headers import read_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.queries.headers import Column, Pairs, Parameter, Reach, Routes, Walk
    from graphkit.schema import Schema

__all__ = ["Query", "load_folder", "load_text", "named"]

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


def load_folder(*folders: str | Path, schema: Schema, shipped: Sequence[str | Path] = ()) -> Mapping[str, Query]:
    """Read all questions of some folders, sorted by name.

    Args:
        folders: Folders whose every file is checked.
        schema: The model that they are checked against.
        shipped: Folders that come first and are only read, because a test has checked them: checking takes some
            milliseconds for each file, which a command would wait for.

    Raises:
        InputError: with every problem of every file; a question that two folders have is one.
    """
    problems: list[Problem] = []
    found: dict[str, Query] = {}
    trusted = set(map(Path, shipped))
    for folder in map(Path, (*shipped, *folders)):
        if not folder.is_dir():
            problems.append(Problem(str(folder), 0, "", "there is no such folder of queries"))
        for path in sorted(folder.glob("*.cypher")):
            if path.stem in found:
                message = f"{path.stem} is already the question of {found[path.stem].path}; choose another name"
                problems.append(Problem(str(path), 0, "", message))
                continue
            query, wrong = _load_file(path, schema, check=folder not in trusted)
            problems += wrong
            found[path.stem] = query
    problems += _unknown_walks(found)
    if problems:
        raise InputError(problems)
    return MappingProxyType(dict(sorted(found.items())))


def named(queries: Mapping[str, Query], name: str) -> Query:
    """The question of that name.

    Raises:
        QueryError: there is none; the nearest are named.
    """
    from rapidfuzz import process

    if name in queries:
        return queries[name]
    near = [found for found, _, _ in process.extract(name, list(queries), limit=3, score_cutoff=50)]
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise QueryError(f"no question is called {name!r}; {hint}`graphkit queries` lists them")


def load_text(text: str, *, name: str, schema: Schema, path: Path | None = None) -> Query:
    """Read one question from its text; what it walks along must be looked up by whoever asks it.

    Raises:
        InputError: with every problem of it.
    """
    query, problems = _load(text, name, schema, path, check=True)
    if problems:
        raise InputError(problems)
    return query


def _load_file(path: Path, schema: Schema, *, check: bool) -> tuple[Query, list[Problem]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8; save it as UTF-8"
        return Query(path.stem, "", (), (), "", path), [Problem(str(path), 0, "", f"cannot be read: {reason}")]
    return _load(text, path.stem, schema, path, check=check)


def _load(text: str, name: str, schema: Schema, path: Path | None, *, check: bool) -> tuple[Query, list[Problem]]:
    header = read_header(text, schema)
    body = "".join(text.splitlines(keepends=True)[header.lines :])
    query = Query(
        name,
        " ".join(line for line in header.prose if line),
        tuple(header.params),
        tuple(header.columns),
        body.strip(),
        path,
        header.newest,
        header.walk,
        header.reach,
        header.pairs,
        header.routes,
    )
    if not check:
        return query, []
    return query, [
        Problem(str(path or name), line, "", said) for line, said in problems_of(query, header, text, schema)
    ]


def _numbers(routes: Routes | None) -> tuple[str, ...]:
    return (routes.number, routes.hop) if routes else ()


def _unknown_walks(queries: Mapping[str, Query]) -> Iterator[Problem]:
    """Walks along questions that do not walk, or that want to be told what this one does not know."""
    for query in queries.values():
        known = {param.name for param in query.params}
        for line, along in _along(query):
            other = queries.get(along)
            if other is None or other.walk is None:
                yield Problem(str(query.path), line, "", f"there is no question {along} that walks")
                continue
            wanted = {param.name for param in other.params if param.default is None and param.name != other.walk.start}
            if missing := sorted(wanted - known):
                yield Problem(str(query.path), line, "", f"{along} must be told {', '.join(missing)}")


def _along(query: Query) -> Iterator[tuple[int, str]]:
    """The questions that a question walks along."""
    if query.walk and query.walk.including:
        yield query.walk.line, query.walk.including
    if query.reach:
        yield query.reach.line, query.reach.along
    for pairs in query.pairs:
        yield pairs.line, pairs.along
