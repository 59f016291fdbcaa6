"""What is made of a name: the id of a node, the property that holds it, the mark that tells two of one id apart."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

__all__ = ["made_id", "mark", "name_property"]

LONGEST = 60
"""An id made of a name is at most so long, before a hash tells it from others that begin so."""


def made_id(type_name: str, name: str) -> str | None:
    """An id made of a name: pinyin where it is Chinese, words joined by hyphens."""
    sounded = name
    if not name.isascii():
        from pypinyin import lazy_pinyin

        sounded = " ".join(lazy_pinyin(name))
    plain = unicodedata.normalize("NFKD", sounded).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9.]+|\.(?!\d)|(?<!\d)\.", "-", plain)
    slug = re.sub(r"-+", "-", slug).strip("-")
    if not slug and name.strip():
        slug = blake2b(name.strip().encode(), digest_size=5).hexdigest()
    if len(slug) > LONGEST:
        slug = f"{slug[:LONGEST].rstrip('-.')}-{mark(name)}"
    return f"{type_name.lower()}:{slug}" if slug else None


def mark(text: str) -> str:
    """Six signs that tell a name from others that make the same id."""
    return blake2b(text.encode(), digest_size=3).hexdigest()


def name_property(label: str, name: str) -> str:
    """The property that holds such a name: a source has a title, other nodes a Chinese or another name."""
    if label == "Source":
        return "title"
    return "name_zh" if re.search(r"[\u3400-\u9fff]", name) else "name_en"
