"""What of a mention identifies its organisation: the terms in which it names it."""

import re
from dataclasses import replace

from pobratim.ground.shared import shared
from pobratim.lexicon.words import WORDS
from pobratim.names.features import Features, Known, Told, features
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.parts import parts_of
from pobratim.names.similarity import adjective_of
from pobratim.names.telling import GAMES, LEVELS, PROFILES, WEAK
from pobratim.names.wordings import persons_lemma
from pobratim.record import Institution
from pobratim.resolve.namings import Mention, Naming
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.text.contracted import contracted
from pobratim.text.words import TOPONYMIC

_LONGEST_INITIALS = 2
_TITLES = WORDS.of("rank", "rank-abbreviation")
_LEVEL_OF = WORDS.pairs("district-level")
_DISTRICTS = {
    noun: frozenset({noun, *(word for word, of in _LEVEL_OF.items() if of == noun)}) for noun in _LEVEL_OF.values()
}
_CITY = WORDS.of("town-level", "town-word")
_REGIONAL = WORDS.pairs("regional").keys()
_AREA_WORDS = WORDS.of("area-name-word")
_FIRM_PHRASE = re.compile(WORDS.pattern("company-phrase"))
_INSTITUTION = re.compile(r"(?:м|г|фг|кг|ог)[бак]?о?ук?(?:\s.*)?")
"""Initials of institutions of a municipality, a region or the state («МАУ», «МБОУ ДО», «ГБУК»)."""
_TOWN = WORDS.of("town-word")
_TOWN_WORDS = WORDS.of("town-word", "name-word")
_STATES, _PEOPLES = WORDS.of("state-initials"), WORDS.of("people-not-state")


def naming(mention: Mention, vocabulary: Vocabulary) -> Naming:
    """Return what of a mention identifies its organisation."""
    one = mention.read or mention.institution
    # Initials say less than a letter: «е» would be the verb «есть».
    person = " ".join(word for word in folded(one.honorific).split() if len(word) > _LONGEST_INITIALS)
    honorific = shared(frozenset(map(persons_lemma, person.split())) - _TOWN_WORDS - _TITLES)
    host = _host(one, mention, vocabulary)
    (after, said), around = _located(one, mention, vocabulary), _around(one, mention, host, vocabulary)
    place, one = _seat(one, mention, vocabulary)
    kind, country = one.kind, one.country
    known = Known(
        explained=said,
        after=after,
        kind=vocabulary.once(("kind", kind), lambda: vocabulary.explained(kind) - PROFILES | vocabulary.called(kind)),
        soft=_bundled(one.kind, vocabulary),
        own=vocabulary.called(one.kind) if one.kind in vocabulary.bundles else shared(frozenset()),
        honour=honorific,
        seated=one.kind in vocabulary.seated,
        placed=bool(one.place),
        dedicated=vocabulary.family(one.kind) in vocabulary.having("dedicated"),
        placed_words=shared(frozenset(lemmas(one.place)) | frozenset(folded(one.place).split()) - {""}),
        host=host,
        state=vocabulary.once(("state", country), lambda: _state(country, vocabulary)),
        around=around,
    )
    spoken = features(one.name, Told.of(parts_of(one)), known)
    if one.kind in vocabulary.regional and one.region:
        spoken = replace(spoken, levels=shared(spoken.levels - _REGIONAL))
    words, label = _identifying(one, spoken)
    return Naming(
        "" if place or one.region else mention.origin or mention.report,
        one.kind,
        one.number,
        words,
        label,
        place,
        one.region,
        one.country,
        honorific,
        shared(
            frozenset(_spelling(alias, one.legal_form, vocabulary) for alias in one.aliases) - {folded(one.name), ""}
        ),
        _spelling(one.name, one.legal_form, vocabulary),
        "" if place else mention.near,
        spoken,
        mention.area if place in ("", mention.place) else "",
        not place and not one.region and (one.kind in vocabulary.single or _sovereign(one, vocabulary)),
        not place and not one.region and _sovereign(one, vocabulary),
        _form(one.legal_form, vocabulary),
    )


def _seat(one: Institution, mention: Mention, vocabulary: Vocabulary) -> tuple[str, Institution]:
    """Return the key of the place that an organisation is of, "" where none or a region is, and what it is then."""
    # «Администрация Находкинского городского округа» in a row of that town is the town's own.
    own_town = mention.town and any(adjective_of(lemma.replace("-", ""), mention.town) for lemma in lemmas(one.name))
    # The reporter's town is nearer than a namesake's («Борисовская школа» of Борисов, not of Борисовка).
    told = mention.place if _TOWN & set(folded(one.name).split()) else ""
    place = told or (mention.near if own_town and not one.region else mention.place)
    if one.kind in vocabulary.seated and not one.place and _own_district(one, mention):
        return mention.near, replace(one, region="")
    if one.kind in vocabulary.regional and place and _region_says(one, mention, vocabulary):
        return "", replace(one, region=mention.area, place="")
    return place, one


def _form(legal_form: str, vocabulary: Vocabulary) -> str:
    """Return whether a legal form is a firm's (and of which sort) or an institution's, "" where neither or unknown."""
    said = folded(legal_form)
    if said in vocabulary.firms or _FIRM_PHRASE.search(said):
        return f"firm {vocabulary.firms.get(said, '')}".strip()
    return "institution" if "учреждение" in said or _INSTITUTION.fullmatch(said) else ""


def _own_district(one: Institution, mention: Mention) -> bool:
    """Tell whether a name is of the reporting district («Рославльская районная администрация», «МО «… район»»)."""
    reporter, said = lemmas(mention.town), set(lemmas(one.name))
    said.update(meaning for surface in folded(one.name).split() for meaning in contracted(surface)[0])
    kind = _DISTRICTS.get(reporter[-1], frozenset()) if len(reporter) > 1 else frozenset()
    return bool(kind & said) and reporter[0] in said


def _region_says(one: Institution, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether the adjective of a name is that of the region in which its place lies («Псковская палата»)."""
    words = vocabulary.explained(mention.area)
    adjectives = {lemma for lemma in lemmas(one.name) if lemma.endswith(TOPONYMIC)}
    return mention.area != "" and bool(adjectives & words) and not words & _CITY


def _host(one: Institution, mention: Mention, vocabulary: Vocabulary) -> str:
    """Return the state to which a mission is accredited: one that its name tells beside its own, else its seat's."""
    if vocabulary.family(one.kind) not in vocabulary.having("represents"):
        return ""
    named = {vocabulary.states[lemma] for lemma in lemmas(one.name) if lemma in vocabulary.states} - {one.country}
    seat = mention.place.partition("-")[0].upper()
    return min(named) if len(named) == 1 else seat if seat != one.country else ""


def _sovereign(one: Institution, vocabulary: Vocabulary) -> bool:
    """Tell whether a name says that it is a whole country's («Минспорта России»)."""
    words = {*lemmas(one.name), *folded(one.name).split()}
    named = words & (vocabulary.explained(one.country) | _STATES)
    return bool(named) and not (one.number or words & (LEVELS.keys() | _TOWN))


def _spelling(name: str, legal_form: str, vocabulary: Vocabulary) -> str:
    """Return a name as aliases are compared: folded, without abbreviations of legal forms."""
    own, known = folded(legal_form).split(), vocabulary.legal_forms
    return " ".join(word for word in folded(name).split() if word not in known and word not in own)


def _located(one: Institution, mention: Mention, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """Return the adjectives of its town in a name, the reporter's where none is told («Смоленская школа»), and with
    these the lemmas that legal form, place and region say already."""
    town = one.place or mention.town
    spoken = {*lemmas(one.name), *(part for surface in folded(one.name).split() for part in contracted(surface)[0])}
    after = frozenset(lemma for lemma in spoken if town and adjective_of(lemma, town))
    said = after.union(lemmas(one.place), lemmas(one.legal_form))
    if one.region:
        region = vocabulary.once(("region", one.region), lambda: vocabulary.explained(one.region) - _AREA_WORDS)
        said = said.union(lemma for lemma in spoken if any(adjective_of(lemma, name) for name in region))
    return shared(after), shared(said)


def _around(one: Institution, mention: Mention, host: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return the lemmas that kind, country and region say already, and those of all forms and towns."""
    kind, was, where = one.kind, mention.institution.kind, (one.region, mention.area)

    def of_kind() -> frozenset[str]:
        said = vocabulary.explained(kind, *vocabulary.broader.get(kind, ())) - PROFILES
        # «Союз «… палата»»: the society's own kind has become a legal form.
        return said | (vocabulary.called(kind) - GAMES) | vocabulary.explained(*({was, host} - {kind, ""}))

    return (
        vocabulary.once(("around", kind, was, host), of_kind),
        vocabulary.once(("where", *where), lambda: vocabulary.explained(*where)),
        vocabulary.once(("state", one.country), lambda: _state(one.country, vocabulary)),
        vocabulary.once("forms", lambda: vocabulary.legal_forms | _TOWN_WORDS),
    )


def _state(country: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words that a country says, and what is called after it: «русский» is of a language or a people."""
    return (vocabulary.explained(country) | vocabulary.adjectives.get(country, frozenset())) - _PEOPLES


def _bundled(kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words of a kind's labels that tell the institutions apart which it puts together."""
    if kind not in vocabulary.bundles:
        return shared(frozenset())

    def sorts() -> frozenset[str]:
        said = vocabulary.explained(kind) - vocabulary.called(kind) - WEAK - set(LEVELS)
        return said - {part for short in vocabulary.initials for part in (short, *lemmas(short))}

    return vocabulary.once(("bundled", kind), sorts)


def _identifying(one: Institution, spoken: Features) -> tuple[tuple[str, ...], str]:
    """Return lemmas, and spelling in order, of what tells the organisation from others of its kind and place.

    A hotel «Россия» is told by that word, though it is a country's: where nothing else is left, a proper name counts.
    """
    wanted = spoken.words | spoken.levels | {folded(spoken.acronym)}
    pairs = [(LEVELS.get(lemma, lemma), surface) for surface in folded(one.name).split() for lemma in lemmas(surface)]
    kept = [(lemma, surface) for lemma, surface in dict(pairs).items() if lemma in wanted or surface in wanted]
    if not kept and one.proper and not one.number:
        town = _TOWN_WORDS | set(lemmas(one.place))
        proper = [(lemma, surface) for surface in folded(one.proper).split() for lemma in lemmas(surface)]
        kept = proper if not all(lemma in town or lemma in WEAK for lemma, _ in proper) else []
    words = tuple(sorted(wanted - {""})) or tuple(lemma for lemma, _ in kept)
    return words, " ".join(surface for _, surface in kept)
