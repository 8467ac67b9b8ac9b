"""Cut text into tokens that keep their offsets into the raw text."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import compress
from operator import itemgetter, or_
from threading import RLock
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import ReferenceType, ref

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


def token_of(start: int, end: int, text: str) -> Token:
    """Return the token of a word that ``[start:end]`` of the raw text stands for, written otherwise there."""
    known = word(text)
    return Token(start, end, text, "word", known, known.low)


class Tokens(list[Token]):
    """The tokens of a text, and which rules they tell something."""

    __slots__ = ("_asked", "_told")

    def __init__(self, tokens: Iterable[Token]) -> None:
        """Take the tokens in order; none may be added later."""
        super().__init__(tokens)
        self._asked = self._told = 0

    @property
    def told(self) -> int:
        """Return the bits of the rules that a word tells something, gathered once: of most cells most are told nothing.

        A rule that came since then is asked, too.
        """
        if self._asked != _TOLD.rules:
            self._told, self._asked = _TOLD.by(map(_text, self)), _TOLD.rules
        return self._told


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


class _ToldOf(dict[str, int]):
    """Which rules a word tells something: a bit for each rule, by spelling."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: list[ReferenceType[Telling[Any]]] = []
        self._lock = RLock()

    @property
    def rules(self) -> int:
        """Return how many rules there are."""
        return len(self._rules)

    def by(self, texts: Iterable[str]) -> int:
        """Return the rules that some words tell something."""
        return reduce(or_, map(self.__getitem__, texts), 0)

    def join(self, rule: "Telling[Any]") -> int:
        """Ask what every known word tells a further rule; return the rule's bit."""
        with self._lock:
            bit = 1 << len(self._rules)
            for text in list(self):
                if rule.learns(text):
                    self[text] |= bit
            self._rules.append(ref(rule))
            return bit

    def __missing__(self, text: str) -> int:
        with self._lock:
            if len(self) >= _MOST_SPELLINGS:
                self.clear()
            told = 0
            for number, known in enumerate(self._rules):  # a rule may come while another one is asked
                rule = known()
                if rule is not None and rule.learns(text):
                    told |= 1 << number
            self[text] = told
            return told


_TOLD = _ToldOf()


class Telling(Generic[Told]):
    """What words tell a rule by themselves, worked out once a spelling: most words tell most rules nothing."""

    def __init__(self, tell: Callable[[Token], Told | None]) -> None:
        """Take what looks at one word, not at its offsets, and returns something true, None where it tells nothing."""
        self._tell = tell
        self._told: dict[str, Told] = {}
        self._bit = _TOLD.join(self)

    def of(self, token: Token) -> Told | None:
        """Return what a word tells, None for nothing."""
        text = token.text
        return self._told.get(text) if text in _TOLD else self._tell(token)

    def among(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[tuple[int, Told]]:
        """Return the words of ``tokens[first:last]`` that tell something: their indexes, and what each tells."""
        if not (tokens.told if isinstance(tokens, Tokens) else _TOLD.by(map(_text, tokens))) & self._bit:
            return []
        part = tokens if not first and last is None else tokens[first:last]
        # One pass without a step of ours a word.
        told = list(map(self._told.get, map(_text, part)))
        return list(compress(enumerate(told, first), told))  # type: ignore[arg-type]

    def learns(self, text: str) -> bool:
        """Ask what a word tells, and keep it; tell whether it is anything."""
        found = self._tell(tokenize(text)[0])
        if found:
            self._told[text] = found
        return bool(found)
