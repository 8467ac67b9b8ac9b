"""The map of ties as SVG, drawn without a browser: for whoever has no script, and to take away. Points and lines are as
the pages draw them (``viz/app/map``), in the colours of paper.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from pobratim.explore.parties import Party
from pobratim.explore.points import EDGE, Arc, TieMap, flat, flat_of, is_from
from pobratim.messages import Language
from pobratim.site.explorer.land import Country, Ring, countries
from pobratim.templating.styles import OTHERS, country_colours

WIDTH, HEIGHT = 944, 566
_TOP, _RIGHT, _BOTTOM, _LEFT = 32, 96, 28, 40
"""Room around the places for their names."""
_NEAREST = 4000 * 2 * math.pi
"""Pixels of the width of the world as near as a lone place is shown."""
_BEND = 0.16
"""A line rises by this share of its length."""
_NAMES = 70
_SIZE, _LETTER, _LINE = 12, 6.8, 15
_ASKED = 3
"""So many of our places are asked in which country they lie."""
_OUT = 40.0
"""Outlines are cut so far outside of the frame."""
_NEAR = 0.8
"""Points of an outline that are nearer to each other are one."""
_SURFACE, _LAND, _OURS, _RIM, _INK = "#ffffff", "#f3f1eb", "#e3e1dc", "#cfcabf", "#1c2127"
_FONT = "'Golos Text','PT Sans','Segoe UI','Noto Sans','DejaVu Sans',Arial,sans-serif"
_WIDEST, _LARGEST, _SMALLEST = 6.0, 9.0, 2.4
"""Pixels: the widest line, the largest and the smallest radius of a place; the narrowest line has one."""
_FEW_LINES = 60
_FEW_ON_A_LINE, _FEW_AT_A_PLACE = 12, 40
"""Where nobody has more events than these, the widest and the largest are smaller: few events are few on every map."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """How wide lines and how large places are drawn, by events: ``most`` of a line and of a place on this map
    of so many ``lines``.

    The width of a line grows with its events, of a place the area.
    """

    most_of_line: int
    most_of_place: int
    lines: int = 1

    @property
    def opacity(self) -> float:
        """Return how opaque lines are: where many cross each other what lies below shows through."""
        return 0.75 if self.lines <= _FEW_LINES else 0.5

    def width(self, events: int) -> float:
        """Return the width of the line of so many events in pixels."""
        return 1 + (_WIDEST - 1) * max(0, events - 1) / (max(_FEW_ON_A_LINE, self.most_of_line) - 1)

    def radius(self, events: int) -> float:
        """Return the radius of a place of so many events in pixels."""
        return _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(events / max(_FEW_AT_A_PLACE, self.most_of_place))


def scale_of(arcs: Sequence[Arc]) -> Scale:
    """Return the scale of a map with these lines."""
    return Scale(max((arc.events for arc in arcs), default=1), max(events_of(arcs).values(), default=1), len(arcs))


def events_of(arcs: Sequence[Arc]) -> Mapping[str, int]:
    """Return by reference of a place the events of its lines."""
    found: dict[str, int] = {}
    for arc in arcs:
        for place in (arc.left, arc.right):
            found[place.ref] = found.get(place.ref, 0) + arc.events
    return found


@dataclass(frozen=True, slots=True)
class _View:
    """Mercator's projection as seen in the frame: so many pixels a width of the world, and what is at the middle."""

    scale: float
    middle: Point

    def seen(self, point: Point) -> Point:
        x, y = ((at - middle) * self.scale for at, middle in zip(point, self.middle, strict=True))
        return (_LEFT + WIDTH - _RIGHT) / 2 + x, (_TOP + HEIGHT - _BOTTOM) / 2 + y

    def all(self, ring: Ring) -> Ring:
        """Return where the points of an outline are seen."""
        return np.array([self.seen(flat_of(lon, lat)) for lon, lat in ring])


def map_svg(found: TieMap, here: str, lang: Language, title: str) -> str:
    """Return the map as a document of SVG; ``here`` is the code of our country. What is far off is left out."""
    far = {off.party.ref for off in found.far}
    arcs = [arc for arc in found.arcs if not {arc.left.ref, arc.right.ref} & far] or list(found.arcs)
    places = {place.ref: place for arc in arcs for place in (arc.left, arc.right)}
    view = _around([flat(place) for place in places.values()])
    at = {ref: view.seen(flat(place)) for ref, place in places.items()}
    events, scale = events_of(arcs), scale_of(found.arcs)
    radii = {ref: scale.radius(count) for ref, count in events.items()}
    ours = [place for place in places.values() if is_from(place, here)]
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_SURFACE}"/>',
        *_ground(view, ours),
        *(_line(arc, at, scale, here, lang) for arc in reversed(arcs)),
        *(_mark(place, at[ref], radii[ref], events[ref], here, lang) for ref, place in reversed(places.items())),
        *_names(places, at, radii, lang),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" font-family="{_FONT}">\n<title>{escape(title)}</title>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _around(points: Sequence[Point]) -> _View:
    """Return the view that shows all of some points."""
    if not points:
        return _View(WIDTH, (0.6, -0.15))
    spans = [(min(axis), max(axis)) for axis in zip(*points, strict=True)]
    room = (WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM)
    fits = [side / max(high - low, 1e-9) for side, (low, high) in zip(room, spans, strict=True)]
    (left, right), (top, bottom) = spans
    return _View(min(_NEAREST, *fits), ((left + right) / 2, (top + bottom) / 2))


def _ground(view: _View, ours: Sequence[Party]) -> Iterator[str]:
    asked = [(place.lon or 0.0, place.lat or 0.0) for place in ours[:_ASKED]]
    for country in countries():
        path = "".join(_outline(part, view) for ring in country.rings for part in _parts(ring))
        if path:
            fill = _OURS if _is_home(country, asked) else _LAND
            yield f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{_RIM}" stroke-width="0.8"/>'


def _is_home(country: Country, asked: Sequence[Point]) -> bool:
    return any(country.holds(*place) for place in asked)


def _parts(ring: Ring) -> Iterator[Ring]:
    """Yield a ring in the parts that lie on either side of where the map is cut."""
    is_east = ring[:, 0] > EDGE
    for part in (ring[is_east], ring[~is_east]):
        if len(part):
            yield part


def _outline(ring: Ring, view: _View) -> str:
    """Return the path of what of a ring is near the frame, "" for nothing; points on one spot are one."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    corners = np.array([view.seen(flat_of(*corner)) for corner in ((low[0], high[1]), (high[0], low[1]))])
    if (corners.max(axis=0) < 0).any() or (corners.min(axis=0) > (WIDTH, HEIGHT)).any():
        return ""
    seen = view.all(ring).clip((-_OUT, -_OUT), (WIDTH + _OUT, HEIGHT + _OUT))
    points = [seen[0]]
    for point in seen[1:]:
        if abs(point - points[-1]).max() > _NEAR:
            points.append(point)
    is_out = len(points) < 3 or (np.array(points) == points[0]).all(axis=0).any()
    return "" if is_out else "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _line(arc: Arc, at: Mapping[str, Point], scale: Scale, here: str, lang: Language) -> str:
    (x1, y1), (x2, y2) = at[arc.left.ref], at[arc.right.ref]
    # Of the two sides on which it can bend, upwards.
    way = -1 if x2 < x1 else 1
    over = ((x1 + x2) / 2 + way * (y2 - y1) * _BEND * 2, (y1 + y2) / 2 - way * (x2 - x1) * _BEND * 2)
    foreign = next((place for place in (arc.right, arc.left) if not is_from(place, here)), arc.right)
    said = escape(f"{arc.left.said_briefly(lang)} — {arc.right.said_briefly(lang)}: {arc.events}")
    width = scale.width(arc.events)
    return (
        f'<path d="M{x1:.1f} {y1:.1f}Q{over[0]:.1f} {over[1]:.1f} {x2:.1f} {y2:.1f}" fill="none" '
        f'stroke="{_colour(foreign)}" stroke-width="{width:.1f}" stroke-opacity="{scale.opacity}">'
        f"<title>{said}</title></path>"
    )


def _mark(place: Party, point: Point, r: float, events: int, here: str, lang: Language) -> str:
    """Return the sign of a place: ours is a full circle, abroad a hollow square."""
    x, y = point
    title = f"<title>{escape(place.said_briefly(lang))}: {events}</title>"
    if is_from(place, here):
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{_INK}" stroke="{_SURFACE}">{title}</circle>'
    half = r * 0.86
    return (
        f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" rx="1" '
        f'fill="{_SURFACE}" stroke="{_colour(place)}" stroke-width="2">{title}</rect>'
    )


def _names(
    places: Mapping[str, Party], at: Mapping[str, Point], radii: Mapping[str, float], lang: Language
) -> Iterator[str]:
    """Yield names beside their places, over no other place and no other name, those of most events first."""
    taken = [(x - radii[ref], y - radii[ref], x + radii[ref], y + radii[ref]) for ref, (x, y) in at.items()]
    written = 0
    for ref in sorted(places, key=lambda ref: (-radii[ref], ref)):
        name, (x, y), r = places[ref].said_briefly(lang), at[ref], radii[ref] + 4
        wide = len(name) * _LETTER
        seats = (
            (x + r, y - _LINE / 2, x + r + wide, y + _LINE / 2),
            (x - r - wide, y - _LINE / 2, x - r, y + _LINE / 2),
            (x - wide / 2, y + r, x + wide / 2, y + r + _LINE),
            (x - wide / 2, y - r - _LINE, x + wide / 2, y - r),
        )
        box = next((each for each in seats if _is_free(each, taken)), None)
        if box is None or written == _NAMES:
            continue
        taken.append(box)
        written += 1
        yield (
            f'<text x="{box[0]:.1f}" y="{box[3] - 4:.1f}" font-size="{_SIZE}" fill="{_INK}" stroke="{_SURFACE}" '
            f'stroke-width="3.5" paint-order="stroke" stroke-linejoin="round">{escape(name)}</text>'
        )


def _is_free(box: tuple[float, ...], taken: Sequence[tuple[float, ...]]) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
        return False
    return not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)


def _colour(place: Party) -> str:
    colours = country_colours()
    return colours.get(place.country.code.upper() if place.country else OTHERS, colours[OTHERS])["light"]
