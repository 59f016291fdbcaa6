"""How long loading and reaching take, beside the raw engine, networkx and a plain driver script, in one run.

The world is made with a fixed seed: 100,000 companies, and 1,000,000 supply claims between them with hubs, shares,
dates and a locator of their own each (a tenth of that for Neo4j, where the peer takes minutes).
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug
import networkx as nx
from _measure import Line, command_seconds, report, seconds
from servers.neo4j_release import SUPPORTED, releases
from servers.neo4j_server import Neo4jServer

from graphkit.analyses.chain import along, reach
from graphkit.analyses.network import Network
from graphkit.loading import apply, make_plan
from graphkit.model import MODEL
from graphkit.seeds.checking import Checked, check_sheets
from graphkit.seeds.reading.sheets import Sheet
from graphkit.stores import open_store
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.embedded_writing import rows_for
from graphkit.stores.tables import ddl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.records import Table
    from graphkit.stores.base import Store

COMPANIES, LINKS, EXTRA, TIERS = 100_000, 1_000_000, 10_000, 6
KNOWN = 0.5
"""The chance that a share is known."""


def nodes(companies: int) -> list[Sheet]:
    """Companies, products and a source, as sheets."""
    ids = [f"company:{i}" for i in range(companies)]
    products = [f"product:{i}" for i in range(1000)]
    return [
        Sheet(
            "companies.csv", {"id": ids, "name_zh": [f"公司{i}" for i in range(companies)]}, range(2, companies + 2), ""
        ),
        Sheet("products.csv", {"id": products, "name_en": [f"part {i}" for i in range(1000)]}, range(2, 1002), ""),
        Sheet("sources.csv", {"id": ["source:a"], "title": ["A"]}, [2], ""),
    ]


def claims(companies: int, links: int, seed: int) -> Sheet:
    """Supply claims with hubs: the chance of a company falls with its number."""
    chance = random.Random(seed)
    pick = lambda: f"company:{int(companies * chance.random() ** 2)}"  # noqa: E731 - used twice, here
    columns: dict[str, Sequence[object]] = {
        "subject": [pick() for _ in range(links)],
        "link": ["SUPPLIES"] * links,
        "object": [pick() for _ in range(links)],
        "product": [f"product:{chance.randrange(1000)}" for _ in range(links)],
        "share": [chance.random() if chance.random() < KNOWN else None for _ in range(links)],
        "valid_from": [f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}" for _ in range(links)],
        "certainty": ["stated"] * links,
        "source": ["source:a"] * links,
        "locator": [f"row {seed}.{i}" for i in range(links)],
    }
    return Sheet("claims.csv", columns, range(2, links + 2), "")


def load(store: Store, sheets: list[Sheet], known: Sequence[Table] = ()) -> Checked:
    """Check, plan and apply, as `graphkit load` does once the file is read."""
    checked = check_sheets(sheets, MODEL, known)
    apply(store, make_plan(store, checked, [sheets[-1].file]), at=datetime.now(UTC))
    return checked


def embedded(folder: Path) -> list[Line]:
    """Bulk load, upsert and reach in the embedded engine."""
    world = nodes(COMPANIES)
    big = claims(COMPANIES, LINKS, seed=1)
    store = EmbeddedStore(str(folder / "ours.lbug"), MODEL)
    load(store, world)
    known = [store.table(name, ["id"]) for name in ("Company", "Product", "Source")]
    ours = seconds(lambda: load(store, [big], known))
    table = check_sheets([big], MODEL, known).claims[0].table
    raw = raw_database(folder / "raw.lbug", store)
    theirs = seconds(lambda: copy(raw, table))
    lines = [
        Line(
            "load 1,000,000 claims, checked and journaled", ours, "ladybug COPY of the same columns", theirs, "<= 1.5"
        ),
        Line(
            "load 1,000,000 claims", ours, "networkx MultiDiGraph of the same claims", seconds(lambda: graph(table)), ""
        ),
    ]
    lines.append(upsert(store, raw, known))
    return [*lines, *reaches(store, seconds_peer=True)]


def raw_database(path: Path, store: EmbeddedStore) -> ladybug.Connection:
    """The raw engine with the same tables and companies."""
    connection = ladybug.Connection(ladybug.Database(path))
    for statement in ddl(MODEL):
        connection.execute(statement)
    names = [prop.name for prop in MODEL.nodes["Company"].stored]
    arrow = rows_for(MODEL, store.table("Company"), names)
    connection.execute("COPY Company FROM $rows", {"rows": arrow})
    return connection


def copy(connection: ladybug.Connection, table: Table) -> None:
    """The raw engine's fastest way in, conversion to Arrow included as it is for us."""
    names = ["subject", "object", *(prop.name for prop in MODEL.links["SUPPLIES"].stored)]
    connection.execute("COPY SUPPLIES FROM $rows", {"rows": rows_for(MODEL, table, names)})
    connection.execute("CHECKPOINT")


def graph(table: Table) -> nx.MultiDiGraph[str]:
    """The same claims as a networkx graph, with their attributes."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_edges_from((row["subject"], row["object"], row["id"], row) for row in table.rows())
    return made


UPSERT = (
    "UNWIND $rows AS r MATCH (a:Company) WHERE a.id = r.subject MATCH (b:Company) WHERE b.id = r.object "
    "MERGE (a)-[x:SUPPLIES {id: r.id}]->(b) ON CREATE SET {sets} ON MATCH SET {sets}"
)


def upsert(store: EmbeddedStore, raw: ladybug.Connection, known: Sequence[Table]) -> Line:
    """10,000 claims, half of them there already, into a million."""
    old, new = claims(COMPANIES, LINKS, seed=1), claims(COMPANIES, EXTRA // 2, seed=2)
    columns = {name: [*old.columns[name][: EXTRA // 2], *new.columns[name]] for name in old.columns}
    sheet = Sheet("more.csv", columns, range(2, EXTRA + 2), "")
    table = check_sheets([sheet], MODEL, known).claims[0].table
    ours = seconds(lambda: load(store, [sheet], known))
    names = [name for name in table.columns if any(value is not None for value in table.columns[name])]
    text = UPSERT.replace("{sets}", ", ".join(f"x.{name} = r.{name}" for name in names if name != "id"))
    typed: dict[str, Any] = {name: 0.5 if name == "share" else "" for name in names}
    rows = [typed, *({name: row.get(name) for name in names} for row in table.rows())]

    def theirs() -> None:
        raw.execute(text, {"rows": rows})
        raw.execute("CHECKPOINT")

    return Line(
        "load 10,000 claims into them, half known", ours, "ladybug MERGE by its best text", seconds(theirs), "<= 1.5"
    )


def reaches(store: Store, *, seconds_peer: bool) -> list[Line]:
    """Six tiers upstream of a few hubs, reading the links included, and beside networkx's walk alone."""
    starts = [f"company:{i}" for i in range(5)]

    def ours() -> int:
        network = Network.from_store(store, links=["SUPPLIES"], evidence=False)
        links = along(network, ["SUPPLIES"], upstream=True)
        return sum(int((reach(links, [network.code(start)], TIERS).tiers >= 0).sum()) for start in starts)

    def read() -> nx.DiGraph[Any]:
        table = store.table("SUPPLIES", ["subject", "object"])
        return nx.DiGraph(zip(table.columns["subject"], table.columns["object"], strict=True))

    peer = read()
    walk = seconds(
        lambda: [nx.single_source_shortest_path_length(peer.reverse(copy=False), s, TIERS) for s in starts], runs=3
    )
    whole = (seconds(read) if seconds_peer else 0.0) + walk
    mine = seconds(ours, runs=3)
    return [
        Line("6-tier reach of 5 hubs, links read first", mine, "networkx, links read first", whole, "<= 0.1"),
        Line("6-tier reach of 5 hubs, links read first", mine, "networkx's walk alone", walk, "<= 1"),
    ]


def neo4j(folder: Path) -> list[Line]:
    """The same at a tenth of the size on Neo4j."""
    companies, links = COMPANIES // 10, LINKS // 10
    with Neo4jServer(releases()[SUPPORTED], folder / "neo4j", heap="4g") as server:
        store = open_store(server.url, MODEL, user=server.user, password=server.password)
        load(store, nodes(companies))
        known = [store.table(name, ["id"]) for name in ("Company", "Product", "Source")]
        sheet = claims(companies, links, seed=1)
        ours = seconds(lambda: load(store, [sheet], known))
        table = check_sheets([claims(companies, links, seed=3)], MODEL, known).claims[0].table
        theirs = seconds(lambda: plain_driver(server, table))
        return [
            Line(
                "Neo4j: load 100,000 claims, checked and journaled", ours, "UNWIND and CREATE by the driver", theirs, ""
            ),
            *reaches(store, seconds_peer=True),
        ]


def plain_driver(server: Neo4jServer, table: Table) -> None:
    """What one writes without graphkit: batches of 10,000 rows in transactions of their own."""
    from neo4j import GraphDatabase

    text = (
        "UNWIND $rows AS r MATCH (a:Company {id: r.subject}) MATCH (b:Company {id: r.object}) "
        "CREATE (a)-[x:SUPPLIES]->(b) SET x = r"
    )
    rows = list(table.rows())
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        for start in range(0, len(rows), 10_000):
            driver.execute_query(text, rows=rows[start : start + 10_000])


def shell(folder: Path) -> list[Line]:
    """What a user waits for at the prompt."""
    url = f"embedded:{folder / 'seeds.lbug'}"
    graphkit = [sys.executable, "-m", "graphkit.cli"]
    command_seconds(*graphkit, "load", "seeds", "--store", url, runs=1)
    click = command_seconds(sys.executable, "-c", "import click")
    one_hop = command_seconds(*graphkit, "query", "makers_of", "UQD", "--store", url, "--format", "json")
    return [
        Line("graphkit --help", command_seconds(*graphkit, "--help"), 'python -c "import click"', click, "<= 2"),
        Line("graphkit query makers_of UQD", one_hop, "half a second", 0.5, "<= 1"),
    ]


def main() -> None:
    """Measure and print; parts can be chosen by name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["shell", "embedded", "neo4j"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in parser.parse_args().parts:
            report(part, {"shell": shell, "embedded": embedded, "neo4j": neo4j}[part](folder))
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
