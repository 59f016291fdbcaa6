"""The JSON Schema of the map document: every kind of map keeps to it, and it says no to what is not one."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from map_worlds import chain

from graphkit import open as open_graph
from graphkit.config import data_folder
from graphkit.drawing import Look
from graphkit.graph import Graph
from graphkit.maps import SCHEMA, ChainMap, build
from graphkit.maps.facts import VALUES
from graphkit.maps.palette import MARKS
from graphkit.maps.words import CERTAINTIES, FLOWS, TIERS
from graphkit.model import MODEL
from graphkit.provenance import CERTAINTY

CONTRACT = json.loads(SCHEMA.read_text("utf-8"))
VALIDATOR = Draft202012Validator(CONTRACT)
MORE = (
    "subject,link,object,product,share,certainty,source,locator\n"
    "胜宏科技,SUPPLIES,英伟达,PCB,0.31,stated,source:minsheng-2025-midyear,call of today\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The shipped seeds, and a second load."""
    folder = tmp_path_factory.mktemp("contract")
    (folder / "more.csv").write_text(MORE, "utf-8")
    with open_graph(f"embedded:{folder / 'graph'}") as opened:
        opened.load(data_folder("seeds"))
        opened.load(folder / "more.csv")
        yield opened


def _difference(graph: Graph) -> ChainMap:
    first, second = sorted(map(str, graph.store.table("Load", ["id"]).columns["id"]))
    return graph.map_difference(first, second)


KINDS: dict[str, Callable[[Graph], ChainMap]] = {
    "whole": lambda graph: graph.map(),
    "focus": lambda graph: graph.map("英伟达", hops=1),
    "upstream": lambda graph: graph.map("GB300 NVL72", direction="upstream"),
    "downstream": lambda graph: graph.map("台积电", direction="downstream"),
    "segment": lambda graph: graph.map(segment="segment:liquid-cooling"),
    "routes": lambda graph: graph.map(between=("沪电股份", "GB200 NVL72")),
    "query": lambda graph: graph.map(answer=graph.query("exposed_to_product", product="冷板")),
    "difference": _difference,
    "highlight": lambda graph: graph.map("英伟达", hops=1, look=Look(marks={"company:tsmc": "at_risk"})),
    "public": lambda graph: graph.map("英伟达", hops=1, look=Look(public=True)),
    "one day": lambda graph: graph.map("英伟达", hops=1, as_of="2025-06-30"),
    "full": lambda graph: graph.map(look=Look(full=True)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_map_keeps_the_contract(graph: Graph, kind: str) -> None:
    """What is written is what the schema describes, to the last cell."""
    document = json.loads(KINDS[kind](graph).document.json)

    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert document["nodes"]


@pytest.mark.parametrize("options", [{}, {"segments": True}, {"full": True}, {"group_by_segment": True}])
def test_made_up_maps_keep_the_contract(options: dict[str, Any]) -> None:
    """A large map, one of nothing, one with segments as nodes."""
    for nodes, links in (chain(600, 1000), ([], [])):
        document = json.loads(build(nodes, links, title="图", as_of="", **options).json)

        assert [error.message for error in VALIDATOR.iter_errors(document)] == []


DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "a part is missing": lambda document: document.pop("sources"),
    "a part is unknown": lambda document: document.update(extra=1),
    "another version": lambda document: document.update(v=2),
    "another way to open": lambda document: document.update(opens="full"),
    "a column is missing": lambda document: document["node_columns"].pop(),
    "a node without a place": lambda document: document["nodes"].append(["company:x", "company", "", "x", 0]),
    "a node with a cell too many": lambda document: document["nodes"][0].extend([""] * 20),
    "a place that is no number": lambda document: document["nodes"][0].__setitem__(5, "12"),
    "an end that is an id": lambda document: document["edges"][0].__setitem__(1, "company:a"),
    "a claim of something unknown": lambda document: document["edges"][0][4].append([0, 0, "stated", {"weight": 1}]),
    "an address that runs": lambda document: document["sources"][0].__setitem__(4, "javascript:alert(1)"),
    "a colour that is a rule": lambda document: document["segments"][0].__setitem__(3, "red;}"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_no_map_is_refused(damage: str) -> None:
    """The schema is not so loose that it says yes to anything."""
    document = deepcopy(json.loads(build(*chain(12, 20), title="图", as_of="").json))
    assert VALIDATOR.is_valid(document)

    DAMAGE[damage](document)

    assert not VALIDATOR.is_valid(document)


def test_the_contract_knows_the_words_of_the_code() -> None:
    """The schema itself is one, and its lists of words are those of the model and of the palette."""
    Draft202012Validator.check_schema(CONTRACT)
    own = {prop.name for link in MODEL.links.values() if link.name != "REPORTS" for prop in link.own}

    assert CONTRACT["$defs"]["value"]["enum"] == list(VALUES)
    assert set(VALUES) == own - {"product", "role"}
    assert CONTRACT["properties"]["segments"]["items"]["prefixItems"][5]["enum"] == list(MARKS)


def test_the_map_has_words_for_all_that_the_model_names() -> None:
    """Links, levels and degrees of certainty are called in both languages; a new one is missed here."""
    (levels,) = (prop.kind.choices for prop in MODEL.nodes["Product"].properties if prop.name == "level")

    assert set(FLOWS) == MODEL.links.keys() - {"REPORTS"}
    assert [word.id for word in TIERS][: len(levels)] == list(levels)
    assert [word.id for word in CERTAINTIES] == list(CERTAINTY.choices)


def test_every_part_is_described() -> None:
    """A reader finds a sentence for each part of the document and each cell of a row."""
    parts = [*CONTRACT["properties"].values(), *CONTRACT["$defs"].values()]
    rows = [part.get("items", part) for part in parts if isinstance(part.get("items", part), dict)]
    cells = [cell for row in rows for cell in row.get("prefixItems", ())]

    assert [part for part in (*parts, *cells) if not {"description", "$ref", "const"} & set(part)] == []
