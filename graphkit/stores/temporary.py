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
    """A store in a folder of its own."""

    def __init__(self, schema: Schema) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="graphkit-", ignore_cleanup_errors=True)
        super().__init__(str(Path(self._folder.name) / "graph.lbug"), schema)

    def close(self) -> None:
        """Let go of the file, and remove it."""
        super().close()
        self._folder.cleanup()
