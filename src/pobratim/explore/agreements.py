"""Agreements as the screens show them: parties, status, term, and how that stands on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of

ENDS = "COALESCE(valid_until, expires)"
"""The last day on which an agreement may hold, as SQL."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement: ours first among its parties. ``date`` is as told, of its signing or of the plan, in EDTF.

    ``end`` is the last day of that time, as an ISO date, "" without one. ``valid`` is the told span (EDTF), ``expires``
    the day reckoned from a told length, ``until`` the last day of either ("" where nothing is told).
    ``is_overdue``: planned for a time that had passed by the reference day without word of its signing; ``has_ended``:
    its last day had passed. ``rows`` are the report rows that tell of it.
    """

    number: int
    iri: str
    kind: Label
    status: Label
    date: str
    end: str
    precision: str
    subject: str
    told_number: str
    term: Label | None
    is_prolonged: bool
    valid: str
    expires: str
    until: str
    parties: tuple[Party, ...]
    countries: tuple[Label, ...]
    signed_at: str
    rows: tuple[str, ...]
    is_overdue: bool
    has_ended: bool


def party_agreements(index: Index, party: Party) -> int:
    """Return the agreements of a party as a set; of a town, region or country also those of its institutions."""
    return index.numbers("SELECT agreement FROM agreement_of WHERE party = ?", party.number)


def agreements_at(index: Index, numbers: Sequence[int], day: str) -> tuple[Agreement, ...]:
    """Return agreements by their numbers, in their order, judged by a day."""
    rows = {row["id"]: row for row in index.among("SELECT * FROM agreement WHERE id IN ({})", numbers)}
    sides = _grouped(index, "SELECT agreement, party FROM agreement_party WHERE agreement IN ({})", numbers)
    told = _grouped(
        index,
        """SELECT agreement, account.iri FROM agreement_account JOIN account ON account.id = account
        WHERE agreement IN ({}) ORDER BY account.id""",
        numbers,
    )
    parties = parties_of(index, [party for each in sides.values() for party in each])
    signed = {row["id"]: row["iri"] for row in index.among("SELECT id, iri FROM event WHERE id IN ({})", _events(rows))}
    return tuple(
        _agreement(
            index,
            rows[number],
            _ours_first(index, [parties[each] for each in sides.get(number, ())]),
            told.get(number, ()),
            (day, signed),
        )
        for number in numbers
    )


def _events(rows: Mapping[int, Row]) -> list[int]:
    return [row["signed_at"] for row in rows.values() if row["signed_at"]]


def _grouped(index: Index, sql: str, numbers: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in index.among(sql, numbers):
        found.setdefault(key, []).append(value)
    return found


def _agreement(
    index: Index, row: Row, parties: Sequence[Party], rows: Sequence[str], at: tuple[str, Mapping[int, str]]
) -> Agreement:
    day, signed = at
    until = row["valid_until"] or row["expires"] or ""
    lands = dict.fromkeys(party.country for party in parties if party.country)
    return Agreement(
        number=row["id"],
        iri=row["iri"],
        kind=index.label("agreement-kind", row["kind"]),
        status=index.label("status", row["status"]),
        date=row["date"] or "",
        end=row["end"] or "",
        precision=row["precision"] or "",
        subject=row["subject"] or "",
        told_number=row["number"] or "",
        term=index.label("term", row["term"]) if row["term"] else None,
        is_prolonged=bool(row["prolonged"]),
        valid=row["valid"] or "",
        expires=row["expires"] or "",
        until=until,
        parties=tuple(parties),
        countries=tuple(lands),
        signed_at=signed.get(row["signed_at"], ""),
        rows=tuple(rows),
        is_overdue=row["status"] == "planned" and bool(row["end"] and day and row["end"] < day),
        has_ended=bool(until and day and until < day),
    )


def _ours_first(index: Index, parties: Sequence[Party]) -> list[Party]:
    """Return ours, then those of our country, then the others."""

    def key(party: Party) -> tuple[object, ...]:
        is_foreign = party.country is None or party.country.code != index.home.country
        return not party.is_ours, is_foreign, party.name, party.ref

    return sorted(parties, key=key)
