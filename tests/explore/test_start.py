"""What the first screen tells."""

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.changes import usual_periods
from pobratim.explore.register import selected_agreements
from pobratim.explore.start import COUNTRIES, PARTNERS, start_of


def test_the_strongest_partners_and_countries_come_first(several: Index) -> None:
    start = start_of(several)
    assert start.reports == 3 and start.rows == several.value("SELECT COUNT(*) FROM account")
    assert len(start.ties.rows) == PARTNERS and start.ties.found > PARTNERS
    assert start.partner == start.ties.rows[0].right
    counts = [count for _, count in start.countries]
    assert len(counts) == COUNTRIES and counts == sorted(counts, reverse=True)
    assert several.home.country == "RU" not in {label.code for label, _ in start.countries}
    first = start.countries[0]
    assert first[1] == several.value("SELECT COUNT(*) FROM event_country WHERE country = ?", first[0].code)


def test_what_the_setting_names_is_what_all_of_it_is_of(index: Index) -> None:
    start = start_of(index)
    assert [party.ref for party in start.home] == ["ru-smolensk"]
    assert start.selection == Selection(place=("ru-smolensk",), level=("municipality",))
    assert all(tie.left.ref == "ru-smolensk" for tie in start.ties.rows)
    assert start.ties.found == index.value(
        "SELECT COUNT(*) FROM tie_of JOIN tie ON tie.id = tie JOIN party ON party.id = party"
        " WHERE ref = 'ru-smolensk' AND level = 'municipality'"
    )
    assert start.register.found == selected_agreements(index, Selection(place=("ru-smolensk",))).found
    assert start.map.found == start.ties.found


def test_without_a_setting_it_is_of_all(several: Index) -> None:
    assert start_of(several).selection == Selection(level=("municipality",))


def test_an_institution_with_a_number_is_the_example_of_a_name(index: Index) -> None:
    school = start_of(index).school
    assert school is not None and school.kind == "institution" and "№" in school.short and school.town


@pytest.mark.parametrize(("last", "expected"), [("2025-12-31", "2025"), ("2025-10-01", "2025"), ("2025-09-30", "2024")])
def test_a_year_that_has_only_begun_tells_nobody_who_went_quiet(
    several: Index, monkeypatch: pytest.MonkeyPatch, last: str, expected: str
) -> None:
    monkeypatch.setattr("pobratim.explore.changes.reference_day", lambda _: last)
    periods = usual_periods(several)
    assert periods is not None and periods[1] == expected
    assert periods[0] == f"{int(expected) - 3}..{int(expected) - 1}"
