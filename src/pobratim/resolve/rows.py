"""Single rows before any key is known: where they are told, which places they name, how their institutions are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pobratim.entities import ReportEntity
from pobratim.record import Institution, Place, Record
from pobratim.resolve.places import Spot, TownIndex, spot
from pobratim.resolve.readings import Near, Readings


@dataclass(frozen=True, slots=True)
class Origin:
    """Country and region (notations, "" if unknown) of a report, and what tells it from other reports."""

    country: str
    region: str
    identity: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its country and region, and the places that it names."""

    record: Record
    home: Place
    places: Mapping[str, Place]


def origins(reports: Iterable[ReportEntity]) -> dict[str, Origin]:
    """Return where rows come from, by the slug of their report."""
    return {one.slug: Origin(one.home_country, one.home_region, one.identity or one.slug) for one in reports}


class Rows:
    """Reads single rows; ``origins`` are those of the reports by slug."""

    def __init__(self, origins: Mapping[str, Origin], gazetteer: TownIndex[Any], readings: Readings) -> None:
        """Keep the tools."""
        self._origins, self._gazetteer, self.readings = origins, gazetteer, readings
        self._at: _Row | None = None

    def _row(self, record: Record) -> _Row:
        """Return what is asked of a row again and again: rows are looked at one after the other."""
        if self._at is None or self._at.record is not record:
            known = self._origins.get(record.report, Origin("", "", ""))
            home = Place("", record.home.country or known.country, record.home.region or known.region)
            places = {place.name: place for place in (*record.places, *record.parties.values())}
            self._at = _Row(record, home, places)
        return self._at

    def home(self, record: Record) -> Place:
        """Return country and region of a row: its own, else its report's."""
        return self._row(record).home

    def identity(self, record: Record) -> str:
        """Return what tells the report of a row from others, also where it was loaded under two names."""
        known = self._origins.get(record.report)
        return known.identity if known else record.report

    def settlements(self, record: Record) -> list[Place]:
        """Return the settlements that a row names, its reporter's country where it tells none."""
        home = self.home(record).country
        seats = (Place(one.place, one.country or home) for one in record.institutions if one.place)
        return [*seats, *(place for place in record.places if place.kind == "settlement")]

    def spots(self, record: Record) -> list[Spot]:
        """Return every mention of a place in a row."""
        found = [self.spot(record, place) for place in (*record.places, *record.parties.values())]
        found.append(self.reporter(record))
        found.extend(self.seat(record, one) for one in record.institutions)
        found.extend(self.seat(record, self.read(record, one)) for one in record.institutions)
        found.extend(self.municipality(record, name) for name in named_parties(record))
        return found

    def spot(self, record: Record, place: Place) -> Spot:
        """Return a place as this row means it."""
        return spot(place, self.home(record))

    def reporter(self, record: Record) -> Spot:
        """Return the municipality that reports."""
        home = self.home(record)
        return self.spot(record, record.parties.get(record.reporter, Place(record.reporter, home.country, home.region)))

    def municipality(self, record: Record, name: str) -> Spot:
        """Return a municipality that ties or agreements name."""
        known = {**self._row(record).places, **record.parties}
        return self.reporter(record) if name == record.reporter else self.spot(record, known.get(name, Place(name)))

    def seat(self, record: Record, one: Institution) -> Spot:
        """Return the seat, in the institution's country only if there is such a town (not an embassy's)."""
        known = self._row(record).places
        if one.place in known:
            return self.spot(record, known[one.place])
        towns = self._gazetteer.find(one.place) if one.place else ()
        if towns and one.country and one.country not in {town.country for town in towns}:
            return self.spot(record, Place(one.place))
        return self.spot(record, Place(one.place, one.country, one.region))

    def read(self, record: Record, one: Institution) -> Institution:
        """Return an institution as its name is understood, in Russian."""
        home = self.home(record)
        return self.readings.read(one, Near(record.reporter, home.country, home.region))

    def country(self, record: Record, name: str) -> str:
        """Return the country of a party of a tie: an institution's temporary id, or a municipality's name."""
        for one in record.institutions:
            if one.id == name:
                return one.country
        place = record.parties.get(name)
        if place is None:
            place = next((place for place in record.places if place.name == name), Place(name))
        return self.home(record).country if name == record.reporter else place.country


def named_parties(record: Record) -> list[str]:
    """Return the municipality names among the parties of ties and agreements."""
    ids = {one.id for one in record.institutions}
    names = [name for tie in record.ties for name in tie]
    names.extend(name for one in record.agreements for name in one.parties)
    return [name for name in dict.fromkeys(names) if name not in ids]
