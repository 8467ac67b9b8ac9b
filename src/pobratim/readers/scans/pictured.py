"""What of a PDF's page is a picture, and how fine it is."""

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_POINTS = 72
_MAX_DEPTH = 4
_MAIN = 0.5
"""Share of all pictures of a page from which on one tells how finely the page was scanned."""


def picture_share(page: pdfium.PdfPage) -> float:
    """Return which share of a page its pictures cover; what lies over each other counts twice."""
    width, height = page.get_size()
    return sum(_area(item) for item in _pictures(page)) / (width * height or 1)


def fineness(page: pdfium.PdfPage) -> float:
    """Return the dots per inch of a page's main pictures; 0 where it has none."""
    found = [(_area(item), item.get_px_size()) for item in _pictures(page)]
    whole = sum(area for area, _ in found)
    widest = max((area for area, _ in found), default=0.0)
    main = [(area, size) for area, size in found if area >= min(_MAIN * whole, widest)]
    values = [_POINTS * (width * height / area) ** 0.5 for area, (width, height) in main if area]
    return max(values, default=0.0)


def _pictures(page: pdfium.PdfPage) -> list[Any]:
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH))


def _area(item: Any) -> float:
    """Return the square points that a picture covers."""
    left, bottom, right, top = item.get_bounds()
    return float(abs((right - left) * (top - bottom)))
