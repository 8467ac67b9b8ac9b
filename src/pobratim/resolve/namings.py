"""The terms in which a mention names an organisation, and the key that they make."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from pobratim.ground.shared import shared
from pobratim.lexicon.words import WORDS
from pobratim.names.features import Features, Known, Told, features
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.parts import parts_of
from pobratim.names.similarity import adjective_of, differ_by_typos
from pobratim.names.telling import GAMES, LEVELS, PROFILES, WEAK
from pobratim.names.wordings import persons_lemma
from pobratim.record import Institution
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.text.contracted import contracted
from pobratim.text.words import TOPONYMIC, word

Kept = TypeVar("Kept")
NOTHING = Features()
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
_STATES = WORDS.of("state-initials")


@dataclass(frozen=True, slots=True)
class Mention:
    """One institution of one record (``row`` and ``report``) with its place's key.

    ``near`` is the reporter's key and ``town`` its name, ``area`` the region (notation) of the place, else of the
    reporter. ``read`` is the institution as its name is understood, where that is not how it is written. ``origin``
    tells the report from others whatever its name is, "" where the name does.
    """

    report: str
    row: int
    institution: Institution
    place: str
    near: str = ""
    area: str = ""
    town: str = ""
    read: Institution | None = None
    origin: str = ""


class _Remembering:
    """What of a naming is made once, when it is first asked for; a dictionary for each would be a kilobyte."""

    __slots__ = ("_detail", "_hash", "_sorting")
    _detail: Hashable
    _hash: int
    _sorting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming(_Remembering):
    """All mentions that name an organisation in the same terms.

    ``report`` (its ``origin``) is given only where neither place nor region is: such names are understood report by
    report.
    ``words`` are the lemmas that identify it where it has no number; ``label`` the same words as written;
    ``place`` a place key, ``near`` that of the reporter where nothing places the name; ``honorific`` the lemmas of the
    person it is named after; ``terms`` what all its words say; ``area`` the region of its place. ``national`` is a
    name without a place that its country or kind makes one of its country («Минспорта России»), ``sovereign`` one that
    names its country. ``form`` tells a firm's legal form from an institution's, and of which sort the firm is.
    """

    report: str
    kind: str
    number: str
    words: tuple[str, ...]
    label: str
    place: str
    region: str
    country: str
    honorific: frozenset[str]
    aliases: frozenset[str]
    short: str
    near: str = ""
    features: Features = NOTHING
    area: str = ""
    national: bool = False
    sovereign: bool = False
    form: str = ""

    def __hash__(self) -> int:
        """Return a hash of what mostly differs, made once: names are looked up far more often than made."""
        try:
            return self._hash
        except AttributeError:
            told = (self.report, self.kind, self.number, self.label, self.place, self.near, self.short)
            return self._kept("_hash", hash(told))

    @property
    def sorting(self) -> tuple[str, ...]:
        """Return all fields, as text: no two namings are sorted by chance."""
        try:
            return self._sorting
        except AttributeError:
            return self._kept("_sorting", self._as_text())

    def _as_text(self) -> tuple[str, ...]:
        return (
            self.report,
            self.kind,
            self.number,
            self.label,
            self.place,
            self.region,
            self.country,
            self.short,
            self.near,
            self.area,
            " ".join(sorted(self.honorific)),
            "|".join(sorted(self.aliases)),
            self.form,
            f"{self.national}{self.sovereign}",
            *(_told(getattr(self.features, part.name)) for part in fields(Features)),
        )

    @property
    def shape(self) -> Hashable:
        """Return all that tells namings apart but the report that an unplaced one is of."""
        return ("", *self.sorting[1:]) if self.report and not self.bare else self.sorting

    @property
    def detail(self) -> Hashable:
        """Return the number, or else the name's words whatever their order."""
        try:
            return self._detail
        except AttributeError:
            return self._kept("_detail", self.number or shared(frozenset(self.words)))

    def _kept(self, name: str, value: Kept) -> Kept:
        object.__setattr__(self, name, value)
        return value

    def near_in_words(self, other: "Naming") -> bool:
        """Tell whether one name only says more than the other, or the two differ by what may be misprints."""
        ours, theirs = set(self.words), set(other.words)
        return ours <= theirs or theirs <= ours or differ_by_typos(self.words, other.words)

    @property
    def placeless(self) -> bool:
        """Tell whether nothing says where it is."""
        return not self.place and not self.region

    @property
    def initials(self) -> bool:
        """Tell whether the name is written in initials only: what kind it is of is guessed from the last letter."""
        return bool(self.features.acronym) and self.short.split()[:1] == [folded(self.features.acronym)]

    @property
    def place_or_near(self) -> str:
        """Return its place, else its reporter's."""
        return self.place or self.near

    @property
    def bare(self) -> bool:
        """Tell whether nothing says which of many it is: «Гимназия № 7», «Администрация» without a place."""
        return self.placeless and not self.national and (bool(self.number) or not self.words)


def naming(mention: Mention, vocabulary: Vocabulary) -> Naming:
    """Return what of a mention identifies its organisation."""
    one = mention.read or mention.institution
    # Initials say less than a letter: «е» would be the verb «есть».
    person = " ".join(word for word in folded(one.honorific).split() if len(word) > _LONGEST_INITIALS)
    honorific = shared(frozenset(map(persons_lemma, person.split())) - _TOWN_WORDS - _TITLES)
    host = _host(one, mention, vocabulary)
    said, around = _explained(one, mention, vocabulary), _around(one, mention, host, vocabulary)
    place, one = _seat(one, mention, vocabulary)
    kind, country = one.kind, one.country
    known = Known(
        explained=said,
        kind=vocabulary.once(("kind", kind), lambda: vocabulary.explained(kind) - PROFILES | vocabulary.called(kind)),
        soft=_bundled(one.kind, vocabulary),
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
    own = folded(one.name)
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
        shared(frozenset(_spelling(alias, one.legal_form, vocabulary) for alias in one.aliases) - {own, ""}),
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


def _explained(one: Institution, mention: Mention, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the lemmas that legal form and place say already."""
    said = {*lemmas(one.place), *lemmas(one.legal_form)}
    place = one.place or mention.town
    spoken = {*lemmas(one.name), *(part for surface in folded(one.name).split() for part in contracted(surface)[0])}
    said.update(lemma for lemma in spoken if place and adjective_of(lemma, place))
    if one.region:
        region = vocabulary.once(("region", one.region), lambda: vocabulary.explained(one.region) - _AREA_WORDS)
        said.update(lemma for lemma in spoken if any(adjective_of(lemma, name) for name in region))
    return shared(frozenset(said))


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
    """Return the words that a country says, and what is called after it."""
    return vocabulary.explained(country) | vocabulary.adjectives.get(country, frozenset())


def _bundled(kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words of a kind's labels that tell the institutions apart which it puts together."""
    if kind not in vocabulary.bundles:
        return shared(frozenset())
    return vocabulary.once(
        ("bundled", kind), lambda: vocabulary.explained(kind) - vocabulary.called(kind) - WEAK - set(LEVELS)
    )


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


def _told(value: object) -> str:
    return " ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def local(name: Naming) -> bool:
    """Tell whether a name without a place means its reporter's own: initials, or one everyday word («Маяк»)."""
    said = name.features
    everyday = len(said.words) == 1 and all(_everyday(lemma) for lemma in said.words)
    return bool(name.near) and name.placeless and (bool(said.acronym) or everyday)


def _everyday(lemma: str) -> bool:
    known = word(lemma)
    return known.known and not any(known.has(mark) for mark in ("Geox", "Orgn", "Name", "Surn"))


def order(name: Naming) -> tuple[str, ...]:
    """Return what namings are sorted by, so that the order of input changes nothing."""
    return name.sorting


def own_key(name: Naming) -> str:
    """Return the key that a naming has on its own."""
    area = name.place or name.region or (name.near if local(name) else "") or name.country
    if name.bare:
        area = f"{name.country} {name.report}"
    return organisation_key(area, name.kind, name.number, name.label, " ".join(sorted(name.honorific)))


def merged(group: list[Naming], vocabulary: Vocabulary) -> Naming:
    """Return the naming that says most, completed by the others."""

    def said(name: Naming) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        depth = len(vocabulary.broader.get(name.kind, ())) + bool(name.kind)
        return (not name.place, not name.region, not name.detail, -depth, order(name))

    best = min(group, key=said)
    ordered = sorted(group, key=said)
    return Naming(
        best.report,
        min(ordered, key=lambda name: said(name)[3]).kind,
        next((name.number for name in ordered if name.number), ""),
        best.words,
        best.label,
        best.place,
        next((name.region for name in ordered if name.region), ""),
        next((name.country for name in ordered if name.country), ""),
        next((name.honorific for name in ordered if name.honorific), frozenset()),
        best.aliases,
        best.short,
        best.near,
        best.features,
        next((name.area for name in ordered if name.area), ""),
        best.national,
        best.sovereign,
        next((name.form for name in ordered if name.form), ""),
    )
