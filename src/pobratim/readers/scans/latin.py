"""Words in Latin letters among Russian ones: what Russian reads with doubt is asked for again as Latin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from pobratim.readers.scans import tesseract
from pobratim.readers.scans.page import Lines, Said
from pobratim.readers.scans.program import LATIN, has
from pobratim.readers.scans.sheets import Grey

_DOUBTFUL = 90.0
"""Confidence in Russian below which a word is asked for again; above it a twentieth of all words need not be."""
_SURE = 80.0
"""Confidence in Latin from which on a word is taken for Latin, if it is surer than in Russian."""
_WORD = re.compile(r"[«(\"'“„]*[A-Za-z][A-Za-z'.&-]{2,}[»)\"'”“.,:;]*")
_AROUND = 0.04
"""Inches of white around a word."""

_Place = tuple[int, int, int]


def with_latin(pictures: Sequence[Grey], texts: Sequence[Lines], dpi: float) -> list[Lines]:
    """Return the lines of each picture with the Latin reading of words that are surer so."""
    asked = list(_doubtful(texts)) if has(LATIN) else []
    cuts = [_cut(pictures[picture], said, dpi) for (picture, _, _), said in asked]
    told = tesseract.words(cuts, dpi, LATIN, single=True)
    found: dict[_Place, str] = {}
    for (place, said), lines in zip(asked, told, strict=True):
        words = [word for line in lines for word in line]
        least = min((word.confidence for word in words), default=0.0)
        text = " ".join(word.text for word in words)
        if least >= max(_SURE, said.confidence) and all(_WORD.fullmatch(word.text) for word in words):
            found[place] = text
    return [
        tuple(
            tuple(
                replace(said, latin=found[number, row, at]) if (number, row, at) in found else said
                for at, said in enumerate(line)
            )
            for row, line in enumerate(lines)
        )
        for number, lines in enumerate(texts)
    ]


def _doubtful(texts: Sequence[Lines]) -> Iterator[tuple[_Place, Said]]:
    for number, lines in enumerate(texts):
        for row, line in enumerate(lines):
            for at, said in enumerate(line):
                if said.confidence < _DOUBTFUL and any(map(str.isalpha, said.text)) and len(said.text) > 2:
                    yield (number, row, at), said


def _cut(picture: Grey, said: Said, dpi: float) -> Grey:
    left, top, right, bottom = said.box
    margin = round(_AROUND * dpi)
    return np.pad(picture[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2], margin, constant_values=255)
