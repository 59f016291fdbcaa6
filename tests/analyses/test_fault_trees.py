"""Fault trees against brute force over all sets of events."""

from __future__ import annotations

import itertools
import random

import pytest

from graphkit.analyses import fault_trees
from graphkit.analyses.fault_trees import FaultTree, Gate, TooLargeError, all_of, any_of, at_least

TWO_TRAIN = FaultTree(
    {
        "stop": all_of(["train one", "train two"]),
        "train one": any_of(["valve one", "pump one"]),
        "train two": any_of(["valve two", "pump two"]),
    }
)
"""SCRAM's benchmark of that name."""

TWO_TRAIN_CHANCES = {"valve one": 0.5, "valve two": 0.5, "pump one": 0.7, "pump two": 0.7}


def test_two_train_has_the_published_cut_sets_and_probability() -> None:
    """Four pairs, no single point of failure, and 0.7225."""
    assert TWO_TRAIN.cut_sets("stop") == (
        ("pump one", "pump two"),
        ("pump one", "valve two"),
        ("pump two", "valve one"),
        ("valve one", "valve two"),
    )
    assert TWO_TRAIN.cut_sets("stop", 1) == ()
    assert TWO_TRAIN.probability("stop", TWO_TRAIN_CHANCES) == pytest.approx(0.7225)


def test_two_of_three_fails_with_any_two() -> None:
    """A k-of-n gate has the cut sets of its pairs."""
    tree = FaultTree({"top": at_least(2, "abc")})

    assert tree.cut_sets("top") == (("a", "b"), ("a", "c"), ("b", "c"))
    assert tree.probability("top", dict.fromkeys("abc", 0.5)) == pytest.approx(0.5)


THREE_MOTOR = FaultTree(
    {
        "top": all_of(["K5 closed", "K2 closed"]),
        "K5 closed": any_of(["K5", "coil K5"]),
        "coil K5": all_of(["K1 closed with K3", "K3 closed"]),
        "K3 closed": any_of(["T2", "K5"]),
        "K2 closed": any_of(["K2", "T1", "K1", "timers", "S1", "T3"]),
        "timers": all_of(["KT1", "KT3", "third timer"]),
        "third timer": any_of(["KT2", "T4"]),
        "K1 closed with K3": any_of(["K1", "timers with K3", "S1", "T1inc"]),
        "timers with K3": all_of(["first", "second", "third"]),
        "first": any_of(["KT1inc", "T2inc"]),
        "second": any_of(["KT2inc", "T3inc"]),
        "third": any_of(["KT3inc", "T4inc"]),
    }
)
"""OpenFTA's example of three motors; that the timers KT1 to KT3 are reset is given (house events)."""


def test_three_motors_have_the_published_cut_sets_and_probability() -> None:
    """One single, three pairs, eight sets of four; 0.0211538 if each event has a chance of 0.02 (SCRAM's benchmark)."""
    given = {"KT1", "KT2", "KT3"}
    found = {frozenset(events) - given for events in THREE_MOTOR.cut_sets("top")}
    smallest = {events for events in found if not any(other < events for other in found)}
    chances = dict.fromkeys(THREE_MOTOR.events("top"), 0.02) | dict.fromkeys(given, 1.0)

    fours = itertools.product(("KT1inc", "T2inc"), ("KT2inc", "T3inc"), ("KT3inc", "T4inc"))
    pairs = ({"T2", other} for other in ("S1", "K1", "T1inc"))
    assert smallest == {frozenset(["K5"]), *map(frozenset, pairs), *(frozenset(["T2", *four]) for four in fours)}
    assert THREE_MOTOR.probability("top", chances) == pytest.approx(0.0211538, abs=5e-8)


def test_the_lift_door_hangs_on_twelve_single_events() -> None:
    """OpenFTA's lift: two of its fourteen events matter only beside others that do alone; 1.19999e-5 in SCRAM."""
    tree = FaultTree(
        {
            "lift door": any_of(["starts open", "opens in motion", "refuses", "DOD_1", "DOD_2", "DMS_1"]),
            "starts open": any_of(["LMD_1", "DPD_1", "motor and position", "PS_1", "DOD_1", "D_1"]),
            "motor and position": all_of(["DM_1", "DPD_1"]),
            "opens in motion": any_of(["DMS_2", "uncommanded", "panel"]),
            "uncommanded": all_of(["command", "motion detectors"]),
            "command": any_of(["W_1", "CP_1", "DMS_2"]),
            "motion detectors": all_of(["LMD_1", "LMD_1_1"]),
            "panel": all_of(["CP_1", "motion detectors"]),
            "refuses": any_of(["CP_1", "LMD_2", "LPD_1", "DM_1", "PS_1"]),
        }
    )
    alone = "CP_1 DM_1 DMS_1 DMS_2 DOD_1 DOD_2 DPD_1 D_1 LMD_1 LMD_2 LPD_1 PS_1".split()

    assert tree.cut_sets("lift door") == tuple((event,) for event in sorted(alone))
    assert len(tree.events("lift door")) == 14
    chances = dict.fromkeys(tree.events("lift door"), 1e-6)
    assert tree.probability("lift door", chances) == pytest.approx(1.19999e-5, rel=1e-5)


def test_the_pressure_tank_has_the_cut_sets_of_the_handbook() -> None:
    """Vesely and others, Fault Tree Handbook (NUREG-0492, 1981), chapter VIII: two singles and three pairs."""
    tree = FaultTree(
        {
            "E1": any_of(["T", "E2"]),
            "E2": any_of(["K2", "E3"]),
            "E3": all_of(["S", "E4"]),
            "E4": any_of(["S1", "E5"]),
            "E5": any_of(["K1", "R"]),
        }
    )

    assert tree.cut_sets("E1") == (("K2",), ("T",), ("K1", "S"), ("R", "S"), ("S", "S1"))


def test_a_ring_fails_only_for_a_reason_outside() -> None:
    """Two gates that lean on each other stay up until an event takes one of them down."""
    tree = FaultTree({"a": any_of(["b", "x"]), "b": any_of(["a", "y"])})

    assert tree.failed([]) == frozenset()
    assert tree.cut_sets("a") == (("x",), ("y",))
    assert tree.probability("a", {"x": 0.5, "y": 0.5}) == pytest.approx(0.75)
    assert FaultTree({"a": all_of(["b"]), "b": all_of(["a"])}).cut_sets("a") == ()


def random_tree(seed: int) -> tuple[FaultTree, list[str]]:
    """A tree of random gates, rings and empty gates included."""
    rng = random.Random(seed)
    events = [f"e{i}" for i in range(rng.randint(1, 6))]
    gates = [f"g{i}" for i in range(rng.randint(1, 6))]
    tree = {}
    for gate in gates:
        inputs = rng.sample(events + gates, rng.randint(0, min(4, len(events + gates))))
        tree[gate] = Gate(tuple(inputs), rng.randint(1, max(1, len(inputs))))
    return FaultTree(tree), events


@pytest.mark.parametrize("seed", range(150))
def test_cut_sets_and_probability_equal_enumeration(seed: int) -> None:
    """On random trees, trying every set of events gives the same cut sets and probability, within the bounds."""
    tree, events = random_tree(seed)
    rng = random.Random(seed)
    chances = {event: rng.random() for event in events}
    every = [frozenset(s) for size in range(len(events) + 1) for s in itertools.combinations(events, size)]
    failing = [given for given in every if "g0" in tree.failed(given)]
    minimal = {given for given in failing if not any(other < given for other in failing)}
    expected = 0.0
    for given in failing:
        chance = 1.0
        for event in events:
            chance *= chances[event] if event in given else 1 - chances[event]
        expected += chance

    low, high = tree.bounds("g0", chances)

    assert {frozenset(found) for found in tree.cut_sets("g0")} == minimal
    assert {frozenset(found) for found in tree.cut_sets("g0", 2)} == {found for found in minimal if len(found) <= 2}
    assert tree.probability("g0", chances) == pytest.approx(expected)
    assert low - 1e-9 <= expected <= high + 1e-9


def test_too_large_a_tree_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No endless search: an error names the way out, and bounds remain."""
    monkeypatch.setattr(fault_trees, "SETS_LIMIT", 3)
    monkeypatch.setattr(fault_trees, "DIAGRAM_LIMIT", 3)

    with pytest.raises(TooLargeError, match="smaller"):
        TWO_TRAIN.cut_sets("stop")
    with pytest.raises(TooLargeError, match="bounds"):
        TWO_TRAIN.probability("stop", TWO_TRAIN_CHANCES)
    assert TWO_TRAIN.bounds("stop", TWO_TRAIN_CHANCES)[1] == pytest.approx(0.85)
