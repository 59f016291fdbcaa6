"""Which earlier files a load may be a later edition of, where its files are called otherwise."""

from __future__ import annotations

import itertools
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.values import several

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from graphkit.loading.planning import Plan
    from graphkit.records import Table
    from graphkit.schema import LinkType
    from graphkit.seeds.checking import Claims
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["later_edition", "later_times", "loads_of"]

SAMPLE = 500
"""Of so many new claims of each type it is looked up whether the same fact is stated otherwise."""


def loads_of(store: Store, files: Collection[str], named: Sequence[str] = ()) -> set[Value]:
    """The loads that brought files of these names.

    Args:
        store: The store.
        files: The files that are loaded now.
        named: Earlier files that they are said to be an edition of.

    Raises:
        InputError: no load brought a file that is named so.
    """
    loads = _files(store)
    known = set().union(*loads.values())
    if missing := [name for name in named if name not in known]:
        told = "no load brought a file of this name; `graphkit loads` lists the files of each"
        raise InputError([Problem(name, 0, "", told) for name in missing])
    return {load for load, brought in loads.items() if not {*files, *named}.isdisjoint(brought)}


def _files(store: Store) -> dict[str, tuple[str, ...]]:
    """The files that each load brought."""
    return {str(load["id"]): several(load.get("files")) for load in store.table("Load", ["id", "files"]).rows()}


def later_edition(store: Store, plan: Plan) -> str:
    """The files whose facts a plan states otherwise, with what makes it their later edition; else nothing."""
    loads = _files(store)
    if not loads or not set(plan.files).isdisjoint(itertools.chain(*loads.values())):
        return ""
    found: Counter[tuple[str, ...]] = Counter()
    for part in plan.new_claims:
        if part.table.type in store.schema.links and store.count(part.table.type):
            found.update(loads.get(load, ()) for load in _stated_otherwise(store, part))
    found.pop((), None)
    if not found:
        return ""
    earlier = found.most_common(1)[0][0]
    options = " ".join(f"--edition-of {shlex.quote(name)}" for name in earlier)
    return (
        f"{', '.join(plan.files)}: says of some facts otherwise what {', '.join(earlier)} said, and both stand side by "
        f"side; for a later edition, load it with `{options}`, and `--replace-files` retires what it says no more"
    )


def later_times(plan: Plan) -> str:
    """How many corrected claims are of a later time than what they correct, and how both are kept; else nothing."""
    times = ((claim.before.get("valid_from"), (claim.after or {}).get("valid_from")) for claim in plan.replaced_claims)
    later = [(str(old), str(new)) for old, new in times if old and new and str(old) < str(new)]
    if not later:
        return ""
    corrected = "1 claim that is corrected is" if len(later) == 1 else f"{len(later):,} claims that are corrected are"
    return (
        f"{', '.join(plan.files)}: {corrected} of a later time now (such as {later[0][1]}, not {later[0][0]}), and the "
        "earlier statement goes; where both hold, let the locator name the time, such as `locator: list {Year}`"
    )


def _stated_otherwise(store: Store, part: Claims) -> Iterator[str]:
    """The loads of claims about the same fact, of the same source and time, that say it otherwise."""
    link = store.schema.links[part.table.type]
    rows = _some(part.table)
    text = (
        f"MATCH (a:{part.ends[0]})-[r:{link.name}]->(b:{part.ends[1]}) "
        "WHERE a.id IN $subjects AND b.id IN $objects "
        f"RETURN a.id AS subject, b.id AS object, r.load AS load, {', '.join(f'r.{n} AS {n}' for n in _facts(link))}"
    )
    ends = {f"{end}s": sorted({str(row[end]) for row in rows}) for end in ("subject", "object")}
    names = ("subject", "object", *_facts(link))
    wanted = {tuple(row.get(name) for name in names) for row in rows}
    return (str(row["load"]) for row in store.read(text, ends) if tuple(row.get(name) for name in names) in wanted)


def _some(table: Table) -> list[dict[str, Value]]:
    step = max(1, len(table) // SAMPLE)
    return list(table.take(range(0, len(table), step)).rows())


def _facts(link: LinkType) -> list[str]:
    """What a claim says beside its ends that makes it one of the same fact, and of the same time."""
    return [*(prop.name for prop in link.properties if prop.identifies), "valid_from", "valid_to"]
