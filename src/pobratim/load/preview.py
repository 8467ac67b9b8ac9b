"""What lines of the ledger would change: all things with and without them, field by field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pobratim.entities import Account, Resolution

Thing = tuple[str, str]
Facts = Mapping[str, str]
Kind = Literal["gone", "new", "changed"]

_SINGLE: Mapping[str, Mapping[str, str]] = {
    "organisation": {"kind": "kind", "place": "place", "country": "country", "number": "number"},
    "place": {"kind": "kind", "country": "country"},
    "activity": {"title": "name", "kind": "kind", "start": "start", "end": "end", "mode": "mode"},
    "agreement": {
        "kind": "kind",
        "status": "status",
        "date": "date",
        "end": "end",
        "term": "term",
        "number": "number",
    },
    "person": {"name": "name", "post": "post", "organisation": "office"},
    "series": {"name": "name"},
}
"""Type → attribute → the field under which people know it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that goes, comes or changes: ``into`` is the key under which one that goes is known then, "" for none.

    ``fields`` are (field, before, after) of one that changes.
    """

    change: Kind
    kind: str
    key: str
    name: str
    into: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(before: Resolution, after: Resolution) -> list[Difference]:
    """Return what differs between two resolutions of the same reports, what goes first, then by type and key."""
    old, new = _facts(before), _facts(after)
    heirs = {(kind, former): stays for kind, former, stays in after.replaced}
    heirs |= {("activity", one.own_activity): one.activity for one in after.accounts if one.own_activity}
    found = [Difference("gone", *thing, _name(old, thing), heirs.get(thing, "")) for thing in sorted(old.keys() - new)]
    found += [Difference("new", *thing, _name(new, thing)) for thing in sorted(new.keys() - old)]
    for thing in sorted(old.keys() & new):
        changed = tuple(_changed(old[thing], new[thing]))
        if changed:
            found.append(Difference("changed", *thing, _name(old, thing), fields=changed))
    return found


def _changed(old: Facts, new: Facts) -> Iterator[tuple[str, str, str]]:
    for field in dict.fromkeys([*old, *new]):
        if old.get(field, "") != new.get(field, ""):
            yield field, old.get(field, ""), new.get(field, "")


def _name(facts: Mapping[Thing, Facts], thing: Thing) -> str:
    return facts[thing].get("name", "") or facts[thing].get("tie", "") or facts[thing].get("party", "")


def _facts(resolution: Resolution) -> dict[Thing, dict[str, str]]:
    """Return the facts of all things by type and key, each field as one text."""
    found: dict[Thing, dict[str, str]] = {}
    for kind, listed in _lists(resolution):
        for one in listed:
            told = {field: getattr(one, name) for name, field in _SINGLE[kind].items()}
            if kind in ("organisation", "place"):
                told["name"] = one.names[0]
            if kind == "agreement":
                told["party"] = _text(map(":".join, one.parties))
            found[kind, one.key] = told
    for key, fields in _told_by_rows(resolution.accounts).items():
        found[key] = found.get(key, {}) | {field: _text(values) for field, values in fields.items()}
    return found


def _lists(resolution: Resolution) -> Iterable[tuple[str, Iterable[Any]]]:
    return (
        ("organisation", resolution.organisations),
        ("place", resolution.places),
        ("activity", resolution.activities),
        ("agreement", resolution.agreements),
        ("person", resolution.people),
        ("series", resolution.series),
    )


def _told_by_rows(accounts: Iterable[Account]) -> dict[Thing, dict[str, set[str]]]:
    """Return what rows add to their events, and their contacts."""
    found: dict[Thing, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for account in accounts:
        if account.activity:
            fields = found["activity", account.activity]
            fields["place"] |= {*account.places}
            fields["topic"] |= {*account.record.topics}
            fields["country"] |= {*account.record.countries}
            fields["series"] |= {account.series} - {""}
            fields["row"] |= {account.key}
            fields["participant"] |= {f"{':'.join(one.agent)} {one.role}" for one in account.participations}
        for one in account.contacts:
            found["contact", one.key]["tie"].add(" – ".join(map(":".join, (one.home, one.foreign))))
    return found


def _text(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
