"""Nodes, facts and reported numbers written down as rows of the document, each under its list of columns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graphkit.maps.cleaning import clean_text, clean_url
from graphkit.maps.facts import VALUES, newest_first
from graphkit.maps.search import initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.maps.facts import Fact
    from graphkit.records import Link, Node
    from graphkit.values import Value

__all__ = ["EDGE_COLUMNS", "NODE_COLUMNS", "REPORT_COLUMNS", "Writer", "names", "notes", "reports_by_node"]

NODE_COLUMNS = [
    *("id", "type", "zh", "en", "tier", "x", "y", "colour", "segments"),
    *("country", "kind", "initials", "tickers", "aliases", "added", "mark"),
]
EDGE_COLUMNS = ["id", "a", "b", "type", "claims", "share", "product", "role", "disputed", "mark"]
REPORT_COLUMNS = ["node", "metric", "period", "value", "unit", "text", "certainty", "source", "locator", "note"]
CLAIM_NOTE = 4
"""In which cell of a claim its note stands; see Writer."""


def names(node: Node) -> tuple[str, ...]:
    """Chinese name, English name, then the aliases, cleaned; where it has no name at all, its id stands as English."""
    zh, en = clean_text(node.properties.get("name_zh")), clean_text(node.properties.get("name_en"))
    return (zh, en or ("" if zh else clean_text(node.id)), *_texts(node.properties.get("aliases")))


def notes(edges: Iterable[Sequence[Any]], reports: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    """The notes that rows of edges and reports hold."""
    at = EDGE_COLUMNS.index("claims")
    claims = [claim for edge in edges for cell in edge[at : at + 1] for claim in cell]
    cells = [(claim, CLAIM_NOTE) for claim in claims]
    cells += [(report, REPORT_COLUMNS.index("note")) for report in reports]
    return tuple(row[place] for row, place in cells if len(row) > place and row[place])


def reports_by_node(links: Iterable[Link], published: Mapping[str, str]) -> dict[str, tuple[Link, ...]]:
    """The numbers that sources give for each node, newest source first."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.type == "REPORTS":
            found[link.object].append(link)
    return {node: newest_first(reports, published) for node, reports in sorted(found.items())}


class Writer:
    """Writes rows that refer to sources, locators, types and segments by number."""

    def __init__(
        self, sources: Mapping[str, Node], types: Sequence[str], segments: Sequence[str], *, public: bool
    ) -> None:
        self._known = sources
        self._types = {name: number for number, name in enumerate(types)}
        self._segments = {name: number for number, name in enumerate(segments)}
        self._public = public
        self._sources: dict[str, int] = {}
        self._locators: dict[str, int] = {}

    def node(
        self,
        node: Node,
        tier: int,
        point: tuple[int, int],
        segments: Iterable[str],
        colour: str | None,
        mark: str,
    ) -> list[Any]:
        """A row of NODE_COLUMNS."""
        zh, en, *aliases = names(node)
        given = node.properties
        kind = given.get("level") if node.type == "Product" else given.get("kind")
        return _trimmed(
            *(clean_text(node.id), node.type.lower(), zh, en, tier, *point),
            -1 if colour is None else self._segments.get(colour, -1),
            [self._segments[name] for name in segments if name in self._segments],
            *(clean_text(given.get("country")), clean_text(kind), initials(zh)),
            *(_texts(given.get("tickers")), aliases, _texts(given.get("added")), clean_text(mark)),
        )

    def edges(self, nodes: Sequence[Node], facts: Iterable[Fact], marks: Mapping[str, str]) -> list[list[Any]]:
        """A row of EDGE_COLUMNS for each fact; a fact is marked if any of its claims is."""
        number = {node.id: index for index, node in enumerate(nodes)}
        return [
            _trimmed(
                *(fact.id, number[fact.subject], number[fact.object], self._types[fact.type]),
                [self._claim(claim) for claim in fact.claims],
                *(fact.share, clean_text(fact.product), clean_text(fact.role), list(fact.disputed)),
                clean_text(next((marks[claim.id] for claim in fact.claims if claim.id in marks), "")),
            )
            for fact in facts
        ]

    def _claim(self, claim: Link) -> list[Any]:
        """Source, locator, certainty, the values it gives, note, first and last day, address."""
        given = claim.properties
        return _trimmed(
            *self._evidence(given),
            clean_text(given.get("certainty")),
            {name: _plain(given[name]) for name in VALUES if given.get(name) is not None},
            self._note(given),
            clean_text(given.get("valid_from")),
            clean_text(given.get("valid_to")),
            clean_url(given.get("url")) or "",
        )

    def reports(self, nodes: Sequence[Node], reports: Mapping[str, Sequence[Link]]) -> list[list[Any]]:
        """A row of REPORT_COLUMNS for each number of a drawn node."""
        return [
            _trimmed(
                *(index, clean_text(given.get("metric")), clean_text(given.get("period"))),
                *(given.get("value"), clean_text(given.get("unit")), clean_text(given.get("text"))),
                *(clean_text(given.get("certainty")), *self._evidence(given), self._note(given)),
            )
            for index, node in enumerate(nodes)
            for given in (report.properties for report in reports.get(node.id, ()))
        ]

    def sources(self) -> list[list[Any]]:
        """Id, title, publisher, day of publication and address of each source that is referred to."""
        return [self._source(name) for name in self._sources]

    def locators(self) -> list[str]:
        """The places in sources that are referred to."""
        return list(self._locators)

    def _source(self, name: str) -> list[Any]:
        given = self._known[name].properties if name in self._known else {}
        title, publisher, published = (clean_text(given.get(key)) for key in ("title", "publisher", "published"))
        return [clean_text(name), title or clean_text(name), publisher, published, clean_url(given.get("url")) or ""]

    def _evidence(self, given: Mapping[str, Value]) -> tuple[int, int]:
        return self._number(given.get("source"), self._sources), self._number(given.get("locator"), self._locators)

    def _number(self, value: Value, seen: dict[str, int]) -> int:
        text = clean_text(value)
        return seen.setdefault(text, len(seen)) if text else -1

    def _note(self, given: Mapping[str, Value]) -> str:
        return "" if self._public else clean_text(given.get("note"))


def _trimmed(*cells: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON has
    """A row without the empty cells at its end, which readers fill in."""
    row = list(cells)
    while row and (row[-1] is None or row[-1] in ("", [], {})):
        row.pop()
    return row


def _texts(value: Value) -> list[str]:
    return [clean_text(text) for text in value] if isinstance(value, tuple | list) else []


def _plain(value: Value) -> Value:
    return clean_text(value) if isinstance(value, str) else value
