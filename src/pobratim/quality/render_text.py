"""Quality in words: two lines for the talk of a load, and all of it as plain text."""

from collections.abc import Iterator, Sequence

from pobratim.extract.verdicts import RULE, said
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import Language, describe, text
from pobratim.problems import Problem
from pobratim.quality.gaps import KINDS
from pobratim.quality.identity import Question
from pobratim.quality.measures import Doubt, Quality


def brief(quality: Quality, lang: Language) -> list[str]:
    """Return the lines of a load about one report: shares of filled fields, and how much was not recognised."""
    if not quality.stored:
        return []
    shares = ", ".join(f"{text(f'field-{name}', lang)} {one.percent}" for name, one in quality.coverage.items())
    lines = [text("quality-line", lang, shares=shares)]
    counts = {kind: quality.unclaimed(kind) for kind in KINDS}
    if any(counts.values()):
        lines.append(text("quality-line-gaps", lang, **counts))
    return lines


def details(quality: Quality, lang: Language) -> Iterator[str]:
    """Yield all that is known of one report, a line each."""
    yield f"{quality.title or quality.file} ({quality.file})"
    counts = {"rows": quality.rows, "stored": quality.stored, "left_out": len(quality.left_out)}
    yield text("quality-accounts", lang, **counts)
    for row, problem in sorted(quality.left_out.items()):
        yield f"  {text('at-row', lang, row=row)}: {cause(problem, lang)}"
    yield text("quality-coverage", lang)
    for name, share in quality.coverage.items():
        values = {"share": share.percent, "have": share.have, "rows": share.rows}
        yield f"  {text('quality-row', lang, label=text(f'field-{name}', lang), **values)}"
    if quality.unknown_columns:
        yield f"{text('quality-columns', lang)}: {'; '.join(quality.unknown_columns)}"
    for kind in KINDS:
        groups = [group for group in quality.gaps if group.example.kind == kind]
        if groups:
            yield text(f"quality-gap-{kind}", lang)
        for group in groups:
            where = f"{text('at-row', lang, row=group.example.row)}, {column_label(group.example.column, lang)}"
            yield f"  {group.count} × {group.example.text} [{where}]: {group.example.context}"
    yield from _doubts(quality, lang)


def _doubts(quality: Quality, lang: Language) -> Iterator[str]:
    """Yield what was inferred, and the ties that were not taken, each with the reasons that are told."""
    for code, doubts in (("quality-doubts", quality.doubts), ("quality-refused", quality.refused)):
        if doubts:
            yield text(code, lang)
        for doubt in doubts:
            where = f"{text('at-row', lang, row=doubt.row)}, {field_label(doubt.evidence.value, lang)}"
            reasons = f": {why(doubt, lang)}" if why(doubt, lang) else ""
            yield f"  {where}: {doubt.shown} ← {doubt.evidence.exact} ({doubt.evidence.confidence:g}){reasons}"


def why(doubt: Doubt, lang: Language) -> str:
    """Return in words what speaks for a tie that was taken, or against one that was not; "" for other fields."""
    rule = doubt.evidence.rule
    return said(rule, lang) if rule.startswith(RULE) else ""


def asked(questions: Sequence[Question], lang: Language) -> list[str]:
    """Return the questions of identity, a line each under a heading."""
    lines = [f"  {one.left} ? {one.right} ({one.score:.2f}): {text(one.reason, lang)}" for one in questions]
    return [text("quality-identity", lang), *lines] if lines else []


def cause(problem: Problem, lang: Language) -> str:
    """Return why a row was left out, without file and row."""
    return text(problem.code, lang, file=problem.file, **dict(problem.values))


def warning(problem: Problem, lang: Language) -> str:
    """Return a warning about a report, without its file."""
    return describe(problem, lang).removeprefix(problem.file).lstrip(":, ")


def column_label(column: str, lang: Language) -> str:
    """Return the name of a column of ontology/columns.ttl."""
    concept = lexicon().concept("column", column)
    return concept.label if lang == "ru" else concept.english


def field_label(pointer: str, lang: Language) -> str:
    """Return the name of the field that a JSON pointer of evidence leads to."""
    return text(f"field-{pointer.split('/')[1]}", lang)
