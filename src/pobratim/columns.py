"""Tell what a column holds by its heading and a title by its first word, as ontology/columns.ttl says."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pobratim.lexicon.skos import Concept, read_concepts

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|№")
_BRACKETED = re.compile(r"\([^()]*\)")
_COORDINATED = re.compile(r"[,;/]|\s(?:и|или)\s", re.IGNORECASE)
_LINES = frozenset({"report-title", "table-caption"})
_MUNICIPALITY = "municipality-line"
_MOST_WORDS = 8
"""A line with more words tells of a municipality rather than naming it."""
_NEEDED = frozenset({"place", "dates", "participants"})
_ABSORBED = {"result": "purpose", "responsible": "participants"}


def fold(text: str) -> str:
    """Return ``text`` in lower case, ё as е, white space folded."""
    return " ".join(text.lower().replace("ё", "е").split())


class _Terms:
    """The labels (sequences of words) and stems (beginnings of a word) of some concepts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.whole: dict[str, str] = {}
        self._phrases: dict[tuple[str, ...], str] = {}
        self._stems: dict[str, str] = {}
        for concept in concepts:
            for label in (*concept.inflected, *concept.literal):
                self.whole.setdefault(_letters(label), concept.local)
                self._phrases.setdefault(tuple(_words(label)), concept.local)
            for stem in concept.stems:
                self._stems.setdefault(fold(stem), concept.local)
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def matches(self, text: str) -> Iterator[str]:
        """Yield the concepts met in ``text``, in order; the longest label wins, a label wins over a stem."""
        words = _words(text)
        start = 0
        while start < len(words):
            length, name = self.match(words, start)
            if name:
                yield name
            start += length

    def match(self, words: list[str], start: int) -> tuple[int, str]:
        """Return how many words from ``start`` on are a term, and of which concept ("" if none)."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            name = self._phrases.get(tuple(words[start : start + length]))
            if name:
                return length, name
        stem = max((stem for stem in self._stems if words[start].startswith(stem)), key=len, default="")
        return 1, self._stems.get(stem, "")


class ColumnNamer:
    """Maps headings to the local names of the concepts of scheme ``column``.

    ``title_column`` is the column without which a row says nothing.
    """

    title_column = "name"

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Compile the scheme; three of its concepts concern lines outside tables, the others headings."""
        concepts = list(concepts)
        self._columns = _Terms(concept for concept in concepts if concept.local not in {*_LINES, _MUNICIPALITY})
        self._lines = _Terms(concept for concept in concepts if concept.local in _LINES)
        own = (concept.literal for concept in concepts if concept.local == _MUNICIPALITY)
        self._units = frozenset(fold(word) for words in own for word in words)

    def names(self, heading: str) -> tuple[str, ...]:
        """Return what a column with this heading holds, () if unknown.

        «Дата и место проведения» holds both; «Цель, содержание и результат» is one account and stays
        ``purpose``. What stands in brackets only explains, unless nothing else is there.
        """
        whole = self._columns.whole.get(_letters(heading))
        if whole:
            return (whole,)
        bare = _BRACKETED.sub(" ", fold(heading))
        parts = _COORDINATED.split(bare if bare.strip() else fold(heading))
        found = list(dict.fromkeys(name for name in map(self._name, parts) if name))
        return tuple(name for name in found if _ABSORBED.get(name) not in found)

    def ignores(self, heading: str) -> bool:
        """Tell whether a column is of no interest and goes unread without a word: none of a report's is."""
        del heading
        return False

    def is_report(self, named: Iterable[str]) -> bool:
        """Tell whether headings that name these columns are a report's: a name, and place, dates or participants."""
        found = set(named)
        return "name" in found and not found.isdisjoint(_NEEDED)

    def line(self, text: str) -> str:
        """Return what the first word of a line tells: ``report-title``, ``table-caption`` or ""."""
        words = _words(text)
        return self._lines.match(words, 0)[1] if words else ""

    def names_municipality(self, line: str) -> bool:
        """Tell whether a line is a municipality's name: «Город Псков», «Мезенский район», not «города Пскова»."""
        words = _words(line)
        return len(words) <= _MOST_WORDS and not self._units.isdisjoint(words)

    def _name(self, part: str) -> str:
        """Return the part's concept: the first, but «Наименование» of something else is that other thing."""
        found = list(self._columns.matches(part))
        others = [name for name in found if name != "name"]
        return (others if found[:1] == ["name"] and others else found or [""])[0]


def load_columns(path: Path) -> ColumnNamer:
    """Read the namer from a Turtle file with the scheme ``column``. Raises ContentError."""
    return ColumnNamer(concept for concept in read_concepts(path) if concept.scheme == "column")


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum() or char == "№")


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
