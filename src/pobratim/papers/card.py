"""The picture that stands for a page where its address is told of: a name, its sentence, bars by year, the strongest.

1200 x 630 pixels, which is what OpenGraph's readers show, in sixteen colours: ink and paper with the shades between
them, which letters need, one colour for bars, the yellow of the sign, and those of countries.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from pobratim.papers.lettering import Lettering
from pobratim.templating.styles import OTHERS, country_colours

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1200, 630
_SIDE, _HALF, _GAP = 64, 520, 32
"""Room at the left and the right; a column, and the room between the two."""
_SHADES = 8
_INK, _PAPER = (0x1C, 0x21, 0x27), (0xFB, 0xFA, 0xF7)
_LINE, _BARS, _MARK, _LANDS = 8, 9, 10, 11
"""Places in the palette: behind the shades a line, bars, the yellow, and from there on countries."""
_COLOURS = (0xE3, 0xDF, 0xD6, 0x0B, 0x55, 0x66, 0xFF, 0xE3, 0x8F)
STRONGEST, YEARS = 5, 20
"""So many of the strongest have room, and bars of so many years."""
_DARK, _SOFT = 0, 60
"""Ink of names and of what explains them."""
_NAME, _LONG_NAME, _SENTENCE = Lettering(60, 640), Lettering(44, 640), Lettering(29)
_SMALL, _ROW, _FIGURE, _SITE = Lettering(21), Lettering(25), Lettering(25, 620), Lettering(27, 650)
_TOP, _FOOT = 372, 596
_BAR_HIGH = 130
_DRAWING = Lock()
"""Fonts are not to be used by two threads at once."""


@dataclass(frozen=True, slots=True)
class Strong:
    """One of the strongest: name, number ("" for none), and the code of a country, "" where it has no colour."""

    name: str
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in such a picture. ``kind`` is in small letters above the name, ``years`` counts events by year.

    ``is_main`` tells that it is of a page that many lead to: those have one where not all pages have.
    """

    site: str
    kind: str
    name: str
    sentence: str
    years: Mapping[int, int]
    years_heading: str
    strongest: Sequence[Strong]
    strongest_heading: str
    is_main: bool = False

    @property
    def said(self) -> str:
        """Return what tells of the picture whoever does not see it."""
        return f"{self.name}. {self.sentence}"


def png(card: Card) -> bytes:
    """Return a card as PNG, the same bytes for the same card. Raises OSError where the fonts are missing."""
    from PIL import Image, ImageDraw

    with _DRAWING:
        letters = Image.new("L", (WIDTH, HEIGHT), 255)
        _write(ImageDraw.Draw(letters), card)
        shades = letters.point([each * _SHADES // 256 for each in range(256)])
        picture = Image.frombytes("P", shades.size, shades.tobytes())
        lands = list(dict.fromkeys(each.country for each in card.strongest if each.country))[:STRONGEST]
        picture.putpalette(_palette(lands))
        _colour(picture, card, lands)
    held = io.BytesIO()
    picture.save(held, "PNG", bits=4, compress_level=7)
    return held.getvalue()


def _palette(lands: Sequence[str]) -> list[int]:
    shades = [
        ink + (paper - ink) * step // (_SHADES - 1)
        for step in range(_SHADES)
        for ink, paper in zip(_INK, _PAPER, strict=True)
    ]
    return [*shades, *_COLOURS, *(part for code in lands for part in _colour_of(code))]


def _colour_of(code: str) -> bytes:
    colours = country_colours()
    return bytes.fromhex(colours.get(code.upper(), colours[OTHERS])["light"].removeprefix("#"))


def _write(draw: "ImageDraw", card: Card) -> None:
    _SITE.write(draw, (_SIDE + 74, 76), card.site, _DARK)
    draw.ellipse((_SIDE + 5, 38, _SIDE + 25, 58), fill=_DARK)
    draw.ellipse((_SIDE + 32, 38, _SIDE + 52, 58), outline=_DARK, width=5)
    draw.rectangle((_SIDE + 22, 46, _SIDE + 33, 50), fill=_DARK)
    _SMALL.write(draw, (_SIDE, 138), _SMALL.cut(card.kind, WIDTH - 2 * _SIDE), _SOFT)
    y = 138
    is_long = _NAME.width(card.name) > WIDTH - 2 * _SIDE
    letters, step = (_LONG_NAME, 52) if is_long else (_NAME, 68)
    for line in letters.lines(card.name, WIDTH - 2 * _SIDE, 2):
        y += step
        letters.write(draw, (_SIDE, y), line, _DARK)
    y += 16
    for line in _SENTENCE.lines(card.sentence, WIDTH - 2 * _SIDE, (_TOP - y - 16) // 38):
        y += 38
        _SENTENCE.write(draw, (_SIDE, y), line, _DARK)
    if card.years:
        _heading(draw, _SIDE, card.years_heading)
        first, last = _span(card)
        _SMALL.write(draw, (_SIDE, _FOOT), str(first), _SOFT)
        if last > first:
            _SMALL.write(
                draw, (_SIDE + _step(card) * (last - first + 0.78) - _SMALL.width(str(last)), _FOOT), str(last), _SOFT
            )
    if card.strongest:
        _heading(draw, _right(card), card.strongest_heading)
    for x, y, each in _rows(card):
        _row(draw, x, y, each)


def _right(card: Card) -> int:
    """Return where the column of the strongest begins: at the left where there are no bars."""
    return _SIDE + _HALF + _GAP if card.years else _SIDE


def _rows(card: Card) -> Iterator[tuple[int, int, Strong]]:
    """Yield the left end and the foot of the letters of each of the strongest, and who it is."""
    for number, each in enumerate(card.strongest[:STRONGEST]):
        yield _right(card), _TOP + 66 + 38 * number, each


def _heading(draw: "ImageDraw", x: int, text: str) -> None:
    draw.rectangle((x, _TOP, x + _HALF - 1, _TOP + 2), fill=_DARK)
    _SMALL.write(draw, (x, _TOP + 30), _SMALL.cut(text, _HALF), _SOFT)


def _row(draw: "ImageDraw", x: int, y: int, one: Strong) -> None:
    start, wide = x + (26 if one.country else 0), _FIGURE.width(one.number)
    _ROW.write(draw, (start, y), _ROW.cut(one.name, x + _HALF - start - wide - 16), _DARK)
    _FIGURE.write(draw, (x + _HALF - wide, y), one.number, _DARK)


def _span(card: Card) -> tuple[int, int]:
    last = max(card.years)
    return max(min(card.years), last - YEARS + 1), last


def _step(card: Card) -> float:
    """Return from one bar to the next."""
    first, last = _span(card)
    return min(_HALF / (last - first + 1), 60)


def _colour(picture: "Image", card: Card, lands: Sequence[str]) -> None:
    """Paint what has a colour: letters stand above the yellow of the sign."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    sign = (_SIDE, 61, _SIDE + 58, 76)
    draw.rounded_rectangle(sign, 3, fill=_MARK)
    if card.years:
        _bars(draw, card)
    for x, y, each in _rows(card):
        if each.country:
            draw.rectangle((x, y - 17, x + 14, y - 3), fill=_LANDS + lands.index(each.country))


def _bars(draw: "ImageDraw", card: Card) -> None:
    first, last = _span(card)
    step = _step(card)
    top = max(card.years.values())
    for year in range(first, last + 1):
        count = card.years.get(year, 0)
        x, y = _SIDE + (year - first) * step, _FOOT - 28
        high = max(3, round(_BAR_HIGH * count / top)) if count else 1
        draw.rectangle((round(x), y - high, round(x + step * 0.78), y), fill=_BARS if count else _LINE)
