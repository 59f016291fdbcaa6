"""Maps too large to be drawn node by node: the overview, its cells, and the whole on a canvas of our own."""

import pytest
from map_worlds import chain

from browser.conftest import OpenMap
from graphkit.maps import MapDoc, build

COLOURED = """(() => {
    const { width, height } = gk.stage.canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const ctx = copy.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(gk.stage.canvas, 0, 0);
    const { data } = ctx.getImageData(0, 0, width, height);
    let seen = 0;
    for (let i = 0; i < data.length; i += 4) {
        const colours = [data[i], data[i + 1], data[i + 2]];
        if (Math.max(...colours) - Math.min(...colours) > 40) seen += 1;
    }
    return seen / (width * height);
})()"""
"""The part of the pixels that have a colour."""


@pytest.fixture(scope="module")
def large() -> MapDoc:
    """A chain of 3,000 nodes."""
    return build(*chain(1200, 1800), title="大图", as_of="")


@pytest.fixture(scope="module")
def whole() -> MapDoc:
    """The same chain, every node asked for."""
    return build(*chain(1200, 1800), title="大图", as_of="", full=True)


def test_a_large_map_opens_as_an_overview(open_map: OpenMap, large: MapDoc) -> None:
    """Cells with counts that add up, the reason on the page, and a file without the library it does not need."""
    opened = open_map(large)

    assert opened.ask("gk.mode") == "overview"
    assert opened.ask("[...gk.overview.cells.values()].reduce((sum, cell) => sum + cell.nodes.length, 0)") == 3000
    assert "1,500" in opened.text("#note")
    assert opened.ask("document.scripts.length") == 2
    assert opened.file.stat().st_size < 5_000_000


def test_a_dense_map_opens_as_an_overview(open_map: OpenMap) -> None:
    """Nodes whose names could not be read come after the cells, and the page says so; one click draws each of them."""
    doc = build(*chain(250, 450), title="图", as_of="")
    opened = open_map(doc)
    first = opened.ask("gk.mode")
    told = opened.text("#note")

    opened.page.click("[data-view=nodes]")
    opened.rest()
    shown = opened.ask("[gk.mode, gk.view.shown.length, gk.stage.constructor.name]")
    again = open_map(doc, opened.ask("location.hash"))
    opened.back()

    assert (first, "“节点”" in told) == ("overview", True)
    assert shown == ["nodes", 700, "VisStage"]
    assert again.ask("gk.mode") == "nodes"
    assert opened.ask("gk.mode") == "overview"
    assert open_map(doc, "#company:firm-7").ask("[gk.mode, gk.selected.id]") == ["nodes", "company:firm-7"]


def test_the_largest_map_stays_below_five_megabytes() -> None:
    """20,000 nodes with 32,000 links and their evidence, without the page around them."""
    doc = build(*chain(8000, 12000), title="大图", as_of="")

    assert doc.size == (20000, 31999)
    assert len(doc.json.encode()) < 4_500_000


def test_a_cell_opens_to_its_nodes(open_map: OpenMap, large: MapDoc) -> None:
    """A click on a cell draws its nodes, laid out anew; the way back and the address keep the place."""
    opened = open_map(large)
    cell = opened.ask(
        "[...gk.overview.cells.values()].map((cell) => { const { x, y } = cell;"
        " const box = document.getElementById('stage').getBoundingClientRect();"
        " const [sx, sy] = gk.stage.camera.toScreen(x + 40, y + 20);"
        " return [cell.key, sx + box.left, sy + box.top, cell.nodes.map((node) => node.id)]; })[3]"
    )

    opened.page.mouse.click(cell[1], cell[2])
    shown = set(opened.ask("gk.view.shown.map((node) => node.id)"))
    points = opened.ask("gk.view.shown.map((node) => `${node.px} ${node.py}`)")
    again = open_map(large, opened.ask("location.hash"))
    opened.page.click("#back")

    assert set(cell[3]) <= shown
    assert len(set(points)) == len(points)
    assert set(again.ask("gk.view.shown.map((node) => node.id)")) == shown
    assert opened.ask("[gk.mode, gk.within]") == ["overview", None]


def test_search_opens_what_surrounds_a_node(open_map: OpenMap, large: MapDoc) -> None:
    """From the overview a found node is drawn with its neighbours, chosen, and can be mailed."""
    opened = open_map(large)
    opened.page.fill("#search", "good-900")
    opened.page.keyboard.press("Enter")

    assert opened.ask("[gk.mode, gk.selected.id]") == ["nodes", "product:good-900"]
    assert 1 < opened.ask("gk.view.shown.length") <= 400
    assert open_map(large, opened.ask("location.hash")).ask("gk.selected.id") == "product:good-900"
    assert open_map(large, "#product:good-7").ask("gk.selected.id") == "product:good-7"


def test_back_leads_out_of_a_cell(open_map: OpenMap, large: MapDoc) -> None:
    """From a node in a cell, back goes to the cell, then to the overview, and writes no history of its own."""
    opened = open_map(large)
    opened.ask("gk.parts.openCell([...gk.overview.cells.values()][2])")
    opened.ask("gk.select(gk.view.shown[0])")
    entries = opened.ask("history.length")
    seen = []
    for _ in range(2):
        opened.back()
        seen.append(opened.ask("[gk.mode, gk.within !== null, gk.selected]"))

    assert seen == [["nodes", True, None], ["overview", False, None]]
    assert opened.ask("history.length") == entries


def test_the_overview_by_keyboard(open_map: OpenMap, large: MapDoc) -> None:
    """Arrows go from cell to cell and tell where they are; Enter opens."""
    opened = open_map(large)
    opened.page.focus("#stage")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        opened.page.keyboard.press(key)
    told = opened.text("#live")
    opened.page.keyboard.press("Enter")

    assert "×" in told
    assert opened.ask("gk.mode") == "nodes"


def test_filters_change_the_counts_of_cells(open_map: OpenMap, large: MapDoc) -> None:
    """What is switched off is not counted."""
    opened = open_map(large)
    opened.ask("gk.setOff('tier', [gk.doc.tiers[0].id])")

    tiers = opened.ask("[...new Set([...gk.overview.cells.values()].map((cell) => cell.tier))].length")
    assert tiers == len(large.data["tiers"]) - 1


def test_the_whole_map_can_be_moved_hit_and_filtered(open_map: OpenMap, whole: MapDoc) -> None:
    """On our own canvas a drag moves, a click chooses and lights, the wheel zooms, a filter hides, Escape clears."""
    opened = open_map(whole)
    assert opened.ask("gk.stage.constructor.name") == "CanvasStage"
    assert opened.ask("document.scripts.length") == 2

    before = opened.ask("gk.stage.camera.x")
    opened.page.mouse.move(700, 400)
    opened.page.mouse.down()
    opened.page.mouse.move(600, 400, steps=5)
    opened.page.mouse.up()
    moved = opened.ask("gk.stage.camera.x") - before
    scale = opened.ask("gk.stage.scale")
    opened.page.mouse.wheel(0, -600)
    opened.until("gk.stage.scale > argument * 2 && gk.stage.isAtRest", scale)
    zoomed = opened.ask("gk.stage.scale") / scale
    target = opened.ask(
        "gk.doc.nodes.find((node) => node.edges.length > 4 && gk.stage.camera.toScreen(node.px, node.py)"
        ".every((at, axis) => at > 80 && at < [600, 600][axis])).id"
    )
    opened.page.mouse.click(*opened.at(target))

    assert moved * scale == pytest.approx(100, abs=1)
    assert zoomed > 2
    assert opened.ask("gk.selected.id") == target
    assert opened.ask("gk.lit.nodes.size") > 1
    opened.ask("gk.toggle('type', 'MAKES')")
    assert opened.ask("gk.view.edges.some((edge) => edge.kind.id === 'MAKES')") is False
    opened.page.keyboard.press("Escape")
    assert opened.ask("gk.selected") is None


def test_a_moving_camera_never_sees_a_blank(open_map: OpenMap, whole: MapDoc) -> None:
    """Where the camera leaves what was painted, the map from afar stands in till the place is painted."""
    opened = open_map(whole)
    opened.rest()
    opened.ask("gk.stage.moveTo({ x: 300, y: 300, scale: gk.stage.scale * 6 })")
    opened.rest()

    at_once = opened.ask(  # in the page itself, which paints on between two questions
        "(async () => { gk.stage.moveTo({ x: 1500, y: 900, scale: gk.stage.scale });"
        " for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);"
        f" return [gk.stage.layers.rest.covers(gk.stage.at, gk.stage.size), {COLOURED}]; }})()"
    )
    opened.rest()

    assert at_once[0] is False
    assert at_once[1] > 0.02
    assert opened.ask("gk.stage.layers.rest.isOf(gk.stage.at) && gk.stage.layers.front.isOf(gk.stage.at)")
    assert opened.ask(COLOURED) > 0.02


def test_the_whole_map_is_painted(open_map: OpenMap, whole: MapDoc) -> None:
    """Nodes in every colour of a segment, and names over them."""
    opened = open_map(whole)
    opened.until("gk.stage.isAtRest")

    colours = opened.ask(
        "(() => { const { canvas } = gk.stage; const { data } = canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height); const seen = new Set();"
        " for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);"
        " return gk.doc.segments.map((segment) => seen.has(parseInt(gk.theme.segment(segment).slice(1), 16))); })()"
    )

    assert colours == [True] * 5
    assert opened.ask("gk.view.labels.length") > 30
