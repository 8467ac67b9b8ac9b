"""The lists of the explorer without a script: what stands above them adds up, a link does what it says."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.ties import selected_ties
from pobratim.messages import Language
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.explorer.filter_bar import Bar, period_text
from pobratim.site.kinds import page_at
from pobratim.site.page import Page, Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.reader import MemoryReader, Reader

PATHS = ("/partners", "/events", "/agreements", "/time")


@pytest.fixture(scope="module")
def asker(example_store: Reader) -> ReaderAsker:
    return ReaderAsker(MemoryReader(example_store.quads()), DataSet("one"), ("Смоленск",))


@pytest.fixture(scope="module")
def empty() -> ReaderAsker:
    return ReaderAsker(MemoryReader([]), DataSet("none"))


@pytest.fixture(scope="module")
def index(asker: ReaderAsker) -> Index:
    return asyncio.run(asker.explored(lambda index: index))


def made(asker: ReaderAsker, address: str, lang: Language = "ru", is_chosen: bool = False) -> tuple[Page, str]:
    parts = urlsplit(address)
    query = tuple(parse_qsl(parts.query))
    visit = Visit(lang, Addresses(DEFAULT_BASE, "http://127.0.0.1/data"), "/" + parts.path.strip("/"), query, is_chosen)
    page = asyncio.run(page_at(asker, visit))
    assert page is not None
    return page, render(page, visit)


def follow(asker: ReaderAsker, link: str) -> Mapping[str, Any]:
    assert link.startswith("/data/"), link
    return made(asker, link.removeprefix("/data"))[0].values


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_choice_shows_as_many_as_it_says(asker: ReaderAsker, path: str, lang: Language) -> None:
    page, html = made(asker, path + "?country=BY", lang)
    bar: Bar = page.values["bar"]
    assert page.status == 200 and bar.shown > 0 and [chip.count for chip in bar.chips] == [bar.shown]
    choices = [(menu.name, choice) for menu in bar.menus for choice in menu.choices if choice.link]
    assert len(choices) > 8
    for name, choice in choices[::4]:
        after = follow(asker, choice.link)["bar"]
        assert after.shown + after.hidden == bar.shown + bar.hidden
        if name != "country":
            assert after.shown == choice.count, (name, choice)
    assert not follow(asker, bar.chips[0].link)["bar"].chips
    assert f">{bar.hidden}<" in html or f": {bar.hidden}" in html


def test_what_would_leave_nothing_is_grey_and_no_link(asker: ReaderAsker) -> None:
    page, html = made(asker, "/partners?country=BY&topic=sport")
    zero = [choice for menu in page.values["bar"].menus for choice in menu.choices if not choice.count]
    assert zero and html.count('class="zero"') == len([choice for choice in zero if not choice.link])


def test_forms_keep_what_is_chosen(asker: ReaderAsker) -> None:
    page, html = made(asker, "/events?country=BY&topic=culture&from=2023&lang=en", "en", is_chosen=True)
    bar = page.values["bar"]
    assert ("country", "BY") in bar.kept and ("from", "2023") not in bar.kept_without("from", "to")
    assert '<input type="hidden" name="lang" value="en">' in html and "lang" not in dict(bar.kept)


def test_a_place_is_named_as_people_name_it(asker: ReaderAsker) -> None:
    page, _ = made(asker, "/partners?place=Витебск")
    [chip] = page.values["bar"].chips
    assert chip.label == "Витебск" and page.values["found"] > 1
    bad, html = made(asker, "/partners?place=Витепск")
    assert bad.status == 400 and "Витебск" in html and "/data/partners" in html


def test_a_period_counts_what_was_in_it(asker: ReaderAsker) -> None:
    page, html = made(asker, "/partners?from=2023-02&to=2023-02")
    assert "из " in html
    for row in page.values["rows"]:
        assert row["events"] <= row["all_events"] and (row["events"] or row["agreements"])
    assert any(row["events"] < row["all_events"] for row in page.values["rows"])
    assert [chip.label for chip in page.values["bar"].chips] == ["2023-02"]


def test_levels_are_parted(asker: ReaderAsker, index: Index) -> None:
    for level, _, link in made(asker, "/partners")[0].values["levels"]:
        values = follow(asker, link)
        assert values["level"] == level
        assert values["total"] == selected_ties(index, Selection(level=(level,))).total


def test_a_list_goes_on_over_its_pages(asker: ReaderAsker) -> None:
    page, _ = made(asker, "/events")
    seen = [row["link"] for _, rows in page.values["groups"] for row in rows]
    while page.values["window"].after:
        page, _ = made(asker, page.values["window"].after.removeprefix("/data"))
        seen += [row["link"] for _, rows in page.values["groups"] for row in rows]
    assert len(seen) == len(set(seen)) == page.values["total"]


def test_states_of_the_register_are_filters(asker: ReaderAsker) -> None:
    page, html = made(asker, "/agreements")
    assert page.values["total"] and "срок не указан" in html
    for state in page.values["states"]:
        after = follow(asker, state["link"])
        assert (
            after["found"] == state["count"]
            and next(each for each in after["states"] if each["label"] == state["label"])["is_chosen"]
        )


def test_time_says_what_cannot_be_judged(asker: ReaderAsker) -> None:
    page, html = made(asker, "/time?a=2023-Q1&b=2023-Q2")
    names = {group["name"]: group["count"] for group in page.values["groups"]}
    assert set(names) == {"untold"} and "отчёта за II кв. 2023 нет" in html
    assert "I кв. 2023" in page.values["summary"] and 'class="h"' in html


def test_time_tells_new_ties_apart_from_those_without_an_earlier_report(asker: ReaderAsker) -> None:
    page, html = made(asker, "/time")
    assert "<b>0 новых связей</b>, у 7 первое известное мероприятие" in html.replace("\u00a0", " ")
    assert [group["count"] for group in page.values["groups"]][:1] == [7]


def test_a_group_of_a_few_more_is_shown_whole(asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.site.explorer.time.FIRST", 1)
    for whole, rows in ((6, 1), (7, 7)):
        monkeypatch.setattr("pobratim.site.explorer.time.WHOLE", whole)
        first, *_ = made(asker, "/time")[0].values["groups"]
        assert (len(first["rows"]), first["more"]) == (rows, 7 - rows)


def test_time_shows_a_group_whole(asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.site.explorer.time.FIRST", 1)
    monkeypatch.setattr("pobratim.site.explorer.time.WHOLE", 2)
    page, _ = made(asker, "/time")
    group = next(group for group in page.values["groups"] if group["more"])
    whole = follow(asker, group["link"])
    assert [len(each["rows"]) for each in whole["groups"]] == [min(50, group["count"])]


@pytest.mark.parametrize("address", ["/time?a=soon", "/time?a=2023&b=2023", "/partners?country=zz", "/events?from=May"])
def test_what_means_nothing_is_told_with_a_way_on(asker: ReaderAsker, address: str) -> None:
    page, html = made(asker, address)
    assert page.status == 400 and page.values["problem"] in html.replace("&#39;", "'")
    assert follow(asker, page.values["anew"])["total"]


@pytest.mark.parametrize("path", PATHS)
def test_without_reports_each_list_says_so(empty: ReaderAsker, path: str) -> None:
    page, html = made(empty, path)
    assert page.status == 200 and page.template == "unloaded.html" and "<table" not in html
    assert "Отчётов пока нет" in html and "pobratim load" in html


@pytest.mark.parametrize("path", PATHS)
def test_what_the_filter_hides_is_told_with_a_way_back(asker: ReaderAsker, path: str) -> None:
    page, html = made(asker, path + "?q=йцукенг")
    assert page.status == 200 and page.values["found"] == 0 and page.values["total"] > 0
    assert page.values["bar"].hidden == page.values["total"] and "Снять отбор" in html
    assert follow(asker, page.values["bar"].clear)["found"]


def test_names_of_the_data_are_never_markup(asker: ReaderAsker) -> None:
    _, html = made(asker, "/partners?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_quarters_are_said_as_people_say_them() -> None:
    assert period_text("2023-Q2", "ru") == "II кв. 2023" and period_text("2022..2024", "ru") == "2022–2024"
    assert period_text("2023-Q4", "en") == "Q4 2023"
