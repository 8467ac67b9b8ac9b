"""The network page in a real browser: opens from disk, asks the network for nothing, every control works."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pobratim.network import write_network
from pobratim.network.figure import draw
from pobratim.network.page import to_html
from tests.support.browser import Opened, opened
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


def _rows(page: Page) -> int:
    return page.locator("#panel tbody tr").count()


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
    assert wide.page.inner_text("#summary") == "17 партнёров · 11 связей · 13 событий"
    assert "Беларусь" in wide.page.inner_text("#legend")


def test_on_a_telephone_nothing_sticks_out_and_the_panel_is_a_sheet(narrow: Opened) -> None:
    page = narrow.page
    assert page.evaluate(PAINTED) > 3000
    assert _overflow(page) <= 0
    page.locator("#panel .row").first.click()
    sheet = page.locator("#panel.open").bounding_box()
    assert sheet and sheet["y"] > 844 * 0.3 and round(sheet["y"] + sheet["height"]) == 844
    assert _overflow(page) <= 0
    page.click("#close")
    assert _rows(page) == 11


def test_a_click_on_a_line_shows_its_rows(wide: Opened) -> None:
    page = wide.page
    page.mouse.click(*_ready_to_click(page, AGREEMENT_LINE))
    page.wait_for_selector("#panel .events")
    assert page.locator("#panel .agreements li").count() == 1
    assert "строка" in page.inner_text("#panel summary >> nth=0")
    assert page.locator("#panel .cells dd").first.is_visible()
    assert page.locator("#panel mark").count() >= 2


def test_compressed_rows_are_shown_like_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.network.page.PLAIN", 10)
    write_network("institutions", {}, reader(), tmp_path / "packed.html", "ru")
    with opened(tmp_path / "packed.html", 1440, 900) as result:
        result.page.mouse.click(*_ready_to_click(result.page, AGREEMENT_LINE))
        result.page.wait_for_selector("#panel .events")
        assert result.page.locator("#panel mark").count() >= 2
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
    assert page.locator("#panel.open").count() == 0
    page.wait_for_timeout(100)
    page.mouse.click(x + 60, y + 20)
    assert page.inner_text("#panel-title") == name
    page.keyboard.press("Escape")
    page.mouse.click(x, y)
    assert page.locator("#panel.open").count() == 0


def test_paper_gets_the_whole_picture_as_lines_and_every_row(wide: Opened) -> None:
    page = wide.page
    page.click("#zoom-in")
    page.locator("#panel .row").first.click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#canvas .paper circle").count() == 17 and page.locator("#canvas .paper").is_visible()
    assert page.locator("#canvas canvas >> visible=true").count() == 0
    assert page.locator("#panel details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("#canvas .paper").count() == 0 and page.locator("#canvas canvas").first.is_visible()


def test_of_many_ties_only_those_on_the_screen_are_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "many.html").write_text(to_html(draw(star(400)), "ru"), encoding="utf-8")
    with opened(tmp_path / "many.html", 1440, 900) as result:
        page = result.page
        assert page.inner_text("#panel-title") == "Связи: 401"
        assert 10 < page.locator("#panel .row").count() < 60
        page.click('[data-sort="partners"]')
        page.locator("#panel .rows").evaluate("rows => rows.scrollTo(0, rows.scrollHeight)")
        page.locator('#panel [data-tie="tz"]').click()
        assert page.locator("#panel-title .lead").count() == 2
        assert (result.requests, result.errors) == ([], [])


def test_the_table_opens_a_tie_by_keyboard_and_back_closes_it(wide: Opened) -> None:
    page = wide.page
    page.locator(f'#panel [data-tie="{TIE_8_7}"]').focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel .events > li").count() == 3
    page.locator("#panel summary").last.click()
    assert "16-26 января 2023 года" in page.inner_text("#panel .events > li >> nth=2")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#panel tbody tr').length === 11")
    page.go_forward()
    page.wait_for_selector("#panel .events")
    page.keyboard.press("Escape")
    assert _rows(page) == 11


def test_search_finds_by_any_part_and_enter_shows_the_partner(wide: Opened) -> None:
    page = wide.page
    page.fill("#search", "кондрат")
    assert page.locator("#found li").count() == 1
    page.press("#search", "Enter")
    assert page.inner_text("#panel-title") == "ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»"
    assert _rows(page) == 3
    page.fill("#search", "ничего такого")
    assert page.inner_text("#found") == "Никого не найдено"
    page.fill("#search", "витеб")
    page.press("#search", "ArrowDown")
    assert page.locator('#found [aria-selected="true"]').count() == 1
    page.press("#search", "Escape")
    assert page.locator("#found").is_hidden()


def test_filters_leave_fitting_ties_and_reset_brings_all_back(wide: Opened) -> None:
    page = wide.page
    before = page.evaluate(PAINTED)
    page.select_option("#filter-topic", label="транспорт")
    assert _rows(page) == 2
    assert page.evaluate("document.querySelector('#summary').textContent").startswith("3 партнёра · 2 связи")
    page.select_option("#filter-year", label="2024")
    assert page.locator("#empty").is_visible()
    assert "Связей не найдено" in page.inner_text("#empty")
    page.click("#empty-reset")
    assert page.locator("#empty").is_hidden()
    assert _rows(page) == 11
    page.select_option("#filter-kind", label="партнёрство")
    assert _rows(page) == 3
    page.click("#reset")
    assert _rows(page) == 11
    assert abs(page.evaluate(PAINTED) - before) < before * 0.02
    assert page.locator("#reset").is_disabled()


def test_the_country_filter_counts_the_year_of_each_row(wide: Opened) -> None:
    page = wide.page
    page.select_option("#filter-year", label="2023")
    assert _rows(page) == 6


def test_the_table_sorts_by_each_column(wide: Opened) -> None:
    page = wide.page
    page.click('[data-sort="partners"]')
    names = page.locator("#panel .row .name >> visible=true").all_inner_texts()[::2]
    assert page.locator('th[aria-sort="ascending"]').count() == 1
    assert len(names) == 11
    page.click('[data-sort="partners"]')
    assert page.locator("#panel .row .name").all_inner_texts()[::2][0] == names[-1]


def test_zoom_and_show_all_change_the_picture(wide: Opened) -> None:
    page = wide.page
    page.click("#fit")
    start = page.evaluate(PAINTED)
    page.click("#zoom-out")
    page.click("#zoom-out")
    page.wait_for_timeout(100)
    assert page.evaluate(PAINTED) < start * 0.9
    page.click("#fit")
    page.wait_for_timeout(100)
    assert abs(page.evaluate(PAINTED) - start) < start * 0.02
    page.focus("#canvas [role=group]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "zoom-in"


def test_the_language_can_be_switched(wide: Opened) -> None:
    page = wide.page
    page.click('button[data-lang="en"]')
    assert page.inner_text("h1") == "Ties of institutions"
    assert page.inner_text("#summary") == "17 partners · 11 ties · 13 events"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#panel .row").first.click()
    assert "16 January 2023" in page.inner_text("#panel") or "January 16, 2023" in page.inner_text("#panel")


def test_the_picture_is_saved(wide: Opened, tmp_path: Path) -> None:
    with wide.page.expect_download() as waiting:
        wide.page.click("#save")
    waiting.value.save_as(tmp_path / "saved.png")
    assert waiting.value.suggested_filename == "Связи учреждений.png"
    assert (tmp_path / "saved.png").read_bytes().startswith(b"\x89PNG")


def test_filters_open_on_a_telephone(narrow: Opened) -> None:
    page = narrow.page
    assert page.locator("#filters").is_hidden()
    page.click("#filters-open")
    page.select_option("#filter-topic", label="транспорт")
    assert page.inner_text("#filters-open") == "Отбор (1)"
    assert _rows(page) == 2


def test_an_empty_network_says_so(pages: Path) -> None:
    with opened(pages / "empty.html", 1440, 900) as result:
        assert "В загруженных отчётах таких связей нет" in result.page.inner_text("#empty")
        assert result.page.locator("#empty-reset").is_hidden()
        assert (result.requests, result.errors) == ([], [])
