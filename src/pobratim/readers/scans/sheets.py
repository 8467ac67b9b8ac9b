"""Pages as grey pictures, from PDF and from files of pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from pobratim.readers.scans.page import MAX_PAGES
from pobratim.readers.scans.pictured import fineness

LEAST_DPI = 170
"""Dots per inch below which letters are read wrongly more often than doubted: at 150 a fifth of all rows was lost."""
MOST_DPI = 300
"""What is finer costs time and tells no more."""
MAX_PIXELS = 40_000_000
"""A page of A2 at 300 dpi has 35 million."""
_POINTS = 72
_LONG_SIDE = 11.69
"""Inches of the longer side of A4: what a picture shows that does not say how large it is."""
_SMALLEST, _LARGEST = 3.0, 24.0
"""Inches of the longer side of a sheet: a picture that says otherwise of itself says nothing (cameras write 72 dpi)."""

Grey = npt.NDArray[np.uint8]


class SheetError(Exception):
    """A page that is not taken: ``code`` of the message, and what fills it."""

    def __init__(self, code: str, **values: object) -> None:
        """Take the code of a message and its values."""
        super().__init__(code)
        self.code, self.values = code, {name: str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: 0 is black, 255 white; ``dpi`` are its dots per inch."""

    grey: Grey
    dpi: float


Sheets = tuple[int, Callable[[int], Sheet]]
"""How many pages a file has, and what gives one by its number from 0; it is not to be asked twice at once."""


def pdf_sheets(path: Path) -> Sheets:
    """Return the pages of a PDF, each as fine as its pictures are.

    Asked for one that is too coarse or too large, it raises SheetError.
    """
    document = pdfium.PdfDocument(path)

    def one(number: int) -> Sheet:
        page = document[number]
        dpi = _checked(fineness(page) or MOST_DPI, number)
        width, height = page.get_size()
        _bounded(width / _POINTS * dpi, height / _POINTS * dpi, number)
        bitmap = page.render(scale=dpi / _POINTS, grayscale=True, no_smoothpath=True)
        grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
        page.close()
        return Sheet(grey, dpi)

    return len(document), one


def picture_sheets(path: Path) -> Sheets:
    """Return the pages of a picture file.

    Raises SheetError where it is damaged or has too many; so does what is asked for a page.
    """
    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = None  # each page is held to MAX_PIXELS before it is decoded
    with _damaged():
        image = Image.open(path)
        count = int(getattr(image, "n_frames", 1))
        frames = ImageSequence.Iterator(image)
    if count > MAX_PAGES:
        raise SheetError("reader-too-many-pages", pages=count, limit=MAX_PAGES)

    def one(number: int) -> Sheet:
        with _damaged():
            return _frame(frames[number], number)

    return count, one


@contextmanager
def _damaged() -> Iterator[None]:
    """Tell of what a decoder raises that the file is damaged."""
    try:
        yield
    except (OSError, SyntaxError, ValueError, IndexError) as error:  # Pillow raises SyntaxError for broken PNG
        raise SheetError("reader-damaged-archive") from error


def _frame(image: Any, number: int) -> Sheet:
    from PIL import Image, ImageOps

    width, height = image.size
    _bounded(width, height, number)
    told = image.info.get("dpi", (0, 0))
    image = ImageOps.exif_transpose(image)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    grey = image.convert("L")
    long = max(image.size)
    dpi = float(min(told)) if min(told) > 0 and _SMALLEST <= long / float(min(told)) <= _LARGEST else long / _LONG_SIDE
    _checked(dpi, number)
    if dpi > MOST_DPI:
        share = MOST_DPI / dpi
        grey = grey.resize((round(grey.width * share), round(grey.height * share)), Image.Resampling.BOX)
        dpi = float(MOST_DPI)
    return Sheet(np.array(grey), dpi)


def _checked(dpi: float, number: int) -> float:
    if dpi < LEAST_DPI:
        raise SheetError("reader-scan-coarse", page=number + 1, dpi=round(dpi), least=LEAST_DPI)
    return min(dpi, float(MOST_DPI))


def _bounded(width: float, height: float, number: int) -> None:
    if width * height > MAX_PIXELS:
        limit = MAX_PIXELS // 1_000_000
        raise SheetError("reader-scan-large", page=number + 1, found=round(width * height / 1_000_000), limit=limit)
