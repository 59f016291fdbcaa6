"""Which part of a graph to look at: around a node, up or down the chain from it, between two, or within a segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import networkx as nx

from graphkit.errors import QueryError
from graphkit.exports import links as all_links
from graphkit.exports import nodes as all_nodes
from graphkit.provenance import CERTAINTY
from graphkit.values import DATE, first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkit.analyses.chain import Direction
    from graphkit.records import Link, Node
    from graphkit.schema import Schema
    from graphkit.stores.base import Store

__all__ = ["HOPS", "Part", "Subgraph", "select"]

ASIDE = ("IN_SEGMENT", "REPORTS")
"""Links that tell about a node but lead nowhere."""

LONGEST_ROUTE = 6
"""How many links a route between two nodes may have."""


HOPS = 2
"""How far around its focus a map goes, unless it is told."""


@dataclass(frozen=True, slots=True)
class Part:
    """What to look at.

    Attributes:
        focus: Ids of the nodes that it is about; all nodes when empty.
        hops: How far around the focus; `HOPS` when None.
        direction: Only what flows into the focus (upstream) or what it flows into, at any distance.
        between: Two ids: only what lies on a shortest route between them, or one longer by a link.
        segment: Id of a segment: only its members and those of its parts.
        types: Only these link types; all when empty.
        certainty: Only claims this sure; all when empty.
        as_of: Only claims that hold on this day (or at some time in this month or year); all when None.
    """

    focus: tuple[str, ...] = ()
    hops: int | None = None
    direction: Direction | None = None
    between: tuple[str, ...] = ()
    segment: str | None = None
    types: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of a graph: its nodes (segments and sources included), its claims, what they mention, what is left out."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    omitted_nodes: int = 0
    omitted_links: int = 0
    focus: tuple[str, ...] = field(default=())
    named: tuple[Node, ...] = field(default=())


def select(store: Store, part: Part) -> Subgraph:
    """Take a part out of a store.

    Raises:
        QueryError: a link type or a certainty does not exist, no route joins the two nodes, or what is asked for does
            not go together.
    """
    _refuse_unknown(store, part)
    _refuse_mixed(part)
    nodes, every = tuple(all_nodes(store)), tuple(all_links(store))
    links = tuple(link for link in every if _wanted(link, part))
    drawn = [node for node in nodes if node.type in {"Company", "Product"}]
    kept = {node.id for node in drawn}
    if part.focus or part.between or part.segment:
        kept = _kept(store.schema, part, nodes, links)
    inside = tuple(link for link in links if _inside(link, kept))
    return Subgraph(
        tuple(node for node in nodes if node.id in kept or node.type in {"Segment", "Source"}),
        inside,
        sum(node.id not in kept for node in drawn),
        sum(link.type not in ASIDE for link in every) - sum(link.type not in ASIDE for link in inside),
        part.focus or part.between or ((part.segment,) if part.segment else ()),
        _mentioned(nodes, inside),
    )


def _mentioned(nodes: Sequence[Node], links: Sequence[Link]) -> tuple[Node, ...]:
    """The nodes that claims speak of beside their ends, such as the product supplied."""
    named = {link.properties.get("product") for link in links}
    return tuple(node for node in nodes if node.id in named)


def _refuse_unknown(store: Store, part: Part) -> None:
    for word, known in (
        *((name, tuple(store.schema.links)) for name in part.types),
        *((name, CERTAINTY.choices) for name in part.certainty),
    ):
        if word not in known:
            raise QueryError(f"{word!r} is none of {', '.join(known)}")
    if part.as_of is not None:
        try:
            DATE.clean(part.as_of)
        except ValueError as error:
            raise QueryError(str(error)) from None


def _refuse_mixed(part: Part) -> None:
    if part.direction and not part.focus:
        raise QueryError(f"{part.direction} of what? name a node")
    if part.hops is not None and not part.focus:
        raise QueryError("hops around what? name a node")
    if part.hops is not None and part.direction:
        raise QueryError(f"{part.direction} goes to any distance; ask for that, or for hops")
    if sum(map(bool, (part.focus, part.between, part.segment))) > 1:
        raise QueryError("a map is about nodes, about a segment, or about the routes between two nodes; ask for one")


def _wanted(link: Link, part: Part) -> bool:
    if link.type not in ASIDE and part.types and link.type not in part.types:
        return False
    if part.certainty and link.properties.get("certainty") not in part.certainty:
        return False
    return part.as_of is None or _overlaps(link, part.as_of)


def _overlaps(link: Link, day: str) -> bool:
    since, until = (link.properties.get(name) for name in ("valid_from", "valid_to"))
    start, end = first_day(str(since) if since else None), last_day(str(until) if until else None)
    return start <= last_day(day) and first_day(day) <= end


def _inside(link: Link, kept: set[str]) -> bool:
    if link.type in ASIDE:
        return link.subject in kept or link.object in kept
    return link.subject in kept and link.object in kept


def _kept(schema: Schema, part: Part, nodes: Sequence[Node], links: Sequence[Link]) -> set[str]:
    if part.segment:
        return _members(part.segment, nodes, links)
    flows = [(link.subject, link.object) for link in links if link.type not in ASIDE]
    if part.between:
        return _on_routes(nx.Graph(flows), *part.between)
    if part.direction:
        flow = nx.DiGraph(_flow(schema, links))
        walk = nx.ancestors if part.direction == "upstream" else nx.descendants
        return {*part.focus, *(node for start in part.focus if start in flow for node in walk(flow, start))}
    graph = nx.Graph(flows)
    hops = HOPS if part.hops is None else part.hops
    return {
        node
        for start in part.focus
        for node in (nx.single_source_shortest_path_length(graph, start, hops) if start in graph else [start])
    }


def _flow(schema: Schema, links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    for link in links:
        if flow := schema.links[link.type].flow:
            yield (link.subject, link.object) if flow > 0 else (link.object, link.subject)


def _members(segment: str, nodes: Sequence[Node], links: Sequence[Link]) -> set[str]:
    tree = nx.DiGraph((str(node.properties["parent"]), node.id) for node in nodes if node.properties.get("parent"))
    segments = {segment, *(nx.descendants(tree, segment) if segment in tree else ())}
    return {link.subject for link in links if link.type == "IN_SEGMENT" and link.object in segments}


def _on_routes(graph: nx.Graph[str], start: str, end: str) -> set[str]:
    """The nodes on routes between two nodes that are shortest, or longer by one link."""
    missing = start not in graph or end not in graph
    if missing or not nx.has_path(graph, start, end):
        raise QueryError(f"no route joins {start} and {end}")
    shortest = int(nx.shortest_path_length(graph, start, end))
    if shortest > LONGEST_ROUTE:
        raise QueryError(f"the shortest route from {start} to {end} has {shortest} links, more than {LONGEST_ROUTE}")
    from_start = nx.single_source_shortest_path_length(graph, start, shortest + 1)
    from_end = nx.single_source_shortest_path_length(graph, end, shortest + 1)
    return {node for node, far in from_start.items() if far + from_end.get(node, shortest + 2) <= shortest + 1}
