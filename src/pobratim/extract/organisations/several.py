"""Several organisations in one phrase: «школ № 14 и № 16», «мэриями городов Новосибирска и Ош»."""

from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.grow import Grower
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.numbers import numbers

_FEWEST_PLACES = 2


def each(cell: CellText, grower: Grower, mention: Mention) -> list[Mention]:
    """Return one mention a number, each with its own span: «школ № 14 и № 16 г. Мозыря» are two schools."""
    if mention.plural and not mention.number and mention.quote is None:
        return _each_place(cell, grower, mention)
    if not mention.number or mention.quote is not None:
        return [mention]
    found, last = numbers(cell, grower, mention)
    if len(found) == 1:
        return [mention]
    mention.last = last
    grower.tail(cell, mention, chain=False)
    spans = [(mention.first, found[0][2]), *((first, end) for _, first, end in found[1:])]
    spans[-1] = (spans[-1][0], mention.last)
    return [
        replace(mention, number=number, geos=list(mention.geos), plural=True, own=span)
        for (number, _, _), span in zip(found, spans, strict=True)
    ]


def _each_place(cell: CellText, grower: Grower, mention: Mention) -> list[Mention]:
    """Return one mention a place: «мэриями городов Новосибирска и Ош» are two."""
    geos = [g for g in mention.geos if g.kind in {"settlement", "district"}][:1]
    places = sorted(grower.places, key=lambda g: g.first)
    for geo in places:
        if geos and geo.first >= geos[-1].last and geo.kind == geos[-1].kind:
            between = [p for p in places if geos[-1].last <= p.first < geo.first]
            gaps = [geos[-1].last, *(i for p in between for i in (p.first, p.last)), geo.first]
            if not all(_several(cell, a, b) for a, b in zip(gaps[::2], gaps[1::2], strict=True)):
                break
            geos.append(geo)
    if len(geos) < _FEWEST_PLACES:
        return [mention]
    first = replace(mention, last=geos[0].last, geos=geos[:1], beside=[])
    others = [replace(mention, first=g.first, last=g.last, geos=[g], beside=[]) for g in geos[1:]]
    return [first, *others]


def _several(cell: CellText, start: int, stop: int) -> bool:
    """Tell whether only «и», commas, brackets and type words part two places."""
    return all(cell.low(i) in {"и", ",", "(", ")", "г", "города", "."} for i in range(start, stop))
