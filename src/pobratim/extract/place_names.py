"""Nominatives of place names: what a name in any case may be in the gazetteer, and how it is written."""

import re
from dataclasses import replace
from functools import lru_cache

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.contracted import VOWELS
from pobratim.text.tokens import Token
from pobratim.text.words import Reading, fold, inflect, word

SIDES = WORDS.of("side-of-a-town")
_LARGE = 100_000
"""Inhabitants of a town that may be called as another country is («г. Колумбия, США»)."""
_AND = WORDS.of("between-like")
_ITEM_ENDS = {".", ";", ")", "("}
_UNITS = WORDS.of("region-type")
_LONGEST_NAME = 4
_TWO = 2
_MARKERS, _MARKER_LEMMAS = WORDS.of("settlement-abbreviation", "settlement-initials"), WORDS.of("settlement-type")
_FLEETING = re.compile(r"([бвгджзклмнпрстфхцчш])([цк])(?:а|е|у|ем|ом)$")
"""A vowel that Serbian names lose in other cases: «Крагуевца», «Чачка»."""
_PART_OF = "http://purl.org/dc/terms/isPartOf"


def town_of_that_name(gazetteer: Gazetteer, cell: CellText, match: Match) -> bool:
    """Tell whether a region's or country's name is a town's, behind a type word of one («г. Ховд», «г. Тунис»).

    Not in «аймак Ховд», nor where only a village of another country is called so.
    """
    before = match.first - 1 - (cell.low(match.first - 1) == ".")
    marked = cell.low(before) in _MARKERS or (before >= 0 and bool(cell.tokens[before].word.lemmas & _MARKER_LEMMAS))
    towns = candidates(gazetteer, (cell.flat(match.first, match.last),))[1] if marked else []
    own = match.concept.notation.partition("-")[0]
    return any(own in gazetteer.countries_of(town) or town.population >= _LARGE for town in towns)


@lru_cache(maxsize=200_000)
def candidates(gazetteer: Gazetteer, words: tuple[str, ...]) -> tuple[tuple[str, ...], list[Settlement]]:
    """Return the nominatives that words may have, and the settlements of these names."""
    names = nominatives(words)
    found = {(s.geonames, s.name, s.country): s for name in names for s in gazetteer.find(name)}
    own = max((s.population for s in found.values() if _bears(s, names)), default=0)
    # «Островец» as it stands is no genitive of Островцы.
    as_written = fold(" ".join(words))
    exact = [s for s in found.values() if fold(s.name) == as_written] if as_written[-1:] not in VOWELS else []
    if exact:
        return names, exact
    # «Петропавловском» is a large Петропавловск, not a smaller town that was once called Петропавловский.
    return names, [s for s in found.values() if s.population >= own or _bears(s, names)]


def _bears(town: Settlement, names: tuple[str, ...]) -> bool:
    """Tell whether one of some folded names is the one by which a town is shown."""
    return fold(town.name).replace("-", " ") in {name.replace("-", " ") for name in names}


_CACHE: dict[tuple[str, ...], tuple[str, ...]] = {}


def nominatives(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded nominative forms that a settlement's name in any case may have, likeliest first."""
    cached = _CACHE.get(words)
    if cached is None:
        options = [_forms(word) for word in words]
        names = [""]
        for forms in options:
            names = [f"{name} {form}".strip() for name in names for form in forms][:64]
        cached = _CACHE[words] = tuple(dict.fromkeys(names))
    return cached


def _forms(text: str) -> list[str]:
    known = word(text)
    low = known.low
    forms = [low] if known.has("nomn") or known.has("Fixd") else []
    for reading in sorted(known.readings, key=lambda r: "Geox" not in r.grammemes):
        if reading.pos in {"NOUN", "ADJF", "ADJS", "PRTF"}:
            # «Города Ханам» is no dative plural of Хан.
            if not _of_another_gender(reading) and not _plural_of_one(reading):
                forms.append(reading.lemma)
            if "plur" in reading.grammemes:
                forms.append(fold(inflect(text, reading.pos, "nomn", "plur")))
            if reading.pos == "ADJF" and {"femn", "neut"} & reading.grammemes:
                gender = "femn" if "femn" in reading.grammemes else "neut"
                forms.append(fold(inflect(text, "ADJF", "nomn", "sing", gender)))
    forms.append(low)
    forms.extend(_guesses(low))
    return list(dict.fromkeys(form for form in forms if form))


def _of_another_gender(reading: Reading) -> bool:
    """Tell whether an adjective cannot be a masculine name («Глубокое», «Великая»)."""
    told = reading.grammemes
    return reading.pos == "ADJF" and ("femn" in told or ("neut" in told and bool({"nomn", "accs"} & told)))


def _plural_of_one(reading: Reading) -> bool:
    """Tell whether a noun is a plural of people, whose dictionary form is one of them."""
    return reading.pos == "NOUN" and {"plur", "anim"} <= reading.grammemes


def _guesses(low: str) -> list[str]:
    """Endings that the dictionary may not know: Добруша → Добруш, Орше → Орша, Клинцов → Клинцы, Крагуевца → -вац."""
    if len(low) < 4:
        return []
    if fleeting := _FLEETING.search(low):
        return [f"{low[: fleeting.start()]}{fleeting[1]}а{fleeting[2]}", *_endings(low)]
    return _endings(low)


def _endings(low: str) -> list[str]:
    if low.endswith(("ом", "ем", "ой", "ей")):
        return [low[:-2], *(low[:-2] + ending for ending in "аьоя")]
    if low.endswith("ов"):
        return [low[:-2] + ending for ending in "ыи"]
    if low[-1] in "аяеуюыи":
        bare = [low[:-1]] if low[-2] not in VOWELS else []
        return [*bare, *(low[:-1] + ending for ending in "ьаояыий")]
    return []


def oblique(cell: CellText, index: int, settlement: Settlement) -> bool:
    """Tell whether a town of one word stands in another case than the nominative («Нячанга»)."""
    low = fold(cell.tokens[index].text)
    return all(fold(name) != low for name in settlement.names) and low[-1:] in "аяыи"


def spelling(settlement: Settlement, names: tuple[str, ...]) -> str:
    """Return the gazetteer's spelling of the name that the text used, with the text's hyphens («Нови-Сад»).

    A former name gives way to today's («Кировабад» is Гянджа).
    """
    folded = {fold(name).replace("-", " "): name for name in settlement.names}
    for name in sorted(names, key=lambda name: name.replace("-", " ") != fold(settlement.name).replace("-", " ")):
        known = folded.get(name.replace("-", " "))
        if known in settlement.former:
            return settlement.name
        if known is not None:
            return "".join(mark if mark in "- " else letter for mark, letter in zip(name, known, strict=True))
    return settlement.name


@lru_cache(maxsize=4)
def countries_of_regions(lexicon: Lexicon) -> dict[str, str]:
    """Return the country notation of each region notation, "" where the scheme names none."""
    countries = {c.iri: c.notation for c in lexicon.countries.values()}
    parents = {c.notation: c.extra.get(_PART_OF, []) for c in lexicon.concepts("region")}
    return {region: next((countries[iri] for iri in iris if iri in countries), "") for region, iris in parents.items()}


def part_of_land(cell: CellText, land: Match) -> Geo | None:
    """Return the region that a capitalised side and a country's name make («Восточный Азербайджан» is in Iran)."""
    side, noun = cell.tokens[max(0, land.first - 1) : land.first], cell.tokens[land.first]
    told = bool(side) and side[0].word.title and not side[0].word.lemmas.isdisjoint(SIDES)
    if not told or not agree(side[0].word, noun.word):
        return None
    if land.first > 1 and not cell.tokens[land.first - _TWO].word.lemmas.isdisjoint(_UNITS):
        return None  # «провинция Восточный Азербайджан» is read by the rule of units
    return Geo(land.first - 1, land.last, "region", f"{side_of(side[0], noun)} {land.concept.label}")


def side_of(adjective: Token, town: Token) -> str:
    """Return the adjective of a part of a town in the nominative («Восточное» of «Восточным Сараево»)."""
    gender = next((g for g in ("masc", "femn") if town.word.known and town.word.has("NOUN", g)), "neut")
    return inflect(adjective.text, "ADJF", "nomn", "sing", gender).capitalize()


def list_item(cell: CellText, index: int) -> bool:
    """Tell whether a word that no dictionary has is one item of a list («с городами Шеки, Ардебиль и Туркменбаши»)."""
    token = cell.tokens[index]
    unknown = not token.word.known and not token.word.upper and len(token.text) > _TWO
    after = cell.tokens[index + 1].text if index + 1 < len(cell.tokens) else "."
    return unknown and cell.low(index - 1) in _AND and (after in _ITEM_ENDS or after.lower() in _AND)


def name_ends(cell: CellText, at: int, taken: list[bool]) -> list[int]:
    """Return where a name that begins with a capital at ``at`` may end, the farthest first.

    It is of words that no other name has, the last one capitalised.
    """
    ends = []
    for index in range(at, min(at + _LONGEST_NAME, len(cell.tokens))):
        token = cell.tokens[index]
        if token.kind != "word" or taken[index]:
            break
        if token.word.title:
            ends.append(index + 1)
    return ends[::-1]


def of_its_town(cell: CellText, geo: Geo, behind: Geo | None) -> Geo:
    """Return a district with country and region of the town at once behind it («Свердловский район г. Бишкека»).

    What stands on another line is another heading.
    """
    within = geo.kind == "district" and behind is not None and behind.kind == "settlement" and behind.first == geo.last
    if not within or behind is None or not behind.marked or not behind.country:
        return geo
    if "\n" in cell.raw[cell.tokens[geo.last - 1].end : cell.tokens[behind.first].start]:
        return geo
    return replace(geo, country=behind.country, region=behind.region)
