"""Cut text into tokens that keep their offsets into the raw text."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from pobratim.text.words import Word, word

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:[-‑’'][^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\s\u00ad\u200b\ufeff])"
)
_KINDS = ("", *_TOKEN.groupindex)
"""The names of the groups of the pattern, by number."""
_MOST_SPELLINGS = 400_000
Told = TypeVar("Told")


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


_text = itemgetter(Token._fields.index("text"))


class Tokens(list[Token]):
    """The tokens of a text, and the spellings that occur among them."""

    __slots__ = ("_texts",)

    def __init__(self, tokens: Iterable[Token]) -> None:
        """Take the tokens in order; none may be added later."""
        super().__init__(tokens)
        self._texts: frozenset[str] | None = None

    @property
    def texts(self) -> frozenset[str]:
        """Return the spellings, gathered once: every rule asks at first whether any of its words is among them."""
        if self._texts is None:
            self._texts = frozenset(map(_text, self))
        return self._texts


def tokenize(text: str) -> Tokens:
    """Return the tokens of ``text`` in order; white space, soft hyphens and zero-width marks are no tokens."""
    make = tuple.__new__  # Token's own __new__ is a Python function, called for every word of all reports
    return Tokens([make(Token, (*match.span(), *_SPELT[match[0]])) for match in _TOKEN.finditer(text)])


class _Spelt(dict[str, tuple[str, str, Word, str]]):
    """The fields of tokens behind their offsets, by spelling; it holds the vocabulary of many thousand reports."""

    def __missing__(self, surface: str) -> tuple[str, str, Word, str]:
        if len(self) >= _MOST_SPELLINGS:
            self.clear()
        match = _TOKEN.fullmatch(surface)
        kind = _KINDS[match.lastindex or 0] if match is not None else ""
        spelt = word(surface.replace("‑", "-") if kind == "word" else ".")
        self[surface] = fields = (surface, kind, spelt, spelt.low if kind == "word" else surface)
        return fields


_SPELT = _Spelt()


class Telling(Generic[Told]):
    """What words tell a rule by themselves, worked out once a spelling: most words tell most rules nothing."""

    def __init__(self, tell: Callable[[Token], Told | None]) -> None:
        """Take what looks at one word, not at its offsets, and returns something true, None where it tells nothing."""
        self._tell = tell
        self._told: dict[str, Told] = {}
        self._idle: set[str] = set()

    def of(self, token: Token) -> Told | None:
        """Return what a word tells, None for nothing."""
        text = token.text
        if text not in self._told and text not in self._idle:
            self._learn(text)
        return self._told.get(text)

    def among(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[tuple[int, Told]]:
        """Return the words of ``tokens[first:last]`` that tell something: their indexes, and what each tells."""
        texts = tokens.texts if isinstance(tokens, Tokens) else frozenset(map(_text, tokens))
        if texts <= self._idle:
            return []
        for text in texts - self._idle:
            if text not in self._told:
                self._learn(text)
        part = tokens if not first and last is None else tokens[first:last]
        # One pass without a step of ours a word.
        told = list(map(self._told.get, map(_text, part)))
        return list(compress(enumerate(told, first), told))  # type: ignore[arg-type]

    def _learn(self, text: str) -> None:
        found = self._tell(tokenize(text)[0])
        if found:
            self._told[text] = found
        else:
            self._idle.add(text)
