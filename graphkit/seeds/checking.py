"""Sheets to records: every cell cleaned by its kind, every name led to a node, every problem reported at its place.

A column is cleaned value by value, but each distinct value only once; a million links hold few distinct sources,
dates or names. Problems do not stop the check: a caller gets all records that are right and all problems of the rest,
and decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.errors import InputError
from graphkit.names import Names
from graphkit.seeds.claim_sheets import Claims, ClaimSheet
from graphkit.seeds.mapped_nodes import mapped_nodes
from graphkit.seeds.node_sheets import Nodes, NodeSheet, check_references, refuse_repeated_ids
from graphkit.seeds.reading.sheets import Pieces
from graphkit.seeds.resolving import Resolver
from graphkit.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkit.errors import Problem
    from graphkit.records import Table
    from graphkit.schema import Schema
    from graphkit.seeds.reading.sheets import Sheet
    from graphkit.seeds.resolving import Unknown

__all__ = ["Checked", "Claims", "Decided", "Nodes", "check_pieces", "check_sheets"]

Decided = tuple["Sequence[tuple[str, str]]", "Sequence[tuple[str, str]]"]
"""What was decided to be the same and to be distinct, as pairs of a spelling and an id."""


IN_MEMORY = 200_000
"""So many claims stay in memory; the others wait on disk."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a set of files holds.

    Attributes:
        nodes: Nodes, one table for each file and type.
        claims: Tables of claims, each claim with its id, all stored properties but `load`.
        problems: Everything wrong; the rows named here are in neither.
        names: The names of all nodes, those known before included.
        unknown: Names that lead to no node, each once.
        read_as: How each file was read: rows, encoding, delimiter.
        alike: New nodes that are called like others, or very nearly so; only the user can tell them apart.
        remarks: What else the user should look at, in sentences.
    """

    nodes: tuple[Nodes, ...]
    claims: tuple[Claims, ...]
    problems: tuple[Problem, ...]
    names: Names
    unknown: tuple[Unknown, ...] = ()
    read_as: tuple[str, ...] = ()
    alike: tuple[Unknown, ...] = ()
    remarks: tuple[str, ...] = ()


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
    sheets = tuple(sheets)
    files = [Pieces(lambda: [sheets])]
    return check_pieces(files, schema, known, decided=decided, create_missing=create_missing)


def check_pieces(
    files: Sequence[Pieces],
    schema: Schema,
    known: Iterable[Table] = (),
    *,
    decided: Decided = ((), ()),
    create_missing: bool = False,
) -> Checked:
    """Check files that are gone through piece by piece; see `check_sheets`.

    Of many claims, those that were checked wait on disk.
    """
    known = tuple(known)
    problems: list[Problem] = []
    nodes, alike = _nodes(files, schema, known, decided, problems)
    names = Names.from_tables([*known, *(part.table for part in nodes)], *decided)
    resolver = Resolver(names, create_missing)
    nodes = [check_references(part, schema.nodes[part.table.type].properties, resolver, problems) for part in nodes]
    kept = _Kept(schema)
    for sheet in (sheet for file in files for sheet in _readable(file, problems)):
        problems += sheet.problems
        if "link" in sheet.columns:
            kept.add(ClaimSheet(sheet, schema, resolver, problems).claims())
    created = [Nodes(table, [("", 0)] * len(table), "update") for table in resolver.created_tables()]
    return Checked(
        (*nodes, *created),
        tuple(kept.claims),
        tuple(sorted(set(problems))),
        names,
        tuple(resolver.unknown.values()),
        alike=(*alike, *resolver.alike()),
    )


def _nodes(
    files: Sequence[Pieces], schema: Schema, known: Sequence[Table], decided: Decided, problems: list[Problem]
) -> tuple[list[Nodes], list[Unknown]]:
    """The nodes that the files state, and those of mapped files that are called like others."""
    first = ((file, next(_readable(file.nodes(), problems), None)) for file in files)
    holding = [(file, sheet.matches_names) for file, sheet in first if sheet is not None]
    nodes: list[Nodes] = []
    for sheet in (sheet for file, mapped in holding if not mapped for sheet in _readable(file.nodes(), problems)):
        nodes += NodeSheet(sheet, schema, problems).nodes()
    refuse_repeated_ids(nodes, problems)
    if any(mapped for _, mapped in holding):
        files = [file for file, mapped in holding if mapped]
        sheets = Pieces(lambda: ([sheet] for file in files for sheet in _readable(file.nodes(), problems)))
        so_far = Names.from_tables([*known, *(part.table for part in nodes)], *decided)
        joined, alike = mapped_nodes(sheets, schema, so_far, problems)
        return nodes + joined, alike
    return nodes, []


def _readable(sheets: Iterable[Sheet], problems: list[Problem]) -> Iterator[Sheet]:
    """The sheets of a file up to where it cannot be read."""
    try:
        yield from sheets
    except InputError as error:
        problems += error.problems


class _Kept:
    """Claims that were checked: the first in memory, the rest on disk."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._spool: Spool | None = None
        self._rows = 0
        self.claims: list[Claims] = []

    def add(self, parts: Iterable[Claims]) -> None:
        for part in parts:
            self._rows += len(part.table)
            self.claims.append(self._on_disk(part) if self._rows > IN_MEMORY else part)

    def _on_disk(self, part: Claims) -> Claims:
        self._spool = self._spool or Spool(self._schema)
        return replace(part, table=self._spool.keep(part.table))
