"""How fast the analyses are, against the plain way of doing the same, on one machine in one run.

    python bench/analyses.py [--full]

Systemic risk of all firms is measured on a sample and extrapolated, as the naive run is; `--full` runs all firms, on
two cores. Every fast answer is compared with the slow one before its time counts.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import networkx as nx
import numpy as np
from _naive import NaiveRisk
from _networks import HUNGARIAN, firms
from rich.console import Console
from rich.table import Table as Screen

from graphkit.analyses.adjacency import adjacency
from graphkit.analyses.blocks import cut_nodes
from graphkit.analyses.chain import along, reach
from graphkit.analyses.dependence import Dependence, Shares
from graphkit.analyses.dominators import dominators
from graphkit.analyses.esri import systemic_risks
from graphkit.analyses.fault_trees import FaultTree, all_of, any_of, at_least
from graphkit.analyses.network import Network
from graphkit.model import MODEL
from graphkit.records import Table
from graphkit.stores import open_store
from graphkit.stores.base import AddLinks, AddNodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graphkit.analyses.firms import Firms, Floats
    from graphkit.stores.base import Store

SAMPLE, NAIVE_SAMPLE = 4_096, 40
NODES, LINKS, TIERS = 200_000, 1_000_000, 6
TRIED = 4
SAME = 1e-9
CLOSE, TINY = 1e-4, 1e-12

WHOSE_MEMORY = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)

Result = tuple[str, float, float | None, str]
T = TypeVar("T")


def _check(same: bool) -> None:
    if not same:
        raise SystemExit("the fast way and the plain way disagree")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Do some work and say how long it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def systemic(network: Firms, *, full: bool) -> Iterator[Result]:
    """Systemic risk of all firms, against a whole run over all links for each."""
    drawn = np.random.default_rng(1).choice(network.size, SAMPLE, replace=False)
    naive = NaiveRisk(network)
    slow, slow_time = timed(lambda: [naive.of(int(firm)) for firm in drawn[:NAIVE_SAMPLE]])
    systemic_risks(network, drawn[:2])  # what is made once for a network is no part of the measurement
    fast, fast_time = timed(lambda: systemic_risks(network, drawn))
    gap = _largest_gap(fast[:NAIVE_SAMPLE], slow)
    all_slow, all_fast = (each * network.size for each in (slow_time / NAIVE_SAMPLE, fast_time / SAMPLE))
    yield (
        "systemic risk of all firms, one core",
        all_fast,
        all_slow,
        f"extrapolated; largest gap, relatively, {gap:.0e}",
    )
    if full:
        every, full_time = timed(lambda: systemic_risks(network, workers=2))
        gap = _largest_gap(every[drawn[:NAIVE_SAMPLE]], slow)
        how = f"all firms run; naive run extrapolated; largest gap, relatively, {gap:.0e}"
        yield "systemic risk of all firms, two cores", full_time, all_slow, how


def _largest_gap(fast: Floats, slow: Sequence[float]) -> float:
    """The largest difference as a part of the risk; risks are as small as one in a hundred million."""
    gap = float(np.max(np.abs(fast - slow) / np.maximum(slow, TINY)))
    _check(gap < CLOSE)
    return gap


def exposure(network: Firms) -> Iterator[Result]:
    """Exposure of all firms to one, through all tiers, against a long power series."""
    bought = np.bincount(network.customer, weights=network.weight, minlength=network.size)
    part = 0.8 * network.weight / bought[network.customer]
    shares = Shares(network.size, network.customer, network.supplier, part, np.zeros(len(part), dtype=np.int64))
    target = int(np.bincount(network.supplier).argmax())
    question = Dependence(shares, shares.other == target, once=False)
    fast, fast_time = timed(question.lowest)

    def series() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        total: np.ndarray[tuple[int], np.dtype[np.float64]] = np.zeros(network.size)
        for _ in range(200):
            carried = part * total[network.supplier] + part * (network.supplier == target)
            total = np.bincount(network.customer, weights=carried, minlength=network.size).astype(np.float64)
        return total

    slow, slow_time = timed(series)
    gap = np.abs(fast - slow).max()
    _check(gap < SAME)
    yield "total exposure of all firms to one", fast_time, slow_time, f"against 200 tiers; largest gap {gap:.0e}"


def cut_sets() -> Iterator[Result]:
    """Minimal cut sets of a fault tree of 25 events, against trying all small sets."""
    rng = random.Random(7)
    events = [f"event {i}" for i in range(25)]
    rng.shuffle(events)
    parts = [events[place::9] + rng.sample(events, 1) for place in range(9)]
    gates = {f"gate {i}": (all_of if i % 2 else any_of)(part) for i, part in enumerate(parts)}
    middle = {f"middle {i}": at_least(2, list(gates)[i::3]) for i in range(3)}
    tree = FaultTree({**gates, **middle, "top": at_least(2, middle)})
    found, fast_time = timed(lambda: tree.cut_sets("top"))
    small = {frozenset(events) for events in found if len(events) <= TRIED}

    def tried() -> set[frozenset[str]]:
        minimal: set[frozenset[str]] = set()
        for given in _subsets(list(tree.events("top")), TRIED):
            if not any(known <= given for known in minimal) and "top" in tree.failed(given):
                minimal.add(given)
        return minimal

    slow, slow_time = timed(tried)
    _check(slow == small)
    events_used = len(tree.events("top"))
    yield (
        f"all {len(found)} minimal cut sets over {events_used} events",
        fast_time,
        slow_time,
        f"against trying all sets of up to {TRIED}",
    )
    _, chance_time = timed(lambda: tree.probability("top", dict.fromkeys(events, 0.01)))
    yield "its exact probability", chance_time, None, "decision diagram"


def _subsets(events: list[str], largest: int) -> Iterator[frozenset[str]]:
    from itertools import combinations

    for size in range(1, largest + 1):
        yield from map(frozenset, combinations(events, size))


def chokepoints() -> Iterator[Result]:
    """Dominators of one node and articulation points, against networkx."""
    rng = np.random.default_rng(3)
    near, far = (rng.integers(0, NODES, LINKS).astype(np.int32) for _ in range(2))
    near[:3], far[:3] = [0, 1, 2], [1, 2, 3]
    near[near == 0] = 5
    near[0] = 0
    links = adjacency(near, far, NODES)
    found, fast_time = timed(lambda: dominators(links, [0], 3))

    def tree() -> list[int]:
        graph = nx.DiGraph(list(zip(near.tolist(), far.tolist(), strict=True)))
        parents = nx.immediate_dominators(graph, 0)
        chain, node = [], 3
        while node != 0:
            node = parents[node]
            chain.append(node)
        return chain[::-1]

    slow, slow_time = timed(tree)
    _check(slow == found)
    yield f"dominators on {LINKS:,} links", fast_time, slow_time, f"against networkx; {len(slow)} found by both"
    cut, fast_time = timed(lambda: {node for node, _ in cut_nodes(near.astype(np.int64), far.astype(np.int64), NODES)})
    held, slow_time = timed(
        lambda: set(nx.articulation_points(nx.Graph(zip(near.tolist(), far.tolist(), strict=True))))
    )
    _check(held == cut)
    yield (
        f"articulation points on {LINKS:,} links",
        fast_time,
        slow_time,
        f"against networkx; {len(held)} found by both",
    )


def chain(store: Store) -> Iterator[Result]:
    """Six tiers of suppliers out of an embedded store, reading the links included, against networkx."""
    start = "company:c7"

    def fast_walk() -> set[str]:
        network = Network.from_store(store, links=["SUPPLIES"], evidence=False)
        found = reach(along(network, ["SUPPLIES"], upstream=True), [network.code(start)], TIERS)
        return {network.ids[node] for node in found.nodes}

    def slow_walk() -> set[str]:
        table = store.table("SUPPLIES", ["subject", "object"])
        graph = nx.DiGraph(list(zip(table.columns["object"], table.columns["subject"], strict=True)))
        return set(nx.single_source_shortest_path_length(graph, start, TIERS)) - {start}

    fast_walk()
    fast, fast_time = timed(fast_walk)
    slow, slow_time = timed(slow_walk)
    _check(fast == slow)
    yield f"{TIERS} tiers upstream on {LINKS:,} links, read from the store", fast_time, slow_time, "against networkx"


def filled(folder: Path) -> Store:
    """An embedded store with random supply links."""
    rng = np.random.default_rng(1)
    ids = [f"company:c{i}" for i in range(NODES)]
    ends = {side: [ids[i] for i in rng.integers(0, NODES, LINKS)] for side in ("subject", "object")}
    constant = {
        "since": "0001-01-01",
        "until": "9999-12-31",
        "certainty": "stated",
        "source": "source:x",
        "locator": "1",
    }
    columns = {**ends, "id": [f"{i:020x}" for i in range(LINKS)], **{k: [v] * LINKS for k, v in constant.items()}}
    store = open_store(f"embedded:{folder / 'graph.lbug'}", MODEL)
    store.apply([AddNodes(Table("Company", {"id": ids, "name": ids}))])
    store.apply([AddLinks(Table("SUPPLIES", columns), ("Company", "Company"))])
    return store


def main() -> None:
    """Measure all, and print one table."""
    network = firms(*HUNGARIAN)
    results = [*cut_sets(), *exposure(network), *systemic(network, full="--full" in sys.argv), *chokepoints()]
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder)) as store:
        results += chain(store)
    screen = Screen("question", "graphkit", "plain way", "times faster", "how")
    for question, fast, slow, how in results:
        times = ("–", "–") if slow is None else (_duration(slow), f"{slow / fast:,.1f}")
        screen.add_row(question, _duration(fast), *times, how)
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(screen)
    own, children = (resource.getrusage(who).ru_maxrss / 1024**2 for who in WHOSE_MEMORY)
    memory = f"largest memory of this process {own:.1f} GB" + (f", of each child {children:.1f} GB" if children else "")
    console.print(f"{HUNGARIAN[0]:,} firms, {HUNGARIAN[1]:,} links; {memory}")


def _duration(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min"), (1, "s")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
