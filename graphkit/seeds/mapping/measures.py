"""What stands beside a number in its own cell, and says what it counts: 1,000 pcs, 0.5 m, €12m."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from graphkit.seeds.mapping.converting import SCALES
from graphkit.seeds.mapping.places import currency

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["MEASURES", "taken_apart"]

PIECES = set("pcs pc pce piece pieces ea each unit units st stk stück nos no 个 個 件 只 片".split())
_MONEY = re.compile(r"[$€£¥₩₹]|[A-Z]{3}")
SHORT = {"m", "mm", "t"}
"""What multiplies money, and measures anything else."""

_NUMBER = re.compile(r"(?P<number>[^\d]*\d[\d.,'\s\u202f]*(?:[eE][-+]?\d+)?)(?P<word>(?:[^\W\d_]|[°µ]).*)")
_YEAR = re.compile(r"\s*\([^()]*\d[^()]*\)$")
_LONGEST_FIRST = sorted(SCALES, key=len, reverse=True)
_GAPS = {scale: r"\s+" if scale.isascii() else r"\s*" for scale in _LONGEST_FIRST}
_SCALED = re.compile("|".join(rf"{scale}{gap}(?=[^\W\d_])" for scale, gap in _GAPS.items()), re.IGNORECASE)


def taken_apart(
    apart: Callable[[object, object], tuple[object, object]], cells: Sequence[object], given: Sequence[object]
) -> tuple[list[object], list[object], dict[object, str]]:
    """Numbers and what they are measured in.

    Args:
        apart: How the two are told apart.
        cells: What holds the numbers.
        given: What each is measured in, as far as its row says it elsewhere.

    Returns:
        The numbers; what they are measured in; and what is wrong with cells that say neither.
    """
    pairs = list(zip(cells, given, strict=True))
    known: dict[tuple[object, object], tuple[object, object]] = {}
    wrong: dict[object, str] = {}
    for pair in dict.fromkeys(pairs):
        try:
            known[pair] = apart(*pair)
        except ValueError as error:
            known[pair], wrong[pair[0]] = (None, None), str(error)
    if wrong and any(one[0] != pair[0] for pair, one in known.items() if pair[0] not in wrong):  # others name units
        known |= {pair: apart(pair[0], "m") for pair in known if pair[0] in wrong}
        wrong = {}
    return [known[pair][0] for pair in pairs], [known[pair][1] for pair in pairs], wrong


def _with_unit(cell: object, said: object) -> tuple[object, object]:
    """A quantity; pieces need no unit, and `m` may be metres or millions where no other cell says a unit."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", cell).strip()) if isinstance(cell, str) else None
    if found is None:
        return cell, said
    number, word = found["number"].strip(), _YEAR.sub("", found["word"]).strip()
    if said is not None and word.casefold() == str(said).casefold():
        return number, said
    if scaled := _SCALED.match(word):
        return cell, _unit(word[scaled.end() :]) or said
    if word.lower() in SCALES and (word not in SHORT or said is not None or _MONEY.search(number)):
        return cell, said
    if word == "m":
        raise ValueError(f"{cell!r} may be metres or millions; say which in the mapping (unit: m, or a pattern)")
    return number, _unit(word) or said


def _unit(word: str) -> str | None:
    return None if word.strip(".").casefold() in PIECES else word


def _with_currency(cell: object, said: object) -> tuple[object, object]:
    """Money, and its currency where the row does not say it otherwise."""
    if said is not None or not isinstance(cell, str):
        return cell, said
    try:
        return cell, currency(cell)
    except ValueError:
        return cell, None


MEASURES: Mapping[str, tuple[str, Callable[[object, object], tuple[object, object]]]] = {
    "quantity": ("unit", _with_unit),
    "value": ("unit", _with_unit),
    "amount": ("currency", _with_currency),
}
"""The numbers that a cell may hold together with what they are measured in: the property that takes it, and how."""
