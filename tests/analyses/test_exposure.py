"""Exposure of companies, with evidence, intervals and coverage."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from analyses.small import claim, network
from graphkit.analyses.exposure import exposure

if TYPE_CHECKING:
    from graphkit.analyses.findings import Finding
    from graphkit.records import Link

SECTORS = [
    claim("SUPPLIES", "cA", "cA", share=0.15),
    claim("SUPPLIES", "cA", "cB", share=0.25),
    claim("SUPPLIES", "cB", "cA", share=0.20),
    claim("SUPPLIES", "cB", "cB", share=0.05),
]
"""The two sectors of Miller and Blair as shares of the buyer's need."""


def figures(found: Finding, name: str) -> dict[object, object]:
    """One column of a finding by company."""
    return {row["id"]: row[name] for row in found.rows}


def test_total_exposure_is_leontiefs_inverse_without_the_identity() -> None:
    """All walks count, rings included; dependence ends at the target (L12 / L11)."""
    found = exposure(network(SECTORS), ["cA"])

    assert figures(found, "total_low") == pytest.approx({"cB": 0.330033, "cA": 0.25412541}, abs=1e-6)
    assert figures(found, "total_high") == pytest.approx(figures(found, "total_low"))
    assert figures(found, "dependence_low")["cB"] == pytest.approx(0.330033 / 1.25412541, abs=1e-6)
    assert figures(found, "direct_low") == {"cB": 0.25, "cA": 0.15}


@pytest.mark.parametrize(
    ("tiers", "total"), [(1, 0.25), (2, 0.30), (3, 0.320625), (4, 0.326875), (5, 0.32900156), (8, 0.32999614)]
)
def test_exposure_truncated_by_tier(tiers: int, total: float) -> None:
    """Walks of up to so many links, and the tier from which on nothing changes."""
    found = exposure(network(SECTORS), ["cA"], ["cB"], max_tier=tiers)

    assert found.rows[0]["total_low"] == pytest.approx(total, abs=1e-8)
    assert exposure(network(SECTORS), ["cA"], ["cB"]).details["tiers"][-1]["converged"] is True


def test_simple_routes_alone_do_not_reach_the_total() -> None:
    """The listed routes pass no node twice, so with rings they add up to less than the total."""
    found = exposure(network(SECTORS), ["cA"], ["cB"], routes=100)

    assert sum(float(str(row["low"])) for row in found.details["routes"]) < 0.33
    assert found.details["routes"][0]["claims"] == ("SUPPLIES cA cB share=0.25",)


def test_revenue_side_follows_customers() -> None:
    """The revenue side is Ghosh's inverse: B12 and beyond, from the seller to its customers."""
    sales = [
        claim("SUPPLIES", "cA", "cA", revenue_share=0.15),
        claim("SUPPLIES", "cA", "cB", revenue_share=0.5),
        claim("SUPPLIES", "cB", "cA", revenue_share=0.1),
        claim("SUPPLIES", "cB", "cB", revenue_share=0.05),
    ]

    found = exposure(network(sales), ["cB"], ["cA"], side="revenue")

    assert found.rows[0]["total_low"] == pytest.approx(0.66006601)


def test_unknown_shares_give_an_interval_and_lower_the_coverage() -> None:
    """An unknown share is 0 at the lowest and the whole rest at the highest; coverage says how much was known."""
    found = exposure(network([claim("SUPPLIES", "cA", "cC", share=0.3), claim("SUPPLIES", "cB", "cC")]), ["cB"])
    found_a = exposure(network([claim("SUPPLIES", "cA", "cC", share=0.3), claim("SUPPLIES", "cB", "cC")]), ["cA"])

    assert found.columns[:3] == ("id", "name", "tier")  # no share is known on the way to cB
    assert found_a.rows[0]["total_low"] == found_a.rows[0]["total_high"] == pytest.approx(0.3)
    assert found_a.coverage is not None
    assert found_a.coverage.part == pytest.approx(0.3)


def test_without_any_share_there_is_structure_and_no_figure() -> None:
    """Depth, independent routes and single points, with the claims of the shortest route."""
    net = network(
        [
            claim("MAKES", "cA", "p1"),
            claim("GOES_INTO", "p1", "p2"),
            claim("MAKES", "cB", "p2"),
            claim("MAKES", "cC", "p2"),
            claim("SUPPLIES", "cB", "cD"),
            claim("SUPPLIES", "cC", "cD"),
        ]
    )

    rows = {row["id"]: row for row in exposure(net, ["cA"]).rows}

    assert (rows["cB"]["tier"], rows["cB"]["routes"], rows["cB"]["single_points"]) == (3, 1, ("p1", "p2"))
    assert (rows["cD"]["tier"], rows["cD"]["single_points"]) == (4, ("p1", "p2"))
    assert rows["cB"]["claims"] == ("GOES_INTO p1 p2", "MAKES cA p1", "MAKES cB p2")
    assert "cA" not in rows
    assert all("total_low" not in row for row in rows.values())


def test_a_product_target_counts_the_links_that_carry_it_or_a_kind_of_it() -> None:
    """Exposure to a product is exposure to whatever is supplied of it."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cB", product="p1", share=0.5),
            claim("SUPPLIES", "cA", "cB", product="p3", share=0.2),
            claim("SUPPLIES", "cB", "cC", product="p3", share=0.4),
            claim("TYPE_OF", "p1", "p2"),
        ]
    )

    assert figures(exposure(net, ["p2"]), "total_low") == pytest.approx({"cB": 0.5, "cC": 0.2})


def test_countries_and_segments_stand_for_their_companies() -> None:
    """A country is its companies, a segment its members and those of its parts."""
    net = network(
        [
            claim("SUPPLIES", "cA", "cC", share=0.3),
            claim("SUPPLIES", "cB", "cC", share=0.4),
            claim("IN_SEGMENT", "cA", "s2"),
            claim("IN_SEGMENT", "cB", "s1"),
        ],
        properties={"cA": {"country": "TW"}, "cB": {"country": "JP"}, "s2": {"parent": "s1"}},
    )

    assert figures(exposure(net, ["country:TW"]), "total_low") == pytest.approx({"cC": 0.3})
    assert figures(exposure(net, ["s1"]), "total_low") == pytest.approx({"cC": 0.7})
    assert figures(exposure(net, ["s2"]), "total_low") == pytest.approx({"cC": 0.3})


def test_a_portfolio_weighs_its_companies() -> None:
    """The last row is the portfolio as a whole."""
    net = network([claim("SUPPLIES", "cA", "cC", share=0.3), claim("SUPPLIES", "cA", "cB", share=0.1)])

    found = exposure(net, ["cA"], weights={"cC": 0.5, "cB": 0.5})

    assert found.rows[-1]["name"] == "portfolio"
    assert found.rows[-1]["total_low"] == pytest.approx(0.2)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::7])
def test_figures_do_not_depend_on_names_isolated_firms_or_doubled_claims(order: tuple[int, ...]) -> None:
    """Relabelling, a firm without links, and a second claim of the same change no figure."""
    names = "ABCD"
    plain = [("A", "B", 0.5), ("B", "C", 0.4), ("C", "B", 0.2), ("D", "C", None)]

    def claims(rename: dict[str, str]) -> list[Link]:
        return [claim("SUPPLIES", f"c{rename[a]}", f"c{rename[b]}", share=share) for a, b, share in plain]

    same = dict(zip(names, names, strict=True))
    renamed = {name: names[place] for name, place in zip(names, order, strict=True)}
    doubled = [*claims(renamed), claim("SUPPLIES", f"c{renamed['A']}", f"c{renamed['B']}", share=0.5, locator="again")]

    before = exposure(network(claims(same)), ["cA"])
    after = exposure(network(doubled, nodes=["cZ"]), [f"c{renamed['A']}"])

    for name in ("total_low", "total_high", "dependence_high"):
        expected = {f"c{renamed[str(company)[1]]}": value for company, value in figures(before, name).items()}
        assert figures(after, name) == pytest.approx(expected)
