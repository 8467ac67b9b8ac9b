"""The network page in a real browser: opens from disk, asks the network for nothing, every control works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pobratim.network import write_network
from pobratim.network.page import to_html
from tests.support.app_built import needs_app
from tests.support.browser import Opened, opened, until
from tests.support.network_sample import reader, star

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAINTED = """() => {
  const canvas = document.querySelector(".picture canvas");
  if (!canvas || !canvas.width) return 0;
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) count += 1;
  return count;
}"""
SCHOOL, GYMNASIUM = "institution:ru-smolensk-school-8", "institution:by-vitebsk-gymnasium-7"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs_app()
    folder = tmp_path_factory.mktemp("pages")
    write_network("institutions", {}, reader(), folder / "institutions.html", "ru")
    write_network("partner", {"name": "Витебск"}, reader(), folder / "partner.html", "ru")
    write_network("school-links", {"partner": "Смоленск"}, reader(), folder / "empty.html", "ru")
    return folder


@pytest.fixture
def wide(pages: Path) -> Iterator[Opened]:
    with opened(pages / "institutions.html", 1440, 900) as result:
        yield result
        assert result.requests == []
        assert result.errors == []


@pytest.fixture
def partner(pages: Path) -> Iterator[Opened]:
    with opened(pages / "partner.html", 1440, 900) as result:
        yield result
        assert result.requests == []
        assert result.errors == []


def _panel(page: Page) -> str:
    return page.locator("[data-part=panel]").inner_text()


def _table(page: Page) -> None:
    page.locator("[data-view=table]").click()
    expect(page.locator("table.t")).to_be_visible()


def test_the_picture_is_painted_and_nothing_sticks_out(wide: Opened) -> None:
    page = wide.page
    assert until(page, lambda: int(page.evaluate(PAINTED)), lambda count: count > 1000)
    assert page.evaluate("document.documentElement.scrollWidth") == 1440
    expect(page.locator("h1")).to_have_text("Связи организаций")
    expect(page.locator("[data-part=tally]")).to_have_text("13 мероприятий · скрыто отбором: 0")
    expect(page.locator("table.t")).to_be_hidden()


def test_a_tie_shows_its_sentences_one_after_the_other(wide: Opened) -> None:
    page = wide.page
    page.locator("[data-part=panel]").get_by_role("button", name="СШ № 8", exact=True).click()
    page.locator("[data-part=panel]").get_by_role("button", name="Гимназия № 7", exact=True).click()
    expect(page.locator(".told .walk span")).to_have_text("1 из 3")
    expect(page.locator(".told mark").first).to_contain_text("Гимназия № 7")
    expect(page.locator(".told")).to_contain_text("16–26 января 2023")
    expect(page.locator(".told")).to_contain_text("Строка 6")
    page.locator(".told summary").click()
    expect(page.locator(".told dd").filter(has_text="16-26 января 2023 года")).to_be_visible()
    page.get_by_role("button", name="Следующая фраза").click()
    expect(page.locator(".told .walk span")).to_have_text("2 из 3")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".told .walk span")).to_have_text("1 из 3")


def test_around_one_party_towns_hold_their_institutions_and_another_is_put_in_the_middle(partner: Opened) -> None:
    page = partner.page
    expect(page.locator("h1")).to_have_text("Витебск и партнёры")
    expect(page.locator('[data-view="sectors"]')).to_have_attribute("aria-current", "true")
    panel = page.locator("[data-part=panel]")
    panel.get_by_role("button", name="Смоленск", exact=True).click()
    expect(panel.locator(".told mark").first).to_be_visible()
    panel.get_by_role("link", name="поставить в центр").click()
    expect(page.locator("h1")).to_have_text("Смоленск и партнёры")
    assert page.url.endswith("#seed=ru-smolensk")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Витебск и партнёры")


def test_filter_table_and_search_go_with_the_picture(wide: Opened) -> None:
    page = wide.page
    _table(page)
    rows = page.locator("table.t tbody tr")
    expect(rows).to_have_count(11)
    page.select_option("select[name=topic]", label="транспорт")
    expect(rows).to_have_count(2)
    page.select_option("select[name=year]", label="2024")
    expect(page.locator("[data-part=cut]")).to_contain_text("не сказано")
    page.select_option("select[name=year]", label="все")
    page.select_option("select[name=topic]", label="все")
    expect(rows).to_have_count(11)
    page.get_by_role("button", name="Партнёр", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Партнёр")
    rows.first.get_by_role("button").click()
    expect(page.locator(".told h2")).to_be_visible()
    page.fill("[data-part=find]", "кондрат")
    page.press("[data-part=find]", "Enter")
    page.locator("[data-part=find]").blur()
    expect(page.locator("[data-part=panel] h2").first).to_contain_text("Кондратенко")


def test_pictures_and_the_table_are_taken_away(wide: Opened, tmp_path: Path) -> None:
    page = wide.page
    files = (("svg", ".svg", b"<svg"), ("png", ".png", b"\x89PNG"), ("table", ".csv", b"\xef\xbb\xbf"))
    for name, ending, begins in files:
        page.locator("details.take > summary").click()
        with page.expect_download() as waiting:
            page.locator(f"[data-network={name}]").click()
        waiting.value.save_as(tmp_path / f"saved{ending}")
        assert waiting.value.suggested_filename == f"Связи организаций{ending}"
        assert (tmp_path / f"saved{ending}").read_bytes().startswith(begins)
        page.keyboard.press("Escape")
    assert "СШ № 12" in (tmp_path / "saved.svg").read_text(encoding="utf-8")


def test_on_a_telephone_the_table_comes_first(pages: Path) -> None:
    with opened(pages / "institutions.html", 390, 844) as result:
        page = result.page
        expect(page.locator("table.t tbody tr")).to_have_count(11)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.get_by_role("button", name="Показать картинку").click()
        assert until(page, lambda: int(page.evaluate(PAINTED)), lambda count: count > 500)
        assert (result.requests, result.errors) == ([], [])


def test_paper_gets_lines_and_every_row(wide: Opened) -> None:
    page = wide.page
    until(page, lambda: int(page.evaluate(PAINTED)), lambda count: count > 1000)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".printed-picture")).to_be_visible()
    expect(page.locator("table.t tbody tr").last).to_be_visible()


def test_compressed_rows_are_shown_like_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_app()
    monkeypatch.setattr("pobratim.papers.network_file.PLAIN", 10)
    write_network("institutions", {}, reader(), tmp_path / "packed.html", "ru")
    with opened(tmp_path / "packed.html", 1440, 900) as result:
        _table(result.page)
        result.page.locator("table.t tbody button").first.click()
        expect(result.page.locator(".told mark").first).to_be_visible()
        assert result.requests == [] and result.errors == []


def test_who_has_many_partners_opens_twelve_at_once_and_the_rest_is_counted(tmp_path: Path) -> None:
    needs_app()
    (tmp_path / "many.html").write_text(to_html(star(60), "ru"), encoding="utf-8")
    with opened(tmp_path / "many.html", 1440, 900, fragment="seed=institution:leaf000") as result:
        page = result.page
        panel = page.locator("[data-part=panel]")
        panel.get_by_role("button", name="hub", exact=True).click()
        expect(panel).to_contain_text("Кого нет на картинке 59")
        panel.get_by_role("button", name=re.compile("сначала 12 самых сильных")).click()
        expect(page.locator("[data-part=said]")).to_contain_text("15 участников")
        page.locator(".picture").focus()
        page.keyboard.press("Control+z")
        expect(page.locator("[data-part=said]")).to_contain_text("2 участника")
        assert (result.requests, result.errors) == ([], [])


def test_an_empty_network_says_so(pages: Path) -> None:
    with opened(pages / "empty.html", 1440, 900) as result:
        expect(result.page.locator("p.said")).to_contain_text("не сказано")
        assert (result.requests, result.errors) == ([], [])
