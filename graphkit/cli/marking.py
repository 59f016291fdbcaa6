"""Findings as layers of the map: who is marked with which word, and how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from graphkit.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphkit.analyses.findings import Finding, Row
    from graphkit.graph import Graph

    Marks = Callable[[Finding], Mapping[str, str]]

__all__ = ["chokepoints", "draw_marks", "exposed", "hit", "hit_anywhere", "lone", "weak"]

WORDS = {"stops": "lost", "runs short": "at_risk"}
"""The page knows these words, and `lost_tier_2` for how far away it is."""

ALONE, AT_RISK, LOST = "single_source", "at_risk", "lost"


def hit(finding: Finding) -> dict[str, str]:
    """What fails, stops and runs short, and at which tier."""
    failing = {str(row["id"]): LOST for row in finding.details["failing"]}
    return {**_hits(finding.rows), **failing}


def hit_anywhere(finding: Finding) -> dict[str, str]:
    """The worst that happens to each in any of several scenarios."""
    return _hits(row for scenario in finding.rows for row in finding.details[str(scenario["scenario"])])


def _hits(rows: Iterable[Row]) -> dict[str, str]:
    worst_last = sorted(rows, key=lambda row: (row["effect"] == "stops", -cast("int", row["tier"])))
    return {str(row["id"]): f"{WORDS[str(row['effect'])]}_tier_{row['tier']}" for row in worst_last}


def exposed(finding: Finding) -> dict[str, str]:
    """Who hangs on the target, and at which tier."""
    return {str(row["id"]): f"{AT_RISK}_tier_{row['tier']}" for row in finding.rows if row["id"] and row["tier"]}


def weak(finding: Finding) -> dict[str, str]:
    """Single points of failure, and those that fail together."""
    by_size = sorted(finding.rows, key=lambda row: -cast("int", row["size"]))
    marks = {name: AT_RISK if cast("int", row["size"]) > 1 else ALONE for row in by_size for name in _names(row["ids"])}
    return {name: word for name, word in marks.items() if not name.startswith("country:")}


def chokepoints(finding: Finding) -> dict[str, str]:
    """Who cannot be gone around."""
    return {str(row["id"]): ALONE for row in finding.rows}


def lone(finding: Finding) -> dict[str, str]:
    """Sources that are alone, and the products that hang on them."""
    products = {str(row["product"]): AT_RISK for row in finding.rows}
    return products | {str(row["source"]): ALONE for row in finding.rows}


def _names(value: object) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value)


def draw_marks(graph: Graph, marks: Mapping[str, str], title: str, path: str) -> None:
    """Draw those that are marked, and what links them, as an HTML file.

    Raises:
        QueryError: nobody is marked.
    """
    from graphkit.drawing import Look

    if not marks:
        raise QueryError("nothing was found that could be drawn; ask without --map for what was assumed")
    graph.map(*marks, hops=0, look=Look(title=title, marks=marks)).save(path)
