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


def test_all_of_the_menu_is_taken_away(page: Page, tmp_path: Path) -> None:
    _open(page)
    for name, ending, holds in (
        ("Таблица Excel", ".xlsx", b"PK"),
        ("Картинка для печати", ".svg", "Витебск".encode()),
        ("Картинка (PNG)", ".png", b"PNG"),
        ("Страница одним файлом", ".html", "Витебск".encode()),
    ):
        page.locator(".take > summary").click()
        with page.expect_download() as given:
            page.locator(".take li > *", has_text=name).click()
        file = tmp_path / f"one{ending}"
        given.value.save_as(file)
        assert given.value.suggested_filename.endswith(ending) and holds in file.read_bytes()
        page.keyboard.press("Escape")
    page.goto((tmp_path / "one.html").as_uri())
    expect(page.locator("h1")).to_have_text("Смоленск и партнёры")
    _choose_vitebsk(page)
    expect(page.locator(".told mark").first).to_contain_text(re.compile(r"Гимназии №\s7"))
    expect(page.locator(".told .walk span")).to_have_text("1 из 4")


def test_a_leaf_tells_what_ties_it_to_the_middle(page: Page) -> None:
    _open(page)
    page.get_by_role("link", name="Таблица", exact=True).click()
    page.goto("/explore/evidence?tie=ru-smolensk~institution:by-vitebsk-gymnasium-7&format=html")
    expect(page.locator("mark").first).to_contain_text(re.compile("Гимнази[ия]"))


def test_without_a_canvas_the_table_stays_and_can_be_sorted(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, locale="ru-RU") as page:
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto(SMOLENSK)
        table = page.locator(".net table.t")
        expect(table).to_be_visible()
        expect(page.locator("[data-part=stage]")).to_be_hidden()
        expect(page.locator("[data-part=said]")).to_contain_text("таблицей")
        table.get_by_role("button", name="Партнёр", exact=True).click()
        expect(table.locator("th[aria-sort=ascending]")).to_have_text("Партнёр")


def test_a_name_leads_to_its_network_and_an_unknown_one_to_the_nearest(page: Page) -> None:
    page.goto("/network?seed=г. Витебск")
    expect(page).to_have_url(re.compile(r"seed=by-vitebsk$"))
    page.goto("/network?seed=Витбескк")
    expect(page.locator("h1")).to_have_text("Такой сети нет")
    page.get_by_role("link", name="Витебск", exact=True).click()
    expect(page.locator("h1")).to_have_text("Витебск и партнёры")


def test_the_small_picture_of_a_dossier_tells_what_ties_and_leads_on(page: Page) -> None:
    page.goto("/doc/place/ru-smolensk")
    said = page.locator(".ego [data-part=said]")
    expect(said).to_contain_text("Наведите")
    page.locator(".spokes a text", has_text="Витебск").hover()
    expect(said).to_contain_text("Витебск: 3\u00a0мероприятия, 1\u00a0соглашение")
    expect(page.locator(".spokes a.faded")).to_have_count(3)
    page.mouse.move(5, 5)
    page.locator(".spokes a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("Гродно: ")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Гродно и партнёры")


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
