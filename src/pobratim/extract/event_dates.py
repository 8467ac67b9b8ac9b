"""When an event took place: from its column of dates, else from a date that its name holds."""

import re
from datetime import date, timedelta

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.date_forms import LEFT
from pobratim.extract.dates import Dating, read_dating, unread
from pobratim.layout.emptiness import says_nothing
from pobratim.problems import Problem, Severity

_OPEN = re.compile(r"(?:^|[\s(])(?:до|после|с|со|начиная\s+с|не\s+позднее|не\s+ранее|к)\s*$", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"\s*(?:\d{1,2}[.)]\s*)?(?:с\s+)?", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"(?:^|[^\w])(?:от|к|ко|со\s+дня|посвящ\w+|в\s+честь|накануне|д(?:ень|ня|ню)|до|после|памят\w+|№\s*\S+)\s*$",
    re.IGNORECASE,
)
_SET_OFF = frozenset(",;(:–—-")
_SERIAL = re.compile(r"\s*(\d{5})(?:[.,]\d+)?\s*")
_SERIALS = range(36526, 54789)  # 2000 to 2049
_EPOCH = date(1899, 12, 30)  # day 0 of Excel for all days after February 1900
_SERIAL_RULE = "excel-number"
_SURE, _OF_THE_REPORT, _IN_NAME = 1.0, 0.7, 0.8


def read_event_dates(view: RowView, file: str) -> list[Problem]:
    """Set start and end of the record with their evidence; return what was wrong with the dates.

    What cannot be read, and what is left of a cell of which a part was read, is a warning; a day that no calendar has,
    or an end before the start, is an error.
    """
    cell = view.cells.get("dates")
    if cell is None or not cell.raw.strip():
        return _from_name(view, file)
    dating = _serial(cell.raw) or read_dating(cell.raw, view.context.year)
    if dating is None:
        told = bool(LEFT.search(cell.raw)) and not says_nothing(cell.raw)
        return [_problem("warning", "date-not-read", view, file, text=_flat(cell.raw))] if told else []
    if dating.fault:
        text = _flat(cell.raw[dating.first : dating.last])
        return [_problem("error", f"date-{dating.fault}", view, file, text=text)]
    open_side = _OPEN.search(cell.raw[: dating.first]) if _is_one(dating) else None
    if open_side:
        dating = dating._replace(start=dating.start[:4], end=dating.end[:4], rule=f"{dating.rule}-open")
    if dating.rule == _SERIAL_RULE:
        _set(view, cell, dating, _IN_NAME)
        return [_problem("warning", "date-serial", view, file, text=_flat(cell.raw), read=dating.start)]
    _set(view, cell, dating, _SURE)
    return _left(view, file, cell, dating, open_sided=bool(open_side))


def _serial(text: str) -> Dating | None:
    """Return the day that a bare number of these decades is in Excel, which shows it so in a cell of another format."""
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) not in _SERIALS:
        return None
    day = (_EPOCH + timedelta(days=int(match[1]))).isoformat()
    return Dating(day, day, *match.span(1), _SERIAL_RULE)


def _left(view: RowView, file: str, cell: CellText, dating: Dating, open_sided: bool) -> list[Problem]:
    read = _flat(cell.raw[dating.first : dating.last])
    if rest := unread(cell.raw, dating):
        return [_problem("warning", "date-rest", view, file, read=read, rest=rest)]
    return [_problem("warning", "date-open", view, file, text=_flat(cell.raw))] if open_sided else []


def _is_one(dating: Dating) -> bool:
    return dating.start == dating.end and len(dating.start) > len("2023")


def _is_one_day(dating: Dating) -> bool:
    return min(len(dating.start), len(dating.end)) > len("2023-05")


def _from_name(view: RowView, file: str) -> list[Problem]:
    cell = view.cells.get("name")
    dating = _in_name(cell, view.context.year) if cell is not None else None
    if cell is None or dating is None:
        return [_problem("warning", "date-missing", view, file, column="")]
    _set(view, cell, dating._replace(rule=f"{dating.rule}-in-name"), _IN_NAME)
    return []


def _in_name(cell: CellText, year: int) -> Dating | None:
    """Return the date of the event that its name tells: the one that begins the name, or one of the report's year.

    A bare year is part of a name («Форум 2023»); what follows «от», «к» or «посвящённый» is another thing's date.
    """
    dating = read_dating(cell.raw, year)
    if dating is None or dating.fault or len(dating.start) <= len("2023"):
        return None
    before = cell.raw[: dating.first]
    behind = cell.raw[dating.last :]
    apart = before.endswith("(") and behind.startswith(")")
    apart |= _is_one_day(dating) and not behind.strip(" .") and not OF_ANOTHER.search(before)
    if _BEFORE_NAME.fullmatch(before) or apart:
        return dating
    explicit = read_dating(cell.raw[dating.first : dating.last])
    if explicit is None or OF_ANOTHER.search(before):
        return None
    told = str(year) in {dating.start[:4], dating.end[:4]} if year else _set_off(before)
    return dating if told else None


def _set_off(before: str) -> bool:
    """Tell whether a mark or a new line parts what follows from what stands before."""
    bare = before.rstrip()
    return bare[-1:] in _SET_OFF or "\n" in before[len(bare) :]


def _set(view: RowView, cell: CellText, dating: Dating, confidence: float) -> None:
    view.record.start, view.record.end = dating.start, dating.end
    read = cell.raw[dating.first : dating.last]
    written = any(year in read for year in (dating.start[:4], dating.end[:4], dating.end[2:4]))
    for value in ("/start", "/end"):
        rule = f"date-{dating.rule}" if written else f"date-{dating.rule}-year-of-report"
        sure = confidence if written else min(confidence, _OF_THE_REPORT)
        view.note_text(value, cell.column, dating.first, dating.last, rule, sure)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _problem(severity: Severity, code: str, view: RowView, file: str, column: str = "dates", **values: str) -> Problem:
    return Problem(severity, code, file, view.record.row, column, tuple(values.items()))
