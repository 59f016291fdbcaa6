"""What a load would do, told row by row."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

import click

from graphkit.cli.options import print_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.loading import Plan
    from graphkit.seeds.resolving import Unknown

__all__ = ["likeness", "print_oddly_read", "print_plan"]

COLUMNS = ("what", "type", "records", "record", "claim", "property", "old", "new", "where", "reason")
KEPT_APART = {"id", "since", "until", "load"}
"""What a claim carries beside what its source says."""

Row = dict[str, object]


def print_oddly_read(read_as: Iterable[str]) -> None:
    """Say how files were read, where it is not how graphkit writes them."""
    for line in read_as:
        if not line.endswith(("utf-8, delimiter ','", "utf-8, JSON lines", "typed")):
            click.echo(line, err=True)


def print_plan(plan: Plan, style: str) -> None:
    """Print a plan: what is new in numbers, what changes with both values, what is refused with its place."""
    print_oddly_read(plan.read_as)
    rows = [*_new(plan), *_changed(plan), *_corrected(plan), *_retired(plan), *_refused(plan)]
    rows.append({"what": "unchanged", "records": plan.unchanged})
    print_rows(rows, [name for name in COLUMNS if any(name in row for row in rows)], style)


def _new(plan: Plan) -> Iterator[Row]:
    for table in plan.new_nodes:
        yield {"what": "new", "type": table.type, "records": len(table)}
    for table in plan.new_nodes:
        pairs = zip(table.columns["id"], table.columns.get("stub", ()), strict=False)
        for node in (node for node, stub in pairs if stub):
            yield {"what": "created", "type": table.type, "record": node}
    corrected = {claim.replaced_by for claim in plan.replaced_claims}
    new: Counter[str] = Counter()
    for part in plan.new_claims:
        new[part.table.type] += sum(claim not in corrected for claim in part.table.columns["id"])
    yield from ({"what": "new", "type": name, "records": records} for name, records in new.items() if records)


def _changed(plan: Plan) -> Iterator[Row]:
    for node in plan.changed_nodes:
        for name, value in node.after.items():
            told: Row = {"what": "changed", "type": node.type, "record": node.id, "property": name}
            yield told | {"old": node.before.get(name), "new": value}


def _corrected(plan: Plan) -> Iterator[Row]:
    wanted = {claim.replaced_by for claim in plan.replaced_claims}
    places = {
        claim: place
        for part in plan.new_claims
        for claim, place in zip(part.table.columns["id"], part.places, strict=True)
        if claim in wanted
    }
    for claim in plan.replaced_claims:
        after = claim.after or {}
        told: Row = {"what": "corrected", "type": claim.type, "record": claim.id, "claim": _said(claim.type, after)}
        if place := places.get(claim.replaced_by):
            told["where"] = f"{place[0]}:{place[1]}"
        for name in dict.fromkeys([*claim.before, *after]):
            if name not in KEPT_APART and claim.before.get(name) != after.get(name):
                yield told | {"property": name, "old": claim.before.get(name), "new": after.get(name)}


def _retired(plan: Plan) -> Iterator[Row]:
    for claim in plan.retired_claims:
        yield {
            "what": "retired",
            "type": claim.type,
            "record": claim.id,
            "claim": _said(claim.type, claim.before),
        }


def _said(link: str, claim: Mapping[str, object]) -> str:
    """A claim in short: who, what, whom, which product, since when."""
    more = (claim.get(name) for name in ("product", "metric", "valid_from"))
    return ", ".join([f"{claim['subject']} {link} {claim['object']}", *(str(one) for one in more if one)])


def _refused(plan: Plan) -> Iterator[Row]:
    for problem in plan.refused:
        column = f":{problem.column}" if problem.column else ""
        yield {"what": "refused", "where": f"{problem.file}:{problem.row}{column}", "reason": problem.message}
    for one in plan.alike:
        yield {"what": "alike", "type": one.types[0], "record": one.made, "reason": likeness(one)}


def likeness(new: Unknown) -> str:
    """Why a new node may be one that is known, and how to say so."""
    near = new.near[0]
    told = f"{new.name!r} may be {near.spelling!r}, {near.id} ({near.score:.0f})"
    return f"{told}; `graphkit same {shlex.quote(new.made)} {shlex.quote(near.id)}` joins them"
