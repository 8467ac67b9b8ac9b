"""The first page and the map as HTML, over the example and over several reports."""

import asyncio
import json
import re
from dataclasses import replace

import pytest

from pobratim.explore import Index
from pobratim.explore.start import start_of
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search import SearchIndex, read_documents
from pobratim.site import home
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.kinds import page_at
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.backend import GraphReader


@pytest.fixture(scope="module")
def asker(example_store: GraphReader) -> ReaderAsker:
    return ReaderAsker(example_store, DataSet("example"), ("Смоленск",))


def _html(asker: ReaderAsker, path: str, *query: tuple[str, str]) -> tuple[int, str]:
    visit = Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), path, query, False)
    page = asyncio.run(page_at(asker, visit))
    assert page is not None
    return page.status, render(page, visit)


def _numbers(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<b>([^<]*)</b><span>([^<]*)</span>", html.partition('class="nums"')[2])


def test_the_first_page_names_ours_their_partners_and_five_numbers(asker: ReaderAsker) -> None:
    _, html = _html(asker, "/")
    assert "Наши: Смоленск" in html and 'href="/pair/ru-smolensk/by-vitebsk"' in html
    assert _numbers(html) == [
        ("3", "связи"),
        ("—", "новых связей"),
        ("—", "затихли"),
        ("3", "соглашения"),
        ("0", "просрочено"),
    ]
    assert "первое известное мероприятие — в 2023 году" in html and "Загружен один отчёт" in html
    assert "SPARQL" not in html


def test_links_of_the_numbers_have_the_selection_that_they_count(asker: ReaderAsker) -> None:
    _, html = _html(asker, "/")
    links = re.findall(r'<a href="([^"]*)"><b>', html)
    assert links[0] == "/time?place=ru-smolensk&amp;level=municipality&amp;group=new"
    assert links[4] == "/agreements?place=ru-smolensk&amp;state=overdue"


def test_without_earlier_years_nobody_is_said_to_be_new_or_quiet(
    asker: ReaderAsker, index_of_example: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = start_of(index_of_example)
    assert start.changes is not None
    several = replace(start, reports=2)
    states = {**start.changes.states, "first-known": start.changes.states["first-known"] - 1, "continuing": 1}
    earlier = replace(several, changes=replace(start.changes, states=states))
    told = {}
    for name, one in (("several", several), ("earlier", earlier)):
        monkeypatch.setattr(home, "start_of", lambda _, one=one: one)
        _, told[name] = _html(ReaderAsker(asker._reader, DataSet(name), ("Смоленск",)), "/")
    assert "О прежних годах отчётов нет" in told["several"] and ("—", "новых связей") in _numbers(told["several"])
    assert "О прежних годах" not in told["earlier"] and ("0", "новых связей") in _numbers(told["earlier"])


def test_what_somebody_may_type_is_found(asker: ReaderAsker, example_store: GraphReader) -> None:
    index = SearchIndex.of(read_documents(example_store))
    _, html = _html(asker, "/")
    examples = re.findall(r"<a [^>]*>([^<]*)</a>", html.partition('class="try"')[2].partition("</p>")[0])
    assert len(examples) == 3 and examples[2] == "Беларусь"
    found = [index.find(each, limit=1)[0] for each in examples]
    assert [hit.label for hit in found][::2] == ["Витебск", "Беларусь"]
    assert found[1].type == "institution" and found[1].place == "Витебск"


@pytest.mark.parametrize(("name", "expected"), [("Витебск", "виетбск"), ("Нью-Йорк", "ньюй-орк"), ("Ош", "ош")])
def test_a_misprint_is_two_letters_the_other_way_round(name: str, expected: str) -> None:
    assert home.misspelt(name) == expected


def test_without_a_report_the_page_says_what_to_do(
    asker: ReaderAsker, index_of_example: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = replace(start_of(index_of_example), reports=0)
    monkeypatch.setattr(home, "start_of", lambda _: nothing)
    fresh = ReaderAsker(asker._reader, DataSet("other"))
    _, html = _html(fresh, "/")
    assert "Отчётов пока нет" in html and "pobratim load" in html and 'class="nums"' not in html


def test_the_map_tells_the_same_as_a_table_and_gives_its_script_the_places(asker: ReaderAsker) -> None:
    status, html = _html(asker, "/map")
    given = json.loads(re.search(r'id="map-given">(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
    assert status == 200 and {"ru-smolensk", "by-vitebsk"} <= set(re.findall(r"/doc/place/([a-z-]+)", html))
    assert html.count('<tr><td><a class="name"') == len(given["arcs"])
    smolensk = next(spot for spot in given["spots"] if spot["name"] == "Смоленск")
    assert smolensk["isHome"] and smolensk["lat"] == pytest.approx(54.78, abs=0.1) and smolensk["colour"] == "--c-RU"
    tulle = next(spot for spot in given["spots"] if spot["name"] == "Тюль")
    assert tulle["isFar"] and tulle["colour"] == "--c-x" and "Дальние связи" in html
    assert "Хиславичский район" in html.partition("Вне карты")[2]


def test_a_map_of_nothing_says_how_to_get_back(asker: ReaderAsker) -> None:
    status, html = _html(asker, "/map", ("country", "BY"), ("q", "нет такого"))
    assert status == 200 and "map-given" not in html and "Снять отбор" in html
    status, html = _html(asker, "/map", ("country", "Атлантида"))
    assert status == 400 and "Такого отбора нет" in html


@pytest.fixture(scope="module")
def index_of_example(asker: ReaderAsker) -> Index:
    return asyncio.run(asker.explored(lambda index: index))
