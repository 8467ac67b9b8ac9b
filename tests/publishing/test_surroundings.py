"""What changes for all pages alters those that show it: institutions of a town that reports, parties of a new area."""

from pobratim.explore import Index, index_of
from pobratim.publishing.folder.surroundings import altered_by, surroundings
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.reader import Reader

AREAS = ("country/by", "country/ru", "region/ru-smo")


def _near(index: Index, where: str) -> set[str]:
    return {row["iri"] for row in index.rows(f"SELECT iri FROM party WHERE {where}")}


def test_what_stays_as_it_is_alters_nothing(example_store: Reader) -> None:
    index = index_of(example_store)
    now = surroundings(index, AREAS)
    assert altered_by(index, now, now) == (frozenset(), frozenset())


def test_a_town_that_reports_now_alters_the_pages_of_its_institutions(example_store: Reader) -> None:
    index = index_of(example_store)
    now, town = surroundings(index, AREAS), f"{DEFAULT_BASE}/id/place/ru-smolensk"
    heard = now["heard"].split()
    assert town in heard
    former = {**now, "heard": " ".join(each for each in heard if each != town)}
    altered = altered_by(index, former, now)
    theirs = _near(index, "town = (SELECT id FROM party WHERE ref = 'ru-smolensk')")
    assert altered == (frozenset(), frozenset({town, *theirs})) and len(theirs) > 1


def test_a_new_area_alters_the_pages_of_all_in_it_and_one_less_alters_all(example_store: Reader) -> None:
    index = index_of(example_store)
    now, fewer = surroundings(index, AREAS), surroundings(index, AREAS[1:])
    assert altered_by(index, fewer, now) == (frozenset(), frozenset(_near(index, "country = 'BY'")))
    assert altered_by(index, now, fewer) is None
    assert altered_by(index, {**now, "country": "KZ"}, now) is None


def test_whoever_becomes_ours_counts_as_changed(example_store: Reader) -> None:
    index = index_of(example_store)
    now, iri = surroundings(index, AREAS), f"{DEFAULT_BASE}/id/place/ru-smolensk"
    assert f"{iri} " in now["ours"]
    assert altered_by(index, {**now, "ours": now["ours"].replace(f"{iri} ", "")}, now) == (
        frozenset({iri}),
        frozenset(),
    )
