"""Draw the pictures of docs/ anew, from the shipped seeds, in a real Chromium.

Each is one that somebody should look at: names that overlap or are cut, empty corners, weak contrast show here first.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from map_worlds import chain
from playwright.sync_api import Browser, sync_playwright
from servers.needs import find_browser

import graphkit
from graphkit.drawing import Look
from graphkit.graph import Graph
from graphkit.maps import ChainMap, build, chain_map
from graphkit.maps.diff import diff
from graphkit.subgraphs import Part, select

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
AT_REST = """async () => {
    let still = 0;
    while (still < 10) {
        await new Promise(requestAnimationFrame);
        still = __gk.stage.isAtRest ? still + 1 : 0;
    }
}"""
"""Wait till the map has stood still for some frames."""
DESK, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True)
class Shot:
    """One picture: which map, how it is opened, on what screen."""

    name: str
    of: str
    fragment: str = ""
    size: tuple[int, int] = DESK
    dark: bool = False


ROUTES = "#company:wus-printed-circuit&to=product:gb200-nvl72"
SHOTS = (
    Shot("map-chain", "chain"),
    Shot("map-chain-en-dark", "chain", "#lang=en", dark=True),
    Shot("map-chain-phone", "chain", size=PHONE),
    Shot("map-chain-nodes", "chain", "#view=nodes"),
    Shot("map-company", "segment", "#company:envicool"),
    Shot("map-company-dark", "company", "#company:nvidia&depth=1", dark=True),
    Shot("map-company-phone", "company", "#company:nvidia&depth=1", PHONE),
    Shot("map-segment", "segment"),
    Shot("map-segment-zh", "segment", "#lang=zh"),
    Shot("map-segment-en-dark", "segment", "#lang=en", dark=True),
    Shot("map-segment-phone-dark", "segment", size=PHONE, dark=True),
    Shot("map-routes", "company", ROUTES),
    Shot("map-routes-phone", "company", ROUTES, PHONE),
    Shot("map-diff", "diff"),
    Shot("map-diff-en-dark", "diff", "#lang=en", dark=True),
    Shot("map-5000", "large"),
    Shot("map-5000-phone", "large", size=PHONE),
    Shot("map-5000-full", "whole"),
)


def main() -> None:
    """Make every picture."""
    DOCS.mkdir(exist_ok=True)
    no_sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        maps = {name: drawn.save(Path(folder) / f"{name}.html") for name, drawn in _maps(Path(folder)).items()}
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--disable-gpu", *no_sandbox])
        for shot in SHOTS:
            _take(browser, shot, maps[shot.of])
            print(f"docs/{shot.name}.png")
        browser.close()


def _maps(folder: Path) -> dict[str, ChainMap]:
    with graphkit.open(f"embedded:{folder / 'graph'}") as graph:
        graph.load(ROOT / "seeds")
        segment = graph.map(segment="segment:liquid-cooling")
        found = {
            "chain": graph.map(look=Look("AI算力供应链 AI compute supply chain")),
            "company": graph.map("company:nvidia", hops=1),
            "segment": segment,
            "diff": _difference(graph),
        }
    nodes, links = chain(2000, 3000)
    found["large"] = chain_map(build(nodes, links, title="5,000 nodes", as_of=""))
    found["whole"] = chain_map(build(nodes, links, title="5,000 nodes, all drawn", as_of="", full=True))
    return found


def _difference(graph: Graph) -> ChainMap:
    """One segment without one report, and with it."""
    chosen = select(graph.store, Part(segment="segment:gpu"))
    before = [link for link in chosen.links if link.properties["source"] != "source:huaxin-electronics-2025-12-24"]
    found = diff((chosen.nodes, before), (chosen.nodes, chosen.links))
    title = "GPU：12月研报之后 What changed"
    return chain_map(
        build(
            found.nodes, found.links, title=title, as_of="", highlight=found.marks, unlinked=False, named=chosen.named
        )
    )


def _take(browser: Browser, shot: Shot, file: Path) -> None:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if shot.dark else "light"
    )
    page = context.new_page()
    page.goto(f"{file.as_uri()}{shot.fragment}")
    page.wait_for_selector('html[data-ready="1"]', state="attached")
    page.evaluate(AT_REST)
    page.screenshot(path=DOCS / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
