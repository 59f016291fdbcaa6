"""Measure the chain map in a real Chromium against pyvis as it comes, on the same data in the same run.

Usable: from opening the file until the whole map is drawn and answers. Frames: while the camera moves on every frame.
Lit: from a click until the chain of the node has been drawn. Stock pyvis has no search, and no filter by link type that
leaves only that type, so these columns stay empty for it.
"""

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from map_worlds import chain, link
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network
from servers.needs import find_browser

from graphkit.maps import build, chain_map
from graphkit.records import Link, Node

SIZES = (150, 1000, 5000, 20000)
LARGE, SMALL = 1500, 1000
LIMIT = 100.0
REPEATS = 3
ARGUMENTS = ("--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-precise-memory-info")

PAN = """async (move) => {
    const step = eval(move);
    let frames = 0;
    const start = performance.now();
    await new Promise((done) => {
        const next = () => {
            frames += 1;
            step(Math.sin(frames / 20) * 200);
            if (performance.now() - start < 3000) requestAnimationFrame(next);
            else done();
        };
        requestAnimationFrame(next);
    });
    return frames / 3;
}"""
OURS_PAN = PAN.replace(
    "eval(move)", "((at) => (dx) => __gk.stage.moveTo({ ...at, x: at.x + dx }))({ ...__gk.stage.camera })"
)
STOCK_PAN = PAN.replace(
    "eval(move)",
    "((at) => (dx) => network.moveTo({ position: { x: at.x + dx, y: at.y } }))(network.getViewPosition())",
)
OURS_ACTS = """async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    const rest = () => new Promise((done) => setTimeout(done, 500));
    const time = async (act) => {
        await rest();
        const start = performance.now();
        act();
        await drawn();
        return performance.now() - start;
    };
    const middle = (times) => times.sort((one, other) => one - other)[times.length >> 1] ?? null;
    const nodes = __gk.doc.nodes.filter((node) => node.shown && node.edges.length > 3).slice(0, 200);
    const [lit, filter, search] = [[], [], []];
    for (let i = 0; i < 9 && __gk.mode === "nodes"; i += 1) {
        lit.push(await time(() => __gk.select(nodes[(i * 20) % nodes.length])));
    }
    __gk.clear();
    for (let i = 0; i < 4; i += 1) filter.push(await time(() => __gk.toggle("type", "MAKES")));
    for (const text of ["good-19", "华科", "600", "hk"]) {
        const start = performance.now();
        __gk.find(text);
        search.push(performance.now() - start);
    }
    return { lit: middle(lit), filter: middle(filter), search: middle(search) };
}"""
STOCK_USABLE = """(limit) => new Promise((done) => {
    const look = () => {
        const bar = document.getElementById("loadingBar");
        const busy = bar && bar.style.display !== "none";
        if (!busy && window.__drawn) done(performance.now());
        else if (performance.now() > limit * 1000) done(null);
        else requestAnimationFrame(look);
    };
    const hook = () => {
        if (!window.network) { requestAnimationFrame(hook); return; }
        network.on("afterDrawing", () => { window.__drawn = true; });
        network.redraw();
        look();
    };
    hook();
})"""


@dataclass
class Measured:
    """One row of the table; None is not measured or not reached."""

    nodes: int
    drawn_by: str
    kilobytes: float
    made: float
    usable: float | None = None
    frames: float | None = None
    lit: float | None = None
    filter: float | None = None
    search: float | None = None
    heap: float | None = None


def world(count: int) -> tuple[list[Node], list[Link]]:
    """A chain of so many nodes and twice as many links."""
    nodes, links = chain(count * 2 // 5, count - count * 2 // 5)
    rng = random.Random(7)
    ids = [node.id for node in nodes if node.type == "Product"]
    drawn = sum(1 for item in links if item.type != "IN_SEGMENT")
    for i in range(2 * count - drawn):
        part, whole = sorted(rng.sample(range(len(ids)), 2))
        links.append(link("USES", ids[whole], ids[part], id=f"u{i}"))
    return nodes, links


def ours(browser: Browser, count: int, folder: Path, *, full: bool) -> Measured:
    """Our page."""
    nodes, links = world(count)
    start = time.perf_counter()
    drawn = chain_map(build(nodes, links, title="Benchmark", as_of="", full=full))
    path = drawn.save(folder / "ours.html")
    kind = {"nodes": "graphkit", "overview": "graphkit, overview", "full": "graphkit --full"}[
        drawn.document.data["view"]
    ]
    row = Measured(count, kind, path.stat().st_size / 1000, time.perf_counter() - start)
    # Dense maps open as the overview: here their nodes are measured, as stock draws them.
    address = f"{path.as_uri()}{'#view=nodes' if drawn.document.data['view'] == 'nodes' else ''}"
    opens = []
    for _ in range(REPEATS - 1):
        with opened(browser, address) as page:
            opens.append(ready(page))
    with opened(browser, address) as page:
        row.usable = median([*opens, ready(page)])
        row.frames = page.evaluate(OURS_PAN)
        found = page.evaluate(OURS_ACTS)
        row.lit, row.filter, row.search = found["lit"], found["filter"], found["search"]
        row.heap = heap(page)
    return row


def ready(page: Page) -> float:
    """Seconds until our page was drawn, as it says itself."""
    page.wait_for_selector('html[data-ready="1"]', state="attached", timeout=LIMIT * 1000)
    return float(page.evaluate("__gk.timings.ready")) / 1000


def stock(browser: Browser, count: int, folder: Path, *, physics: bool) -> Measured:
    """Pyvis as it comes, or with physics off and our positions given."""
    nodes, links = world(count)
    doc = build(nodes, links, title="Benchmark", as_of="", full=True).data
    start = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    for row in doc["nodes"]:
        place = {} if physics else {"x": row[5], "y": row[6]}
        network.add_node(row[0], label=row[2] or row[3], **place)
    for row in doc["edges"]:
        network.add_edge(doc["nodes"][row[1]][0], doc["nodes"][row[2]][0])
    network.toggle_physics(physics)
    path = folder / "stock.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    kind = "stock pyvis" if physics else "stock pyvis, places given"
    measured = Measured(count, kind, path.stat().st_size / 1000, time.perf_counter() - start)
    opens = []
    for _ in range(0 if physics else REPEATS - 1):
        with opened(browser, path.as_uri()) as page:
            opens.append(page.evaluate(STOCK_USABLE, LIMIT))
    with opened(browser, path.as_uri()) as page:
        opens.append(page.evaluate(STOCK_USABLE, LIMIT))
        if None not in opens:
            measured.usable = median(opens) / 1000
            measured.frames = page.evaluate(STOCK_PAN)
            measured.heap = heap(page)
    return measured


class opened:  # noqa: N801 - reads as a verb
    """A page of its own, closed with its context."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.page = self.context.new_page()
        self.page.set_default_timeout(LIMIT * 3000)
        self.address = address

    def __enter__(self) -> Page:
        self.page.goto(self.address, wait_until="commit", timeout=LIMIT * 1000)
        return self.page

    def __exit__(self, *_raised: object) -> None:
        self.context.close()


def heap(page: Page) -> float:
    """JavaScript memory in use after a collection, in MB."""
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    return float(client.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def rows(browser: Browser, folder: Path, sizes: tuple[int, ...]) -> Iterator[Measured]:
    """Every measurement, ours first."""
    for count in sizes:
        yield ours(browser, count, folder, full=False)
        if count > LARGE:
            yield ours(browser, count, folder, full=True)
        if count <= SMALL:
            yield stock(browser, count, folder, physics=True)
        yield stock(browser, count, folder, physics=False)
        gc.collect()


def written(value: Any, pattern: str) -> str:  # noqa: ANN401 - a number or nothing
    """A cell of the table."""
    return "–" if value is None else format(value, pattern)


HEAD = ("nodes", "drawn by", "file kB", "made s", "usable s", "frames/s", "lit ms", "filter ms", "search ms", "heap MB")
SHAPE = "{:>6} {:<26} {:>8} {:>7} {:>9} {:>9} {:>7} {:>10} {:>10} {:>8}"


def show(row: Measured) -> None:
    """Print one row as soon as it is known."""
    cells = (
        written(row.kilobytes, ",.0f"),
        written(row.made, ".2f"),
        written(row.usable, ".2f") if row.usable is not None else f"> {LIMIT:.0f}",
        written(row.frames, ".0f"),
        written(row.lit, ".0f"),
        written(row.filter, ".0f"),
        written(row.search, ".1f"),
        written(row.heap, ".0f"),
    )
    print(SHAPE.format(f"{row.nodes:,}", row.drawn_by, *cells), flush=True)


def main() -> None:
    """Measure and print; sizes may be given as arguments."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    no_sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    print(SHAPE.format(*HEAD))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS, *no_sandbox])
        found = []
        for row in rows(browser, Path(folder), sizes):
            show(row)
            found.append(row)
        browser.close()
    summarise(found)


def summarise(found: list[Measured]) -> None:
    """The aims, and how they are met."""
    at = {(row.nodes, row.drawn_by): row for row in found}
    mine, loose, given = (at.get((1000, kind)) for kind in ("graphkit", "stock pyvis", "stock pyvis, places given"))
    print()
    if mine and mine.usable and loose and given:
        against = (loose.usable or LIMIT) / mine.usable
        print(f"usable at 1,000 nodes, stock pyvis / ours: {'' if loose.usable else '> '}{against:.0f}x (aim 50x)")
        print(f"the same with places given, stock / ours:  {(given.usable or LIMIT) / mine.usable:.1f}x (aim 1x)")
        print(f"click to lit at 1,000 nodes: {written(mine.lit, '.0f')} ms (aim 50)")
        print(f"file of 1,000 nodes: {mine.kilobytes:,.0f} kB (aim 1,500)")
    whole = at.get((20000, "graphkit --full"))
    if whole:
        print(f"frames at 20,000 nodes and 40,000 links: {written(whole.frames, '.0f')} (aim 60)")


if __name__ == "__main__":
    main()
