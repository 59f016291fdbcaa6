"""The list of what goes wrong with such maps names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_pitfall_has_its_test() -> None:
    """Twenty-five rows, each with at least one test, and each named test exists."""
    rows = re.findall(r"^\| (\d+) \|.*\| (.+) \|$", (ROOT / "docs/map-pitfalls.md").read_text("utf-8"), re.MULTILINE)
    tests = {
        name
        for folder in ("maps", "browser")
        for file in (ROOT / "tests" / folder).glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    named = {int(number): re.findall(r"`(test_\w+)`", cell) for number, cell in rows}

    assert sorted(named) == list(range(1, 26))
    assert [number for number, found in named.items() if not found] == []
    assert {name for found in named.values() for name in found} - tests == set()
