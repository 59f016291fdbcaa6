"""ESRI against the naive loop, which is the definition written down."""

from __future__ import annotations

import numpy as np
import pytest

from analyses.small import claim, network
from graphkit.analyses import crowds, esri
from graphkit.analyses.esri import ESSENTIAL, NO_EFFECT, NON_ESSENTIAL, Firms, systemic_risks
from graphkit.analyses.systemic import firms_of, systemic_risk

TOY = (
    "A X 2, B X 2, C X 2, D X 2, E X 1, F X 1, G X 1, H X 0, X I 2, X J 1, X K 2, K L 2",
    {"A": 1, "B": 2, "C": 2, "D": 2, "E": 3, "F": 3, "G": 5, "H": 99, "X": 1, "I": 1, "J": 3, "K": 4, "L": 2},
)
"""The toy network of a public implementation: supplier, customer, kind; and the sectors."""


def toy() -> Firms:
    """The toy network, firms in the order A to H, then X, I to L."""
    links = (link.split() for link in TOY[0].split(", "))
    return Firms.of([(supplier, customer, 1.0, int(kind)) for supplier, customer, kind in links], TOY[1])


def test_firms_may_have_names() -> None:
    """A mine, a mill and a shop in a row: the failure of any that sells stops all sales."""
    firms = Firms.of([("a", "b", 1, ESSENTIAL), ("b", "c", 1, ESSENTIAL)], {"a": "mines", "b": "mills", "c": "shops"})

    assert systemic_risks(firms).tolist() == [1.0, 1.0, 1.0]


def random_firms(seed: int) -> Firms:
    """A small random network with parallel links, loops and firms without links."""
    rng = np.random.default_rng(seed)
    size, links = 12, 26
    return Firms(
        rng.integers(0, size, links),
        rng.integers(0, size, links),
        rng.lognormal(size=links),
        rng.integers(0, 3, links),
        rng.integers(0, 5, size),
    )


def levels(firms: Firms, failed: int, down: list[float], up: list[float]) -> tuple[list[float], list[float]]:
    """One synchronous round for all firms, firm by firm, as the definition reads."""
    links = list(zip(firms.supplier, firms.customer, firms.weight, firms.kind, strict=True))
    left = [
        sum(firms.sales[x] * down[x] for x in range(firms.size) if firms.sector[x] == firms.sector[j])
        for j in range(firms.size)
    ]
    share = [
        0.0 if firms.sales[j] == 0 else 1.0 if left[j] <= firms.sales[j] else firms.sales[j] / left[j]
        for j in range(firms.size)
    ]
    new_down, new_up = [], []
    for i in range(firms.size):
        bought = [(j, w, kind) for j, customer, w, kind in links if customer == i]
        losses = [0.0]
        for sector in {firms.sector[j] for j, _, kind in bought if kind == ESSENTIAL}:
            of_sector = [(j, w) for j, w, kind in bought if kind == ESSENTIAL and firms.sector[j] == sector]
            need = sum(w for _, w in of_sector)
            losses.append(sum(share[j] * w / need * (1 - down[j]) for j, w in of_sector))
        total = sum(w for _, w, _ in bought)
        losses.append(sum(share[j] * w / total * (1 - down[j]) for j, w, kind in bought if kind == NON_ESSENTIAL))
        sold = [(j, w) for supplier, j, w, _ in links if supplier == i]
        level = sum(w / firms.sales[i] * up[j] for j, w in sold) if sold else 1.0
        new_down.append(min(1 - max(losses), float(i != failed)))
        new_up.append(min(level, float(i != failed)))
    return new_down, new_up


def naive(firms: Firms, failed: int, tolerance: float) -> float:
    """The ESRI of one firm, by the loop of the definition."""
    down, up = [1.0] * firms.size, [1.0] * firms.size
    while True:
        new_down, new_up = levels(firms, failed, down, up)
        change = max(abs(a - b) for a, b in zip(new_down + new_up, down + up, strict=True))
        down, up = new_down, new_up
        if change <= tolerance:
            lost = sum(s * (1 - min(d, u)) for s, d, u in zip(firms.sales, down, up, strict=True))
            return float(lost / firms.sales.sum())


@pytest.mark.parametrize("tolerance", [1e-2, 1e-12])
def test_the_toy_network_equals_the_naive_loop(tolerance: float) -> None:
    """Every firm of the toy network; the one in the middle takes all output with it."""
    risks = systemic_risks(toy(), tolerance=tolerance)

    np.testing.assert_allclose(risks, [naive(toy(), i, tolerance) for i in range(13)], atol=1e-11)
    assert risks[8] == pytest.approx(1.0)  # X
    assert risks[0] == pytest.approx(5 / 12)  # A: half of its sector's sales at X, which sells a third of all


@pytest.mark.parametrize("seed", range(6))
def test_random_networks_equal_the_naive_loop(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of sparse matrices, columns of dense ones, and both in turn give the figures of the definition."""
    firms = random_firms(seed)
    monkeypatch.setattr(esri, "BLOCK", 7)
    monkeypatch.setattr(crowds, "COLUMNS", 3)

    for tolerance in (1e-2, 1e-4):
        expected = [naive(firms, i, tolerance) for i in range(firms.size)]
        for crowded in (0.0, 0.2, 2.0):
            monkeypatch.setattr(esri, "CROWDED", crowded)
            rounding = 1e-6 if tolerance > crowds.SINGLE else 1e-10
            np.testing.assert_allclose(systemic_risks(firms, tolerance=tolerance), expected, atol=rounding)


def test_several_processes_give_the_same() -> None:
    """The work is only shared out."""
    firms = random_firms(3)
    failing = np.tile(np.arange(firms.size), 43)

    both = systemic_risks(firms, failing, workers=2)

    np.testing.assert_array_equal(both, systemic_risks(firms, failing))


def test_relabelling_and_an_isolated_firm_change_nothing() -> None:
    """The figure belongs to the firm, whatever its number."""
    firms = random_firms(1)
    order = np.random.default_rng(0).permutation(firms.size)
    sector = np.zeros(firms.size + 1, dtype=np.int64)
    sector[order] = firms.sector
    renamed = Firms(order[firms.supplier], order[firms.customer], firms.weight, firms.kind, sector)

    np.testing.assert_allclose(systemic_risks(renamed)[order], systemic_risks(firms), atol=1e-12)


def test_a_network_of_companies_says_what_it_takes_for_granted() -> None:
    """Without amounts each link counts 1, and that is said; parts said to be inessential are."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB", product="p1"),
            claim("SUPPLIES", "cB", "cC", product="p2"),
            claim("MAKES", "cB", "p2"),
            claim("GOES_INTO", "p1", "p2", essential=False),
            claim("IN_SEGMENT", "cA", "s1"),
        ]
    )

    found = systemic_risk(net)

    assert firms_of(net)[0].kind.tolist() == [NON_ESSENTIAL, ESSENTIAL]
    assert {row["id"]: row["risk"] for row in found.rows}["cB"] == pytest.approx(1.0)
    assert any("each counts 1" in assumption for assumption in found.assumptions)
    assert found.coverage is not None
    assert (found.coverage.known, found.coverage.total) == (0, 2)


def test_nothing_to_sell_is_nothing_to_lose() -> None:
    """No links, no risk."""
    nobody = np.zeros(0, dtype=np.int64)
    firms = Firms(nobody, nobody, nobody.astype(float), nobody, np.array([0, 1]))

    assert systemic_risks(firms).tolist() == [0.0, 0.0]
    assert NO_EFFECT == 0
