"""Names to ids: every spelling that leads to a node, and the nearest ones for a spelling that leads nowhere.

A name is tried in stages, the strictest first; the first stage that knows it decides. Within a stage, several nodes
make the name ambiguous. Stages that need a dictionary (traditional characters, pinyin) build it when a name gets
that far.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError, NotFoundError
from graphkit.names.nearest import NEAR, Nearest
from graphkit.names.spelled import Found, Spellings, is_key, spellings_of
from graphkit.spelling import fold, initials, short_form, simplified, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from graphkit.records import Table

__all__ = ["Found", "Names", "Spellings", "fold", "is_key"]

HOW = ("decision", "key", "name", "alias", "characters", "short form", "pinyin", "initials")
"""The stages that a name goes through, the strictest first."""


class Names:
    """Every spelling of every node, and the way from a text to an id.

    Args:
        spellings: The nodes.
        same: What was decided to be the same, as pairs of a spelling and an id; it goes before all else.
        distinct: What was decided not to be the same, as pairs of a spelling and an id.
    """

    def __init__(
        self,
        spellings: Iterable[Spellings],
        same: Iterable[tuple[str, str]] = (),
        distinct: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._nodes = {node.id: node for node in spellings}
        self._same = _index((fold(text), node_id) for text, node_id in same if node_id in self._nodes)
        self._distinct = _index((fold(text), node_id) for text, node_id in distinct)

    @classmethod
    def from_tables(
        cls,
        tables: Iterable[Table],
        same: Iterable[tuple[str, str]] = (),
        distinct: Iterable[tuple[str, str]] = (),
    ) -> Names:
        """Take the names out of tables of nodes; a later table's node takes the place of an earlier one's."""
        return cls((spelling for table in tables for spelling in spellings_of(table)), same, distinct)

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._nodes

    def __getitem__(self, node_id: str) -> Spellings:
        return self._nodes[node_id]

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Spellings]:
        return iter(self._nodes.values())

    def type_of(self, node_id: str) -> str:
        """The type of a node that is known."""
        return self._nodes[node_id].type

    def name_of(self, node_id: str) -> str:
        """The usual name of a node; its id when it is not known."""
        node = self._nodes.get(node_id)
        return node.names[0] if node and node.names else node_id

    def resolve(self, text: str, types: Collection[str]) -> str:
        """The id of the one node that a text means.

        A text may be an id, a name, an alias, a ticker with or without its suffix, in any case and width, in
        traditional characters, in pinyin or its initials; `segment:PCB` looks among segments only.

        Raises:
            NotFoundError: no node is called so; the error names the nearest ones.
            AmbiguousError: several are.
        """
        found = self.lookup(text, types, by_initials=True)
        if found is None:
            near = [f"{found.name} ({found.id})" for found in self.near(self._without_prefix(text, types)[0], types)]
            other = [
                f"the {self.type_of(i).lower()} {self.name_of(i)} ({i})" for i in self._of_other_types(text, types)
            ]
            raise NotFoundError(" or ".join(sorted(types)).lower() or "node", text, other or near)
        return found

    def _of_other_types(self, text: str, types: Collection[str]) -> list[str]:
        """The nodes that a text means exactly, where a node of another type is wanted."""
        try:
            found = self.lookup(text, ()) if types else None
        except AmbiguousError as error:
            return list(error.candidates)
        return [found] if found else []

    def lookup(self, text: str, types: Collection[str], *, by_initials: bool = False) -> str | None:
        """The id of the one node that a text means, or None.

        Args:
            text: Any spelling.
            types: Types of nodes that it may be; any when empty.
            by_initials: Whether the initials of pinyin count; two or three letters are too little to go by unseen.

        Raises:
            AmbiguousError: several nodes are called so.
        """
        if text in self._nodes and (not types or self._nodes[text].type in types):
            return text
        same = self._same.get(fold(text), ()) if self._same else ()
        decided = [i for i in same if not types or self._nodes[i].type in types]
        if len(decided) == 1:  # also the id of a node that went into another
            return decided[0]
        wanted, types = self._without_prefix(text, types)
        never = self._distinct.get(fold(wanted), ()) if self._distinct else ()
        for stage in self._stages if by_initials else self._stages[:-1]:
            if not (known := stage(wanted)):
                continue
            ids = [i for i in sorted(known) if (not types or self._nodes[i].type in types) and i not in never]
            if len(ids) > 1:  # of Nova and NOVA, the one that is written so
                ids = [i for i in ids if wanted in self._nodes[i].all] if self._one_is(wanted, ids) else ids
            if len(ids) == 1:
                return ids[0]
            if ids:
                raise AmbiguousError(text, ids)
        return None

    def namesakes(self, text: str, node_id: str) -> list[str]:
        """The other nodes, of any type, that a text names as strictly as the one that it was taken for."""
        wanted, types = self._without_prefix(text, self._types)
        if text in self._nodes or types is not self._types:
            return []  # an id, or `segment:PCB`, leaves nothing open
        found: set[str] = set(self._by_name.get(fold(wanted), ())) | set(self._by_alias.get(fold(wanted), ()))
        for stage in self._stages if node_id not in found else ():
            found |= (ids := set(stage(wanted)))
            if node_id in ids:
                break
        return sorted(found - {node_id} - self._distinct.get(fold(wanted), set()))

    def _one_is(self, text: str, ids: Iterable[str]) -> bool:
        return sum(text in self._nodes[node_id].all for node_id in ids) == 1

    def search(self, text: str, types: Collection[str] = (), limit: int = 20) -> list[Found]:
        """Every node that a text may mean: what `resolve` knows, then what contains it, then near misses."""
        wanted, types = self._without_prefix(text, types)
        key = fold(wanted)
        found: dict[str, Found] = {}
        for stage, how in zip(self._stages, HOW, strict=True):
            self._add(found, types, ((i, wanted, how, 100.0) for i in sorted(stage(wanted))))
        parts = (
            (node.id, spelling, "part", 90.0) for node in self for spelling in node.all if key and key in fold(spelling)
        )
        self._add(found, types, parts)
        for near in self.near(wanted, types, limit):
            found.setdefault(near.id, near)
        return sorted(found.values(), key=lambda hit: (-hit.score, len(hit.name), hit.id))[:limit]

    def near(self, text: str, types: Collection[str] = (), limit: int = NEAR) -> list[Found]:
        """The nodes whose spellings are nearest to a text, by characters and by sound, best first."""
        never = self._distinct.get(fold(text), ()) if self._distinct else ()
        return self._nearest.near(text, types, never, limit)

    def alike(self, names: Mapping[str, tuple[str, str]]) -> dict[str, Found]:
        """The node that each of many new ones, given by id with type and name, is called very nearly as.

        A known node goes before another new one.
        """
        new = {node_id: Spellings(label, node_id, (name,)) for node_id, (label, name) in names.items()}
        found = Nearest(new).alike(names) | self._nearest.alike(names)
        return {key: hit for key, hit in found.items() if hit.id not in self._distinct.get(fold(names[key][1]), ())}

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._nodes)

    def _without_prefix(self, text: str, types: Collection[str]) -> tuple[str, Collection[str]]:
        prefix, colon, rest = text.partition(":")
        if not colon or not rest.strip():
            return text, types
        named = [kind for kind in types or self._types if kind.lower() == prefix.strip().lower()]
        return (rest.strip(), named) if named else (text, types)

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset(node.type for node in self)

    def _add(
        self, found: dict[str, Found], types: Collection[str], hits: Iterable[tuple[str, str, str, float]]
    ) -> None:
        for node_id, spelling, how, score in hits:
            if not types or self._nodes[node_id].type in types:
                found.setdefault(node_id, self._found(node_id, spelling, how, score))

    def _found(self, node_id: str, spelling: str, how: str, score: float) -> Found:
        return Found(self._nodes[node_id].type, node_id, self.name_of(node_id), spelling, how, score)

    @cached_property
    def _stages(self) -> tuple[Callable[[str], Collection[str]], ...]:
        return (
            lambda text: self._same.get(fold(text), ()),
            lambda text: self._by_key.get(text, ()),
            lambda text: self._by_name.get(fold(text), ()),
            lambda text: self._by_alias.get(fold(text), ()),
            lambda text: self._spelled(simplified(text), self._by_characters) if not text.isascii() else (),
            lambda text: self._spelled(short_form(text), self._by_short_form),
            lambda text: self._by_sound.get(fold(text), ()) if text.isascii() else (),
            lambda text: self._by_initials.get(fold(text), ()) if text.isascii() else (),
        )

    @cached_property
    def _by_key(self) -> dict[str, set[str]]:
        return _index((key, node.id) for node in self for key in node.keys)

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        return _index((fold(name), node.id) for node in self for name in node.names)

    @cached_property
    def _by_alias(self) -> dict[str, set[str]]:
        return _index((fold(alias), node.id) for node in self for alias in node.aliases)

    @cached_property
    def _by_characters(self) -> dict[str, set[str]]:
        """Spellings in traditional characters, by the simplified ones."""
        return self._reformed(simplified)

    @cached_property
    def _by_short_form(self) -> dict[str, set[str]]:
        """Spellings with Ltd, Inc and the like, without them."""
        return self._reformed(short_form)

    def _reformed(self, form: Callable[[str], str]) -> dict[str, set[str]]:
        """The spellings that a form changes; the others are known by their names and aliases."""
        spelled = ((form(text), fold(text), node.id) for node in self for text in node.all)
        return _index((made, node_id) for made, plain, node_id in spelled if made != plain)

    def _spelled(self, made: str, reformed: Mapping[str, set[str]]) -> set[str]:
        """The nodes that are called so, as they are written or in another form."""
        found = [index[made] for index in (self._by_name, self._by_alias, reformed) if made in index]
        return found[0] if len(found) == 1 else set().union(*found)

    @cached_property
    def _by_sound(self) -> dict[str, set[str]]:
        return self._heard(sound)

    @cached_property
    def _by_initials(self) -> dict[str, set[str]]:
        return self._heard(initials)

    def _heard(self, form: Callable[[str], str]) -> dict[str, set[str]]:
        spelled = ((form(text), node.id) for node in self for text in node.all if not text.isascii())
        return _index((heard, node_id) for heard, node_id in spelled if len(heard) > 1)


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for key, node_id in pairs:
        index.setdefault(key, set()).add(node_id)
    return index
