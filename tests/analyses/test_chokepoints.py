"""Dominators, articulation points, lone sources and concentration."""

from __future__ import annotations

import pytest

from analyses.small import claim, network
from graphkit.analyses.chokepoints import articulation_points, concentrations, dominating, lone_sources
from graphkit.analyses.concentration import concentration


@pytest.mark.parametrize(
    ("shares", "index"), [((0.91, 0.09), 0.8362), ((0.57, 0.43), 0.5098), ((1.0,), 1.0), ((0.25,) * 4, 0.25)]
)
def test_the_index_of_known_shares_is_the_sum_of_squares(shares: tuple[float, ...], index: float) -> None:
    """Where all shares are known, low and high are the published number."""
    found = concentration({str(place): share for place, share in enumerate(shares)})

    assert found is not None
    assert found.low == found.high == pytest.approx(index)
    assert found.known == pytest.approx(1.0)


def test_the_index_of_the_merger_guidelines() -> None:
    """Four firms with 30, 30, 20 and 20 per cent: 2,600 points (U.S. Department of Justice); names are not needed."""
    found = concentration([0.3, 0.3, 0.2, 0.2])

    assert found is not None
    assert found.high * 10_000 == pytest.approx(2600)


def test_the_rest_makes_the_index_an_interval() -> None:
    """Low is the known part; high adds the whole rest to the largest, or to one unknown when shares are final."""
    shares = {"a": 0.5, "b": 0.2, "c": None}

    found, closed = concentration(shares), concentration(shares, closed=True)

    assert found is not None
    assert (found.low, found.high, found.known) == pytest.approx((0.29, 0.8**2 + 0.04, 0.7))
    assert closed is not None
    assert closed.high == pytest.approx(0.29 + 0.3**2)
    assert concentration({"a": None}) is None


def test_dominators_stand_on_every_route_to_a_product() -> None:
    """Two makers, two routes, one part in common."""
    net = network(
        [
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p1"),
            claim("GOES_INTO", "p1", "p2"),
            claim("GOES_INTO", "p1", "p3"),
            claim("GOES_INTO", "p2", "p4"),
            claim("GOES_INTO", "p3", "p4"),
        ]
    )

    assert [row["id"] for row in dominating(net, "p4").rows] == ["p1"]
    assert [row["id"] for row in dominating(net, "p4", ["cA"]).rows] == ["cA", "p1"]
    assert dominating(net, "p1", ["p4"]).rows == ()


def test_rival_makers_are_no_route_to_each_other() -> None:
    """That two companies make one product does not put one upstream of the other."""
    net = network([claim("MAKES", "cA", "p1"), claim("MAKES", "cB", "p1"), claim("SUPPLIES", "cB", "cC")])

    assert dominating(net, "cC", ["cA"]).rows == ()
    assert [row["id"] for row in dominating(net, "cC", ["cB"]).rows] == ["cB"]


def test_articulation_points_say_what_they_would_cut_off() -> None:
    """The middle of two stars, with the smaller one cut off."""
    net = network([*(claim("SUPPLIES", f"c{i}", "cM") for i in "ABC"), claim("SUPPLIES", "cM", "cX")])

    rows = articulation_points(net).rows

    assert [(row["id"], row["pieces"], row["cut_off"]) for row in rows] == [("cM", 4, 3)]


def test_sole_and_single_sources_are_told_apart() -> None:
    """Sole: the only one there is; single: the only one that a buyer uses of several."""
    net = network(
        [
            claim("MAKES", "cA", "p1"),
            claim("GOES_INTO", "p1", "p2"),
            claim("MAKES", "cB", "p2"),
            claim("MAKES", "cC", "p2"),
            claim("SUPPLIES", "cB", "cD", product="p2"),
        ]
    )

    rows = [(row["kind"], row["product"], row["buyer"], row["source"]) for row in lone_sources(net).rows]

    assert rows == [("sole", "p1", None, "cA"), ("single", "p2", "cD", "cB")]
    assert [row["product"] for row in lone_sources(net, ["p1"]).rows] == ["p1"]


def test_concentration_by_country_adds_up_companies() -> None:
    """Companies of one country count as one, and markets without shares have no index."""
    net = network(
        [
            claim("MAKES", "cA", "p1", share=0.5),
            claim("MAKES", "cB", "p1", share=0.3),
            claim("MAKES", "cC", "p1", share=0.2),
            claim("MAKES", "cC", "p2"),
        ],
        properties={"cA": {"country": "TW"}, "cB": {"country": "TW"}, "cC": {"country": "JP"}},
    )

    rows = {row["id"]: row for row in concentrations(net, by="country").rows}

    assert rows["p1"]["hhi_low"] == pytest.approx(0.8**2 + 0.2**2)
    assert (rows["p1"]["largest"], rows["p1"]["largest_share"]) == ("TW", pytest.approx(0.8))
    assert (rows["p2"]["hhi_low"], rows["p2"]["known"]) == (None, 0.0)
    by_company = {row["id"]: row for row in concentrations(net, ["p1"]).rows}
    assert by_company["p1"]["hhi_high"] == pytest.approx(0.25 + 0.09 + 0.04)
