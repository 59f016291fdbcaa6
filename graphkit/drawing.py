"""Maps of a graph: which part, under which title, with which marks; the drawing itself is `graphkit.maps`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkit.errors import QueryError
from graphkit.loading.history import as_known
from graphkit.loading.journal import load_called
from graphkit.maps import ChainMap, Omitted, build, chain_map
from graphkit.maps.diff import diff
from graphkit.records import Link, Node
from graphkit.stores.base import AddLinks, AddNodes
from graphkit.subgraphs import HOPS, Part, Subgraph, select

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graphkit.names import Names
    from graphkit.records import Table
    from graphkit.schema import Schema
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["Look", "draw", "draw_difference"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a map looks.

    Attributes:
        title: The title of the page; made of what is drawn when None.
        lang: `zh`, `en` or `both`.
        group_by_segment: Keep segments together within a column.
        public: Leave out all notes.
        full: Draw every node, whatever their number.
        marks: Words such as `lost` by id of a node or claim, which the page marks and lists.
    """

    title: str | None = None
    lang: str = "both"
    group_by_segment: bool = False
    public: bool = False
    full: bool = False
    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def draw(store: Store, names: Names, part: Part, look: Look, claims: Collection[str] = ()) -> ChainMap:
    """Draw a part of a graph.

    Args:
        store: The graph.
        names: Its names, for the title.
        part: Which part.
        look: How it looks.
        claims: Only these claims and their ends, by id; all of the part when empty.

    Raises:
        QueryError: there is nothing such to draw.
    """
    chosen = select(store, part)
    if claims:
        chosen = _only(chosen, set(claims))
        if not chosen.links:
            raise QueryError("the answer stands on no claim in this part of the graph; there is nothing to draw")
    english = {node.id: node.properties.get("name_en") for node in chosen.nodes} if look.lang == "en" else {}
    about = " · ".join(str(english.get(node) or names.name_of(node)) for node in chosen.focus)
    whole = "AI compute" if look.lang == "en" else "AI算力"
    return _drawn(chosen, look, about or whole, _asked(part, about), part.as_of or "")


def draw_difference(store: Store, older: str, newer: str, look: Look) -> ChainMap:
    """Draw what became new, changed or went between two loads, and what it touches.

    Raises:
        NotFoundError: there is no such load.
    """
    older, newer = load_called(store, older), load_called(store, newer)
    found = diff(_state(store, older), _state(store, newer))
    chosen = Subgraph(
        tuple(node for node in found.nodes if node.id in found.touched or node.type in {"Segment", "Source"}),
        tuple(link for link in found.links if {link.subject, link.object} <= found.touched),
    )
    changes = "Changes in the" if look.lang == "en" else "变化"
    return _drawn(chosen, replace(look, marks={**look.marks, **found.marks}), changes, f"{older} → {newer}", "")


def _drawn(chosen: Subgraph, look: Look, about: str, asked: str, as_of: str) -> ChainMap:
    return chain_map(
        build(
            chosen.nodes,
            chosen.links,
            title=look.title or f"{about} {'supply chain' if look.lang == 'en' else '供应链图谱'}",
            as_of=as_of,
            query=asked,
            focus=chosen.focus,
            omitted=Omitted(chosen.omitted_nodes, chosen.omitted_links),
            highlight=look.marks,
            public=look.public,
            lang=look.lang,
            group_by_segment=look.group_by_segment,
            unlinked=bool(chosen.focus),
            full=look.full,
            named=chosen.named,
        )
    )


def _asked(part: Part, about: str) -> str:
    """What a map was asked for, as words for its reader."""
    if not about:
        return ""
    if part.between:
        return f"routes: {about}"
    if part.segment:
        return f"segment: {about}"
    hops = HOPS if part.hops is None else part.hops
    return f"{part.direction} of {about}" if part.direction else f"{about}, {hops} hop{'' if hops == 1 else 's'}"


def _only(chosen: Subgraph, claims: set[str]) -> Subgraph:
    links = tuple(link for link in chosen.links if link.id in claims)
    ends = {end for link in links for end in (link.subject, link.object)}
    beside = tuple(link for link in chosen.links if link.type == "IN_SEGMENT" and link.subject in ends)
    nodes = tuple(node for node in chosen.nodes if node.id in ends or node.type in {"Segment", "Source"})
    return replace(chosen, nodes=nodes, links=tuple({link.id: link for link in (*links, *beside)}.values()))


def _state(store: Store, load: str) -> tuple[list[Node], list[Link]]:
    """The nodes and claims as they were after a load."""
    nodes: list[Node] = []
    links: list[Link] = []
    for change in as_known(store, load):
        match change:
            case AddNodes(table) if table.type in store.schema.nodes:
                nodes += _nodes(store.schema, table)
            case AddLinks(table, _):
                links += _links(store.schema, table)
    return nodes, links


def _nodes(schema: Schema, table: Table) -> list[Node]:
    names = [prop.name for prop in schema.nodes[table.type].properties if prop.name != "id"]
    return [Node(table.type, str(row["id"]), _stated(row, names)) for row in table.rows()]


def _links(schema: Schema, table: Table) -> list[Link]:
    names = [prop.name for prop in schema.links[table.type].properties]
    return [
        Link(table.type, str(row["id"]), str(row["subject"]), str(row["object"]), _stated(row, names))
        for row in table.rows()
    ]


def _stated(row: Mapping[str, Value], names: Sequence[str]) -> dict[str, Value]:
    return {name: row[name] for name in names if name in row}
