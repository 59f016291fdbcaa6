"""What a load would do, and what it did, as people and programs read it."""

from __future__ import annotations

import shlex
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import click

from graphkit.cli.describing import FOR_PROGRAMS, counted, record_name
from graphkit.cli.options import print_rows
from graphkit.tables import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.graph import Graph
    from graphkit.loading import Plan, Report
    from graphkit.loading.desk import Desk
    from graphkit.seeds.resolving import Unknown

__all__ = ["print_loose", "print_plan", "print_read_as", "print_report", "print_unknown"]

Row = dict[str, object]

ALIKE = 20
"""So many new names that are like others are told of after a load; `--dry-run` tells of all."""

LONGEST = 100
"""Of a name that has more signs than this, the beginning and the end are listed."""

UNKNOWN = 100
"""So many unknown names are listed for people."""

FILES = 5
"""Of more files than this it is told how they were read only where that is not how graphkit writes them."""

LISTED = {True: 10_000, False: 20}
"""Up to so many new records are listed one by one, for programs and for people; more are counted."""

NEAR = 3
PLAN_COLUMNS = ("what", "type", "records", "record", "property", "old", "new", "where", "reason")
REPORT_COLUMNS = ("id", "added", "changed", "removed", "unchanged", "repeated", "refused", "read_as", "quarantine")
AS_WRITTEN = ("utf-8, delimiter ','", "utf-8, JSON lines", "typed")


def print_read_as(read_as: Sequence[str]) -> None:
    """Say how files were read."""
    for line in read_as:
        if line and (len(read_as) <= FILES or not line.endswith(AS_WRITTEN)):
            click.echo(line, err=True)


def print_unknown(unknown: Sequence[Unknown]) -> None:
    """List the names that lead nowhere, once each, with the nearest ones and how near they are."""
    if not unknown:
        return
    click.echo(f"{counted(len(unknown), 'name')} {_are(len(unknown))} not known:", err=True)
    for one in unknown[:UNKNOWN]:
        click.echo(f"  {shortened(one.name, LONGEST)}  {_near(one)}", err=True)
    if len(unknown) > UNKNOWN:
        click.echo(f"  and {len(unknown) - UNKNOWN:,} more; `--dry-run --format csv` lists all", err=True)
    nearest = max((one for one in unknown if one.near), key=lambda one: one.near[0].score, default=None)
    if nearest:
        advice = f"graphkit same {shlex.quote(nearest.name)} {shlex.quote(nearest.near[0].name)}"
        click.echo(f"`{advice}` decides one; --create-missing makes new nodes of all", err=True)


def print_loose(desk: Desk) -> None:
    """Tell of decisions on nodes that are not there; they are kept, since the node may come back."""
    for decision in desk.loose_decisions():
        told = f"{decision.this!r} is led to {decision.node}, and there is no such node"
        click.echo(f"{desk.path}: {told}; correct it, or load what has that node", err=True)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _near(unknown: Unknown) -> str:
    near = ", ".join(f"{hit.name} ({hit.id}) {hit.score:.0f}" for hit in unknown.near[:NEAR])
    return near or "nothing is near"


def print_plan(graph: Graph, plan: Plan, style: str, *, with_refused: bool = True) -> None:
    """Print what loading would do; rows that are refused are left out where they are told of elsewhere."""
    is_for_programs = style in FOR_PROGRAMS
    if not is_for_programs:
        print_read_as(plan.read_as)
    rows = [*_new(graph, plan, LISTED[is_for_programs]), *_changed(graph, plan)]
    if with_refused or is_for_programs:
        rows += [
            {
                "what": "refused",
                "where": f"{p.file}:{p.row}" + (f":{p.column}" if p.column else ""),
                "reason": p.message,
            }
            for p in plan.refused
        ]
        rows += [{"what": "unknown", "record": one.name, "reason": _near(one)} for one in plan.unknown]
    rows += [
        {"what": "alike", "type": one.types[0], "record": one.made, "id": one.made, "reason": _likeness(one, more)}
        for one, more in (((one, 0) for one in plan.alike) if is_for_programs else _by_names(plan.alike))
    ]
    rows += [{"what": "remark", "reason": told} for told in plan.remarks]
    rows += [{"what": "unchanged", "records": plan.unchanged}]
    if is_for_programs:
        read = (line.partition(": ") for line in plan.read_as)
        rows += [{"what": "read", "where": file, "reason": how} for file, _, how in read]
    columns = [name for name in PLAN_COLUMNS if is_for_programs or any(name in row for row in rows)]
    print_rows(rows, [*columns, "id"] if is_for_programs else columns, style)


def _new(graph: Graph, plan: Plan, most: int) -> Iterator[Row]:
    """What would be added: how many of each type, and each by its name where that is not too much."""
    for table in plan.new_nodes:
        yield {"what": "new", "type": table.type, "records": len(table)}
        made = [row for row in table.rows() if row.get("stub")]
        if len(made) > most:
            yield {"what": "created", "type": table.type, "records": len(made)}
        else:
            base: Row = {"what": "created", "type": table.type}
            yield from (base | {"record": row["name"], "id": row["id"]} for row in made)
    corrected = {claim.replaced_by for claim in plan.replaced_claims}
    new: Counter[str] = Counter()
    for part in plan.new_claims:
        new[part.table.type] += sum(claim not in corrected for claim in part.table.columns["id"])
    yield from ({"what": "new", "type": name, "records": records} for name, records in new.items() if records)
    if plan.added <= most:
        yield from islice(_each_new(graph, plan, corrected), most)


def _each_new(graph: Graph, plan: Plan, corrected: set[str | None]) -> Iterator[Row]:
    called: dict[str, str] = {}
    for table in plan.new_nodes:
        for row in table.rows():
            name = next((row[key] for key in ("name_zh", "name_en", "title") if row.get(key)), row["id"])
            called[str(row["id"])] = str(name)
            if not row.get("stub"):  # else it is told as created
                yield {"what": "new", "type": table.type, "record": str(name), "id": row["id"]}
    for part in plan.new_claims:
        for row in part.table.rows():
            if row["id"] not in corrected:
                name = record_name(graph, part.table.type, row, called)
                yield {"what": "new", "type": part.table.type, "record": name, "id": row["id"]}


def _changed(graph: Graph, plan: Plan) -> Iterator[Row]:
    """What would change, the old value beside the new one, and what would go."""
    for node in plan.changed_nodes:
        base = {"what": "changed", "type": node.type, "record": graph.names.name_of(node.id), "id": node.id}
        for name, value in node.after.items():
            yield base | {"property": name, "old": node.before.get(name), "new": value}
    kept_apart = {"id", "since", "until", "load"}
    places = _places(plan)
    for claim in plan.replaced_claims:
        after = claim.after or {}
        base = {"type": claim.type, "record": record_name(graph, claim.type, claim.before), "id": claim.id}
        base["where"] = places[str(claim.replaced_by)]
        for name in dict.fromkeys([*claim.before, *after]):
            old, new = claim.before.get(name), after.get(name)
            if name not in kept_apart and old != new:
                yield {"what": "corrected", "property": name, "old": old, "new": new, **base}
    for claim in plan.retired_claims:
        record = record_name(graph, claim.type, claim.before)
        yield {"what": "retired", "type": claim.type, "record": record, "id": claim.id}


def _places(plan: Plan) -> dict[str, str]:
    """File and row of each claim that takes another's place."""
    wanted = {claim.replaced_by for claim in plan.replaced_claims}
    return {
        str(claim): ":".join(map(str, place))
        for part in plan.new_claims
        for claim, place in zip(part.table.columns["id"], part.places, strict=True)
        if claim in wanted
    }


def _by_names(alike: Sequence[Unknown]) -> Iterator[tuple[Unknown, int]]:
    """The first of the new nodes of each pair of names, and how many more there are: one name may have many keys."""
    pairs = [(one.types, one.name, one.near[0].spelling) for one in alike]
    count = Counter(pairs)
    for one, pair in zip(alike, pairs, strict=True):
        if more := count.pop(pair, 0):
            yield one, more - 1


def _likeness(new: Unknown, more: int = 0) -> str:
    """Why a new node may be one that is known, and how to say so; and how many more of its name may be so."""
    near = new.near[0]
    told = f"{new.name!r} may be {near.spelling!r}, {near.id} ({near.score:.0f})"
    told += f", and so may {more:,} more of this name" if more else ""
    return f"{told}; `graphkit same {shlex.quote(new.made)} {shlex.quote(near.id)}` joins them"


def print_report(report: Report, style: str) -> None:
    """Print what a load did."""
    if style != "table":
        unknown = [
            {"name": one.name, "near": [{"id": hit.id, "name": hit.name, "score": hit.score} for hit in one.near]}
            for one in report.unknown
        ]
        row = {name: getattr(report, name) for name in REPORT_COLUMNS}
        row |= {"alike": [_likeness(one) for one in report.alike], "unknown": unknown, "remarks": report.remarks}
        print_rows([row], [*REPORT_COLUMNS, "alike", "unknown", "remarks"], style)
        return
    print_read_as(report.read_as)
    for line in _told(report):
        click.echo(line)
    _print_alike(report.alike)
    for told in report.remarks[:ALIKE]:
        click.echo(told, err=True)
    if len(report.remarks) > ALIKE:
        click.echo(f"and {len(report.remarks) - ALIKE:,} more such remarks; --dry-run lists all", err=True)
    if report.refused:
        print_unknown(report.unknown)
        were, files = "was" if report.refused == 1 else "were", ", ".join(report.quarantine)
        told = f"{counted(report.refused, 'row')} {were} refused, and put into {files}"
        click.echo(f"{told}; mend the cells there and load that")


def _told(report: Report) -> Iterator[str]:
    repeated = f", {report.repeated:,} repeated" if report.repeated else ""
    if report.id is not None:
        retired = f", {report.removed:,} retired" if report.removed else ""
        numbers = (
            f"{report.added:,} added, {report.changed:,} changed{retired}, {report.unchanged:,} unchanged{repeated}"
        )
        yield f"{report.id}: {numbers}; `graphkit undo {report.id}` takes it back"
    elif report.unchanged:
        yield f"Nothing new: {counted(report.unchanged, 'record')} {_are(report.unchanged)} there already{repeated}"
    elif report.refused:
        yield "Nothing was loaded"
    else:
        yield "Nothing to load: there is no row that states anything"


def _print_alike(alike: Sequence[Unknown]) -> None:
    pairs = list(_by_names(alike))
    for pair in pairs[:ALIKE]:
        click.echo(f"new: {_likeness(*pair)}", err=True)
    if len(pairs) > ALIKE:
        click.echo(f"and {len(pairs) - ALIKE:,} more new names like others", err=True)
