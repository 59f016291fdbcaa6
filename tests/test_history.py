"""What the journal tells: of a load, of a node, between two loads, of an earlier day; and bad rows put aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from seed_files import CLAIMS, HEADER, write_seeds
from stores_under_test import exported

from graphkit.errors import InputError
from graphkit.graph import Graph
from graphkit.loading import apply, undo
from graphkit.loading.rebuilding import rebuilt

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.stores.base import Store


def three_loads(store: Store, folder: Path) -> list[str]:
    """Seeds; a share corrected and a company moved; a claim added: on three days of June 2025."""
    graph, loads = Graph(store), []
    for day, claims in enumerate((CLAIMS, CLAIMS.replace("35%", "40%"), CLAIMS.replace("35%", "40%") + EXTRA), 1):
        write_seeds(folder, claims)
        if day > 1:
            companies = folder / "companies.csv"
            companies.write_text(companies.read_text("utf-8").replace("NVDA.O,US", "NVDA.O,TW"), "utf-8")
        made = apply(store, graph.plan(folder), at=datetime(2025, 6, day, 8, tzinfo=UTC), digest=str(day)).id
        loads.append(str(made))
    return loads


EXTRA = "生益科技,SUPPLIES,胜宏科技,覆铜板,,,,stated,source:a,7,\n"


def test_the_graph_as_it_was_known_on_a_day(store: Store, tmp_path: Path) -> None:
    """The rebuilt graph exports what an export would have said at the end of that day."""
    graph, states = Graph(store), []
    folder = tmp_path / "seeds"
    for day, claims in enumerate((CLAIMS, CLAIMS.replace("35%", "40%"), CLAIMS + EXTRA), 1):
        write_seeds(folder, claims)
        apply(store, graph.plan(folder), at=datetime(2025, 6, day, 8, tzinfo=UTC), digest=str(day))
        states.append(exported(store))

    class Kept:
        """A store that outlives the block in which it is read."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def __enter__(self) -> Store:
            return store

        def __exit__(self, *_: object) -> None:
            return None

    for day, state in ((1, states[0]), (2, states[1]), (3, states[2])):
        with rebuilt(Kept(), f"2025-06-0{day}") as then:  # type: ignore[arg-type]  # all of a store but closing
            assert exported(then) == state
    with rebuilt(Kept(), "2025-05") as then:  # type: ignore[arg-type]  # as above
        assert exported(then) == ""


def test_what_a_load_did(store: Store, tmp_path: Path) -> None:
    """Corrections with the old and the new value, changes, additions."""
    _, second, third = three_loads(store, tmp_path / "seeds")
    graph = Graph(store)
    told = {(e.what, e.type): list(e.differences()) for e in graph.events(second)}

    assert told == {
        ("corrected", "SUPPLIES"): [("share", 0.35, 0.4)],
        ("changed", "Company"): [("country", "US", "TW")],
    }
    assert [(e.what, e.type) for e in graph.events(third)] == [("added", "SUPPLIES")]


def test_the_log_of_a_node(store: Store, tmp_path: Path) -> None:
    """Everything about it and its claims, the oldest first."""
    first, second, _ = three_loads(store, tmp_path / "seeds")
    log = [(e.load, e.what, e.type) for e in Graph(store).log("英伟达")]

    assert log == [
        (first, "added", "Company"),
        (first, "added", "MAKES"),
        (first, "added", "SUPPLIES"),
        (second, "changed", "Company"),
        (second, "corrected", "SUPPLIES"),
    ]


def test_the_difference_between_two_loads(store: Store, tmp_path: Path) -> None:
    """What several loads did, taken together, in whichever order they are named."""
    first, _, third = three_loads(store, tmp_path / "seeds")
    graph = Graph(store)
    told = {(e.what, e.type) for e in graph.diff(third, first)}

    assert told == {("changed", "Company"), ("corrected", "SUPPLIES"), ("added", "SUPPLIES")}


def test_loads_that_build_on_each_other_go_together(store: Store, tmp_path: Path) -> None:
    """--with-later takes back what built on a load, in one go, down to the empty graph."""
    first, _, third = three_loads(store, tmp_path / "seeds")
    with pytest.raises(InputError, match="with-later"):
        undo(store, first)
    state = exported(store)
    undo(store, third)
    assert exported(store) != state

    undo(store, first, with_later=True)

    assert exported(store) == ""
    assert store.count("Load") == store.count("Before") == 0


def test_a_load_whose_claims_were_corrected_later_stays(store: Store, tmp_path: Path) -> None:
    """The refusal names the later load and what it changed, once; both go together, down to what was before."""
    graph = Graph(store)
    graph.load(write_seeds(tmp_path / "seeds", HEADER))
    before = exported(store)
    for share in ("35%", "40%"):
        (tmp_path / "list.csv").write_text(CLAIMS.replace("35%", share), "utf-8")
        graph.load(tmp_path / "list.csv")
    later, first, _ = (str(load["id"]) for load in graph.loads())
    state = exported(store)

    with pytest.raises(InputError, match=f"^{first}: {later} changed .* SUPPLIES .* later; undo that load first"):
        graph.undo(first)
    assert exported(store) == state
    graph.undo(first, with_later=True)
    assert exported(store) == before


@pytest.mark.parametrize("country", ["US", "TW"])
def test_what_goes_to_and_fro_is_taken_back_exactly(store: Store, tmp_path: Path, country: str) -> None:
    """Corrected, and corrected back: the middle load goes only with the last, and leaves what the first said."""
    folder, graph = tmp_path / "seeds", Graph(store)
    loads, states = [], []
    for share in ("35%", "40%", "35%"):
        companies = write_seeds(folder, CLAIMS.replace("35%", share)) / "companies.csv"
        if share == "40%":
            companies.write_text(companies.read_text("utf-8").replace("NVDA.O,US", f"NVDA.O,{country}"), "utf-8")
        loads.append(str(graph.load(folder).id))
        states.append(exported(store))

    with pytest.raises(InputError, match=f"{loads[2]} changed"):
        graph.undo(loads[1])
    assert exported(store) == states[2]
    graph.undo(loads[1], with_later=True)

    assert exported(store) == states[0]
    graph.undo(loads[0])
    assert exported(store) == ""


def test_claims_that_are_gone_still_build_on_their_nodes(store: Store, tmp_path: Path) -> None:
    """A load that brought a node stays while another may bring back what it once said of that node."""
    graph = Graph(store)
    first = str(graph.load(write_seeds(tmp_path / "seeds", HEADER)).id)
    edition = tmp_path / "edition.csv"
    loads = []
    for rows in (CLAIMS, HEADER + EXTRA):
        edition.write_text(rows, "utf-8")
        loads.append(str(graph.load(edition, replace_source=["source:a", "source:b"], max_retire=1.0).id))
    before = exported(store)
    with pytest.raises(InputError) as refusal:
        graph.undo(first)

    assert sorted(problem.message.split()[0] for problem in refusal.value.problems) == sorted(loads)
    assert exported(store) == before
    graph.undo(loads[0], with_later=True)
    graph.undo(first)
    assert exported(store) == ""


def test_a_parent_stays_while_a_later_load_refers_to_it(store: Store, tmp_path: Path) -> None:
    """A segment that another one, of a later load, names as its parent is not pulled from under it."""
    graph = Graph(store)
    header = "id,name_zh,name_en,aliases,parent\n"
    path = tmp_path / "segments.csv"
    path.write_text(f"{header}segment:ai,AI算力,,,\n", "utf-8")
    first = str(graph.load(path).id)
    path.write_text(f"{header}segment:pcb,印制板,,,segment:ai\n", "utf-8")
    later = str(graph.load(path).id)

    with pytest.raises(InputError, match=later):
        graph.undo(first)
    graph.undo(first, with_later=True)
    assert exported(store) == ""


def test_what_is_stated_again_is_not_brought_back_twice(store: Store, tmp_path: Path) -> None:
    """Undo of the load that retired a claim waits for the one that states it again."""
    graph = Graph(store)
    folder = write_seeds(tmp_path / "seeds")
    graph.load(folder)
    first = exported(store)
    edition = tmp_path / "edition.csv"
    edition.write_text(HEADER + EXTRA, "utf-8")
    retired = str(graph.load(edition, replace_source=["source:a"], max_retire=1.0).id)
    again = str(graph.load(folder).id)
    with pytest.raises(InputError, match=f"{again} stated"):
        graph.undo(retired)
    graph.undo(retired, with_later=True)

    assert exported(store) == first


def test_a_complete_new_edition_retires_what_it_no_longer_says(store: Store, tmp_path: Path) -> None:
    """Within its source only, and not beyond the limit; undo brings it all back."""
    folder = write_seeds(tmp_path / "seeds")
    graph = Graph(store)
    graph.load(folder)
    before = exported(store)
    edition = tmp_path / "edition.csv"
    edition.write_text(HEADER + "胜宏科技,SUPPLIES,NVDA.O,PCB,,36%,2025,stated,source:a,1.3.1 PCB,\n", "utf-8")
    with pytest.raises(InputError, match=r"2 of 3 claims would retire \(67%\), more than 20%"):
        graph.load(edition, replace_source=["报告甲"])
    assert exported(store) == before

    report = graph.load(edition, replace_source=["报告甲"], max_retire=0.7)

    assert (report.added, report.changed, report.removed) == (0, 1, 2)
    assert store.table("SUPPLIES", ["share"]).columns["share"] == [0.36]
    assert set(store.table("MAKES", ["source"]).columns["source"]) == {"source:b"}
    graph.undo(str(report.id))
    assert exported(store) == before


def test_bad_rows_go_into_a_file_and_come_back_mended(store: Store, tmp_path: Path) -> None:
    """The bad ones stand beside the file with row, column and reason; mended, they complete it."""
    folder = write_seeds(tmp_path / "seeds")
    graph = Graph(store)
    graph.load(folder)
    path = tmp_path / "more.csv"
    path.write_text(
        HEADER
        + "胜宏科技,MAKES,覆铜板,,manufacturer,,,stated,source:b,9,=cmd()\n"
        + "胜宏科技,MAKES,GB300 NVL72,,manufacturer,140%,,stated,source:b,9,=cmd()\n"
        + "胜宏科技,MAKES\n",
        "utf-8",
    )
    report = graph.load(path, on_error="quarantine")
    quarantine = tmp_path / "more.csv.quarantine.csv"
    text = quarantine.read_text("utf-8")

    assert (report.added, report.refused) == (1, 2)
    assert text.splitlines()[0] == HEADER.strip() + ",file,row,column,reason,suggestion"
    assert ",'=cmd(),more.csv,3,share,'140%' is not a share,shares are parts of one" in text.replace('"', "")
    assert ",more.csv,4,,2 cells where the header has 11" in text
    mended = text.replace("140%", "40%").splitlines()
    quarantine.write_text("\n".join(mended[:2]) + "\n", "utf-8")
    assert graph.load(quarantine).added == 1
    assert {row.get("note") for row in store.table("MAKES").rows() if row["locator"] == "9"} == {"=cmd()"}


def test_a_wrong_header_is_not_put_aside(store: Store, tmp_path: Path) -> None:
    """Where a file as a whole is wrong, nothing of it is loaded."""
    path = tmp_path / "more.csv"
    path.write_text(HEADER.replace("source", "sauce") + "a,MAKES,b,,,,,stated,s,1,\n")

    with pytest.raises(InputError, match="sauce"):
        Graph(store).load(path, on_error="quarantine")
    assert not (tmp_path / "more.csv.quarantine.csv").exists()


def test_one_claim_is_added_with_its_source(store: Store, tmp_path: Path) -> None:
    """Names in any spelling; the same again is nothing; a corrected value takes the old one's place."""
    graph = Graph(store)
    graph.load(write_seeds(tmp_path / "seeds"))
    claim: dict[str, object] = {
        "subject": "Shengyi Technology", "object": "胜宏科技", "product": "覆铜板", "share": "30%",
        "certainty": "stated", "source": "报告乙", "locator": "p. 4",
    }  # fmt: skip
    with pytest.raises(InputError, match="Shengyi Technology"):
        graph.add("SUPPLIES", claim)
    claim["subject"] = "生益科技"

    assert graph.add("SUPPLIES", claim).added == 1
    assert graph.add("SUPPLIES", claim).id is None
    assert graph.add("SUPPLIES", claim | {"share": "31%"}).changed == 1


def test_a_clock_that_was_set_back_leaves_the_loads_in_order(store: Store, tmp_path: Path) -> None:
    """A load that follows one of tomorrow is the newer of the two, and `last`; both are taken back in their order."""
    graph, folder = Graph(store), write_seeds(tmp_path / "seeds")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    first = apply(store, graph.plan(folder), at=tomorrow, digest="1").id
    before = exported(store)
    (folder / "claims.csv").write_text(CLAIMS + EXTRA, "utf-8")
    second = graph.load(folder).id
    claim = {"subject": "NVIDIA", "object": "PCB", "certainty": "stated", "source": "source:a", "locator": "1"}
    third = graph.add("MAKES", claim).id

    assert [row["id"] for row in graph.loads()] == [third, second, first]
    graph.undo("last")
    graph.undo("last")
    assert exported(store) == before
