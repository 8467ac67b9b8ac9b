"""The report on quality as one page that opens from disk: plain HTML and CSS, no script, nothing asked of a network."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.messages import Language, text
from pobratim.problems import Problem
from pobratim.quality.form import fallen
from pobratim.quality.gaps import KINDS, PROPOSED, GapKind
from pobratim.quality.identity import Question
from pobratim.quality.measures import GapGroup, Quality, Share
from pobratim.quality.render_text import cause, column_label, field_label, warning

_SLOT = re.compile(r"\{\{([a-z]+)\}\}")
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
    viz = content_root() / "viz"
    slots = {
        "lang": lang,
        "title": _say("quality-title", lang),
        "about": _say("quality-about", lang),
        "style": (viz / "quality.css").read_text(encoding="utf-8"),
        "figures": _figures(survey, lang),
        "notes": _notes(survey, lang),
        "overview": _overview(survey.qualities, lang) if len(survey.qualities) > 1 else "",
        "reports": "\n".join(_report(one, lang, several=len(survey.qualities) > 1) for one in survey.qualities),
        "identity": _identity(survey.questions, lang),
    }
    template = (viz / "quality.html").read_text(encoding="utf-8")
    if (wanted := set(_SLOT.findall(template))) != set(slots):
        raise ContentError("network-page-broken", file="quality.html", cause=", ".join(sorted(wanted ^ set(slots))))
    return _SLOT.sub(lambda match: slots[match[1]], template)


def _figures(survey: Survey, lang: Language) -> str:
    some = survey.qualities
    figures = {
        "reports": len(some),
        "rows": sum(one.rows for one in some),
        "stored": sum(one.stored for one in some),
        "left-out": sum(len(one.left_out) for one in some),
        "unclaimed": sum(one.unclaimed(kind) for one in some for kind in _OPEN),
        "questions": len(survey.questions),
    }
    cells = "".join(
        f"<div><dd>{_number(count)}</dd><dt>{_say(f'quality-{name}', lang)}</dt></div>"
        for name, count in figures.items()
    )
    return f'<dl class="figures">{cells}</dl>'


def _notes(survey: Survey, lang: Language) -> str:
    if not survey.notes and survey.qualities:
        return ""
    notes = survey.notes or [text("quality-none", lang)]
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<section class="alert"><h2>{_say("quality-not-loaded", lang)}</h2><ul>{items}</ul></section>'


def _overview(qualities: Sequence[Quality], lang: Language) -> str:
    head = ["quality-report", "quality-rows", "quality-stored", "quality-left-out", "quality-unclaimed-short"]
    rows = [
        [
            f'<a href="#{one.report}">{escape(one.file)}</a>',
            *map(_number, (one.rows, one.stored, len(one.left_out), sum(map(one.unclaimed, _OPEN)))),
        ]
        for one in qualities
    ]
    return f'<section class="overview">{_table([_say(code, lang) for code in head], rows, "counts")}</section>'


def _report(one: Quality, lang: Language, *, several: bool) -> str:
    counts = {"rows": one.rows, "stored": one.stored, "left_out": len(one.left_out)}
    parts = [
        f"<h2>{escape(one.title or one.file)}</h2>",
        f'<p class="file">{escape(one.file)}. {escape(text("quality-accounts", lang, **counts))}</p>',
        _warnings(one, lang),
        _left_out(one, lang),
        _coverage(one, lang),
        _columns(one, lang),
        _gaps(one, lang),
        _doubts(one, lang),
        f'<p class="top"><a href="#top">{_say("quality-to-top", lang)}</a></p>' if several else "",
    ]
    return f'<article id="{one.report}">{"".join(parts)}</article>'


def _warnings(one: Quality, lang: Language) -> str:
    loud = [problem for problem in one.warnings if problem.code.startswith(LOUD)]
    calm = [problem for problem in one.warnings if problem not in loud]
    return _box("alert", "quality-warnings", loud, lang) + _box("remarks", "quality-remarks", calm, lang)


def _box(name: str, code: str, problems: Sequence[Problem], lang: Language) -> str:
    items = "".join(f"<li>{escape(warning(problem, lang))}</li>" for problem in problems)
    return f'<div class="{name}"><h3>{_say(code, lang)}</h3><ul>{items}</ul></div>' if items else ""


def _left_out(one: Quality, lang: Language) -> str:
    rows = [[str(row), escape(cause(problem, lang))] for row, problem in sorted(one.left_out.items())]
    head = [_say("quality-row-short", lang), _say("quality-cause", lang)]
    return _section("quality-rows-left-out", "", _table(head, rows, "causes"), lang) if rows else ""


def _coverage(one: Quality, lang: Language) -> str:
    if not one.stored:
        return ""
    about = text("quality-coverage-about", lang)
    if one.before:
        code = "quality-before-own" if one.before.own else "quality-before-others"
        about += " " + text(code, lang, count=len(one.before.reports))
    bars = "".join(
        _bar(name, share, one.before.coverage[name] if one.before else None, lang)
        for name, share in one.coverage.items()
    )
    return _section("quality-coverage", about, f'<ul class="bars">{bars}</ul>', lang)


def _bar(name: str, share: Share, was: Share | None, lang: Language) -> str:
    values = {"share": share.percent, "have": share.have, "rows": share.rows}
    full = text("quality-row", lang, label=text(f"field-{name}", lang), **values)
    other = was is not None and was.percent != share.percent
    told = [text("quality-before", lang, share=was.percent)] if was and other else []
    if share.least is not None:
        told.append(text("quality-expected", lang, share=f"{share.least * 100:g}\u00a0%"))
    mark = f'<i style="left:{was.value:.2%}"></i>' if was and other else ""
    fine = f"<small>{escape(', '.join(told))}</small>" if told else ""
    short = ' class="short"' if share.short or (was and fallen(was, share)) else ""
    return (
        f'<li{short} title="{escape(full)}"><span class="label">{_say(f"field-{name}", lang)}</span>'
        f'<span class="bar" aria-hidden="true"><b style="width:{share.value:.2%}"></b>{mark}</span>'
        f'<span class="share">{share.percent}</span>'
        f'<span class="of">{_number(share.have)} / {_number(share.rows)}</span>{fine}</li>'
    )


def _columns(one: Quality, lang: Language) -> str:
    items = "".join(f"<li>{escape(heading)}</li>" for heading in one.unknown_columns)
    about = text("quality-columns-about", lang)
    return _section("quality-columns", about, f'<ul class="plain">{items}</ul>', lang) if items else ""


def _gaps(one: Quality, lang: Language) -> str:
    if not one.stored:
        return ""
    blocks = [
        _gap_block(f"quality-gap-{kind}", [group for group in one.gaps if group.example.kind == kind], kind, lang)
        for kind in KINDS
    ]
    blocks.append(_gap_block("quality-gap-proposed", one.proposals, "org", lang))
    about = "" if one.gaps or one.proposals else text("quality-no-gaps", lang)
    return _section("quality-gaps", about, "".join(blocks), lang)


def _gap_block(code: str, groups: Sequence[GapGroup], kind: GapKind, lang: Language) -> str:
    if not groups:
        return ""
    head = [_say(f"quality-gap-{name}", lang) for name in ("text", "count", "where", "context")]
    rows = [[_name(group, lang), _number(group.count), _where(group, lang), _marked(group)] for group in groups]
    count = _number(sum(group.count for group in groups))
    unfolded = " open" if kind in (*_OPEN, *PROPOSED) else ""
    return (
        f"<details{unfolded}><summary><h4>{_say(code, lang)} <span>{count}</span></h4>"
        f'<span class="about">{_say(f"{code}-about", lang)}</span></summary>{_table(head, rows, "gaps")}</details>'
    )


def _name(group: GapGroup, lang: Language) -> str:
    kind = group.example.kind
    tag = "" if kind in KINDS else f" <em>{_say(f'quality-kind-{kind}', lang)}</em>"
    return f"{escape(group.example.text)}{tag}"


def _where(group: GapGroup, lang: Language) -> str:
    column = column_label(group.example.column, lang)
    return f"{group.example.row},\u00a0{escape(column[:1].lower() + column[1:])}"


def _marked(group: GapGroup) -> str:
    before, stretch, after = map(escape, group.example.around)
    return f"{before}<mark>{stretch}</mark>{after}"


def _doubts(one: Quality, lang: Language) -> str:
    codes = ["row-short", "doubt-field", "doubt-value", "doubt-phrase", "doubt-confidence"]
    rows = [
        [
            str(doubt.row),
            escape(field_label(doubt.evidence.value, lang)),
            escape(doubt.shown),
            escape(" ".join(doubt.evidence.exact.split())),
            f"{doubt.evidence.confidence:g}",
        ]
        for doubt in one.doubts
    ]
    head = [_say(f"quality-{code}", lang) for code in codes]
    return _section("quality-doubts", "", _table(head, rows, "doubts"), lang) if rows else ""


def _identity(questions: Sequence[Question], lang: Language) -> str:
    codes = ["identity-left", "identity-right", "identity-score", "identity-reason"]
    rows = [
        [escape(one.left), escape(one.right), f"{one.score:.2f}", escape(text(one.reason, lang))] for one in questions
    ]
    if not rows:
        return ""
    head = [_say(f"quality-{code}", lang) for code in codes]
    body = f'<p class="about">{_say("quality-identity-about", lang)}</p>{_table(head, rows, "identity")}'
    return f'<article id="identity"><h2>{_say("quality-identity", lang)}</h2>{body}</article>'


def _section(code: str, about: str, body: str, lang: Language) -> str:
    told = f'<p class="about">{escape(about)}</p>' if about else ""
    return f"<section><h3>{_say(code, lang)}</h3>{told}{body}</section>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> str:
    """Return a table of cells that are HTML already; each cell carries its heading, for narrow screens."""
    headings = "".join(f'<th scope="col">{label}</th>' for label in head)
    body = "".join(
        "<tr>"
        + "".join(f'<td data-head="{label}">{cell}</td>' for label, cell in zip(head, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f'<table class="{name}"><thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table>'


def _say(code: str, lang: Language) -> str:
    return escape(text(code, lang))


def _number(count: int) -> str:
    """Return a number with its thousands set apart by a narrow space."""
    return f"{count:,}".replace(",", "\u202f")
