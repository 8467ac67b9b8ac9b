"""The phrases that something was read from, what each of them proves, and the rows of reports with them marked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import Language
from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, Row, Term, iri_term, text_term
from pobratim.site.labels import Naming, best, key_of

PHRASES = 100
"""Phrases on one page: the LIMIT, less one, in evidence.rq."""
_ROWS = 5
"""Rows shown whole on the page about a thing: an event that more rows tell of names the others."""
_HEADING = "section"
_AROUND = 32
"""Characters shown before and after a phrase."""


class Phrase(NamedTuple):
    """One phrase with what stands around it, where it stands, the rule that read it, and what it proves.

    That is a statement of the data: ``thing``, ``property`` and ``value``, and ``proves``, the two latter in words.
    Offsets count code points.
    """

    mention: str
    thing: str
    property: str
    value: str
    proves: str
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


Piece = tuple[str, tuple[str, ...] | None]
"""A part of a cell's text, and what the phrases that it is of prove; None where nothing was read from it."""


@dataclass(slots=True)
class ReportRow:
    """A row of a report; a cell is its IRI, the name of its column and its text in pieces."""

    entry: str
    number: str
    report: str
    title: str
    reporter: str
    municipality: str
    cells: list[tuple[str, str, list[Piece]]] = field(default_factory=list)


async def phrases(asker: Asker, iri: str, names: Naming, after: str = "") -> list[Phrase]:
    """Return up to ``PHRASES`` phrases after an IRI of a mention, and one more where there are more."""
    rows = await asker.rows("evidence", iri=iri_term(iri), lang=text_term(names.lang), after=text_term(after))
    return _phrases_of(rows, names)


def _phrases_of(rows: Iterable[Row], names: Naming) -> list[Phrase]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["mention"].value].append(row)
    return [_phrase(each, names) for each in found.values()]


async def some_phrases(asker: Asker, iri: str, names: Naming) -> list[Phrase]:
    """Return so many phrases of a thing that has very many, whichever the engine comes to first."""
    rows = await asker.rows("evidence-some", iri=iri_term(iri), lang=text_term(names.lang))
    return _phrases_of(rows, names)


async def phrase_count(asker: Asker, iri: str, found: Sequence[Phrase]) -> int:
    """Return how many phrases there are, of which ``found`` are the first."""
    if len(found) <= PHRASES:
        return len(found)
    rows = await asker.rows("evidence-count", iri=iri_term(iri))
    return int(rows[0]["count"].value)


async def report_rows(
    asker: Asker, entries: Iterable[str], lang: Language, marked: Sequence[Phrase]
) -> list[ReportRow]:
    """Return the first rows of ``entries`` with the phrases of ``marked`` marked in their cells."""
    spans: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in marked:
        spans[phrase.cell].append(phrase)
    asked = (asker.rows("row", iri=iri_term(entry), lang=text_term(lang)) for entry in sorted(set(entries))[:_ROWS])
    return [_row(rows, spans) for rows in await asker.together(asked) if rows]


async def report_titles(asker: Asker) -> dict[str, str]:
    """Return what each report is called."""
    return {row["report"].value: row["label"].value for row in await asker.rows("report-titles")}


def in_order(found: Iterable[Phrase]) -> list[Phrase]:
    """Return phrases as they stand in reports: by report, number of the row, and place in the row."""
    return sorted(found, key=lambda phrase: (phrase.report, *_number(phrase.number), phrase.cell, phrase.start))


def by_place(found: Iterable[Phrase]) -> list[Phrase]:
    """Return each place in the text once, with all that it proves."""
    places: dict[tuple[str, int, int], Phrase] = {}
    for phrase in found:
        place = (phrase.cell, phrase.start, phrase.end)
        known = places.get(place)
        places[place] = known._replace(proves=_together((known.proves, phrase.proves))) if known else phrase
    return list(places.values())


def _together(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _number(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdecimal() else (0, text)


def _phrase(rows: Sequence[Row], names: Naming) -> Phrase:
    """Return the phrase of rows that differ in what the value is called alone."""
    row = rows[0]
    text, start, end = row["text"].value, int(row["start"].value), int(row["end"].value)
    before, after = around(text, start, end, _AROUND)
    classes = [VOCABULARY + "Agreement"] if "/id/agreement/" in row["thing"].value else []
    called, parties = ([row[name] for row in rows if name in row] for name in ("name", "party"))
    return Phrase(
        mention=row["mention"].value,
        thing=row["thing"].value,
        property=row["property"].value,
        value=row["value"].value,
        proves=f"{names.property(row['property'].value, classes)}: {_value(row['value'], called, parties, names)}",
        before=before,
        exact=row["exact"].value,
        after=after,
        cell=row["cell"].value,
        column=row["column"].value,
        entry=row["entry"].value,
        number=row["number"].value,
        report=row["report"].value,
        rule=row["rule"].value,
        confidence=float(row["confidence"].value) if "confidence" in row else 1.0,
        start=start,
        end=end,
    )


def around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """Return what stands before and after a stretch of a text: at most so many characters each, cut at words."""
    before, after = text[:start], text[end:]
    if len(before) > most:
        before = "… " + before[-most:].partition(" ")[2]
    if len(after) > most:
        after = after[:most].rpartition(" ")[0] + " …"
    return before.lstrip(), after.rstrip()


def _value(value: Term, called: Sequence[Term], parties: Sequence[Term], names: Naming) -> str:
    """Return what is proved in words: a date, a text, or what a thing and its parties are called."""
    if not value.is_iri:
        return names.literal(value)
    told = best(called, names.lang)
    between = " — ".join(sorted({term.value for term in parties if term.lang == "ru"}))
    return ": ".join(part for part in (told, between) if part) or key_of(value.value)


def _row(rows: Sequence[Row], spans: Mapping[str, Sequence[Phrase]]) -> ReportRow:
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
            found.cells.append((cell, row["column"].value, list(pieces(text, spans.get(cell, ())))))
    found.cells.sort(key=lambda each: _columns().get(each[0].rpartition("/")[2], len(_columns())))
    return found


@cache
def _columns() -> Mapping[str, int]:
    """Return the place of each column in the usual form; the heading over a row goes before its columns."""
    places = {concept.local: place for place, concept in enumerate(lexicon().concepts("column"))}
    return places | {_HEADING: -1}


def pieces(text: str, marked: Iterable[Phrase]) -> Iterator[Piece]:
    """Yield a text cut wherever a phrase begins or ends; phrases may overlap, and count code points."""
    phrases = list(marked)
    bounds = sorted({0, len(text), *(edge for one in phrases for edge in (one.start, one.end) if edge <= len(text))})
    for start, end in pairwise(bounds):
        here = tuple(dict.fromkeys(one.proves for one in phrases if one.start <= start and end <= one.end))
        yield text[start:end], here or None
