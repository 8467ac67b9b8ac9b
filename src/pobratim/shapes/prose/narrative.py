"""A report in prose as rows: its title, its headings, and what each paragraph is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pobratim.extract.cells import CellText
from pobratim.extract.dates import years
from pobratim.extract.geography import geographer_of
from pobratim.extract.reporter import detect_home
from pobratim.extract.subjects import event_kinds
from pobratim.layout.columns import ColumnNamer
from pobratim.layout.walk import Layout, first_row
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.problems import Problem
from pobratim.shapes.items import Origin
from pobratim.shapes.prose.events import Event, Tools, tells_event
from pobratim.shapes.prose.outline import Outline, is_heading
from pobratim.shapes.sentences import Span, begins, behind_mark, event_date, goes_on, is_item, sentences
from pobratim.table import Document, Table

_TITLE = WORDS.stems("prose-title")
_PLURALS = WORDS.of("plural-event")
_LABEL = re.compile(r"\s*([^\W\d_]+(?:\s+[^\W\d_]+){0,4})\s*:\s*(?=\S)")
_FEWEST_EVENTS = 2
_SHARE = 0.4
"""Least share of paragraphs that tell of events in a text that is taken for a report without being told so."""
_TITLE_LINES = 6
_LONE = 2
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Prose:
    """A report in prose: its rows, what each cell is a stretch of, and the document with no text but its title."""

    document: Document
    layout: Layout
    origins: dict[int, dict[str, Origin]]


def read_prose(document: Document, namer: ColumnNamer, home: str, told: bool) -> Prose | None:
    """Return the events of a text as rows of a report, None where it is none.

    ``told`` says that the user calls it prose: then one event is enough. Else it must begin with a title of
    international relations, and two events and at least two fifths of its paragraphs must tell of what took place.
    """
    lines = [line.strip() for line in document.preamble.split("\n")]
    title, after = _title(lines, namer)
    if not told and not any(stem in title.lower() for stem in _TITLE):
        return None
    named = sorted(set(years(title)))
    country, region = (home.partition("-")[0], home if "-" in home else "") if home else detect_home([title], lexicon())
    geographer = geographer_of(lexicon(), Gazetteer.load(), country, region)
    reader = _Reader(Tools(geographer, namer, named[0] if len(named) == 1 else 0))
    reader.take([line for line in lines[after:] if line])
    events, left = reader.events, reader.left_out
    sure = len(events) >= _FEWEST_EVENTS and len(events) >= _SHARE * (len(events) + len(left))
    if not events or not (told or sure):
        return None
    made = [event.row(number, reader.tools) for number, event in enumerate(events, 1)]
    notes = [Problem("warning", "prose-not-event", document.name, values=(("text", text[:_SHOWN]),)) for text in left]
    recognised = [] if told else [Problem("warning", "prose-recognised", document.name)]
    notes += [_unread(document.name, table) for table in document.tables]
    layout = Layout(tuple(row for row, _ in made), title, (*document.problems, *recognised, *notes), len(made), 0, 0)
    head = replace(document, preamble="\n".join(lines[:after]))
    return Prose(head, layout, {row.row: origins for row, origins in made})


def _unread(file: str, table: Table) -> Problem:
    return Problem(
        "warning", "layout-other-table", file, values=(("table", str(table.index)), ("headings", first_row(table)))
    )


def _title(lines: Sequence[str], namer: ColumnNamer) -> tuple[str, int]:
    """Return the title and how many lines stand up to its end: from a word of titles on, what goes on in small letters.

    A lone word («СПРАВКА») is a title with the lines behind it.
    """
    start = next((n for n, line in enumerate(lines) if line and namer.line(line) == "report-title"), None)
    if start is None:
        first = next((n for n, line in enumerate(lines) if line), 0)
        return " ".join("".join(lines[first : first + 1]).split()), first + 1
    end = start + 1
    while end < min(len(lines), start + _TITLE_LINES) and lines[end]:
        lone = len(" ".join(lines[start:end]).split()) <= _LONE and not lines[end][0].isdigit()
        if not lines[end][0].islower() and not lone:
            break
        end += 1
    return " ".join(" ".join(lines[start:end]).split()), end


class _Reader:
    """The state of one reading: the headings in force, the events so far, and the paragraphs that tell of none."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.events: list[Event] = []
        self.left_out: list[str] = []
        self._outline = Outline(tools.geographer, tools.namer, tools.year)
        self._open: Event | None = None  # an event named by the heading above, which takes the paragraphs below
        self._last: Event | None = None  # what a paragraph that goes on would go on with

    def take(self, lines: Sequence[str]) -> None:
        """Take the paragraphs of a text, blank ones left out."""
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if self._labelled(line):
                continue
            if is_heading(line) and not self._dated(line):
                self._heading(line, following)
            else:
                self._paragraph(line)

    def _has_day(self, line: str, part: Span) -> bool:
        first = next(sentences(line[: part.end], part.start), part)
        return event_date(line, first, self.tools.year) is not None

    def _dated(self, line: str) -> bool:
        """Tell whether a line without a stop is an event with its day, not a heading."""
        whole = Span(0, len(line))
        return self._has_day(line, whole) and tells_event(line, whole, self.tools)

    def _heading(self, line: str, following: str) -> None:
        self._open = self._last = None
        body = bool(following) and not is_heading(following) and not is_item(following)
        if self._names_event(line) and (body or self._outline.time() is not None):
            self._open = self._begin(line)
        else:
            self._outline.put(line)

    def _begin(self, heading: str = "") -> Event:
        event = Event(self._outline.section, self._outline.time(), heading)
        self.events.append(event)
        self._last = event
        return event

    def _names_event(self, line: str) -> bool:
        """Tell whether a heading names one event: its kind comes first, in the nominative and the singular."""
        start = behind_mark(line)
        cell = CellText("name", line[start:])
        kind = event_kinds(cell, self.tools.geographer.lexicon)[0]
        if kind.rule == "no-kind-word" or cell.quote_of[kind.first] is not None:
            return False
        before, head = cell.tokens[: kind.first], cell.tokens[kind.first].word
        plain = head.has("nomn", "sing") or cell.low(kind.first) in _PLURALS
        return plain and all(token.word.adjectival() or token.word.roman for token in before)

    def _labelled(self, line: str) -> bool:
        """Take a line with a label («Участники: …») for the event above; the label of a name begins one."""
        match = _LABEL.match(line)
        names = self.tools.namer.names(match[1]) if match else ()
        if match is None or len(names) != 1:
            return False
        if names[0] == "name":
            self._open = None
            self._begin(line[match.end() :])
        elif self._last is None:
            return False
        else:
            self._last.fields[names[0]] = (line, match.end())
        return True

    def _paragraph(self, line: str) -> None:
        self._outline.use()
        if self._open is not None:
            self._open.paragraphs.append(line)
            return
        for part in self._parts(line):
            if self._last is not None and goes_on(line[part.start :]) and not self._has_day(line, part):
                self._last.paragraphs.append(line)
            elif tells_event(line, part, self.tools):
                event = self._begin()
                event.paragraphs, event.part = [line], part
            else:
                self.left_out.append(line)

    def _parts(self, line: str) -> Iterator[Span]:
        """Yield the parts of a paragraph: from one sentence that begins with a day of its own to the next such."""
        begun = [0]
        for sentence in sentences(line, behind_mark(line)):
            day = event_date(line, sentence, self.tools.year)
            if day and begins(line, sentence, day) and tells_event(line, sentence, self.tools):
                begun.append(sentence.start)
        leads = begun[1:]
        if len(leads) < _FEWEST_EVENTS:
            yield Span(0, len(line))
            return
        starts = leads if not any(map(str.isalpha, line[: leads[0]])) else [0, *leads]
        yield from (Span(start, end) for start, end in zip(starts, [*starts[1:], len(line)], strict=True))
