"""Decode a text file whose encoding nobody states; the same bytes always give the same answer."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence

from pobratim.errors import UnreadableDocumentError
from pobratim.problems import Problem
from pobratim.readers.grid import unreadable

_FREQUENT = frozenset("оеаинтсрвл")
_LEGACY = ("cp1251", "koi8-r", "cp866")
_MAX_DAMAGE = 0.01
_MAX_CONTROL = 0.1
_MAX_CONTROL_GUESSED = 0.01
"""Of a text whose encoding is guessed: texts of these encodings have next to none, random bytes a tenth."""
_CONTROL = re.compile(r"[\x00-\x06\x08\x0e-\x19\x1b-\x1d]")
_MIN_UTF16_NULS = 0.05
_MIN_UTF16 = 0.8


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text and a warning wherever the encoding had to be guessed or bytes were damaged.

    Tried in this order: byte order mark, UTF-16 by its zero bytes, UTF-8, UTF-8 with up to 1 % damaged bytes
    (read as U+FFFD), and the eight-bit encoding that gives most of the ten commonest Russian small letters.
    Raises UnreadableDocumentError for bytes that are no text: over a tenth are control characters, or a hundredth
    where the encoding is guessed.
    """
    text, code, values = _decode(data, file)
    control = len(_CONTROL.findall(text))
    guessed = code == "reader-encoding" and values[0][1] in _LEGACY
    if control > (_MAX_CONTROL_GUESSED if guessed else _MAX_CONTROL) * len(text):
        raise unreadable("reader-binary", file)
    return text, (Problem("warning", code, file, values=values),) if code else ()


def is_text(data: bytes) -> bool:
    """Tell whether ``decode`` takes ``data`` as a text."""
    try:
        decode(data, "")
    except UnreadableDocumentError:
        return False
    return True


def likeliest(data: bytes, encodings: Sequence[str]) -> str:
    """Return which of some eight-bit encodings gives most of the ten commonest Russian small letters."""
    return max(encodings, key=lambda name: sum(map(data.decode(name, errors="replace").count, _FREQUENT)))


def _decode(data: bytes, file: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
    encoding = _utf16(data)
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), "reader-encoding", (("encoding", "UTF-16"),)
        except UnicodeDecodeError as error:
            raise unreadable("reader-binary", file) from error
    try:
        return data.decode("utf-8"), "", ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if damaged <= _MAX_DAMAGE * len(text):
        return text, "reader-damaged-characters", (("count", str(damaged)),)
    best = likeliest(data, _LEGACY)
    return data.decode(best, errors="replace"), "reader-encoding", (("encoding", best),)


def _utf16(data: bytes) -> str:
    """Name the byte order of UTF-16, "" for anything else.

    In Russian UTF-16 spaces, digits and breaks have a zero high byte, most letters the high byte 4; a text in
    another encoding has no zero bytes, or a few stray ones.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16-le" if data.startswith(BOM_UTF16_LE) else "utf-16-be"
    for encoding, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        zero, cyrillic = high.count(0), high.count(4)
        if zero >= _MIN_UTF16_NULS * len(high) and zero + cyrillic >= len(high) * _MIN_UTF16 and 0 not in low:
            return encoding
    return ""
