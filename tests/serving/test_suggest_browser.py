"""The search field while somebody types: a combobox that keyboard and screen reader know."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]


@pytest.fixture
def page(page: Page) -> Page:
    page.goto("/")
    expect(page.locator("#q")).to_have_attribute("role", "combobox")
    return page


def _typed(page: Page, text: str) -> None:
    page.keyboard.type(text)
    expect(page.locator("#q-list")).to_be_visible()


def test_slash_leads_to_the_field_and_a_suggestion_is_taken_by_arrows_and_enter(page: Page) -> None:
    page.keyboard.press("/")
    field = page.locator("#q")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    _typed(page, "витеб")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = page.locator("#q-list [role=option]")
    expect(options.first).to_contain_text("Витебск")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Витебск")
    assert "/doc/place/by-vitebsk" in page.url


def test_above_the_first_suggestion_stands_the_field_and_below_it_the_last(page: Page) -> None:
    page.locator("#q").focus()
    _typed(page, "витеб")
    page.keyboard.press("ArrowUp")
    last = page.locator("#q-list [role=option]").last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(last).to_contain_text("витеб")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q-list [aria-selected=true]")).to_have_count(0)
    assert page.locator("#q").get_attribute("aria-activedescendant") is None


def test_escape_closes_and_keeps_what_was_typed_and_enter_searches_for_it(page: Page) -> None:
    field = page.locator("#q")
    field.focus()
    _typed(page, "витеб")
    page.keyboard.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("витеб")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("витеб")
    expect(page.locator(".tabs [aria-current]")).to_contain_text("Всё")


def test_the_large_field_of_the_first_page_suggests_as_well(page: Page) -> None:
    large = page.locator("#find")
    large.focus()
    page.keyboard.type("гимн")
    expect(page.locator("#find-list [role=option]").first).to_be_visible()
    page.keyboard.press("/")
    expect(large).to_be_focused()
    expect(large).to_have_value("гимн/")


def test_what_nothing_is_called_is_said_to_have_no_suggestions(page: Page) -> None:
    page.locator("#q").focus()
    page.keyboard.type("щщщщ")
    expect(page.locator("form.find [role=status]").first).to_have_text("Подсказок нет")
    expect(page.locator("#q-list")).to_be_hidden()
