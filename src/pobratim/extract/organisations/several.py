"""Several organisations in one phrase: «школ № 14 и № 16», «мэриями городов Новосибирска и Ош»."""

from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.grow import Grower
from pobratim.extract.organisations.mention import Mention

_FEWEST_PLACES = 2


def each(cell: CellText, grower: Grower, mention: Mention) -> list[Mention]:
    """Return one mention a number: «школ № 14 и № 16 г. Мозыря» are two schools."""
    if mention.plural and not mention.number and mention.quote is None:
        return _each_place(cell, grower, mention)
    if not mention.number or mention.quote is not None:
        return [mention]
    numbers, index = [mention.number], mention.last
    while cell.low(index) in {"и", ",", "№"}:
        step = index if cell.low(index) == "№" else index + 1
        number, after = grower.number(cell, step)
        if not number and mention.plural and step < len(cell.tokens) and cell.tokens[step].kind == "number":
            number, after = cell.tokens[step].text, step + 1
        if not number:
            break
        numbers.append(number)
        index = after
    if len(numbers) == 1:
        return [mention]
    mention.last = index
    grower.tail(cell, mention, chain=False)
    return [replace(mention, number=number, geos=list(mention.geos), plural=True) for number in numbers]


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
