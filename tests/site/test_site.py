"""Pages without a server: every kind of page is made from quads in memory, and says what the server's says."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode

from pobratim.messages import Language
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site import site_map
from pobratim.site.addresses import Addresses
from pobratim.site.asking import Asker, DataSet, Row
from pobratim.site.kinds import KINDS, page_at
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.site.things import state_of
from pobratim.store.reader import MemoryReader, Reader
from tests.support.model_sample import model
from tests.support.server import Server
from tests.support.web_pages import EXAMPLE_PAGES

pytestmark = pytest.mark.slow

PUBLIC = "http://127.0.0.1"
SAMPLES = {
    "home": "/",
    "thing": "/doc/place/ru-smolensk",
    "graph": "/graph/report/smolensk-2023-q1",
    "vocabulary": "/def",
    "lexicon": "/lexicon",
    "dictionary": "/terms",
    "questions": "/queries",
    "views": "/queries/views",
    "checks": "/queries/checks",
    "reports": "/reports",
    "tables": "/tables",
    "developers": "/developers",
    "network": "/network",
    "pair": "/pair/ru-smolensk/by-vitebsk",
    "partners": "/partners?from=2023",
    "events": "/events",
    "agreements": "/agreements",
    "time": "/time",
    "map": "/map",
    "yearly": "/yearly/ru-smolensk/2023",
    "paths": "/paths?from=by-vitebsk&to=by-grodno",
    "question": "/queries/pair/about",
}
"""A page of every kind over the store of the example."""


@pytest.fixture(scope="module")
def asker(example_store: Reader) -> ReaderAsker:
    return ReaderAsker(MemoryReader(example_store.quads()), DataSet("one", licence="https://example.org/licence"))


@pytest.fixture(scope="module")
def client(served: Server) -> Iterator[httpx.Client]:
    with served.client() as found:
        yield found


def visit(path: str, lang: Language = "ru", public: str = PUBLIC) -> Visit:
    parts = urlsplit(path)
    query = tuple(httpx.QueryParams(parts.query).multi_items())
    return Visit(lang, Addresses(DEFAULT_BASE, public), parts.path, query, is_chosen=False, number=1)


def made(asker: Asker, path: str, lang: Language = "ru", public: str = PUBLIC) -> str:
    asked = visit(path, lang, public)
    page = asyncio.run(page_at(asker, asked))
    assert page is not None, path
    return render(page, asked)


def test_every_kind_has_a_sample() -> None:
    assert SAMPLES.keys() == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_page_of_every_kind_is_what_the_server_sends(
    asker: ReaderAsker, client: httpx.Client, name: str, lang: Language
) -> None:
    path = SAMPLES[name]
    sent = client.get(path, headers={"Accept": "text/html", "Accept-Language": lang}).text
    own = made(asker, path, lang, str(client.base_url).rstrip("/"))
    assert _main(own) == _main(sent)


def _main(html: str) -> str:
    """The page's content; a server tells of its endpoint and its publisher besides, which are no part of the data."""
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    told = re.sub(r'<section class="(endpoint|publisher)">.*?</section>', "", found[0], flags=re.DOTALL)
    return re.sub(r"\s+", " ", told)


def test_what_the_browser_looks_at_is_of_these_kinds_or_of_what_people_ask() -> None:
    asked = ("/search", "/workbench", "/queries/", "/def/")  # the last lead on to /doc/def/
    for path in EXAMPLE_PAGES.values():
        assert any(kind.rest(urlsplit(path).path) is not None for kind in KINDS) or path.startswith(asked), path


def test_all_pages_of_the_site_map_are_made(asker: ReaderAsker) -> None:
    addresses = Addresses(DEFAULT_BASE, PUBLIC)
    parts = asyncio.run(site_map.parts(asker))
    links = [link for part in parts for link in asyncio.run(site_map.links(asker, addresses, part, part == parts[0]))]
    assert {addresses.absolute(kind.path) for kind in KINDS if kind.is_fixed} <= set(links)
    assert len(links) > 300
    for link in links[::25]:
        assert "<h1" in made(asker, link.removeprefix(PUBLIC)), link


def test_parts_by_graph_list_the_same_pages_each_once(asker: ReaderAsker) -> None:
    addresses = Addresses(DEFAULT_BASE, PUBLIC)
    graphs = {row["graph"].value: int(row["triples"].value) for row in asyncio.run(asker.rows("graphs"))}
    parts = site_map.parts_of(10_000_000, graphs)
    assert {part.graph for part in parts} == set(graphs) and any(part.start for part in parts)
    found = [
        link
        for part in parts
        for link in asyncio.run(site_map.links(asker, addresses, part, is_first=part == parts[0]))
    ]
    (whole,) = asyncio.run(site_map.parts(asker))
    assert sorted(found) == asyncio.run(site_map.links(asker, addresses, whole, is_first=True))


def test_a_country_lists_agreements_with_their_parties(asker: ReaderAsker) -> None:
    listed = made(asker, "/doc/country/by").partition('id="agreements"')[2].partition("</section>")[0]
    named = re.findall(r'<span class="sub one"[^>]*>([^<]*)</span>', listed)
    assert named and all(re.fullmatch(r".+ — .+", name) for name in named), named


@pytest.mark.parametrize(("lang", "subject"), [("ru", "предмет"), ("en", "subject")])
def test_what_an_agreement_is_about_is_its_subject(lang: Language, subject: str) -> None:
    page = made(ReaderAsker(model("sample"), DataSet("model")), "/doc/agreement/schools", lang)
    before, _, _ = page.partition('<dl class="facts')[2].partition("о сотрудничестве")
    assert re.findall(r"<dt[^>]*>([^<]*)</dt>", before)[-1] == subject


def test_a_list_goes_on_where_the_visit_says(asker: ReaderAsker) -> None:
    path = "/doc/place/ru-smolensk?way=in&of=oa:hasBody"
    assert "<mark>" in made(asker, path)
    assert asyncio.run(page_at(asker, visit("/doc/place/ru-smolensk?way=out&of=a b"))) is None


@pytest.mark.parametrize(
    "path", ["/doc/place/nowhere", "/graph/nothing", "/queries/nothing/about", "/nowhere", "/doc/"]
)
def test_there_is_no_page_of_nothing(asker: ReaderAsker, path: str) -> None:
    assert asyncio.run(page_at(asker, visit(path))) is None


def test_what_an_iri_of_former_data_names_is_found(asker: ReaderAsker) -> None:
    state = asyncio.run(state_of(asker, f"{DEFAULT_BASE}/id/tie/country/BY--RU"))
    assert (state.is_known, state.replacement) == (False, f"{DEFAULT_BASE}/id/tie/country/by--ru")
    assert not asyncio.run(state_of(asker, f"{DEFAULT_BASE}/id/person/ivan-petrov-ru-smolensk")).replacement


def test_what_is_made_once_is_asked_once(example_store: Reader) -> None:
    asked: list[str] = []

    class Counting(ReaderAsker):
        async def rows(self, name: str, **bindings: NamedNode | Literal) -> list[Row]:
            asked.append(name)
            return await super().rows(name, **bindings)

    counting = Counting(example_store, DataSet("one"))
    made(counting, "/def")
    made(counting, "/lexicon")
    assert asked.count("properties") == asked.count("vocabulary-terms") == 1


def test_two_stores_do_not_throw_each_other_out(asker: ReaderAsker) -> None:
    empty = ReaderAsker(MemoryReader(), DataSet("one"))
    assert "0" in made(empty, "/")
    assert made(asker, "/") != made(empty, "/")
    assert made(asker, "/") == made(asker, "/")


def test_pages_need_no_web_framework() -> None:
    code = "import sys; from pobratim.site import kinds, reading, render, site_map; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"starlette", "uvicorn", "pobratim.serving"} & set(run.stdout.split())
