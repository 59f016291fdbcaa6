"""The page keeps to itself: no request, no script but its own, and text is never markup."""

from typing import TYPE_CHECKING

from map_worlds import chain
from playwright.sync_api import Browser

from browser.conftest import OpenMap
from graphkit.maps import MapDoc, build, chain_map
from graphkit.records import Link, Node

if TYPE_CHECKING:
    from graphkit.values import Value

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<a href='javascript:alert(4)'>href</a>",
    '"onmouseover=alert(5) x="',
    "'><svg onload=alert(6)>",
    "{{7*7}}{% raw %}",
    "</style><style>*{display:none}</style>",
    "<!--",
    "]]>",
    "\u2028\u2029alert(7)",
    "javascript:alert(8)",
    "&lt;b&gt;&amp;",
)
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(2)</script>",
    "//evil.example/x",
    "https://user:pass@evil.example/",
    "file:///etc/passwd",
    "https://",
    'https://example.com/"onmouseover="alert(3)',
    "https://example.com/report?id=1#p2",
)


def hostile() -> MapDoc:
    """A map with a payload in every text that it shows."""
    nodes: list[Node] = []
    links: list[Link] = []
    for i, text in enumerate(PAYLOADS):
        names: dict[str, Value] = {
            "name_zh": text,
            "name_en": text,
            "aliases": (text,),
            "country": text,
            "added": (text,),
        }
        nodes.append(Node("Company", f"company:{i}{text}", {**names, "tickers": (text,), "kind": text}))
        nodes.append(Node("Product", f"product:{i}{text}", {**names, "level": text if i % 2 else "module"}))
        nodes.append(Node("Segment", f"segment:{i}{text}", names))
        nodes.append(
            Node(
                "Source",
                f"source:{i}{text}",
                {"title": text, "publisher": text, "published": text, "url": ADDRESSES[i % 8]},
            )
        )
    for i, text in enumerate(PAYLOADS):
        firm, good, segment, source = (node.id for node in nodes[i * 4 : i * 4 + 4])
        other = nodes[(i * 4 + 4) % len(nodes)].id
        said: dict[str, Value] = {
            "source": source,
            "locator": text,
            "note": text,
            "certainty": text,
            "valid_from": text,
            "valid_to": text,
        }
        links.append(
            Link("MAKES", f"m{i}", firm, good, {**said, "role": text, "status": text, "url": ADDRESSES[i % 8]})
        )
        links.append(
            Link(
                "SUPPLIES",
                f"s{i}",
                firm,
                other,
                {**said, "product": text, "currency": text, "amount": 1.0, "unit": text},
            )
        )
        links.append(Link(f"ODD {text}", f"o{i}", firm, other, {**said}))
        links.append(Link("IN_SEGMENT", f"i{i}", firm, segment, {**said, "reason": text}))
        links.append(
            Link("REPORTS", f"r{i}", source, firm, {**said, "metric": text, "period": text, "text": text, "unit": text})
        )
    text = "".join(PAYLOADS)
    return build(
        nodes, links, title=text, as_of=text, query=text, highlight={nodes[0].id: PAYLOADS[0], "s1": PAYLOADS[2]}
    )


def test_opening_asks_for_nothing_but_the_file(open_map: OpenMap) -> None:
    """The only request on opening, choosing and filtering is the file itself."""
    opened = open_map(build(*chain(), title="图", as_of="2025-06-30"))

    opened.select("company:firm-3")
    opened.ask("gk.toggle('type', 'MAKES')")

    assert opened.requests == [opened.file.as_uri()]


def test_text_is_never_markup(open_map: OpenMap) -> None:
    """With payloads in every field, choosing every node and link runs nothing and adds no element."""
    opened = open_map(hostile())

    opened.ask("gk.doc.nodes.forEach((node) => { gk.select(node); gk.hover = node; gk.stage.redraw(); })")
    opened.ask("gk.doc.edges.forEach((edge) => gk.selectLink(edge))")
    opened.ask("gk.voice.openTable()")
    opened.frames(12)

    assert opened.ask("document.scripts.length") == 3
    assert opened.ask("document.querySelectorAll('img, iframe, object, svg, style').length") == 1
    assert opened.file.read_text(encoding="utf-8").count("</script") == 3


def test_only_web_addresses_become_links(open_map: OpenMap) -> None:
    """Of eight addresses the two that are http with a host are links, and those hold nothing but an address."""
    opened = open_map(hostile())

    found = opened.ask(
        "gk.doc.nodes.flatMap((node) => { gk.select(node); return [...document.querySelectorAll('#panel a')]"
        ".map((link) => [link.href, link.getAttributeNames().sort().join()]); })"
    )

    assert {tuple(item) for item in found} == {
        ("https://example.com/%22onmouseover=%22alert(3)", "href,rel,target"),
        ("https://example.com/report?id=1#p2", "href,rel,target"),
    }


def test_the_policy_stops_what_is_injected(browser: Browser, open_map: OpenMap) -> None:
    """An inline script, an onerror handler, a remote picture and a fetch are each refused by the browser."""
    page_file = open_map(build(*chain(6, 10), title="图", as_of="")).file
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector('html[data-ready="1"]', state="attached")

    refused = page.evaluate(
        """async () => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.__ran = 'script'";
            document.body.append(script);
            const box = document.createElement("div");
            box.innerHTML = "<img src='https://example.invalid/x' onerror='window.__ran = 1'><b style='top:0'>x</b>";
            document.body.append(box);
            await fetch("https://example.invalid/").catch(() => {});
            while (new Set(refused).size < 5) await new Promise(requestAnimationFrame);
            return [window.__ran ?? null, ...new Set(refused)].map(String).sort();
        }"""
    )
    context.close()

    assert refused == ["connect-src", "img-src", "null", "script-src-attr", "script-src-elem", "style-src-attr"]


def test_the_notebook_frame_draws(browser: Browser) -> None:
    """In a sandboxed frame, without an origin, storage or history, the map still draws and can be used."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_content(chain_map(build(*chain(6, 10), title="图", as_of=""))._repr_html_())

    frame = page.frame_locator("iframe")
    frame.locator('html[data-ready="1"]').wait_for(state="attached", timeout=20000)
    frame.locator("#search").fill("firm-1")
    frame.locator("#search").press("Enter")

    assert frame.locator("#panel .second").inner_text() == "firm-1"
    assert faults == []
    context.close()
