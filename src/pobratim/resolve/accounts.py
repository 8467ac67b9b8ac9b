"""A row under final keys: an account of an event, or what a register states."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pobratim.entities import Account, Contact, Correction, GroupEntity, Participation
from pobratim.record import Evidence, Record
from pobratim.resolve.amending import amended_account
from pobratim.resolve.keys import contact_key, series_key
from pobratim.resolve.mentions import Entity, Mentions
from pobratim.resolve.naming import named, strongest
from pobratim.resolve.people import with_classes
from pobratim.resolve.rows import named_parties

Row = tuple[str, int]
_OF_PARTY = ("0", "parties", "1")
"""The steps that lead from agreements to one of their parties."""


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The keys that one row got: of its institutions by temporary id, of its people and agreements in their order.

    ``activity`` and ``own_activity`` as in Account, ``others`` the further rows that tell of the activity
    ("report#row"), ``classes`` class and rule of each person by key, of what all these rows tell. ``corrections`` are
    those of the activity; the row that ``adds`` tells what they add to it.
    """

    institutions: Mapping[str, str]
    people: Sequence[str] = ()
    agreements: Sequence[str] = ()
    activity: str = ""
    own_activity: str = ""
    others: Sequence[str] = ()
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    adds: bool = False


class Accounts:
    """Writes the accounts of rows whose keys are known."""

    def __init__(self, mentions: Mentions, no_ties: Collection[frozenset[Entity]] = ()) -> None:
        """Take what tells of single rows, and between which things people say there is no tie."""
        self._mentions, self._rows, self._no_ties = mentions, mentions.rows, no_ties

    def account(self, source: Record, keys: RowKeys) -> Account:
        """Return what a row tells, or states where it is of a register."""
        if source.form == "register":
            return self._statement(source, keys)
        return amended_account(self._telling(source, keys), keys.corrections, self._no_ties, keys.adds)

    def _telling(self, source: Record, keys: RowKeys) -> Account:
        record = named(source, dict(keys.institutions), list(keys.others))
        groups = _groups(source)
        places = self._mentions.places(source)
        contacts = [self._contact(source, tie, keys) for tie in source.ties]
        reporter = self._mentions.reporter(source)
        targets = {
            "institutions": [("organisation", one.id) for one in record.institutions],
            "people": [("person", key) for key in keys.people],
            "agreements": [("agreement", key) for key in keys.agreements],
            "places": [("place", key) for key in places],
            "groups": [("group", one.key) for one in groups],
            "ties": [("contact", contact.key) for contact in contacts],
            "reporter": [("place", reporter)],
            **self._parties(source, keys.institutions),
        }
        return Account(
            key=f"{source.report}/{source.row}",
            record=record,
            reporter=reporter,
            activity=keys.activity,
            own_activity=keys.own_activity,
            participations=with_classes(self._participations(source, record, targets, keys), keys.classes),
            places=tuple(dict.fromkeys(places)),
            contacts=tuple({one.key: one for one in contacts if one.home != one.foreign}.values()),
            agreements=tuple(dict.fromkeys(keys.agreements)),
            groups=groups,
            series=series_key(source.series),
            evidence=_evidence(record, targets),
        )

    def _statement(self, record: Record, keys: RowKeys) -> Account:
        """Return the account of a register's row, which states agreements and tells of no event."""
        key, reporter = f"{record.report}/{record.row}", self._mentions.reporter(record)
        targets = {
            "agreements": [("agreement", one) for one in keys.agreements],
            "parties": [("place", self._mentions.municipality(record, name)) for name in record.parties],
            "reporter": [("place", reporter)],
            **self._parties(record, keys.institutions),
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
            agreements=tuple(dict.fromkeys(keys.agreements)),
            groups=(),
            series="",
            evidence=_evidence(record, targets),
        )

    def _parties(self, source: Record, ids: Mapping[str, str]) -> dict[str, list[Entity]]:
        """Return the parties of each agreement of a row, by the pointer to them."""
        return {
            f"agreements/{number}/parties": [self._mentions.party(source, name, ids) for name in one.parties]
            for number, one in enumerate(source.agreements)
        }

    def _participations(
        self, source: Record, record: Record, targets: dict[str, list[Entity]], keys: RowKeys
    ) -> tuple[Participation, ...]:
        roles: dict[Entity, list[str]] = defaultdict(list)
        for one in record.institutions:
            roles["organisation", one.id].append(one.role)
        for agent in (*targets["people"], *targets["groups"]):
            roles[agent].append("participant")
        parties = {name for one in source.agreements for name in one.parties}
        for name in named_parties(source):
            agent = self._mentions.party(source, name, keys.institutions)
            roles[agent].append("party" if name in parties else "participant")
        return tuple(Participation(agent, strongest(given)) for agent, given in sorted(roles.items()))

    def _contact(self, record: Record, tie: list[str], keys: RowKeys) -> Contact:
        home = self._rows.home(record).country
        left, right = tie
        if self._rows.country(record, right) == home != self._rows.country(record, left):
            left, right = right, left
        a, b = (self._mentions.party(record, name, keys.institutions) for name in (left, right))
        return Contact(contact_key(keys.activity, a[1], b[1]), a, b)


def _groups(record: Record) -> tuple[GroupEntity, ...]:
    """Return the groups of a row; what is named twice is one group."""
    places = {(one.name, one.country): number for number, one in reversed([*enumerate(record.groups, 1)])}
    return tuple(
        GroupEntity(f"{record.report}/{record.row}/{places[one.name, one.country]}", one.name, one.country)
        for one in record.groups
    )


def _evidence(record: Record, targets: Mapping[str, list[Entity]]) -> tuple[tuple[Evidence, Entity], ...]:
    return tuple((one, _named(one, targets)) for one in record.evidence)


def _named(evidence: Evidence, targets: Mapping[str, list[Entity]]) -> Entity:
    """Return the entity that a JSON pointer into the record names, ("", "") for a value that is none.

    Parties are a mapping in the record; evidence points to them by their position in it.
    """
    name, index = _place(evidence.value)
    listed = targets.get(name, [])
    return listed[index] if index < len(listed) else ("", "")


@cache
def _place(pointer: str) -> tuple[str, int]:
    """Return the field to which a pointer leads, and the position in it, 0 where it tells none.

    A party of an agreement is in a list of its own: ("agreements/0/parties", 1).
    """
    name, *position = pointer.strip("/").split("/")
    if len(position) == len(_OF_PARTY):
        return "/".join((name, *position[:2])), int(position[2])
    return name, int(position[0]) if position and position[0].isdigit() else 0
