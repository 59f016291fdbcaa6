"""Bounds on exposure against every way of giving away the rest."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from graphkit.analyses.dependence import Dependence, Shares

UNKNOWN = float("nan")


def shares(size: int, links: list[tuple[int, int, float]], wholes: list[int] | None = None) -> Shares:
    """Shares written as (holder, other, share)."""
    holder, other, share = (np.array(column) for column in zip(*links, strict=True))
    return Shares(size, holder, other, share.astype(float), np.array(wholes or [0] * len(links)))


def brute_highest(given: Shares, hits: np.ndarray, *, once: bool) -> np.ndarray:
    """The best over all ways of giving each rest to one unknown link, each way solved as a dense system."""
    options = [
        [None, *(i for i in range(len(given.holder)) if given.holder[i] == node and np.isnan(given.share[i]))]
        for node in range(given.size)
    ]
    best = np.zeros(given.size)
    for choice in itertools.product(*options):
        matrix, start = np.zeros((given.size, given.size)), np.zeros(given.size)
        for i, (holder, other, share) in enumerate(zip(given.holder, given.other, given.share, strict=True)):
            rest = max(0.0, 1 - given.known[holder]) if choice[holder] == i else 0.0
            part = rest if np.isnan(share) else share
            start[holder] += part * hits[i]
            matrix[holder, other] += 0.0 if once and hits[i] else part
        matrix *= 1 - 1e-9  # rings that keep everything end, far out
        best = np.maximum(best, np.linalg.solve(np.eye(given.size) - matrix, start))
    return np.where(best > 1e6, np.inf, best)


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_highest_is_the_best_of_all_ways_to_give_the_rest_away(seed: int, once: bool) -> None:
    """Policy iteration finds what trying every way finds, rings that never let go included."""
    rng = np.random.default_rng(seed)
    links = []
    for holder in range(4):
        others = [other for other in range(4) if rng.random() < 0.5]
        parts = rng.dirichlet(np.ones(len(others) + 1)) * rng.choice([0.9, 1.0])
        links += [
            (holder, other, UNKNOWN if rng.random() < 0.5 else part)
            for other, part in zip(others, parts[1:], strict=True)
        ]
    if not links:
        pytest.skip("no links came up")
    given = shares(4, links)
    hits = (given.other == 0) | ((given.other == 1) if seed % 2 else False)

    found = Dependence(given, hits, once=once)

    np.testing.assert_allclose(found.highest(), brute_highest(given, hits, once=once), rtol=1e-5, atol=1e-6)
    assert (found.lowest() <= found.highest() + 1e-9).all()


def test_the_rest_goes_to_one_unknown_link_at_a_time() -> None:
    """A buyer of 0.6 known and two unknown suppliers leans on either with 0 to 0.4, and never is a share scaled."""
    given = shares(4, [(0, 1, 0.6), (0, 2, UNKNOWN), (0, 3, UNKNOWN)])

    for target, low, high in [(1, 0.6, 0.6), (2, 0.0, 0.4), (3, 0.0, 0.4)]:
        found = Dependence(given, given.other == target, once=False)
        assert found.lowest()[0] == pytest.approx(low)
        assert found.highest()[0] == pytest.approx(high)


def test_a_ring_of_unknown_shares_has_no_bound_but_touches_at_most_the_whole() -> None:
    """Two firms that may buy all from each other: requirement without bound, dependence at most 1."""
    given = shares(2, [(0, 1, UNKNOWN), (1, 0, UNKNOWN)])

    assert Dependence(given, given.other == 1, once=False).highest().tolist() == [np.inf, np.inf]
    assert Dependence(given, given.other == 1, once=True).highest().tolist() == [1.0, 1.0]


def test_shares_of_several_products_that_exceed_the_whole_are_read_by_product() -> None:
    """0.9 of one product and 0.8 of another cannot be parts of one need: 0 to the worst of them."""
    given = shares(3, [(0, 1, 0.9), (0, 2, 0.8), (0, 1, UNKNOWN)], wholes=[7, 8, 8])

    found = Dependence(given, given.other == 1, once=False)

    assert found.lowest()[0] == 0.0
    assert found.highest()[0] == pytest.approx(0.9)
    assert found.direct()[1][0] == pytest.approx(0.9)


def test_known_shares_that_keep_turning_without_the_target_count_nothing() -> None:
    """A closed ring beside the target has no exposure to it."""
    given = shares(3, [(0, 1, 1.0), (1, 0, 1.0), (2, 2, 0.5)])

    assert Dependence(given, given.other == 2, once=False).lowest().tolist() == pytest.approx([0.0, 0.0, 1.0])
