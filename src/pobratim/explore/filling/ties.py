"""Ties, what they rest on, and whom ties, events and agreements concern."""

from collections.abc import Mapping

from pobratim.compare.comparison import Line, TableOf, lines, listed
from pobratim.explore.filling.events import Numbers, day, year_of
from pobratim.explore.filling.parties import Execute

CONCERNED = """
INSERT OR IGNORE INTO tie_of SELECT a, id FROM tie UNION SELECT b, id FROM tie;
INSERT OR IGNORE INTO agreement_of SELECT party, agreement FROM agreement_party;
INSERT OR IGNORE INTO event_of
  SELECT party, event FROM event_party UNION SELECT party, event FROM event_place
  UNION SELECT reporter, event FROM account WHERE event NOT NULL AND reporter NOT NULL
  UNION SELECT party.id, event FROM event_country JOIN party ON party.ref = 'country:' || lower(event_country.country);
"""
"""Whom a thing names itself; ``WIDER`` adds the town, region and country of each."""
WIDER = """
INSERT OR IGNORE INTO {of} SELECT party.town, {of}.{thing} FROM {of} JOIN party ON party.id = {of}.party
  WHERE party.town NOT NULL;
INSERT OR IGNORE INTO {of} SELECT area.id, {of}.{thing} FROM {of} JOIN party ON party.id = {of}.party
  JOIN party AS area ON area.ref = 'region:' || lower(party.region) WHERE party.kind IN ('place', 'institution');
INSERT OR IGNORE INTO {of} SELECT area.id, {of}.{thing} FROM {of} JOIN party ON party.id = {of}.party
  JOIN party AS area ON area.ref = 'country:' || lower(party.country) WHERE party.kind <> 'country';
"""
COUNTED = """
INSERT INTO tie_year
  SELECT tie, COALESCE(year, 0), COUNT(DISTINCT event) FROM ground WHERE event NOT NULL GROUP BY 1, 2;
INSERT OR IGNORE INTO tie_reporter
  SELECT tie, party FROM ground_reporter JOIN ground ON ground.id = ground_reporter.ground;
INSERT OR IGNORE INTO tie_report
  SELECT tie, report FROM ground_report JOIN ground ON ground.id = ground_report.ground;
UPDATE party SET events = (SELECT COUNT(*) FROM event_of WHERE event_of.party = party.id),
  ties = (SELECT COUNT(*) FROM tie WHERE a = party.id) + (SELECT COUNT(*) FROM tie WHERE b = party.id);
"""


def fill(table_of: TableOf, numbers: Mapping[str, Numbers], execute: Execute) -> dict[str, int]:
    """Write the ties with their grounds and return their numbers by IRI, the strongest first."""
    parties = numbers["party"]
    rows = sorted((one for one in lines(table_of("ties")) if _is_known(one, parties)), key=_strength)
    found = {str(one["id"]): number for number, one in enumerate(rows, 1)}
    grounds, slots = _numbered(table_of, found)
    execute(
        f"INSERT INTO tie VALUES ({','.join('?' * 13)})",
        (
            (
                found[str(one["id"])], one["id"], one["level"], one["kind"], parties[str(one["a"])],
                parties[str(one["b"])], day(one, "start"), day(one, "end"), one["date"], one["events"] or 0,
                one["agreements"] or 0, one["sides"] or 0, slots[found[str(one["id"])]],
            )
            for one in rows
        ),
    )  # fmt: skip
    execute(
        "INSERT INTO tie_topic VALUES (?, ?)",
        ((found[str(one["id"])], topic) for one in rows for topic in listed(one["topics"])),
    )
    _fill_grounds(grounds, {**numbers, "tie": found}, execute)
    return found


def _is_known(one: Line, parties: Numbers) -> bool:
    return str(one["a"]) in parties and str(one["b"]) in parties


def _strength(one: Line) -> tuple[object, ...]:
    """Order ties: most events, then most agreements, then the latest; names decide what is left."""
    latest = (-int(day(one, "end").replace("-", "")) if day(one, "end") else 0,)  # type: ignore[union-attr]
    return -int(str(one["events"] or 0)), -int(str(one["agreements"] or 0)), *latest, *_names(one), str(one["id"])


def _names(one: Line) -> tuple[str, str]:
    return str(one["a_name"] or one["a"]), str(one["b_name"] or one["b"])


def _numbered(table_of: TableOf, ties: Numbers) -> tuple[dict[int, Line], dict[int, int]]:
    """Return the grounds by number, and the number behind those of each tie by its own."""
    by_tie: dict[int, list[Line]] = {number: [] for number in ties.values()}
    for one in lines(table_of("grounds")):
        if str(one["tie"]) in ties:
            by_tie[ties[str(one["tie"])]].append(one)
    found: dict[int, Line] = {}
    slots, number = {}, 0
    for tie, grounds in by_tie.items():
        for one in sorted(grounds, key=lambda one: (day(one, "end") or "", str(one["ground"]))):
            found[number := number + 1] = one
        slots[tie] = number = number + 1
    return found, slots


def _fill_grounds(grounds: Mapping[int, Line], numbers: Mapping[str, Numbers], execute: Execute) -> None:
    execute(
        "INSERT INTO ground VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number, numbers["tie"][str(one["tie"])], numbers["event"].get(str(one["ground"])),
                numbers["agreement"].get(str(one["ground"])), day(one, "start"), day(one, "end"), one["date"],
                year_of(one),
            )
            for number, one in grounds.items()
        ),
    )  # fmt: skip
    for table, column, kind in (
        ("ground_reporter", "reporters", "party"),
        ("ground_report", "reports", "report"),
    ):
        known = numbers[kind]
        execute(
            f"INSERT INTO {table} VALUES (?, ?)",
            ((number, known[iri]) for number, one in grounds.items() for iri in listed(one[column]) if iri in known),
        )
