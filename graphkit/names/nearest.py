"""The names nearest to a text, by characters and by sound, where none is the same."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from graphkit import watching
from graphkit.names.spelled import Found, is_key
from graphkit.spelling import fold, short_form, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from graphkit.names.spelled import Spellings

__all__ = ["NEAR", "Nearest"]

NEAR = 5
"""How many near misses an error names."""

NEAR_SCORE = 60.0
"""Below this score (0 to 100, rapidfuzz ratio) two names have nothing to do with each other."""

ALIKE_SCORE = 85
"""From this score on, a new name may well be a known one in another spelling."""

COMPARISONS = 20_000_000
"""New names are compared with known ones so many times at most: about a second."""

AT_ONCE = 64
"""So many names are compared at once."""

TOLD = 1_000
"""After so many names it is told how far the comparison is."""

_Block = tuple[str, tuple[str, ...]]
"""A type of nodes, and the numbers in a name: only names of one block may be alike."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Spellings in one form, each with the node and the spelling that it is of."""

    forms: list[str]
    owners: list[tuple[str, str]]


class Nearest:
    """Looks names up that are nearly right.

    Args:
        nodes: All nodes, by id.
    """

    def __init__(self, nodes: Mapping[str, Spellings]) -> None:
        self._nodes = nodes

    def near(self, text: str, types: Collection[str], never: Collection[str], limit: int) -> list[Found]:
        """The nodes whose spellings are nearest to a text, by characters and by sound, best first."""
        from rapidfuzz import fuzz, process

        if is_key(text):
            return []
        best: dict[str, Found] = {}
        tried = [(self._spelled, fold(part)) for part in _parts(text)] + [(self._sounds, sound(text))]
        for keys, key in tried:
            for _, score, place in process.extract(
                key, keys.forms, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=NEAR_SCORE
            ):
                node_id, spelling = keys.owners[place]
                hit = self._found(node_id, spelling, round(score, 1))
                fits = (not types or hit.type in types) and node_id not in never
                if fits and score > getattr(best.get(node_id), "score", 0.0):
                    best[node_id] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.id))[:limit]

    def alike(self, names: Mapping[str, tuple[str, str]]) -> dict[str, Found]:
        """The other node that each of many new ones is called very nearly as, by the id of the new one.

        Args:
            names: Types and names by id; of more than can be compared in a second, the first ones.
        """
        wanted = self._wanted(names) if self._nodes else {}
        done, total = 0, sum(map(len, wanted.values()))
        best: dict[str, tuple[float, str, str, str]] = {}
        for block, texts in wanted.items():
            keys = self._blocks[block]
            for start in range(0, len(texts), AT_ONCE):
                part = texts[start : start + AT_ONCE]
                for (new, text), score, place in _nearest(part, keys):
                    hit = (-score, keys.owners[place][0], text, keys.owners[place][1])
                    best[new] = min(best.get(new, hit), hit)
                done += len(part)
                if done % TOLD < len(part):
                    watching.tell("new names compared", done, total)
        return {new: self._found(node_id, spelling, -score) for new, (score, node_id, _, spelling) in best.items()}

    def _wanted(self, names: Mapping[str, tuple[str, str]]) -> dict[_Block, list[tuple[str, str]]]:
        """The forms of new names, each with the id of its node, by the block of known ones that they may be near to."""
        wanted: dict[_Block, list[tuple[str, str]]] = {}
        left = COMPARISONS
        for node_id, (label, name) in names.items():
            if left < 0:
                break
            tried = {*map(fold, _parts(name)), short_form(name)}
            blocks = [((label, _digits(text)), text) for text in sorted(tried.union(*map(_transcriptions, tried)))]
            for block, text in blocks:
                if block in self._blocks:
                    wanted.setdefault(block, []).append((node_id, text))
            left -= max(len(self._blocks[block].forms) if block in self._blocks else 0 for block, _ in blocks)
        return wanted

    def _found(self, node_id: str, spelling: str, score: float) -> Found:
        node = self._nodes[node_id]
        return Found(node.type, node_id, node.names[0] if node.names else node_id, spelling, "near", score)

    @cached_property
    def _spelled(self) -> _Keys:
        return self._keys(fold)

    @cached_property
    def _transcribed(self) -> _Keys:
        """All spellings, and how those with accents are written without."""
        pairs = zip(self._spelled.forms, self._spelled.owners, strict=True)
        more = [(form, owner) for text, owner in pairs if not text.isascii() for form in _transcriptions(text)]
        return _Keys(
            self._spelled.forms + [form for form, _ in more], self._spelled.owners + [owner for _, owner in more]
        )

    @cached_property
    def _blocks(self) -> Mapping[_Block, _Keys]:
        """All of these, by type and by the numbers in them, and in the order of their ids."""
        blocks: dict[_Block, _Keys] = {}
        keys = self._transcribed
        for form, owner in sorted(zip(keys.forms, keys.owners, strict=True), key=lambda pair: pair[1][0]):
            block = blocks.setdefault((self._nodes[owner[0]].type, _digits(form)), _Keys([], []))
            block.forms.append(form)
            block.owners.append(owner)
        return blocks

    @cached_property
    def _sounds(self) -> _Keys:
        return self._keys(sound)

    def _keys(self, form: Callable[[str], str]) -> _Keys:
        owners = [(node.id, spelling) for node in self._nodes.values() for spelling in node.all]
        return _Keys([form(spelling) for _, spelling in owners], owners)


def _nearest(texts: Sequence[tuple[str, str]], keys: _Keys) -> Iterator[tuple[tuple[str, str], float, int]]:
    """For each form of a new name that is very near to a key of another node: its score, and the place of the key."""
    from rapidfuzz import fuzz, process

    scores = process.cdist(
        [text for _, text in texts], keys.forms, scorer=fuzz.ratio, score_cutoff=ALIKE_SCORE, dtype="uint8"
    )
    for row, (new, _) in zip(scores, texts, strict=True):
        row[slice(*(side(keys.owners, new, key=itemgetter(0)) for side in (bisect_left, bisect_right)))] = 0
    for text, row, place in zip(texts, scores, scores.argmax(axis=1).tolist(), strict=True):  # the first of equal ones
        if row[place]:
            yield text, float(row[place]), place


def _digits(text: str) -> tuple[str, ...]:
    """The numbers in a name: a node of 5 nm is none of 3 nm, however near the words are."""
    return tuple(re.findall(r"\d+|[一二三四五六七八九十两]", text))


_ACCENTED = re.compile(r"[\u00c0-\u024f]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def _transcriptions(text: str) -> set[str]:
    """How a folded name with accents is written where there are none: müller is mueller and muller."""
    if text.isascii() or not _ACCENTED.search(text):
        return set()
    spelled = (unicodedata.normalize("NFKD", one) for one in (text, text.translate(_UMLAUTS)))
    return {"".join(sign for sign in one if not unicodedata.combining(sign)) for one in spelled}


def _parts(text: str) -> list[str]:
    """A name; and of “Foxconn (Hon Hai)” each of the two."""
    found = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]\s*", text)
    return [text, found[1], found[2]] if found else [text]
