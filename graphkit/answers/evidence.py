"""Who says so: claims in full, with the names of their ends and the title of their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphkit.schema import LinkType
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["Claim", "read_claims", "read_claims_about"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as readers see it; what is unknown is None or absent from `values`.

    Attributes:
        id: Its id.
        type: Its link type.
        subject_id: Id of the node that the link leaves.
        subject: Its name.
        object_id: Id of the node that the link enters.
        object: Its name.
        values: What it says beyond its two ends, by property.
        certainty: How sure the source is.
        source_id: Id of the source.
        source: Title of the source.
        locator: Where in the source.
        valid_from: Since when.
        valid_to: Until when.
        note: What the columns cannot hold.
    """

    id: str
    type: str
    subject_id: str
    subject: str
    object_id: str
    object: str
    values: Mapping[str, Value]
    certainty: str
    source_id: str
    source: str
    locator: str
    valid_from: str | None
    valid_to: str | None
    note: str | None


def read_claims(store: Store, ids: Collection[str]) -> tuple[Claim, ...]:
    """Read claims by id, in the order of their ids; ids that stand for none are left out.

    One read for each link type until all are found, and one for the titles.
    """
    wanted = sorted(set(ids))
    found: list[tuple[LinkType, dict[str, object]]] = []
    for link in store.schema.link_types:
        if len(found) < len(wanted):
            found += ((link, row) for row in store.read(_text(link), {"claims": wanted}))
    titles = _titles(store, {str(row["source"]) for _, row in found})
    return tuple(sorted(_claims(found, titles), key=lambda claim: claim.id))


def read_claims_about(store: Store, node: str) -> tuple[Claim, ...]:
    """Read every claim that a node stands in, at either end or as what a property refers to, by link type and id."""
    found: list[tuple[LinkType, dict[str, object]]] = []
    for link in store.schema.link_types:
        refers = [prop.name for prop in link.own if prop.reference]
        where = " OR ".join(f"r.{name} = $node" for name in ("subject", "object", *refers))
        found += ((link, row) for row in store.read(_text(link, where), {"node": node}))
    titles = _titles(store, {str(row["source"]) for _, row in found})
    return tuple(_claims(found, titles))


def _text(link: LinkType, where: str = "r.id IN $claims") -> str:
    names = ("id", "subject", "object", *(prop.name for prop in link.properties))
    columns = ", ".join(f"r.{name} AS {name}" for name in names)
    return (
        f"MATCH (a)-[r:{link.name}]->(b) WHERE {where} "
        f"RETURN a.name AS subject_name, b.name AS object_name, {columns} ORDER BY r.id"
    )


def _titles(store: Store, sources: set[str]) -> dict[str, str]:
    text = "UNWIND $ids AS wanted MATCH (s:Source) WHERE s.id = wanted RETURN s.id AS id, s.title AS title ORDER BY id"
    return {str(row["id"]): str(row["title"]) for row in store.read(text, {"ids": sorted(sources)})} if sources else {}


def _claims(found: Iterable[tuple[LinkType, dict[str, object]]], titles: Mapping[str, str]) -> Iterator[Claim]:
    for link, row in found:
        source = str(row["source"])
        optional = {name: None if row[name] is None else str(row[name]) for name in ("valid_from", "valid_to", "note")}
        yield Claim(
            id=str(row["id"]),
            type=link.name,
            subject_id=str(row["subject"]),
            subject=str(row["subject_name"]),
            object_id=str(row["object"]),
            object=str(row["object_name"]),
            values={prop.name: cast("Value", row[prop.name]) for prop in link.own if row[prop.name] is not None},
            certainty=str(row["certainty"]),
            source_id=source,
            source=titles.get(source, source),
            locator=str(row["locator"]),
            **optional,
        )
