"""Every screen for everyone: axe finds nothing, no script fails, no request leaves, nothing scrolls sideways."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser

from pobratim.site.kinds import KINDS
from tests.support.app_built import needs_app
from tests.support.axe import axe_source
from tests.support.browser import browser, visit
from tests.support.screens import faults
from tests.support.server import Server
from tests.support.web_pages import EXAMPLE_PAGES

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SCREENS = {
    **{kind.name: kind.path for kind in KINDS if kind.is_fixed},
    **EXAMPLE_PAGES,
    "pair": "/pair/ru-smolensk/by-vitebsk",
    "pair of several": "/pair/ru-smolensk/by-vitebsk,by-minsk",
    "events of two": "/events?place=ru-smolensk&with=by-vitebsk",
    "agreements of two": "/agreements?place=ru-smolensk&with=by-vitebsk",
    "network of one": "/network?seed=by-vitebsk&view=table",
    "network of organisations": "/network?level=institution&view=force",
    "network, opened": "/network?seed=ru-smolensk&expanded=by-vitebsk",
    "pair, filtered": "/pair/ru-smolensk/by-vitebsk?topic=education",
    "dossier, filtered": "/doc/place/by-vitebsk?from=2023",
    "map, filtered": "/map?country=BY",
    "map of organisations": "/map?level=institution",
    "map, nothing left": "/map?country=BY&topic=none&q=nothing",
    "partners, filtered": "/partners?country=BY&from=2023",
    "search by kind": "/search?q=Витебск&type=institution",
    "search, other pages": "/search?q=школа&page=2",
    "regions of partners": "/partners?values=region",
    "partners of one": "/partners?values=partner&place=ru-smolensk",
    "countries of events": "/events?values=country&find=йцукенг",
    "states of agreements": "/agreements?values=status",
    "topics of a map": "/map?values=topic",
    "countries of changes": "/time?values=country",
    "countries of a network": "/network?values=country",
    "topics of a pair": "/pair/ru-smolensk/by-vitebsk?values=topic",
    "countries of a dossier": "/doc/place/ru-smolensk?values=country",
    "terms, other pages": "/terms?page=2",
}
"""Every fixed page, one of every other kind, and some of their states."""
WAYS: tuple[tuple[int, Literal["light", "dark"], str], ...] = (
    (1440, "light", "ru"),
    (1440, "dark", "en"),
    (390, "light", "en"),
    (390, "dark", "ru"),
)
"""Width, colours and language: each width with both colours and both languages."""


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    needs_app()
    axe_source()
    with browser() as running:
        yield running


@pytest.mark.parametrize(("width", "scheme", "lang"), WAYS)
def test_every_screen_is_for_everyone(
    chrome: Browser, served: Server, width: int, scheme: Literal["light", "dark"], lang: str
) -> None:
    found: list[str] = []
    with visit(
        chrome, base_url=served.url, viewport={"width": width, "height": 844}, locale=lang, color_scheme=scheme
    ) as page:
        for name, path in SCREENS.items():
            found += [f"{name}, {path}: {fault}" for fault in faults(page, path, served.url)]
    assert not found, "\n".join(found)
