"""The map as a document: what is drawn, where, and who says so; the page and every other reader draw from it alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, Problem
from graphkit.maps import rows
from graphkit.maps.cleaning import clean_text
from graphkit.maps.facts import merge
from graphkit.maps.layout import Spot, arrange, label_width
from graphkit.maps.palette import NONE, looks
from graphkit.maps.search import fold, traditional
from graphkit.maps.segments import belonging, colouring, with_parents
from graphkit.maps.tiers import assign
from graphkit.maps.words import CERTAINTIES, FLOWS, Flow, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.maps.facts import Fact
    from graphkit.records import Link, Node

__all__ = ["LARGE", "LEGIBLE", "SCHEMA", "MapDoc", "Omitted", "build"]

LARGE = 1500
"""More nodes than this are not drawn one by one unless that is asked for."""

LEGIBLE = 500
"""A map of more nodes opens as the overview, since their names would not be read; one click draws the nodes."""

VERSION = 1

SCHEMA = files(__package__).joinpath("document.schema.json")
"""The contract between Python and the page: a JSON Schema that describes every part of the document."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """What a map leaves out of what it was asked to show, and why."""

    nodes: int = 0
    links: int = 0
    reason: str = ""


@dataclass(frozen=True)
class MapDoc:
    """A map as plain data, version 1, as SCHEMA describes it; canonical: the same facts give the same text.

    Attributes:
        data: The document, of the types that JSON has.
    """

    data: Mapping[str, Any]

    @cached_property
    def json(self) -> str:
        """Canonical JSON, safe inside a script element.

        Raises:
            InputError: a number in it is not finite; the message names the node or link.
        """
        try:
            text = json.dumps(self.data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        except ValueError:
            raise InputError([Problem("map", 0, "", message) for message in _not_finite(self.data)]) from None
        for char in "&<>\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return text

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.data["title"])

    @property
    def size(self) -> tuple[int, int]:
        """How many nodes and links are drawn."""
        return len(self.data["nodes"]), len(self.data["edges"])

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes that travel with the map: own words beside the claims, perhaps not meant for everybody."""
        return rows.notes(self.data["edges"], self.data["reports"])


@dataclass(frozen=True)
class _World:
    """All that is drawn, sorted, before it is written down."""

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    reports: Mapping[str, Sequence[Link]]
    own: Mapping[str, Sequence[str]]
    segments: Mapping[str, Node]
    sources: Mapping[str, Node]
    named: Mapping[str, Node] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def build(  # noqa: PLR0913 - the words of the page: each has a name and a default
    nodes: Iterable[Node],
    links: Iterable[Link],
    *,
    title: str,
    as_of: str,
    query: str = "",
    focus: Iterable[str] = (),
    omitted: Omitted | None = None,
    highlight: Mapping[str, str] | None = None,
    public: bool = False,
    lang: str = "both",
    group_by_segment: bool = False,
    segments: bool = False,
    unlinked: bool = True,
    full: bool = False,
    named: Iterable[Node] = (),
) -> MapDoc:
    """Describe the map of some nodes and claims.

    Args:
        nodes: Companies and products to draw; segments that colour them; sources that name the evidence.
        links: Claims between them; claims with an end that is not among the nodes are left out and counted.
        title: The title of the page.
        as_of: The day for which the map holds, or nothing where it holds for all days; never the clock.
        query: What was asked, as words for the reader.
        focus: Ids of the nodes that the map is about.
        omitted: What the caller has left out already.
        highlight: Words by id of a node or claim, such as `lost`; the page marks them and lists the words.
        public: Leave out all notes.
        lang: `zh`, `en` or `both`: the language in which the page opens.
        group_by_segment: Keep segments together within a column, at the cost of more crossings.
        segments: Draw segments and IN_SEGMENT links too.
        unlinked: Draw nodes without any drawn link; without them, the page says how many were left out.
        full: Draw every node whatever their number.
        named: Nodes that are not drawn, and lend their names to the claims that speak of them, such as the product
            of a supply.
    """
    world, left_out = _world(nodes, links, with_segments=segments)
    world = replace(world, marks=dict(highlight or {}), named={node.id: node for node in named})
    if not unlinked:
        world, lonely = _linked_only(world, set(focus))
        left_out = Omitted(left_out.nodes + lonely, left_out.links, left_out.reason)
    head = {
        "v": VERSION,
        "title": clean_text(title),
        "as_of": clean_text(as_of),
        "query": clean_text(query),
        "lang": lang,
        "public": public,
        "focus": sorted(set(focus) & {node.id for node in world.nodes}),
        **_views(world, full=full, about=bool(focus or highlight)),
        "omitted": _all_omitted(left_out, omitted or Omitted()),
    }
    return MapDoc(head | _body(world, public=public, group_by_segment=group_by_segment))


def _world(nodes: Iterable[Node], links: Iterable[Link], *, with_segments: bool) -> tuple[_World, Omitted]:
    by_id = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    segments = {node.id: node for node in by_id.values() if node.type == "Segment"}
    sources = {node.id: node for node in by_id.values() if node.type == "Source"}
    kinds = {"Source"} if with_segments else {"Source", "Segment"}
    drawn = {node.id: node for node in by_id.values() if node.type not in kinds}
    published = {name: str(source.properties.get("published") or "") for name, source in sources.items()}
    claims = list({link.id: link for link in links}.values())
    asked = [link for link in claims if link.type != "REPORTS" and (with_segments or link.type != "IN_SEGMENT")]
    between = [link for link in asked if link.subject in drawn and link.object in drawn]
    lost = len(asked) - len(between)
    world = _World(
        tuple(drawn.values()),
        merge(between, published),
        rows.reports_by_node(claims, published),
        belonging(claims, segments),
        segments,
        sources,
    )
    return world, Omitted(0, lost, "")


def _views(world: _World, *, full: bool, about: bool) -> dict[str, str]:
    """As what the nodes can be drawn, and as what the page opens; what a map is about is seen among the nodes."""
    count = len(world.nodes)
    view = "full" if full else "overview" if count > LARGE else "nodes"
    dense = view == "nodes" and count > LEGIBLE and not about
    return {"view": view, "opens": "overview" if dense or view == "overview" else "nodes"}


def _linked_only(world: _World, keep: set[str]) -> tuple[_World, int]:
    linked = {end for fact in world.facts for end in (fact.subject, fact.object)} | keep
    nodes = tuple(node for node in world.nodes if node.id in linked)
    lonely = len(world.nodes) - len(nodes)
    return replace(world, nodes=nodes), lonely


def _all_omitted(found: Omitted, told: Omitted) -> dict[str, Any]:
    return {
        "unlinked": found.nodes,
        "nodes": told.nodes,
        "links": found.links + told.links,
        "reason": clean_text(told.reason) if told.nodes or told.links else "",
    }


def _body(world: _World, *, public: bool, group_by_segment: bool) -> dict[str, Any]:
    colour = colouring(world.nodes, world.facts, world.own)
    tiers = assign(world.nodes, world.facts)
    layout = arrange(
        [Spot(node.id, tiers[1][node.id], node.type == "Company", _room(node)) for node in world.nodes],
        [(fact.subject, fact.object) for fact in world.facts],
        (lambda node: colour.get(node, "~")) if group_by_segment else None,
    )
    counted = Counter(colour.values())
    used = {name for names in world.own.values() for name in names} | set(counted)
    legend = sorted(with_parents(used & set(world.segments), world.segments), key=lambda name: (-counted[name], name))
    flows = _flows(world.facts)
    writer = rows.Writer(world.sources, [flow.word.id for flow in flows], legend, public=public)
    return {
        "segments": _segment_rows(legend, world.segments),
        "tiers": [_word(word) for word in tiers[0]],
        "heads": [[head.tier, head.x0, head.x1, head.firms, head.others] for head in layout.heads],
        "types": [[*_word(flow.word), flow.along, flow.tip] for flow in flows],
        "certainties": [_word(word) for word in CERTAINTIES],
        "node_columns": rows.NODE_COLUMNS,
        "nodes": [
            writer.node(
                node,
                tiers[1][node.id],
                layout.points[node.id],
                world.own.get(node.id, ()),
                colour.get(node.id),
                world.marks.get(node.id, ""),
            )
            for node in world.nodes
        ],
        "edge_columns": rows.EDGE_COLUMNS,
        "edges": writer.edges(world.nodes, world.facts, world.marks),
        "report_columns": rows.REPORT_COLUMNS,
        "reports": writer.reports(world.nodes, world.reports),
        "named": _named(world),
        "sources": writer.sources(),
        "locators": writer.locators(),
        "traditional": traditional(fold(name) for node in world.nodes for name in rows.names(node)),
    }


def _named(world: _World) -> dict[str, list[str]]:
    """Names of what claims speak of and the map does not draw."""
    drawn = {node.id for node in world.nodes}
    spoken = {fact.product for fact in world.facts} - drawn
    return {clean_text(name): list(rows.names(world.named[name])[:2]) for name in sorted(spoken & set(world.named))}


def _room(node: Node) -> int:
    return label_width(*rows.names(node)[:2])


def _flows(facts: Iterable[Fact]) -> list[Flow]:
    """The types that are drawn, in the order of the words, unknown ones last."""
    found = {fact.type for fact in facts}
    known = [flow for name, flow in FLOWS.items() if name in found]
    return known + [Flow(Word(name, name, name), 0, "full") for name in sorted(found - set(FLOWS))]


def _segment_rows(legend: Sequence[str], segments: Mapping[str, Node]) -> list[list[Any]]:
    look = looks(legend)
    return [
        [
            name,
            *rows.names(segments[name])[:2],
            *look.get(name, NONE),
            clean_text(segments[name].properties.get("parent")),
        ]
        for name in legend
    ]


def _word(word: Word) -> list[str]:
    return [word.id, word.zh, word.en]


def _not_finite(data: Mapping[str, Any]) -> list[str]:
    found = []
    for part in ("nodes", "edges", "reports"):
        for row in data[part]:
            try:
                json.dumps(row, allow_nan=False)
            except ValueError:
                name = row[0] if part == "nodes" else f"{part} of {data['nodes'][row[1 if part == 'edges' else 0]][0]}"
                found.append(f"{name} holds a number that is not finite; leave unknown values out")
    return found or ["a number is not finite"]
