"""Whose an agreement is: the parties that its sentence, its title or the row names."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.words import Word, fold

_JOINING = WORDS.stems("joining")
_STEM = 4
_PAIR = 8
"""So many words behind «между» may name two parties by their kinds."""
_SIDES = ("home", "foreign")


class Said(NamedTuple):
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


def parties_of(view: RowView, cell: CellText, said: Said) -> list[str]:
    """Return the parties: those of the sentence, else of the title, else the row's two sides."""
    between = next((i for i in range(said.first, said.last) if cell.low(i) == "между"), -1)
    start = between if between >= 0 else said.start
    named = named_parties(view, said.column, start, said.last)
    if not named and said.more:
        # «План по реализации Соглашения между …»: the parties stand behind the other document's name.
        stop = next((b for a, b in cell.sentences() if a <= said.start < b), said.last)
        named = named_parties(view, said.column, start, stop)
    if said.noun.concept.local == "accession":
        return named[:1] or [name for name in [view.reporter()] if name]
    if len(_sides(view, named)) >= 2:
        return named
    both = _of_kind(view, cell, between if between >= 0 else said.noun.last - 1, said.last)
    both = both or (_of_kind(view, cell, said.start - 1, said.noun.first) if not named else [])
    if both:
        return both
    title = (
        named_parties(view, "name", 0, len(view.cells["name"].tokens))
        if "name" in view.cells and said.column != "name"
        else []
    )
    joined = list(dict.fromkeys([*named, *title]))
    if len(_sides(view, joined)) >= 2 and len(joined) == 2:
        return joined
    foreign = [name for name in joined if side_of(view, name) == "foreign"]
    home = [name for name in joined if side_of(view, name) == "home"] or [n for n in [view.reporter()] if n]
    if is_plural(cell.tokens[said.noun.first].word) and not foreign:
        return named
    if not foreign and said.noun.concept.local == "twinning":
        foreign = _only_foreign_town(view)
    elif not foreign and not named:
        two = _only_two(view)
        if two:
            return two
    return [*home[:1], *foreign[:1]] if foreign else named or home[:1]


def municipal(view: RowView, parties: list[str]) -> list[str]:
    """Return the parties of a twinning: for the authorities of a town the town itself, where the row names it."""
    seats = {
        i.id: g
        for i in view.record.institutions
        for geos in view.geos.values()
        for g in geos
        if g.kind == "settlement" and g.name == i.place and view.marked(i.kind, "authority") and not i.number
    }
    return list(dict.fromkeys(view.party(seats[name]) if name in seats else name for name in parties))


def _only_two(view: RowView) -> list[str]:
    """Return the row's only foreign organisation with its only home one, or with the reporter where there is none.

    Embassies and consulates are no parties, nor is who only supports or houses an event.
    """
    active = [
        i
        for n, i in enumerate(view.record.institutions)
        if i.role not in {"supporter", "venue"} and n not in view.posted and not view.marked(i.kind, "represents")
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
    if cell.low(between) == "между":
        pair = _one_of_each(view, cell, between, min(between + _PAIR, last))
        if pair:
            return pair
    matches = view.lexicon.matcher("organisation-kind").find(cell.tokens, between + 1, stop)
    for match in matches:
        if not is_plural(cell.tokens[match.last - 1].word):
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


def _one_of_each(view: RowView, cell: CellText, between: int, last: int) -> list[str]:
    """Return home and foreign organisation where two kinds are named one by one («между лицеем и сербской школой»).

    «Вузы» are the row's universities.
    """
    if cell.tokens[min(between + 1, last - 1)].word.lemmas & {"вуз"}:
        kinds = ["university", "university"]
    else:
        found = view.lexicon.matcher("organisation-kind").find(cell.tokens, between + 1, last)
        kinds = [m.concept.local for m in found if not is_plural(cell.tokens[m.last - 1].word)]
    if len(kinds) != len(_SIDES):
        return []
    items = view.record.institutions
    pairs = {
        (home.id, foreign.id)
        for home in items
        for foreign in items
        if (view.side(home), view.side(foreign)) == _SIDES
        and any(
            view.is_a(home.kind, kind) and (not foreign.kind or view.is_a(foreign.kind, other))
            for kind, other in (kinds, kinds[::-1])
        )
    }
    return list(pairs.pop()) if len(pairs) == 1 else []


def named_parties(view: RowView, column: str, first: int, last: int) -> list[str]:
    """Return ids of institutions and names of municipalities in ``tokens[first:last]``, in order."""
    places = [
        (g.first, view.party(g))
        for g in view.municipalities_in(column, first, last)
        if not _locates(view, column, g.first)
    ]
    spans = [
        (start, _signer(view, column, start, end, n))
        for start, end, n in view.spans.get(column, [])
        if first <= start < last and not _housed(view.cells[column], first, start)
    ]
    return list(dict.fromkeys(name for _, name in sorted([*places, *spans])))


def _signer(view: RowView, column: str, first: int, last: int, number: int) -> str:
    """Return who signs where an organisation is named: by the head of an administration its municipality does."""
    institution = view.record.institutions[number]
    ruled = any(a <= first < b for a, b in view.ruled.get(column, []))
    if not ruled or not view.marked(institution.kind, "authority"):
        return institution.id
    geos = [g for g in view.geos[column] if first <= g.first < last and g.kind in {"settlement", "district"}]
    return view.party(geos[0]) if geos else institution.id


def _locates(view: RowView, column: str, index: int) -> bool:
    """Tell whether a town only says where («в г. Бресте», «музей (г. Брест)»)."""
    cell = view.cells[column]
    if cell.low(index - 1) == "(" and view.institution_at(column, index - 2) >= 0:
        return True
    return view.cells[column].low(index - 1) in {"в", "во", "из", "на"}


def _housed(cell: CellText, first: int, index: int) -> bool:
    """Tell whether a body only says where a paper is («на согласовании в МИД России»); a joined one is a party."""
    joined = any(t.low.startswith(_JOINING) for t in cell.tokens[first:index])
    return cell.low(index - 1) in {"в", "во"} and not joined


def side_of(view: RowView, name: str) -> str:
    """Return "home", "foreign" or "" (unknown) for a party."""
    for institution in view.record.institutions:
        if institution.id == name:
            return view.side(institution)
    place = view.record.parties.get(name)
    if place is None or not place.country:
        return ""
    return "foreign" if view.foreign(place.country) else "home"


def _sides(view: RowView, names: list[str]) -> set[str]:
    return {side for name in names if (side := side_of(view, name))}


def is_plural(word: Word) -> bool:
    """Tell whether a noun can be nothing but plural."""
    nouns = [r for r in word.readings if r.pos == "NOUN"]
    return bool(nouns) and all("plur" in r.grammemes for r in nouns)
