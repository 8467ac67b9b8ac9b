"""Several events in one cell: a row for each, whose records have the whole cell as evidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating
from pobratim.extract.subjects import event_kinds
from pobratim.layout.walk import Layout, ReportRow
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.problems import Problem
from pobratim.record import Evidence, Parts, Record

_NUMBERED = re.compile(r"(?:^|(?<=\s))(\d{1,2})\s?[.)]\s*(?=[^\s\d.]|\d{1,2}[\s.]\s?[а-яё\d])")
_BULLET = re.compile(r"(?m)^[ \t]*(?:[-–—•·*▪●‣◦○■□✓]|\uf0b7|\uf0a7)[ \t]*(?=\S)")
_CLAUSE = re.compile(r"[^;]+")
_OPENS = re.compile(rf"[,(–—-]\s*(?:(?:{WORDS.pattern('before-date')})\s+)?$", re.IGNORECASE)
_CLOSES = re.compile(r"[\s.]*[,)]")
_NO_KIND = "no-kind-word"
_MARKS = (",", ".", ";")
"""What may part pieces that end in brackets."""
_LINE = re.compile(r"[^\n]+")
_LEAST_LETTERS = 4
_PARALLEL = ("dates", "place", "participants", "purpose", "result", "format", "responsible", "country")
_ACCOUNT = frozenset({"purpose", "result", "agreement"})
_MONTH = len("2023-05")
_YEAR = len("2023-")
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cell of a row made of a part of another comes from: the whole text, and where the part begins in it.

    ``column`` is the column whose cell the whole text is, "" where it is the part's own.
    """

    raw: str
    start: int
    column: str = ""


_Span = tuple[int, int]


def split_rows(layout: Layout, file: str) -> tuple[Layout, dict[int, dict[str, Origin]]]:
    """Return the layout with a row for each event that a name cell lists, and where the cells of such rows are from.

    A list is certain where it begins the cell and is numbered 1, 2, …, or every line has a bullet, or a day of its own.
    What other columns list in as many items goes to each event, by its day where both tell one. All else holds for each
    of them, but aims, results and the agreement are told once, by the first: two events are not two signings. The first
    event keeps the row's number, the others get numbers above all of the document.
    """
    top = max((row.row for row in layout.rows), default=0)
    top = max([top, *(problem.row for problem in layout.problems if problem.row)])
    rows, problems = [], list(layout.problems)
    origins: dict[int, dict[str, Origin]] = {}
    for row in layout.rows:
        parts = _parts(row)
        for number, cells in enumerate(parts):
            own = row.row if number == 0 else (top := top + 1)
            rows.append(replace(row, row=own, cells={**row.cells, **{c: t for c, (t, _) in cells.items()}}))
            rows[-1] = rows[-1] if number == 0 else _without_account(rows[-1], cells)
            origins[own] = {column: Origin(row.cells[column], start) for column, (_, start) in cells.items()}
        if not parts:
            rows.append(row)
        else:
            problems.append(_told(file, row.row, len(parts)))
    seen = layout.seen + len(rows) - len(layout.rows)
    return replace(layout, rows=tuple(rows), problems=tuple(problems), seen=seen), origins


def _without_account(row: ReportRow, own: Mapping[str, tuple[str, int]]) -> ReportRow:
    """Return a row without the columns that tell of the first event at least: aims, results and the agreement."""
    kept = {column: text for column, text in row.cells.items() if column in own or column not in _ACCOUNT}
    return replace(row, cells=kept)


def joined_again(records: Sequence[Record], origins: Mapping[int, Mapping[str, Origin]]) -> None:
    """Give records of such rows their whole cells, with all evidence at its place there."""
    for record in records:
        told = origins.get(record.row, {})
        stretches: dict[str, list[_Span]] = {}
        for column, origin in told.items():
            part = record.cells[column]
            if origin.column:
                del record.cells[column]
            record.cells[origin.column or column] = origin.raw
            stretches.setdefault(origin.column or column, []).append((origin.start, origin.start + len(part)))
        record.evidence = [_moved(one, told) for one in record.evidence]
        record.evidence += filter(None, (_own(record, column, spans) for column, spans in stretches.items()))
        for institution in record.institutions:
            if institution.parts.column in told:
                institution.parts = _moved_parts(institution.parts, told[institution.parts.column])


def _moved(evidence: Evidence, origins: Mapping[str, Origin]) -> Evidence:
    origin = origins.get(evidence.column)
    if origin is None:
        return evidence
    start, end = evidence.start + origin.start, evidence.end + origin.start
    return replace(evidence, column=origin.column or evidence.column, start=start, end=end)


def _moved_parts(parts: Parts, origin: Origin) -> Parts:
    """Return the parts of a name at their places in the whole cell."""

    def moved(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        return replace(value, start=value.start + origin.start, end=value.end + origin.start)

    told = {field.name: getattr(parts, field.name) for field in fields(Parts) if field.name != "column"}
    return replace(
        parts, column=origin.column or parts.column, **{name: moved(value) for name, value in told.items() if value}
    )


def _own(record: Record, column: str, spans: Sequence[_Span]) -> Evidence | None:
    """Return which stretch of a cell is this row's, None where all its words are, or it is a heading's."""
    raw = record.cells[column]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    whole = not any(map(str.isalnum, raw[:start] + raw[end:]))
    if whole or column == "section":
        return None
    return Evidence(f"/cells/{column}", column, start, end, raw[start:end], "item-of-cell")


def _told(file: str, row: int, count: int) -> Problem:
    return Problem("warning", "row-of-several-events", file, row, "name", (("count", str(count)),))


def _parts(row: ReportRow) -> list[dict[str, tuple[str, int]]]:
    """Return for each listed event the text and beginning of its part, by column; [] for a row of one event."""
    name = row.cells.get("name", "")
    spans = _items(name) or _beside(name, row.cells.get("dates", ""))
    if not spans:
        return []
    parts = [{"name": (name[start:end], start)} for start, end in spans]
    days = _days(name, spans)
    for column in _PARALLEL:
        text = row.cells.get(column, "")
        beside = _items(text) or (_lines(text) if column == "dates" else [])
        if len(beside) != len(spans):
            continue
        ordered = _by_day(beside, _days(text, beside), days)
        if column == "dates":
            ordered = ordered or beside
            days = _days(text, ordered) or days
        for part, (start, end) in zip(parts, ordered, strict=False):
            part[column] = (text[start:end], start)
    return parts


def _beside(name: str, dates: str) -> list[_Span]:
    """Return the lines of a name that has as many as days stand beside it, each with a kind of event; else []."""
    lines = _lines(name)
    days = [dates[slice(*line)] for line in _lines(dates)]
    if len(lines) < 2 or len(lines) != len(days) or not all(map(_has_day, days)):
        return []
    kinds = (event_kinds(CellText("name", name[slice(*line)]), lexicon())[0] for line in lines)
    return lines if all(kind.rule != _NO_KIND for kind in kinds) else []


def _by_day(items: list[_Span], told: list[str], days: list[str]) -> list[_Span]:
    """Return the items in the order of the events, by the days that both tell, else as they stand.

    [] where the days are others or the same twice: then the cell tells nothing of which item is whose.
    """
    if not told or not days or told == days:
        return items
    places = dict(zip(told, items, strict=True))
    return [places[day] for day in days] if sorted(places) == sorted(days) else []


def _days(text: str, spans: list[_Span]) -> list[str]:
    """Return the day or month of each item as MM-DD, [] where one has none."""
    found = [_day(text[start:end]) for start, end in spans]
    return found if all(found) else []


def _items(text: str) -> list[_Span]:
    """Return the stretches of a list's items without their numbers and bullets, [] where the text is no list."""
    spans = _numbered(text) or _bulleted(text) or _dated(text)
    told = all(sum(map(str.isalpha, text[start:end])) >= _LEAST_LETTERS for start, end in spans)
    return spans if len(spans) > 1 and told else []


def _numbered(text: str) -> list[_Span]:
    marks: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(text):
        if int(match[1]) == len(marks) + 1:
            marks.append(match)
    if not marks or text[: marks[0].start()].strip():
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [_trimmed(text, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _bulleted(text: str) -> list[_Span]:
    marks = list(_BULLET.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [_trimmed(text, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _dated(text: str) -> list[_Span]:
    """Return the lines, what semicolons part, or what brackets end, where each has a day or month at either end."""
    for pattern in (_LINE, _CLAUSE):
        spans = [_trimmed(text, *found.span()) for found in pattern.finditer(text) if found[0].strip()]
        if len(spans) > 1 and all(_has_day(text[start:end]) for start, end in spans):
            return spans
    spans = [_trimmed(text, *span) for span in _ending_in_brackets(text)]
    return spans if all(_has_day(text[start:end]) for start, end in spans) else []


def _ending_in_brackets(text: str) -> list[_Span]:
    """Return the pieces of a text that is nothing but pieces with brackets at their ends, else none."""
    spans: list[_Span] = []
    start = 0
    while text[start:].strip():
        opening = text.find("(", start)
        closing = text.find(")", start)
        inner = text[opening + 1 : closing]
        if not 0 <= opening < closing or not text[start:opening].strip() or not inner or "(" in inner:
            return []
        spans.append((start, closing + 1))
        start = closing + 1
        behind = len(text) - len(text[start:].lstrip())
        start = behind + (text[behind : behind + 1] in _MARKS)
    return spans


def _has_day(line: str) -> bool:
    return bool(_day(line))


def _day(line: str) -> str:
    """Return the first day or month at either end of a line, without its year; "" for none."""
    dating = read_dating(line, _ANY_YEAR)
    if dating is None or len(dating.start) < _MONTH:
        return ""
    before, behind = line[: dating.first], line[dating.last :]
    within = any(map(str.isalnum, before)) and any(map(str.isalnum, behind)) and not _set_off(before, behind)
    return "" if within else dating.start[_YEAR:]


def _set_off(before: str, behind: str) -> bool:
    """Tell whether a date stands between marks of its own: «…, 5 мая, г. Псков», «… (с 3 мая, онлайн)»."""
    return bool(_OPENS.search(before) and _CLOSES.match(behind))


def _lines(text: str) -> list[_Span]:
    return [_trimmed(text, *line.span()) for line in _LINE.finditer(text) if line[0].strip()]


def _trimmed(text: str, start: int, end: int) -> _Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
