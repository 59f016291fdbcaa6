"""A scenario run as a report: Markdown to read, plain data to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.analyses.findings import Finding, Row

__all__ = ["to_document", "to_markdown"]

UNKNOWN = "–"


def to_markdown(found: Finding) -> str:
    """Write a run of scenarios as Markdown: side by side first, then who is hit in each, then what it stands on."""
    names = [str(row["scenario"]) for row in found.rows]
    parts = [f"# {found.question}", "## Side by side", _across(found.rows)]
    for title, key in (("Watched", "watched"), ("Who is hit", "hits")):
        rows = found.details.get(key, ())
        if rows:
            parts += [f"## {title}", _table(["name", *(["tier"] if key == "hits" else []), *names], rows)]
    for name in names:
        rows = found.details[name]
        parts.append(f"## {name}")
        columns = ["effect", "tier", "name", "type", "because_names", "share_lost_low", "share_lost_high", "claims"]
        parts.append(_table(columns, rows) if rows else "Nothing stops and nothing runs short.")
    parts += ["## Assumptions", "\n".join(f"- {text}" for text in found.assumptions)]
    if found.coverage:
        parts.append(f"Coverage: {found.coverage}.")
    return "\n\n".join(parts) + "\n"


def to_document(found: Finding) -> dict[str, object]:
    """A run of scenarios as JSON holds it; unknown is None."""
    coverage = found.coverage
    return {
        "title": found.question,
        "scenarios": found.rows,
        **found.details,
        "assumptions": found.assumptions,
        "coverage": coverage and {"known": coverage.known, "total": coverage.total, "of": coverage.of},
        "claims": found.claims,
    }


def _across(rows: Sequence[Row]) -> str:
    """A column for each scenario, a row for each figure that any of them has."""
    figures = [name for name in rows[0] if name not in ("scenario", "claims")]
    figures = [name for name in figures if any(row[name] is not None for row in rows)]
    turned: list[Row] = [
        {"": name.replace("_", " "), **{str(row["scenario"]): row[name] for row in rows}} for name in figures
    ]
    return _table(["", *(str(row["scenario"]) for row in rows)], turned)


def _table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    lines = ["| " + " | ".join(_cell(name.replace("_", " ")) for name in columns) + " |", "|---" * len(columns) + "|"]
    lines += ["| " + " | ".join(_cell(row.get(name)) for name in columns) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    match value:
        case None:
            return UNKNOWN
        case float():
            return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"  # noqa: PLR2004 - below, digits tell
        case tuple():
            return ", ".join(_cell(part) for part in value) or UNKNOWN
        case _:
            return str(value).replace("|", "\\|").replace("\n", " ")
