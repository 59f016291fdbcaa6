"""Bytes to text: UTF-8, UTF-16 or GB18030, found out by what the bytes hold."""

from __future__ import annotations

import codecs
import re

from graphkit.errors import InputError, Problem
from graphkit.seeds.reading.guessing import utf_16

__all__ = ["decode", "likely_encodings", "no_encoding"]

ENCODINGS = ("utf-8", "gb18030")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SNIFFED = 1 << 20
"""So many bytes are looked at to find the encoding."""


def decode(name: str, data: bytes, encoding: str = "") -> tuple[str, str]:
    """Find out the encoding of some bytes, and read them.

    Returns:
        The text, and the name of the encoding.

    Raises:
        InputError: the bytes are text in none of UTF-8, UTF-16 and GB18030.
    """
    row = 0
    for tried in (encoding,) if encoding else likely_encodings(data):
        try:
            return data.decode(tried), tried
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
        except (LookupError, ValueError):
            raise InputError([Problem(name, 0, "", f"{encoding!r} is no encoding; write utf-8 or gb18030")]) from None
    raise no_encoding(name, row, encoding)


def no_encoding(name: str, row: int, encoding: str) -> InputError:
    """What to say of a file that is text in no encoding that is known."""
    if encoding:
        told = f"is no text in {encoding}; without --encoding it is found out"
    else:
        told = "is text in none of UTF-8, UTF-16 and GB18030; save the file as UTF-8"
    return InputError([Problem(name, row, "", told)])


def likely_encodings(data: bytes) -> tuple[str, ...]:
    """The encodings to try: Chinese characters are pairs of bytes, accented letters of Western Europe single ones."""
    for mark, known in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return (known,)
    if wide := utf_16(data[:SNIFFED]):
        return (wide,)
    lines = [line for line in data[:SNIFFED].split(b"\n")[:-1] if not line.isascii()]
    if sum(map(_is_utf_8, lines)) * 2 > len(lines):  # what is damaged within it is told of, never taken for another
        return (ENCODINGS[0],)
    runs = re.findall(rb"[\x80-\xff]+", data[:SNIFFED])
    single = sum(len(run) == 1 for run in runs)
    return (ENCODINGS[0], "cp1252") if single * 2 > len(runs) else ENCODINGS


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
