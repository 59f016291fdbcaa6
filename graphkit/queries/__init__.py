"""Questions as files: what a question is (`query`), its header (`headers`), what it must keep (`checking`)."""

from __future__ import annotations

from graphkit.queries.files import load_folder, load_text, named
from graphkit.queries.query import Query

__all__ = ["Query", "load_folder", "load_text", "named"]
