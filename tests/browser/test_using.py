"""What can be done: search, keyboard, languages, deep links, back, pictures."""

import re
from base64 import b64encode
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest
from map_worlds import SOURCE, chain, company, link, product
from playwright.sync_api import Browser

from browser.conftest import OpenMap
from graphkit.maps import MapDoc, build
from graphkit.records import Node


def names() -> MapDoc:
    """Companies and products that are hard to find."""
    nodes = [
        company("innolight", "中际旭创", name_en="Zhongji Innolight", tickers=("300308.SZ",)),
        company("tsmc", "台积电", name_en="TSMC", tickers=("2330.TW", "TSM.N"), aliases=("台灣積體電路", "积体电路")),
        company("nvidia", "英伟达", name_en="NVIDIA", tickers=("NVDA.O",), aliases=("NV",)),
        company("pab", "平安银行", name_en="Ping An Bank", tickers=("000001.SZ",)),
        company("one", "壹公司", name_en="One", tickers=("1.HK",)),
        company("old", "第一百", name_en="Old", tickers=("600631.SH",), aliases=("代码0000010",)),
        company("wus", "沪电股份", name_en="WUS Printed Circuit", tickers=("002463.SZ",)),
        product("uqd", "UQD", name_en="UQD", aliases=("快接头",)),
        product("ccl", "高速覆铜板", name_en="High-speed CCL"),
    ]
    return build([*nodes, SOURCE], [link("MAKES", nodes[2], nodes[7])], title="图", as_of="")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("中际", "innolight"),
        ("ＮＶＩＤＩＡ", "nvidia"),
        ("nvidia", "nvidia"),
        ("英偉達", "nvidia"),
        ("台積電", "tsmc"),
        ("台湾积体", "tsmc"),
        ("2330", "tsmc"),
        ("tsm.n", "tsmc"),
        ("000001", "pab"),
        ("zjxc", "innolight"),
        ("hdgf", "wus"),
        ("printed", "wus"),
        ("快接头", "uqd"),
        (" uqd ", "uqd"),
        ("覆铜", "ccl"),
    ],
)
def test_search_finds_what_is_meant_first(open_map: OpenMap, typed: str, first: str) -> None:
    """Chinese, English, tickers with and without suffix, full width, traditional characters, pinyin, aliases."""
    opened = open_map(names())
    opened.page.fill("#search", typed)

    assert opened.page.locator("#results [role=option]").first.get_attribute("data-id").endswith(f":{first}")  # type: ignore[union-attr]


def test_a_code_finds_its_company_alone(open_map: OpenMap) -> None:
    """000001 is neither 1 nor a part of another number; four look-alike ids stay four nodes."""
    opened = open_map(names())
    opened.page.fill("#search", "000001")
    assert opened.page.locator("#results [role=option]").count() == 1

    ids = ["000001", "0050.TW", "1", "600519"]
    other = open_map(
        build([Node("Company", name, {"name_en": name, "tickers": (name,)}) for name in ids], [], title="图", as_of="")
    )
    other.page.fill("#search", "000001")
    assert other.ask("gk.doc.nodes.map((node) => node.id)") == ids
    assert other.ask("[...document.querySelectorAll('#results [data-id]')].map((item) => item.dataset.id)") == [
        "000001"
    ]


def test_search_waits_for_the_input_method(open_map: OpenMap) -> None:
    """While pinyin is being composed nothing is searched; when it is done, once."""
    opened = open_map(names())

    searches = opened.ask(
        """(() => {
            const box = document.getElementById("search");
            box.dispatchEvent(new CompositionEvent("compositionstart"));
            for (const text of ["y", "yi", "yin"]) {
                box.value = text;
                box.dispatchEvent(new InputEvent("input", { isComposing: true }));
            }
            const during = gk.searches;
            box.value = "英伟达";
            box.dispatchEvent(new InputEvent("input", { isComposing: true }));
            box.dispatchEvent(new CompositionEvent("compositionend"));
            return [during, gk.searches];
        })()"""
    )

    assert searches == [0, 1]


def test_the_whole_map_by_keyboard(open_map: OpenMap) -> None:
    """Search, pick, walk along the chain and the column, set the depth, clear: without a mouse, and told aloud."""
    opened = open_map(build(*chain(), title="图", as_of=""))
    keys = opened.page.keyboard

    keys.press("/")
    keys.type("good-30")
    keys.press("Enter")
    chosen = opened.ask("gk.selected.id")
    told = [opened.text("#live")]
    walked = []
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "1"):
        keys.press(key)
        walked.append(opened.ask("[gk.selected.id, gk.selected.px]"))
        told.append(opened.text("#live"))
    keys.press("Escape")

    assert chosen == "product:good-30"
    assert walked[0][1] > opened.ask("gk.doc.byId.get('product:good-30').px")
    assert walked[2][0] != walked[1][0] == walked[3][0]
    assert opened.ask("[gk.selected, gk.depth]") == [None, "1"]
    assert all("上游 upstream" in text.replace("Upstream", "upstream") for text in told)
    assert len(set(told)) >= 3


def test_tab_reaches_every_control(open_map: OpenMap) -> None:
    """Walking with Tab visits search, tools, legend, map and footer controls without a trap."""
    opened = open_map(names())
    reached: set[str] = set()
    for _ in range(90):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.ask(
                "document.activeElement.id || document.activeElement.dataset.value || document.activeElement.className"
            )
        )

    assert {"search", "list", "theme", "reset", "stage", "zoom-in", "zoom-out", "fit", "tidy", "MAKES"} <= reached


def test_the_table_lists_every_node(open_map: OpenMap) -> None:
    """Who cannot see the canvas has all nodes in a table, and goes from there to their evidence."""
    opened = open_map(build(*chain(), title="图", as_of=""))

    opened.page.click("#list")
    rows = opened.page.locator("#table tbody tr").count()
    opened.page.locator("#table [data-id='product:good-30']").click()

    assert rows == 150
    assert opened.ask("gk.selected.id") == "product:good-30"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in bytes.fromhex(colour[1:])]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_map: OpenMap, scheme: str) -> None:
    """Every colour that letters have reaches a contrast of 4.5 on both grounds, in both themes."""
    opened = open_map(names(), color_scheme=scheme)

    grounds, inks = ("paper", "card", "band"), ("ink", "soft", "accent", "up", "down")
    colours = {
        name: opened.ask("getComputedStyle(document.documentElement).getPropertyValue(`--${argument}`).trim()", name)
        for name in (*grounds, *inks)
    }

    weak = [(ink, ground) for ground in grounds for ink in inks if contrast(colours[ink], colours[ground]) < 4.5]

    assert weak == []


def test_the_theme_follows_the_system_and_the_button(open_map: OpenMap) -> None:
    """Dark where the system is dark; the button turns it round."""
    opened = open_map(names(), color_scheme="dark")
    first = opened.ask("gk.theme.isDark")

    opened.page.click("#theme")

    assert (first, opened.ask("gk.theme.isDark")) == (True, False)


def test_languages_change_every_word(open_map: OpenMap) -> None:
    """In Chinese no English interface word is left, in English no Chinese one; names follow."""
    opened = open_map(names())
    opened.page.click("[data-lang=zh]")
    opened.select("company:innolight")
    chinese = opened.text("body")
    opened.page.click("[data-lang=en]")
    english = opened.text("body")

    assert "Upstream" not in chinese
    assert "Segments" not in chinese
    assert "中际旭创" in opened.ask("document.querySelector('#panel .who').innerText") or "Zhongji Innolight" in english
    assert not re.findall(
        "[\u4e00-\u9fff]+",
        re.sub(
            "[图中]|年中策略|某证券|1.2 概述",
            "",
            opened.text("header#bar") + opened.text("#legend") + opened.text("#panel h2"),
        ),
    )


def test_an_address_brings_back_the_view(open_map: OpenMap) -> None:
    """Choice, depth, filters, day and language stand in the fragment, in letters that mail leaves alone."""
    nodes, links = chain()
    doc = build(nodes, links, title="图", as_of="")
    opened = open_map(doc)
    opened.select("company:firm-7")
    opened.ask("gk.setDepth('2')")
    opened.ask("gk.toggle('type', 'MAKES')")
    opened.ask("gk.toggle('country', 'US')")
    opened.ask("gk.voice.setLanguage('en')")
    fragment = opened.ask("location.hash")
    state = opened.ask("gk.trail.state()")

    again = open_map(doc, fragment)

    assert re.fullmatch(r"#[A-Za-z0-9:&=~%_-]+", fragment)
    assert again.ask("gk.trail.state()") == state
    assert again.text("#panel h2") == opened.text("#panel h2")


@pytest.mark.parametrize("worn", ["#{}.", "#{})", "#id={}", "#%2563ompany%253Afirm-7"])
def test_an_address_survives_the_mail(open_map: OpenMap, worn: str) -> None:
    """A full stop or a bracket at the end, and percent signs encoded again, still lead to the node."""
    opened = open_map(build(*chain(), title="图", as_of=""), worn.format("company:firm-7"))

    assert opened.ask("gk.selected.id") == "company:firm-7"


def test_an_address_of_nothing_does_no_harm(open_map: OpenMap) -> None:
    """Ids that are not there and broken escapes give the whole map."""
    opened = open_map(
        build(*chain(), title="图", as_of=""), "#%E0%A4%A&depth=9&no-type=%&day=x&link=zzz&to=q&cell=9-9&only=no"
    )

    assert opened.ask("[gk.selected, gk.depth, gk.filters.day]") == [None, "all", ""]


def test_back_undoes_the_view(open_map: OpenMap) -> None:
    """The browser's back button goes back choice by choice."""
    opened = open_map(build(*chain(), title="图", as_of=""))
    for node in ("company:firm-1", "company:firm-2"):
        opened.select(node)
    seen = []
    for _ in range(2):
        opened.back()
        seen.append(opened.ask("gk.selected ? gk.selected.id : null"))

    assert seen == ["company:firm-1", None]


DECODE = """async (text) => {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(bitmap, 0, 0);
    const colours = (top) => {
        const { data } = ctx.getImageData(0, top, width, height - top);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
        return [...seen].map((colour) => `#${colour.toString(16).padStart(6, "0")}`);
    };
    return { width, height, all: colours(0).length, strip: colours(Math.floor(height * 0.86)) };
}"""
"""The size of a PNG, how many colours it has, and which of them stand in its lowest seventh."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_whole(browser: Browser, open_map: OpenMap, scheme: str) -> None:
    """The PNG is larger than the view, rich in colours, and every segment's colour stands in the legend below."""
    opened = open_map(build(*chain(), title="图 map", as_of="2025-06-30"), color_scheme=scheme)
    with opened.page.expect_download() as waiting:
        opened.ask("document.getElementById('png').click()")
    page = browser.new_page()
    picture = page.evaluate(DECODE, b64encode(waiting.value.path().read_bytes()).decode())
    page.close()

    assert waiting.value.suggested_filename == "图-map-2025-06-30.png"
    assert picture["width"] > 1280
    assert picture["height"] > 800
    assert picture["all"] > 100
    assert set(opened.ask("gk.doc.segments.map((segment) => gk.theme.segment(segment))")) <= set(picture["strip"])


def test_the_svg_is_text(open_map: OpenMap) -> None:
    """The SVG parses, holds title, day and names as text, and no script."""
    opened = open_map(build(*chain(), title="图 <&>", as_of="2025-06-30"))
    with opened.page.expect_download() as waiting:
        opened.ask("document.getElementById('svg').click()")
    text = waiting.value.path().read_text(encoding="utf-8")
    root = fromstring(text)  # noqa: S314 - our own page wrote it
    words = "|".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text"))

    assert all(word in words for word in ("图 <&>", "2025-06-30", "供应 supplies", "液冷 COOLING"))
    assert words.count("|") > 150
    assert "script" not in text


def test_print_shows_the_picture(open_map: OpenMap) -> None:
    """On paper stands the picture with title and legend instead of the controls."""
    opened = open_map(build(*chain(), title="图", as_of=""))
    opened.ask("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")

    assert opened.ask("document.querySelector('#sheet canvas').width") > 1000
    assert opened.ask("getComputedStyle(document.getElementById('bar')).display") == "none"
    assert unquote(opened.page.url).startswith("file:")


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1280, 800), (1920, 1080)])
def test_nothing_sticks_out_of_the_screen(open_map: OpenMap, size: tuple[int, int]) -> None:
    """At telephone, tablet and desktop width no control is cut off and the page does not scroll sideways."""
    opened = open_map(
        build(*chain(), title="人工智能算力供应链全景图 AI compute supply chain", as_of="2025-06-30"),
        viewport={"width": size[0], "height": size[1]},
    )

    cut = opened.ask(
        "[...document.querySelectorAll('#bar button, #bar input, #bar summary')].filter((part) => part.offsetParent)"
        ".filter((part) => { const { left, right } = part.getBoundingClientRect();"
        " return right > innerWidth + 1 || left < 0 || part.scrollWidth > part.clientWidth + 2; })"
        ".map((part) => part.id || part.textContent)"
    )

    assert cut == []
    assert opened.ask("document.documentElement.scrollWidth") <= size[0]
