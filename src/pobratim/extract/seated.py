"""Where an institution sits, once all of its row is known: what is told first, then the event and the reporter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.extract.guest_town import nearest_place, where_it_was_met
from pobratim.extract.looks import foreign_letters
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.seat import REGIONAL, UNRESOLVED, Seat
from pobratim.extract.own_town import of_the_centre, of_the_town
from pobratim.extract.participants import foreign_adjectives
from pobratim.extract.side_leads import Side, side_at
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.names.initials import is_acronym
from pobratim.text.words import FIRST_CYRILLIC, LAST_CYRILLIC, Word, fold, word

UNTOLD = -1
"""No adjective told a seat."""
_HOLDINGS = WORDS.of("holdings")
_MUNICIPAL = WORDS.of("municipal-adjective")
_SENT, _ARRIVES = WORDS.of("delegation"), WORDS.of("arriving")
_TWO = 2


@dataclass(eq=False)
class _Unseated:
    """An institution when all of the row is known: what its mention told (``seat``), its role and column,
    and the settlement where the event was ``held``."""

    view: RowView
    mention: Mention
    seat: Seat
    role: str
    column: str
    held: Geo | None

    @cached_property
    def abroad(self) -> set[str]:
        """Return the foreign countries that the row names."""
        return _foreign_countries(self.view)

    @cached_property
    def city(self) -> Geo | None:
        """Return the city whose district its name holds, as the row tells anywhere («Сеймский округ г. Курска»)."""
        own = {fold(geo.name) for geo in self.mention.geos if geo.kind == "district"}
        for geos in self.view.geos.values() if own else ():
            for geo in geos:
                if geo.kind == "district" and fold(geo.name) in own:
                    behind = next((g for g in geos if g.first == geo.last and g.kind == "settlement"), None)
                    if behind is not None:
                        return behind
        return None

    @cached_property
    def side(self) -> Side | None:
        """Return the side that the words before the list tell."""
        return side_at(self.view, self.column, self.mention.first)

    @property
    def cell(self) -> CellText:
        """Return the cell that names it."""
        return self.view.cells[self.column]

    @property
    def per_town(self) -> bool:
        """Tell whether every town has such an institution."""
        return flag(self.mention.kind, "perTown")

    @property
    def local(self) -> bool:
        """Tell whether it is likely to be of the town that the row tells of."""
        return self.per_town or self.role == "venue"

    @property
    def home_town(self) -> bool:
        """Tell whether a town reports."""
        return self.view.record.home.kind == "settlement"


def inferred(view: RowView, mention: Mention, seat: Seat, role: str, column: str) -> Seat:
    """Complete a seat from the row: a venue is where the event is; a town's own body sits in the reporter's town."""
    one = _Unseated(view, mention, seat, role, column, nearest_place(view, mention, column))
    found = SEATED.verdict(one)(one)
    return found if found.place or not view.foreign(found.country) else where_it_was_met(view, mention, found)


def _venue_of_a_region(one: _Unseated) -> bool:
    """«Витебск, областная филармония»: the region's body is in the town where the event is."""
    seat, held = one.seat, one.held
    known = one.column == "place" and bool(seat.region) and not seat.place
    return known and held is not None and held.region in {"", seat.region}


def _of_the_regions_centre(one: _Unseated) -> bool:
    """«Министерство культуры Чувашии» in a report of Чебоксары."""
    return not one.seat.place and of_the_centre(one.view, one.cell, one.mention, one.seat)


def _told(one: _Unseated) -> bool:
    """«Музей г. Витебска», «министерство Витебской области»."""
    return bool(one.seat.place) or (bool(one.seat.region) and not one.per_town)


def _of_a_side(one: _Unseated) -> bool:
    """«С китайской стороны: компания «Хэнтун»», «от Солигорска – …»."""
    return one.side is not None and not one.seat.country


def _reporters_own(one: _Unseated) -> bool:
    """«Администрация города»."""
    return one.mention.reporters


def _of_a_citys_district(one: _Unseated) -> bool:
    """«Администрация Сеймского округа» where the row tells «Сеймский округ г. Курска»: it sits in the city."""
    return one.city is not None


def _mission(one: _Unseated) -> bool:
    """«Посольство», «генконсульство»: an unnamed mission is of the one country abroad that the row names."""
    return flag(one.mention.kind, "represents") and not one.seat.country and len(one.abroad) == 1


def _of_the_reporters_name(one: _Unseated) -> bool:
    """«Намская гимназия», «администрация Намского улуса» in the report of Намский улус: both have its adjective."""
    if one.seat.country:
        return False
    cell, home = one.cell, one.view.record.home
    own = word(home.name.split(" ")[0]).lemmas if home.kind == "district" else frozenset()
    named = cell.tokens[one.mention.first : one.mention.last]
    return any(t.word.adjectival() and t.word.title and not t.word.lemmas.isdisjoint(own) for t in named)


def _russian_at_home(one: _Unseated) -> bool:
    """«КамчатГТУ», «ООО «Заря»» in a row about Korea: such names are of home, unless that country has such, too."""
    there = _default_country(one.view, one.column, one.role)
    return not one.seat.country and there not in _alike(one.view) and _in_russian_form(one)


def _alike(view: RowView) -> frozenset[str]:
    """Return the countries in which bodies have the same legal forms and initials as at home, home among them."""
    return view.lexicon.marked("townDistricts", "country", "territory")


def _in_russian_form(one: _Unseated) -> bool:
    """Tell whether a name is Russian to look at: initials, or behind a legal form, or a quotation of common words."""
    cell, mention = one.cell, one.mention
    first, last = mention.quote or (mention.first, mention.first + 1)
    words = [t for t in cell.tokens[first:last] if t.kind == "word"]
    russian = bool(words) and all(FIRST_CYRILLIC <= c <= LAST_CYRILLIC for t in words for c in t.low if c.isalpha())
    if mention.quote is not None and mention.legal is None:
        return russian and all(t.word.known for t in words)
    return russian and (mention.pattern == "acronym" or mention.legal is not None)


def _regional(one: _Unseated) -> bool:
    """«Дагестанский университет»: of the region, in whatever town."""
    return one.seat.adjective == REGIONAL and one.role != "venue"


def _of_an_unknown_place(one: _Unseated) -> bool:
    """«Лохойский музей»: if the row names one country abroad, it is there."""
    return one.seat.adjective == UNRESOLVED and not one.seat.country


def _of_an_unknown_name(one: _Unseated) -> bool:
    """«Начальная школа Хэшэн», «Университет Паттимура»: called by a word of no dictionary, in no place at home."""
    first, last = one.mention.complement or (0, 0)
    if one.seat.country or one.mention.legal or one.mention.quote or one.mention.number or not 0 < last - first <= _TWO:
        return False
    token, *others = one.cell.tokens[first:last]
    if any(t.word.known or not t.word.title for t in others):
        return False
    own = first >= one.mention.label_last and token.kind == "word" and token.word.title and not token.word.upper
    strange = not any(word(part).known for part in token.text.split("-"))
    return own and strange and not is_acronym(token) and one.seat.adjective == UNTOLD


def _in_letters_of_the_only_country(one: _Unseated) -> bool:
    """«Dongfeng Motor», where China is the only country abroad that is named."""
    return _in_foreign_letters_somewhere(one) and len(one.abroad) == 1


def _in_foreign_letters(one: _Unseated) -> bool:
    """«Zoom Corporation», where several countries are named, or none."""
    return _in_foreign_letters_somewhere(one) and not one.per_town


def _in_foreign_letters_somewhere(one: _Unseated) -> bool:
    return not one.seat.country and foreign_letters(one.cell, one.mention)


def _lends_at_home(one: _Unseated) -> bool:
    """«Выставка из собрания Музея кружева»: what is shown elsewhere is lent by the reporter's own."""
    if not one.local or not one.home_town or one.seat.country:
        return False
    return _lent(one.cell, one.mention)


def _municipal(one: _Unseated) -> bool:
    """«МБУ «Горзеленстрой»»: a municipality's own institution, in no other place, is of the one that reports it."""
    form = word(one.mention.legal_form.split(" ")[0]) if one.mention.legal_form else None
    own = form is not None and bool(form.lemmas & _MUNICIPAL)
    elsewhere = one.role == "venue" and one.held is not None and not one.view.foreign(one.held.country)
    return own and one.home_town and not one.mention.geos and not one.seat.region and not elsewhere


def _initials_abroad(one: _Unseated) -> bool:
    """«Хоккеисты СШОР «Амур» сыграли в Харбине»: Russian initials are of home, unless that country has such."""
    held, head = one.held, one.mention.head
    if not _by_the_event(one) or head < 0 or held is None or not one.view.foreign(held.country):
        return False
    shared = one.view.lexicon.marked("townDistricts", "country", "territory")
    return one.cell.tokens[head].word.upper and held.country not in shared


def _travels(one: _Unseated) -> bool:
    """«Ансамбль «Весна» представил танцы»: who goes about, and of whom a sentence about an event abroad begins, is the
    reporter's own."""
    held = one.held
    if not _by_the_event(one) or held is None or not one.view.foreign(held.country) or one.role == "venue":
        return False
    before = one.cell.tokens[one.mention.first - 1].word if one.mention.first else None
    if before is not None and before.lemmas & _SENT and one.cell.sentence_has(one.mention.first, _arrives):
        return True
    begun = one.cell.sentence_at(one.mention.first) or (-1, -1)
    subject = begun[0] == one.mention.first and one.cell.tokens[max(one.mention.head, 0)].word.has("nomn")
    return flag(one.mention.kind, "collective") and subject


def _arrives(word: Word) -> bool:
    """Tell whether a verb says that somebody came («делегация музея прибыла в Сухум»)."""
    return word.has("VERB") and bool(word.lemmas & _ARRIVES)


def _bears_a_name_of_home(one: _Unseated) -> bool:
    """«Колледж имени А.Н. Петрова» in a row about an event in Харбин: initials are written so at home alone, unless
    that country has such names, too."""
    held, first = one.held, one.mention.honorific
    if not _by_the_event(one) or first is None or held is None or not one.view.foreign(held.country):
        return False
    words = one.cell.tokens[first[0] + 1 : first[1]]
    initials = len(words) > _TWO and len(words[0].text) == 1 and words[1].text == "."
    russian = bool(words) and words[-1].word.has("Surn", "gent")
    return initials and russian and held.country not in _alike(one.view)


def _where_the_event_was(one: _Unseated) -> bool:
    """«В школе прошёл …» in a row about an event in Витебск."""
    held = one.held
    return _by_the_event(one) and held is not None and (one.seat.country or held.country) == held.country


def _by_the_event(one: _Unseated) -> bool:
    """«Школа Германии» where the event was in Витебск: of the country that is told, in no town of another one."""
    told = one.role == "venue" or one.column in {"purpose", "result"}
    return one.local and one.held is not None and told and not one.mention.geos


def _venue_at_home(one: _Unseated) -> bool:
    """«Дворец культуры» in the place column of a reporting town, where no other place stands."""
    venue = one.role == "venue" and one.column == "place" and one.held is None
    return venue and not one.mention.geos and one.home_town


def _participant_at_home(one: _Unseated) -> bool:
    """«Школа № 8» among the participants of a reporting town."""
    here = one.seat.country in {"", one.view.context.home_country}
    return here and one.local and one.column == "participants" and one.home_town and not one.mention.geos


def _of_the_reporting_town(one: _Unseated) -> bool:
    """«ООО «Портофлот»», «ПетрГУ» among what a town tells of itself: Russian by form, and of no other place."""
    home = one.view.context.home_country
    if one.seat.country not in {"", home}:
        return False
    told = one.seat.country == home or not one.abroad
    told = told or (one.abroad.isdisjoint(_alike(one.view)) and _in_russian_form(one))
    return told and of_the_town(one.view, one.cell, one.mention, one.seat, one.role)


def _in_a_form_of_the_guests(one: _Unseated) -> bool:
    """«ОАО «Полесье»» in a row about Belarus alone: Russia has no such form any more, that country has."""
    bygone = flag(one.mention.form, "bygone")
    return bygone and not one.seat.country and len(one.abroad) == 1 and one.abroad <= _alike(one.view)


def _of_no_country(one: _Unseated) -> bool:
    """«Союз писателей»: of the reporter's country, unless seen abroad; not «Союз России и Беларуси»."""
    return not one.seat.country and not _supranational(one.mention)


def _as_told(one: _Unseated) -> Seat:
    return one.seat


def _in_its_city(one: _Unseated) -> Seat:
    return Seat(one.city.name, one.city.country, one.seat.region) if one.city else one.seat


def _in_the_place(one: _Unseated) -> Seat:
    return Seat(one.held.name, one.seat.country or one.held.country, one.seat.region) if one.held else one.seat


def _in_the_place_of_its_country(one: _Unseated) -> Seat:
    return Seat(one.held.name, one.seat.country, one.seat.region) if one.held else one.seat


def _on_that_side(one: _Unseated) -> Seat:
    return Seat(one.side.place if one.per_town else "", one.side.country, one.side.region) if one.side else one.seat


def _at_home(one: _Unseated) -> Seat:
    home = one.view.record.home
    return Seat(home.name if one.home_town else "", home.country, one.seat.region)


def _in_the_home_country(one: _Unseated) -> Seat:
    return one.seat._replace(country=one.seat.country or one.view.context.home_country)


def _in_the_only_country_abroad(one: _Unseated) -> Seat:
    return one.seat._replace(country=next(iter(one.abroad)) if len(one.abroad) == 1 else "")


def _abroad_in_no_town(one: _Unseated) -> Seat:
    return Seat("", next(iter(one.abroad)), one.seat.region)


def _in_the_default_country(one: _Unseated) -> Seat:
    return Seat(one.seat.place, _default_country(one.view, one.column, one.role), one.seat.region)


SEATED: DecisionTable[[_Unseated], Callable[[_Unseated], Seat]] = DecisionTable(
    Rule(_venue_of_a_region, _in_the_place_of_its_country),
    Rule(_of_the_regions_centre, _at_home),
    Rule(_told, _as_told),
    Rule(_of_a_side, _on_that_side),
    Rule(_reporters_own, _at_home),
    Rule(_of_a_citys_district, _in_its_city),
    Rule(_regional, _in_the_home_country),
    Rule(_mission, _abroad_in_no_town),
    Rule(_of_the_reporters_name, _in_the_home_country),
    Rule(_of_an_unknown_place, _in_the_only_country_abroad),
    Rule(_of_an_unknown_name, _in_the_only_country_abroad),
    Rule(_in_letters_of_the_only_country, _abroad_in_no_town),
    Rule(_in_foreign_letters, _as_told),
    Rule(_lends_at_home, _at_home),
    Rule(_municipal, _at_home),
    Rule(_initials_abroad, _at_home),
    Rule(_bears_a_name_of_home, _at_home),
    Rule(_travels, _at_home),
    Rule(_where_the_event_was, _in_the_place),
    Rule(_by_the_event, _as_told),
    Rule(_venue_at_home, _at_home),
    Rule(_participant_at_home, _at_home),
    Rule(_in_a_form_of_the_guests, _abroad_in_no_town),
    Rule(_of_the_reporting_town, _at_home),
    Rule(_russian_at_home, _in_the_home_country),
    Rule(_of_no_country, _in_the_default_country),
    otherwise=_as_told,
    reason="country-told",
)
"""Where an institution sits: what is told first, then what its words mean, then the event and the reporter."""


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
    return view.countries_of_places() | {
        country for cell in view.cells.values() for country, _ in foreign_adjectives(view, cell)
    }


def _supranational(mention: Mention) -> bool:
    countries = {g.country for g in mention.geos if g.kind == "country"}
    return len(countries) > 1 or flag(mention.kind, "supranational")
