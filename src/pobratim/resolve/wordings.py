"""Phrases that names of institutions write in several ways, brought to one before their words are compared."""

import re

from pobratim.text.words import word

_EMERGENCY = "скорой помощи"
_WORDINGS = (
    # An emergency hospital is no medical school's: «медицинской» is part of the phrase.
    (r"скор(?:ой|ая|ую) медицинск(?:ой|ая|ую) помощ[иью]", _EMERGENCY),
    (r"\bК(?:Г)?БСМП\b", f"клиническая больница {_EMERGENCY}"),
    (r"\bБСМП\b", f"больница {_EMERGENCY}"),
    (r"\bСМП\b", _EMERGENCY),
    # A national park is a sort of reserve and not the whole country's.
    (r"\bнациональн(?:ый|ого|ому|ым|ом)(?: природн\w+)? парк", "парк"),
    # Belarusian holdings: what the enterprise is for the holding is no part of its own name.
    (r"\s*[-–—]\s*управляющ\w+ компани\w+ холдинга.*$", "»"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in _WORDINGS)
FIELDS = {
    "технология": "технологический", "техника": "технический", "медицина": "медицинский", "музыка": "музыкальный",
    "экономика": "экономический", "педагогика": "педагогический",
}  # fmt: skip
"""Fields of study as nouns, and the adjectives that say the same («институт технологий»)."""
_COMPOUND = re.compile(r"(?:христо|спасо|свято|кресто|бого|трех|всех)(?=[а-я]{5,})")


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
