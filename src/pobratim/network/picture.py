"""The network as a drawing: SVG by own code, PNG from it by resvg where that is installed."""

import math
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from xml.sax.saxutils import escape, quoteattr

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.network.figure import (
    AGREEMENT_COLOUR,
    CONTACT_COLOUR,
    LINE_HEIGHT,
    OTHER_COLOUR,
    Figure,
    Line,
    Node,
)
from pobratim.network.words import number_of, strings

_MARGIN = 48
_HEAD = 84
_FOOT = 64
_PAPER, _INK, _SOFT = "#ffffff", "#16202a", "#55616c"
_FONT = "'PT Sans','Segoe UI','Noto Sans','DejaVu Sans',Arial,sans-serif"
_LETTER = 7.6
PNG_ZOOM = 2.0
"""Two pixels a unit: sharp in print and on dense screens."""


def to_svg(figure: Figure, lang: Language) -> str:
    """Return the figure as an SVG document with title and legend."""
    words = strings(lang)
    left, top, right, bottom = _frame(figure)
    width, height = max(520, right - left + 2 * _MARGIN), bottom - top + _HEAD + _FOOT
    nodes = {node.party.id: node for node in figure.nodes}
    title = figure.network.view.title[lang]
    shift = (_MARGIN - left, _HEAD - top)
    body = [
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        _text(_MARGIN, 36, title, 22, _INK, weight="bold"),
        _text(_MARGIN, 58, _summary(figure, lang), 13, _SOFT),
        f'<g transform="translate({shift[0]} {shift[1]})">',
        *(_edge(line, nodes, lang, figure) for line in figure.lines),
        *(_node(node, lang) for node in figure.nodes),
        "</g>",
        *_legend(figure, words, lang, height - 26),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{_FONT}">\n'
        f"<title>{escape(title)}</title>\n" + "\n".join(body) + "\n</svg>\n"
    )


def to_png(figure: Figure, lang: Language) -> bytes:
    """Return the figure as a PNG. Raises UsageError where resvg-py is not installed."""
    if find_spec("resvg_py") is None:
        raise UsageError("network-format-needs-extra")
    data: bytes = bytes(import_module("resvg_py").svg_to_bytes(svg_string=to_svg(figure, lang), zoom=PNG_ZOOM))
    return data


def _summary(figure: Figure, lang: Language) -> str:
    activities = {entry.activity for entry in figure.network.entries.values()}
    counts = (("parties", len(figure.nodes)), ("ties", len(figure.lines)), ("events", len(activities)))
    values = ", ".join(figure.network.values.values())
    return " · ".join([*([values] if values else []), *(number_of(key, count, lang) for key, count in counts)])


def _frame(figure: Figure) -> tuple[int, int, int, int]:
    if not figure.nodes:
        return 0, 0, 400, 60
    halves = [round(_LETTER * max(len(line) for line in node.lines) / 2) for node in figure.nodes]
    return (
        min(node.wide[0] - half for node, half in zip(figure.nodes, halves, strict=True)),
        min(node.wide[1] - node.radius for node in figure.nodes),
        max(node.wide[0] + half for node, half in zip(figure.nodes, halves, strict=True)),
        round(max(node.wide[1] + node.radius + LINE_HEIGHT * len(node.lines) + 8 for node in figure.nodes)),
    )


def _edge(line: Line, nodes: dict[str, Node], lang: Language, figure: Figure) -> str:
    a, b = nodes[line.tie.a], nodes[line.tie.b]
    kind = figure.network.word(line.tie.kind, lang)
    label = f"{a.party.short} – {b.party.short}: {number_of('events', line.tie.events, lang)} ({kind})"
    return _stroke(a.wide, b.wide, line.colour, line.width, line.dashed, f"<title>{escape(label)}</title>")


def _stroke(
    start: tuple[int, int], end: tuple[int, int], colour: str, width: float, dashed: bool, inside: str = ""
) -> str:
    dash = ' stroke-dasharray="7 6"' if dashed else ""
    ends = f'x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dash}>{inside}</line>'


def _node(node: Node, lang: Language) -> str:
    (x, y), r = node.wide, node.radius
    full = node.party.names.get(lang) or node.party.names.get("ru", node.party.short)
    first = y + r + LINE_HEIGHT
    lines = "".join(
        _text(x, round(first + LINE_HEIGHT * i), line, 14, _INK, anchor="middle", halo=True)
        for i, line in enumerate(node.lines)
    )
    return f"<g><title>{escape(full)}</title>{_mark(node.shape, x, y, r, node.colour)}{lines}</g>"


def _mark(shape: str, x: float, y: float, r: float, colour: str) -> str:
    if shape == "dot":
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}" stroke="{_PAPER}" stroke-width="2"/>'
    side = r * math.sqrt(math.pi) / 2 if shape == "square" else r * 1.15
    turn = "" if shape == "square" else f' transform="rotate(45 {x} {y})"'
    return (
        f'<rect x="{x - side:.1f}" y="{y - side:.1f}" width="{2 * side:.1f}" height="{2 * side:.1f}" rx="2" '
        f'fill="{colour}" stroke="{_PAPER}" stroke-width="2"{turn}/>'
    )


def _legend(figure: Figure, words: Mapping[str, str], lang: Language, y: int) -> list[str]:
    items = []
    x = float(_MARGIN)
    countries = [(figure.network.word(iri, lang), colour) for iri, colour in figure.countries]
    if any(node.colour == OTHER_COLOUR for node in figure.nodes):
        countries.append((words["otherCountries"], OTHER_COLOUR))
    for name, colour in countries:
        items += [_mark("dot", x + 6, y - 4, 6, colour), _text(x + 18, y, name, 13, _SOFT)]
        x += 18 + _LETTER * len(name) + 22
    for key, colour, dashed in (("agreement", AGREEMENT_COLOUR, False), ("contact", CONTACT_COLOUR, True)):
        items.append(_stroke((round(x), y - 4), (round(x) + 34, y - 4), colour, 2.5, dashed))
        items.append(_text(x + 42, y, words[key], 13, _SOFT))
        x += 42 + _LETTER * len(words[key]) + 22
    return items


def _text(
    x: float,
    y: float,
    text: str,
    size: int,
    colour: str,
    weight: str = "normal",
    anchor: str = "start",
    halo: bool = False,
) -> str:
    around = f' stroke="{_PAPER}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    return (
        f"<text x={quoteattr(f'{x:.0f}')} y={quoteattr(f'{y:.0f}')} font-size={quoteattr(str(size))} "
        f'font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"{around}>{escape(text)}</text>'
    )
