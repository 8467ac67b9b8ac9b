"""How well a thing's names answer a question: exact before all words before beginnings before typing errors."""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from math import log1p

from rapidfuzz.distance import OSA

from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.search.documents import TYPES, SearchDocument
from pobratim.search.fields import Aside
from pobratim.search.questions import Question, allowed_distance, may_be_begun, telling_words
from pobratim.text.folding import dictionary_form, folded_words, is_latin, keys, latin_key

SAME, INFLECTED, SHORTENED, BEGUN, MISTYPED = 1.0, 0.94, 0.88, 0.6, 0.3
"""What one word of the question is worth by the way it was found; a beginning and a mistyped word gain by likeness."""
_GAIN = 0.2
_LEMMA = 0.86
"""Of words that only share a dictionary form, which may be a guess («Белова», «белый»)."""
_SHARES = (SHORTENED, 0.9, 0.65)
"""By what a word is multiplied that stands in no name but in an abbreviation, in a place, among other words."""
_WHOLE, _COVERED, _CONNECTED = 0.3, 0.15, 0.02
"""What is added for a name that is the question, for the share of a name that was asked for, for every e-fold ties."""

_PLACES = ("country", "region", "place")
_SURE = 0.45
"""The least worth of a word with one typing error."""
_ADJECTIVE = re.compile(r".*[сц]к(ий|ая|ое|ие|ого|ому|ой|ую|их|ими)")

_RANK = {name: rank for rank, name in enumerate(TYPES)}


def score(question: Question, document: SearchDocument, aside: Aside) -> tuple[float, str]:
    """Return the score of a document and which of its names answers best; about 1 for all words, 0 for none."""
    otherwise = [_beside(word, aside) for word in question.words]
    worths = [_of_name(question, name, otherwise) for name in document.names]
    best = max(worths, default=0.0)
    named = document.names[worths.index(best)] if worths else ""
    if not best:
        return 0.0, ""
    connected = _CONNECTED * log1p(document.weight)
    return best + connected - _RANK.get(document.type, len(TYPES)) / 1_000, named


class Match(IntEnum):
    """How a text names a thing, the surest first; only the first four leave no room for another thing."""

    KNOWN = 0
    """By its IRI, its key or a code."""
    NAME = 1
    """By one of its names, letter by letter but for case, marks and joining words."""
    FORM = 2
    """By one of its names in another form or spelling, all of its words."""
    MISTYPED = 3
    """The same with one typing error."""
    PART = 4
    """By some of its words, a place beside them, an abbreviation, a beginning."""


def match(question: Question, document: SearchDocument, aside: Aside) -> tuple[Match, str] | None:
    """Return how a text names a thing and which name that is, None where it does not."""
    strict = document.type in _PLACES
    found = [(how, name) for name in document.names if (how := _match_of(question, name, aside, strict)) is not None]
    return min(found, key=lambda item: item[0], default=None)


class Named:
    """A question beside one name of a thing: ``words`` are those of the name that tell something."""

    def __init__(self, question: Question, name: str, aside: Aside, strict: bool) -> None:
        self.question, self.aside, self.strict = question, aside, strict
        self.words = telling_words(folded_words(name))

    @cached_property
    def best(self) -> list[tuple[float, int]]:
        """Return for each word of the question the worth of the likest word of the name, and minus its position."""
        return [
            max((_worth(wanted, word), -at) for at, word in enumerate(self.words)) for wanted in self.question.words
        ]

    @property
    def worths(self) -> list[float]:
        """Return the worths alone."""
        return [worth for worth, _ in self.best]

    @cached_property
    def covered(self) -> bool:
        """Tell whether each word of the name was asked for."""
        return {-at for worth, at in self.best if worth} == set(range(len(self.words)))

    @property
    def one_to_one(self) -> bool:
        """Tell whether each word of one is a word of the other."""
        return self.covered and len(self.question.words) == len(self.words)


def _match_of(question: Question, name: str, aside: Aside, strict: bool) -> Match | None:
    return MATCHES.verdict(Named(question, name, aside, strict))


def _says_nothing(named: Named) -> bool:
    """«И», «—»: a name of joining words only."""
    return not named.words


def _same_words(named: Named) -> bool:
    """«Город Минск» for «Минск, город»."""
    return set(named.words) == set(named.question.words)


def _adjective_of_a_place(named: Named) -> bool:
    """«Витебский» is not yet Витебск."""
    return named.strict and _only_adjectives(named.question, named.words)


def _other_forms(named: Named) -> bool:
    """«Витебска» for «Витебск»."""
    return named.one_to_one and all(worth >= _LEMMA for worth in named.worths)


def _one_letter_wrong(named: Named) -> bool:
    """«Витепск» for «Витебск»."""
    return named.one_to_one and all(worth >= _LEMMA or _SURE < worth <= MISTYPED + _GAIN for worth in named.worths)


def _some_words(named: Named) -> bool:
    """«Гимназия Смоленск» for «Гимназия № 4»: beside the name an abbreviation, a place or a kind must be whole words.

    «Смоленский район» is not any district of that region: of a place all of its name is said, or nothing else.
    """
    beside = [_beside(wanted, named.aside) for wanted in named.question.words]
    found = all(worth >= BEGUN or other >= _LEAST_BESIDE for worth, other in zip(named.worths, beside, strict=True))
    is_whole = named.covered or all(worth >= BEGUN for worth in named.worths)
    return found and (is_whole or not named.strict)


MATCHES: DecisionTable[[Named], Match | None] = DecisionTable(
    Rule(_says_nothing, None),
    Rule(_same_words, Match.NAME),
    Rule(_adjective_of_a_place, None),
    Rule(_other_forms, Match.FORM),
    Rule(_one_letter_wrong, Match.MISTYPED),
    Rule(_some_words, Match.PART),
    otherwise=None,
    reason="other-name",
)
"""How a question names a thing by one of its names; a thing that is no place need not be told whole."""
_LEAST_BESIDE = min(_SHARES) * _LEMMA


def _only_adjectives(question: Question, words: Sequence[str]) -> bool:
    """Tell whether one side is an adjective of the other: «Витебский» is not yet Витебск."""
    theirs = {_is_adjective(word) for word in words}
    return len(words) == 1 == len(question.words) and theirs != {_is_adjective(question.words[0])}


def _is_adjective(word: str) -> bool:
    return bool(_ADJECTIVE.fullmatch(word)) or bool(_ADJECTIVE.fullmatch(dictionary_form(word)))


def _of_name(question: Question, name: str, beside: Sequence[float]) -> float:
    words = folded_words(name)
    if not words:
        return 0.0
    found, hit = 0.0, set()
    for wanted, otherwise in zip(question.words, beside, strict=True):
        worth, at = max((_worth(wanted, word), -at) for at, word in enumerate(words))
        if worth:
            hit.add(at)
        found += max(worth, otherwise)
    telling = len(telling_words(words))
    same = _WHOLE if words == question.all_words else 0.0
    return found / len(question.words) + _COVERED * min(1.0, len(hit) / telling) + same


def _beside(wanted: str, aside: Aside) -> float:
    """Return what a word is worth beside the names."""
    parts = zip(_SHARES, aside, strict=True)
    return max(share * max((_worth(wanted, word) for word in words), default=0.0) for share, words in parts)


@lru_cache(maxsize=200_000)
def _worth(wanted: str, word: str) -> float:
    """Return how much the word of a name is worth where another was asked for."""
    if wanted == word:
        return SAME
    if wanted.isdigit() or word.isdigit():
        return 0.0
    theirs = keys(word)
    mine = keys(wanted)
    if mine[0] == theirs[0] or mine[-1] == theirs[-1]:
        return INFLECTED
    if any(key in theirs for key in mine):
        return _LEMMA
    written, read = (latin_key(wanted), theirs[-1]) if is_latin(wanted) else (wanted, word)
    if read.startswith(written):
        return BEGUN + _GAIN * len(written) / len(read)
    distance = min(allowed_distance(wanted), allowed_distance(written))
    cuts = (read, read[: len(written)]) if may_be_begun(written) else (read,)
    off = min(OSA.distance(written, cut, score_cutoff=distance) for cut in cuts)
    return MISTYPED + _GAIN / off if 0 < off <= distance else 0.0
