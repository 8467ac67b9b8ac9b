"""The words of names and titles in the form in which they are compared: folded letters, lemmas."""

import re
from functools import lru_cache

from pobratim.text.words import fold, word

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_FUNCTION = {"PREP", "CONJ", "PRCL", "NPRO"}


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


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return ``text`` without marks, in lower case, ё as е, single spaces: equal for equal spellings."""
    return " ".join(_WORD.findall(fold(text)))
