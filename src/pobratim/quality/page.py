"""The report on quality as one page that opens from disk: plain HTML and CSS, no script, nothing asked of a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pobratim.content import content_root
from pobratim.messages import Language, text
from pobratim.problems import Problem
from pobratim.quality.form import fallen
from pobratim.quality.gaps import KINDS, PROPOSED, GapKind
from pobratim.quality.identity import Question
from pobratim.quality.measures import Doubt, GapGroup, Quality, Share
from pobratim.quality.render_text import cause, column_label, field_label, warning, why
from pobratim.templating.styles import stylesheet
from pobratim.templating.templates import Templates

_TEMPLATES = Templates()
_OPEN: tuple[GapKind, ...] = ("quoted", "name")
"""The kinds of gaps that are shown at once; the others unfold."""
LOUD = ("form-changed", "expected-")
"""How the codes of warnings begin that say a report is not what it was or should be."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a page tells: the reports of a load, the questions of identity, and ``notes`` on what is no report's."""

    qualities: Sequence[Quality]
    questions: Sequence[Question] = ()
    notes: Sequence[str] = ()


def to_html(survey: Survey, lang: Language) -> str:
    """Return the page in one language."""
    style = stylesheet(("light", "dark")) + (content_root() / "viz" / "quality.css").read_text(encoding="utf-8")
    values = {"lang": lang, "t": partial(_say, lang), "style": style, **page_data(survey, lang)}
    return _TEMPLATES.render("quality.html", values)


def page_data(survey: Survey, lang: Language) -> dict[str, Any]:
    """Return all that the page shows besides its fixed words, as plain JSON values."""
    some = survey.qualities
    figures = {
        "reports": len(some),
        "rows": sum(one.rows for one in some),
        "stored": sum(one.stored for one in some),
        "left-out": sum(len(one.left_out) for one in some),
        "unclaimed": sum(map(_unclaimed, some)),
        "questions": len(survey.questions),
    }
    return {
        "figures": {name: _number(count) for name, count in figures.items()},
        "notes": list(survey.notes) or ([] if some else [text("quality-none", lang)]),
        "reports": [_report(one, lang) for one in some],
        "questions": [
            {"left": one.left, "right": one.right, "score": f"{one.score:.2f}", "reason": text(one.reason, lang)}
            for one in survey.questions
        ],
    }


def _report(one: Quality, lang: Language) -> dict[str, Any]:
    loud = [problem for problem in one.warnings if problem.code.startswith(LOUD)]
    counts = {"rows": one.rows, "stored": one.stored, "left_out": len(one.left_out)}
    return {
        "id": one.report,
        "file": one.file,
        "title": one.title or one.file,
        "accounts": text("quality-accounts", lang, **counts),
        "counts": {**{name: _number(count) for name, count in counts.items()}, "unclaimed": _number(_unclaimed(one))},
        "warnings": _warnings(loud, lang),
        "remarks": _warnings([problem for problem in one.warnings if problem not in loud], lang),
        "left_out": [{"row": row, "cause": cause(problem, lang)} for row, problem in sorted(one.left_out.items())],
        "coverage": _coverage(one, lang) if one.stored else None,
        "unknown_columns": list(one.unknown_columns),
        "gaps": _gaps(one, lang) if one.stored else None,
        "doubts": _doubts(one.doubts, lang),
        "refused": _doubts(one.refused, lang),
    }


def _warnings(problems: Sequence[Problem], lang: Language) -> list[str]:
    return [warning(problem, lang) for problem in problems]


def _coverage(one: Quality, lang: Language) -> dict[str, Any]:
    about = [text("quality-coverage-about", lang)]
    if one.before:
        code = "quality-before-own" if one.before.own else "quality-before-others"
        about.append(text(code, lang, count=len(one.before.reports)))
    was = one.before.coverage if one.before else {}
    bars = [_bar(name, share, was[name] if one.before else None, lang) for name, share in one.coverage.items()]
    return {"about": " ".join(about), "bars": bars}


def _bar(name: str, share: Share, was: Share | None, lang: Language) -> dict[str, Any]:
    values = {"share": share.percent, "have": share.have, "rows": share.rows}
    label = text(f"field-{name}", lang)
    mark = was if was and was.percent != share.percent else None
    told = [text("quality-before", lang, share=mark.percent)] if mark else []
    if share.least is not None:
        told.append(text("quality-expected", lang, share=f"{share.least * 100:g}\u00a0%"))
    return {
        "label": label,
        "full": text("quality-row", lang, label=label, **values),
        "is_short": share.short or bool(was and fallen(was, share)),
        "width": f"{share.value:.2%}",
        "mark": f"{mark.value:.2%}" if mark else "",
        "share": share.percent,
        "of": f"{_number(share.have)} / {_number(share.rows)}",
        "told": ", ".join(told),
    }


def _gaps(one: Quality, lang: Language) -> list[dict[str, Any]]:
    """Return the gaps by kind, those of a model last; kinds that the report has none of are not there."""
    kinds: dict[str, Sequence[GapGroup]] = {
        kind: [group for group in one.gaps if group.example.kind == kind] for kind in KINDS
    }
    kinds["proposed"] = one.proposals
    return [
        {
            "name": name,
            "is_open": name in (*_OPEN, "proposed"),
            "count": _number(sum(group.count for group in groups)),
            "groups": [_group(group, lang) for group in groups],
        }
        for name, groups in kinds.items()
        if groups
    ]


def _group(group: GapGroup, lang: Language) -> dict[str, Any]:
    gap = group.example
    column = column_label(gap.column, lang)
    before, stretch, after = gap.around
    return {
        "text": gap.text,
        "guess": text(f"quality-kind-{gap.kind}", lang) if gap.kind in PROPOSED else "",
        "count": _number(group.count),
        "where": f"{gap.row},\u00a0{column[:1].lower()}{column[1:]}",
        "context": {"before": before, "stretch": stretch, "after": after},
    }


def _doubts(doubts: Sequence[Doubt], lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "row": doubt.row,
            "field": field_label(doubt.evidence.value, lang),
            "value": doubt.shown,
            "phrase": " ".join(doubt.evidence.exact.split()),
            "confidence": f"{doubt.evidence.confidence:g}",
            "why": why(doubt, lang),
        }
        for doubt in doubts
    ]


def _unclaimed(one: Quality) -> int:
    return sum(map(one.unclaimed, _OPEN))


def _say(lang: Language, code: str) -> str:
    return text(code, lang)


def _number(count: int) -> str:
    """Return a number with its thousands set apart by a narrow space."""
    return f"{count:,}".replace(",", "\u202f")
