"""Agreements that a row signs, cites or plans: kind, status, date and parties, sentence by sentence."""

import re
from dataclasses import replace

from pobratim.extract.agreement_details import note_details, note_terms
from pobratim.extract.agreement_parties import Said, is_plural, municipal, named_parties, parties_of, side_of
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.layout.emptiness import says_nothing
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.record import Agreement

_COLUMNS = ("name", "purpose", "result")
_NEAR = 6
# Agreements of states are nobody's in a row about municipalities.
_OF_STATES = WORDS.stems("of-states")
_ANNIVERSARIES = WORDS.endings("anniversary")
_PROLONGED = WORDS.stems("prolonged")
_CHANGES = WORDS.of("agreement-change")
_NOT_YET = WORDS.of("not-yet")
_OF_DOCUMENT = WORDS.stems("of-document")
# A term («до 2029 года») is no date of signing.
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–—/]\s*(?:19|20)?\d\d)?")
_UNTIL = re.compile(r"\bдо\s+(?:конца\s+)?(?:[\d.]++|\d{1,2}\s++(?:[^\W\d]++|\d++))\s*+(?:\d++\s*+)?г(?:ода|\.)?")


def read_agreements(view: RowView) -> None:
    """Add the row's agreements to the record; the same one named in title and text is added once."""
    of_column: dict[str, int] = {}
    for said in _said(view):
        begun = len(view.record.agreements)
        for agreement in _agreements(view, said):
            if _known(view.record.agreements, agreement) or _bare_again(view, said, agreement):
                continue
            pointer = f"/agreements/{len(view.record.agreements)}"
            view.record.agreements.append(agreement)
            view.note(pointer, said.column, said.noun.first, said.noun.last, "agreement-noun")
            for number in _institutions(view, agreement):
                view.record.institutions[number].role = "party"
        if made := range(begun, len(view.record.agreements)):
            note_details(view, said, made)
        elif (index := _goes_on_about(view, said)) >= 0:
            note_terms(view, said.column, said.start if said.alone else said.noun.first, said.last, index)
        of_column[said.column] = said.last
    for column, last in of_column.items():
        _note_what_follows(view, column, last)


def _said(view: RowView) -> list[Said]:
    matcher = view.lexicon.matcher("agreement-kind")
    said: list[Said] = []
    under = not says_nothing(view.cells["agreement"].raw) if "agreement" in view.cells else False
    for column in _COLUMNS:
        cell = view.cells.get(column)
        if cell is None:
            continue
        for first, last in cell.sentences():
            nouns = [
                m
                for m in matcher.find(cell.tokens, first, last)
                if (cell.quote_of[m.first] is None or m.concept.local == "other")
                and not (m.first and cell.tokens[m.first - 1].word.low.startswith(_OF_STATES))
                and not (under and _plans_a_year(cell, m))
            ]
            said.extend(_stretches(column, first, last, nouns))
    return said


def _plans_a_year(cell: CellText, match: Match) -> bool:
    """Tell whether a noun is a plan for a year («план мероприятий на 2024 год»).

    Below an agreement that the row has in a column of its own it is how that is kept, and no second agreement.
    """
    if "план" not in cell.tokens[match.first].word.lemmas or cell.low(match.last) != "на":
        return False
    return bool(_YEAR.fullmatch(cell.low(match.last + 1)))


def _stretches(column: str, first: int, last: int, nouns: list[Match]) -> list[Said]:
    """Give each noun the words from the noun before it to the next."""
    nouns = [noun for n, noun in enumerate(nouns) if n == 0 or noun.first >= nouns[n - 1].last]
    bounds = [first, *(noun.last for noun in nouns)]
    ends = [*(noun.first for noun in nouns[1:]), last]
    return [
        Said(column, first, start, end, noun, alone=n == 0, more=n + 1 < len(nouns))
        for n, (noun, start, end) in enumerate(zip(nouns, bounds, ends, strict=False))
    ]


def _agreements(view: RowView, said: Said) -> list[Agreement]:
    """Return what one noun tells of: mostly one agreement.

    A prolonged one was there before, and is signed or planned again; a plural noun with several foreign towns behind
    it is one agreement with each.
    """
    agreement = _agreement(view, said)
    if agreement is None:
        return []
    cell = view.cells[said.column]
    foreign = [name for name in agreement.parties if side_of(view, name) == "foreign"]
    home = [name for name in agreement.parties if side_of(view, name) == "home"]
    several = _foreign_beside(view, said) if home else []
    if len(several) > 1:
        return [replace(agreement, parties=[home[0], name]) for name in several]
    prolonged = any(t.word.low.startswith(_PROLONGED) for t in cell.tokens[said.first : said.last])
    before = _earlier(view, _text(cell, said)) if prolonged and foreign else ""
    if not before:
        return [agreement]
    old = Agreement(agreement.kind, "in-force", before, agreement.parties)
    if agreement.date != before:
        return [old, agreement]
    day = view.record.start if view.record.start == view.record.end else ""
    return [old, Agreement(agreement.kind, "signed", day, list(agreement.parties))]


def _foreign_beside(view: RowView, said: Said) -> list[str]:
    """Return the foreign towns or authorities behind a plural noun, or before one that can be nothing but plural."""
    words = [t.word for t in view.cells[said.column].tokens[said.noun.first : said.noun.last] if len(t.text) > 1]
    if not any(word.has("NOUN", "plur") for word in words):
        return []
    behind = [
        name for name in named_parties(view, said.column, said.noun.last, said.last) if side_of(view, name) == "foreign"
    ]
    if behind or not any(word.has("plur") and not word.has("sing") for word in words):
        return _alike(view, behind)
    before = named_parties(view, said.column, said.start, said.noun.first)
    return _alike(view, [name for name in before if side_of(view, name) == "foreign"])


def _alike(view: RowView, names: list[str]) -> list[str]:
    """Return the names if all are of municipalities or of their authorities, else []."""
    kinds = {i.id: i.kind for i in view.record.institutions}
    return names if all(n not in kinds or view.marked(kinds[n], "authority") for n in names) else []


def _earlier(view: RowView, text: str) -> str:
    """Return the first date in ``text`` that lies before the event, "" if none does."""
    current = view.record.start
    dating = read_dating(text)
    told = dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""
    return told if told and current and told < current[: len(told)] else ""


def _text(cell: CellText, said: Said) -> str:
    """Return the text from the noun to the end of its stretch, without terms («до 2029 года»)."""
    return _UNTIL.sub("", cell.raw[cell.tokens[said.noun.first].start : cell.tokens[said.last - 1].end])


def _agreement(view: RowView, said: Said) -> Agreement | None:
    cell = view.cells[said.column]
    if not said.alone and _prolongs(cell, said):
        return None
    status = _status(view, cell, said)
    if status == "mentioned" and said.noun.concept.local == "other":
        return None
    if not said.alone and status == "mentioned":
        return None
    if status == "mentioned":
        # A bare «Соглашение предусматривает …» goes on about the one that the row has told of.
        if any(_akin(old.kind, said.noun.concept.local) for old in view.record.agreements):
            return None
        status = "in-force" if said.noun.concept.local != "accession" else "signed"
    status, date = ("in-force", "") if _commemorated(cell, said) else _dated(view, cell, said, status)
    parties = parties_of(view, cell, said)
    parties = municipal(view, parties) if said.noun.concept.local == "twinning" else parties
    if is_plural(cell.tokens[said.noun.first].word) and not parties:
        return None
    planned = _planned_span(view, cell, said) if status == "planned" and not date else ""
    return Agreement(said.noun.concept.local, status, date, parties, planned=planned)


def _planned_span(view: RowView, cell: CellText, said: Said) -> str:
    """Return the span of time for which an agreement is planned («во II квартале 2025 года»), "" if none is told."""
    dating = read_dating(_text(cell, said), int(view.record.start[:4] or 0))
    if dating is None or dating.fault or dating.start == dating.end:
        return ""
    return f"{dating.start}/{dating.end}" if dating.end >= view.record.end[: len(dating.end)] else ""


def _commemorated(cell: CellText, said: Said) -> bool:
    """Tell whether an anniversary of the signing is kept («к 10-летию подписания соглашения»): it is in force."""
    before = cell.tokens[max(said.first, said.noun.first - _NEAR) : said.noun.first]
    return any(t.low.endswith(_ANNIVERSARIES) for t in before)


def _prolongs(cell: CellText, said: Said) -> bool:
    """Tell whether a noun is what another document changes («соглашение о продлении договора», «дополнение к …»)."""
    between = cell.tokens[said.first : said.noun.first]
    return bool(between) and all(t.word.lemmas & _CHANGES for t in between)


def _bare_again(view: RowView, said: Said, new: Agreement) -> bool:
    """Tell whether a noun without its own object («Соглашение подписали …») goes on about an agreement read before."""
    if said.noun.last - said.noun.first > 1 or not said.alone:
        return False
    foreign = {name for name in new.parties if side_of(view, name) == "foreign"}
    return any(
        old.status == new.status
        and _akin(old.kind, new.kind)
        and (old.date == new.date or not old.date or not new.date)
        and foreign <= {name for name in old.parties if side_of(view, name) == "foreign"}
        for old in view.record.agreements
    )


def _akin(old: str, new: str) -> bool:
    return old == new or new == "agreement"


def _dated(view: RowView, cell: CellText, said: Said, status: str) -> tuple[str, str]:
    """Return status and day, month or year of an agreement; what is dated before the event was there already."""
    current = view.record.start[:10]
    text = _text(cell, said)
    if said.noun.first > said.first and not read_dating(text):
        text = cell.raw[cell.tokens[said.first].start : cell.tokens[said.last - 1].end]
    dating = read_dating(text, int(current[:4] or 0))
    told = dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""
    earlier = bool(told) and (not current or told < current[: len(told)])
    if status == "planned" and (said.alone or not earlier):
        return status, "" if earlier else told
    if status == "signed" and told and current and current <= told <= view.record.end:
        return status, told
    if earlier:
        return "in-force", told
    if status == "signed" and view.record.start == view.record.end:
        return status, view.record.start
    return status, ""


def _status(view: RowView, cell: CellText, said: Said) -> str:
    """Return the status that the words around the noun tell, "mentioned" where none does.

    What is nearest to the noun decides. A noun behind another one needs a word of its own, or is joined to that one.
    """
    told = _told(view, cell, said)
    if not said.alone:
        if _happened_then(view, cell, said):
            return "signed"
        before = [item for item in told if item[0] <= _NEAR]
        if not before:
            joined = all(t.low in {",", "и", "а", "также"} for t in cell.tokens[said.first : said.noun.first])
            return "mentioned" if not joined else _status(view, cell, said._replace(first=said.start, alone=True))
        told = before
    draft = any("проект" in t.word.lemmas for t in cell.tokens[max(said.first, said.noun.first - 2) : said.noun.first])
    if draft or any(item[2] == "planned" for item in told):
        return "planned"
    if told:
        return min(told, key=lambda item: (-item[1], item[0]))[2]
    if said.column == "name" and view.record.kind[:1] == ["signing"]:
        return "signed"
    return "mentioned"


def _told(view: RowView, cell: CellText, said: Said) -> list[tuple[int, float, str]]:
    """Return (distance, weight, status) of the words for a status in a noun's stretch.

    «Подписать» is not «подписали»: an infinitive tells a plan. A plan behind a noun that was signed belongs to the next
    noun of the sentence («подписан меморандум, предусматривающий заключение соглашения»).
    """
    told = []
    planned = view.lexicon.concept("agreement-status", "planned")
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, said.first, said.last)
    signed = any(m.concept.local == "signed" and m.first < said.noun.first for m in found)
    for m in found:
        concept = m.concept
        if concept.local == "signed" and cell.tokens[m.first].word.has("INFN"):
            concept = planned
        if concept.local == "planned" and said.noun.first <= m.first < said.noun.last:
            continue
        if concept.local == "ended" and cell.low(m.first - 1) in _NOT_YET:
            continue
        if concept.local == "planned" and said.more and signed and m.first >= said.noun.last:
            continue
        told.append((abs(m.first - said.noun.first), concept.weight, concept.local))
    return told


def _happened_then(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether the noun's own date lies within the event («… (дополнительное соглашение от 28 мая)»)."""
    start, end = view.record.start, view.record.end
    dating = read_dating(_text(cell, said), int(start[:4] or 0))
    return bool(start) and dating is not None and len(dating.start) > len("2024-05") and start <= dating.start <= end


def _institutions(view: RowView, agreement: Agreement) -> list[int]:
    return [n for n, item in enumerate(view.record.institutions) if item.id in agreement.parties]


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


def _known(agreements: list[Agreement], new: Agreement) -> bool:
    """Tell whether the agreement was read before; a later reading may add parties to it."""
    for old in agreements:
        same = old.status == new.status and (old.date == new.date or (old.kind == new.kind and not old.date))
        if same and (set(new.parties) <= set(old.parties) or set(old.parties) <= set(new.parties)):
            if len(new.parties) > len(old.parties):
                old.parties = new.parties
            old.date = old.date or new.date
            if old.kind == "agreement" and new.kind == "twinning":
                old.kind = new.kind
            return True
    return False
