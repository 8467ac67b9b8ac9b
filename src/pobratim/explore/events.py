"""Events, the newest first: under a selection, of a party, or of a tie; each with who took part and who tells of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pobratim.explore import bits
from pobratim.explore.chosen import Chosen, chosen
from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.selection import Selection

_BY_END = "SELECT id FROM event ORDER BY end IS NULL, end DESC, id DESC"


@dataclass(frozen=True, slots=True)
class Participant:
    """A party that took part, its role, and of a person how public that role is (None for others)."""

    party: Party
    role: Label
    person_class: Label | None


@dataclass(frozen=True, slots=True)
class Account:
    """A row of a report that tells of an event: whose it is, in which report, and how it names and dates the event."""

    iri: str
    report: str
    report_title: str
    row: int
    reporter: Party | None
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event, once, however many rows tell of it; ``date`` is as told, in EDTF, "" where no date is."""

    number: int
    iri: str
    title: str
    date: str
    precision: str
    start: str
    end: str
    kind: Label
    mode: Label | None
    topics: tuple[Label, ...]
    countries: tuple[Label, ...]
    places: tuple[Party, ...]
    participants: tuple[Participant, ...]
    accounts: tuple[Account, ...]
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """A part of a list: ``found`` events are selected, ``total`` is with those that the selection hides."""

    rows: tuple[Event, ...]
    found: int
    total: int

    @property
    def hidden(self) -> int:
        """Return how many events the selection leaves out."""
        return self.total - self.found


def selected_events(
    index: Index, selection: Selection, limit: int = 50, offset: int = 0, within: int | None = None
) -> Events:
    """Return the events that a selection chooses (of ``within``, a set, where that is given), the newest first."""
    return newest_of(index, chosen(index, "event", selection, within), limit, offset)


def newest_of(index: Index, kept: Chosen, limit: int, offset: int = 0) -> Events:
    """Return the newest of the events that were chosen, those without a date last."""
    newest = range(index.sizes["event"], 0, -1)
    numbers = bits.first(kept.bits, newest, offset, limit)
    return Events(events_at(index, numbers), kept.bits.bit_count(), kept.all.bit_count())


def last_date(index: Index, events: int) -> str:
    """Return the last date of a set of events as told (EDTF), "" where none is told: that of ties is the same."""
    ended = index.order("event-end", lambda: [row[0] for row in index.rows(_BY_END)])
    numbers = bits.first(events, ended, 0, 1)
    date = next((row["date"] or "" for row in index.among("SELECT date FROM event WHERE id IN ({})", numbers)), "")
    return str(date).rpartition("/")[2]


def party_events(index: Index, party: Party) -> int:
    """Return the events that concern a party as a set: it took part, reported it, or it was there; so of a town,
    region or country what its institutions did."""
    return index.numbers("SELECT event FROM event_of WHERE party = ?", party.number)


def events_at(index: Index, numbers: Sequence[int]) -> tuple[Event, ...]:
    """Return events by their numbers, in their order."""
    details = _Details(index, numbers)
    rows = {row["id"]: row for row in index.among("SELECT * FROM event WHERE id IN ({})", numbers)}
    return tuple(details.event(rows[number]) for number in numbers)


def _once(found: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return participants each once: a group without a name of its own is another one in every row that tells of it."""
    told = {(each.party.name if each.party.kind == "group" else each.party.ref, each.role.code): each for each in found}
    return tuple(told.values())


class _Details:
    """What other tables say of some events, asked once for all of them."""

    def __init__(self, index: Index, numbers: Sequence[int]) -> None:
        self._index = index
        self._topics = self._codes("topic", numbers)
        self._countries = self._codes("country", numbers)
        self._places = self._rows("SELECT * FROM event_place WHERE event IN ({}) ORDER BY party", numbers)
        self._agents = self._rows("SELECT * FROM event_party WHERE event IN ({}) ORDER BY party, role", numbers)
        self._accounts = self._rows(
            """SELECT account.*, report.iri AS report_iri, report.title AS report_title FROM account
            JOIN report ON report.id = account.report WHERE event IN ({}) ORDER BY account.id""",
            numbers,
        )
        self._agreements = self._rows(
            """SELECT event, agreement.iri FROM event_agreement JOIN agreement ON agreement.id = agreement
            WHERE event IN ({}) ORDER BY agreement.id""",
            numbers,
        )
        named = [row["party"] for rows in (self._places, self._agents) for each in rows.values() for row in each]
        named += [row["reporter"] for each in self._accounts.values() for row in each if row["reporter"]]
        self._parties = parties_of(index, named)

    def event(self, row: Row) -> Event:
        index, number = self._index, row["id"]
        return Event(
            number=number,
            iri=row["iri"],
            title=row["title"],
            date=row["date"] or "",
            precision=row["precision"] or "",
            start=row["start"] or "",
            end=row["end"] or "",
            kind=index.label("event-kind", row["kind"]),
            mode=index.label("mode", row["mode"]) if row["mode"] else None,
            topics=tuple(index.label("topic", each["topic"]) for each in self._topics.get(number, ())),
            countries=tuple(index.label("country", each["country"]) for each in self._countries.get(number, ())),
            places=tuple(self._parties[each["party"]] for each in self._places.get(number, ())),
            participants=_once(self._participant(each) for each in self._agents.get(number, ())),
            accounts=tuple(self._account(each) for each in self._accounts.get(number, ())),
            agreements=tuple(each["iri"] for each in self._agreements.get(number, ())),
        )

    def _participant(self, row: Row) -> Participant:
        class_ = self._index.label("class", row["class"]) if row["class"] else None
        return Participant(self._parties[row["party"]], self._index.label("role", row["role"]), class_)

    def _account(self, row: Row) -> Account:
        reporter = self._parties.get(row["reporter"])
        told = (row["title"] or "", row["date"] or "")
        return Account(row["iri"], row["report_iri"], row["report_title"], row["row"], reporter, *told)

    def _codes(self, what: str, numbers: Sequence[int]) -> Mapping[int, Sequence[Row]]:
        return self._rows(f"SELECT * FROM event_{what} WHERE event IN ({{}}) ORDER BY {what}", numbers)

    def _rows(self, sql: str, numbers: Sequence[int]) -> Mapping[int, Sequence[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self._index.among(sql, numbers):
            found.setdefault(row["event"], []).append(row)
        return found
