"""Claims become facts, and facts keep their claims."""

from __future__ import annotations

import numpy as np
import pytest

from analyses.small import claim, network
from graphkit.errors import NotFoundError


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
