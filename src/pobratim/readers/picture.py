"""Read pictures of pages (PNG, JPEG, TIFF) by recognising them."""

from dataclasses import replace

from pobratim.readers.grid import Grid, unreadable
from pobratim.readers.paged import flow_of
from pobratim.readers.scans import PICTURE, recognised


def read(data: bytes, file: str) -> Grid:
    """Return every ruled table and the text outside tables of all pages of a picture.

    Raises UnreadableDocumentError where tesseract is not installed, for a damaged file, and where
    ``recognised`` or the page's form says so.
    """
    found = recognised(data, file, PICTURE)
    parts = [part for number in sorted(found.pages) for part in found.pages[number]]
    grid = flow_of(parts).grid()
    if not grid.tables:
        raise unreadable("reader-picture-without-table", file)
    return replace(grid, problems=found.problems)
