"""The lists of the explorer in a real browser: filtered by clicks and by keyboard, few clicks to the usual answers."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import painted, visit
from tests.support.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]


def _open(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("[data-mounted~=chips]")).to_be_visible()


def _menu(page: Page, name: str) -> None:
    page.locator("summary", has_text=re.compile(f"^{name}$")).click()


def test_a_country_is_chosen_and_taken_away_by_clicks(page: Page) -> None:
    _open(page, "/partners")
    rows = page.locator("table.ties tbody tr")
    whole = rows.count()
    _menu(page, "Страна")
    choice = page.locator("[data-field=country] li a", has_text="Беларусь")
    count = int(choice.locator("b").inner_text())
    choice.click()
    expect(page).to_have_url(re.compile("country=BY"))
    expect(rows).to_have_count(count)
    chip = page.locator(".chip.on", has_text="Беларусь")
    expect(chip.locator("b")).to_have_text(str(count))
    expect(page.locator(".hid")).to_contain_text(f"показано {count}")
    chip.click()
    expect(rows).to_have_count(whole)


def test_a_value_is_chosen_by_keyboard_alone(page: Page) -> None:
    _open(page, "/events")
    summary = page.locator("[data-field=topic] summary")
    summary.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-field=topic]")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("[data-field=topic]")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    page.keyboard.press("ArrowDown")
    first = page.locator("[data-field=topic] li a").first
    expect(first).to_be_focused()
    name = first.locator("span").first.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("topic="))
    expect(page.locator(".chip.on")).to_contain_text(name)


def test_one_list_is_open_at_a_time_and_a_click_elsewhere_closes_it(page: Page) -> None:
    _open(page, "/partners")
    _menu(page, "Страна")
    _menu(page, "Тема")
    expect(page.locator("details.choose[open]")).to_have_count(1)
    page.locator("h1").click()
    expect(page.locator("details.choose[open]")).to_have_count(0)


def test_a_place_is_picked_from_suggestions(page: Page) -> None:
    _open(page, "/partners?country=BY")
    _menu(page, "Кто")
    page.locator("#place").press_sequentially("витеб")
    option = page.locator("[data-field=place] [role=option]", has_text="Витебск").first
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("country=BY.*place=by-vitebsk|place=by-vitebsk.*country=BY"))
    expect(page.locator(".chip.on")).to_have_count(2)


def test_who_went_quiet_is_two_clicks_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Время").first.click()
    expect(page.locator("h1")).to_have_text("Кто появился и кто затих")
    expect(page.locator(".sum")).to_contain_text(re.compile("затихл|судить нельзя"))
    expect(page.locator(".heat .grp").first).to_be_visible()


def test_overdue_agreements_are_two_clicks_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Соглашения").first.click()
    expect(page.locator("h1")).to_have_text("Реестр соглашений")
    planned = page.locator("a.chip", has_text="План без даты")
    if planned.count():
        count = int(planned.locator("b").inner_text())
        planned.click()
        expect(page.locator("table.register tbody tr")).to_have_count(count)
    else:
        expect(page.locator(".chip.zero", has_text="План без даты")).to_be_visible()


@pytest.mark.parametrize("path", ["/partners?from=2023", "/events", "/agreements", "/time"])
def test_a_phone_shows_each_list_without_sideways_scroll(chrome: Browser, served: Server, path: str) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        _open(page, path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("details.choose summary").first.click()
        box = page.locator("details.choose[open] .list").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844


def test_a_phone_begins_time_with_the_newest_quarter_in_sight(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        page.goto("/time")
        page.locator("[data-mounted~=newest]").wait_for()
        row = page.locator(".heat tbody tr", has_text="Смоленск — Витебск")
        name, told = row.locator("th").bounding_box(), row.locator("td.n3").bounding_box()
        assert name and told and name["x"] + name["width"] <= told["x"] and told["x"] + told["width"] <= 390


@pytest.mark.parametrize("path", ["/partners", "/doc/country/by", "/network?seed=ru-smolensk&view=table"])
def test_a_phone_breaks_no_name_of_fifteen_letters(chrome: Browser, served: Server, path: str) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        names = page.locator("main table tbody tr:first-child td:has(.name) a:visible, main table tbody td.name a")
        lines = "link => { link.textContent = 'Нигденебывалово'; return link.getClientRects().length; }"
        assert names.first.evaluate(lines) == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_head_of_time_is_cut_by_the_names_beside_it(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        page.goto("/time")
        page.locator("[data-mounted~=newest]").wait_for()
        table = page.locator(".by-quarter")
        end, seen = table.evaluate("table => table.scrollLeft"), set()
        assert end > 0
        for step in range(0, 120, 10):
            table.evaluate("(table, left) => { table.scrollLeft = left; }", max(0, end - step))
            painted(page)
            edge, heads = page.evaluate(_HEADS)
            seen |= {is_shown for _, _, is_shown in heads}
            assert all(left >= edge - 1 and right <= cell + 1 for (left, right), cell, is_shown in heads if is_shown)
        assert seen == {True, False}


_HEADS = """() => {
  const edge = document.querySelector(".heat thead td").getBoundingClientRect().right;
  const table = document.querySelector(".heat").getBoundingClientRect().left;
  const end = head => table + head.offsetLeft + head.offsetWidth;
  const heads = [...document.querySelectorAll(".heat thead th:not(:first-child)")].filter(head => end(head) > edge);
  return [edge, heads.map(head => {
    const label = document.createRange();
    label.selectNodeContents(head);
    const { left, right } = label.getBoundingClientRect();
    return [[left, right], end(head), getComputedStyle(head).opacity !== "0"];
  })];
}"""
"""Where the names end, and of each year and quarter in sight: its label, the end of its cells, whether it is shown."""


def test_lists_work_without_a_script(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, java_script_enabled=False, locale="ru-RU") as page:
        page.goto("/partners")
        _menu(page, "Период")
        page.locator("[data-field=period] select[name=from]").select_option("2023")
        page.locator("[data-field=period] button").click()
        expect(page).to_have_url(re.compile("from=2023"))
        expect(page.locator(".chip.on")).to_have_text(re.compile("с 2023"))
