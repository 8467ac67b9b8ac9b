"""Under each fact the phrases that prove it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pobratim.site.evidence import Phrase
from pobratim.site.neighbourhood import Group

_SHOWN = 3
"""Phrases under one fact; all of them stand in the list of the page."""


class Proof(NamedTuple):
    """A phrase and what its report is called."""

    phrase: Phrase
    report: str


class Proofs:
    """The phrases of one thing, by what they prove."""

    def __init__(self, about: str, found: Sequence[Phrase], reports: Mapping[str, str]) -> None:
        """Take the phrases and the titles of reports; ``about`` is the thing."""
        self._about, self._found, self._reports = about, found, reports
        # A hub has a hundred phrases and hundreds of values: for each value all would be looked through.
        self._by_end: dict[str, dict[int, None]] = defaultdict(dict)
        for number, phrase in enumerate(found):
            for end in (phrase.thing, phrase.value):
                self._by_end[end][number] = None

    def of(self, group: Group, value: str) -> tuple[Proof, ...]:
        """Return proofs of one value of a group: a literal's text, or the IRI of a thing.

        What is said of an event its rows say as well, and that somebody took part is said of the participation.
        """
        places = dict[tuple[str, int], Proof]()
        for phrase in map(self._found.__getitem__, self._by_end.get(value, ())):
            if self._fits(phrase, group, value):
                places.setdefault((phrase.cell, phrase.start), Proof(phrase, self._reports.get(phrase.report, "")))
        return tuple(places.values())[:_SHOWN]

    def _fits(self, phrase: Phrase, group: Group, value: str) -> bool:
        if phrase.property == group.property:
            return phrase.value == value if group.direction == "out" else phrase.thing == value
        return phrase.thing == value
