"""What a summary of a report tells, and that whatever is decided elsewhere of its ties stands in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pobratim.entities import PlaceEntity, Resolution
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.ties.book import Book, Change
from pobratim.ties.summarise import summaries
from pobratim.ties.summary import KINDS, Basis, Event, Party, Summary, merged, packed, unpacked
from pobratim.ties.whole import Whole, ties_graph
from tests.support.helpers_resolution import GYMNASIUM_4, GYMNASIUM_7, HELD, PLANNED, REPORT, ROUND_TABLE, SIGNED
from tests.support.helpers_resolution import sample_resolution as sample

SMOLENSK = "place/ru-smolensk"


def _begun(former: Mapping[str, Summary]) -> Book:
    book = Book(":memory:")
    book.begin(Whole.of(former))
    return book


def _update(former: Mapping[str, Summary], changed: Mapping[str, Summary | None]) -> Change:
    return _begun(former).update(changed, DEFAULT_BASE)


def _summary(resolution: Resolution) -> Summary:
    return summaries(resolution)[REPORT]


def test_contacts_activities_and_agreements_that_hold_are_told() -> None:
    told = _summary(sample())
    parties = tuple(sorted(f"{kind}/{key}" for kind, key in (GYMNASIUM_4, GYMNASIUM_7)))
    assert told.bases[f"contact/{ROUND_TABLE}-gymnasium-4-gymnasium-7"] == Basis(
        parties, (ROUND_TABLE,), False, False, ""
    )
    assert told.bases[f"agreement/{HELD}"].events == (ROUND_TABLE,)
    assert f"agreement/{SIGNED}" in told.bases and f"agreement/{PLANNED}" not in told.bases
    assert told.events[ROUND_TABLE] == Event("2023-01-27", "2023-01-27", False, ("education",))


def test_a_party_stands_with_all_that_it_is_rolled_up_to() -> None:
    told = _summary(sample()).parties
    school = told["/".join(GYMNASIUM_4)]
    assert (school.municipality, school.is_organisation) == (SMOLENSK, True)
    assert told[school.region].name == "RU-SMO" and told[school.country].label == "Россия"
    assert told[SMOLENSK] == Party(school.country, SMOLENSK, school.region, "place-ru-smolensk", "Смоленск", False)


def test_what_is_told_survives_as_text() -> None:
    told = _summary(sample())
    for kind, (table, _) in KINDS.items():
        things = getattr(told, table).values()
        assert things and [unpacked(kind, packed(one)) for one in things] == [*things]


def _renamed(resolution: Resolution) -> Resolution:
    def named(place: PlaceEntity) -> PlaceEntity:
        return replace(place, names=("Иначе",)) if place.key == "ru-smolensk" else place

    return replace(resolution, places=[named(place) for place in resolution.places])


def _later(resolution: Resolution) -> Resolution:
    activities = [replace(one, start="2023-01-28", end="2023-01-28") for one in resolution.activities]
    return replace(resolution, activities=activities)


def _ended(resolution: Resolution) -> Resolution:
    return replace(resolution, agreements=[replace(one, status="ended") for one in resolution.agreements])


def _abroad(resolution: Resolution) -> Resolution:
    return replace(resolution, reports=[replace(one, home_country="FR") for one in resolution.reports])


@pytest.mark.parametrize("decided", [_renamed, _later, _ended, _abroad])
def test_what_is_decided_elsewhere_changes_the_summary_and_so_the_ties(decided: object) -> None:
    former, new = summaries(sample()), summaries(decided(sample()))  # type: ignore[operator]
    assert former != new
    change = _update(former, new)
    assert change.gone and change.gone != change.fresh
    whole = set(ties_graph(former, DEFAULT_BASE))
    assert sorted((whole - change.gone) | change.fresh) == ties_graph(new, DEFAULT_BASE)


def test_what_has_nothing_to_do_with_ties_changes_no_summary() -> None:
    resolution = sample()
    accounts = [replace(one, reporter="", places=(), participations=(), evidence=()) for one in resolution.accounts]
    assert summaries(replace(resolution, accounts=accounts, series=[], people=[])) == summaries(resolution)


def test_only_ties_of_what_changed_change() -> None:
    former = summaries(sample())
    told = former[REPORT]
    fewer = replace(told, bases={name: one for name, one in told.bases.items() if SIGNED not in name})
    change = _update(former, {REPORT: fewer})
    assert change.gone and not any("gymnasium" in line for line in change.gone | change.fresh)
    assert _update(former, former) == _update({}, {}) == Change()


def test_tellings_of_one_basis_add_up() -> None:
    one = Basis(("place/a", "place/b"), ("1",), True, True, "2023")
    other = one._replace(events=("0",))
    assert merged([one, other]) == one._replace(events=("0", "1"))


@pytest.mark.parametrize("fact", [{"names": ("Смоленскъ",)}, {"kind": "region"}, {"country": "BY"}])
def test_another_place_is_told_anew_without_the_rows(fact: dict[str, Any]) -> None:
    before, after = sample(), sample()
    after.places = [replace(one, **fact) if one.key == "ru-smolensk" else one for one in after.places]
    seated = [one for one in after.organisations if one.place == "ru-smolensk"]
    changed = Resolution(places=[one for one in after.places if one.key == "ru-smolensk"], organisations=seated)
    former = summaries(before)
    assert seated and {**former, **_begun(former).told_anew(changed)} == summaries(after) != former
