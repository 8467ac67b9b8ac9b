"""The phrases that something was read from, and the rows of reports with those phrases marked."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pobratim.messages import Language
from pobratim.site.asking import Asker, Row, iri_term, text_term

PHRASES = 100
"""Phrases on one page: the LIMIT, less one, in evidence.rq."""
_ROWS = 5
"""Rows shown whole on the page about a thing: an event that more rows tell of names the others."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase with what stands around it, where it stands, and the rule that read it."""

    mention: str
    before: str
    exact: str
    after: str
    cell: str
    column: str
    entry: str
    number: str
    report: str
    rule: str
    confidence: float
    start: int
    end: int


@dataclass(slots=True)
class ReportRow:
    """A row of a report; a cell is its IRI, the name of its column and its text in pieces, marked or not."""

    entry: str
    number: str
    report: str
    title: str
    reporter: str
    municipality: str
    cells: list[tuple[str, str, list[tuple[str, bool]]]] = field(default_factory=list)


async def phrases(asker: Asker, iri: str, lang: Language, after: str = "") -> list[Phrase]:
    """Return up to ``PHRASES`` phrases after an IRI of a mention, and one more where there are more."""
    rows = await asker.rows("evidence", iri=iri_term(iri), lang=text_term(lang), after=text_term(after))
    return [_phrase(row) for row in rows]


async def report_rows(
    asker: Asker, entries: Iterable[str], lang: Language, marked: Sequence[Phrase]
) -> list[ReportRow]:
    """Return the first rows of ``entries`` with the phrases of ``marked`` marked in their cells."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for phrase in marked:
        spans[phrase.cell].append((phrase.start, phrase.end))
    asked = (asker.rows("row", iri=iri_term(entry), lang=text_term(lang)) for entry in sorted(set(entries))[:_ROWS])
    return [_row(rows, spans) for rows in await asyncio.gather(*asked) if rows]


async def report_titles(asker: Asker) -> dict[str, str]:
    """Return what each report is called."""
    return {row["report"].value: row["label"].value for row in await asker.rows("report-titles")}


def in_order(found: Iterable[Phrase]) -> list[Phrase]:
    """Return phrases as they stand in reports: by report, number of the row, and place in the row."""
    return sorted(found, key=lambda phrase: (phrase.report, *_number(phrase.number), phrase.cell, phrase.start))


def _number(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdecimal() else (0, text)


def _phrase(row: Row) -> Phrase:
    return Phrase(
        mention=row["mention"].value,
        before=row["prefix"].value,
        exact=row["exact"].value,
        after=row["suffix"].value,
        cell=row["cell"].value,
        column=row["column"].value,
        entry=row["entry"].value,
        number=row["number"].value,
        report=row["report"].value,
        rule=row["rule"].value,
        confidence=float(row["confidence"].value),
        start=int(row["start"].value),
        end=int(row["end"].value),
    )


def _row(rows: Sequence[Row], spans: Mapping[str, Sequence[tuple[int, int]]]) -> ReportRow:
    first = rows[0]
    found = ReportRow(
        first["iri"].value,
        first["number"].value,
        first["report"].value,
        first["title"].value,
        first["reporter"].value if "reporter" in first else "",
        first["municipality"].value if "municipality" in first else "",
    )
    seen = set()
    for row in rows:
        cell, text = row["cell"].value, row["text"].value
        if cell not in seen:
            seen.add(cell)
            found.cells.append((cell, row["column"].value, pieces(text, spans.get(cell, ()))))
    return found


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return a text cut where marking begins or ends; spans may overlap, and count code points."""
    found: list[tuple[str, bool]] = []
    position = 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        start = max(start, position)
        if start > position:
            found.append((text[position:start], False))
        if found and found[-1][1]:
            found[-1] = (found[-1][0] + text[start:end], True)
        else:
            found.append((text[start:end], True))
        position = end
    if position < len(text):
        found.append((text[position:], False))
    return found
