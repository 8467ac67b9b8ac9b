"""Put everything together: records in, entities under stable keys out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pobratim.entities import (
    Account,
    Contact,
    GroupEntity,
    Participation,
    ReportEntity,
    Resolution,
    SeriesEntity,
    Undecided,
)
from pobratim.lexicon.lexicon import lexicon
from pobratim.names.normalisation import lemmas
from pobratim.record import Evidence, Institution, Place, Record
from pobratim.resolve.activities import Telling, activity_entity, cluster
from pobratim.resolve.agreements import AgreementMention, Agreements, resolve_agreements
from pobratim.resolve.keys import activity_key, series_key
from pobratim.resolve.ledger import Decision, verdicts
from pobratim.resolve.naming import named, strongest
from pobratim.resolve.namings import Mention
from pobratim.resolve.organisations import Organisations, resolve_organisations
from pobratim.resolve.people import PersonMention, place_in_post, resolve_people, with_classes
from pobratim.resolve.places import PlaceBook, Spot, TownIndex, spot
from pobratim.resolve.readings import Near, Readings
from pobratim.resolve.replay import Keys, replaced_keys, unmatched_keys
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon

Entity = tuple[str, str]
Row = tuple[str, int]


def resolve(
    records: Sequence[Record],
    reports: Sequence[ReportEntity],
    gazetteer: TownIndex[Any],
    ledger: Iterable[Decision] = (),
    vocabulary: Vocabulary | None = None,
) -> Resolution:
    """Return all that ``records`` of any number of reports tell: each thing once, under a key that stays.

    ``vocabulary`` tells which kinds of organisation are kinds of others and which words a kind says; without
    one, that of the ontology is used. The order of records and reports changes nothing.
    """
    known = vocabulary or from_lexicon(lexicon())
    lines = list(ledger)
    if not any(one.verdict == "same" for one in lines):
        return _Resolver(records, reports, gazetteer, lines, known).run()
    # What is one now bears one key; resolved without decisions it tells which keys there were, for the old IRIs.
    former = _Resolver(records, reports, gazetteer, [], known)
    former.run()
    resolver = _Resolver(records, reports, gazetteer, lines, known, former.keys())
    resolution = resolver.run()
    resolution.replaced = replaced_keys(former.keys(), resolver.keys())
    return resolution


def name_records(resolution: Resolution) -> list[Record]:
    """Return the records with final ids for temporary ones and ``same_as`` filled, by report and row."""
    return [account.record for account in resolution.accounts]


class _Resolver:
    """The state of one run; every step reads the records in order of report and row."""

    def __init__(
        self,
        records: Sequence[Record],
        reports: Sequence[ReportEntity],
        gazetteer: TownIndex[Any],
        ledger: list[Decision],
        vocabulary: Vocabulary,
        before: Keys = MappingProxyType({}),
    ) -> None:
        self.records = sorted(records, key=_row)
        self.reports = sorted(reports, key=lambda report: report.slug)
        self.ledger, self.vocabulary, self.gazetteer, self.before = ledger, vocabulary, gazetteer, before
        self._homes = {r.slug: Place("", r.home_country, r.home_region) for r in reports}
        spots = (one for record in self.records for one in self._spots(record))
        named = ((one.name, one.country) for record in self.records for one in self._settlements(record))
        self._readings = Readings(gazetteer, vocabulary, named)
        self.book = PlaceBook(gazetteer, spots, verdicts(ledger, "place"))
        self.organisations = self._organisations()

    def run(self) -> Resolution:
        """Resolve activities, agreements and people; places and organisations are known already."""
        tellings = [self._telling(record) for record in self.records if record.form == "events"]
        decided = verdicts(self.ledger, "activity")
        groups, undecided = cluster(tellings, decided)
        activity = {telling.order: group[0].own_key for group in groups for telling in group}
        agreements = self.agreements = self._agreements(activity)
        people_keys, people = self.people = resolve_people(self._people())
        accounts = []
        for group in groups:
            for telling in group:
                accounts.append(self._account(telling, group, activity, agreements, people_keys))
        accounts.extend(self._statement(record, agreements) for record in self.records if record.form == "register")
        resolution = Resolution(
            reports=self.reports,
            accounts=sorted(accounts, key=lambda account: _row(account.record)),
            activities=sorted((activity_entity(group, decided) for group in groups), key=lambda entity: entity.key),
            agreements=agreements.entities,
            places=self.book.entities(),
            organisations=self.organisations.entities,
            people=people,
            series=_series(self.records, verdicts(self.ledger, "series").names),
        )
        resolution.unmatched = self._unmatched(resolution)
        questions = {*self.book.undecided(), *self.organisations.undecided, *undecided, *agreements.undecided}
        resolution.undecided = sorted(questions, key=_question)
        return resolution

    def keys(self) -> Keys:
        """Return the key of every mention of what may be merged, by type."""
        return {
            "organisation": self.organisations.keys,
            "place": self.book.keys,
            "agreement": self.agreements.keys,
            "person": self.people[0],
        }

    def _unmatched(self, resolution: Resolution) -> list[tuple[str, str]]:
        known = {
            "organisation": self.organisations.known,
            "place": self.book.known,
            "activity": {account.own_activity for account in resolution.accounts},
            "agreement": self.agreements.known,
            "series": {one.key for one in resolution.series},
        }
        return unmatched_keys(self.ledger, known)

    # Places

    def _home(self, record: Record) -> Place:
        known = self._homes.get(record.report, Place(""))
        return Place("", record.home.country or known.country, record.home.region or known.region)

    def _settlements(self, record: Record) -> list[Place]:
        """Return the settlements that a row names, its reporter's country where it tells none."""
        home = self._home(record).country
        seats = (Place(one.place, one.country or home) for one in record.institutions if one.place)
        return [*seats, *(place for place in record.places if place.kind == "settlement")]

    def _spots(self, record: Record) -> list[Spot]:
        found = [self._spot(record, place) for place in (*record.places, *record.parties.values())]
        found.append(self._reporter(record))
        found.extend(self._seat(record, one) for one in record.institutions)
        found.extend(self._seat(record, self._read(record, one)) for one in record.institutions)
        found.extend(self._municipality(record, name) for name in _named_parties(record))
        return found

    def _spot(self, record: Record, place: Place) -> Spot:
        return spot(place, self._home(record))

    def _reporter(self, record: Record) -> Spot:
        home = self._home(record)
        return self._spot(
            record, record.parties.get(record.reporter, Place(record.reporter, home.country, home.region))
        )

    def _municipality(self, record: Record, name: str) -> Spot:
        known = {place.name: place for place in (*record.places, *record.parties.values())} | record.parties
        return self._reporter(record) if name == record.reporter else self._spot(record, known.get(name, Place(name)))

    def _seat(self, record: Record, one: Institution) -> Spot:
        """Return the seat, in the institution's country only if there is such a town (not an embassy's)."""
        known = {place.name: place for place in (*record.places, *record.parties.values())}
        if one.place in known:
            return self._spot(record, known[one.place])
        towns = self.gazetteer.find(one.place) if one.place else ()
        if towns and one.country and one.country not in {town.country for town in towns}:
            return self._spot(record, Place(one.place))
        return self._spot(record, Place(one.place, one.country, one.region))

    # Organisations, agreements, people

    def _organisations(self) -> Organisations:
        mentions = [self._mention(record, one) for record in self.records for one in record.institutions]
        decided = verdicts(self.ledger, "organisation")
        places = {key: self.book.aliases.get(key, key) for key in self.book.known}
        fields = {
            key: {name: places.get(value, "") if name == "place" else value for name, value in given.items()}
            for key, given in decided.fields.items()
        }
        fields = {key: {name: value for name, value in given.items() if value} for key, given in fields.items()}
        before = self.before.get("organisation", {})
        return resolve_organisations(mentions, self.vocabulary, replace(decided, fields=fields), before)

    def _mention(self, record: Record, one: Institution) -> Mention:
        read = self._read(record, one)
        place = self.book.key(self._seat(record, read))
        near = self._near(record)
        area = self.book.region(place or near)
        return Mention(record.report, record.row, one, place, near, area, record.reporter, read)

    def _read(self, record: Record, one: Institution) -> Institution:
        """Return an institution as its name is understood, in Russian."""
        home = self._home(record)
        return self._readings.read(one, Near(record.reporter, home.country, home.region))

    def _near(self, record: Record) -> str:
        return self.book.key(self._reporter(record)) if record.reporter else ""

    def _ids(self, record: Record) -> dict[str, str]:
        keys = self.organisations.keys
        return {one.id: keys[record.report, record.row, one.id] for one in record.institutions}

    def _party(self, record: Record, name: str) -> Entity:
        ids = self._ids(record)
        if name in ids:
            return ("organisation", ids[name])
        return ("place", self.book.key(self._municipality(record, name)))

    def _agreements(self, activity: dict[Row, str]) -> Agreements:
        mentions = (
            AgreementMention(
                record.report,
                record.row,
                index,
                one,
                frozenset(self._party(record, name) for name in one.parties),
                activity.get(_row(record), ""),
            )
            for record in self.records
            for index, one in enumerate(record.agreements)
        )
        return resolve_agreements(mentions, verdicts(self.ledger, "agreement"), self.before.get("agreement", {}))

    def _people(self) -> list[PersonMention]:
        found = []
        for record in self.records:
            ids = self._ids(record)
            spots = {one.place: self._seat(record, one) for one in record.institutions if one.place}
            spots |= {place.name: self._spot(record, place) for place in record.places}
            spots |= {name: self._spot(record, place) for name, place in record.parties.items()}
            spots[record.reporter] = self._reporter(record)
            for index, person in enumerate(record.people):
                place = self.book.key(spots[place_in_post(person.post, spots) or record.reporter])
                found.append(
                    PersonMention(record.report, record.row, index, person, ids.get(person.institution, ""), place)
                )
        return found

    # Activities and accounts

    def _telling(self, record: Record) -> Telling:
        places = [self.book.key(self._spot(record, place)) for place in record.places]
        # Not the key of a place that took this one's: decisions on places leave the events their keys.
        at = next((self.book.own_key(self._spot(record, place)) for place in record.places), "")
        own = activity_key(record.start, next(iter(record.kind), ""), at, record.title, record.report)
        near = [record.reporter, *(place.name for place in (*record.places, *record.parties.values()))]
        words = tuple(sorted({lemma for name in near for lemma in lemmas(name)}))
        return Telling(record, own, self.book.key(self._reporter(record)), frozenset(places), words)

    def _account(
        self,
        telling: Telling,
        group: list[Telling],
        activity: dict[Row, str],
        agreements: Agreements,
        people: dict[tuple[str, int, int], str],
    ) -> Account:
        source, row = telling.record, telling.order
        others = [f"{other.record.report}#{other.record.row}" for other in group if other is not telling]
        record = named(source, self._ids(source), others)
        groups = _groups(source)
        holders = [people[*row, index] for index in range(len(source.people))]
        signed = [agreements.keys[*row, index] for index in range(len(source.agreements))]
        places = [self.book.key(self._spot(source, place)) for place in source.places]
        contacts = [self._contact(source, tie, activity[row]) for tie in source.ties]
        targets = {
            "institutions": [("organisation", one.id) for one in record.institutions],
            "people": [("person", key) for key in holders],
            "agreements": [("agreement", key) for key in signed],
            "places": [("place", key) for key in places],
            "groups": [("group", one.key) for one in groups],
            "ties": [("contact", contact.key) for contact in contacts],
            "reporter": [("place", self.book.key(self._reporter(source)))],
        }
        return Account(
            key=f"{source.report}/{source.row}",
            record=record,
            reporter=self.book.key(self._reporter(source)),
            activity=activity[row],
            own_activity=telling.own_key,
            participations=with_classes(self._participations(source, record, targets), group, people),
            places=tuple(dict.fromkeys(places)),
            contacts=tuple({one.key: one for one in contacts if one.home != one.foreign}.values()),
            agreements=tuple(dict.fromkeys(signed)),
            groups=groups,
            series=series_key(source.series),
            evidence=tuple((one, _target(one, targets, ("activity", activity[row]))) for one in record.evidence),
        )

    def _statement(self, record: Record, agreements: Agreements) -> Account:
        """Return the account of a register's row, which states agreements and tells of no event."""
        key, reporter = f"{record.report}/{record.row}", self.book.key(self._reporter(record))
        stated = [agreements.keys[*_row(record), index] for index in range(len(record.agreements))]
        targets = {
            "agreements": [("agreement", one) for one in stated],
            "parties": [("place", self.book.key(self._municipality(record, name))) for name in record.parties],
            "reporter": [("place", reporter)],
        }
        return Account(
            key=key,
            record=replace(record),
            reporter=reporter,
            activity="",
            own_activity="",
            participations=(),
            places=(),
            contacts=(),
            agreements=tuple(dict.fromkeys(stated)),
            groups=(),
            series="",
            evidence=tuple((one, _target(one, targets, ("entry", key))) for one in record.evidence),
        )

    def _participations(
        self, source: Record, record: Record, targets: dict[str, list[Entity]]
    ) -> tuple[Participation, ...]:
        roles: dict[Entity, list[str]] = defaultdict(list)
        for one in record.institutions:
            roles["organisation", one.id].append(one.role)
        for agent in (*targets["people"], *targets["groups"]):
            roles[agent].append("participant")
        parties = {name for one in source.agreements for name in one.parties}
        for name in _named_parties(source):
            roles[self._party(source, name)].append("party" if name in parties else "participant")
        return tuple(Participation(agent, strongest(given)) for agent, given in sorted(roles.items()))

    def _contact(self, record: Record, tie: list[str], activity: str) -> Contact:
        home = self._home(record).country
        left, right = tie
        if self._country(record, right) == home != self._country(record, left):
            left, right = right, left
        a, b = self._party(record, left), self._party(record, right)
        return Contact("/".join((activity, a[1], b[1])), a, b)

    def _country(self, record: Record, name: str) -> str:
        for one in record.institutions:
            if one.id == name:
                return one.country
        place = record.parties.get(name)
        if place is None:
            place = next((place for place in record.places if place.name == name), Place(name))
        return self._home(record).country if name == record.reporter else place.country


def _groups(record: Record) -> tuple[GroupEntity, ...]:
    """Return the groups of a row; what is named twice is one group."""
    places = {(one.name, one.country): number for number, one in reversed([*enumerate(record.groups, 1)])}
    return tuple(
        GroupEntity(f"{record.report}/{record.row}/{places[one.name, one.country]}", one.name, one.country)
        for one in record.groups
    )


def _row(record: Record) -> Row:
    return (record.report, record.row)


def _named_parties(record: Record) -> list[str]:
    """Return the municipality names among the parties of ties and agreements."""
    ids = {one.id for one in record.institutions}
    names = [name for tie in record.ties for name in tie]
    names.extend(name for one in record.agreements for name in one.parties)
    return [name for name in dict.fromkeys(names) if name not in ids]


def _target(evidence: Evidence, targets: dict[str, list[Entity]], otherwise: Entity) -> Entity:
    """Return the entity that a JSON pointer into the record is about: a list's item, else ``otherwise``.

    Parties are a mapping in the record; evidence points to them by their position in it.
    """
    parts = evidence.value.strip("/").split("/")
    listed = targets.get(parts[0], [])
    index = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    return listed[index] if index < len(listed) else otherwise


def _series(records: Iterable[Record], given: Mapping[str, str]) -> list[SeriesEntity]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record.series:
            names[series_key(record.series)][record.series_name or record.series] += 1
    return [
        SeriesEntity(key, given.get(key) or min(counts, key=lambda name: (-counts[name], name)))
        for key, counts in sorted(names.items())
    ]


def _question(one: Undecided) -> tuple[str, str, str, str]:
    return (one.kind, one.left, one.right, one.reason)
