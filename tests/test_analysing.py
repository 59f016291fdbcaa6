"""Commands that compute: every format, every format's evidence, portfolios, chances."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from random_graphs import changes, random_world
from seed_files import write_seeds
from stores_under_test import empty_embedded

from graphkit.analyses.chokepoints import articulation_points, concentrations, dominating, lone_sources
from graphkit.analyses.disruption import disrupt, stop_chance, weak_points
from graphkit.analyses.exposure import exposure
from graphkit.analyses.mitigation import mitigations
from graphkit.analyses.network import Network
from graphkit.analyses.structure import structural_exposure
from graphkit.analyses.systemic import systemic_risk
from graphkit.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.analyses.findings import Finding
    from graphkit.stores.base import Store

ASKED = {
    "exposure": ["exposure", "胜宏科技"],
    "exposure, structural": ["exposure", "生益科技"],
    "disrupt": ["disrupt", "country:CN", "--by-role"],
    "weak-points": ["weak-points", "GB300 NVL72"],
    "stop-chance": ["stop-chance", "GB300 NVL72", "--fail", "country:CN=0.1"],
    "chokepoints": ["chokepoints", "GB300 NVL72", "--from", "生益科技"],
    "chokepoints of all": ["chokepoints"],
    "lone-sources": ["lone-sources"],
    "concentration": ["concentration", "英伟达"],
    "mitigate": ["mitigate", "GB300 NVL72"],
    "systemic": ["systemic"],
    "scenario": ["scenario", "what-if.yaml"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a graph that holds the small seeds and a scenario file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPHKIT_STORE", f"embedded:{tmp_path / 'graph.lbug'}")
    done("load", str(write_seeds(tmp_path / "seeds")))
    (tmp_path / "what-if.yaml").write_text("scenarios: [{name: China, fails: [country:CN]}]\n", "utf-8")
    return tmp_path


def done(*words: str) -> str:
    """What a command prints that works."""
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.usefixtures("folder")
def test_every_analysis_speaks_every_format(asked: str) -> None:
    """The same rows as JSON, JSON lines, CSV, Markdown and a table; assumptions for people and in JSON."""
    words = ASKED[asked]
    whole = json.loads(done(*words, "--format", "json"))
    rows = whole.get("rows", whole.get("scenarios"))

    lines = [json.loads(line) for line in done(*words, "--format", "jsonl").splitlines()]
    table = done(*words, "--format", "table")

    assert lines == rows
    assert len(list(csv.DictReader(io.StringIO(done(*words, "--format", "csv"))))) == len(rows)
    assert "|" in done(*words, "--format", "markdown")
    assert whole["assumptions"]
    assert all(assumption in table for assumption in whole["assumptions"])


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.usefixtures("folder")
def test_every_analysis_leads_to_its_evidence(asked: str) -> None:
    """With --evidence each claim of a row comes with its source and its place there, in every format."""
    words = [*ASKED[asked], "--evidence"]
    whole = json.loads(done(*words, "--format", "json"))
    lines = [json.loads(line) for line in done(*words, "--format", "jsonl").splitlines()]

    assert {proof["claim"] for proof in whole["evidence"]} == set(whole["claims"])
    for line in lines:
        assert {proof["claim"] for proof in line["evidence"]} == set(line["claims"])
        assert all(proof["source"] and proof["locator"] for proof in line["evidence"])
    assert all(proof["locator"] in done(*words, "--format", "markdown") for proof in whole["evidence"])


def test_a_portfolio_is_a_table_of_names_and_weights(folder: Path) -> None:
    """Its companies and a row for all of it, names in any spelling, parts or per cents."""
    (folder / "mine.csv").write_text("name,weight\nNVDA.O,60%\n生益科技,0.4\n", "utf-8")

    rows = json.loads(done("exposure", "胜宏科技", "--portfolio", "mine.csv", "--format", "json"))["rows"]

    low = {row["name"]: row["total_low"] for row in rows}
    assert low == {"英伟达": pytest.approx(0.35), "生益科技": 0, "portfolio": pytest.approx(0.6 * 0.35)}
    assert rows[-1]["claims"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,part\nNVDA.O,1\n", "mine.csv:1:weight: is missing"),
        ("name,weight\nNVDA.O,1\n无名,0.2\n", "mine.csv:3:name: no company is called '无名'"),
        ("name,weight\nNVDA.O,60\n", "mine.csv:2:weight: '60' is not a share"),
        ("name,weight\n,0.5\nNVDA.O,\n", "mine.csv:2:name: is empty"),
        ("name,weight\n,0.5\nNVDA.O,\n", "mine.csv:3:weight: is empty"),
    ],
)
def test_mistakes_in_a_portfolio_are_named_by_line(folder: Path, text: str, problem: str) -> None:
    """Each says in which cell it is and what to write."""
    (folder / "mine.csv").write_text(text, "utf-8")

    result = CliRunner().invoke(cli, ["exposure", "胜宏科技", "--portfolio", "mine.csv"])

    assert result.exit_code == 1
    assert problem in result.output


@pytest.mark.usefixtures("folder")
def test_a_country_can_have_a_chance_beside_its_companies() -> None:
    """Two companies of one country fail together, or each by itself: 1 - 0.9 x 0.8 x 0.8."""
    words = ("--fail", "country:CN=0.1", "--fail", "胜宏科技=0.2", "--fail", "生益科技=0.2", "--fail", "英伟达=0")

    row = json.loads(done("stop-chance", "GB300 NVL72", *words, "--format", "json"))["rows"][0]

    assert row["probability"] == pytest.approx(1 - 0.9 * 0.8 * 0.8)


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (
            ("disrupt", "生益科技"),
            {
                "company:shengyi": "lost",
                "product:ccl": "lost_tier_1",
                "product:pcb": "lost_tier_2",
                "company:victory-giant": "lost_tier_2",
                "product:gb300": "lost_tier_3",
                "company:nvidia": "lost_tier_3",
            },
        ),
        (("exposure", "胜宏科技"), {"company:nvidia": "at_risk_tier_1"}),
        (("weak-points", "PCB"), {"company:shengyi": "single_source", "company:victory-giant": "single_source"}),
        (("lone-sources", "CCL"), {"company:shengyi": "single_source", "product:ccl": "at_risk"}),
        (("scenario", "what-if.yaml"), {"product:gb300": "lost_tier_2", "company:nvidia": "lost_tier_1"}),
    ],
)
def test_what_is_found_can_be_drawn(folder: Path, words: tuple[str, ...], marks: dict[str, str]) -> None:
    """Each marked by what happens to it and at which tier."""
    done(*words, "--map", "map.html", "--format", "csv")

    drawn = json.loads(
        re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page(folder), re.DOTALL)[0]
    )
    found = {row[drawn["node_columns"].index("id")]: row[drawn["node_columns"].index("mark")] for row in drawn["nodes"]}
    assert {node: found.get(node) for node in marks} == marks


def page(folder: Path) -> str:
    """The page that was drawn."""
    return (folder / "map.html").read_text("utf-8")


def test_nothing_found_is_nothing_to_draw(folder: Path) -> None:
    """No page, and a sentence instead."""
    result = CliRunner().invoke(cli, ["disrupt", "UQD", "--map", "map.html"])

    assert result.exit_code == 1
    assert not (folder / "map.html").exists()


def test_findings_are_the_same_on_every_engine(store: Store, tmp_path: Path) -> None:
    """All analyses of a random world: rows, coverage, assumptions and claims do not depend on who keeps the graph."""
    world = random_world(350, 17)
    store.apply(changes(world.nodes, world.links))
    with empty_embedded(tmp_path / "other") as other:
        other.apply(changes(world.nodes, world.links))
        networks = [Network.from_store(each, as_of="2025-07") for each in (store, other)]

    one, two = (findings(network) for network in networks)

    assert one == two


def findings(network: Network) -> list[Finding]:
    """What every analysis finds about some nodes of a network."""
    companies, products = (sorted(network.ids[i] for i in network.of_type(name)) for name in ("Company", "Product"))
    return [
        exposure(network, companies[:2]),
        exposure(network, products[:1], companies[:9], side="revenue"),
        structural_exposure(network, companies[:1]),
        disrupt(network, ["country:CN"]),
        weak_points(network, products[0]),
        stop_chance(network, products[0], {}, otherwise=0.1),
        dominating(network, products[0]),
        articulation_points(network),
        lone_sources(network),
        concentrations(network, by="country"),
        mitigations(network, products[0]),
        systemic_risk(network),
    ]
