"""Direct links between a home party and a foreign party that a row itself states.

Taking part in the same large event is no link. Each rule below is one way in which a row states one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.lexicon.words import WORDS

_ACTIVE = {"participant", "party", "organiser", "host"}
_MOST_PARTNERS = 4
_TWO = 2
_MOST_TWINS = 6
_TALKS = WORDS.of("talks")
_ASIDE = {"supporter", "venue"}
_SIDES = ("home", "foreign")
_BORDER = WORDS.of("border")


class _Link(NamedTuple):
    home: str
    foreign: str
    column: str
    first: int
    last: int
    rule: str


def read_ties(view: RowView) -> None:
    """Add the row's direct links to the record, each pair once, home party first."""
    for rule in (
        _by_agreement,
        _by_between,
        _by_together,
        _by_twins,
        _by_title,
        _by_sentence,
        _by_authorities,
        _by_institutions,
        _by_border,
        _by_municipalities,
        _by_offices,
        _by_section,
    ):
        for link in rule(view):
            pair = [link.home, link.foreign]
            if link.home and link.foreign and link.home != link.foreign and pair not in view.record.ties:
                pointer = f"/ties/{len(view.record.ties)}"
                view.record.ties.append(pair)
                view.note(pointer, link.column, link.first, link.last, link.rule)


def _span(view: RowView, name: str) -> tuple[str, int, int]:
    """Return where a party is first named: column and token range."""
    for column, spans in view.spans.items():
        for first, last, number in spans:
            if view.record.institutions[number].id == name:
                return column, first, last
    for column, geos in view.geos.items():
        for geo in geos:
            if geo.name == name:
                return column, geo.first, geo.last
    return "", 0, 0


def _sided(view: RowView, names: list[str]) -> tuple[list[str], list[str]]:
    """Split parties into home and foreign ones."""
    home: list[str] = []
    foreign: list[str] = []
    countries = {i.id: i.country for i in view.record.institutions}
    countries.update({name: place.country for name, place in view.record.parties.items()})
    for name in names:
        country = countries.get(name, "")
        if country:
            (foreign if view.foreign(country) else home).append(name)
    return home, foreign


def _by_agreement(view: RowView) -> Iterator[_Link]:
    for agreement in view.record.agreements:
        home, foreign = _sided(view, agreement.parties)
        for one in home:
            for other in foreign:
                yield _Link(one, other, *_span(view, other), "tie-agreement")


def _by_between(view: RowView) -> Iterator[_Link]:
    """«между Псковом и Витебском», «между школами …»."""
    for column in ("name", "purpose", "result"):
        cell = view.cells.get(column)
        for index in range(len(cell.tokens) if cell else 0):
            if cell is None or cell.low(index) != "между" or cell.quote_of[index] is not None:
                continue
            end = next((i for i in range(index, len(cell.tokens)) if cell.tokens[i].text in ".;"), index + 25)
            names = [view.party(g) for g in view.municipalities_in(column, index, end)]
            names += [view.record.institutions[n].id for n in view.institutions_in(column, index, end)]
            home, foreign = _sided(view, names)
            for one in home[:1]:
                for other in foreign[:1]:
                    yield _Link(one, other, column, index, index + 1, "tie-between")


def _by_together(view: RowView) -> Iterator[_Link]:
    """«Совместно с городом Цзинин»: the reporter with the partner that follows."""
    for column in ("name", "purpose", "result"):
        cell = view.cells.get(column)
        for index, token in enumerate(cell.tokens if cell else []):
            if token.low != "совместно" or cell is None or cell.low(index + 1) not in {"с", "со"}:
                continue
            for geo in view.municipalities_in(column, index, index + 6):
                if view.foreign(geo.country):
                    yield _Link(view.reporter(), view.party(geo), column, index, geo.last, "tie-together")


def _by_twins(view: RowView) -> Iterator[_Link]:
    """«Города-побратимы A и B», «побратимские отношения с г. A»: the reporter, or the home town named, with each."""
    for column in ("name", "purpose", "result", "participants"):
        cell = view.cells.get(column)
        for first, last in cell.sentences() if cell else ():
            at = next((i for i in range(first, last) if cell and _twinned(cell, i)), -1)
            if cell is None or at < 0:
                continue
            towns = view.municipalities_in(column, at, last)
            if not any(view.foreign(g.country) for g in towns):
                towns = view.municipalities_in(column, first, last)
            towns = towns or _seats_of_authorities(view, column, at, last)
            home = [view.party(g) for g in towns if g.country and not view.foreign(g.country)]
            foreign = [g for g in towns if view.foreign(g.country)]
            if len(foreign) <= _MOST_TWINS:
                for geo in foreign:
                    yield _Link(
                        home[0] if home else view.reporter(), view.party(geo), column, at, geo.last, "tie-twins"
                    )


def _seats_of_authorities(view: RowView, column: str, first: int, last: int) -> list[Geo]:
    """Return the towns that stand in the names of authorities («побратимские связи с муниципалитетом Варадеро»)."""
    spans = [
        (a, b)
        for a, b, n in view.spans.get(column, [])
        if first <= a < last and view.marked(view.record.institutions[n].kind, "authority")
    ]
    return [g for g in view.geos[column] if g.kind == "settlement" and any(a <= g.first < b for a, b in spans)]


def _twinned(cell: CellText, index: int) -> bool:
    return "побратим" in cell.low(index) and cell.quote_of[index] is None


def _by_sentence(view: RowView) -> Iterator[_Link]:
    """A sentence on what was done that names one home organisation and one or two foreign ones, and nobody further.

    Where it names foreign ones only, but tells of talks, the row's one home body held them, or else the reporter.
    """
    for column in ("purpose", "result"):
        cell = view.cells.get(column)
        for first, last in cell.sentences() if cell else ():
            named = view.institutions_in(column, first, last)
            kinds = [view.record.institutions[n].kind for n in named]
            # Of a supporter or a venue nothing is said, but of two museums of which one holds what the other lends.
            numbers = [
                n
                for n, kind in zip(named, kinds, strict=True)
                if view.record.institutions[n].role not in _ASIDE or (kind and kinds.count(kind) > 1)
            ]
            home, foreign = ([n for n in numbers if view.side(view.record.institutions[n]) == side] for side in _SIDES)
            met = any(t.word.lemmas & _TALKS for t in cell.tokens[first:last]) if cell else False
            if 0 < len(foreign) <= 2 and (len(home) == 1 or (met and not home)):
                bodies = home or _home_bodies(view)
                single = bodies[0] if len(bodies) == 1 else -1
                for number in foreign:
                    other = view.record.institutions[number].id
                    # Authorities talk to the municipality, not to a firm of its delegation.
                    apart = not home and single >= 0 and _governs(view, number) and not _governs(view, single)
                    one = view.reporter() if single < 0 or apart else view.record.institutions[single].id
                    yield _Link(one, other, *_span(view, other), "tie-sentence")


def _governs(view: RowView, number: int) -> bool:
    return view.marked(view.record.institutions[number].kind, "authority")


def _by_title(view: RowView) -> Iterator[_Link]:
    """A meeting, visit or signing whose title names foreign organisations: the home body with each.

    Where the title names the head of the municipality, that is its administration, or else the municipality.
    """
    cell = view.cells.get("name")
    bilateral = view.lexicon.marked("bilateral", "event-kind")
    if cell is None or bilateral.isdisjoint(view.record.kind[:2]) or view.record.agreements:
        return
    named = [*view.institutions_in("name", 0, len(cell.tokens)), *view.offices.get("name", [])]
    numbers = [n for n in dict.fromkeys(named) if view.record.institutions[n].role in _ACTIVE]
    foreign = [n for n in numbers if view.side(view.record.institutions[n]) == "foreign"]
    if not 0 < len(foreign) <= _MOST_PARTNERS:
        return
    home = [n for n in numbers if view.side(view.record.institutions[n]) == "home"] or _home_bodies(view)
    own = len(home) == 1 and (not view.led or view.marked(view.record.institutions[home[0]].kind, "authority"))
    one = view.record.institutions[home[0]].id if own else view.reporter()
    for number in foreign:
        yield _Link(
            one, view.record.institutions[number].id, *_span(view, view.record.institutions[number].id), "tie-title"
        )


def _home_bodies(view: RowView) -> list[int]:
    return [n for n in _participants(view) if view.side(view.record.institutions[n]) == "home"]


def _participants(view: RowView) -> list[int]:
    """Return the institutions that take part themselves, not only by a person's post."""
    columns = [
        view.institutions_in(c, 0, len(view.cells[c].tokens)) for c in ("name", "participants") if c in view.cells
    ]
    numbers = dict.fromkeys(n for numbers in columns for n in numbers)
    return [n for n in numbers if view.record.institutions[n].role in _ACTIVE and n not in view.posted]


def _mass(view: RowView) -> bool:
    """Tell whether the row is of a large event: unnamed groups of whole countries, or several foreign countries of
    which not every one has its organisation named."""
    named = {i.country for i in view.record.institutions if i.role in _ACTIVE}
    countries = view.record.countries
    if len(countries) > _TWO and view.record.kind[:1] == ["conference"]:
        return True
    return bool(view.record.groups) or (len(countries) > 1 and not set(countries) <= named)


def _by_authorities(view: RowView) -> Iterator[_Link]:
    """The one home authority and the one foreign authority among those who take part."""
    active = [n for n in _participants(view) if view.marked(view.record.institutions[n].kind, "authority")]
    home, foreign = ([n for n in active if view.side(view.record.institutions[n]) == side] for side in _SIDES)
    if len(home) == len(foreign) == 1 and not view.record.groups:
        other = view.record.institutions[foreign[0]].id
        yield _Link(view.record.institutions[home[0]].id, other, *_span(view, other), "tie-authorities")


def _by_institutions(view: RowView) -> Iterator[_Link]:
    """One home institution with the foreign ones (at most four), and nobody else from abroad."""
    active = _participants(view)
    home = [n for n in active if view.side(view.record.institutions[n]) == "home"]
    foreign = [n for n in active if view.side(view.record.institutions[n]) == "foreign"]
    if len(home) != 1 or not 0 < len(foreign) <= _MOST_PARTNERS or _mass(view):
        return
    tied = {other for _, other in view.record.ties}
    for number in foreign:
        other = view.record.institutions[number].id
        kind = view.record.institutions[number].kind
        envoy = bool(tied) and view.marked(kind, "represents")
        if other not in tied and not envoy:
            yield _Link(view.record.institutions[home[0]].id, other, *_span(view, other), "tie-institutions")


def _foreign_towns(view: RowView) -> list[Geo]:
    towns: dict[str, Geo] = {}
    for column in ("name", "participants"):
        if column in view.cells:
            for geo in view.municipalities_in(column, 0, len(view.cells[column].tokens)):
                if view.foreign(geo.country) and not _destination(view, column, geo):
                    towns.setdefault(geo.name, geo)
    return list(towns.values())


def _destination(view: RowView, column: str, geo: Geo) -> bool:
    return view.cells[column].low(geo.first - 1) in {"в", "во"}


def _by_municipalities(view: RowView) -> Iterator[_Link]:
    """People of one foreign town or district with the home body: delegations, teams, the public of a twin town."""
    if (view.record.ties and "visit" not in view.record.kind) or _mass(view):
        return
    towns = _foreign_towns(view)
    if len(towns) != 1:
        return
    cell = view.cells.get("participants")
    if cell is None:
        if "visit" in view.record.kind:
            yield _Link(view.reporter(), view.party(towns[0]), *_span(view, towns[0].name), "tie-municipalities")
        return
    if any(g.kind == "region" and not view.foreign(g.country) and _alone(view, g) for g in view.geos["participants"]):
        return
    bodies = _home_bodies(view)
    own = [g for g in view.municipalities_in("participants", 0, len(cell.tokens)) if not view.foreign(g.country)]
    held = {p.name for p in view.record.places}
    chosen = next((g for g in own if g.name in held), own[0] if len(own) == 1 else None)
    home = view.party(chosen) if chosen else ""
    if not own and len(bodies) == 1:
        home = view.record.institutions[bodies[0]].id
    home = view.reporter() if view.record.ties else home or (view.reporter() if not own else "")
    yield _Link(home, view.party(towns[0]), *_span(view, towns[0].name), "tie-municipalities")


def _alone(view: RowView, region: Geo) -> bool:
    """Tell whether a region stands for its people, not behind a district or town as its location."""
    return not any(0 <= region.first - g.last <= 1 for g in view.geos["participants"] if g is not region)


def _by_offices(view: RowView) -> Iterator[_Link]:
    """A visit or meeting to which foreign officials came: the reporter with each of their bodies."""
    if view.record.ties or not set(view.record.kind) & {"visit", "meeting"} or "conference" in view.record.kind:
        return
    foreign = [n for n in sorted(view.posted) if view.side(view.record.institutions[n]) == "foreign"]
    for number in foreign:
        other = view.record.institutions[number].id
        yield _Link(view.reporter(), other, *_span(view, other), "tie-offices")


def _by_section(view: RowView) -> Iterator[_Link]:
    """The heading above the row is the name of one foreign town or district: the reporter with it."""
    partners = {g.name: g for g in view.geos.get("section", []) if g.kind in {"settlement", "district"}}
    if len(partners) == 1 and not any(link[1] in partners for link in view.record.ties):
        [geo] = partners.values()
        yield _Link(view.reporter(), view.party(geo), "section", geo.first, geo.last, "tie-section")


def _by_border(view: RowView) -> Iterator[_Link]:
    """Held on the border of two districts."""
    cell = view.cells.get("place")
    if cell is None or not any(t.word.lemmas & _BORDER for t in cell.tokens):
        return
    districts = [g for g in view.geos["place"] if g.kind == "district"]
    names = [view.party(g) for g in districts]
    home, foreign = _sided(view, names)
    for one in home[:1]:
        for other in foreign[:1]:
            yield _Link(one, other, *_span(view, other), "tie-border")
