"""Agreements that a row signs, cites or plans: kind, status, date and parties, sentence by sentence."""

import re
from dataclasses import replace
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.lexicon.matcher import Match
from pobratim.record import Agreement
from pobratim.text.words import Word, fold

_COLUMNS = ("name", "purpose", "result")
_NEAR = 6
_STEM = 5
# Agreements of states are nobody's in a row about municipalities.
_OF_STATES = ("межправительств", "межгосударств")
_PROLONGED = ("продл", "пролонг")
_SIDES = ("home", "foreign")
_CHANGES = {
    "о", "об", "к", "ко", "в", "продление", "пролонгация", "изменение", "дополнение", "внесение", "действие", "срок",
    "расторжение",
}  # fmt: skip
# A term («до 2029 года») is no date of signing.
_UNTIL = re.compile(r"\bдо\s+(?:конца\s+)?(?:[\d.]+|\d{1,2}\s+\w+)\s*(?:19|20)?\d*\s*г(?:ода|\.)?")


class _Said(NamedTuple):
    """An agreement's noun and the stretch of its sentence that speaks of it: from ``first`` to ``last``.

    ``start`` is the sentence's first token; ``alone`` tells that the sentence names no other agreement before, ``more``
    that it names another one behind.
    """

    column: str
    start: int
    first: int
    last: int
    noun: Match
    alone: bool
    more: bool = False


def read_agreements(view: RowView) -> None:
    """Add the row's agreements to the record; the same one named in title and text is added once."""
    for said in _said(view):
        for agreement in _agreements(view, said):
            if _known(view.record.agreements, agreement) or _bare_again(view, said, agreement):
                continue
            pointer = f"/agreements/{len(view.record.agreements)}"
            view.record.agreements.append(agreement)
            view.note(pointer, said.column, said.noun.first, said.noun.last, "agreement-noun")
            for number in _institutions(view, agreement):
                view.record.institutions[number].role = "party"


def _said(view: RowView) -> list[_Said]:
    matcher = view.lexicon.matcher("agreement-kind")
    said: list[_Said] = []
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
            ]
            said.extend(_stretches(column, first, last, nouns))
    return said


def _stretches(column: str, first: int, last: int, nouns: list[Match]) -> list[_Said]:
    """Give each noun the words from the noun before it to the next."""
    nouns = [noun for n, noun in enumerate(nouns) if n == 0 or noun.first >= nouns[n - 1].last]
    bounds = [first, *(noun.last for noun in nouns)]
    ends = [*(noun.first for noun in nouns[1:]), last]
    return [
        _Said(column, first, start, end, noun, alone=n == 0, more=n + 1 < len(nouns))
        for n, (noun, start, end) in enumerate(zip(nouns, bounds, ends, strict=False))
    ]


def _agreements(view: RowView, said: _Said) -> list[Agreement]:
    """Return what one noun tells of: mostly one agreement.

    A prolonged one was there before, and is signed or planned again; a plural noun with several foreign towns behind
    it is one agreement with each.
    """
    agreement = _agreement(view, said)
    if agreement is None:
        return []
    cell = view.cells[said.column]
    foreign = [name for name in agreement.parties if _side(view, name) == "foreign"]
    home = [name for name in agreement.parties if _side(view, name) == "home"]
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


def _foreign_beside(view: RowView, said: _Said) -> list[str]:
    """Return the foreign towns behind a plural noun, or before one that can be nothing but plural."""
    nouns = [t.word for t in view.cells[said.column].tokens[said.noun.first : said.noun.last] if t.word.has("NOUN")]
    if not nouns or not nouns[0].has("plur"):
        return []
    towns = view.municipalities_in(said.column, said.noun.last, said.last)
    if not towns and not nouns[0].has("sing"):
        towns = view.municipalities_in(said.column, said.start, said.noun.first)
    names = list(dict.fromkeys(view.party(g) for g in towns))
    return [name for name in names if _side(view, name) == "foreign"]


def _earlier(view: RowView, text: str) -> str:
    """Return the first date in ``text`` that lies before the event, "" if none does."""
    current = view.record.start
    dating = read_dating(text)
    told = dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""
    return told if told and current and told < current[: len(told)] else ""


def _text(cell: CellText, said: _Said) -> str:
    """Return the text from the noun to the end of its stretch, without terms («до 2029 года»)."""
    return _UNTIL.sub("", cell.raw[cell.tokens[said.noun.first].start : cell.tokens[said.last - 1].end])


def _agreement(view: RowView, said: _Said) -> Agreement | None:
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
    status, date = _dated(view, cell, said, status)
    parties = _parties(view, cell, said)
    if _plural(cell.tokens[said.noun.first].word) and not parties:
        return None
    return Agreement(said.noun.concept.local, status, date, parties)


def _prolongs(cell: CellText, said: _Said) -> bool:
    """Tell whether a noun is what another document changes («соглашение о продлении договора», «дополнение к …»)."""
    between = cell.tokens[said.first : said.noun.first]
    return bool(between) and all(t.word.lemmas & _CHANGES for t in between)


def _bare_again(view: RowView, said: _Said, new: Agreement) -> bool:
    """Tell whether a noun without its own object («Соглашение подписали …») goes on about an agreement read before."""
    if said.noun.last - said.noun.first > 1 or not said.alone:
        return False
    foreign = {name for name in new.parties if _side(view, name) == "foreign"}
    return any(
        old.status == new.status
        and _akin(old.kind, new.kind)
        and (old.date == new.date or not old.date or not new.date)
        and foreign <= {name for name in old.parties if _side(view, name) == "foreign"}
        for old in view.record.agreements
    )


def _akin(old: str, new: str) -> bool:
    return old == new or new == "agreement"


def _dated(view: RowView, cell: CellText, said: _Said, status: str) -> tuple[str, str]:
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


def _status(view: RowView, cell: CellText, said: _Said) -> str:
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


def _told(view: RowView, cell: CellText, said: _Said) -> list[tuple[int, float, str]]:
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
        if concept.local == "planned" and said.more and signed and m.first >= said.noun.last:
            continue
        told.append((abs(m.first - said.noun.first), concept.weight, concept.local))
    return told


def _happened_then(view: RowView, cell: CellText, said: _Said) -> bool:
    """Tell whether the noun's own date lies within the event («… (дополнительное соглашение от 28 мая)»)."""
    start, end = view.record.start, view.record.end
    dating = read_dating(_text(cell, said), int(start[:4] or 0))
    return bool(start) and dating is not None and len(dating.start) > len("2024-05") and start <= dating.start <= end


def _parties(view: RowView, cell: CellText, said: _Said) -> list[str]:
    """Return the parties: those of the sentence, else of the title, else the row's two sides."""
    between = next((i for i in range(said.first, said.last) if cell.low(i) == "между"), -1)
    start = between if between >= 0 else said.start
    named = _named(view, said.column, start, said.last)
    if said.noun.concept.local == "accession":
        return named[:1] or [name for name in [view.reporter()] if name]
    if len(_sides(view, named)) >= 2:
        return named
    both = _of_kind(view, cell, between if between >= 0 else said.noun.last - 1, said.last)
    both = both or (_of_kind(view, cell, said.start - 1, said.noun.first) if not named else [])
    if both:
        return both
    title = (
        _named(view, "name", 0, len(view.cells["name"].tokens))
        if "name" in view.cells and said.column != "name"
        else []
    )
    joined = list(dict.fromkeys([*named, *title]))
    if len(_sides(view, joined)) >= 2 and len(joined) == 2:
        return joined
    foreign = [name for name in joined if _side(view, name) == "foreign"]
    home = [name for name in joined if _side(view, name) == "home"] or [n for n in [view.reporter()] if n]
    if _plural(cell.tokens[said.noun.first].word) and not foreign:
        return named
    if not foreign and said.noun.concept.local == "twinning":
        foreign = _only_foreign_town(view)
    elif not foreign and not named:
        two = _only_two(view)
        if two:
            return two
    return [*home[:1], *foreign[:1]] if foreign else named or home[:1]


def _only_two(view: RowView) -> list[str]:
    """Return the row's only foreign organisation with its only home one, or with the reporter where there is none.

    Embassies and consulates are no parties, nor is who only supports or houses an event.
    """
    active = [
        i
        for n, i in enumerate(view.record.institutions)
        if i.role not in {"supporter", "venue"} and n not in view.posted and not view.is_a(i.kind, "embassy")
        and not view.is_a(i.kind, "consulate")
    ]  # fmt: skip
    home, foreign = ([i.id for i in active if view.side(i) == side and i.role != "organiser"] for side in _SIDES)
    if len(foreign) != 1 or len(home) > 1:
        return []
    return [*(home or [n for n in [view.reporter()] if n]), *foreign]


def _only_foreign_town(view: RowView) -> list[str]:
    """Return the foreign town of the row as a party, [] where it names none or several."""
    towns = {
        g.name: g for geos in view.geos.values() for g in geos if g.kind == "settlement" and view.foreign(g.country)
    }
    return [view.party(g) for g in towns.values()] if len(towns) == 1 else []


def _of_kind(view: RowView, cell: CellText, between: int, last: int) -> list[str]:
    """Return the row's home and foreign organisation of the kind that «между музеями» names, [] unless one of each."""
    stop = min(between + 4, last) if cell.low(between) == "между" else last
    matches = view.lexicon.matcher("organisation-kind").find(cell.tokens, between + 1, stop)
    for match in matches:
        if not _plural(cell.tokens[match.last - 1].word):
            continue
        alike = [i for i in view.record.institutions if view.is_a(i.kind, match.concept.local)]
        home, foreign = ([i.id for i in alike if view.side(i) == side] for side in ("home", "foreign"))
        if len(foreign) == 1 and not home:
            stem = fold(cell.tokens[match.last - 1].text)[:_STEM]
            home = [i.id for i in view.record.institutions if view.side(i) == "home" and stem in fold(i.name)]
        if not foreign:
            foreign = [i.id for i in view.record.institutions if not i.kind and view.side(i) == "foreign"]
        if len(home) == len(foreign) == 1:
            return [*home, *foreign]
    return []


def _named(view: RowView, column: str, first: int, last: int) -> list[str]:
    """Return ids of institutions and names of municipalities in ``tokens[first:last]``, in order."""
    places = [
        (g.first, view.party(g))
        for g in view.municipalities_in(column, first, last)
        if not _locates(view, column, g.first)
    ]
    spans = [
        (start, _signer(view, column, start, end, n))
        for start, end, n in view.spans.get(column, [])
        if first <= start < last
    ]
    return list(dict.fromkeys(name for _, name in sorted([*places, *spans])))


def _signer(view: RowView, column: str, first: int, last: int, number: int) -> str:
    """Return who signs where an organisation is named: by the head of an administration its municipality does."""
    institution = view.record.institutions[number]
    ruled = any(a <= first < b for a, b in view.ruled.get(column, []))
    if not ruled or not view.is_a(institution.kind, "administration"):
        return institution.id
    geos = [g for g in view.geos[column] if first <= g.first < last and g.kind in {"settlement", "district"}]
    return view.party(geos[0]) if geos else institution.id


def _locates(view: RowView, column: str, index: int) -> bool:
    """Tell whether a town only says where («в г. Бресте», «музей (г. Брест)»)."""
    cell = view.cells[column]
    if cell.low(index - 1) == "(" and view.institution_at(column, index - 2) >= 0:
        return True
    return view.cells[column].low(index - 1) in {"в", "во", "из", "на"}


def _side(view: RowView, name: str) -> str:
    for institution in view.record.institutions:
        if institution.id == name:
            return view.side(institution)
    place = view.record.parties.get(name)
    if place is None or not place.country:
        return ""
    return "foreign" if view.foreign(place.country) else "home"


def _sides(view: RowView, names: list[str]) -> set[str]:
    return {side for name in names if (side := _side(view, name))}


def _institutions(view: RowView, agreement: Agreement) -> list[int]:
    return [n for n, item in enumerate(view.record.institutions) if item.id in agreement.parties]


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


def _plural(word: Word) -> bool:
    nouns = [r for r in word.readings if r.pos == "NOUN"]
    return bool(nouns) and all("plur" in r.grammemes for r in nouns)
