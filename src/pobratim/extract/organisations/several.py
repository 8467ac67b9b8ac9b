"""Several organisations in one phrase: «школ № 14 и № 16», «мэриями городов Новосибирска и Ош»."""

from collections.abc import Iterator
from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.grow import Grower
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.numbers import numbers
from pobratim.lexicon.words import WORDS

_FEWEST_PLACES = 2
_AND = WORDS.of("between-like")
_BETWEEN = WORDS.of("settlement-abbreviation", "several-towns") | _AND | {"(", ")", "."}
_UNITS = {"settlement", "district", "region"}


def each(cell: CellText, grower: Grower, mention: Mention) -> list[Mention]:
    """Return one mention a number, each with its own span: «школ № 14 и № 16 г. Мозыря» are two schools."""
    if mention.gap[1]:
        return [mention]
    if not mention.number and mention.quote is None:
        return _each_place(cell, grower, mention)
    if not mention.number or mention.quote is not None or mention.ordinal >= 0:
        return [mention]
    return list(_each_number(cell, grower, mention))


def _each_number(cell: CellText, grower: Grower, mention: Mention) -> Iterator[Mention]:
    """Yield one mention a number; each has the places behind it («школы № 5 г. Самары и № 20 г. Бреста»)."""
    start, begun = mention.first, mention
    while True:
        further = _further_number(cell, grower, begun.last) if begun.geos else 0
        own = [(begun.number, begun.first, begun.last)], begun.last
        found, last = own if further or begun is not mention else numbers(cell, grower, begun)
        if len(found) == 1 and not further and begun is mention:
            yield mention
            return
        if len(found) > 1:
            begun.last = last
            grower.tail(cell, begun, chain=False)
        spans = [(start, found[0][2]), *((first, end) for _, first, end in found[1:])]
        spans[-1] = (spans[-1][0], begun.last)
        for (number, _, _), span in zip(found, spans, strict=True):
            yield replace(begun, number=number, geos=list(begun.geos), plural=True, own=span)
        start = further
        if not start:
            return
        number, end = grower.number(cell, start)
        begun = replace(mention, number=number, last=end, geos=[], beside=[], aliases=[], own=None)
        grower.tail(cell, begun, chain=False)


def _further_number(cell: CellText, grower: Grower, index: int) -> int:
    """Return where the number of a further institution stands behind «и» or a comma, 0 if none does."""
    return index + 1 if cell.low(index) in _AND and grower.number(cell, index + 1)[0] else 0


def _each_place(cell: CellText, grower: Grower, mention: Mention) -> list[Mention]:
    """Return one mention a place: «мэриями городов Новосибирска и Ош», «администрации Самары и Бреста» are two."""
    geos = shared_places(cell, grower, mention)
    if len(geos) < _FEWEST_PLACES:
        return [mention]
    first = replace(mention, last=geos[0].last, geos=geos[:1], beside=[], plural=True)
    others = [replace(mention, first=g.first, last=g.last, geos=[g], beside=[], plural=True) for g in geos[1:]]
    return [first, *others]


def shared_places(cell: CellText, grower: Grower, mention: Mention) -> list[Geo]:
    """Return the places that share a kind's word, the mention's own first; one or none where it is of one alone.

    The word must be, or may be, in the plural; where it may be a genitive singular, so must what follows («школы Пскова
    и Бреста», but not «школы Пскова и Брест»).
    """
    geos = [g for g in mention.geos if g.kind in _UNITS][:1]
    places = sorted(grower.places, key=lambda g: g.first)
    if not geos or mention.head < 0 or not (mention.plural or _may_be_several(cell, mention)):
        return geos
    for geo in places:
        if geo.first >= geos[-1].last and geo.kind in _UNITS and (geo.kind == "region") == (geos[-1].kind == "region"):
            between = [p for p in places if geos[-1].last <= p.first < geo.first]
            gaps = [geos[-1].last, *(i for p in between for i in (p.first, p.last)), geo.first]
            joined = all(_several(cell, a, b) for a, b in zip(gaps[::2], gaps[1::2], strict=True))
            if not joined or not (mention.plural or _genitive(cell, geo)) or not _and(cell, geos[-1].last, geo.first):
                break
            geos.append(geo)
    return geos


def _may_be_several(cell: CellText, mention: Mention) -> bool:
    """Tell whether a kind's word may be a nominative plural, that no noun governs («из администрации …»)."""
    governed = mention.first > 0 and cell.tokens[mention.first - 1].word.has("NOUN")
    return not governed and cell.tokens[mention.head].word.has("NOUN", "nomn", "plur")


def _genitive(cell: CellText, geo: Geo) -> bool:
    return geo.marked or cell.tokens[geo.last - 1].word.has("gent")


def _and(cell: CellText, start: int, stop: int) -> bool:
    """Tell whether «и» or a comma joins two places: «Минска (Беларусь)» has a bracket only."""
    return any(cell.low(i) in _AND for i in range(start, stop))


def _several(cell: CellText, start: int, stop: int) -> bool:
    """Tell whether only «и», commas, brackets and type words part two places."""
    return all(cell.low(i) in _BETWEEN for i in range(start, stop))
