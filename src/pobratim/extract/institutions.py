"""From mentions in cells to the row's institutions: one value each, with role, seat and spellings."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from rapidfuzz.distance import Levenshtein

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.extract.organisations import Mention, find_organisations
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.naming import full_name, proper_name, short_names
from pobratim.extract.organisations.seat import REGIONAL, UNRESOLVED, Seat, Seats, same_place
from pobratim.extract.participants import foreign_adjectives
from pobratim.record import Institution
from pobratim.text.initials import abbreviates
from pobratim.text.words import fold

_ORDER = ("participants", "responsible", "name", "place", "purpose", "result")
# A slip of one letter in a name of so many letters is no other name.
_LONG = 15
_SEATED = 2
_AKIN = 6
_UNTOLD = -1
_BEGINNING = attrgetter("first")
_NEAR = 12
"""So many words away may stand what tells a role."""
_TWO = 2
_ENDING = 2
_HELD = ("откры", "состоя", "прош", "провед", "размещ", "экспонир", "организован")
_ACTS_AS = {"выступить", "выступать", "стать", "являться"}
_HOLDINGS = {"собрание", "фонд", "коллекция", "запасник", "архив"}
_SERBIAN = "јљњћђџ"
_STRENGTH = ("party", "organiser", "host", "supporter", "venue", "participant", "other")
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
            number = _known(view.record.institutions, reading, weak)
            if number < 0:
                number = len(view.record.institutions)
                reading.institution.id = f"i{number}"
                view.record.institutions.append(reading.institution)
                firsts[number] = reading
                if reading.adjective >= 0:
                    weak.add(number)
            else:
                _merge(view.record.institutions[number], reading.institution)
                if reading.adjective == UNRESOLVED and firsts[number].adjective == _UNTOLD:
                    firsts[number].adjective = UNRESOLVED
            view.spans.setdefault(column, []).append((*mention.span, number))
            view.note(f"/institutions/{number}", column, *mention.span, f"organisation-{mention.pattern}")
    _short_quotations(view)
    for number, reading in firsts.items():
        _complete(view, view.record.institutions[number], reading)
    _pair_by_places(view, firsts)


def _short_quotations(view: RowView) -> None:
    """Add the spans of quotations that are short for what another place of the row names («между «Вектором» и …»)."""
    proper = [(n, fold(i.proper)) for n, i in enumerate(view.record.institutions) if i.proper]
    for column in ("name", "purpose", "result", "participants"):
        cell = view.cells.get(column)
        if cell is None or not proper:
            continue
        for quote in cell.quotes:
            first, last = cell.first_in(quote), cell.index_at(quote.end - 1)
            if quote.depth or last - first != 1 or view.institution_at(column, first) >= 0:
                continue
            forms = cell.tokens[first].word.lemmas | {cell.low(first)}
            known = {n for n, name in proper if any(_declined(form, name) for form in forms)}
            if len(known) == 1:
                view.spans.setdefault(column, []).append((first - 1, last + 1, known.pop()))


def _declined(form: str, name: str) -> bool:
    """Tell whether a word is a name in some case: equal, or but for the ending."""
    return form == name or (len(name) >= _AKIN - 1 and form.startswith(name) and len(form) - len(name) <= _ENDING)


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
        if firsts[n].mention.legal is None and not firsts[n].mention.geos and firsts[n].adjective == _UNTOLD
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
        honorific=honorific, region=seat.region,
    )  # fmt: skip
    return _Reading(mention, institution, column, rule, seat.adjective)


def _complete(view: RowView, institution: Institution, reading: _Reading) -> None:
    """Fill in what no mention said, once all mentions are known."""
    told = Seat(institution.place, institution.country, institution.region, reading.adjective)
    seat = _inferred(view, reading.mention, told, institution.role, reading.column)
    institution.place, institution.country, institution.region = seat.place, seat.country, seat.region


def _inferred(view: RowView, mention: Mention, seat: Seat, role: str, column: str) -> Seat:
    """Complete a seat from the row: a venue is where the event is; a town's own body sits in the reporter's town."""
    held = _nearest_place(view, mention, column)
    if column == "place" and held is not None and not seat.place and held.region in {"", seat.region} and seat.region:
        return Seat(held.name, seat.country, seat.region)
    if seat.place or (seat.region and not flag(mention.kind, "perTown")):
        return seat
    if mention.reporters:
        home = view.record.home
        return Seat(home.name if home.kind == "settlement" else "", home.country, seat.region)
    if seat.adjective == REGIONAL and role != "venue":
        return seat._replace(country=seat.country or view.context.home_country)
    if seat.adjective == UNRESOLVED and not seat.country:
        named = _foreign_countries(view)
        return seat._replace(country=named.pop() if len(named) == 1 else "")
    if not seat.country and _foreign_letters(view.cells[column], mention):
        named = _foreign_countries(view)
        if len(named) == 1:
            return Seat("", named.pop(), seat.region)
        if not flag(mention.kind, "perTown"):
            return seat
    local = flag(mention.kind, "perTown") or role == "venue"
    if local and view.record.home.kind == "settlement" and not seat.country and _lent(view.cells[column], mention):
        return Seat(view.record.home.name, view.record.home.country, seat.region)
    if local and held is not None and (role == "venue" or column in {"purpose", "result"}) and not mention.geos:
        country = seat.country or held.country
        return Seat(held.name, country, seat.region) if country == held.country else seat
    home = view.record.home
    if role == "venue" and column == "place" and held is None and not mention.geos and home.kind == "settlement":
        return Seat(home.name, home.country, seat.region)
    if seat.country in {"", view.context.home_country}:
        if local and column == "participants" and home.kind == "settlement" and not mention.geos:
            return Seat(home.name, home.country, seat.region)
        if not seat.country and not _supranational(mention):
            return Seat(seat.place, _default_country(view, column, role), seat.region)
    return seat


def _lent(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body only lends what is shown elsewhere («из собрания Музея кружева»)."""
    return cell.low(mention.first - 2) == "из" and bool(cell.tokens[mention.first - 1].word.lemmas & _HOLDINGS)


def _default_country(view: RowView, column: str, role: str) -> str:
    """Return the country of what nothing places: where it was seen abroad, else home."""
    if column in {"purpose", "result"} and role in {"other", "venue"} and len(view.record.places) == 1:
        return view.record.places[0].country or view.context.home_country
    return view.record.home.country or view.context.home_country


def _foreign_countries(view: RowView) -> set[str]:
    """Return the foreign countries that the row names anyhow: by a place or an adjective."""
    named = {g.country for geos in view.geos.values() for g in geos if view.foreign(g.country)}
    return named | {country for cell in view.cells.values() for country, _ in foreign_adjectives(view, cell)}


def _foreign_letters(cell: CellText, mention: Mention) -> bool:
    """Tell whether the proper part of a name is in Latin letters or has those of Serbian; not behind a legal form."""
    first, last = mention.quote or mention.complement or (mention.first, mention.first)
    letters = [c for c in cell.flat(first, last).lower() if c.isalpha()]
    latin = bool(letters) and all(not "а" <= c <= "я" and c.isalpha() and c < "а" for c in letters)
    return mention.legal is None and (latin or any(c in _SERBIAN for c in letters))


def _supranational(mention: Mention) -> bool:
    countries = {g.country for g in mention.geos if g.kind == "country"}
    return len(countries) > 1 or flag(mention.kind, "supranational")


def _nearest_place(view: RowView, mention: Mention, column: str) -> Geo | None:
    """Return the settlement before a venue in the place cell, else the row's only place."""
    geos = [g for g in view.geos.get("place", []) if g.kind == "settlement"]
    if column == "place":
        before = [g for g in geos if g.last <= mention.first]
        return before[-1] if before else next(iter(geos), None)
    names = {g.name for g in geos}
    return geos[0] if len(names) == 1 else None


def _role(view: RowView, mention: Mention, column: str) -> tuple[str, str]:
    """Return the role and its rule: the nearest cue of the clause, else what the column means."""
    cell = view.cells[column]
    default = _BY_COLUMN.get(column, "other")
    if column == "name" and _within_occasion(view, mention):
        default = "other"
    first, last = cell.sentence_at(mention.first) or (0, len(cell.tokens))
    cues = view.cues_in(column, first, last)
    begin = bisect_left(cues, mention.first - _NEAR, key=_BEGINNING)
    end = bisect_right(cues, mention.first + _NEAR, key=_BEGINNING)
    stopped = [m for m in cues[begin:end] if not (mention.first <= m.first < mention.last)]
    if column in {"purpose", "result", "participants", "name", "place"} and stopped:
        before = [m for m in stopped if m.last <= mention.first]
        nearest = before[-1] if before else stopped[0]
        if (
            before[1:]
            and cell.tokens[nearest.first].word.lemmas & _ACTS_AS
            and cell.tokens[before[-2].first].word.has("NOUN", "ablt")
        ):
            nearest = before[-2]  # «соорганизатором гастролей выступило Общество»
        if (before and not _apart(view, column, nearest.last, mention.first)) or (
            not before and column in {"purpose", "result"}
        ):
            return nearest.concept.local, "role-cue"
    if default == "other" and column in {"purpose", "result"} and _within(cell, mention):
        return "venue", "role-within"
    return default, "role-column"


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
    return any(
        t.word.lemmas & {"рамка", "празднование", "юбилей", "посвященный", "посвятить"}
        for t in cell.tokens[: mention.first]
    ) and not any(t.word.lemmas & {"представитель", "встреча", "визит"} for t in cell.tokens[: mention.first])


def _known(institutions: list[Institution], reading: _Reading, weak: set[int]) -> int:
    """Return the number of the institution that ``new`` is, -1 if it was not named before.

    ``weak`` are those whose seat is only told by an adjective: a like name with another seat may be the same.
    """
    new = reading.institution
    for number, old in enumerate(institutions):
        guessed = number in weak or reading.adjective >= 0
        if _same(old, new) or (guessed and fold(old.name) == fold(new.name)):
            return number
    bare = [n for n, old in enumerate(institutions) if _unnamed(old, new)]
    if len(bare) == 1:
        return bare[0]
    return next((n for n, old in enumerate(institutions) if _abbreviated(old, new) or _abbreviated(new, old)), -1)


def _unnamed(old: Institution, new: Institution) -> bool:
    """Tell whether one of two is just the town's institution of the kind («Кяхтинский музей»), the other has a name."""
    alike = old.kind == new.kind and bool(old.place) and fold(old.place) == fold(new.place)
    plain = [not (i.proper or i.number or i.honorific or i.legal_form) for i in (old, new)]
    return alike and plain[0] != plain[1] and not old.number and not new.number


def _abbreviated(full: Institution, short: Institution) -> bool:
    """Tell whether one name, without legal form and honorific, is the other's in initials («ЕМИИ»)."""
    if not same_place(full.place, short.place) or full.number != short.number or short.number:
        return False
    spelt = short.proper or _core(short.name)
    seated = short.name.split()
    if len(seated) == _SEATED and seated[1].isupper() and full.name != short.name:
        # «Кубанский ГАУ»: the adjective of the seat stands whole, initials for the rest.
        rest = [_core(name).split(" ", 1) for name in (full.name, *full.aliases)]
        return any(parts[0] == seated[0] and abbreviates(seated[1], parts[-1]) for parts in rest)
    return any(abbreviates(spelt, _core(name)) for name in (full.name, *full.aliases))


def _core(name: str) -> str:
    """Return the outermost quotation of a name, the whole where nothing is quoted."""
    first, last = name.find("«"), name.rfind("»")
    return name[first + 1 : last] if 0 <= first < last else name


def _same(old: Institution, new: Institution) -> bool:
    if old.honorific and new.honorific and fold(old.honorific) != fold(new.honorific) and not old.number:
        return False
    spelt = {fold(n) for n in (old.name, *old.aliases)} & {fold(n) for n in (new.name, *new.aliases)}
    if spelt and same_place(old.place, new.place) and old.number == new.number:
        return True
    if old.kind == new.kind and old.number == new.number and _misspelt(old.name, new.name):
        return same_place(old.place, new.place)
    if old.kind != new.kind or old.number != new.number or not same_place(old.place, new.place):
        if old.kind and new.kind and old.kind != new.kind:
            return False
        bare = {_bare(n) for n in (old.name, *old.aliases)} & {_bare(n) for n in (new.name, *new.aliases)}
        return bool(bare - {""}) and old.number == new.number and same_place(old.place, new.place)
    if old.number:
        return bool(old.place and new.place) or fold(old.proper) == fold(new.proper)
    if bool(old.honorific) != bool(new.honorific) and not (old.place and new.place):
        owned = any(word.isupper() and len(word) > 1 for word in old.proper.split())
        return owned and fold(old.proper) == fold(new.proper)
    if not old.proper and not new.proper:
        located = bool(old.place and new.place) or (bool(old.region) and old.region == new.region)
        return located and fold(old.honorific) == fold(new.honorific)
    if _one_stem(old, new):
        return True
    return fold(old.proper) == fold(new.proper) and (old.region == new.region or not old.region or not new.region)


def _one_stem(old: Institution, new: Institution) -> bool:
    """Tell whether two names of one kind end in one unknown place («палата … Мазандеран», «ТПП Мазандерана»)."""
    bare, called = sorted((old, new), key=lambda i: len(i.proper))
    if bare.proper or len(called.proper.split()) != 1 or old.place or new.place:
        return False
    short, long = sorted((fold(bare.name.split()[-1]), fold(called.proper)), key=len)
    return len(short) >= _AKIN and long.startswith(short) and len(long) - len(short) <= 1


def _misspelt(left: str, right: str) -> bool:
    """Tell whether two long names differ by one letter («Нанчанский университет», «Наньчанский университет»)."""
    return min(len(left), len(right)) >= _LONG and Levenshtein.distance(fold(left), fold(right), score_cutoff=1) == 1


def _bare(name: str) -> str:
    """Return the quoted core of a name, folded; "" where nothing is quoted."""
    return fold(name[name.find("«") + 1 :].strip("»")) if "«" in name else ""


def _merge(old: Institution, new: Institution) -> None:
    """Take over spellings, the stronger role and whatever was unknown."""
    names = [name for name in (new.name, *new.aliases) if name not in {old.name, *old.aliases}]
    old.aliases.extend(names)
    if len(new.name) > len(old.name):
        old.aliases.remove(new.name)
        old.aliases.append(old.name)
        old.name = new.name
    if _STRENGTH.index(new.role) < _STRENGTH.index(old.role) and new.role != "venue":
        old.role = new.role
    for name in ("place", "country", "kind", "proper", "legal_form", "honorific", "region"):
        if not getattr(old, name):
            setattr(old, name, getattr(new, name))
