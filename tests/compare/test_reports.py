"""Two reports: what only one tells, what both do, and what they tell otherwise."""

from pobratim.compare.comparison import table_source
from pobratim.compare.reports import compared
from pobratim.store.reader import Reader
from tests.support.model_sample import model
from tests.support.periods_world import Reported, Told, world

REPORT = "https://w3id.org/pobratim/id/report/"


def rows(reader: Reader, one: str, other: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in compared(table_source(reader), REPORT + one, REPORT + other, "en").rows]


def test_events_and_partners_of_one_or_both() -> None:
    reader = world(
        Reported("r1", "SMO", "2023", [Told("A", "A", "old", "2023-01-01"), Told("A", "A", "kept", "2023-02-01")]),
        Reported("r2", "SMO", "2024", [Told("A", "A", "kept", "2024-02-01"), Told("A", "A", "young", "2024-02-02")]),
    )
    found = rows(reader, "r1", "r2")
    assert {(row[0], row[1], row[2]) for row in found if row[0] == "partners"} == {
        ("partners", "only in the first", "A — old"),
        ("partners", "in both", "A — kept"),
        ("partners", "only in the second", "A — young"),
    }
    assert [row[1] for row in found if row[0] == "event"].count("only in the first") == 2
    assert rows(reader, "r2", "r1") != found


def test_an_event_of_both_is_told_otherwise_field_by_field() -> None:
    reader = world(
        Reported("r1", "SMO", "2023", [Told("A", "A", "b", "2023-05-01", event="fair")]),
        Reported("r2", "SMO", "2023", [Told("G", "G", "b", "2023-05-01", event="fair")]),
        Reported("r3", "SMO", "2023", [Told("G", "G", "b", "2023-05", event="fair")]),
    )
    [same] = [row for row in rows(reader, "r1", "r2") if row[0] == "event"]
    assert same[1:6] == ("in both", "fair", None, None, None)
    [other] = [row for row in rows(reader, "r1", "r3") if row[0] == "event"]
    assert (other[1], other[4], other[5]) == ("told otherwise", "2023-05-01", "2023-05")
    assert "EDTF" in str(other[3])


def test_agreements_are_of_the_report_whose_rows_tell_of_them() -> None:
    found = rows(model("sample"), "smolensk-2023-q1", "vitebsk-2023-q1")
    assert {(str(row[2]).partition(":")[0], row[1]) for row in found if row[0] == "agreement"} == {
        ("agreement", "only in the first"),
        ("contract", "only in the second"),
    }
