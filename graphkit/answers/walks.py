"""Reach over many tiers, hop by hop: enumerating paths explodes on real graphs, asking the next hop does not.

`// @walk from product via part_id to whole_id as tier` makes a one-hop body a walk. The body is asked round by round
about `$frontier`, a list of ids: first the node that parameter `product` names, then every id that came up in column
`whole_id` and was not seen before, until nothing is new or `$max_tier` rounds are done. `via_id` is the node of the
frontier that a row hops from; the runner adds column `tier`, the number of the round.

- A node has one tier: the first round that reaches it. Rows that lead to a node of an earlier round (or back to the
  start: rings) are dropped, so that each node stands at its nearest tier, once for each node it is reached from there.
  With `, every hop` they are kept: then the answer holds every link between the nodes reached, once, as a bill of
  materials must. Every node is asked about only once either way, so rings end.
- A row is one hop, and its `claims` are those of that hop; the hops before it are rows of the same answer. A column of
  type `route` is filled with the names on the nearest way to the row.
- A column of type `widest` holds the largest number that the hops of the way tell in it, its own included. Of several
  nodes at the same tier the way over the smallest number is the nearest, then that over the smallest id.
- `including kinds` starts also from all that the walk of question `kinds` reaches from the same node, at its tier 0.
  `$start` holds these ids, for hops that are allowed only from there.

`// @reach from product along where_used at product_id as tier` asks an ordinary body about all that another question's
walk reaches: `$reached` holds these ids, start included; the body returns one of them in column `product_id`, the
runner adds its tier, its route and its `widest`, adds the claims of every hop on that route to the claims of the row,
and puts nearer tiers first.

`// @pairs lists from products along kinds` gives a body `$lists`, a list of maps: `root`, each id that parameter
`products` names (or `reached`, each id reached), `id`, the root itself or an id that the walk of `kinds` reaches from
it, and `claims`, those of the hops between them (`['']` where there is none, because a list needs a type).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, cast

from graphkit import dialect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.queries.query import Query
    from graphkit.stores.base import Store

__all__ = ["Arrival", "Walked", "ask_body", "ask_with_pairs", "reach", "walk"]

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a walk came to a node: in which round, over which nodes and claims, and how wide the widest hop is."""

    tier: int
    route: tuple[str, ...]
    claims: frozenset[str] = frozenset()
    widest: int = 1


@dataclass(slots=True)
class Walked:
    """What a walk found: its rows, how each node was reached, and what the nodes are called."""

    rows: list[Row] = field(default_factory=list)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def route(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The names of nodes on the way."""
        return tuple(self.names.get(node, node) for node in ids)


def ask_body(store: Store, query: Query, arguments: Mapping[str, object], **given: object) -> list[Row]:
    """Ask a body, branch by branch, each with those parameters that it uses.

    The embedded engine gives the branches of UNION ALL in any order; asked one by one they keep that of the file.
    """
    rows: list[Row] = []
    for text, used in _parts(query.text):
        rows += store.read(text, {name: value for name, value in {**arguments, **given}.items() if name in used})
    return rows


@cache
def _parts(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The branches of a body, each with the names of its parameters."""
    return tuple((part, frozenset(dialect.parameters(part))) for part in dialect.union_parts(text))


def ask_with_pairs(
    store: Store, query: Query, arguments: Mapping[str, object], queries: Mapping[str, Query]
) -> list[Row]:
    """Ask a body with the lists of pairs that its header promises it."""
    given = {
        pairs.name: _pairs(store, arguments[pairs.roots], queries[pairs.along], arguments, queries)
        for pairs in query.pairs
    }
    return ask_body(store, query, arguments, **given)


def walk(
    store: Store,
    query: Query,
    arguments: Mapping[str, object],
    queries: Mapping[str, Query],
    *,
    every_hop: bool = False,
) -> Walked:
    """Ask a one-hop body round by round."""
    way = query.walk
    if way is None:
        raise TypeError(f"{query.name} does not walk")
    walked = _started(store, arguments[way.start], way.including, arguments, queries)
    start = frontier = sorted(walked.arrivals)
    rounds = cast("int | None", arguments.get("max_tier"))
    tier = 0
    while frontier and (rounds is None or tier < rounds):
        tier += 1
        found = ask_body(store, query, arguments, frontier=frontier, start=start)
        _learn_names(walked, found, way.via, way.to)
        _widen(walked, found, way.via, query.widest_column)
        arrivals = _arrivals(walked, found, query, tier)
        kept = [row | {way.tier: tier} for row in found if every_hop or way.every_hop or row[way.to] in arrivals]
        _add_routes(walked, query, kept, way.via, way.to)
        walked.rows += kept
        walked.arrivals |= arrivals
        frontier = sorted(arrivals)
    return walked


def reach(store: Store, query: Query, arguments: Mapping[str, object], queries: Mapping[str, Query]) -> Walked:
    """Ask a body about all that the walk of another question reaches."""
    way = query.reach
    if way is None:
        raise TypeError(f"{query.name} does not reach")
    along = queries[way.along]
    walked = walk(store, along, _passed_on(along, arguments, arguments[way.start]), queries)
    rows = ask_with_pairs(store, query, {**arguments, "reached": sorted(walked.arrivals)}, queries)
    _learn_names(walked, rows, way.at)
    walked.rows = []
    for row in rows:
        arrival = walked.arrivals[str(row[way.at])]
        claims = arrival.claims.union(cast("list[str]", row.get("claims") or ()))
        walked.rows.append(row | {way.tier: arrival.tier} | ({"claims": sorted(claims)} if "claims" in row else {}))
        for column in query.route_columns:
            walked.rows[-1][column] = walked.route(arrival.route)
        if query.widest_column:
            walked.rows[-1][query.widest_column] = arrival.widest
    walked.rows.sort(key=lambda row: cast("int", row[way.tier]))
    return walked


def _started(
    store: Store, start: object, including: str | None, arguments: Mapping[str, object], queries: Mapping[str, Query]
) -> Walked:
    if including is None:
        return Walked(arrivals={node: Arrival(0, (node,)) for node in _ids(start)})
    along = queries[including]
    before = walk(store, along, _passed_on(along, arguments, start), queries)
    return Walked(
        arrivals={node: replace(arrival, tier=0) for node, arrival in before.arrivals.items()}, names=before.names
    )


def _ids(start: object) -> list[str]:
    return cast("list[str]", start if isinstance(start, list) else [start])


def _pairs(
    store: Store, roots: object, along: Query, arguments: Mapping[str, object], queries: Mapping[str, Query]
) -> list[Row]:
    """Each root with itself and with all that is reached from it."""
    if along.walk is None:
        raise TypeError(f"{along.name} does not walk")
    walked = walk(store, along, _passed_on(along, arguments, roots), queries, every_hop=True)
    hops: dict[str, dict[str, set[str]]] = {}
    for row in walked.rows:
        hop = hops.setdefault(str(row[along.walk.via]), {}).setdefault(str(row[along.walk.to]), set())
        hop.update(cast("list[str]", row.get("claims") or ()))
    return [
        {"root": root, "id": node, "claims": sorted(claims) or [""]}
        for root in _ids(roots)
        for node, claims in _reached_from(root, hops).items()
    ]


def _reached_from(root: str, hops: Mapping[str, Mapping[str, set[str]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {root: set()}
    frontier = [root]
    while frontier:
        new: dict[str, set[str]] = {}
        for before in frontier:
            for node, claims in sorted(hops.get(before, {}).items()):
                if node not in found:
                    new.setdefault(node, found[before] | claims)
        found |= new
        frontier = sorted(new)
    return found


def _passed_on(along: Query, arguments: Mapping[str, object], start: object) -> dict[str, object]:
    """What another question is told: the same start, and whatever both are told."""
    passed = {param.name: arguments[param.name] for param in along.params if param.name in arguments}
    return passed | ({along.walk.start: start} if along.walk else {})


def _learn_names(walked: Walked, rows: Sequence[Row], *columns: str) -> None:
    """The name of the node in column `part_id` stands in column `part`."""
    for column in columns:
        name = column.removesuffix("_id")
        walked.names |= {str(row[column]): str(row[name]) for row in rows if row.get(name)}


def _widen(walked: Walked, rows: Sequence[Row], via: str, column: str | None) -> None:
    for row in rows if column else ():
        row[str(column)] = max(cast("int", row[str(column)]), walked.arrivals[str(row[via])].widest)


def _arrivals(walked: Walked, rows: Sequence[Row], query: Query, tier: int) -> dict[str, Arrival]:
    """How the new nodes of this round were reached: the narrowest way, then that from the smallest id."""
    way, column = query.walk, query.widest_column
    if way is None:
        raise TypeError(f"{query.name} does not walk")
    nearest: dict[str, tuple[int, str]] = {}
    claims: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        node, here = str(row[way.to]), (cast("int", row[column]) if column else 1, str(row[way.via]))
        if row[way.to] and node not in walked.arrivals:
            nearest[node] = min(here, nearest.get(node, here))
            claims.setdefault((here[1], node), set()).update(cast("list[str]", row.get("claims") or ()))
    return {
        node: Arrival(
            tier,
            (*walked.arrivals[before].route, node),
            walked.arrivals[before].claims | claims[before, node],
            widest,
        )
        for node, (widest, before) in nearest.items()
    }


def _add_routes(walked: Walked, query: Query, rows: Sequence[Row], via: str, to: str) -> None:
    for column in query.route_columns:
        for row in rows:
            row[column] = walked.route((*walked.arrivals[str(row[via])].route, str(row[to])))
