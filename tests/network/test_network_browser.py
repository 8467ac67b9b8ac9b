"""The network page in a real browser: opens from disk, asks the network for nothing, every control works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pobratim.network import write_network
from pobratim.network.figure import draw
from pobratim.network.page import to_html
from tests.support.browser import Opened, opened, painted, until
from tests.support.network_sample import TIE_8_7, reader, star

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAINTED = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) count += 1;
  return count;
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_network("institutions", {}, reader(), folder / "institutions.html", "ru")
    write_network("school-links", {"partner": "Смоленск"}, reader(), folder / "empty.html", "ru")
    return folder


@pytest.fixture
def wide(pages: Path) -> Iterator[Opened]:
    with opened(pages / "institutions.html", 1440, 900) as result:
        yield result
        assert result.requests == []
        assert result.errors == []


@pytest.fixture
def narrow(pages: Path) -> Iterator[Opened]:
    with opened(pages / "institutions.html", 390, 844) as result:
        yield result
        assert result.requests == []
        assert result.errors == []


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def _has_rows(page: Page, count: int) -> None:
    expect(page.locator("#panel tbody tr")).to_have_count(count)


def _ready_to_click(page: Page, point: str) -> tuple[float, float]:
    """Return where on the screen the middle of a line or dot lies: found by its colour under the pointer."""
    box = page.locator("#canvas").bounding_box()
    assert box
    spot = page.evaluate(point)
    return box["x"] + spot["x"], box["y"] + spot["y"]


# The longest unbroken run of the agreement line's colour, in CSS pixels.
AGREEMENT_LINE = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const pen = canvas.getContext("2d");
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const ratio = canvas.width / canvas.clientWidth;
  let best = { length: 0 };
  for (let y = 0; y < height; y += 1) {
    let run = 0;
    for (let x = 0; x < width; x += 1) {
      const i = 4 * (y * width + x);
      run = data[i] === 43 && data[i + 1] === 58 && data[i + 2] === 69 ? run + 1 : 0;
      if (run > best.length) best = { length: run, x: (x - run / 2) / ratio, y: y / ratio };
    }
  }
  return best;
}"""


def test_the_canvas_is_painted_and_nothing_sticks_out(wide: Opened) -> None:
    assert wide.page.evaluate(PAINTED) > 5000
    assert _overflow(wide.page) <= 0
    expect(wide.page.locator("#summary")).to_have_text("17 партнёров · 11 связей · 13 событий")
    expect(wide.page.locator("#legend")).to_contain_text("Беларусь")


def test_on_a_telephone_nothing_sticks_out_and_the_panel_is_a_sheet(narrow: Opened) -> None:
    page = narrow.page
    assert page.evaluate(PAINTED) > 3000
    assert _overflow(page) <= 0
    page.locator("#panel .row").first.click()
    panel = page.locator("#panel.open")
    sheet = until(page, panel.bounding_box, lambda box: box is not None and round(box["y"] + box["height"]) == 844)
    assert sheet and sheet["y"] > 844 * 0.3
    assert _overflow(page) <= 0
    page.click("#close")
    _has_rows(page, 11)


def test_a_click_on_a_line_shows_its_rows(wide: Opened) -> None:
    page = wide.page
    page.mouse.click(*_ready_to_click(page, AGREEMENT_LINE))
    expect(page.locator("#panel .events")).to_be_visible()
    expect(page.locator("#panel .agreements li")).to_have_count(1)
    expect(page.locator("#panel summary").first).to_contain_text("строка")
    expect(page.locator("#panel .cells dd").first).to_be_visible()
    expect(page.locator("#panel mark").nth(1)).to_be_attached()


def test_compressed_rows_are_shown_like_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.network.page.PLAIN", 10)
    write_network("institutions", {}, reader(), tmp_path / "packed.html", "ru")
    with opened(tmp_path / "packed.html", 1440, 900) as result:
        result.page.mouse.click(*_ready_to_click(result.page, AGREEMENT_LINE))
        expect(result.page.locator("#panel .events")).to_be_visible()
        expect(result.page.locator("#panel mark").nth(1)).to_be_attached()
        assert result.requests == [] and result.errors == []


# The middle of the longest unbroken run of the home country's colour: of the largest of its dots.
HOME_DOT = AGREEMENT_LINE.replace(
    "data[i] === 43 && data[i + 1] === 58 && data[i + 2] === 69",
    "data[i] === 0 && data[i + 1] === 114 && data[i + 2] === 178",
)


def test_a_dot_tells_its_name_is_chosen_by_a_click_and_can_be_moved(wide: Opened) -> None:
    page = wide.page
    x, y = _ready_to_click(page, HOME_DOT)
    page.mouse.move(x, y)
    page.wait_for_selector("#canvas .tip:not([hidden])")
    name = page.inner_text("#canvas .tip")
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=3)
    page.mouse.up()
    painted(page)
    assert page.locator("#panel.open").count() == 0
    page.mouse.click(x + 60, y + 20)
    expect(page.locator("#panel-title")).to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.locator("#panel.open")).to_have_count(0)
    page.mouse.click(x, y)
    painted(page)
    assert page.locator("#panel.open").count() == 0


def test_paper_gets_the_whole_picture_as_lines_and_every_row(wide: Opened) -> None:
    page = wide.page
    page.click("#zoom-in")
    page.locator("#panel .row").first.click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#canvas .paper circle")).to_have_count(17)
    expect(page.locator("#canvas .paper")).to_be_visible()
    expect(page.locator("#canvas canvas >> visible=true")).to_have_count(0)
    expect(page.locator("#panel details").first).to_be_attached()
    expect(page.locator("#panel details:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#canvas .paper")).to_have_count(0)
    expect(page.locator("#canvas canvas").first).to_be_visible()


def test_of_many_ties_only_those_on_the_screen_are_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "many.html").write_text(to_html(draw(star(400)), "ru"), encoding="utf-8")
    with opened(tmp_path / "many.html", 1440, 900) as result:
        page = result.page
        expect(page.locator("#panel-title")).to_have_text("Связи: 401")
        expect(page.locator("#panel .rows")).to_have_attribute("aria-busy", "false")
        assert 10 < page.locator("#panel .row").count() < 60
        page.click('[data-sort="partners"]')
        last = page.locator('#panel [data-tie="tz"]')
        scroll = "rows => rows.scrollTo(0, rows.scrollHeight)"
        until(page, lambda: (page.locator("#panel .rows").evaluate(scroll), last.count())[1], bool)
        last.click()
        expect(page.locator("#panel-title .lead")).to_have_count(2)
        assert (result.requests, result.errors) == ([], [])


def test_the_table_opens_a_tie_by_keyboard_and_back_closes_it(wide: Opened) -> None:
    page = wide.page
    page.locator(f'#panel [data-tie="{TIE_8_7}"]').focus()
    page.keyboard.press("Enter")
    events = page.locator("#panel .events > li")
    expect(events).to_have_count(3)
    page.locator("#panel summary").last.click()
    expect(events.nth(2)).to_contain_text("16-26 января 2023 года", use_inner_text=True)
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.go_back()
    _has_rows(page, 11)
    page.go_forward()
    expect(page.locator("#panel .events")).to_be_visible()
    page.keyboard.press("Escape")
    _has_rows(page, 11)


def test_search_finds_by_any_part_and_enter_shows_the_partner(wide: Opened) -> None:
    page = wide.page
    page.fill("#search", "кондрат")
    expect(page.locator("#found li")).to_have_count(1)
    page.press("#search", "Enter")
    expect(page.locator("#panel-title")).to_have_text("ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»")
    _has_rows(page, 3)
    page.fill("#search", "ничего такого")
    expect(page.locator("#found")).to_have_text("Никого не найдено")
    page.fill("#search", "витеб")
    expect(page.locator("#found li").nth(1)).to_be_visible()
    page.press("#search", "ArrowDown")
    expect(page.locator('#found [aria-selected="true"]')).to_have_count(1)
    page.press("#search", "Escape")
    expect(page.locator("#found")).to_be_hidden()


def test_filters_leave_fitting_ties_and_reset_brings_all_back(wide: Opened) -> None:
    page = wide.page
    before = page.evaluate(PAINTED)
    page.select_option("#filter-topic", label="транспорт")
    _has_rows(page, 2)
    expect(page.locator("#summary")).to_have_text(re.compile("^3 партнёра · 2 связи"))
    page.select_option("#filter-year", label="2024")
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#empty")).to_contain_text("Связей не найдено")
    page.click("#empty-reset")
    expect(page.locator("#empty")).to_be_hidden()
    _has_rows(page, 11)
    page.select_option("#filter-kind", label="партнёрство")
    _has_rows(page, 3)
    page.click("#reset")
    _has_rows(page, 11)
    until(page, lambda: int(page.evaluate(PAINTED)), lambda now: abs(now - before) < before * 0.02)
    expect(page.locator("#reset")).to_be_disabled()


def test_the_country_filter_counts_the_year_of_each_row(wide: Opened) -> None:
    page = wide.page
    page.select_option("#filter-year", label="2023")
    _has_rows(page, 6)


def test_the_table_sorts_by_each_column(wide: Opened) -> None:
    page = wide.page
    page.click('[data-sort="partners"]')
    expect(page.locator('th[aria-sort="ascending"]')).to_have_count(1)
    names = page.locator("#panel .row .name >> visible=true").all_inner_texts()[::2]
    assert len(names) == 11
    page.click('[data-sort="partners"]')
    expect(page.locator("#panel .row .name").first).to_have_text(names[-1])


def test_zoom_and_show_all_change_the_picture(wide: Opened) -> None:
    page = wide.page
    page.click("#fit")
    start = page.evaluate(PAINTED)
    page.click("#zoom-out")
    page.click("#zoom-out")
    until(page, lambda: int(page.evaluate(PAINTED)), lambda now: now < start * 0.9)
    page.click("#fit")
    until(page, lambda: int(page.evaluate(PAINTED)), lambda now: abs(now - start) < start * 0.02)
    page.focus("#canvas [role=group]")
    page.keyboard.press("Tab")
    expect(page.locator("#zoom-in")).to_be_focused()


def test_the_language_can_be_switched(wide: Opened) -> None:
    page = wide.page
    page.click('button[data-lang="en"]')
    expect(page.locator("h1")).to_have_text("Ties of institutions")
    expect(page.locator("#summary")).to_have_text("17 partners · 11 ties · 13 events")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#panel .row").first.click()
    expect(page.locator("#panel")).to_contain_text(re.compile("16 January 2023|January 16, 2023"), use_inner_text=True)


def test_the_picture_is_saved(wide: Opened, tmp_path: Path) -> None:
    with wide.page.expect_download() as waiting:
        wide.page.click("#save")
    waiting.value.save_as(tmp_path / "saved.png")
    assert waiting.value.suggested_filename == "Связи учреждений.png"
    assert (tmp_path / "saved.png").read_bytes().startswith(b"\x89PNG")


def test_filters_open_on_a_telephone(narrow: Opened) -> None:
    page = narrow.page
    expect(page.locator("#filters")).to_be_hidden()
    page.click("#filters-open")
    page.select_option("#filter-topic", label="транспорт")
    expect(page.locator("#filters-open")).to_have_text("Отбор (1)")
    _has_rows(page, 2)


def test_an_empty_network_says_so(pages: Path) -> None:
    with opened(pages / "empty.html", 1440, 900) as result:
        expect(result.page.locator("#empty")).to_contain_text("В загруженных отчётах таких связей нет")
        expect(result.page.locator("#empty-reset")).to_be_hidden()
        assert (result.requests, result.errors) == ([], [])
