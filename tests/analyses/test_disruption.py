"""What stops, what runs short, and what would stop a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyses.small import claim, network
from graphkit.analyses.availability import Availability
from graphkit.analyses.disruption import disrupt, stop_chance, weak_points
from graphkit.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from graphkit.analyses.findings import Finding

TWO_TRAIN = [
    claim("TYPE_OF", "pTrain1", "pService"),
    claim("TYPE_OF", "pTrain2", "pService"),
    *(claim("GOES_INTO", f"p{part}{i}", f"pTrain{i}") for part in ("Valve", "Pump") for i in (1, 2)),
    *(claim("MAKES", f"c{part}{i}", f"p{part}{i}") for part in ("Valve", "Pump") for i in (1, 2)),
]
"""SCRAM's TwoTrain as supply: made on either of two lines, each of which needs a valve and a pump."""


def effects(found: Finding) -> dict[object, tuple[object, object]]:
    """Effect and tier of everything hit."""
    return {row["id"]: (row["effect"], row["tier"]) for row in found.rows}


def test_two_train_as_supply_has_no_single_point_but_four_pairs() -> None:
    """The published cut sets, by companies, with the claims they rest on."""
    found = weak_points(network(TWO_TRAIN), "pService")

    assert {row["ids"] for row in found.rows} == {
        ("cPump1", "cPump2"),
        ("cPump1", "cValve2"),
        ("cPump2", "cValve1"),
        ("cValve1", "cValve2"),
    }
    assert found.rows[0]["claims"] == ("MAKES cPump1 pPump1", "MAKES cPump2 pPump2")
    assert [row["id"] for row in found.details["blind_spots"]] == ["pTrain1", "pTrain2"]


def test_two_train_stops_with_the_published_probability() -> None:
    """Exact, not the sum over cut sets."""
    chances = {"cValve1": 0.5, "cValve2": 0.5, "cPump1": 0.7, "cPump2": 0.7}

    row = stop_chance(network(TWO_TRAIN), "pService", chances).rows[0]

    assert row["probability"] == row["low"] == row["high"] == pytest.approx(0.7225)


def test_a_lost_part_stops_what_needs_it_and_leaves_short_what_has_another_source() -> None:
    """Stops travel along parts, shortages end where another kind is left; companies follow their products."""
    net = network([*TWO_TRAIN, claim("MAKES", "cLine", "pTrain1"), claim("USES", "cUser", "pTrain1")])

    found = disrupt(net, ["cValve1"])

    assert effects(found) == {
        "pValve1": ("stops", 1),
        "pTrain1": ("stops", 2),
        "cLine": ("stops", 2),
        "pService": ("runs short", 3),
        "cUser": ("runs short", 3),
    }
    assert next(row for row in found.rows if row["id"] == "pTrain1")["claims"] == ("GOES_INTO pValve1 pTrain1",)


def test_alternative_parts_stand_in_for_each_other() -> None:
    """Parts of one group are one need; a part that is said to be inessential is none."""
    net = network(
        [
            claim("GOES_INTO", "p1", "p9", alternative_group="screen"),
            claim("GOES_INTO", "p2", "p9", alternative_group="screen"),
            claim("GOES_INTO", "p3", "p9", essential=False),
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p2"),
            claim("MAKES", "cC", "p3"),
        ]
    )

    assert effects(disrupt(net, ["cA"]))["p9"] == ("runs short", 2)
    assert effects(disrupt(net, ["cA", "cB"]))["p9"] == ("stops", 2)
    assert "p9" not in effects(disrupt(net, ["cC"]))


def test_products_without_a_known_source_are_up_and_counted() -> None:
    """A blind spot does not fail by itself, and shows in the coverage."""
    net = network([claim("GOES_INTO", "p1", "p2"), claim("GOES_INTO", "p3", "p2"), claim("MAKES", "cA", "p1")])

    found = weak_points(net, "p2")

    assert [row["ids"] for row in found.rows] == [("cA",)]
    assert [row["id"] for row in found.details["blind_spots"]] == ["p2", "p3"]
    assert found.coverage is not None
    assert (found.coverage.known, found.coverage.total) == (1, 3)


def test_rings_of_products_end() -> None:
    """A part of a part of itself stays up until something outside fails."""
    net = network(
        [
            claim("GOES_INTO", "p1", "p2"),
            claim("GOES_INTO", "p2", "p1"),
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p2"),
        ]
    )

    assert [row["ids"] for row in weak_points(net, "p1").rows] == [("cA",), ("cB",)]
    assert disrupt(net, ["cA"]).rows[0]["id"] == "p1"


def test_countries_and_products_fail_too() -> None:
    """All companies of a country fail as one; products fail by themselves."""
    net = network(
        [claim("MAKES", "cA", "p1"), claim("MAKES", "cB", "p1"), claim("GOES_INTO", "p1", "p2")],
        properties={"cA": {"country": "TW"}, "cB": {"country": "TW"}},
    )

    assert [row["ids"] for row in weak_points(net, "p2", by="country").rows] == [("country:TW",)]
    assert [row["ids"] for row in weak_points(net, "p2", by="product").rows] == [("p1",), ("p2",)]
    assert effects(disrupt(net, ["country:TW"]))["p2"] == ("stops", 2)
    assert effects(disrupt(net, ["p1"]))["p2"] == ("stops", 1)


def test_suppliers_of_a_product_are_sources_and_so_are_all_makers_but_past_ones() -> None:
    """Any known source keeps a product up; a discontinued maker is none."""
    net = network(
        [
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p1", status="discontinued"),
            claim("SUPPLIES", "cC", "cD", product="p1"),
        ]
    )

    assert [row["ids"] for row in weak_points(net, "p1").rows] == [("cA", "cC")]


def test_by_role_a_designer_needs_one_of_its_foundries() -> None:
    """Asked by role, the only foundry is a single point of failure beside the only designer."""
    net = network(
        [
            claim("MAKES", "cDesigner", "p1", role="designer"),
            claim("MAKES", "cFoundry", "p1", role="foundry"),
        ]
    )

    assert [row["ids"] for row in weak_points(net, "p1").rows] == [("cDesigner", "cFoundry")]
    by_role = Availability(net, by_role=True)
    assert [row["ids"] for row in weak_points(net, "p1", availability=by_role).rows] == [("cDesigner",), ("cFoundry",)]


def test_the_share_lost_is_an_interval_where_a_lost_maker_has_none() -> None:
    """Known shares of lost makers at the lowest; what is left over may have been theirs at the highest."""
    net = network(
        [claim("MAKES", "cA", "p1", share=0.3), claim("MAKES", "cB", "p1", share=0.5), claim("MAKES", "cC", "p1")]
    )

    row = next(row for row in disrupt(net, ["cA", "cC"]).rows if row["id"] == "p1")

    assert row["share_lost_low"] == pytest.approx(0.3)
    assert row["share_lost_high"] == pytest.approx(0.5)
    assert row["sources_left"] == 1


def test_wrong_questions_are_refused() -> None:
    """A company has no availability, and a chance is at most 1."""
    net = network([claim("MAKES", "cA", "p1")])

    with pytest.raises(NotFoundError):
        weak_points(net, "cA")
    with pytest.raises(InputError, match="chance"):
        stop_chance(net, "p1", {"cA": 1.5})


def test_causes_are_told_by_id_and_by_name() -> None:
    """Programs go on with ids, people read names."""
    net = network(
        [claim("MAKES", "cA", "p1"), claim("MAKES", "cB", "p1"), claim("USES", "cC", "p1")],
        properties={"cA": {"name": "Alpha"}, "p1": {"name": "Plate"}},
    )

    rows = {row["id"]: row for row in disrupt(net, ["cA", "cB"]).rows}

    assert (rows["p1"]["because"], rows["p1"]["because_names"]) == (("cA", "cB"), ("Alpha", "cB"))
    assert (rows["cC"]["because"], rows["cC"]["because_names"]) == (("uses p1",), ("uses Plate",))
