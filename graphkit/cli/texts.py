"""Small files of text that commands are given beside the lists: marks, scenarios."""

from __future__ import annotations

from pathlib import Path

from graphkit.errors import InputError, Problem

__all__ = ["read_text"]


def read_text(file: str) -> str:
    """All that a file says.

    Raises:
        InputError: it is not there, or no text in UTF-8.
    """
    try:
        return Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        told = "cannot be read as UTF-8 text; check the path and the encoding"
        raise InputError([Problem(file, 0, "", told)]) from None
