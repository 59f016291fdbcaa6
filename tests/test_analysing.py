"""Commands that compute: every format, every format's evidence, portfolios, chances."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from seed_files import write_seeds

from graphkit.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize("asked", [name for name in ASKED if name != "scenario"])
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
        ("name,weight\nNVDA.O,1\n无名,0.2\n", "mine.csv:3: no company is called '无名'"),
        ("name,weight\nNVDA.O,60\n", "mine.csv:2: '60' is not a share"),
    ],
)
def test_mistakes_in_a_portfolio_are_named_by_line(folder: Path, text: str, problem: str) -> None:
    """Each says where it is and what to write."""
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
