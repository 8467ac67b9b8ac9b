"""The network of the explorer in a real browser: by keyboard and pointer, undone, folded, taken away, on a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import visit
from tests.support.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

SMOLENSK = "/network?seed=ru-smolensk"


def _open(page: Page, path: str = SMOLENSK) -> None:
    page.goto(path)
    expect(page.locator(".picture")).to_be_visible()
    expect(page.locator("[data-part=panel] h2").first).to_have_text(re.compile("Больше всего"))


def _panel(page: Page) -> str:
    return page.locator("[data-part=panel]").inner_text()


def _choose_vitebsk(page: Page) -> None:
    page.locator("[data-part=panel]").get_by_role("button", name="Витебск", exact=True).click()
    expect(page.locator("[data-part=panel] h2").first).to_have_text("Витебск")


def test_arrows_walk_and_enter_tells_what_a_tie_is_based_on(page: Page) -> None:
    _open(page)
    page.evaluate("addEventListener('pobratim:evidence', event => document.body.dataset.tie = event.detail.tie)")
    page.locator(".picture").focus()
    page.keyboard.press("ArrowUp")
    said = page.locator("[data-part=said]")
    expect(said).to_contain_text("Смоленск")
    names = set()
    for key in ("ArrowUp", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        names.add(said.inner_text())
    assert len(names) > 2
    _choose_vitebsk(page)
    expect(page.locator("body")).to_have_attribute("data-tie", re.compile("by-vitebsk"))
    assert "3 мероприятия, 1 соглашение" in _panel(page)


def test_counts_come_first_and_what_is_opened_is_undone_redone_and_folded(page: Page) -> None:
    _open(page)
    _choose_vitebsk(page)
    more = page.locator("[data-part=panel] .beside")
    expect(more).to_contain_text("По странам")
    shown = page.locator("[data-part=said]")
    more.get_by_role("button", name=re.compile("все сразу")).click()
    expect(shown).to_contain_text("На картинке")
    whole = shown.inner_text()
    assert page.url.endswith("expanded=by-vitebsk")
    page.locator(".picture").focus()
    page.keyboard.press("Control+z")
    expect(shown).not_to_have_text(whole)
    assert "expanded" not in page.url
    page.keyboard.press("Control+y")
    expect(shown).to_have_text(whole)
    page.keyboard.press("Backspace")
    expect(shown).not_to_have_text(whole)
    assert "expanded" not in page.url
    page.get_by_role("button", name="Отменить раскрытие").click()
    expect(shown).to_have_text(whole)


def test_a_link_holds_what_was_opened(page: Page) -> None:
    _open(page, SMOLENSK + "&expanded=by-vitebsk")
    _choose_vitebsk(page)
    expect(page.get_by_role("button", name="Свернуть")).to_be_visible()


def test_pictures_are_taken_away(page: Page, tmp_path: Path) -> None:
    _open(page)
    for name, ending, holds in (("svg", ".svg", b"Vitebsk"), ("file", ".html", b"<table>"), ("png", ".png", b"PNG")):
        page.locator(".menu > summary", has_text="Скачать").click()
        with page.expect_download() as given:
            page.locator(f"[data-network={name}]").click()
        file = tmp_path / f"one{ending}"
        given.value.save_as(file)
        content = file.read_bytes()
        wanted = "Витебск".encode() if name == "svg" else holds
        assert given.value.suggested_filename.endswith(ending) and wanted in content
        page.keyboard.press("Escape")
    page.goto((tmp_path / "one.html").as_uri())
    expect(page.locator("svg")).to_be_visible()
    expect(page.locator("table")).to_contain_text("Витебск")


def test_paper_gets_lines_and_the_table(page: Page) -> None:
    _open(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".printed-picture")).to_be_visible()
    expect(page.locator(".picture canvas").first).to_be_hidden()
    expect(page.locator("table.t")).to_be_visible()


def test_a_phone_has_the_list_and_the_picture_on_request(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as phone:
        phone.goto(SMOLENSK)
        expect(phone.locator(".tree")).to_be_visible()
        expect(phone.locator(".picture")).to_have_count(0)
        phone.get_by_role("button", name="Показать картинку").click()
        expect(phone.locator(".picture")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_no_name_lies_over_a_shape_or_the_border(page: Page) -> None:
    """In true letters, as the browser measures them: in SVG every name and shape has a box."""
    _open(page, SMOLENSK + "&expanded=by-vitebsk")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    found = page.evaluate("""() => {
      const svg = document.querySelector(".printed-picture"), frame = svg.getBoundingClientRect();
      const box = element => element.getBoundingClientRect();
      const shapes = [...svg.querySelectorAll("[data-node]:not(text)")];
      const over = (a, b) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      return [...svg.querySelectorAll("text")].flatMap(text => {
        const at = box(text), id = text.dataset.node;
        if (at.left < frame.left || at.right > frame.right || at.top < frame.top || at.bottom > frame.bottom)
          return [`cut: ${text.textContent}`];
        return shapes.filter(shape => shape.dataset.node !== id && over(at, box(shape))).map(
          shape => `${text.textContent} over ${shape.dataset.node}`);
      });
    }""")
    assert found == []
