"""The network as a drawing: SVG by own code, PNG from it by resvg where that is installed."""

import math
from importlib import import_module
from importlib.util import find_spec
from xml.sax.saxutils import escape

from pobratim.errors import UsageError
from pobratim.messages import Language, noun, texts
from pobratim.network.figure import LETTER, SIZE, Figure, Line, Node, colour_of, draw
from pobratim.network.layout import HEIGHT, WIDTH
from pobratim.network.model import Network
from pobratim.network.page import page_data

_MARGIN, _HEAD, _FOOT = 24, 72, 40
_LANDS = 8
"""So many countries the legend names."""
_PAPER, _INK, _SOFT, _MEMBER = "#ffffff", "#1c2127", "#4d545c", "#8b867b"
_FONT = "'Golos Text','PT Sans','Segoe UI','Noto Sans','DejaVu Sans',Arial,sans-serif"
PNG_ZOOM = 2.0
"""Two pixels a unit: sharp in print and on dense screens."""


def to_svg(network: Network, lang: Language) -> str:
    """Return the network as an SVG document with title and legend."""
    figure = draw(page_data(network, lang))
    width, height = WIDTH + 2 * _MARGIN, HEIGHT + _HEAD + _FOOT
    nodes = {node.id: node for node in figure.nodes}
    title = figure.made.title
    body = [
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        _text(_MARGIN, 34, title, 22, _INK, 600),
        _text(_MARGIN, 56, _summary(figure, lang), SIZE, _SOFT),
        f'<g transform="translate({_MARGIN} {_HEAD})">',
        *(_line(line, nodes, lang) for line in figure.lines),
        *(_mark(node) for node in figure.nodes),
        *(_name(node) for node in figure.nodes),
        "</g>",
        *_legend(figure, lang, height - 16),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{_FONT}">\n'
        f"<title>{escape(title)}</title>\n" + "\n".join(body) + "\n</svg>\n"
    )


def to_png(network: Network, lang: Language) -> bytes:
    """Return the network as a PNG. Raises UsageError where resvg-py is not installed."""
    if find_spec("resvg_py") is None:
        raise UsageError("network-format-needs-extra")
    data: bytes = bytes(import_module("resvg_py").svg_to_bytes(svg_string=to_svg(network, lang), zoom=PNG_ZOOM))
    return data


def _summary(figure: Figure, lang: Language) -> str:
    ego = figure.made.ego
    ties = sum(not line.is_member for line in figure.lines)
    counts = (("parties", len(figure.nodes)), ("ties", ties), ("events", ego["events"]))
    return " · ".join(_counted(key, count, lang) for key, count in counts)


def _counted(key: str, count: int, lang: Language) -> str:
    return f"{count} {noun(texts('picture', lang, 'counted')[key], count, lang)}"


def _line(line: Line, nodes: dict[str, Node], lang: Language) -> str:
    a, b = nodes[line.a], nodes[line.b]
    ends = f'x1="{a.x}" y1="{a.y}" x2="{b.x}" y2="{b.y}"'
    if line.is_member:
        return f'<line {ends} stroke="{_MEMBER}" stroke-width="1" stroke-opacity="0.6"/>'
    said = escape(f"{a.short} — {b.short}: {_counted('events', line.events, lang)}")
    wide = max(3.0, line.width) if line.agreements else line.width
    drawn = (
        f'<line {ends} stroke="{line.colour}" stroke-width="{wide}" stroke-opacity="0.7"><title>{said}</title></line>'
    )
    # A light core makes two lines of it where there is an agreement.
    return drawn + (
        f'<line {ends} stroke="{_PAPER}" stroke-width="{max(1.2, wide / 3):.1f}"/>' if line.agreements else ""
    )


def _mark(node: Node) -> str:
    return f"<g><title>{escape(node.name)}</title>{_shape(node.shape, node.x, node.y, node.radius, node.colour)}</g>"


def _shape(shape: str, x: float, y: float, r: float, colour: str) -> str:
    looks = f'fill="{colour}" stroke="{_PAPER}" stroke-width="1.5"'
    if shape == "dot":
        return f'<circle cx="{x}" cy="{y}" r="{r}" {looks}/>'
    side = r * math.sqrt(math.pi) / 2
    turn = "" if shape == "square" else f' transform="rotate(45 {x} {y})"'
    return f'<rect x="{x - side:.1f}" y="{y - side:.1f}" width="{2 * side:.1f}" height="{2 * side:.1f}" {looks}{turn}/>'


def _name(node: Node) -> str:
    if node.seat is None:
        return ""
    return _text(*node.seat, node.short, SIZE, _INK, 600 if node.events > 4 else 400, is_over=True)


def _legend(figure: Figure, lang: Language, y: int) -> list[str]:
    words, items, x = texts("picture", lang), list[str](), float(_MARGIN)
    for code, name in figure.countries[:_LANDS]:
        items += [_shape("square", x + 6, y - 4, 6, colour_of(code)), _text(x + 18, y, name, SIZE, _SOFT)]
        x += 18 + LETTER * len(name) + 20
    for shape, word in (("dot", "legendTown"), ("diamond", "legendInstitution")):
        items += [_shape(shape, x + 6, y - 4, 5, _SOFT), _text(x + 18, y, words[word], SIZE, _SOFT)]
        x += 18 + LETTER * len(words[word]) + 20
    return items


def _text(x: float, y: float, text: str, size: int, colour: str, weight: int = 400, is_over: bool = False) -> str:
    around = f' stroke="{_PAPER}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"' if is_over else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}"{around}>'
        f"{escape(text)}</text>"
    )
