"""Who watches long work: a function that is told how far it is, set for a while by whoever can show it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Watcher", "tell", "watched"]


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


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let somebody watch the work inside the block."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)
