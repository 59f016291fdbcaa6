"""What a node type, a link type and a property are: the mechanism, without any content.

A `Schema` is declared once (see `graphkit.model`); seed checks, both engines' tables, upserts, query checks, the README
and the map are read off it. A new property is one line there and nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from graphkit.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.values import Kind

__all__ = ["Flow", "LinkType", "NodeType", "Property", "Schema"]


Flow = Literal[1, -1, 0]
"""Which way goods flow along a link: 1 from subject to object, -1 back, 0 where none flow."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or of a claim.

    Attributes:
        name: Its name everywhere: column of a file, property in Cypher, key in an export.
        kind: The kind of its values.
        meaning: One phrase for the documentation.
        required: Whether a record without it is refused.
        reference: The node type whose id it holds, if any; files may then give any name of that node.
        identifies: Whether it says *which* fact a claim is about rather than what is claimed of it: two claims of one
            source that agree in all identifying properties speak of the same fact.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    reference: str | None = None
    identifies: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """A type of node.

    Attributes:
        name: Its label in Cypher.
        meaning: One phrase for the documentation.
        properties: What a file states of such a node, `id` first.
        bookkeeping: What graphkit works out and keeps on it.
    """

    name: str
    meaning: str
    properties: tuple[Property, ...]
    bookkeeping: tuple[Property, ...] = ()

    @property
    def stored(self) -> tuple[Property, ...]:
        """All that an engine keeps of such a node, in column order."""
        return self.properties + self.bookkeeping

    @property
    def references(self) -> tuple[str, ...]:
        """The properties that hold ids of nodes."""
        return tuple(prop.name for prop in self.properties if prop.reference)


@dataclass(frozen=True, slots=True)
class LinkType:
    """A type of link; every link is a claim that one source makes.

    Attributes:
        name: Its type in Cypher; reads from subject to object.
        meaning: One phrase for the documentation.
        subjects: Labels of the nodes it may leave.
        objects: Labels of the nodes it may enter.
        own: What such a claim says beyond its two ends.
        evidence: What every claim says of itself.
        bookkeeping: What graphkit works out and keeps on it.
        flow: Which way goods flow along it.
        is_mutual: Whether it says the same, whoever is named first.
    """

    name: str
    meaning: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    own: tuple[Property, ...] = ()
    evidence: tuple[Property, ...] = field(default=(), kw_only=True)
    bookkeeping: tuple[Property, ...] = field(default=(), kw_only=True)
    flow: Flow = field(default=0, kw_only=True)
    is_mutual: bool = field(default=False, kw_only=True)

    @property
    def properties(self) -> tuple[Property, ...]:
        """What a file states of such a claim besides its two ends."""
        return self.own + self.evidence

    @property
    def stored(self) -> tuple[Property, ...]:
        """All that an engine keeps of such a claim, in column order."""
        return self.bookkeeping + self.properties

    @property
    def references(self) -> tuple[str, ...]:
        """What holds ids of nodes: the two ends, then properties."""
        return ("subject", "object", *(prop.name for prop in self.properties if prop.reference))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of labels that it may join."""
        return tuple((subject, obj) for subject in self.subjects for obj in self.objects)


@dataclass(frozen=True)
class Schema:
    """All node and link types of a graph, checked against each other when declared.

    Attributes:
        node_types: What the graph is about.
        link_types: What can be said of it.
        journal: Node types in which graphkit keeps how the graph came to be; they have no links.
    """

    node_types: tuple[NodeType, ...]
    link_types: tuple[LinkType, ...]
    journal: tuple[NodeType, ...] = ()

    def __post_init__(self) -> None:
        _refuse_repeats("type", [record.name for record in self.records])
        for record in self.records:
            _refuse_repeats("property", (prop.name for prop in record.stored))
            for prop in record.stored:
                if prop.reference and prop.reference not in self.nodes:
                    raise SchemaError(f"{prop.name} refers to {prop.reference}, which is no node type")
        for link in self.link_types:
            for label in (*link.subjects, *link.objects):
                if label not in self.nodes:
                    raise SchemaError(f"{link.name} joins {label}, which is no node type")

    @property
    def records(self) -> tuple[NodeType | LinkType, ...]:
        """All that an engine keeps a table of."""
        return (*self.node_types, *self.journal, *self.link_types)

    @cached_property
    def nodes(self) -> Mapping[str, NodeType]:
        """Node types by label."""
        return MappingProxyType({node.name: node for node in self.node_types})

    @cached_property
    def links(self) -> Mapping[str, LinkType]:
        """Link types by name."""
        return MappingProxyType({link.name: link for link in self.link_types})

    def record(self, name: str) -> NodeType | LinkType:
        """The type of that name.

        Raises:
            SchemaError: there is none.
        """
        found = self._by_name.get(name)
        if found is None:
            raise SchemaError(f"{name} is no type of this model")
        return found

    @cached_property
    def _by_name(self) -> dict[str, NodeType | LinkType]:
        return {record.name: record for record in self.records}


def _refuse_repeats(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SchemaError(f"{what} {name} is declared twice")
        seen.add(name)
