"""Changes as statements of ladybug, each with a table of rows that the engine reads from Arrow.

Types of columns must be declared, so every write goes through Arrow, which is typed even where every value of a column
is None. An Arrow table is built anew for each statement: handing one to the engine twice ends the process (0.22.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreError
from graphkit.records import Table
from graphkit.stores.base import AddLinks, AddNodes, Change, ChangeNodes, RemoveLinks, RemoveNodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyarrow as pa

    from graphkit.schema import Schema
    from graphkit.watching import Tally

__all__ = ["Writing", "rows_for"]

BATCH = 250_000
"""Rows written with one statement: between two of them the work can be stopped, and says how far it is."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How changes are written.

    Attributes:
        run: Has the engine run a statement, with its parameters.
        schema: The model.
        written: Who is told how many records are written.
        is_copied: Whether new records are copied, which is the faster way; else they are created one by one.
    """

    run: Callable[[str, Mapping[str, object]], Any]
    schema: Schema
    written: Tally
    is_copied: bool

    def write(self, changes: Iterable[Change]) -> None:
        """Make changes in their order.

        Raises:
            StoreError: the engine refuses one, or a node that a new record needs is not there.
        """
        for change in changes:
            match change:
                case AddNodes(table):
                    self._add(table, ())
                case AddLinks(table, ends):
                    self._add(table, ends)
                case ChangeNodes(table):
                    names = [name for name in table.columns if name != "id"]
                    sets = ", ".join(f"n.{name} = new_{name}" for name in names)
                    given = ", ".join(f"{name} AS new_{name}" for name in ("id", *names))
                    self._from_arrow(table, f"WITH {given} MATCH (n:{table.type}) WHERE n.id = new_id SET {sets}")
                case RemoveLinks(name, ids):
                    gone = Table(name, {"id": ids})
                    self._from_arrow(gone, f"WITH id AS gone MATCH ()-[x:{name}]->() WHERE x.id = gone DELETE x")
                case RemoveNodes(name, ids):
                    gone = Table(name, {"id": ids})
                    self._from_arrow(gone, f"WITH id AS gone MATCH (x:{name}) WHERE x.id = gone DELETE x")

    def _add(self, table: Table, ends: Sequence[str]) -> None:
        stored = [prop.name for prop in self.schema.record(table.type).stored]
        for start in range(0, len(table), BATCH):
            part = table if len(table) <= BATCH else table.take(range(start, min(start + BATCH, len(table))))
            if self.is_copied:
                self._copy(part, stored, ends)
            else:
                self._create(part, stored, ends)
            self.written.add(f"writing {table.type}", len(part))

    def _copy(self, table: Table, stored: Sequence[str], ends: Sequence[str]) -> None:
        if ends:  # laid out by their subjects, which takes less time where they come so
            rows = rows_for(self.schema, table, ["subject", "object", *stored])
            options = f" (from='{ends[0]}', to='{ends[1]}')"
            self.run(f"COPY {table.type} FROM $rows{options}", {"rows": rows.sort_by(rows.column_names[0])})
        else:
            self.run(f"COPY {table.type} FROM $rows", {"rows": rows_for(self.schema, table, stored)})

    def _create(self, table: Table, stored: Sequence[str], ends: Sequence[str]) -> None:
        """Add records one by one; those whose ends are missing are told of, not left out."""
        given = ", ".join(f"{prop} AS new_{prop}" for prop in stored)
        values = ", ".join(f"{prop}: new_{prop}" for prop in stored)
        found, made = "", f"(:{table.type} {{{values}}})"
        if ends:
            found = f"MATCH (a:{ends[0]}), (b:{ends[1]}) WHERE a.id = new_subject AND b.id = new_object"
            made = f"(a)-[:{table.type} {{{values}}}]->(b)"
        text = f"LOAD FROM $rows WITH {given} {found} CREATE {made} RETURN count(*)"
        done = self.run(text, {"rows": rows_for(self.schema, table, stored)}).get_all()[0][0]
        if done != len(table):
            raise StoreError(f"{len(table) - done} of {len(table)} rows of {table.type} found nothing to work on")

    def _from_arrow(self, table: Table, rest: str) -> None:
        if len(table):
            self.run(f"LOAD FROM $rows {rest}", {"rows": rows_for(self.schema, table, list(table.columns))})


def rows_for(schema: Schema, table: Table, columns: Sequence[str]) -> pa.Table:
    """The columns of a table as the engine takes them: by place, where one stands in two places."""
    arrow = table.arrow(schema, columns)
    if len(set(columns)) == len(columns):
        return arrow
    return arrow.select(columns).rename_columns([f"{place}_{name}" for place, name in enumerate(columns)])
