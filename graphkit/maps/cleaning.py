"""Text and addresses made safe to show: what a name may not hold, and which addresses a reader may follow."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, urlsplit

__all__ = ["clean_text", "clean_url"]

# Lone surrogates cannot be written as UTF-8; controls and formats (bidi overrides, zero widths) can spoof a name.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SAFE_IN_URL = "%/:=&?~#+!$,;@()*[]-._"


def clean_text(value: object) -> str:
    """One line of NFC text without characters that are not seen; nothing for None.

    Line breaks and tabs become spaces, so that words stay apart.
    """
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", " ".join(str(value).split()))
    if text.isprintable():  # nearly always; the categories need not be asked one by one
        return text
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN).strip()


def clean_url(value: object) -> str | None:
    """The address if it is http or https with a host and without credentials, quotes percent-encoded; else None."""
    text = clean_text(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or "\\" in text:
        return None
    return quote(text, safe=_SAFE_IN_URL)
