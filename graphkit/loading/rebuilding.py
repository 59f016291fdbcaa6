"""The graph as it was known on a day, in a store of its own that goes when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.errors import QueryError
from graphkit.loading.history import as_known, known_on
from graphkit.loading.merges import unmerged
from graphkit.stores.temporary import TemporaryStore
from graphkit.values import DATE

if TYPE_CHECKING:
    from graphkit.stores.base import Store

__all__ = ["rebuilt"]


def rebuilt(store: Store, day: str) -> Store:
    """Build the graph as it was known at the end of a day, and let go of the store it comes from.

    Decisions on names are of today; they are not followed here.

    Raises:
        QueryError: the day is none.
    """
    with store:
        try:
            mark = known_on(str(DATE.clean(day)))
        except ValueError as error:
            raise QueryError(f"--known-at: {error}") from None
        made = TemporaryStore(store.schema)
        try:
            made.apply(as_known(unmerged(store), mark))
        except BaseException:
            made.close()
            raise
    return made
