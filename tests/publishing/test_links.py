"""Where addresses of a server lead among files: to pages that are there, or that a browser makes of what is there."""

import pytest

from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.html import fixed_pages
from pobratim.publishing.folder.links import Links

BASE = "https://data.example.org"
ADDRESSES = {
    "/pair/ru-smolensk/by-vitebsk": ("pair/?a=ru-smolensk&b=by-vitebsk", "pair/ru-smolensk/by-vitebsk/"),
    "/pair/ru-smolensk/country:by": ("pair/?a=ru-smolensk&b=country%3Aby", "pair/ru-smolensk/country.by/"),
    "/network?seed=ru-smolensk": ("network/around/?seed=ru-smolensk", "network/seed-ru-smolensk/"),
    "/network?seed=ru-smolensk&level=institution": ("network/around/?seed=ru-smolensk&level=institution",) * 2,
    "/network?level=institution": ("network/level-institution/",) * 2,
    "/events?page=3": ("events/?page=3", "events/page-3/"),
    "/partners?level=institution&page=2": (
        "partners/level-institution/?page=2",
        "partners/level-institution/page-2/",
    ),
    "/events?page=2&country=BY": ("events/?page=2&country=BY",) * 2,
    "/partners?level=region&topic=sport&from=2023": ("partners/level-region/?topic=sport&from=2023",) * 2,
    "/agreements?level=institution&status=signed": ("agreements/?level=institution&status=signed",) * 2,
    "/map?level=institution&country=BY": ("map/level-institution/?country=BY",) * 2,
    "/map?country=BY": ("map/?country=BY",) * 2,
    "/time?a=2020..2022&b=2023&topic=sport": ("time/?a=2020..2022&b=2023&topic=sport",) * 2,
    "/time?group=quiet&country=BY": ("time/group-quiet/?country=BY",) * 2,
    "/events?place=ru-smolensk&with=by-vitebsk": ("events/?place=ru-smolensk&with=by-vitebsk",) * 2,
    "/events": ("events/",) * 2,
}


def _links(is_whole: bool) -> Links:
    return Links(BASE, BASE, ("ru", "en"), Documents(BASE), (), (), fixed_pages(), is_whole=is_whole)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pairs_and_their_like_are_pages_where_all_are_wanted_and_else_made_in_the_browser(address: str) -> None:
    made, whole = ADDRESSES[address]
    assert _links(is_whole=False).target(address, "ru") == made
    assert _links(is_whole=True).target(address, "ru") == whole


def test_no_pair_is_a_page_to_be_written_unless_all_are(address: str = "/pair/ru-smolensk/by-vitebsk") -> None:
    links, whole = _links(is_whole=False), _links(is_whole=True)
    for each in (links, whole):
        each.target(address, "ru")
    assert not links.wanted
    assert list(whole.wanted) == ["pair/ru-smolensk/by-vitebsk"]


def test_what_a_server_alone_can_choose_leads_to_the_page_that_says_so() -> None:
    for address in (
        "/events?q=x",
        "/events?from=2023-Q1",
        "/map?page=2",
        "/time?a=2023-Q1",
        "/doc/place/x?all=ties",
    ):
        assert _links(is_whole=False).target(address, "ru").startswith("needs-server/?address="), address


def test_the_same_link_in_heads_of_two_languages_and_depths_is_each_time_its_own() -> None:
    links = _links(is_whole=False)
    page = '<a href="/events">x</a>'
    assert links.translated(page, "doc/place/by", "ru") == '<a href="../../../events/">x</a>'
    assert links.translated(page, "doc/place/by", "en") == '<a href="../../../events/index.en.html">x</a>'
    assert links.translated(page, "map", "ru") == '<a href="../events/">x</a>'
    assert links.translated(page, "map", "ru") == '<a href="../events/">x</a>'


def test_slim_pages_have_no_links_to_what_a_server_alone_shows() -> None:
    documents, page = Documents(BASE, "packs"), "doc/organisation/x"
    links = Links(BASE, BASE, ("ru", "en"), documents, {page}, (), fixed_pages(), is_whole=False, is_slim=True)
    row = f'<a class="plain" href="{BASE}/doc/entry/r/1" lang="ru">строка <b>1</b></a>, '
    cell = f'<a href="{BASE}/doc/cell/r/1/name">графа</a> '
    events = f'<a href="{BASE}/doc/activity/2022-a-f24fd0">событие</a>'
    found = links.translated(row + cell + events, page, "ru")
    assert found.startswith('<span class="plain" lang="ru">строка <b>1</b></span>, графа <a href="')
    assert "event/?key=2022-a-f24fd0" in found and "needs-server" not in found


def test_slim_pages_name_what_lies_in_their_folder_by_its_file() -> None:
    page, public = "doc/organisation/x", "https://example.org/data"
    links = Links(BASE, public, ("ru", "en"), Documents(BASE, "packs"), {page}, (), fixed_pages(), is_slim=True)
    text = '<a href="/data/doc/organisation/x?lang=en">English</a>'
    for other in ("doc/organisation/y", page, "doc/organisation/y"):
        made = "index.en.html" if other == page else "../../../doc/organisation/x/index.en.html"
        assert links.translated(text, other, "ru") == f'<a href="{made}">English</a>'
