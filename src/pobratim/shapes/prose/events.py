"""One event of a report in prose: its paragraphs, and which stretch of them is its name, day, place and account."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pobratim.extract.cells import CellText
from pobratim.extract.dates import years
from pobratim.extract.geography import Geographer
from pobratim.extract.subjects import event_kinds
from pobratim.layout.columns import ColumnNamer
from pobratim.layout.walk import ReportRow
from pobratim.shapes.items import Origin
from pobratim.shapes.place_parted import border
from pobratim.shapes.place_pieces import Pieces, labelled_place
from pobratim.shapes.sentences import (
    Span,
    begins,
    behind_mark,
    event_date,
    is_item,
    place_in,
    sentences,
    tells_plan,
    tells_verb,
    without,
)

_OTHER = "other"
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading needs beside the text; ``year`` is the report's, 0 where its title names none or several."""

    geographer: Geographer
    namer: ColumnNamer
    year: int


@dataclass(frozen=True, slots=True)
class Head:
    """The sentence that names an event, with its day and place where told; the account begins at ``rest``."""

    name: Span
    date: Span | None
    place: Span | None
    rest: int


@dataclass(slots=True)
class Event:
    """An event on its way to a row: the heading that names it ("" if none) and the paragraphs that tell of it.

    ``part`` is the stretch of the first paragraph that is of it, ``time`` where in ``section`` its month or day stands,
    ``fields`` what labels give («Участники: …»): by column, the line and where in it the value begins.
    """

    section: str
    time: Span | None
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    part: Span = _NOWHERE
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)

    def row(self, number: int, tools: Tools) -> tuple[ReportRow, dict[str, Origin]]:
        """Return the row of the event and where its cells come from."""
        made = _Cells(self.section)
        block = "\n".join(self.paragraphs)
        end = len(block) if len(self.paragraphs) != 1 else self.part.end
        if self.heading:
            _headed(made, self.heading, block, tools)
        else:
            _told(made, block, Span(self.part.start, end), tools, timed=self.time is not None)
        for column, (line, start) in self.fields.items():
            made.put(column, line, Span(start, len(line)))
        if "dates" not in made.cells and self.time is not None:
            made.put("dates", self.section, self.time, "section")
        return ReportRow(number, 1, " ".join(self.section.split()), made.cells, number), made.origins


class _Cells:
    """The cells of one row, each with the text that it is a stretch of."""

    def __init__(self, section: str) -> None:
        self.cells: dict[str, str] = {"section": section} if section else {}
        self.origins: dict[str, Origin] = {}

    def put(self, column: str, raw: str, span: Span | None, within: str = "") -> None:
        """Add a stretch of ``raw``, which is the cell of column ``within`` ("": of this one); none without letters."""
        if span is None or not any(map(str.isalnum, raw[slice(*span)])):
            return
        span = Span(span.start, span.start + len(raw[slice(*span)].rstrip()))
        self.cells[column] = raw[slice(*span)]
        self.origins[column] = Origin(raw, span.start, within)


def _told(made: _Cells, block: str, part: Span, tools: Tools, *, timed: bool) -> None:
    """Cut an event's paragraphs. A later sentence may tell day and place, the day only where no heading tells one."""
    head = head_of(block, part, tools)
    if head is None:
        return
    date, place = head.date, head.place
    for sentence in sentences(block[: part.end], head.rest):
        date = date or (None if timed else event_date(block, sentence, tools.year))
        place = place or labelled_place(block, sentence, tools.namer)
    made.put("name", block, head.name)
    made.put("dates", block, date, "name")
    made.put("place", block, place, "name")
    made.put("purpose", block, Span(head.rest, part.end), "name")


def _headed(made: _Cells, heading: str, block: str, tools: Tools) -> None:
    """Name an event by its heading; day and place stand in the heading or in the paragraphs below it."""
    named = Span(behind_mark(heading), len(heading))
    day = event_date(heading, named, tools.year)
    name, place = _parted(heading, without(heading, named, day) if day else named, tools, within=not block)
    made.put("name", heading, name)
    made.put("dates", heading, day, "name")
    made.put("place", heading, place, "name")
    told = list(sentences(block))
    start = 0
    if day is None:
        days = ((one, event_date(block, one, tools.year)) for one in told)
        sentence, day = next(((one, found) for one, found in days if found), (None, None))
        made.put("dates", block, day, "purpose")
        if sentence is not None and day is not None and sentence == told[0] and begins(block, sentence, day):
            start = without(block, sentence, day).start
    if place is None and told:
        found = (place_in(block, one, tools.geographer) for one in told)
        made.put("place", block, next(filter(None, found), None), "purpose")
    made.put("purpose", block, Span(start, len(block)))


def head_of(text: str, part: Span, tools: Tools) -> Head | None:
    """Return the head of an event: the first sentence that is more than a day and a place; None where there is none."""
    date = place = None
    for sentence in _sentences(text, part):
        found = event_date(text, sentence, tools.year) if date is None else None
        name = without(text, sentence, found) if found else without(text, sentence, Span(sentence.end, sentence.end))
        date = date or found
        if not any(map(str.isalpha, text[slice(*name)])):
            continue
        if place is None and Pieces(text[slice(*name)], tools.geographer, tools.namer).is_town:
            place = name
            continue
        name, told = _parted(text, name, tools)
        return Head(name, date, place or told, sentence.end)
    return None


def _sentences(text: str, part: Span) -> Iterator[Span]:
    start = part.start + behind_mark(text[slice(*part)])
    return (one for one in sentences(text[: part.end], start))


def _parted(text: str, name: Span, tools: Tools, *, within: bool = True) -> tuple[Span, Span | None]:
    """Return the name without a place that ends it, and the place; one ``within`` the sentence («в Бресте») stays."""
    cell = CellText("name", text[slice(*name)])
    if not tells_verb(cell):
        end, place = border(Pieces(cell.raw, tools.geographer, tools.namer))
        if place is not None:
            cut = cell.raw[:end].rstrip(" \t\n,;–—-")
            return Span(name.start, name.start + len(cut)), Span(name.start + place[0], name.start + place[1])
    return name, place_in(text, name, tools.geographer) if within else None


def tells_event(text: str, part: Span, tools: Tools) -> bool:
    """Tell whether a paragraph or a part of it is of an event that took place.

    It has a day or month and a verb, a kind of event or the mark of a list; or no date, but a kind with a mark or a
    verb. Plans, and what was in another year than the report's, are none.
    """
    head = head_of(text, part, tools)
    if head is None:
        return False
    cell = CellText("name", text[slice(*head.name)])
    if tells_plan(cell):
        return False
    verb, item = tells_verb(cell), is_item(text[slice(*part)])
    kind = event_kinds(cell, tools.geographer.lexicon)[0].local != _OTHER
    if head.date is not None:
        return verb or kind or item
    named = years(cell.raw)
    return kind and (verb or item) and (not named or not tools.year or tools.year in named)
