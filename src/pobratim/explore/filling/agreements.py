"""Agreements: who made them, in which rows they stand, and at which events they were signed or kept."""

from collections.abc import Mapping

from pobratim.compare.comparison import Line, TableOf, lines, listed
from pobratim.explore.filling.events import Numbers, day, folded, year_of
from pobratim.explore.filling.parties import Execute
from pobratim.rdf.edtf import bounds


def fill(table_of: TableOf, numbers: Mapping[str, Numbers], execute: Execute) -> dict[str, int]:
    """Write the agreements and return their numbers by IRI, those without a day first, then by their first day."""
    rows = sorted(lines(table_of("agreements")), key=lambda one: (day(one, "start") or "", str(one["id"])))
    found = {str(one["id"]): number for number, one in enumerate(rows, 1)}
    execute(
        f"INSERT INTO agreement VALUES ({','.join('?' * 18)})",
        (_agreement(found[str(one["id"])], one, numbers["event"]) for one in rows),
    )
    parties = numbers["party"]
    execute(
        "INSERT OR IGNORE INTO agreement_party VALUES (?, ?)",
        ((found[str(one["id"])], parties[iri]) for one in rows for iri in listed(one["parties"]) if iri in parties),
    )
    accounts = {iri.partition("/id/entry/")[2]: number for iri, number in numbers["account"].items()}
    execute(
        "INSERT OR IGNORE INTO agreement_account VALUES (?, ?)",
        ((found[str(one["id"])], accounts[row]) for one in rows for row in listed(one["rows"]) if row in accounts),
    )
    _fill_events(table_of, found, numbers["event"], execute)
    return found


def _fill_events(table_of: TableOf, found: Numbers, events: Numbers, execute: Execute) -> None:
    held = {
        (events[str(one["id"])], found[iri])
        for one in lines(table_of("events"))
        for iri in listed(one["agreements"])
        if iri in found
    }
    held |= {
        (events[str(one["signed_at"])], found[str(one["id"])])
        for one in lines(table_of("agreements"))
        if str(one["signed_at"]) in events
    }
    execute("INSERT INTO event_agreement VALUES (?, ?)", sorted(held))


def _agreement(number: int, one: Line, events: Numbers) -> tuple[object, ...]:
    when = (day(one, "start"), day(one, "end"), one["date"], one["precision"], year_of(one))
    what = (one["number"], one["subject"], folded(one["subject"], one["number"], one["kind_ru"], one["party_names"]))
    term = (one["term"], int(bool(one["prolonged"])), day(one, "expires"), one["valid"], _until(one))
    return number, one["id"], one["kind"], one["status"], *when, *what, *term, events.get(str(one["signed_at"]))


def _until(one: Line) -> str | None:
    """Return the last day on which a told end may lie: of "2023/2027" that is 2027-12-31."""
    _, _, end = str(one["valid"] or "").partition("/")
    try:
        return str(bounds(end)[1]) if end else None
    except ValueError:  # an open or uncertain end of EDTF
        return None
