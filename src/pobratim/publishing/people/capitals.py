"""What a capitalised word of a cell is: part of a person's name, perhaps, or something that is recognised.

Whatever no line of the table recognises may be a name: the gate asks the other way round than extraction does.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pobratim.extract.cells import CellText
from pobratim.extract.person_names import abbreviation
from pobratim.extract.place_names import candidates
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.foreign_words import foreign_words
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import TOPONYMIC, Word

Sort = Literal["given", "patronymic", "surname", "unknown", "latin", "place", "told", "common"]
"""``given`` to ``latin`` may be a person's name; ``place`` may be one beside a given name; ``told`` is the word of a
concept or of a value of the row; ``common`` is a word that has its capital from where it stands."""
NAMING: frozenset[Sort] = frozenset({"given", "patronymic", "surname", "unknown", "latin"})
_KNOWN = ("country", "territory", "region", "organisation-kind", "legal-form", "event-kind", "post")
"""Schemes whose labels are no names of persons."""
_CYRILLIC = re.compile("[\u0400-\u052f]")
_NAMES = {"Name", "Surn", "Patr", "Geox"}
"""Grammemes of OpenCorpora for names of persons and places."""
_LONGEST_INITIALS = 6
_SHORT_TYPE = WORDS.of("settlement-abbreviation")
_TYPE = WORDS.of("settlement-type", "region-type", "district", "district-of-name")
_ABBREVIATED = WORDS.of("abbreviation")


@dataclass(slots=True, eq=False)
class Capital:
    """The capitalised word ``tokens[index]`` of a cell; ``told`` are the tokens of what is recognised there."""

    cell: CellText
    index: int
    told: frozenset[int]

    @property
    def token(self) -> Token:
        """Return the token."""
        return self.cell.tokens[self.index]

    @property
    def word(self) -> Word:
        """Return what is known of the form."""
        return self.token.word

    @property
    def opens(self) -> bool:
        """Tell whether a sentence, a line, a quotation or an item of a list begins here."""
        return opens(self.cell, self.index)


def opens(cell: CellText, index: int) -> bool:
    """Tell whether the capital of a token may come from where it stands."""
    if not index:
        return True
    before, token = cell.tokens[index - 1], cell.tokens[index]
    if "\n" in cell.raw[before.end : token.start]:
        return True
    if before.kind == "number":
        return index == 1
    if before.kind == "word":
        return False
    if before.text == ".":
        short = cell.tokens[index - 2] if index > 1 else None
        return short is None or short.kind != "word" or (len(short.text) > 2 and short.low not in _ABBREVIATED)
    return before.text in "«»„“”\"'(!?;:…•·–—-*)"


def _letter(one: Capital) -> bool:
    """«В» at the beginning of a sentence, «7 «Б» класс»."""
    return len(one.token.text) == 1


def _roman(one: Capital) -> bool:
    """«XXI»."""
    return bool(one.word.roman)


def _latin(one: Capital) -> bool:
    """«Anna»; «High» and «SCO» are recognised otherwise."""
    return is_foreign(one.token.text)


def is_foreign(text: str) -> bool:
    """Tell whether a word is not written in Cyrillic letters."""
    return _CYRILLIC.search(text) is None


def _initials_of_a_body(one: Capital) -> bool:
    """«ЮНЕСКО», «СмолГУ»; a name in capitals is longer, or the dictionary has it."""
    if one.word.upper:
        person = one.word.has("Name") or one.word.has("Surn") or one.word.has("Patr")
        return len(one.token.text) <= _LONGEST_INITIALS and not (one.word.known and person)
    return abbreviation(one.token)


def _patronymic(one: Capital) -> bool:
    """«Олеговна»."""
    return one.word.has("Patr", "sing") and not one.word.has("Geox")


def _told(one: Capital) -> bool:
    """«Республика», «Гимназия», and the words of places and organisations that were read from the row."""
    return one.index in one.told


def _behind_a_type_of_place(one: Capital) -> bool:
    """«Г. Лида», «провинция Хатай», but not «г. Шкляров», «главе города Шклярову»."""
    if one.word.has("Surn") and not _town(one):
        return False
    at = one.index - 1
    if one.cell.low(at) == ".":
        return one.cell.low(at - 1) in _SHORT_TYPE
    return at >= 0 and bool(one.cell.tokens[at].word.lemmas & _TYPE) and not one.word.has("Name")


def _first_reading(one: Capital) -> bool:
    """«Мира», «Суд» at the beginning of a sentence: first of all a word like any other; but «Вера Заяц»."""
    reading = next(iter(one.word.readings), None)
    if not (one.opens and one.word.known) or reading is None or reading.grammemes & _NAMES:
        return False
    behind = one.cell.tokens[one.index + 1 : one.index + 2]
    goes_on = bool(behind) and behind[0].kind == "word" and behind[0].word.title and not behind[0].word.roman
    return not (goes_on and any(reading.grammemes & _NAMES for reading in one.word.readings))


def _given(one: Capital) -> bool:
    """«Анна»."""
    return one.word.known and one.word.has("Name") and not one.word.has("Name", "Geox")


def _place(one: Capital) -> bool:
    """«Минск»."""
    return one.word.known and one.word.has("Geox")


def _surname(one: Capital) -> bool:
    """«Новиков», «Мороз»."""
    return one.word.known and one.word.has("Surn") and not one.word.adjectival()


def _known(one: Capital) -> bool:
    """«Палитра», «Международный»."""
    return one.word.known


def _of_a_place(one: Capital) -> bool:
    """«Верхнедвинский»."""
    return any(reading.pos == "ADJF" and reading.lemma.endswith(TOPONYMIC) for reading in one.word.readings)


def _town(one: Capital) -> bool:
    """«Верхнедвинск», in any case where it is no surname's."""
    if any(Gazetteer.load().find(lemma) for lemma in sorted(one.word.lemmas)):
        return True
    return not one.word.has("Surn") and bool(candidates(Gazetteer.load(), (one.word.low,))[1])


SORTS: DecisionTable[[Capital], Sort] = DecisionTable(
    Rule(_letter, "told"),
    Rule(_roman, "told"),
    Rule(_initials_of_a_body, "told"),
    Rule(_latin, "latin"),
    Rule(_patronymic, "patronymic"),
    Rule(_told, "told"),
    Rule(_behind_a_type_of_place, "place"),
    Rule(_first_reading, "common"),
    Rule(_given, "given"),
    Rule(_place, "place"),
    Rule(_surname, "surname"),
    Rule(_known, "common"),
    Rule(_of_a_place, "told"),
    Rule(_town, "place"),
    otherwise="unknown",
    reason="not-recognised",
)
"""What a capitalised word is: a person's name unless a line knows better."""


def sort_of(cell: CellText, index: int, told: frozenset[int]) -> Sort:
    """Return what a capitalised word of a cell is; ``told`` are the tokens of what is recognised there."""
    sort = SORTS.verdict(Capital(cell, index, told))
    if sort != "latin":
        return sort
    word = cell.tokens[index].text
    return "told" if index in told or foreign_words().word(word) is not None else "latin"


def labels_of(cell: CellText) -> list[Match]:
    """Return the labels of concepts in a cell: countries, regions, kinds, legal forms, posts."""
    return lexicon().matcher(*_KNOWN).find(cell.tokens)
