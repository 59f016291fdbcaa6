"""Time to survive, cost and exposure index on the published teaching case."""

from __future__ import annotations

import pytest

from graphkit.analyses.recovery import Item, Operations, Outage, Site, recovery
from graphkit.errors import InputError

CASE = Operations(
    sites=tuple(Site(name, capacity, ("P1", "P2")) for name, capacity in (("S1", 30), ("S2", 45), ("S3", 60))),
    items=(Item("P1", demand=75, inventory=20, unit_loss=5000), Item("P2", demand=50, inventory=25, unit_loss=6500)),
)
OUTAGES = [Outage("0", 2), *(Outage(str(n), 2, down=(f"S{n}",)) for n in (1, 2, 3))]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (0, (0, 0, 0, 205, 999, 0)),
        (1, (0, 0, 0, 205, 2.25, 0)),
        (2, (125_000, 0.4545, 25, 180, 45 / 35, 2 - 45 / 35)),
        (3, (275_000, 1, 55, 150, 0.9, 1.1)),
    ],
)
def test_the_teaching_case_has_its_published_figures(place: int, expected: tuple[float, ...]) -> None:
    """Cost, index, lost units, production, time to survive and what it lacks."""
    row = recovery(CASE, OUTAGES).rows[place]

    names = ("cost", "exposure_index", "lost_units", "production", "time_to_survive", "gap")
    found = tuple(float(str(row[name])) for name in names)
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-6)
    assert row["without_limit"] is (place == 0)


def test_parts_limit_what_can_be_made_of_them() -> None:
    """Two parts in each unit: the stock of parts lasts until it is used up."""
    operations = Operations(
        sites=(Site("plant", 100, ("whole",)), Site("supplier", 20, ("part",))),
        items=(Item("whole", demand=10, unit_loss=3, needs={"part": 2}), Item("part", inventory=30)),
    )

    up, down, half = recovery(
        operations, [Outage("up", 4), Outage("down", 4, down=("supplier",)), Outage("half", 4, left={"supplier": 0.5})]
    ).rows

    assert up["cost"] == 0
    assert up["without_limit"] is True
    assert down["time_to_survive"] == pytest.approx(1.5)
    assert (down["lost_units"], down["cost"]) == pytest.approx((25, 75))
    assert half["time_to_survive"] == pytest.approx(3.0)


def test_what_has_no_figures_is_named() -> None:
    """A product without data, and a site that does not exist, are errors that say which."""
    with pytest.raises(InputError, match="P9"):
        Operations(sites=(Site("S1", 1, ("P9",)),), items=())
    with pytest.raises(InputError, match="P8"):
        Operations(sites=(), items=(Item("P1", needs={"P8": 1}),))
    with pytest.raises(InputError, match="S9"):
        recovery(CASE, [Outage("typo", 2, down=("S9",))])
