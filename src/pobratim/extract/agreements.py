"""Agreements that a row signs, cites or plans: kind, status, date and parties, sentence by sentence."""

import re
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from pobratim.extract.agreement_clauses import stretches
from pobratim.extract.agreement_dates import earlier, planned_span
from pobratim.extract.agreement_details import note_details, note_terms
from pobratim.extract.agreement_parties import Partners, Said, Sides
from pobratim.extract.agreement_phrases import (
    IN_FORCE,
    OF_EVENT,
    UNTOLD,
    Fields,
    Told,
    held_since,
    note_fields,
    note_parties,
    of_field,
)
from pobratim.extract.agreement_relations import Relation, relations
from pobratim.extract.agreement_status import (
    MENTIONED,
    dated,
    denied,
    of_event,
    prolonged,
    prolonged_now,
    status_of,
)
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.plurals import is_plural
from pobratim.layout.emptiness import says_nothing
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.record import Agreement

COLUMNS = ("name", "purpose", "result")
_NEAR = 6
_TWO = 2
# Agreements of states are nobody's in a row about municipalities.
_OF_STATES = WORDS.stems("of-states")
_CHANGES = WORDS.of("agreement-change")
_ONE_MORE, _GENDERS = WORDS.of("one-more-document"), ("masc", "neut", "femn")
_OF_DOCUMENT = WORDS.stems("of-document")
_BETWEEN = WORDS.of("preposition-between")
_TO = WORDS.of("preposition-to")
_OWN_KINDS = frozenset({"memorandum", "protocol", "contract"})
"""Kinds whose words are never used for one another's."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–—/]\s*(?:19|20)?\d\d)?")


def read_agreements(view: RowView, partners: Partners) -> None:
    """Add the row's agreements to the record; the same one named in title and text is added once."""
    found = _Agreements(view, partners)
    of_column: dict[str, int] = {}
    for said in _said(view):
        begun = len(view.record.agreements)
        known = found.add(said)
        if made := range(begun, len(view.record.agreements)):
            note_details(view, said, made)
        elif (index := known if known >= 0 else _goes_on_about(view, said)) >= 0:
            note_terms(view, said.column, said.start if said.alone else said.noun.first, said.last, index)
        of_column[said.column] = said.last
    for column, last in of_column.items():
        _note_what_follows(view, column, last)
    for relation in relations(view, partners, COLUMNS):
        if not found.knows(relation.agreement):
            found.take(relation)
    found.note()


class _Read(NamedTuple):
    """What a noun tells of, the words for its fields, and whether its status is only assumed."""

    agreement: Agreement
    fields: Fields
    is_assumed: bool = False


class _Agreements:
    """Adds agreements to a record.

    ``_inferred`` are those whose other side no word of their sentence names, ``_assumed`` those of which no word tells
    how they stand. ``_fields`` are the words for the fields of each, ``_naming`` those that name its parties.
    """

    def __init__(self, view: RowView, partners: Partners) -> None:
        self._view, self._partners = view, partners
        self._inferred: set[int] = set()
        self._columns: dict[int, str] = {}
        self._assumed: set[int] = set()
        self._fields: dict[int, dict[str, Told]] = {}
        self._naming: dict[int, Said] = {}

    def add(self, said: Said) -> int:
        """Add what one noun tells of; return the number of the last agreement that was known already, -1 for none."""
        record, last = self._view.record, -1
        told = _agreement(self._view, said)
        for one, sides in self._told(said, told) if told else ():
            known = self._known(one.agreement, said, told=sides.told)
            if known < 0:
                known = self._overtaken(one.agreement, said, told=sides.told)
            if known < 0 and self._bare_again(said, one.agreement):
                known = len(record.agreements) - 1
            if known >= 0:
                last = known
                self._also(known, one.fields)
                continue
            of_nobody = len(one.agreement.parties) < _TWO and one.agreement.kind != "accession"
            no_news = one.is_assumed or one.agreement.status == "ended" or one.agreement.kind == "other"
            if of_nobody and no_news:
                continue  # a word for a paper of nobody, of which nothing is told, or that is no more
            self._new(one, said, told=sides.told)
        return last

    def take(self, relation: Relation) -> None:
        """Add what a sentence tells as a relation."""
        number = len(self._view.record.agreements)
        self._view.note(f"/agreements/{number}", *relation.span, "agreement-relation")
        self._fields[number] = dict(relation.fields)
        self._view.record.agreements.append(relation.agreement)

    def note(self) -> None:
        """Add evidence for what words tell of each agreement, and for its parties."""
        for number in range(len(self._view.record.agreements)):
            note_fields(self._view, number, self._fields.get(number, {}))
            note_parties(self._view, self._partners, number, self._naming.get(number))

    def _new(self, one: _Read, said: Said, *, told: bool) -> None:
        record, number = self._view.record, len(self._view.record.agreements)
        if not told:
            self._inferred.add(number)
        if one.is_assumed:
            self._assumed.add(number)
        self._view.note(f"/agreements/{number}", said.column, said.noun.first, said.noun.last, "agreement-noun")
        self._columns[number], self._naming[number], self._fields[number] = said.column, said, dict(one.fields)
        record.agreements.append(one.agreement)
        for institution in record.institutions:
            if institution.id in one.agreement.parties:
                institution.role = "party"

    def _also(self, number: int, fields: Fields) -> None:
        """Keep the words for what an agreement has of a later noun, or what no words told before."""
        agreement, kept = self._view.record.agreements[number], self._fields.setdefault(number, {})
        for name, one in fields.items():
            known = kept.get(name, UNTOLD)
            if one.value == getattr(agreement, name) and (known.phrase is None or known.value != one.value):
                kept[name] = one

    def knows(self, new: Agreement) -> bool:
        """Tell whether an agreement of these parties has the date of a new one, or is the twinning of that time."""
        keys = self._partners.keys(new.parties)
        return any(
            self._partners.keys(old.parties) >= keys and (old.date == new.date or old.date[:4] == new.date[:4])
            for old in self._view.record.agreements
        )

    def _told(self, said: Said, read: _Read) -> list[tuple[_Read, Sides]]:
        """Return what one noun tells of: one agreement a partner; a prolonged one was there before, and is signed or
        planned again."""
        view, cell = self._view, self._view.cells[said.column]
        several = self._partners.of(said)
        if is_plural(cell.tokens[said.noun.first].word) and not any(sides.names for sides in several):
            return []
        before = earlier(view, cell, said) if prolonged(cell, said) else UNTOLD
        kind, made = read.agreement.kind, list[tuple[_Read, Sides]]()
        for sides in several:
            one = read._replace(agreement=replace(read.agreement, parties=sides.names))
            if not before.value or len(sides.names) == 1:
                made.append((one, sides))
                continue
            held = Agreement(kind, IN_FORCE, before.value, sides.names)
            made.append((read._replace(agreement=held, fields={"status": held_since(before), "date": before}), sides))
            if one.agreement.date != before.value:
                made.append((one, sides))
            elif again := prolonged_now(cell, said):
                day = of_event(view.record.start, view.record.end)
                now = {"status": Told("signed", again), "date": Told(day, of_field(view, "/start", OF_EVENT))}
                signed = Agreement(kind, "signed", day, list(sides.names))
                made.append((read._replace(agreement=signed, fields=now), sides))
        return made

    def _known(self, new: Agreement, said: Said, *, told: bool) -> int:
        """Return the number of the agreement that was read before, -1 if it is new.

        A later reading may add parties; one whose sentence names them gives them to one that had them of the row only,
        but for the next one of a list.
        """
        column, listed = said.column, said.lead is not None
        keys = self._partners.keys(new.parties)
        for number, old in enumerate(self._view.record.agreements):
            if old.status != new.status or not _of_one_date(old, new) or (listed and old.kind != new.kind):
                continue
            if old.kind != new.kind and {old.kind, new.kind} <= _OWN_KINDS and self._columns.get(number) == column:
                continue  # «принят протокол, школы подписали меморандум»
            own = self._partners.keys(old.parties)
            inferred = number in self._inferred
            alike = _akin(old.kind, new.kind) and (inferred or not told) and not listed
            if keys <= own or own <= keys or alike:
                if told and (inferred or len(keys) > len(own)):
                    self._name(number, new, said)
                old.date = max(old.date, new.date, key=len)
                if old.kind == "agreement" and new.kind == "twinning":
                    old.kind = new.kind
                return number
        return -1

    def _name(self, number: int, new: Agreement, said: Said) -> None:
        """Give an agreement the parties that the words of a later noun name."""
        self._view.record.agreements[number].parties = new.parties
        self._naming[number] = said
        self._inferred.discard(number)

    def _overtaken(self, new: Agreement, said: Said, *, told: bool) -> int:
        """Return the number of the agreement that was only named before («Соглашение школ»), and of which a later noun
        tells how it stands; -1 if there is none."""
        keys = self._partners.keys(new.parties)
        for number in sorted(self._assumed):
            old = self._view.record.agreements[number]
            own = self._partners.keys(old.parties)
            alike = _akin(old.kind, new.kind) or _akin(new.kind, old.kind)
            if old.date or not alike or not (keys <= own or own <= keys or not told or number in self._inferred):
                continue
            old.status, old.date, old.planned = new.status, new.date, new.planned
            if told and (number in self._inferred or len(keys) > len(own)):
                self._name(number, new, said)
            self._assumed.discard(number)
            return number
        return -1

    def _bare_again(self, said: Said, new: Agreement) -> bool:
        """Tell whether a noun without an object («Соглашение подписали …») goes on about an agreement read before."""
        if said.noun.last - said.noun.first > 1 or not said.alone:
            return False
        foreign = self._partners.keys(new.parties, "foreign")
        return any(
            old.status == new.status
            and _akin(old.kind, new.kind)
            and (old.date == new.date or not old.date or not new.date)
            and foreign <= self._partners.keys(old.parties, "foreign")
            for old in self._view.record.agreements
        )


def _of_one_date(old: Agreement, new: Agreement) -> bool:
    """Tell whether dates may be of one document: equal, or the later one told tells the day of the month before."""
    more = not old.date or new.date.startswith(f"{old.date}-")
    return old.date == new.date or (old.kind == new.kind and more)


def _agreement(view: RowView, said: Said) -> _Read | None:
    """Return kind, status and date of what a noun tells of, None where it tells of nothing new."""
    cell = view.cells[said.column]
    kind = said.noun.concept.local
    if not said.alone and cell.low(said.noun.first - 1) in _TO and (before := earlier(view, cell, said)).value:
        return _Read(Agreement(kind, IN_FORCE, before.value), {"status": held_since(before), "date": before})
    if denied(view, cell, said) or (not said.alone and _prolongs(cell, said)):
        return None
    status = status_of(view, cell, said)
    is_told = status != MENTIONED
    if not is_told and (kind == "other" or not said.alone):
        return None
    if not is_told:
        status = Told(IN_FORCE if kind != "accession" else "signed")
    status, date = dated(view, cell, said, status)
    # A bare «Соглашение предусматривает …» goes on about the one that the row has told of, a dated one is another.
    known = any(_akin(old.kind, kind) for old in view.record.agreements)
    if not is_told and known and not (status.value == "in-force" and date.value):
        return None
    planned = planned_span(view, cell, said) if status.value == "planned" and not date.value else UNTOLD
    if planned.value and "/" not in planned.value:
        date, planned = planned, UNTOLD
    made = Agreement(kind, status.value, date.value, planned=planned.value)
    return _Read(made, {"status": status, "date": date, "planned": planned}, not is_told and not date.value)


def _said(view: RowView) -> list[Said]:
    said: list[Said] = []
    under = not says_nothing(view.cells["agreement"].raw) if "agreement" in view.cells else False
    for column in COLUMNS:
        cell = view.cells.get(column)
        if cell is not None:
            sentences = [
                (first, last, _nouns(view, cell, first, last, under=under)) for first, last in cell.sentences()
            ]
            said.extend(stretches(cell, sentences))
    return said


def _nouns(view: RowView, cell: CellText, first: int, last: int, *, under: bool) -> list[Match]:
    """Return the nouns of agreements in a sentence; ``under`` one that the row has in a column of its own."""
    found = [
        m
        for m in view.lexicon.matcher("agreement-kind").find(cell.tokens, first, last)
        if (cell.quote_of[m.first] is None or m.concept.local == "other")
        and not any(cell.low(i).startswith(_OF_STATES) for i in (m.first - 1, m.last))
        and not (under and _plans_a_year(cell, m))
        and not _between_states(view, cell, m, last)
    ]
    return sorted([*found, *_more(cell, found, last)], key=attrgetter("first"))


def _more(cell: CellText, found: list[Match], last: int) -> list[Match]:
    """Return adjectives that stand for one more document of the kind named before («договор истёк, заключён новый»)."""
    more, ends = [], [*(m.first for m in found[1:]), last]
    for noun, end in zip(found, ends, strict=False):
        gender = next((one for one in _GENDERS if cell.tokens[noun.first].word.has("NOUN", one)), "")
        comma = next((i for i in range(noun.last, end) if cell.low(i) == ","), end)
        for index in range(comma, end):
            word = cell.tokens[index].word
            is_last = index + 1 >= last or cell.tokens[index + 1].kind == "mark"
            if is_last and word.lemmas & _ONE_MORE and word.has("ADJF", "sing", gender):
                more.append(noun._replace(first=index, last=index + 1))
    return more


def _between_states(view: RowView, cell: CellText, match: Match, last: int) -> bool:
    """Tell whether «между» behind a noun rules countries («Договор между Россией и Беларусью»)."""
    between = next((i for i in range(match.last, min(match.last + _NEAR, last)) if cell.low(i) in _BETWEEN), -1)
    geos = [g for g in view.geos.get(cell.column, ()) if between < g.first < last]
    return between >= 0 and [g.kind for g in geos[:2]] == ["country", "country"] and geos[0].first == between + 1


def _plans_a_year(cell: CellText, match: Match) -> bool:
    """Tell whether a noun is a plan for a year («план мероприятий на 2024 год»).

    Below an agreement that the row has in a column of its own it is how that is kept, and no second agreement.
    """
    if "план" not in cell.tokens[match.first].word.lemmas or cell.low(match.last) != "на":
        return False
    return bool(_YEAR.fullmatch(cell.low(match.last + 1)))


def _prolongs(cell: CellText, said: Said) -> bool:
    """Tell whether a noun is what another document changes («соглашение о продлении договора», «дополнение к …»)."""
    between = cell.tokens[said.first : said.noun.first]
    return bool(between) and all(t.word.lemmas & _CHANGES for t in between)


def _akin(old: str, new: str) -> bool:
    return old == new or new == "agreement"


def _goes_on_about(view: RowView, said: Said) -> int:
    """Return the number of the agreement that a noun without one of its own speaks of, -1 if of none."""
    agreements = view.record.agreements
    if agreements and not said.alone and _prolongs(view.cells[said.column], said):
        return len(agreements) - 1
    kind = said.noun.concept.local
    return next((n for n in reversed(range(len(agreements))) if _akin(agreements[n].kind, kind)), -1)


def _note_what_follows(view: RowView, column: str, last: int) -> None:
    """Read the terms that the sentence behind the last noun tells of its document: «Документ действует пять лет»."""
    cell = view.cells[column]
    following = cell.sentence_at(last)
    if following is None or not view.record.agreements or following[0] < last:
        return
    if any(token.low.startswith(_OF_DOCUMENT) for token in cell.tokens[slice(*following)][:_NEAR]):
        note_terms(view, column, *following, len(view.record.agreements) - 1)
