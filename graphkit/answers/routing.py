"""Routes between two nodes, hop by hop: found from both ends, so that no engine enumerates paths.

`// @routes from first to second via from_id to to_id as route by hop` makes routes of a one-hop body. The body is
asked about `$frontier` and returns every link at one of these ids, whichever way it points: `from_id` is the id of the
frontier, `to_id` the other end; a cell that says `->` or `<-` is turned when the hop is taken the other way. Half of
`$max_hops` rounds go from either end; then the routes between the two are laid out of the hops found, the shortest
first, none longer than `$max_hops`, none through a node twice, at most `$limit` of them. The runner numbers them in
column `route` and their hops in column `hop`; every hop keeps its rows, so links of several types between the same two
nodes stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, pairwise
from typing import TYPE_CHECKING, cast

from graphkit.answers.walks import ask_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkit.queries.query import Query
    from graphkit.stores.base import Store

__all__ = ["routes"]

Row = dict[str, object]
TURNED = {"->": "<-", "<-": "->"}
Hops = dict[str, dict[str, list[Row]]]
"""The rows of each hop, by the node it leaves and the node it enters."""


def routes(store: Store, query: Query, arguments: Mapping[str, object]) -> list[Row]:
    """Ask a one-hop body from both ends and lay out the routes between them."""
    way = query.routes
    if way is None:
        raise TypeError(f"{query.name} has no routes")
    first, second = str(arguments[way.first]), str(arguments[way.second])
    longest, most = cast("int", arguments["max_hops"]), cast("int", arguments["limit"])
    there = _explore(store, query, arguments, first, (longest + 1) // 2)
    back = _explore(store, query, arguments, second, longest // 2)
    hops = _joined(there, back, query)
    rows: list[Row] = []
    for number, nodes in enumerate(islice(_shortest_first(hops, first, second, longest), most), 1):
        for hop, (before, after) in enumerate(pairwise(nodes), 1):
            rows += [row | {way.number: number, way.hop: hop} for row in hops[before][after]]
    return rows


def _explore(store: Store, query: Query, arguments: Mapping[str, object], start: str, rounds: int) -> list[Row]:
    way = query.routes
    found: list[Row] = []
    seen, frontier = {start}, [start]
    for _ in range(rounds):
        if not frontier or way is None:
            break
        rows = ask_body(store, query, arguments, frontier=frontier)
        found += rows
        frontier = sorted({str(row[way.to]) for row in rows} - seen)
        seen |= set(frontier)
    return found


def _joined(there: list[Row], back: list[Row], query: Query) -> Hops:
    """The hops in the direction of travel: those found from the far end are turned round."""
    way = query.routes
    hops: Hops = defaultdict(lambda: defaultdict(list))
    if way is None:
        return hops
    known: set[tuple[object, ...]] = set()
    turned = [_turned(row, way.via, way.to) for row in back]
    for row in (*there, *turned):
        key = tuple(tuple(value) if isinstance(value, list) else value for value in row.values())
        if row[way.via] != row[way.to] and key not in known:
            known.add(key)
            hops[str(row[way.via])][str(row[way.to])].append(row)
    return hops


def _turned(row: Row, via: str, to: str) -> Row:
    """The same hop taken the other way: ids and names change places, arrows turn."""
    name, other = via.removesuffix("_id"), to.removesuffix("_id")
    swapped = {via: row[to], to: row[via], name: row[other], other: row[name]}
    return {column: swapped.get(column, TURNED.get(str(value), value)) for column, value in row.items()}


def _shortest_first(hops: Hops, first: str, second: str, longest: int) -> Iterator[tuple[str, ...]]:
    """Routes by length, then by ids; a step that cannot arrive in time is not taken."""
    left = _distances(hops, second, longest)

    def go(nodes: tuple[str, ...], steps: int) -> Iterator[tuple[str, ...]]:
        if not steps:
            yield from (nodes,) if nodes[-1] == second else ()
            return
        for node in sorted(hops[nodes[-1]]) if nodes[-1] in hops else ():
            if node not in nodes and left.get(node, longest) <= steps - 1 and (node != second or steps == 1):
                yield from go((*nodes, node), steps - 1)

    for length in range(1, longest + 1):
        yield from go((first,), length)


def _distances(hops: Hops, second: str, longest: int) -> dict[str, int]:
    """How far each node is from the far end, against the direction of travel."""
    before: dict[str, set[str]] = defaultdict(set)
    for node, following in hops.items():
        for after in following:
            before[after].add(node)
    distances, frontier = {second: 0}, {second}
    for distance in range(1, longest + 1):
        frontier = {node for after in frontier for node in before[after]} - distances.keys()
        distances |= dict.fromkeys(frontier, distance)
    return distances
