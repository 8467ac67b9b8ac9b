"""When words of two names say the same: misprints, derivation, one holding the other, spellings of a person's name."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from pobratim.text.sounding import skeleton
from pobratim.text.words import TOPONYMIC, fold, word

SHARED_LETTERS = 5
"""Letters with which two derivations of one name begin alike."""
TYPO_WORD = 0.75
"""Least ratio (0..1) of two single words that may be one word with a typo in it."""
_ROWS = 256
_ENDING = "аеиоуыьяй"

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


def akin(left: str, right: str) -> bool:
    """Tell whether two lemmas are one word or derive from one name: гагарин and гагаринский."""
    if left == right:
        return True
    shared = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= SHARED_LETTERS and shared >= min(len(left), len(right)) - 1


def adjective_of(lemma: str, name: str) -> bool:
    """Tell whether ``lemma`` may be the adjective of a place ``name``: оршанский of Орша."""
    if not lemma.endswith(TOPONYMIC):
        return False
    if "-" in lemma and not {"-", " "} & set(name):
        # Псково-изборский is not of Псков alone.
        return False
    first, _, second = fold(name).partition(" ")
    if second and lemma.startswith(first.rstrip(_ENDING) + "о" + second.rstrip(_ENDING)):
        # Красная Гора – красногорский.
        return True
    stem = fold(name).rstrip(_ENDING)
    # Two letters may change before the suffix: Горки – горецкий, Елец – елецкий, Мстиславль – мстиславский.
    kept = max(3, len(stem) - 2)
    return lemma.startswith(stem[:kept])


def alike_pairs(lists: list[tuple[str, ...]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, ratio 0..1) for all i < j whose words, in any order, are at least ``least`` alike."""
    texts = [" ".join(sorted(words)) for words in lists]
    yield from ((i, j, ratio) for i, j, ratio in near_texts(texts, texts, least) if i < j)


def near_texts(asked: Sequence[str], texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, ratio 0..1) for every text of ``asked`` and of ``texts`` that are at least ``least`` alike."""
    for start in range(0, len(asked), _ROWS):
        ratios = process.cdist(asked[start : start + _ROWS], texts, scorer=fuzz.ratio, score_cutoff=least * 100)
        for row, column in np.argwhere(ratios > 0):
            yield start + int(row), int(column), float(ratios[row, column]) / 100


def differ_by_typos(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether every word that only one list has is nearly a word that only the other has."""
    ours, theirs = sorted(set(left) - set(right)), sorted(set(right) - set(left))
    return len(ours) == len(theirs) and all(any(fuzz.ratio(a, b) / 100 >= TYPO_WORD for b in theirs) for a in ours)


def _slip(x: str, y: str) -> bool:
    """Tell whether one word is another with a letter or two wrong: of two that are both words neither is («геология»,
    «биология»)."""
    if any(c.isdigit() for c in x + y) or min(len(x), len(y)) <= _SHORTEST_WORD:
        return False
    if Levenshtein.distance(x, y, score_cutoff=2) > (2 if min(len(x), len(y)) >= _LONG_WORD else 1):
        return False
    return not (word(x).known and word(y).known and word(x).lemmas.isdisjoint(word(y).lemmas))


def _sound_alike(x: str, y: str) -> bool:
    """Tell whether two spellings of a person's name have the same consonants («Жамбыл», «Джамбул»)."""
    return len(skeleton(x)) >= _TELLING_SOUNDS and skeleton(x) == skeleton(y)
