"""Which class a person has in a row: public office, head of an institution, private, by the post and what it leads.

The class belongs to the part that a person takes in this row, never to a name. A decision table: the first line that
holds decides, and its reason is a concept of ontology/person-classes.ttl. Whatever no line is sure of is private.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.office_phrase import OWNERS, Body, Sort, bodies, says
from pobratim.extract.remembered import in_memory
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.record import PersonClass
from pobratim.text.tokens import Token
from pobratim.text.words import Word

_TERRITORY = WORDS.of("office-of-territory")
_IN_CHARGE = WORDS.stems("in-charge")
_LEADING = WORDS.of("office-leading")
_AREA = WORDS.of("office-of-area")
_PUBLIC = WORDS.of("office-word")
_ENVOY, _SENT = WORDS.of("office-envoy"), WORDS.of("office-plenipotentiary")
_POWERS = WORDS.of("envoy-adjective")
_LOWER = WORDS.of("office-lower")
_SEAT = WORDS.of("office-seat")
_HEAD, _CHIEF, _ABBOT = WORDS.of("office-of-head"), WORDS.of("office-of-chief"), WORDS.of("office-of-abbot")
_DEPUTY = WORDS.of("office-rank", "deputy-abbreviation")
_ACTING = WORDS.of("acting")
_PART, _WHOLE = WORDS.of("office-of-part"), WORDS.of("office-of-whole")
_SCHOOL, _YOUTH = WORDS.of("kept-by-a-school"), WORDS.of("minors")
_MINOR, _MINORS = WORDS.of("minor"), WORDS.stems("minor")
_GOVERNMENT = WORDS.of("self-government")
_RANKS = _LEADING | _AREA | _PUBLIC | _ENVOY | _SENT | _LOWER | _SEAT | _HEAD | _CHIEF | _ABBOT
_PLACES = frozenset({"territory", "area"})
_INSTITUTIONS = frozenset({"whole", "school", "society", "club", "title", "initials"})


Span = tuple[int, int]
_NOTHING: Span = (0, 0)
_ORDER: tuple[PersonClass, ...] = ("office", "head", "private", "honoured")
_OF_MINORS = {"minor", "self-government-of-minors"}
_OF_AGE = 18
_YEARS = WORDS.of("childs-years")


class Classed(NamedTuple):
    """A person's class in a row, and the rule that told it."""

    person_class: PersonClass
    rule: str


@dataclass(frozen=True, slots=True, eq=False)
class Office:
    """The words of one post: its own word is ``tokens[at]`` (-1: none is known), ``named`` what stands behind it.

    ``first`` is where the post begins, ``before`` the words of what or whom it is of, where those stand before it: they
    tell what is named where the post itself names nothing. ``is_served`` tells that another's post is of this one.
    """

    cell: CellText
    first: int
    at: int
    last: int
    before: Span
    named: Sequence[Body]
    lexicon: Lexicon
    placed: Mapping[int, int]
    is_served: bool = False

    def called(self, words: frozenset[str]) -> bool:
        """Tell whether the post's own word is one of a class."""
        return self.at >= 0 and says(self.cell.tokens[self.at].word, words)

    def described(self, words: frozenset[str]) -> bool:
        """Tell whether a word before the post's own one is of a class."""
        return self.at >= 0 and any(says(token.word, words) for token in self.cell.tokens[self.first : self.at])

    @property
    def leads(self) -> bool:
        """Tell whether the post's word is one of leading something."""
        in_charge = self.at >= 0 and self.cell.low(self.at).startswith(_IN_CHARGE)
        return in_charge or self.called(_LEADING)

    @property
    def led(self) -> Sequence[Body]:
        """Return what is named, without what a deputy is concerned with: of whom he is one says more."""
        concerned = bool(self.named) and self.named[0].sort == "concern" and self.described(_DEPUTY)
        return self.named[1:] if concerned else self.named

    @property
    def body(self) -> Sort | None:
        """Return what is led first."""
        return next((body.sort for body in self.led), None)

    def owner(self, *, skip: int = 0) -> Sort | None:
        """Return the first that may be an owner, behind ``skip`` of what is led."""
        return next((body.sort for body in self.led[skip:] if body.sort in OWNERS), None)


def office(cell: CellText, span: Span, before: Span, placed: Mapping[int, int], lexicon: Lexicon) -> Office:
    """Return the post at ``tokens[span]``; ``before`` are the words of what it is of, where it names nothing itself."""
    first, last = span
    at = _own_word(cell, span)
    named = bodies(cell, at + 1 if at >= 0 else first, last, placed, lexicon)
    if not named:
        named = bodies(cell, max(before[0], _own_word(cell, before) + 1), before[1], placed, lexicon)
    return Office(cell, first, at, last, before, named, lexicon, placed)


def _own_word(cell: CellText, span: Span) -> int:
    """Return where a post's own word stands, -1 if nowhere: its first noun, but «заместитель» only with none behind.

    «Лауреат премии губернатора» is no governor.
    """
    deputy = -1
    for index in range(*span):
        own = _is_own(cell, index)
        if own and not says(cell.tokens[index].word, _DEPUTY):
            return index
        if own:
            deputy = index
        elif _further_noun(cell.tokens[index]):
            break
    return deputy


def _further_noun(token: Token) -> bool:
    """Tell whether a word is a noun that is neither a word of rank nor part of an abbreviation («и.о.»)."""
    word = token.word
    return len(token.text) > 1 and word.has("NOUN") and not word.adjectival() and not says(word, _DEPUTY | _ACTING)


def _is_own(cell: CellText, index: int) -> bool:
    return says(cell.tokens[index].word, _RANKS) or cell.low(index).startswith(_IN_CHARGE)


def classed(
    cell: CellText, posts: Sequence[Span], before: Span, name_end: int, placed: Mapping[int, int], lexicon: Lexicon
) -> Classed:
    """Return the class of one who holds some posts (``NO_POST`` for none), his name ending at ``tokens[name_end]``."""
    if _child(cell, name_end):
        return Classed("private", "minor")
    if posts and in_memory(cell, posts[0][0]):
        return Classed("honoured", "remembered")
    return most_public(class_of(office(cell, _served(cell, span), before, placed, lexicon)) for span in posts)


def _served(cell: CellText, span: Span) -> Span:
    """Return a post with the one before it whose holder serves it («пресс-секретарь мэра»)."""
    serves = span[0] > 0 and says(cell.tokens[span[0] - 1].word, _LOWER)
    return span[0] - serves, span[1]


def most_public(found: Iterable[Classed]) -> Classed:
    """Return the most public of a person's classes in one row, but a minor's where one is told to be a minor."""
    return min(found, key=lambda one: (one.rule not in _OF_MINORS, _ORDER.index(one.person_class)), default=NO_POST)


def _child(cell: CellText, index: int) -> bool:
    """Tell whether the age of a minor stands behind a name: «, 12 лет», «(12 лет)»."""
    mark, number, years = (cell.low(i) for i in range(index, index + 3))
    return mark in {",", "("} and number.isdecimal() and int(number) < _OF_AGE and years in _YEARS


def class_of(one: Office) -> Classed:
    """Return the class of one who holds a post, with the rule that tells it."""
    rule = CLASSES.decide(one)
    return Classed(rule.verdict, rule.reason)


# Minors and those of whom nothing is known


def _minor(one: Office) -> bool:
    """«Ученик», «воспитанница», «староста класса»."""
    words = (token.word for token in one.cell.tokens[one.first : one.last])
    head = next((word for word in words if word.has("NOUN") or word.has("PRTF")), None)
    return head is not None and (says(head, _MINOR) or head.low.startswith(_MINORS))


def _self_government_of_minors(one: Office) -> bool:
    """«Председатель школьного совета», «председатель совета старшеклассников», «президент гимназии»."""
    return any(_of_minors(one, index) for index in range(one.first, one.last))


def _of_minors(one: Office, index: int) -> bool:
    tokens = one.cell.tokens
    if not says(tokens[index].word, _GOVERNMENT):
        return False
    adjectives = takewhile(lambda i: tokens[i].word.adjectival(), range(index - 1, -1, -1))
    if any(says(tokens[i].word, _YOUTH) for i in adjectives):
        return True
    behind = tokens[index + 1].word if index + 1 < one.last else None
    pupils = behind is not None and (says(behind, _MINOR) or behind.low.startswith(_MINORS))
    return pupils or (index == one.at and one.body == "school" and not one.described(_DEPUTY) and _school_office(one))


def _school_office(one: Office) -> bool:
    """Tell whether a post at a school is one of a game of government («мэр школы»): a university has presidents."""
    kind = one.led[0].kind
    above = {concept.local for concept in one.lexicon.broader(kind)} if kind is not None else set()
    return "university" not in above


def _office_of_somebody_else(one: Office) -> bool:
    """«Супруга мэра», «дублёр главы города Анна Ли»: the post before the name is not this person's."""
    if one.is_served or not _genitive(one.cell.tokens[one.first].word):
        return False
    before = one.cell.tokens[one.first - 1] if one.first else None
    somebodys = before is not None and before.kind == "word" and not before.word.title
    kin = somebodys and before is not None and before.word.has("NOUN", "anim")
    behind = one.cell.tokens[one.last].word if one.last < len(one.cell.tokens) else None
    return kin or (behind is not None and behind.has("Name", "nomn") and not behind.has("gent"))


def _genitive(word: Word) -> bool:
    return word.has("NOUN", "gent", "sing") and not word.has("NOUN", "nomn", "sing")


def _sole_trader(one: Office) -> bool:
    """«Глава КФХ»."""
    return one.body == "sole"


def _group(one: Office) -> bool:
    """«Глава делегации», «руководитель ансамбля»."""
    return one.leads and one.body == "group"


# Public office


def _seat_in_a_body(one: Office) -> bool:
    """«Член Совета депутатов»."""
    return one.called(_SEAT) and (one.body == "power" or (one.body == "unit" and one.owner() == "power"))


def _public_by_its_word(one: Office) -> bool:
    """«Мэр», «заместитель акима», «консул»."""
    return one.called(_PUBLIC)


def _envoy(one: Office) -> bool:
    """«Посол Сербии», «торговый представитель Татарстана», but not «посол доброй воли»."""
    empowered, sent = one.described(_POWERS), one.body in _PLACES or one.owner() == "power"
    return (one.called(_ENVOY) and (empowered or sent)) or (one.called(_SENT) and empowered and sent)


def _official_of_an_authority(one: Office) -> bool:
    """«Специалист отдела администрации», «советник мэра»."""
    of_unit = one.body == "unit" and one.owner() in {"power", *_PLACES}
    served = one.body == "power" or of_unit
    return (one.called(_LOWER) and served) or (one.called(_LOWER | _DEPUTY) and _of_an_official(one))


def _of_an_official(one: Office) -> bool:
    """Tell whether a further post is told whose holder is served («помощник главы города», «её помощник»)."""
    behind = (one.at + 1, one.last)
    served = next((span for span in (behind, one.before) if _own_word(one.cell, span) >= 0), None)
    if served is None:
        return False
    first = _own_word(one.cell, served)
    holder = office(one.cell, (first, served[1]), _NOTHING, one.placed, one.lexicon)
    return class_of(replace(holder, is_served=True)).person_class == "office"


def _leads_an_authority(one: Office) -> bool:
    """«Глава администрации», «председатель Совета депутатов»."""
    return one.leads and one.body == "power"


def _leads_a_unit_of_an_authority(one: Office) -> bool:
    """«Директор департамента администрации», «председатель комитета Пскова»."""
    return one.leads and one.body == "unit" and one.owner() in {"power", *_PLACES}


def _leads_initials_of_an_authority(one: Office) -> bool:
    """«Начальник УГХ администрации»."""
    return one.called(_AREA) and one.body == "initials" and one.owner(skip=1) == "power"


def _leads_a_territory(one: Office) -> bool:
    """«Глава Пскова», «президент Лодзи», «начальник уезда»."""
    return (one.called(_TERRITORY) and one.body in _PLACES) or (one.called(_AREA) and one.body == "area")


# Heads of institutions


def _part_of_the_work(one: Office) -> bool:
    """«Технический директор», «директор по закупкам», «директор школы по воспитательной работе»."""
    concerned = one.body == "concern" or [body.sort for body in one.named[:2]] == ["school", "concern"]
    return one.leads and (one.described(_PART) or (concerned and not one.described(_DEPUTY)))


def _unit_of_an_institution(one: Office) -> bool:
    """«Заведующая отделом библиотеки»."""
    return one.leads and one.body == "unit"


def _part_of_a_school(one: Office) -> bool:
    """«Руководитель школьного музея», «директор музея гимназии»."""
    stop = one.led[0].last if one.led else one.last
    words = (token.word for token in one.cell.tokens[max(one.at, 0) : stop])
    within = one.body in {"whole", "school", "club"} and any(body.sort == "school" for body in one.led[1:])
    return one.leads and (any(says(word, _SCHOOL) for word in words) or within)


def _leader_of_a_club(one: Office) -> bool:
    """«Руководитель клуба»: of a palace of culture, as a rule."""
    return one.body == "club" and not one.called(_TERRITORY) and not one.described(_WHOLE)


def _head_of_a_branch(one: Office) -> bool:
    """«Директор филиала палаты»."""
    in_charge = one.cell.low(one.at).startswith(_IN_CHARGE)
    return one.leads and one.body == "branch" and not in_charge and one.owner() in _INSTITUTIONS


def _head_by_the_word(one: Office) -> bool:
    """«Ректор», «митрополит»."""
    return one.called(_HEAD)


def _chief_of_all(one: Office) -> bool:
    """«Главный врач», «генеральный директор»."""
    return (one.called(_CHIEF) or one.leads) and one.described(_WHOLE)


def _abbot(one: Office) -> bool:
    """«Настоятель монастыря»."""
    kinds = {body.kind.local for body in one.named if body.kind is not None}
    return one.called(_ABBOT) and "monastery" in kinds


def _leads_an_institution(one: Office) -> bool:
    """«Директор школы», «председатель общества»."""
    named = one.body in _INSTITUTIONS or (one.body == "name" and not one.called(_TERRITORY))
    return one.leads and named


CLASSES: DecisionTable[[Office], PersonClass] = DecisionTable(
    Rule(_minor, "private"),
    Rule(_self_government_of_minors, "private"),
    Rule(_office_of_somebody_else, "private"),
    Rule(_sole_trader, "private"),
    Rule(_group, "private"),
    Rule(_seat_in_a_body, "office"),
    Rule(_public_by_its_word, "office"),
    Rule(_envoy, "office"),
    Rule(_official_of_an_authority, "office"),
    Rule(_leads_an_authority, "office"),
    Rule(_leads_a_unit_of_an_authority, "office"),
    Rule(_leads_initials_of_an_authority, "office"),
    Rule(_leads_a_territory, "office"),
    Rule(_part_of_the_work, "private"),
    Rule(_unit_of_an_institution, "private"),
    Rule(_part_of_a_school, "private"),
    Rule(_leader_of_a_club, "private"),
    Rule(_head_of_a_branch, "head"),
    Rule(_head_by_the_word, "head"),
    Rule(_chief_of_all, "head"),
    Rule(_abbot, "head"),
    Rule(_leads_an_institution, "head"),
    otherwise="private",
    reason="no-public-post",
)
"""The class of one who holds a post: minors first, then public office, then heads; every doubt is private."""

NO_POST = Classed("private", "no-post")
"""Without a post of his own in this row nobody is lifted."""
