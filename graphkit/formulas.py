"""What a spreadsheet would run when it opens a CSV file, and the apostrophe that keeps it from that (CWE-1236)."""

from __future__ import annotations

__all__ = ["STARTS", "guarded", "unguarded"]

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula; some take the full-width signs for it, too."""


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs; one that looks as if it had been guarded is guarded again."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) else text


def unguarded(cell: str) -> str:
    """The text that was guarded so."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(STARTS) else cell
