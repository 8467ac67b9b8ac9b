"""Texts in the letters of the pages, drawn without a browser: the fonts are the files that the pages' build has put
beside the scripts. Neither fonts of the system nor a library that shapes text is asked: pictures are the same anywhere.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.content import content_root

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_FOLDER = ("viz", "static", "app", "assets")
_CYRILLIC, _LATIN = "golos-text-cyrillic-wght-normal-*.woff2", "golos-text-latin-wght-normal-*.woff2"
_OF_CYRILLIC = re.compile("[\u0301\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]+")
_OF_LATIN = re.compile("[\u0000-\u00ff\u2000-\u206f\u20ac\u2191\u2193\u2212]")
"""What each file holds (``viz/app/fonts.css``)."""
_SPACES = {"\u202f": "\u00a0", "\n": " ", "\t": " ", "\r": " "}
_UNKNOWN = "·"
"""Stands for a letter of other scripts."""
_MORE = "…"


@cache
def has_letters() -> bool:
    """Tell whether the fonts are there: where the pages' scripts are not built they are not."""
    return all(_file(each) is not None for each in (_CYRILLIC, _LATIN))


@dataclass(frozen=True, slots=True)
class Lettering:
    """Letters of a size in pixels and a weight (400 is usual)."""

    size: int
    weight: int = 400

    def width(self, text: str) -> float:
        """Return how many pixels a text is wide. Raises OSError for fonts that cannot be read."""
        return sum(self._font(is_cyrillic).getlength(part) for part, is_cyrillic in _runs(known(text)))

    def write(self, draw: "ImageDraw", at: tuple[float, float], text: str, ink: int) -> None:
        """Write a line from its left end on the line that letters stand on. Raises OSError."""
        x, y = at
        for part, is_cyrillic in _runs(known(text)):
            font = self._font(is_cyrillic)
            draw.text((x, y), part, fill=ink, font=font, anchor="ls")
            x += font.getlength(part)

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """Return a text in lines of a width, of which there are at most so many; what is left out is marked."""
        lines = [""]
        words = known(text).split(" ")
        for word in filter(None, words):
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        shown = lines[:most]
        if len(lines) > most:
            shown[-1] += _MORE
        return [self.cut(line, width) for line in shown]

    def cut(self, text: str, width: float) -> str:
        """Return as much of a line as has room."""
        if self.width(text) <= width:
            return text
        text = text.removesuffix(_MORE)
        whole = range(1, len(text) + 1)
        room = bisect_right(whole, width, key=lambda most: self.width(_ended(text[:most])))
        return _ended(text[:room])

    def _font(self, is_cyrillic: bool) -> "FreeTypeFont":
        return _font(_CYRILLIC if is_cyrillic else _LATIN, self.size, self.weight)


def _ended(text: str) -> str:
    return text.rstrip(" ,.;:—") + _MORE


def known(text: str) -> str:
    """Return a text in letters that the fonts have: without the marks that they lack above letters."""
    return "".join(_shown(each) for each in unicodedata.normalize("NFC", text))


def _shown(letter: str) -> str:
    letter = _SPACES.get(letter, letter)
    if _OF_CYRILLIC.match(letter) or _OF_LATIN.match(letter):
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain if _OF_CYRILLIC.match(plain) or _OF_LATIN.match(plain) else _UNKNOWN


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _OF_CYRILLIC.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def _file(pattern: str) -> Path | None:
    found: Sequence[Path] = sorted(content_root().joinpath(*_FOLDER).glob(pattern))
    return found[0] if found else None


@cache
def _font(pattern: str, size: int, weight: int) -> "FreeTypeFont":
    from PIL.ImageFont import Layout, truetype  # imported here: commands that draw nothing start sooner

    file = _file(pattern)
    if file is None:
        raise FileNotFoundError(content_root().joinpath(*_FOLDER) / pattern)
    font = truetype(file, size, layout_engine=Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font
