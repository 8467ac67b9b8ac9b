"""Cut text into tokens that keep their offsets into the raw text."""

import re
from typing import NamedTuple

from pobratim.text.words import Word, word

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:[-‑’'][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\s\u00ad\u200b\ufeff])"
)
_KINDS = ("", *_TOKEN.groupindex)
"""The names of the groups of the pattern, by number."""
_BLANK = word(".")


class Token(NamedTuple):
    """A word, number or mark at ``[start:end]`` of the raw text. ``kind`` is "word", "number" or "mark"."""

    start: int
    end: int
    text: str
    kind: str
    word: Word

    @property
    def low(self) -> str:
        """Return the folded spelling."""
        return self.word.low if self.kind == "word" else self.text


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order; white space, soft hyphens and zero-width marks are no tokens."""
    tokens = []
    for match in _TOKEN.finditer(text):
        surface = match[0]
        kind = _KINDS[match.lastindex or 0]
        spelt = word(surface.replace("‑", "-")) if kind == "word" else _BLANK
        tokens.append(Token(*match.span(), surface, kind, spelt))
    return tokens
