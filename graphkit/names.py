"""Names to ids: every spelling that leads to a node, and the nearest ones for a spelling that leads nowhere.

A name is tried in stages, the strictest first; the first stage that knows it decides. Within a stage, several nodes
make the name ambiguous. Stages that need a dictionary (traditional characters, pinyin) build it when a name gets
that far.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphkit.errors import AmbiguousError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from graphkit.records import Table
    from graphkit.values import Value

__all__ = ["Found", "Names", "Spellings", "fold"]

NEAR = 5
"""How many near misses an error names."""

NEAR_SCORE = 60.0
"""Below this score (0 to 100, rapidfuzz WRatio) two names have nothing to do with each other."""

_DROPPED = re.compile(r"[\s\-_.,·・'’`\"“”()（）\[\]【】/&]+")
_CORPORATE = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|股份|控股|集团|公司|"
    r"incorporated|inc|corporation|corp|coltd|ltd|limited|llc|gmbh|holdings|holding|group|plc|ag|nv|sa|co|kk)$"
)


@dataclass(frozen=True, slots=True)
class Spellings:
    """A node and how it is written.

    Attributes:
        names: What it is usually called.
        aliases: Every other spelling, and its tickers.
    """

    type: str
    id: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every spelling, the usual names first."""
        return self.names + self.aliases


@dataclass(frozen=True, slots=True)
class Found:
    """A node that a text may mean: the spelling that led there, how, and how near (0 to 100)."""

    type: str
    id: str
    name: str
    spelling: str
    how: str
    score: float


def fold(text: str) -> str:
    """Bring a spelling to the form in which spellings are compared: NFKC, no case, no spaces, no punctuation."""
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return _DROPPED.sub("", plain) or plain


class Names:
    """Every spelling of every node, and the way from a text to an id."""

    def __init__(self, spellings: Iterable[Spellings]) -> None:
        self._nodes = {node.id: node for node in spellings}

    @classmethod
    def from_tables(cls, tables: Iterable[Table]) -> Names:
        """Take the names out of tables of nodes; a later table's node takes the place of an earlier one's."""
        return cls(spelling for table in tables for spelling in _spellings(table))

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._nodes

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
        if text in self._nodes and (not types or self._nodes[text].type in types):
            return text
        wanted, types = self._without_prefix(text, types)
        for stage in self._stages:
            ids = sorted(i for i in stage(wanted) if not types or self._nodes[i].type in types)
            if len(ids) == 1:
                return ids[0]
            if ids:
                raise AmbiguousError(text, ids)
        near = [f"{found.name} ({found.id})" for found in self.near(wanted, types)]
        raise NotFoundError(" or ".join(sorted(types)).lower() or "node", text, near)

    def search(self, text: str, types: Collection[str] = (), limit: int = 20) -> list[Found]:
        """Every node that a text may mean: what `resolve` knows, then what contains it, then near misses."""
        wanted, types = self._without_prefix(text, types)
        key = fold(wanted)
        found: dict[str, Found] = {}
        for stage, how in zip(self._stages, ("name", "alias", "characters", "short form", "pinyin"), strict=True):
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
        from rapidfuzz import fuzz, process

        best: dict[str, Found] = {}
        for keys, key in ((self._spelled, fold(text)), (self._sounds, _sound(text))):
            for _, score, place in process.extract(
                key, [spelled for spelled, _, _ in keys], scorer=fuzz.ratio, limit=limit * 4, score_cutoff=NEAR_SCORE
            ):
                _, node_id, spelling = keys[place]
                hit = self._found(node_id, spelling, "near", round(score, 1))
                if (not types or hit.type in types) and score > getattr(best.get(node_id), "score", 0.0):
                    best[node_id] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.id))[:limit]

    def _without_prefix(self, text: str, types: Collection[str]) -> tuple[str, Collection[str]]:
        prefix, colon, rest = text.partition(":")
        named = [kind for kind in {node.type for node in self} if kind.lower() == prefix.strip().lower()]
        return (rest.strip(), named) if colon and rest.strip() and named else (text, types)

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
            lambda text: self._by_name.get(fold(text), ()),
            lambda text: self._by_alias.get(fold(text), ()),
            lambda text: self._by_characters.get(_simplified(text), ()),
            lambda text: self._by_short_form.get(_short_form(text), ()),
            lambda text: self._by_sound.get(fold(text), ()) if text.isascii() else (),
        )

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        return _index((fold(name), node.id) for node in self for name in node.names)

    @cached_property
    def _by_alias(self) -> dict[str, set[str]]:
        return _index((fold(alias), node.id) for node in self for alias in node.aliases)

    @cached_property
    def _by_characters(self) -> dict[str, set[str]]:
        return _index((_simplified(spelling), node.id) for node in self for spelling in node.all)

    @cached_property
    def _by_short_form(self) -> dict[str, set[str]]:
        return _index((_short_form(spelling), node.id) for node in self for spelling in node.all)

    @cached_property
    def _by_sound(self) -> dict[str, set[str]]:
        return _index(
            (sound, node.id)
            for node in self
            for spelling in node.all
            if not spelling.isascii()
            for sound in (_sound(spelling), _initials(spelling))
            if len(sound) > 1
        )

    @cached_property
    def _spelled(self) -> list[tuple[str, str, str]]:
        return [(fold(spelling), node.id, spelling) for node in self for spelling in node.all]

    @cached_property
    def _sounds(self) -> list[tuple[str, str, str]]:
        return [(_sound(spelling), node.id, spelling) for node in self for spelling in node.all]


def _spellings(table: Table) -> Iterator[Spellings]:
    empty: list[Value] = [None] * len(table)
    columns = [table.columns.get(name, empty) for name in ("id", "name_zh", "name_en", "title", "aliases", "tickers")]
    for node_id, *names, aliases, tickers in zip(*columns, strict=True):
        yield Spellings(
            table.type,
            str(node_id),
            tuple(str(name) for name in names if name),
            (*_texts(aliases), *(form for ticker in _texts(tickers) for form in _ticker_forms(ticker))),
        )


def _texts(value: Value) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()


def _ticker_forms(ticker: str) -> tuple[str, ...]:
    code = re.split(r"[. ]", ticker)[0]
    return (ticker, code) if code != ticker else (ticker,)


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for key, node_id in pairs:
        index.setdefault(key, set()).add(node_id)
    return index


def _simplified(text: str) -> str:
    if text.isascii():
        return fold(text)
    import zhconv

    return fold(str(zhconv.convert(text, "zh-hans")))


def _short_form(text: str) -> str:
    folded = _simplified(text)
    while (shorter := _CORPORATE.sub("", folded)) != folded and shorter:
        folded = shorter
    return folded


def _sound(text: str) -> str:
    if text.isascii():
        return fold(text)
    from pypinyin import lazy_pinyin

    return fold("".join(lazy_pinyin(_simplified(text))))


def _initials(text: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return fold("".join(lazy_pinyin(_simplified(text), style=Style.FIRST_LETTER)))
