"""Decisions on names: followed on every load, kept in a file, taken back without a trace."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest
from seed_files import CLAIMS, HEADER, write_seeds
from stores_under_test import exported

from graphkit.errors import InputError, NotFoundError
from graphkit.graph import Graph
from graphkit.loading.hiding import Hiding
from graphkit.loading.merges import unmerged
from graphkit.stores.base import AddLinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graphkit.loading.hiding import View
    from graphkit.stores.base import Store

TWINS = (
    "company:vgt,胜宏,VGT,,,CN,listed,\n"
    "company:vg-huizhou,惠州胜宏,,,,CN,unit,\n"
    "company:nv,Nvidia Foundation,,,,US,private,\n"
)
MORE = CLAIMS + (
    "惠州胜宏,MAKES,PCB,,manufacturer,,,stated,source:a,1.3.1 PCB,\n"
    "胜宏,MAKES,PCB,,manufacturer,,,stated,source:a,1.3.1 PCB,\n"
    "胜宏,SUPPLIES,NVDA.O,PCB,,40%,2025,stated,source:b,2,\n"
    "惠州胜宏,SUPPLIES,胜宏,PCB,,,,stated,source:b,2,\n"
)


def write(folder: Path) -> Path:
    """The small seeds, with three companies under two names."""
    write_seeds(folder, MORE)
    companies = folder / "companies.csv"
    companies.write_text(companies.read_text("utf-8") + TWINS, "utf-8")
    return folder


@pytest.fixture
def graph(store: Store, tmp_path: Path) -> Iterator[Graph]:
    """A graph with companies under two names, and no decisions yet."""
    graph = Graph(store)
    path = graph.desk().path
    path.unlink(missing_ok=True)
    graph.load(write(tmp_path / "seeds"))
    yield graph
    path.unlink(missing_ok=True)


def test_a_merged_company_gives_its_claims(graph: Graph) -> None:
    """Claims of the one become claims of the other; the same claim twice is one; its spelling leads there."""
    graph.decide("same", "胜宏", "胜宏科技")
    claims = {(row["subject"], row["share"]) for row in graph.store.table("SUPPLIES").rows() if "share" in row}

    assert claims == {("company:victory-giant", 0.35), ("company:victory-giant", 0.4)}
    assert "company:vgt" not in graph.store.table("Company").columns["id"]
    assert graph.names.resolve("VGT", ("Company",)) == "company:victory-giant"
    assert sum(subject == "company:victory-giant" for subject in graph.store.table("MAKES").columns["subject"]) == 1


def merged_by_turns(graph: Graph, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Merge each pair, or unmerge it where it is merged; the graph depends on what stands, on nothing else.

    Returns:
        The pairs that are merged in the end.
    """
    states = {frozenset[tuple[str, str]](): exported(graph.store)}
    standing: set[tuple[str, str]] = set()
    for pair in pairs:
        if pair in standing:
            graph.revert("same", *pair)
            standing.remove(pair)
        else:
            graph.decide("same", *pair)
            standing.add(pair)
        now = exported(graph.store)
        assert states.setdefault(frozenset(standing), now) == now
    return sorted(standing)


def test_merges_in_any_order_leave_no_trace(graph: Graph, tmp_path: Path) -> None:
    """Merges and unmerges in random order: the graph depends on the decisions that stand, on nothing else."""
    pairs = (("company:vgt", "company:victory-giant"), ("company:vg-huizhou", "company:victory-giant"))
    before = exported(graph.store)
    chance = random.Random(5)
    for pair in merged_by_turns(graph, (chance.choice(pairs) for _ in range(8))):
        graph.revert("same", *pair)

    assert exported(graph.store) == before
    assert graph.load(tmp_path / "seeds").id is None


SEGMENTS = (
    "segment:hdi,高密度互连板,HDI,,segment:pcb\n"
    "segment:board,线路板,Boards,,segment:ai\n"
    "segment:flex,软板,FPC,,segment:board\n"
)
MORE_LINKS = (
    "胜宏科技,IN_SEGMENT,segment:pcb,,,,,stated,source:a,1,\n"
    "生益科技,IN_SEGMENT,segment:board,,,,,stated,source:b,1,\n"
    "PCB,IN_SEGMENT,segment:hdi,,,,,stated,source:b,1,\n"
)
OF_ALL_TYPES = (
    ("segment:board", "segment:pcb"),  # its child segment:flex moves
    ("segment:ai", "segment:hdi"),  # a grandparent into its grandchild: parents would form a ring
    ("segment:flex", "segment:board"),
    ("company:vgt", "company:victory-giant"),
    ("product:ccl", "product:pcb"),  # a part of itself from then on
    ("source:b", "source:a"),
)


def test_nodes_of_every_type_merge_in_any_order(graph: Graph, tmp_path: Path) -> None:
    """Segments with their children, products, sources: what was merged and unmerged leaves no trace, loads included."""
    folder = tmp_path / "more"
    write_seeds(folder, MORE + MORE_LINKS)
    (folder / "companies.csv").write_text((tmp_path / "seeds" / "companies.csv").read_text("utf-8"), "utf-8")
    with (folder / "segments.csv").open("a", encoding="utf-8") as file:
        file.write(SEGMENTS)
    graph.load(folder)
    before = exported(graph.store)
    chance = random.Random(8)
    standing = merged_by_turns(graph, [*OF_ALL_TYPES, *(chance.choice(OF_ALL_TYPES) for _ in range(3))])
    assert graph.load(folder).id is None
    for pair in standing:
        graph.revert("same", *pair)

    assert exported(graph.store) == before


def test_a_merged_segment_gives_its_children_and_its_members(graph: Graph, tmp_path: Path) -> None:
    """Children and members go to the segment that stands for it; one that took its own parent has none."""
    with (tmp_path / "seeds" / "segments.csv").open("a", encoding="utf-8") as file:
        file.write(SEGMENTS)
    (tmp_path / "seeds" / "claims.csv").write_text(MORE + MORE_LINKS, "utf-8")
    graph.load(tmp_path / "seeds")
    graph.decide("same", "segment:board", "segment:pcb")
    graph.decide("same", "segment:ai", "segment:hdi")
    parents = {row["id"]: row.get("parent") for row in graph.store.table("Segment").rows()}
    members = {(row["subject"], row["object"]) for row in graph.store.table("IN_SEGMENT").rows()}

    assert parents == {"segment:pcb": "segment:hdi", "segment:hdi": None, "segment:flex": "segment:pcb"}
    assert ("company:shengyi", "segment:pcb") in members
    more = tmp_path / "segments.csv"
    more.write_text("id,name_zh,name_en,aliases,parent\nsegment:ic,载板,IC substrates,,segment:board\n", "utf-8")
    load = graph.load(more).id
    assert {row["id"]: row.get("parent") for row in graph.store.table("Segment").rows()}["segment:ic"] == "segment:pcb"
    graph.undo(str(load))
    assert {row["id"]: row.get("parent") for row in graph.store.table("Segment").rows()} == parents


def test_the_claims_of_a_company_move_together(graph: Graph, tmp_path: Path) -> None:
    """However many claims a merge moves, the engine is asked once for each kind: each time costs it much memory."""
    (tmp_path / "many.csv").write_text(
        HEADER + "".join(f"胜宏,SUPPLIES,NVDA.O,PCB,,,,stated,source:b,{row},\n" for row in range(50)), "utf-8"
    )
    graph.load(tmp_path / "many.csv")
    graph.decide("same", "胜宏", "胜宏科技")
    view = cast("View", unmerged(graph.store))
    changes = Hiding(view, view.into).changes([])

    added = [change for change in changes if isinstance(change, AddLinks)]
    assert sum(len(change.table) for change in added) > 100
    assert Counter((change.table.type, change.ends) for change in added).most_common(1)[0][1] == 2


def test_a_chain_of_merges_comes_apart_in_the_middle(graph: Graph) -> None:
    """A into B, B into C; taking back the second leaves A in B."""
    graph.decide("same", "company:vg-huizhou", "company:vgt")
    between = exported(graph.store)
    graph.decide("same", "company:vgt", "company:victory-giant")
    assert graph.names.resolve("惠州胜宏", ("Company",)) == "company:victory-giant"

    graph.revert("same", "company:vgt", "company:victory-giant")

    assert exported(graph.store) == between


def test_loads_under_a_merge_are_as_if_it_had_come_later(graph: Graph, tmp_path: Path) -> None:
    """A claim about the merged name goes to the one that stands for it, and comes back when the merge goes."""
    more = tmp_path / "more.csv"
    more.write_text(HEADER + "VGT,MAKES,覆铜板,,manufacturer,,,stated,source:b,9,\n", "utf-8")
    graph.decide("same", "胜宏", "胜宏科技")
    load = graph.load(more).id
    merged = exported(graph.store)
    assert ("company:victory-giant", "product:ccl") in {
        (row["subject"], row["object"]) for row in graph.store.table("MAKES").rows()
    }
    assert graph.load(more).id is None
    graph.revert("same", "胜宏", "胜宏科技")
    assert ("company:vgt", "product:ccl") in {
        (row["subject"], row["object"]) for row in graph.store.table("MAKES").rows()
    }
    graph.decide("same", "胜宏", "胜宏科技")
    assert exported(graph.store) == merged

    graph.undo(str(load))
    graph.revert("same", "胜宏", "胜宏科技")

    assert graph.load(tmp_path / "seeds").id is None


def test_a_decided_spelling_is_followed_on_loads(graph: Graph, tmp_path: Path) -> None:
    """An unknown name that was decided to be a company is that company from then on."""
    more = tmp_path / "more.csv"
    more.write_text(HEADER + "老黄家,MAKES,PCB,,brand,,,stated,source:b,9,\n", "utf-8")
    with pytest.raises(InputError, match="老黄家"):
        graph.load(more)

    graph.decide("same", "老黄家", "英伟达")

    assert graph.load(more).added == 1
    with pytest.raises(InputError, match="already"):
        graph.decide("same", "老黄家", "英伟达")
    graph.revert("same", "老黄家", "英伟达")
    with pytest.raises(NotFoundError):
        graph.revert("same", "老黄家", "英伟达")


def test_a_name_decided_to_be_another_is_not_taken_for_it(graph: Graph, tmp_path: Path) -> None:
    """Distinct: a name that would lead to a node leads to a new one, and the two cannot be called the same."""
    more = tmp_path / "more.csv"
    more.write_text(HEADER + "英伟达公司,MAKES,PCB,,brand,,,stated,source:b,9,\n", "utf-8")
    graph.decide("distinct", "英伟达公司", "英伟达")

    with pytest.raises(InputError, match="英伟达公司"):
        graph.load(more)
    with pytest.raises(InputError, match="--undo"):
        graph.decide("same", "英伟达公司", "英伟达")
    assert graph.load(more, create_missing=True).added == 2
    stub = next(row for row in graph.store.table("Company").rows() if row.get("stub"))
    assert stub["name"] == "英伟达公司"


def test_unknown_names_are_listed_once_with_the_nearest(graph: Graph, tmp_path: Path) -> None:
    """With the score of each."""
    more = tmp_path / "more.csv"
    more.write_text(HEADER + "Nvidea,MAKES,PCB,,brand,,,stated,source:b,9,\n" * 3, "utf-8")
    unknown = graph.check(more).unknown

    assert [(one.name, one.near[0].id) for one in unknown] == [("Nvidea", "company:nvidia")]
    assert unknown[0].near[0].score > 80


def test_a_file_edited_by_hand_is_followed(graph: Graph, tmp_path: Path) -> None:
    """What is taken out of the file is taken back at the next load; a ring is refused."""
    before = exported(graph.store)
    graph.decide("same", "胜宏", "胜宏科技")
    path = graph.desk().path
    path.write_text("distinct: []\n", "utf-8")
    graph.load(tmp_path / "seeds")
    assert exported(graph.store) == before

    path.write_text("same: [{this: company:vgt, is: company:nv}, {this: company:nv, is: company:vgt}]", "utf-8")
    with pytest.raises(InputError, match="ring"):
        graph.load(tmp_path / "seeds")


def test_a_decision_stays_with_the_node_that_was_named(graph: Graph) -> None:
    """A node merged into one that is merged itself stays with it when that one comes free, and goes by its own name."""
    before = exported(graph.store)
    graph.decide("same", "胜宏", "胜宏科技")
    decision = graph.decide("same", "惠州胜宏", "胜宏")
    assert decision.node == "company:vgt"
    graph.revert("same", "胜宏", "胜宏科技")
    assert graph.names.resolve("惠州胜宏", ()) == "company:vgt"
    graph.revert("same", "惠州胜宏", "胜宏")

    assert exported(graph.store) == before


def test_a_decision_on_a_node_that_is_not_there_is_told(graph: Graph, tmp_path: Path) -> None:
    """It is kept, since its node may come back, but it is not silent."""
    decisions = tmp_path / "d.yaml"
    decisions.write_text("same:\n- {this: VGT, is: company:victory-gaint}\n- {this: 胜, is: company:vgt}\n", "utf-8")

    assert [made.node for made in graph.desk(decisions).loose_decisions()] == ["company:victory-gaint"]


def test_all_mistakes_of_a_file_edited_by_hand_are_told(graph: Graph, tmp_path: Path) -> None:
    """Each with its place; a ring with the file that it stands in."""
    decisions = tmp_path / "d.yaml"
    decisions.write_text("same:\n- {this: a}\n- {this: a, is: b, when: c}\ndistinct:\n- x\n", "utf-8")
    with pytest.raises(InputError) as refusal:
        graph.load(tmp_path / "seeds", decisions=decisions)
    assert [problem.column for problem in refusal.value.problems] == ["distinct[1]", "same[1]", "same[2]"]
    decisions.write_text(
        "same:\n- {this: company:vgt, is: company:nv}\n- {this: company:nv, is: company:vgt}\n", "utf-8"
    )

    with pytest.raises(InputError, match=r"d\.yaml: decisions lead from .* in a ring"):
        graph.load(tmp_path / "seeds", decisions=decisions)


def test_decisions_may_be_kept_elsewhere(embedded: Store, tmp_path: Path) -> None:
    """A link to a file of decisions, such as one under version control, stays a link."""
    graph = Graph(embedded)
    graph.load(write(tmp_path / "seeds"))
    graph.desk().path.symlink_to(tmp_path / "kept.yaml")
    graph.decide("same", "胜宏", "胜宏科技")

    assert graph.desk().path.is_symlink()
    assert "company:vgt" in (tmp_path / "kept.yaml").read_text("utf-8")


def test_nodes_of_two_types_are_never_one(graph: Graph) -> None:
    """A product is not made a source, and the decision is not kept."""
    before = exported(graph.store)

    with pytest.raises(InputError, match="product:ccl is a Product and source:b a Source"):
        graph.decide("same", "product:ccl", "source:b")
    assert exported(graph.store) == before
    assert graph.desk().decisions().all == ()


def test_what_a_node_was_merged_into_can_be_taken_back(graph: Graph, tmp_path: Path) -> None:
    """Without the node that stood for it a merged one stands for itself; when it comes again, so does the merge."""
    before = exported(graph.store)
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "companies.csv").write_text(
        "id,name_zh,name_en,aliases,tickers,country,kind,added\ncompany:group,胜宏集团,,,,CN,private,\n", "utf-8"
    )
    load = graph.load(folder).id
    graph.decide("same", "company:vgt", "company:group")
    merged = exported(graph.store)
    graph.undo(str(load))
    assert exported(graph.store) == before

    graph.load(folder)

    assert exported(graph.store) == merged


@pytest.mark.parametrize("name", ["英伟达", "nvidia", "company:nvidia"])
def test_no_decision_takes_a_node_its_own_name(graph: Graph, name: str) -> None:
    """Else nothing that names it could be loaded, nor the decision be taken back by that name; an alias may go."""
    with pytest.raises(InputError, match="is the name of company:nvidia itself"):
        graph.decide("distinct", name, "英伟达")

    graph.decide("distinct", "辉达", "英伟达")
    assert graph.names.lookup("辉达", ("Company",)) is None
    assert graph.revert("distinct", "辉达", "NVIDIA").this == "辉达"
