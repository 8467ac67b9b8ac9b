"""Read pages that are pictures: the grid from their ruled lines, the words of each cell by tesseract.

A child process, held to limits, does what costs time and memory or opens what may be hostile: ``work.py`` makes a
plain ``Page`` (``page.py``) of each. What words mean is told in this process: ``reading.py`` makes tables of it.
"""

from pobratim.readers.scans.page import PDF, PICTURE
from pobratim.readers.scans.pictured import picture_share
from pobratim.readers.scans.reading import recognised

__all__ = ["PDF", "PICTURE", "picture_share", "recognised"]
