"""Where nodes stand: apart, in order of their columns, with few crossings, and always the same."""

import random
from hashlib import sha256
from itertools import pairwise

import pytest

from graphkit.maps.layout import SCREEN, Spot, arrange, label_width
from graphkit.maps.ordering import crossings, order


def made_up(count: int, tiers: int, seed: int = 5) -> tuple[list[Spot], list[tuple[str, str]]]:
    """Nodes in tiers, and twice as many links between neighbouring ones."""
    rng = random.Random(seed)
    spots = [Spot(f"n{i:05}", i * tiers // count, i % 3 == 0, 40 + 5 * (i % 9)) for i in range(count)]
    pairs = [(spots[rng.randrange(count)].id, spots[rng.randrange(count)].id) for _ in range(2 * count)]
    return spots, pairs


@pytest.mark.parametrize(("count", "tiers"), [(1, 1), (7, 1), (60, 5), (150, 7), (1000, 6), (5000, 8)])
def test_no_two_nodes_share_a_point(count: int, tiers: int) -> None:
    """Every node has a point of its own, and tiers stand from left to right without overlap."""
    spots, pairs = made_up(count, tiers)

    layout = arrange(spots, pairs)

    assert len(set(layout.points.values())) == count
    edges = [(head.x0, head.x1) for head in layout.heads]
    assert edges == sorted(edges)
    assert all(one[1] < other[0] for one, other in pairwise(edges))
    for spot in spots:
        head = layout.heads[spot.tier]
        assert head.x0 <= layout.points[spot.id][0] <= head.x1
    assert [(head.firms, head.others) for head in layout.heads] == [
        (
            sum(1 for spot in spots if spot.tier == tier and spot.is_firm),
            sum(1 for spot in spots if spot.tier == tier and not spot.is_firm),
        )
        for tier in range(tiers)
    ]


def test_firms_stand_left_of_products() -> None:
    """Within a tier goods flow from the makers to what they make."""
    layout = arrange(*made_up(60, 3))

    firms = {f"n{i:05}" for i in range(60) if i % 3 == 0}
    for tier in range(3):
        inside = {f"n{i:05}" for i in range(60) if i * 3 // 60 == tier}
        assert max(layout.points[node][0] for node in inside & firms) < min(
            layout.points[node][0] for node in inside - firms
        )


def test_the_shape_is_that_of_a_screen() -> None:
    """A thousand nodes are neither a bar nor a band."""
    layout = arrange(*made_up(1000, 6))

    wide = max(x for x, _ in layout.points.values())
    high = max(y for _, y in layout.points.values())
    assert 0.6 < (wide / high) / (SCREEN[0] / SCREEN[1]) < 1.7


def test_the_order_of_input_does_not_matter() -> None:
    """Shuffled nodes and links stand where they stood."""
    spots, pairs = made_up(300, 5)
    again = random.Random(1)

    assert arrange(again.sample(spots, 300), again.sample(pairs, 600)) == arrange(spots, pairs)


def test_the_layout_of_sixty_nodes_is_as_it_was() -> None:
    """A golden drawing: whoever changes the layout looks at it, and then changes this."""
    points = arrange(*made_up(60, 5)).points

    assert points["n00000"] == (0, 115)
    assert points["n00059"] == (1034, 126)
    assert sha256(repr(sorted(points.items())).encode()).hexdigest()[:16] == "213a67280b73431c"


@pytest.mark.parametrize("seed", range(5))
def test_sweeping_never_adds_crossings(seed: int) -> None:
    """The order that is kept crosses at most as often as the sorted one, and much less where there is structure."""
    spots, pairs = made_up(200, 5, seed)
    columns = [[spot.id for spot in spots if spot.tier == tier] for tier in range(5)]

    assert crossings(order(columns, pairs), pairs) <= crossings(columns, pairs)


def test_a_ladder_is_untangled() -> None:
    """Two columns linked one to one in reverse order end without a crossing."""
    left, right = [f"a{i}" for i in range(9)], [f"b{i}" for i in range(9)]
    pairs = list(zip(left, reversed(right), strict=True))

    assert crossings([left, right], pairs) == 36
    assert crossings(order([left, right], pairs), pairs) == 0


def test_groups_stay_together() -> None:
    """With a grouping, its members follow each other in every column."""
    names = [f"n{i}" for i in range(12)]

    (column,) = order([names], [], lambda name: int(name[1:]) % 3)

    assert [int(name[1:]) % 3 for name in column] == [0] * 4 + [1] * 4 + [2] * 4


def test_chinese_names_take_more_room() -> None:
    """The longest line counts, and a Chinese character is about twice as wide as a letter."""
    assert label_width("") == 0
    assert label_width("英伟达", "NVIDIA") == 41
    assert label_width("a", "Foxconn Industrial") == 123
