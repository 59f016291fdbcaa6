"""Merges that were never finished: their marks in a text, and the two sides between them.

Nobody but the user can say which side is right, so neither is read. Each conflict is told once, with both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LONE", "MARKS", "Conflict", "find_conflicts", "has_marks", "lone_mark", "without"]

MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
LONE = "a mark of an unfinished merge; keep one side and remove it"
SHOWN = 60
"""So many characters of each side are shown."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict; lines count from 1.

    Attributes:
        start: The line of the mark that opens it.
        end: The line of the mark that closes it.
        sides: The lines of ours and of theirs.
        names: What the marks call the two sides, such as HEAD and a branch.
    """

    start: int
    end: int
    sides: tuple[range, range]
    names: tuple[str, str]

    def problem(self, file: str, lines: Sequence[str]) -> Problem:
        """What is wrong, with what each side alone says, and what to do."""
        texts = [[text for at in side if (text := lines[at - 1].strip())] for side in self.sides]
        shown = (
            f"{name}{_rows(side)} says {_shown([text for text in said if text not in other] or said)}"
            for name, side, said, other in zip(self.names, self.sides, texts, reversed(texts), strict=True)
        )
        told = f"rows {self.start} to {self.end} are a merge that was never finished: {', '.join(shown)}"
        return Problem(file, self.start, "", f"{told}; keep one side, and remove the other and the three marks")


def has_marks(text: str) -> bool:
    """Whether a line of a text begins with the mark that opens or closes a conflict."""
    return any(text.startswith(mark) or f"\n{mark}" in text for mark in (MARKS[0], MARKS[3]))


def find_conflicts(lines: Iterable[str]) -> list[Conflict]:
    """Every conflict that opens and closes; the base that some tools write between the sides belongs to neither."""
    found: list[Conflict] = []
    marks: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.startswith(MARKS) or line[7:8] not in ("", " ", "\t", "\r"):
            continue
        if line.startswith(MARKS[0]):
            marks = []
        if marks or line.startswith(MARKS[0]):
            marks.append((number, line))
        if marks and line.startswith(MARKS[3]):
            found.append(_conflict(marks))
            marks = []
    return found


def _conflict(marks: Sequence[tuple[int, str]]) -> Conflict:
    (start, opening), (end, closing) = marks[0], marks[-1]
    middle = next((number for number, line in marks if line.startswith(MARKS[2])), end)
    base = next((number for number, line in marks if line.startswith(MARKS[1])), middle)
    names = (opening[7:].strip() or "ours", closing[7:].strip() or "theirs")
    return Conflict(start, end, (range(start + 1, min(base, middle)), range(middle + 1, end)), names)


def without(lines: Sequence[str], conflicts: Iterable[Conflict], keep: int | None = None) -> list[str]:
    """The lines with those of conflicts emptied, so that all others keep their numbers.

    Args:
        lines: The lines.
        conflicts: The conflicts.
        keep: The side to keep: 0 is ours, 1 theirs; neither when None.
    """
    left = list(lines)
    for conflict in conflicts:
        kept = set() if keep is None else set(conflict.sides[keep])
        for number in range(conflict.start, conflict.end + 1):
            if number not in kept:
                left[number - 1] = ""
    return left


def lone_mark(lines: Iterable[str]) -> int:
    """The line of a mark that opens or closes nothing; 0 when there is none."""
    marks = (MARKS[0], MARKS[3])
    return next((number for number, line in enumerate(lines, 1) if line.startswith(marks)), 0)


def _rows(side: range) -> str:
    if not side:
        return ""
    return f" (row {side[0]})" if len(side) == 1 else f" (rows {side[0]} to {side[-1]})"


def _shown(texts: Sequence[str]) -> str:
    if not texts:
        return "nothing"
    first = texts[0] if len(texts[0]) <= SHOWN else f"{texts[0][:SHOWN]}…"
    return f"«{first}»" + (f" and {len(texts) - 1} more" if len(texts) > 1 else "")
