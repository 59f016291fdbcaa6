"""The shipped seeds: clean, with evidence throughout, the same in both engines, true to the reports where sampled."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from stores_under_test import empty_neo4j, exported

from graphkit.config import data_folder
from graphkit.graph import Graph, check_files
from graphkit.model import MODEL
from graphkit.seeds.review import review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servers.neo4j_server import Neo4jServer

    from graphkit.seeds.checking import Checked
    from graphkit.stores.base import Store
    from graphkit.values import Value

SEEDS = data_folder("seeds")
LONGEST_NOTE = 160
LONGEST_FIGURE = 40

Row = dict[str, "Value"]


@pytest.fixture(scope="module")
def checked() -> Checked:
    """All seed files, checked once."""
    return check_files(SEEDS)


@pytest.fixture(scope="module")
def claims(checked: Checked) -> Mapping[str, list[Row]]:
    """Every claim by link type."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for part in checked.claims:
        rows[part.table.type] += part.table.rows()
    return rows


def test_check_finds_nothing_to_say(checked: Checked) -> None:
    """`graphkit check` over the seeds is clean: no errors, and no slips either."""
    assert checked.problems == ()
    assert review(checked) == []


def test_every_claim_says_who_and_where(claims: Mapping[str, list[Row]]) -> None:
    """No claim lacks its source, its place in it, or how sure it is."""
    assert sum(map(len, claims.values())) > 9000
    for rows in claims.values():
        assert all(row["source"] and row["locator"] and row["certainty"] for row in rows)


def test_notes_are_notes(claims: Mapping[str, list[Row]]) -> None:
    """Notes and figures are short: no sentence of a report stands in the seeds."""
    for rows in claims.values():
        assert [row for row in rows if len(str(row.get("note", ""))) > LONGEST_NOTE] == []
        assert [row for row in rows if len(str(row.get("text", ""))) > LONGEST_FIGURE] == []


def test_forecasts_are_marked(claims: Mapping[str, list[Row]]) -> None:
    """An estimate says for when; earnings of a year to come are estimates."""
    numbers = claims["REPORTS"]
    assert [row for row in numbers if row["certainty"] == "estimate" and "period" not in row] == []
    ahead = [row for row in numbers if row["metric"] in {"eps", "pe"} and row.get("period") in {"2026", "2027"}]
    assert len(ahead) > 20
    assert {row["certainty"] for row in ahead} == {"estimate"}


def test_both_engines_hold_the_same(embedded: Store, neo4j_server: Neo4jServer) -> None:
    """The seeds, loaded into either engine, come out as the same bytes."""
    exports = []
    with empty_neo4j(neo4j_server) as neo4j:
        for store in (embedded, neo4j):
            Graph(store).load(SEEDS)
            exports.append(exported(store))
    assert exports[0] == exports[1]


SEGMENTS = [
    "PCB",
    "覆铜板",
    "CPO",
    "光模块与光器件",
    "硅光",
    "铜缆",
    "HVDC",
    "PSU",
    "BBU",
    "超级电容",
    "电力线缆与母线",
    "液冷",
    "服务器",
    "交换机",
    "算力芯片",
    "GPU",
    "ASIC",
    "HBM",
    "晶圆代工",
    "先进封装",
    "昇腾",
    "国产算力芯片",
    "SoC",
    "存储",
    "AI眼镜",
    "AR眼镜",
    "AR光学显示",
    "折叠屏",
    "指纹识别",
    "手机光学",
    "光电子封测设备",
    "台湾PCB产业链",
    "算力租赁",
    "大模型",
    "云厂商",
    "机器人",
    "渠道商",
]


@pytest.mark.parametrize("name", SEGMENTS)
def test_a_segment_has_companies_and_products(checked: Checked, claims: Mapping[str, list[Row]], name: str) -> None:
    """Each segment of the chain holds companies and products, itself or through its parts."""
    parents = {
        row["id"]: row.get("parent")
        for part in checked.nodes
        if part.table.type == "Segment"
        for row in part.table.rows()
    }
    wanted = checked.names.resolve(name, {"Segment"})

    def within(segment: Value) -> bool:
        return segment == wanted or (segment is not None and within(parents[segment]))

    members = {str(row["subject"]).partition(":")[0] for row in claims["IN_SEGMENT"] if within(row["object"])}
    assert members == {"company", "product"}


# Subject, link, object, and what the claim says besides.
FACTS: list[tuple[str, str, str, dict[str, Value]]] = [
    ("英维克", "SUPPLIES", "英伟达", {"product": "product:nvqd", "certainty": "stated"}),
    ("史陶比尔", "MAKES", "UQD", {"role": "manufacturer"}),
    ("高澜股份", "MAKES", "CDU", {}),
    ("光宝科技", "MAKES", "800V HVDC", {"status": "shown"}),
    ("Interplex", "MAKES", "12V Busbar", {}),
    ("瑞可达", "MAKES", "60A Power Whip", {}),
    ("NVQD", "GOES_INTO", "GB300 Compute Tray", {"quantity": 12.0}),
    ("NVQD", "SUCCEEDS", "UQD", {}),
    ("武藏", "PARTNERS_WITH", "伟创力", {}),
    ("武藏超级电容", "GOES_INTO", "武藏GB300超容模组", {"quantity": 28.0}),
    ("NVL576 Canister", "GOES_INTO", "Rubin Ultra NVL576", {"quantity": 4.0}),
    ("M9", "GOES_INTO", "正交背板", {}),
    ("M8", "GOES_INTO", "ASIC PCB", {}),
    ("胜宏科技", "SUPPLIES", "英伟达", {"product": "product:nvidia-pcb", "certainty": "inferred"}),
    ("威尔高", "IN_SEGMENT", "PCB", {"reason": "recommended: PCB"}),
    ("兆龙互连", "SUPPLIES", "Credo", {"product": "product:aec-cable"}),
    ("沃尔核材", "OWNS", "乐庭智联", {}),
    ("AEC", "GOES_INTO", "Trainium2机柜", {}),
    ("外部激光源", "GOES_INTO", "英伟达CPO交换机", {}),
    ("博通", "MAKES", "Tomahawk 6", {"valid_from": "2025-06-03"}),
    ("台积电", "MAKES", "COUPE", {"role": "foundry"}),
    ("昇腾910C", "GOES_INTO", "CloudMatrix 384", {"quantity": 384.0}),
    ("中芯国际", "SUPPLIES", "华为", {"product": "product:ascend-910d", "role": "foundry"}),
    ("中芯国际", "OWNS", "中芯南方", {"stake": 0.3852}),
    ("大基金二期", "OWNS", "中芯南方", {"stake": 0.2308}),
    ("EXII", "SUPPLIES", "莲花紫星", {"quantity": 4000.0, "amount": 200000000.0, "currency": "CNY"}),
    ("罗博特科", "OWNS", "ficonTEC", {"certainty": "inferred"}),
    ("ficonTEC", "SUPPLIES", "驿路通", {"amount": 9000000.0, "currency": "USD", "valid_from": "2025-10-21"}),
    ("ficonTEC", "SUPPLIES", "纳斯达克上市的公司 F", {"amount": 600000000.0, "currency": "CNY"}),
    ("亚马逊", "INVESTS_IN", "OpenAI", {"certainty": "negotiating", "amount": 10000000000.0}),
    ("联想创投", "INVESTS_IN", "沐曦", {}),
    ("科尔摩根", "IS_SUPPLIED_BY", "唯科科技", {}),
    ("高通AR1 Gen1", "GOES_INTO", "小米AI眼镜", {}),
    ("Lumus", "MAKES", "阵列光波导", {}),
    ("歌尔股份", "OWNS", "驭光科技", {}),
    ("明月镜片", "IN_SEGMENT", "渠道商", {}),
    ("精研科技", "MAKES", "MIM零件", {}),
    ("安费诺", "SUPPLIES", "荣耀", {"product": "product:hinge"}),
    ("汇顶科技", "MAKES", "指纹识别模组", {}),
    ("普冉股份", "MAKES", "存储芯片", {}),
    ("联发科", "MAKES", "Genio 720", {}),
    ("腾讯云", "MAKES", "AI算力服务", {}),
    ("摩尔线程", "MAKES", "MT Lambda", {}),
    ("GLM-5", "TYPE_OF", "GLM", {}),
]


@pytest.mark.parametrize(("subject", "link", "obj", "told"), FACTS, ids=lambda value: str(value)[:20])
def test_a_fact_of_the_reports_is_there(
    checked: Checked, claims: Mapping[str, list[Row]], subject: str, link: str, obj: str, told: dict[str, Value]
) -> None:
    """A fact that a reader would look for stands in the seeds, under the names of the reports."""
    if link == "IS_SUPPLIED_BY":
        subject, link, obj = obj, "SUPPLIES", subject
    ends = MODEL.links[link]
    wanted = {
        "subject": checked.names.resolve(subject, ends.subjects),
        "object": checked.names.resolve(obj, ends.objects),
        **told,
    }
    assert any(wanted.items() <= row.items() for row in claims[link])


# About whom, which number, when, how much.
NUMBERS: list[tuple[str, str, str | None, float]] = [
    ("沪电股份", "eps", "2026", 2.61),
    ("中际旭创", "pe", "2025", 75.46),
    ("罗博特科", "price", "2026-05-26", 621.99),
    ("ficonTEC", "orders", "2025-06-20/2026-05-01", 1793000000.0),
    ("Coreweave", "price_change", "2025-04-07/2025-06-13", 1.95),
    ("英伟达", "revenue", "FY2025Q3", 44100000000.0),
    ("中国台湾铜箔基板厂商", "revenue", "2025-11", 36090000000.0),
    ("智谱", "revenue", "2025", 724000000.0),
    ("DeepSeek V4 Flash", "tokens", "2026-05-18/2026-05-24", 3430000000000.0),
    ("A800-80G", "rental_price", "2025-03-20", 7.5),
    ("B300", "power", None, 1400.0),
    ("Rubin Ultra NVL576", "power", None, 600000.0),
    ("Tomahawk 6", "bandwidth", None, 102400.0),
    ("Ray-Ban Meta", "bom_cost", None, 164.0),
    ("小米AI眼镜", "price", None, 1499.0),
    ("折叠屏手机", "shipments", "2024", 19700000.0),
    ("玄戒O1", "transistors", None, 19000000000.0),
    ("华为", "market_share", "2024", 0.486),
    ("中芯国际", "capacity", "2025Q1", 973000.0),
]


@pytest.mark.parametrize(("about", "metric", "period", "value"), NUMBERS)
def test_a_number_of_the_reports_is_there(
    checked: Checked, claims: Mapping[str, list[Row]], about: str, metric: str, period: str | None, value: float
) -> None:
    """A number stands in units of one, with the time that it speaks of."""
    node = checked.names.resolve(about, {"Company", "Product", "Segment"})
    found = {
        row.get("value")
        for row in claims["REPORTS"]
        if (row["object"], row["metric"]) == (node, metric) and row.get("period") == period
    }
    assert value in found
