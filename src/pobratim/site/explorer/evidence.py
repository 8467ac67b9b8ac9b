"""What a fact is based on: the phrase of the report, marked in its sentence, and the row as it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pobratim.explore import Index
from pobratim.explore.agreements import Agreement, agreements_at
from pobratim.explore.events import Event, events_at
from pobratim.explore.pair import side_of
from pobratim.explore.parties import Party
from pobratim.explore.register import reference_day
from pobratim.explore.reports import Report, reports_lately
from pobratim.site.asking import Asker
from pobratim.site.evidence import Phrase, Piece, ReportRow, around, in_order, phrases, report_rows
from pobratim.site.explorer.wording import Wording, capital
from pobratim.site.labels import CV, naming, shortened
from pobratim.site.page import Visit
from pobratim.site.values import date_text

Subject = Literal["event", "agreement"]
_AROUND = 190
"""Characters of a cell before and after a phrase; a cell that is not much longer is shown whole."""
_WHOLE = 460
_PREPOSITION = 2
"""Letters of the prepositions of a subject, at most."""
_PARTICIPANT = CV + "hasParticipant"
_STATES = "pob:states"
_PLACE = "pob:place"


@dataclass(frozen=True, slots=True)
class Ground:
    """One piece of evidence of a list: an event or an agreement, as its drawer is headed.

    ``sought`` are the IRIs whose phrase is looked for first: the partner's. ``rows`` tell of it.
    """

    kind: Subject
    iri: str
    heading: str
    when: str
    parties: str
    sought: tuple[str, ...]
    rows: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the end of the IRI, by which addresses name it."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A ground with its phrase: the sentence cut round the mark, where it stands, and the whole row.

    ``quote`` are texts before, of and after the phrase, each with "…" where more is cut; empty where no phrase is
    marked. ``cells`` are the row's columns with their text in pieces, of which None proves nothing.
    """

    ground: Ground
    page: str
    quote: tuple[str, str, str] | None
    row: str
    row_page: str
    column: str
    cell_page: str
    report: str
    report_page: str
    rule: str
    confidence: float
    cells: tuple[tuple[str, tuple[Piece, ...]], ...]


def event_ground(event: Event, sides: Sequence[Party], w: Wording) -> Ground:
    """Return the ground of an event. Of two sides both are named and the second's phrase is looked for first.

    With one side its phrase is looked for, without any that of a participant who is not ours.
    """
    told = [side_of(event, party) for party in sides]
    named = " — ".join(", ".join(each.said(w.lang) for each in side) for side in told if side) if len(sides) > 1 else ""
    both = list(zip(told, sides, strict=True))[::-1]
    sought = [party.iri for side, whole in both for party in (*side, whole)]
    if not sides:
        sought = [each.party.iri for each in event.participants if not each.party.is_ours]
    when = date_text(event.date, w.lang) if event.date else w("noYear")
    rows = tuple(each.iri for each in event.accounts)
    return Ground("event", event.iri, event.title, when, named, tuple(sought), rows)


def agreement_ground(agreement: Agreement, w: Wording) -> Ground:
    """Return the ground of an agreement."""
    named = " — ".join(party.said(w.lang) for party in agreement.parties)
    when = date_text(agreement.date, w.lang) if agreement.date else w("noDate")
    return Ground("agreement", agreement.iri, named_agreement(agreement, w), when, named, (), agreement.rows)


def named_agreement(agreement: Agreement, w: Wording) -> str:
    """Return its kind, in Russian with what it is about («Соглашение о сотрудничестве»)."""
    kind = agreement.kind.said(w.lang)
    about = agreement.subject.partition(" ")[0]
    # A subject as the report has it begins with a preposition; a kind that has one says its subject itself.
    if w.lang == "ru" and about.islower() and len(about) <= _PREPOSITION and about not in kind.split():
        kind = f"{kind} {agreement.subject}"
    return capital(kind)


def ground_of(index: Index, kind: Subject, iri: str, sides: Sequence[Party], w: Wording) -> Ground | None:
    """Return the ground of an event or agreement by its IRI, None where there is none of it."""
    number = index.value(f"SELECT id FROM {kind} WHERE iri = ?", iri)
    if number is None:
        return None
    if kind == "agreement":
        [agreement] = agreements_at(index, [number], reference_day(index))
        return agreement_ground(agreement, w)
    [event] = events_at(index, [number])
    return event_ground(event, sides[:2], w)


async def exhibit(asker: Asker, ground: Ground, visit: Visit) -> Exhibit:
    """Return a ground with its phrase and row. Raises as the asker does."""
    found = in_order(await phrases(asker, ground.iri, await naming(asker, visit.lang)))
    phrase = min(found, key=lambda each: _rank(each, ground), default=None)
    entries = [phrase.entry] if phrase else list(ground.rows[:1])
    rows = await report_rows(asker, entries, visit.lang, [phrase] if phrase else [])
    row = rows[0] if rows else None
    told: Mapping[str, Report] = {}
    if row:
        told = await asker.explored(lambda index: reports_lately(index, (row.report,)))
    return _exhibit(ground, phrase, row, told, visit)


def _exhibit(
    ground: Ground, phrase: Phrase | None, row: ReportRow | None, told: Mapping[str, Report], visit: Visit
) -> Exhibit:
    def page(iri: str) -> str:
        return visit.about(iri) if iri else ""

    report = told[row.report].said(visit.lang) if row and row.report in told else row.title if row else ""
    return Exhibit(
        ground=ground,
        page=page(ground.iri),
        quote=_quote(phrase, row) if phrase and row else None,
        row=row.number if row else "",
        row_page=page(row.entry) if row else "",
        column=phrase.column if phrase else "",
        cell_page=page(phrase.mention) if phrase else "",
        report=report,
        report_page=page(row.report) if row else "",
        rule=phrase.rule if phrase else "",
        confidence=phrase.confidence if phrase else 1.0,
        cells=tuple((column, tuple(pieces)) for _, column, pieces in row.cells) if row else (),
    )


def _rank(phrase: Phrase, ground: Ground) -> tuple[int, int]:
    """Return how well a phrase shows what the ground is for: the partner's name, then that there was contact at all."""
    short = shortened(phrase.property)
    if phrase.property == _PARTICIPANT and phrase.value in ground.sought:
        return 0, ground.sought.index(phrase.value)
    if short == _STATES and (ground.kind == "event" or phrase.value == ground.iri):
        return 1, 0
    if short == _PLACE and phrase.value in ground.sought:
        return 2, 0
    return (3 if phrase.property == _PARTICIPANT else 4), -len(phrase.exact)


def _quote(phrase: Phrase, row: ReportRow) -> tuple[str, str, str] | None:
    """Return the cell's text before, of and after a phrase; a long cell is cut at words."""
    text = next(("".join(part for part, _ in pieces) for cell, _, pieces in row.cells if cell == phrase.cell), None)
    if text is None:
        return None
    most = _AROUND if len(text) > _WHOLE else len(text)
    before, after = around(text, phrase.start, phrase.end, most)
    return before, text[phrase.start : phrase.end], after
