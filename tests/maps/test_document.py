"""The map as a document: what is merged, placed, coloured, left out, and how it is written down."""

import json
import random
from itertools import zip_longest

import pytest
from map_worlds import OLDER, SEGMENTS, SOURCE, UNDATED, chain, company, link, product

from graphkit.errors import InputError
from graphkit.maps import MapDoc, Omitted, build
from graphkit.maps.rows import EDGE_COLUMNS, NODE_COLUMNS
from graphkit.records import Link, Node

A, B = company("a", "甲公司"), company("b", "乙公司")
SOURCES = [SOURCE, OLDER, UNDATED]


def doc(nodes: list[Node], links: list[Link], **options: object) -> MapDoc:
    """The map of a small world."""
    return build([*nodes, *SOURCES], links, title="图", as_of="2025-06-30", **options)  # type: ignore[arg-type]


def nodes_of(found: MapDoc) -> list[dict[str, object]]:
    """The nodes of a document by column."""
    return [dict(zip_longest(NODE_COLUMNS, row)) for row in found.data["nodes"]]


def edges_of(found: MapDoc) -> list[dict[str, object]]:
    """The links of a document by column."""
    return [dict(zip_longest(EDGE_COLUMNS, row)) for row in found.data["edges"]]


def test_claims_of_one_fact_are_one_link() -> None:
    """Two sources that say the same give one link with two claims, the newer source first."""
    links = [
        link("SUPPLIES", A, B, source=OLDER.id),
        link("SUPPLIES", A, B, source=SOURCE.id),
        link("SUPPLIES", A, B, source=UNDATED.id),
    ]

    found = doc([A, B], links)

    assert [[found.data["sources"][claim[0]][1] for claim in edge["claims"]] for edge in edges_of(found)] == [  # type: ignore[attr-defined]
        ["年中策略", "Annual report", "Call notes"]
    ]


def test_different_links_stay_apart() -> None:
    """Type, product, role and direction each make a fact of its own."""
    uqd = product("uqd")
    links = [
        link("SUPPLIES", A, B),
        link("SUPPLIES", A, B, product=uqd.id),
        link("SUPPLIES", A, B, role="foundry"),
        link("SUPPLIES", B, A),
        link("INVESTS_IN", A, B),
    ]

    assert len(edges_of(doc([A, B, uqd], links))) == 5


def test_links_without_direction_merge_both_ways() -> None:
    """A competes with B is B competes with A."""
    assert len(edges_of(doc([A, B], [link("COMPETES_WITH", A, B), link("COMPETES_WITH", B, A)]))) == 1


def test_claims_that_differ_are_disputed() -> None:
    """A fact whose sources give different shares says so, and shows the newest."""
    links = [link("SUPPLIES", A, B, share=0.3, source=OLDER.id), link("SUPPLIES", A, B, share=0.5)]

    edge = edges_of(doc([A, B], links))[0]

    assert (edge["share"], edge["disputed"]) == (0.5, ["share"])


def test_the_order_of_input_does_not_matter() -> None:
    """Shuffled nodes and links give the same text."""
    nodes, links = chain()
    shuffled = (nodes[:], links[:])
    for part in shuffled:
        random.Random(3).shuffle(part)

    assert doc(nodes, links).json == doc(*shuffled).json


def test_json_round_trips_and_is_safe_in_a_script() -> None:
    """What ends a script element or a line of JavaScript is escaped, and nothing is lost."""
    nasty = company("x", "</script><!--\u2028&\u2029")

    found = doc([nasty], [])

    assert not set("<>&\u2028\u2029") & set(found.json)
    assert json.loads(found.json) == json.loads(json.dumps(found.data))


def test_a_number_that_is_not_finite_is_refused() -> None:
    """The message names what holds it."""
    with pytest.raises(InputError, match="company:a"):
        _ = doc([A, B], [link("SUPPLIES", A, B, share=float("nan"))]).json


def test_text_that_is_not_seen_is_dropped() -> None:
    """Bidi overrides, control characters and lone surrogates reach no field."""
    hidden = "\u202e\x00\u200b\ud800"
    node = company(
        "x", f"名{hidden}字", aliases=(f"a{hidden}",), tickers=(f"1{hidden}",), country=f"C{hidden}N", kind=f"k{hidden}"
    )
    links = [
        link(
            "SUPPLIES", node, B, note=f"n{hidden}", locator=f"l{hidden}", role=f"r{hidden}", valid_from=f"2025{hidden}"
        )
    ]

    text = build(
        [node, B, Node("Source", SOURCE.id, {"title": f"t{hidden}"})], links, title=f"T{hidden}", as_of="", query=hidden
    ).json

    assert not {"\u202e", "\x00", "\u200b", "\ud800"} & set(text)
    assert "\\u0000" not in text


def test_public_maps_hold_no_notes() -> None:
    """Notes of claims and of reported numbers stay out."""
    links = [
        link("SUPPLIES", A, B, note="secret-1"),
        link("REPORTS", SOURCE, A, metric="price", value=1.0, note="secret-2"),
    ]

    assert "secret" in doc([A, B], links).json
    assert "secret" not in doc([A, B], links, public=True).json


def test_products_stand_at_their_level_and_makers_beside_them() -> None:
    """Columns follow the levels; who only buys stands right of them, who only invests further right."""
    copper, board, server = product("copper", level="material"), product("board"), product("server", level="system")
    buyer, fund, ids = company("buyer"), company("fund"), Node("Company", "lei:5493", {"name_en": "Any id"})
    links = [
        link("MAKES", A, copper),
        link("MAKES", B, board),
        link("USES", buyer, server),
        link("USES", ids, board),
        link("INVESTS_IN", fund, B),
    ]

    found = doc([A, B, copper, board, server, buyer, fund, ids], links)

    tiers = {node["id"]: found.data["tiers"][node["tier"]][0] for node in nodes_of(found)}
    assert tiers == {
        "company:a": "material",
        "product:copper": "material",
        "company:b": "component",
        "product:board": "component",
        "product:server": "system",
        "company:buyer": "buyer",
        "lei:5493": "buyer",
        "company:fund": "investor",
    }


def test_companies_alone_stand_by_the_longest_way() -> None:
    """Without products the flow of goods gives the columns, and a ring shares one."""
    c, d = company("c"), company("d")
    links = [link("SUPPLIES", A, B), link("SUPPLIES", B, c), link("SUPPLIES", c, B), link("SUPPLIES", c, d)]

    found = doc([A, B, c, d], links)

    assert [(node["id"], node["tier"]) for node in nodes_of(found)] == [
        ("company:a", 0),
        ("company:b", 1),
        ("company:c", 1),
        ("company:d", 2),
    ]


def test_what_is_left_out_is_said() -> None:
    """Links to nodes that are not there, unlinked nodes, and what the caller left out are counted."""
    links = [link("SUPPLIES", A, B), link("SUPPLIES", A, "company:far")]

    found = doc([A, B, company("lonely")], links, unlinked=False, omitted=Omitted(7, 2, "too many"))

    assert found.data["omitted"] == {"unlinked": 1, "nodes": 7, "links": 3, "reason": "too many"}
    assert found.size == (2, 1)


def test_colour_comes_from_a_segment_or_from_what_is_made() -> None:
    """A node has its own segment's colour; a maker without one has that of its product; the claim tells them apart."""
    board = product("board")
    links = [link("IN_SEGMENT", board, SEGMENTS[0]), link("MAKES", A, board)]

    found = build([A, B, board, *SEGMENTS, *SOURCES], links, title="", as_of="")

    assert [(node["id"], node["segments"], node["colour"]) for node in nodes_of(found)] == [
        ("company:a", [], 0),
        ("company:b", [], -1),
        ("product:board", [0], 0),
    ]


def test_ids_that_look_like_numbers_stay_texts() -> None:
    """Tickers and ids with leading zeros are four different nodes."""
    names = ["000001", "0050.TW", "1", "600519"]
    nodes = [Node("Company", name, {"name_en": name, "tickers": (name,)}) for name in names]

    assert [node["id"] for node in nodes_of(doc(nodes, []))] == names


def test_the_graph_is_left_as_it_was() -> None:
    """Properties called source, to, id, title, size or weight do no harm and are not changed."""
    odd: dict[str, str | int] = {
        "source": SOURCE.id,
        "to": "x",
        "id": "y",
        "title": "z",
        "size": 3,
        "weight": 2,
        "certainty": "stated",
    }
    given = Link("SUPPLIES", "claim", A.id, B.id, odd)

    doc([A, B], [given])

    assert odd == {
        "source": SOURCE.id,
        "to": "x",
        "id": "y",
        "title": "z",
        "size": 3,
        "weight": 2,
        "certainty": "stated",
    }


@pytest.mark.parametrize(
    ("count", "options", "view", "opens"),
    [
        (3, {}, "nodes", "nodes"),
        (500, {}, "nodes", "nodes"),
        (501, {}, "nodes", "overview"),
        (501, {"focus": ["company:7"]}, "nodes", "nodes"),
        (501, {"highlight": {"company:7": "lost"}}, "nodes", "nodes"),
        (1501, {}, "overview", "overview"),
        (1501, {"full": True}, "full", "nodes"),
    ],
)
def test_the_view_is_chosen_by_size(count: int, options: dict[str, object], view: str, opens: str) -> None:
    """Nodes can be drawn up to 1,500, or all if asked for; more than can be read open as the overview."""
    found = doc([company(str(i)) for i in range(count)], [], **options).data

    assert (found["view"], found["opens"]) == (view, opens)


def test_what_is_spoken_of_is_named_without_being_drawn() -> None:
    """The product of a supply has a name in the panel although it has no place on the map."""
    found = doc(
        [A, B], [link("SUPPLIES", A, B, product="product:uqd")], named=[product("uqd", "快接头"), product("other")]
    )

    assert found.data["named"] == {"product:uqd": ["快接头", "uqd"]}
    assert found.size == (2, 1)
