"""What the rules have claimed of a row's cells: the stretches that some value of the record was read from."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pobratim.record import Record
from pobratim.text.words import word

COLUMNS = ("name", "place", "purpose", "result", "participants")
"""The columns of ontology/columns.ttl whose text names who and what an event is about."""

LEAST_COVERED = 0.5
"""A stretch counts as claimed when at least this share of its letters and digits is."""

_NAMES_NOTHING = frozenset({"title", "kind", "topics", "mode", "cells"})
"""Fields read from a whole cell or from common words: their evidence does not mean that a name was understood."""

_CAPITALISED = re.compile(r"(?<![\w-])[A-ZА-ЯЁ][\w’'-]*")


class Span(NamedTuple):
    """The stretch ``[start:end]`` of a cell."""

    start: int
    end: int


class Claims:
    """What is claimed of one record's cells."""

    def __init__(self, record: Record) -> None:
        """Collect the evidence; ``values`` are notations of the row's countries, and of home country and region."""
        self._phrases: dict[str, None] = {}
        self._spans: dict[str, list[Span]] = {}
        self._kinds: dict[str, list[Span]] = {}
        for item in record.evidence:
            field = item.value.split("/", 2)[1]
            if field not in _NAMES_NOTHING:
                self._phrases[item.exact] = None
                self._spans.setdefault(item.column, []).append(Span(item.start, item.end))
            elif field == "kind":
                self._kinds.setdefault(item.column, []).append(Span(item.start, item.end))
        self.values = frozenset({*record.countries, record.home.country, record.home.region} - {""})

    def overlaps(self, column: str, start: int, end: int) -> bool:
        """Tell whether a claim shares a character with ``[start:end]``."""
        return any(span.start < end and start < span.end for span in self._spans.get(column, ()))

    def holds(self, column: str, start: int, end: int) -> bool:
        """Tell whether one claim holds all of ``[start:end]``."""
        return any(span.start <= start and end <= span.end for span in self._spans.get(column, ()))

    def covers(self, column: str, text: str, start: int, end: int) -> bool:
        """Tell whether so much of ``text[start:end]`` is claimed that the stretch counts as claimed."""
        near = [span for span in self._spans.get(column, ()) if span.start < end and start < span.end]
        if not near:
            return False
        letters = [at for at in range(start, end) if text[at].isalnum()]
        held = sum(any(span.start <= at < span.end for span in near) for at in letters)
        return held >= LEAST_COVERED * len(letters)

    def tells_kind(self, column: str, start: int, end: int) -> bool:
        """Tell whether the kind of the event was read from ``[start:end]``."""
        return any(span.start < end and start < span.end for span in self._kinds.get(column, ()))

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Return the lemmas of the capitalised words of all claimed phrases, in any column."""
        words = {match for phrase in self._phrases for match in _CAPITALISED.findall(phrase)}
        return frozenset(lemma for text in words for lemma in word(text).lemmas)


def texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield column and raw text of the cells in which names are looked for."""
    own = {one.column: Span(one.start, one.end) for one in record.evidence if one.value.startswith("/cells/")}
    for column in COLUMNS:
        if text := record.cells.get(column):
            yield column, _masked(text, own[column]) if column in own else text


def _masked(text: str, own: Span) -> str:
    """Return a cell of which only a stretch is this row's, with spaces for the rest: offsets stay."""
    return " " * own.start + text[own.start : own.end] + " " * (len(text) - own.end)
