"""Answers and their evidence as they are printed: names and numbers for people, everything for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graphkit.cli.options import print_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.answers import Answer
    from graphkit.answers.evidence import Claim
    from graphkit.graph import Graph
    from graphkit.names import Names

__all__ = [
    "EVIDENCE_COLUMNS",
    "evidence_row",
    "print_answer",
    "print_claims",
    "print_evidence",
    "print_for_people",
    "sentence",
    "with_evidence",
]

EVIDENCE_COLUMNS = (
    "subject",
    "link",
    "object",
    "says",
    "certainty",
    "valid_from",
    "valid_to",
    "source",
    "locator",
    "note",
)


def print_answer(
    graph: Graph, answer: Answer, style: str, *, evidence: bool, meta: bool = False, of_a_day: bool = False
) -> None:
    """Print an answer, and beside it what its reader should know.

    Args:
        graph: The graph that was asked.
        answer: What it answered.
        style: How to print.
        evidence: Whether each row says who says so.
        meta: Whether to print one object that says how the answer came, too.
        of_a_day: Whether the day asked about was told.
    """
    notes = (*answer.notes, *(_undated(graph, answer) if of_a_day else ()))
    for note in notes:
        click.echo(f"Note: {note}", err=True)
    if meta:
        whole = _whole(graph, answer, evidence=evidence) | {"notes": notes}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    elif style == "table":
        print_for_people(graph, answer, evidence=evidence)
    else:
        columns = (*answer.columns, "evidence") if evidence else answer.columns
        print_rows(_rows(graph, answer, style, evidence=evidence), columns, style)


def _whole(graph: Graph, answer: Answer, *, evidence: bool) -> dict[str, object]:
    return {
        "question": answer.query.name,
        "arguments": dict(answer.arguments),
        "meanings": [asdict(meaning) for meaning in answer.meanings],
        "rows": [dict(row) for row in _rows(graph, answer, "json", evidence=evidence)],
    }


def _undated(graph: Graph, answer: Answer) -> Iterator[str]:
    """How many rows hold on the day asked about only because nobody says since when."""
    dated = {claim.id for claim in answer.evidence(graph.store) if claim.valid_from}
    proofs = [claims for row in answer.rows if isinstance(claims := row.get("claims"), tuple) and claims]
    if undated := sum(dated.isdisjoint(claims) for claims in proofs):
        yield (
            f"no source says since when, for {undated:,} of {len(answer.rows):,} rows; they count as true on any day"
        )


def _rows(graph: Graph, answer: Answer, style: str, *, evidence: bool) -> Sequence[Mapping[str, object]]:
    if not evidence:
        return answer.rows
    claims = {claim.id: claim for claim in answer.evidence(graph.store)}
    return [with_evidence(row, claims, graph.names, style) for row in answer.rows]


def print_for_people(graph: Graph, answer: Answer, *, evidence: bool) -> None:
    """A table of names and numbers; ids are for programs, and what is unknown throughout is said once."""
    names = [
        name for name in answer.columns if name != "claims" and name.removesuffix("_id") not in _others(answer, name)
    ]
    unknown = [name for name in names if answer.rows and all(row[name] is None for row in answer.rows)]
    print_rows(answer.rows, [name for name in names if name not in unknown], "table")
    if not answer.rows:
        click.echo("No claim says so, which does not mean that there is none.")
    if unknown:
        click.echo(f"Unknown throughout: {', '.join(unknown)}")
    if evidence and answer.rows:
        click.echo("\nEvidence")
        print_evidence(graph, answer)


def print_evidence(graph: Graph, answer: Answer) -> None:
    """The claims of an answer as footnotes, in the order of its rows."""
    claims = {claim.id: claim for claim in answer.evidence(graph.store)}
    told = (claim for row in answer.rows if isinstance(own := row.get("claims"), tuple) for claim in own)
    for claim in dict.fromkeys(told):
        if claim in claims:
            click.echo(sentence(claims[claim], graph.names))


def _others(answer: Answer, name: str) -> set[str]:
    return set(answer.columns) - {name}


def with_evidence(
    row: Mapping[str, object], claims: Mapping[str, Claim], names: Names, style: str
) -> dict[str, object]:
    """A row, and the claims that it stands on: in full for JSON, else as footnotes."""
    own = row.get("claims") or ()
    proofs = [
        evidence_row(claims[claim], names) for claim in (own if isinstance(own, tuple) else ()) if claim in claims
    ]
    return {**row, "evidence": proofs if style.startswith("json") else "; ".join(map(_footnote, proofs))}


def evidence_row(claim: Claim, names: Names) -> dict[str, object]:
    """A claim as one row, what it says of its two ends in one cell."""
    row: dict[str, object] = {name: getattr(claim, name) for name in EVIDENCE_COLUMNS if name not in {"link", "says"}}
    says = ", ".join(_said(claim, names))
    return {"claim": claim.id, "link": claim.type, "says": says or None, **row}


def _said(claim: Claim, names: Names) -> list[str]:
    """What a claim says beyond its two ends, nodes by their names."""
    return [f"{name} {_short(value, names)}" for name, value in claim.values.items()]


def _short(value: object, names: Names) -> str:
    match value:
        case float():
            return f"{value:,.0f}" if value.is_integer() else f"{value:,.6g}"
        case str():
            return names.name_of(value)
        case _:
            return str(value)


def sentence(claim: Claim, names: Names) -> str:
    """A claim as a footnote: what it says, how sure, since when, who says so, where."""
    note = f" ({claim.note})" if claim.note else ""
    return f"  {_ends(claim)}: {_in_words(claim, names)} — {claim.source}, {claim.locator}{note}"


def print_claims(claims: Iterable[Claim], names: Names) -> None:
    """Claims as a table for people: what is claimed, all that is said of it in one cell, who says so, where."""
    rows = [
        {
            "claim": _ends(claim),
            "says": _in_words(claim, names),
            "source": claim.source,
            "locator": claim.locator,
            "note": claim.note,
        }
        for claim in claims
    ]
    columns = [name for name in ("claim", "says", "source", "locator", "note") if any(row[name] for row in rows)]
    print_rows(rows, columns, "table")


def _ends(claim: Claim) -> str:
    return f"{claim.subject} {claim.type} {claim.object}"


def _in_words(claim: Claim, names: Names) -> str:
    """How sure a claim is, what it says beyond its ends, since when and until when."""
    when = [f"{word} {day}" for word, day in (("since", claim.valid_from), ("until", claim.valid_to)) if day]
    return "; ".join([", ".join([claim.certainty, *_said(claim, names)]), *when])


def _footnote(proof: Mapping[str, object]) -> str:
    return f"{proof['source']}, {proof['locator']} ({proof['certainty']})"
