"""Tell what a column holds by its heading and a title by its first word, as ontology/columns.ttl says."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from pobratim.lexicon.skos import Concept, read_concepts
from pobratim.text.words import look_cyrillic, straighten

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|№")
_BRACKETED = re.compile(r"\([^()]*\)")
_COORDINATED = re.compile(r"[,;/]|\s(?:и|или)\s", re.IGNORECASE)
_YEAR_OR_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)(?!\d)")
_LINES = frozenset({"report-title", "table-caption", "total-line"})
_MUNICIPALITY = "municipality-line"
_WORDS = ("event-word", "date-word", "end-word", "sheet-word", "guest-word", "host-word")
_MOST_WORDS = 8
"""A line with more words tells of a municipality rather than naming it."""
_NEEDED = frozenset({"place", "dates", "participants"})
_ABSORBED = {"result": "purpose", "responsible": "participants"}
_SHORT = 3
"""So many letters has a preposition; what follows one does not say whose name it is."""


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

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the concepts met in ``text``, in order, and which word follows each.

        The longest label wins, a label wins over a stem.
        """
        words = _words(text)
        start = 0
        while start < len(words):
            length, name = self.match(words, start)
            start += length
            if name:
                yield start, name

    def match(self, words: list[str], start: int) -> tuple[int, str]:
        """Return how many words from ``start`` on are a term, and of which concept ("" if none)."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            name = self._phrases.get(tuple(words[start : start + length]))
            if name:
                return length, name
        stem = max((stem for stem in self._stems if words[start].startswith(stem)), key=len, default="")
        return 1, self._stems.get(stem, "")

    def is_label(self, words: list[str], end: int) -> bool:
        """Tell whether a label, not only a stem, ends before the word ``end``."""
        return any(tuple(words[start:end]) in self._phrases for start in range(end))

    def has(self, text: str) -> bool:
        """Tell whether any of the terms is in ``text``."""
        return any(True for _ in self.matches(text))


class ColumnNamer:
    """Maps headings to the local names of the concepts of scheme ``column``.

    ``title_column`` is the column without which a row says nothing.
    """

    title_column = "name"

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Compile the scheme: some of its concepts concern lines, rows and values, the others headings."""
        concepts = list(concepts)
        apart = {*_LINES, _MUNICIPALITY, *_WORDS}
        self._columns = _Terms(concept for concept in concepts if concept.local not in apart)
        self._lines = _Terms(concept for concept in concepts if concept.local in _LINES)
        self._event, self._date, self._end, self._sheet, self._guest, self._host = (
            _Terms(concept for concept in concepts if concept.local == one) for one in _WORDS
        )
        own = (concept.literal for concept in concepts if concept.local == _MUNICIPALITY)
        self._units = frozenset(fold(word) for words in own for word in words)

    def names(self, heading: str) -> tuple[str, ...]:
        """Return what a column with this heading holds, () if unknown.

        «Дата и место проведения» holds both; «Цель, содержание и результат» is one account and stays
        ``purpose``. What stands in brackets only explains, unless nothing else is there. Latin letters that look
        like Cyrillic ones are read as such.
        """
        return self._named(heading) or self._named(mended(heading))

    def _named(self, heading: str) -> tuple[str, ...]:
        whole = self._columns.whole.get(_letters(heading))
        if whole:
            return (whole,)
        bare = _BRACKETED.sub(" ", fold(heading))
        parts = [part for part in _COORDINATED.split(bare if bare.strip() else fold(heading)) if part.strip()]
        found = [self._name(part) for part in parts]
        if found[:1] == ["name"] and found[1:2] == [""] and len(_words(parts[1])) > 1:
            # «Наименование и шифр документации»: both are of the same other thing.
            found[0] = ""
        known = list(dict.fromkeys(filter(None, found)))
        return tuple(name for name in known if _ABSORBED.get(name) not in known)

    def names_other(self, heading: str) -> bool:
        """Tell whether a heading is the name of something that is no event: «Наименование товара»."""
        return any(name == "name" for _, name in self._columns.matches(_BRACKETED.sub(" ", mended(heading))))

    def ignores(self, heading: str) -> bool:
        """Tell whether a column is of no interest and goes unread without a word: none of a report's is."""
        del heading
        return False

    def is_report(self, named: Iterable[str]) -> bool:
        """Tell whether headings that name these columns are a report's: a name, and place, dates or participants."""
        found = set(named)
        return "name" in found and not found.isdisjoint(_NEEDED)

    def is_of_events(self, headings: Iterable[str], above: str) -> bool:
        """Tell whether headings are of events, and not of goods with a place and a date of delivery.

        «Наименование» alone is of anything: then another heading must speak of events, or the line ``above`` the table.
        """
        known = [(heading, self.names(heading)) for heading in headings]
        told = any(self._event.has(mended(heading)) or "participants" in names for heading, names in known)
        named = (_words(mended(heading)) for heading, names in known if "name" in names)
        return told or any(self._columns.is_label(words, len(words)) for words in named) or self._event.has(above)

    def are_guests(self, headings: Iterable[str]) -> bool:
        """Tell whether all who take part by a table's headings are from abroad («Иностранные партнёры, гости»)."""
        named = (heading for heading in headings if "participants" in self.names(heading))
        found = [_BRACKETED.sub(" ", mended(heading)) for heading in named]
        return bool(found) and all(self._guest.has(one) and not self._host.has(one) for one in found)

    def line(self, text: str) -> str:
        """Return what the first word of a line tells: ``report-title``, ``table-caption``, ``total-line`` or ""."""
        words = _words(text)
        return self._lines.match(words, 0)[1] if words else ""

    def names_municipality(self, line: str) -> bool:
        """Tell whether a line is a municipality's name: «Город Псков», «Мезенский район», not «города Пскова»."""
        words = _words(line)
        if not words or len(words) > _MOST_WORDS:
            return False
        pairs = map(" ".join, pairwise(words))  # «городское муниципальное образование»
        units = {*pairs, *(part for word in words for part in (word, word.partition("-")[0]))}  # «город-курорт»
        return not self._units.isdisjoint(units) or self._columns.match(words, 0)[1] == "section"

    def tells_time(self, text: str) -> bool:
        """Tell whether a cell holds a day, a month or a year, in figures or in words."""
        return bool(_YEAR_OR_DAY.search(text)) or self._date.has(text)

    def tells_end(self, heading: str) -> bool:
        """Tell whether a column of dates holds ends: «Дата окончания», «по»."""
        return self._end.has(heading)

    def says_nothing(self, sheet: str) -> bool:
        """Tell whether a sheet's name says nothing of what is on it: «Лист1», «Sheet 2», «Отчёт»."""
        words = _words(sheet.rstrip("0123456789 ()_-"))
        return not words or self._sheet.match(words, 0)[1] != "" or bool(self.line(" ".join(words)))

    def _name(self, part: str) -> str:
        """Return the part's concept: the first, but «Наименование» of something else is that other thing.

        Of goods, bodies or papers it is none at all: «Наименование товара».
        """
        found = list(self._columns.matches(part))
        if not found:
            return ""
        end, first = found[0]
        others = [name for _, name in found if name != "name"]
        if first != "name" or others:
            return others[0] if first == "name" else first
        return "name" if self._of_event(_words(part), end) else ""

    def _of_event(self, words: list[str], end: int) -> bool:
        """Tell whether a name is an event's by the words behind «Наименование»: none, «мероприятия», «форума» …"""
        behind = words[end:]
        if not behind or len(behind[0]) <= _SHORT or self._columns.is_label(words, end):
            return True
        return self._event.has(" ".join(words))


def mended(heading: str) -> str:
    """Return a heading with Latin letters that look like Cyrillic ones as these, in words that have no others."""
    return _WORD.sub(lambda match: look_cyrillic(match[0]), heading)


def is_mixed(heading: str) -> bool:
    """Tell whether a word of a heading mixes Cyrillic and look-alike Latin letters."""
    return any(straighten(word) != word for word in _WORD.findall(heading))


def load_columns(path: Path) -> ColumnNamer:
    """Read the namer from a Turtle file with the scheme ``column``. Raises ContentError."""
    return ColumnNamer(concept for concept in read_concepts(path) if concept.scheme == "column")


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum() or char == "№")


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
