"""From mentions in cells to the row's institutions: one value each, with role, seat and spellings."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.named_before import known, merge
from pobratim.extract.organisations import Mention, find_organisations
from pobratim.extract.organisations.naming import full_name, proper_name, short_names
from pobratim.extract.organisations.parts import name_parts
from pobratim.extract.organisations.seat import UNRESOLVED, Seat, Seats
from pobratim.extract.seated import UNTOLD, inferred
from pobratim.extract.short_quotations import note_short_quotations
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.record import Institution

_ORDER = ("participants", "responsible", "name", "place", "purpose", "result")
_BEGINNING = attrgetter("first")
_NEAR = 12
"""So many words away may stand what tells a role."""
_TWO = 2
_HELD = WORDS.stems("held")
_ACTS_AS = WORDS.of("acts-as")
_OCCASION = WORDS.of("venue-occasion")
_CAME = WORDS.of("coming-to")
_CUED = {"purpose", "result", "participants", "name", "place"}
_BY_COLUMN = {"participants": "participant", "place": "venue", "responsible": "organiser", "name": "participant"}


@dataclass(slots=True, eq=False)
class _Reading:
    mention: Mention
    institution: Institution
    column: str
    rule: str
    adjective: int


def read_institutions(view: RowView) -> None:
    """Add the row's institutions to the record and their spans to the view."""
    seats = Seats(view.geographer)
    firsts: dict[int, _Reading] = {}
    weak: set[int] = set()
    for column in (*_ORDER, *(c for c in view.cells if c not in _ORDER and c not in {"section", "number", "dates"})):
        cell = view.cells.get(column)
        if cell is None:
            continue
        for mention in find_organisations(cell, view.geos[column], view.lexicon, named=view.context.named):
            reading = _read(view, seats, mention, column)
            guessed = reading.adjective >= 0
            number = known(view.record.institutions, reading.institution, weak, guessed=guessed)
            if number < 0:
                number = len(view.record.institutions)
                reading.institution.id = f"i{number}"
                view.record.institutions.append(reading.institution)
                firsts[number] = reading
                if reading.adjective >= 0:
                    weak.add(number)
            else:
                merge(view.record.institutions[number], reading.institution)
                if reading.adjective == UNRESOLVED and firsts[number].adjective == UNTOLD:
                    firsts[number].adjective = UNRESOLVED
            view.spans.setdefault(column, []).append((*mention.span, number))
            view.note(f"/institutions/{number}", column, *mention.span, f"organisation-{mention.pattern}")
    note_short_quotations(view)
    for number, reading in firsts.items():
        _complete(view, view.record.institutions[number], reading)
    _pair_by_places(view, firsts)


def _pair_by_places(view: RowView, firsts: dict[int, _Reading]) -> None:
    """Seat an organisation of which nothing is told in the foreign town of a bridge between two towns.

    Of two that take part, the other is at home by its own name, legal form or seat; no third is named.
    """
    foreign = [p for p in view.record.places if view.foreign(p.country)]
    taking = [n for n, i in enumerate(view.record.institutions) if i.role in {"participant", "party"}]
    if len(foreign) != 1 or len(view.record.places) != _TWO or len(taking) != _TWO:
        return
    open_ends = [
        n
        for n in taking
        if firsts[n].mention.legal is None and not firsts[n].mention.geos and firsts[n].adjective == UNTOLD
        and view.record.institutions[n].place in {"", view.record.home.name}
    ]  # fmt: skip
    if len(open_ends) == 1:
        institution = view.record.institutions[open_ends[0]]
        other = view.record.institutions[next(n for n in taking if n not in open_ends)]
        if not view.foreign(other.country) and not view.foreign(institution.country):
            institution.place, institution.country, institution.region = foreign[0].name, foreign[0].country, ""


def _read(view: RowView, seats: Seats, mention: Mention, column: str) -> _Reading:
    cell = view.cells[column]
    seat = seats.seat(cell, mention, view.geos[column])
    name = full_name(cell, mention)
    role, rule = _role(view, mention, column)
    honorific = cell.flat(*mention.honorific) if mention.honorific else ""
    institution = Institution(
        id="", name=name, aliases=short_names(cell, mention, name), place=seat.place, country=seat.country, role=role,
        kind=mention.kind.local if mention.kind else "", number=mention.number,
        proper=proper_name(cell, mention, seat.adjective), legal_form=mention.legal_form,
        honorific=honorific, region=seat.region, parts=name_parts(cell, mention),
    )  # fmt: skip
    return _Reading(mention, institution, column, rule, seat.adjective)


def _complete(view: RowView, institution: Institution, reading: _Reading) -> None:
    """Fill in what no mention said, once all mentions are known."""
    told = Seat(institution.place, institution.country, institution.region, reading.adjective)
    seat = inferred(view, reading.mention, told, institution.role, reading.column)
    institution.place, institution.country, institution.region = seat.place, seat.country, seat.region


def _role(view: RowView, mention: Mention, column: str) -> tuple[str, str]:
    """Return the role and its rule: the nearest cue of the clause, else what the column means."""
    cue = _cue(view, mention, column)
    if cue is not None:
        return cue.concept.local, "role-cue"
    occasion = column == "name" and _within_occasion(view, mention)
    default = "other" if occasion else _BY_COLUMN.get(column, "other")
    if default == "other" and column in {"purpose", "result"} and _within(view.cells[column], mention):
        return "venue", "role-within"
    return default, "role-column"


def _cue(view: RowView, mention: Mention, column: str) -> Match | None:
    """Return the word of the sentence that tells what an organisation did, the nearest one before its name.

    Where none stands before it, one behind counts in running text.
    """
    if column not in _CUED:
        return None
    cell = view.cells[column]
    first, last = cell.sentence_at(mention.first) or (0, len(cell.tokens))
    cues = view.cues_in(column, first, last)
    begin = bisect_left(cues, mention.first - _NEAR, key=_BEGINNING)
    end = bisect_right(cues, mention.first + _NEAR, key=_BEGINNING)
    near = [m for m in cues[begin:end] if not (mention.first <= m.first < mention.last)]
    before = [m for m in near if m.last <= mention.first]
    if not before:
        return near[0] if near and column in {"purpose", "result"} else None
    nearest = _ruling(cell, before)
    return None if _apart(view, column, nearest.last, mention.first) else nearest


def _ruling(cell: CellText, before: list[Match]) -> Match:
    """Return the last cue, the one before it where that says as what («соорганизатором выступило Общество»)."""
    last = before[-1]
    acting = before[1:] and cell.tokens[last.first].word.lemmas & _ACTS_AS
    return before[-2] if acting and cell.tokens[before[-2].first].word.has("NOUN", "ablt") else last


def _within(cell: CellText, mention: Mention) -> bool:
    """Tell whether something took place in an organisation: a verb of that, «в» and the prepositional case."""
    if mention.head < 0 or cell.low(mention.first - 1) not in {"в", "во"}:
        return False
    first, last = cell.sentence_at(mention.first) or (0, 0)
    head = cell.tokens[mention.head].word
    return head.has("loct") and any(token.low.startswith(_HELD) for token in cell.tokens[first:last])


def _apart(view: RowView, column: str, start: int, stop: int) -> bool:
    """Tell whether a semicolon or a full stop parts a cue from the name."""
    return any(t.text == ";" for t in view.cells[column].tokens[start:stop])


def _within_occasion(view: RowView, mention: Mention) -> bool:
    cell = view.cells["name"]
    return any(t.word.lemmas & _OCCASION for t in cell.tokens[: mention.first]) and not any(
        t.word.lemmas & _CAME for t in cell.tokens[: mention.first]
    )
