"""Measures ranked by what they change."""

from __future__ import annotations

import pytest

from analyses.small import claim, network
from analyses.test_disruption import TWO_TRAIN
from analyses.test_fault_trees import TWO_TRAIN as TREE
from analyses.test_fault_trees import TWO_TRAIN_CHANCES
from graphkit.analyses.mitigation import mitigations, second_sources

CHANCES = {"cValve1": 0.5, "cValve2": 0.5, "cPump1": 0.7, "cPump2": 0.7}


def test_a_second_pump_ranks_before_a_second_valve() -> None:
    """On TwoTrain a second pump leaves 0.63325, a second valve 0.65875."""
    found = dict(second_sources(TREE, "stop", TWO_TRAIN_CHANCES))

    assert next(iter(found)).startswith("pump")
    assert found["pump one"] == pytest.approx(0.63325)
    assert found["valve one"] == pytest.approx(0.65875)


def test_new_sources_and_buffers_are_recomputed_on_the_network() -> None:
    """The same figures, on products and their makers; a buffer of a part takes its failures away."""
    found = mitigations(network(TWO_TRAIN), "pService", CHANCES)

    after = {(row["measure"], row["id"]): row["probability_after"] for row in found.rows}
    assert after["new source", "pPump1"] == pytest.approx(0.63325)
    assert after["new source", "pValve1"] == pytest.approx(0.65875)
    assert after["buffer", "pPump1"] == pytest.approx(0.5 * 0.85)
    assert found.rows[0]["probability_before"] == pytest.approx(0.7225)
    ranked = [float(str(row["probability_after"])) for row in found.rows]
    assert ranked == sorted(ranked)


def test_without_chances_single_points_of_failure_decide() -> None:
    """The measure that leaves the fewest single points comes first."""
    net = network(
        [
            claim("GOES_INTO", "p1", "p9"),
            claim("GOES_INTO", "p2", "p9"),
            claim("MAKES", "cA", "p1"),
            claim("MAKES", "cB", "p2"),
            claim("MAKES", "cC", "p2"),
        ]
    )

    first = mitigations(net, "p9").rows[0]

    assert (first["measure"], first["id"]) == ("buffer", "p1")
    assert (first["singles_before"], first["singles_after"]) == (1, 0)
    assert first["probability_after"] is None


def test_measures_that_change_nothing_are_counted_and_left_out() -> None:
    """A second source for what two make already helps nobody; how many were tried is said."""
    net = network(
        [
            claim("GOES_INTO", "p1", "p9"),
            claim("GOES_INTO", "p2", "p9"),
            claim("MAKES", "cA", "p1"),
            *(claim("MAKES", f"c{letter}", "p2") for letter in "BCD"),
        ]
    )

    found = mitigations(net, "p9", {"cA": 0.1})

    assert {(row["measure"], row["id"]) for row in found.rows} == {("new source", "p1"), ("buffer", "p1")}
    assert "2 measures were tried; 0 of them would change nothing." in found.assumptions
