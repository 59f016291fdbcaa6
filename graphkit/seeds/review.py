"""Look at checked records with a critical eye: what is allowed, but most likely a slip.

`graphkit check` reports these beside the plain errors; a load does not stop for them. Each names its place and what to
look at.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import networkx as nx

from graphkit.errors import Problem
from graphkit.model import UNITS
from graphkit.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.seeds.checking import Checked
    from graphkit.values import Value

__all__ = ["review"]

Place = tuple[str, int]
Row = dict[str, "Value"]

MARGIN = 1e-6
"""How far shares may add up to more than one before it is called out: rounding in sources."""


def review(checked: Checked) -> list[Problem]:
    """Find slips: shared names, products without a segment, rings, links to oneself, shares above one, odd units."""
    claims = _claims(checked)
    return sorted(
        {
            *_shared_names(checked),
            *_without_segment(checked, claims),
            *_rings_of_parts(claims),
            *_of_themselves(claims),
            *_shares_above_one(claims),
            *_unknown_units(claims),
        }
    )


def _claims(checked: Checked) -> dict[str, list[tuple[Row, Place]]]:
    claims: dict[str, list[tuple[Row, Place]]] = defaultdict(list)
    for part in checked.claims:
        claims[part.table.type] += zip(part.table.rows(), part.places, strict=True)
    return claims


def _shared_names(checked: Checked) -> Iterator[Problem]:
    """Two nodes of one type with one spelling: a name that nobody can resolve, or one thing written down twice."""
    places = {
        node_id: place
        for part in checked.nodes
        for node_id, place in zip(part.table.columns["id"], part.places, strict=True)
    }
    owners: dict[tuple[str, str], str] = {}
    for node in checked.names:
        for spelling in node.all:
            owner = owners.setdefault((node.type, fold(spelling)), node.id)
            if owner != node.id and node.id in places:
                message = f"{spelling!r} names {owner} too; join the two, or take the spelling from one"
                yield Problem(*places[node.id], "aliases", message)


def _without_segment(checked: Checked, claims: Mapping[str, list[tuple[Row, Place]]]) -> Iterator[Problem]:
    """A product that stands in no segment, neither itself nor as a kind of something that does."""
    kinds = nx.DiGraph((row["object"], row["subject"]) for row, _ in claims["TYPE_OF"])
    placed: set[Value] = set()
    for row, _ in claims["IN_SEGMENT"]:
        product = row["subject"]
        placed |= {product, *(nx.descendants(kinds, product) if product in kinds else ())}
    for part in checked.nodes:
        if part.table.type == "Product":
            for product, place in zip(part.table.columns["id"], part.places, strict=True):
                if product not in placed:
                    yield Problem(*place, "id", f"{product} is in no segment; add an IN_SEGMENT or a TYPE_OF claim")


def _rings_of_parts(claims: Mapping[str, list[tuple[Row, Place]]]) -> Iterator[Problem]:
    for link in ("GOES_INTO", "TYPE_OF", "SUCCEEDS"):
        graph = nx.DiGraph((row["subject"], row["object"]) for row, _ in claims[link])
        ringed = {frozenset(ring) for ring in nx.strongly_connected_components(graph) if len(ring) > 1}
        for row, place in claims[link]:
            if any(row["subject"] in ring and row["object"] in ring for ring in ringed):
                yield Problem(
                    *place, "object", f"{row['subject']} {link} {row['object']} closes a ring; one link is wrong"
                )


def _of_themselves(claims: Mapping[str, list[tuple[Row, Place]]]) -> Iterator[Problem]:
    for link, rows in claims.items():
        for row, place in rows:
            if row["subject"] == row["object"]:
                yield Problem(*place, "object", f"{row['subject']} {link} itself; name the other end")


def _unknown_units(claims: Mapping[str, list[tuple[Row, Place]]]) -> Iterator[Problem]:
    for rows in claims.values():
        for row, place in rows:
            if (unit := row.get("unit")) is not None and unit not in UNITS:
                yield Problem(*place, "unit", f"{unit!r} is no unit that the model lists; write one of them, or add it")


def _shares_above_one(claims: Mapping[str, list[tuple[Row, Place]]]) -> Iterator[Problem]:
    """Shares of one whole, from one source, for one day, that add up to more than one."""
    for link, whole in (("MAKES", ("object", "role")), ("SUPPLIES", ("object", "product"))):
        groups: dict[tuple[Value, ...], list[tuple[Row, Place]]] = defaultdict(list)
        for row, place in claims[link]:
            if row.get("share") is not None:
                groups[(row["source"], *(row.get(name) for name in whole))].append((row, place))
        for rows in groups.values():
            for day in sorted({str(row["since"]) for row, _ in rows}):
                yield from _above_one(day, [(row, place) for row, place in rows if _holds(row, day)])


def _holds(row: Row, day: str) -> bool:
    return str(row["since"]) <= day <= str(row["until"])


def _above_one(day: str, rows: Iterable[tuple[Row, Place]]) -> Iterator[Problem]:
    largest: dict[Value, float] = {}
    last: Place = ("", 0)
    for row, last in rows:  # noqa: B007 - the last place stands for the group
        share = row["share"]
        largest[row["subject"]] = max(
            largest.get(row["subject"], 0.0), float(share) if isinstance(share, float) else 0.0
        )
    if (total := sum(largest.values())) > 1 + MARGIN:
        yield Problem(*last, "share", f"shares of this whole add up to {total:.4g} from {day} on; check each of them")
