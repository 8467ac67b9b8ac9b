"""Words of offices written as one: «облфилармония», «Мингорисполком», «госархив»."""

from functools import cache, lru_cache

from pobratim.content import content_root
from pobratim.lexicon.words import WORDS

_FILE = "contracted-places.tsv"
_LEVELS = WORDS.pairs("contraction-level")
PREFIXES = WORDS.pairs("contraction")
"""What the first part of a contracted word stands for."""
_HEADS = tuple(sorted(WORDS.of("contracted-head")))
"""What contracted names of institutions end with, in the nominative."""
_ONLY_BEHIND = WORDS.pairs("contracted-behind")
"""Endings that mean so behind one beginning only: «Минкультуры» is no culture of Minsk."""
VOWELS = "аеиоуыэюяй"
_SHORTEST = 3
"""Letters of the shortest ending that declension leaves («дум-а»)."""


@lru_cache(maxsize=50_000)
def contracted(low: str) -> tuple[tuple[str, ...], str]:
    """Return what the parts of a folded word stand for, and the nominative of the last; ((), "") for other words.

    «облфилармонией» gives (("областной",), "филармония").
    """
    for prefix, meaning in _beginnings().items():
        rest = low.removeprefix(prefix)
        if rest == low:
            continue
        head = next((head for head in _HEADS if _form_of(rest, head) and _ONLY_BEHIND.get(head, prefix) == prefix), "")
        if head:
            return (meaning,), head
        more, head = contracted(rest)
        if head:
            return (meaning, *more), head
    return (), ""


@cache
def _beginnings() -> dict[str, str]:
    return {**PREFIXES, **_places()}


@cache
def _places() -> dict[str, str]:
    """Return the adjectives of places that beginnings of contracted words stand for."""
    text = (content_root() / "ontology" / _FILE).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {beginning: adjective.replace("ё", "е") for beginning, adjective in lines}


def office_at(low: str) -> int:
    """Return where the last part of a folded word begins («мингор|исполкому»), 0 for a word that is not contracted."""
    head = contracted(low)[1]
    return low.rfind(head.rstrip(VOWELS)) if head else 0


def place_told(low: str) -> tuple[str, bool]:
    """Return the adjective of the place whose body a folded word names, and whether of an area or town; else "".

    «Мингорисполком» is Minsk's, «Белгосфилармония» that of Belarus. A town's name stands before its body's level only,
    a country's never: «Казгорисполком» may be Kazan's.
    """
    meanings, head = contracted(low)
    if not head or meanings[0] not in _places().values():
        return "", False
    return meanings[0], meanings[1:2] != () and meanings[1] in _LEVELS.values()


def _form_of(text: str, head: str) -> bool:
    stem = head.rstrip(VOWELS)
    return text.startswith(stem) and len(stem) >= _SHORTEST and len(text) - len(stem) <= _LONGEST_ENDING


_LONGEST_ENDING = 3
