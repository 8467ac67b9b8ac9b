"""What the graphs of a report are made of, as a digest: where it is the same, so are they, and what shapes say of them.

Names and coordinates of places, organisations and people are of no account here: other graphs tell them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pobratim.entities import Account, ReportEntity, Resolution


class Inputs:
    """The digests of the reports of one resolution."""

    def __init__(self, resolution: Resolution, base: str, edition: str) -> None:
        """Index a resolution; ``edition`` names the program that makes graphs of it, ``base`` begins all IRIs."""
        self._begin = f"{edition} {base}"
        self._accounts: dict[str, list[Account]] = defaultdict(list)
        for account in resolution.accounts:
            self._accounts[account.record.report].append(account)
        self._activities = {item.key: item for item in resolution.activities}
        self._agreements = {item.key: item for item in resolution.agreements}
        self._named = {item.key for item in resolution.people if item.name}
        self._municipal = {item.key for item in resolution.places if item.municipality}

    def of(self, report: ReportEntity) -> str:
        """Return the digest of a report."""
        return digest_of([self._begin, report, *self._parts(self._accounts[report.slug])])

    def _parts(self, accounts: Iterable[Account]) -> Iterator[object]:
        for account in accounts:
            yield account
            # Only one account gives the facts of which there is one; who else tells is what shapes need to know.
            activity = self._activities.get(account.activity)
            if activity is not None:
                yield activity.mode, activity.accounts, activity if activity.canonical == account.key else None
            yield [self._agreements[key] for key in account.agreements]
            yield [key in self._municipal for key in (account.reporter, *account.places)]
            yield [key in self._named for kind, key in _agents(account) if kind == "person"]


def digest_of(parts: Iterable[object]) -> str:
    """Return the SHA-256 of how values are written in Python, which is the same for equal ones."""
    found = hashlib.sha256()
    for part in parts:
        found.update(f"{part!r}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _agents(account: Account) -> Iterator[tuple[str, str]]:
    yield from (item.agent for item in account.participations)
    yield from (about for _, about in account.evidence)
    for contact in account.contacts:
        yield from (contact.home, contact.foreign)
