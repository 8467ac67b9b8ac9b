"""What the reports tell: the reports, their rows, the events and who took part."""

from collections.abc import Iterator, Mapping

from pobratim.compare.comparison import Line, TableOf, lines, listed
from pobratim.explore.filling.parties import Execute
from pobratim.text.folding import folded_words

Numbers = Mapping[str, int]


def fill_reports(table_of: TableOf, parties: Numbers, execute: Execute) -> dict[str, int]:
    """Write the reports and return their numbers by IRI, the earliest period first."""
    rows = sorted(lines(table_of("reports")), key=lambda one: (day(one, "period_start") or "", str(one["id"])))
    numbers = {str(one["id"]): number for number, one in enumerate(rows, 1)}
    days = ("period_start", "period_end", "issued")
    execute(
        f"INSERT INTO report VALUES ({','.join('?' * 13)})",
        (
            (
                number, one["id"], one["title"], one["file"], *(day(one, each) for each in days), one["publisher"],
                one["country"], one["region"], day(one, "events_start"), day(one, "events_end"), one["rows"],
            )
            for number, one in enumerate(rows, 1)
        ),
    )  # fmt: skip
    execute("INSERT OR IGNORE INTO report_reporter VALUES (?, ?)", _pairs(rows, numbers, "reporter_ids", parties))
    return numbers


def fill_events(table_of: TableOf, parties: Numbers, execute: Execute) -> dict[str, int]:
    """Write the events and return their numbers by IRI, those without a day first, then by their first day."""
    rows = sorted(lines(table_of("events")), key=lambda one: (day(one, "start") or "", str(one["id"])))
    numbers = {str(one["id"]): number for number, one in enumerate(rows, 1)}
    execute(f"INSERT INTO event VALUES ({','.join('?' * 13)})", (_event(numbers[str(one["id"])], one) for one in rows))
    for column, table in (("topics", "event_topic"), ("countries", "event_country")):
        execute(
            f"INSERT OR IGNORE INTO {table} VALUES (?, ?)",
            ((numbers[str(one["id"])], code) for one in rows for code in sorted(listed(one[column]))),
        )
    execute("INSERT OR IGNORE INTO event_place VALUES (?, ?)", _pairs(rows, numbers, "places", parties))
    execute(
        "INSERT OR IGNORE INTO event_party VALUES (?, ?, ?, ?)",
        (
            (numbers[str(one["event"])], parties[str(one["agent"])], one["role"], one["person_class"])
            for one in lines(table_of("participations"))
            if str(one["event"]) in numbers and str(one["agent"]) in parties
        ),
    )
    return numbers


def fill_accounts(table_of: TableOf, numbers: Mapping[str, Numbers], execute: Execute) -> dict[str, int]:
    """Write the rows of reports and return their numbers by IRI."""
    rows = sorted(
        lines(table_of("accounts")), key=lambda one: (str(one["report"]), int(str(one["row"])), str(one["id"]))
    )
    found = {str(one["id"]): number for number, one in enumerate(rows, 1)}
    execute(
        "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number, one["id"], numbers["report"].get(str(one["report"])), one["row"],
                numbers["party"].get(str(one["reporter_id"])), numbers["event"].get(str(one["event"])),
                one["text_name"], day(one, "start"), day(one, "end"), one["date"],
            )
            for number, one in enumerate(rows, 1)
        ),
    )  # fmt: skip
    return found


def day(line: Line, column: str) -> str | None:
    """Return a date of a line as text."""
    value = line[column]
    return str(value) if value else None


def year_of(line: Line) -> int | None:
    """Return the year in which something began, None where no date is told."""
    start = day(line, "start")
    return int(start[:4]) if start else None


def folded(*texts: object) -> str:
    """Return texts as they are searched."""
    return " ".join(folded_words(" ".join(str(text) for text in texts if text)))


def _event(number: int, one: Line) -> tuple[object, ...]:
    when = (day(one, "start"), day(one, "end"), one["date"], one["precision"], year_of(one))
    counted = (one["participants"], one["reports"])
    return (
        number, one["id"], one["title"], folded(one["title"], one["series"]), one["kind"], one["mode"], *when, *counted
    )  # fmt: skip


def _pairs(rows: list[Line], numbers: Numbers, column: str, parties: Numbers) -> Iterator[tuple[int, int]]:
    for one in rows:
        for iri in sorted(listed(one[column])):
            if iri in parties:
                yield numbers[str(one["id"])], parties[iri]
