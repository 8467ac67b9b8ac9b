"""Whether a capitalised word without a type word («г.», «город») is a settlement: it may be a person or anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.extract.admin_units import describes
from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.person_ahead import family_first, given_name, person_ahead, two_titled
from pobratim.extract.person_names import abbreviation
from pobratim.extract.place_names import oblique
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.gazetteer import Settlement
from pobratim.lexicon.lexicon import LEX
from pobratim.lexicon.matcher import Matcher
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import Word

_HONOUR = WORDS.of("honour")
_SHORTEST_NAME = 4
_LONGEST_INITIALS = 5
_SMALLEST_AT_HOME = 1_000
"""Least population of a town at home that is told by nothing but its capital."""
_TOLD_BY_ITSELF = 10_000
"""Least population of a town abroad that is told by nothing but its capital; small ones are namesakes of much else."""


@dataclass(slots=True, eq=False)
class Unmarked:
    """Tokens ``first`` to ``last`` of a cell that spell the known town ``town``.

    ``told`` means that its country or region stands beside it, ``at_home`` that it is of the home country,
    ``landscape`` that a river or land is called so, too. ``starts`` are the places of the cell by their first token;
    ``posts`` matches offices.
    """

    cell: CellText
    first: int
    last: int
    town: Settlement
    told: bool
    at_home: bool
    landscape: bool
    starts: Mapping[int, Geo]
    posts: Matcher

    @property
    def token(self) -> Token:
        """Return the first word."""
        return self.cell.tokens[self.first]

    @property
    def single(self) -> bool:
        """Tell whether it is one word."""
        return self.last - self.first == 1

    @property
    def behind(self) -> Word | None:
        """Return the word behind it."""
        return self.cell.tokens[self.last].word if self.last < len(self.cell.tokens) else None


def ruled(cell: CellText, index: int, posts: Matcher) -> bool:
    """Tell whether a post ends at ``index``, whose territory then follows («мэр Цхинвала …»)."""
    return any(
        m.last == index and "true" in m.concept.extra.get(LEX + "territorial", ())
        for start in range(max(0, index - 3), index)
        for m in posts.at(cell.tokens, start)
    )


def _part_of_a_longer_name(word: Unmarked) -> bool:
    """«Владимир Мономах», unless what goes on is a person: «мэр Йоэнсуу Кари …»."""
    return _goes_on(word.cell, word.last, word.starts) and not _before_person(word)


def _goes_on(cell: CellText, index: int, starts: Mapping[int, Geo]) -> bool:
    """Tell whether another capitalised word, no first name, follows at once: both are a name of something else."""
    if index >= len(cell.tokens) or index in starts:
        return False
    token = cell.tokens[index]
    return token.kind == "word" and token.word.title and not (token.word.upper or token.word.has("Name"))


def _before_person(word: Unmarked) -> bool:
    """Tell whether what follows is a person: by its own words («палаты Ираклиона Манолис Алифьеракис»), behind a post
    that ends before the town («мэр Йоэнсуу Кари …»), or by the town's case («комитета Нячанга Нгуен …»)."""
    if oblique(word.cell, word.last - 1, word.town) and two_titled(word.cell, word.last):
        return True
    return person_ahead(word.cell, word.last) or ruled(word.cell, word.first, word.posts)


def _adjective_of_a_noun(word: Unmarked) -> bool:
    """«Волжского моторного завода»."""
    return describes(word.cell, word.last - 1)


def _too_short(word: Unmarked) -> bool:
    """«Ош», «Рио»: of so few letters much else may be meant, unless a large town is all that a place is told by."""
    return not word.told and len(word.token.text) < _SHORTEST_NAME and not _set_off_in_the_place_column(word)


def _set_off_in_the_place_column(word: Unmarked) -> bool:
    """«Уфа, Конгресс-холл»: a town of some size begins a place and a mark or nothing follows it."""
    ends = word.last == len(word.cell.tokens) or word.cell.tokens[word.last].kind == "mark"
    large = word.town.population >= _TOLD_BY_ITSELF
    return word.cell.column == "place" and word.first == 0 and ends and large


def _river_or_land(word: Unmarked) -> bool:
    """«Дон», «Урал»."""
    return not word.told and word.landscape


def _ruled_by_a_person(word: Unmarked) -> bool:
    """«Мэр Цхинвала Алан Алборов»: a post before it, two names behind it."""
    return (
        word.single
        and oblique(word.cell, word.first, word.town)
        and two_titled(word.cell, word.last)
        and ruled(word.cell, word.first, word.posts)
    )


def _ruled_beside_its_country(word: Unmarked) -> bool:
    """«Мэр Яловы (Турция)»: behind a post, its country beside it, whatever word it is else."""
    return word.told and word.single and not word.at_home and ruled(word.cell, word.first, word.posts)


def _adjective_of_initials(word: Unmarked) -> bool:
    """«Кубанский ГАУ»."""
    return word.single and word.token.word.adjectival() and word.behind is not None and word.behind.upper


def _common_word(word: Unmarked) -> bool:
    """«Радость», «Орёл» in a sentence: the dictionary knows it as no place."""
    return word.single and _common(word) and word.cell.column != "place"


def _common_word_abroad(word: Unmarked) -> bool:
    """«Победа» in the place column means the town at home only, unless its country stands beside it."""
    return word.single and _common(word) and not word.at_home and not word.told


def _common(word: Unmarked) -> bool:
    return word.token.word.known and not word.token.word.has("Geox")


def _last_name(word: Unmarked) -> bool:
    """«Киров»: a surname, and no place to the dictionary; of what it does not know it only guesses («Шымкентом»)."""
    told = word.token.word.known or word.town.population < _TOLD_BY_ITSELF
    return told and word.single and word.token.word.has("Surn") and not word.token.word.has("Geox")


def _honoured(word: Unmarked) -> bool:
    """«Имени Пушкина», «им. Горького», «А.С. Пушкин»: initials or «имени» stand before a person's name."""
    if not word.single:
        return False
    cell, index = word.cell, word.first
    at = index - 1
    while at > 0 and cell.low(at) == "." and len(cell.tokens[at - 1].text) == 1 and cell.tokens[at - 1].word.title:
        at -= 2
    short = cell.low(at) == "." and cell.low(at - 1) == "им"
    return at < index - 1 or cell.low(at) in _HONOUR or short


def _behind_a_first_name(word: Unmarked) -> bool:
    """«Анна Рига», «Мехметом Айдыном»: a name goes before, known or one that no dictionary has."""
    if not word.single or not word.first:
        return False
    before = word.cell.tokens[word.first - 1]
    if not before.word.title:
        return False
    unknown = before.kind == "word" and not before.word.upper and not before.word.known
    return before.word.has("Name") or family_first(before.word) or given_name(before.word) or unknown


def _before_a_last_name(word: Unmarked) -> bool:
    """«Владимир Петров»: a first name that is a town's name as well."""
    return word.single and word.behind is not None and word.behind.title and word.token.word.has("Name")


def _before_a_first_name(word: Unmarked) -> bool:
    """«Иванова Мария», «Иванова М.»: a surname that is a town's name as well."""
    after = word.behind
    if not word.single or after is None or not after.title:
        return False
    return word.token.word.has("Surn") and (after.has("Name") or len(after.text) == 1)


def _quoted_or_numbered(word: Unmarked) -> bool:
    """«Клуб «Минск», «№ Орёл»."""
    return word.first > 0 and word.cell.low(word.first - 1) in {"№", "«", '"'}


def _initials(word: Unmarked) -> bool:
    """«УФА» is a firm's initials as well as a town, «СМОЛЕНСК» is not; «УрФУ» is not Urfa."""
    upper = word.token.word.upper
    return len(word.token.text) <= _LONGEST_INITIALS if upper else abbreviation(word.token)


def _begins_a_sentence(word: Unmarked) -> bool:
    """«Победа досталась …»: here the capital says nothing."""
    if word.told or not word.single or word.token.word.has("Geox"):
        return False
    return word.first == 0 or word.cell.low(word.first - 1) in {".", '"', "«"}


def _small_at_home(word: Unmarked) -> bool:
    """A hamlet of the home country is named with its type word («д. Рудня»)."""
    return word.at_home and word.town.population < _SMALLEST_AT_HOME


def _at_home(word: Unmarked) -> bool:
    """«Гагарин» in a report of Russia."""
    return word.at_home


def _country_beside(word: Unmarked) -> bool:
    """«Несвиж (Беларусь)»."""
    return word.told


def _in_the_place_column(word: Unmarked) -> bool:
    """«Рамсар» where the event took place."""
    return word.cell.column == "place"


def _large_abroad(word: Unmarked) -> bool:
    """«Париж»."""
    return word.town.population >= _TOLD_BY_ITSELF


UNMARKED: DecisionTable[[Unmarked], bool] = DecisionTable(
    Rule(_part_of_a_longer_name, False),
    Rule(_adjective_of_a_noun, False),
    Rule(_too_short, False),
    Rule(_river_or_land, False),
    Rule(_ruled_by_a_person, True),
    Rule(_ruled_beside_its_country, True),
    Rule(_adjective_of_initials, False),
    Rule(_common_word, False),
    Rule(_common_word_abroad, False),
    Rule(_last_name, False),
    Rule(_honoured, False),
    Rule(_behind_a_first_name, False),
    Rule(_before_a_last_name, False),
    Rule(_before_a_first_name, False),
    Rule(_quoted_or_numbered, False),
    Rule(_initials, False),
    Rule(_begins_a_sentence, False),
    Rule(_small_at_home, False),
    Rule(_at_home, True),
    Rule(_country_beside, True),
    Rule(_in_the_place_column, True),
    Rule(_large_abroad, True),
    otherwise=False,
    reason="small-abroad",
)
"""What else a word may be comes first, then where and how large the town is."""
