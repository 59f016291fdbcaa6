"""Loads: what they bring, what they change, and that they can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from random_graphs import changes, random_world
from seed_files import CLAIMS, HEADER, write_seeds
from stores_under_test import exported

from graphkit.errors import InputError, NotFoundError, StoreError
from graphkit.exports import export
from graphkit.graph import Graph
from graphkit.loading import apply, undo
from graphkit.records import Table
from graphkit.stores.base import AddLinks, AddNodes, ChangeNodes, RemoveLinks, RemoveNodes

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.stores.base import Store

NOW = datetime(2025, 6, 13, 8, tzinfo=UTC)


def load(store: Store, folder: Path, *, after: int = 0) -> str | None:
    """Load a folder some seconds after the first load."""
    graph = Graph(store)
    return apply(store, graph.plan(folder), at=NOW + timedelta(seconds=after), digest=str(after)).id


def test_a_load_brings_all_that_its_files_state(store: Store, tmp_path: Path) -> None:
    """Every node and claim of the files is in the export, unknown values left out."""
    load(store, write_seeds(tmp_path / "seeds"))
    records = list(export(store))

    assert [record["type"] for record in records].count("MAKES") == 3
    assert records[0] == {
        "type": "Company",
        "id": "company:nvidia",
        "properties": {
            "name_zh": "英伟达",
            "name_en": "NVIDIA",
            "aliases": ("辉达",),
            "tickers": ("NVDA.O",),
            "country": "US",
            "kind": "listed",
            "added": ("country",),
        },
    }
    supplies = next(record for record in records if record["type"] == "SUPPLIES")
    assert (supplies["subject"], supplies["object"]) == ("company:victory-giant", "company:nvidia")
    assert supplies["properties"] == {
        "product": "product:pcb",
        "share": 0.35,
        "valid_from": "2025",
        "certainty": "stated",
        "source": "source:a",
        "locator": "1.3.1 PCB",
    }


def test_the_same_files_twice_change_nothing(store: Store, tmp_path: Path) -> None:
    """A second load of the same files is no load."""
    folder = write_seeds(tmp_path / "seeds")
    load(store, folder)
    before = exported(store)

    assert load(store, folder, after=1) is None
    assert exported(store) == before
    assert store.count("Load") == 1


def test_a_corrected_file_changes_only_what_it_corrects(store: Store, tmp_path: Path) -> None:
    """A new share takes the old one's place; a new country changes its company; nothing else moves."""
    folder = write_seeds(tmp_path / "seeds")
    load(store, folder)
    write_seeds(folder, CLAIMS.replace("35%", "40%"))
    companies = folder / "companies.csv"
    companies.write_text(companies.read_text("utf-8").replace("NVIDIA,辉达", "NVIDIA,辉达|輝達"), "utf-8")
    plan = Graph(store).plan(folder)

    assert [(node.id, dict(node.after)) for node in plan.changed_nodes] == [
        ("company:nvidia", {"aliases": ("辉达", "輝達")})
    ]
    assert [(claim.type, claim.before["share"]) for claim in plan.replaced_claims] == [("SUPPLIES", 0.35)]
    assert (plan.added, plan.changed) == (0, 2)

    apply(store, plan, at=NOW + timedelta(seconds=1))

    assert store.table("SUPPLIES", ["share"]).columns["share"] == [0.4]


@pytest.mark.parametrize(("locators", "kept"), [(("1", "1"), 1), (("1 2024", "1 2025"), 2)])
def test_a_later_year_of_a_place_is_told_and_locators_keep_both(
    store: Store, tmp_path: Path, locators: tuple[str, str], kept: int
) -> None:
    """The same place with a later time is corrected, which a remark tells; a locator with the time keeps both."""
    graph = Graph(store)
    graph.load(write_seeds(tmp_path / "seeds"))
    made = (tmp_path / "list.csv", tmp_path / "then" / "list.csv")
    made[1].parent.mkdir()
    for path, year, locator in zip(made, (2024, 2025), locators, strict=True):
        path.write_text(f"{HEADER}生益科技,SUPPLIES,胜宏科技,CCL,,9%,{year},stated,source:a,{locator},\n", "utf-8")
    graph.load(made[0])
    plan, report = graph.plan(made[1]), graph.load(made[1])

    told = "list.csv: 1 claim that is corrected is of a later time now (such as 2025, not 2024)"
    assert [remark[: len(told)] for remark in plan.remarks] == [told][: 2 - kept]
    assert report.remarks == plan.remarks
    assert store.count("SUPPLIES") == 1 + kept


def test_undo_gives_back_the_graph_byte_for_byte(store: Store, tmp_path: Path) -> None:
    """Taking back the newest load, then the one before, retraces every export."""
    folder = write_seeds(tmp_path / "seeds", HEADER)
    states = [exported(store)]
    loads = []
    for after, claims in enumerate((HEADER, CLAIMS, CLAIMS.replace("35%", "40%").replace("2025-06", "2026"))):
        write_seeds(folder, claims)
        loads.append(load(store, folder, after=after))
        states.append(exported(store))

    for name, state in zip(reversed(loads), reversed(states[:-1]), strict=True):
        assert name is not None
        undo(store, name)
        assert exported(store) == state
    assert store.count("Load") == store.count("Before") == 0


def test_a_load_that_others_build_upon_stays(store: Store, tmp_path: Path) -> None:
    """Undo refuses to pull nodes from under later claims, and names the later load."""
    first = load(store, write_seeds(tmp_path / "seeds", HEADER))
    later = load(store, write_seeds(tmp_path / "seeds"), after=1)
    before = exported(store)

    with pytest.raises(InputError, match=str(later)):
        undo(store, str(first))
    assert exported(store) == before


def test_an_unknown_load_cannot_be_undone(store: Store) -> None:
    """There is nothing to take back where nothing was loaded."""
    with pytest.raises(NotFoundError, match="load:x"):
        undo(store, "load:x")


def test_bad_files_leave_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    """One bad cell, and nothing of any file goes in."""
    folder = write_seeds(tmp_path / "seeds", CLAIMS.replace("35%", "350%"))

    with pytest.raises(InputError):
        Graph(store).load(folder)
    assert exported(store) == ""


def test_changes_are_made_whole_or_not_at_all(store: Store) -> None:
    """A claim whose end is missing takes all changes of its transaction with it."""
    world = random_world(60, seed=1)
    store.apply(changes(world.nodes, world.links))
    before = exported(store)
    claim = next(change for change in changes(world.nodes, world.links) if isinstance(change, AddLinks))
    lost = Table(claim.table.type, {**claim.table.columns, "subject": ["company:nobody"] * len(claim.table)})

    with pytest.raises(StoreError):
        store.apply(
            [ChangeNodes(Table("Company", {"id": [world.of("Company")[0]], "name": ["x"]})), AddLinks(lost, claim.ends)]
        )
    assert exported(store) == before


def test_the_same_id_twice_is_refused_by_the_engine(store: Store) -> None:
    """Uniqueness of nodes is held by the engine itself."""
    world = random_world(60, seed=1)
    nodes = next(change for change in changes(world.nodes, ()) if isinstance(change, AddNodes))
    store.apply([nodes])

    with pytest.raises(StoreError):
        store.apply([AddNodes(nodes.table.take([0]))])
    assert store.count(nodes.table.type) == len(nodes.table)


def test_what_is_removed_is_gone(store: Store) -> None:
    """Claims, then nodes, can be removed by id."""
    world = random_world(60, seed=3)
    store.apply(changes(world.nodes, world.links))
    everything = list(export(store))
    claims = [record for record in everything if "subject" in record]
    nodes = [record for record in everything if "subject" not in record]

    store.apply([RemoveLinks(str(claim["type"]), [str(claim["id"])]) for claim in claims])
    store.apply([RemoveNodes(str(node["type"]), [str(node["id"])]) for node in nodes])

    assert exported(store) == ""


@pytest.mark.parametrize("links", [60, 600])
def test_an_export_loaded_elsewhere_exports_the_same(store: Store, tmp_path: Path, links: int) -> None:
    """Export, load into an empty graph of either engine, export: the same bytes."""
    from stores_under_test import empty_embedded

    with empty_embedded(tmp_path / "first") as first:
        world = random_world(links, seed=links)
        first.apply(changes(world.nodes, world.links))
        text = exported(first)
    path = tmp_path / "export.jsonl"
    path.write_text(text, "utf-8")

    load(store, path)

    assert exported(store) == text
