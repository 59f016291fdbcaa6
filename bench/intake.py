"""How long a list takes from its file to the graph, names resolved, beside the raw engine's best, in one run.

The file names 100,000 companies as people do (by Chinese or English name, not by id) in 1,000,000 claims. The raw
engine gets ids, ready in memory, and checks nothing.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from _measure import Line, peak_megabytes, report, seconds
from loading import copy, plain_driver, raw_database
from servers.neo4j_release import SUPPORTED, releases
from servers.neo4j_server import Neo4jServer

from graphkit.graph import Graph
from graphkit.model import MODEL
from graphkit.stores import open_store
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from graphkit.records import Table
    from graphkit.stores.base import Store

COMPANIES, CLAIMS, EXTRA = 100_000, 1_000_000, 10_000
TIMES = 10
"""A file that is so many times as long should take no more memory to check."""

ENOUGH = 2_000
"""Megabytes that are enough for it."""


def write(folder: Path, companies: int, claims: int) -> None:
    """The nodes, and the same claims as CSV and as Parquet; ten thousand of them, half new, in a file of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (f"company:{i},公司{i},Company {i} Ltd,CN\n" for i in range(companies))
    (folder / "companies.csv").write_text("id,name_zh,name_en,country\n" + "".join(rows), "utf-8")
    (folder / "products.csv").write_text("id,name_en\n" + "".join(f"product:{i},part {i}\n" for i in range(1000)))
    (folder / "sources.csv").write_text("id,title\nsource:a,Report A\n")
    table = claim_table(companies, claims, start=0)
    pq.write_table(table, folder / "claims.parquet")
    pc.write_csv(table, folder / "claims.csv")
    more = pa.concat_tables([table.slice(0, EXTRA // 2), claim_table(companies, EXTRA // 2, start=claims)])
    pc.write_csv(more, folder / "more.csv")


def claim_table(companies: int, claims: int, *, start: int) -> pa.Table:
    """Supply claims with hubs, each at a place of its own."""
    chance = random.Random(start)
    return pa.table(
        {
            "subject": [f"Company {int(companies * chance.random() ** 2)}" for _ in range(claims)],
            "link": ["SUPPLIES"] * claims,
            "object": [f"公司{int(companies * chance.random() ** 2)}" for _ in range(claims)],
            "product": [f"part {chance.randrange(1000)}" for _ in range(claims)],
            "share": [round(chance.random(), 4) if chance.random() < 0.5 else None for _ in range(claims)],  # noqa: PLR2004 - half
            "valid_from": [f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}" for _ in range(claims)],
            "certainty": ["stated"] * claims,
            "source": ["Report A"] * claims,
            "locator": [f"row {start + i}" for i in range(claims)],
        }
    )


def first(store: Store, folder: Path) -> Graph:
    """A graph that holds the nodes."""
    graph = Graph(store)
    graph.load(*node_files(folder))
    return graph


def loaded(graph: Graph) -> Table:
    """The claims as the raw engine gets them."""
    return graph.store.table("SUPPLIES")


def embedded(folder: Path) -> list[Line]:
    """CSV and Parquet, first and again, beside COPY of what came out."""
    write(folder / "files", COMPANIES, CLAIMS)
    lines: list[Line] = []
    theirs = 0.0
    for kind in ("parquet", "csv"):
        with EmbeddedStore(str(folder / f"{kind}.lbug"), MODEL) as store:
            graph = first(store, folder / "files")
            path = folder / "files" / f"claims.{kind}"
            ours = seconds(lambda: graph.load(path))  # noqa: B023 - called at once
            if not theirs:
                raw, table = raw_database(folder / "raw.lbug", store), loaded(graph)
                theirs = seconds(lambda: copy(raw, table))  # noqa: B023 - as above
                del table
            again = seconds(lambda: graph.load(path))  # noqa: B023 - as above
            lines += [
                Line(f"{kind}: 1,000,000 claims, first", ours, "ladybug COPY of ready columns", theirs, "<= 2"),
                Line(f"{kind}: the same again", again, "the first time", ours, "<= 1"),
            ]
            if kind == "csv":
                more = seconds(lambda: graph.load(folder / "files" / "more.csv"))  # noqa: B023 - as above
                lines.append(Line("csv: 10,000 more, half known", more, "the first time", ours, ""))
    return lines


def neo4j(folder: Path) -> list[Line]:
    """The same on Neo4j, beside batches of CREATE by the driver, and the server's own import into an empty database."""
    write(folder / "files", COMPANIES, CLAIMS)
    with Neo4jServer(releases()[SUPPORTED], folder / "neo4j", heap="4g") as server:
        store = open_store(server.url, MODEL, user=server.user, password=server.password)
        graph = first(store, folder / "files")
        path = folder / "files" / "claims.parquet"
        ours = seconds(lambda: graph.load(path))
        again = seconds(lambda: graph.load(path))
        more = seconds(lambda: graph.load(folder / "files" / "more.csv"))
        graph.undo(str(graph.loads()[0]["id"]))
        table = loaded(graph)
        graph.undo(str(graph.loads()[0]["id"]))
        theirs = seconds(lambda: plain_driver(server, table))
        imported = seconds(lambda: admin_import(folder, table))
        return [
            Line(
                "Neo4j: 1,000,000 claims from Parquet, first", ours, "UNWIND and CREATE by the driver", theirs, "<= 2"
            ),
            Line("Neo4j: the same", ours, "neo4j-admin import of ready files, server down", imported, ""),
            Line("Neo4j: the same again", again, "the first time", ours, "<= 1"),
            Line("Neo4j: 10,000 more, half known", more, "the first time", ours, ""),
        ]


def admin_import(folder: Path, table: Table) -> None:
    """Neo4j's own way into an empty database; it reads files of its own form, and checks nothing of ours."""
    release = releases()[SUPPORTED]
    home, companies, claims = folder / "import", folder / "companies.import.csv", folder / "claims.import.csv"
    (home / "conf").mkdir(parents=True)
    ids = sorted({*table.columns["subject"], *table.columns["object"]}, key=str)
    pc.write_csv(pa.table({"id:ID": ids}), companies)
    ends = {"subject": "subject:START_ID", "object": "object:END_ID"}
    names = [name for name, values in table.columns.items() if name in ends or values.count(None) < len(values)]
    pc.write_csv(pa.table({ends.get(name, name): table.columns[name] for name in names}), claims)
    words = ["org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", "--overwrite-destination=true"]
    words += [f"--nodes=Company={companies}", f"--relationships=SUPPLIES={claims}"]
    subprocess.run(
        [str(release.java), "-cp", f"{release.jars}/*", *words],
        check=True,
        capture_output=True,
        cwd=folder,
        env={"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
    )


def memory(folder: Path) -> list[Line]:
    """The most memory, in megabytes: of reading and checking, and of loading."""
    write(folder / "files", COMPANIES, CLAIMS)
    path, large = folder / "files" / "claims.parquet", large_file(folder / "files")
    url = f"embedded:{folder / 'memory.lbug'}"
    peak_megabytes(load_files, url, *node_files(folder / "files"))
    small, checked = peak_megabytes(plan_file, url, path), peak_megabytes(plan_file, url, large)
    ours, theirs = peak_megabytes(load_files, url, path), peak_megabytes(raw_load, url, str(folder / "raw.lbug"))
    return [
        Line(f"plan of {TIMES * CLAIMS:,} claims", checked, f"plan of {CLAIMS:,}", small, "1: flat"),
        Line(f"plan of {TIMES * CLAIMS:,} claims", checked, "two gigabytes", ENOUGH, "<= 1"),
        Line(f"load of {CLAIMS:,} claims", ours, "ladybug COPY of ready columns", theirs, ""),
    ]


def large(folder: Path) -> list[Line]:
    """The most memory of a client that loads ten million claims into Neo4j, in megabytes; it takes half an hour."""
    write(folder / "files", COMPANIES, CLAIMS)
    with Neo4jServer(releases()[SUPPORTED], folder / "neo4j", heap="4g") as server:
        to = partial(load_files, server.url, user=server.user, password=server.password)
        peak_megabytes(to, *node_files(folder / "files"))
        ours = peak_megabytes(to, large_file(folder / "files"))
        return [Line(f"Neo4j: load of {TIMES * CLAIMS:,} claims", ours, "two gigabytes", ENOUGH, "<= 1")]


def node_files(folder: Path) -> list[Path]:
    """The lists of nodes."""
    return [folder / f"{name}.csv" for name in ("companies", "products", "sources")]


def large_file(folder: Path) -> Path:
    """A file of ten times as many claims."""
    path = folder / "large.parquet"
    with pq.ParquetWriter(path, claim_table(COMPANIES, 10, start=0).schema) as writer:
        for part in range(TIMES):
            writer.write_table(claim_table(COMPANIES, CLAIMS, start=part * CLAIMS))
    return path


def load_files(url: str, *paths: Path, user: str = "", password: str = "") -> None:
    """Load lists into a graph."""
    with open_store(url, MODEL, user=user, password=password) as store:
        Graph(store).load(*paths)


def plan_file(url: str, path: Path) -> None:
    """Read and check a list, as a dry run does."""
    with open_store(url, MODEL) as store:
        Graph(store).plan(path)


def raw_load(url: str, raw: str) -> None:
    """What the engine alone holds while it takes the same claims."""
    with EmbeddedStore(url.removeprefix("embedded:"), MODEL) as store:
        table = loaded(Graph(store))
        copy(raw_database(Path(raw), store), table)


def main() -> None:
    """Measure and print; parts can be chosen by name, also `large`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["embedded", "memory", "neo4j"])
    with tempfile.TemporaryDirectory() as name:
        for part in parser.parse_args().parts:
            measure = {"embedded": embedded, "memory": memory, "neo4j": neo4j, "large": large}[part]
            report(part, measure(Path(name) / part), "MB" if part in ("memory", "large") else "s")
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
