"""Names behind an office that no other rule sees: of one word («аймака Цэрэндорж»), or behind «выступил»."""

from collections.abc import Mapping

from pobratim.extract.cells import CellText
from pobratim.extract.person_names import names_at
from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import VOWELS

_ACTS_AS = WORDS.of("acts-as")
_ENDS = {"", ",", ";", ")", "(", ".", "–", "—"}
_SHORTEST = 5
"""Letters of a name of one word; shorter ones are much else."""


def single_name(cell: CellText, index: int, placed: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the name of one word behind an office of which it is told what it is of: a word of no dictionary, which
    stands in the nominative as its last letter tells, and ends an item («глава управления аймака Цэрэндорж, …»)."""
    if index >= len(cell.tokens) or index in placed or cell.low(index + 1) not in _ENDS:
        return []
    token = cell.tokens[index]
    own = token.kind == "word" and token.word.title and not token.word.upper and not token.word.known
    whole = len(token.text) >= _SHORTEST and token.low[-1] not in VOWELS and not token.word.adjectival()
    return [(index, index + 1)] if own and whole and cell.quote_of[index] is None else []


def name_behind_verb(cell: CellText, first: int, index: int, placed: dict[int, int]) -> list[tuple[int, int]]:
    """Return the name behind the verb by which somebody is what the ablative before says («судьёй выступил Ли Вэй»)."""
    if index + 1 >= len(cell.tokens) or not behind_verb(cell, index + 1):
        return []
    held = any(token.word.has("NOUN", "ablt", "sing") for token in cell.tokens[first:index])
    return names_at(cell, index + 1, placed) if held else []


def behind_verb(cell: CellText, index: int) -> bool:
    """Tell whether such a verb stands at once before a token."""
    return index > 0 and not cell.tokens[index - 1].word.lemmas.isdisjoint(_ACTS_AS)
