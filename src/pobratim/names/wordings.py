"""Phrases that names of institutions write in several ways, brought to one before their words are compared."""

import re

from pobratim.lexicon.words import WORDS
from pobratim.text.words import word

_WORDINGS = (
    # An emergency hospital is no medical school's: «медицинской» is part of the phrase.
    *((rf"\b{re.escape(phrase)}\b", meaning) for phrase, meaning in WORDS.pairs("same-phrase").items()),
    # A national park is a sort of reserve and not the whole country's.
    (r"\bнациональн(?:ый|ого|ому|ым|ом)(?: природн\w+)? парк", "парк"),
    # Belarusian holdings: what the enterprise is for the holding is no part of its own name.
    (r"\s*[-–—]\s*управляющ\w+ компани\w+ холдинга.*$", "»"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in _WORDINGS)
FIELDS = WORDS.pairs("study-field")
"""Fields of study as nouns, and the adjectives that say the same («институт технологий»)."""
_COMPOUND = re.compile(rf"(?:{WORDS.pattern('dedication-beginning')})(?=[а-я]{{5,}})")


def one_wording(name: str) -> str:
    """Return a name with phrases of several wordings written in one of them."""
    for pattern, text in _PATTERNS:
        name = pattern.sub(text, name)
    return name


def parted(lemma: str) -> str:
    """Return the adjective of a dedication with a hyphen between its parts: «христорождественский»."""
    return _COMPOUND.sub(lambda found: f"{found[0]}-", lemma, count=1) if "-" not in lemma else lemma


def persons_lemma(surface: str) -> str:
    """Return the nominative of a folded word of a person's name, which is never a verb («Жамбыла»)."""
    readings = [one for one in word(surface).readings if one.pos in ("NOUN", "ADJF")]
    return readings[0].lemma if readings else surface
