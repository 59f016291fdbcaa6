"""Questions: one file, one question, for both engines.

`cypher/NAME.cypher` is `queries["NAME"]`, `graphkit query NAME`, its cases in `tests/cypher/`, its row in the README.
`graphkit.queries.headers` tells the grammar of the `//` block on top. When a folder is loaded, every file is checked,
and all problems of all files are raised at once: parameters declared are the `$names` used; columns declared are the
aliases of the last RETURN; ORDER BY is there; and `graphkit.dialect` finds nothing that one engine cannot read or
answers wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit import dialect
from graphkit.errors import InputError, Problem
from graphkit.queries.headers import ANY, TODAY, Header, read_header
from graphkit.values import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.queries.headers import Column, Pairs, Parameter, Reach, Routes, Walk
    from graphkit.schema import Schema

__all__ = ["Query", "load_folder", "load_text"]

CLAIMS, ROUTE = "claims", "route"
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
        own = [column.name for column in self.columns if column.type.text != ROUTE and column.name not in ways]
        return (*own, *(name for name in PROOF if self.newest and name not in own))

    @property
    def route_columns(self) -> tuple[str, ...]:
        """The columns that hold the names on a way."""
        return tuple(column.name for column in self.columns if column.type.text == ROUTE)

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
    problems = [*header.problems, *_header_problems(query, header), *_body_problems(text, query, schema)]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        problems.append((0, f"{name!r} is no name for a question; write snake_case, such as suppliers_of.cypher"))
    return query, [Problem(str(path or name), line, "", message) for line, message in problems]


def _header_problems(query: Query, header: Header) -> Iterator[tuple[int, str]]:
    yield from _repeats(header.params)
    yield from _repeats(header.columns)
    as_of = next((param for param in query.params if param.name == "as_of"), None)
    if as_of is None or as_of.type.kind is not DATE or as_of.default != TODAY:
        yield (as_of.line if as_of else 1), "every question is asked as of a day: `// @param as_of date = today`"
    if not query.columns:
        yield 1, "the file declares no columns; write `// @column name type  Meaning.` for each"
    for param in query.params:
        yield from _default_problems(param)
    names = {column.name for column in query.columns}
    for name in (name for group in query.newest for name in group if name not in names):
        yield 1, f"@newest names {name}, which is no column"
    yield from _walk_problems(query, names)


def _repeats(declared: list[Parameter] | list[Column]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for part in declared:
        if part.name in seen:
            yield part.line, f"{part.name} is declared twice"
        seen.add(part.name)


def _default_problems(param: Parameter) -> Iterator[tuple[int, str]]:
    if param.default in {None, TODAY}:
        return
    if param.default == ANY:
        if not param.type.is_many and param.type.kind.storage != "text":
            yield param.line, f"{param.name} cannot be any {param.type.text}; give it a value as default"
        return
    try:
        param.type.kind.clean(param.default)
    except ValueError as error:
        yield param.line, f"the default of {param.name}: {error}"


def _walk_problems(query: Query, columns: set[str]) -> Iterator[tuple[int, str]]:
    """What the lines @walk, @reach, @pairs and @routes name and the file does not declare."""
    starts = {param.name for param in query.params if param.type.labels or param.type.is_claim}
    if sum(map(bool, (query.walk, query.reach, query.routes))) > 1:
        yield 1, "a question has one of @walk, @reach and @routes"
    for line, params, names in _ways(query):
        for name in sorted(set(params) - starts - ({"reached"} if query.reach else set())):
            yield line, f"{name} is no parameter that takes a node"
        for name in sorted(set(names) - columns):
            yield line, f"{name} is no column"
    if query.routes and not {"max_hops", "limit"} <= {param.name for param in query.params}:
        yield query.routes.line, "routes need the parameters max_hops and limit"


def _ways(query: Query) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Each such line: the parameters and the columns that it names."""
    if walk := query.walk:
        yield walk.line, (walk.start,), (walk.via, walk.to, walk.tier)
    if reach := query.reach:
        yield reach.line, (reach.start,), (reach.at, reach.tier)
    if routes := query.routes:
        yield routes.line, (routes.first, routes.second), (routes.via, routes.to, routes.number, routes.hop)
    for pairs in query.pairs:
        yield pairs.line, (pairs.roots,), ()


def _body_problems(text: str, query: Query, schema: Schema) -> Iterator[tuple[int, str]]:
    declared = {param.name: param.line for param in query.params}
    used = dialect.parameters(text)
    for name, line in used.items():
        if name not in declared and name not in query.given:
            yield line, f"${name} is not declared; write `// @param {name} type  Meaning.`"
    for name, line in declared.items():
        if name not in used and name not in query.spent:
            yield line, f"parameter {name} is declared but not used"
    for name in sorted(query.given - used.keys() - {"start"} - {pairs.roots for pairs in query.pairs}):
        yield 1, f"the body does not use ${name}, which the header promises it"
    yield from _column_problems(text, query)
    yield from ((finding.line, finding.message) for finding in dialect.check(text, schema))


def _column_problems(text: str, query: Query) -> Iterator[tuple[int, str]]:
    expected = query.body_columns
    returned = dialect.columns(text)
    if not returned:
        yield 0, "the body returns nothing; end it with RETURN ... ORDER BY ..."
    for line, aliases, is_ordered in returned:
        if aliases != expected:
            yield (
                line,
                f"RETURN gives ({', '.join(a or '?' for a in aliases)}), the header declares ({', '.join(expected)})",
            )
        if not is_ordered:
            yield line, "RETURN has no ORDER BY; order the rows down to an id, so that they come the same every time"


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
