"""What a user means by a name in an analysis: companies, products, whole segments, whole countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.chain import reach
from graphkit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.analyses.adjacency import Ints
    from graphkit.analyses.network import Network

__all__ = ["COUNTRY_PREFIX", "Meant", "asked", "meant", "title_of"]

COUNTRY_PREFIX = "country:"
"""Countries are no nodes; `country:TW` means all companies with their head office there."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The nodes that some names stand for, as codes."""

    companies: Ints
    products: Ints

    @property
    def all(self) -> Ints:
        """Companies and products together."""
        return np.concatenate([self.companies, self.products])


def meant(network: Network, names: Iterable[str]) -> Meant:
    """The companies and products that ids stand for.

    A country stands for the companies there, a segment for its members and those of its parts, a product for itself
    and all its kinds.

    Raises:
        NotFoundError: an id is unknown, or no company is known to be in the country.
    """
    companies: set[int] = set()
    products: set[int] = set()
    for name in names:
        for code in _codes(network, name):
            (companies if network.labels[code] == "Company" else products).add(code)
    if products:
        kinds = network.ends("TYPE_OF")
        found = reach(adjacency(kinds[1], kinds[0], len(network)), sorted(products))
        products |= set(found.nodes.tolist())
    return Meant(np.array(sorted(companies), dtype=np.int64), np.array(sorted(products), dtype=np.int64))


def title_of(network: Network, name: str) -> str:
    """How to show a name: the display name of a node, the letters of a country."""
    return name.removeprefix(COUNTRY_PREFIX) if name.startswith(COUNTRY_PREFIX) else network.names[network.code(name)]


def asked(network: Network, targets: Sequence[str], subjects: Sequence[str]) -> str:
    """Say in words whose exposure to whom was asked for."""
    who = ", ".join(title_of(network, name) for name in subjects) or "all companies"
    return f"exposure of {who} to {', '.join(title_of(network, name) for name in targets)}"


def _codes(network: Network, name: str) -> list[int]:
    if name.startswith(COUNTRY_PREFIX):
        country = name.removeprefix(COUNTRY_PREFIX).upper()
        found = [code for code, where in enumerate(network.countries) if where == country]
        if not found:
            raise NotFoundError("company's country", country, sorted({str(c) for c in network.countries if c}))
        return found
    code = network.code(name)
    return _members(network, code) if network.labels[code] == "Segment" else [code]


def _members(network: Network, segment: int) -> list[int]:
    """The companies and products of a segment and of its parts."""
    parts = {segment}
    while more := {code for code, parent in enumerate(network.parents) if parent in parts} - parts:
        parts |= more
    members, segments = network.ends("IN_SEGMENT")
    return sorted(set(members[np.isin(segments, sorted(parts))].tolist()))
