"""Names behind an office that no other rule sees: of one word («аймака Цэрэндорж»), or behind «выступил»."""

from collections.abc import Mapping

from pobratim.extract.cells import CellText
from pobratim.extract.person_names import names_at
from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import VOWELS

_ACTS_AS = WORDS.of("acts-as")
_ENDS = {"", ",", ";", ")", "(", ".", "–", "—"}
_ONE_NAME, _AND = WORDS.of("rank-with-one-name"), WORDS.of("between-like") - {","}
_SHORT, _SEE = 4, 2
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


def monastic_name(cell: CellText, first: int, index: int, placed: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the name of one word that clergy bear, behind a rank at ``first`` and the see that is told between
    («митрополит Рязанский и Михайловский Марк», «лама Ринпоче»)."""
    if first >= len(cell.tokens) or cell.tokens[first].word.lemmas.isdisjoint(_ONE_NAME):
        return []
    while _see(cell, index):
        index += 2 if cell.low(index + 1) in _AND else 1
    token = cell.tokens[index] if index < len(cell.tokens) else None
    if token is None or token.kind != "word" or index in placed or cell.quote_of[index] is not None:
        return []
    behind = cell.tokens[index + 1] if index + 1 < len(cell.tokens) else None
    alone = behind is None or behind.kind != "word" or not behind.word.title
    whole = len(token.text) >= (_SHORT if not token.word.has("Name") else _SHORT - 1)
    own = token.word.title and not token.word.upper and whole
    called = token.word.has("Name") or (not token.word.known and not token.word.adjectival())
    return [(index, index + 1)] if own and called and alone else []


def _see(cell: CellText, index: int) -> bool:
    """Tell whether an adjective of a see stands here, before a further one or a name («епископ Банатский Никанор»)."""
    pair = cell.tokens[index : index + 2]
    if len(pair) < _SEE or not (pair[0].word.title and pair[0].word.full_adjective) or pair[0].word.has("Name"):
        return False
    return pair[1].word.title or pair[1].low in _AND


def name_behind_verb(cell: CellText, first: int, index: int, placed: dict[int, int]) -> list[tuple[int, int]]:
    """Return the name behind the verb by which somebody is what the ablative before says («судьёй выступил Ли Вэй»)."""
    if index + 1 >= len(cell.tokens) or not behind_verb(cell, index + 1):
        return []
    held = any(token.word.has("NOUN", "ablt", "sing") for token in cell.tokens[first:index])
    return names_at(cell, index + 1, placed) if held else []


def behind_verb(cell: CellText, index: int) -> bool:
    """Tell whether such a verb stands at once before a token."""
    return index > 0 and not cell.tokens[index - 1].word.lemmas.isdisjoint(_ACTS_AS)
