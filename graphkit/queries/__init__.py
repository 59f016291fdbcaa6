"""Questions as files: the Cypher body (`files`), and the header that says what goes in and out (`headers`)."""

from __future__ import annotations

from graphkit.queries.files import Query, load_folder, load_text, named

__all__ = ["Query", "load_folder", "load_text", "named"]
