"""Foreign tables: what a mapping makes of them, and what `propose-mapping` makes of a table."""

from __future__ import annotations

import json
import re
import tempfile
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from graphkit.cli import cli
from graphkit.errors import InputError
from graphkit.graph import Graph, check_files
from graphkit.model import MODEL
from graphkit.seeds.mapping.converting import Writing, converter
from graphkit.seeds.mapping.files import read_mapping
from graphkit.seeds.mapping.shapes import CELL
from graphkit.seeds.proposing.proposals import propose
from graphkit.seeds.reading.files import read_sheets
from graphkit.seeds.reading.sheets import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.stores.base import Store

TABLE = """Supplier;Land;Customer;Component;Share;Value (EUR m);Day;Said by
Société A;Taiwan;NVIDIA Corp.;wafer;95 %;1.234,5;03.05.2024;Reuters
B Co., Ltd.;South Korea;Nvidia;HBM;12,5;n/a;17.06.2024;Nikkei
b;Korea;Nvidia Corp;HBM;7;300;18.06.2024;Nikkei
"""
MAPPING = """
files: "list*.csv"
states:
- link: SUPPLIES
  subject: {column: Supplier, create: {country: {column: Land}}}
  object: {column: Customer, create: {country: US}}
  product: {column: Component, create: true}
  share: {column: Share, percent: true, decimal: ","}
  amount: {column: Value (EUR m), decimal: ",", scale: million}
  currency: EUR
  valid_from: {column: Day, dates: "%d.%m.%Y"}
  certainty: stated
  source: {column: Said by, create: {publisher: "{Said by} Ltd"}}
  locator: "list {file}"
"""


def write(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> tuple[Path, Path]:
    """Write a table and its mapping."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "list.csv").write_text(table, "utf-8")
    (folder / "mapping.yaml").write_text(mapping, "utf-8")
    return folder / "list.csv", folder / "mapping.yaml"


def test_a_foreign_table_loads_by_its_mapping_alone(store: Store, tmp_path: Path) -> None:
    """Names, countries, percent, thousands, units, days and sources come out as the model wants them."""
    table, mapping = write(tmp_path)
    report = Graph(store).load(table, mapping=mapping)
    companies = {str(row["id"]): row for row in store.table("Company").rows()}
    claims = sorted(store.table("SUPPLIES").rows(), key=lambda row: str(row["valid_from"]))

    assert report.added == 3 + 2 + 2 + 3
    assert {key: row["country"] for key, row in companies.items()} == {
        "company:societe-a": "TW",
        "company:b-co-ltd": "KR",
        "company:nvidia-corp": "US",
    }
    assert companies["company:b-co-ltd"]["aliases"] == ("b",)
    assert [(row.get("share"), row.get("amount"), row.get("currency"), row["valid_from"]) for row in claims] == [
        (0.95, 1_234_500_000.0, "EUR", "2024-05-03"),
        (0.125, None, None, "2024-06-17"),
        (0.07, 300_000_000.0, "EUR", "2024-06-18"),
    ]
    assert {str(row["publisher"]) for row in store.table("Source").rows()} == {"Reuters Ltd", "Nikkei Ltd"}
    assert {row["locator"] for row in claims} == {"list list.csv"}


def test_the_same_foreign_table_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    """And a later edition changes what it changes: a share is corrected, a row is new, the rest stays."""
    table, mapping = write(tmp_path)
    graph = Graph(store)
    graph.load(table, mapping=mapping)
    again = graph.load(table, mapping=mapping)
    write(tmp_path, TABLE.replace("12,5", "13,5") + "C;Japan;Nvidia;HBM;1;;2024;Nikkei\n".replace("2024", "01.02.2024"))
    later = graph.load(table, mapping=mapping)

    assert (again.id, again.unchanged) == (None, 10)
    assert (later.added, later.changed) == (2, 1)


def test_problems_are_told_by_the_columns_of_the_file(tmp_path: Path) -> None:
    """A value that cannot be read is told with the row and the column of the foreign table."""
    table, mapping = write(tmp_path, TABLE.replace("12,5", "a lot").replace("Taiwan", "Narnia"))
    told = [str(problem).replace(f"{table}", "list.csv") for problem in check_files(table, mapping=mapping).problems]

    assert told == [
        "list.csv:2:Land: 'Narnia' is no country that is known; write its two letters, or map the word",
        "list.csv:3:Share: 'a lot' is no number that can be read; correct the cell, or note it (unreadable: note)",
    ]


def test_a_column_that_the_file_lacks_is_told(tmp_path: Path) -> None:
    """With the nearest that it has."""
    table, mapping = write(tmp_path, TABLE.replace("Said by", "Said of"))
    told = [problem.message for problem in check_files(table, mapping=mapping).problems]

    assert told == ["the mapping names this column, and the file lacks it; did you mean 'Said of'?"]


def test_a_later_edition_may_write_its_header_otherwise(store: Store, tmp_path: Path) -> None:
    """Other case, signs and order are the same columns; of several names that a mapping gives, one is enough."""
    table, mapping = write(tmp_path, mapping=MAPPING.replace("{column: Component,", "{columns: [Component, Part],"))
    graph = Graph(store)
    graph.load(table, mapping=mapping)
    lines = [line.split(";") for line in TABLE.splitlines()]
    later = "\n".join(";".join(line[::-1]) for line in lines) + "\n"
    later = later.replace("Said by", "SAID_BY").replace("Value (EUR m)", "value_EUR_m").replace("Component", "Part")
    table.write_text(later, "utf-8")

    assert graph.load(table, mapping=mapping).id is None


@pytest.mark.parametrize(
    ("mapping", "place", "message"),
    [
        ("states: []", "", "states nothing"),
        ("states: [{node: Firm}]", "states[0]", "states neither a node nor a claim"),
        ("states: [{link: SUPPLY}]", "states[0]", "states neither a node nor a claim; did you mean link: SUPPLIES?"),
        ("states: [{link: SUPPLIES, subject: a, object: b}]", "states[0]", "certainty is missing"),
        ("states: [{node: Company, nam_en: x}]", "states[0]", "'nam_en' is not known here; did you mean name_en?"),
        ("states: [{node: Company, name_en: {colum: x}}]", "states[0].name_en", "'colum' is not known here"),
        (
            "states: [{node: Company, name_en: {column: x, scale: lots}}]",
            "states[0].name_en.scale",
            "scale cannot be 'lots'",
        ),
        (
            "states: [{node: Company, name_en: {column: x, pattern: '('}}]",
            "states[0].name_en.pattern",
            "'(' is no regular",
        ),
        ("states: [{node: Company, name_en: {column: x}, when: {is: 1}}]", "states[0].when", "needs a column"),
        ("states: [{node: Company, name_en: x, when: [{column: y}]}]", "states[0].when[0]", "needs a column and what"),
        ("read: {delimiter: ';;'}\nstates: []", "read.delimiter", "delimiter cannot be ';;'; write one sign"),
        ("read: [x]\nstates: []", "read", "read cannot be ['x']; write how the file is read, such as {header: 3"),
        ("defaults: [x]\nstates: []", "defaults", "defaults cannot be ['x']; write what every claim says"),
        ("defaults: {sorce: x}\nstates: []", "defaults", "'sorce' is not known here; did you mean source?"),
        ("defaults: {note: [x]}\nstates: [{link: OWNS}]", "defaults.note", "cannot be ['x']; write a text, or"),
        ("states: [{node: [Company]}]", "states[0]", "states neither a node nor a claim; did you mean node: Company?"),
        ("states: [{node: Company, name: [x]}]", "states[0].name", "cannot be ['x']; write a text, or where it"),
        ("tables: 5", "tables[0]", "is no table"),
        ("state: []", "", "'state' is not known here; did you mean states?"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_place(tmp_path: Path, mapping: str, place: str, message: str) -> None:
    """Every mistake is named with what to write instead."""
    path = tmp_path / "mapping.yaml"
    path.write_text(mapping)
    with pytest.raises(InputError) as refusal:
        read_mapping(path, MODEL)

    assert any(p.column == place and p.message.startswith(message) for p in refusal.value.problems)


def test_a_mistake_in_a_mapping_is_told_with_its_line(tmp_path: Path) -> None:
    """As an editor counts them; what a table lacks is told at the line where that begins."""
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING.replace('decimal: ","}', "decimal: [x]}", 1).replace("  certainty: stated\n", ""), "utf-8")
    with pytest.raises(InputError) as refusal:
        read_mapping(path, MODEL)

    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (4, "states[0]"),
        (8, "states[0].share.decimal"),
    ]


WHOLE = {
    "files": ["list*.csv"],
    "read": {"header": 1, "missing": ["tbc"], "ditto": ["Said by"], "encoding": "utf-8", "delimiter": ";", "sheet": ""},
    "defaults": {
        "certainty": "stated",
        "source": {"value": "List", "create": {"publisher": "Somebody"}},
        "locator": "x",
    },
    "states": [
        {
            "node": "Company",
            "when": {"column": "Supplier", "is": "filled"},
            "key": {"column": "Supplier", "prefix": "list:"},
            "name": {"columns": ["Supplier", "Customer"], "missing": ["B"], "default": "Nobody"},
            "aliases": {"column": "Component", "split": " "},
        },
        {
            "link": "SUPPLIES",
            "when": [{"column": "Supplier", "not": ["C"]}, {"column": "Share", "matches": "[0-9]"}],
            "subject": {"column": "Supplier", "create": {"country": {"column": "Land"}}},
            "object": {"column": "Land", "pattern": "^$", "unreadable": "nothing", "else": {"column": "Customer"}},
            "product": {"column": "Component", "each": " ", "create": True},
            "share": {"column": "Share", "percent": True, "decimal": ",", "unreadable": "note"},
            "amount": {"column": "Value (EUR m)", "decimal": ",", "scale": "million"},
            "currency": {"column": "Land", "words": {"Taiwan": "TWD"}, "otherwise": "EUR"},
            "valid_from": {"column": "Day", "dates": "%d.%m.%Y"},
        },
    ],
}


def places(whole: object) -> Iterator[tuple[str | int, ...]]:
    """The way to every value."""
    parts = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for key, part in parts:
        yield (key,)
        yield from ((key, *further) for further in places(part))


def deep(levels: int) -> object:
    """Lists in lists."""
    return [deep(levels - 1)] if levels else "x"


@given(
    st.sampled_from(list(places(WHOLE))),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3)
    | st.sampled_from([[], {}, ["x"], {"x": "y"}, {"column": "Land"}, [[{"node": {}}]], deep(90), deep(300), 10**400])
    | st.sampled_from(['"', "\n", " ", "%d%d", "a{99999999999}", "(" * 5000, "1e999", "rot13", "idna", "{x", "{file}"]),
)
@example(("read",), ["x"])
@example(("defaults",), ["x"])
@example(("states", 0, "node"), ["a"])
def test_a_value_of_a_wrong_shape_is_told_at_its_place(way: tuple[str | int, ...], value: object) -> None:
    """Whatever stands there instead of what belongs there: each problem has a file, nothing breaks."""
    with tempfile.TemporaryDirectory() as folder:
        whole: Any = json.loads(json.dumps(WHOLE))
        holder = reduce(getitem, way[:-1], whole)
        holder[way[-1]] = value
        table, mapping = write(Path(folder), mapping=json.dumps(whole))
        done = CliRunner().invoke(cli, ["check", str(table), "--mapping", str(mapping)])

    assert done.exit_code in (0, 1), (done.output, done.exc_info)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    told = [line for line in done.stderr.splitlines() if line.startswith(folder)]
    assert done.exit_code == 0 or told, done.output


def test_several_tables_by_one_mapping(store: Store, tmp_path: Path) -> None:
    """Nodes by their own ids, conditions, words, several values in a cell, several claims from a row."""
    (tmp_path / "firms.csv").write_text("key,name,kind,aka\n1,Alpha,org,A1;A-One\n2,Beta,org,\n3,Chile,country,\n")
    (tmp_path / "chain.csv").write_text("maker,part,into,is_type,level,refs\n1,P,Q,,C,r1|r2\n2,R,,P,M,r1\n")
    (tmp_path / "m.yaml").write_text("""
tables:
- files: firms.csv
  states:
  - node: Company
    when: {column: kind, is: org}
    id: {column: key, prefix: "company:X"}
    name_en: {column: name}
    aliases: {column: aka, split: ";"}
- files: chain.csv
  states:
  - node: Product
    name_en: {column: part}
    level: {column: level, words: {C: component, M: material}}
  - node: Product
    name_en: {column: into}
  - link: MAKES
    subject: {column: maker, prefix: "company:X"}
    object: {column: part}
    certainty: stated
    source: {column: refs, each: "|", create: true}
    locator: chain
  - link: GOES_INTO
    when: {column: into, is: filled}
    subject: {column: part}
    object: {column: into}
    certainty: stated
    source: r1
    locator: "chain {part}"
  - link: TYPE_OF
    when: {column: is_type, not: ""}
    subject: {column: part}
    object: {column: is_type}
    certainty: stated
    source: r1
    locator: chain
""")
    Graph(store).load(tmp_path / "firms.csv", tmp_path / "chain.csv", mapping=tmp_path / "m.yaml")
    makes = {(row["subject"], row["object"], row["source"]) for row in store.table("MAKES").rows()}

    assert set(store.table("Company").columns["id"]) == {"company:X1", "company:X2"}
    assert makes == {
        ("company:X1", "product:p", "source:r1"),
        ("company:X1", "product:p", "source:r2"),
        ("company:X2", "product:r", "source:r1"),
    }
    assert store.table("GOES_INTO").columns["locator"] == ["chain P"]
    assert store.table("TYPE_OF").columns["object"] == ["product:p"]
    assert {row["id"]: row.get("level") for row in store.table("Product").rows()} == {
        "product:p": "component",
        "product:r": "material",
        "product:q": None,
    }


def test_a_mapped_company_is_the_known_one_of_that_name(store: Store, tmp_path: Path) -> None:
    """What is known stays, the other spelling becomes an alias, and undo gives all back."""
    (tmp_path / "companies.csv").write_text(
        "id,name_zh,name_en,aliases,country\ncompany:nv,英伟达,NVIDIA,,CN\n", "utf-8"
    )
    graph = Graph(store)
    graph.load(tmp_path / "companies.csv")
    before = list(graph.export())
    table, mapping = write(tmp_path / "foreign")
    load = graph.load(table, mapping=mapping).id
    known = next(row for row in store.table("Company").rows() if row["id"] == "company:nv")

    assert (known["name_en"], known["country"]) == ("NVIDIA", "CN")
    assert known["aliases"] == ("NVIDIA Corp.",)
    graph.undo(str(load))
    assert list(graph.export()) == before


@pytest.mark.parametrize(
    ("kind", "cell", "writing", "expected"),
    [
        ("number", "1,234.5", {}, 1234.5),
        ("number", "1.234,5", {"decimal": ","}, 1234.5),
        ("number", "1 234", {}, 1234.0),
        ("number", "12亿", {}, 1.2e9),
        ("number", "3.5亿元", {}, 3.5e8),
        ("number", "$3.5bn", {}, 3.5e9),
        ("number", "USD 2.5 million", {}, 2.5e6),
        ("number", "(12.5)", {}, -12.5),
        ("number", 7, {"scale": 1e4}, 7e4),
        ("number", "7 台", {"scale": 1e4}, 7e4),
        ("number", "3.5亿", {"scale": 1e4}, 3.5e8),
        ("number", "$3.5bn", {"scale": 1e6}, 3.5e9),
        ("number", ".5", {}, 0.5),
        ("number", "１２", {}, 12.0),
        ("share", "35%", {}, 0.35),
        ("share", "35", {"percent": True}, 0.35),
        ("share", "0.35", {}, 0.35),
        ("share", "约三成", {"percent": True}, 0.3),
        ("share", "６成半", {}, 0.65),
        ("share", "12,5 %", {"decimal": ","}, 0.125),
        ("country", "Korea, Republic of", {}, "KR"),
        ("country", "the Netherlands", {}, "NL"),
        ("country", "中国台湾", {}, "TW"),
        ("country", "Deutschland", {}, "DE"),
        ("country", "uk", {}, "GB"),
        ("country", "U.S.A.", {}, "US"),
        ("currency", "US$ 3", {}, "USD"),
        ("currency", "rmb", {}, "CNY"),
        ("currency", "12亿元", {}, "CNY"),
        ("tickers", "NASDAQ: NVDA", {}, ("NVDA.O",)),
        ("tickers", "2330 TT Equity; TSM US", {}, ("2330.TW", "TSM.US")),
        ("tickers", "600183 CH|000001 CH", {}, ("600183.SH", "000001.SZ")),
        ("date", "2024/5/3", {}, "2024-05-03"),
        ("date", "2024年5月", {}, "2024-05"),
        ("date", "May 3, 2024", {}, "2024-05-03"),
        ("date", "3 May 2024", {}, "2024-05-03"),
        ("date", "Sept 2024", {}, "2024-09"),
        ("date", "2024.0", {}, "2024"),
        ("date", "05/03/2024", {"dates": "%d/%m/%Y"}, "2024-03-05"),
        ("date", "2024-05-03T00:00:00", {}, "2024-05-03"),
        ("period", "1Q25", {}, "2025Q1"),
        ("period", "Q3 2024", {}, "2024Q3"),
        ("flag", "Y", {}, "true"),
        ("number", "$56.2 billion (2019)", {}, 5.62e10),
        ("number", "300 (million USD)", {}, 3e8),
        ("number", "1.2e+06", {}, 1.2e6),
        ("number", "\u22123.5", {}, -3.5),
        ("number", "约35", {}, 35.0),
        ("share", "~60%", {}, 0.6),
        ("share", "61% of global output", {}, 0.61),
        ("share", "17.5% (2021)", {}, 0.175),
        ("share", "61%", {"percent": True}, 0.61),
        ("date", "20230821", {}, "2023-08-21"),
        ("date", "(2019)", {}, "2019"),
        ("date", "FY2019", {}, "2019"),
        ("date", "2021年度", {}, "2021"),
        ("tickers", "600456.SS; SZ300476", {}, ("600456.SH", "300476.SZ")),
        ("text", "P12/x", {"pattern": r"P(\d+)"}, "12"),
    ],
)
def test_cells_as_the_world_writes_them(kind: str, cell: object, writing: dict[str, object], expected: object) -> None:
    """Numbers, shares, countries, currencies, tickers and days come out in one form."""
    told = Writing(**writing)  # type: ignore[arg-type]  # the names of its fields

    assert converter(kind, told)(cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *(
            ("number", text)
            for text in ("1.234,5", "1,2,3", "=cmd()", "SUB-500", "Over 1 Billion", "100M - 1B", "$1.2bn to $1.4bn")
        ),
        *(("share", text) for text in ("<5%", "50-60%", "50%+", "minor", "不足5%", "5%以上", "up to 10%")),
        *(("date", text) for text in ("03/05/2024", "soon", "2019-2020")),
    ],
)
def test_what_may_mean_two_things_is_not_guessed(kind: str, cell: str) -> None:
    """The message says what to write into the mapping."""
    with pytest.raises(ValueError, match=r"say|correct"):
        converter(kind, Writing())(cell)


def test_a_proposal_is_a_mapping_that_loads(store: Store, tmp_path: Path) -> None:
    """Header and values tell enough that the proposed mapping takes the table in as it is."""
    table = tmp_path / "suppliers_2024.csv"
    table.write_text(TABLE.replace("Land", "Supplier country").replace("Said by", "Source"), "utf-8")
    proposal = propose(read_sheets(table), Reading())
    (tmp_path / "m.yaml").write_text(proposal.text, "utf-8")
    report = Graph(store).load(table, mapping=tmp_path / "m.yaml")

    assert 'dates: "%d.%m.%Y"' in proposal.text
    assert "currency: EUR" in proposal.text
    assert 'locator: "suppliers"' in proposal.text
    assert report.added == 10


def test_a_table_of_companies_is_proposed_as_nodes(tmp_path: Path) -> None:
    """Ids, names, countries, tickers and aliases of companies."""
    table = tmp_path / "firms.csv"
    table.write_text("Company ID,Company,Headquarters,Ticker,Notes\n1,Alpha,USA,NASDAQ: A,x\n", "utf-8")
    text = propose(read_sheets(table), Reading()).text

    assert "- node: Company" in text
    assert 'country: {column: "Headquarters"}' in text
    assert 'tickers: {column: "Ticker"}' in text
    assert "# not used: \"Notes\", such as 'x'" in text


GRAPH = """{"nodes": [
 {"id": 1, "name": "TSMC", "country": "TWN"},
 {"id": 2, "name": "NVIDIA", "country": "USA"}
],
"edges": [
 {"source": 1, "target": 2, "product": "wafers",
<<<<<<< HEAD
  "share": "95%"},
=======
  "share": "90%"},
>>>>>>> theirs
 {"source": 1, "target": 2, "product": "packaging", "share": "lots"},
 {"source": 1, "target": 2, "product": "test", "share": "5%"}
]}
"""


def test_refused_rows_of_a_list_within_a_file_are_put_aside_and_mended(store: Store, tmp_path: Path) -> None:
    """Both sides of a merge among the edges of a JSON, and a word for a share, stand beside it; mended, they load."""
    table, mapping = tmp_path / "graph.json", tmp_path / "m.yaml"
    table.write_text(GRAPH, "utf-8")
    sheets = read_sheets(table)
    mapping.write_text(propose(sheets, Reading()).text, "utf-8")
    graph = Graph(store)
    with pytest.raises(InputError, match="never finished"):
        graph.load(table, mapping=mapping)
    report = graph.load(table, mapping=mapping, on_error="quarantine")
    aside = tmp_path / "graph.json#edges.quarantine.csv"
    header, *rows = aside.read_text("utf-8").splitlines()

    assert report.quarantine == (str(aside),)
    assert [row.partition(",graph")[0] for row in rows] == ["1,2,wafers,95%", "1,2,wafers,90%", "1,2,packaging,lots"]
    aside.write_text("\n".join([header, rows[0], rows[2].replace("lots", "0.4")]) + "\n", "utf-8")
    graph.load(aside, mapping=mapping)
    assert {row["share"] for row in store.table("SUPPLIES").rows()} == {0.05, 0.4, 0.95}


def test_the_page_on_mappings_names_every_key() -> None:
    """docs/mapping.md and the reader of mappings speak of the same keys; its example is one that can be read."""
    page = (Path(__file__).parent.parent / "docs" / "mapping.md").read_text("utf-8")
    told = set(re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE))

    assert {key for cell in told for key in re.findall(r"`(\w+)`", cell)} == set(CELL)


def test_the_example_of_the_page_is_a_mapping(tmp_path: Path) -> None:
    """Word for word."""
    page = (Path(__file__).parent.parent / "docs" / "mapping.md").read_text("utf-8")
    path = tmp_path / "mapping.yaml"
    path.write_text(page.split("```yaml\n")[1].split("```")[0], "utf-8")

    assert [statement.type.name for statement in read_mapping(path, MODEL)[0].statements] == [
        "Company",
        "Source",
        "Company",
        "Product",
        "SUPPLIES",
    ]


ALIASED = """
tables:
- files: firms.csv
  states:
  - node: Company
    key: {column: id, prefix: "firms:"}
    name: {column: name}
    aliases: {column: also, split: ";"}
- files: deals.csv
  states:
  - link: SUPPLIES
    when: {column: customer, is: filled}
    subject: {column: supplier, create: {type: Company}}
    object: {column: customer, create: {type: Company}}
    certainty: stated
    source: {value: deals, create: true}
    locator: deals
"""


def test_other_spellings_of_a_list_lead_to_its_rows_in_the_same_load(store: Store, tmp_path: Path) -> None:
    """Whichever table comes first; a row of that name is not led astray; what stands for nothing is not filled."""
    (tmp_path / "firms.csv").write_text("id,name,also\n1,Taiwan Semiconductor,TSMC;台积电\n2,Apex,Nova\n3,Nova,\n")
    (tmp_path / "deals.csv").write_text("supplier,customer\nTSMC,Nova\n台积电,Apex\nTSMC,n/a\n")
    (tmp_path / "m.yaml").write_text(ALIASED)
    graph = Graph(store)
    graph.load(tmp_path / "deals.csv", tmp_path / "firms.csv", mapping=tmp_path / "m.yaml")

    assert len(store.table("Company")) == 3
    assert {(row["subject"], row["object"]) for row in store.table("SUPPLIES").rows()} == {
        ("company:taiwan-semiconductor", "company:nova"),
        ("company:taiwan-semiconductor", "company:apex"),
    }
    assert graph.load(tmp_path / "deals.csv", tmp_path / "firms.csv", mapping=tmp_path / "m.yaml").id is None


def test_a_spelling_of_two_rows_is_told(tmp_path: Path) -> None:
    """With the rows that it may mean."""
    (tmp_path / "firms.csv").write_text("id,name,also\n1,Alpha,A1\n2,Beta,A1\n")
    (tmp_path / "deals.csv").write_text("supplier,customer\nA1,Alpha\n")
    (tmp_path / "m.yaml").write_text(ALIASED)
    checked = check_files(tmp_path / "firms.csv", tmp_path / "deals.csv", mapping=tmp_path / "m.yaml")

    assert any(
        problem.row == 2 and problem.message.startswith("'A1' is another spelling of firms:1, firms:2")
        for problem in checked.problems
        if problem.file.endswith("deals.csv")
    )


def test_a_plan_names_the_claims_that_change_and_retire(tmp_path: Path) -> None:
    """Who supplies whom, both values, and where the new one stands; of what retires, what it said."""
    header = "supplier,customer,share,year\n"
    (tmp_path / "deals.csv").write_text(f"{header}A,B,10%,2020\nC,D,20%,2021\n")
    store = f"embedded:{tmp_path / 'g.lbug'}"
    files = [str(tmp_path / "deals.csv"), "--mapping", str(tmp_path / "m.yaml"), "--store", store, "--quiet"]
    (tmp_path / "m.yaml").write_text(propose(read_sheets(tmp_path / "deals.csv"), Reading()).text)
    CliRunner().invoke(cli, ["load", *files], catch_exceptions=False)
    (tmp_path / "deals.csv").write_text(f"{header}A,B,15%,2020\n")
    options = ["--replace-files", "--max-retire", "50%", "--dry-run", "--format", "json"]
    told = json.loads(CliRunner().invoke(cli, ["load", *files, *options], catch_exceptions=False).stdout)

    assert [
        tuple(row.get(name) for name in ("what", "type", "record", "property", "old", "new", "where"))
        for row in told
        if row["what"] in ("corrected", "retired")
    ] == [
        ("corrected", "SUPPLIES", "A SUPPLIES B", "share", 0.1, 0.15, f"{files[0]}:2"),
        ("retired", "SUPPLIES", "C SUPPLIES D", None, None, None, None),
    ]
