"""The page of search results: kinds as tabs, pages of fifty, what is known of each hit."""

import re

from pobratim.explore.concepts import Label
from pobratim.explore.found import Known
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search import Hit, SearchDocument
from pobratim.site.addresses import Addresses
from pobratim.site.page import Visit
from pobratim.site.render import render
from pobratim.site.search_results import MOST, ROWS, TABS, Results, part, search_page

_ID = f"{DEFAULT_BASE}/id/"
_VISIT = Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), "/search", (("q", "школа"),), False)


def _hits(type_: str, count: int) -> list[Hit]:
    kind = {"institution": "organisation", "event": "activity"}.get(type_, type_)
    return [
        Hit(f"{_ID}{kind}/{type_}-{number}", type_, f"Школа {number}", "Витебск", "Беларусь", 1.0, "школа")
        for number in range(count)
    ]


def _html(results: Results, types: tuple[str, ...] = (), number: int = 1) -> str:
    return render(search_page("школа", results, _VISIT, types, number), _VISIT)


def _tabs(html: str) -> dict[str, str]:
    found = re.findall(r"<(?:a|span)[^>]*>([^<]+) <b>([^<]+)</b>", html.partition('class="tabs"')[2])
    return {name.strip(): number for name, number in found}


def test_tabs_count_each_kind_and_name_it_in_their_address() -> None:
    html = _html(Results([*_hits("institution", 3), *_hits("series", 1), *_hits("event", 2)]))
    assert _tabs(html) == {
        "Всё": "6",
        "Города и районы": "0",
        "Организации": "3",
        "Страны и регионы": "0",
        "Мероприятия": "3",
        "Соглашения": "0",
        "Отчёты": "0",
        "Люди": "0",
    }
    assert "type=event&amp;type=series" in html and "type=place" not in html
    assert html.count('aria-current="page">Всё') == 1


def test_a_tab_shows_its_kind_alone() -> None:
    results = Results([*_hits("institution", 3), *_hits("event", 2)])
    html = _html(results, TABS["events"])
    assert html.count("<li") - html.partition("<main")[0].count("<li") == 2
    assert 'aria-current="page">Мероприятия' in html


def test_fifty_hits_make_a_page_and_the_rest_the_next() -> None:
    results = Results(_hits("institution", ROWS + 1))
    first, second = _html(results), _html(results, number=2)
    assert "Школа 49<" in first and "Школа 50<" not in first and "page=2" in first
    assert "Школа 50<" in second and "Школа 49<" not in second and 'rel="prev"' in second and "page=3" not in second
    assert [hit.label for hit in part(results.hits, (), 2)] == ["Школа 50"]


def test_more_than_is_looked_for_is_told() -> None:
    assert _tabs(_html(Results(_hits("institution", MOST))))["Организации"] == f"{MOST}+"


def test_a_hit_says_what_it_is_where_it_is_and_how_much_there_is_of_it() -> None:
    [hit] = _hits("institution", 1)
    known = Known(Label("school", "школа", "school"), Label("BY", "Беларусь", "Belarus"), ties=2, events=5)
    html = _html(Results([hit], {hit.iri: known}))
    assert "школа · Витебск, Беларусь" in html and "2 связи" in html and "5 мероприятий" in html
    assert "--k:var(--c-BY)" in html


def test_where_nothing_is_found_the_nearest_names_are_offered() -> None:
    near = SearchDocument(f"{_ID}place/by-vitebsk", "place", {"ru": "Витебск"}, ("Витебск",))
    html = _html(Results(nearest=[near]))
    assert "Ничего не нашлось" in html and "Похожие названия" in html
    assert 'href="/doc/place/by-vitebsk"' in html
    assert "Похожие" not in _html(Results())
