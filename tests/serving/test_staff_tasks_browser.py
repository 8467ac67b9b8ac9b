"""The ten tasks of the staff for whom the explorer is, each from the first page, in so many clicks at most."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import visit
from tests.support.clicks import Staff
from tests.support.editor import doubtful_store
from tests.support.merging import merged_and_undone
from tests.support.server import Server, running_server
from tests.support.staff_store import staff_store

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

VIEW = {"viewport": {"width": 1440, "height": 900}, "locale": "ru-RU"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("staff")
    with running_server(staff_store(folder), folder) as running:
        yield running


@pytest.fixture
def page(chrome: Browser, server: Server) -> Iterator[Page]:
    with visit(chrome, base_url=server.url, **VIEW) as opened:
        yield opened


@pytest.fixture
def staff(page: Page) -> Staff:
    return Staff(page)


def test_a_partner_is_found_by_a_misspelt_name(staff: Staff) -> None:
    staff.search("виетбск")
    staff.link("Витебск")
    staff.is_at("Витебск")
    expect(staff.page.locator(".sum").first).to_contain_text("5 мероприятий с 2023 года")
    assert staff.clicks <= 3


def test_what_ties_two_towns(staff: Staff) -> None:
    staff.search("Витебск")
    staff.link("Витебск")
    staff.link("Смоленск", "#ties")
    staff.is_at("Смоленск — Витебск")
    said = staff.page.locator(".sum")
    for told in ("3 мероприятия в 2023 году", "1 соглашение", "2 пары школ", "10 марта 2023 года"):
        expect(said).to_contain_text(told)
    expect(staff.page.locator(".evs li, .evs tr")).to_have_count(3)
    assert staff.clicks <= 4


def test_who_went_quiet(staff: Staff) -> None:
    staff.click(staff.page.locator(".nums a", has_text="затих"))
    expect(staff.page.locator(".heat tbody th a")).to_have_text(["Смоленск — Орша"])
    assert "group=quiet" in staff.page.url and staff.clicks <= 2


def test_the_sentence_of_a_tie(staff: Staff) -> None:
    staff.link("Витебск", "table")
    staff.click(staff.page.locator(".evs a").nth(2))
    expect(staff.page).to_have_url(re.compile(r"\?evidence=3"))
    marked = staff.page.locator("#evidence mark").first
    expect(marked).to_contain_text("Кондратенко")  # the first sentence, shown before, names no-one
    expect(marked).to_be_in_viewport()
    assert staff.clicks <= 2


def test_a_brief_in_word(staff: Staff) -> None:
    staff.link("Витебск", "table")
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    with staff.page.expect_download() as coming:
        staff.link("Справка в Word")
    document = Document(io.BytesIO(Path(coming.value.path()).read_bytes()))
    paragraphs = [each.text for each in document.paragraphs]
    assert paragraphs[0] == "Смоленск — Витебск: справка о связях"
    assert paragraphs[1].replace("\u00a0", " ").startswith("3 мероприятия в 2023 году; 1 соглашение, 2 пары школ.")
    assert staff.clicks <= 3


def test_agreements_that_are_late(staff: Staff) -> None:
    staff.click(staff.page.locator(".nums a", has_text="просроч"))
    rows = staff.page.locator("table.register tbody tr")
    expect(rows).to_have_count(1)
    for told in ("Смоленск — Гродно", "план: май 2022", "просрочено на 10 мес."):
        expect(rows).to_contain_text(told)
    assert staff.clicks <= 2


def test_partners_on_the_map(staff: Staff) -> None:
    staff.link("Карта", "header")
    expect(staff.page.locator("[data-island=map] .stage svg, [data-island=map] .stage canvas").first).to_be_visible()
    row = staff.page.locator("table tbody tr", has_text="Витебск").filter(has_text="Смоленск")
    expect(row.locator("td.num").first).to_have_text("3")
    assert staff.clicks <= 2


def test_the_table_of_a_year(staff: Staff) -> None:
    page = staff.page
    page.keyboard.press("/")
    page.keyboard.type("Смоленск")
    expect(page.get_by_role("option", name=re.compile("^Смоленск")).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    staff.press_enter()
    staff.is_at("Смоленск")
    staff.click(page.locator("summary", has_text="Скачать"))
    staff.link("Таблица за год")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2023")
    row = page.locator(".year-table tbody tr", has_text="Витебск")
    expect(row).to_have_count(1)
    assert "3" in row.locator("td.num").all_inner_texts() and staff.clicks <= 3


def test_the_table_of_a_year_by_mouse_alone(staff: Staff) -> None:
    staff.link("Смоленск")
    staff.is_at("Смоленск")
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    staff.link("Таблица за год")
    expect(staff.page.locator(".year-table tbody tr", has_text="Витебск")).to_have_count(1)
    assert staff.clicks <= 3


def test_what_is_seen_is_sent_as_a_link(staff: Staff, chrome: Browser, server: Server) -> None:
    staff.click(staff.page.locator(".hbar a", has_text="Беларусь"))
    expect(staff.page.locator(".chip.on", has_text="Беларусь")).to_be_visible()
    seen = staff.page.locator("main").inner_text()
    staff.click(staff.page.locator("summary", has_text="Скачать"))
    link = staff.page.get_by_role("link", name="Ссылка на эту страницу и версию данных").get_attribute("href")
    assert staff.clicks <= 2 and link is not None and "generation=" in link
    for address in (staff.page.url, link):  # the version is still the newest: both show the same
        with visit(chrome, base_url=server.url, **VIEW) as other:
            other.goto(address)
            expect(other.locator(".chip.on", has_text="Беларусь")).to_be_visible()
            assert other.locator("main").inner_text() == seen, address


def test_two_names_are_merged_and_that_is_undone(chrome: Browser, tmp_path: Path) -> None:
    merged_and_undone(chrome, doubtful_store(tmp_path), **VIEW)
