"""What an Excel number format shows of a date: the text of a cell that shows a month or a year and no day."""

import re
from datetime import date

BUILT_IN = {14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd.mm.yyyy h:mm"}
"""Formats that a workbook uses without writing them down (ECMA-376 part 1, 18.8.30), those of dates."""
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_SHORT = len("mmm")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<elapsed>[hHmMsS]+)\]|\[[^\]]*\]|_.|\*.|(?P<mark>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<plain>.)',
    re.DOTALL,
)
_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')


def shows_no_day(code: str) -> bool:
    """Tell whether a format shows dates without their day («mmm.yy», «yyyy») or a day without its year («d mmm»)."""
    marks = {mark for kind, mark in _tokens(code) if kind == "mark"}
    letters = {mark[0] for mark in marks}
    return not letters & {"h", "s"} and bool(letters & {"y", "m", "d"}) and not {"y", "d"} <= letters


def shown(value: date, code: str) -> str:
    """Return what a cell of a Russian workbook shows of ``value``: «янв.23», «февраль 2023», «2023»."""
    tokens = _tokens(code)
    day = any(kind == "mark" and text[0] == "d" for kind, text in tokens)
    return " ".join("".join(_part(value, text, day) if kind == "mark" else text for kind, text in tokens).split())


def _part(value: date, mark: str, day: bool) -> str:
    if mark[0] == "y":
        return f"{value.year:04d}" if len(mark) > len("yy") else f"{value.year % 100:02d}"
    if mark[0] == "d":
        return str(value.day)
    if len(mark) <= len("mm"):
        return f"{value.month:02d}"
    month = _MONTHS[value.month - 1]
    return month[:_SHORT] if len(mark) == _SHORT or day else month


def _tokens(code: str) -> list[tuple[str, str]]:
    """Return (kind, text) of the parts of a format's first section: marks in lower case, and text as it is shown."""
    found = []
    for match in _TOKEN.finditer(_SECTION.split(code)[0]):
        if match["elapsed"]:
            found.append(("mark", "h"))
        elif match["mark"]:
            found.append(("mark", match["mark"].lower()))
        elif text := match["quoted"] or match["escaped"] or match["plain"]:
            found.append(("text", text if text != "@" else ""))
    return found
