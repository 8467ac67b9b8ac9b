"""A cell that is known to hold one name: what stands beside the words that the rules know belongs to it too."""

from collections.abc import Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.mention import Mention

_ENDS = {",", ";", "(", ")", "–", "—", ":"}
_BEFORE_PLACE = {"в", "г", "г.", "город", "города", "городе", "д", "п", "с", "аг", "гп", "деревня", "поселок"}
_HONOUR = {"имени", "им", "памяти"}
_SHORTENED = 4
"""Letters that a word cut short with a full stop has at most («пед. колледж», «св. Николая»)."""


def widen(cell: CellText, mention: Mention, geos: Sequence[Geo]) -> None:
    """Let ``mention`` reach over the words before and behind it, up to a mark, a bracket or a place.

    What a text leaves open (does «Клуб Маяк» end before its last word?) is settled where all of it is a name.
    """
    if mention.plural or mention.pattern in {"listed", "latin"}:
        return
    placed = {index for geo in geos for index in range(geo.first, geo.last)}
    last = mention.last
    while last < len(cell.tokens) and _goes_on(cell, last, placed):
        last += 1
    area = next((geo for geo in geos if geo.first <= last + 1 < geo.last or geo.first == last), None)
    if area is not None and last > mention.last and cell.low(last - 1) == "по":
        # «УМВД по Смоленской области»: here the place is the office's own.
        mention.geos.append(area)
        last = area.last
    if not mention.geos and not mention.beside:
        ahead = last
        while (
            ahead < len(cell.tokens)
            and ahead not in placed
            and (cell.low(ahead) in _BEFORE_PLACE or cell.low(ahead) == ".")
        ):
            ahead += 1
        mention.beside.extend(geo for geo in geos if geo.first == ahead > last)
    if last > mention.last:
        _take_honour(cell, mention, last)
        mention.last = last
    first = mention.first
    while first > 0 and _goes_on(cell, first - 1, placed):
        first -= 1
    if first < mention.first and mention.legal is None:
        mention.first = first


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
