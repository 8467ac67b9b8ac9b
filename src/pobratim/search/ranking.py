"""How well a thing's names answer a question: exact before all words before beginnings before typing errors."""

from collections.abc import Sequence
from functools import lru_cache
from math import log1p

from rapidfuzz.distance import OSA

from pobratim.search.documents import TYPES, SearchDocument
from pobratim.search.fields import Aside
from pobratim.search.questions import Question, allowed_distance
from pobratim.text.folding import JOINING, folded_words, is_latin, keys, latin_key

SAME, INFLECTED, SHORTENED, BEGUN, MISTYPED = 1.0, 0.94, 0.88, 0.6, 0.3
"""What one word of the question is worth by the way it was found; a beginning and a mistyped word gain by likeness."""
_GAIN = 0.2
_LEMMA = 0.86
"""Of words that only share a dictionary form, which may be a guess («Белова», «белый»)."""
_SHARES = (SHORTENED, 0.9, 0.65)
"""By what a word is multiplied that stands in no name but in an abbreviation, in a place, among other words."""
_WHOLE, _COVERED, _CONNECTED = 0.3, 0.15, 0.02
"""What is added for a name that is the question, for the share of a name that was asked for, for every e-fold ties."""


def score(question: Question, document: SearchDocument, aside: Aside) -> tuple[float, str]:
    """Return the score of a document and which of its names answers best; about 1 for all words, 0 for none."""
    otherwise = [_beside(word, aside) for word in question.words]
    worths = [_of_name(question, name, otherwise) for name in document.names]
    best = max(worths, default=0.0)
    named = document.names[worths.index(best)] if worths else ""
    if not best:
        return 0.0, ""
    connected = _CONNECTED * log1p(document.weight)
    return best + connected - TYPES.index(document.type) / 1_000, named


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
    telling = sum(word not in JOINING for word in words) or len(words)
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
    distance = allowed_distance(written)
    off = min(OSA.distance(written, cut, score_cutoff=distance) for cut in (read, read[: len(written)]))
    return MISTYPED + _GAIN / off if 0 < off <= distance else 0.0
