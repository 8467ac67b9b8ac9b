"""Fields that a school has in its name: two genitives («колледж нефти и газа»), or what «по» opens («по туризму»)."""

from collections.abc import Mapping

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import Anchors
from pobratim.lexicon.words import WORDS
from pobratim.text.words import Word

_AND = WORDS.of("between-like") - {","}
_BY = WORDS.of("field-preposition")
_TWO, _WORDS = 2, 3
_SHORTEST = 3


def fields(cell: CellText, index: int, geo_at: Mapping[int, Geo], anchors: Anchors) -> int:
    """Return the end of the fields told behind a kind that ends at ``index``, 0 where none are."""
    return _joined(cell, index, geo_at, anchors) or _before_a_name(cell, index, geo_at)


def _joined(cell: CellText, index: int, geo_at: Mapping[int, Geo], anchors: Anchors) -> int:
    """Return the end of two genitives that «и» joins and that end an item, else 0."""
    end = index + _WORDS
    if end > len(cell.tokens) or cell.low(index + 1) not in _AND:
        return 0
    closed = end == len(cell.tokens) or cell.tokens[end].kind != "word" or end in geo_at
    both = _field(cell.tokens[index].word) and _field(cell.tokens[end - 1].word)
    return end if both and closed and anchors.headed(cell, end - 1) is None else 0


def _field(word: Word) -> bool:
    return not word.title and word.has("NOUN", "gent", "inan") and len(word.text) >= _SHORTEST


def _before_a_name(cell: CellText, index: int, geo_at: Mapping[int, Geo]) -> int:
    """Return the end of a field that «по» opens and a quotation follows («гимназия по туризму «…»»), else 0."""
    end = index + _TWO
    if cell.low(index) not in _BY or end >= len(cell.tokens) or cell.quote_at(end) is None:
        return 0
    word = cell.tokens[end - 1].word
    return end if word.has("datv") and not word.title and end - 1 not in geo_at else 0
