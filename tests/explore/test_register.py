"""The register of agreements: terms, what is overdue by the day that the reports reach."""

from collections import Counter
from dataclasses import replace

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.agreements import party_agreements
from pobratim.explore.parties import party_of
from pobratim.explore.register import (
    SORTS,
    STATES,
    Sort,
    State,
    months_overdue,
    reference_day,
    selected_agreements,
)


def test_the_reference_day_is_the_last_that_the_reports_cover(index: Index, several: Index) -> None:
    assert reference_day(index) == "2023-03-31"
    assert reference_day(several) == "2025-12-31"


def test_a_plan_is_overdue_after_its_time(several: Index) -> None:
    planned = selected_agreements(several, Selection(status=("planned",)), limit=1000).rows
    assert planned and {one.status.code for one in planned} == {"planned"}
    for one in planned:
        [end] = several.rows("SELECT end FROM agreement WHERE id = ?", one.number)[0]
        for day in ("2000-01-01", "2030-01-01"):
            [again] = [
                each
                for each in selected_agreements(several, Selection(), limit=1000, day=day).rows
                if each.iri == one.iri
            ]
            assert again.is_overdue == bool(end and end < day)


def test_a_plan_with_only_a_year_is_overdue_after_that_year(several: Index) -> None:
    rows = several.rows("SELECT id, date, end FROM agreement WHERE status = 'planned' AND precision = 'year'")
    assert all(row["end"] == f"{row['date']}-12-31" for row in rows)


def test_counts_are_of_the_selected(several: Index) -> None:
    whole = selected_agreements(several, Selection(), limit=1000)
    untold = [one for one in whole.rows if not one.until and one.term and one.term.code == "not-stated"]
    assert whole.counts == {
        "overdue": len([one for one in whole.rows if one.is_overdue]),
        "planned": len([one for one in whole.rows if one.status.code == "planned"]),
        "undated": len([one for one in whole.rows if one.status.code == "planned" and not one.end]),
        "told": len([one for one in whole.rows if one not in untold]),
        "ending": len([one for one in whole.rows if one.until[:4] == whole.day[:4]]),
        "ended": len([one for one in whole.rows if one.has_ended]),
        "untold": len(untold),
    }
    assert whole.statuses == Counter(one.status.code for one in whole.rows)
    signed = selected_agreements(several, Selection(status=("signed",)))
    assert signed.counts["planned"] == signed.counts["overdue"] == 0
    assert signed.hidden == whole.total - signed.found > 0


@pytest.mark.parametrize("state", STATES)
def test_a_state_chooses_what_it_counts(state: State, several: Index) -> None:
    found = selected_agreements(several, Selection(), limit=1000, states=(state,))
    assert len(found.rows) == found.found == found.counts[state] and found.hidden == found.total - found.found
    both = selected_agreements(several, Selection(), limit=1000, states=(state, "told"))
    whole = {one.iri for one in selected_agreements(several, Selection(), limit=1000, states=("told",)).rows}
    assert {one.iri for one in both.rows} == whole | {one.iri for one in found.rows}
    assert both.counts == found.counts


@pytest.mark.parametrize(
    ("end", "day", "months"),
    [
        ("2024-12-31", "2025-01-01", 1),
        ("2024-12-31", "2025-02-28", 1),
        ("2024-12-31", "2025-12-31", 12),
        ("2024-10-31", "2026-11-29", 24),
        ("2024-10-31", "2026-11-30", 24),
        ("2026-03-31", "2026-03-30", 0),
        ("", "2026-03-30", 0),
    ],
)
def test_months_are_counted_from_the_end_of_a_plan(end: str, day: str, months: int, several: Index) -> None:
    [one] = selected_agreements(several, Selection(), limit=1, states=("planned",)).rows
    assert months_overdue(replace(one, end=end, is_overdue=bool(end) and end < day), day) == months


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_has_every_agreement(sort: Sort, several: Index) -> None:
    rows = selected_agreements(several, Selection(), sort, limit=1000).rows
    assert len({one.iri for one in rows}) == len(rows) == several.sizes["agreement"]
    if sort == "ends":
        ends = [one.until for one in rows if one.until]
        assert ends == sorted(ends) and not any(one.until for one in rows[len(ends) :])


def test_ours_stand_first_among_the_parties(several: Index) -> None:
    for one in selected_agreements(several, Selection(), limit=1000).rows:
        assert [party.is_ours for party in one.parties] == sorted(
            (party.is_ours for party in one.parties), reverse=True
        )
        assert one.rows


def test_agreements_of_a_party_are_those_of_its_institutions_as_well(several: Index) -> None:
    country = party_of(several, "country:ru")
    assert country is not None and party_agreements(several, country).bit_count() > 10


def test_a_report_loaded_twice_gives_the_same_agreements(index: Index, doubled: Index) -> None:
    one, other = (selected_agreements(each, Selection(), limit=1000) for each in (index, doubled))
    assert [each.iri for each in one.rows] == [each.iri for each in other.rows]
    assert (one.counts, one.statuses) == (other.counts, other.statuses)
