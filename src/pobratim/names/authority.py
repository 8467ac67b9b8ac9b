"""Of which municipality an institution is the own authority: an administration, council, executive or party committee.

Such a body and its municipality are one party of ties and agreements (the guide of the gold, data/RECORD.md).
"""

from typing import NamedTuple

from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import contracted
from pobratim.text.words import TOPONYMIC, Word, fold, word

_AUTHORITY = WORDS.stems("own-authority")
_ELECTED = WORDS.stems("own-authority-of-people")
_OF_PEOPLE = WORDS.stems("people-of-authority")
_WIDER = WORDS.of("region-type", "great-area") | frozenset(WORDS.pairs("regional"))
_DISTRICTS = WORDS.of("district", "district-of-adjective", "district-of-name")
_LEVEL = frozenset(WORDS.pairs("district-level"))
_LEFT_OUT = WORDS.of("municipal-adjective", "unit-adjective", "settlement-type", "settlement-abbreviation")
_TOWNS = WORDS.of("settlement-type", "settlement-abbreviation")
_OWN_UNITS = _DISTRICTS | _LEVEL | WORDS.of("settlement-type")
_NOMINATIVE = WORDS.of("called-in-the-nominative")
_MOST_WORDS, _SAME = 2, 3
"""So many words are a town's name at most, so many first letters two of its cases have in common at least."""
_MARKS = '«»"().,'


class Municipality(NamedTuple):
    """A municipality as names are compared: ``level`` is town or district, ``name`` folded, of a district its stem."""

    level: str
    name: str


def governed(name: str, place: str) -> Municipality | None:
    """Return the municipality of which the institution ``name`` in the town ``place`` is the authority, else None."""
    words = _words(name)
    if not _is_authority(words):
        return None
    district = _district(words)
    # «Префектура Байсангуровского района» is of a district, «Префектура Тояма» of a region.
    if any(known.lemmas & _WIDER for known in (words[1:] if district else words)):
        return None
    if district:
        return Municipality("district", district)
    return municipality(town_of(name, place)) if place else None


def town_of(name: str, place: str) -> str:
    """Return the town of an authority that sits in ``place``: that by whose name in the nominative it goes, else that.

    «Муниципалитет Регла (г. Гавана)» is of Регла; «Муниципалитет Стамбула» is of its place.
    """
    words = _words(name)
    lead = 0
    while lead < len(words) - 1 and words[lead].adjectival():
        lead += 1
    own = words[lead + 1 :]
    named = 0 < len(own) <= _MOST_WORDS and all(known.title for known in own)
    if not named or words[lead].lemmas.isdisjoint(_NOMINATIVE):
        return place
    same = any(known.low[:_SAME] == fold(place)[:_SAME] for known in own)
    return place if same else " ".join(known.text for known in own)


def unnamed(name: str) -> bool:
    """Tell whether an authority is told by its unit alone («Администрация района», «Дума муниципального округа»)."""
    words = _words(name)
    behind = words[1:]
    unit = any(known.lemmas & _OWN_UNITS for known in behind)
    return unit and not any(known.title for known in behind) and _is_authority(words)


def of_town(heading: str) -> bool:
    """Tell whether a heading is the authority of a town that it names with its type word, or a part of that authority.

    «Мэрия города Новосибирска», «Исполнительный комитет г. Казани», «Отдел культуры мэрии города Архангельска».
    """
    words = _words(heading)
    seat = next((i for i, known in enumerate(words[:-1]) if _is_town(known) and words[i + 1].title), 0)
    return any(_is_authority(words[lead:seat]) for lead in range(seat))


def _is_town(known: Word) -> bool:
    return bool(known.lemmas & _TOWNS) or known.low in _TOWNS


def _is_authority(words: list[Word]) -> bool:
    """Tell whether the head of a name, behind its adjectives, is an authority of a municipality."""
    lead = 0
    while lead < len(words) - 1 and words[lead].adjectival():
        lead += 1
    head = " ".join(known.low for known in words[lead:])
    of_people = any(known.low.startswith(_OF_PEOPLE) for known in words)
    return head.startswith(_AUTHORITY) or (head.startswith(_ELECTED) and of_people)


def municipality(name: str) -> Municipality:
    """Return a municipality by its own name («Россонский район», «Витебск»)."""
    district = _district(_words(name))
    return Municipality("district", district) if district else Municipality("town", " ".join(fold(name).split()))


def _district(words: list[Word]) -> str:
    """Return what names the district in a name («россонский»), "" where none is told."""
    for index, known in enumerate(words):
        if not known.lemmas & (_DISTRICTS | _LEVEL) and not _LEVEL & set(contracted(known.low)[0]):
            continue
        named = [w for w in reversed(words[:index]) if _names(w)][:1]
        behind = words[index + 1 :] if known.lemmas & _LEVEL else words[index + 1 : index + 2]
        if not named and any(map(_is_town, behind)):
            continue  # «Окружная администрация города Якутска», «городской округ «Город Калининград»»
        named = named or [w for w in words[index + 1 :] if _names(w)][:1]
        if named:
            return _stem(named[0])
    return ""


def _names(known: Word) -> bool:
    """Tell whether a word may name a district: a capitalised one that is neither its type nor what governs it."""
    return known.title and not known.lemmas & _LEFT_OUT and not known.low.startswith((*_AUTHORITY, *_OF_PEOPLE))


def _stem(known: Word) -> str:
    """Return the dictionary form of an adjective of a place; another name as it is."""
    return next((lemma for lemma in sorted(known.lemmas) if lemma.endswith(TOPONYMIC)), known.low)


def _words(text: str) -> list[Word]:
    return [word(part.strip(_MARKS)) for part in text.split() if part.strip(_MARKS)]
