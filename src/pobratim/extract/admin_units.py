"""Districts and foreign administrative units: told by a type word and an adjective, or by the name behind it."""

from collections.abc import Collection, Mapping, Set

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.person_ahead import person_ahead
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Telling, Token, tokenize
from pobratim.text.words import TOPONYMIC, inflect

_DISTRICTS = WORDS.of("district", "district-of-adjective")
_DISTRICT_ADJECTIVES = WORDS.of("municipal-adjective", "unit-adjective")
# Units that may have a name that is no adjective before the type word («Сэлэнгэ аймак»).
_NAMED_BEFORE = WORDS.of("unit-named-before")
# Units that have their name behind the type word; the value is the kind of place.
_UNITS = dict.fromkeys(WORDS.of("region-type"), "region") | dict.fromkeys(
    WORDS.of("district", "district-of-name"), "district"
)
_TOWNS, _SHORT_TOWNS = WORDS.of("settlement-type"), WORDS.of("settlement-abbreviation")
_OF_COUNTRY = WORDS.pairs("unit-of-country", "office-of-country")
_DASHES = {"-", "–", "—"}
_SHORT = WORDS.pairs("area-abbreviation")
_INITIALS = WORDS.pairs("unit-initials")
_CALLS_ITSELF = WORDS.of("municipality")
_STATES = WORDS.of("state-word")
_AND = WORDS.of("between-like")
_LONGEST = 3
_TWO = 2
_JOINS = {"CONJ", "PREP"}


def _of_lemmas(lemmas: Set[str]) -> Telling[frozenset[str]]:
    """Return which words have some of ``lemmas``, and which of them."""
    return Telling(lambda token: token.word.lemmas & lemmas or None)


_DISTRICT, _UNIT = _of_lemmas(_DISTRICTS | _CALLS_ITSELF), _of_lemmas(frozenset(_UNITS))
_CAPITALS = Telling(lambda token: _INITIALS.get(token.low) if token.word.upper else None)


def districts(cell: CellText) -> list[Geo]:
    """Return districts named by an adjective before the type word («Хиславичский район»)."""
    geos = [geo for index, unit in _CAPITALS.among(cell.tokens) if index and (geo := _by_initials(cell, index, unit))]
    for index, said in _DISTRICT.among(cell.tokens):
        if not (said & _DISTRICTS or _calls_itself(cell, index)):
            continue
        if several := _several(cell, index):
            geos.extend(several)
            continue
        first = index
        while first > 0 and cell.tokens[first - 1].word.lemmas & _DISTRICT_ADJECTIVES:
            first -= 1
        after = cell.tokens[index + 1] if index + 1 < len(cell.tokens) else None
        if after is not None and _named_behind(cell, index, after):
            name = district_name([after, *cell.tokens[first : index + 1]])
            geos.append(Geo(first, index + 2, "district", name[:1] + name[1:].lower()))
            continue
        if first == 0:
            continue
        before = cell.tokens[first - 1]
        common = before.word.known and not before.word.has("Geox")
        if (
            before.word.title
            and cell.tokens[index].word.lemmas & _NAMED_BEFORE
            and not (before.word.adjectival() or common)
        ):
            unit = cell.tokens[index].text
            name = f"{before.text} {inflect(unit, 'NOUN', 'nomn', 'sing') or unit}"
            geos.append(Geo(first - 1, index + 1, "district", name))
        if before.word.title and before.word.adjectival() and before.low[-2:] not in {"ых", "их"}:
            name = district_name(cell.tokens[first - 1 : index + 1])
            if name:
                geos.append(Geo(first - 1, index + 1, "district", name))
    return geos


def _by_initials(cell: CellText, index: int, unit: str) -> Geo | None:
    """Return the municipality that an adjective and capitals for ``unit`` name («Вяземский МО»), None for none."""
    if not _adjective_of_one(cell.tokens[index - 1]):
        return None
    name = district_name([cell.tokens[index - 1], *tokenize(unit)])
    return Geo(index - 1, index + 1, "district", name) if name else None


def _calls_itself(cell: CellText, index: int) -> bool:
    """Tell whether «образование» is a municipality's: behind an adjective of one («городское муниципальное …»)."""
    own = cell.tokens[index].word.lemmas & _CALLS_ITSELF
    return bool(own) and index > 0 and bool(cell.tokens[index - 1].word.lemmas & _DISTRICT_ADJECTIVES)


def _several(cell: CellText, index: int) -> list[Geo]:
    """Return the districts that share a type word in the plural («Алагирский и Дзауский районы»), [] if none do."""
    single = inflect(cell.tokens[index].text, "NOUN", "nomn", "sing")
    if not cell.tokens[index].word.has("NOUN", "plur") or not single:
        return []
    at = index - 1
    while at > 0 and cell.tokens[at].word.lemmas & _DISTRICT_ADJECTIVES:
        at -= 1
    named: list[int] = []
    while at >= 0 and _adjective_of_one(cell.tokens[at]):
        named.insert(0, at)
        if at < _TWO or cell.low(at - 1) not in _AND:
            break
        at -= _TWO
    if len(named) < _TWO:
        return []
    ends = [*(i + 1 for i in named[:-1]), index + 1]
    head = tokenize(single)[0]
    return [
        Geo(first, last, "district", district_name([cell.tokens[first], head]))
        for first, last in zip(named, ends, strict=True)
    ]


def _adjective_of_one(token: Token) -> bool:
    """Tell whether a capitalised adjective is of a place and in the singular."""
    word = token.word
    toponym = word.title and word.adjectival() and any(lemma.endswith(TOPONYMIC) for lemma in word.lemmas)
    return toponym and word.has("ADJF", "sing")


def _named_behind(cell: CellText, index: int, after: Token) -> bool:
    """Tell whether a district's adjective stands behind the type word («муниципальный район Камышлинский»)."""
    word = after.word
    toponym = word.title and word.adjectival() and any(lemma.endswith(TOPONYMIC) for lemma in word.lemmas)
    known = index > 0 and cell.tokens[index - 1].word.title and index > 1
    behind = cell.tokens[index + 2] if index + 2 < len(cell.tokens) else None
    described = behind is not None and behind.kind == "word" and agree(word, behind.word)
    return toponym and not known and not described and (word.has("nomn") or agree(word, cell.tokens[index].word))


def units(cell: CellText, known: list[Geo]) -> list[Geo]:
    """Return units with the name behind the type word («провинция Хатай»), where ``known`` holds none.

    One capitalised word that is a country's name is the country («провинции Китая»), several words are the unit's.
    """
    taken = {index for geo in known if geo.kind == "region" for index in range(geo.first, geo.last)}
    countries = {geo.first: geo.last for geo in known if geo.kind == "country"}
    others = {geo.first for geo in known if geo.kind == "region" or cell.low(geo.first) in _STATES}
    geos = []
    for index, said in _UNIT.among(cell.tokens):
        if not UNIT.verdict(cell, index, taken, others):
            continue
        if person_ahead(cell, index + 2):
            others = others | {index + 2}
        last = min(_unit_end(cell, index + 1), next((i for i in sorted(others) if i > index + 1), len(cell.tokens)))
        if not NAMED_UNIT.verdict(cell, index + 1, last, countries):
            continue
        unit = cell.tokens[index].text
        words = [inflect(unit, "NOUN", "nomn", "sing") or unit, cell.flat(index + 1, last)]
        geos.append(Geo(index, last, _UNITS[min(said)], " ".join(words)))
    return geos


def _capital(cell: CellText, index: int, _taken: Collection[int], _others: Collection[int]) -> bool:
    """«Земля» at the beginning of a sentence, or in a name."""
    return cell.tokens[index].word.title


def _within_a_region(_cell: CellText, index: int, taken: Collection[int], _others: Collection[int]) -> bool:
    """«Провинция» of a region that the lexicon has."""
    return index in taken


def _several_units(cell: CellText, index: int, _taken: Collection[int], _others: Collection[int]) -> bool:
    """«Представители провинций Китая»."""
    return cell.tokens[index].word.has("plur", "gent")


def _before_a_quotation(cell: CellText, index: int, _taken: Collection[int], _others: Collection[int]) -> bool:
    """«Община «Мост»»."""
    return cell.quote_at(index + 1) is not None


def _before_a_region(_cell: CellText, index: int, _taken: Collection[int], others: Collection[int]) -> bool:
    """«Районы Витебской области», «провинции Республики Куба»."""
    return index + 1 in others


def _behind_its_adjective(cell: CellText, index: int, _taken: Collection[int], _others: Collection[int]) -> bool:
    """«Гагаринский район», «Гагаринский муниципальный район» are read by the rule of districts."""
    while index > 0 and cell.tokens[index - 1].word.lemmas & _DISTRICT_ADJECTIVES:
        index -= 1
    before = cell.tokens[index - 1].word if index else None
    return before is not None and before.title and before.adjectival()


def _before_a_person(cell: CellText, index: int, _taken: Collection[int], _others: Collection[int]) -> bool:
    """«Глава района Иван Петров», but not «губернатор провинции Хатай Мехмет Айдын»."""
    return person_ahead(cell, index + 1) and not person_ahead(cell, index + 2)


UNIT: DecisionTable[[CellText, int, Collection[int], Collection[int]], bool] = DecisionTable(
    Rule(_capital, False),
    Rule(_within_a_region, False),
    Rule(_several_units, False),
    Rule(_before_a_quotation, False),
    Rule(_before_a_region, False),
    Rule(_behind_its_adjective, False),
    Rule(_before_a_person, False),
    otherwise=True,
    reason="unit",
)
"""Whether a type word may have its name behind it: by the tokens of known regions, and those that begin others."""


def _adjective_of_a_noun(cell: CellText, first: int, last: int, _countries: Mapping[int, int]) -> bool:
    """«Община Волжского завода», but not «район Даоли города Харбина»: there its town follows the name."""
    return last > first and describes(cell, last - 1) and not _is_town_word(cell, last)


def _is_town_word(cell: CellText, index: int) -> bool:
    """Tell whether a type word of settlements with a name behind it stands at ``index``."""
    if index + 1 >= len(cell.tokens) or cell.tokens[index].word.lemmas.isdisjoint(_TOWNS):
        return cell.low(index) in _SHORT_TOWNS
    return cell.tokens[index + 1].word.title


def _unnamed(_cell: CellText, first: int, last: int, _countries: Mapping[int, int]) -> bool:
    """«Провинция, в которой …»."""
    return last == first


def _country(_cell: CellText, first: int, last: int, countries: Mapping[int, int]) -> bool:
    """«Провинции Китая»."""
    return countries.get(first) == last


NAMED_UNIT: DecisionTable[[CellText, int, int, Mapping[int, int]], bool] = DecisionTable(
    Rule(_adjective_of_a_noun, False),
    Rule(_unnamed, False),
    Rule(_country, False),
    otherwise=True,
    reason="named-unit",
)
"""Whether tokens behind a type word are its name; countries are given by first token and end."""


def describes(cell: CellText, index: int) -> bool:
    """Tell whether a word is an adjective of the lower-case noun behind it («Волжского моторного завода»).

    A join or preposition is no noun, though the dictionary has letters as nouns («между Минском и Самарой»).
    """
    if index + 1 >= len(cell.tokens) or not cell.tokens[index].word.adjectival():
        return False
    after = cell.tokens[index + 1]
    if after.kind != "word" or after.word.title or (after.word.readings and after.word.readings[0].pos in _JOINS):
        return False
    return agree(cell.tokens[index].word, after.word)


def _unit_end(cell: CellText, index: int) -> int:
    """Return the index behind the capitalised words at ``index``, of which dashes may join two."""
    end = index
    while end < len(cell.tokens) and end - index < _LONGEST and cell.tokens[end].kind == "word":
        initial = len(cell.tokens[end].text) == 1 and cell.low(end + 1) == "."
        if initial or not cell.tokens[end].word.title or (end > index and not cell.tokens[end - 1].word.adjectival()):
            break
        end += 1
        if end + 1 < len(cell.tokens) and cell.low(end) in _DASHES and cell.tokens[end + 1].word.title:
            return end + 2
    return end


def district_name(tokens: list[Token]) -> str:
    """Return «Хиславичский район» in the nominative."""
    head = tokens[-1]
    if head.low in _SHORT:
        head = tokenize(_SHORT[head.low])[0]
        if not head.word.known:  # a word that no dictionary has is masculine as most such are («повят»)
            words = [inflect(t.text, "ADJF", "nomn", "sing", "masc") or t.text for t in tokens[:-1]]
            return " ".join([*words, head.text])
    noun = next((r for r in head.word.readings if r.pos == "NOUN"), None)
    if noun is None or ("plur" in noun.grammemes and not any("sing" in r.grammemes for r in head.word.readings)):
        return ""
    gender = next((g for g in ("masc", "femn", "neut") if g in noun.grammemes), "masc")
    words = [inflect(t.text, "ADJF", "nomn", "sing", gender) or t.text for t in tokens[:-1]]
    return " ".join([*words, inflect(head.text, "NOUN", "nomn", "sing") or head.text])


def country_of_unit(cell: CellText, geo: Geo) -> str:
    """Return the country that alone has such units or heads of them («повят», «аким … района»), "" for others."""
    around = cell.tokens[max(0, geo.first - 1) : geo.first + 1] + cell.tokens[geo.last - 1 : geo.last]
    lemmas = {lemma for token in around for lemma in token.word.lemmas}
    return next((country for word, country in _OF_COUNTRY.items() if word in lemmas), "")
