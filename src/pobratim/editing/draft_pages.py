"""Pages of reports that were handed in: the form, one draft with its rows as read, the history of loads."""

from collections.abc import Mapping, Sequence
from typing import Any

from pobratim.editing.corrections import Choice, choice_of, value_words
from pobratim.editing.desk import About, Desk
from pobratim.editing.editor import undoable
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.report import problem_from_json
from pobratim.messages import Language, text
from pobratim.problems import Problem
from pobratim.resolve.fields import FIELDS, parts_of
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.sources import list_sources

_ROWS = 20
"""Rows of one page: a row has some twenty elements, marks and all, and a page 1,500 at most."""
_CARDS = 15
"""Remarks that the page shows, and so many of the latest corrections, of the rows left out, of the warnings."""
_FIXED = ("start", "end", "kind", "mode", "country", "topic", "place")
"""Fields of a row that can be corrected before it is accepted; all can be later."""


def new_page(
    visit: Visit,
    drafts: Sequence[tuple[About, Mapping[str, Any] | None]],
    states: Mapping[str, str],
    most_mb: int,
    refused: Sequence[str],
    status: int,
) -> Page:
    """Return the page on which reports are handed in, with the drafts that wait; ``refused`` are files too large."""
    listed = [
        {
            "about": about,
            "link": visit.to(f"/reports/drafts/{about.id}"),
            "title": facts["reports"][0]["title"] if facts and facts["reports"] else "",
            "rows": facts["rows"] if facts else 0,
            "state": "failed" if facts and not facts["reports"] else "read" if facts else states[about.id] or "waiting",
            "when": moment_words(about.time),
        }
        for about, facts in drafts
    ]
    return Page("report-new.html", {"drafts": listed, "most_mb": most_mb, "refused": refused}, status)


def draft_page(desk: Desk, about: About, facts: Mapping[str, Any] | None, visit: Visit, state: str, said: str) -> Page:
    """Return the page of a draft; ``facts`` is what was read of it, None where ``state`` and ``said`` tell why not."""
    common = {"about": about, "when": moment_words(about.time), "state": state, "said": said, "facts": facts}
    common |= {"homes": _homes(visit.lang), "sources": [(one.name, one.title[visit.lang]) for one in list_sources()]}
    if facts is None:
        return Page("draft-reading.html", common)
    if not facts["reports"]:
        return Page("draft-failed.html", {**common, "causes": _described(_problems(facts), visit.lang)})
    query = dict(visit.query)
    start = int(query.get("from", "0")) if query.get("from", "0").isdecimal() else 0
    marked = query.get("marked", "") == "1"
    rows, total = desk.rows(about, start, _ROWS, marked), facts["marked"] if marked else facts["rows"]
    values = {
        **common,
        "reports": [_report(one, visit.lang) for one in facts["reports"]],
        "problems": _described([*facts["failed"], *facts["problems"]], visit.lang),
        "columns": [(name, _column(name, visit.lang)) for name in facts["columns"]],
        "rows": rows,
        "start": start,
        "total": total,
        "marked": marked,
        "earlier": _page(visit, about, max(0, start - _ROWS), marked) if start else "",
        "later": _page(visit, about, start + _ROWS, marked) if start + _ROWS < total else "",
        "cards": [_card(card, visit, about) for card in facts["cards"][:_CARDS]],
        "more_cards": max(0, facts["remarks"] - _CARDS),
        "fixes": [_fix(fix, visit.lang) for fix in about.fixes[-_CARDS:]],
        "more_fixes": max(0, len(about.fixes) - _CARDS),
        "most": _CARDS,
        "fields": _fields(visit.lang),
    }
    return Page("draft.html", values)


def history_page(visit: Visit, entries: Sequence[Mapping[str, Any]]) -> Page:
    """Return the history of loads, the last one first."""
    last = {one["id"] for one in undoable([dict(entry) for entry in entries])}
    back = {one["of"] for one in entries if one["action"] == "undo"}
    listed = [
        {
            **entry,
            "when": moment_words(entry["time"]),
            "can_undo": entry["id"] in last,
            "is_undone": entry["id"] in back,
            "links": [(one["title"] or one["slug"], visit.to(f"/doc/report/{one['slug']}")) for one in entry["files"]],
            "rows": sum(one["stored"] for one in entry["files"]),
        }
        for entry in reversed(entries)
    ]
    return Page("report-history.html", {"entries": listed})


def moment_words(time: str) -> str:
    """Return a time of the ledger for people: «29.11.2026, 14:20»."""
    day, _, clock = time.partition("T")
    return f"{'.'.join(reversed(day.split('-')))}, {clock[:5]}"


def _report(facts: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    shown = {
        "period_words": date_text(facts["period"], lang) if facts["period"] else "",
        "home_words": _home(facts["home"], lang),
        "left": [(one["row"], _cause(one, lang)) for one in facts["left_out"]],
        "warnings": _described(facts["problems"], lang),
    }
    return {**facts, **shown}


def _problems(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*facts["failed"], *facts["problems"]]


def _described(problems: Sequence[Mapping[str, Any]], lang: Language) -> list[str]:
    return list(dict.fromkeys(_told(problem_from_json(one), lang) for one in problems))


def _told(problem: Problem, lang: Language) -> str:
    where = f"{text('at-row', lang, row=problem.row)}: " if problem.row is not None else ""
    return where + text(problem.code, lang, file=problem.file, **dict(problem.values))


def _cause(problem: Mapping[str, Any], lang: Language) -> str:
    one = problem_from_json(problem)
    return text(one.code, lang, file=one.file, **dict(one.values))


def _column(name: str, lang: Language) -> str:
    try:
        return text(f"column-{name}", lang)
    except KeyError:  # a heading as the document has it
        return name


def _homes(lang: Language) -> list[tuple[str, str]]:
    found = [(one.notation, (one.english if lang == "en" else "") or one.label) for one in lexicon().concepts("region")]
    return sorted((pair for pair in found if pair[0]), key=lambda pair: pair[1])


def _home(code: str, lang: Language) -> str:
    if not code:
        return ""
    countries = {one: (each.english if lang == "en" else "") or each.label for one, each in lexicon().countries.items()}
    return dict(_homes(lang)).get(code) or countries.get(code, code)


def _card(card: Mapping[str, Any], visit: Visit, about: About) -> dict[str, Any]:
    """Return a remark with the page on which its row is: one of all rows, whichever are shown."""
    page = _page(visit, about, card["at"] // _ROWS * _ROWS, marked=False)
    return {**card, "where": _column(card["column"], visit.lang), "link": f"{page}#row-{card['row']}"}


def _page(visit: Visit, about: About, start: int, marked: bool) -> str:
    return visit.to(f"/reports/drafts/{about.id}?from={start}" + ("&marked=1" if marked else ""))


def _fields(lang: Language) -> list[Choice]:
    return [choice_of(name, field, (), lang) for name, field in FIELDS["entry"].items() if name in _FIXED]


def _fix(fix: tuple[str, int, str], lang: Language) -> dict[str, Any]:
    report, row, change = fix
    name, sign, value = parts_of(change)
    told = value_words("entry", name, value, {}, lang)
    return {
        "report": report,
        "row": row,
        "field": name,
        "sign": sign,
        "label": text(f"fact-{name}", lang),
        "value": told,
    }
