"""The workbench on the real server: what a stand-in cannot show, from the page's headers to whole downloads."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest
from playwright.sync_api import Browser, expect
from pyoxigraph import NamedNode, RdfFormat, parse
from python_calamine import CalamineWorkbook

from pobratim.query.library import library, queries_root
from tests.support.server import Server, running_server
from tests.support.workbench_page import Workbench, visiting
from tests.support.workbench_server import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

PARTNER = "https://w3id.org/pobratim/def#partner"
CONSTRUCT = f"CONSTRUCT {{ ?a <{PARTNER}> ?b }} WHERE {{ ?a <{PARTNER}> ?b }}"
NAMES = """PREFIX pob: <https://w3id.org/pobratim/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { ?place a pob:Municipality ; rdfs:label ?name FILTER(LANG(?name) = "ru") } ORDER BY ?name"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?f != ?i) }"


@pytest.fixture
def bench(chrome: Browser, served: Server) -> Iterator[Workbench]:
    with visiting(chrome, Served(f"{served.url}/workbench")) as opened:
        yield opened
        assert opened.outside == []
        assert opened.errors == []


def test_it_is_a_page_like_the_others_under_their_policy(bench: Workbench, served: Server) -> None:
    page = bench.page
    with served.client() as client:
        policy = client.get("/workbench").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'") and "script-src" not in policy
    page.locator("#q").fill("ДШИ")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("ДШИ — ")


def test_the_gallery_lists_the_whole_library_with_the_views(bench: Workbench) -> None:
    known = sorted([*library(queries_root()), *library(queries_root(), "views")])
    questions = bench.page.locator("[data-question]")
    expect(questions).to_have_count(len(known))
    assert sorted(questions.evaluate_all("all => all.map(each => each.dataset.question)")) == known
    bench.open("institutions")
    expect(bench.show("network").locator("svg circle").first).to_be_visible()


def test_an_example_shows_russian_labels_and_leads_to_pages_here(bench: Workbench, served: Server) -> None:
    bench.open("partners-of-city")
    table = bench.tab.locator(".wb-table")
    expect(table).to_contain_text("Витебск")
    expect(table).to_contain_text("дружественная связь")
    link = table.locator("a.wb-iri").first
    expect(link).to_have_attribute("href", re.compile(f"^{re.escape(served.url)}/doc/tie/municipality/"))
    expect(link).to_have_text("Витебск — Смоленск")
    expect(link).to_have_attribute("title", re.compile("/id/tie/municipality/"))


def test_completion_offers_our_terms_with_their_labels_and_uses(bench: Workbench) -> None:
    bench.write("SELECT * { ?x a ")
    bench.tab.locator(".CodeMirror").evaluate(
        "editor => { editor.CodeMirror.focus(); editor.CodeMirror.setCursor(0, 99) }"
    )
    bench.type("Мероп")
    hint = bench.page.locator(".CodeMirror-hint", has_text="pob:Activity").first
    expect(hint).to_contain_text("Мероприятие")
    expect(hint).to_contain_text("33 раза")
    hint.click()
    whole = "PREFIX pob: <https://w3id.org/pobratim/def#>\nSELECT * { ?x a pob:Activity"
    bench.query_becomes(lambda query: query == whole)


def _downloaded(bench: Workbench, extension: str) -> bytes:
    with bench.page.expect_download() as download:
        bench.tab.locator(f"[data-format={extension}]").click()
    return download.value.path().read_bytes()


def test_downloads_hold_the_whole_answer(bench: Workbench) -> None:
    bench.run(NAMES)
    names = _downloaded(bench, "csv").decode().splitlines()[1:]
    assert "Смоленск" in names and len(names) == len(set(names)) > 10
    found = json.loads(_downloaded(bench, "json"))
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
    rows = CalamineWorkbook.from_filelike(io.BytesIO(_downloaded(bench, "xlsx"))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == names
    table = pyarrow.parquet.read_table(io.BytesIO(_downloaded(bench, "parquet")))
    assert table.column("name").to_pylist() == names
    bench.run(CONSTRUCT)
    triples = list(parse(_downloaded(bench, "ttl"), RdfFormat.TURTLE))
    assert triples and {triple.predicate for triple in triples} == {NamedNode(PARTNER)}


def test_a_query_over_a_limit_is_told_which_in_russian(
    chrome: Browser, example_directory: Path, tmp_path: Path
) -> None:
    with (
        running_server(example_directory, tmp_path, env={"POBRATIM_LIMIT_SECONDS": "0.5"}) as strict,
        visiting(chrome, Served(f"{strict.url}/workbench")) as opened,
    ):
        opened.run(ENDLESS)
        problem = opened.tab.get_by_role("alert")
        expect(problem).to_contain_text("Запрос остановлен")
        expect(problem).to_contain_text("он не уложился в 0.5 с")
        expect(problem.locator("dl")).to_contain_text("seconds = 0,5")


def test_a_link_opens_the_query_again_and_english_is_a_click_away(
    chrome: Browser, served: Server, bench: Workbench
) -> None:
    bench.open("partners-by-country")
    bench.show("chart")
    bench.tab.locator(".wb-share").click()
    target = bench.tab.locator(".wb-status input").input_value()
    workbench = f"{served.url}/workbench"
    with visiting(chrome, Served(workbench), tail=target.removeprefix(workbench)) as other:
        expect(other.tab.locator(".wb-bars tbody tr").first).to_contain_text("Беларусь")
        assert other.query == bench.query
        other.page.get_by_role("link", name="English").click()
        other.page.wait_for_selector("html[lang=en][data-ready]", state="attached")
        expect(other.page.locator("h1")).to_have_text("SPARQL queries")
        other.open("partners-by-country")
        expect(other.tab.locator(".wb-table")).to_contain_text("Belarus")
        assert other.outside == [] and other.errors == []
