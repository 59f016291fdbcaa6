"""Random worlds of the supply-chain model: small enough to walk by hand, nasty enough to catch an engine out.

They hold what real claims hold: parallel claims of one fact, rings, self-loops, hubs, unknown shares and dates, facts
that have not begun or have ended, planned ones, Chinese names, quotes, and nodes that nothing is said of.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.model import MODEL
from graphkit.records import Link, Node, Table, claim_ids
from graphkit.stores.base import AddLinks, AddNodes, Change
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.schema import LinkType, Property
    from graphkit.values import Value

__all__ = ["World", "changes", "random_world"]

DAYS = ("2023", "2024-06", "2025-01-15", "2025-06", "2025-11-30", "2026")
WORDS = ("recommended: M8", "铜箔", "O'Hara", 'the "A" list', "冷板\t液冷", "🐉", "Ａ：全角")
COUNTRIES = ("CN", "TW", "US", "JP", "KR")
METRICS = ("price", "eps", "power", "rating")
LOADS = ("2024-01-05T08:00:00", "2025-03-01T12:30:00", "2025-06-20T23:59:59")


@dataclass(frozen=True, slots=True)
class World:
    """Nodes and claims, as values, and the journal of how they came."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    journal: tuple[Node, ...] = ()

    def of(self, *labels: str) -> list[str]:
        """Ids of the nodes with one of the labels."""
        return [node.id for node in self.nodes if node.type in labels]


def random_world(links: int, seed: int) -> World:
    """A world with about so many claims: dense enough for chains and rings, with a few hubs."""
    chance = random.Random(seed)
    nodes = tuple(_nodes(chance, max(6, int(links**0.75 / 4))))
    by_label: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        by_label[node.type].append(node.id)
    made: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for _ in range(links):
        link_type = chance.choice(MODEL.link_types)
        subject, obj = chance.choice(link_type.pairs)
        known = made[link_type.name]
        if known and chance.random() < 0.25:  # somebody else says the same, more or less
            row = dict(chance.choice(known)) | _evidence(chance, by_label)
            if chance.random() < 0.5:
                row |= _own(chance, link_type, by_label)
        else:
            ends: dict[str, Value] = {
                "subject": _pick(chance, by_label[subject]),
                "object": _pick(chance, by_label[obj]),
            }
            row = ends | _own(chance, link_type, by_label) | _evidence(chance, by_label)
        known.append(row)
    found = tuple(link for name, rows in made.items() for link in _links(MODEL.links[name], rows))
    return World(nodes, found, tuple(_journal(chance, found)))


def _journal(chance: random.Random, links: tuple[Link, ...]) -> Iterator[Node]:
    """Three loads, and for some claims a chain of older ones that they replaced."""
    for number, day in enumerate(LOADS):
        yield Node("Load", f"load:{number}", {"at": day, "added": number})
    for link in chance.sample(links, len(links) // 4):
        replaced = link.id
        for step in range(chance.randint(1, 3)):
            record = f"{step}{link.id[1:]}"
            was = {"type": link.type, "record": record, "was": '{"share": 0.5}', "replaced_by": replaced}
            yield Node("Before", f"before:{record}", {"load": f"load:{chance.randrange(len(LOADS))}", **was})
            replaced = record


def _nodes(chance: random.Random, size: int) -> Iterator[Node]:
    for i in range(size):
        yield Node(
            "Company",
            f"company:{i}",
            _known(
                name_zh=f"公司{i}" if i % 3 else None,
                name_en=f"{chance.choice(WORDS)} {i}",
                tickers=(f"{600000 + i}.SS", f"T{i}.O") if i % 2 else None,
                country=chance.choice((None, *COUNTRIES)),
                kind=chance.choice(("listed", "private", "undisclosed")),
            ),
        )
        level = chance.choice(("material", "component", "system", None))
        yield Node("Product", f"product:{i}", _known(name_en=f"Product {i}", level=level))
    segments = max(3, size // 10)
    for i in range(segments):
        parent = f"segment:{chance.randrange(i)}" if i and chance.random() < 0.8 else None
        yield Node("Segment", f"segment:{i}", _known(name_zh=f"板块{i}", parent=parent))
    for i in range(4):
        yield Node("Source", f"source:{i}", {"title": f"Report {i}", "published": f"202{3 + i // 2}-0{i + 1}-01"})


def _known(**properties: Value) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}


def _pick(chance: random.Random, ids: list[str]) -> str:
    """Low numbers more often than high ones: hubs, and nodes that nothing is said of."""
    return ids[int(len(ids) * chance.random() ** 2 * 0.95)]


def _own(chance: random.Random, link_type: LinkType, by_label: Mapping[str, list[str]]) -> dict[str, Value]:
    known = (prop for prop in link_type.own if prop.required or chance.random() < 0.7)
    return {prop.name: _value(chance, prop, by_label) for prop in known}


VALUES: Mapping[str, tuple[Value, ...]] = {
    "metric": METRICS,
    "share": (0.0, 0.1, 0.25, 0.5, 1.0),
    "number": (0.0, 1.0, 2.5, 1e9, -3.0),
    "currency": ("CNY", "USD"),
    "period": ("2024", "2025Q1", "2025-06"),
    "flag": (True, False),
}


def _value(chance: random.Random, prop: Property, by_label: Mapping[str, list[str]]) -> Value:
    if prop.reference:
        return _pick(chance, by_label[prop.reference])
    return chance.choice(VALUES.get(prop.kind.name) or prop.kind.choices or WORDS)


def _evidence(chance: random.Random, by_label: Mapping[str, list[str]]) -> dict[str, Value]:
    start, end = chance.choice((None, *DAYS)), chance.choice((None, None, *DAYS))
    return {
        "valid_from": start,
        "valid_to": end if end is None or start is None or last_day(end) >= first_day(start) else None,
        "certainty": chance.choice(("stated", "planned", "expected", "inferred")),
        "source": chance.choice(by_label["Source"]),
        "locator": f"section {chance.randrange(9)}",
        "note": chance.choice((None, None, *WORDS)),
    }


def _links(link_type: LinkType, rows: list[dict[str, Value]]) -> list[Link]:
    names = ("subject", "object", *(prop.name for prop in link_type.properties))
    ids = claim_ids(link_type, Table(link_type.name, {name: [row.get(name) for row in rows] for name in names}))
    unique = dict(zip(ids, rows, strict=True))
    return [
        Link(
            link_type.name,
            claim,
            str(row["subject"]),
            str(row["object"]),
            _known(**{name: value for name, value in row.items() if name not in {"subject", "object"}}),
        )
        for claim, row in unique.items()
    ]


def changes(nodes: Iterable[Node], links: Iterable[Link], journal: Iterable[Node] = ()) -> list[Change]:
    """What a store must apply to hold these nodes and claims, bookkeeping worked out."""
    nodes = tuple(nodes)
    labels = {node.id: node.type for node in nodes}
    by_label: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for node in (*nodes, *journal):
        by_label[node.type].append({"load": "load:1", **node.properties, "id": node.id, "name": _name(node)})
    by_pair: dict[tuple[str, str, str], list[dict[str, Value]]] = defaultdict(list)
    for link in links:
        by_pair[link.type, labels[link.subject], labels[link.object]].append(_stored(link))
    return [
        *(AddNodes(_table(label, rows)) for label, rows in by_label.items()),
        *(AddLinks(_table(name, rows), (subject, obj)) for (name, subject, obj), rows in by_pair.items()),
    ]


def _name(node: Node) -> Value:
    return node.properties.get("name") or node.properties.get("title") or node.name


def _stored(link: Link) -> dict[str, Value]:
    start, end = (link.properties.get(name) for name in ("valid_from", "valid_to"))
    return {
        **link.properties,
        "id": link.id,
        "subject": link.subject,
        "object": link.object,
        "since": first_day(None if start is None else str(start)),
        "until": last_day(None if end is None else str(end)),
        "load": f"load:{int(link.id[-1], 16) % len(LOADS)}",
    }


def _table(name: str, rows: list[dict[str, Value]]) -> Table:
    return Table(name, {prop.name: [row.get(prop.name) for row in rows] for prop in MODEL.record(name).stored})
