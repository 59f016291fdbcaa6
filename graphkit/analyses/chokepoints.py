"""Chokepoints: who stands on every route, who is alone, and how concentrated the shares are.

Three different things, kept apart: a *dominator* stands on every route from some sources to a product, any source and
any part being a route; an *articulation point* holds two parts of the network together, whichever way goods flow; a
*single point of failure* (`graphkit.analyses.disruption`) stops the product, since all essential parts are needed. A
*sole* source is the only one that is known to exist; a *single* source is the only one that a buyer is known to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from graphkit.analyses.availability import Availability
from graphkit.analyses.blocks import cut_nodes
from graphkit.analyses.concentration import concentration
from graphkit.analyses.findings import Coverage, Finding, claims_in
from graphkit.analyses.routes import Routes
from graphkit.analyses.targets import meant, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.analyses.findings import Row
    from graphkit.analyses.network import Network

__all__ = ["articulation_points", "concentrations", "dominating", "lone_sources"]

INDEX = (
    "The index is the sum of squared shares: low counts the known shares alone, high gives the whole rest to the "
    "largest source. Companies of an unknown country count each as a country of its own."
)

LONE = "Sole: no other source is known to us; others may exist. Single: no other is known to be used by the buyer."

ANY_ROUTE = (
    "Any maker, supplier, part or kind counts as a route: that all essential parts are needed is not considered."
)


def dominating(network: Network, product: str, sources: Sequence[str] = ()) -> Finding:
    """Find the nodes on every route from some sources to a product (or to a company's business).

    Args:
        network: The facts.
        product: Id of the product, or of a company.
        sources: Ids of companies, products or segments, or `country:TW`, where routes begin; when empty, all companies
            and all products without a source that lie upstream.
    """
    flows = Routes.of(network)
    node = network.code(product)
    sink = flows.sink(node)
    entries = meant(network, sources).all if sources else _entries(flows)
    depth, _ = flows.depths(entries)
    points = flows.single_points(entries, sink) if depth[sink] >= 0 else []
    rows: list[Row] = []
    for place, code in enumerate(points, start=1):
        rows.append(
            {
                "order": place,
                "id": network.ids[code],
                "name": network.names[code],
                "type": network.labels[code],
                "country": network.countries[code],
                "claims": flows.claims(flows.through(code)),
            }
        )
    start = ", ".join(title_of(network, name) for name in sources) or "all sources"
    return Finding(
        question=f"who stands on every route from {start} to {network.names[node]}",
        columns=("order", "id", "name", "type", "country", "claims"),
        rows=tuple(rows),
        assumptions=(
            ANY_ROUTE,
            f"{len(entries)} nodes are sources; "
            + ("there is a route." if depth[sink] >= 0 else "no route leads from any of them."),
        ),
        coverage=_linked(flows),
        claims=claims_in(rows),
    )


def _entries(flows: Routes) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Where all flows begin: what delivers, and is delivered nothing."""
    size = 2 * len(flows.network)
    real = flows.fact >= 0
    leaves, enters = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    leaves[flows.near[real]] = True
    enters[flows.far] = True
    products = flows.network.of_type("Product")
    made = np.zeros(size, dtype=bool)
    made[flows.far[real]] = True
    bare = products[leaves[products] & ~made[products] & ~made[products + len(flows.network)]]
    entries = leaves & ~enters
    entries[bare] = True
    return np.flatnonzero(entries[: len(flows.network)])


def _linked(flows: Routes) -> Coverage:
    """Of how many nodes anything is known that a route could rest on."""
    real = flows.fact >= 0
    linked = np.unique(np.concatenate([flows.near[real], flows.far[real]]) % max(len(flows.network), 1))
    every = sum(len(flows.network.of_type(label)) for label in ("Company", "Product"))
    return Coverage(len(linked), every, "companies and products with a link")


def articulation_points(network: Network) -> Finding:
    """Find the nodes that hold parts of the chain together: without them it falls into more pieces."""
    flows = Routes.of(network)
    real = flows.fact >= 0
    near, far = flows.near[real] % len(network), flows.far[real] % len(network)
    rows: list[Row] = [
        {
            "id": network.ids[code],
            "name": network.names[code],
            "type": network.labels[code],
            "pieces": len(pieces),
            "cut_off": sum(pieces[1:]),
            "claims": flows.claims(flows.through(code)),
        }
        for code, pieces in cut_nodes(near, far, len(network))
    ]
    rows.sort(key=lambda row: (-int(str(row["cut_off"])), row["id"]))
    return Finding(
        question="who holds parts of the chain together",
        columns=("id", "name", "type", "pieces", "cut_off", "claims"),
        rows=tuple(rows),
        assumptions=("Links count in both directions; cut off is all but the largest piece that is left.",),
        coverage=_linked(flows),
        claims=claims_in(rows),
    )


def lone_sources(network: Network, products: Sequence[str] = ()) -> Finding:
    """Find sole and single sources, at any tier.

    `sole`: a product of which one company alone is known as a source. `single`: a buyer that one company alone is known
    to supply with a product that others make, too.

    Args:
        network: The facts.
        products: Ids of products: only what lies under them (at every tier) counts; all products when empty.
    """
    model = Availability(network)
    ids = [network.ids[code] for code in network.of_type("Product").tolist()]
    wanted = {name for product in products for name in model.products_under(product)} if products else set(ids)
    rows = [*_sole(model, wanted), *_single(network, model, wanted)]
    rows.sort(key=lambda row: (row["kind"] != "sole", row["product"], row["buyer"] or ""))
    known = [name for name in wanted if name in model.sources]
    return Finding(
        question="who is the only source",
        columns=("kind", "product", "product_name", "buyer", "source", "source_name", "country", "claims"),
        rows=tuple(rows),
        assumptions=(LONE,),
        coverage=Coverage(len(known), len(wanted), "products with a known source"),
        claims=claims_in(rows),
    )


def _sole(model: Availability, wanted: set[str]) -> list[Row]:
    network = model.network
    found = []
    for product in sorted(wanted):
        sources = model.sources.get(product, ())
        if len(sources) == 1 and network.labels[network.code(sources[0])] == "Company":
            claims = model.claims.get((product, sources[0]), ())
            found.append(_lone("sole", network, product, None, sources[0], claims))
    return found


def _single(network: Network, model: Availability, wanted: set[str]) -> list[Row]:
    facts, ids = network.facts("SUPPLIES"), network.ids
    product = facts.reference("product")
    suppliers: dict[tuple[int, int], dict[int, list[int]]] = {}
    for place in np.flatnonzero(product >= 0).tolist():
        key = int(facts.object[place]), int(product[place])
        suppliers.setdefault(key, {}).setdefault(int(facts.subject[place]), []).append(place)
    found = []
    for (buyer, what), by in suppliers.items():
        if len(by) == 1 and ids[what] in wanted and len(model.sources.get(ids[what], ())) > 1:
            ((supplier, places),) = by.items()
            found.append(_lone("single", network, ids[what], ids[buyer], ids[supplier], facts.claims(places)))
    return found


def _lone(kind: str, network: Network, product: str, buyer: str | None, source: str, claims: tuple[str, ...]) -> Row:
    code = network.code(source)
    return {
        "kind": kind,
        "product": product,
        "product_name": network.names[network.code(product)],
        "buyer": buyer,
        "source": source,
        "source_name": network.names[code],
        "country": network.countries[code],
        "claims": claims,
    }


def concentrations(
    network: Network,
    names: Sequence[str] = (),
    *,
    by: Literal["company", "country"] = "company",
) -> Finding:
    """Find how concentrated the makers of products, or the suppliers of companies, are (HHI), as intervals.

    Args:
        network: The facts.
        names: Ids of products (with all products under them, at every tier) or of companies; all products when empty.
        by: Whether to count each company, or each country with all its companies.
    """
    model = Availability(network)
    products = {network.ids[code] for code in network.of_type("Product").tolist()}
    companies = [name for name in names if name not in products]
    if names:
        products = {below for name in names if name in products for below in model.products_under(name)}
    rows = [row for name in sorted(products) if (row := _market(network, name, "MAKES", by))]
    rows += [row for name in companies if (row := _market(network, name, "SUPPLIES", by))]
    rows.sort(key=lambda row: (row["hhi_low"] is None, -cast("float", row["hhi_high"] or 0.0), row["id"]))
    known = [row for row in rows if row["hhi_low"] is not None]
    return Finding(
        question=f"how concentrated sources are, by {by}",
        columns=("id", "name", "sources", "hhi_low", "hhi_high", "known", "largest", "largest_share", "claims"),
        rows=tuple(rows),
        assumptions=(INDEX,),
        coverage=Coverage(len(known), len(rows), "markets with a known share"),
        claims=claims_in(rows),
    )


def _market(network: Network, name: str, link: str, by: str) -> Row | None:
    facts = network.facts(link)
    code = network.code(name)
    places = np.flatnonzero(facts.object == code)
    if not len(places):
        return None
    values = facts.number("share")
    by_product: dict[tuple[int, int], float | None] = {}  # a company in two roles has its share once
    about = facts.reference("product")
    for place in places.tolist():
        key = int(facts.subject[place]), int(about[place])
        share = None if np.isnan(values[place]) else float(values[place])
        by_product[key] = max((s for s in (by_product.get(key), share) if s is not None), default=None)
    shares: dict[str, float | None] = {}
    for (company, _), share in by_product.items():
        who = _party(network, company, by)
        parts = [s for s in (shares.get(who), share) if s is not None]
        shares[who] = sum(parts) if parts else None
    index = concentration(shares)
    largest = _largest(shares)
    return {
        "id": name,
        "name": network.names[code],
        "sources": len(shares),
        "hhi_low": index.low if index else None,
        "hhi_high": index.high if index else None,
        "known": index.known if index else 0.0,
        "largest": largest,
        "largest_share": shares.get(largest) if largest else None,
        "claims": facts.claims(places.tolist()),
    }


def _party(network: Network, code: int, by: str) -> str:
    if by == "company":
        return network.ids[code]
    return network.countries[code] or f"unknown ({network.ids[code]})"


def _largest(shares: Mapping[str, float | None]) -> str | None:
    known = {name: share for name, share in shares.items() if share is not None}
    return max(known, key=lambda name: (known[name], name)) if known else None
