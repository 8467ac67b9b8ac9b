"""Yearly tables: every event once in the total, quarters, what is not told."""

from pobratim.explore import Index, Selection
from pobratim.explore.parties import Party, party_of
from pobratim.explore.ties import ties_of
from pobratim.explore.yearly import Yearly, yearly_of


def place(index: Index, ref: str) -> Party:
    found = party_of(index, ref)
    assert found is not None
    return found


def smolensk(index: Index, year: int = 2023) -> Yearly:
    return yearly_of(index, place(index, "ru-smolensk"), year)


def test_partners_stand_with_the_events_that_their_ties_have(index: Index) -> None:
    told = smolensk(index)
    found = {line.partner.ref: line.events for line in told.lines if line.partner}
    ties = ties_of(index, told.party, Selection(level=("municipality",))).rows
    there = {tie.right.ref: tie.years[2023] for tie in ties if tie.years.get(2023)}
    assert {ref: events.all for ref, events in found.items()} == there and there["by-vitebsk"] == 3
    assert found["by-vitebsk"].quarters == (3, 0, 0, 0)


def test_the_total_counts_each_event_once(index: Index) -> None:
    told = smolensk(index)
    assert sum(line.events.all for line in told.lines) > told.total.all == 18
    assert told.total.all == sum(told.total.quarters) + told.total.vague


def test_two_reports_of_one_event_count_once(index: Index, doubled: Index) -> None:
    one, two = smolensk(index), smolensk(doubled)
    assert len(doubled.rows("SELECT id FROM account")) == 2 * len(index.rows("SELECT id FROM account"))
    assert one.total == two.total and one.agreements == two.agreements == 1
    assert [(line.country, line.events) for line in one.lines] == [(line.country, line.events) for line in two.lines]


def test_own_country_is_not_abroad(index: Index) -> None:
    codes = {line.country.code for line in smolensk(index).lines if line.country}
    assert "BY" in codes and "RU" not in codes


def test_quarters_without_a_report_of_its_own_are_known(index: Index) -> None:
    assert smolensk(index).covered == (1,)
    assert smolensk(index, 2025).covered == () and smolensk(index, 2025).lines == ()
    assert yearly_of(index, place(index, "by-vitebsk"), 2023).covered == ()


def test_years_are_those_of_which_something_is_told(index: Index) -> None:
    assert 2023 in smolensk(index).years and 2025 not in smolensk(index).years
