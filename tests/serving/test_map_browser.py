"""The map in a real browser: a click chooses, keys and buttons move; a phone has its own crop, no script a table."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import until, visit
from tests.support.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]


def _open(page: Page, path: str = "/map") -> None:
    page.goto(path)
    expect(page.locator("[data-part=stage]")).to_have_attribute("aria-busy", "false")


@pytest.fixture
def page(page: Page) -> Page:
    _open(page)
    return page


def _place(page: Page, name: str) -> dict[str, float]:
    """Where a place is on the screen, by what it says when it is pointed at."""
    mark = page.locator(f".map [data-part=stage] > svg > :is(circle, rect)[data-said^='{name}: ']").first
    box = mark.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def test_a_click_on_a_town_lists_its_ties_with_ways_on_and_escape_forgets_it(page: Page) -> None:
    at = _place(page, "Витебск")
    page.mouse.click(at["x"], at["y"])
    panel = page.locator("[data-part=panel]")
    expect(panel.locator("h2 a")).to_have_text("Витебск")
    expect(panel.locator("h2 a")).to_have_attribute("href", "/doc/place/by-vitebsk")
    expect(panel.locator("li")).to_have_count(2)
    expect(panel.locator("li a").first).to_have_attribute("href", "/pair/ru-smolensk/by-vitebsk")
    page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_count(0)


def test_keys_and_buttons_move_the_map(page: Page) -> None:
    before = _place(page, "Витебск")
    picture = page.locator("[data-part=stage] > svg")
    picture.focus()
    page.keyboard.press("ArrowLeft")
    moved = until(page, lambda: _place(page, "Витебск"), lambda now: now["x"] > before["x"] + 1)
    assert moved["y"] == pytest.approx(before["y"], abs=1)
    page.keyboard.press("0")
    until(page, lambda: _place(page, "Витебск"), lambda now: abs(now["x"] - before["x"]) < 1)
    one, other = _place(page, "Витебск"), _place(page, "Минск")
    page.get_by_role("button", name="Ближе").click()
    until(
        page,
        lambda: _place(page, "Минск")["y"] - _place(page, "Витебск")["y"],
        lambda apart: apart > 1.3 * (other["y"] - one["y"]),
    )


def test_what_is_far_off_has_a_map_of_its_own_and_the_whole_is_one_click_away(page: Page) -> None:
    expect(page.locator("[data-part=far] text")).to_have_text(["Смоленск", "Тюль"])
    names = page.locator("[data-part=stage] > svg > text")
    expect(names.filter(has_text="Тюль")).to_have_count(0)
    page.get_by_role("button", name="Вся карта").click()
    expect(names.filter(has_text="Тюль")).to_have_count(1)


def test_names_lie_over_no_other_name(page: Page) -> None:
    over = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll("[data-part=stage] > svg > text")].map(t => t.getBBox());
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => a.x < b.x + b.width && b.x < a.x + a.width
          && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height)).length; }"""
    )
    assert over == 0
    assert page.locator("[data-part=stage] > svg > text").count() >= 4


def test_on_a_phone_it_has_a_crop_of_its_own_and_few_names(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        _open(page)
        view = str(page.locator("[data-part=stage] > svg").get_attribute("viewBox")).split()
        assert float(view[2]) < 390 and float(view[3]) / float(view[2]) == pytest.approx(0.86, abs=0.01)
        assert 0 < page.locator("[data-part=stage] > svg > text").count() <= 14


def test_without_a_script_a_picture_shows_it_and_the_table_tells_it(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, locale="ru-RU", java_script_enabled=False) as page:
        page.goto("/map")
        expect(page.locator("[data-part=stage]")).to_be_hidden()
        expect(page.locator("[data-part=panel]")).to_be_hidden()
        expect(page.locator("section table tbody tr").filter(has_text="Витебск")).not_to_have_count(0)
        expect(page.locator(".strip")).to_contain_text("Вне карты")
        picture = page.locator("noscript img, .stage > img")
        expect(picture).to_be_visible()
        drawn = page.request.get(str(picture.get_attribute("src"))).text()
        assert drawn.count(">Витебск</text>") == 1 and drawn.count("<path") > 8


def test_all_of_the_menu_is_taken_away(page: Page) -> None:
    for name, ending in (("Таблица Excel", ".xlsx"), ("Картинка для печати", ".svg"), ("Картинка (PNG)", ".png")):
        page.locator(".take > summary").click()
        with page.expect_download() as given:
            page.locator(".take li > *", has_text=name).click()
        assert given.value.suggested_filename.endswith(ending)
        page.keyboard.press("Escape")
