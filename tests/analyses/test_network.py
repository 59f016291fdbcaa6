"""Claims become facts, and facts keep their claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from random_graphs import changes, random_world

from analyses.small import claim, network
from graphkit.analyses.network import ALL_LINKS, Network
from graphkit.errors import NotFoundError
from graphkit.model import MODEL
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from graphkit.records import Link
    from graphkit.stores.base import Store


def test_parallel_claims_are_one_fact_with_the_number_of_the_newest() -> None:
    """Two claims of one fact give one number, that of the newer claim, and both ids."""
    old = claim("SUPPLIES", "cA", "cB", share=0.4, since="2024-01-01")
    new = claim("SUPPLIES", "cA", "cB", share=0.5, since="2025-01-01")
    silent = claim("SUPPLIES", "cA", "cB", since="2026-01-01")

    facts = network([old, new, silent]).facts("SUPPLIES")

    assert facts.number("share").tolist() == [0.5]
    assert facts.claims([0]) == tuple(sorted([old.id, new.id, silent.id]))
    assert facts.contradicted["share"].tolist() == [0]


def test_of_two_claims_of_one_day_the_more_certain_counts() -> None:
    """What is stated counts for more than an estimate of the same day, whichever comes first."""
    estimate = claim("SUPPLIES", "cA", "cB", share=0.1, certainty="estimate")
    stated = claim("SUPPLIES", "cA", "cB", share=0.2, certainty="stated")

    for claims in ([estimate, stated], [stated, estimate]):
        assert network(claims).facts("SUPPLIES").number("share").tolist() == [0.2]


def test_facts_of_different_products_or_roles_stay_apart() -> None:
    """The product and the role say which fact a claim is about."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB", product="p1", share=0.1),
            claim("SUPPLIES", "cA", "cB", product="p2", share=0.2),
            claim("SUPPLIES", "cA", "cB", product="p2", role="foundry"),
        ]
    )

    facts = net.facts("SUPPLIES")

    assert sorted(net.ids[code] for code in facts.reference("product")) == ["p1", "p2", "p2"]
    assert np.nansum(facts.number("share")) == pytest.approx(0.3)


def test_only_claims_that_hold_on_the_day_count() -> None:
    """An as-of day leaves out what was over, or not yet so; an unknown end is open."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB", share=0.4, since="2024-01-01", until="2024-12-31"),
            claim("SUPPLIES", "cA", "cB", share=0.5, since="2025-01-01", until="9999-12-31"),
            claim("SUPPLIES", "cC", "cB"),
        ],
        as_of="2024-06",
    )

    facts = net.facts("SUPPLIES")

    assert [net.ids[code] for code in facts.subject] == ["cA", "cC"]
    assert facts.number("share")[0] == 0.4
    assert len(net.ends("SUPPLIES")[0]) == 2


def test_a_node_that_is_not_there_is_an_error() -> None:
    """Asking for an unknown id names it."""
    with pytest.raises(NotFoundError, match="cZ"):
        network([claim("SUPPLIES", "cA", "cB")]).code("cZ")


def test_a_network_without_claims_has_no_facts() -> None:
    """Nothing is known of a link type that nobody speaks of."""
    facts = network([], nodes=["cA"]).facts("SUPPLIES")

    assert len(facts) == 0
    assert facts.claims([]) == ()
    assert facts.number("share").tolist() == []


def test_a_network_is_the_same_from_any_store_and_from_records(store: Store) -> None:
    """Nodes, facts and their claims agree whoever keeps them, whole or as of a day, parallel claims included."""
    world = random_world(300, 5)
    store.apply(changes(world.nodes, world.links))

    for day in (None, "2025-01"):
        read = Network.from_store(store, as_of=day)
        made = Network.from_records(world.nodes, (_dated(link) for link in world.links), schema=MODEL, as_of=day)
        assert sorted(zip(read.ids, read.names, read.countries, strict=True)) == [
            row for row in sorted(zip(made.ids, made.names, made.countries, strict=True)) if row[0] in read.codes
        ]
        for link in ALL_LINKS:
            assert _facts(read, link) == _facts(made, link)


def test_reach_needs_no_evidence(embedded: Store) -> None:
    """Only the ends are read, and they are those of all claims."""
    world = random_world(80, 2)
    embedded.apply(changes(world.nodes, world.links))

    lean, full = (Network.from_store(embedded, links=["SUPPLIES"], evidence=given) for given in (False, True))

    for one, other in zip(lean.ends("SUPPLIES"), full.ends("SUPPLIES"), strict=True):
        assert sorted(one.tolist()) == sorted(other.tolist())


def _dated(link: Link) -> Link:
    """A claim with the days that a store would keep for it."""
    start, end = (link.properties.get(name) for name in ("valid_from", "valid_to"))
    since, until = first_day(str(start) if start else None), last_day(str(end) if end else None)
    return replace(link, properties={**link.properties, "since": since, "until": until})


def _facts(net: Network, link: str) -> set[tuple[object, ...]]:
    facts = net.facts(link)
    columns = [*facts.numbers.values(), *facts.texts.values()]
    return {
        (
            net.ids[subject],
            net.ids[obj],
            *(net.ids[codes[place]] if codes[place] >= 0 else None for codes in facts.references.values()),
            *(repr(column[place]) for column in columns),
            facts.claims([place]),
        )
        for place, (subject, obj) in enumerate(zip(facts.subject, facts.object, strict=True))
    }
