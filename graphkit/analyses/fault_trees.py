"""Fault trees with any AND, OR and k-of-n gates, rings included: what fails, the smallest causes, the probability.

A gate fails when enough of its inputs fail: all (AND), one (OR), or k of them. Gates may lean on each other in rings;
then the least fixed point counts, from all up: nothing fails but for a reason that began outside the ring.

Minimal cut sets are found bottom-up over sets of events, where sets above the wanted size are dropped at once: what is
left is exact, since no larger set can give rise to a smaller one in a system without NOT. Probabilities come from a
binary decision diagram (package `dd`): exact under independent failures whatever events the branches share, where a sum
over cut sets is not. Both are the standard methods of fault tree analysis.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

__all__ = ["FaultTree", "Gate", "TooLargeError", "all_of", "any_of", "at_least"]

DIAGRAM_LIMIT = 200_000
"""A decision diagram of more nodes is given up; bounds take the place of the exact probability."""

SETS_LIMIT = 200_000
"""So many cut sets of one gate are held at most."""


class TooLargeError(GraphkitError):
    """A fault tree has more cut sets than can be listed; ask for smaller ones."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate that fails when at least `needed` of its inputs fail; inputs are gates or events, by name."""

    inputs: tuple[str, ...]
    needed: int


def all_of(inputs: Iterable[str]) -> Gate:
    """An AND gate over failures: any one source suffices to stay up."""
    names = tuple(dict.fromkeys(inputs))
    return Gate(names, max(len(names), 1))


def any_of(inputs: Iterable[str]) -> Gate:
    """An OR gate over failures: every input is needed."""
    return Gate(tuple(dict.fromkeys(inputs)), 1)


def at_least(needed: int, inputs: Iterable[str]) -> Gate:
    """A gate that fails when so many of its inputs fail."""
    return Gate(tuple(dict.fromkeys(inputs)), needed)


@dataclass(frozen=True)
class FaultTree:
    """Gates by name; every name that is no gate is an event. A gate without inputs never fails."""

    gates: Mapping[str, Gate]

    def failed(self, events: Collection[str]) -> frozenset[str]:
        """All gates and events that fail when the given ones do (a failing gate may be given, too)."""
        failed = set(events)
        waiting = list(events)
        missing = {name: gate.needed for name, gate in self.gates.items()}
        while waiting:
            for name in self._leaning.get(waiting.pop(), ()):
                missing[name] -= 1
                if missing[name] == 0 and name not in failed:
                    failed.add(name)
                    waiting.append(name)
        return frozenset(failed)

    def events(self, top: str) -> tuple[str, ...]:
        """The events under a gate, in the order in which a walk from it meets them."""
        return tuple(name for name in self._under(top) if name not in self.gates)

    def cut_sets(self, top: str, largest: int | None = None) -> tuple[tuple[str, ...], ...]:
        """The minimal sets of events that make a gate fail, smallest first.

        Args:
            top: The gate.
            largest: The size of the largest sets wanted; None for all.

        Raises:
            TooLargeError: there are too many to list.
        """
        events = self.events(top)
        bits = {name: 1 << place for place, name in enumerate(events)}
        found: dict[str, frozenset[int]] = {name: frozenset([bit]) for name, bit in bits.items()}
        for ring in self._rings(top):
            found |= dict.fromkeys(ring, frozenset())
            changed = True
            while changed:
                changed = False
                for name in ring:
                    sets = _gate_sets(self.gates[name], found, largest)
                    if sets != found[name]:
                        found[name], changed = sets, True
                if not self._is_ring(ring):
                    break
        listed = sorted(tuple(sorted(events[i] for i in _ones(mask))) for mask in found[top])
        return tuple(sorted(listed, key=len))

    def probability(self, top: str, chances: Mapping[str, float]) -> float:
        """The exact probability that a gate fails, if its events fail independently with the given chances.

        Raises:
            TooLargeError: the decision diagram gets too large; `bounds` still answers.
        """
        return _Diagram(self, top).probability(chances)

    def bounds(self, top: str, chances: Mapping[str, float]) -> tuple[float, float]:
        """Bounds on the probability that hold whatever events the branches share.

        Failures of gates over independent events are never negatively associated, so that an AND of them lies between
        product and minimum, an OR between maximum and the complement of the product of complements.
        """
        low = {name: chances.get(name, 0.0) for name in self.events(top)}
        high = dict(low)
        for ring in self._rings(top):
            for _ in range(len(ring) + 1 if self._is_ring(ring) else 1):
                for name in ring:
                    low[name] = _low(self.gates[name], low)
                    high[name] = _high(self.gates[name], high, self._is_ring(ring))
        return low[top], high[top]

    @cached_property
    def _leaning(self) -> Mapping[str, Sequence[str]]:
        leaning: dict[str, list[str]] = {}
        for name, gate in self.gates.items():
            for given in gate.inputs:
                leaning.setdefault(given, []).append(name)
        return leaning

    def _under(self, top: str) -> list[str]:
        """A gate and all under it, depth first: what stands together comes together."""
        seen: dict[str, None] = {}
        waiting = [top]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen[name] = None
                waiting.extend(reversed(self.gates[name].inputs if name in self.gates else ()))
        return list(seen)

    def _rings(self, top: str) -> Iterator[list[str]]:
        """The gates under a gate, those that lean on each other together, inputs first."""
        import networkx as nx

        names = [name for name in self._under(top) if name in self.gates]
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(names)
        graph.add_edges_from(
            (name, given) for name in names for given in self.gates[name].inputs if given in self.gates
        )
        order = {name: place for place, name in enumerate(names)}
        for ring in nx.strongly_connected_components(graph):  # comes in reverse topological order
            yield sorted(ring, key=lambda name: -order[name])

    def _is_ring(self, ring: Sequence[str]) -> bool:
        return len(ring) > 1 or ring[0] in self.gates[ring[0]].inputs


def _gate_sets(gate: Gate, found: Mapping[str, frozenset[int]], largest: int | None) -> frozenset[int]:
    """The minimal cut sets of a gate from those of its inputs."""
    if not gate.inputs or gate.needed > len(gate.inputs):
        return frozenset()
    if gate.needed == 1:
        return _minimal({mask for name in gate.inputs for mask in found[name]})
    result: set[int] = set()
    for chosen in combinations(gate.inputs, gate.needed):
        product: frozenset[int] = frozenset([0])
        for name in sorted(chosen, key=lambda name: len(found[name])):
            joined = {a | b for a in product for b in found[name]}
            product = _minimal({m for m in joined if largest is None or m.bit_count() <= largest})
        result |= product
    return _minimal(result)


def _minimal(masks: set[int]) -> frozenset[int]:
    """Without the sets that hold another one."""
    if len(masks) > SETS_LIMIT:
        raise TooLargeError(f"more than {SETS_LIMIT} cut sets; ask for smaller ones with a largest size")
    kept: list[int] = []
    by_event: dict[int, list[int]] = {}
    for mask in sorted(masks, key=int.bit_count):
        if mask == 0:
            return frozenset([0])
        if any(other & mask == other for place in _ones(mask) for other in by_event.get(place, ())):
            continue
        kept.append(mask)
        by_event.setdefault((mask & -mask).bit_length() - 1, []).append(mask)
    return frozenset(kept)


def _ones(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _low(gate: Gate, chances: Mapping[str, float]) -> float:
    known = sorted((chances.get(name, 0.0) for name in gate.inputs), reverse=True)
    if not known or gate.needed > len(known):
        return 0.0
    product = 1.0
    for chance in known[: gate.needed]:
        product *= chance
    return max(known) if gate.needed == 1 else product


def _high(gate: Gate, chances: Mapping[str, float], in_ring: bool) -> float:
    known = sorted(chances.get(name, 1.0 if in_ring else 0.0) for name in gate.inputs)
    if not known or gate.needed > len(known):
        return 0.0
    if gate.needed == len(known):
        return known[0]
    none = 1.0
    for chance in known:
        none *= 1 - chance
    return 1 - none


class _Diagram:
    """The failure of one gate as a binary decision diagram."""

    def __init__(self, tree: FaultTree, top: str) -> None:
        from dd import bdd

        self._diagram: Any = cast("Any", bdd).BDD()  # its class counts as abstract to the type checker
        self._diagram.configure(reordering=False)
        self._tree = tree
        self._events = tree.events(top)
        self._diagram.declare(*(f"e{place}" for place in range(len(self._events))))
        self.root = self._built(top)

    def _built(self, top: str) -> int:
        diagram, tree = self._diagram, self._tree
        found: dict[str, int] = {name: diagram.var(f"e{place}") for place, name in enumerate(self._events)}
        for ring in tree._rings(top):  # noqa: SLF001 - the diagram is part of the tree
            found |= dict.fromkeys(ring, diagram.false)
            changed = True
            while changed:
                changed = False
                for name in ring:
                    gate = tree.gates[name]
                    node = self._at_least(gate.needed, [found[given] for given in gate.inputs])
                    if node != found[name]:
                        found[name], changed = node, True
                if not tree._is_ring(ring):  # noqa: SLF001
                    break
        return found[top]

    def _at_least(self, needed: int, inputs: Sequence[int]) -> int:
        """The function "at least so many of the inputs", one input after the other."""
        diagram = self._diagram
        counts: list[int] = [diagram.true] + [diagram.false] * needed
        for node in inputs:
            for count in range(needed, 0, -1):
                more = diagram.apply("and", counts[count - 1], node)
                counts[count] = diagram.apply("or", counts[count], more)
            if len(diagram) > DIAGRAM_LIMIT:
                raise TooLargeError("the decision diagram gets too large for an exact probability; bounds remain")
        return counts[needed]

    def probability(self, chances: Mapping[str, float]) -> float:
        """Walk the diagram once, every node's chance from those below."""
        diagram = self._diagram
        known: dict[int, float] = {}

        def chance_of(node: int) -> float:
            if node < 0:
                return 1 - chance_of(-node)
            if node == diagram.true:
                return 1.0
            if node not in known:
                level, low, high = diagram.succ(node)
                chance = chances.get(self._events[level], 0.0)
                known[node] = (1 - chance) * chance_of(low) + chance * chance_of(high)
            return known[node]

        depth = sys.getrecursionlimit()
        sys.setrecursionlimit(max(depth, 2 * len(self._events) + 1_000))
        try:
            return chance_of(self.root)
        finally:
            sys.setrecursionlimit(depth)
