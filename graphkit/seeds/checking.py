"""Sheets to records: every cell cleaned by its kind, every name led to a node, every problem reported at its place.

A column is cleaned value by value, but each distinct value only once; a million links hold few distinct sources,
dates or names. Problems do not stop the check: a caller gets all records that are right and all problems of the rest,
and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit import watching
from graphkit.names import Names
from graphkit.seeds.claim_sheets import Claims, ClaimSheet
from graphkit.seeds.joining import mapped_nodes
from graphkit.seeds.node_sheets import Nodes, NodeSheet, check_references, refuse_repeated_ids
from graphkit.seeds.resolving import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.errors import Problem
    from graphkit.records import Table
    from graphkit.schema import Schema
    from graphkit.seeds.resolving import Unknown
    from graphkit.seeds.sheets import Sheet

__all__ = ["Checked", "Claims", "Decided", "Nodes", "check_sheets"]

Decided = tuple["Sequence[tuple[str, str]]", "Sequence[tuple[str, str]]"]
"""What was decided to be the same and to be distinct, as pairs of a spelling and an id."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a set of files holds.

    Attributes:
        nodes: Nodes, one table for each file and type.
        claims: Tables of claims, each claim with its id, all stored properties but `load`.
        problems: Everything wrong; the rows named here are in neither.
        names: The names of all nodes, those known before included.
        unknown: Names that lead to no node, each once.
        sheets: The sheets that were checked, as they were read.
        alike: New nodes that are called like others, or very nearly so; only the user can tell them apart.
    """

    nodes: tuple[Nodes, ...]
    claims: tuple[Claims, ...]
    problems: tuple[Problem, ...]
    names: Names
    unknown: tuple[Unknown, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    alike: tuple[Unknown, ...] = ()


def check_sheets(
    sheets: Iterable[Sheet],
    schema: Schema,
    known: Iterable[Table] = (),
    *,
    decided: Decided = ((), ()),
    create_missing: bool = False,
) -> Checked:
    """Check sheets against the model and against the nodes that are known already.

    Nodes are read first, from whichever file, so that claims may name nodes of any other file.

    Args:
        sheets: The files.
        schema: The model.
        known: Nodes that a store holds already.
        decided: What was decided to be the same and to be distinct.
        create_missing: Whether a name that leads to no node makes one, as a stub.
    """
    sheets, known = tuple(sheets), tuple(known)
    problems = [problem for sheet in sheets for problem in sheet.problems]
    node_sheets = [sheet for sheet in sheets if "link" not in sheet.columns]
    nodes = [
        part for sheet in node_sheets if not sheet.matches_names for part in NodeSheet(sheet, schema, problems).nodes()
    ]
    refuse_repeated_ids(nodes, problems)
    alike: list[Unknown] = []
    if mapped := [sheet for sheet in node_sheets if sheet.matches_names]:
        so_far = Names.from_tables([*known, *(part.table for part in nodes)], *decided)
        joined, alike = mapped_nodes(mapped, schema, so_far, problems)
        nodes += joined
    names = Names.from_tables([*known, *(part.table for part in nodes)], *decided)
    resolver = Resolver(names, create_missing)
    nodes = [check_references(part, schema.nodes[part.table.type].properties, resolver, problems) for part in nodes]
    claims: list[Claims] = []
    for place, sheet in enumerate(sheets):
        if "link" in sheet.columns:
            claims += ClaimSheet(sheet, schema, resolver, problems).claims()
            watching.tell("checking tables", place + 1, len(sheets))
    created = [Nodes(table, [("", 0)] * len(table), "update") for table in resolver.created_tables()]
    return Checked(
        (*nodes, *created),
        tuple(claims),
        tuple(sorted(set(problems))),
        names,
        tuple(resolver.unknown.values()),
        sheets,
        (*alike, *resolver.alike()),
    )
