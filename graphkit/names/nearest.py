"""The names nearest to a text, by characters and by sound, where none is the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from graphkit.names.spelled import Found, is_key
from graphkit.spelling import fold, short_form, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

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
        from rapidfuzz import fuzz, process

        if not names or not self._nodes:
            return {}
        keys = self._transcribed
        wanted = list(names)[: COMPARISONS // max(1, len(keys.forms)) + 1]
        forms = ((node, {*map(fold, _parts(names[node][1])), short_form(names[node][1])}) for node in wanted)
        texts = [(node, form) for node, tried in forms for form in sorted(tried.union(*map(_transcriptions, tried)))]
        found: dict[str, Found] = {}
        for start in range(0, len(texts), 64):
            part = texts[start : start + 64]
            scores = process.cdist(
                [text for _, text in part], keys.forms, scorer=fuzz.ratio, score_cutoff=ALIKE_SCORE, dtype="uint8"
            )
            for row, column in zip(*scores.nonzero(), strict=True):
                (new, text), (node_id, spelling) = part[row], keys.owners[int(column)]
                before = found.get(new)
                if before is not None and scores[row, column] < before.score:
                    continue
                hit = self._found(node_id, spelling, float(scores[row, column]))
                nearer = before is None or (-hit.score, hit.id) < (-before.score, before.id)
                fits = node_id != new and hit.type == names[new][0] and nearer
                if fits and _digits(text) == _digits(keys.forms[column]):
                    found[new] = hit
        return found

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
    def _sounds(self) -> _Keys:
        return self._keys(sound)

    def _keys(self, form: Callable[[str], str]) -> _Keys:
        owners = [(node.id, spelling) for node in self._nodes.values() for spelling in node.all]
        return _Keys([form(spelling) for _, spelling in owners], owners)


@lru_cache(maxsize=100_000)
def _digits(text: str) -> list[str]:
    """The numbers in a name: a node of 5 nm is none of 3 nm, however near the words are."""
    return re.findall(r"\d+|[一二三四五六七八九十两]", text)


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
