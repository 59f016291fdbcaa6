"""What a file of questions must keep, so that both engines read it and give the same rows in the same order.

Parameters declared are the `$names` used; columns declared are the aliases of the last RETURN; ORDER BY tells all rows
apart (`graphkit.queries.ordering`); and `graphkit.dialect` finds nothing that one engine cannot read or answers
wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkit import dialect
from graphkit.queries.headers import ANY, TODAY
from graphkit.queries.ordering import unordered_columns
from graphkit.values import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.queries.headers import Column, Header, Parameter
    from graphkit.queries.query import Query
    from graphkit.schema import Schema

__all__ = ["problems_of"]


def problems_of(query: Query, header: Header, text: str, schema: Schema) -> Iterator[tuple[int, str]]:
    """What is wrong with a question, by line."""
    yield from header.problems
    yield from _header_problems(query, header)
    yield from _body_problems(text, query, schema)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", query.name):
        yield 0, f"{query.name!r} is no name for a question; write snake_case, such as suppliers_of.cypher"


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
    for line, loose in unordered_columns(text):
        open_order = f"ORDER BY leaves open how rows are ordered that differ in {', '.join(loose)}"
        yield line, f"{open_order}; end it with what tells them apart, such as the id of each claim (r.id)"
