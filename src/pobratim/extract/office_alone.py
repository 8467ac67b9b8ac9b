"""Whether an office without a name is one who takes part."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.office_words import acting_prefix, plural
from pobratim.extract.organisations.anchors import flag
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.words import Word

_MET = WORDS.of("met")
_CHIEF = WORDS.of("chief-adjective")
_UNITS = WORDS.of("town-word", "district", "local-unit")
_TOLD_IN = {"purpose", "result"}


class Alone(NamedTuple):
    """An office without a name; ``acting`` tells of a meeting's title, ``others`` that people were told before it."""

    cell: CellText
    match: Match
    end: int
    acting: bool
    others: bool


def _chief(one: Alone) -> bool:
    """«Главный архитектор г. Пскова», told as one of the participants."""
    words = {one.cell.low(one.match.first - 1), one.cell.low(one.match.first)}
    named = one.end > one.match.last and any(t.word.title for t in one.cell.tokens[one.match.last : one.end])
    return named and not words.isdisjoint(_CHIEF) and not plural(one.cell, one.match) and _who_takes_part(one)


def _no_office(one: Alone) -> bool:
    """«Участник», «модератор»."""
    return not flag(one.match.concept, "acting")


def _of_several(one: Alone) -> bool:
    """«Активисты»."""
    return plural(one.cell, one.match)


def _in_a_bracket_behind_a_person(one: Alone) -> bool:
    """«Иванов И.И. (директор)»."""
    return one.others and one.cell.low(one.match.first - 1) == "("


def _of_nothing(one: Alone) -> bool:
    """«Директор»: nobody can tell of what; in running text a longer title is enough («генеральный консул»), among those
    taking part one that tells its unit («глава города»)."""
    words = one.match.last > one.match.first + 1
    unit = words and bool(one.cell.tokens[one.match.last - 1].word.lemmas & _UNITS)
    long = words and one.cell.column in _TOLD_IN
    return one.end <= one.match.last and not long and not unit


def _who_meets(one: Alone) -> bool:
    """«Встреча мэра Витебска с …»."""
    return one.acting


def _who_takes_part(one: Alone) -> bool:
    """«Мэр г. Казани», not «сотрудники аппарата мэра»."""
    first = one.match.first
    return one.cell.column == "participants" and _subject(one.cell, first, acting_prefix(one.cell, first))


def _who_acts(one: Alone) -> bool:
    """«Выступил директор школы»."""
    return one.cell.column in _TOLD_IN and _agent(one.cell, one.match.first)


ALONE: DecisionTable[[Alone], bool] = DecisionTable(
    Rule(_chief, True),
    Rule(_no_office, False),
    Rule(_of_several, False),
    Rule(_in_a_bracket_behind_a_person, False),
    Rule(_of_nothing, False),
    Rule(_who_meets, True),
    Rule(_who_takes_part, True),
    Rule(_who_acts, True),
    otherwise=False,
    reason="only-mentioned",
)
"""Whether an office without a name is one who takes part."""


def _agent(cell: CellText, index: int) -> bool:
    """Tell whether one who holds an office acts in a sentence: its subject, its agent or the one who was met.

    «Выступил директор …», «мэром … подписан», «встреча с секретарём …».
    """
    words = [token.word for token in cell.tokens[index : index + 2] if token.kind == "word"]
    if words and words[0].has("nomn", "sing"):
        return cell.sentence_has(index, _acting)
    if not any(word.has("ablt", "sing") for word in words):
        return False
    return cell.sentence_has(index, _meeting if cell.low(index - 1) in {"с", "со"} else _done)


def _acting(word: Word) -> bool:
    return word.has("VERB") and not word.has("NOUN")


def _meeting(word: Word) -> bool:
    return bool(word.lemmas & _MET)


def _done(word: Word) -> bool:
    return word.has("PRTS")


def _subject(cell: CellText, index: int, begin: int) -> bool:
    """Tell whether a post is one person's and rules its phrase: nominative, acting («и.о.»), or «во главе с …»."""
    if begin > index:
        return True
    words = [token.word for token in cell.tokens[index : index + 2]]
    headed = cell.low(index - 1) in {"с", "со"} and any(word.has("ablt", "sing") for word in words)
    return headed or (words[0].has("nomn", "sing") and not (words[0].has("ADJF") and words[0].has("plur", "nomn")))
