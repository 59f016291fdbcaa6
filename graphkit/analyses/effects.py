"""What failures do to each product and each company: who stops, who runs short, because of whom, at which tier."""

from __future__ import annotations

import heapq
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.analyses.availability import Availability
    from graphkit.analyses.findings import Row

__all__ = ["SHORT", "STOPS", "Effects"]

STOPS, SHORT = "stops", "runs short"


class Effects:
    """What the failures do to each product and company."""

    def __init__(self, model: Availability, tiers: Mapping[str, int]) -> None:
        self._model, self._network, self._tiers = model, model.network, tiers
        self._given = {name for name, tier in tiers.items() if tier == 0}
        self._short: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        """A row for everything hit, products first: companies are hit through them."""
        for code in self._network.of_type("Product").tolist():
            if row := self._product(self._network.ids[code]):
                yield row
        yield from self._companies()

    def _product(self, product: str) -> Row | None:
        model, tiers = self._model, self._tiers
        if product in self._given:
            return None
        sources = model.sources.get(product, ())
        lost = [name for name in sources if name in tiers]
        parts = [part for need in model.needs.get(product, ()) for part in need.parts if part in tiers]
        causes = {name: tiers[name] for name in (*lost, *parts)}
        causes |= {} if product in tiers else self._general.get(product, {})
        if product not in tiers and not causes:
            return None
        if product not in tiers:
            self._short[product] = 1 + min(causes.values())
        tier = tiers[product] if product in tiers else self._short[product]
        low, high = self._share(product, lost)
        return {
            "effect": STOPS if product in tiers else SHORT,
            "tier": tier,
            **self._named(product),
            "because": tuple(causes),
            "because_names": tuple(self._name(name) for name in causes),
            "sources_left": len(sources) - len(lost) if sources else None,
            "share_lost_low": low,
            "share_lost_high": high,
            "claims": tuple(sorted({c for name in causes for c in model.claims.get((product, name), ())})),
        }

    def _named(self, name: str) -> Row:
        code = self._network.code(name)
        return {"id": name, "name": self._network.names[code], "type": self._network.labels[code]}

    def _name(self, name: str) -> str:
        return self._network.names[self._network.code(name)]

    def _share(self, product: str, lost: Sequence[str]) -> tuple[float | None, float | None]:
        """The part of the market for a product that its lost makers have; unknown where no share of it is known."""
        known = self._shares.get(product)
        if not known or not lost:
            return None, None
        low = sum(share for maker, share in known.items() if maker in lost)
        silent = any(name not in known for name in lost)
        rest = max(0.0, 1 - sum(known.values())) if silent else 0.0
        return low, low + rest

    @cached_property
    def _general(self) -> Mapping[str, Mapping[str, int]]:
        """The kinds, down to the last, of products that stop for want of a part: of what they are, and its tier."""
        facts, ids = self._network.facts("TYPE_OF"), self._network.ids
        kinds: dict[str, list[str]] = {}
        for kind, general in zip(facts.subject.tolist(), facts.object.tolist(), strict=True):
            kinds.setdefault(ids[general], []).append(ids[kind])
        found: dict[str, dict[str, int]] = {}
        waiting = [(tier, name) for name, tier in self._tiers.items() if self._wants_a_part(name)]
        heapq.heapify(waiting)
        while waiting:
            tier, general = heapq.heappop(waiting)
            for kind in kinds.get(general, ()):
                if kind not in self._tiers:
                    if kind not in found:
                        heapq.heappush(waiting, (tier + 1, kind))
                    found.setdefault(kind, {}).setdefault(general, tier)
        return found

    def _wants_a_part(self, product: str) -> bool:
        return product not in self._given and any(
            all(part in self._tiers for part in need.parts) for need in self._model.needs.get(product, ())
        )

    @cached_property
    def _shares(self) -> Mapping[str, Mapping[str, float]]:
        facts, ids = self._network.facts("MAKES"), self._network.ids
        share = facts.number("share")
        found: dict[str, dict[str, float]] = {}
        for place in np.flatnonzero(~np.isnan(share)).tolist():
            makers = found.setdefault(ids[facts.object[place]], {})
            maker = ids[facts.subject[place]]
            makers[maker] = max(makers.get(maker, 0.0), float(share[place]))
        return found

    def _companies(self) -> Iterator[Row]:
        hit: dict[int, dict[tuple[str, str], None]] = {}
        claims: dict[int, set[str]] = {}
        tier: dict[int, int] = {}
        makes: dict[int, list[bool]] = {}
        down = {**self._short, **self._tiers}
        for link, (company_is_subject, words) in _TIES.items():
            facts = self._network.facts(link)
            company, other = (facts.subject, facts.object) if company_is_subject else (facts.object, facts.subject)
            for place, (who, what) in enumerate(zip(company.tolist(), other.tolist(), strict=True)):
                if self._network.labels[who] != "Company" or self._network.ids[who] in self._given:
                    continue
                name = self._network.ids[what]
                if link == "MAKES":
                    makes.setdefault(who, []).append(name in self._tiers)
                if name in down if link == "MAKES" else name in self._tiers:
                    hit.setdefault(who, {})[words, name] = None
                    claims.setdefault(who, set()).update(facts.claims([place]))
                    tier[who] = min(tier.get(who, 10**6), down[name] + (link != "MAKES"))
        for who, because in hit.items():
            yield {
                "effect": STOPS if makes.get(who) and all(makes[who]) else SHORT,
                "tier": tier[who],
                **self._named(self._network.ids[who]),
                "because": tuple(f"{words} {name}" for words, name in because),
                "because_names": tuple(f"{words} {self._name(name)}" for words, name in because),
                "sources_left": None,
                "share_lost_low": None,
                "share_lost_high": None,
                "claims": tuple(sorted(claims[who])),
            }


_TIES: Mapping[str, tuple[bool, str]] = {
    "MAKES": (True, "makes"),
    "USES": (True, "uses"),
    "SUPPLIES": (False, "is supplied by"),
}
"""How companies are tied to what fails: whether the company is the subject, and how to say it."""
