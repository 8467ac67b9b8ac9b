"""The class diagram: boxes placed by hand (``viz/model.yml``), filled and joined by what the data hold."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from xml.sax.saxutils import escape

from pobratim.rdf.iris import VOCABULARY
from pobratim.site.arrows import Point, Rectangle, label_at, route
from pobratim.site.labels import Naming, shortened
from pobratim.site.usage import Box, Plan, Usage, plan
from pobratim.site.words import grouped, word

INK, SOFT, OWN = "#16202a", "#55616c", "#0b5a8f"
PAPER, OWN_PAPER, BORROWED_PAPER = "#ffffff", "#e8f1f7", "#f5f7f8"
"""Colours of texts and grounds; each text on each ground has the contrast of WCAG 2.2, AA."""
_EDGE = "#9aa6b0"
_FONT = "'PT Sans','Segoe UI','Noto Sans','DejaVu Sans',Arial,sans-serif"
_WIDTH, _HEAD, _LINE, _LETTERS = 222, 46, 15, 32
_NAMING = {"label", "title", "prefLabel", "altLabel", "hiddenLabel", "identifier", "exactMatch"}
"""Ends of the IRIs of properties that nearly everything has: they stand in no box."""
_TITLE = 23
"""Letters up to which the name of a class is written large."""
_LABEL, _LOOP = 26, 30
"""The height of an arrow's label, and how near the ends of an arrow lie that comes back to its box."""
_BACK = ' marker-start="url(#tip)"'
Pair = tuple[int, int]


def model_svg(found: Usage, names: Naming) -> str:
    """Return the diagram of the data as an SVG element that needs no font or style from elsewhere."""
    placed = plan()
    joins = _joins(placed, found)
    lines = {number: _lines(number, placed, joins) for number, box in enumerate(placed.boxes) if count_of(box, found)}
    at = {number: _rectangle(placed.boxes[number], lines[number]) for number in lines}
    width, height = placed.size
    body, taken = [], list(at.values())
    for (start, end), there, back in _arrows(placed, joins, at):
        body.append(_arrow(there, back, route(at[start], at[end]), names, taken))
    body += [_box(placed.boxes[number], found, lines[number], at[number], names) for number in lines]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(word("model", names.lang))}" class="model" font-family="{_FONT}">\n'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="{SOFT}"/></marker></defs>\n'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def count_of(box: Box, found: Usage) -> int:
    """Return how many things a box stands for."""
    return sum(found.classes.get(iri, 0) for iri in box.classes) or found.properties.get(box.counted, 0)


def _joins(placed: Plan, found: Usage) -> Mapping[Pair, Sequence[str]]:
    """Return the properties that lead from one box to another, or (to -1) to what has none."""
    joins: dict[Pair, set[str]] = {}
    number = {box: index for index, box in enumerate(placed.boxes)}
    for iri, use in found.uses.items():
        for sources, targets in use.joins:
            start, end = placed.box(sources), placed.box(targets)
            if start is not None:
                joins.setdefault((number[start], number[end] if end else -1), set()).add(iri)
    return {pair: sorted(found, key=_place) for pair, found in joins.items()}


def _place(iri: str) -> tuple[bool, str]:
    return not iri.startswith(VOCABULARY), shortened(iri)


def _is_line(pair: Pair, iri: str, placed: Plan) -> bool:
    """Tell whether a property stands as a line in its box and not as an arrow."""
    return pair[1] < 0 or iri in placed.lines or placed.boxes[pair[1]].is_listed


def _lines(number: int, placed: Plan, joins: Mapping[Pair, Sequence[str]]) -> list[str]:
    """Return the properties of a box that no arrow shows, as lines of their short names."""
    found = {iri for pair, iris in joins.items() if pair[0] == number for iri in iris if _is_line(pair, iri, placed)}
    shorts = [shortened(iri) for iri in sorted(found, key=_place) if not iri.endswith(tuple(_NAMING))]
    return wrap(", ".join(shorts), _LETTERS, break_on_hyphens=False)


def _rectangle(box: Box, lines: Sequence[str]) -> Rectangle:
    return Rectangle(*box.at, _WIDTH, _HEAD + (len(lines) * _LINE + 6 if lines else 0))


def _arrows(
    placed: Plan, joins: Mapping[Pair, Sequence[str]], at: Mapping[int, Rectangle]
) -> Iterator[tuple[Pair, Sequence[str], Sequence[str]]]:
    """Yield the pairs of boxes to be joined, each once, with the properties that lead there and back."""
    shown = {
        pair: kept
        for pair, iris in joins.items()
        if pair[0] in at and pair[1] in at and (kept := [iri for iri in iris if not _is_line(pair, iri, placed)])
    }
    for start, end in sorted(shown):
        back = shown.get((end, start), []) if start != end else []
        if not back or start < end:
            yield (start, end), shown[start, end], back


def _box(box: Box, found: Usage, lines: Sequence[str], at: Rectangle, names: Naming) -> str:
    main = next((iri for iri in box.classes if found.classes.get(iri)), box.classes[0])
    is_own = main.startswith(VOCABULARY)
    short, x = shortened(main), at.left + 10
    besides = [shortened(iri) for iri in (*box.classes, *box.also) if iri != main and found.classes.get(iri)]
    parts = [
        f"<g><title>{escape(' · '.join([short, *besides]))}</title>",
        f'<rect x="{at.left}" y="{at.top}" width="{at.width}" height="{at.height}" rx="6" '
        f'fill="{OWN_PAPER if is_own else BORROWED_PAPER}" stroke="{OWN if is_own else _EDGE}" '
        f'stroke-width="{2 if is_own else 1}"/>',
        _text(
            Point(x, at.top + 19),
            names.property(main),
            15 if len(names.property(main)) < _TITLE else 12.5,
            OWN if is_own else INK,
            bold=True,
        ),
        _text(Point(x, at.top + 36), short, 12, SOFT),
        _text(Point(at.left + at.width - 10, at.top + 36), grouped(count_of(box, found), names.lang), 13, INK, "end"),
    ]
    parts += [_text(Point(x, at.top + _HEAD + 9 + _LINE * line), told, 11.5, INK) for line, told in enumerate(lines)]
    return "\n".join([*parts, "</g>"])


def _arrow(
    there: Sequence[str], back: Sequence[str], ends: tuple[Point, Point], names: Naming, taken: list[Rectangle]
) -> str:
    start, end = ends
    is_own = any(iri.startswith(VOCABULARY) for iri in (*there, *back))
    marks = ("→ ", "← ") if back else ("", "")
    told = [*((marks[0], iri) for iri in there), *((marks[1], iri) for iri in back)]
    is_loop = start.x == end.x and abs(start.y - end.y) < _LOOP
    width = max(max(len(mark + names.property(iri)) * 7, len(shortened(iri)) * 6) for mark, iri in told)
    height = _LABEL * len(told)
    if is_loop:
        path = f"M{start.x:g} {start.y:g}c26 0 26 {end.y - start.y:g} 0 {end.y - start.y:g}"
        place = Rectangle(start.x + 24, (start.y + end.y - height) / 2, width, height)
    else:
        path = f"M{start.x:g} {start.y:g}L{end.x:g} {end.y:g}"
        place = label_at(start, end, width, height, taken)
    taken.append(place)
    line = (
        f'<path d="{path}" fill="none" stroke="{OWN if is_own else SOFT}" stroke-width="{1.8 if is_own else 1.1}" '
        f'marker-end="url(#tip)"{_BACK if back else ""}/>'
    )
    x, anchor = (place.left, "start") if is_loop else (place.left + width / 2, "middle")
    labels = [_label(Point(x, place.top + 11 + _LABEL * row), *one, names, anchor) for row, one in enumerate(told)]
    return "\n".join(["<g>", line, *labels, "</g>"])


def _label(at: Point, mark: str, iri: str, names: Naming, anchor: str) -> str:
    is_own = iri.startswith(VOCABULARY)
    return "\n".join(
        [
            _text(at, mark + names.property(iri), 12.5, OWN if is_own else INK, anchor, bold=is_own, halo=True),
            _text(Point(at.x, at.y + 12), shortened(iri), 10.5, SOFT, anchor, halo=True),
        ]
    )


def _text(
    at: Point, told: str, size: float, colour: str, anchor: str = "start", bold: bool = False, halo: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    behind = f' paint-order="stroke" stroke="{PAPER}" stroke-width="4"' if halo else ""
    return (
        f'<text x="{at.x:g}" y="{at.y:g}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}{behind}>'
        f"{escape(told)}</text>"
    )
