"""Under which name a row tells a unit: a district with its city's, a region in the row's own words."""

import re

from pobratim.extract.admin_units import district_name
from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.lexicon.words import WORDS

_SPELT = WORDS.pairs("settlement-genitive")
_STOPPED = re.compile(r"^([^\W\d_]+\.)(?=\S)")
"""A type word without a space behind it («г.Новосибирска»)."""
_TWO = 2


def within(cell: CellText | None, district: Geo, town: Geo) -> bool:
    """Tell whether a town stands behind its district («Октябрьский район города Минска», «район Дадукоу (Чунцин)»)."""
    if cell is None or town.kind != "settlement" or town.first < district.last:
        return False
    return town.first == district.last or (town.first == district.last + 1 and cell.low(district.last) == "(")


def as_told(cell: CellText | None, region: Geo) -> str:
    """Return a region's name in the row's words where an adjective names it («Хубсугульский аймак»), else its label."""
    first = cell.tokens[region.first] if cell is not None else None
    if cell is None or first is None or not first.word.adjectival() or region.last - region.first < _TWO:
        return region.name
    return district_name(cell.tokens[region.first : region.last]) or region.name


def of_town(cell: CellText | None, district: Geo, town: Geo | None) -> str:
    """Return a place's name; a district that only an adjective names has its town's with it («… района г. Минска»)."""
    if cell is None or town is None or not cell.tokens[district.first].word.adjectival() or not town.marked:
        return district.name
    words = _STOPPED.sub(r"\1 ", cell.flat(town.first, town.last)).split()
    first = words[0].rstrip(".").lower()
    return " ".join([district.name, _SPELT.get(first, first), *words[1:]])
