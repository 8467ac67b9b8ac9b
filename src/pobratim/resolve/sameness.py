"""When two sets of lemmas say the same: misprints, one holding the other, spellings of one person's name."""

from collections.abc import Set as AbstractSet

from rapidfuzz.distance import Levenshtein

from pobratim.text.sounding import skeleton

_TELLING_SOUNDS = 4
"""Consonants of a name that two people are unlikely to share."""
_SHORTEST_WORD, _LONG_WORD = 4, 9
"""Letters of a word up to which no letter may be wrong, and from which two may be."""


def alike(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Tell whether two sets of words are equal, differ by typos, or one holds the other of two words or more."""
    if not a or not b:
        return False
    held = (a <= b or b <= a) and min(len(a), len(b)) > 1
    return a == b or held or typos(a, b)


def typos(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Tell whether each word that only one set has is a word of the other with one letter wrong (two in a long one)."""
    ours, theirs = sorted(a - b), sorted(b - a)
    return len(ours) == len(theirs) and all(any(_slip(x, y) for y in theirs) for x in ours)


def one_person(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Tell whether two sets of lemmas name one person, in whatever spelling."""
    return bool(a & b) or alike(a, b) or any(_sound_alike(x, y) for x in a for y in b)


def _slip(x: str, y: str) -> bool:
    if any(c.isdigit() for c in x + y) or min(len(x), len(y)) <= _SHORTEST_WORD:
        return False
    return Levenshtein.distance(x, y, score_cutoff=2) <= (2 if min(len(x), len(y)) >= _LONG_WORD else 1)


def _sound_alike(x: str, y: str) -> bool:
    """Tell whether two spellings of a person's name have the same consonants («Жамбыл», «Джамбул»)."""
    return len(skeleton(x)) >= _TELLING_SOUNDS and skeleton(x) == skeleton(y)
