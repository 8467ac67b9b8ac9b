"""The pair and the dossier in a browser: clicks to a sentence, the walk by keyboard, what a screen holds."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.app_built import needs_app
from tests.support.browser import visit
from tests.support.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAIR = "/pair/ru-smolensk/by-vitebsk"


def test_a_pair_is_found_in_four_clicks_and_its_sentence_in_two_more(page: Page) -> None:
    page.goto("/")
    page.locator("#q").fill("Витебск")  # the first click
    page.keyboard.press("Enter")  # the second
    page.locator(".hits a").first.click()
    page.locator("#ties a.name").first.click()
    expect(page.locator("h1")).to_contain_text("Смоленск")
    page.locator(".evs a").nth(2).click()
    expect(page).to_have_url(re.compile(r"\?evidence=3"))
    expect(page.locator("#evidence mark").first).to_contain_text("Кондратенко")  # the first one's names no-one


def test_all_of_a_pair_is_above_the_fold(page: Page) -> None:
    page.goto(PAIR)
    page.evaluate("document.fonts.ready")
    bottoms = "all => all.map(each => each.getBoundingClientRect().bottom)"
    assert max(page.locator(".pairs, .evs, .agreements, .years").evaluate_all(bottoms)) <= 900


def test_the_walk_needs_no_mouse(page: Page) -> None:
    needs_app()
    page.goto(PAIR)
    expect(page.locator("#evidence[data-mounted=drawer]")).to_be_attached()
    page.locator(".evs a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".walk span")).to_have_text("2 из 4")
    expect(page.locator("#evidence mark").first).to_contain_text("Маладик")
    expect(page.locator("[data-at='2'].on")).to_have_count(1)
    expect(page).to_have_url(f"{PAIR}?evidence=2")
    page.locator("[data-walk='-1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".walk span")).to_have_text("1 из 4")
    expect(page.locator("[data-walk='-1']")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".walk span")).to_have_text("4 из 4")
    expect(page.locator(".agreements tr.on")).to_have_count(1)


def test_without_a_script_the_walk_is_links(chrome: Browser, served: Server) -> None:
    size = {"width": 390, "height": 844}
    with visit(chrome, base_url=served.url, viewport=size, locale="ru-RU", java_script_enabled=False) as page:
        page.goto(PAIR)
        page.locator(".evs a").nth(1).click()
        expect(page.locator("#evidence mark").first).to_contain_text("Маладик")
        page.locator("[data-walk='1']").click()
        expect(page.locator(".walk span")).to_have_text("3 из 4")


def test_the_picture_of_a_network_shows_sentences(page: Page) -> None:
    needs_app()
    page.goto("/network?seed=by-vitebsk")
    page.locator("[data-part=panel] .most button").first.click()
    expect(page.locator("[data-part=panel] .told mark").first).to_be_visible()
    page.locator("[data-part=panel] [data-walk='1']").click()
    expect(page.locator("[data-part=panel] .walk span")).to_have_text("2 из 4")


def test_another_party_is_put_beside_by_its_name(page: Page) -> None:
    page.goto(PAIR)
    page.get_by_text("Добавить для сравнения").click()
    page.get_by_label("Город, организация, страна").fill("Минск")
    page.get_by_role("button", name="Сравнить").click()
    expect(page.locator("h1")).to_have_text("Смоленск и партнёры: сравнение")
    expect(page.locator("thead a.name")).to_have_text(["Витебск", "Минск"])
