"""Findings of analyses as they are printed: the rows, what they take for granted, how much was known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from graphkit.answers.evidence import read_claims
from graphkit.cli.answers import evidence_row, sentence, with_evidence
from graphkit.cli.options import print_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.analyses.findings import Finding
    from graphkit.graph import Graph

__all__ = ["print_finding"]


def print_finding(
    graph: Graph, finding: Finding, style: str, *, evidence: bool, whole: Mapping[str, object] | None = None
) -> None:
    """Print a finding: whole in JSON, its rows in the other formats for programs, all of it in words for people.

    Args:
        graph: The graph that was asked.
        finding: What was found.
        style: How to print.
        evidence: Whether to add every claim that was used.
        whole: What JSON holds, where it is not what it holds of every finding.
    """
    claims = {claim.id: claim for claim in read_claims(graph.store, finding.claims)} if evidence else {}
    if style == "json":
        proofs = {"evidence": [evidence_row(claim, graph.names) for claim in claims.values()]} if evidence else {}
        click.echo(json.dumps({**(whole or _whole(finding)), **proofs}, ensure_ascii=False, indent=2))
        return
    if style != "table":
        rows = [with_evidence(row, claims, graph.names, style) for row in finding.rows] if evidence else finding.rows
        print_rows(rows, (*finding.columns, *(["evidence"] if evidence else [])), style)
        return
    _print_for_people(finding)
    if evidence:
        click.echo("\nEvidence")
    for claim in claims.values():
        click.echo(sentence(claim, graph.names))


def _print_for_people(finding: Finding) -> None:
    click.secho(finding.question, bold=True)
    columns = _for_people(finding.columns)
    unknown = [name for name in columns if finding.rows and all(row[name] is None for row in finding.rows)]
    print_rows(finding.rows, [name for name in columns if name not in unknown], "table")
    if unknown:
        click.echo(f"Unknown throughout: {', '.join(unknown)}")
    for title, rows in finding.details.items():
        if rows:
            click.echo(f"\n{title.replace('_', ' ').capitalize()}")
            print_rows(rows, _for_people(tuple(rows[0])), "table")
    click.echo(f"\nCoverage: {finding.coverage or 'nothing is estimated'}")
    for assumption in finding.assumptions:
        click.echo(f"Assumed: {assumption}")


def _for_people(columns: Sequence[str]) -> list[str]:
    """Names instead of ids, where there are both."""
    named = {"id": "name", "ids": "names", "because": "because_names"}
    return [name for name in columns if name != "claims" and {named.get(name), f"{name}_name"}.isdisjoint(columns)]


def _whole(finding: Finding) -> Mapping[str, object]:
    coverage = finding.coverage
    return {
        "question": finding.question,
        "rows": finding.rows,
        "details": dict(finding.details),
        "coverage": coverage
        and {"known": coverage.known, "total": coverage.total, "of": coverage.of, "part": coverage.part},
        "assumptions": finding.assumptions,
        "claims": finding.claims,
    }
