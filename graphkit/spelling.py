"""The forms in which spellings are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

__all__ = ["fold", "initials", "short_form", "simplified", "sound"]

_DROPPED = re.compile(r"[\s\-_.,·・'’`\"“”()（）\[\]【】/&]+")
_ATTACHED = ("股份有限公司", "有限责任公司", "有限公司", "股份", "控股", "集团", "公司")
_APART = (
    *("incorporated", "inc", "corporation", "corp", "company", "co", "ltd", "limited", "llc", "gmbh", "holdings"),
    *("holding", "group", "plc", "ag", "nv", "bv", "sa", "spa", "srl", "ab", "oy", "kg", "kk"),
)
_ENDINGS = (*_ATTACHED, *_APART)
_BEHIND = " \t\n\r,.()（）&"
_CORPORATE = re.compile(rf"({'|'.join(_ATTACHED)}|(?<=[\s,.])({'|'.join(_APART)}))[{_BEHIND}]*$")
_DOTTED = re.compile(r"(?<=[\s,])([a-z]\.){1,3}[a-z]?$")
_AND = re.compile(r"(?<=\s)and(?=\s)")


@lru_cache(maxsize=1024)  # the stages that a name goes through fold it again and again
def fold(text: str) -> str:
    """Bring a spelling to the form in which spellings are compared: NFKC, no case, no spaces, no punctuation."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    if not plain.isalnum():
        plain = _DROPPED.sub("", plain) or plain
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain)


def simplified(text: str) -> str:
    """Fold a spelling, traditional characters as simplified ones."""
    return fold(text if text.isascii() else _in_simplified(text))


def short_form(text: str) -> str:
    """Fold a spelling without Ltd, Inc, S.A., 股份有限公司 and the like at its end; `and` is `&`."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold().rstrip(" .,()")
    if not plain.isascii():
        plain = _in_simplified(plain)
    if "." in plain:
        plain = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), plain)  # S.A. is SA
    while plain.rstrip(_BEHIND).endswith(_ENDINGS):
        shorter = _CORPORATE.sub("", plain).rstrip(" .,")
        if shorter in ("", plain):
            break
        plain = shorter
    return fold(_AND.sub("&", plain) if "and" in plain else plain)


def sound(text: str) -> str:
    """Fold a spelling as it is pronounced: pinyin without tones."""
    if text.isascii():
        return fold(text)
    from pypinyin import lazy_pinyin

    return fold("".join(lazy_pinyin(simplified(text))))


def initials(text: str) -> str:
    """Fold the first letters of the pinyin of a spelling."""
    from pypinyin import Style, lazy_pinyin

    return fold("".join(lazy_pinyin(simplified(text), style=Style.FIRST_LETTER)))


def _in_simplified(text: str) -> str:
    """Traditional characters as simplified ones, by whole words; most texts hold none, which is quickly seen."""
    import zhconv

    return text if _traditional().isdisjoint(text) else str(zhconv.convert(text, "zh-hans"))


@cache
def _traditional() -> frozenset[str]:
    """The characters that stand in any word which the conversion would change."""
    from zhconv.zhconv import getdict

    changed = ((word, plain) for word, plain in getdict("zh-hans").items() if word != plain)
    return frozenset(
        sign for word, plain in changed for place, sign in enumerate(word) if plain[place : place + 1] != sign
    )
