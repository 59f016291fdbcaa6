"""Questions: one file, one question, for both engines.

`cypher/NAME.cypher` is `queries["NAME"]`, `graphkit query NAME`, its cases in `tests/cypher/`, its row in the README.
`graphkit.queries.headers` tells the grammar of the `//` block on top. When a folder is loaded, every file is checked
(`graphkit.queries.checking`), and all problems of all files are raised at once.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem, QueryError
from graphkit.queries.checking import problems_of
from graphkit.queries.headers import read_header
from graphkit.queries.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.schema import Schema

__all__ = ["load_folder", "load_text", "named"]


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
