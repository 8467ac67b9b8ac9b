"""The identities that were left for a person to decide, with names, and the reports that they touch."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pobratim.entities import Account, Resolution, Undecided


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two one? ``kind`` is organisation, place, activity or agreement, ``reason`` a code of messages."""

    kind: str
    left: str
    right: str
    score: float
    reason: str
    reports: tuple[str, ...]


def questions(resolution: Resolution) -> list[Question]:
    """Return what the resolution left undecided, the most alike first."""
    names = _names(resolution)
    touched: dict[tuple[str, str], dict[str, None]] = {}
    for account in resolution.accounts:
        for entity in _entities(account):
            touched.setdefault(entity, {})[account.record.report] = None
    found = [_question(item, names, touched) for item in resolution.undecided]
    return sorted(found, key=lambda one: (one.kind, -one.score, one.left, one.right))


def by_report(asked: Iterable[Question]) -> Counter[str]:
    """Return how many questions touch a report, by its slug."""
    return Counter(report for one in asked for report in one.reports)


def _question(
    item: Undecided, names: dict[tuple[str, str], str], touched: dict[tuple[str, str], dict[str, None]]
) -> Question:
    sides = [(item.kind, item.left), (item.kind, item.right)]
    reports = tuple(sorted({report for side in sides for report in touched.get(side, ())}))
    left, right = (names.get(side, side[1]) for side in sides)
    return Question(item.kind, left, right, item.score, item.reason, reports)


def _names(resolution: Resolution) -> dict[tuple[str, str], str]:
    names = {("organisation", one.key): one.names[0] for one in resolution.organisations}
    names |= {("place", one.key): one.names[0] for one in resolution.places}
    names |= {("activity", one.own_activity): one.record.title for one in resolution.accounts}
    return names


def _entities(account: Account) -> Iterator[tuple[str, str]]:
    yield from (("activity", key) for key in {account.activity: None, account.own_activity: None} if key)
    yield from (("agreement", key) for key in account.agreements)
    yield from (("place", key) for key in {account.reporter: None, **dict.fromkeys(account.places)} if key)
    yield from (one.agent for one in account.participations)
    yield from (side for contact in account.contacts for side in (contact.home, contact.foreign))
    yield from (about for _, about in account.evidence if about[1])
