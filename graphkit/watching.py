"""Who watches long work: a function that is told how far it is, set for a while by whoever can show it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Tally", "Watcher", "tell", "watched"]


class Watcher(Protocol):
    """Whoever is told of progress."""

    def __call__(self, what: str, done: int, total: int | None, /) -> None:
        """So much of the work is done; the total may be unknown."""
        ...


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def tell(what: str, done: int, total: int | None = None) -> None:
    """Say how far some work is, if anybody watches."""
    if watcher := _watcher.get():
        watcher(what, done, total)


class Tally:
    """Work that is done in parts, told as a whole.

    Args:
        parts: What is worked on, and how much of it, for each part.
    """

    def __init__(self, parts: Iterable[tuple[str, int]]) -> None:
        self._done: Counter[str] = Counter()
        self._total: Counter[str] = Counter()
        for what, much in parts:
            self._total[what] += much

    def add(self, what: str, much: int) -> None:
        """So much more is done."""
        self._done[what] += much
        tell(what, self._done[what], self._total[what])


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let somebody watch the work inside the block."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)
