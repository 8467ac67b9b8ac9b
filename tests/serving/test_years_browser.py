"""The explorer over a store of twelve years with many countries, regions, towns and topics: every screen stays small
enough to be quick, its long lists give all their values, and the tasks of staff that read take as few clicks as on the
example."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.browser import painted, until, visit
from tests.support.clicks import Staff
from tests.support.editor import doubtful_report
from tests.support.merging import merged_and_undone
from tests.support.national_store import national_store
from tests.support.screens import MOST_ELEMENTS, MOUNTED, elements, oddities
from tests.support.server import Server, running_server, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

VIEW = {"viewport": {"width": 1440, "height": 900}, "locale": "ru-RU"}
SCREENS = (
    *("/", "/search?q=школа", "/reports", "/tables", "/queries", "/queries/checks", "/developers"),
    *("/def", "/terms", "/lexicon", "/doc/def/organisation-kind", "/graph/ties", "/workbench"),
    *("/queries/pair/about", "/queries/agreements", "/queries/partners-of-city?city=Москва"),
    *("/partners", "/partners?level=institution", "/partners?level=country", "/partners?country=BY&sort=last"),
    *("/partners?values=region", "/partners?values=partner&place=ru-moskva", "/events", "/events?values=country"),
    *("/agreements", "/map", "/map?level=institution", "/map?country=CN"),
    *(
        "/time",
        "/time?group=new",
        "/time?group=untold&a=2014..2019&b=2025",
        "/time?level=institution&a=2016..2020&b=2024",
    ),
    *("/network", "/network?view=table", "/network?view=table&page=2&sort=name", "/network?view=force"),
    *("/network?level=institution&view=force", "/network?seed=ru", "/network?seed=ru-moskva&expanded=by-minsk"),
    *(
        "/doc/region/ru-mos",
        "/doc/country/by",
        "/reports?page=2",
        "/doc/place/ru-moskva",
        "/doc/place/by-minsk",
        "/doc/place/ru-moskva?from=2020&values=country",
    ),
    *(
        "/pair/ru-moskva/by-minsk",
        "/pair/ru/by",
        "/pair/ru-moskva/by-minsk,by-brest,by-gomel",
        "/yearly/ru-moskva/2021",
    ),
    *("/paths?from=ru-moskva&to=by-minsk",),
)
"""Every screen, some of them as full as they become."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return national_store(tmp_path_factory.mktemp("years"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent) as running:
        with running.client() as client:
            wait_for(lambda: client.get("/partners"))
        yield running


@pytest.fixture
def page(chrome: Browser, server: Server) -> Iterator[Page]:
    with visit(chrome, base_url=server.url, **VIEW) as opened:
        yield opened


@pytest.fixture
def staff(page: Page) -> Staff:
    return Staff(page)


def test_no_screen_has_too_many_elements(page: Page) -> None:
    found = {path: _elements(page, path) for path in SCREENS}
    found |= {
        path: _elements(page, path) for path in (_linked(page, "/", "/doc/country/"), _linked(page, "/", "/pair/"))
    }
    assert {path: count for path, count in found.items() if count > MOST_ELEMENTS} == {}
    assert found["/partners"] > 500, "the lists are as empty as they never are"


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_broken_or_reaches_over_what_is_beside(chrome: Browser, server: Server, width: int) -> None:
    found: dict[str, list[str]] = {}
    with visit(chrome, base_url=server.url, viewport={"width": width, "height": 900}, locale="ru-RU") as page:
        for path in SCREENS:
            _elements(page, path)
            found[path] = oddities(page)
    assert {path: odd for path, odd in found.items() if odd} == {}


def _elements(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    until(page, lambda: bool(page.evaluate(MOUNTED)), bool)
    painted(page)
    return elements(page)


def _linked(page: Page, path: str, to: str) -> str:
    page.goto(path)
    link = page.locator(f"main a[href*='{to}'], footer a[href*='{to}']").first
    return link.get_attribute("href") or "" if link.count() else "/doc/country/by"


def test_a_long_menu_finds_what_it_does_not_show(page: Page) -> None:
    page.goto("/partners")
    expect(page.locator("[data-mounted~=chips]")).to_be_visible()
    page.locator("[data-field=region] summary").click()
    values = page.locator("[data-field=region] li")
    expect(values).to_have_count(10)
    shown = values.all_inner_texts()
    page.goto("/partners?values=region")
    others = [
        text for text in page.locator("ul.values li a span:first-child").all_inner_texts() if text not in str(shown)
    ]
    page.goto("/partners")
    page.locator("[data-field=region] summary").click()
    field = page.locator("[data-field=region] input[type=search]")
    expect(field).to_be_focused()
    page.keyboard.type(others[-1].split()[0][:8])
    expect(page.locator("[data-field=region] li a", has_text=others[-1])).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("region="))
    expect(page.locator(".chip.on")).to_have_count(1)


def test_a_long_menu_works_without_a_script(chrome: Browser, server: Server) -> None:
    with visit(chrome, base_url=server.url, java_script_enabled=False, locale="ru-RU") as page:
        page.goto("/partners?topic=sport")
        page.locator("[data-field=region] summary").click()
        page.locator("[data-field=region] a", has_text="Весь список").click()
        rows = page.locator("ul.values li")
        assert rows.count() > 40
        page.locator("input[name=find]").fill("московск")
        page.get_by_role("button", name="Найти", exact=True).last.click()
        expect(rows).to_have_count(1)
        count = rows.locator("b").inner_text()
        rows.locator("a").click()
        expect(page).to_have_url(re.compile("topic=sport.*region=|region=.*topic=sport"))
        expect(page.locator(".hid")).to_contain_text(f"показано {count}")
        expect(page.locator(".chip.on")).to_have_count(2)


def test_a_report_is_found_among_all(chrome: Browser, server: Server) -> None:
    with visit(chrome, base_url=server.url, java_script_enabled=False, locale="ru-RU") as page:
        page.goto("/reports")
        rows = page.locator("table.of-reports tbody tr")
        expect(rows).to_have_count(50)
        total = page.locator(".sum").inner_text()
        first = rows.first.inner_text()
        page.locator("a[rel=next]").click()
        expect(rows.first).not_to_have_text(first)
        page.get_by_role("searchbox", name="Найти в списке").fill("московская 2014")
        page.get_by_role("button", name="Найти", exact=True).last.click()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Московская область")
        expect(page.locator(".sum")).to_have_text(total)
        page.get_by_role("link", name="Все отчёты").click()
        expect(rows).to_have_count(50)


def test_the_table_of_a_network_is_sorted_over_all_its_pages(page: Page) -> None:
    page.goto("/network?view=table")
    names = page.locator("table.parties td.name")
    expect(names).to_have_count(50)
    page.locator("table.parties th a", has_text="Партнёр").click()
    page.locator("a[rel=next]").click()
    expect(page.locator("table.parties th[aria-sort]")).to_have_text("Партнёр")
    last = names.first.inner_text()
    page.locator("a[rel=prev]").click()
    assert names.first.inner_text() < last


def test_a_partner_by_a_misspelt_name(staff: Staff) -> None:
    staff.search("масква")
    staff.link("Москва")
    staff.is_at("Москва")
    assert staff.clicks <= 3


def test_what_ties_two_towns(staff: Staff) -> None:
    staff.search("Москва")
    staff.link("Москва")
    staff.is_at("Москва")
    row = staff.page.locator("#ties tbody tr").first
    partner, events = row.locator("a.name").inner_text(), int(row.locator("td.num").first.inner_text())
    staff.click(row.locator("a.name"))
    staff.is_at(f"Москва — {partner}")
    expect(staff.page.locator(".sum")).to_contain_text(f"{events} мероприяти")
    assert staff.clicks <= 4 and events > 1


def test_who_went_quiet(staff: Staff) -> None:
    number = staff.page.locator(".nums a", has_text=re.compile("ждёт|ждут"))
    told = re.sub(r"\D", "", number.locator("b").inner_text())
    staff.click(number)
    expect(staff.page.locator(".heat .grp").first).to_contain_text("Судить нельзя")
    said = staff.page.locator(".heat .grp small").first.inner_text()
    assert re.sub(r"\D", "", said.partition("·")[0]) == told and staff.clicks <= 2


def test_the_sentence_of_a_tie(staff: Staff) -> None:
    staff.click(staff.page.locator("main table a.name").first)
    staff.click(staff.page.locator(".evs a").first)
    expect(staff.page.locator("#evidence mark").first).to_be_in_viewport()
    assert staff.clicks <= 2


def test_a_brief_in_word(staff: Staff) -> None:
    staff.click(staff.page.locator("main table a.name").first)
    heading = staff.page.get_by_role("heading", level=1).inner_text().replace("\n", " — ")
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    with staff.page.expect_download() as coming:
        staff.link("Справка в Word")
    paragraphs = [each.text for each in Document(io.BytesIO(Path(coming.value.path()).read_bytes())).paragraphs]
    assert paragraphs[0].startswith(f"{heading}: справка") and staff.clicks <= 3


def test_agreements_that_are_late(staff: Staff) -> None:
    number = staff.page.locator(".nums a", has_text="просроч")
    told = int(number.locator("b").inner_text())
    staff.click(number)
    expect(staff.page.locator(".hid")).to_contain_text(f"показано {told}")
    rows = staff.page.locator("table.register tbody tr")
    expect(rows.filter(has_text="просрочено на")).to_have_count(told)
    assert staff.clicks <= 2 and rows.count() == told > 5


def test_two_names_are_merged_and_that_is_undone(chrome: Browser, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(store, copy)
    load([doubtful_report(tmp_path)], GenerationStore(copy), Settings())
    merged_and_undone(chrome, copy, **VIEW)


def test_partners_on_the_map(staff: Staff) -> None:
    staff.link("Карта", "header")
    stage = staff.page.locator("[data-island=map] [data-part=stage] svg [data-said]")
    expect(stage.first).to_be_attached()
    assert staff.clicks <= 2 and stage.count() > 50


def test_the_table_of_a_year(staff: Staff) -> None:
    staff.link("Москва")
    staff.is_at("Москва")
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    staff.link("Таблица за год")
    expect(staff.page.locator(".year-table tbody tr").first).to_be_visible()
    assert staff.clicks <= 3


def test_what_is_seen_is_sent_as_a_link(staff: Staff, chrome: Browser, server: Server) -> None:
    staff.click(staff.page.locator(".hbar a", has_text="Беларусь"))
    expect(staff.page.locator(".chip.on", has_text="Беларусь")).to_be_visible()
    seen = staff.page.locator("main").inner_text()
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    link = staff.page.get_by_role("link", name="Ссылка на эту страницу и версию данных").get_attribute("href")
    assert staff.clicks <= 2 and link is not None
    with visit(chrome, base_url=server.url, **VIEW) as other:
        other.goto(link)
        expect(other.locator(".chip.on", has_text="Беларусь")).to_be_visible()
        assert other.locator("main").inner_text() == seen
