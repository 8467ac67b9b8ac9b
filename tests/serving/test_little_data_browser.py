"""The explorer over next to nothing, in a browser: one report of one row, without a partner abroad, without a day, in a
town that no map has. Each picture of no year, no point, one node or no tie is drawn or left out, and none is broken."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.browser import visit
from tests.support.screens import faults
from tests.support.server import running_server
from tests.support.small_reports import write_report

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

ROWS = {
    "no partner": ("Семинар", "г. Смоленск", "школа № 2 г. Смоленска"),
    "a partner without a point": (
        "Семинар",
        "д. Небывалово Витебской области Республики Беларусь",
        "клуб «Луч» д. Небывалово, школа № 2 г. Смоленска",
    ),
}
DAY, NO_DAY = "1 марта 2024 года", "весной"
SCREENS = (
    *("/", "/events", "/agreements", "/reports", "/search?q=школа", "/queries/agreements", "/def", "/terms"),
    *("/partners", "/partners?level=institution", "/partners?level=country", "/map", "/map?level=institution"),
    *("/time", "/time?level=institution&a=2024&b=2025", "/network", "/network?view=force", "/network?view=table"),
    *("/network?level=institution&view=force", "/network?seed=ru-smolensk", "/network?seed=ru-smolensk&view=force"),
    *("/doc/place/ru-smolensk", "/doc/region/ru-smo", "/doc/country/ru", "/doc/country/by", "/pair/ru/by"),
    *("/yearly/ru-smolensk/2024", "/paths?from=ru-smolensk&to=by-minsk"),
)


@pytest.mark.parametrize("day", [DAY, NO_DAY])
@pytest.mark.parametrize("name", ROWS)
def test_no_picture_of_next_to_nothing_is_broken(chrome: Browser, tmp_path: Path, name: str, day: str) -> None:
    report = write_report(tmp_path / "r.txt", ROWS[name])
    told = report.read_text(encoding="utf-8")
    assert DAY in told
    report.write_text(told.replace(DAY, day), encoding="utf-8")
    load([report], GenerationStore(tmp_path / "store"), Settings())
    found: list[str] = []
    with running_server(tmp_path / "store", tmp_path) as server:
        for width in (1440, 390):
            view = {"viewport": {"width": width, "height": 844}, "locale": "ru-RU"}
            with visit(chrome, base_url=server.url, **view) as page:
                for path in SCREENS:
                    found += [f"{width}, {path}: {fault}" for fault in faults(page, path, server.url)]
    assert not found, "\n".join(found)
