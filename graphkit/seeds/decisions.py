"""Decisions on names: what is the same, what is not, in a file that people read, review and revert.

    same:
    - {this: 胜宏, is: company:victory-giant, on: 2026-11-21}
    distinct:
    - {this: Foxconn, is: company:fii, on: 2026-11-21}

`this` is a spelling, or the id of a node that goes into the other one; no spelling is ever lost by it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphkit.errors import InputError, Problem
from graphkit.seeds.reading.structured import plain_yaml
from graphkit.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.seeds.checking import Decided

__all__ = ["Decision", "Decisions", "Verdict", "read_decisions", "write_decisions"]

Verdict = Literal["same", "distinct"]
VERDICTS: tuple[Verdict, ...] = ("same", "distinct")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: a spelling or an id, and the node that it is or is not."""

    verdict: Verdict
    this: str
    node: str
    on: str = ""

    def speaks_of(self, this: str, node: str) -> bool:
        """Whether it is about these two."""
        return fold(self.this) == fold(this) and self.node == node


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, in the order in which they were made."""

    all: tuple[Decision, ...] = ()

    def merges(self, known: Mapping[str, str]) -> dict[str, str]:
        """Which known nodes go into which, directly.

        Args:
            known: The type of each node.

        Raises:
            InputError: nodes of two types are to be one, or nodes go into each other in a ring.
        """
        direct = {d.this: d.node for d in self.all if d.verdict == "same" and d.this in known and d.node in known}
        for this, node in direct.items():
            if known[this] != known[node]:
                told = f"{this} is a {known[this]} and {node} a {known[node]}; no decision can make them one"
                raise InputError([Problem("", 0, "", told)])
        for start in direct:
            seen, at = [start], start
            while (at := direct.get(at, "")) and at not in seen:
                seen.append(at)
            if at:
                raise InputError([Problem("", 0, "", f"decisions lead from {start} in a ring; remove one of them")])
        return direct

    def pairs(self, verdict: Verdict) -> list[tuple[str, str]]:
        """The spellings and ids of one verdict."""
        return [(d.this, d.node) for d in self.all if d.verdict == verdict]

    @property
    def decided(self) -> Decided:
        """What is the same, and what is not."""
        return self.pairs("same"), self.pairs("distinct")

    def find(self, verdict: Verdict, this: str, node: str) -> Decision | None:
        """The decision on two names, if there is one."""
        return next((d for d in self.all if d.verdict == verdict and d.speaks_of(this, node)), None)

    def with_(self, decision: Decision) -> Decisions:
        """These, and one more."""
        return Decisions((*self.all, decision))

    def without(self, decision: Decision) -> Decisions:
        """These, but one."""
        return Decisions(tuple(d for d in self.all if d != decision))


def read_decisions(path: Path) -> Decisions:
    """Read the decisions; a file that is not there holds none.

    Raises:
        InputError: the file is damaged; every reason is given.
    """
    try:
        whole = plain_yaml(str(path), path.read_text("utf-8"))
    except FileNotFoundError:
        return Decisions()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise InputError([Problem(str(path), 0, "", f"cannot be read: {told}")]) from None
    if whole is None:
        return Decisions()
    if (
        not isinstance(whole, dict)
        or set(whole) - set(VERDICTS)
        or not all(isinstance(part, list | None) for part in whole.values())
    ):
        raise InputError([Problem(str(path), 0, "", "holds something else than the lists `same` and `distinct`")])
    entries = [(verdict, at, entry) for verdict in VERDICTS for at, entry in enumerate(whole.get(verdict) or [], 1)]
    if problems := [
        Problem(str(path), 0, f"{verdict}[{at}]", told) for verdict, at, entry in entries if (told := _wrong(entry))
    ]:
        raise InputError(problems)
    return Decisions(
        tuple(Decision(verdict, str(e["this"]), str(e["is"]), str(e.get("on") or "")) for verdict, _, e in entries)
    )


def _wrong(entry: object) -> str:
    """What is wrong with an entry of the file."""
    if not isinstance(entry, dict) or not entry.get("this") or not entry.get("is"):
        return "needs `this` and `is`, such as {this: Nvidia Corp, is: company:nvidia}"
    if more := entry.keys() - {"this", "is", "on"}:
        return f"{', '.join(sorted(map(repr, more)))} is not known here; use this, is, on"
    return ""


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write the decisions, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    import yaml

    lines = ["# Decisions on names, made by `graphkit same` and `graphkit distinct`; may be edited by hand.\n"]
    for verdict in VERDICTS:
        entries = [{"this": d.this, "is": d.node, "on": d.on} for d in decisions.all if d.verdict == verdict]
        if entries:
            lines.append(yaml.safe_dump({verdict: entries}, allow_unicode=True, sort_keys=False))
    target = Path(os.path.realpath(path))  # a link to a file that is kept elsewhere stays one
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("".join(lines), "utf-8")
        os.replace(part, target)  # noqa: PTH105 - whole or not at all
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise InputError([Problem(str(path), 0, "", f"cannot be written: {error.strerror}")]) from None
