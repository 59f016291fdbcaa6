"""What the commands that look back print: loads by short names, records by names that tell them apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from seed_files import CLAIMS, HEADER, write_seeds

from graphkit.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    import click.testing


def run(url: str, *words: str) -> click.testing.Result:
    """Run one command on a graph."""
    return CliRunner().invoke(cli, [*words, "--store", url])


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A graph of three loads: nodes, a list, the list with one share corrected."""
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    assert run(url, "load", str(write_seeds(tmp_path / "seeds", HEADER))).exit_code == 0
    for share in ("35%", "40%"):
        (tmp_path / "list.csv").write_text(CLAIMS.replace("35%", share), "utf-8")
        assert run(url, "load", str(tmp_path / "list.csv")).exit_code == 0
    return url


def test_a_load_goes_by_a_short_name(url: str) -> None:
    """`last`, how the id begins, and its last six signs lead to it; what fits several or none says which there are."""
    ids = [load["id"] for load in json.loads(run(url, "loads", "--format", "json").output)]
    shown = {run(url, "loads", "show", word).output for word in (ids[0], "last", ids[0][-6:], ids[0][5:-3])}
    several, none = run(url, "undo", "20"), run(url, "undo", "nope")

    assert len(shown) == 1
    assert (several.exit_code, several.output.count("load:")) == (1, 3)
    assert none.output.startswith(f"no load is called 'nope'; did you mean {ids[0]}")
    assert (
        run(url, "diff", ids[2][-6:], "last", "--format", "csv").output
        == run(url, "diff", ids[2], ids[0], "--format", "csv").output
    )


def test_undo_says_which_loads_went(url: str) -> None:
    """Each load is named with its file and its counts, also those that went with it."""
    first = json.loads(run(url, "loads", "--format", "json").output)[1]["id"]
    refused = run(url, "undo", first)
    result = run(url, "undo", first, "--with-later", "--format", "table")

    assert (refused.exit_code, refused.output.count("undo that load first")) == (1, 1)
    assert [line.partition(" (")[2] for line in result.output.splitlines()] == [
        "list.csv; 0 added, 1 changed, 0 retired)",
        "list.csv; 6 added, 0 changed, 0 retired)",
    ]


def test_the_log_says_what_was_known(url: str) -> None:
    """Claims of the same two ends are told apart, and say what they said, in the order of the model."""
    log = json.loads(run(url, "log", "胜宏科技", "--format", "json").output)
    told = {(event["what"], event["record"]): event for event in log}
    supplies = "胜宏科技 SUPPLIES 英伟达 (印制电路板)"

    assert told["added", supplies]["says"] == [
        *("product 印制电路板", "share 0.35", "valid_from 2025", "certainty stated", "source 报告甲"),
        "locator 1.3.1 PCB",
    ]
    corrected = told["corrected", supplies]
    assert (corrected["property"], corrected["old"], corrected["new"]) == ("share", 0.35, 0.4)
    assert len({event["id"] for event in log}) == len(log)


def test_what_a_load_did_is_told_one_by_one(url: str) -> None:
    """A table begins with the load itself, and names each of few records."""
    table = run(url, "loads", "show", "last", "--format", "table").output.splitlines()

    assert table[0].endswith("UTC, list.csv: 0 added, 1 changed, 0 removed, 5 unchanged")
    assert "胜宏科技 SUPPLIES 英伟达 (印制电路板)" in table[3]
    assert table[3].split()[-2:] == ["0.35", "0.4"]


def test_undo_tells_programs_which_loads_went(url: str) -> None:
    """The rows are those of `loads`, of what is there no longer."""
    listed = json.loads(run(url, "loads", "--format", "json").output)

    assert json.loads(run(url, "undo", listed[1]["id"], "--with-later", "--format", "json").output) == listed[:2]
    assert (
        run(url, "undo", "last", "--format", "csv").output.splitlines()[0]
        == "id,at,files,added,changed,removed,unchanged"
    )


def test_decisions_are_told_to_programs(url: str, tmp_path: Path) -> None:
    """What was decided, what it is about, in which file, and whether it was taken back."""
    made = {
        "decision": "same", "name": "company:shengyi", "name_called": "生益科技",
        "node": "company:victory-giant", "called": "胜宏科技",
    }  # fmt: skip
    kept = ("--decisions", str(tmp_path / "d.yaml"), "--format", "json")
    words = ("same", "生益科技", "胜宏科技", *kept)
    told = [json.loads(run(url, *words, *undo).output)[0] for undo in ((), ("--undo",))]

    assert [row.pop("taken_back") for row in told] == [False, True]
    assert [{name: row[name] for name in made} for row in told] == [made, made]
    assert told[0]["file"] == str(tmp_path / "d.yaml")
    other = json.loads(run(url, "distinct", "胜宏集团", "胜宏科技", *kept).output)[0]
    assert json.loads(run(url, "merges", *kept).output) == [
        {name: value for name, value in other.items() if name not in ("file", "taken_back")}
    ]


def test_a_table_of_loads_fits_a_narrow_terminal(url: str, tmp_path: Path) -> None:
    """Each load by its last signs, which every command takes; by its whole id where two end alike."""

    def listed(width: int) -> list[str]:
        words, env = ["loads", "--store", url, "--format", "table"], {"COLUMNS": str(width)}
        lines = CliRunner().invoke(cli, words, env=env).stdout.splitlines()
        assert max(map(len, lines)) <= width
        return [line.split()[0] for line in lines[2:-1] if not line.startswith(" ")]

    def ids() -> list[str]:
        return [row["id"].removeprefix("load:") for row in json.loads(run(url, "loads", "--format", "json").output)]

    assert listed(80) == [load[-6:] for load in ids()]
    assert run(url, "loads", "show", listed(80)[1]).exit_code == 0
    (tmp_path / "list.csv").write_text(CLAIMS, "utf-8")  # as it was first: the signs are of what the files hold
    assert run(url, "load", str(tmp_path / "list.csv")).exit_code == 0
    assert listed(120) == [ids()[0], ids()[1][-6:], ids()[2], ids()[3][-6:]]


def test_options_before_show_hold_behind_it(url: str) -> None:
    """`loads --store URL show LOAD` looks into that store, in that format, not into another."""
    before = CliRunner().invoke(cli, ["loads", "--store", url, "--format", "csv", "show", "last"])

    assert before.exit_code == 0
    assert before.output == run(url, "loads", "show", "last", "--format", "csv").output


@pytest.mark.parametrize(("words", "where"), [(("undo", "x"), "loads"), (("same", "x", "英伟达", "--undo"), "merges")])
def test_what_is_not_there_is_told_with_where_to_look(tmp_path: Path, words: tuple[str, ...], where: str) -> None:
    """Loads and decisions are no nodes, and `find` would not find them."""
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    seeds = write_seeds(tmp_path / "seeds")
    run(url, "load", str(seeds))
    if where == "loads":
        run(url, "undo", "last")

    assert f"`graphkit {where}` lists" in run(url, *words).stderr
