"""The words of names and titles, in the form in which they are compared."""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from pobratim.text.words import TOPONYMIC, fold, word

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_FUNCTION = {"PREP", "CONJ", "PRCL", "NPRO"}
_NUMBER = re.compile(r"(?:№|\bN)\s*\d+")
SHARED_LETTERS = 5
"""Letters with which two derivations of one name begin alike."""
_ROWS = 256
_ENDING = "аеиоуыьяй"
TYPO_WORD = 0.75
"""Least ratio (0..1) of two single words that may be one word with a typo in it."""


@lru_cache(maxsize=100_000)
def lemmas(text: str) -> tuple[str, ...]:
    """Return the lemmas (the likeliest reading) of the content words of ``text``, in order, folded."""
    found = []
    for surface in _WORD.findall(text):
        known = word(surface.replace("‑", "-"))
        best = known.readings[0] if known.readings else None
        if best is None or best.pos not in _FUNCTION:
            found.append(best.lemma if best else known.low)
    return tuple(found)


def folded(text: str) -> str:
    """Return ``text`` without marks, in lower case, ё as е, single spaces: equal for equal spellings."""
    return " ".join(_WORD.findall(fold(text)))


def without_number(text: str) -> str:
    """Return ``text`` with «№ 7» taken out."""
    return _NUMBER.sub(" ", text)


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


def alike(lists: list[tuple[str, ...]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, ratio 0..1) for all i < j whose words, in any order, are at least ``least`` alike."""
    texts = [" ".join(sorted(words)) for words in lists]
    for start in range(0, len(texts), _ROWS):
        ratios = process.cdist(texts[start : start + _ROWS], texts, scorer=fuzz.ratio, score_cutoff=least * 100)
        for row, column in np.argwhere(ratios > 0):
            if start + row < column:
                yield start + int(row), int(column), float(ratios[row, column]) / 100


def differ_by_typos(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether every word that only one list has is nearly a word that only the other has."""
    ours, theirs = sorted(set(left) - set(right)), sorted(set(right) - set(left))
    return len(ours) == len(theirs) and all(any(fuzz.ratio(a, b) / 100 >= TYPO_WORD for b in theirs) for a in ours)
