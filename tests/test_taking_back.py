"""Loads, editions, undos and decisions on names by turns: taken back, they leave the graph byte for byte as it was."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from seed_files import HEADER
from stores_under_test import exported
from test_naming import MORE, MORE_LINKS, SEGMENTS, write

from graphkit.errors import GraphkitError
from graphkit.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.stores.base import Store

COMPANIES = "id,name_zh,name_en,aliases,tickers,country,kind,added\n"
FIRMS = ("胜宏科技", "VGT", "惠州胜宏", "英伟达", "Nvidia Foundation", "生益科技")
PRODUCTS = ("PCB", "覆铜板", "GB300 NVL72")
SAME = (
    ("segment:board", "segment:pcb"), ("segment:ai", "segment:hdi"), ("segment:pcb", "segment:ai"),
    ("company:vgt", "company:victory-giant"), ("company:vg-huizhou", "company:vgt"), ("company:nv", "company:nvidia"),
    ("company:nvidia", "company:victory-giant"), ("product:ccl", "product:pcb"), ("product:gb300", "product:ccl"),
    ("source:b", "source:a"),
)  # fmt: skip


class Analyst:
    """Somebody who does what the day brings, by chance."""

    def __init__(self, graph: Graph, folder: Path, chance: random.Random) -> None:
        self.graph, self.folder, self.chance = graph, folder, chance
        self.standing: list[tuple[str, str]] = []

    def turn(self) -> None:
        """Do one thing; what is refused must change nothing."""
        deeds: tuple[Callable[[], object], ...] = (
            self.load,
            self.replace,
            self.change,
            self.undo,
            self.join,
            self.part,
        )
        before = exported(self.graph.store)
        try:
            self.chance.choice(deeds)()
        except GraphkitError:
            assert exported(self.graph.store) == before

    def load(self) -> None:
        """A list of claims, partly about nodes that nobody knows."""
        pick = self.chance.choice
        makes = [f"{pick(FIRMS)},MAKES,{pick(PRODUCTS)},,,,,stated,source:{pick('ab')},{pick('12')},\n" for _ in "123"]
        sells = [
            f"{pick(FIRMS)},SUPPLIES,{pick(FIRMS)},{pick(PRODUCTS)},,{pick('1234')}0%,,stated,source:{pick('ab')},3,\n"
            for _ in "123"
        ]
        (self.folder / "list.csv").write_text(HEADER + "".join([*makes, *sells, f"N{pick('12')}{makes[0]}"]), "utf-8")
        self.graph.load(self.folder / "list.csv", create_missing=True)

    def replace(self) -> None:
        """A complete new edition of a source."""
        self.load()
        self.graph.load(self.folder / "list.csv", create_missing=True, replace_source=["source:a"], max_retire=1.0)

    def change(self) -> None:
        """A node that may be merged."""
        text = f"company:vgt,胜宏,VGT,alias {self.chance.randint(1, 9)},,{self.chance.choice(('CN', 'US'))},listed,\n"
        (self.folder / "companies.csv").write_text(COMPANIES + text, "utf-8")
        self.graph.load(self.folder / "companies.csv")

    def undo(self) -> None:
        """Any load but the first."""
        if loads := self.graph.loads()[:-1]:
            self.graph.undo(str(self.chance.choice(loads)["id"]), with_later=True)

    def join(self) -> None:
        """Two nodes become one."""
        pair = self.chance.choice(SAME)
        self.graph.decide("same", *pair)
        self.standing += [pair] if pair not in self.standing else []

    def part(self) -> None:
        """A decision is taken back."""
        if self.standing:
            self.graph.revert("same", *self.standing.pop(self.chance.randrange(len(self.standing))))


@pytest.mark.parametrize("seeds", [range(1), pytest.param(range(1, 25), marks=pytest.mark.faults)], ids=["one", "many"])
def test_what_an_analyst_did_can_all_be_taken_back(store: Store, tmp_path: Path, seeds: range) -> None:
    """Decisions in any order, loads from the newest: nothing of them is left, in the journal neither."""
    graph = Graph(store)
    graph.desk().path.unlink(missing_ok=True)
    folder = write(tmp_path / "seeds")
    (folder / "claims.csv").write_text(MORE + MORE_LINKS, "utf-8")
    with (folder / "segments.csv").open("a", encoding="utf-8") as file:
        file.write(SEGMENTS)
    graph.load(folder)
    before = exported(store)
    for seed in seeds:
        analyst = Analyst(graph, tmp_path, random.Random(seed))
        for _ in range(12):
            analyst.turn()
        while analyst.standing:
            analyst.part()
        while len(graph.loads()) > 1:
            graph.undo("last")
        assert exported(store) == before
        assert (store.count("Load"), store.count("Before")) == (1, 0)
    with suppress(FileNotFoundError):
        graph.desk().path.unlink()
