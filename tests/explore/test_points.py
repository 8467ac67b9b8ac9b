"""The ties of a selection on a map."""

from collections import Counter

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.parties import party_of
from pobratim.explore.points import ARCS, TieMap, flat, tie_map


def _ends(found: TieMap) -> set[str]:
    return {place.ref for arc in found.arcs for place in (arc.left, arc.right)}


def test_every_tie_of_two_places_with_points_is_an_arc_and_all_others_are_counted(several: Index) -> None:
    found = tie_map(several, Selection())
    rows = several.rows(
        """SELECT tie.events, a.lat IS NOT NULL AND b.lat IS NOT NULL AS drawn FROM tie
        JOIN party AS a ON a.id = tie.a JOIN party AS b ON b.id = tie.b WHERE level = 'municipality'"""
    )
    assert found.level == "municipality"
    assert found.found == found.total == len(rows) == found.drawn + found.pointless
    assert 0 < len(found.arcs) == sum(row["drawn"] for row in rows) < ARCS
    assert sorted(arc.events for arc in found.arcs) == sorted(row["events"] for row in rows if row["drawn"])
    assert [arc.events for arc in found.arcs] == sorted((arc.events for arc in found.arcs), reverse=True)
    assert all(off.party.lat is None for off in found.off) and found.off
    assert not _ends(found) & {off.party.ref for off in found.off}


def test_ours_is_on_the_left_of_an_arc(index: Index) -> None:
    strongest = tie_map(index, Selection()).arcs[0]
    assert (strongest.left.ref, strongest.right.ref) == ("ru-smolensk", "by-vitebsk")
    assert (strongest.events, strongest.agreements, strongest.last) == (3, 1, "2023-03-10")


def test_institutions_have_the_point_of_their_town_and_their_ties_are_one_arc(index: Index) -> None:
    found = tie_map(index, Selection(level=("institution",)))
    arc = next(arc for arc in found.arcs if {arc.left.ref, arc.right.ref} == {"ru-smolensk", "by-vitebsk"})
    towns = Counter(
        tuple(sorted((row["one"], row["other"])))
        for row in index.rows(
            """SELECT at.ref AS one, bt.ref AS other FROM tie JOIN party AS a ON a.id = tie.a
            JOIN party AS b ON b.id = tie.b JOIN party AS at ON at.id = a.town JOIN party AS bt ON bt.id = b.town
            WHERE level = 'institution'"""
        )
    )
    assert arc.ties == towns["by-vitebsk", "ru-smolensk"] > 1
    assert found.drawn + found.pointless <= found.found


def test_a_selection_hides_the_others(several: Index) -> None:
    found = tie_map(several, Selection(country=("CN",)))
    assert found.found and found.hidden == found.total - found.found > 0
    assert all("CN" in {place.country.code for place in (arc.left, arc.right) if place.country} for arc in found.arcs)
    assert tie_map(several, Selection(country=("CN",), q="нет такого города")).arcs == ()


@pytest.mark.parametrize("level", ["region", "country"])
def test_a_level_without_points_gives_way_to_that_of_towns(several: Index, level: str) -> None:
    assert tie_map(several, Selection(level=(level,))).level == "municipality"


def test_what_lies_on_another_continent_is_far_and_neighbours_are_not(several: Index) -> None:
    far = {off.party.ref for off in tie_map(several, Selection()).far}
    places = _ends(tie_map(several, Selection()))
    for ref in places:
        party = party_of(several, ref)
        assert party is not None and party.lon is not None
        if party.country and party.country.code in ("RU", "BY", "CN"):
            assert ref not in far, ref
        if party.lon < -20:
            assert ref in far, ref


def test_the_world_is_cut_in_the_pacific() -> None:
    class Place:
        lon, lat = 177.5, 64.7

    east = flat(Place)  # type: ignore[arg-type]
    Place.lon = -149.9
    alaska = flat(Place)  # type: ignore[arg-type]
    assert east[0] < alaska[0] < east[0] + 0.15
    Place.lon, Place.lat = 0.0, 0.0
    assert flat(Place) == pytest.approx((0.0, 0.0))  # type: ignore[arg-type]
