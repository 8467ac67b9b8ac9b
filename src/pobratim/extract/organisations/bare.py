"""Bodies named by nothing but a word in a list of bodies: «…, Тихоокеанский университет, Дальрыбвтуз, ВГУЭС»."""

from collections.abc import Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS
from pobratim.names.initials import is_acronym
from pobratim.text.tokens import Token

_OPEN, _CLOSE = WORDS.of("between-like") | {"–", "—", ":", ";", ""}, WORDS.of("between-like") | {".", ";", ")", ""}
_LIST = WORDS.of("between-like")
_NO_BODIES = WORDS.of("no-body")
_LONG = 6
"""Letters of a name that is no abbreviation («Дальрыбвтуз»); shorter words are much else."""
_BOTH = 2


def bare_names(cell: CellText, found: Sequence[Mention], geos: Sequence[Geo]) -> list[Mention]:
    """Return the items of lists that are one word of no dictionary, or initials, between bodies that are ``found``."""
    if not found:
        return []
    begins, ends = {m.first for m in found}, {m.last for m in found}
    taken = {
        i
        for first, last in [*((m.first, m.last) for m in found), *((g.first, g.last) for g in geos)]
        for i in range(first, last)
    }
    return [
        Mention(i, i + 1, "acronym" if is_acronym(token) else "listed-alone", complement=(i, i + 1))
        for i, token in enumerate(cell.tokens)
        if token.kind == "word" and token.word.title and i not in taken and cell.quote_of[i] is None
        if cell.low(i - 1) in _OPEN and cell.low(i + 1) in _CLOSE
        if (is_acronym(token) and token.text not in _NO_BODIES) or _named(token)
        if _among(cell, i, begins, ends) >= (1 if is_acronym(token) else _BOTH)
    ]


def _named(token: Token) -> bool:
    """Tell whether a word is no common one: of no dictionary, or there as an organisation's."""
    return len(token.text) >= _LONG and (not token.word.known or token.word.has("Orgn"))


def _among(cell: CellText, index: int, begins: set[int], ends: set[int]) -> int:
    """Return on how many sides of an item a body stands in the list."""
    before = index - 1 in ends and cell.low(index - 1) in _LIST
    behind = index + 2 in begins and cell.low(index + 1) in _LIST
    return before + behind
