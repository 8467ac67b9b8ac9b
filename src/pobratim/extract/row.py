"""Read one row: every field of the record, in the order in which the rules need each other."""

from collections.abc import Iterator
from dataclasses import replace

from pobratim.extract.agreement_column import read_agreement_column, stated, states_only
from pobratim.extract.agreement_parties import Partners
from pobratim.extract.agreements import read_agreements
from pobratim.extract.calling import CALLING
from pobratim.extract.cells import cell_text
from pobratim.extract.context import Context, RowView
from pobratim.extract.event_dates import read_event_dates
from pobratim.extract.geography import Geographer
from pobratim.extract.institutions import read_institutions
from pobratim.extract.missions import read_missions
from pobratim.extract.named_again import find_again
from pobratim.extract.namesakes import settle
from pobratim.extract.one_person import Told, fuller, named_later, same_person
from pobratim.extract.organisations import Mention
from pobratim.extract.participants import read_countries, read_groups
from pobratim.extract.parties import Parties, read_parties
from pobratim.extract.people import PLACE_STEM, find_contacts, find_people
from pobratim.extract.person_class import Classed, classed, most_public
from pobratim.extract.person_mention import PersonMention
from pobratim.extract.reporter import abroad, reporter, reports
from pobratim.extract.series import edition_of, recurs, series
from pobratim.extract.subjects import Found, attended, event_kinds, mode, told_both_ways, topics
from pobratim.extract.ties import note_doubtful, read_ties
from pobratim.extract.verdicts import documented, verdicts
from pobratim.layout.walk import ReportRow
from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.problems import Problem, Severity
from pobratim.record import Person, Place, Record
from pobratim.text.tokens import Telling
from pobratim.text.transliterate import slug
from pobratim.text.words import fold

# Columns in which places are not looked for: dates name none, the heading is read by the reporter's own rule.
_KIND = "https://w3id.org/pobratim/def/organisation-kind/"
_SPORT, _GOVERNANCE = "sport", "governance"
_OF_GOVERNANCE = {"meeting", "visit", "signing", "conference", "round-table", "exchange", "ceremony", "training"}
_WITHOUT_PLACES = {"dates", "section"}
_CERTAIN = ("name", "place")
"""Columns whose towns all other cells may name without a type word."""
_UNTOLD = "name-says-nothing"
_INTO = WORDS.of("preposition-into")


def read_row(
    row: ReportRow, report: str, file: str, geographer: Geographer, context: Context
) -> tuple[Record, list[Problem]]:
    """Return the record of a row and what is wrong with it; a pure function of its arguments.

    A row whose name cell says nothing tells of no event: its record is not filled, and the error says so.
    """
    view, problems = view_of(row, report, file, geographer, context)
    if any(problem.code == _UNTOLD for problem in problems):
        return view.record, problems
    parties = read_parties(view)
    parties, told = verdicts(view, parties)
    _abroad(view, parties)
    partners = Partners(view, parties, told)
    read_agreement_column(view, partners)
    read_agreements(view, partners)
    told = documented(told, (partners.keys(a.parties) for a in view.record.agreements if a.status != "ended"))
    read_ties(view, told)
    note_doubtful(view, told)
    _series(view)
    if states_only(view) and not view.record.agreements:
        return view.record, [*problems, _problem("error", "agreement-without-partner", view, file, "participants")]
    if states_only(view):
        return stated(view), [problem for problem in problems if problem.code != "date-missing"]
    return view.record, problems


def _abroad(view: RowView, parties: Parties) -> None:
    """Give bodies that turned out to be guests the country of the row's guests."""
    for party in parties.foreign:
        for number in party.numbers if view.unplaced.issuperset(party.numbers) else ():
            institution = view.record.institutions[number]
            if institution.country != party.country:
                institution.country, institution.region = party.country, ""
                institution.place = "" if institution.place == view.record.home.name else institution.place


def view_of(
    row: ReportRow, report: str, file: str, geographer: Geographer, context: Context
) -> tuple[RowView, list[Problem]]:
    """Return a row of which all is read but what is between parties, and what is wrong with it."""
    record = Record(report, row.row, section=row.section, table=row.table, cells=dict(row.cells))
    cells = {column: cell_text(column, text) for column, text in row.cells.items()}
    view = RowView(record, cells, {}, geographer.lexicon, geographer, context, guests=row.guests)
    problems = [*_lookalikes(view, file)]
    if (cell := cells.get("name")) is not None and not cell.says_something:
        return view, [*problems, _problem("error", _UNTOLD, view, file, "name")]
    _reporter(view)
    view.geographer = local = geographer.at(record.home.region)
    _find_places(view, local)
    if section := cells.get("section"):
        view.geos["section"] = abroad(section, view.geographer, record.home.country)
        _as_headed(view)
    settle(view)
    _title(view)
    problems.extend(read_event_dates(view, file))
    _places(view)
    _kinds(view)
    read_institutions(view)
    read_missions(view)
    _place_of_venue(view)
    _people(view)
    read_groups(view)
    read_countries(view)
    _subjects(view)
    return view, problems


def _find_places(view: RowView, local: Geographer) -> None:
    """Find the places of all cells: a town abroad that the place or title names for certain is told anywhere."""
    certain: frozenset[str] = frozenset()
    for column in sorted(set(view.cells) - _WITHOUT_PLACES, key=lambda one: (one not in _CERTAIN, one != "place")):
        geos = view.geos[column] = local.find(view.cells[column], certain)
        if column in _CERTAIN:
            towns = (g for g in geos if g.settlement is not None and (g.marked or column == "place"))
            certain |= {g.name for g in towns if view.foreign(g.country)}
    view.geos = {column: view.geos[column] for column in view.cells if column in view.geos}
    find_again(view)


def _reporter(view: RowView) -> None:
    """Take the municipality of the heading for the reporter, else that of the title; a partner's town is none."""
    section, context = view.cells.get("section"), view.context
    unknown = context.reporter or Place("", context.home_country, context.home_region)
    place, geo = reporter(section, view.geographer) if section else (unknown, None)
    if not reports(place, context.reporter, context.home_country, context.home_region):
        place, geo = unknown, None
    view.record.home, view.record.reporter = place, place.name
    if geo is not None:
        view.note("/reporter", "section", geo.first, geo.last, "section-heading")


def _as_headed(view: RowView) -> None:
    """Give towns of which nothing tells the country that of their namesake in the heading («Город Руфина (Италия)»)."""
    told = {geo.name: geo for geo in view.geos["section"] if geo.kind == "settlement"}
    for column, geos in view.geos.items():
        if column != "section" and told:
            view.geos[column] = [
                replace(geo, country=told[geo.name].country, region=told[geo.name].region)
                if geo.name in told and geo.kind == "settlement" and not geo.country
                else geo
                for geo in geos
            ]


def _title(view: RowView) -> None:
    cell = view.cells.get("name")
    if cell is not None:
        view.record.title = " ".join(cell.raw.split())
        view.note("/title", "name", 0, len(cell.tokens), "name-cell")


def _places(view: RowView) -> None:
    cell = view.cells.get("place")
    if cell is None or (not view.geos["place"] and cell.raw == view.record.cells.get("dates")):
        _places_of_title(view)
        return
    for geo in view.geos["place"]:
        if geo.kind != "settlement" or cell.quote_of[geo.first] is not None:
            continue
        if all(place.name != geo.name for place in view.record.places):
            view.note(f"/places/{len(view.record.places)}", "place", geo.first, geo.last, "settlement")
            place = geo.place()
            if not place.country and not any(view.foreign(g.country) for g in view.geos["place"]):
                place.country = view.context.home_country
            view.record.places.append(place)


def _places_of_title(view: RowView) -> None:
    """Take the towns to which the title leads where no cell is for places («Визит главы города в Ташкент»)."""
    for geo in view.geos.get("name", []):
        cell = view.cells["name"]
        leads = cell.low(geo.first - 1) in _INTO and cell.quote_of[geo.first] is None
        leads = leads and geo.kind == "settlement" and view.foreign(geo.country)
        if leads and all(place.name != geo.name for place in view.record.places):
            view.note(f"/places/{len(view.record.places)}", "name", geo.first, geo.last, "settlement-of-title")
            view.record.places.append(geo.place())


def _place_of_venue(view: RowView) -> None:
    """Take the town of a venue where the cell of places names nothing else («Тульский музей искусств»)."""
    if view.record.places or "place" not in view.cells:
        return
    for first, last, number in view.spans.get("place", ()):
        venue = view.record.institutions[number]
        if venue.role == "venue" and venue.place and not venue.number:
            view.note("/places/0", "place", first, last, "town-of-venue")
            view.record.places.append(Place(venue.place, venue.country, venue.region))
            return


def _kinds(view: RowView) -> None:
    """Read the kinds; a contest or festival of a sport is a sports event first."""
    cell = view.cells.get("name")
    if cell is None:
        return
    found = event_kinds(cell, view.lexicon)
    view.record.kind = [item.local for item in found]
    _note_all(view, "/kind", found)
    if view.record.kind[0] in {"competition", "festival"} and "sports" not in view.record.kind:
        sport = [t for t in topics([(cell, [])], [], view.lexicon) if t.local == "sport"]
        if sport:
            view.record.kind.insert(0, "sports")
            view.note("/kind/0", "name", sport[0].first, sport[0].last, "sport-in-title")


def _note_all(view: RowView, pointer: str, found: list[Found]) -> None:
    for number, item in enumerate(found):
        view.note(f"{pointer}/{number}", item.column, item.first, item.last, item.rule)


def _people(view: RowView) -> None:
    posts: dict[int, list[tuple[str, int, int]]] = {}
    told: list[Told] = []
    for column, found, number in _persons(view):
        if found.held.post != CALLING and found.first <= min(found.held.posts, default=(found.first, 0))[0]:
            view.ruled.setdefault(column, []).append((found.first, found.last))
        if found.organisation < 0 <= number:
            view.offices.setdefault(column, []).append(number)
        view.led |= column == "name" and number < 0 and not any(map(view.foreign, found.held.countries))
        if found.organisation >= 0:
            posts.setdefault(number, []).append((column, found.first, found.last))
        one = Told(found, number, home=not any(map(view.foreign, found.held.countries)))
        same = next((n for n, known in enumerate(told) if same_person(known, one)), -1)
        if same < 0:
            _tell(view, told, column, one)
        else:
            _lift(view.record.people[same], _class(view, column, found))
    view.posted.update(n for n, spans in posts.items() if _only_in_posts(view, n, spans))


def _persons(view: RowView) -> Iterator[tuple[str, PersonMention, int]]:
    """Yield the persons by column, with the number of the institution that each speaks for (-1: none)."""
    meeting = bool(set(view.record.kind) & {"meeting", "visit", "signing"})
    places = _place_words(view)
    for column in ("name", "participants", "purpose", "result", "responsible"):
        cell = view.cells.get(column)
        if cell is None:
            continue
        mentions = [Mention(first, last, "") for first, last, _ in view.spans.get(column, [])]
        numbers = [number for _, _, number in view.spans.get(column, [])]
        people = find_people(
            cell, mentions, view.geos[column], view.lexicon, acting=meeting and column == "name", places=places
        )
        people += find_contacts(cell, people) if column == "responsible" else []
        for found in people:
            yield column, found, numbers[found.organisation] if found.organisation >= 0 else _body(view, found)


def _tell(view: RowView, told: list[Told], column: str, one: Told) -> None:
    """Add a person to the record, or a name to one whom the title gives by office alone."""
    found, number = one.one, one.number
    nameless = next((n for n, known in enumerate(told) if named_later(known, one)), -1)
    if nameless >= 0:
        person = view.record.people[nameless]
        person.name, person.post = found.name, fuller(told[nameless].one, found)
        told[nameless] = one
        view.note(f"/people/{nameless}", column, found.first, found.last, found.rule)
        _lift(person, _class(view, column, found))
        return
    told.append(one)
    view.note(f"/people/{len(view.record.people)}", column, found.first, found.last, found.rule)
    institution = view.record.institutions[number].id if number >= 0 else ""
    view.record.people.append(Person(found.name, found.post, institution, *_class(view, column, found)))


def _class(view: RowView, column: str, found: PersonMention) -> Classed:
    """Return the class that a person's posts tell; places of the row are known in them by the beginnings of words."""
    cell, places = view.cells[column], _place_words(view)
    tokens = [index for span in found.held.posts for index in range(*span)]
    placed = {i: i + 1 for i in tokens if cell.tokens[i].word.title and cell.low(i)[:PLACE_STEM] in places}
    placed |= {index: geo.last for geo in view.geos[column] for index in range(geo.first, geo.last)}
    return classed(cell, found.held.posts, found.held.before, found.last, placed, view.lexicon)


def _lift(person: Person, found: Classed) -> None:
    """Give a person whom the row names again the most public of both classes."""
    told = most_public((Classed(person.person_class, person.rule), found))
    person.person_class, person.rule = told


def _place_words(view: RowView) -> frozenset[str]:
    """Return the beginnings of the last words of the row's places and authorities: they tell a post's territory."""
    names = [g.name for geos in view.geos.values() for g in geos if g.kind in {"settlement", "district"}]
    names += [i.name for i in view.record.institutions if view.marked(i.kind, "authority") and not i.number]
    return frozenset(fold(name.split()[-1])[:PLACE_STEM] for name in names if name.strip())


def _body(view: RowView, person: PersonMention) -> int:
    """Return the row's institution that a person's office belongs to by its nature (a consul's consulate), -1 if none.

    It must be the only one of its kind of a country that the office's name holds.
    """
    if not person.held.post:
        return -1
    bodies = set(view.lexicon.concept("post", person.held.post).extra.get(LEX + "body", []))
    chosen = [
        n
        for n, item in enumerate(view.record.institutions)
        if item.country in person.held.countries and f"{_KIND}{item.kind}" in bodies
    ]
    return chosen[0] if len(chosen) == 1 else -1


def _only_in_posts(view: RowView, number: int, posts: list[tuple[str, int, int]]) -> bool:
    """Tell whether an organisation is named only within persons' posts, and so does not take part itself."""
    spans = [(c, first) for c in ("name", "participants") for first, _, n in view.spans.get(c, []) if n == number]
    return all(any(c == column and a <= first < b for column, a, b in posts) for c, first in spans)


def _subjects(view: RowView) -> None:
    title = view.cells.get("name")
    if title is None:
        return
    kinds = {item.kind for item in view.record.institutions if item.role in {"participant", "party", "host"}}
    told = [topic for kind in sorted(kinds) for topic in _kind_topics(view.lexicon, kind)]
    if view.record.kind[:1] == ["sports"]:
        told = [topic for topic in told if topic == _SPORT]  # a school that plays a match teaches nobody
    elif _of_municipalities(view):
        told.append(_GOVERNANCE)
    columns: list[str] = [c for c in ("name", "purpose", "result", "participants") if c in view.cells]
    cells = [(view.cells[c], [(first, last) for first, last, _ in view.spans.get(c, [])]) for c in columns]
    places: dict[str, set[int]] = {
        c: {i for g in view.geos.get(c, []) for i in range(g.first, g.last)} for c in columns
    }
    # At a show or a match the words for twinning tell of the guests, not of how municipalities are run.
    aside = frozenset() if set(view.record.kind[:1]) & _OF_GOVERNANCE else frozenset({_GOVERNANCE})
    found = topics(cells, told, view.lexicon, places, aside)
    view.record.topics = [item.local for item in found]
    _note_all(view, "/topics", found)
    told_in = [view.cells[c] for c in ("place", "dates", "format", "name") if c in view.cells]
    held = mode(told_in, view.lexicon)
    if not held.column:
        ways = ((attended, "participants"), (told_both_ways, "purpose"), (told_both_ways, "result"))
        held = next(filter(None, (tell(view.cells[c], view.lexicon) for tell, c in ways if c in view.cells)), held)
    view.record.mode = held.local
    view.note("/mode", held.column, held.first, held.last, held.rule)


def _of_municipalities(view: RowView) -> bool:
    """Tell whether those who run municipalities met: a meeting, visit or signing whose title names one abroad."""
    if not set(view.record.kind[:1]) & {"meeting", "visit", "signing"}:
        return False
    return any(view.foreign(geo.country) and geo.kind in {"settlement", "district"} for geo in view.geos["name"])


def _kind_topics(lexicon: Lexicon, kind: str) -> list[str]:
    concept = lexicon.known("organisation-kind", kind)
    for item in lexicon.broader(concept) if concept else []:
        if LEX + "topic" in item.extra:
            return [value.rsplit("/", 1)[-1] for value in item.extra[LEX + "topic"]]
    return []


def _series(view: RowView) -> None:
    cell = view.cells.get("name")
    if cell is None:
        return
    view.record.edition = edition_of(cell, view.lexicon)[0]
    told = any(recurs(view.cells[c]) for c in ("purpose", "result") if c in view.cells)
    found = series(cell, view.lexicon, recurring=told)
    if found is not None:
        view.record.series_name, view.record.series = found.name, slug(found.name)
        view.note("/series", "name", found.first, found.last, f"series-{found.rule}")


_MIXED: Telling[str] = Telling(lambda token: token.text if token.word.mixed else None)


def _lookalikes(view: RowView, file: str) -> list[Problem]:
    """Warn of words that mix Latin and Cyrillic letters; they are read as Cyrillic."""
    mixed = [(c.column, text) for c in view.cells.values() for _, text in _MIXED.among(c.tokens)]
    return [
        _problem("warning", "mixed-alphabets", view, file, column, text=text) for column, text in dict.fromkeys(mixed)
    ]


def _problem(severity: Severity, code: str, view: RowView, file: str, column: str, **values: str) -> Problem:
    return Problem(severity, code, file, view.record.row, column, tuple(values.items()))
