"""A network as drawn without a browser: where everybody stands, signs, colours, widths and seats of names, all as the
pages have them (``viz/app/network/views.ts``).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pobratim.network.layout import HEIGHT, WIDTH, Body, Points, place
from pobratim.papers.network_file import NetworkFile
from pobratim.templating.styles import OTHERS, country_colours

SHAPES: Mapping[str, str] = {"institution": "diamond", "country": "square", "region": "square"}
"""The sign of a level; that of towns is a dot."""
NAMES = 70
"""So many names have room."""
SIZE, LETTER = 13, 7.3
"""Pixels of the letters, and usual width of one."""
_LINE_HEIGHT = 15
_MANY_LINES, _STRONGEST = 800, 150
"""Of so many ties only the strongest are wider than a pixel, or nothing else would be seen."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody as drawn; ``seat`` is the left end and the base of the name, None where it has no room."""

    id: str
    name: str
    short: str
    country: str
    shape: str
    colour: str
    x: float
    y: float
    radius: float
    events: int
    seat: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as drawn, or what joins an institution to its town (``is_member``)."""

    a: str
    b: str
    events: int
    agreements: int
    colour: str
    width: float
    is_member: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn network: ``countries`` are (code, name) of its nodes, of most nodes first."""

    made: NetworkFile
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    countries: tuple[tuple[str, str], ...]


def draw(made: NetworkFile) -> Figure:
    """Return the figure of a network."""
    nodes, edges = made.ego["nodes"], made.ego["edges"]
    home = next((node["country"] for node in nodes if node["ours"]), "")
    bodies = [Body(node["id"], node["country"], node["country"] == home, _radius(node, len(nodes))) for node in nodes]
    points = place(bodies, [(edge["a"], edge["b"]) for edge in edges], [land["code"] for land in made.ego["countries"]])
    radii = {body.id: body.radius for body in bodies}
    seats = _seats(nodes, points, radii)
    names = {land["code"]: land["name"] for land in made.ego["countries"]}
    many = {code: sum(node["country"] == code for node in nodes) for code in names}
    lands = {node["id"]: node["country"] for node in nodes}
    return Figure(
        made,
        tuple(_node(node, points[node["id"]], radii[node["id"]], seats.get(node["id"])) for node in nodes),
        tuple(_lines(edges, lands, home)),
        tuple((code, names[code]) for code in sorted(names, key=lambda code: (-many[code], code))),
    )


def colour_of(country: str) -> str:
    """Return the colour of a country (its code), the same everywhere."""
    colours = country_colours()
    return colours.get(country.upper(), colours[OTHERS])["light"]


def _radius(node: Mapping[str, Any], everybody: int) -> float:
    events = node["events"]
    usual = 3.4 + min(4, events) * 0.8 if node["level"] == "institution" else 3 + 1.7 * math.sqrt(min(60, events))
    return usual if everybody < 600 else max(2, usual * 0.7)


def _node(node: Mapping[str, Any], point: tuple[float, float], radius: float, seat: tuple[float, float] | None) -> Node:
    return Node(
        id=node["id"],
        name=node["name"],
        short=node["short"],
        country=node["country"],
        shape=SHAPES.get(node["level"], "dot"),
        colour=colour_of(node["country"]),
        x=point[0],
        y=point[1],
        radius=round(radius, 1),
        events=node["events"],
        seat=seat,
    )


def _lines(edges: Sequence[Mapping[str, Any]], lands: Mapping[str, str], home: str) -> Iterator[Line]:
    """Yield ties in the colour of the country that they lead to, and memberships in grey."""
    ties = sorted((edge["events"] for edge in edges if edge["kind"] == "tie"), reverse=True)
    least = ties[_STRONGEST] if len(ties) >= _MANY_LINES else 0
    for edge in edges:
        abroad = next((lands[edge[end]] for end in ("b", "a") if lands[edge[end]] != home), home)
        is_member = edge["kind"] == "member"
        is_wide = edge["events"] > least and not is_member
        width = min(7.0, round(0.8 + 0.9 * edge["events"], 1)) if is_wide else 1.0
        yield Line(edge["a"], edge["b"], edge["events"], edge["agreements"], colour_of(abroad), width, is_member)


def _seats(
    nodes: Sequence[Mapping[str, Any]], points: Points, radii: Mapping[str, float]
) -> Mapping[str, tuple[float, float]]:
    """Return where names stand: beside their nodes, over no other node and no other name, the strongest first."""
    taken: list[Box] = []
    for node in nodes:
        (x, y), r = points[node["id"]], radii[node["id"]]
        taken.append((x - r, y - r, x + r, y + r))
    found: dict[str, tuple[float, float]] = {}
    for node in sorted(nodes, key=lambda node: (-node["events"], node["id"])):
        if len(found) == NAMES:
            break
        box = next((box for box in _around(node, points, radii) if _is_free(box, taken)), None)
        if box is not None:
            taken.append(box)
            found[node["id"]] = (round(box[0], 1), round(box[3] - 4, 1))
    return found


def _around(node: Mapping[str, Any], points: Points, radii: Mapping[str, float]) -> Iterator[Box]:
    """Yield the seats of a name: right, left, below, above."""
    (x, y), r, wide = points[node["id"]], radii[node["id"]] + 4, len(node["short"]) * LETTER
    half = _LINE_HEIGHT / 2
    yield x + r, y - half, x + r + wide, y + half
    yield x - r - wide, y - half, x - r, y + half
    yield x - wide / 2, y + r, x + wide / 2, y + r + _LINE_HEIGHT
    yield x - wide / 2, y - r - _LINE_HEIGHT, x + wide / 2, y - r


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
        return False
    return not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)
