"""The command line, as a user meets it: what each command prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from seed_files import HEADER, write_seeds
from stores_under_test import empty_neo4j

from graphkit.cli import COMMANDS, cli
from graphkit.cli.telling import told as tell
from graphkit.graph import open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from servers.neo4j_server import Neo4jServer


@pytest.fixture
def graph(tmp_path: Path) -> str:
    """The URL of an embedded graph that holds the small seeds."""
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    assert run("load", str(write_seeds(tmp_path / "seeds")), "--store", url).exit_code == 0
    return url


def run(*words: str, env: dict[str, str] | None = None) -> click.testing.Result:
    """Run one command in this process."""
    return CliRunner().invoke(cli, words, env=env)


def refused(*words: str, env: dict[str, str] | None = None) -> str:
    """Run a command that must end with exit code 1 and without a traceback; give back what it said."""
    result = run(*words, env=env)

    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def rows(*words: str) -> list[dict[str, object]]:
    """Run a command for its rows."""
    result = run(*words, "--format", "json")

    assert result.exit_code == 0, result.output
    read: list[dict[str, object]] = json.loads(result.output)
    return read


def test_find_takes_any_spelling(graph: str) -> None:
    """A traditional spelling finds the company first."""
    assert rows("find", "勝宏科技", "--store", graph)[0]["id"] == "company:victory-giant"


def test_show_tells_all_about_one_node(graph: str) -> None:
    """Properties, and each claim at either end, with its source."""
    shown = json.loads(run("show", "PCB", "--store", graph, "--format", "json").output)

    assert shown["name_zh"] == "印制电路板"
    assert {(claim["subject"], claim["link"]) for claim in shown["claims"]} == {
        ("胜宏科技", "SUPPLIES"),
        ("胜宏科技", "MAKES"),
        ("覆铜板", "GOES_INTO"),
        ("印制电路板", "GOES_INTO"),
    }
    assert {claim["source"] for claim in shown["claims"]} == {"报告甲", "报告乙"}


def test_show_reads_well_on_a_narrow_terminal(graph: str) -> None:
    """One cell names the claim, one says all that is said of it; no word of them is cut."""
    shown = run("show", "胜宏科技", "--store", graph, "--format", "table", env={"COLUMNS": "80"}).output.splitlines()

    assert max(map(len, shown)) <= 80
    at = next(place for place, line in enumerate(shown) if line.startswith("claim"))
    assert shown[at].split() == ["claim", "says", "source", "locator"]
    words = {word.strip(";,") for line in shown[at:] for word in line.split()}
    assert {"胜宏科技", "SUPPLIES", "英伟达", "product", "印制电路板", "stated", "报告甲"} <= words


@pytest.mark.parametrize("style", ["table", "json", "jsonl", "csv", "markdown"])
def test_every_listing_speaks_every_format(graph: str, style: str) -> None:
    """A listing names its rows in each format."""
    for words in (
        ("find", "PCB"),
        ("stats",),
        ("loads",),
        ("cypher", "MATCH (c:Company) RETURN c.name AS name ORDER BY name"),
    ):
        result = run(*words, "--store", graph, "--format", style)

        assert result.exit_code == 0, result.output
        assert result.output.strip()


def test_csv_neutralises_formulas_and_tables_show_unknown(graph: str) -> None:
    """A note that begins with = cannot run in a spreadsheet; an unknown cell is a dash in a table."""
    text = "MATCH ()-[r:MAKES]->() RETURN r.note AS note, r.share AS share ORDER BY note"

    assert "'=1+1," in run("cypher", text, "--store", graph, "--format", "csv").output
    assert "–" in run("cypher", text, "--store", graph, "--format", "table").output


def test_cypher_takes_parameters(graph: str) -> None:
    """Values reach the engine as parameters, never as text."""
    text = "MATCH (c:Company) WHERE c.country = $country RETURN c.id AS id ORDER BY id"

    assert rows("cypher", text, "--param", "country=US", "--store", graph) == [{"id": "company:nvidia"}]
    assert rows("cypher", text, "--param", "country=' OR 1=1 //", "--store", graph) == []


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (c:Company) SET c.name = 'x'",
        "CREATE (c:Company {id: 'x'})",
        "MATCH (c:Company) DETACH DELETE c",
        "MATCH (c:Company) RETURN c.id AS id; CREATE (c:Company {id: 'x'})",
    ],
)
def test_cypher_cannot_write(graph: str, text: str) -> None:
    """An ad hoc text that writes is refused, and nothing is written."""
    before = run("export", "--store", graph).output

    assert refused("cypher", text, "--store", graph)
    assert run("export", "--store", graph).output == before


def test_cypher_refuses_what_the_embedded_engine_answers_wrongly(graph: str) -> None:
    """A condition on a link inside a chain is refused with the safe spelling."""
    text = "MATCH (a:Company)-[:SUPPLIES]->(b)-[r:SUPPLIES]->(c) WHERE r.share > 0.5 RETURN c.id AS id ORDER BY id"

    assert "WITH" in refused("cypher", text, "--store", graph)


def test_export_is_json_lines_in_one_order(graph: str) -> None:
    """Nodes carry type, id and properties; claims their ends and their evidence besides."""
    records = [json.loads(line) for line in run("export", "--store", graph).output.splitlines()]

    assert records[0].keys() == {"type", "id", "properties"}
    assert records[-1].keys() == {"type", "id", "subject", "object", "properties"}
    assert {"source", "locator", "certainty"} <= records[-1]["properties"].keys()


def test_load_says_what_it_did_and_undo_takes_it_back(tmp_path: Path) -> None:
    """The load's report names the load; undoing it leaves an empty export."""
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    report = rows("load", str(write_seeds(tmp_path / "seeds")), "--store", url)[0]

    assert (report["added"], report["changed"]) == (16, 0)
    assert rows("load", str(tmp_path / "seeds"), "--store", url)[0]["unchanged"] == 16
    assert run("undo", str(report["id"]), "--store", url).exit_code == 0
    assert run("export", "--store", url).output == ""


def test_dry_run_changes_nothing(tmp_path: Path) -> None:
    """A dry run lists what is new by type, and there is still no graph."""
    url = f"embedded:{tmp_path / 'graph.lbug'}"
    plan = rows("load", str(write_seeds(tmp_path / "seeds")), "--dry-run", "--store", url)

    assert {"what": "new", "type": "SUPPLIES", "records": 1} in [
        {key: value for key, value in row.items() if value is not None} for row in plan
    ]
    assert not (tmp_path / "graph.lbug").exists()


# What a user does wrong, and what is said to that


def test_three_errors_in_a_list_are_told_as_three(tmp_path: Path, graph: str) -> None:
    """Tomorrow's list with three errors names exactly the three, and the graph is as it was."""
    before = run("export", "--store", graph).output
    path = tmp_path / "tomorrow.csv"
    path.write_text(
        HEADER
        + "胜宏科技,SUPPLIES,NVIDIA,PCB,,0.3,,stated,source:a,1,\n"
        + "胜红科技,SUPPLIES,NVIDIA,PCB,,0.3,,stated,source:a,1,\n"
        + "生益科技,SUPPLIES,NVIDIA,PCB,,1.3,,stated,source:a,1,\n"
        + "生益科技,SUPPLIES,NVIDIA,PCB,,0.3,2025-13,stated,source:a,1,\n",
        "utf-8",
    )
    said = refused("load", str(path), "--store", graph).splitlines()

    assert [line.split(": ")[0] for line in said[:-1]] == [
        f"{path}:3:subject",
        f"{path}:4:share",
        f"{path}:5:valid_from",
    ]
    assert said[-1] == "3 problems"
    assert run("export", "--store", graph).output == before


def test_an_unknown_question_offers_the_nearest(graph: str) -> None:
    """A misspelt question is answered with those that are near."""
    assert "did you mean makers_of" in refused("query", "maker_of", "PCB", "--store", graph)
    assert "did you mean makers_of" in refused("queries", "maker_of")


def test_an_unknown_name_offers_the_nearest(graph: str) -> None:
    """A misspelt product is answered with the nearest names and ids."""
    assert "GB300 NVL72 (product:gb300)" in refused("query", "makers_of", "GB300 NVL73", "--store", graph)


def test_a_name_that_others_bear_is_told(graph: str, tmp_path: Path) -> None:
    """Which node was meant and which others are called so: one line beside the rows, and in the object of --meta."""
    path = tmp_path / "segments.csv"
    path.write_text("id,name_zh,name_en,aliases,parent\nsegment:boards,,PCB,,\n", "utf-8")
    assert run("load", str(path), "--store", graph).exit_code == 0
    note = "'PCB' is taken for product:pcb; segment:boards is called so too"

    asked = run("query", "makers_of", "PCB", "--store", graph, "--format", "json")
    assert (asked.stderr, len(json.loads(asked.stdout))) == (f"Note: {note}\n", 1)
    whole = run("query", "makers_of", "PCB", "--meta", "--store", graph)
    assert json.loads(whole.stdout)["notes"] == [note]
    assert json.loads(whole.stdout)["meanings"] == [
        {"parameter": "product", "text": "PCB", "id": "product:pcb", "namesakes": ["segment:boards"]}
    ]
    for plain in ("印制电路板", "product:pcb", "product:PCB"):
        assert run("query", "makers_of", plain, "--store", graph).stderr == ""


def test_a_day_before_anybody_says_since_when_is_told(graph: str) -> None:
    """Asked about an early day, the answer says how many rows count only because their beginning is unknown."""
    undated = "Note: no source says since when, for 1 of 1 rows; they count as true on any day\n"

    assert run("query", "makers_of", "PCB", "--as-of", "2020", "--store", graph).stderr == undated
    assert run("query", "makers_of", "PCB", "--store", graph).stderr == ""
    assert run("query", "customers_of", "300476", "--as-of", "2026", "--store", graph).stderr == ""
    whole = run("query", "makers_of", "PCB", "2020", "--meta", "--store", graph).stdout
    assert json.loads(whole)["notes"] == [undated.removeprefix("Note: ").strip()]


def test_a_day_before_all_loads_is_refused(graph: str) -> None:
    """Asked what was known then, graphkit says that nothing was, not that a name is wrong."""
    said = refused("query", "makers_of", "PCB", "--known-at", "2019", "--store", graph)

    assert said.startswith("nothing was known on 2019; the first load is load:2")


def test_nothing_known_is_not_shown_as_nothing(graph: str) -> None:
    """An answer without rows says that silence is no proof."""
    asked = run("query", "makers_of", "GB300 NVL72", "2024", "--store", graph, "--format", "table")

    assert asked.stdout.endswith("0 rows\nNo claim says so, which does not mean that there is none.\n")
    assert run("query", "makers_of", "GB300 NVL72", "2024", "--store", graph, "--format", "jsonl").stdout == ""


def test_evidence_calls_nodes_by_their_names(graph: str) -> None:
    """Ids are for programs: a footnote names the product that a claim is about."""
    asked = run("query", "customers_of", "胜宏科技", "--evidence", "--store", graph, "--format", "table")

    assert "product 印制电路板, share 0.35; since 2025 — 报告甲, 1.3.1 PCB" in asked.stdout


def test_footnotes_stand_in_the_order_of_the_rows(graph: str) -> None:
    """Whoever reads down the table reads down the evidence."""
    asked = run("query", "bill_of_materials", "GB300 NVL72", "--evidence", "--store", graph, "--format", "table").stdout
    table, evidence = asked.split("Evidence\n")

    assert [line.split()[1] for line in table.splitlines()[2:4]] == ["印制电路板", "覆铜板"]
    assert [line.split()[0] for line in evidence.splitlines()] == ["印制电路板", "覆铜板"]


def test_a_list_that_may_be_left_out_may_be_left_out(graph: str) -> None:
    """The companies of part_makers are any when none is told."""
    assert [row["company"] for row in rows("query", "part_makers", "PCB", "--store", graph)] == ["生益科技"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("胜宏科技,NVDA PCB", {"holdings": ["胜宏科技", "NVDA"], "product": "PCB"}),
        ("胜宏科技，NVDA PCB", {"holdings": ["胜宏科技", "NVDA"], "product": "PCB"}),
        ("胜宏科技, NVDA, 生益科技 PCB", {"holdings": ["胜宏科技", "NVDA", "生益科技"], "product": "PCB"}),
        ("胜宏科技 NVDA PCB", {"holdings": ["胜宏科技", "NVDA"], "product": "PCB"}),
        (
            "胜宏科技 Victory Giant PCB 2",
            {"holdings": ["胜宏科技", "Victory Giant"], "product": "PCB", "max_tier": "2"},
        ),
        ("胜宏科技 GB300 NVL72 2 2025", None),
        ("胜宏科技 胜红科枝 PCB", {"holdings": ["胜宏科技", "胜红科枝"], "product": "PCB"}),
        ("胜宏科技 铜铜", {"holdings": ["胜宏科技"], "product": "铜铜"}),
    ],
)
def test_a_list_may_come_in_several_words(graph: str, words: str, told: dict[str, object] | None) -> None:
    """What the shell cuts is put together again where there is one way to read it."""
    whole = {"holdings": ["胜宏科技"], "product": "GB300 NVL72", "max_tier": "2", "as_of": "2025"}
    with open_graph(graph, read_only=True) as opened:
        assert tell(opened.question("holdings_exposed"), words.split(), (), opened.names) == (told or whole)


def test_a_ticker_in_a_list_is_no_number(graph: str) -> None:
    """A list of tickers goes on, though the number that follows it would take one."""
    words = ["300476", "600183", "NVDA", "1"]
    told = {"holdings": words[:3], "at_least": "1"}
    with open_graph(graph, read_only=True) as opened:
        assert tell(opened.question("common_dependencies"), words, (), opened.names) == told


def test_words_that_may_belong_to_two_lists_are_refused(graph: str) -> None:
    """Where the words can be shared out in two ways, the message says how to write them."""
    said = refused("query", "in_first_not_second", "PCB", "覆铜板", "GB300 NVL72", "--store", graph)

    assert "write each list as one word, with commas (first, second)" in said
    assert 'put "a name with blanks" in quotes' in refused("query", "makers_of", "PCB", "2025", "x", "--store", graph)


def test_missing_graph(tmp_path: Path) -> None:
    """Asking where nothing was loaded yet says how to load."""
    assert "make one with `graphkit load`" in refused("stats", "--store", f"embedded:{tmp_path / 'none.lbug'}")


@pytest.mark.parametrize("url", ["nonsense", "http://localhost", "embedded:"])
def test_a_url_that_names_no_store(url: str) -> None:
    """A store URL of no known kind is answered with the kinds."""
    assert "write embedded:PATH or neo4j://HOST:PORT" in refused("stats", "--store", url)


def test_a_url_holds_no_password() -> None:
    """Credentials in a URL would end up in histories and logs; they are refused."""
    said = refused("stats", "--store", "neo4j://neo4j:secret@127.0.0.1:7687")

    assert "NEO4J_PASSWORD" in said
    assert "secret" not in said


def test_a_file_that_is_no_graph(tmp_path: Path) -> None:
    """A file of something else is not opened, nor changed."""
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and no graph at all\n" * 10)

    assert "is not a graph" in refused("stats", "--store", f"embedded:{path}")
    assert path.read_text().startswith("these are my notes")


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    """A folder is answered with an example of a file."""
    assert "a graph is one file" in refused("stats", "--store", f"embedded:{tmp_path}")


def test_a_folder_that_nobody_may_write_to(tmp_path: Path) -> None:
    """A place where even root may make nothing is named."""
    seeds = write_seeds(tmp_path / "seeds")

    assert "cannot make the folder /proc/graphkit" in refused(
        "load", str(seeds), "--store", "embedded:/proc/graphkit/graph.lbug"
    )


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the folder is named."""
    (tmp_path / "file").write_text("x")
    seeds = write_seeds(tmp_path / "seeds")

    assert "cannot make the folder" in refused(
        "load", str(seeds), "--store", f"embedded:{tmp_path / 'file' / 'graph.lbug'}"
    )


def test_a_graph_that_another_process_writes_to(tmp_path: Path, graph: str) -> None:
    """While one process holds a graph for writing, a second load names it; reading goes on."""
    program = (
        "import sys; from graphkit.model import MODEL; from graphkit.stores import open_store\n"
        f"store = open_store({graph!r}, MODEL); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"

        said = refused("load", str(tmp_path / "seeds"), "--store", graph)
        assert re.search(rf"being written to by process {other.pid}; try again when it is done", said)
        assert rows("stats", "--store", graph)
        other.communicate("")


def test_a_server_that_is_down() -> None:
    """Where nothing listens, the message says how to start a server or do without."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert "no Neo4j answers at" in refused("stats", "--store", f"bolt://127.0.0.1:{port}")


def test_a_wrong_password(neo4j_server: Neo4jServer) -> None:
    """A refused log-in says which variables to set, and does not show the password."""
    said = refused("stats", "--store", neo4j_server.url, env={"NEO4J_PASSWORD": "wrong-secret"})

    assert "refuses the user or the password; set NEO4J_USERNAME and NEO4J_PASSWORD" in said
    assert "wrong-secret" not in said


def test_a_query_file_with_an_undeclared_parameter(tmp_path: Path, graph: str) -> None:
    """Own questions get the same checks as ours, with file and line."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "who.cypher").write_text(
        "// Who is it?\n// @param as_of date = today\n// @column id Company.id\n"
        "MATCH (c:Company) WHERE c.id = $who AND $as_of = $as_of RETURN c.id AS id ORDER BY id\n"
    )

    assert f"{tmp_path}/mine/who.cypher:4: $who is not declared" in refused(
        "query", "who", "--queries", str(tmp_path / "mine"), "--store", graph
    )


def test_a_usage_error_is_exit_2() -> None:
    """What the command line itself does not understand ends with 2, as everywhere."""
    assert run("find").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("stats", "--format", "xml").exit_code == 2


# What holds for every command


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_ends_with_an_example(name: str) -> None:
    """The first line is the summary in the list of commands; the last lines are an example."""
    command = cli.get_command(click.Context(cli), name)

    assert command is not None
    assert command.get_short_help_str(200) == COMMANDS[name][1]
    help_text = run(name, "--help").output
    assert f"Example:\n    graphkit {name}" in help_text


@pytest.mark.parametrize("locale", ["C", "zh_CN.GBK"])
def test_output_is_utf_8_in_any_locale(graph: str, locale: str) -> None:
    """Chinese names leave as UTF-8, whatever the locale of the terminal."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "graphkit.cli", "find", "胜宏科技", "--store", graph, "--format", "csv"],
        env={**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": ""},
        capture_output=True,
        check=True,
    )

    assert "company:victory-giant,胜宏科技" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--upstream"], "upstream of what? name a node"),
        (["英伟达", "--segment", "AI算力"], "ask for one"),
        (["英伟达", "--between", "PCB", "英伟达"], "ask for one"),
        (["--types", "SUPPLIES, EATS"], "'EATS' is none of SUPPLIES, "),
        (["--hops", "1"], "hops around what? name a node"),
        (["英伟达", "--upstream", "--hops", "1"], "upstream goes to any distance; ask for that, or for hops"),
        (
            ["英伟达", "--diff", "last", "last", "--upstream", "--as-of", "2025"],
            "leave 英伟达, --as-of, --upstream out",
        ),
        (["--query", "makers_of", "PCB", "--types", "SUPPLIES"], "stands on no claim in this part of the graph"),
        (["--query", "makers_of", "PCB", "--hops", "1"], "hops around what? name a node"),
    ],
)
def test_a_map_of_what_does_not_go_together_is_refused(graph: str, words: list[str], told: str) -> None:
    """Nothing that is asked of a map is left aside without a word."""
    assert told in refused("map", *words, "-o", os.devnull, "--store", graph)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("graphkit query makers_of GB3", "plain,GB300 NVL72\n"),
        ("graphkit query makers", "plain,makers_by_country\nplain,makers_of\n"),
        ("graphkit query --queries nowhere makers", ""),
        ("graphkit show --store embedded:nowhere GB3", ""),
    ],
)
def test_names_complete_in_the_shell(graph: str, words: str, offered: str) -> None:
    """Tab offers names that begin with what is typed, and questions by name; nothing where they cannot be read."""
    completing = {"_GRAPHKIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-m", "graphkit.cli"],
        env={**os.environ, **completing, "GRAPHKIT_STORE": graph},
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.stdout.lstrip("\n"), done.stderr) == (offered, "")


def test_both_engines_export_the_same(tmp_path: Path, neo4j_server: Neo4jServer, graph: str) -> None:
    """The same files give the same bytes on Neo4j and in the embedded engine."""
    environment = {"NEO4J_PASSWORD": neo4j_server.password}
    with empty_neo4j(neo4j_server):
        loaded = run("load", str(tmp_path / "seeds"), "--store", neo4j_server.url, env=environment)
        exported = run("export", "--store", neo4j_server.url, env=environment).output

    assert loaded.exit_code == 0, loaded.output
    assert run("export", "--store", graph).output == exported


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("words", [("export",), ("loads",), ("query", "makers_of", "PCB", "--format", "csv")])
def test_output_that_finds_no_room_is_told(graph: str, words: tuple[str, ...]) -> None:
    """Where rows go to a full disk, a sentence says so."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - no file
        done = subprocess.run(
            [sys.executable, "-m", "graphkit.cli", *words, "--store", graph],
            check=False, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (1, "what was to be printed found no room: No space left on device\n")


def test_a_mapping_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    (tmp_path / "t.csv").write_text("Supplier,Customer\na,b\n")
    target = tmp_path / "nowhere" / "t.yaml"

    told = refused("propose-mapping", str(tmp_path / "t.csv"), "-o", str(target))
    assert told == f"{target}: cannot be written: No such file or directory\n"


def test_what_is_wrong_with_several_tables_is_told_of_all(tmp_path: Path) -> None:
    """A mapping is proposed for files and folders, and each that cannot be read is named at once."""
    (tmp_path / "a.json").write_text("{not json")
    (tmp_path / "b.csv").write_text("")

    told = refused("propose-mapping", str(tmp_path))
    assert re.findall(r"[ab]\.\w+(?=:)", told) == ["a.json", "b.csv"]
    assert "a path is empty" in refused("propose-mapping", "")


@pytest.mark.parametrize("command", ["check", "load", "propose-mapping"])
def test_what_no_file_has_is_not_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """A sheet of a text, a delimiter of a workbook: both are refused at once; beside a file that has it, it holds."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("Supplier,Customer\na,b\n")
    book = Workbook()
    book.worksheets[0].append(["Supplier", "Customer"])
    book.save("book.xlsx")
    store = [] if command == "propose-mapping" else ["--store", "embedded:g.lbug"]
    if command == "check":
        run("load", str(write_seeds(tmp_path / "seeds")), *store)

    told = refused(command, "list.csv", "--sheet", "Sheet", *store)
    assert told == "--sheet: csv files have none; leave it out\n"
    told = refused(command, "book.xlsx", "--delimiter", ";", "--encoding", "gbk", *store)
    assert [line.partition(":")[0] for line in told.splitlines()] == ["--delimiter", "--encoding", "2 problems"]
    assert "--sheet" not in run(command, "book.xlsx", "list.csv", "--sheet", "Sheet", *store).output


def test_advice_may_be_pasted_into_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names with blanks and signs of the shell stand in quotes, also those of sheets."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a; b.csv").write_text("Supplier,Customer\na,b\n")
    book = Workbook()
    for title in ("one sheet", "two"):
        book.create_sheet(title).append(["Supplier", "Customer"])
    book.save("book.xlsx")

    told = run("propose-mapping", "a; b.csv").output
    assert "`graphkit load 'a; b.csv' --mapping 'a; b.csv.mapping.yaml' --dry-run`" in told
    assert "'book.xlsx#one sheet'" in refused("load", "book.xlsx", "--store", "embedded:g.lbug")


def test_a_map_of_an_answer_may_be_of_a_part(graph: str, tmp_path: Path) -> None:
    """Of what an answer stands on, only what lies around a node, or is of some types, is drawn where that is asked."""
    words = ("map", "--query", "exposed_to_product", "覆铜板", "--store", graph, "-o", str(tmp_path / "m.html"))

    assert run(*words).stderr.startswith("6 nodes, 6 links, ")
    assert run(*words, "--types", "GOES_INTO").stderr.startswith("3 nodes, 2 links, ")
    assert run(*words, "--focus", "英伟达", "--hops", "1").stderr.startswith("3 nodes, 2 links, ")


def test_one_is_told_in_the_singular(graph: str, tmp_path: Path) -> None:
    """One link is no `1 links`."""
    target = tmp_path / "m.html"

    told = run("map", "胜宏科技", "--hops", "1", "--types", "SUPPLIES", "--store", graph, "-o", str(target)).stderr
    assert told == "2 nodes, 1 link, no notes\n"
    assert "1 hop" in target.read_text("utf-8")
    assert "1 hops" not in target.read_text("utf-8")
