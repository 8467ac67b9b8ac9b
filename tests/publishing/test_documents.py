"""Which document is about what: parts belong to their whole, odd names get others, sub-nodes have no files."""

import pytest

from pobratim.publishing.folder.documents import Documents, patterns
from pobratim.publishing.folder.links import Links

BASE = "https://data.example.org"
ABOUT = {
    "id/activity/2023-01-27-meeting-by-vitebsk-d56987": "doc/activity/2023-01-27-meeting-by-vitebsk-d56987",
    "id/participation/2023-meeting-d56987/organisation/x/host": "doc/activity/2023-meeting-d56987",
    "id/contact/2023-meeting-d56987/ru-smolensk/by-vitebsk": "doc/activity/2023-meeting-d56987",
    "id/mention/smolensk-2023-q1/1/name/24-42/kind-0": "doc/entry/smolensk-2023-q1/1",
    "id/cell/smolensk-2023-q1/1/name#char=24,42": "doc/entry/smolensk-2023-q1/1",
    "id/group/smolensk-2023-q1/10/2": "doc/entry/smolensk-2023-q1/10",
    "id/measurement/smolensk-2023-q1/coverage-dates": "doc/report/smolensk-2023-q1",
    "id/place/ru-smolensk/geometry": "doc/place/ru-smolensk",
    "id/tie/country/by--ru": "doc/tie/country/by--ru",
    "id/time/2022-12-01--2023-01-31": "doc/time",
    "id/dataset/2023-q1": "catalog",
}


@pytest.mark.parametrize("path", ABOUT)
def test_a_part_is_told_of_in_the_document_of_its_whole(path: str) -> None:
    assert Documents(BASE).of(f"{BASE}/{path}") == ABOUT[path]


def test_terms_and_concepts_are_those_of_the_vocabulary_whatever_the_base() -> None:
    documents = Documents(BASE)
    assert documents.of("https://w3id.org/pobratim/def#Tie") == "def"
    assert documents.of("https://w3id.org/pobratim/def/role/host") == "doc/def/role"
    assert documents.of("http://www.wikidata.org/entity/Q2") == ""


@pytest.mark.parametrize("key", ["a.ttl", "A", "index.html", "x" * 255])
def test_keys_that_could_be_another_file_or_none_get_a_name_of_their_own(key: str) -> None:
    documents = Documents(BASE)
    found = documents.of(f"{BASE}/id/place/{key}")
    name = found.removeprefix("doc/place/")
    assert name != key
    assert len(name) < 64
    assert "." not in name and name == name.lower()
    assert documents.is_topic(f"{BASE}/id/place/{key}", found)
    assert found != documents.of(f"{BASE}/id/place/{key.lower()}0")


def test_a_key_that_is_called_as_files_are_has_files_of_its_own() -> None:
    links = Links(BASE, BASE, ("ru", "en"), Documents(BASE), (), (), {})
    found = Documents(BASE).of(f"{BASE}/id/place/index")
    files = [
        links.page_file(found, "ru"),
        links.page_file(found, "en"),
        links.picture_file(found, "en"),
        f"{found}.ttl",
    ]
    assert files == [f"doc/place/index{end}" for end in ("/index.html", "/index.en.html", "/picture.en.png", ".ttl")]


def test_a_region_has_a_document_where_it_has_ties() -> None:
    region = "https://w3id.org/pobratim/def/region/RU-SMO"
    assert Documents(BASE, areas=["region/ru-smo"]).of(region) == "doc/region/ru-smo"
    assert Documents(BASE).of(region) == "doc/def/region"


def test_packs_have_pages_of_what_people_look_for_alone() -> None:
    documents = Documents(BASE, "packs")
    assert documents.has_page("doc/place/ru-smolensk")
    assert documents.has_page("doc/tie/country/by--ru")
    assert not documents.has_page("doc/activity/2023-meeting-d56987")
    assert not documents.has_page("doc/entry/smolensk-2023-q1/1")


def test_kinds_that_stand_on_no_page_are_told_from_those_that_a_page_or_a_browser_shows() -> None:
    packs = Documents(BASE, "packs")
    assert all(packs.is_pageless(kind) for kind in ("entry", "cell", "mention", "post", "person"))
    assert not any(packs.is_pageless(kind) for kind in ("activity", "participation", "tie", "report", "measurement"))
    assert not any(Documents(BASE, setting).is_pageless("entry") for setting in ("main", "all"))


def test_with_all_pages_each_thing_has_its_own() -> None:
    assert Documents(BASE, "all").of(f"{BASE}/id/measurement/r/m") == "doc/measurement/r/m"


def test_every_kind_of_iri_that_the_program_mints_has_a_pattern() -> None:
    from typing import get_args

    from pobratim.rdf.iris import EntityType

    assert {*get_args(EntityType), "tie"} <= {one.kind for one in patterns()}
