"""A cell that is known to hold one name: what stands beside the words that the rules know belongs to it too."""

from collections.abc import Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS

_ENDS = {",", ";", "(", ")", "–", "—", ":"}
_BEFORE_PLACE = WORDS.of("placing", "settlement-abbreviation")
_HONOUR = WORDS.of("honour")
_SHORTENED = 4
"""Letters that a word cut short with a full stop has at most («пед. колледж», «св. Николая»)."""


def widen(cell: CellText, mention: Mention, geos: Sequence[Geo]) -> None:
    """Let ``mention`` reach over the words before and behind it, up to a mark, a bracket or a place.

    What a text leaves open (does «Клуб Маяк» end before its last word?) is settled where all of it is a name.
    """
    if mention.plural or mention.pattern in {"listed", "latin"}:
        return
    placed = {index for geo in geos for index in range(geo.first, geo.last)}
    last = _with_area(cell, mention, geos, _reached(cell, mention.last, placed))
    if not mention.geos and not mention.beside:
        mention.beside.extend(_behind(cell, geos, last, placed))
    if last > mention.last:
        _take_honour(cell, mention, last)
        mention.last = last
    if mention.legal is None:
        mention.first = _begun(cell, mention.first, placed)


def _reached(cell: CellText, last: int, placed: set[int]) -> int:
    """Return the index behind the words that go on with a name."""
    while last < len(cell.tokens) and _goes_on(cell, last, placed):
        last += 1
    return last


def _begun(cell: CellText, first: int, placed: set[int]) -> int:
    """Return the index of the first of the words that lead to a name."""
    while first > 0 and _goes_on(cell, first - 1, placed):
        first -= 1
    return first


def _with_area(cell: CellText, mention: Mention, geos: Sequence[Geo], last: int) -> int:
    """Take in the area of an office («УМВД по Смоленской области»): it is the office's own; return the end."""
    if last == mention.last or cell.low(last - 1) != "по":
        return last
    area = next((geo for geo in geos if geo.first <= last + 1 < geo.last or geo.first == last), None)
    if area is None:
        return last
    mention.geos.append(area)
    return area.last


def _behind(cell: CellText, geos: Sequence[Geo], last: int, placed: set[int]) -> list[Geo]:
    """Return the place behind a name, which type words part from it («клуб Маяк в городе Витебске»)."""
    ahead = last
    while ahead < len(cell.tokens) and ahead not in placed and (cell.low(ahead) in {*_BEFORE_PLACE, "."}):
        ahead += 1
    return [geo for geo in geos if geo.first == ahead > last]


def _goes_on(cell: CellText, index: int, placed: set[int]) -> bool:
    token = cell.tokens[index]
    if token.text == ".":
        return index > 0 and len(cell.tokens[index - 1].text) <= _SHORTENED
    if index in placed or token.text in _ENDS:
        return False
    ahead = index + 1 + (cell.low(index + 1) == ".")
    return not (token.low in _BEFORE_PLACE and ahead in placed)


def _take_honour(cell: CellText, mention: Mention, last: int) -> None:
    """Note the person after whom an institution is called, if the words taken in tell one."""
    for index in range(mention.last, last - 1):
        if cell.low(index) in _HONOUR and mention.honorific is None:
            start = index + 1 + (cell.low(index + 1) == ".")
            mention.honorific = (start, last)
