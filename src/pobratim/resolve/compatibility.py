"""Whether anything contradicts that two namings mean one organisation, and which of two says more of it.

Two decision tables. The reasons of the first are codes of messages (catalogue/resolve.yml): ``why`` returns the one
that ``pobratim review`` shows beside a pair.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.names.comparing import DIFFERENT, Pair, Verdict, compared
from pobratim.names.normalisation import lemmas
from pobratim.names.similarity import one_person
from pobratim.names.telling import GAMES, LEVELS, PROFILES, WEAK
from pobratim.resolve.namings import Naming
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.text.words import TOPONYMIC

_OF_OBLAST = WORDS.pairs("regional").keys()
_AREAS = frozenset(WORDS.pairs("regional").values())
"""«Область», «край»: such a name tells in which region it is and is not called after it."""
_CITY = frozenset(word for word in WORDS.of("town-level", "town-word") if len(word) > 1)
"""A town's words; «г» alone may be somebody's initial."""
_BY_WORDS = "why-words"
"""The reason of the line that asks the words of both names; theirs is the one to be told."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside two namings: the ontology's words, each naming's own key, the pairs people keep apart."""

    vocabulary: Vocabulary
    own: Mapping[Naming, str] = field(default_factory=dict)
    different: AbstractSet[frozenset[str]] = frozenset()


def compatible(left: Naming, right: Naming, known: Knowledge) -> bool:
    """Tell whether nothing contradicts that two namings mean one organisation."""
    return COMPATIBLE.verdict(left, right, known)


def words_say(left: Naming, right: Naming) -> Rule[[Pair], Verdict]:
    """Return what the words of two namings say, with the reason."""
    return compared(left.features, right.features, numbered=bool(left.number) and left.number == right.number)


def why(left: Naming, right: Naming, known: Knowledge) -> str:
    """Return the code of the message that says what was found: what parts two namings, else what their words say."""
    rule = COMPATIBLE.decide(left, right, known)
    told = rule.reason in _TOLD_BY_WORDS
    return words_say(left, right).reason if told else rule.reason


# What parts two namings


def _other_numbers(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Гимназия № 4», «гимназия № 7»."""
    return bool(left.number and right.number) and left.number != right.number


def _other_places(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Музей г. Витебска», «музей г. Бреста»."""
    return bool(left.place and right.place) and left.place != right.place


def _other_countries(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Министерство культуры России», «министерство культуры Беларуси»."""
    return bool(left.country and right.country) and left.country != right.country


def _whole_country_and_place(left: Naming, right: Naming, known: Knowledge) -> bool:
    """«Минспорта России», «министерство спорта Пермского края»."""
    missions = known.vocabulary.having("perCountry")
    return _elsewhere(left, right, missions) or _elsewhere(right, left, missions)


def _elsewhere(national: Naming, other: Naming, missions: AbstractSet[str]) -> bool:
    """Tell whether one name is a whole country's and the other a place's, which its reporter's own may still be."""
    if not national.national or (national.kind == other.kind and national.kind in missions):
        return False
    if not national.sovereign and national.features.title and national.features.title == other.features.title:
        return False  # «Заповедник «Нургуш»» is the one of that title, in whatever town it sits
    # «АмГУ» of a town of the region in whose «Амурский университет» it is.
    beyond = national.sovereign or other.region != national.area
    return (bool(other.region) and beyond) or bool(other.place and other.place != national.near)


def _city_and_its_region(left: Naming, right: Naming, known: Knowledge) -> bool:
    """«Московская областная филармония», «Московская филармония»."""
    regional = [bool(_OF_OBLAST & one.features.levels) for one in (left, right)]
    beside = left.area in known.vocabulary.having("cityRegion")
    return beside and left.place == right.place and regional[0] != regional[1]


def _firm_and_institution(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """ПАО «КАМАЗ» is not its town's МАУ «Дворец культуры «КАМАЗ»»."""
    ours, theirs = left.form.split(" ")[0], right.form.split(" ")[0]
    return bool(ours and theirs) and ours != theirs and left.kind != right.kind


def _firms_of_two_sorts(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """ООО «Вектор» is not АО «Вектор»; ОАО «Вектор» may be, since a joint-stock company's form is renamed by law."""
    return " " in left.form and " " in right.form and left.form != right.form


def _other_regions(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Заря» in a town of one region, «Заря» in a town of another one."""
    ours, theirs = left.region or left.area, right.region or right.area
    return bool(ours and theirs) and ours != theirs


def _town_and_its_region(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Департамент финансов города Ярославля», «департамент финансов Ярославской области» that sits there, too."""
    return _of_the_town(left, right) or _of_the_town(right, left)


def _of_the_town(town: Naming, region: Naming) -> bool:
    """Tell whether one name says that it is a town's, and the other that it is a region's."""
    told = _CITY & {*lemmas(town.short), *town.short.split()} if region.region and not town.region else frozenset()
    return bool(told) and not town.number and _CITY.isdisjoint(lemmas(region.short))


def _region_and_another_name(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Хэйлунцзянский университет» of a province, «Харбинский университет» of its town; not «Тверская ТПП»."""
    alone = [bool(one.region) and not one.place for one in (left, right)]
    if alone[0] == alone[1] or not (left.place or right.place):
        return False
    ours, theirs = _adjectives(left), _adjectives(right)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _region_and_town(left: Naming, right: Naming, known: Knowledge) -> bool:
    """«Чувашский музей», «Чебоксарский» or «Русский музей» of one town; not «Брянский», as both would be called."""
    return _after_region(left, right, known) or _after_region(right, left, known)


def _after_region(region: Naming, town: Naming, known: Knowledge) -> bool:
    """Tell whether one name has only its region's adjective and the other only its town's or country's."""
    words, ours, theirs = known.vocabulary.explained(region.area), region.features.after, set(town.features.after)
    theirs |= known.vocabulary.adjectives.get(town.country, frozenset()).intersection(lemmas(town.short))
    if ours or not theirs or region.area != town.area or not theirs.isdisjoint(words):
        return False
    return bool(_adjectives(region) & words) and _AREAS.isdisjoint(lemmas(region.short))


def _adjectives(name: Naming) -> AbstractSet[str]:
    """Return the adjectives of places in a name."""
    return {lemma for lemma in lemmas(name.short) if lemma.endswith(TOPONYMIC)} - WEAK - PROFILES - LEVELS.keys()


def _one_number_two_kinds(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """A town's art school № 8 and its school № 8 are two, though one kind lies above the other."""
    placed = bool(left.number and left.place and right.place)
    return placed and bool(left.kind and right.kind) and left.kind != right.kind


def _other_namesakes(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Библиотека имени Пушкина», «библиотека имени Гоголя»: but for the person neither is told."""
    unnamed = not (left.detail or right.detail)
    named = bool(left.honorific and right.honorific)
    return unnamed and named and not one_person(left.honorific, right.honorific)


def _kept_apart(left: Naming, right: Naming, known: Knowledge) -> bool:
    """A person has decided so: ``not-same`` in the ledger."""
    return bool(known.different) and frozenset((known.own[left], known.own[right])) in known.different


def _short_for_the_other(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Ассамблея столиц (МАГ)», «МАГ»: the row itself gives the short name, whatever the words are."""
    return left.short in right.aliases or right.short in left.aliases


def _parted_by_words(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """The words of both names tell two organisations (``comparing``)."""
    return words_say(left, right).verdict == DIFFERENT


def _spelt_or_in_initials(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«САТК», «Смоленский автотранспортный колледж» in one place: initials leave the kind open."""
    both = bool(left.features.acronym and right.features.acronym)
    return _together(left, right) and left.initials != right.initials and not both


def _one_title_wider_kind(left: Naming, right: Naming, known: Knowledge) -> bool:
    """«Центр «Юность», «ДК «Юность» in one place: the word «центр» may stand for any kind."""
    return _together(left, right) and _by_title(left, right, known.vocabulary)


def _one_game(left: Naming, right: Naming, _known: Knowledge) -> bool:
    """«Хоккейный клуб», «спортивная школа по хоккею» of one place."""
    return _together(left, right) and bool(left.features.profile & right.features.profile & GAMES)


def _related_kinds(left: Naming, right: Naming, known: Knowledge) -> bool:
    """«Школа искусств», «музыкальная школа»: kinds are equal, unknown, or one lies above the other."""
    return known.vocabulary.related(left.kind, right.kind)


def _together(left: Naming, right: Naming) -> bool:
    return left.place_or_near == right.place_or_near


def _by_title(left: Naming, right: Naming, vocabulary: Vocabulary) -> bool:
    """Tell whether one name has only a word («центр») that the other has too, and both have one title."""
    generic = any(
        one.kind in vocabulary.having("generic") and vocabulary.called(one.kind) & set(lemmas(other.short))
        for one, other in ((left, right), (right, left))
    )
    return generic and left.features.title == right.features.title != frozenset()


COMPATIBLE: DecisionTable[[Naming, Naming, Knowledge], bool] = DecisionTable(
    Rule(_other_numbers, False, "why-other-numbers"),
    Rule(_other_places, False, "why-other-places"),
    Rule(_other_countries, False, "why-other-countries"),
    Rule(_whole_country_and_place, False, "why-whole-country-and-place"),
    Rule(_city_and_its_region, False, "why-city-and-its-region"),
    Rule(_firm_and_institution, False, "why-firm-and-institution"),
    Rule(_firms_of_two_sorts, False, "why-other-firms"),
    Rule(_other_regions, False, "why-other-regions"),
    Rule(_town_and_its_region, False, "why-city-and-its-region"),
    Rule(_region_and_another_name, False, "why-region-and-another-name"),
    Rule(_region_and_town, False, "why-region-and-another-name"),
    Rule(_one_number_two_kinds, False, "why-one-number-two-kinds"),
    Rule(_other_namesakes, False, "why-other-persons"),
    Rule(_kept_apart, False, "why-kept-apart"),
    Rule(_short_for_the_other, True, "why-short-name"),
    Rule(_parted_by_words, False, _BY_WORDS),
    Rule(_spelt_or_in_initials, True),
    Rule(_one_title_wider_kind, True),
    Rule(_one_game, True),
    Rule(_related_kinds, True),
    otherwise=False,
    reason="why-other-kinds",
)
"""Whether two namings may mean one organisation: facts first, then people, the names' own words, and the kinds."""
_TOLD_BY_WORDS = {_BY_WORDS} | {rule.reason for rule in COMPATIBLE.rules if not rule.reason.startswith("why-")}


# Which of two says more


def _contradicted(other: Naming, name: Naming, known: Knowledge) -> bool:
    """The two cannot be one organisation."""
    return not compatible(other, name, known)


def _outside_its_region(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Союз писателей Брянской области»: what is of no region, or of another one, says less."""
    return bool(name.region) and other.region != name.region


def _has_it_as_short_name(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Ассамблея столиц (МАГ)» for «МАГ», unless only the short name tells a place."""
    placed = bool(name.place) and not other.place
    return name.short in other.aliases and not name.number and not placed


def _says_something_else(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Музей хлеба» for «музей соли»."""
    return other.detail != name.detail


def _named_after_more(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Библиотека» for «библиотека имени Пушкина»: whom it is named after tells it from the town's other libraries."""
    return bool(name.honorific - other.honorific) and not name.number


def _tells_its_place(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Гимназия № 7 г. Гродно» for «гимназия № 7»."""
    return bool(other.place) and not name.place


def _tells_its_area(other: Naming, name: Naming, _known: Knowledge) -> bool:
    """«Союз писателей Брянской области» for «союз писателей»."""
    return name.placeless and bool(other.region or (other.country and not name.country))


def _tells_its_kind(other: Naming, name: Naming, known: Knowledge) -> bool:
    """«Музыкальная школа № 1» for «школа № 1» of the town, whose kind says nothing further."""
    narrower = other.place == name.place and known.vocabulary.narrower(other.kind, name.kind)
    return narrower and not name.features.soft


def _tells_its_person(other: Naming, name: Naming, known: Knowledge) -> bool:
    """«Областная библиотека имени Пушкина» for «областная библиотека»."""
    more = bool(other.honorific) and not name.honorific and other.place == name.place and not name.detail
    return more and not known.vocabulary.narrower(name.kind, other.kind)


FULLER: DecisionTable[[Naming, Naming, Knowledge], bool] = DecisionTable(
    Rule(_contradicted, False),
    Rule(_outside_its_region, False),
    Rule(_has_it_as_short_name, True),
    Rule(_says_something_else, False),
    Rule(_named_after_more, False),
    Rule(_tells_its_place, True),
    Rule(_tells_its_area, True),
    Rule(_tells_its_kind, True),
    Rule(_tells_its_person, True),
    otherwise=False,
)
"""Whether the first naming may be what the second one means, and says more of it."""
