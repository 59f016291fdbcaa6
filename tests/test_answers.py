"""Asking a question: what it is told, how claims become facts, and who says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from random_graphs import changes
from small_worlds import read_world

from graphkit.answers import ask
from graphkit.answers.arguments import clean
from graphkit.answers.evidence import Claim
from graphkit.answers.walks import walk
from graphkit.errors import QueryError
from graphkit.model import MODEL
from graphkit.queries import load_folder, load_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphkit.stores.base import Store

HERE = Path(__file__).parent
QUESTIONS = load_folder(shipped=[HERE.parent / "cypher"], schema=MODEL)
TODAY = "2025-07-01"
WIDE = """\
// Asks for one of each type.
// @param company Company.id  A node.
// @param node claim|Company.id|Product.id = any
// @param many Product.id[] = any
// @param part share = 0.2
// @param count integer = 3
// @param day start = 2024
// @param as_of date = today
// @column x text
MATCH (a:Company)
WHERE a.id = $company AND a.id <> $node AND NOT a.id IN $many AND a.name <> $day AND $part < $count AND a.id <> $as_of
RETURN a.id AS x
ORDER BY x
"""
QUESTION = load_text(WIDE, name="wide", schema=MODEL)


class Shouting:
    """Names whose ids are their capitals, after the first type asked for."""

    def resolve(self, text: str, types: Collection[str]) -> str:
        """The id of a name."""
        return f"{next(iter(types)).lower()}:{text.upper()}"

    def namesakes(self, text: str, node_id: str) -> list[str]:
        """Nobody else."""
        return [text] * (node_id == "")


def test_defaults_fill_in_what_is_not_told() -> None:
    """`today` is the day given, `any` is empty, other defaults are read as their type."""
    told = clean(QUESTION, {"company": "company:a"}, today=TODAY)

    assert told == {
        "company": "company:a",
        "node": "",
        "many": [],
        "part": 0.2,
        "count": 3,
        "day": "2024-01-01",
        "as_of": TODAY,
    }


def test_values_are_read_as_their_types_say() -> None:
    """Names become ids, lists are split, shares read per cent, a month is asked to its end or from its beginning."""
    told = clean(
        QUESTION,
        {"company": "a", "node": "b", "many": "x|y|x", "part": "35%", "day": "2024-02", "as_of": "2024-02"},
        names=Shouting(),
        today=TODAY,
    )

    assert told["company"] == "company:A"
    assert told["node"] == "company:B"
    assert told["many"] == ["product:X", "product:Y"]
    assert told["part"] == 0.35
    assert (told["day"], told["as_of"]) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize(
    ("day", "month"),
    [("2025/6/3", "2025/6"), ("2025.6.3", "2025.6"), ("2025年6月3日", "2025年6月"), ("2025-06-03", "2025-06")],
)
def test_a_day_is_written_in_several_ways(day: str, month: str) -> None:
    """With strokes, points or Chinese signs, as reports write it; a month so written is asked to its end, too."""
    told = [clean(QUESTION, {"company": "company:a", "as_of": text}, today=TODAY)["as_of"] for text in (day, month)]

    assert told == ["2025-06-03", "2025-06-30"]


def test_a_name_is_no_claim() -> None:
    """Where only a claim will do, a name is refused with where claims are listed."""
    with pytest.raises(QueryError, match="'company:a' is not the id of a claim; `graphkit query evidence NAME` lists"):
        clean(QUESTIONS["history_of_claim"], {"about": "company:a"}, today=TODAY)


def test_the_id_of_a_claim_names_no_node() -> None:
    """Twenty hexadecimal digits are a claim where the parameter takes one."""
    told = clean(QUESTION, {"company": "a", "node": "0123456789abcdef0123"}, names=Shouting(), today=TODAY)

    assert told["node"] == "0123456789abcdef0123"


@pytest.mark.parametrize("many", ["x,y", "x，y", "x、 y", ["x", "y"], ("x", "y")])
def test_a_list_is_told_in_several_ways(many: object) -> None:
    """Between | or commas, Chinese ones too, or as a list."""
    assert clean(QUESTION, {"company": "a", "many": many}, names=Shouting(), today=TODAY)["many"] == [
        "product:X",
        "product:Y",
    ]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({}, r"wide must be told company; it takes company \(Company.id\), .*part \(share, default 0.2\)"),
        ({"company": ""}, "wide must be told company"),
        ({"company": "company:a", "firm": 1}, "wide has no parameter firm; it takes company"),
        ({"company": "company:a", "part": "1.4"}, "wide: part: '1.4' is not a share"),
        ({"company": "company:a", "as_of": "2025-13"}, "wide: as_of: '2025-13' is not a date"),
        ({"company": "a company"}, "wide: company: 'a company' is not an id"),
    ],
)
def test_a_wrong_argument_is_refused_before_the_engine_sees_it(told: dict[str, object], message: str) -> None:
    """Missing, unknown and unreadable arguments are errors that say what the question takes."""
    with pytest.raises(QueryError, match=message):
        clean(QUESTION, told, today=TODAY)


def test_an_answer_knows_who_says_so(store: Store) -> None:
    """The claims of its rows, in full, with names and the title of the source."""
    world = read_world(HERE / "cypher" / "evidence.yaml")
    store.apply(changes(world.nodes, world.links, world.journal))

    answer = ask(store, QUESTIONS["direct_suppliers"], {"company": "company:b"}, queries=QUESTIONS, today=TODAY)

    assert [world.short[claim] for claim in answer.claims] == ["s1"]
    assert answer.evidence(store) == (
        Claim(
            id=answer.claims[0],
            type="SUPPLIES",
            subject_id="company:a",
            subject="A",
            object_id="company:b",
            object="B",
            values={},
            certainty="inferred",
            source_id="source:one",
            source="ONE",
            locator="§",
            valid_from="2024",
            valid_to=None,
            note="in a table",
        ),
    )


def test_an_answer_without_claims_has_no_evidence(embedded: Store) -> None:
    """Nothing is read for nothing."""
    answer = ask(embedded, QUESTIONS["blind_spots"], {}, queries=QUESTIONS, today=TODAY)

    assert (answer.rows, answer.claims, answer.evidence(embedded)) == ((), (), ())


def test_the_newest_claim_wins_then_the_newest_source_then_the_surest(embedded: Store, tmp_path: Path) -> None:
    """By the day since which it holds, then the day its source was published, then its certainty."""
    supply = "company:a SUPPLIES company:b"
    cases = {
        "valid_from": (f"{supply} share=0.1 valid_from=2024", f"{supply} share=0.2"),
        "published": (f"{supply} share=0.1 source=source:new", f"{supply} share=0.2"),
        "certainty": (f"{supply} share=0.1 certainty=planned", f"{supply} share=0.2 certainty=inferred"),
    }
    for number, (wins, loses) in enumerate(cases.values()):
        told = {"c1": loses, "c2": wins}
        path = tmp_path / "world.yaml"
        text = "".join(f"  {name}: {claim.replace('company:', f'company:{number}')}\n" for name, claim in told.items())
        path.write_text(f"nodes: {{source:new: {{published: 2025}}}}\nclaims:\n{text}cases: []\n", "utf-8")
        world = read_world(path)
        known = set(embedded.table("Source", ["id"]).columns["id"])
        embedded.apply(changes([node for node in world.nodes if node.id not in known], world.links))

        query = QUESTIONS["direct_suppliers"]
        (row,) = ask(embedded, query, {"company": f"company:{number}b"}, queries=QUESTIONS, today=TODAY).rows

        assert row["share"] == 0.1
        assert len(row["claims"]) == 2  # type: ignore[arg-type]


def test_a_walk_asks_about_each_node_once(embedded: Store) -> None:
    """Rings end, and the tier of a node is its nearest."""
    world = read_world(HERE / "cypher" / "upstream.yaml")
    embedded.apply(changes(world.nodes, world.links))
    asked: list[str] = []

    class Counting:
        schema = embedded.schema

        def read(self, text: str, parameters: dict[str, object]) -> object:
            asked.extend(parameters["frontier"])  # type: ignore[arg-type]
            return embedded.read(text, parameters)

    told = {"company": "company:buyer", "as_of": TODAY, "max_tier": 9}
    found = walk(Counting(), QUESTIONS["upstream"], told, QUESTIONS)  # type: ignore[arg-type]

    assert sorted(asked) == sorted(set(asked))
    assert {node: arrival.tier for node, arrival in found.arrivals.items()} == {
        "company:buyer": 0,
        "company:tier1": 1,
        "company:tier2": 1,
        "company:tier3": 2,
    }
