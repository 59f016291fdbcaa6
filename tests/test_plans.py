"""What a dry run and a load print: names, old and new values, what is refused, how files were read."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from neo4j import GraphDatabase
from openpyxl import Workbook
from seed_files import CLAIMS, HEADER, write_seeds
from stores_under_test import empty_neo4j

from graphkit.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    import click.testing
    from servers.neo4j_server import Neo4jServer

WRONG = (
    "胜红科技,SUPPLIES,NVIDIA,PCB,,0.3,,stated,source:a,1,\n"
    "胜红科技,MAKES,PCB,,,,,stated,source:a,1,\n"
    "生益科技,SUPPLIES,胜宏科技,CCL,,0.3,,stated,source:a,1,\n"
)
SUPPLIES_CCL = "生益科技 SUPPLIES 胜宏科技 (覆铜板)"
SUPPLIES = "胜宏科技 SUPPLIES 英伟达 (印制电路板)"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A graph that holds the small seeds, in the folder where it lies."""
    monkeypatch.chdir(tmp_path)
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    assert run(url, "load", str(write_seeds(tmp_path / "seeds"))).exit_code == 0
    return url


def run(url: str, *words: str) -> click.testing.Result:
    """Run one command on a graph."""
    return CliRunner().invoke(cli, [*words, "--store", url])


def plan(url: str, *words: str) -> list[tuple[object, ...]]:
    """The rows of a dry run: what, record, old, new, where."""
    rows = json.loads(run(url, "load", *words, "--dry-run", "--format", "json").stdout)
    return [tuple(row[name] for name in ("what", "record", "old", "new", "where")) for row in rows]


def test_a_dry_run_names_what_it_would_do(url: str, tmp_path: Path) -> None:
    """New and corrected claims by their names, the old value beside the new one, and how the file was read."""
    text = CLAIMS.replace("35%", "40%") + "生益科技,SUPPLIES,胜宏科技,CCL,,,,stated,source:a,1,\n"
    (tmp_path / "claims.csv").write_text(text, "utf-8")

    assert plan(url, "claims.csv") == [
        ("new", None, None, None, None),
        ("new", "生益科技 SUPPLIES 胜宏科技 (覆铜板)", None, None, None),
        ("corrected", SUPPLIES, 0.35, 0.4, "claims.csv:2"),
        ("unchanged", None, None, None, None),
        ("read", None, None, None, "claims.csv"),
    ]
    table = run(url, "load", "claims.csv", "--dry-run", "--format", "table")
    assert table.stderr == "claims.csv: 7 rows, utf-8, delimiter ','\n"
    corrected = [line.split() for line in table.stdout.splitlines() if "corrected" in line]
    assert [words[-3:] for words in corrected] == [["0.35", "0.4", "claims.csv:2"]]


def test_a_dry_run_makes_no_graph(tmp_path: Path) -> None:
    """Where there is no graph yet, all is new, what was decided on names beside it is followed, and no file is made."""
    url = f"embedded:{tmp_path / 'deep' / 'new.lbug'}"
    (tmp_path / "list.csv").write_text(CLAIMS, "utf-8")
    loaded = run(url, "load", str(tmp_path / "list.csv"), "--create-missing", "--dry-run")
    added = run(url, *"add MAKES 甲 product:乙 --source S --locator L --create-missing --dry-run".split())

    assert '"what": "new"' in loaded.stdout
    assert '"record": "甲 MAKES 乙"' in added.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "new.lbug.decisions.yaml").write_text("same:\n- {this: 甲, is: company:x, on: 2026-01-01}\n")
    told = run(url, *"add MAKES 甲 product:乙 --source S --locator L --create-missing --dry-run".split()).stderr
    assert "'甲' is led to company:x, and there is no such node" in told


def test_a_dry_run_writes_to_no_file(url: str, tmp_path: Path) -> None:
    """A graph that is there is as it was, byte for byte."""
    before = (tmp_path / "graph.lbug").read_bytes()
    (tmp_path / "claims.csv").write_text(CLAIMS.replace("35%", "40%"), "utf-8")

    assert '"what": "corrected"' in run(url, "load", "claims.csv", "--dry-run").stdout
    assert (tmp_path / "graph.lbug").read_bytes() == before


def test_a_dry_run_writes_to_no_server(
    neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty database gets no constraints by a dry run either."""
    empty_neo4j(neo4j_server).close()
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "list.csv").write_text(CLAIMS, "utf-8")
    with GraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
        for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
            driver.execute_query(f"DROP CONSTRAINT {record['name']}")
        planned = run(neo4j_server.url, "load", str(tmp_path / "list.csv"), "--create-missing", "--dry-run")

        assert '"type": "MAKES"' in planned.stdout
        assert driver.execute_query("SHOW CONSTRAINTS YIELD name").records == []


def test_a_dry_run_of_a_wrong_list_shows_the_rest(url: str, tmp_path: Path) -> None:
    """It fails as the load would, and says what is refused, which names are unknown, and what else is new."""
    (tmp_path / "list.csv").write_text(HEADER + WRONG, "utf-8")
    result = run(url, "load", "list.csv", "--dry-run", "--format", "json")

    assert (result.exit_code, "2 problems" in result.stderr) == (1, True)
    assert [row[0] for row in plan(url, "list.csv")] == [
        *("new", "new", "refused", "refused", "unknown", "unchanged", "read")
    ]
    assert not (tmp_path / "list.csv.quarantine.csv").exists()


@pytest.mark.parametrize("style", ["table", "json", "jsonl", "csv", "markdown"])
def test_one_claim_is_planned_as_a_list_is(url: str, tmp_path: Path, style: str) -> None:
    """`add --dry-run` prints what `load --dry-run` of the same row does, and changes nothing."""
    ends = ("SUPPLIES", "生益科技", "胜宏科技", "--product", "CCL", "--source", "source:a", "--locator", "1")
    claim = ("add", *ends, "--format", style)
    (tmp_path / "one.csv").write_text(HEADER + "生益科技,SUPPLIES,胜宏科技,CCL,,,,stated,source:a,1,\n", "utf-8")
    listed = ("load", "one.csv", "--format", style)
    before = run(url, "export").stdout

    def told(*words: str) -> list[str]:
        """What is printed, without what tells how a file was read."""
        lines = run(url, *words).stdout.splitlines()
        return [line.strip(",") for line in lines if "one.csv" not in line]

    loaded = told(*listed, "--dry-run")
    assert [line for line in told(*claim, "--dry-run") if line not in loaded] == []
    assert any(SUPPLIES_CCL in line for line in loaded)
    assert run(url, "export").stdout == before


def test_one_claim_is_reported_as_a_list_is(url: str, tmp_path: Path) -> None:
    """`add` prints the report of `load`, for people and for programs."""
    (tmp_path / "one.csv").write_text(HEADER + "生益科技,SUPPLIES,胜宏科技,CCL,,,,stated,source:a,1,\n", "utf-8")
    claim = ("add", "SUPPLIES", "生益科技", "胜宏科技", "--product", "CCL", "--source", "source:a", "--locator", "1")

    for style in ("table", "json"):
        reports = []
        for words in (claim, ("load", "one.csv")):
            said = run(url, *words, "--format", style).stdout
            reports.append(re.sub(r"load:\w+-\w+|\[\s*(\"one.csv[^]]*)?\]", "…", said))
            assert run(url, "undo", "last").exit_code == 0
        assert reports[0] == reports[1]
        assert "added" in reports[0]


def test_one_claim_follows_the_decisions_of_a_file(url: str, tmp_path: Path) -> None:
    """A name that was decided elsewhere leads where the file says, in the plan and in the graph."""
    (tmp_path / "d.yaml").write_text("same:\n- {this: 老黄家, is: company:nvidia}\n", "utf-8")
    claim = ("add", "MAKES", "老黄家", "PCB", "--source", "source:a", "--locator", "1")

    assert "no company is called '老黄家'" in run(url, *claim).stderr
    assert "英伟达 MAKES 印制电路板" in run(url, *claim, "--decisions", "d.yaml", "--dry-run").stdout
    assert json.loads(run(url, *claim, "--decisions", "d.yaml", "--format", "json").stdout)[0]["added"] == 1


def test_rows_put_aside_leave_their_unknown_names_told(url: str, tmp_path: Path) -> None:
    """Each unknown name once, with the nearest and its score, for people and for programs."""
    (tmp_path / "list.csv").write_text(HEADER + WRONG, "utf-8")
    table = run(url, "load", "list.csv", "--on-error", "quarantine", "--format", "table")
    report = json.loads(run(url, "load", "list.csv", "--on-error", "quarantine", "--format", "json").stdout)[0]

    assert table.stderr.count("胜红科技  胜宏科技 (company:victory-giant) 100") == 1
    assert "2 rows were refused, and put into list.csv.quarantine.csv" in table.stdout
    assert [(one["name"], one["near"][0]["id"], one["near"][0]["score"]) for one in report["unknown"]] == [
        ("胜红科技", "company:victory-giant", 100.0)
    ]


def test_a_list_without_rows_says_so(url: str, tmp_path: Path) -> None:
    """Nothing is there to load, which is not the same as nothing new."""
    (tmp_path / "list.csv").write_text(HEADER, "utf-8")

    assert "there is no row that states anything" in run(url, "load", "list.csv", "--format", "table").stdout


def test_rows_put_aside_load_whatever_their_own_file_was_like(url: str, tmp_path: Path) -> None:
    """What the mapping says of the header, the delimiter and the encoding is not so of the rows put aside."""
    read = "read: {header: 2, delimiter: ';', encoding: gb18030}\n"
    states = (
        "states: [{link: SUPPLIES, subject: {column: 甲}, object: {column: 乙}, share: {column: 份额},"
        " certainty: stated, source: 'source:a', locator: x}]\n"
    )
    (tmp_path / "m.yaml").write_text(f"files: list.csv\n{read}{states}", "utf-8")
    (tmp_path / "list.csv").write_text("名单;;\n甲;乙;份额\n胜宏科技;英伟达;很多\n", "gb18030")
    words = ("--mapping", "m.yaml", "--on-error", "quarantine")
    assert run(url, "load", "list.csv", *words).exit_code == 0
    aside = tmp_path / "list.csv.quarantine.csv"
    aside.write_text(aside.read_text("utf-8").replace("很多", "20%", 1), "utf-8")

    report = json.loads(run(url, "load", aside.name, *words, "--format", "json").stdout)[0]

    assert (report["added"], report["refused"]) == (1, 0)


def test_a_mapping_for_a_sheet_opens_its_workbook(url: str, tmp_path: Path) -> None:
    """A workbook is loaded by its name alone, with the header where the mapping says."""
    book = Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Edges")
    for row in (["Suppliers of 2025"], ["From", "To"], ["胜宏科技", "英伟达"]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    states = "{link: SUPPLIES, subject: {column: From}, object: {column: To}, certainty: stated, source: 'source:a'"
    (tmp_path / "m.yaml").write_text(
        f"files: 'book.xlsx#Edges'\nread: {{header: 2}}\nstates: [{states}, locator: x}}]\n", "utf-8"
    )

    assert ("new", "胜宏科技 SUPPLIES 英伟达", None, None, None) in plan(url, "book.xlsx", "--mapping", "m.yaml")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("load", "list.csv", "--delimiter", ";;"), "--delimiter: ';;' is more than one sign"),
        (("propose-mapping", "list.csv", "-o", "nowhere/m.yaml"), "nowhere/m.yaml: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    """A delimiter of two signs, a mapping into a folder that is not there."""
    (tmp_path / "list.csv").write_text("Supplier,Customer\nA,B\n", "utf-8")
    with contextlib.chdir(tmp_path):
        result = CliRunner().invoke(cli, words)

    assert (result.exit_code, result.output.startswith(message)) == (1, True)


def test_what_is_misspelt_is_told_with_the_nearest(url: str, tmp_path: Path) -> None:
    """A command, a type of link, a property of a claim that is typed."""
    (tmp_path / "list.csv").write_text(HEADER + "胜宏科技,SUPLIES,NVIDIA,PCB,,0.3,,stated,source:a,1,\n", "utf-8")
    claim = ("add", "SUPPLIES", "胜宏科技", "英伟达", "--source", "source:a", "--locator", "1")

    assert "Did you mean 'load'?" in run(url, "laod", "list.csv").output
    assert "'SUPLIES' is no type of link; did you mean SUPPLIES?" in run(url, "load", "list.csv").output
    said = run(url, *claim, "--share", "lots", "--set", "foo=1").output
    assert "command line:1:share: 'lots' is not a number" in said
    assert "--set:foo: SUPPLIES has no such property; it may have " in said
    assert run(url, *claim, "--set", "amout=3", "--set", "unit").output == (
        "--set:amout: SUPPLIES has no such property; did you mean amount?\n"
        "--set:unit: has no value; write --set NAME=VALUE\n2 problems\n"
    )


def test_the_limit_that_is_advised_is_enough(url: str, tmp_path: Path) -> None:
    """A third is more than 33 per cent, so that 34 are named."""
    third = "生益科技,SUPPLIES,胜宏科技,CCL,,,,stated,source:b,1,\n"
    whole = "胜宏科技,SUPPLIES,英伟达,PCB,,,,stated,source:b,1,\n英伟达,MAKES,PCB,,,,,stated,source:b,1,\n"
    words = ("load", "claims.csv", "--replace-source", "source:b", "--max-retire")
    (tmp_path / "claims.csv").write_text(HEADER + whole + third, "utf-8")
    assert run(url, *words, "100%").exit_code == 0
    (tmp_path / "claims.csv").write_text(HEADER + whole, "utf-8")
    refused = run(url, *words, "20%").output
    advised = refused.partition("--max-retire ")[2].partition("`")[0]

    assert (advised, run(url, *words, advised).exit_code) == ("34%", 0)


def test_rows_mended_but_not_loaded_yet_are_kept(url: str, tmp_path: Path) -> None:
    """Loading the list again puts its wrong rows aside anew; what was mended by hand stays beside them."""
    words = ("load", "list.csv", "--on-error", "quarantine")
    (tmp_path / "list.csv").write_text(HEADER + WRONG, "utf-8")
    run(url, *words)
    aside = tmp_path / "list.csv.quarantine.csv"
    first = aside.read_text("utf-8")
    mended = first.replace("胜红科技,S", "胜宏科技,S")
    aside.write_text(mended, "utf-8")
    run(url, *words)

    again = first.replace("胜红科技,S", "沪电股份,S")
    aside.write_text(again, "utf-8")
    run(url, *words)

    assert aside.read_text("utf-8") == first
    assert [aside.with_name(f"{aside.name}.{old}").read_text("utf-8") for old in ("old", "old2")] == [mended, again]


def test_thousands_of_unknown_names_do_not_flood_a_terminal(url: str, tmp_path: Path) -> None:
    """A hundred are listed, and how the others are; programs get all."""
    lines = (f"Nobody {place},SUPPLIES,NVIDIA,PCB,,,,stated,source:a,1,\n" for place in range(250))
    (tmp_path / "list.csv").write_text(HEADER + "".join(lines), "utf-8")
    words = ("load", "list.csv", "--on-error", "quarantine", "--format")

    assert "  and 150 more; `--dry-run --format csv` lists all\n" in run(url, *words, "table").stderr
    assert len(json.loads(run(url, *words, "json").stdout)[0]["unknown"]) == 250


def test_new_nodes_are_told_by_their_names(url: str, tmp_path: Path) -> None:
    """A stub by the name that the list has for it, its id beside it for programs."""
    (tmp_path / "list.csv").write_text(HEADER + "东山精密,MAKES,PCB,,,,,stated,source:a,1,\n", "utf-8")
    words = ("load", "list.csv", "--create-missing", "--dry-run", "--format")
    made = [row for row in json.loads(run(url, *words, "json").stdout) if row["what"] == "created"]

    assert [(row["record"], row["id"]) for row in made] == [("东山精密", "company:dong-shan-jing-mi")]


def test_many_new_nodes_are_counted_for_people(url: str, tmp_path: Path) -> None:
    """A plan of twenty thousand new names is no table of twenty thousand rows; programs get each."""
    rows = "".join(f"供应商{i}号,MAKES,PCB,,,,,stated,source:a,1,\n" for i in range(30))
    (tmp_path / "list.csv").write_text(HEADER + rows, "utf-8")
    words = ("load", "list.csv", "--create-missing", "--dry-run", "--format")

    table = run(url, *words, "table").stdout.splitlines()
    assert [line.split() for line in table if line.startswith("created")] == [["created", "Company", "30"]]
    listed = [row for row in json.loads(run(url, *words, "json").stdout) if row["what"] == "created"]
    assert len({row["record"] for row in listed}) == 30


def test_an_empty_path_is_no_folder(url: str) -> None:
    """A variable of the shell that was never set does not load all that lies in the folder one is in."""
    assert "a path is empty" in run(url, "load", "").stderr
    assert "a path is empty" in run(url, "check", "", "--store", url).stderr


def test_ugly_names_are_told_so_that_a_terminal_can_show_them(url: str, tmp_path: Path) -> None:
    """Very long ones by their ends, and none turns the direction of what follows; the nearest is the one advised."""
    names = ("好" * 3_000, "\u202egnol", "胜红科枝", "胜宏科级")
    rows = "".join(f"{name},MAKES,PCB,,,,,stated,source:a,1,\n" for name in names)
    (tmp_path / "list.csv").write_text(HEADER + rows, "utf-8")
    told = run(url, "load", "list.csv", "--format", "table").stderr

    assert "more signs) … 好好" in told
    assert max(map(len, told.splitlines())) < 1_100
    assert "\u202e" not in told
    assert "`graphkit same '胜宏科级' '胜宏科技'` decides one" in told


def test_a_name_of_many_keys_is_told_once(url: str, tmp_path: Path) -> None:
    """People read each pair of names once, with how many more there are; programs get every node."""
    states = 'node: Product, key: {column: pn, prefix: "bom:"}, name: {column: name}'
    (tmp_path / "map.yaml").write_text(f'files: "*"\nstates: [{{{states}}}]\n')
    (tmp_path / "parts.csv").write_text("pn,name\nP1,SCREW M3\nP2,SCREW M3\nP3,SCREW M3\nP4,NUT M4\n")
    words = ("load", "parts.csv", "--mapping", "map.yaml", "--format")

    told = run(url, *words, "table", "--dry-run").stdout
    assert told.count("alike") == 1
    alike = [row for row in json.loads(run(url, *words, "json", "--dry-run").stdout) if row["what"] == "alike"]
    assert len({row["record"] for row in alike}) == 3
    lines = [line for line in run(url, *words, "table").stderr.splitlines() if line.startswith("new: ")]
    assert len(lines) == 1
    assert ", and so may 2 more of this name; `graphkit same " in lines[0]
