"""What is lit and what is hidden: upstream and downstream, routes, filters."""

import networkx as nx
import pytest
from map_worlds import SOURCE, chain, company, link, product

from browser.conftest import Opened, OpenMap
from graphkit.maps import MapDoc, build

BACKWARD = {"USES"}
FLOWING = {"SUPPLIES", "MAKES", "GOES_INTO", "USES", "TYPE_OF"}


def tangled() -> MapDoc:
    """A chain with a ring, a diamond, a link to itself, a hidden type, and makers of the same product."""
    firms = [company(name) for name in "abcdefgh"]
    goods = [
        product(name, level=level)
        for name, level in (("p", "component"), ("q", "module"), ("r", "system"), ("s", "system"))
    ]
    a, b, c, d, e, f, g, h = firms
    p, q, r, s = goods
    links = [
        *(link("SUPPLIES", one, other) for one, other in ((a, b), (b, c), (c, a), (b, d), (c, d), (d, e), (e, e))),
        *(link("MAKES", one, other) for one, other in ((a, p), (f, p), (g, q), (h, q), (e, r))),
        *(link("GOES_INTO", one, other) for one, other in ((p, q), (q, r), (q, s), (r, s), (s, r))),
        link("USES", h, p, certainty="planned"),
        link("TYPE_OF", s, r),
        link("INVESTS_IN", f, g),
        link("COMPETES_WITH", g, h),
    ]
    return build([*firms, *goods, SOURCE], links, title="图", as_of="")


def flow(opened: Opened) -> "nx.MultiDiGraph[str]":
    """The visible flow of goods as the page has it, for an oracle that shares no code with it."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(opened.ask("gk.doc.nodes.map((node) => node.id)"))
    for a, b, kind in opened.ask(
        "gk.doc.edges.filter((edge) => edge.shown).map((edge) => [edge.from.id, edge.to.id, edge.kind.id])"
    ):
        if kind in FLOWING:
            graph.add_edge(*((b, a) if kind in BACKWARD else (a, b)), key=kind)
    return graph


def expected_upstream(graph: "nx.MultiDiGraph[str]", node: str, depth: int) -> set[str]:
    """All within some steps against the flow; a company's own products lead on, their other makers do not count."""
    own = (
        {b for _, b, kind in graph.out_edges(node, keys=True) if kind == "MAKES"}
        if node.startswith("company")
        else set()
    )
    seen, frontier = {node, *own}, {node, *own}
    for _ in range(depth):
        steps = {
            a for b in frontier for a, _, kind in graph.in_edges(b, keys=True) if not (kind == "MAKES" and b in own)
        }
        frontier = steps - seen
        seen |= frontier
    return seen - {node, *own}


@pytest.mark.parametrize("off", [(), ("USES",), ("SUPPLIES", "TYPE_OF")])
@pytest.mark.parametrize("depth", ["1", "2", "all"])
def test_upstream_and_downstream_are_what_the_flow_says(open_map: OpenMap, depth: str, off: tuple[str, ...]) -> None:
    """For every node, what is lit equals a walk over the visible links by networkx, in rings and diamonds too."""
    opened = open_map(tangled())
    for kind in off:
        opened.ask("gk.toggle('type', argument)", kind)
    opened.ask("gk.setDepth(argument)", depth)
    graph = flow(opened)
    steps = len(graph) if depth == "all" else int(depth)

    for node in graph:
        found = opened.ask(
            "(({ up, down }) => [up, down].map(({ nodes }) => [...nodes.keys()].map((node) => node.id)))"
            "(gk.reach(gk.doc.byId.get(argument)))",
            node,
        )
        downstream = set(nx.single_source_shortest_path_length(graph, node, cutoff=steps)) - {node}
        assert (set(found[0]), set(found[1])) == (expected_upstream(graph, node, steps), downstream), node


def test_a_click_lights_the_chain_and_veils_the_rest(open_map: OpenMap) -> None:
    """A real click on a node selects it; upstream and downstream are lit on their sides."""
    opened = open_map(tangled())

    opened.click("product:q")

    assert opened.ask("gk.selected.id") == "product:q"
    assert {"company:g", "company:h", "product:p"} <= opened.lit("up")
    assert {"product:r", "product:s"} <= opened.lit("down")
    assert opened.ask("gk.view.fade(gk.doc.byId.get('company:e'))") == pytest.approx(0.13)


@pytest.mark.parametrize("first", ["click", "Escape", "reset"])
def test_clearing_nothing_does_no_harm(open_map: OpenMap, first: str) -> None:
    """A click on empty canvas, Escape or Reset before anything was chosen, and twice after, throws nothing."""
    opened = open_map(tangled())

    def act() -> None:
        if first == "click":
            opened.tap(262, 720)
        elif first == "Escape":
            opened.page.keyboard.press("Escape")
        else:
            opened.page.click("#reset")

    act()
    opened.select("product:q")
    act()
    act()

    assert opened.ask("gk.selected") is None


def test_two_nodes_show_the_routes_between_them(open_map: OpenMap) -> None:
    """A second node picked with Shift gives the shortest routes and those one step longer, with their evidence."""
    opened = open_map(tangled())

    opened.click("company:a")
    opened.click("company:d", shift=True)

    routes = opened.ask("gk.routes.found.map((route) => route.map((step) => step.to.id))")
    assert routes == [["company:b", "company:d"], ["company:b", "company:c", "company:d"]]
    assert opened.page.locator("#panel .route").count() == 2
    assert opened.page.locator("#panel .route").first.locator(".footnote").count() == 2
    assert opened.ask("gk.view.fade(gk.doc.byId.get('company:e'))") < 0.2


def test_routes_against_the_flow_and_beside_it(open_map: OpenMap) -> None:
    """Where goods flow only the other way that way is shown; where none flow, any links, and the panel says so."""
    opened = open_map(tangled())

    opened.ask("gk.selectPair(gk.doc.byId.get('product:r'), gk.doc.byId.get('company:f'))")
    against = opened.ask("[gk.routes.directed, gk.routes.found[0].map((step) => step.to.id)]")
    opened.ask("gk.selectPair(gk.doc.byId.get('company:f'), gk.doc.byId.get('company:h'))")
    beside = opened.ask("[gk.routes.directed, gk.routes.found[0].length]")

    assert against == [True, ["product:p", "product:q", "product:r"]]
    assert beside[0] is True
    opened.ask("gk.selectPair(gk.doc.byId.get('company:g'), gk.doc.byId.get('company:f'))")
    assert opened.ask("gk.routes.directed") is False
    assert "disregard direction" in opened.text("#panel")


def visible(opened: Opened) -> tuple[int, int]:
    """How many nodes and links are shown."""
    found = opened.ask(
        "[gk.doc.nodes.filter((node) => node.shown).length, gk.doc.edges.filter((edge) => edge.shown).length]"
    )
    return found[0], found[1]


def test_a_filter_leaves_only_what_it_names(open_map: OpenMap) -> None:
    """Only MAKES: every visible link is one. Only the first tier: its exact count. Twice the same switch: as before."""
    doc = build(*chain(), title="图", as_of="")
    opened = open_map(doc)
    before = visible(opened)

    opened.page.locator("[data-dimension=type][data-value=MAKES]").locator("xpath=ancestor::li").hover()
    opened.page.locator("li:has([data-value=MAKES]) .only").click()
    kinds = opened.ask("[...new Set(gk.doc.edges.filter((edge) => edge.shown).map((edge) => edge.kind.id))]")
    opened.page.locator("[data-group=type] .every").click()
    between = visible(opened)
    opened.ask("gk.setOff('tier', gk.doc.tiers.slice(1).map((tier) => tier.id))")
    first_tier = visible(opened)[0]
    opened.ask("gk.setOff('tier', [])")
    for _ in range(2):
        opened.ask("gk.toggle('country', 'CN')")

    assert kinds == ["MAKES"]
    assert between == before
    assert first_tier == sum(1 for row in doc.data["nodes"] if row[4] == 0)
    assert visible(opened) == before


def test_filters_by_certainty_source_country_and_day(open_map: OpenMap) -> None:
    """A link stays while one of its claims passes; unknown is a choice of its own; an unknown day always holds."""
    a, b, c = company("a", country="CN"), company("b"), company("c", country="US")
    links = [
        link("SUPPLIES", a, b, certainty="planned", valid_from="2025-06"),
        link("SUPPLIES", a, b, certainty="stated", valid_to="2024", source=None),
        link("SUPPLIES", b, c, valid_from="2026"),
        link("SUPPLIES", a, c),
    ]
    opened = open_map(build([a, b, c, SOURCE], links, title="图", as_of=""))

    def shown() -> set[str]:
        return set(
            opened.ask(
                "gk.doc.edges.filter((edge) => edge.shown).map((edge) => edge.from.id.slice(-1) + edge.to.id.slice(-1))"
            )
        )

    steps = {}
    for name, switch in {
        "no stated": "gk.setOff('certainty', ['stated'])",
        "all again": "gk.setOff('certainty', [])",
        "no unsourced": "gk.setOff('source', ['-'])",
        "only unsourced": "gk.setOff('source', ['source:a'])",
        "sources": "gk.setOff('source', [])",
        "no unknown country": "gk.setOff('country', ['-'])",
        "countries": "gk.setOff('country', [])",
        "2024-12-31": "gk.setDay('2024-12-31')",
        "2025-01-01": "gk.setDay('2025-01-01')",
        "2025-06-01": "gk.setDay('2025-06-01')",
        "2026-01-01": "gk.setDay('2026-01-01')",
    }.items():
        opened.ask(switch)
        steps[name] = shown()

    assert steps == {
        "no stated": {"ab"},
        "all again": {"ab", "bc", "ac"},
        "no unsourced": {"ab", "bc", "ac"},
        "only unsourced": {"ab"},
        "sources": {"ab", "bc", "ac"},
        "no unknown country": {"ac"},
        "countries": {"ab", "bc", "ac"},
        "2024-12-31": {"ab", "ac"},
        "2025-01-01": {"ac"},
        "2025-06-01": {"ab", "ac"},
        "2026-01-01": {"ab", "bc", "ac"},
    }


def test_only_this_chain_is_a_map_of_its_own(open_map: OpenMap) -> None:
    """The chain of a node alone, laid out anew; the way back gives the whole map."""
    opened = open_map(build(*chain(), title="图", as_of=""))
    opened.select("product:good-30")
    opened.ask("gk.setDepth('1')")
    lit = opened.ask("gk.lit.nodes.size")

    opened.page.click("[data-act=only]")
    alone = visible(opened)[0]
    opened.page.click("#back")
    opened.page.click("[data-view=nodes]")

    assert alone == lit
    assert visible(opened)[0] == 150


def test_marked_nodes_and_links_are_listed_and_ringed(open_map: OpenMap) -> None:
    """Words of a highlight list stand in the legend with counts, and switch what they mark."""
    a, b = company("a"), company("b")
    one, two = link("SUPPLIES", a, b, id="one"), link("OWNS", a, b, id="two")
    doc = build(
        [a, b, SOURCE], [one, two], title="图", as_of="", highlight={"one": "new", "two": "gone", a.id: "at_risk"}
    )
    opened = open_map(doc)

    assert opened.ask(
        "[...document.querySelectorAll('[data-group=mark] li')].map((item) => item.innerText.split('\\n')[0])"
    ) == [
        "受影响 at risk",
        "消失 gone",
        "新增 new",
    ]
    opened.ask("gk.toggle('mark', 'gone')")
    assert opened.ask("gk.doc.edges.filter((edge) => edge.shown).map((edge) => edge.mark)") == ["new"]
    opened.ask("gk.toggle('mark', 'at_risk')")
    assert visible(opened) == (1, 0)
