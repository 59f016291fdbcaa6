"""Records as Arrow columns, typed as the model says even where every value of a column is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from graphkit.schema import Schema
    from graphkit.values import Storage

__all__ = ["arrow_table"]


def arrow_table(schema: Schema, type_name: str, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """Columns of plain values of one type of record as an Arrow table."""
    import pyarrow as pa

    types: Mapping[Storage, pa.DataType] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
    }
    kinds = {prop.name: prop.kind for prop in schema.record(type_name).stored}
    return pa.table({name: pa.array(values, types[kinds[name].storage]) for name, values in columns.items()})
