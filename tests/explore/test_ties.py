"""Ties ranked, ours on the left, with years and dates as told."""

from collections import Counter

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.parties import party_of
from pobratim.explore.ties import SORTS, Sort, selected_ties, ties_of

SMOLENSK, VITEBSK = "ru-smolensk", "by-vitebsk"


def test_the_showpiece_is_told_as_a_person_expects(index: Index) -> None:
    town = party_of(index, SMOLENSK)
    assert town is not None
    [tie] = [tie for tie in ties_of(index, town).rows if tie.right.ref == VITEBSK]
    assert (tie.left.ref, tie.level.code, tie.events, tie.agreements) == (SMOLENSK, "municipality", 3, 1)
    assert (tie.first, tie.last) == ("2023-01-16", "2023-03-10")
    assert (tie.years, tie.undated) == ({2023: 3}, 0)
    assert "образование" in [topic.said("ru") for topic in tie.topics]


def test_the_party_asked_for_is_on_the_left(index: Index) -> None:
    other = party_of(index, VITEBSK)
    assert other is not None
    assert {tie.left.ref for tie in ties_of(index, other).rows} == {VITEBSK}


def test_ours_come_first(several: Index, index: Index) -> None:
    for each in (several, index):
        for tie in selected_ties(each, Selection(), limit=1000).rows:
            assert tie.left.is_ours or not tie.right.is_ours, tie.iri


def test_strong_ties_stand_first_after_ours(several: Index, index: Index) -> None:
    for each in (several, index):
        ties = selected_ties(each, Selection(), limit=1000).rows
        order = [(not (tie.left.is_ours or tie.right.is_ours), -tie.events, -tie.agreements) for tie in ties]
        assert order == sorted(order) and len({first for first, *_ in order}) == 2


def test_the_partner_is_of_another_country_than_most_of_ours(several: Index) -> None:
    for tie in selected_ties(several, Selection(level=("municipality",)), limit=1000).rows:
        lands = [party.country.code for party in (tie.left, tie.right) if party.country]
        assert "RU" not in lands or lands[0] == "RU" or tie.left.is_ours > tie.right.is_ours, tie.iri


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_has_every_tie(sort: Sort, several: Index) -> None:
    whole = selected_ties(several, Selection(), limit=1000).rows
    found = selected_ties(several, Selection(), sort, limit=1000).rows
    assert Counter(tie.iri for tie in found) == Counter(tie.iri for tie in whole)
    if sort == "name":
        names = [tie.right.name for tie in found if tie.left.is_ours and not tie.right.is_ours]
        assert names == sorted(names)
    if sort == "agreements":
        assert found[0].agreements == max(tie.agreements for tie in whole)


def test_years_add_up_to_the_events(several: Index) -> None:
    for tie in selected_ties(several, Selection(), limit=1000).rows:
        assert sum(tie.years.values()) + tie.undated == tie.events, tie.iri


def test_ties_of_a_party_under_a_selection(several: Index) -> None:
    country = party_of(several, "country:ru")
    assert country is not None
    ties = ties_of(several, country, Selection(country=("BY",)))
    assert [tie.right.ref for tie in ties.rows] == ["country:by"] and ties.hidden == ties.total - 1 > 0
    assert country.ties == ties.total


def test_a_report_loaded_twice_changes_nothing_but_the_number_of_reports(index: Index, doubled: Index) -> None:
    ties, again = (
        sorted(selected_ties(each, Selection(), limit=1000).rows, key=lambda tie: tie.iri) for each in (index, doubled)
    )
    for one, other in zip(ties, again, strict=True):
        assert (one.iri, one.events, one.years, one.agreements, one.sides) == (
            other.iri, other.events, other.years, other.agreements, other.sides,
        )  # fmt: skip
        assert (one.first, one.last, one.topics) == (other.first, other.last, other.topics)
        assert {one.left.ref, one.right.ref} == {other.left.ref, other.right.ref}
    assert doubled.sizes == index.sizes
    assert doubled.value("SELECT COUNT(*) FROM report") == 2 * index.value("SELECT COUNT(*) FROM report")
