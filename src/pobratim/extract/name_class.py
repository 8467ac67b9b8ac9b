"""Which class the bearer of a name has that stands in a cell of a record, whether or not a person was made of it.

It is asked when a row has been read, of the record alone: ``class_of_name`` for any stretch of a cell that is a name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import categories
from pobratim.extract.organisations.anchors import flag as _flag
from pobratim.extract.person_class import NO_POST, Classed, classed
from pobratim.extract.remembered import named_after, part_of_name, spoken_of, verbal
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.foreign_words import foreign_words
from pobratim.lexicon.lexicon import LEX, lexicon
from pobratim.lexicon.words import WORDS
from pobratim.record import Institution, Part, Person, Record
from pobratim.text.tokens import Token
from pobratim.text.words import fold

_JOINING = WORDS.of("between-like")
_ITEM_ENDS = {".", ";", "!", "?", "…", ":", ",", "(", ")"}
_ENDING, _SHORTEST = 3, 2
"""Letters that may be the ending of a name, and those that must be its stem."""
_STEM = 5
"""So many letters tell a place in any case."""
_MARKS = frozenset('«„“"')
_COMPANY = "company"


@dataclass(frozen=True, eq=False)
class Asked:
    """A name at ``tokens[first:last]`` of a cell of a record."""

    record: Record
    cell: CellText
    first: int
    last: int

    @property
    def tokens(self) -> list[Token]:
        """Return the words of the name and its marks."""
        return self.cell.tokens[self.first : self.last]

    @property
    def start(self) -> int:
        """Return where the name begins in the cell."""
        return self.cell.tokens[self.first].start

    @property
    def end(self) -> int:
        """Return where the name ends in the cell."""
        return self.cell.tokens[self.last - 1].end

    @cached_property
    def words(self) -> list[str]:
        """Return the words of the name in lower case, initials too."""
        return [token.low for token in self.tokens if token.kind == "word"]

    @property
    def is_given_name(self) -> bool:
        """Tell whether a given name stands alone: many in a row may bear it."""
        words = [token.word for token in self.tokens if token.kind == "word"]
        return len(words) == 1 and words[0].has("Name") and not words[0].has("Surn")

    @cached_property
    def institutions(self) -> list[Institution]:
        """Return the organisations within whose phrases the name stands, and which say more than it."""
        return [self.record.institutions[number] for number in self._covering("institutions")]

    @cached_property
    def person(self) -> Person | None:
        """Return the person of the row who bears the name: the one read here, else one so called elsewhere in it."""
        read_here = [self.record.people[number] for number in self._covering("people")]
        people = [*read_here, *([] if self.is_given_name else self.record.people)]
        return next((one for one in people if one.name and one_name(self.words, _parted(one.name))), None)

    def _covering(self, field: str) -> Iterator[int]:
        for one in self.record.evidence:
            _, name, number, *_ = (*one.value.split("/"), "", "")
            covers = one.column == self.cell.column and one.start <= self.start and self.end <= one.end
            if name == field and covers and number.isdecimal() and (field == "people" or one.exact != self.text):
                yield int(number)

    @property
    def text(self) -> str:
        """Return the name as it is written."""
        return self.cell.raw[self.start : self.end]


def class_of_name(record: Record, column: str, start: int, end: int) -> Classed:
    """Return the class of whose name is ``cells[column][start:end]``, with the rule that told it.

    A name of which nothing is known is private. Raises KeyError for a column that the row has not, ValueError for a
    stretch without a word.
    """
    cell = _cell(column, record.cells[column])
    inside = [i for i, token in enumerate(cell.tokens) if token.start < end and start < token.end]
    if not any(cell.tokens[i].kind == "word" for i in inside):
        raise ValueError(f"no word in {column} from {start} to {end}")
    asked = Asked(record, cell, inside[0], inside[-1] + 1)
    rule = NAMES.decide(asked)
    found = rule.verdict(asked)
    return found if found.rule else Classed(found.person_class, rule.reason)


@lru_cache(maxsize=64)
def _cell(column: str, text: str) -> CellText:
    return CellText(column, text)


def one_name(left: list[str], right: list[str]) -> bool:
    """Tell whether two names may be one person's: each word of the shorter is one of the longer, in any case of it.

    An initial stands for a name that begins so. One word alone must be the last name or the first one whole.
    """
    short, long = sorted((left, right), key=len)
    rest = list(long)
    for word in sorted(short, key=len, reverse=True):
        found = next((other for other in rest if _one_word(word, other)), None)
        if found is None:
            return False
        rest.remove(found)
    return any(len(word) > 1 for word in short)


def _one_word(a: str, b: str) -> bool:
    if 1 in (len(a), len(b)):
        return a[0] == b[0]
    shared = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= max(_SHORTEST, max(len(a), len(b)) - _ENDING) and shared >= min(len(a), len(b)) - _ENDING + 1


def _parted(name: str) -> list[str]:
    return [token.low for token in _cell("", name).tokens if token.kind == "word"]


# Predicates


def _named_after_him(asked: Asked) -> bool:
    """«Школа имени Ю.А. Гагарина», «ул. Горького», «на призы Али Алиева»."""
    return named_after(asked.cell, asked.first, asked.last)


def _remembered(asked: Asked) -> bool:
    """«Памяти Анны Ли», «наследие Франциска Скорины», «Скорина и его наследие» in a title."""
    return spoken_of(asked.cell, asked.first, asked.last)


def _of_a_sole_trader(asked: Asked) -> bool:
    """«ИП Гусев А.А.», «КФХ Рябцева»."""
    before = asked.first - (asked.cell.low(asked.first - 1) in _MARKS)
    forms = lexicon().matcher("legal-form")
    starts = range(max(0, before - _ENDING), before)
    found = (match for i in starts for match in forms.at(asked.cell.tokens, i) if match.last == before)
    return any("true" in match.concept.extra.get(LEX + "sole", ()) for match in found)


def _acts(asked: Asked) -> bool:
    """«Мэр Анна Петрова»; «Петрова» in another cell of the row."""
    return asked.person is not None


def _in_the_name_of_an_institution(asked: Asked) -> bool:
    """«Литературный музей А.П. Чехова», «Colégio Pedro II», but not «студия Дарьи Плоткиной»."""
    return any(_honours(one, asked) for one in asked.institutions)


def _honours(one: Institution, asked: Asked) -> bool:
    if _covers(one, one.parts.kind, asked):
        return True
    kinds = {one.kind} if one.kind else _foreign_kinds(one, asked)
    chain = [each for kind in kinds for each in lexicon().broader(lexicon().concept("organisation-kind", kind))]
    if any(_flag(concept, "namesake") for concept in chain):
        return True
    named = _whole_quotation(asked) or (not one.kind and _beside_the_kind(asked))
    owned = any(_flag(concept, "group") or _COMPANY in categories(concept) for concept in chain)
    return named and bool(chain) and not owned


def _covers(one: Institution, part: Part | None, asked: Asked) -> bool:
    here = part is not None and one.parts.column == asked.cell.column
    return part is not None and here and part.start <= asked.start and asked.end <= part.end


def _foreign_kinds(one: Institution, asked: Asked) -> set[str]:
    """Return the kinds that the words of a foreign name tell, beside those of the name that it bears."""
    words = [token.text for token in _cell("", one.name).tokens if token.low not in asked.words]
    found = (foreign_words().word(text) for text in words)
    return {word.kind for word in found if word is not None and word.kind}


def _beside_the_kind(asked: Asked) -> bool:
    """«Colégio Pedro II», «Lê Hồng Phong High School»: what stands further behind may be somebody who acts."""
    tokens = asked.cell.tokens
    beside = [*tokens[max(0, asked.first - 1) : asked.first], *tokens[asked.last : asked.last + 2]]
    found = (foreign_words().word(token.text) for token in beside)
    return any(word is not None and word.kind for word in found)


def _whole_quotation(asked: Asked) -> bool:
    """«Общество «Соња Маринковић»»."""
    quote = asked.cell.quote_of[asked.first]
    return quote is not None and asked.cell.raw[quote.start + 1 : quote.end - 1] == asked.text


def _told_a_post(asked: Asked) -> bool:
    """«Председатель комитета по имуществу Великих Лук Анна Ли», of whom no person was made."""
    return _post_before(asked) is not None


def _post_before(asked: Asked) -> tuple[int, int] | None:
    """Return the post that opens the item in which the name stands, and reaches to it; None where there is none."""
    cell, posts = asked.cell, lexicon().matcher("post")
    begin = asked.first
    while begin > 0 and cell.tokens[begin - 1].text not in _ITEM_ENDS and not verbal(cell.tokens[begin - 1]):
        begin -= 1
        if cell.low(begin) in _JOINING and posts.may_begin(cell.tokens[begin + 1]):
            return (begin + 1, asked.first) if posts.at(cell.tokens, begin + 1) else None
    return (begin, asked.first) if begin < asked.first and posts.at(cell.tokens, begin) else None


def _honoured_elsewhere(asked: Asked) -> bool:
    """«Чехов и Италия» in a row with «Музей А.П. Чехова»."""
    return any(_same_honoured(other, asked) for other in _others(asked))


def _same_honoured(other: Asked, asked: Asked) -> bool:
    if asked.is_given_name or not one_name(other.words, asked.words) or len(asked.words) > len(other.words):
        return False
    return _named_after_him(other) or _in_the_name_of_an_institution(other) or _remembered(other)


def _others(asked: Asked) -> Iterator[Asked]:
    """Yield the names of the row that end with the last word of the one asked for."""
    for column, text in asked.record.cells.items():
        cell = _cell(column, text)
        for index, token in enumerate(cell.tokens):
            if token.word.title and len(token.text) > 1 and _one_word(token.low, asked.words[-1]):
                first = index
                while first > 0 and part_of_name(cell.tokens, first - 1):
                    first -= 1
                if (column, first) != (asked.cell.column, asked.first):
                    yield Asked(asked.record, cell, first, index + 1)


# Verdicts


def _private(_asked: Asked) -> Classed:
    return Classed("private", "")


def _honoured(_asked: Asked) -> Classed:
    return Classed("honoured", "")


def _as_the_person(asked: Asked) -> Classed:
    person = asked.person
    return Classed(person.person_class, person.rule) if person else NO_POST


def _as_the_post(asked: Asked) -> Classed:
    span = _post_before(asked)
    if span is None:
        return NO_POST
    return classed(asked.cell, [span], (0, 0), asked.last, _places(asked, span), lexicon())


def _places(asked: Asked, span: tuple[int, int]) -> dict[int, int]:
    """Return the tokens of a post that are places of the row, each with its end."""
    record = asked.record
    names = [place.name for place in (*record.places, *record.parties.values(), record.home)]
    names += [one.place for one in record.institutions]
    stems = {fold(name.split()[-1])[:_STEM] for name in names if name.strip()}
    tokens = asked.cell.tokens
    return {i: i + 1 for i in range(*span) if tokens[i].word.title and tokens[i].low[:_STEM] in stems}


NAMES: DecisionTable[[Asked], Callable[[Asked], Classed]] = DecisionTable(
    Rule(_of_a_sole_trader, _private, "sole-trader"),
    Rule(_named_after_him, _honoured, "named-after"),
    Rule(_acts, _as_the_person),
    Rule(_in_the_name_of_an_institution, _honoured),
    Rule(_told_a_post, _as_the_post),
    Rule(_remembered, _honoured),
    Rule(_honoured_elsewhere, _honoured),
    otherwise=_private,
    reason="no-post",
)
"""The class of whose name it is: a sole trader's, one that is borne, one who acts, one spoken of; else private."""
