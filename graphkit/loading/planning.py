"""What a load would do: compare what files hold with what a store holds, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.loading.claim_ids import ClaimIds
from graphkit.loading.editions import loads_of
from graphkit.loading.nodes import NodePlan
from graphkit.seeds.checking import Claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.loading.nodes import ChangedNode
    from graphkit.records import Table
    from graphkit.schema import LinkType
    from graphkit.seeds.checking import Checked
    from graphkit.seeds.resolving import Unknown
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["Edition", "Plan", "ReplacedClaim", "make_plan"]


@dataclass(frozen=True, slots=True)
class ReplacedClaim:
    """A claim that goes: a corrected one takes its place, or, in a complete new edition, none does."""

    type: str
    id: str
    before: Mapping[str, Value]
    replaced_by: str | None = None
    after: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What files are a complete new edition of.

    Attributes:
        sources: Ids of sources; what they no longer say retires.
        files: Whether what earlier files of the same names brought retires as well.
        max_retire: What part of the claims there may retire.
        of: Earlier files of other names that count as files of the same names.
    """

    sources: frozenset[str] = frozenset()
    files: bool = False
    max_retire: float = 0.2
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a load would do.

    Attributes:
        files: The files, as the user named them.
        new_nodes: Nodes to add.
        changed_nodes: Nodes to change.
        new_claims: Claims to add.
        replaced_claims: Claims whose place a new one takes.
        retired_claims: Claims that a complete new edition no longer states.
        unchanged: How many nodes and claims are there already, word for word.
        repeated: Places of claims that stand in the files a second time.
        refused: What is wrong with rows that are put aside.
        read_as: How each table was read: rows, encoding, delimiter.
        alike: New nodes that are called like others, or very nearly so.
        unknown: Names that lead to no node, each once, and for which none is made.
        remarks: What else the user should look at, in sentences.
    """

    files: tuple[str, ...]
    new_nodes: tuple[Table, ...]
    changed_nodes: tuple[ChangedNode, ...]
    new_claims: tuple[Claims, ...]
    replaced_claims: tuple[ReplacedClaim, ...]
    retired_claims: tuple[ReplacedClaim, ...]
    unchanged: int
    repeated: tuple[tuple[str, int], ...]
    refused: tuple[Problem, ...] = ()
    read_as: tuple[str, ...] = ()
    alike: tuple[Unknown, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def added(self) -> int:
        """How many records are new, corrected claims not counted."""
        nodes, claims = map(len, self.new_nodes), (len(part.table) for part in self.new_claims)
        return sum(nodes) + sum(claims) - len(self.replaced_claims)

    @property
    def changed(self) -> int:
        """How many records change: nodes with new values, and claims that are corrected."""
        return len(self.changed_nodes) + len(self.replaced_claims)

    @property
    def is_empty(self) -> bool:
        """Whether the store holds all of it already."""
        return not (self.new_nodes or self.changed_nodes or self.new_claims or self.retired_claims)


def make_plan(store: Store, checked: Checked, files: Sequence[str], edition: Edition | None = None) -> Plan:
    """Compare checked records with a store; nothing is written.

    Raises:
        InputError: more would retire than the edition allows.
    """
    edition = edition or Edition()
    nodes = NodePlan(store)
    for stated in checked.nodes:
        nodes.add(stated)
    claims = _ClaimPlan(store)
    for part in checked.claims:
        claims.add(part)
    replaced = tuple(_replaced(store, claims, files, edition))
    retired = tuple(_retired(store, claims, files, edition, {claim.id for claim in replaced}))
    return Plan(
        tuple(files),
        tuple(nodes.new),
        tuple(nodes.changed),
        tuple(claims.new),
        replaced,
        retired,
        nodes.unchanged + claims.unchanged,
        tuple(claims.repeated),
        checked.problems,
        checked.read_as,
        checked.alike,
        checked.unknown,
        checked.remarks,
    )


class _ClaimPlan:
    """Sorts claims into new, unchanged and repeated; a claim's id says all that it says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stored: dict[str, ClaimIds] = {}
        self.stated: dict[str, ClaimIds] = defaultdict(ClaimIds)
        self.new: list[Claims] = []
        self.unchanged = 0
        self.repeated: list[tuple[str, int]] = []

    def add(self, part: Claims) -> None:
        ids = part.table.columns["id"]
        stated = self.stated[part.table.type]
        seen, stored = stated.known(ids), self._ids(part.table.type).known(ids)
        stated.add(ids)
        if not any(seen) and not any(stored) and len(set(ids)) == len(ids):
            self.new.append(part)
            return
        fresh, here = [], set()
        for place, claim in enumerate(ids):
            if seen[place] or claim in here:
                self.repeated.append(part.places[place])
            elif stored[place]:
                self.unchanged += 1
            else:
                fresh.append(place)
            here.add(claim)
        if fresh:
            self.new.append(Claims(part.table.take(fresh), part.ends, part.places.take(fresh)))

    def _ids(self, type_name: str) -> ClaimIds:
        """The ids of the claims of a type that the store holds."""
        if type_name not in self._stored:
            self._stored[type_name] = known = ClaimIds()
            if self._store.count(type_name):
                for part in self._store.arrow(type_name, ["id"]).to_batches():
                    known.add(part["id"].to_pylist())
        return self._stored[type_name]


def _replaced(store: Store, claims: _ClaimPlan, files: Sequence[str], edition: Edition) -> Iterator[ReplacedClaim]:
    """Find the claims that a new edition of their own file, or of their source, corrects.

    A claim takes another's place when both speak of the same fact at the same place of the same source (they agree in
    all identifying properties), when a file of the same name brought the old one, and no row states the old one still.
    Of several, the one of the same time comes first.
    """
    earlier = loads_of(store, files, edition.of)
    if not earlier and not edition.sources:
        return
    for part in claims.new:
        link = store.schema.links[part.table.type]
        wanted = set(zip(*(part.table.columns[name] for name in _identity(link)), strict=True))
        old = _by_fact(link, _of_edition(store, link, earlier, edition.sources, claims.stated[link.name]), wanted)
        if not old:
            continue
        rows = list(part.table.rows())
        for exactly in (True, False):
            matched = _matched(link, rows, old, exactly=exactly)
            yield from matched
            taken = {claim.replaced_by for claim in matched}
            rows = [row for row in rows if row["id"] not in taken]


def _matched(
    link: LinkType,
    rows: Iterable[dict[str, Value]],
    old: Mapping[tuple[Value, ...], list[dict[str, Value]]],
    *,
    exactly: bool,
) -> list[ReplacedClaim]:
    found = []
    for claim in rows:
        matches = old.get(_fact(link, claim), [])
        before = next((row for row in matches if not exactly or _time(row) == _time(claim)), None)
        if before is not None:
            matches.remove(before)
            found.append(ReplacedClaim(link.name, str(before["id"]), before, str(claim["id"]), claim))
    return found


def _time(row: Mapping[str, Value]) -> tuple[Value, Value]:
    return row.get("valid_from"), row.get("valid_to")


def _retired(
    store: Store, claims: _ClaimPlan, files: Sequence[str], edition: Edition, replaced: set[str]
) -> Iterator[ReplacedClaim]:
    """Find the claims that a complete new edition no longer states.

    Raises:
        InputError: they are more than the edition allows.
    """
    if not edition.sources and not edition.files:
        return
    earlier = loads_of(store, files, edition.of) if edition.files else set()
    before = 0
    gone = []
    for link in store.schema.link_types:
        if not store.count(link.name):
            continue
        rows = list(_of_edition(store, link, earlier, edition.sources, ClaimIds()))
        stated = claims.stated[link.name].known([row["id"] for row in rows])
        before += len(rows)
        gone += [
            ReplacedClaim(link.name, str(row["id"]), row)
            for row, still in zip(rows, stated, strict=True)
            if not still and row["id"] not in replaced
        ]
    if gone and len(gone) > edition.max_retire * before:
        part, enough = len(gone) / before, ceil(100 * len(gone) / before)
        told = (
            f"{len(gone):,} of {before:,} claims would retire ({part:.0%}), more than {edition.max_retire:.0%}; "
            f"is the file complete? `--max-retire {enough}%` allows it"
        )
        raise InputError([Problem(", ".join(files), 0, "", told)])
    yield from gone


def _of_edition(
    store: Store, link: LinkType, loads: set[Value], sources: frozenset[str], stated: ClaimIds
) -> Iterator[dict[str, Value]]:
    """The stored claims that earlier loads of the files brought or the sources state, but not those still stated."""
    arrow = store.arrow(link.name)
    marks = (arrow["load"].to_pylist(), arrow["source"].to_pylist(), stated.known(arrow["id"].to_pylist()))
    places = [
        place
        for place, (load, source, still) in enumerate(zip(*marks, strict=True))
        if (load in loads or source in sources) and not still
    ]
    return iter(arrow.take(places).to_pylist()) if places else iter(())


def _by_fact(
    link: LinkType, rows: Iterable[dict[str, Value]], wanted: set[tuple[Value, ...]]
) -> dict[tuple[Value, ...], list[dict[str, Value]]]:
    facts: dict[tuple[Value, ...], list[dict[str, Value]]] = defaultdict(list)
    for row in rows:
        if (fact := _fact(link, row)) in wanted:
            facts[fact].append(row)
    for same in facts.values():
        same.sort(key=lambda row: str(row["id"]))
    return facts


def _identity(link: LinkType) -> tuple[str, ...]:
    return ("subject", "object", *(prop.name for prop in link.properties if prop.identifies))


def _fact(link: LinkType, row: Mapping[str, Value]) -> tuple[Value, ...]:
    return tuple(row.get(name) for name in _identity(link))
