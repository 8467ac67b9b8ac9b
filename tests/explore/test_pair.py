"""What two parties did together, and what one party did at all."""

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.between import is_within
from pobratim.explore.concepts import codes_under
from pobratim.explore.dossier import Limits, dossier_of
from pobratim.explore.events import selected_events
from pobratim.explore.pair import pair_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.register import selected_agreements
from pobratim.explore.reports import lines_of, reports_at
from pobratim.explore.tie_steps import tie_grounds, tie_of
from pobratim.explore.ties import selected_ties
from pobratim.rdf.iris import DEFAULT_BASE

V = "by-vitebsk"
REPORT = f"{DEFAULT_BASE}/id/report/smolensk-2023-q1"


def party(index: Index, ref: str) -> Party:
    found = party_of(index, ref)
    assert found is not None, ref
    return found


def test_a_pair_has_its_events_agreements_and_couples_ours_on_the_left(index: Index) -> None:
    pair = pair_of(index, party(index, "by-vitebsk"), party(index, "ru-smolensk"), Selection())
    assert (pair.left.ref, pair.right.ref) == ("ru-smolensk", "by-vitebsk")
    assert [event.date for event in pair.events.rows] == [
        "2023-02-14/2023-03-10",
        "2023-01-27",
        "2023-01-16/2023-01-26",
    ]
    assert (pair.years, pair.undated, pair.last, pair.agreements.found) == ({2023: 3}, 0, "2023-03-10", 1)
    told = [(couple.left.short, couple.right.short, couple.events, couple.agreements) for couple in pair.couples]
    assert told == [("СШ № 8", "Гимназия № 7", 2, 0), ("ДШИ № 8", "ДШИ № 3 «Маладик»", 1, 1)]
    assert (pair.schools, pair.heard, [each.ref for each in pair.reporters]) == (2, (True, False), ["ru-smolensk"])


def test_of_many_events_a_pair_shows_the_newest(several: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    sides = party(several, "region:ru-smo"), party(several, "country:by")
    whole = pair_of(several, *sides, Selection()).events
    monkeypatch.setattr("pobratim.explore.pair.EVENTS", 2)
    newest = pair_of(several, *sides, Selection()).events
    assert newest.rows == whole.rows[:2] and newest.found == whole.found > 2
    starts = [event.start for event in whole.rows]
    assert starts == sorted(starts, reverse=True)


def test_what_was_last_is_what_ended_last(index: Index) -> None:
    """One that begins later may end before; a tie, its pair and its party tell the same day."""
    town = party(index, "by-vitebsk")
    told = dossier_of(index, town, Selection(), Limits())
    assert told.events.rows[0].end < told.last == max(tie.last for tie in told.ties) == "2023-03-10"


def test_a_selection_leaves_out_couples_of_what_it_hides(index: Index) -> None:
    pair = pair_of(index, party(index, "ru-smolensk"), party(index, "by-vitebsk"), Selection(topic=("science",)))
    assert (pair.events.found, pair.events.hidden, pair.agreements.found) == (1, 2, 0)
    assert [(couple.left.short, couple.events) for couple in pair.couples] == [("СШ № 8", 1)]


@pytest.mark.parametrize(
    ("one", "other", "events"),
    [
        ("institution:ru-smolensk-school-8", "by-vitebsk", 2),
        ("region:ru-smo", "country:by", 11),
        ("ru-smolensk", "ru-gagarin", 0),
        ("ru-smolensk", "region:ru-smo", 0),
    ],
)
def test_parties_of_any_kind_make_a_pair(index: Index, one: str, other: str, events: int) -> None:
    pair = pair_of(index, party(index, one), party(index, other), Selection())
    assert (pair.events.found, pair.is_empty) == (events, events == 0)


@pytest.mark.parametrize(
    "given", [Selection(), Selection(topic=("culture",)), Selection(since="2024", mode=("online",))]
)
def test_lists_between_two_parties_hold_what_their_pair_does(several: Index, given: Selection) -> None:
    refs = several.rows(
        "SELECT one.ref, other.ref FROM tie JOIN party AS one ON one.id = a JOIN party AS other ON other.id = b"
    )
    areas = [
        ("region:ru-smo", "country:by"),
        ("institution:ru-smolensk-school-8", "by-vitebsk"),
        ("country:ru", "ru-smolensk"),
    ]
    for one, other in [*map(tuple, refs[::5]), *areas]:
        pair = pair_of(several, party(several, one), party(several, other), given)
        chosen = given.between(other, one)
        assert selected_events(several, chosen).found == pair.events.found, (one, other)
        assert selected_agreements(several, chosen).found == pair.agreements.found, (one, other)
        couples = selected_ties(several, chosen.with_(level="institution"), limit=1000).rows
        told = {frozenset((each.left.ref, each.right.ref)): (each.events, each.agreements) for each in pair.couples}
        assert {frozenset((tie.left.ref, tie.right.ref)): (tie.events, tie.agreements) for tie in couples} == told


def test_a_second_party_alone_is_like_a_first(several: Index) -> None:
    alone = [selected_events(several, chosen).found for chosen in (Selection(place=(V,)), Selection(partner=(V,)))]
    between = selected_events(several, Selection().between("ru-smolensk", V)).found
    assert alone[0] == alone[1] > between > 0


def test_who_is_of_whom(index: Index) -> None:
    school = party(index, "institution:ru-smolensk-school-8")
    assert all(
        is_within(school, party(index, ref)) for ref in ("ru-smolensk", "region:ru-smo", "country:ru", school.ref)
    )
    assert not is_within(party(index, "ru-smolensk"), school)
    assert not is_within(school, party(index, "country:by"))


def test_schools_of_every_sort_are_schools() -> None:
    assert {"school", "art-school", "gymnasium", "boarding-school"} <= codes_under("party-kind", "school")
    assert "museum" not in codes_under("party-kind", "school")


def test_a_dossier_counts_all_and_shows_some(index: Index) -> None:
    town = party(index, "by-vitebsk")
    told = dossier_of(index, town, Selection(), Limits(ties=1, events=2))
    assert [tie.right.ref for tie in told.ties] == ["ru-smolensk"] and told.ties[0].left.ref == "by-vitebsk"
    assert (told.found, told.total, len(told.events.rows), told.events.found, told.first_year) == (2, 2, 2, 5, 2023)
    assert [land.code for land in told.lands] == ["RU"] and not told.is_heard
    assert {member.town for member in told.members} == {"by-vitebsk"}
    assert told.agreements.found == len(told.signed) == 2


def test_an_area_has_the_ties_of_its_towns_on_the_left(index: Index) -> None:
    told = dossier_of(index, party(index, "country:by"), Selection(), Limits())
    assert told.is_area and {tie.left.country.code for tie in told.ties if tie.left.country} == {"BY"}
    assert {tie.level.code for tie in told.ties} == {"municipality"}
    assert "by-vitebsk" in {member.ref for member in told.members}


def test_the_grounds_of_a_tie_are_walked_events_first(index: Index) -> None:
    tie = tie_of(index, f"{DEFAULT_BASE}/id/tie/", "place-by-vitebsk--place-ru-smolensk")
    assert tie is not None
    steps = [tie_grounds(index, [tie.number], at) for at in (1, 3, 4, 9)]
    assert [(step.at, step.total) for step in steps] == [(1, 4), (3, 4), (4, 4), (4, 4)]
    assert [step.ground.date for step in steps if step.ground] == [
        "2023-02-14/2023-03-10",
        "2023-01-16/2023-01-26",
        "2023-01-27",
        "2023-01-27",
    ]
    assert tie_of(index, f"{DEFAULT_BASE}/id/tie/", "nobody--nowhere") is None


def test_reports_are_named_by_whose_they_are_and_when(index: Index, several: Index) -> None:
    [report] = reports_at(index, [REPORT, "urn:nothing"]).values()
    assert report.said("ru") == "Смоленская область, I квартал 2023"
    assert report.said("en") == "Smolensk Oblast, quarter I, 2023"
    iris = [row["iri"] for row in several.rows("SELECT iri FROM report")]
    names = {each.said("ru").rpartition(", ")[2] for each in reports_at(several, iris).values()}
    assert names == {"I квартал 2023", "2025 год", "II квартал 2024"}


def test_a_report_lists_its_rows_in_their_order(index: Index) -> None:
    lines, rows, events = lines_of(index, REPORT, 3)
    assert [line.number for line in lines] == [1, 2, 3] and (rows, events) == (34, 33)
    assert lines[0].title == "Участие в Международном конкурсе-фестивале искусства «Щелкунчик»"
