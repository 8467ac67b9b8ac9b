"""What people set right is laid over what the reports tell: over single values of things, over what a row adds."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pobratim.entities import Account, ActivityEntity, AgreementEntity, Contact, Correction, Participation
from pobratim.record import Evidence
from pobratim.resolve.edtf import first_day, last_day
from pobratim.resolve.fields import FIELDS, Thing, things
from pobratim.resolve.keys import contact_key

Values = list[str]
Amend = Callable[[Account, Values, Values], Account]
Entity = TypeVar("Entity", bound=Any)


def set_fields(corrections: Iterable[Correction]) -> dict[str, str]:
    """Return the values that are set, by field."""
    return {one.field: one.value for one in corrections if one.sign == "="}


def many(corrections: Iterable[Correction], field: str) -> tuple[Values, Values]:
    """Return the values of a field that are taken away and those that are added."""
    given = [one for one in corrections if one.field == field]
    return [one.value for one in given if one.sign == "-="], [one.value for one in given if one.sign == "+="]


def of_side(whole: Entity, side: Entity | None) -> Entity:
    """Return a thing with the name and facts of the ``side`` that people chose (None for none), and all its names."""
    if side is None:
        return whole
    found: Entity = replace(side, key=whole.key, names=tuple(dict.fromkeys([*side.names, *whole.names])))
    return found


def amended_activity(one: ActivityEntity, corrections: tuple[Correction, ...]) -> ActivityEntity:
    """Return an event with the name, kind, dates and mode that people gave it."""
    given = set_fields(corrections)
    start, end = _span(one.start, one.end, given)
    return replace(
        one,
        title=given.get("name", one.title),
        kind=given.get("kind", one.kind),
        start=start,
        end=end,
        mode=given.get("mode", one.mode),
        corrections=corrections,
    )


def _span(start: str, end: str, given: Mapping[str, str]) -> tuple[str, str]:
    """Return first and last date; of an event of one date, or one that would end before it began, both are set."""
    if not given.keys() & {"start", "end"}:
        return start, end
    now = given.get("start", start), given.get("end", end)
    first, last = first_day(now[0]), last_day(now[1])
    if len(given.keys() & {"start", "end"}) == 1 and (start == end or not first or not last or first > last):
        return (now[0], now[0]) if "start" in given else (now[1], now[1])
    return now


def amended_agreement(one: AgreementEntity, corrections: tuple[Correction, ...]) -> AgreementEntity:
    """Return an agreement with the facts and parties that people gave it; the key stays.

    An end that was reckoned counts only while its date and term are as they were told.
    """
    given, (gone, more) = set_fields(corrections), many(corrections, "party")
    parties = [party for party in one.parties if ":".join(party) not in gone]
    parties += [party for value in more for party in things(value)]
    return replace(
        one,
        kind=given.get("kind", one.kind),
        status=given.get("status", one.status),
        date=given.get("date", one.date),
        end=given.get("end", one.end),
        term=given.get("term", one.term),
        number=given.get("number", one.number),
        expires="" if given.keys() & {"date", "end", "term"} else one.expires,
        parties=tuple(sorted(set(parties), key=lambda party: (party[1], party[0]))),
        corrections=corrections,
    )


# What a row adds to its event


def amended_account(
    account: Account, corrections: Sequence[Correction], no_ties: Collection[frozenset[Thing]], adds: bool
) -> Account:
    """Return what a row tells without what is corrected away of its event, and where it ``adds`` with what is missing.

    Contacts of ``no_ties`` (pairs of things) are none. Mentions go with the values that were read in them.
    """
    account = _without_contacts(account, lambda one: frozenset((one.home, one.foreign)) in no_ties)
    if not corrections:
        return account
    account = replace(account, evidence=tuple(_left(account, corrections)))
    for field, amend in _AMENDS.items():
        gone, more = many(corrections, field)
        account = amend(account, gone, more if adds else [])
    given = set_fields(corrections)
    return replace(account, series=given["series"] if adds else "") if "series" in given else account


def _left(account: Account, corrections: Iterable[Correction]) -> Iterable[tuple[Evidence, Thing]]:
    """Yield the evidence but that of values which people set otherwise."""
    fields = FIELDS["activity"]
    changed = {
        fields[name].record
        for name, value in set_fields(corrections).items()
        if name in fields and value != _told(account, name)
    }
    if changed & {"start", "end"} and account.record.start == account.record.end:
        changed |= {"start", "end"}
    return ((one, about) for one, about in account.evidence if one.value.split("/")[1] not in changed)


def _told(account: Account, field: str) -> str:
    """Return the value that a row itself gives to a field that has one."""
    told = account.series if field == "series" else getattr(account.record, field)
    return told if isinstance(told, str) else next(iter(told), "")


def _places(account: Account, gone: Values, more: Values) -> Account:
    evidence = tuple(
        (one, about) for one, about in account.evidence if not (one.value.startswith("/places/") and about[1] in gone)
    )
    return replace(account, places=_changed(account.places, gone, more), evidence=evidence)


def _listed(name: str) -> Amend:
    """Return what amends a list of the record; evidence points to where its values stand then."""

    def amend(account: Account, gone: Values, more: Values) -> Account:
        told = getattr(account.record, name)
        now = list(_changed(told, gone, more))
        places = {f"/{name}/{at}": f"/{name}/{now.index(value)}" for at, value in enumerate(told) if value in now}
        evidence = tuple(
            (replace(one, value=places.get(one.value, one.value)), about)
            for one, about in account.evidence
            if one.value in places or not one.value.startswith(f"/{name}/")
        )
        given: dict[str, Any] = {name: now}
        return replace(account, record=replace(account.record, **given), evidence=evidence)

    return amend


def _participants(account: Account, gone: Values, more: Values) -> Account:
    """Take away who did not take part, in any role, with the contacts there; add who did."""
    away = {thing for value in gone for thing in things(value)}
    account = _without_contacts(account, lambda one: bool({one.home, one.foreign} & away))
    stay = [one for one in account.participations if one.agent not in away]
    come = [Participation(thing, value.split()[-1]) for value in more for thing in things(value)]
    return replace(
        account,
        participations=tuple(sorted({*stay, *come}, key=lambda one: (one.agent, one.role))),
        evidence=tuple((one, about) for one, about in account.evidence if about not in away),
    )


def _ties(account: Account, gone: Values, more: Values) -> Account:
    away = {frozenset(things(value)) for value in gone}
    account = _without_contacts(account, lambda one: frozenset((one.home, one.foreign)) in away)
    there = {frozenset((one.home, one.foreign)) for one in account.contacts}
    come = [
        Contact(contact_key(account.activity, home[1], foreign[1]), home, foreign)
        for home, foreign in map(things, more)
        if home != foreign and frozenset((home, foreign)) not in there
    ]
    return replace(account, contacts=(*account.contacts, *come))


_AMENDS: Mapping[str, Amend] = {
    "place": _places,
    "country": _listed("countries"),
    "topic": _listed("topics"),
    "participant": _participants,
    "tie": _ties,
}
"""How a field of many values is amended in a row, what goes before what comes."""


def _changed(told: Iterable[str], gone: Values, more: Values) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(one for one in told if one not in gone), *more]))


def _without_contacts(account: Account, is_none: Callable[[Contact], bool]) -> Account:
    stay = tuple(one for one in account.contacts if not is_none(one))
    away = {("contact", one.key) for one in account.contacts} - {("contact", one.key) for one in stay}
    if not away:
        return account
    evidence = tuple((one, about) for one, about in account.evidence if about not in away)
    return replace(account, contacts=stay, evidence=evidence)
