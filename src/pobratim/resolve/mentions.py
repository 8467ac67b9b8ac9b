"""What a row mentions, in the terms in which it is put together with other rows: places have keys by then."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from pobratim.ground.shared import shared
from pobratim.names.normalisation import lemmas
from pobratim.record import Institution, Record
from pobratim.resolve.activities import Telling
from pobratim.resolve.agreements import AgreementMention
from pobratim.resolve.keys import activity_key
from pobratim.resolve.namings import Mention
from pobratim.resolve.people import PersonMention, place_in_post
from pobratim.resolve.places import Spot
from pobratim.resolve.rows import Rows

Entity = tuple[str, str]


class Book(Protocol):
    """What is asked of the places, whose keys are all known."""

    def key(self, mention: Spot) -> str:
        """Return the place's key, "" for a mention without a name."""

    def own_key(self, mention: Spot) -> str:
        """Return the key that the place would have if nobody had decided that it is another one."""

    def region(self, key: str) -> str:
        """Return the region (notation) in which a settlement lies, "" if unknown."""


class Mentions:
    """Tells what single rows mention. ``ids`` of a row are the keys of its institutions by their temporary ids."""

    def __init__(self, rows: Rows, book: Book) -> None:
        """Take what reads rows and what knows the places."""
        self.rows, self._book = rows, book

    def organisation(self, record: Record, one: Institution) -> Mention:
        """Return the mention of an institution."""
        read = self.rows.read(record, one)
        place = self._book.key(self.rows.seat(record, read))
        near = self._book.key(self.rows.reporter(record)) if record.reporter else ""
        area = self._book.region(place or near)
        origin = self.rows.identity(record)
        return Mention(record.report, record.row, one, place, near, area, record.reporter, read, origin)

    def telling(self, record: Record) -> Telling:
        """Return the account of an event."""
        places = self.places(record)
        # Not the key of a place that took this one's: decisions on places leave the events their keys.
        at = next((self._book.own_key(self.rows.spot(record, place)) for place in record.places), "")
        own = activity_key(record.start, next(iter(record.kind), ""), at, record.title, self.rows.identity(record))
        near = [record.reporter, *(place.name for place in (*record.places, *record.parties.values()))]
        words = tuple(sorted({lemma for name in near for lemma in lemmas(name)}))
        return Telling(record, own, self.reporter(record), shared(frozenset(places)), words)

    def agreements(self, record: Record, ids: Mapping[str, str], activity: str) -> Iterator[AgreementMention]:
        """Yield the agreements of a row that tells of ``activity`` ("" in a register)."""
        for index, one in enumerate(record.agreements):
            parties = frozenset(self.party(record, name, ids) for name in one.parties)
            yield AgreementMention(record.report, record.row, index, one, parties, activity)

    def people(self, record: Record, ids: Mapping[str, str]) -> Iterator[PersonMention]:
        """Yield the people of a row, each with the body or place of the office."""
        if not record.people:
            return
        spots = {one.place: self.rows.seat(record, one) for one in record.institutions if one.place}
        spots |= {place.name: self.rows.spot(record, place) for place in record.places}
        spots |= {name: self.rows.spot(record, place) for name, place in record.parties.items()}
        spots[record.reporter] = self.rows.reporter(record)
        for index, person in enumerate(record.people):
            place = self._book.key(spots[place_in_post(person.post, spots) or record.reporter])
            yield PersonMention(record.report, record.row, index, person, ids.get(person.institution, ""), place)

    def party(self, record: Record, name: str, ids: Mapping[str, str]) -> Entity:
        """Return a party of a tie or agreement: an institution by its temporary id, else a municipality by name."""
        return ("organisation", ids[name]) if name in ids else ("place", self.municipality(record, name))

    def reporter(self, record: Record) -> str:
        """Return the key of the municipality that reports."""
        return self._book.key(self.rows.reporter(record))

    def places(self, record: Record) -> list[str]:
        """Return the keys of the places that a row names, in its order."""
        return [self._book.key(self.rows.spot(record, place)) for place in record.places]

    def municipality(self, record: Record, name: str) -> str:
        """Return the key of a municipality that ties or agreements name."""
        return self._book.key(self.rows.municipality(record, name))
