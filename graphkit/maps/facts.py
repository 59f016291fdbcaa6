"""Claims merged into facts: one drawn link for each thing said, however many sources say it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from graphkit.model import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.records import Link
    from graphkit.values import Value

__all__ = ["SHARES", "VALUES", "Fact", "merge"]

MUTUAL = frozenset(name for name, link in MODEL.links.items() if link.is_mutual)
SHARES = ("share", "stake", "revenue_share")
VALUES = (
    *SHARES,
    "amount",
    "currency",
    "amount_cny",
    "quantity",
    "unit",
    "status",
    "essential",
    "alternative_group",
    "reason",
    "round",
)
"""What a claim may say beyond its ends, in the order in which a reader wants it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of two nodes, with every claim that says it, newest source first."""

    type: str
    subject: str
    object: str
    product: str
    role: str
    claims: tuple[Link, ...]

    @property
    def id(self) -> str:
        """A short hash of what the fact is about, the same in every map."""
        key = f"{self.type}\x1f{self.subject}\x1f{self.object}\x1f{self.product}\x1f{self.role}"
        return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    @property
    def share(self) -> float | None:
        """The share that the newest claim with one gives; None where none does."""
        return next((value for claim in self.claims if (value := _share(claim)) is not None), None)

    @property
    def disputed(self) -> tuple[str, ...]:
        """The properties for which its claims give different values."""
        given: defaultdict[str, set[Value]] = defaultdict(set)
        for claim in self.claims:
            for name in VALUES:
                value = claim.properties.get(name)
                if value is not None:
                    given[name].add(value)
        return tuple(name for name in VALUES if len(given[name]) > 1)


def merge(links: Iterable[Link], published: Mapping[str, str]) -> tuple[Fact, ...]:
    """Gather claims of the same fact, sorted by ends and type; claims by the day their source was published.

    Claims are of the same fact if type, ends, product and role agree; for links without direction either order of the
    ends is the same. A claim of a source without a date comes last.
    """
    groups: defaultdict[tuple[str, str, str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        ends = (link.subject, link.object)
        if link.type in MUTUAL:
            ends = (min(ends), max(ends))
        said = (str(link.properties.get("product") or ""), str(link.properties.get("role") or ""))
        groups[(*ends, link.type, *said)].append(link)
    return tuple(
        Fact(kind, subject, obj, product, role, newest_first(groups[subject, obj, kind, product, role], published))
        for subject, obj, kind, product, role in sorted(groups)
    )


def newest_first(claims: Iterable[Link], published: Mapping[str, str]) -> tuple[Link, ...]:
    """The claims, those of the newest source first, those without a date last, ties by id."""
    by_id = sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.id)
    return tuple(sorted(by_id, key=lambda claim: published.get(str(claim.properties.get("source")), ""), reverse=True))


def _share(claim: Link) -> float | None:
    for name in SHARES:
        value = claim.properties.get(name)
        if isinstance(value, int | float):
            return float(value)
    return None
