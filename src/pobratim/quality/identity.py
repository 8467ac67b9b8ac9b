"""The identities that were left for a person to decide, with names, and the reports that they touch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pobratim.entities import Account, Resolution, Undecided

Thing = tuple[str, str]


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
    touched: dict[Thing, dict[str, None]] = {}
    for account in resolution.accounts:
        for thing in things_named(account):
            touched.setdefault(thing, {})[account.record.report] = None
    return asked(
        resolution.undecided, lambda kind, key: names.get((kind, key), key), lambda *thing: touched.get(thing, ())
    )


def asked(
    undecided: Iterable[Undecided], name: Callable[[str, str], str], reports: Callable[[str, str], Iterable[str]]
) -> list[Question]:
    """Return what is undecided, the most alike first; ``name`` and ``reports`` tell those of a type and key."""

    def question(item: Undecided) -> Question:
        sides = [(item.kind, item.left), (item.kind, item.right)]
        # An agreement has no name: it is told by its key.
        left, right = (side[1] if item.kind == "agreement" else name(*side) for side in sides)
        touched = tuple(sorted({report for side in sides for report in reports(*side)}))
        return Question(item.kind, left, right, item.score, item.reason, touched)

    return sorted(map(question, undecided), key=lambda one: (one.kind, -one.score, one.left, one.right))


def by_report(asked: Iterable[Question]) -> Counter[str]:
    """Return how many questions touch a report, by its slug."""
    return Counter(report for one in asked for report in one.reports)


def _names(resolution: Resolution) -> dict[Thing, str]:
    names = {("organisation", one.key): one.names[0] for one in resolution.organisations}
    names |= {("place", one.key): one.names[0] for one in resolution.places}
    names |= {("activity", one.own_activity): one.record.title for one in resolution.accounts}
    return names


def things_named(account: Account) -> Iterator[Thing]:
    """Yield (type, key) of what the graph of a row names, that it may be asked about."""
    yield from (("activity", key) for key in {account.activity: None, account.own_activity: None} if key)
    yield from (("agreement", key) for key in account.agreements)
    yield from (("place", key) for key in {account.reporter: None, **dict.fromkeys(account.places)} if key)
    yield from (one.agent for one in account.participations)
    yield from (side for contact in account.contacts for side in (contact.home, contact.foreign))
    yield from (about for _, about in account.evidence if about[1])
