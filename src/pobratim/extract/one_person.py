"""Whether a row names one person twice: by name, by the same office, or by an office told more fully elsewhere."""

from typing import NamedTuple

from pobratim.extract.office_phrase import AREAS, says
from pobratim.extract.person_mention import PersonMention
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token, tokenize

_HEADS = WORDS.of("head-of-an-area")
_APART = WORDS.of("district", "settlement-type")
_AMBASSADOR = "ambassador"
_ENVOYS = {_AMBASSADOR, "consul"}
_UNITS_ABROAD = WORDS.of("unit-abroad") | frozenset(WORDS.pairs("unit-of-country"))
_SENT = _ENVOYS | {"diplomat"}
_RANK = 3
"""So many letters tell a consul from a consul general, written out or not («генконсул»)."""


class Told(NamedTuple):
    """A person told, the number of the institution that he speaks for (-1: none), and whether no place abroad is
    named in his post."""

    one: PersonMention
    number: int
    home: bool


def same_person(known: Told, new: Told) -> bool:
    """Tell whether one told already is told again: by name, or by an office without a name that tells nothing more."""
    told, again = known.one, new.one
    if told.name and again.name:
        return told.name == again.name
    if again.name:
        return False
    if told.post.lower() == again.post.lower():
        return True
    if told.held.post != again.held.post:
        return False
    if _abroad_by_its_unit(told.post, again.post):
        return True
    held = bool(again.held.places) and again.held.places <= told.held.places
    return held or _one_office(known, new)


def _abroad_by_its_unit(post: str, again: str) -> bool:
    """Tell whether an office is told again by its unit, of which there are none at home («губернатор аймака»)."""
    unit = post.lower().startswith(f"{again.lower()} ")
    return unit and any(not token.word.lemmas.isdisjoint(_UNITS_ABROAD) for token in tokenize(again))


def named_later(known: Told, new: Told) -> bool:
    """Tell whether a person who is given by office alone is the one named later («советник-посланник …»).

    One office's words must begin the other's, and what it holds must not gainsay; the country of a mission is enough.
    """
    told, named = known.one, new.one
    if told.name or not named.name or told.held.post != named.held.post:
        return False
    if told.held.places and told.held.places == named.held.places and _first_word(told) == _first_word(named):
        return True
    if _sent(told, named):
        return True
    short, long = sorted((told.post.lower(), named.post.lower()), key=len)
    begun = long.startswith(short) and (not named.held.places or named.held.places == told.held.places)
    return begun or _one_office(known, new)


def _sent(told: PersonMention, named: PersonMention) -> bool:
    """Tell whether two are envoys of one country and of one rank."""
    countries, known = named.held.countries, told.held.countries
    fewer = not named.held.places - told.held.places and countries <= known
    more = bool(known) and not told.held.places - named.held.places and known <= countries
    return (
        bool(countries)
        and (fewer or more)
        and named.held.post in _ENVOYS
        and (named.held.post == _AMBASSADOR or _first_word(named)[:_RANK] == _first_word(told)[:_RANK])
    )


def _one_office(left: Told, right: Told) -> bool:
    """Tell whether two posts of one kind are one office: of one institution, or one is told in fewer words.

    «Глава округа», «Глава Волжского муниципального округа»; «Посол», «Чрезвычайный и Полномочный Посол Чили».
    """
    short, long = sorted((left, right), key=lambda told: len(told.one.post))
    if left.number >= 0 and left.number == right.number and _first_word(left.one) == _first_word(right.one):
        return True
    words, others = tokenize(short.one.post), tokenize(long.one.post)
    if len(words) == 1:
        return short.one.held.post in _SENT and any(words[0].word.lemmas & token.word.lemmas for token in others)
    return long.home and short.home and (_in_fewer_words(words, others) or _one_head(words, others))


def fuller(told: PersonMention, named: PersonMention) -> str:
    """Return the post of one who is told by office alone and named later: that with more places, else the longer."""
    return max((told, named), key=lambda one: (len(one.held.places), len(one.post))).post


def _in_fewer_words(words: list[Token], others: list[Token]) -> bool:
    """Tell whether a post has all words of a shorter one, and beside them only adjectives."""
    rest = list(words)
    for token in others:
        if rest and rest[0].word.lemmas & token.word.lemmas:
            rest.pop(0)
        elif not token.word.adjectival() and not says(token.word, AREAS):
            return False
    return not rest


def _one_head(words: list[Token], others: list[Token]) -> bool:
    """Tell whether both are the head of the municipality that reports: «глава города», «Глава МО «Псков»».

    A head of its administration is another person, and so may be one of a district beside one of a town.
    """
    if not all(some[0].word.lemmas & _HEADS and _of_an_area(some[1:]) for some in (words, others)):
        return False
    areas, more = ({lemma for token in some for lemma in token.word.lemmas & _APART} for some in (words, others))
    return not areas or not more or not areas.isdisjoint(more)


def _of_an_area(tokens: list[Token]) -> bool:
    """Tell whether the words behind «глава» say nothing but an area and its name."""
    return all(t.kind != "word" or t.word.title or t.word.adjectival() or says(t.word, AREAS) for t in tokens)


def _first_word(person: PersonMention) -> str:
    return person.post.split(" ", 1)[0].lower()
