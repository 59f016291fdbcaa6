"""`propose-mapping`: what headers and values mean, in Chinese and English, and that what is proposed loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.errors import InputError
from graphkit.graph import Graph, check_files
from graphkit.seeds.proposing.proposals import propose
from graphkit.seeds.proposing.understanding import understand
from graphkit.seeds.reading.files import read_sheets
from graphkit.seeds.reading.sheets import Reading, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.stores.base import Store


def roles(columns: dict[str, list[str]]) -> dict[str, str]:
    """The role of each column, and whose it is."""
    (table,) = understand([Sheet("t.csv", columns, range(2, 2 + len(next(iter(columns.values())))), "utf-8")])
    return {c.name: c.role if c.party in ("", c.role) else f"{c.role} of {c.party}" for c in table.columns}


@pytest.mark.parametrize(
    ("header", "values", "role"),
    [
        ("Supplier", ["TSMC", "Ibiden"], "subject"),
        ("vendor_name", ["TSMC", "Ibiden"], "subject"),
        ("supplierId", ["S1", "S2"], "id of subject"),
        ("Supplier country", ["Taiwan", "JP"], "country of subject"),
        ("供应商名称", ["台积电", "揖斐电"], "subject"),
        ("供应商代码", ["S1", "S2"], "id of subject"),
        ("Customer", ["NVIDIA", "AMD"], "object"),
        ("buyer ticker", ["NVDA", "AMD"], "ticker of object"),
        ("采购方", ["英伟达", "超威"], "object"),
        ("下游客户", ["英伟达", "超威"], "object"),
        ("Product", ["HBM", "GPU"], "product"),
        ("component_id", ["C1", "C2"], "id of product"),
        ("mineral_or_material", ["Copper", "Tin"], "product"),
        ("品名", ["覆铜板", "光引擎"], "product"),
        ("Share (%)", ["61%", "12"], "share"),
        ("市场份额", ["61%", "12%"], "share"),
        ("% of supplier revenue", ["12", "3"], "revenue_share of subject"),
        ("持股比例", ["51%", "12%"], "stake"),
        ("Contract value (USD m)", ["1", "2"], "amount"),
        ("采购额（万元）", ["1", "2"], "amount"),
        ("production_tonnes", ["10", "20"], "quantity"),
        ("出货量", ["10", "20"], "quantity"),
        ("Year", ["2023", "2024"], "valid_from"),
        ("Cur", ["EUR", "RMB"], "currency"),
        ("Src", ["Reuters", "Nikkei"], "source"),
        ("截止日期", ["2024-01-01", "2025-01-01"], "valid_to"),
        ("date_accessed", ["2024-01-01", "2025-01-01"], "accessed"),
        ("Alternate names", ["a;b", "c"], "alias"),
        ("曾用名", ["甲", "乙"], "alias"),
        ("Symbol", ["NVDA", "AMD"], "ticker"),
        ("company_code", ["600373.SH", "000725.SZ"], "ticker"),
        ("股票代码", ["600373", "000725"], "ticker"),
        ("key_risks", ["Labour; water", "Country risk"], ""),
        ("Evidence", ["https://a", "https://b"], "source"),
        ("来源", ["年报", "公告"], "source"),
        ("备注", ["x", "y"], "note"),
        ("Headquarters", ["United States", "Japan"], "country"),
        ("where", ["United States", "Japan"], "country"),
        ("Company", ["A", "B"], "name"),
        ("公司简称", ["甲", "乙"], "alias"),
        ("所属行业", ["电子", "汽车"], "parent"),
        ("Sector", ["Tech", "Auto"], "segment"),
        ("Parent company", ["A", "B"], "subject"),
        ("Subsidiary", ["C", "D"], "object"),
        ("股东名称", ["甲", "乙"], "subject"),
    ],
)
def test_headers_and_values_tell_what_a_column_says(header: str, values: list[str], role: str) -> None:
    """What a column says and whose it is, from words of its header and from its values."""
    assert roles({header: values})[header] == role


def test_ends_of_edges_are_ends_only_together() -> None:
    """`source` beside `target` is an end; alone it says who says so."""
    both = roles({"source": ["a", "b"], "target": ["c", "d"], "source_id": ["s1", "s2"]})

    assert (both["source"], both["target"]) == ("subject", "object")
    assert roles({"source": ["Reuters", "FT"], "customer": ["c", "d"]})["source"] == "source"


NODES = "node_id,parent_id,name,type\nN1,,Chips,stage\nN2,N1,Logic chips,stage\nN3,N2,Photoresist,material\n"
FIRMS = "id,company,country,alternate names\n11,台积电,Taiwan,TSMC;积体\n12,JSR,Japan,\n13,China,China,\n"
EDGES = """firm_id,node_id,share,year,source_id
11,N2,61%,2021,R1
12,N3,~30%,2021,R2
13,N3,minor,2021,R2
12,N2,0.5%,2022,R1
"""
SOURCES = "source_id,title,publisher,year\nR1,Annual report,TSMC,2022\nR2,Market survey,Somebody,2021\n"


def write(folder: Path) -> list[Path]:
    """Four tables that name each other's rows by their ids."""
    texts = {"nodes.csv": NODES, "firms.csv": FIRMS, "shares.csv": EDGES, "sources.csv": SOURCES}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def test_tables_that_name_each_other_by_ids_load_by_one_proposal(store: Store, tmp_path: Path) -> None:
    """Nodes, firms, edges and sources in one mapping; ids lead to names; a word for a share is told, or noted."""
    files = write(tmp_path)
    sheets = [sheet for file in files for sheet in read_sheets(file)]
    mapping = tmp_path / "m.yaml"
    text = propose(sheets, Reading()).text
    mapping.write_text(text, "utf-8")
    graph = Graph(store)
    refused = [f"{p.row}:{p.column}" for p in graph.check(*files, mapping=mapping).problems]
    mapping.write_text(text.replace('column: "share"', 'column: "share", unreadable: note'), "utf-8")
    graph.load(*files, mapping=mapping)
    makes = {(row["subject"], row["object"], row.get("share"), row.get("note")) for row in store.table("MAKES").rows()}

    assert refused == ["4:share"]
    assert makes == {
        ("company:tai-ji-dian", "product:logic-chips", 0.61, None),
        ("company:jsr", "product:photoresist", 0.3, None),
        ("company:china", "product:photoresist", None, "share: minor"),
        ("company:jsr", "product:logic-chips", 0.005, None),
    }
    assert graph.names.resolve("积体", ("Company",)) == "company:tai-ji-dian"
    assert {(row["subject"], row["object"]) for row in store.table("TYPE_OF").rows()} == {
        ("product:logic-chips", "product:chips"),
        ("product:photoresist", "product:logic-chips"),
    }
    assert set(store.table("MAKES").columns["source"]) == {"source:R1", "source:R2"}
    assert graph.load(*files, mapping=mapping).id is None


def test_numbers_as_ids_lead_to_the_table_that_the_header_speaks_of(tmp_path: Path) -> None:
    """Two tables whose ids both count from 1: the header decides; a rank from 1 on is no id."""
    (tmp_path / "firms.csv").write_text("firm_id,name,rank,country\n1,A,2,JP\n2,B,1,US\n", "utf-8")
    (tmp_path / "inputs.csv").write_text("input_id,input_name\n1,P\n2,Q\n", "utf-8")
    (tmp_path / "edges.csv").write_text("supplier_id,input_id,tier\n1,2,1\n2,1,2\n", "utf-8")
    sheets = [sheet for name in ("firms", "inputs", "edges") for sheet in read_sheets(tmp_path / f"{name}.csv")]
    text = propose(sheets, Reading()).text

    assert 'subject: {column: "supplier_id", prefix: "firms:"}' in text
    assert 'object: {column: "input_id", prefix: "inputs:"}' in text
    assert '# not used: "rank"' in text
    assert '# not used: "tier"' in text


RELATIONS = """source_company,target_company,rel_type,start
TSMC,NVIDIA,CUSTOMER,2020-01-01
NVIDIA,SK hynix,SUPPLIER,2021
NVIDIA,AMD,COMPETITOR,
NVIDIA,ARM,PARTNER-RESEARCH,
NVIDIA,Foo,OBSERVES,
"""


def test_edges_of_several_kinds_become_several_links(store: Store, tmp_path: Path) -> None:
    """Customers and suppliers are what the second is to the first; what no link says is left out, and told so."""
    table = tmp_path / "edges.csv"
    table.write_text(RELATIONS, "utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(propose(read_sheets(table), Reading()).text, "utf-8")
    Graph(store).load(table, mapping=mapping)
    supplies = {(row["subject"], row["object"], row.get("valid_from")) for row in store.table("SUPPLIES").rows()}

    assert supplies == {
        ("company:tsmc", "company:nvidia", "2020-01-01"),
        ("company:sk-hynix", "company:nvidia", "2021"),
    }
    assert [len(store.table(link)) for link in ("COMPETES_WITH", "PARTNERS_WITH")] == [1, 1]
    assert '# left out: rows in which "rel_type" says OBSERVES' in mapping.read_text("utf-8")


CHINESE = """序号,供应商名称,客户名称,产品,采购额（万元）,占年度采购总额比例,报告期,来源
1,生益科技,沪电股份,覆铜板,"12,345.67",15.3%,2023年,沪电股份年报
2,其他,沪电股份,,,84.7%,2023年,沪电股份年报
"""
HIERARCHY = """input_name,input_id,goes_into_name,goes_into_id,is_type_of_id
Photomask,N1,Photolithography,N2,
EUV tool,N3,Photolithography,N2,N4
Lithography tool,N4,,,
"""


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        (
            CHINESE,
            "SUPPLIES",
            {("company:sheng-yi-ke-ji", "company:hu-dian-gu-fen", "product:fu-tong-ban", 0.153, 123456700.0, "CNY")},
        ),
        (
            HIERARCHY,
            "GOES_INTO",
            {("product:photomask", "product:photolithography"), ("product:euv-tool", "product:photolithography")},
        ),
        (HIERARCHY, "TYPE_OF", {("product:euv-tool", "product:lithography-tool")}),
        (
            "Entity Name,Parent,Ownership %\nAlpha,Beta,51%\nAlpha,Gamma,49%\n",
            "OWNS",
            {("company:beta", "company:alpha", 0.51), ("company:gamma", "company:alpha", 0.49)},
        ),
        (
            "product,market_size\nEUV,$18.9 billion (2021)\nResist,N/A\n",
            "REPORTS",
            {("source:table-csv", "product:euv", "market_size", "2021", 18.9e9, "$18.9 billion (2021)", "USD")},
        ),
        (
            "Parent Part,Child Part,Qty\nGB300,Tray,18\nTray,GPU,4\n",
            "GOES_INTO",
            {("product:tray", "product:gb300", 18.0), ("product:gpu", "product:tray", 4.0)},
        ),
        (
            "Investor,Company,Amount (USD m)\nNVIDIA,CoreWeave,100\n",
            "INVESTS_IN",
            {("company:nvidia", "company:coreweave", 1e8, "USD")},
        ),
    ],
)
def test_tables_of_many_shapes_load_as_proposed(
    store: Store, tmp_path: Path, text: str, link: str, expected: set[tuple[object, ...]]
) -> None:
    """Edges with shares and money, hierarchies by key, owners, bills of materials, investors."""
    table = tmp_path / "table.csv"
    table.write_text(text, "utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(propose(read_sheets(table), Reading()).text, "utf-8")
    Graph(store).load(table, mapping=mapping)
    names = (
        *("subject", "object", "product", "share", "stake", "quantity", "amount", "currency"),
        *("metric", "period", "value", "text", "unit"),
    )
    rows = store.table(link).rows()

    assert {tuple(row[name] for name in names if row.get(name) is not None) for row in rows} == expected


def test_a_later_edition_is_led_by_its_keys(store: Store, tmp_path: Path) -> None:
    """A new name of the same key is another spelling; what a source no longer says retires, and comes back by undo."""
    files = write(tmp_path)
    mapping = tmp_path / "m.yaml"
    text = propose([sheet for file in files for sheet in read_sheets(file)], Reading()).text
    mapping.write_text(text.replace('column: "share"', 'column: "share", unreadable: note'), "utf-8")
    graph = Graph(store)
    graph.load(*files, mapping=mapping)
    before = list(graph.export())
    files[1].write_text(FIRMS.replace("JSR", "JSR Corporation of Tokyo"), "utf-8")
    files[2].write_text(EDGES.replace("13,N3,minor,2021,R2\n", "").replace("~30%", "35%"), "utf-8")
    options = {"mapping": mapping, "replace_source": ["source:R2"], "max_retire": 0.5}
    report = graph.load(*files, **options)  # type: ignore[arg-type]

    assert (report.added, report.changed, report.removed) == (0, 2, 1)
    assert graph.names.resolve("JSR Corporation of Tokyo", ("Company",)) == "company:jsr"
    graph.undo(str(report.id))
    assert list(graph.export()) == before


def test_two_keys_of_one_name_stay_two_and_are_listed(store: Store, tmp_path: Path) -> None:
    """And a new name that is nearly a known one is listed with it; a ticker with its exchange leads to its company."""
    (tmp_path / "companies.csv").write_text(
        "id,name_en,tickers\ncompany:nv,NVIDIA,NVDA.O\ncompany:tok,Tokyo Ohka Kogyo,4186.T\n", "utf-8"
    )
    graph = Graph(store)
    graph.load(tmp_path / "companies.csv")
    table = tmp_path / "firms.csv"
    table.write_text(
        "id,company,ticker\n1,Nova,\n2,Nova,\n3,Tokyo Ohka Kogio,\n4,Tokyo Applied Chemistry,4186.T\n5,Nvidia,\n"
        "6,Nvidia Corp,\n",
        "utf-8",
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text(propose(read_sheets(table), Reading()).text, "utf-8")
    plan = graph.plan(table, mapping=mapping)
    new = {str(node) for part in plan.new_nodes for node in part.columns["id"]}
    twins = [one.made for one in plan.alike if one.name == "Nova"]
    graph.load(table, mapping=mapping)

    assert len(new) == 4
    assert {node.id for node in plan.changed_nodes} == {"company:nv", "company:tok"}
    assert [(one.name, [hit.id for hit in one.near]) for one in plan.alike] == [
        ("Nova", [twins[1]]),
        ("Nova", [twins[0]]),
        ("Tokyo Ohka Kogio", ["company:tok"]),
        ("Nvidia Corp", ["company:nv"]),
    ]
    assert graph.names.resolve("firms:4", ("Company",)) == "company:tok"
    assert graph.load(table, mapping=mapping).id is None


def test_others_are_nobody_and_cells_of_several_are_taken_apart(tmp_path: Path) -> None:
    """Rows about «Others» are left out, lists are cut, and 61% beside 0.5 makes no column of per cent."""
    table = tmp_path / "t.csv"
    table.write_text(
        "Supplier,Customer,Product,Share\nA,X,P; Q,61%\nOthers,X,P,0.5\nB,Y,Q,0.2\n",
        "utf-8",
    )
    text = propose(read_sheets(table), Reading()).text

    assert 'when: [{column: "Supplier", not: ["Others"]}]' in text
    assert 'product: {column: "Product", each: ";", create: true}' in text
    assert 'share: {column: "Share"}' in text


def test_countries_that_supply_are_the_unnamed_firms_there(store: Store, tmp_path: Path) -> None:
    """A country with a share of a product becomes a party of that country that nobody names."""
    table = tmp_path / "t.csv"
    table.write_text("Provider,Input,Share\nUnited States,EDA,0.7\nSouth Korea,Memory,0.6\nChina,Memory,0.1\n", "utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(propose(read_sheets(table), Reading()).text, "utf-8")
    Graph(store).load(table, mapping=mapping)
    companies = {row["name"]: (row["country"], row["kind"]) for row in store.table("Company").rows()}

    assert companies["South Korea"] == ("KR", "undisclosed")


def test_a_list_in_own_columns_needs_no_mapping(tmp_path: Path) -> None:
    """It is said to load as it is, instead of taking its subjects for names and leaving the rest."""
    table = tmp_path / "t.csv"
    table.write_text("subject,link,object,certainty,source,locator\nA,SUPPLIES,B,stated,S,1\n", "utf-8")

    with pytest.raises(InputError, match="has graphkit's own columns and needs no mapping"):
        propose(read_sheets(table), Reading())


def proposed(folder: Path, **tables: str) -> str:
    """The mapping that is proposed for tables that belong together."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return propose([sheet for name in tables for sheet in read_sheets(folder / f"{name}.csv")], Reading()).text


def test_co_ltd_is_no_list_of_two_companies(tmp_path: Path) -> None:
    """A comma before Ltd. or Inc. separates nothing, however often it stands; between names that recur, it does."""
    firms = "".join(f'"Firm{n} Co., Ltd.","Other{n}, Inc.","P{n % 2}, P{n % 3}"\n' for n in range(5))
    text = proposed(tmp_path, deals=f"Supplier,Customer,Product\n{firms}")

    assert 'subject: {column: "Supplier", create' in text
    assert 'object: {column: "Customer", create' in text
    assert 'product: {column: "Product", each: ","' in text


def test_words_that_recur_are_noted_and_a_single_odd_cell_is_refused(tmp_path: Path) -> None:
    """Where a table says minor and major, or bounds, the fact is kept and the share unknown; a slip is told."""
    rows = "A,X,40%\nB,X,{}\nC,X,{}\nD,Y,0.2\n"

    assert "unreadable: note}" in proposed(tmp_path, shares=f"Supplier,Customer,Share\n{rows.format('minor', 'minor')}")
    assert "unreadable: note}" in proposed(tmp_path, shares=f"Supplier,Customer,Share\n{rows.format('<5%', '5-10%')}")
    assert "unreadable: note}" not in proposed(tmp_path, shares=f"Supplier,Customer,Share\n{rows.format('4o%', '1%')}")


def test_one_slip_makes_no_column_of_per_cent(tmp_path: Path) -> None:
    """One share of 1.2 among parts of one is a slip, which the load tells; several above one are parts of a hundred."""
    rows = "".join(f"A{n},X,0.{n:02}\n" for n in range(1, 20))

    assert "percent" not in proposed(tmp_path, t=f"Supplier,Customer,Share\n{rows}B,X,1.2\n")
    assert "percent: true" in proposed(tmp_path, t=f"Supplier,Customer,Share\n{rows}B,X,12\nC,X,30\nD,X,4\n")
    assert "percent: true" in proposed(tmp_path, t=f"Supplier,Customer,Share (%)\n{rows}B,X,1.2\n")


@pytest.mark.parametrize(
    ("header", "scale", "currency"),
    [
        ("trade_value_usd_thousand", 1e3, "USD"),
        ("Trade Value 1000USD", 1e3, "USD"),
        ("Sales ($ millions)", 1e6, "USD"),
        ("value_kEUR", 1e3, "EUR"),
        ("amountUSD m", 1e6, "USD"),
        ("采购额（万亿元）", 1e12, "CNY"),
        ("Contract value (US$ '000)", 1e3, "USD"),
    ],
)
def test_headers_say_what_numbers_are_multiplied_with(tmp_path: Path, header: str, scale: float, currency: str) -> None:
    """Thousands and millions, however the words are joined, and the currency beside them."""
    text = proposed(tmp_path, t=f"Supplier,Customer,{header}\nA,B,12\nC,D,13\n")

    assert f"scale: {scale}" in text
    assert f"currency: {currency}" in text


FIRMS_BY_CODE = "orgId,organization,HQ\nO1,Alpha Works,Japan\nO2,Beta Ltd,Japan\nO3,Gamma,China\n"


def test_ids_count_more_than_the_names_beside_them(store: Store, tmp_path: Path) -> None:
    """An id joins two tables; a name beside it stands in where there is no id; names that disagree are told."""
    edges = "orgId,organization,material,share\nO1,ALPHA WORKS,Resist,0.4\nO2,Gamma,Resist,0.1\n,Gamma,Mask,0.5\n"
    text = proposed(tmp_path, orgs=FIRMS_BY_CODE, offers=f"{edges}O3,Gamma,Resist,0.2\n")
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    told = propose([s for n in ("orgs", "offers") for s in read_sheets(tmp_path / f"{n}.csv")], Reading()).told
    Graph(store).load(tmp_path / "orgs.csv", tmp_path / "offers.csv", mapping=tmp_path / "m.yaml")

    assert 'subject: {column: "orgId", prefix: "orgs:", else: {column: "organization"}}' in text
    assert [line for line in told if "say another name" in line] == [
        "offers.csv: organization: subject, where it has no key; 1 say another name than the key: O2 is not 'Gamma'"
    ]
    assert {(row["subject"], row["object"], row["share"]) for row in store.table("MAKES").rows()} == {
        ("company:alpha-works", "product:resist", 0.4),
        ("company:beta-ltd", "product:resist", 0.1),
        ("company:gamma", "product:mask", 0.5),
        ("company:gamma", "product:resist", 0.2),
    }


def test_ids_of_long_tables_join_them_whatever_their_place(tmp_path: Path) -> None:
    """The rows that edges name may all stand behind the part of a table that is looked at."""
    nodes = "".join(f"{n},Firm {n}\n" for n in range(2_500))
    text = proposed(tmp_path, firms=f"id,company\n{nodes}", edges="source,target,share\n2400,2401,0.1\n2402,2403,0.2\n")

    assert 'subject: {column: "source", prefix: "firms:"}' in text
    assert 'object: {column: "target", prefix: "firms:"}' in text


TRIPLES = """subject,predicate,object,pointInTime
Q3,manufacturer,Q1,2020
Q3,part of,Q4,
Q2,owned by,Q1,2021
Q5,subclass of,Q3,
"""
THINGS = (
    "qid,label,kind\nQ1,Alpha,company\nQ2,Beta,company\nQ3,Resist,product\nQ4,Chip,product\nQ5,EUV resist,product\n"
)


def test_what_the_ends_are_decides_which_way_a_link_leads(store: Store, tmp_path: Path) -> None:
    """Triples over one table of companies and products: a product that has a maker is made by it."""
    text = proposed(tmp_path, things=THINGS, triples=TRIPLES)
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    Graph(store).load(tmp_path / "things.csv", tmp_path / "triples.csv", mapping=tmp_path / "m.yaml")
    links = {
        (row["subject"], link, row["object"], row.get("valid_from"))
        for link in ("MAKES", "GOES_INTO", "OWNS", "TYPE_OF")
        for row in store.table(link).rows()
    }

    assert links == {
        ("company:alpha", "MAKES", "product:resist", "2020"),
        ("product:resist", "GOES_INTO", "product:chip", None),
        ("company:alpha", "OWNS", "company:beta", "2021"),
        ("product:euv-resist", "TYPE_OF", "product:resist", None),
    }


@pytest.mark.parametrize(
    ("tables", "link", "expected"),
    [
        (
            {
                "parts": "Part No.,Part Name\n10-1,Tray\n10-2,Fan\n10-3,Rack\n",
                "bom": "Parent Part No.,Child Part No.,Qty per,UoM\n10-3,10-1,4,EA\n10-1,10-2,2,EA\n",
            },
            "GOES_INTO",
            {("product:tray", "product:rack", 4.0, "EA"), ("product:fan", "product:tray", 2.0, "EA")},
        ),
        (
            {
                "entities": "LEI,Entity.LegalName\nAA1,Alpha\nBB2,Beta\n",
                "relations": "StartNode.NodeID,EndNode.NodeID,RelationshipType,Percentage\n"
                "AA1,BB2,IS_DIRECTLY_CONSOLIDATED_BY,75.5\n",
            },
            "OWNS",
            {("company:beta", "company:alpha", 0.755)},
        ),
        (
            {"t": "Origin Country,Destination Country,Goods,Year\nJapan,China,Resist,2020\nJapan,France,Mask,2021\n"},
            "SUPPLIES",
            {
                ("company:japan", "company:china", "product:resist", "2020"),
                ("company:japan", "company:france", "product:mask", "2021"),
            },
        ),
        (
            {"t": "Lieferant;Kunde;Teil;Anteil (%);Datum\nA;B AG;Lager;12,5;03.05.2024\nC;B AG;Ring;7;17.06.2024\n"},
            "SUPPLIES",
            {
                ("company:a", "company:b-ag", "product:lager", 0.125, "2024-05-03"),
                ("company:c", "company:b-ag", "product:ring", 0.07, "2024-06-17"),
            },
        ),
        (
            {
                "t": "CIK,Company Name,Major Customer,Fiscal Year End,% of Revenue\n"
                "01,A,B,2020-12-31,12.5\n02,C,B,2021-12-31,40\n"
            },
            "SUPPLIES",
            {("company:a", "company:b", 0.125, "2020-12-31"), ("company:c", "company:b", 0.4, "2021-12-31")},
        ),
        (
            {"t": "Company,Products,Website\nA,Wafer; Mask,a.example\nB,n/a,b.example\n"},
            "MAKES",
            {("company:a", "product:wafer"), ("company:a", "product:mask")},
        ),
    ],
)
def test_lists_of_many_trades_load_as_proposed(
    store: Store, tmp_path: Path, tables: dict[str, str], link: str, expected: set[tuple[object, ...]]
) -> None:
    """Part numbers, identifiers of legal entities, trade between countries, German headers, customers in filings."""
    (tmp_path / "m.yaml").write_text(proposed(tmp_path, **tables), "utf-8")
    Graph(store).load(*(tmp_path / f"{name}.csv" for name in tables), mapping=tmp_path / "m.yaml")
    names = ("subject", "object", "product", "share", "revenue_share", "stake", "quantity", "unit", "valid_from")
    rows = store.table(link).rows()

    assert {tuple(row[name] for name in names if row.get(name) is not None) for row in rows} == expected


def test_a_column_for_each_country_is_what_its_firms_make(store: Store, tmp_path: Path) -> None:
    """A table of shares by country, one column each, all written alike; an empty cell says nothing."""
    table = "Input,Japan,South Korea,Netherlands,Year,Global share\nResist,90,1,,2022,5\nEUV,,n/a,100,2022,5\n"
    (tmp_path / "m.yaml").write_text(proposed(tmp_path, shares=table), "utf-8")
    Graph(store).load(tmp_path / "shares.csv", mapping=tmp_path / "m.yaml")

    assert {
        (row["subject"], row["object"], row["share"], row["valid_from"]) for row in store.table("MAKES").rows()
    } == {
        ("company:japan", "product:resist", 0.9, "2022"),
        ("company:south-korea", "product:resist", 0.01, "2022"),
        ("company:netherlands", "product:euv", 1.0, "2022"),
    }
    assert {row["country"] for row in store.table("Company").rows()} == {"JP", "KR", "NL"}


def test_ids_unique_by_chance_are_ends_and_keys_lent_are_the_same_nodes(store: Store, tmp_path: Path) -> None:
    """Where each firm stands in one row of the edges, and where a second table tells more of the same firms."""
    text = proposed(
        tmp_path,
        firms="firm_id,company\nF1,Alpha\nF2,Beta\nF3,Gamma\n",
        details="firm_id,country\nF1,Japan\nF2,China\n",
        offers="firm_id,material,share\nF1,Resist,0.4\nF3,Mask,0.2\n",
        materials="material,note\nResist,x\nMask,y\n",
    )
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    files = [tmp_path / f"{name}.csv" for name in ("firms", "details", "offers", "materials")]
    Graph(store).load(*files, mapping=tmp_path / "m.yaml")

    assert {(row["name"], row.get("country")) for row in store.table("Company").rows()} == {
        ("Alpha", "JP"),
        ("Beta", "CN"),
        ("Gamma", None),
    }
    assert {(row["subject"], row["object"]) for row in store.table("MAKES").rows()} == {
        ("company:alpha", "product:resist"),
        ("company:gamma", "product:mask"),
    }


def test_two_columns_that_complete_each_other_are_read_as_one(store: Store, tmp_path: Path) -> None:
    """A share in one column, a word for small ones in another, never both; ids that are numbers, on both ends."""
    text = proposed(
        tmp_path,
        firms="supplier_id,supplier_name\n11,Alpha\n12,Beta\n13,Gamma\n",
        goods="item_id,item_name\n11,Resist\n12,Mask\n13,Chip\n",
        chain="item_id,item_name,part_of_name,part_of_id,kind_of_name,kind_of_id\n"
        "11,Resist,Chip,13,,\n12,Mask,Chip,,,\n12,Mask,,,Resist,11\n",
        supply="supplier_id,supplier_name,item_id,item_name,share,minor_share\n"
        "11,Alpha,11,Resist,40%,\n12,Beta,11,Resist,,minor\n13,Gamma,12,Mask,,minor\n12,Beta,12,Mask,,\n",
    )
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    files = [tmp_path / f"{name}.csv" for name in ("firms", "goods", "chain", "supply")]
    Graph(store).load(*files, mapping=tmp_path / "m.yaml")
    makes = store.table("MAKES").rows()

    assert {(row["subject"], row["object"], row.get("share"), row.get("note")) for row in makes} == {
        ("company:alpha", "product:resist", 0.4, None),
        ("company:beta", "product:resist", None, "share, minor_share: minor"),
        ("company:gamma", "product:mask", None, "share, minor_share: minor"),
        ("company:beta", "product:mask", None, None),
    }
    assert {(row["subject"], row["object"]) for row in store.table("GOES_INTO").rows()} == {
        ("product:resist", "product:chip"),
        ("product:mask", "product:chip"),
    }
    assert [(row["subject"], row["object"]) for row in store.table("TYPE_OF").rows()] == [
        ("product:mask", "product:resist")
    ]
    assert {len(store.table(label)) for label in ("Company", "Product")} == {3}


def test_a_column_for_each_year_is_a_claim_of_each(store: Store, tmp_path: Path) -> None:
    """Shares of several years side by side, of suppliers and of makers; an empty cell says nothing."""
    text = proposed(
        tmp_path,
        deals="Supplier,Customer,Share 2021,Share 2022\nA,B,10%,12%\nC,B,,5%\n",
        makers="Company,Product,share_2021,share_2022\nA,Resist,0.5,\nC,Mask,0.4,0.6\n",
    )
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    Graph(store).load(tmp_path / "deals.csv", tmp_path / "makers.csv", mapping=tmp_path / "m.yaml")

    assert {
        (row["subject"], row["object"], row["share"], row["valid_from"])
        for link in ("SUPPLIES", "MAKES")
        for row in store.table(link).rows()
    } == {
        ("company:a", "company:b", 0.1, "2021"),
        ("company:a", "company:b", 0.12, "2022"),
        ("company:c", "company:b", 0.05, "2022"),
        ("company:a", "product:resist", 0.5, "2021"),
        ("company:c", "product:mask", 0.4, "2021"),
        ("company:c", "product:mask", 0.6, "2022"),
    }


def loaded(store: Store, folder: Path, *names: str) -> Graph:
    """A graph that holds files as their proposed mapping reads them."""
    paths = [folder / name for name in names]
    text = propose([sheet for path in paths for sheet in read_sheets(path)], Reading()).text
    (folder / "m.yaml").write_text(text, "utf-8")
    graph = Graph(store)
    graph.load(*paths, mapping=folder / "m.yaml")
    return graph


def test_members_of_one_object_in_a_list_stay_together(store: Store, tmp_path: Path) -> None:
    """Each customer has its own share, also behind one without; the parts made are not for each customer."""
    (tmp_path / "makers.json").write_text(
        """[{"vendor": "A", "customers": [{"name": "X"}, {"name": "Y", "share": 0.2}], "parts": ["Hinge", "Lid"]},
            {"vendor": "B", "customers": [{"name": "Y", "share": 0.4}], "parts": ["Lid"]}]""",
        "utf-8",
    )
    loaded(store, tmp_path, "makers.json")
    sold = [(r["subject"], r["object"], r.get("share"), r.get("product")) for r in store.table("SUPPLIES").rows()]
    made = {(row["subject"], row["object"]) for row in store.table("MAKES").rows()}

    assert sorted(sold, key=str) == [
        ("company:a", "company:x", None, None),
        ("company:a", "company:y", 0.2, None),
        ("company:b", "company:y", 0.4, None),
    ]
    assert made == {("company:a", "product:hinge"), ("company:a", "product:lid"), ("company:b", "product:lid")}


def test_the_company_of_a_row_is_the_other_party(store: Store, tmp_path: Path) -> None:
    """Top customers and top suppliers of each issuer, as a prospectus has them: who is whose is said by the other."""
    (tmp_path / "客户.csv").write_text(
        "序号,公司简称,报告期,客户名称,销售内容,占营业收入比例\n1,甲,2021年度,丙,光模块,20%\n2,乙,2021年度,丙,线,8%\n",
        "utf-8",
    )
    (tmp_path / "供应商.csv").write_text(
        "序号,公司简称,报告期,供应商名称,采购内容,占采购总额比例\n1,甲,2022年度,丁,铜箔,30%\n2,乙,2022年度,丁,铜箔,5%\n",
        "utf-8",
    )
    graph = loaded(store, tmp_path, "客户.csv", "供应商.csv")
    names = {row["id"]: row["name"] for kind in ("Company", "Product") for row in graph.store.table(kind).rows()}

    assert {
        (
            names[r["subject"]],
            names[r["object"]],
            names[r.get("product")],
            r.get("share"),
            r.get("revenue_share"),
            r.get("valid_from"),
        )
        for r in store.table("SUPPLIES").rows()
    } == {
        ("甲", "丙", "光模块", None, 0.2, "2021"),
        ("乙", "丙", "线", None, 0.08, "2021"),
        ("丁", "甲", "铜箔", 0.3, None, "2022"),
        ("丁", "乙", "铜箔", 0.05, None, "2022"),
    }


def test_values_tell_companies_and_years_that_no_header_names(tmp_path: Path) -> None:
    """Names that end with Ltd or GmbH are companies, years are since when; a plant is no customer."""
    rows = "Alpha Ltd,Beta GmbH,Nickel,500,2019\nGamma Inc.,Delta Corp.,Cobalt,700,2021\n"
    text = proposed(tmp_path, deals=f"Producer,Counterparty,Commodity,Volume (kg),From\n{rows}")

    assert 'subject: {column: "Producer"' in text
    assert 'object: {column: "Counterparty"' in text
    assert 'valid_from: {column: "From"}' in text
    assert 'unit: "kg"' in text
    assert "link: MAKES" in proposed(tmp_path, mines=f"Producer,Plant,Commodity,Volume (kg),From\n{rows}")


def test_two_columns_of_ids_of_one_table_are_the_ends(store: Store, tmp_path: Path) -> None:
    """What goes in and what comes out, by ids of a list of substances whose names no header tells of."""
    (tmp_path / "substances.csv").write_text(
        "substance_id,inn\nSUB-1,acid blue\nSUB-2,red tablets\nSUB-3,lactose base\n", "utf-8"
    )
    (tmp_path / "made.csv").write_text("input_substance,output_substance\nSUB-1,SUB-2\nSUB-3,SUB-2\n", "utf-8")
    loaded(store, tmp_path, "substances.csv", "made.csv")

    assert {(row["subject"], row["object"]) for row in store.table("GOES_INTO").rows()} == {
        ("product:acid-blue", "product:red-tablets"),
        ("product:lactose-base", "product:red-tablets"),
    }


def test_a_relation_between_two_companies_is_read_beside_them(store: Store, tmp_path: Path) -> None:
    """company_a, company_b, relation: the word says what they are to each other."""
    (tmp_path / "t.csv").write_text("company_a,company_b,relation\nA,B,competitor\nA,C,partner\n", "utf-8")
    loaded(store, tmp_path, "t.csv")

    assert [{r["subject"], r["object"]} for r in store.table("COMPETES_WITH").rows()] == [{"company:a", "company:b"}]
    assert [{r["subject"], r["object"]} for r in store.table("PARTNERS_WITH").rows()] == [{"company:a", "company:c"}]


def test_a_country_that_differs_from_row_to_row_is_not_that_of_the_name(tmp_path: Path) -> None:
    """It would refuse every second row: the country of a place is not that of whoever has several."""
    text = proposed(tmp_path, sites="Firm name,Country\nA,Japan\nA,Germany\n")

    assert "country:" not in text


def test_words_for_relations_are_known_whatever_their_column_is_called(store: Store, tmp_path: Path) -> None:
    """A column of verbs between two ids says what each row states."""
    (tmp_path / "entities.csv").write_text(
        "entity_code,entity,entity_type\nE1,A,Company\nE2,B,Company\nE3,Lidar,Product\n", "utf-8"
    )
    (tmp_path / "links.csv").write_text(
        "from_code,verb,to_code\nE1,sells to,E2\nE1,makes,E3\nE2,invested in,E1\nE2,makes,E3\n", "utf-8"
    )
    loaded(store, tmp_path, "entities.csv", "links.csv")

    assert [(r["subject"], r["object"]) for r in store.table("SUPPLIES").rows()] == [("company:a", "company:b")]
    assert {r["subject"] for r in store.table("MAKES").rows()} == {"company:a", "company:b"}
    assert [(r["subject"], r["object"]) for r in store.table("INVESTS_IN").rows()] == [("company:b", "company:a")]


def test_a_country_is_of_the_company_whose_name_its_header_begins_with(tmp_path: Path) -> None:
    """Subcontractor and Subcontractor Country belong together, and say nothing of the prime contractor."""
    text = proposed(
        tmp_path,
        awards="Prime Contractor,Subcontractor,Subcontractor Country,Item\nA Inc.,B Ltd,JP,Lid\nC Inc.,D Ltd,US,Bolt\n",
    )

    assert 'subject: {column: "Subcontractor", create: {country: {column: "Subcontractor Country"}}}' in text
    assert 'object: {column: "Prime Contractor", create: {type: Company}}' in text


def test_a_table_that_is_not_understood_does_not_spoil_the_others(tmp_path: Path) -> None:
    """It is told of, and the mapping of the others loads."""
    text = proposed(tmp_path, deals="Supplier,Customer\nA,B\n", weather="t,h\n1.5,2\n2.5,3\n")
    (tmp_path / "m.yaml").write_text(text, "utf-8")

    assert "# weather.csv: not understood; say in the mapping what its rows state" in text
    assert not check_files(tmp_path / "deals.csv", mapping=tmp_path / "m.yaml").problems
