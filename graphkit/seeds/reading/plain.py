"""Large tables of text that are plain, read all at once: every line is a row, every quote opens or closes a cell.

What is not so plain is left to `graphkit.seeds.reading.delimited`, which tells every fault at its line.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from graphkit.seeds.reading.columnar import cells, stripped
from graphkit.seeds.reading.conflicts import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_plain"]


def read_plain(text: str, delimiter: str) -> tuple[list[str], list[Sequence[object]]] | None:
    """The header and the columns of a table; None where it is not plain, or a row is damaged or of another width."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    if text.count("\r") != text.count("\r\n") or "\n\n" in text or "\n\r" in text or not delimiter.isascii():
        return None
    if any(f"\n{mark}" in text for mark in MARKS):
        return None
    first, _, rest = text.partition("\n")
    try:
        (header,) = filter(None, csv.reader([first], delimiter=delimiter, strict=True))
        data = rest.encode()
        if not _quotes_enclose(data, delimiter):
            return None
        names = [str(place) for place in range(len(header))]
        table = arrow.read_csv(
            pa.BufferReader(data),
            arrow.ReadOptions(column_names=names, block_size=len(data) + 1),
            arrow.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            arrow.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except (csv.Error, ValueError):  # Arrow's words for a row with too few cells are a ValueError, too
        return None
    if len(table) != rest.count("\n") + (not rest.endswith("\n")):
        return None
    return [cell.strip() for cell in header], [cells(column, stripped) for column in table.columns]


def _quotes_enclose(data: bytes, delimiter: str) -> bool:
    """Whether the first quote opens a cell, the second closes it, and so on: none stands within one."""
    import numpy as np

    signs = np.frombuffer(b"\n" + data + b"\n", np.uint8)
    places = np.flatnonzero(signs == ord('"'))
    ends = [ord(delimiter), ord("\n"), ord("\r")]
    opening, closing = signs[places[::2] - 1], signs[places[1::2] + 1]
    return len(opening) == len(closing) and bool(np.isin(opening, ends).all() and np.isin(closing, ends).all())
