"""Foreign tables by mapping: the forms that tables take elsewhere, and what is told of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.errors import InputError
from graphkit.graph import Graph
from graphkit.seeds.mapping.places import country
from graphkit.seeds.proposing.proposals import propose
from graphkit.seeds.reading.files import read_sheets
from graphkit.seeds.reading.sheets import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.stores.base import Store

SAID = """  certainty: stated
  source: {value: list, create: true}
  locator: list
"""


def written(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, "utf-8")
    return path


def named(store: Store, label: str = "Company") -> dict[object, object]:
    """The names of nodes by id."""
    return {row["id"]: row["name"] for row in store.table(label).rows()}


def claims(store: Store, *properties: str, link: str = "SUPPLIES") -> set[tuple[object, ...]]:
    """Claims by the names of their ends, with some properties."""
    names = named(store) | named(store, "Product")
    return {
        (names[row["subject"]], names[row["object"]], *(names.get(row.get(p), row.get(p)) for p in properties))
        for row in store.table(link).rows()
    }


PROVIDERS = """
files: list.csv
states:
- link: MAKES
  subject: {column: Firm, else: {column: Country, create: {country: {column: Country}}}, create: true}
  object: {column: Product, create: true}
"""


def test_what_stands_in_for_an_end_creates_its_node_too(embedded: Store, tmp_path: Path) -> None:
    """A country makes what no firm is named for; beside a firm, it is no maker and no node."""
    table = written(tmp_path / "list.csv", "Firm,Country,Product\nA,Japan,resist\n,Taiwan,wafers\n")
    Graph(embedded).load(table, mapping=written(tmp_path / "m.yaml", PROVIDERS + SAID))

    assert claims(embedded, link="MAKES") == {("A", "resist"), ("Taiwan", "wafers")}
    assert {row["name"]: row.get("country") for row in embedded.table("Company").rows()} == {"A": None, "Taiwan": "TW"}


BOOK = """
tables:
- files: "book*.xlsx#Firms"
  states:
  - node: Company
    name: {column: Firm}
    country: {column: Country}
- files: "book*.xlsx#Links"
  read: {header: 2, ditto: [Supplier]}
  states:
  - link: SUPPLIES
    when: {column: Buyer, is: filled}
    subject: {column: Supplier}
    object: {column: Buyer}
    certainty: stated
    source: {value: book, create: true}
    locator: "{Supplier}"
"""


def book(path: Path, links: list[tuple[str | None, str]]) -> Path:
    """A workbook with a sheet of remarks, one of firms, and one of links under a title."""
    made = openpyxl.Workbook()
    made.active.append(["Read me"])
    for title, rows in (
        ("Firms", [("Firm", "Country"), ("A", "Japan"), ("B", "Korea"), ("C", "China")]),
        ("Links", [("Who supplies whom", None), ("Supplier", "Buyer"), *links, (None, None), ("Source: a desk", None)]),
    ):
        made.create_sheet(title)
        for row in rows:
            made[title].append(row)
    made.save(path)
    return path


def test_all_mapped_sheets_of_a_workbook_are_read(embedded: Store, tmp_path: Path) -> None:
    """One path is enough; a cell that stands once for several rows counts for each; the same book is its edition."""
    mapping = written(tmp_path / "m.yaml", BOOK)
    graph = Graph(embedded)
    graph.load(book(tmp_path / "book.xlsx", [("A", "B"), (None, "C"), ("B", "C")]), mapping=mapping)

    assert claims(embedded, "locator") == {("A", "B", "A"), ("A", "C", "A"), ("B", "C", "B")}
    graph.load(
        book(tmp_path / "book.xlsx", [("A", "B"), ("B", "A")]), mapping=mapping, replace_files=True, max_retire=1
    )
    assert claims(embedded) == {("A", "B"), ("B", "A")}


def test_nothing_stands_above_where_rows_cannot_be_read(embedded: Store, tmp_path: Path) -> None:
    """Below an unfinished merge an empty cell may mean either side: its row is put aside, and others as they mean."""
    text = (
        "Supplier,Buyer,Share\nA,B,0.1\n,C,lots\n<<<<<<< HEAD\nB,D,0.1\n=======\nC,D,0.1\n>>>>>>> x\n,E,0.1\n〃,F,0.1\n"
    )
    table = written(tmp_path / "list.csv", text)
    mapping = """
files: list.csv
read: {ditto: [supplier]}
states:
- link: SUPPLIES
  subject: {column: Supplier, create: true}
  object: {column: Buyer, create: true}
  share: {column: Share}
"""
    report = Graph(embedded).load(table, mapping=written(tmp_path / "m.yaml", mapping + SAID), on_error="quarantine")
    aside = (tmp_path / "list.csv.quarantine.csv").read_text("utf-8").splitlines()

    assert claims(embedded) == {("A", "B")}
    assert [row.partition(",list")[0] for row in aside[1:]] == ["A,C,lots", "B,D,0.1", "C,D,0.1", ",E,0.1", ",F,0.1"]
    assert report.refused == 4


ANSWER = {
    "status": "ok",
    "data": {
        "items": [
            {
                "id": 7,
                "name": "A",
                "rel": {"sales": [{"to": {"name": "B"}, "of": "x"}, {"to": {"name": "C"}, "of": "y"}]},
            },
            {"id": 8, "name": "B", "rel": {"sales": [{"to": {"name": "C"}, "of": "x"}]}},
        ],
    },
}
SALES = """
- link: SUPPLIES
  subject: {column: name, create: true}
  object: {column: rel.sales.to.name, each: ";", create: true}
  product: {column: rel.sales.of, each: ";", create: true}
"""


@pytest.mark.parametrize("files", ["'*.json#data.items'", "'*.json'"])
def test_lists_within_an_answer_of_a_service_are_read(embedded: Store, tmp_path: Path, files: str) -> None:
    """Named, or the only ones; objects within the members of a list are columns, and stay with their member."""
    table = written(tmp_path / "answer.json", json.dumps(ANSWER, indent=1))
    mapping = written(tmp_path / "m.yaml", f"files: {files}\nstates:{SALES}{SAID}")
    Graph(embedded).load(table, mapping=mapping)

    assert claims(embedded, "product") == {("A", "B", "x"), ("A", "C", "y"), ("B", "C", "x")}
    assert list(read_sheets(table)[0].lines) == [5, 25]


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_a_list_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, ending: str) -> None:
    """Of JSON and of YAML."""
    table = written(tmp_path / f"answer.{ending}", json.dumps(ANSWER))

    with pytest.raises(InputError, match=r"has no list 'data\.rows'; it has data\.items$"):
        read_sheets(tmp_path / f"answer.{ending}#data.rows")
    assert [len(sheet) for sheet in read_sheets(table, Reading(sheet="data.items"))] == [2]


def test_a_merge_is_told_with_what_its_sides_say_otherwise(embedded: Store, tmp_path: Path) -> None:
    """The line in which they differ, and the rows of each, so that the rows put aside can be told apart."""
    text = "Supplier,Buyer,Share\n<<<<<<< HEAD\nA,B,0.1\nA,C,0.2\n=======\nA,B,0.1\nA,C,0.3\n>>>>>>> next\n"
    mapping = """
files: list.csv
states:
- link: SUPPLIES
  subject: {column: Supplier, create: true}
  object: {column: Buyer, create: true}
  share: {column: Share}
"""
    table = written(tmp_path / "list.csv", text)
    told = "HEAD (rows 3 to 4) says «A,C,0.2», next (rows 6 to 7) says «A,C,0.3»"
    report = Graph(embedded).load(table, mapping=written(tmp_path / "m.yaml", mapping + SAID), on_error="quarantine")
    aside = (tmp_path / "list.csv.quarantine.csv").read_text("utf-8").splitlines()

    assert report.refused == 1
    assert len(aside) == 1 + 4
    assert [row.split(",list.csv,")[1].partition(",")[0] for row in aside[1:]] == ["3", "4", "6", "7"]
    assert all(told.replace('"', '""') in row for row in aside[1:])


PARTS = """
files: list.csv
states:
- link: GOES_INTO
  subject: {column: Part, create: true}
  object: {column: Whole, create: true}
  quantity: {column: Qty}
"""


def test_a_unit_in_the_cell_of_a_quantity_goes_where_units_are_kept(embedded: Store, tmp_path: Path) -> None:
    """Pieces need none, words for thousands stay numbers; what is measured in tonnes or millimetres is no trillion."""
    cells = ['"1,000 pcs"', "12 EA", "3.5 kg", "300mm", "5 m", "3 t", "2 million sheets", "5k", "2万片", "7"]
    rows = "".join(f"p{place},w,{cell}\n" for place, cell in enumerate(cells))
    table = written(tmp_path / "list.csv", "Part,Whole,Qty\n" + rows)
    Graph(embedded).load(table, mapping=written(tmp_path / "m.yaml", PARTS + SAID))
    told = sorted(
        (part, number, unit) for part, _, number, unit in claims(embedded, "quantity", "unit", link="GOES_INTO")
    )

    assert [(number, unit) for _, number, unit in told] == [
        (1000, None),
        (12, None),
        (3.5, "kg"),
        (300, "mm"),
        (5, "m"),
        (3, "t"),
        (2_000_000, "sheets"),
        (5000, None),
        (20_000, None),
        (7, None),
    ]


def test_metres_and_millions_are_not_guessed_apart(embedded: Store, tmp_path: Path) -> None:
    """A lone m behind a quantity is refused, until the mapping says which it is."""
    table = written(tmp_path / "list.csv", "Part,Whole,Qty\ncable,rack,0.5 m\n")
    graph = Graph(embedded)
    with pytest.raises(InputError, match=r"list.csv:2:Qty: '0.5 m' may be metres or millions; say which"):
        graph.load(table, mapping=written(tmp_path / "m.yaml", PARTS + SAID))
    graph.load(table, mapping=written(tmp_path / "m.yaml", f"{PARTS}  unit: m\n{SAID}"))

    assert claims(embedded, "quantity", "unit", link="GOES_INTO") == {("cable", "rack", 0.5, "m")}


def test_the_currency_of_an_amount_may_stand_in_its_cell(embedded: Store, tmp_path: Path) -> None:
    """Where the mapping names none; what it names counts."""
    table = written(tmp_path / "list.csv", "Supplier,Buyer,Value\nA,B,€12m\nA,C,US$ 3bn\nA,D,5\n")
    mapping = """
files: list.csv
states:
- link: SUPPLIES
  subject: {column: Supplier, create: true}
  object: {column: Buyer, create: true}
  amount: {column: Value}
"""
    graph = Graph(embedded)
    graph.load(table, mapping=written(tmp_path / "m.yaml", mapping + SAID))
    wanted = {("A", "B", 12e6, "EUR"), ("A", "C", 3e9, "USD"), ("A", "D", 5, None)}

    assert claims(embedded, "amount", "currency") == wanted
    graph.load(table, mapping=written(tmp_path / "m.yaml", f"{mapping}  currency: CHF\n{SAID}"))
    assert {row[3] for row in claims(embedded, "amount", "currency")} == {"CHF"}


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("Müller Elektronik GmbH", "Mueller Elektronik"),
        ("Muller SA", "Müller"),
        ("Société Générale", "Societe Generale"),
        ("Ørsted", "Oersted"),
    ],
)
def test_names_with_accents_and_without_are_told_as_alike(
    embedded: Store, tmp_path: Path, known: str, new: str
) -> None:
    """However the accents are written out; nothing is joined by that."""
    mapping = written(tmp_path / "m.yaml", PROVIDERS + SAID)
    graph = Graph(embedded)
    graph.load(written(tmp_path / "list.csv", f"Firm,Country,Product\n{known},,x\n"), mapping=mapping)
    report = graph.load(written(tmp_path / "list.csv", f"Firm,Country,Product\n{new},,y\n"), mapping=mapping)

    assert [(one.name, one.near[0].name) for one in report.alike] == [(new, known)]
    assert set(named(embedded).values()) == {known, new}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Rep. of Korea", "KR"),
        ("Korea, Rep.", "KR"),
        ("Dem. People's Rep. of Korea", "KP"),
        ("China, Hong Kong SAR", "HK"),
        ("Dem. Rep. of the Congo", "CD"),
        ("Iran, Islamic Rep.", "IR"),
        ("Cote d'Ivoire", "CI"),
        ("Turkiye", "TR"),
    ],
)
def test_countries_are_known_as_offices_of_statistics_write_them(said: str, code: str) -> None:
    """In whatever order, shortened, and without accents."""
    assert country(said) == code


def test_a_part_of_the_name_of_a_country_is_none() -> None:
    """World and Republic stay what they are: no country."""
    for word in ("World", "Republic", "Islamic Republic of", "Asia"):
        with pytest.raises(ValueError, match="no country that is known"):
            country(word)


SHARES = """
files: "*.csv"
states:
- link: SUPPLIES
  subject: {column: Supplier, create: true}
  object: {column: Buyer, create: true}
  share: {column: Share}
  valid_from: {column: Year}
"""


def test_a_later_edition_under_another_name_is_told_and_taken_as_one(embedded: Store, tmp_path: Path) -> None:
    """What stands beside the earlier list is told with what makes it the later edition; that corrects and retires."""
    mapping = written(tmp_path / "m.yaml", SHARES + SAID)
    old = written(tmp_path / "list 1.csv", "Supplier,Buyer,Share,Year\nA,B,0.1,2023\nC,B,0.2,2023\nD,B,0.3,2023\n")
    new = written(tmp_path / "list 2.csv", "Supplier,Buyer,Share,Year\nA,B,0.1,2023\nC,B,0.25,2023\nE,B,0.1,2023\n")
    graph = Graph(embedded)
    graph.load(old, mapping=mapping)
    before = claims(embedded, "share")
    beside = graph.plan(new, mapping=mapping)
    plan = graph.plan(new, mapping=mapping, edition_of=["list 1.csv"])
    graph.load(new, mapping=mapping, edition_of=["list 1.csv"], replace_files=True, max_retire=0.5)

    assert ["--edition-of 'list 1.csv'" in told for told in beside.remarks] == [True]
    assert (len(beside.replaced_claims), plan.remarks) == (0, ())
    assert [(one.before["share"], (one.after or {})["share"]) for one in plan.replaced_claims] == [(0.2, 0.25)]
    assert claims(embedded, "share") == {("A", "B", 0.1), ("C", "B", 0.25), ("E", "B", 0.1)}
    graph.undo("last")
    assert claims(embedded, "share") == before


def test_another_list_and_another_year_are_no_edition(embedded: Store, tmp_path: Path) -> None:
    """Nothing is said of a file that tells of other facts, or of the same in another year; nor of a file again."""
    mapping = written(tmp_path / "m.yaml", SHARES + SAID)
    graph = Graph(embedded)
    graph.load(written(tmp_path / "a.csv", "Supplier,Buyer,Share,Year\nA,B,0.1,2023\n"), mapping=mapping)
    told = [
        graph.plan(written(tmp_path / name, f"Supplier,Buyer,Share,Year\n{row}\n"), mapping=mapping).remarks
        for name, row in (("b.csv", "A,C,0.2,2023"), ("c.csv", "A,B,0.2,2024"), ("a.csv", "A,B,0.2,2023"))
    ]

    assert told == [(), (), ()]


def test_an_edition_of_a_file_that_was_never_loaded_is_refused(embedded: Store, tmp_path: Path) -> None:
    """With where the names are listed."""
    mapping = written(tmp_path / "m.yaml", SHARES + SAID)
    table = written(tmp_path / "a.csv", "Supplier,Buyer,Share,Year\nA,B,0.1,2023\n")

    with pytest.raises(InputError, match=r"b.csv: no load brought a file of this name; `graphkit loads` lists"):
        Graph(embedded).load(table, mapping=mapping, edition_of=["b.csv"])


KEYED = """
tables:
- files: firms.csv
  states:
  - node: Company
    key: {column: id, prefix: "firms:"}
    name: {column: name}
- files: deals.csv
  states:
  - link: SUPPLIES
    subject: {column: from, prefix: "firms:", else: {column: by}}
    object: {column: to, prefix: "firms:", else: {column: land}}
    certainty: stated
    source: {value: deals, create: true}
    locator: deals
"""


def test_a_name_that_is_not_that_of_the_key_beside_it_is_told(embedded: Store, tmp_path: Path) -> None:
    """The key counts; other spellings of its node, and columns that say something else, are no contradiction."""
    firms = written(tmp_path / "firms.csv", "id,name\n1,Alpha Ltd\n2,Beta\n3,Gamma\n")
    deals = written(
        tmp_path / "deals.csv",
        "from,by,to,land\n1,ALPHA,2,Japan\n1,Beta,3,Japan\n2,Beta,3,China\n3,Delta,1,Japan\n2,Beta,1,US\n",
    )
    graph = Graph(embedded)
    mapping = written(tmp_path / "m.yaml", KEYED)
    report = graph.load(firms, deals, mapping=mapping)

    assert [told.partition("deals.csv:")[2] for told in report.remarks] == [
        "3:by: firms:1 is Alpha Ltd, and not 'Beta', which is company:beta; the key counts",
        "5:by: firms:3 is Gamma, and not 'Delta'; the key counts",
    ]
    assert graph.plan(firms, deals, mapping=mapping).remarks == report.remarks
    assert ("Alpha Ltd", "Gamma") in claims(embedded)


def test_a_proposal_gives_the_keys_by_which_its_tables_are_joined(embedded: Store, tmp_path: Path) -> None:
    """Part numbers under a header of names are the keys of the other table; what describes the parts names them."""
    lines = written(tmp_path / "lines.csv", "Parent,Component,Qty\n100-A,200-B,2\n100-A,300-C,1 EA\n200-B,400-D,4\n")
    parts = written(tmp_path / "parts.csv", "P/N,Description\n100-A,rack\n200-B,tray\n300-C,screw\n400-D,screw\n")
    text = propose([*read_sheets(lines), *read_sheets(parts)], Reading()).text
    Graph(embedded).load(lines, parts, mapping=written(tmp_path / "m.yaml", text))

    assert claims(embedded, "quantity", link="GOES_INTO") == {
        ("tray", "rack", 2),
        ("screw", "rack", 1),
        ("screw", "tray", 4),
    }
    assert len(named(embedded, "Product")) == 4


def test_a_country_is_proposed_where_no_firm_is_named(embedded: Store, tmp_path: Path) -> None:
    """The column of countries says who makes what in the rows that name no firm by its key."""
    firms = written(tmp_path / "firms.csv", "firm id,name\nf1,Alpha\nf2,Beta\nf3,Gamma\n")
    makers = written(
        tmp_path / "makers.csv", "firm id,country,product,share\nf1,,resist,10%\n,Japan,resist,60%\nf2,,masks,30%\n"
    )
    text = propose([*read_sheets(firms), *read_sheets(makers)], Reading()).text
    Graph(embedded).load(firms, makers, mapping=written(tmp_path / "m.yaml", text))

    assert claims(embedded, "share", link="MAKES") == {
        ("Alpha", "resist", 0.1),
        ("Japan", "resist", 0.6),
        ("Beta", "masks", 0.3),
    }
    assert {row["name"]: row.get("country") for row in embedded.table("Company").rows()}["Japan"] == "JP"


def test_sheets_of_many_years_are_read_by_one_pattern(embedded: Store, tmp_path: Path) -> None:
    """All sheets whose names fit are read, and no others."""
    made = openpyxl.Workbook()
    made.active.append(["Read me"])
    for year, buyer in (("2023", "B"), ("2024", "C"), ("notes", "D")):
        made.create_sheet(year)
        for row in (("Supplier", "Buyer"), ("A", buyer)):
            made[year].append(row)
    made.save(tmp_path / "book.xlsx")
    mapping = """
files: "book.xlsx#20*"
states:
- link: SUPPLIES
  subject: {column: Supplier, create: true}
  object: {column: Buyer, create: true}
"""
    Graph(embedded).load(tmp_path / "book.xlsx", mapping=written(tmp_path / "m.yaml", mapping + SAID))

    assert claims(embedded) == {("A", "B"), ("A", "C")}


def test_a_mapping_is_proposed_for_all_tables_of_a_workbook(embedded: Store, tmp_path: Path) -> None:
    """Without a word of its sheets; what holds remarks alone is passed over, and the book loads as it is called."""
    path, mapping = tmp_path / "book.xlsx", tmp_path / "m.yaml"
    made = openpyxl.Workbook()
    made.active.append(["Compiled by a desk"])
    for title, rows in (
        ("Firms", [("Firm", "Country"), ("Alpha", "Japan"), ("Beta", "Korea"), ("Gamma", "China")]),
        ("Links", [("Supplier", "Buyer", "Share"), ("Alpha", "Beta", 0.5), ("Beta", "Gamma", 0.25)]),
    ):
        made.create_sheet(title)
        for row in rows:
            made[title].append(row)
    made.save(path)
    done = CliRunner().invoke(cli, ["propose-mapping", str(path), "-o", str(mapping)])
    Graph(embedded).load(path, mapping=mapping)

    assert (done.exit_code, f"graphkit load {path} --mapping" in done.output) == (0, True)
    assert claims(embedded, "share") == {("Alpha", "Beta", 0.5), ("Beta", "Gamma", 0.25)}
    assert {row["country"] for row in embedded.table("Company").rows()} == {"JP", "KR", "CN"}
