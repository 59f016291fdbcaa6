"""Nodes of foreign lists to ids: the known node of that key, name or ticker, else a new one; never two by a guess."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError
from graphkit.seeds.made import made_id, mark
from graphkit.seeds.node_sheets import Entry
from graphkit.seeds.resolving import Unknown
from graphkit.spelling import fold, short_form
from graphkit.values import TEXTS, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkit.names import Names
    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["Matches"]

NAMES = ("title", "name_en", "name_zh")
Form = tuple[str, str]


@dataclass
class Matches:
    """Leads entries of lists to ids; spellings that differ in case, punctuation or Ltd and Inc are one name.

    Attributes:
        names: All names known before.
        led: The known nodes that entries were led to and that graphkit did not make of a list: what is known stays.
    """

    names: Names
    led: set[str] = field(default_factory=set)
    _ids: dict[Entry, str | ValueError] = field(default_factory=dict)
    _of_keys: dict[tuple[str, str], str] = field(default_factory=dict)
    _of_names: dict[Form, str] = field(default_factory=dict)
    _keys: dict[Form, set[str]] = field(default_factory=lambda: defaultdict(set))
    _named: dict[tuple[str, str], str] = field(default_factory=dict)
    _listed: set[Form] = field(default_factory=set)
    _aliases: dict[Form, set[Entry]] = field(default_factory=lambda: defaultdict(set))
    _new: dict[str, Entry] = field(default_factory=dict)

    def look_over(self, sheets: Iterable[Sheet]) -> None:
        """Learn which names the lists give to which keys, and which other spellings, before any is led to an id."""
        for sheet in sheets:
            for entry, aliases in _aliased(sheet):
                self._listed.add(_form(entry.type, entry.name))
                for alias in aliases:
                    self._aliases[_form(entry.type, alias)].add(entry)
            for label, key, name in _keyed(sheet):
                self._named.setdefault((label, key), name)
                if name:
                    self._keys[_form(label, name)].add(key)

    def __call__(self, entry: Entry) -> str:
        """The id of the node that an entry means.

        Raises:
            ValueError: it may mean several; the message says what to do.
        """
        if entry not in self._ids:
            try:
                self._ids[entry] = self._keyed(entry) if entry.key else self._by_name(entry)
            except AmbiguousError as error:
                self._ids[entry] = ValueError(str(error))
            except ValueError as error:
                self._ids[entry] = error
        found = self._ids[entry]
        if isinstance(found, ValueError):
            raise found
        return found

    def _keyed(self, entry: Entry) -> str:
        place = (entry.type, entry.key)
        if place not in self._of_keys:
            known = self.names.lookup(entry.key, (entry.type,))
            self._of_keys[place] = self._lead(known) if known else self._first(entry)
        return self._of_keys[place]

    def _first(self, entry: Entry) -> str:
        """The node of a key that is seen for the first time."""
        name = entry.name or self._named.get((entry.type, entry.key), "")
        rivals = len(self._keys[_form(entry.type, name)]) > 1 if name else False
        if name and not rivals:
            return self._by_name(Entry(entry.type, name, tickers=entry.tickers))
        if rivals and (known := self._exactly(entry.type, name)):
            return self._lead(known)
        made = made_id(entry.type, name or entry.key.partition(":")[2]) or ""
        if rivals or made in self.names or made in self._new:
            made = f"{made}-{mark(entry.key)}"
        self._new[made] = Entry(entry.type, name, entry.key)
        return made

    def _exactly(self, label: str, name: str) -> str | None:
        """Of several keys whose names differ in Ltd or Inc alone, the known node of the one that is written so."""
        same = [key for key in self._keys[_form(label, name)] if fold(self._named[label, key]) == fold(name)]
        known = self.names.lookup(name, (label,)) if len(same) == 1 else None
        return known if known and fold(name) in map(fold, self.names[known].all) else None

    def _by_name(self, entry: Entry) -> str:
        form = _form(entry.type, entry.name)
        keys = self._keys.get(form, ())
        if len(keys) > 1 and not entry.key:
            raise ValueError(f"{entry.name!r} is the name of {', '.join(sorted(keys))}; name it by its key")
        if form not in self._of_names:
            known = self.names.lookup(entry.name, (entry.type,)) if entry.name else None
            if len(keys) == 1 and known is None:  # the list renamed what it has by this key
                known = self.names.lookup(next(iter(keys)), (entry.type,))
            known = known or self._by_ticker(entry)
            owner = None if known else self._owner(form, entry.name)
            self._of_names[form] = self._lead(known) if known else self(owner) if owner else self._made(entry)
        return self._of_names[form]

    def _owner(self, form: Form, name: str) -> Entry | None:
        """What a list gives that other spelling, where it gives no row that name itself."""
        owners = () if form in self._listed else self._aliases.get(form, ())
        if len(owners) > 1:
            told = ", ".join(sorted(owner.key or owner.name for owner in owners))
            raise ValueError(f"{name!r} is another spelling of {told}; name it otherwise")
        return next(iter(owners), None)

    def _made(self, entry: Entry) -> str:
        made = made_id(entry.type, entry.name) or ""
        other = self._new.get(made)
        if made in self.names or (other and _form(other.type, other.name) != _form(entry.type, entry.name)):
            made = f"{made}-{mark(entry.name)}"  # C and C++
        if made:
            self._new.setdefault(made, entry)
        return made

    def _by_ticker(self, entry: Entry) -> str | None:
        """The known company with the same ticker and exchange; a code alone may be another company's elsewhere."""
        for ticker in entry.tickers:
            if "." in ticker and (known := self.names.lookup(ticker, (entry.type,))):
                return known
        return None

    def _lead(self, known: str) -> str:
        if not self._is_own(known):
            self.led.add(known)
        return known

    def _is_own(self, known: str) -> bool:
        """Whether an id was made of one of the names of its node, as graphkit does for lists."""
        node = self.names[known]
        made = {made_id(node.type, name) for name in node.all}
        return known in made or re.sub(r"-[0-9a-f]{6}$", "", known) in made

    def alike(self) -> list[Unknown]:
        """The new nodes that bear the name of another, or one very near to a known one's."""
        near = self.names.alike({node: (entry.type, entry.name) for node, entry in self._new.items() if entry.name})
        return [
            Unknown(entry.name, (entry.type,), (near[node],), node) for node, entry in self._new.items() if node in near
        ]


def _keyed(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Type, key and name of each node of a sheet that gives keys."""
    keys = sheet.columns.get("key")
    if keys is None:
        return
    empty = [None] * len(sheet)
    spelled = zip(*(sheet.columns.get(name, empty) for name in NAMES), strict=True)
    for label, key, names in zip(sheet.columns["type"], keys, spelled, strict=True):
        if key is not None:
            yield str(label), str(key), next((str(name) for name in names if name), "")


def _aliased(sheet: Sheet) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Each node of a sheet that gives other spellings, with them."""
    if "aliases" not in sheet.columns or "type" not in sheet.columns:
        return
    empty = [None] * len(sheet)
    columns = [sheet.columns.get(name, empty) for name in ("type", "key", "aliases", *NAMES)]
    for label, key, aliases, *names in zip(*columns, strict=True):
        name = next((str(name) for name in names if name), "")
        if name:
            yield Entry(str(label), name, str(key or "")), several(TEXTS.clean(aliases)) if aliases else ()


def _form(label: str, name: str) -> Form:
    return label, short_form(name) if label == "Company" else fold(name)
