"""What the phrases of a row prove: for each piece of evidence the triple of the row's own report that it is read from.

A phrase for which no triple stands (a second kind of an event, a date without its other end) proves nothing and has no
claim, so that every claim is a triple of the facts (``queries/checks/claim-not-in-graph.rq``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from pobratim.entities import Account, ActivityEntity, AgreementEntity, Resolution
from pobratim.rdf import vocabulary
from pobratim.rdf.agreements import facts_by_field
from pobratim.rdf.dates import span_terms
from pobratim.rdf.nodes import Nodes, Thing
from pobratim.rdf.terms import CV, DCT, POB, Object, ru
from pobratim.record import Evidence

Claim = tuple[NamedNode, NamedNode, Object]
DATES = "dates"
"""What a mention is of that proves the first and the last day by one phrase."""
_ORDINAL = "series-edition"


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of evidence of an account, the (type, key) that it names, and the steps of its pointer."""

    account: Account
    evidence: Evidence
    about: Thing

    @property
    def name(self) -> str:
        """Return the field of the record."""
        return self.evidence.value.strip("/").split("/")[0]

    @property
    def steps(self) -> list[str]:
        """Return what stands in the pointer behind the field."""
        return self.evidence.value.strip("/").split("/")[1:]

    @property
    def position(self) -> int:
        """Return the place in a list, 0 for what is none."""
        return int(self.steps[0]) if self.steps and self.steps[0].isdigit() else 0


class Claims:
    """The claims of one resolution."""

    def __init__(self, resolution: Resolution, nodes: Nodes) -> None:
        """Index what accounts refer to."""
        self.nodes = nodes
        self.activities: Mapping[str, ActivityEntity] = {item.key: item for item in resolution.activities}
        self.agreements: Mapping[str, AgreementEntity] = {item.key: item for item in resolution.agreements}

    def of(self, account: Account) -> Iterator[tuple[Evidence, Claim]]:
        """Yield the evidence of an account that proves something, with what it proves."""
        for told in _with_dates_as_one(account):
            made = self.claim(told)
            if made is not None:
                yield told.evidence, made

    def claim(self, told: Told) -> Claim | None:
        """Return what one piece of evidence proves, None for nothing. Raises KeyError for a field of no rule."""
        return _BY_FIELD[told.name](self, told)

    def teller(self, account: Account, field: str) -> NamedNode:
        """Return whose fact the value of a field ("kind", "mode", "edition") is: the activity's where it has it from
        this account, else the row's own."""
        activity = self.activities[account.activity]
        is_its_own = activity.canonical == account.key and getattr(activity, field) == own_value(account, field)
        return self.nodes.node("activity", account.activity) if is_its_own else self._entry(account)

    def _entry(self, account: Account) -> NamedNode:
        return self.nodes.node("entry", account.key)

    def _activity(self, told: Told) -> NamedNode:
        return self.nodes.node("activity", told.account.activity)

    # One function a field

    def _agent(self, told: Told) -> Claim | None:
        role = next((one.role for one in told.account.participations if one.agent == told.about), "")
        if not role:
            return None
        part = self.nodes.participation(told.account.activity, told.about, role)
        return (part, CV.hasParticipant, self.nodes.entity(told.about))

    def _topic(self, told: Told) -> Claim:
        topic = told.account.record.topics[told.position]
        return (self._activity(told), DCT.subject, vocabulary.concept("topic", topic))

    def _country(self, told: Told) -> Claim | None:
        country = vocabulary.country(told.account.record.countries[told.position])
        return (self._activity(told), POB.involvesCountry, country) if country is not None else None

    def _kind(self, told: Told) -> Claim | None:
        if told.position:
            return None
        kind = own_value(told.account, "kind")
        return (self.teller(told.account, "kind"), DCT.type, vocabulary.concept("event-kind", kind))

    def _mode(self, told: Told) -> Claim:
        mode = vocabulary.concept("format", told.account.record.mode)
        return (self.teller(told.account, "mode"), CV.format, mode)

    def _series(self, told: Told) -> Claim | None:
        account = told.account
        if told.evidence.rule == _ORDINAL and account.record.edition:
            return (self.teller(account, "edition"), CV.eventNumber, ru(account.record.edition))
        if not account.series:
            return None
        return (self._activity(told), POB.series, self.nodes.node("series", account.series))

    def _place(self, told: Told) -> Claim | None:
        if told.about[1] not in told.account.places:
            return None
        return (self._activity(told), POB.place, self.nodes.entity(told.about))

    def _reporter(self, told: Told) -> Claim | None:
        if not told.account.reporter:
            return None
        return (self._entry(told.account), POB.reportingMunicipality, self.nodes.node("place", told.account.reporter))

    def _title(self, told: Told) -> Claim:
        return (self._entry(told.account), DCT.title, ru(told.account.record.title))

    def _date(self, told: Told) -> Claim | None:
        record = told.account.record
        span = span_terms(record.start, record.end)
        if span is None:
            return None
        name, value = {
            DATES: (POB.edtf, span.edtf), "start": (POB.start, span.first), "end": (POB.end, span.last),
        }[told.name]  # fmt: skip
        return (self._entry(told.account), name, value)

    def _contact(self, told: Told) -> Claim | None:
        if told.about[1] not in {one.key for one in told.account.contacts}:
            return None
        return (self._entry(told.account), POB.states, self.nodes.entity(told.about))

    def _agreement(self, told: Told) -> Claim | None:
        """Return that the row states the agreement, or the fact of it that a cell of a register tells."""
        if "parties" in told.steps:
            return self._party_of(told)
        if told.about[1] not in told.account.agreements:
            return None
        node, field = self.nodes.entity(told.about), told.steps[1] if len(told.steps) > 1 else ""
        if not field:
            return (self._entry(told.account), POB.states, node)
        said = told.account.record.agreements[told.position]
        entity = self.agreements[told.about[1]]
        if getattr(said, field) != getattr(entity, field):  # of several rows that tell of it, others were believed
            return None
        fact = facts_by_field(entity).get(field)
        return (node, *fact) if fact is not None else None

    def _party_of(self, told: Told) -> Claim | None:
        """Return that a thing is a party of the agreement in whose list of them the evidence points."""
        pointer = f"/agreements/{told.position}"
        key = next((about[1] for one, about in told.account.evidence if one.value == pointer), "")
        if key not in told.account.agreements or told.about not in self.agreements[key].parties:
            return None
        return (self.nodes.node("agreement", key), POB.party, self.nodes.entity(told.about))

    def _party(self, told: Told) -> Claim | None:
        key = next((key for key in told.account.agreements if told.about in self.agreements[key].parties), "")
        if not key:
            return None
        return (self.nodes.node("agreement", key), POB.party, self.nodes.entity(told.about))

    def _cell(self, told: Told) -> Claim:
        cell = self.nodes.node("cell", f"{told.account.key}/{told.evidence.column}")
        return (self._entry(told.account), DCT.hasPart, cell)


def own_value(account: Account, field: str) -> str:
    """Return what a row itself tells of a single-valued field of its activity, "" for nothing."""
    value = getattr(account.record, field)
    return next(iter(value), "") if isinstance(value, list) else value


def _with_dates_as_one(account: Account) -> Iterator[Told]:
    """Yield what an account tells; first and last day read from one phrase are one."""
    dates = {one.value: one for one, _ in account.evidence if one.value in ("/start", "/end")}
    start, end = dates.get("/start"), dates.get("/end")
    is_one = start is not None and end is not None and replace(start, value="") == replace(end, value="")
    for evidence, about in account.evidence:
        if is_one and evidence.value == "/end":
            continue
        if is_one and evidence.value == "/start":
            evidence = replace(evidence, value=f"/{DATES}")
        yield Told(account, evidence, about)


_BY_FIELD: Mapping[str, Callable[[Claims, Told], Claim | None]] = {
    "institutions": Claims._agent,
    "people": Claims._agent,
    "groups": Claims._agent,
    "topics": Claims._topic,
    "countries": Claims._country,
    "kind": Claims._kind,
    "mode": Claims._mode,
    "series": Claims._series,
    "places": Claims._place,
    "reporter": Claims._reporter,
    "title": Claims._title,
    DATES: Claims._date,
    "start": Claims._date,
    "end": Claims._date,
    "ties": Claims._contact,
    "agreements": Claims._agreement,
    "parties": Claims._party,
    "cells": Claims._cell,
}
"""What evidence of a field proves, by the first step of its pointer."""
