"""Segments can be told apart by those who see few colours, and in grey by their marks."""

from itertools import combinations

import pytest

from graphkit.maps.palette import DARK, LIGHT, MARKS, looks

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
SIGHT = {
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    """A colour as it is seen, in CIE Lab."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (b / 255 for b in bytes.fromhex(colour[1:]))
    ]
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, linear, strict=True)), 0), 1) for row in SIGHT[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, sight: str) -> float:
    """How far apart two colours are seen (CIE76)."""
    pairs = zip(lab(one, sight), lab(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart(colours: tuple[str, ...], sight: str) -> None:
    """Any two of the ten differ clearly for every kind of sight."""
    assert min(distance(*pair, sight) for pair in combinations(colours, 2)) > 19


def test_marks_tell_the_first_ten_apart_without_colour() -> None:
    """Ten segments have ten marks; a hundred have a hundred pairs of colour and mark."""
    found = looks([f"segment:{i}" for i in range(100)])

    assert len({mark for _, _, mark in list(found.values())[:10]}) == len(MARKS) == 10
    assert len({(light, mark) for light, _, mark in found.values()}) == 100
