"""The explorer over one report that nobody would wish for, in a browser: names of 500 characters, with markup and with
letters that run from right to left, towns that no map has, events without a day. No script of it runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.browser import visit
from tests.support.screens import faults
from tests.support.server import Server, running_server
from tests.support.small_reports import write_report

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

LONG = "Международный конкурс " + "исполнителей народной песни и танца " * 14
MARK = "<img src=x onerror=document.title='run'><script>document.title='run'</script>"
RIGHT = "مهرجان الصداقة بين المدن \u202eבדיקה"
ROWS = (
    (LONG, "г. Витебск", f"Средняя школа «{'Очень длинное название ' * 20}» г. Витебска, школа № 2 г. Смоленска"),
    (f"Фестиваль «{MARK}»", "г. Витебск", f"клуб «{MARK}» г. Витебска, школа № 2 г. Смоленска"),
    (f"Встреча «{RIGHT}»", "г. Минск", f"гимназия «{RIGHT}» г. Минска, школа № 2 г. Смоленска"),
    ("Семинар", "д. Нигденебывалово Витебской области Республики Беларусь", "клуб «Луч» д. Нигденебывалово"),
    ("В" * 500, "г. Минск", f"ООО «{'Щ' * 480}» г. Минска, школа № 2 г. Смоленска"),
)
SCREENS = (
    *("/", "/partners", "/events", "/agreements", "/map", "/time", "/network", "/network?view=force"),
    *("/network?view=table", "/network?level=institution&view=force", "/reports", "/search?q=конкурс"),
    *("/doc/place/by-vitebsk", "/doc/place/by-minsk", "/doc/place/ru-smolensk", "/pair/ru-smolensk/by-vitebsk"),
    *("/pair/ru-smolensk/by-vitebsk,by-minsk", "/events?place=ru-smolensk&with=by-minsk"),
    *("/partners?level=institution&place=ru-smolensk&with=by-vitebsk", "/pair/ru-smolensk/by-minsk"),
    *("/yearly/ru-smolensk/2024", "/paths?from=by-vitebsk&to=by-minsk"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hard")
    report = write_report(folder / "r.txt", *ROWS)
    told = report.read_text(encoding="utf-8").replace("5 марта 2024 года", "весной")
    report.write_text(told, encoding="utf-8")
    load([report], GenerationStore(folder / "store"), Settings())
    with running_server(folder / "store", folder) as running:
        yield running


@pytest.mark.parametrize("width", [1440, 390])
def test_no_screen_breaks(chrome: Browser, server: Server, width: int) -> None:
    found: list[str] = []
    with visit(chrome, base_url=server.url, viewport={"width": width, "height": 844}, locale="ru-RU") as page:
        for path in (*SCREENS, *_pages(page, server)):
            found += [f"{path}: {fault}" for fault in faults(page, path, server.url)]
            found += [f"{path}: a script of the data ran"] if page.title() == "run" else []
    assert not found, "\n".join(found)


def _pages(page: Page, server: Server) -> list[str]:
    """Return the pages of all that the lists name: events, and whom the dossiers tell of."""
    found: dict[str, None] = {}
    for path in ("/events", "/doc/place/by-vitebsk", "/doc/place/by-minsk"):
        page.goto(path)
        links = page.locator("main a[href*='/doc/']").evaluate_all("all => all.map(each => each.href)")
        found.update(dict.fromkeys(link.removeprefix(server.url) for link in links if link.startswith(server.url)))
    whole = [path for path in found if "?" not in path and "#" not in path]
    assert len(whole) > 8
    return whole
