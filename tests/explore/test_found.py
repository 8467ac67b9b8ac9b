"""What is known of things that a search found."""

from pobratim.explore import Index
from pobratim.explore.found import known
from pobratim.rdf.iris import DEFAULT_BASE

_ID = f"{DEFAULT_BASE}/id/"


def test_parties_events_agreements_and_reports_tell_what_they_are(index: Index) -> None:
    event = index.rows("SELECT * FROM event WHERE date IS NOT NULL LIMIT 1")[0]
    agreement = index.rows("SELECT * FROM agreement LIMIT 1")[0]
    report = index.rows("SELECT * FROM report LIMIT 1")[0]
    wanted = [f"{_ID}place/by-vitebsk", event["iri"], agreement["iri"], report["iri"], f"{_ID}place/nowhere"]
    found = known(index, wanted)
    assert list(found) == wanted[:4]
    town = found[wanted[0]]
    assert town.country is not None and town.country.code == "BY"
    row = index.rows("SELECT ties, events FROM party WHERE ref = 'by-vitebsk'")[0]
    assert (town.ties, town.events) == (row["ties"], row["events"]) and town.ties
    assert found[event["iri"]].date == event["date"]
    kind, status = found[event["iri"]].kind, found[agreement["iri"]].kind
    assert kind is not None and kind.code == event["kind"]
    assert status is not None and status.code == agreement["status"]
    assert found[report["iri"]].rows == report["rows"] > 0


def test_nothing_is_asked_for_nothing(index: Index) -> None:
    assert known(index, []) == {}
