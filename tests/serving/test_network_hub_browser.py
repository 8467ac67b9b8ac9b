"""A town with far more ties than a picture takes: twelve of a group are drawn, the rest is one."""

import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.browser import visit
from tests.support.server import Server, running_server
from tests.support.small_reports import write_report

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

_BELARUS = (
    *("Минск", "Гомель", "Витебск", "Могилёв", "Гродно", "Брест", "Бобруйск", "Барановичи", "Борисов", "Пинск", "Орша"),
    *("Мозырь", "Солигорск", "Новополоцк", "Лида", "Молодечно", "Полоцк", "Жлобин", "Светлогорск", "Речица", "Слуцк"),
    *("Кобрин", "Волковыск", "Калинковичи", "Сморгонь", "Рогачёв", "Осиповичи", "Слоним", "Горки"),
)
_KAZAKHSTAN = ("Караганда", "Павлодар", "Актобе")
GROUP = len(_BELARUS) - 1
"""Partners of the hub in Belarus beside the one that is in the middle of the picture."""
PARTNERS = len(_BELARUS) + len(_KAZAKHSTAN)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hub")
    towns = [(town, "Республика Беларусь") for town in _BELARUS] + [(town, "Казахстан") for town in _KAZAKHSTAN]
    rows = [
        (f"Турнир по шашкам {n}", "г. Смоленск", f"школа № 5 г. Смоленска, школа № {n} г. {town} ({country})")
        for n, (town, country) in enumerate(towns, 1)
    ]
    half = len(rows) // 2
    reports = [
        write_report(folder / "r.txt", *rows[:half]),
        write_report(folder / "s.txt", *rows[half:], month="мая 2025"),
    ]
    load(reports, GenerationStore(folder / "store"), Settings())
    with running_server(folder / "store", folder) as running:
        yield running


@pytest.fixture
def page(chrome: Browser, server: Server) -> Iterator[Page]:
    with visit(chrome, base_url=server.url, viewport={"width": 1440, "height": 900}, locale="ru-RU") as opened:
        yield opened


def _choose(page: Page, name: str) -> None:
    page.locator("[data-part=panel]").get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator("[data-part=panel] h2").first).to_have_text(name)


def _drawn(page: Page) -> int:
    """Return how many parties the picture says that it has."""
    expect(page.locator("[data-part=said]")).to_contain_text("На картинке")
    return int(re.search(r"На картинке (\d+)", page.locator("[data-part=said]").inner_text())[1])  # type: ignore[index]


def test_of_a_group_twelve_are_drawn_and_the_rest_is_one(page: Page) -> None:
    page.goto("/network?seed=by-minsk")
    expect(page.locator(".picture")).to_be_visible()
    _choose(page, "Смоленск")
    panel = page.locator("[data-part=panel]")
    belarus = panel.locator(".beside li", has_text="Беларусь")
    expect(belarus).to_contain_text(str(GROUP))
    expect(panel.locator(".beside li").first).to_contain_text("сначала 12 самых сильных из")
    belarus.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"expanded=ru-smolensk%7Ecountry\.by$"))
    first = _drawn(page)
    for left in (GROUP - 12, GROUP - 24):
        expect(belarus).to_contain_text(str(left))
        belarus.get_by_role("button").click()
    expect(belarus).to_have_count(0)
    page.get_by_role("button", name="Отменить раскрытие").click()
    page.get_by_role("button", name="Отменить раскрытие").click()
    assert _drawn(page) == first


def test_one_stands_for_all_that_are_left_of_a_party(page: Page) -> None:
    asked = "/explore/ego?seed=by-minsk&expanded=ru-smolensk~country.by"
    for again, left in (("", GROUP - 12), ("&expanded=ru-smolensk~country.by", GROUP - 24)):
        nodes = page.request.get(asked + again).json()["nodes"]
        [rest] = [node for node in nodes if node["level"] == "more"]
        assert (rest["id"], rest["hidden"]) == ("more:ru-smolensk", left)
        assert len({node["id"] for node in nodes}) == len(nodes)
    # Of the one in the middle partners without room and what is opened are told together.
    for opened, left in (("", PARTNERS - 24), ("&expanded=ru-smolensk~country.kz", PARTNERS - 24)):
        nodes = page.request.get(f"/explore/ego?seed=ru-smolensk{opened}").json()["nodes"]
        [rest] = [node for node in nodes if node["level"] == "more"]
        assert (rest["id"], rest["hidden"]) == ("more:ru-smolensk", left)


def test_the_one_that_stands_for_others_tells_of_them_before_they_are_drawn(page: Page) -> None:
    page.goto("/network?seed=ru-smolensk")
    expect(page.locator(".picture")).to_be_visible()
    before = _drawn(page) if page.locator("[data-part=said]").inner_text() else 0
    page.locator(".picture").focus()
    said = page.locator("[data-part=said]")
    pick = random.Random(1)
    for _ in range(400):
        page.keyboard.press(pick.choice(("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight")))
        if "ещё" in said.inner_text():
            break
    else:
        pytest.fail(said.inner_text())
    page.keyboard.press("Enter")
    beside = page.locator("[data-part=panel] .beside")
    expect(beside).to_contain_text("Кого нет на картинке")
    expect(beside.locator("li").first).to_be_visible()
    beside.get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("expanded=ru-smolensk"))
    assert _drawn(page) > before
