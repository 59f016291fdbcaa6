"""Two states of a graph as one map."""

from dataclasses import replace

from map_worlds import company, link

from graphkit.maps.diff import diff

A, B, C = company("a"), company("b"), company("c")


def test_each_thing_has_its_fate() -> None:
    """What stands in one state only is new or gone; a fact with other claims has changed; the rest has no mark."""
    same = link("SUPPLIES", A, B, id="same")
    old, new = link("OWNS", A, B, stake=0.1, id="old"), link("OWNS", A, B, stake=0.2, id="new")
    lost, won = link("SUPPLIES", B, A, id="lost"), link("SUPPLIES", A, C, id="won")
    renamed = replace(B, properties={**B.properties, "country": "CN"})

    found = diff(([A, B], [same, old, lost]), ([A, renamed, C], [same, new, won]))

    assert found.marks == {
        "company:b": "changed",
        "company:c": "new",
        "lost": "gone",
        "new": "changed",
        "old": "changed",
        "won": "new",
    }
    assert found.nodes == (A, renamed, C)
    assert found.touched == {"company:a", "company:b", "company:c"}


def test_equal_states_have_no_marks() -> None:
    """Nothing happened, nothing is marked."""
    state = ([A, B], [link("SUPPLIES", A, B)])

    assert diff(state, state).marks == {}
