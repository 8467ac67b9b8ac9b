"""What is suggested while somebody types: groups by kind, pairs, names as addresses have them."""

import pytest

from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search import SearchIndex, index_of
from pobratim.site.addresses import Addresses
from pobratim.site.page import Visit
from pobratim.site.suggestions import KINDS, Group, suggested
from pobratim.store.reader import Reader

VISIT = Visit("ru", Addresses(DEFAULT_BASE, "http://site"), "/", (), is_chosen=False)


@pytest.fixture(scope="module")
def index(example_store: Reader) -> SearchIndex:
    return index_of(example_store)


def _found(typed: str, index: SearchIndex, *kinds: str) -> dict[str, Group]:
    return {group.kind: group for group in suggested(typed, index, VISIT, kinds)}


def test_what_is_begun_stands_in_the_group_of_its_kind(index: SearchIndex) -> None:
    found = _found("витеб", index)
    [town] = [hit for hit in found["towns"].hits if hit.label == "Витебск"]
    assert (town.ref, town.page, town.country) == ("by-vitebsk", "/doc/place/by-vitebsk", "BY")
    assert town.note.endswith("Беларусь")
    schools = found["organisations"].hits
    assert schools and all(hit.ref.startswith("institution:by-vitebsk") for hit in schools)
    assert list(found) == [kind for kind in KINDS if kind in found]


def test_a_country_and_a_region_are_named_as_their_pages_are(index: SearchIndex) -> None:
    [country] = _found("Беларусь", index)["countries"].hits
    assert (country.ref, country.page, country.country) == ("country:by", "/doc/country/by", "BY")
    [region] = _found("Смоленская область", index)["regions"].hits
    assert (region.ref, region.country) == ("region:ru-smo", "RU")


@pytest.mark.parametrize(
    "typed",
    ["Смоленск — Витебск", "смоленск витебск", "Смоленск и Витебск", "смоленск, витеб", "г. Смоленск - Витебск"],
)
def test_two_parties_are_a_pair(index: SearchIndex, typed: str) -> None:
    [pair] = _found(typed, index)["pairs"].hits
    assert (pair.label, pair.ref) == ("Смоленск — Витебск", "ru-smolensk/by-vitebsk")
    assert pair.page == "/queries/pair?city=ru-smolensk&partner=by-vitebsk"


@pytest.mark.parametrize("typed", ["Витебск", "смоленск смоленск", "гимназия витебск", "Смоленск — йцукенгш", "—", "и"])
def test_one_party_is_no_pair(index: SearchIndex, typed: str) -> None:
    assert "pairs" not in _found(typed, index)


def test_only_the_groups_asked_for_come(index: SearchIndex) -> None:
    assert set(_found("смоленск витебск", index, "towns", "pairs")) <= {"towns", "pairs"}
    assert set(_found("витебск", index, "towns")) == {"towns"}


def test_a_mistyped_name_is_found_where_nothing_is_called_so(index: SearchIndex) -> None:
    assert "Витебск" in [hit.label for hit in _found("витепск", index)["towns"].hits]
    assert _found("йцукенгш", index) == {}
