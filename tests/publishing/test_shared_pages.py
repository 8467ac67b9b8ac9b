"""What a folder tells of its pages where their addresses are passed on: OpenGraph, and a picture; and in which language
what stands on an English page is."""

import asyncio
import html
import re
from io import BytesIO
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fromstring
from PIL import Image

from pobratim.messages import LANGUAGES
from pobratim.papers.card import png
from pobratim.publishing.people.gated import gated_store
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.kinds import page_at
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.store.directory import GenerationStore
from tests.publishing.conftest import BASE, PUBLIC, Releases
from tests.support.app_built import needs_app

TOLD = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">')
MAIN = ("index.html", "catalog/index.html", "doc/place/by-minsk/index.html", "doc/country/by/index.html")


@pytest.fixture(autouse=True)
def _built() -> None:
    needs_app()


def _told(page: Path) -> dict[str, str]:
    return {name: html.unescape(text) for name, text in TOLD.findall(page.read_text(encoding="utf-8"))}


def test_every_page_has_a_title_and_a_picture_that_is_there(releases: Releases) -> None:
    folder, own = releases.folders[2], 0
    for page in folder.rglob("*.html"):
        told = _told(page)
        assert told["og:title"] and told["twitter:card"], page
        picture = folder / told["og:image"].removeprefix(f"{PUBLIC}/")
        lang = ".en" if page.name.endswith(".en.html") else ""
        assert picture.name == f"picture{lang}.png" and picture.is_file(), page
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630") and told["og:image:alt"]
        own += picture.parent == page.parent and page.name.startswith("index.")
    assert own == len(list(folder.rglob("picture*.png"))) > 10


@pytest.mark.parametrize("page", MAIN)
def test_towns_countries_and_the_catalogue_have_a_sentence_and_a_picture_of_their_own(
    releases: Releases, page: str
) -> None:
    told = _told(releases.folders[2] / page)
    assert told["og:description"] and told["twitter:card"] == "summary_large_image"
    content = (releases.folders[2] / page).with_name("picture.png").read_bytes()
    assert Image.open(BytesIO(content)).size == (1200, 630)


def test_organisations_and_agreements_have_a_picture_only_where_all_are_wanted(releases: Releases) -> None:
    folder = releases.folders[2]
    for kind in ("organisation", "agreement", "activity"):
        assert list(folder.glob(f"doc/{kind}/*/index.html")) and not list(folder.glob(f"doc/{kind}/*/picture*")), kind


def test_a_server_draws_the_same(releases: Releases, tmp_path: Path) -> None:
    gated = gated_store(GenerationStore(releases.store), releases.publication.people, tmp_path)
    asker = ReaderAsker(gated.open(), DataSet("same", BASE))
    for path in ("/doc/place/by-minsk", "/doc/country/by"):
        for lang in LANGUAGES:
            found = asyncio.run(page_at(asker, Visit(lang, Addresses(BASE, PUBLIC), path, (), is_chosen=False)))
            assert found is not None and found.card is not None
            name = "picture.png" if lang == "ru" else "picture.en.png"
            assert png(found.card) == (releases.folders[2] / path[1:] / name).read_bytes()


def test_what_is_russian_on_an_english_page_says_so(releases: Releases) -> None:
    pages, russian, plain = 0, 0, []
    for page in (releases.folders[2] / "doc").rglob("index.en.html"):
        if page.parts[-3] == "def":
            continue  # what words mean is told with examples
        pages += 1
        for element in fromstring(page.read_text(encoding="utf-8")).iter("*"):
            for text, own in ((element.text, element), (element.tail, element.getparent())):
                if text and own is not None and own.tag not in _UNSAID and re.search("[А-Яа-яЁё]", text):
                    russian += 1
                    plain += [] if _language(own) == "ru" else [(page.parent.name, own.tag, text.strip())]
    assert plain == []
    assert pages > 30 and russian > 500


_UNSAID = ("script", "style", "title", "code", "option")


def _language(element: HtmlElement) -> str:
    return next(str(each.get("lang")) for each in (element, *element.iterancestors()) if each.get("lang"))
