"""Cut text into tokens that keep their offsets into the raw text."""

import re
from functools import lru_cache
from typing import NamedTuple

from pobratim.text.words import Word, word

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:[-‑’'][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\s\u00ad\u200b\ufeff])"
)
_KINDS = ("", *_TOKEN.groupindex)
"""The names of the groups of the pattern, by number."""


class Token(NamedTuple):
    """A word, number or mark at ``[start:end]`` of the raw text. ``kind`` is "word", "number" or "mark".

    ``low`` is the folded spelling.
    """

    start: int
    end: int
    text: str
    kind: str
    word: Word
    low: str


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order; white space, soft hyphens and zero-width marks are no tokens."""
    make = tuple.__new__  # Token's own __new__ is a Python function, called for every word of all reports
    return [
        make(Token, (*match.span(), surface, *_read(surface, match.lastindex or 0)))
        for match in _TOKEN.finditer(text)
        if (surface := match[0])
    ]


@lru_cache(maxsize=400_000)
def _read(surface: str, group: int) -> tuple[str, Word, str]:
    """Return kind, word and folded spelling of what a group of the pattern matched."""
    kind = _KINDS[group]
    spelt = word(surface.replace("‑", "-") if kind == "word" else ".")
    return kind, spelt, spelt.low if kind == "word" else surface
