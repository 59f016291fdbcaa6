"""The graph as it was known on a day, in an embedded store of its own that goes when it is closed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import QueryError
from graphkit.loading.history import as_known, known_on
from graphkit.loading.merges import unmerged
from graphkit.stores.embedded import EmbeddedStore
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
        folder = Path(tempfile.mkdtemp(prefix="graphkit-known-"))
        try:
            made = _Temporary(folder, store)
            made.apply(as_known(unmerged(store), mark))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return made


class _Temporary(EmbeddedStore):
    """A store that goes when it is closed."""

    def __init__(self, folder: Path, like: Store) -> None:
        self._folder = folder
        super().__init__(str(folder / "graph.lbug"), like.schema)

    def close(self) -> None:
        """Let go of the file, and remove it."""
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)
