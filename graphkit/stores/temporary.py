"""An embedded store that goes when it is closed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from graphkit.schema import Schema

__all__ = ["TemporaryStore"]


class TemporaryStore(EmbeddedStore):
    """A store in a folder of its own.

    Args:
        schema: The model that its tables follow.
        instead_of: The path of a graph that is not there yet; files beside it belong to this one meanwhile.
    """

    def __init__(self, schema: Schema, instead_of: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="graphkit-", ignore_cleanup_errors=True)
        super().__init__(str(Path(self._folder.name) / "graph.lbug"), schema)
        self._named = Path(instead_of).expanduser().resolve() if instead_of else self.path

    def beside(self, ending: str) -> Path:
        """Name a file beside the graph for which this one stands; see `Store.beside`."""
        return self._named.with_name(f"{self._named.name}.{ending}")

    def close(self) -> None:
        """Let go of the file, and remove it."""
        super().close()
        self._folder.cleanup()
