"""What comes out of a printer, and what a phone shows of wide tables: nothing is cut off, twice, or without a name."""

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import until, visit
from tests.support.editor import TOKEN, doubtful_store
from tests.support.screens import MOUNTED
from tests.support.server import Server, running_server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "ru-RU"}
_OVER = "document.documentElement.scrollWidth - innerWidth"


def _sheets(page: Page, path: str) -> tuple[pypdfium2.PdfDocument, str]:
    page.goto(path)
    until(page, lambda: bool(page.evaluate(MOUNTED)), bool)
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return paper, "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)


def test_the_yearly_table_lies_across_and_is_summed_up_once(page: Page) -> None:
    paper, text = _sheets(page, "/yearly/ru-smolensk/2023")
    assert len(paper) > 1
    for sheet in paper:
        width, height = sheet.get_size()
        assert width > height
    assert text.count("Итого") == 1
    assert "город-партнёр не" in text and "Без" in text


def test_a_printed_network_names_whomever_it_counts(page: Page) -> None:
    _, text = _sheets(page, "/network?seed=ru-smolensk")
    assert "Больше всего" not in text  # its names are buttons, which paper has none of; the table tells the same
    assert "Участник" in text and "Витебск" in text and "год не назван" not in text.split("Участник")[0]


def test_the_sides_of_a_tie_are_called_by_whose_they_are(page: Page) -> None:
    page.goto("/network?seed=by-vitebsk&view=table")
    expect(page.locator(".parties thead th").nth(0)).to_have_text("Партнёр")
    expect(page.locator(".parties tbody td").nth(0)).to_have_text("Витебск")
    page.goto("/doc/country/by")
    expect(page.locator("#ties thead th").nth(0)).to_have_text("Партнёр")
    expect(page.locator("#ties thead th").nth(1)).to_have_text("Участник")


def test_a_phone_shows_wide_tables_as_cards(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, **PHONE) as page:
        for path in ("/yearly/ru-smolensk/2023", "/terms"):
            page.goto(path)
            cells = page.locator("main table tbody tr").first.locator("td")
            for cell in cells.all():
                box = cell.bounding_box()
                assert box is None or box["x"] + box["width"] <= 390, path
        page.goto("/yearly/ru-smolensk/2023")
        label = page.locator("table tbody td.num").nth(1)
        assert "I кв.:" in label.evaluate("cell => getComputedStyle(cell, '::before').content")


def test_what_is_wrong_with_a_key_is_read_on_a_phone(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = doubtful_store(tmp_path_factory.mktemp("phone"))
    with (
        running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server,
        visit(chrome, base_url=server.url, **PHONE) as page,
    ):
        page.goto("/sign-in")
        page.get_by_label("Имя").fill("Иванова")
        page.get_by_label("Ключ редактора").fill("не тот")
        page.get_by_role("button", name="Войти").click()
        expect(page.get_by_role("alert")).to_contain_text("Имя или ключ не подходит")
        assert page.evaluate(_OVER) <= 0
