"""From what all reports tell together to the summary of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pobratim.entities import Account, AgreementEntity, Resolution
from pobratim.rdf import vocabulary
from pobratim.ties.parties import Parties
from pobratim.ties.summary import Basis, Event, Party, Summary, merged

_HELD = frozenset({"signed", "in-force"})
"""Statuses of agreements that make a tie."""


def summaries(resolution: Resolution) -> dict[str, Summary]:
    """Return the summary of each report by its slug."""
    told: dict[str, list[Account]] = defaultdict(list)
    for account in resolution.accounts:
        told[account.record.report].append(account)
    teller = _Teller(resolution)
    return {report.slug: teller.summary(report.home_country, told[report.slug]) for report in resolution.reports}


def told_anew(former: Mapping[str, Summary], resolution: Resolution) -> dict[str, Summary]:
    """Return the summaries that places and organisations which changed make other ones, by report.

    ``resolution`` holds these, with their seats; what the rows of the reports tell is as it was.
    """
    changed = changed_parties(resolution).keys()
    found = {}
    for slug, summary in former.items():
        if changed.isdisjoint(summary.parties):
            continue
        named = {party for basis in summary.bases.values() for party in basis.parties}
        parties = Parties(resolution, summary.parties).known(named)
        if parties != summary.parties:
            found[slug] = replace(summary, parties=parties)
    return found


def changed_parties(resolution: Resolution) -> dict[str, Party]:
    """Return what the places and organisations of a resolution, which holds the seats of these, are as parties."""
    names = [f"place/{one.key}" for one in resolution.places]
    names += [f"organisation/{one.key}" for one in resolution.organisations]
    known = Parties(resolution).known(names)
    return {name: known[name] for name in names}


class _Teller:
    """Makes the summaries of one resolution."""

    def __init__(self, resolution: Resolution) -> None:
        self._activities = {one.key: one for one in resolution.activities}
        self._agreements = {one.key: one for one in resolution.agreements}
        self._parties = Parties(resolution)

    def summary(self, home: str, accounts: Iterable[Account]) -> Summary:
        topics: dict[str, set[str]] = defaultdict(set)
        tellings: dict[str, list[Basis]] = defaultdict(list)
        for account in accounts:
            if account.activity:
                topics[account.activity].update(account.record.topics)
            for name, basis in self._bases(account):
                tellings[name].append(basis)
        bases = {name: merged(told) for name, told in tellings.items()}
        country = vocabulary.country(home)
        return Summary(
            country.value if country is not None else "",
            self._parties.known({party for basis in bases.values() for party in basis.parties}),
            {key: self._event(key, named) for key, named in topics.items()},
            bases,
        )

    def _event(self, key: str, topics: Iterable[str]) -> Event:
        told = self._activities[key]
        dated = (told.start, told.end) if told.start and told.end else ("", "")
        return Event(*dated, told.kind == "project", tuple(sorted(topics)))

    def _bases(self, account: Account) -> Iterator[tuple[str, Basis]]:
        for contact in account.contacts if account.activity else ():
            parties = (_name(contact.home), _name(contact.foreign))
            yield f"contact/{contact.key}", Basis(parties, (account.activity,), False, False, "")
        for key in account.agreements:
            agreement = self._agreements[key]
            if agreement.status in _HELD:
                yield f"agreement/{key}", _paper(agreement, account.activity)


def _paper(agreement: AgreementEntity, activity: str) -> Basis:
    """Return an agreement as a row tells of it: what happens under it is tied to it."""
    cited = activity if agreement.status == "in-force" else ""
    events = tuple(sorted({event for event in (agreement.signed_at, cited) if event}))
    parties = tuple(map(_name, agreement.parties))
    return Basis(parties, events, True, agreement.kind == "twinning", agreement.date)


def _name(entity: tuple[str, str]) -> str:
    return f"{entity[0]}/{entity[1]}"
