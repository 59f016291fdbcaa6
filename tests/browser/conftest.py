"""Pages of maps opened in a real Chromium, watched for all that a page must not do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from graphkit.maps import MapDoc, chain_map

SIZE = {"width": 1280, "height": 800}
WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.__violations.push(event.violatedDirective));
window.__backs = 0;
window.addEventListener("popstate", () => { window.__backs += 1; });
"""

LOOK = "const look = () => { if (CONDITION) done(); else requestAnimationFrame(look); }; look();"


@dataclass
class Opened:
    """An open page, and what it has done."""

    page: Page
    file: Path
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, expression: str, argument: object = None) -> Any:  # noqa: ANN401 - whatever the page answers
        """The value of an expression in the page; `gk` is the state of the map."""
        return self.page.evaluate(f"(argument) => {{ const gk = window.__gk; return ({expression}); }}", argument)

    def until(self, expression: str, argument: object = None) -> None:
        """Wait, frame by frame, till an expression in the page is true."""
        self.ask(f"new Promise((done) => {{ {LOOK.replace('CONDITION', expression)} }})", argument)

    def frames(self, number: int) -> None:
        """Wait till the page has drawn so many frames."""
        self.ask(
            "(async () => { for (let i = 0; i < argument; i += 1) await new Promise(requestAnimationFrame); })()",
            number,
        )

    def rest(self) -> None:
        """Wait till the camera stands still and all is painted."""
        self.frames(2)
        self.until("gk.stage.isAtRest")

    def back(self) -> None:
        """Press the browser's back button, and wait till the page has followed."""
        before = self.ask("window.__backs")
        self.page.go_back()
        self.until("window.__backs > argument", before)

    def select(self, node: str) -> None:
        """Choose a node by id."""
        self.ask("gk.select(gk.doc.byId.get(argument))", node)

    def at(self, node: str) -> tuple[float, float]:
        """Where a node stands on the screen."""
        x, y = self.ask(
            "[gk.doc.byId.get(argument)].map(({ px, py }) => gk.stage.camera.toScreen(px, py))[0]"
            ".map((at, axis) => at + document.getElementById('stage').getBoundingClientRect()[axis ? 'top' : 'left'])",
            node,
        )
        return x, y

    def click(self, node: str, **options: Any) -> None:  # noqa: ANN401 - what Playwright takes
        """Click a node with the mouse."""
        if options.get("shift"):
            self.page.keyboard.down("Shift")
        self.rest()
        self.tap(*self.at(node))
        if options.get("shift"):
            self.page.keyboard.up("Shift")

    def tap(self, x: float, y: float) -> None:
        """Click a point, and wait till the page has answered: vis-network waits for a second click before it does."""
        self.rest()
        self.ask("gk.timings.tap = null")
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)
        self.until("gk.timings.tap !== null")
        self.rest()

    def lit(self, side: str) -> set[str]:
        """Ids of the nodes that are lit on a side."""
        return set(
            self.ask("[...gk.lit.nodes].filter(([, item]) => item.side === argument).map(([node]) => node.id)", side)
        )

    def text(self, selector: str) -> str:
        """The text that a part of the page shows."""
        return self.page.inner_text(selector)


OpenMap = Callable[..., Opened]


@pytest.fixture
def open_map(browser: Browser, tmp_path: Path) -> Iterator[OpenMap]:
    """Open the page of a document; at the end, any request, fault, dialog or violation fails the test."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def open_(doc: MapDoc, fragment: str = "", **options: Any) -> Opened:  # noqa: ANN401 - what Playwright takes
        file = chain_map(doc).save(tmp_path / f"map-{len(pages)}.html")
        contexts.append(browser.new_context(**{"viewport": SIZE, "accept_downloads": True, **options}))
        opened = Opened(contexts[-1].new_page(), file)
        pages.append(opened)
        _watch(opened)
        opened.page.goto(f"{file.as_uri()}{fragment}")
        opened.page.wait_for_selector('html[data-ready="1"]', state="attached", timeout=20000)
        return opened

    yield open_
    problems = [problem for opened in pages for problem in _problems(opened)]
    for context in contexts:
        context.close()
    assert problems == []


def _watch(opened: Opened) -> None:
    page = opened.page
    page.add_init_script(WATCH)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("pageerror", lambda error: opened.faults.append(f"error: {error}"))
    page.on("dialog", lambda dialog: _dismiss(opened, dialog))
    page.on("console", lambda message: _note(opened, message))


def _dismiss(opened: Opened, dialog: Dialog) -> None:
    opened.faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _note(opened: Opened, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        opened.faults.append(f"console: {message.text}")


def _problems(opened: Opened) -> list[str]:
    own = {opened.file.as_uri()}
    asked = [url for url in opened.requests if url.split("#")[0] not in own and not url.startswith(("blob:", "data:"))]
    return [*opened.faults, *asked, *opened.ask("window.__violations")]
