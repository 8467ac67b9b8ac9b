"""Parties of ties and agreements as they are compared (data/RECORD.md): a municipality and its authority are one."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from pobratim.evaluate.match import squeeze
from pobratim.lexicon.words import WORDS
from pobratim.text.words import TOPONYMIC, Word, word

Item = Mapping[str, Any]
_AUTHORITY = WORDS.stems("own-authority")
_ELECTED = WORDS.stems("own-authority-of-people")
_OF_PEOPLE = WORDS.stems("people-of-authority")
_WIDER = WORDS.of("region-type", "great-area") | frozenset(WORDS.pairs("regional"))
_DISTRICTS = WORDS.of("district", "district-of-adjective", "district-of-name")
_LEVEL = frozenset(WORDS.pairs("district-level"))
_LEFT_OUT = WORDS.of("municipal-adjective", "unit-adjective", "settlement-type", "settlement-abbreviation")


def comparable(institutions: Iterable[Item]) -> Callable[[str], Hashable]:
    """Return what makes a party (the id of one of a row's ``institutions``, or the name of a municipality) a value
    that is equal for equal parties."""
    known = {item["id"]: governed(item) for item in institutions}

    def party(name: str) -> Hashable:
        if name not in known:
            return _municipality(name)
        return known[name] or ("body", name)

    return party


def governed(institution: Item) -> Hashable | None:
    """Return the municipality of which an institution is the own authority, None for any other."""
    words = _words(institution["name"])
    lead = 0
    while lead < len(words) - 1 and words[lead].adjectival():
        lead += 1
    head = " ".join(known.low for known in words[lead:])
    of_people = any(known.low.startswith(_OF_PEOPLE) for known in words)
    if not head.startswith(_AUTHORITY) and not (head.startswith(_ELECTED) and of_people):
        return None
    if any(known.lemmas & _WIDER for known in words):
        return None
    district = _district(words)
    if district:
        return "district", district
    place = squeeze(institution.get("place", ""))
    return _municipality(place) if place else None


def _municipality(name: str) -> Hashable:
    district = _district(_words(name))
    return ("district", district) if district else ("town", squeeze(name))


def _district(words: list[Word]) -> str:
    """Return what names the district in a name («россонск»), "" where none is told."""
    for index, known in enumerate(words):
        if not known.lemmas & (_DISTRICTS | _LEVEL):
            continue
        named = [w for w in reversed(words[:index]) if w.title and not w.lemmas & _LEFT_OUT][:1]
        named = named or [w for w in words[index + 1 :] if w.title and not w.lemmas & _LEFT_OUT][:1]
        if named:
            return _stem(named[0])
    return ""


def _stem(known: Word) -> str:
    """Return the dictionary form of an adjective of a place; another name as it is."""
    return next((lemma for lemma in sorted(known.lemmas) if lemma.endswith(TOPONYMIC)), known.low)


def _words(text: str) -> list[Word]:
    return [word(part.strip('«»"().,')) for part in text.split() if part.strip('«»"().,')]
