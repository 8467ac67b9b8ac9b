"""The page of a network without a script: a table and a list that say what the picture says, with links for it all."""

import asyncio
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.ego import ego_of
from pobratim.explore.parties import party_of
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.explorer.network import network_at
from pobratim.site.explorer.network_tree import tree_of
from pobratim.site.page import Page, Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.reader import MemoryReader, Reader


@pytest.fixture(scope="module")
def asker(example_store: Reader) -> ReaderAsker:
    return ReaderAsker(MemoryReader(example_store.quads()), DataSet("one"), ("Смоленск",))


@pytest.fixture(scope="module")
def index(asker: ReaderAsker) -> Index:
    return asyncio.run(asker.explored(lambda index: index))


def _visit(address: str) -> Visit:
    parts = urlsplit(address)
    return Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), parts.path, tuple(parse_qsl(parts.query)), False)


def _page(asker: ReaderAsker, address: str) -> tuple[Page, str]:
    visit = _visit(address)
    page = asyncio.run(network_at(asker, visit, "network"))
    return page, render(page, visit)


def _rows(html: str) -> list[list[str]]:
    table = re.search(r"<tbody>(.*?)</tbody>", html, re.S)
    assert table is not None
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.S)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.S)] for row in rows]


def test_ours_are_in_the_middle_where_nobody_is_named(asker: ReaderAsker) -> None:
    _, html = _page(asker, "/network")
    assert "<h1>Смоленск и партнёры</h1>" in html
    assert ["Смоленск", "Витебск", "Беларусь", "3", "1", "10\u00a0марта\u00a02023"] in _rows(html)


def test_the_list_has_countries_towns_and_institutions(asker: ReaderAsker, index: Index) -> None:
    _, html = _page(asker, "/network?seed=ru-smolensk")
    seed = party_of(index, "ru-smolensk")
    assert seed is not None
    tree = tree_of(ego_of(index, seed, Selection()))
    assert (tree[0].name, tree[0].branches[0].node.short) == ("Беларусь", "Витебск")
    assert [sector.branches for sector in tree if sector.events] == [()] * len([s for s in tree if s.events])
    names = [leaf.short for leaf in tree[0].branches[0].leaves]
    assert names
    listed = html.partition('<ul class="tree')[2]
    for name in ("Беларусь", "Витебск", *names):
        assert name in listed
    assert "expanded=by-vitebsk" in listed


def test_what_the_script_is_given_is_the_ego(asker: ReaderAsker, index: Index) -> None:
    _, html = _page(asker, "/network?seed=by-vitebsk")
    found = re.search(r'<script type="application/json" id="network-given">(.*?)</script>', html, re.S)
    assert found is not None
    given = json.loads(found[1])
    seed = party_of(index, "by-vitebsk")
    assert seed is not None
    ego = ego_of(index, seed, Selection())
    assert [node["id"] for node in given["ego"]["nodes"]] == [node.id for node in ego.nodes]
    assert (given["ego"]["seed"], given["level"], given["usual"]) == ("by-vitebsk", "municipality", "sectors")


def test_a_selection_stands_as_chips_that_lead_back(asker: ReaderAsker) -> None:
    _, html = _page(asker, "/network?seed=ru-smolensk&topic=education&from=2023")
    assert re.search(r'href="/network\?from=2023&amp;seed=ru-smolensk"[^>]*><span>образование</span>', html)
    assert re.search(r'href="/network\?topic=education&amp;seed=ru-smolensk"[^>]*><span>с 2023</span>', html)
    hidden = re.search(r"скрыто отбором: (\d+)", html)
    assert hidden is not None and int(hidden[1]) > 0


def test_the_whole_network_is_a_view_of_its_own(asker: ReaderAsker) -> None:
    _, html = _page(asker, "/network?view=force&level=institution")
    assert "<h1>Все организации</h1>" in html
    assert 'aria-current="true">Вся сеть' in html and 'class="tree' not in html
    assert len(_rows(html)) == 9


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/network?seed=nobody", 404, "«nobody» в данных нет"),
        ("/network?country=QQ", 400, "QQ"),
        ("/network?from=soon", 400, "soon"),
    ],
)
def test_what_means_nothing_is_said(address: str, status: int, said: str, asker: ReaderAsker) -> None:
    page, html = _page(asker, address)
    assert page.status == status and said in html
    assert "network-given" not in html


def test_names_are_text(asker: ReaderAsker) -> None:
    _, html = _page(asker, "/network?seed=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
