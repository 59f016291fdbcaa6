"""What is seen at once: names, places, links side by side, the evidence behind them."""

from typing import Any

import pytest
from map_worlds import OLDER, SOURCE, UNDATED, chain, company, link, product
from playwright.sync_api import Browser

from browser.conftest import OpenMap
from graphkit.maps import build

A, B = company("a", "甲公司"), company("b", "乙公司")
SOURCES = [SOURCE, OLDER, UNDATED]
GLYPHS = """() => {
    const pixels = (char) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 40;
        const ctx = canvas.getContext("2d", { willReadFrequently: true });
        ctx.font = getComputedStyle(document.body).font.replace(/^.*?px/, "30px");
        ctx.fillText(char, 4, 32);
        return [...ctx.getImageData(0, 0, 40, 40).data].join();
    };
    return [pixels("华") !== pixels("芯"), pixels("华") !== pixels("\\ue123")];
}"""


PIXELS = """() => {
    const canvas = document.querySelector("#stage-canvas canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hue = (r, g, b) => {
        const most = Math.max(r, g, b);
        const d = most - Math.min(r, g, b);
        if (d < 40) return -1;
        return Math.round((most === r ? ((g - b) / d + 6) % 6 : most === g ? (b - r) / d + 2 : (r - g) / d + 4) * 60);
    };
    return ["supplies", "invests-in", "competes-with", "owns"].map((name) => {
        const wanted = getComputedStyle(document.documentElement).getPropertyValue(`--type-${name}`).trim();
        const sought = hue(...[1, 3, 5].map((at) => parseInt(wanted.slice(at, at + 2), 16)));
        let seen = 0;
        for (let i = 0; i < data.length; i += 4) {
            if (Math.abs(hue(data[i], data[i + 1], data[i + 2]) - sought) <= 4) seen += 1;
        }
        return seen;
    });
}"""
"""How many pixels have the hue of each of four types of link."""


def test_a_chinese_font_is_installed(browser: Browser) -> None:
    """Two Chinese characters look different from each other and from a missing one; else pictures prove nothing."""
    page = browser.new_page()
    page.set_content("<body style='font: 16px sans-serif'>")
    found = page.evaluate(GLYPHS)
    page.close()

    assert found == [True, True], "no CJK font: install fonts-noto-cjk"


def boxes(opened: Any) -> list[dict[str, float]]:  # noqa: ANN401 - an Opened
    """The names drawn, as boxes on the screen."""
    found: list[dict[str, float]] = opened.ask(
        "gk.view.labels.map(({ x0, y0, width, height }) => ({ x0, y0, x1: x0 + width, y1: y0 + height }))"
    )
    return found


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900), (390, 844)])
def test_names_are_readable_at_once(open_map: OpenMap, size: tuple[int, int]) -> None:
    """The first view of 150 nodes shows at least forty names (fifteen on a telephone), none on another."""
    opened = open_map(build(*chain(), title="图", as_of=""), viewport={"width": size[0], "height": size[1]})

    found = boxes(opened)

    assert len(found) >= (40 if size[0] > 1000 else 15)
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            apart = (
                one["x1"] <= other["x0"]
                or other["x1"] <= one["x0"]
                or one["y1"] <= other["y0"]
                or other["y1"] <= one["y0"]
            )
            assert apart, (one, other)


@pytest.mark.parametrize("count", [1, 2, 60, 150, 600])
def test_all_nodes_are_in_the_first_view(open_map: OpenMap, count: int) -> None:
    """Every node of a map stands within the stage when it opens, whatever their number."""
    nodes, links = chain(max(1, count // 3), count - count // 3) if count > 2 else ([A, B][:count], [])
    opened = open_map(build(nodes, links, title="图", as_of=""))

    outside = opened.ask(
        "gk.doc.nodes.filter((node) => { const [x, y] = gk.stage.camera.toScreen(node.px, node.py);"
        " const { width, height } = gk.stage.size; return x < 0 || y < 0 || x > width || y > height; }).length"
    )

    assert outside == 0


def test_nodes_stay_where_the_document_puts_them(open_map: OpenMap) -> None:
    """Physics is off: later, and on every opening, each node is at its place, at most stretched to the screen."""
    doc = build(*chain(), title="图", as_of="")
    places = "gk.doc.nodes.map((node) => { const { x, y } = gk.stage.network.getPosition(node.i); return [x, y]; })"

    first = open_map(doc)
    at_once = first.ask(places)
    first.frames(60)
    found = first.ask(places)
    second = open_map(doc).ask(places)

    assert first.ask("gk.stage.network.physics.options.enabled") is False
    assert at_once == found == second
    assert [x for x, _ in found] == [row[5] for row in doc.data["nodes"]]
    stretched = {round(y / row[6], 2) for (_, y), row in zip(found, doc.data["nodes"], strict=True) if row[6] > 300}
    assert max(stretched) - min(stretched) <= 0.01
    assert 1 <= min(stretched) <= 1.8


def test_a_thousand_nodes_open_within_two_seconds(open_map: OpenMap) -> None:
    """The page says itself how long it took; a loose bound that only a return of physics would break."""
    opened = open_map(build(*chain(350, 650), title="图", as_of=""), "#view=nodes")

    assert opened.ask("gk.mode") == "nodes"
    assert opened.ask("gk.timings.ready") < 6000


def test_links_side_by_side_are_each_seen(open_map: OpenMap) -> None:
    """Two firms with three links and one back: four links in the document, the panel and, by colour, on the canvas."""
    links = [
        link("SUPPLIES", A, B),
        link("INVESTS_IN", A, B),
        link("COMPETES_WITH", A, B),
        link("OWNS", B, A),
    ]
    opened = open_map(build([A, B, *SOURCES], links, title="图", as_of=""), color_scheme="light")

    pixels = opened.ask(f"({PIXELS})()")
    opened.select(A.id)

    assert min(pixels) > 20
    assert opened.ask("document.querySelectorAll('#panel .fact').length") == 4
    assert len(set(opened.ask("gk.doc.edges.map((edge) => edge.lane)"))) == 4


def test_evidence_reads_newest_first_and_says_what_is_missing(open_map: OpenMap) -> None:
    """Claims stand by the day of their source, an unknown day last; a note is whole; a missing source is said."""
    long = "说明" * 200
    links = [
        link("SUPPLIES", A, B, source=UNDATED.id, note="third"),
        link("SUPPLIES", A, B, source=OLDER.id, note="second", share=0.2),
        link("SUPPLIES", A, B, source=SOURCE.id, note=long, share=0.4, certainty="planned", valid_from="2025-03"),
        link("OWNS", A, B, source=None, locator=None),
    ]
    opened = open_map(build([A, B, *SOURCES], links, title="图", as_of=""))
    opened.select(A.id)

    supplies = opened.page.locator("#panel .fact", has_text="供应")
    claims = supplies.locator(".claim").all_inner_texts()

    assert [("说明" in text, "second" in text, "third" in text) for text in claims] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert long in claims[0]
    assert all(
        word in claims[0] for word in ("40%", "计划 planned", "年中策略", "某证券", "2025-06-15", "1.2 概述", "2025-03")
    )
    assert "日期未知 no date" in claims[2]
    assert "来源不一致" in supplies.inner_text()
    assert "无来源 no source" in opened.page.locator("#panel .fact", has_text="持股").inner_text()
    assert (
        opened.ask(
            "document.querySelector('[data-dimension=source][data-value=\"-\"]').closest('li').querySelector('.number').textContent"
        )
        == "1"
    )


def test_unknown_is_shown_as_unknown(open_map: OpenMap) -> None:
    """A company without country, kind or segment says so; what comes from general knowledge is marked."""
    known = company("k", "已知", country="CN", kind="listed", added=("country",))
    opened = open_map(build([A, known, *SOURCES], [], title="图", as_of=""))

    opened.select(A.id)
    unknown = opened.text("#panel .chips")
    opened.select(known.id)

    assert unknown.count("未知 unknown") == 2
    assert "未分板块 no segment" in unknown
    assert "中国 CN†" in opened.text("#panel .chips")
    assert "general knowledge" in opened.text("#panel .general")


def test_figures_stand_with_their_node(open_map: OpenMap) -> None:
    """Numbers that sources report are in the panel of what they are about, in the words of the language."""
    report = link("REPORTS", SOURCE, A, metric="revenue", period="2025", value=44100000000.0, unit="USD")
    opened = open_map(build([A, *SOURCES], [report], title="图", as_of="", lang="zh"))
    opened.select(A.id)

    assert opened.text("#panel .figure .said") == "收入 · 2025\n441亿 USD"


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_an_empty_map_says_so(open_map: OpenMap, size: tuple[int, int]) -> None:
    """No nodes: no fault, and a sentence instead of a blank."""
    opened = open_map(build([], [], title="空", as_of=""), viewport={"width": size[0], "height": size[1]})

    assert opened.text("#empty-text") == "此图为空 This map is empty"
    for key in ("0", "+", "ArrowRight", "Escape", "Enter"):
        opened.page.keyboard.press(key)


def test_what_was_left_out_is_on_the_page(open_map: OpenMap) -> None:
    """Title, day, question, counts, sources and what is missing stand around the map."""
    doc = build(
        [A, B, product("alone"), *SOURCES],
        [link("SUPPLIES", A, B)],
        title="题目",
        as_of="2025-06-30",
        query="upstream 甲",
        unlinked=False,
    )
    opened = open_map(doc)

    assert opened.text("h1") == "题目"
    assert [opened.text(f"#{part}") for part in ("as-of", "counts", "query")] == [
        "截至 as of 2025-06-30",
        "2 节点 nodes · 1 关系 links",
        "upstream 甲",
    ]
    assert "未画出 Left out: 1 个无关系的节点" in opened.text("#foot")
    assert "某证券 年中策略" in opened.text("#foot")
