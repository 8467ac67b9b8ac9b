"""What people took out again: whole reports and rows before resolving, single things behind it.

A row, a report or an activity leaves with all that only it told: its rows are not resolved at all. An organisation, a
place, a person, an agreement or a series leaves alone: rows that name it stay, in their own words, without the link.
So does what people say is no organisation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pobratim.entities import Account, AgreementEntity, Resolution, Undecided
from pobratim.resolve.ledger import LEAVING, Decision

Row = tuple[str, int]
Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """The decisions by (type, key) of what they take out; the later line of two about one thing holds."""

    of: Mapping[Thing, Decision] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.of)

    def of_report(self, slug: str) -> Decision | None:
        """Return the decision that takes a whole report out."""
        return self.of.get(("report", slug))

    def of_row(self, account: Account) -> Decision | None:
        """Return the decision that takes a row out: about its report, itself, or all that it tells of."""
        named = [("report", account.record.report), ("entry", account.key)]
        told = (account.activity, account.own_activity)
        named += [("activity", key) for key in told if key]
        found = next((self.of[one] for one in named if one in self.of), None)
        if found is None and not account.activity and account.agreements:
            # A row of a register is nothing but the agreements that it states.
            stated = [self.of.get(("agreement", key)) for key in account.agreements]
            found = stated[0] if all(stated) else None
        return found


def withdrawals(ledger: Iterable[Decision]) -> Withdrawals:
    """Return what a ledger takes out."""
    return Withdrawals({(one.type, one.left): one for one in ledger if one.verdict in LEAVING})


def rows_taken(resolution: Resolution, taken: Withdrawals) -> dict[Row, Decision]:
    """Return the rows that go, each with the decision that takes it."""
    merged = _under_new_keys(resolution, taken)
    found = {}
    for account in resolution.accounts:
        decision = merged.of_row(account)
        if decision is not None:
            found[account.record.report, account.record.row] = decision
    return found


def things_taken(resolution: Resolution, taken: Withdrawals) -> dict[Thing, Decision]:
    """Return what of a resolution goes by itself, with the former keys of what people had made one."""
    known = {
        *(("organisation", one.key) for one in resolution.organisations),
        *(("place", one.key) for one in resolution.places),
        *(("person", one.key) for one in resolution.people),
        *(("agreement", one.key) for one in resolution.agreements),
        *(("series", one.key) for one in resolution.series),
    }
    merged = _under_new_keys(resolution, taken).of
    gone = {thing: merged[thing] for thing in sorted(known) if thing in merged}
    for kind, former, stays in resolution.replaced:
        if (kind, stays) in gone:
            gone[kind, former] = gone[kind, stays]
    return gone


def without(resolution: Resolution, things: Mapping[Thing, Decision]) -> Resolution:
    """Return a resolution without some things, nothing of which points at them any more."""
    if not things:
        return resolution

    def left(kind: str, key: str) -> str:
        return "" if (kind, key) in things else key

    def stays(kind: str, key: str) -> bool:
        return (kind, key) not in things

    return replace(
        resolution,
        accounts=[_account(one, things) for one in resolution.accounts],
        agreements=[_agreement(one, things) for one in resolution.agreements if stays("agreement", one.key)],
        places=[one for one in resolution.places if stays("place", one.key)],
        organisations=[
            replace(one, place=left("place", one.place))
            for one in resolution.organisations
            if stays("organisation", one.key)
        ],
        people=[
            replace(one, organisation=left("organisation", one.organisation))
            for one in resolution.people
            if stays("person", one.key)
        ],
        series=[one for one in resolution.series if stays("series", one.key)],
        undecided=[one for one in resolution.undecided if _is_open(one, things)],
        replaced=[one for one in resolution.replaced if stays(one[0], one[1]) and stays(one[0], one[2])],
    )


def unmatched(resolution: Resolution, rows: Iterable[Row], taken: Withdrawals) -> list[Thing]:
    """Return what decisions take out although nothing of that name is there; ``rows`` are those of all reports.

    ``resolution`` is that of all reports, nothing taken out.
    """
    present = set(rows)
    known = {("report", report) for report, _ in present} | {("entry", f"{report}/{row}") for report, row in present}
    known |= {("report", one.slug) for one in resolution.reports}
    known |= {("activity", key) for one in resolution.accounts for key in (one.activity, one.own_activity)}
    known |= set(things_taken(resolution, taken))
    return sorted(thing for thing in taken.of if thing not in known)


def _under_new_keys(resolution: Resolution, taken: Withdrawals) -> Withdrawals:
    """Return the decisions under the keys that stay where people made things one."""
    stays = {(kind, former): key for kind, former, key in resolution.replaced}
    return Withdrawals({(kind, stays.get((kind, key), key)): one for (kind, key), one in taken.of.items()})


def _account(account: Account, things: Mapping[Thing, Decision]) -> Account:
    contacts = tuple(one for one in account.contacts if one.home not in things and one.foreign not in things)
    gone = {("contact", one.key) for one in account.contacts if one not in contacts}
    return replace(
        account,
        reporter="" if ("place", account.reporter) in things else account.reporter,
        participations=tuple(one for one in account.participations if one.agent not in things),
        places=tuple(key for key in account.places if ("place", key) not in things),
        contacts=contacts,
        agreements=tuple(key for key in account.agreements if ("agreement", key) not in things),
        series="" if ("series", account.series) in things else account.series,
        evidence=tuple((one, about) for one, about in account.evidence if about not in things and about not in gone),
    )


def _agreement(agreement: AgreementEntity, things: Mapping[Thing, Decision]) -> AgreementEntity:
    return replace(agreement, parties=tuple(party for party in agreement.parties if party not in things))


def _is_open(one: Undecided, things: Mapping[Thing, Decision]) -> bool:
    return (one.kind, one.left) not in things and (one.kind, one.right) not in things
