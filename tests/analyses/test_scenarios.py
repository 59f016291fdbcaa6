"""Scenario files: read with every mistake named, run side by side, written up."""

from __future__ import annotations

import json

import pytest

from analyses.small import claim, network
from graphkit.analyses.scenarios import ScenarioFile, read_scenarios, run_scenarios, to_document, to_markdown
from graphkit.errors import InputError, NotFoundError

NET = network(
    [
        claim("MAKES", "cA", "p1"),
        claim("MAKES", "cB", "p2"),
        claim("MAKES", "cC", "p2"),
        claim("GOES_INTO", "p1", "p9"),
        claim("GOES_INTO", "p2", "p9"),
        claim("MAKES", "cD", "p9"),
    ],
    nodes=["cE", "p3"],
    properties={"cA": {"country": "TW"}, "cB": {"country": "TW"}},
)

FILE = """\
title: What if
watch: [p9, p2]
scenarios:
  - name: Taiwan
    fails: [country:tw]
    periods: 2
  - name: Taiwan with help
    fails: [country:TW]
    periods: 1
    substitutes:
      - {product: p1, source: cE}
      - {part: p2, by: p3}
operations:
  sites:
    - {name: cA, capacity: 30, makes: [p1]}
    - {name: cE, capacity: 10, makes: [p1]}
  items:
    - {name: p1, demand: 20, inventory: 10, unit_loss: 5}
"""


def resolve(name: str) -> str:
    """Names are ids here."""
    if name not in NET.codes:
        raise NotFoundError("node", name)
    return name


def read(text: str) -> ScenarioFile:
    """Read a file of that text."""
    return read_scenarios(text, "what.yaml", resolve)


def test_scenarios_are_compared_side_by_side() -> None:
    """Counts, watched products and costs of each scenario; what steps in changes the outcome."""
    found = run_scenarios(NET, read(FILE))

    both = {row["scenario"]: row for row in found.rows}
    assert (both["Taiwan"]["products_stop"], both["Taiwan with help"]["products_stop"]) == (2, 0)
    assert found.details["watched"] == (
        {"id": "p9", "name": "p9", "Taiwan": "stops (tier 2)", "Taiwan with help": "goes on"},
        {"id": "p2", "name": "p2", "Taiwan": "runs short (tier 1)", "Taiwan with help": "runs short (tier 1)"},
    )
    assert both["Taiwan"]["time_to_survive"] == pytest.approx(1.0)
    assert both["Taiwan"]["cost"] == pytest.approx(50.0)  # 40 wanted, 10 on stock, 20 made elsewhere
    assert both["Taiwan with help"]["cost"] == 0
    assert {row["id"]: row["tier"] for row in found.details["hits"]}["p9"] == 2


def test_reports_say_it_in_markdown_and_json() -> None:
    """Both hold the title, all scenarios, the assumptions and the coverage."""
    found = run_scenarios(NET, read(FILE))

    markdown, document = to_markdown(found), json.loads(json.dumps(to_document(found)))

    assert "| | Taiwan | Taiwan with help |".replace("| |", "|  |") in markdown
    assert "| products stop | 2 | 0 |" in markdown
    assert "Coverage: 100.0% known (3 of 3 products" in markdown
    assert [row["scenario"] for row in document["scenarios"]] == ["Taiwan", "Taiwan with help"]
    assert document["Taiwan"][0]["claims"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("scenarios: [", "what.yaml:1: is no YAML"),
        ("title: x", "what.yaml:1:scenarios: is missing"),
        ("scenarios: []", "what.yaml:1:scenarios: there is none"),
        ("scenarios:\n  - name: a\n    fail: [cA]", "what.yaml:3:fail: is not known here"),
        ("scenarios:\n  - name: a\n    fails: [cZ]", "what.yaml:3: no node is called 'cZ'"),
        ("scenarios:\n  - name: a\n    fails: cA", "what.yaml:3: here belongs a list"),
        ("scenarios:\n  - name: a\n    fails: [country:XX]", "what.yaml:3: 'XX' is not a country"),
        ("scenarios:\n  - {name: a, fails: [cA], periods: soon}", "what.yaml:2:periods: 'soon' is not a number"),
        ("scenarios:\n- {name: a, fails: [cA]}\n- {name: a, fails: [cB]}", "what.yaml:2:scenarios: two are called"),
        (
            "scenarios:\n  - name: a\n    fails: [cA]\n    substitutes:\n      - {part: p1}",
            "what.yaml:5:substitutes: write either",
        ),
        (
            (
                "scenarios: [{name: a, fails: [cA]}]\noperations:\n  sites:\n"
                "    - {name: cA, capacity: 3, makes: [p1]}\n  items: []"
            ),
            "what.yaml:4:makes: p1 has no figures",
        ),
        (
            "scenarios: [{name: a, fails: [cA]}]\noperations:\n  sites: []\n  items:\n    - {name: p1, demand: 3}",
            "what.yaml:5:inventory: is missing",
        ),
        (
            (
                "scenarios: [{name: a, fails: [cA]}]\noperations:\n  sites: []\n  items:\n"
                "    - {name: p1, demand: 3, inventory: 1, unit_loss: 1, needs: p2}"
            ),
            "what.yaml:5: here belong pairs",
        ),
        ("by_role: oui\nscenarios: [{name: a, fails: [cA]}]", "what.yaml:1:by_role: 'oui' is neither true nor false"),
        ("scenarios: [{name: hits, fails: [cA]}]", "what.yaml:1:name: 'hits' is a word of the report"),
        ("? [a, b]\n: 1\nscenarios: [{name: a, fails: [cA]}]", "what.yaml:1: here belongs one value"),
        ("scenarios: " + "[" * 3000, "what.yaml: is nested too deep"),
    ],
)
def test_mistakes_are_named_by_file_and_line(text: str, problem: str) -> None:
    """Each mistake leads to its line and says what to write."""
    with pytest.raises(InputError) as caught:
        read(text)

    assert problem in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    """What is wrong with the day and with who is watched stands beside what is wrong with a scenario."""
    with pytest.raises(InputError) as caught:
        read("as_of: 20xx\nwatch: [cY]\nscenarios:\n  - {name: a, fails: [cZ]}")

    assert [problem.row for problem in caught.value.problems] == [1, 2, 4]


def test_a_cost_needs_a_duration() -> None:
    """Capacities without a duration are an error that names the scenario."""
    with pytest.raises(InputError, match="periods"):
        run_scenarios(NET, read(FILE.replace("    periods: 1\n", "")))
