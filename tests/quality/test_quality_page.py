"""The page on quality: it tells everything, asks nothing of a network, and fits wide and narrow windows and paper."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pobratim.messages import Language
from pobratim.problems import Problem
from pobratim.quality.gaps import Gap
from pobratim.quality.identity import Question
from pobratim.quality.measures import FIELDS, Before, Doubt, GapGroup, Quality, Share
from pobratim.quality.page import Survey, to_html
from pobratim.record import Evidence
from tests.support.browser import browser, visit

BAD = "<script>alert(1)</script> & «Ромашка»"
GAPS = {"quoted": BAD, "name": "Кузя Фунтиков", "title": "Новый ветер", "geography": "Омск"}


def _gap(kind: str, text: str, origin: str = "rules") -> GapGroup:
    gap = Gap(kind, text, "r", 4, "participants", 0, 1, ("… гости, ", text, " и другие …"), origin)  # type: ignore[arg-type]
    return GapGroup(gap, 3)


def _quality(report: str = "r") -> Quality:
    """Return a report in which everything is there that a page can tell."""
    shares = {name: Share(number, 12) for number, name in enumerate(FIELDS, start=1)}
    shares["dates"] = Share(2, 12, least=0.9)
    shares["people"] = Share(2, 12)
    was = {**shares, "people": Share(12, 12)}
    return Quality(
        report=report,
        file=f"{report}.docx",
        title="Отчёт о мероприятиях",
        rows=13,
        stored=12,
        left_out={5: Problem("error", "row-not-read", "r.docx", 5)},
        coverage=shares,
        gaps=tuple(_gap(kind, text) for kind, text in GAPS.items()),
        doubts=(Doubt(6, "2024", Evidence("/start", "dates", 0, 3, "май", "date", 0.7)),),
        columns=("name",),
        unknown_columns=("Шифр",),
        undecided=1,
        before=Before(("r",), was, {"name": 1}, own=True),
        warnings=(
            Problem("warning", "form-changed-column", "r.docx", None, "dates", (("had", "1"), ("reports", "1"))),
            Problem("warning", "path-other-files", "r.docx", values=(("kinds", ".odg"),)),
        ),
        proposals=(_gap("org", "Фонд Зюзюкина", "natasha"),),
        refused=(
            Doubt(
                7, "Псков – Выру", Evidence("/ties/", "participants", 0, 4, "Выру", "tie:f-countries,f-groups", 0.31)
            ),
        ),
    )


def _survey(*reports: str) -> Survey:
    asked = Question("organisation", "Музей А", "Музей Б", 0.91, "undecided-similar", ("r",))
    return Survey([_quality(report) for report in reports], [asked], ["b.pdf: не прочитан"])


@pytest.mark.parametrize(("lang", "title"), [("ru", "Что прочитано и чего не хватает"), ("en", "What was read")])
def test_the_page_tells_everything(lang: Language, title: str) -> None:
    page = to_html(_survey("r"), lang)
    assert f'<html lang="{lang}">' in page and title in page
    told = ["Отчёт о мероприятиях", *list(GAPS.values())[1:], "Шифр", "Фонд Зюзюкина", "Музей Б", "0.7"]
    assert [one for one in told if one not in page] == []
    reasons = {"ru": "стран три или больше", "en": "there are three countries or more"}
    assert "Псков – Выру" in page and reasons[lang] in page
    assert "b.pdf: не прочитан" in page and "<mark>Кузя Фунтиков</mark>" in page and "{{" not in page
    assert page == to_html(_survey("r"), lang)


def test_what_a_report_says_cannot_become_markup() -> None:
    page = to_html(_survey("r"), "ru")
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page


def test_the_page_asks_nothing_of_a_network() -> None:
    page = to_html(_survey("r"), "ru")
    assert not re.findall(r"(?:https?:)?//|@import|url\(", page) and "default-src &#x27;none&#x27;" not in page
    assert "default-src 'none'" in page


def test_a_form_that_changed_is_set_apart_from_remarks() -> None:
    page = to_html(_survey("r"), "ru")
    alert = re.search(r'<div class="alert">.*?</div>', page)
    remarks = re.search(r'<div class="remarks">.*?</div>', page)
    assert alert and "форма отчёта изменилась" in alert[0]
    assert remarks and ".odg" in remarks[0] and "форма" not in remarks[0]
    short = re.findall(r'<li class="short" title="([^:]+)', page)
    assert short == ["даты", "лица"], "less than expected, and less than before"


def test_several_reports_get_an_overview_and_none_gets_a_word() -> None:
    assert 'href="#b"' in to_html(_survey("a", "b"), "ru") and 'href="#a"' not in to_html(_survey("a"), "ru")
    assert "Ни одного отчёта не прочитано." in to_html(Survey([]), "ru")
    clean = replace(_quality(), gaps=(), proposals=(), left_out={}, warnings=(), doubts=(), before=None)
    page = to_html(Survey([clean]), "ru")
    assert "Все имена и кавычки узнаны." in page and 'class="alert"' not in page and "К началу" not in page


def _overflows(page: Page) -> object:
    """Return the elements that stick out of the window, but for headings that are there for screen readers only."""
    return page.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter(e => !e.closest('.gaps thead, .doubts thead, .identity thead'))"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.tagName + '.' + e.className)"
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_page_fits_the_window_and_unfolds(width: int, tmp_path: Path) -> None:
    file = tmp_path / "quality.html"
    file.write_text(to_html(_survey("a", "b"), "ru"), encoding="utf-8")
    asked: list[str] = []
    with browser() as running, visit(running, viewport={"width": width, "height": 900}) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        shut = page.locator("details:not([open]) > summary")
        expect(shut, "titles and geography of two reports").to_have_count(4)
        while shut.count():
            shut.first.click()
        assert _overflows(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        expect(page.locator("mark", has_text="Новый ветер").first).to_be_visible()
    assert asked == [file.as_uri()]
