"""When a product is to be had: the supply chain as a fault tree.

A product can be had when one of its sources is up (a maker, a supplier of it, or one of its kinds), and with it every
essential part; parts of one alternative group count as one part, met by any of them. Where no source is known it is
bought from an unnamed rest that is up: a blind spot, which is counted. In failures that reads: a product fails when all
of its sources fail, or one of its needs does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphkit.analyses.fault_trees import FaultTree, Gate, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graphkit.analyses.adjacency import Ints
    from graphkit.analyses.network import Network

__all__ = ["ITSELF", "Availability", "By", "Need"]

By = Literal["company", "country", "product"]
"""What fails: companies, all companies of a country at once, or products themselves."""

OUT_OF_USE = ("discontinued",)
"""A maker with this status is no source any more."""

SOURCES, DESIGN, FOUNDRY, TOGETHER, NEED = "sources of ", "design of ", "foundries of ", "making of ", "need of "
"""Gates that are no node are named after the product that they belong to."""

ALONE = "alone"
_PARTS_PLAYED: Mapping[str | None, str] = {"designer": DESIGN, "brand": DESIGN, "foundry": FOUNDRY}
"""What a maker in a role does; in every other role, or an unknown one, it makes the product alone."""

ITSELF = "itself "
"""The event that a product or a company fails by itself."""

UNKNOWN_COUNTRY = "country:unknown "


@dataclass(frozen=True, slots=True)
class Need:
    """A part that a product cannot do without, or several that can replace each other."""

    parts: tuple[str, ...]
    group: str | None


class Availability:
    """The products of a network and what each of them hangs on.

    Args:
        network: The facts.
        by_role: Whether designers and foundries need each other: who only designs a product, or only brands it, then
            delivers while one of its known foundries is up. Else any one maker is enough.
        added: Further sources by product, for trying out what they would change.
        secured: Products that cannot fail, for trying out buffers.
        substitutes: Further parts that can stand in for a part, by (part).
    """

    def __init__(
        self,
        network: Network,
        *,
        by_role: bool = False,
        added: Mapping[str, Sequence[str]] | None = None,
        secured: Collection[str] = (),
        substitutes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.network = network
        self._by_role = by_role
        self._added = added or {}
        self._secured = frozenset(secured)
        self._substitutes = substitutes or {}

    @cached_property
    def claims(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The claims by which a product hangs on a source or a part, by (product, source or part)."""
        found: dict[tuple[str, str], set[str]] = {}
        ids = self.network.ids
        for link, places in self._used.items():
            facts = self.network.facts(link)
            products = facts.reference("product") if link == "SUPPLIES" else facts.object
            for place in places.tolist():
                pair = ids[products[place]], ids[facts.subject[place]]
                found.setdefault(pair, set()).update(facts.claims([place]))
        return {pair: tuple(sorted(claims)) for pair, claims in found.items()}

    @cached_property
    def _used(self) -> Mapping[str, Ints]:
        """The facts that say what a product hangs on, by link type."""
        makes, goes, supplies = (self.network.facts(link) for link in ("MAKES", "GOES_INTO", "SUPPLIES"))
        in_use = np.array([status not in OUT_OF_USE for status in makes.text("status")], dtype=bool)
        return {
            "MAKES": np.flatnonzero(in_use),
            "SUPPLIES": np.flatnonzero(supplies.reference("product") >= 0),
            "TYPE_OF": np.arange(len(self.network.facts("TYPE_OF"))),
            "GOES_INTO": np.flatnonzero(goes.number("essential") != 0),  # unknown counts as essential
        }

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """The makers, suppliers and kinds of each product that has any, foundries included."""
        ids = self.network.ids
        found: dict[str, dict[str, None]] = {}
        for link in ("MAKES", "SUPPLIES", "TYPE_OF"):
            facts = self.network.facts(link)
            products = facts.reference("product") if link == "SUPPLIES" else facts.object
            for place in self._used[link].tolist():
                found.setdefault(ids[products[place]], {})[ids[facts.subject[place]]] = None
        for product, more in self._added.items():
            found.setdefault(product, {}).update(dict.fromkeys(more))
        return {product: tuple(sources) for product, sources in found.items()}

    @property
    def foundries(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Those who need each other to make a product, where roles count."""
        return self.split if self._by_role else {}

    @cached_property
    def split(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Of each product that is designed by some and made by others: those who only design it, and its foundries."""
        facts, ids = self.network.facts("MAKES"), self.network.ids
        roles = facts.text("role")
        found: dict[str, dict[str, set[str]]] = {}
        for place in self._used["MAKES"].tolist():
            makers = found.setdefault(ids[facts.object[place]], {})
            makers.setdefault(_PARTS_PLAYED.get(roles[place], ALONE), set()).add(ids[facts.subject[place]])
        split = {
            product: (
                frozenset(makers.get(DESIGN, set()) - makers.get(ALONE, set())),
                frozenset(makers.get(FOUNDRY, set()) - makers.get(ALONE, set())),
            )
            for product, makers in found.items()
        }
        return {product: both for product, both in split.items() if all(both)}

    @cached_property
    def needs(self) -> Mapping[str, tuple[Need, ...]]:
        """What each product needs besides a source."""
        facts, ids = self.network.facts("GOES_INTO"), self.network.ids
        groups = facts.text("alternative_group")
        found: dict[str, dict[str, tuple[str | None, list[str]]]] = {}
        for place in self._used["GOES_INTO"].tolist():
            part, group = ids[facts.subject[place]], groups[place]
            key = part if group is None else f"group {group}"
            parts = found.setdefault(ids[facts.object[place]], {}).setdefault(key, (group, []))[1]
            parts.extend([part, *self._substitutes.get(part, ())])
        return {
            product: tuple(Need(tuple(dict.fromkeys(parts)), group) for group, parts in needs.values())
            for product, needs in found.items()
        }

    def tree(self, by: By = "company", together: Collection[str] = ()) -> FaultTree:
        """The fault tree over all products.

        Args:
            by: What may fail.
            together: Countries such as `country:TW` whose companies fail together, or each by itself.
        """
        products = [self.network.ids[code] for code in self.network.of_type("Product").tolist()]
        gates = {product: any_of([]) for product in products}  # what hangs on nothing known never fails
        for product in dict.fromkeys((*self.sources, *self.needs)):
            if product not in self._secured:
                self._add(gates, product, by)
        if by == "product":
            for product in products:
                if product not in self._secured:
                    gates[product] = any_of([ITSELF + product, *gates[product].inputs])
        return FaultTree(gates | self._companies(by, together))

    def _companies(self, by: By, together: Collection[str]) -> dict[str, Gate]:
        """The gates of companies that are no events themselves."""
        gates: dict[str, Gate] = {}
        for code in self.network.of_type("Company").tolist():
            company, country = self.network.ids[code], self._country(code)
            if by != "company":
                gates[company] = any_of([country] if by == "country" else [])
            elif country in together:
                gates[company] = any_of([ITSELF + company, country])
        return gates

    def _country(self, code: int) -> str:
        """The country whose failure takes a company along; an unknown one is its own."""
        country = self.network.countries[code]
        return f"country:{country}" if country else UNKNOWN_COUNTRY + self.network.ids[code]

    def _add(self, gates: dict[str, Gate], product: str, by: By) -> None:
        causes: list[str] = []
        sources = self.sources.get(product, ())
        if product in self.foundries and by != "product":
            designers, foundries = self.foundries[product]
            gates[DESIGN + product], gates[FOUNDRY + product] = all_of(sorted(designers)), all_of(sorted(foundries))
            gates[TOGETHER + product] = any_of([DESIGN + product, FOUNDRY + product])
            sources = (*(s for s in sources if s not in designers | foundries), TOGETHER + product)
        if sources:
            gates[SOURCES + product] = all_of(sources)
            causes.append(SOURCES + product)
        for need in self.needs.get(product, ()):
            if len(need.parts) == 1:
                causes.append(need.parts[0])
            else:
                name = f"{NEED}{product}: {' or '.join(need.parts)}"
                gates[name] = all_of(need.parts)
                causes.append(name)
        gates[product] = any_of(causes)

    def blind_spots(self, products: Iterable[str]) -> tuple[str, ...]:
        """Those of some products of which no source is known: they count as bought from an unnamed rest that is up."""
        return tuple(sorted(product for product in products if product not in self.sources))

    def products_under(self, product: str) -> tuple[str, ...]:
        """A product and all products that it hangs on, as kinds or parts."""
        seen = {product: None}
        waiting = [product]
        while waiting:
            here = waiting.pop()
            below = [*self.sources.get(here, ()), *(part for need in self.needs.get(here, ()) for part in need.parts)]
            for name in below:
                if name not in seen and self._is_product(name):
                    seen[name] = None
                    waiting.append(name)
        return tuple(sorted(seen))

    def _is_product(self, name: str) -> bool:
        code = self.network.codes.get(name)
        return code is not None and self.network.labels[code] == "Product"

    def tiers(self, failing: Iterable[str]) -> dict[str, int]:
        """What fails when some nodes do, and at which tier: the steps from product to product on the nearest way."""
        gates = self.tree().gates
        missing = {name: gate.needed for name, gate in gates.items()}
        leaning: dict[str, list[str]] = {}
        for name, gate in gates.items():
            for given in gate.inputs:
                leaning.setdefault(given, []).append(name)
        found = dict.fromkeys(failing, 0)
        waiting = deque(found)
        while waiting:
            here = waiting.popleft()
            for name in leaning.get(here, ()):
                missing[name] -= 1
                if missing[name] == 0 and name not in found:
                    is_node = name in self.network.codes
                    found[name] = found[here] + is_node
                    (waiting.append if is_node else waiting.appendleft)(name)
        return {name: tier for name, tier in found.items() if name in self.network.codes}
