"""What every part of a graph stands on: the store, the names in it, the questions, the day."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from graphkit.config import DECISIONS, data_folder
from graphkit.names import Names
from graphkit.queries import load_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from graphkit.loading.desk import Desk
    from graphkit.queries import Query
    from graphkit.stores.base import Store

__all__ = ["Opened"]


class Opened:
    """A graph that is open until it is closed."""

    def __init__(self, store: Store, folders: Sequence[Path] = (), today: str = "") -> None:
        self.store = store
        self.today = today
        self._folders = folders

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @cached_property
    def queries(self) -> Mapping[str, Query]:
        """Every question by name."""
        return load_folder(*self._folders, shipped=(data_folder("cypher"),), schema=self.store.schema)

    @cached_property
    def names(self) -> Names:
        """Every spelling of every node."""
        if self.store.beside(DECISIONS).exists() or self.store.count("Before"):
            return self.desk().names()
        return Names.from_tables(self.store.name_tables())

    def _forget_names(self) -> None:
        self.__dict__.pop("names", None)

    def resolve(self, names: Iterable[str], types: Sequence[str] = ("Company", "Product", "Segment")) -> list[str]:
        """The ids that names in any spelling mean; `country:TW` stands for itself.

        Raises:
            NotFoundError: a name stands for nothing.
            AmbiguousError: a name stands for several nodes.
        """
        return [name if name.startswith("country:") else self.names.resolve(name, types) for name in names]

    def desk(self, decisions: str | Path | None = None) -> Desk:
        """Where lists come in; with the file of decisions on names, beside the store when None."""
        from graphkit.loading.desk import Desk

        return Desk(self.store, decisions)
