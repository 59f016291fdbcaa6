"""Changes as transactions of Neo4j: one for most, several for what none could hold, whole or never in either case.

A server keeps a transaction in its heap, some six kilobytes for each claim. What a large load adds is therefore written
in transactions of their own, under a mark (a node labelled GraphkitPending) that comes first. One more transaction
locks the mark as long as the process lives, makes all other changes, writes the journal and removes the mark. Nobody
reads while there is a mark; where nobody locks it, its process died, and who comes next takes back what it had added.
To take a large load back is to mark it, in the transaction that makes all other changes, and to go on from there.
"""

from __future__ import annotations

import gc
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from neo4j import exceptions

from graphkit.columns import distinct
from graphkit.errors import StoreError
from graphkit.stores.base import AddLinks, AddNodes, Change, ChangeNodes, RemoveLinks, RemoveNodes, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from neo4j import ManagedTransaction, Session, Transaction

    from graphkit.schema import Schema
    from graphkit.watching import Tally

__all__ = ["BATCH", "refuse_unfinished", "stamp_of", "take_back_what_died", "write"]

BATCH = 10_000
"""Rows sent with one statement, and rows received in one record."""

LARGE = 100_000
"""What adds more records than this is written in several transactions."""

PATIENCE = 2.0
"""Seconds after which a lock is taken for one that somebody holds."""

STAMP = "MERGE (g:Graphkit {id: 'stamp'}) SET g.version = coalesce(g.version, 0) + 1 RETURN g.version - 1"
LOCK = "MATCH (p:GraphkitPending {id: $load}) SET p.locked = true RETURN count(*)"
UNMARK = "MATCH (p:GraphkitPending {id: $load}) DELETE p"


def stamp_of(transaction: ManagedTransaction) -> str:
    """By what one sees that somebody has written: the number of changes made so far."""
    found = transaction.run("MATCH (g:Graphkit {id: 'stamp'}) RETURN g.version").single()
    return str(found[0]) if found else "0"


def refuse_unfinished(transaction: ManagedTransaction) -> None:
    """Refuse to read while a large load is half there.

    Raises:
        StoreError: it is.
    """
    if found := transaction.run("MATCH (p:GraphkitPending) RETURN p.id LIMIT 1").single():
        raise StoreError(f"{found[0]} is being written or taken back, and half there; ask again when that is done")


def write(session: Callable[[], Session], schema: Schema, changes: Sequence[Change], since: str | None) -> None:
    """Make all changes, or none; see `graphkit.stores.base.Store.apply`."""
    if parts := _parts(schema, changes):
        _write_in_parts(session, schema, parts, since)
        return
    late = _removed_last(schema, changes)
    with session() as one:
        for load in one.execute_write(_apply_all, schema, changes, late, since):
            _take_back(session, schema, load)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A large load: its id, what it adds, and all else that it changes."""

    load: str
    added: Sequence[Change]
    rest: Sequence[Change]


def _parts(schema: Schema, changes: Sequence[Change]) -> _Parts | None:
    """What can be written early: what one load adds, where nothing goes before; None where it is not much."""
    first = itertools.takewhile(lambda change: not isinstance(change, RemoveLinks | RemoveNodes), changes)
    stated = {*schema.nodes, *schema.links}
    added = [c for c in first if isinstance(c, AddNodes | AddLinks) and c.table.type in stated]
    if sum(len(change.table) for change in added) <= LARGE:
        return None
    loads = {load for change in added for load in distinct(change.table.columns["load"])}
    if len(loads) > 1 or None in loads:
        return None
    return _Parts(str(loads.pop()), added, [change for change in changes if all(change is not one for one in added)])


def _removed_last(schema: Schema, changes: Sequence[Change]) -> Sequence[RemoveLinks | RemoveNodes]:
    """What can be removed after all else, in parts: nothing is added behind it; none where it is not much."""
    stated = {*schema.nodes, *schema.links}
    last = itertools.takewhile(lambda change: not isinstance(change, AddNodes | AddLinks), reversed(changes))
    removed = [c for c in last if isinstance(c, RemoveLinks | RemoveNodes) and c.type in stated]
    return removed if sum(len(change.ids) for change in removed) > LARGE else ()


def _write_in_parts(session: Callable[[], Session], schema: Schema, parts: _Parts, since: str | None) -> None:
    written = tally([*parts.added, *parts.rest])
    with session() as one:
        one.run("CREATE (:GraphkitPending {id: $load})", load=parts.load).consume()
        try:
            with one.begin_transaction() as last:
                _lock(last, parts.load)
                _refuse_changed(last, since)
                for change in parts.added:
                    with session() as other:  # each statement commits, and none is tried again
                        _apply(other, change, written)
                for change in parts.rest:
                    _apply(last, change, written)
                last.run(UNMARK, load=parts.load).consume()
                last.commit()
        except BaseException:
            _take_back(session, schema, parts.load)
            raise


def _lock(last: Transaction, load: str) -> None:
    """Let all who come know that this process lives."""
    if not _single(last, LOCK, load=load):
        raise StoreError("another load has come between; nothing was written: try again")


def take_back_what_died(session: Callable[[], Session], schema: Schema) -> None:
    """Take back what large loads had added whose process is gone.

    Raises:
        StoreError: a large load is being written by a process that lives.
    """
    with session() as one:
        for load in [record[0] for record in one.run("MATCH (p:GraphkitPending) RETURN p.id ORDER BY p.id DESC")]:
            try:
                with one.begin_transaction(timeout=PATIENCE) as lock:
                    _single(lock, LOCK, load=load)
            except exceptions.Neo4jError as error:
                if "Transaction" not in str(error.code):
                    raise
                raise StoreError(f"another process writes {load} or takes it back; try again when it is done") from None
            _take_back(session, schema, load)


def _take_back(session: Callable[[], Session], schema: Schema, load: str) -> None:
    """Remove what a load added, a batch in each transaction, and its mark with the last."""
    with session() as one, one.begin_transaction() as last:
        if not _single(last, LOCK, load=load):
            return  # somebody else has done so
        for _, pattern in _patterns(schema):
            part = f"CALL (x) {{ DELETE x }} IN TRANSACTIONS OF {BATCH} ROWS"
            with session() as other:
                other.run(f"MATCH {pattern} WHERE x.load = $load {part}", load=load).consume()
        last.run(UNMARK, load=load).consume()
        last.commit()


def _apply_all(
    transaction: ManagedTransaction,
    schema: Schema,
    changes: Sequence[Change],
    late: Sequence[RemoveLinks | RemoveNodes],
    since: str | None,
) -> Sequence[str]:
    """Make all changes; where much is to go that is all that some loads brought, mark these loads instead.

    Returns:
        The loads that are marked: what they brought is to be taken back.
    """
    _refuse_changed(transaction, since)
    written = tally(changes)
    for change in changes:
        if all(change is not one for one in late):
            _apply(transaction, change, written)
    loads = _whole_loads(transaction, schema, late)
    for load in loads:
        transaction.run("CREATE (:GraphkitPending {id: $load})", load=load).consume()
    for change in () if loads else late:
        _apply(transaction, change, written)
    return loads


def _whole_loads(
    transaction: ManagedTransaction, schema: Schema, removed: Sequence[RemoveLinks | RemoveNodes]
) -> Sequence[str]:
    """The loads of which these records are all that is left; none where they are not."""
    patterns = dict(_patterns(schema))
    left: dict[str, int] = {}
    loads: set[str] = set()
    for change in removed:
        text = f"MATCH {patterns[change.type]} WHERE x.id IN $ids RETURN x.load AS load, count(*) AS records"
        found = transaction.run(text, ids=list(change.ids)).values()
        loads |= {load for load, _ in found}
        left[change.type] = sum(records for _, records in found)
    for name, pattern in patterns.items() if loads else ():
        text = f"MATCH {pattern} WHERE x.load IN $loads RETURN count(*)"
        if _single(transaction, text, loads=list(loads)) != left.get(name, 0):
            return ()
    return sorted(loads, reverse=True)  # what is said of a node goes before the node


def _patterns(schema: Schema) -> Iterator[tuple[str, str]]:
    """How records of each type are found, links first."""
    yield from ((link, f"()-[x:{link}]->()") for link in schema.links)
    yield from ((node, f"(x:{node})") for node in schema.nodes)


def _refuse_changed(transaction: ManagedTransaction | Transaction, since: str | None) -> None:
    """Count this change, and refuse it where somebody wrote since it was planned; others wait until it is made."""
    before = _single(transaction, STAMP)
    if since is not None and str(before) != since:
        raise StoreError("the graph was changed by somebody else meanwhile; nothing was written: try again")


def _apply(transaction: ManagedTransaction | Transaction | Session, change: Change, written: Tally) -> None:
    text, name = _statement(change), _name(change)
    for rows in _batches(change):
        done = _single(transaction, text, rows=rows)
        written.add(f"writing {name}", len(rows))
        if done != len(rows):
            told = f"{len(rows) - done} of {len(rows)} rows of {name} found nothing to work on"
            raise StoreError(f"{told}: another load may have changed it meanwhile; try again")
        gc.collect(0)  # the driver keeps what it sent in a ring, and a load spares itself all other collections


def _single(runner: ManagedTransaction | Transaction | Session, text: str, **parameters: Any) -> int:  # noqa: ANN401
    return cast("int", runner.run(text, parameters).single(strict=True)[0])


def _statement(change: Change) -> str:
    match change:
        case AddNodes(table):
            return f"UNWIND $rows AS row CREATE (x:{table.type}) SET x = row RETURN count(*)"
        case ChangeNodes(table):
            return f"UNWIND $rows AS row MATCH (x:{table.type} {{id: row.id}}) SET x += row RETURN count(*)"
        case AddLinks(table, (subject, obj)):
            return (
                f"UNWIND $rows AS row MATCH (a:{subject} {{id: row.subject}}) MATCH (b:{obj} {{id: row.object}}) "
                f"CREATE (a)-[x:{table.type}]->(b) SET x = row RETURN count(*)"
            )
        case RemoveLinks(name, _):
            return f"MATCH ()-[x:{name}]->() WHERE x.id IN $rows DELETE x RETURN count(*)"
        case RemoveNodes(name, _):
            return f"MATCH (x:{name}) WHERE x.id IN $rows DELETE x RETURN count(*)"


def _name(change: Change) -> str:
    return change.type if isinstance(change, RemoveLinks | RemoveNodes) else change.table.type


def _batches(change: Change) -> Iterator[list[Any]]:
    if isinstance(change, RemoveLinks | RemoveNodes):
        yield list(change.ids)  # at once: what a transaction has removed makes it ever slower to find the next
        return
    columns = dict(change.table.columns)
    if not isinstance(change, ChangeNodes):  # there, a None forgets a value; here it only costs time on the way
        columns = {name: values for name, values in columns.items() if values.count(None) < len(values)}
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch
