"""Every question on both engines: its own small worlds, then random ones of 60 to 10,000 claims.

The embedded engine answers some ordinary queries wrongly without an error. The rules of `graphkit.dialect` keep the
questions away from the shapes that were found; these tests look for those that were not.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import networkx as nx
import pytest
from random_graphs import LOADS, METRICS, WORDS, World, changes, random_world
from small_worlds import SmallWorld, read_world
from stores_under_test import empty_embedded, empty_neo4j

from graphkit.answers import Answer, ask
from graphkit.model import MODEL
from graphkit.queries import load_folder
from graphkit.values import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servers.neo4j_server import Neo4jServer

    from graphkit.queries import Query
    from graphkit.queries.headers import Parameter
    from graphkit.records import Link
    from graphkit.stores.base import Rows, Store

HERE = Path(__file__).parent
QUESTIONS = load_folder(HERE.parent / "cypher", schema=MODEL)
TODAY = "2025-07-01"
SEED = int(os.environ.get("GRAPHKIT_TEST_SEED") or random.randrange(10**6))
ROUNDS = {60: 3, 700: 2, 10_000: 2}
"""How often each question is asked of a world of so many claims."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same world in both engines."""

    world: World
    embedded: Store
    neo4j: Store


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path, neo4j_server: Neo4jServer) -> Iterator[Pair]:
    """A random world in both engines; the seed is printed in every run."""
    size = cast("int", request.param)
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(f"random world of {size} claims: GRAPHKIT_TEST_SEED={SEED}")
    world = random_world(size, SEED)
    with empty_embedded(tmp_path) as embedded, empty_neo4j(neo4j_server) as neo4j:
        for store in (embedded, neo4j):
            store.apply(changes(world.nodes, world.links, world.journal))
        yield Pair(world, embedded, neo4j)


@pytest.mark.parametrize("pair", ROUNDS, indirect=True)
def test_both_engines_answer_every_question_alike(pair: Pair) -> None:
    """Whole rows in the same order, with random parameters; and as plain Python answers, where that is short.

    So does every single read on the way, and no two rows of it are left in an order of their own.
    """
    chance = random.Random(SEED)
    wrong: list[str] = []
    for query in QUESTIONS.values():
        for _ in range(ROUNDS[min(ROUNDS, key=lambda size: abs(size - len(pair.world.links)))]):
            told = {param.name: _any(param, pair.world, chance) for param in query.params if _is_told(param, chance)}
            stores = Recording(pair.embedded), Recording(pair.neo4j)
            answers = [ask(cast("Store", s), query, told, queries=QUESTIONS, today=TODAY) for s in stores]
            wrong += _differences(query, told, *answers)
            if stores[0].reads != stores[1].reads:
                wrong.append(f"{query.name} {told}: the reads differ, at least in the order of their rows")
            if query.name in PLAIN:
                wrong += _plain_differences(query, answers[0], pair.world)

    assert not wrong, f"GRAPHKIT_TEST_SEED={SEED}\n" + "\n".join(wrong)


class Recording:
    """A store that keeps what it read: each text, with the rows in their order; lists in a row are sets."""

    def __init__(self, store: Store) -> None:
        self.schema, self.reads, self._store = store.schema, list[tuple[str, list[dict[str, object]]]](), store

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Read, and keep it."""
        rows = self._store.read(text, parameters or {})
        plain = [{name: sorted(map(str, v)) if isinstance(v, list) else v for name, v in row.items()} for row in rows]
        self.reads.append((text, plain))
        return rows


def _is_told(param: Parameter, chance: random.Random) -> bool:
    return param.default is None or chance.random() < 0.5


def _any(param: Parameter, world: World, chance: random.Random) -> object:
    """A value for a parameter: hubs more often than others, days before, between and after all claims."""
    kind = param.type
    if kind.is_claim and (not kind.labels or chance.random() < 0.4):
        replaced = [str(node.properties["replaced_by"]) for node in world.journal if node.type == "Before"]
        return chance.choice([*replaced, chance.choice(world.links).id])
    if kind.labels:
        ids = world.of(*kind.labels)
        picked = [ids[int(len(ids) * chance.random() ** 4)] for _ in range(chance.randint(1, 4))]
        return picked if kind.is_many else picked[0]
    choices: Mapping[str, tuple[object, ...]] = {
        "date": ("2022", "2024-08", "2025-06-30", "2027"),
        "start": ("2023", LOADS[1][:10]),
        "integer": (0, 1, 2, 3, 5),
        "metric": METRICS,
        "period": ("2024", "2025Q1"),
        "text": WORDS[:3],
        "country": ("CN", "US"),
    }
    return chance.choice(choices[kind.kind.name])


def _differences(query: Query, told: Mapping[str, object], embedded: Answer, neo4j: Answer) -> Iterator[str]:
    if embedded.rows == neo4j.rows:
        return
    counts = f"embedded {len(embedded.rows)} rows, Neo4j {len(neo4j.rows)}"
    pairs = zip(embedded.rows, neo4j.rows, strict=False)
    first = next((f"; first: {dict(a)} and {dict(b)}" for a, b in pairs if a != b), "")
    yield f"{query.name} {told}: {counts}{first}"


def _plain_differences(query: Query, answer: Answer, world: World) -> Iterator[str]:
    columns, plain = PLAIN[query.name]
    expected = plain(world, answer.arguments)
    found = [tuple(row[column] for column in columns) for row in answer.rows]
    if len(found) != len(set(found)) or set(found) != expected:
        less, more = sorted(expected - set(found), key=str)[:2], sorted(set(found) - expected, key=str)[:2]
        yield f"{query.name} {dict(answer.arguments)}: plain Python also has {less} and does not have {more}"


def _live(world: World, arguments: Mapping[str, object], *types: str) -> list[Link]:
    """The claims of some types that may hold on the day."""
    day = str(arguments["as_of"])
    return [
        link
        for link in world.links
        if link.type in types
        and first_day(cast("str | None", link.properties.get("valid_from"))) <= day
        and last_day(cast("str | None", link.properties.get("valid_to"))) >= day
    ]


def _hops(links: list[Link], start: str, *, against: bool, rounds: object, every: bool) -> set[tuple[object, ...]]:
    """Breadth-first, one row a hop: (tier, reached, from where, claims)."""
    at: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        before, after = (link.object, link.subject) if against else (link.subject, link.object)
        at[before][after].add(link.id)
    rows: set[tuple[object, ...]] = set()
    seen, frontier, tier = {start}, {start}, 0
    while frontier and tier < cast("int", rounds):
        tier += 1
        hops = [(before, after) for before in frontier for after in at[before] if every or after not in seen]
        rows |= {(tier, after, before, tuple(sorted(at[before][after]))) for before, after in hops}
        frontier = {after for _, after in hops} - seen
        seen |= frontier
    return rows


def _upstream(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    links = _live(world, told, "SUPPLIES")
    return _hops(links, str(told["company"]), against=True, rounds=told["max_tier"], every=False)


def _downstream(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    links = _live(world, told, "SUPPLIES")
    return _hops(links, str(told["company"]), against=False, rounds=told["max_tier"], every=False)


def _bill_of_materials(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    links = _live(world, told, "GOES_INTO")
    return _hops(links, str(told["product"]), against=True, rounds=told["max_tier"], every=True)


def _holdings_of(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    links = _live(world, told, "OWNS")
    return _hops(links, str(told["company"]), against=False, rounds=told["max_tier"], every=True)


def _kinds(world: World, told: Mapping[str, object], product: str) -> set[str]:
    graph = nx.DiGraph((link.object, link.subject) for link in _live(world, told, "TYPE_OF"))
    return {product, *(nx.descendants(graph, product) if product in graph else ())}


def _makers_of(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    kinds = _kinds(world, told, str(told["product"]))
    makes = [link for link in _live(world, told, "MAKES") if link.object in kinds]
    return {(link.subject, link.object, link.properties.get("role")) for link in makes}


def _single_source(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    parts = {str(row[1]) for row in _bill_of_materials(world, told)} - {str(told["product"])}
    makes = _live(world, told, "MAKES")
    found: set[tuple[object, ...]] = set()
    for part in parts:
        kinds = _kinds(world, told, part)
        makers = {link.subject for link in makes if link.object in kinds}
        found |= {(part, *makers)} if len(makers) == 1 else set()
    return found


def _shared_suppliers(world: World, told: Mapping[str, object]) -> set[tuple[object, ...]]:
    supplies = _live(world, told, "SUPPLIES")
    first, second = ({link.subject for link in supplies if link.object == told[end]} for end in ("first", "second"))
    return {(supplier,) for supplier in first & second}


PLAIN: Mapping[str, tuple[tuple[str, ...], Callable[[World, Mapping[str, object]], set[tuple[object, ...]]]]] = {
    "upstream": (("tier", "supplier_id", "customer_id", "claims"), _upstream),
    "downstream": (("tier", "customer_id", "supplier_id", "claims"), _downstream),
    "bill_of_materials": (("depth", "part_id", "whole_id", "claims"), _bill_of_materials),
    "holdings_of": (("tier", "owned_id", "owner_id", "claims"), _holdings_of),
    "makers_of": (("company_id", "product_id", "role"), _makers_of),
    "single_source": (("part_id", "maker_id"), _single_source),
    "shared_suppliers": (("supplier_id",), _shared_suppliers),
}
"""Plain Python for the questions where it is short: the columns compared, and the rows expected."""


WORLDS = {path.stem: path for path in sorted((HERE / "cypher").glob("*.yaml"))}


def test_every_question_has_its_small_world() -> None:
    """A question without a case in tests/cypher, or a case without a question, fails."""
    assert WORLDS.keys() == QUESTIONS.keys()


@pytest.mark.parametrize("name", WORLDS)
def test_a_question_answers_its_small_world_exactly(name: str, store: Store) -> None:
    """Given a few claims, each case gives exactly the rows that its file expects."""
    world: SmallWorld = read_world(WORLDS[name])
    store.apply(changes(world.nodes, world.links, world.journal))

    for case in world.cases:
        answer = ask(store, QUESTIONS[name], case.asks, queries=QUESTIONS, today=TODAY)

        assert world.spelled(answer) == case.rows, f"{name}: {case.it}"


@pytest.mark.parametrize("name", WORLDS)
def test_a_small_world_holds_the_cases_that_matter(name: str) -> None:
    """Each file has an answer with rows and one without, and asks before the facts where the question has links."""
    cases = read_world(WORLDS[name]).cases

    assert any(case.rows for case in cases)
    assert any(not case.rows for case in cases)
    assert name in TIMELESS or any(case.asks.get("as_of") for case in cases)


TIMELESS = {"history_of_claim"}
"""Questions about the journal, which has no day on which it is true."""
