"""Which recognised words are doubtful, and how likely they are right."""

from collections.abc import Iterator, Sequence

from pobratim.readers.scans.page import Said
from pobratim.table import Unsure
from pobratim.text.tokens import tokenize
from pobratim.text.words import word

SURE = 80.0
"""Tesseract's confidence from which on a word that the dictionary has is right in 98 of 100."""
_UNKNOWN = 0.5
"""Likelihood that a word is right that tesseract is sure of and no dictionary has: half of them are names."""


def unsure(line: Sequence[Said], text: str) -> Iterator[Unsure]:
    """Yield the doubtful words of a line that reads ``text``, its words with a space between them."""
    at = 0
    for said in line:
        start = text.find(said.text, at)
        if start < 0:
            continue
        at = start + len(said.text)
        confidence = _confidence(said)
        if confidence < 1:
            yield Unsure(start, at, confidence)


def _confidence(said: Said) -> float:
    likely = max(0.0, said.confidence) / 100
    if said.confidence < SURE:
        return round(likely, 2)
    return 1.0 if all(map(_is_known, _letters(said.text))) else min(round(likely, 2), _UNKNOWN)


def _letters(text: str) -> Iterator[str]:
    return (token.text for token in tokenize(text) if token.kind == "word" and len(token.text) > 1)


def _is_known(text: str) -> bool:
    found = word(text)
    return found.known or bool(found.roman)
