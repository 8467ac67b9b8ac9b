"""Which recognised words are doubtful, and how likely they are right."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from pobratim.readers.scans.page import Said
from pobratim.table import Unsure
from pobratim.text.tokens import tokenize
from pobratim.text.words import word

_SURE = 80.0
"""Tesseract's confidence below which one word in two is wrong (measured on 2,479 words)."""
_UNKNOWN = 0.5
"""Likelihood that a word is right that tesseract is sure of and no dictionary has: half of them are names."""
_LEAST = 0.01
_ABBREVIATION = 6
"""Letters of an abbreviation in capitals, which no dictionary needs to have."""


def repeated(words: Iterable[Said]) -> frozenset[str]:
    """Return the words that a document has more than once: letters are misread otherwise each time."""
    counts = Counter(part for said in words for part in _parts(said.text))
    return frozenset(part for part, count in counts.items() if count > 1)


def unsure(line: Sequence[Said], text: str, known: Collection[str] = ()) -> Iterator[Unsure]:
    """Yield the doubtful words of a line that reads ``text``; words that are ``known`` besides are not unknown."""
    at = 0
    for said in line:
        start = text.find(said.text, at)
        if start < 0:
            continue
        at = start + len(said.text)
        confidence = _confidence(said, known)
        if confidence < 1:
            yield Unsure(start, at, confidence)


def _confidence(said: Said, known: Collection[str]) -> float:
    if not any(map(str.isalnum, said.text)):
        return 1.0  # a dash for another is no doubt about a word
    likely = max(_LEAST, round(said.confidence / 100, 2))
    if said.confidence < _SURE:
        return likely
    return 1.0 if all(part in known or _is_known(part) for part in _parts(said.text)) else min(likely, _UNKNOWN)


def _parts(text: str) -> Iterator[str]:
    """Yield the words that a word between spaces is made of, those of a compound apart; a single letter is none."""
    for token in tokenize(text):
        if token.kind == "word":
            yield from (part for part in token.text.split("-") if len(part) > 1)


def _is_known(text: str) -> bool:
    found = word(text)
    return found.known or bool(found.roman) or (text.isupper() and len(text) <= _ABBREVIATION)
