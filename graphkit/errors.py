"""The errors that graphkit raises on purpose.

GraphkitError
├── SchemaError        the model contradicts itself (a programming error of whoever edits it)
├── InputError         files, rows or values are wrong; carries every Problem found, not the first
├── QueryError         a Cypher file, or what was asked of it, is wrong
├── NotFoundError      a name stands for nothing that is known
├── AmbiguousError     a name stands for several things
└── StoreError         a database cannot be reached, opened, read or written
    └── NoGraphError   there is no graph yet where one is to be read

Each message says what is wrong, where, and what to do. The command line shows it and exits with 1; anything else that
escapes is a bug and shows its traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "AmbiguousError",
    "GraphkitError",
    "InputError",
    "NoGraphError",
    "NotFoundError",
    "Problem",
    "QueryError",
    "SchemaError",
    "StoreError",
]


LISTS = {"decision": "`graphkit merges` lists what was decided", "load": "`graphkit loads` lists them"}
"""Where to look for what is no node."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with an input, at its place.

    Rows count as an editor's lines do: the header of a table is row 1. A row of 0 means the file as a whole.
    """

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.row, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class GraphkitError(Exception):
    """The root: one `except` catches all that graphkit refuses."""


class SchemaError(GraphkitError):
    """The model names a type, property or kind that does not exist, or names one twice."""


class InputError(GraphkitError):
    """An input holds problems; nothing of it was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class QueryError(GraphkitError):
    """A question cannot be asked: its file, its parameters or its text break a rule."""


class NotFoundError(GraphkitError):
    """A name stands for nothing known; `near` holds the closest names, best first."""

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        self.kind, self.name, self.near = kind, name, tuple(near)
        look = LISTS.get(kind, "`graphkit find` searches all names")
        hint = f"; did you mean {', '.join(near)}?" if near else f"; {look}"
        super().__init__(f"no {kind} is called {name!r}{hint}")


class AmbiguousError(GraphkitError):
    """A name stands for several nodes; `candidates` holds their ids."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"{name!r} may be {', '.join(candidates)}; use one of these ids")


class StoreError(GraphkitError):
    """A database cannot be reached, opened, read or written; the message says which and what to do."""


class NoGraphError(StoreError):
    """There is no graph yet where one is to be read; `path` is where it would be."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"there is no graph at {path} yet; make one with `graphkit load`")
