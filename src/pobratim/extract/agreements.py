"""Agreements that a row signs, cites or plans: kind, status, date and parties, sentence by sentence."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import years
from pobratim.lexicon.matcher import Match
from pobratim.record import Agreement
from pobratim.text.words import Word

_COLUMNS = ("name", "purpose", "result")


class _Said(NamedTuple):
    column: str
    first: int
    last: int
    noun: Match


def read_agreements(view: RowView) -> None:
    """Add the row's agreements to the record; the same one named in title and text is added once."""
    for said in _sentences(view):
        agreement = _agreement(view, said)
        if agreement is not None and not _known(view.record.agreements, agreement):
            pointer = f"/agreements/{len(view.record.agreements)}"
            view.record.agreements.append(agreement)
            view.note(pointer, said.column, said.noun.first, said.noun.last, "agreement-noun")
            for number in _institutions(view, agreement):
                view.record.institutions[number].role = "party"


def _sentences(view: RowView) -> list[_Said]:
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
                if cell.quote_of[m.first] is None or m.concept.local == "other"
            ]
            said.extend(_Said(column, first, last, noun) for noun in nouns[:1])
    return said


def _agreement(view: RowView, said: _Said) -> Agreement | None:
    cell = view.cells[said.column]
    status = _status(view, cell, said)
    date = ""
    named = years(cell.raw[cell.tokens[said.first].start : cell.tokens[said.last - 1].end])
    current = view.record.start[:4]
    if status == "signed":
        if named and current and str(named[0]) < current:
            status, date = "in-force", str(named[0])
        elif view.record.start == view.record.end:
            date = view.record.start
    elif status == "in-force" and named and (not current or str(named[0]) < current):
        date = str(named[0])
    parties = _parties(view, cell, said)
    if _plural(cell.tokens[said.noun.first].word) and not parties:
        return None
    return Agreement(said.noun.concept.local, status, date, parties) if status else None


def _status(view: RowView, cell: CellText, said: _Said) -> str:
    """Return the status that the words of the sentence tell; what is nearest to the noun decides."""
    told = [
        (abs(m.first - said.noun.first), m.concept.weight, m.concept.local)
        for m in view.lexicon.matcher("agreement-status").find(cell.tokens, said.first, said.last)
    ]
    planned = [item for item in told if item[2] == "planned"]
    if planned:
        return "planned"
    if told:
        return min(told, key=lambda item: (-item[1], item[0]))[2]
    if said.column == "name" and view.record.kind[:1] == ["signing"]:
        return "signed"
    return "in-force" if said.noun.concept.local != "accession" else "signed"


def _parties(view: RowView, cell: CellText, said: _Said) -> list[str]:
    """Return the parties: those of the sentence, else of the title, else the row's two sides."""
    between = next((i for i in range(said.noun.first, said.last) if cell.low(i) == "между"), -1)
    start = between if between >= 0 else said.first
    named = _named(view, said.column, start, said.last)
    if said.noun.concept.local == "accession":
        return named[:1] or [name for name in [view.reporter()] if name]
    if len(_sides(view, named)) >= 2:
        return named
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
    return [*home[:1], *foreign[:1]] if foreign else named or home[:1]


def _named(view: RowView, column: str, first: int, last: int) -> list[str]:
    """Return ids of institutions and names of municipalities in ``tokens[first:last]``, in order."""
    places = [
        (g.first, view.party(g))
        for g in view.municipalities_in(column, first, last)
        if not _locates(view, column, g.first)
    ]
    spans = [
        (start, view.record.institutions[n].id) for start, _, n in view.spans.get(column, []) if first <= start < last
    ]
    return list(dict.fromkeys(name for _, name in sorted([*places, *spans])))


def _locates(view: RowView, column: str, index: int) -> bool:
    """Tell whether a town only says where («в г. Бресте»)."""
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
        same = old.status == new.status and old.date == new.date
        if same and (set(new.parties) <= set(old.parties) or set(old.parties) <= set(new.parties)):
            if len(new.parties) > len(old.parties):
                old.parties = new.parties
            if old.kind == "agreement" and new.kind == "twinning":
                old.kind = new.kind
            return True
    return False


def _plural(word: Word) -> bool:
    nouns = [r for r in word.readings if r.pos == "NOUN"]
    return bool(nouns) and all("plur" in r.grammemes for r in nouns)
