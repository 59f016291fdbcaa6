"""What the search box of the page compares: names folded to one spelling, and pinyin initials."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["fold", "initials", "traditional"]


def fold(text: str) -> str:
    """One spelling for comparing: full-width as half-width, lower case, simplified characters."""
    import zhconv

    return str(zhconv.convert(unicodedata.normalize("NFKC", text).casefold(), "zh-cn"))


@cache
def initials(name: str) -> str:
    """The first letters of the pinyin of a Chinese name: 中际旭创 gives zjxc; nothing for a name without Chinese."""
    if all(ord(char) < 0x4E00 for char in name):  # noqa: PLR2004 - the first Chinese character
        return ""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(char for char in letters.casefold() if char.isalnum())


def traditional(names: Iterable[str]) -> dict[str, str]:
    """Simplified characters by their traditional forms, as far as the names hold them."""
    import zhconv

    characters = sorted({char for name in names for char in name if ord(char) > 0x4DFF})  # noqa: PLR2004 - Chinese
    pairs: dict[str, str] = {}
    for variant in ("zh-hant", "zh-tw", "zh-hk"):
        for char in characters:
            other = str(zhconv.convert(char, variant))
            if len(other) == 1 and other != char:
                pairs[other] = char
    return pairs
