"""The ties of a selection on a map: places as points, pairs of places as arcs; what has no point, or lies far off."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, pi, radians, tan
from statistics import quantiles

import numpy as np

from pobratim.explore import bits
from pobratim.explore.chosen import chosen
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.selection import Selection
from pobratim.explore.ties import sides_of, strongest

LEVELS = ("municipality", "institution")
"""Levels of ties that have points: an institution has that of its town."""
ARCS = 150
"""So many arcs are drawn, those of most events: more cannot be told apart."""
_AT_ONCE = 3000
"""So many ties, the strongest first, are looked through for them."""
EDGE = -120.0
"""The meridian at which the map is cut, in the Pacific: Chukotka lies west of it and the western states do not part."""
_CROWD = 6
"""Among fewer places none is far off."""
_MARGIN, _LEAST = 0.6, 0.04
"""How far around eight tenths of the places nothing is far off: a share of the longer side of their extent, and at
least so much of the width of the world."""
_HIGHEST = 85.0
"""Degrees of latitude at which Mercator's projection ends, as maps on screens have it."""
_TIES = "SELECT id, a, b, date, events, agreements FROM tie WHERE id IN ({}) ORDER BY id"
_POINTLESS = """SELECT party.id FROM party LEFT JOIN party AS town ON town.id = party.town
WHERE COALESCE(town.lat, party.lat) IS NULL"""


@dataclass(frozen=True, slots=True)
class Arc:
    """The ties of two places as one, counted; ``left`` is ours where one is, ``last`` the latest date told (EDTF)."""

    left: Party
    right: Party
    ties: int
    events: int
    agreements: int
    last: str


@dataclass(frozen=True, slots=True)
class Off:
    """A place that is not within the map, and how many of the ties selected it has."""

    party: Party
    ties: int


@dataclass(frozen=True, slots=True)
class TieMap:
    """The ties selected, of one level, as a map: ``found`` are selected, ``total`` is with what the selection hides.

    ``drawn`` ties are in the ``arcs``, the strongest first; of ``pointless`` ties a side has no point: ``off`` are the
    places that lack one. ``far`` places have one, out of the frame of the others.
    """

    level: str
    arcs: tuple[Arc, ...]
    found: int
    total: int
    drawn: int
    pointless: int
    off: tuple[Off, ...]
    far: tuple[Off, ...]

    @property
    def hidden(self) -> int:
        """Return how many ties the selection leaves out."""
        return self.total - self.found


def tie_map(index: Index, selection: Selection, most: int = ARCS) -> TieMap:
    """Return the ties that a selection chooses on one level, towns and districts where it names none that has points.

    Of the arcs there are at most so many.
    """
    level = next((each for each in selection.level if each in LEVELS), LEVELS[0])
    asked = selection.without("level").with_(level=level)
    found = chosen(index, "tie", asked).bits
    total = chosen(index, "tie", Selection(level=(level,))).bits.bit_count()
    without = found & index.once(_pointless)
    arcs = _arcs(index, _strongest(index, found & ~without))[:most]
    off = _off(index, _strongest(index, without))
    drawn = sum(arc.ties for arc in arcs)
    return TieMap(level, arcs, found.bit_count(), total, drawn, without.bit_count(), off, _far(arcs))


def is_from(party: Party, country: str) -> bool:
    """Tell whether a party is of a country (code)."""
    return party.country is not None and party.country.code == country


def flat(party: Party) -> tuple[float, float]:
    """Return where Mercator's projection puts a place that has a point: in widths of the world, downwards from the
    equator."""
    return flat_of(party.lon or 0.0, party.lat or 0.0)


def flat_of(lon: float, lat: float) -> tuple[float, float]:
    """Return the same of degrees."""
    high = radians(max(-_HIGHEST, min(_HIGHEST, lat)))
    return (lon if lon > EDGE else lon + 360) / 360, -log(tan(pi / 4 + high / 2)) / (2 * pi)


def _pointless(index: Index) -> int:
    nowhere = [number for (number,) in index.rows(_POINTLESS)]
    one, other = (np.isin(side, nowhere) for side in sides_of(index))
    return bits.from_flags(one | other)


def _strongest(index: Index, ties: int) -> list[int]:
    return bits.first(ties, strongest(index), 0, _AT_ONCE)


def _arcs(index: Index, numbers: Sequence[int]) -> tuple[Arc, ...]:
    rows = list(index.among(_TIES, numbers))
    places = _places(index, rows)
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        refs = sorted({places[row[side]].ref for side in ("a", "b")})
        if len(refs) == 2:
            pairs.setdefault((refs[0], refs[1]), []).append(row)
    here = index.home.country
    made = [_arc(each, places, here) for each in pairs.values()]
    return tuple(sorted(made, key=lambda arc: (-arc.events, -arc.agreements, arc.left.ref, arc.right.ref)))


def _arc(rows: Sequence[Row], places: Mapping[int, Party], here: str) -> Arc:
    sides = (places[rows[0]["a"]], places[rows[0]["b"]])
    left, right = sorted(sides, key=lambda party: (not party.is_ours, not is_from(party, here), party.ref))
    events, agreements = (sum(row[name] for row in rows) for name in ("events", "agreements"))
    last = max((row["date"] or "").rpartition("/")[2] for row in rows)
    return Arc(left, right, len(rows), events, agreements, last)


def _places(index: Index, rows: Sequence[Row]) -> Mapping[int, Party]:
    """Return by party the place whose point it has: its town, else itself."""
    sides = parties_of(index, {row[side] for row in rows for side in ("a", "b")})
    refs = {party.town for party in sides.values() if party.town}
    towns = {
        row["ref"]: row["id"] for ref in refs for row in index.rows("SELECT id, ref FROM party WHERE ref = ?", ref)
    }
    known = parties_of(index, towns.values())
    return {number: known[towns[party.town]] if party.town in towns else party for number, party in sides.items()}


def _off(index: Index, numbers: Sequence[int]) -> tuple[Off, ...]:
    rows = list(index.among(_TIES, numbers))
    places = _places(index, rows)
    return _counted(
        [place for row in rows for place in {places[row[side]] for side in ("a", "b")} if place.lat is None]
    )


def _far(arcs: Sequence[Arc]) -> tuple[Off, ...]:
    """Return the places that lie far from eight tenths of all, weighed by their arcs."""
    ends = [place for arc in arcs for place in (arc.left, arc.right)]
    if len({place.ref for place in ends}) < _CROWD:
        return ()
    spans = [_span([flat(place)[axis] for place in ends]) for axis in (0, 1)]
    around = max(_LEAST, *((high - low) * _MARGIN for low, high in spans))
    return _counted([place for place in ends if _distance(place, spans) > around])


def _span(values: Sequence[float]) -> tuple[float, float]:
    parts = quantiles(values, n=10, method="inclusive")
    return parts[0], parts[-1]


def _distance(place: Party, spans: Sequence[tuple[float, float]]) -> float:
    """Return how far a place is out of a box, on the side where it is farthest."""
    return max(max(low - at, at - high) for at, (low, high) in zip(flat(place), spans, strict=True))


def _counted(places: Sequence[Party]) -> tuple[Off, ...]:
    by_ref = {place.ref: place for place in places}
    counts = Counter(place.ref for place in places)
    return tuple(Off(by_ref[ref], count) for ref, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
