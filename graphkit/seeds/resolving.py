"""Names in files to ids: each distinct name once, unknown ones gathered with the nearest known ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError
from graphkit.names import is_key
from graphkit.records import Table, display_name
from graphkit.seeds.made import made_id, mark, name_property
from graphkit.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from graphkit.names import Found, Names
    from graphkit.values import Value

__all__ = ["Resolver", "Unknown"]

NEAREST = 200
"""For so many unknown names the nearest known ones are looked up; a file with more has another trouble."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that leads to no node known before: what it may be, the nearest names, best first, and the node made."""

    name: str
    types: tuple[str, ...]
    near: tuple[Found, ...]
    made: str = ""


@dataclass
class Resolver:
    """Leads names to ids.

    Attributes:
        names: All names that are known.
        create_missing: Whether a name that is not known makes a node.
        created: The nodes made so: type and name by id.
        unknown: The names that led nowhere, in the order in which they came.
    """

    names: Names
    create_missing: bool = False
    created: dict[str, tuple[str, str]] = field(default_factory=dict)
    unknown: dict[tuple[str, tuple[str, ...]], Unknown] = field(default_factory=dict)
    _known: dict[tuple[str, tuple[str, ...]], str | ValueError] = field(default_factory=dict)

    def __call__(self, text: str, types: tuple[str, ...]) -> str:
        """The id of the node that a text means.

        Raises:
            ValueError: it means none, or several; the message says what to do.
        """
        key = (text, types)
        if key not in self._known:
            self._known[key] = self._resolved(text, types)
        found = self._known[key]
        if isinstance(found, ValueError):
            raise found
        return found

    def type_of(self, node_id: str) -> str:
        """The type of a node that is known or made."""
        return self.created[node_id][0] if node_id in self.created else self.names.type_of(node_id)

    def _resolved(self, text: str, types: tuple[str, ...]) -> str | ValueError:
        try:
            found = self.names.lookup(text, types)
        except AmbiguousError as error:
            return ValueError(str(error))
        if found is not None:
            return found
        if self.create_missing:
            return self._create(text, types)
        near = tuple(self.names.near(text, types)) if len(self.unknown) < NEAREST else ()
        self.unknown[text, types] = Unknown(text, types, near)
        return ValueError(_advice(text, types, near))

    def _create(self, text: str, types: tuple[str, ...]) -> str | ValueError:
        prefix, colon, rest = text.partition(":")
        named = tuple(kind for kind in types if kind.lower() == prefix.strip().lower())
        label, name = (named[0], rest.strip()) if colon and rest.strip() and named else (types[0], text)
        if len(types) > 1 and not named:
            forms = " or ".join(f"{kind.lower()}:{text}" for kind in types)
            return ValueError(f"{text!r} is not known and may be of several types; write {forms}")
        node_id = made_id(label, name)
        if node_id is None:
            return ValueError(f"{text!r} makes no name; correct it")
        if node_id in self.names or fold(self.created.get(node_id, ("", name))[1]) != fold(name):  # C and C++
            node_id = f"{node_id}-{mark(name)}"
        self.created.setdefault(node_id, (label, name))
        return node_id

    def alike(self) -> Iterator[Unknown]:
        """The nodes that were made although a known one is called very nearly so."""
        near = self.names.alike(self.created)
        for node_id, (label, name) in self.created.items():
            if hit := near.get(node_id):
                yield Unknown(name, (label,), (hit,), node_id)

    def created_tables(self) -> Iterable[Table]:
        """The nodes that were made, by type."""
        by_type: dict[str, list[tuple[str, str]]] = {}
        for node_id, (label, name) in self.created.items():
            by_type.setdefault(label, []).append((node_id, name))
        for label, nodes in by_type.items():
            columns: dict[str, list[Value]] = {
                "id": [node_id for node_id, _ in nodes],
                "name": [display_name(node_id, name) for node_id, name in nodes],
                "stub": [True] * len(nodes),
            }
            for _, name in nodes:
                for column in ("title",) if label == "Source" else ("name_zh", "name_en"):
                    values = columns.setdefault(column, [])
                    values.append(name if column == name_property(label, name) else None)
            yield Table(label, columns)


def _advice(text: str, types: Collection[str], near: Iterable[Found]) -> str:
    kind = " or ".join(sorted(types)).lower() or "node"
    if is_key(text) and text.partition(":")[0] not in {name.lower() for name in types}:
        return f"no {kind} has the key {text!r}; load the table that names it beside this one, or before"
    offered = ", ".join(f"{hit.name} ({hit.id})" for hit in near)
    hint = f"did you mean {offered}? else " if offered else ""
    return f"no {kind} is called {text!r}; {hint}add it to the file of its type, or load with --create-missing"
