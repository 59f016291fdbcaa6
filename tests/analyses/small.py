"""Small networks, written down in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.network import Network
from graphkit.model import MODEL
from graphkit.records import Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.values import Value

LABELS = {"c": "Company", "p": "Product", "s": "Segment"}
"""The first letter of a short id says what it stands for: `cA` a company, `p1` a product, `s` a segment."""


def claim(link: str, subject: str, obj: str, **properties: Value) -> Link:
    """A claim whose id says what it is: `SUPPLIES cA cB` and what the properties tell apart."""
    said = "".join(f" {name}={value}" for name, value in sorted(properties.items()))
    return Link(link, f"{link} {subject} {obj}{said}", subject, obj, {"certainty": "stated", **properties})


def network(
    links: Iterable[Link],
    *,
    nodes: Iterable[str] = (),
    properties: Mapping[str, Mapping[str, Value]] | None = None,
    as_of: str | None = None,
) -> Network:
    """A network of the given claims; its nodes are their ends, and those named besides."""
    claims = list(links)
    ids = dict.fromkeys((*nodes, *(end for link in claims for end in (link.subject, link.object)), *(properties or {})))
    ids |= dict.fromkeys(str(link.properties["product"]) for link in claims if link.properties.get("product"))
    known = properties or {}
    return Network.from_records(
        (Node(LABELS[node[0]], node, {"name": node, **known.get(node, {})}) for node in ids),
        claims,
        schema=MODEL,
        as_of=as_of,
    )
