"""Put everything together: records in, entities under stable keys out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pobratim.entities import ReportEntity, Resolution, SeriesEntity, Undecided
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Record
from pobratim.resolve.accounts import Accounts, Row, RowKeys
from pobratim.resolve.activities import Telling, activity_entity, cluster
from pobratim.resolve.agreements import Agreements, resolve_agreements
from pobratim.resolve.fields import Final
from pobratim.resolve.keys import series_key
from pobratim.resolve.ledger import LEAVING, Decision, Verdicts, no_ties, under_final_keys, verdicts
from pobratim.resolve.mentions import Mentions
from pobratim.resolve.organisations import Organisations, resolve_organisations
from pobratim.resolve.people import cautious, resolve_people
from pobratim.resolve.places import PlaceBook, TownIndex
from pobratim.resolve.plain import Plain
from pobratim.resolve.readings import Readings
from pobratim.resolve.replay import Keys, replaced_keys, unmatched_keys
from pobratim.resolve.rows import Rows, origins
from pobratim.resolve.told_places import named_places, spots_of
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon


def resolve(
    records: Sequence[Record],
    reports: Sequence[ReportEntity],
    gazetteer: TownIndex[Any],
    ledger: Iterable[Decision] = (),
    vocabulary: Vocabulary | None = None,
    note: Callable[[Plain], object] | None = None,
) -> Resolution:
    """Return all that ``records`` of any number of reports tell: each thing once, under a key that stays.

    ``vocabulary`` tells which kinds of organisation are kinds of others and which words a kind says; without
    one, that of the ontology is used. The order of records and reports changes nothing. ``note`` is told what was found
    while nothing was decided, if that was looked at.
    """
    known = vocabulary or from_lexicon(lexicon())
    lines = list(ledger)
    if not any(one.verdict == "same" for one in lines):
        resolver = _Resolver(records, reports, gazetteer, lines, known)
        resolution = resolver.run()
        if note and all(one.verdict in LEAVING for one in lines):
            note(resolver.plain())
        return resolution
    # What is one now bears one key; resolved without decisions it tells which keys there were, for the old IRIs.
    former = _Resolver(records, reports, gazetteer, [], known)
    former.run()
    if note:
        note(former.plain())
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
        self.ledger, self.vocabulary, self.before = ledger, vocabulary, before
        readings = Readings(gazetteer, vocabulary)
        rows = Rows(origins(reports), gazetteer, readings)
        readings.know((one.name, one.country) for record in self.records for one in rows.settlements(record))
        spots = (one for record in self.records for one in rows.spots(record))
        told = spots_of(named_places(ledger), gazetteer)
        self.book = PlaceBook(gazetteer, spots, verdicts(ledger, "place"), told)
        self.mentions = Mentions(rows, self.book)
        self.organisations = self._organisations()

    def run(self) -> Resolution:
        """Resolve activities, agreements and people; places and organisations are known already."""
        tellings = [self.mentions.telling(record) for record in self.records if record.form == "events"]
        self.tellings = {one.order: one for one in tellings}
        self.owns = {f"{one.record.report}/{one.record.row}": one.own_key for one in tellings}
        self.told_series = _series(self.records, verdicts(self.ledger, "series").names)
        final = finals(self._known())
        ledger = under_final_keys(self.ledger, final)
        decided = verdicts(ledger, "activity")
        groups, undecided = cluster(tellings, decided)
        told = {telling.order: (telling.own_key, group) for group in groups for telling in group}
        activities = {entity.key: entity for entity in (activity_entity(group, decided) for group in groups)}
        agreements = self.agreements = self._agreements(
            {row: group[0].own_key for row, (_, group) in told.items()}, verdicts(ledger, "agreement")
        )
        _, people = self.people = resolve_people(
            one for record in self.records for one in self.mentions.people(record, self._ids(record))
        )
        writer = Accounts(self.mentions, no_ties(self.ledger, final))
        accounts = []
        for record in self.records:
            keys = self._keys(record, told.get(_row(record)))
            if keys.activity:
                entity = activities[keys.activity]
                adds = entity.canonical == f"{record.report}/{record.row}"
                keys = replace(keys, corrections=entity.corrections, adds=adds)
            accounts.append(writer.account(record, keys))
        resolution = Resolution(
            reports=self.reports,
            accounts=accounts,
            activities=[activities[key] for key in sorted(activities)],
            agreements=agreements.entities,
            places=self.book.entities(),
            organisations=self.organisations.entities,
            people=people,
            series=self.told_series,
        )
        resolution.unmatched = unmatched_keys(self.ledger, {**self._known(), "agreement": agreements.known})
        questions = {*self.book.undecided(), *self.organisations.undecided, *undecided, *agreements.undecided}
        resolution.undecided = sorted(questions, key=question_order)
        return resolution

    def keys(self) -> Keys:
        """Return the key of every mention of what may be merged, by type."""
        return {
            "organisation": self.organisations.keys,
            "place": self.book.keys,
            "agreement": self.agreements.keys,
            "person": self.people[0],
        }

    def plain(self) -> Plain:
        """Return what was found on the way, for one run in which nothing was decided."""
        found = self.organisations
        organisations = {one.key: one for one in found.entities}
        return Plain(self.reports, self.records, found.namings, self.tellings, found.linker, organisations)

    def _known(self) -> dict[str, Mapping[str, str]]:
        """Return what decisions may name by type, with the key that each has now; agreements are known last of all."""
        return {
            "organisation": self.organisations.known,
            "place": self._places(),
            "activity": {key: key for key in self.owns.values()},
            "entry": self.owns,
            "series": {one.key: one.key for one in self.told_series},
        }

    def _places(self) -> dict[str, str]:
        return {key: self.book.aliases.get(key, key) for key in self.book.known}

    def _organisations(self) -> Organisations:
        mentions = [self.mentions.organisation(record, one) for record in self.records for one in record.institutions]
        about = [one for one in self.ledger if one.type == "organisation"]
        decided = verdicts(under_final_keys(about, finals({"place": self._places()})), "organisation")
        return resolve_organisations(mentions, self.vocabulary, decided, self.before.get("organisation", {}))

    def _ids(self, record: Record) -> dict[str, str]:
        keys = self.organisations.keys
        return {one.id: keys[record.report, record.row, one.id] for one in record.institutions}

    def _agreements(self, activity: Mapping[Row, str], decided: Verdicts) -> Agreements:
        mentions = (
            one
            for record in self.records
            for one in self.mentions.agreements(record, self._ids(record), activity.get(_row(record), ""))
        )
        return resolve_agreements(mentions, decided, self.before.get("agreement", {}))

    def _keys(self, record: Record, told: tuple[str, list[Telling]] | None) -> RowKeys:
        row = _row(record)
        own, group = told or ("", [])
        return RowKeys(
            self._ids(record),
            [self.people[0][*row, index] for index in range(len(record.people))],
            [self.agreements.keys[*row, index] for index in range(len(record.agreements))],
            group[0].own_key if group else "",
            own,
            [f"{other.record.report}#{other.record.row}" for other in group if other.order != row],
            cautious((self.people[0][*one.order, n], who) for one in group for n, who in enumerate(one.record.people)),
        )


def finals(known: Mapping[str, Mapping[str, str]]) -> Final:
    """Return what tells of a thing the key that it has now; ``known`` gives them by type and key."""
    return lambda thing: known.get(thing[0], {}).get(thing[1])


def _row(record: Record) -> Row:
    return (record.report, record.row)


def _series(records: Iterable[Record], given: Mapping[str, str]) -> list[SeriesEntity]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record.series:
            names[series_key(record.series)][record.series_name or record.series] += 1
    return [series_entity(key, counts, given) for key, counts in sorted(names.items())]


def series_entity(key: str, counts: Mapping[str, int], given: Mapping[str, str]) -> SeriesEntity:
    """Return a series under the name that people gave it, else the one that most rows tell."""
    return SeriesEntity(key, given.get(key) or min(counts, key=lambda name: (-counts[name], name)))


def question_order(one: Undecided) -> tuple[object, ...]:
    """Return what questions are sorted by: all of it, so that no two stand in an order of chance."""
    return (one.kind, one.left, one.right, one.reason, one.score, one.shared, one.why)
