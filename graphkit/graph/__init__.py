"""The library's door: one object with a verb for each thing a user wants, each the twin of a command."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from graphkit.config import Settings
from graphkit.errors import NoGraphError, QueryError
from graphkit.graph.asking import Asking
from graphkit.graph.handing import Handing
from graphkit.graph.loading import Loading
from graphkit.model import MODEL
from graphkit.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.loading import Options
    from graphkit.seeds.checking import Checked

__all__ = ["Graph", "check_files", "open_graph", "open_to_plan"]


class Graph(Loading, Asking, Handing):
    """A graph and all that can be asked of it."""


def open_graph(
    url: str | None = None,
    *,
    read_only: bool = False,
    queries: Iterable[str | Path] = (),
    today: date | None = None,
    settings: Settings | None = None,
    known_at: str | None = None,
) -> Graph:
    """Open a graph.

    Args:
        url: `embedded:PATH` or `neo4j://HOST:PORT`; what the settings say when None.
        read_only: Whether nothing may be written; an embedded graph must then exist.
        queries: Folders of own questions, beside those that graphkit ships with.
        today: The day for which questions are asked when they are told none; the computer's when None.
        settings: Credentials, and the default store; read from the environment when None.
        known_at: A day: the graph as it was known at its end, built in a store of its own that goes when it is closed.

    Raises:
        StoreError: the store cannot be opened.
        InputError: a question in one of the folders breaks a rule.
        QueryError: nothing was known on the day.
    """
    settings = settings or Settings.from_environment()
    store = open_store(
        url or settings.store,
        MODEL,
        read_only=read_only,
        user=settings.user,
        password=settings.password,
        database=settings.database,
    )
    if known_at is not None:
        from graphkit.loading.rebuilding import rebuilt

        first = min(map(str, store.table("Load", ["id"]).columns["id"]), default=None)
        store = rebuilt(store, known_at)
        if first and not store.count("Source"):
            store.close()
            raise QueryError(f"nothing was known on {known_at}; the first load is {first}")
    return Graph(store, tuple(map(Path, queries)), (today or date.today()).isoformat())  # noqa: DTZ011 - the user's day


def open_to_plan(url: str | None = None) -> Graph:
    """Open a graph to plan on, where nothing can be written; one that is not there yet is empty, and none is made.

    Raises:
        StoreError: the store cannot be opened.
    """
    try:
        return open_graph(url, read_only=True)
    except NoGraphError as error:
        from graphkit.stores.temporary import TemporaryStore

        return Graph(TemporaryStore(MODEL, instead_of=error.path))


def check_files(*paths: str | Path, **options: Unpack[Options]) -> Checked:
    """Check files by themselves, without any store; decisions on names are followed where their file is named."""
    from graphkit.loading.intake import Intake, check, take_in
    from graphkit.seeds.decisions import Decisions, read_decisions

    intake = Intake(**options)
    taken = take_in(paths, intake, MODEL)
    decisions = read_decisions(Path(intake.decisions)) if intake.decisions else Decisions()
    return check(taken, MODEL, (), decided=decisions.decided, create_missing=intake.create_missing)
