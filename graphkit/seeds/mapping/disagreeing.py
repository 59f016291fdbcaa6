"""Names that stand beside keys and are not those of the nodes that the keys lead to: the keys count, and it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError
from graphkit.spelling import fold, short_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkit.names import Names

__all__ = ["Beside", "disagreeing", "keep_beside"]

Beside = dict[tuple[str, str], dict[tuple[str, str], int]]
"""By file and column of the names: each key with a name that stands beside it, and the first row of both."""

MOST = 0.5
"""A column that disagrees with more of the keys says something else than names."""


def keep_beside(
    beside: Beside, place: tuple[str, str], lines: Iterable[int], pairs: Iterable[tuple[object, object]]
) -> None:
    """Keep which names stand beside which keys.

    Args:
        beside: What takes them.
        place: The file, and the column of the names.
        lines: The rows.
        pairs: Key and name of each.
    """
    kept = beside.setdefault(place, {})
    for line, (key, name) in zip(lines, pairs, strict=True):
        if key is not None and name is not None:
            kept.setdefault((str(key), str(name)), line)


def disagreeing(beside: Beside, names: Names) -> Iterator[str]:
    """One sentence for each key that stands beside a name which is not its node's."""
    for (file, column), pairs in beside.items():
        found = [(row, key, name, node) for (key, name), row in pairs.items() if (node := _node(key, names))]
        wrong = [one for one in found if not _is_called(*one[2:], names)]
        if len(wrong) <= MOST * len(found):
            for row, key, name, node in wrong:
                other = _node(name, names, names.type_of(node))
                told = f", which is {other}" if other else ""
                yield f"{file}:{row}:{column}: {key} is {names.name_of(node)}, and not {name!r}{told}; the key counts"


def _node(text: str, names: Names, *types: str) -> str | None:
    try:
        return names.lookup(text, types)
    except AmbiguousError:
        return None


def _is_called(name: str, node: str, names: Names) -> bool:
    wanted = {fold(name), short_form(name)}
    return any(not wanted.isdisjoint((fold(spelled), short_form(spelled))) for spelled in names[node].all)
