"""A bird for the mine: does the installed engine still answer right?

ladybug 0.22.0 answers two shapes of query wrongly without an error; `graphkit.dialect` refuses those and spells them in
a way that is right. Whether that way stays right is a property of the installed version. So, when a store is made or
the version changes, a small random graph is asked both questions in the safe spelling, and the answers are compared
with a plain walk.
"""

from __future__ import annotations

import random
from hashlib import blake2b
from itertools import product
from typing import TYPE_CHECKING

import ladybug

from graphkit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check", "fingerprint"]

NODES, LINKS, SEED = 100, 500, 20250613

CHAIN = """
MATCH (a:N)-[:R]->(b:N)-[r:R]->(c:N) WITH a.id AS start, c.id AS finish, r.w AS w
WHERE w > $limit RETURN count(*)
"""
PATHS = """
MATCH p = (a:N)-[:R*2..2]->(c:N) UNWIND relationships(p) AS r
WITH p, count(CASE WHEN r.w > $limit THEN 1 END) AS good WHERE good = 2 RETURN count(*)
"""


def fingerprint(texts: Iterable[str]) -> str:
    """A short hash of some texts, to see whether they changed."""
    return blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()


def check(version: str) -> None:
    """Ask the installed engine two questions whose answers are known.

    Raises:
        StoreError: an answer is wrong; this version must not be used.
    """
    links = _random_links()
    ways = [(first, second) for first, second in product(links, links) if first[1] == second[0]]
    expected = {
        CHAIN: sum(second[2] > 0.5 for _, second in ways),  # noqa: PLR2004 - half of the weights
        PATHS: sum(first[2] > 0.5 and second[2] > 0.5 for first, second in ways),  # noqa: PLR2004 - as above
    }
    with ladybug.Database(":memory:") as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE N(id INT64 PRIMARY KEY)")
        connection.execute("CREATE REL TABLE R(FROM N TO N, w DOUBLE)")
        connection.execute("UNWIND $ids AS i CREATE (:N {id: i})", {"ids": list(range(NODES))})
        connection.execute(
            "UNWIND $rows AS r MATCH (a:N) WHERE a.id = r.a MATCH (b:N) WHERE b.id = r.b CREATE (a)-[:R {w: r.w}]->(b)",
            {"rows": [{"a": a, "b": b, "w": w} for a, b, w in links]},
        )
        for text, count in expected.items():
            answer = connection.execute(text, {"limit": 0.5})
            if isinstance(answer, list) or answer.get_all() != [[count]]:
                raise StoreError(f"{version} gives wrong answers on this machine; install the version graphkit pins")


def _random_links() -> list[tuple[int, int, float]]:
    chance = random.Random(SEED)  # noqa: S311 - a fixed graph, not a secret
    return [(chance.randrange(NODES), chance.randrange(NODES), chance.random()) for _ in range(LINKS)]
