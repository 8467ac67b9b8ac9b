"""Events of a selection, a party, a tie; once each with all who tell of them."""

from pobratim.explore import Index, Selection
from pobratim.explore.between import rested_on
from pobratim.explore.events import events_at, party_events, selected_events
from pobratim.explore.parties import party_of
from pobratim.explore.ties import selected_ties, ties_of


def test_events_of_the_showpiece(index: Index) -> None:
    town = party_of(index, "ru-smolensk")
    assert town is not None
    [tie] = [tie for tie in ties_of(index, town).rows if tie.right.ref == "by-vitebsk"]
    events = selected_events(index, Selection(), within=rested_on(index, "event", [tie.number]))
    assert events.found == events.total == len(events.rows) == tie.events
    assert all(account.reporter is not None for event in events.rows for account in event.accounts)
    assert all(event.accounts and event.participants for event in events.rows)
    assert {account.row for event in events.rows for account in event.accounts} >= {9}


def test_the_newest_stand_first_and_the_undated_last(several: Index) -> None:
    starts = [event.start for event in selected_events(several, Selection(), limit=1000).rows]
    assert starts == sorted(starts, reverse=True) and len(starts) == several.sizes["event"]


def test_every_event_of_a_party_names_it_or_something_of_it(several: Index) -> None:
    country = party_of(several, "country:by")
    assert country is not None
    events = selected_events(several, Selection(), limit=1000, within=party_events(several, country))
    assert events.found == country.events > 0
    for event in events.rows:
        parties = [*(each.party for each in event.participants), *event.places]
        codes = {each.code for each in event.countries} | {each.country.code for each in parties if each.country}
        assert "BY" in codes


def test_persons_have_the_class_of_their_part(several: Index) -> None:
    parts = [each for event in selected_events(several, Selection(), limit=1000).rows for each in event.participants]
    persons = [each for each in parts if each.party.kind == "person"]
    assert persons and {each.person_class.code for each in persons if each.person_class} <= {
        "office",
        "head",
        "private",
    }
    assert all(each.person_class is not None for each in persons)


def test_a_report_loaded_twice_gives_each_event_once_with_twice_its_rows(index: Index, doubled: Index) -> None:
    one = selected_events(index, Selection(), limit=1000).rows
    other = selected_events(doubled, Selection(), limit=1000).rows
    assert [event.iri for event in one] == [event.iri for event in other]
    assert [2 * len(event.accounts) for event in one] == [len(event.accounts) for event in other]
    assert [len(event.participants) for event in one] == [len(event.participants) for event in other]


def test_events_come_in_the_order_asked_for(several: Index) -> None:
    assert [event.number for event in events_at(several, [3, 1, 2])] == [3, 1, 2]
    assert rested_on(several, "event", [selected_ties(several, Selection(), limit=1).rows[0].number]).bit_count() > 0
