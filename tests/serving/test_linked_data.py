"""Linked data as a client of the web meets it: every IRI leads somewhere, pages and RDF say the same."""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pobratim.lexicon.lexicon import lexicon
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri, iri_of, path_of
from pobratim.resolve import Decision, add_decisions
from pobratim.search import Hit
from pobratim.site.addresses import Addresses
from pobratim.site.evidence import Phrase, pieces
from pobratim.site.page import Visit
from pobratim.site.render import render
from pobratim.site.search_results import MOST, ROWS, Results, search_page
from pobratim.site.site_map import parts_of
from pobratim.site.values import date_text, duration_text, share_text
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.json_ld import triples_of
from tests.support.server import Server, running_server
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

OTHER_BASE = "https://data.example.org/ties"
PUBLIC = "https://portal.example.net/city"
RDF_TYPES = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
}
EVENT = "activity/2023-02-14-competition-ru-smolensk-c41e5e"
FOAF = "http://xmlns.com/foaf/0.1/"
VOID = "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
REPLACED = "http://purl.org/dc/terms/isReplacedBy"
NOTES = (Literal("Исправлено вручную", language="ru"), Literal("Corrected by hand", language="en"))
EVIL = "Клуб «<script>alert(1)</script>»"
POB = "https://w3id.org/pobratim/def#"
POINTING = 1_050
"""More things than are read in one go, on a page and in RDF."""
GONE = f"{OTHER_BASE}/id/organisation/gone"
MERGED = f"{OTHER_BASE}/id/organisation/merged"
STAYS = f"{OTHER_BASE}/id/organisation/stays"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server under another URL than the base of its data, which hold a script, a merged and a withdrawn thing."""
    directory = tmp_path_factory.mktemp("odd") / "store"
    graph = graph_iri(OTHER_BASE, "authority")
    kind = "http://www.w3.org/ns/org#FormalOrganization"
    statements: list[tuple[str, str, NamedNode | Literal]] = [
        (STAYS, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", NamedNode(kind)),
        (STAYS, "http://www.w3.org/2000/01/rdf-schema#label", Literal(EVIL, language="ru")),
        (
            STAYS,
            "http://www.w3.org/2004/02/skos/core#altLabel",
            Literal('"><img src=x onerror=alert(2)>', language="ru"),
        ),
        *((STAYS, "http://www.w3.org/2004/02/skos/core#changeNote", one) for one in NOTES),
        (STAYS, f"{FOAF}homepage", NamedNode("javascript:alert(3)")),
        (MERGED, REPLACED, NamedNode(STAYS)),
        (GONE, "http://www.w3.org/ns/prov#invalidatedAtTime", Literal("2024-01-01")),
        (GONE, "http://www.w3.org/2000/01/rdf-schema#label", Literal("Отозвано", language="ru")),
    ]
    for number in range(POINTING):
        statements.append((f"{OTHER_BASE}/id/activity/{number:04}", f"{POB}place", NamedNode(STAYS)))
    quads = [Quad(NamedNode(s), NamedNode(p), o, NamedNode(graph)) for s, p, o in statements]
    GenerationStore(directory).publish({graph: quads}, {}, {"base": OTHER_BASE, "format": 1})
    with running_server(directory, directory.parent, "--public-url", PUBLIC) as found, found.client() as made:
        yield made


def _types(accept: str) -> dict[str, str]:
    return {"Accept": accept}


def _triples(response: httpx.Response, form: RdfFormat = RdfFormat.N_TRIPLES) -> set[Triple]:
    return triples_of(response.content, form)


def _ours(store: Reader) -> list[str]:
    """Return every IRI of ours that occurs anywhere in the data."""
    terms = (term for quad in store.quads() for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
    found = {term.value for term in terms if isinstance(term, NamedNode)}
    return sorted(iri for iri in found if iri.startswith("https://w3id.org/pobratim"))


def _replaced(store: Reader) -> dict[str, str]:
    """Return the IRIs that were merged into others."""
    return {
        quad.subject.value: quad.object.value
        for quad in store.quads()
        if quad.predicate.value == REPLACED
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }


def _kind(iri: str) -> str:
    return "/".join((path_of(DEFAULT_BASE, iri) or "?").partition("#")[0].split("/")[:2])


# Addresses


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{OTHER_BASE}/id/place/ru-smolensk", "id/place/ru-smolensk"),
        (f"{OTHER_BASE}/graph/report/x", "graph/report/x"),
        ("https://w3id.org/pobratim/def/topic/culture", "def/topic/culture"),
        ("https://w3id.org/pobratim/def", "def"),
    ],
)
def test_paths_and_iris_lead_to_each_other(iri: str, path: str) -> None:
    assert path_of(OTHER_BASE, iri) == path
    assert iri_of(OTHER_BASE, path) == iri


def test_terms_lead_to_their_document_and_foreign_iris_nowhere() -> None:
    assert path_of(OTHER_BASE, "https://w3id.org/pobratim/def#Tie") == "def#Tie"
    assert path_of(OTHER_BASE, "https://w3id.org/pobratim/id/place/x") is None
    assert path_of(OTHER_BASE, f"{OTHER_BASE}-more/id/place/x") is None
    assert iri_of(OTHER_BASE, "id/place/<x>") is None
    assert iri_of(OTHER_BASE, "sparql") is None


# Everything dereferences


def test_every_iri_of_ours_in_the_data_leads_to_a_document(client: httpx.Client, example_store: Reader) -> None:
    iris = _ours(example_store)
    paths = sorted({(path_of(DEFAULT_BASE, iri) or iri).partition("#")[0] for iri in iris})
    assert len(paths) > 2000
    fine = {"id": {303, 301}, "def": {303}, "graph": {200}, "lexicon": {200}}
    found = {path: client.head(f"/{path}").status_code for path in paths}
    assert found.pop("def") == 200
    assert {path: status for path, status in found.items() if status not in fine[path.split("/")[0]]} == {}
    assert list(found.values()).count(301) == len(_replaced(example_store))


def test_documents_tell_of_what_they_are_about(client: httpx.Client, example_store: Reader) -> None:
    for kind, iris in groupby(_ours(example_store), key=_kind):
        for iri in list(iris)[:8] if "/" in kind and not kind.startswith("graph/") and "0.1.0" not in kind else ():
            response = client.get(f"/{path_of(DEFAULT_BASE, iri)}", headers=_types("application/n-triples"))
            document = client.get(response.headers["location"])
            assert (document.status_code, f"<{iri}>" in document.text, iri) == (200, True, iri)


def test_a_thing_of_each_type_comes_in_each_format(client: httpx.Client, example_store: Reader) -> None:
    for _, iris in groupby(_ours(example_store), key=_kind):
        iri = next(iris)
        path = (path_of(DEFAULT_BASE, iri) or "").partition("#")[0]
        for media_type, form in RDF_TYPES.values():
            response = client.get(f"/{path}", headers=_types(media_type), follow_redirects=True)
            assert (response.status_code, iri) == (200, iri)
            assert response.headers["content-type"].partition(";")[0] == media_type
            assert _triples(response, form)
        for lang in ("ru", "en"):
            page = client.get(f"/{path}", params={"lang": lang}, headers=_types("text/html"), follow_redirects=True)
            assert (page.status_code, iri) == (200, iri)
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert f'<html lang="{lang}">' in page.text


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/rdf+xml", ".rdf"),
        ("application/n-triples", ".nt"),
        ("text/html", ""),
        ("*/*", ""),
        ("text/html;q=0.2, text/turtle;q=0.9", ".ttl"),
        ("text/turtle;q=0.2, application/xhtml+xml, text/html", ""),
        ("application/json", ".jsonld"),
        ("application/xhtml+xml", ""),
    ],
)
def test_a_thing_leads_to_the_document_that_is_liked_best(client: httpx.Client, accept: str, extension: str) -> None:
    response = client.get(f"/id/{EVENT}", headers=_types(accept))
    assert response.status_code == 303
    assert response.headers["location"] == f"/doc/{EVENT}{extension}"
    assert "Accept" in response.headers["vary"]
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_first_page_stands_for_the_whole_data_set(client: httpx.Client) -> None:
    for accept, extension in (("text/turtle", "ttl"), ("application/json", "jsonld"), ("application/rdf+xml", "rdf")):
        response = client.get("/", headers=_types(accept))
        assert (response.status_code, response.headers["location"]) == (303, f"/void.{extension}")
        assert "Accept" in response.headers["vary"]
    for accept in ("text/html", "*/*", "text/html, text/turtle;q=0.5", "application/xhtml+xml", "image/png"):
        assert client.get("/", headers=_types(accept)).headers["content-type"].startswith("text/html")


def test_json_ld_is_compact_under_a_context_that_is_there(client: httpx.Client, odd: httpx.Client) -> None:
    told = client.get("/doc/place/ru-smolensk.jsonld").json()
    assert told["@context"] == f"{str(client.base_url).rstrip('/')}/context.jsonld"
    [place] = [node for node in told["@graph"] if node["id"].endswith("/id/place/ru-smolensk")]
    assert "Municipality" in place["type"] and place["label"]["ru"] == "Смоленск"
    assert odd.get("/doc/organisation/stays.jsonld").json()["@context"] == f"{PUBLIC}/context.jsonld"
    context = client.get("/context.jsonld")
    assert context.headers["content-type"] == "application/ld+json" and context.json()["@context"]["pob"] == POB
    assert context.headers["access-control-allow-origin"] == "*"


def test_a_version_of_the_vocabulary_stays_at_its_iri(client: httpx.Client, example_store: Reader) -> None:
    named = [quad.object for quad in example_store.quads() if quad.predicate.value.endswith("owl#versionIRI")]
    [path] = [path_of(DEFAULT_BASE, iri.value) for iri in named if isinstance(iri, NamedNode)]
    for link in (f"/{path}", f"/doc/{path}"):
        for accept, extension in (("text/turtle", "ttl"), ("application/rdf+xml", "rdf")):
            response = client.get(link, headers=_types(accept))
            assert (response.status_code, response.headers["location"]) == (303, f"/{path}.{extension}")
        assert client.get(link, headers=_types("text/html")).headers["location"] == "/def"
    assert _triples(client.get(f"/{path}.rdf"), RdfFormat.RDF_XML) == _triples(
        client.get(f"/{path}.ttl"), RdfFormat.TURTLE
    )
    text = client.get(f"/{path}.ttl")
    assert text.headers["content-type"] == "text/turtle; charset=utf-8"
    said = {str(quad.subject) for quad in parse(text.content, format=RdfFormat.TURTLE)}
    assert f"<{POB}Activity>" in said
    assert client.get("/def/0.0.9").status_code == client.get("/def/0.0.9.ttl").status_code == 404


def test_the_chosen_language_survives_the_redirect(client: httpx.Client) -> None:
    assert client.get(f"/id/{EVENT}?lang=en").headers["location"] == f"/doc/{EVENT}?lang=en"


def test_documents_negotiate_too_and_say_where_the_answer_lies(client: httpx.Client) -> None:
    response = client.get(f"/doc/{EVENT}", headers=_types("text/turtle"))
    assert response.status_code == 200
    assert response.headers["content-location"] == f"/doc/{EVENT}.ttl"
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert (
        client.get(f"/doc/{EVENT}.html", headers=_types("text/turtle")).headers["content-type"].startswith("text/html")
    )


def test_a_cell_answers_with_its_text_where_that_is_asked_for(client: httpx.Client, example_store: Reader) -> None:
    texts = {quad.subject: quad.object for quad in example_store.quads() if quad.predicate.value == RDF_VALUE}
    cell, text = min(texts.items(), key=str)
    assert isinstance(cell, NamedNode) and isinstance(text, Literal)
    path = cell.value.removeprefix("https://w3id.org/pobratim")
    answer = client.get(path + "#char=0,1", headers=_types("text/plain"))
    assert answer.status_code == 200 and answer.text == text.value
    assert answer.headers["content-type"] == "text/plain; charset=utf-8" and "Accept" in answer.headers["vary"]
    for accept in ("application/n-triples, text/plain;q=0.5", "text/html", "*/*"):
        assert client.get(path, headers=_types(accept)).status_code == 303
    assert client.get(f"/id/{EVENT}", headers=_types("text/plain")).status_code == 303
    assert client.get("/id/cell/no/1/name", headers=_types("text/plain")).status_code == 404


def test_a_fact_stands_with_its_phrase_and_a_row_says_what_its_words_prove(client: httpx.Client) -> None:
    page = client.get(f"/doc/{EVENT}", headers={"Accept-Language": "ru"}).text
    facts = page.partition('<dl class="facts lines">')[2].partition("</dl>")[0]
    assert facts.count('<details class="proof">') >= 5 and "прочитано: " in facts and "строка\u00a014" in facts
    row = client.get("/doc/entry/smolensk-2023-q1/14", headers={"Accept-Language": "en"}).text
    cells = row.partition('<dl class="cells paper">')[2].partition("</dl>")[0]
    assert 'title="when: ' in cells and cells.count("<mark ") >= 5 and "read as " in row


# What the answers say


def test_rdf_holds_all_that_the_store_says_and_describes_its_document(
    client: httpx.Client, example_store: Reader, served: Server
) -> None:
    for key in (EVENT, "place/ru-smolensk", "organisation/ru-smolensk-gymnasium-4"):
        iri = NamedNode(f"{DEFAULT_BASE}/id/{key}")
        found = _triples(client.get(f"/doc/{key}.nt"))
        document = NamedNode(f"{served.url}/doc/{key}")
        own = {triple for triple in found if triple.subject == iri}
        stored = {quad.triple for quad in example_store.quads() if quad.subject == iri}
        assert own == stored | {Triple(iri, NamedNode(f"{FOAF}isPrimaryTopicOf"), document)}
        about = {triple.predicate.value: triple.object for triple in found if triple.subject == document}
        assert about[f"{FOAF}primaryTopic"] == iri
        assert about["http://purl.org/dc/terms/license"] == NamedNode("https://creativecommons.org/licenses/by/4.0/")
        assert about[f"{VOID}inDataset"] == NamedNode(f"{DEFAULT_BASE}/void#dataset")
        pointing = {quad.triple for quad in example_store.quads() if quad.object == iri}
        assert pointing and pointing <= found


def test_the_page_of_an_event_reads_without_rdf(client: httpx.Client) -> None:
    page = client.get(f"/doc/{EVENT}", headers={"Accept-Language": "ru"}).text
    for words in (
        "14\u00a0февраля\u00a02023",
        "конкурс",
        "Смоленск",
        "Беларусь",
        "онлайн",
        "строка\u00a014",
        "Сроки проведения",
    ):
        assert words in page
    assert re.search(r"<mark>\s*г\. Витебска</mark>", page)
    assert f"<code>{DEFAULT_BASE}/id/{EVENT}</code>" in page
    visible = re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert re.findall(r"https?://\S+", visible) == [f"{DEFAULT_BASE}/id/{EVENT}"]


def test_a_page_names_its_other_forms_and_languages(client: httpx.Client) -> None:
    response = client.get(f"/doc/{EVENT}", headers={"Accept-Language": "en"})
    page = response.text
    for extension, (media_type, _) in RDF_TYPES.items():
        assert f'<link rel="alternate" type="{media_type}" href="/doc/{EVENT}.{extension}">' in page
    assert f'<link rel="describedby" type="text/turtle" href="/doc/{EVENT}.ttl">' in page
    assert 'hreflang="ru"' in page and 'hreflang="en"' in page
    assert response.headers["content-language"] == "en" and "14\u00a0February\u00a02023" in page
    assert "default-src 'self'" in response.headers["content-security-policy"]
    structured = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert structured is not None
    event = json.loads(structured[1])
    assert (event["@type"], event["@id"], event["startDate"]) == ("Event", f"{DEFAULT_BASE}/id/{EVENT}", "2023-02-14")


def test_all_links_of_a_page_lead_somewhere(client: httpx.Client) -> None:
    paths = ["/", "/def", "/lexicon", f"/doc/{EVENT}", "/doc/place/ru-smolensk", "/doc/def/topic", "/graph/ties"]
    others = {"/workbench", "/search"}
    links = {
        link.replace("&amp;", "&") for path in paths for link in re.findall(r'href="(/[^"]*)"', client.get(path).text)
    }
    wrong = {
        link: response.status_code
        for link in links
        if urlsplit(link).path not in others
        and (response := client.get(link, follow_redirects=True)).status_code != 200
    }
    assert links and wrong == {}


def test_long_lists_go_on_until_everything_was_shown(client: httpx.Client, example_store: Reader) -> None:
    role = f"{DEFAULT_BASE}/def/role/participant"
    quads = (quad for quad in example_store.quads() if quad.predicate.value.endswith("m8g/role"))
    wanted = {quad.subject for quad in quads if quad.object == NamedNode(role)}
    assert len(wanted) > 12
    page = client.get("/doc/def/role/participant").text
    more = re.search(r'class="more" href="([^"]*of=cv%3Arole[^"]*)"', page)
    assert more is not None
    listed = client.get(more[1].replace("&amp;", "&"))
    assert listed.text.count("<li>") == len(wanted)


def test_a_hub_is_counted_whole_shown_in_part_and_listed_to_its_end(odd: httpx.Client) -> None:
    page = odd.get("/doc/organisation/stays", params={"lang": "en", "view": "data"}).text
    assert "1,050" in page and "and 1,038 more" in page
    link = re.search(r'class="more" href="/city(/doc/[^"]*of=pob%3Aplace[^"]*)"', page)
    seen: list[str] = []
    while link is not None:
        listed = odd.get(link[1].replace("&amp;", "&")).text
        seen += re.findall(r'<li><a href="/city/doc/activity/(\d+)', re.sub(r">\s+<", "><", listed))
        link = re.search(r'rel="next" href="/city(/doc/[^"]*)"', listed)
    assert seen == [f"{number:04}" for number in range(POINTING)]


def test_rdf_of_a_hub_says_that_more_points_at_it(odd: httpx.Client) -> None:
    found = _triples(odd.get("/doc/organisation/stays.nt"))
    notes = [t.object for t in found if t.predicate.value == "http://www.w3.org/2000/01/rdf-schema#comment"]
    assert {note.language for note in notes if isinstance(note, Literal)} == {"ru", "en"}
    pointing = [triple for triple in found if triple.object == NamedNode(STAYS)]
    assert len([triple for triple in pointing if triple.predicate.value != f"{FOAF}primaryTopic"]) == 1000


def test_search_results_lead_to_pages_and_are_escaped() -> None:
    addresses = Addresses(OTHER_BASE, PUBLIC)
    visit = Visit("en", addresses, "/search", (("q", "<b>"), ("lang", "en")), True)
    hit = Hit(STAYS, "place", EVIL, "Смоленск", "Россия", 1.0, "<i>")
    page = render(search_page("<b>", Results([hit] * MOST), visit, number=MOST // ROWS), visit)
    assert 'href="/city/doc/organisation/stays?lang=en"' in page and "Смоленск, Россия" in page
    assert (
        "<b></b>" not in page
        and '<h1 class="asked">&lt;b&gt; ' in page
        and "&lt;script&gt;" in page
        and "&lt;i&gt;" in page
    )
    assert "There is more" in page
    assert "Nothing was found" in render(search_page("x", Results(), visit), visit)


def test_marked_pieces_make_up_the_text() -> None:
    text = "😀 Гимназия № 7 г. Витебска"
    marked = [phrase(2, 10, "вид"), phrase(2, 14, "участник"), phrase(18, 26, "место"), phrase(18, 26, "сторона")]
    assert list(pieces(text, marked)) == [
        ("😀 ", None), ("Гимназия", ("вид", "участник")), (" № 7", ("участник",)), (" г. ", None),
        ("Витебска", ("место", "сторона")),
    ]  # fmt: skip
    assert list(pieces(text, [])) == [(text, None)]
    assert list(pieces("", [phrase(0, 0, "")])) == []


def phrase(start: int, end: int, proves: str) -> Phrase:
    return Phrase("", "", "", "", proves, "", "", "", "", "", "", "", "", "", 1.0, start, end)


def test_dates_read_as_people_write_them() -> None:
    assert [duration_text(value, "ru") for value in ("P5Y", "P1Y6M", "P2M")] == ["5 лет", "1 год 6 месяцев", "2 месяца"]
    assert duration_text("P1Y", "en") == "1 year" and duration_text("PT5S", "en") == "PT5S"
    assert date_text("2022-12-14/2023-01-10", "ru") == "14\u00a0декабря\u00a02022\u00a0– 10\u00a0января\u00a02023"
    assert date_text("2023-02-14/2023-03-10", "ru") == "14\u00a0февраля\u00a0– 10\u00a0марта\u00a02023"
    assert date_text("2025-09-12/2025-09-14", "ru") == "12–14\u00a0сентября\u00a02025"
    assert date_text("2022-12", "en") == "December\u00a02022"
    assert [date_text(odd, "ru") for odd in ("2023", "2023-13-01", "около 2023", "2023-05-02/..")] == [
        "2023", "2023-13-01", "около 2023", "2\u00a0мая\u00a02023\u00a0– …",
    ]  # fmt: skip


def test_lists_tell_dates_of_events_and_phrases_of_reports(client: httpx.Client) -> None:
    page = client.get("/doc/organisation/ru-smolensk-administration?view=data").text
    assert re.search(r'class="small dim">участник, 31\u00a0января\u00a02023<', page)
    assert re.search(r">Тюль</a>\s*<span class=\"small dim\">декабрь\u00a02022\u00a0– январь\u00a02023<", page)
    page = client.get("/doc/organisation/ru-smolensk-administration").text
    phrases = page.partition('class="evidence"')[2].partition("</section>")[0]
    assert re.findall(r"строка\u00a0(\d+)</a>, <a[^>]*>графа", phrases) == ["2", "11", "12", "13", "16", "17", "20"]
    assert re.search(r'class="of"><a href="/doc/report/smolensk-2023-q1">', page)
    cell = client.get("/doc/cell/smolensk-2023-q1/11/name").text
    assert "<mark>Встреча Главы города" in cell
    assert re.search(r'<a href="/doc/mention/smolensk-2023-q1/11/name/[^"]*">графа', cell)
    tie = client.get("/doc/tie/municipality/place-by-vitebsk--place-ru-smolensk").text
    assert "16\u00a0января\u00a0– 10\u00a0марта\u00a02023" in tie.partition('class="technical"')[0]


def test_shares_read_as_percentages() -> None:
    assert [share_text(share, "ru") for share in ("1", "0.9118", "0.0004")] == [
        "100\u00a0%",
        "91,2\u00a0%",
        "0,04\u00a0%",
    ]
    assert share_text("0.5", "en") == "50%"


def test_a_country_of_others_has_a_page_here(client: httpx.Client) -> None:
    iri = "http://publications.europa.eu/resource/authority/country/FRA"
    page = client.get("/describe", params={"iri": iri}, follow_redirects=True)
    assert page.url.path == "/doc/country/fr" and "Франция" in page.text and "Тюль" in page.text
    assert ">Страна<" in page.text and "/pair/fr-tyul/ru-smolensk" in page.text
    assert _triples(client.get("/describe.nt", params={"iri": iri}, follow_redirects=True))
    assert client.get("/doc/country/FRA").headers["location"] == "/doc/country/fr"
    assert "Смоленск" in client.get("/doc/region/ru-smo").text
    assert client.get("/describe", params={"iri": "http://nowhere.example/x"}).status_code == 404
    assert client.get("/describe", params={"iri": "no iri"}).status_code == 404
    own = client.get("/describe", params={"iri": f"{DEFAULT_BASE}/id/{EVENT}"})
    assert (own.status_code, own.headers["location"]) == (303, f"/doc/{EVENT}")


# Statuses


@pytest.mark.parametrize("accept", ["text/html", "*/*", *(media_type for media_type, _ in RDF_TYPES.values())])
@pytest.mark.parametrize(
    "path",
    ["/id/place/nowhere", "/doc/place/nowhere", "/doc/place/nowhere.ttl", "/def/topic/none", "/graph/none", "/x"],
)
def test_what_is_unknown_is_404_in_every_format(client: httpx.Client, path: str, accept: str) -> None:
    response = client.get(path, headers=_types(accept))
    assert response.status_code == 404
    wanted = "text/html" if accept == "text/html" else "application/problem+json"
    assert response.headers["content-type"].startswith(wanted)
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [f"/id/{EVENT}", f"/doc/{EVENT}", "/def", "/void", "/sparql"])
def test_what_nobody_offers_is_406(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=_types("image/png")).status_code == 406


def test_odd_paths_are_404(client: httpx.Client) -> None:
    files = ("/static/..%2Fpyproject.toml", "/static/words/pages.yml", "/static/package.json", "/static/kit/dom.ts")
    for path in ("/id/place/%3Cx%3E", "/id/", "/doc/..%2F..%2Fetc", *files):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("lang", [0, 1])
def test_what_was_corrected_is_told_in_the_language_of_the_page(odd: httpx.Client, lang: int) -> None:
    page = odd.get("/doc/organisation/stays", params={"lang": ("ru", "en")[lang]}).text
    assert NOTES[lang].value in page and NOTES[1 - lang].value not in page


def test_a_withdrawn_thing_is_gone(odd: httpx.Client) -> None:
    for path in ("/id/organisation/gone", "/doc/organisation/gone", "/doc/organisation/gone.ttl"):
        assert odd.get(path).status_code == 410


def test_a_merged_thing_moves_to_the_one_that_stays(odd: httpx.Client) -> None:
    moved = odd.get("/id/organisation/merged")
    assert (moved.status_code, moved.headers["location"]) == (301, "/city/id/organisation/stays")
    moved = odd.get("/doc/organisation/merged.ttl")
    assert (moved.status_code, moved.headers["location"]) == (301, "/city/doc/organisation/stays.ttl")


def test_a_decision_of_the_ledger_moves_the_old_address(tmp_path: Path) -> None:
    store, ledger = GenerationStore(tmp_path / "store"), tmp_path / "decisions.tsv"
    report = write_report(
        tmp_path / "r.txt",
        ("Встреча", "г. Витебск", "Клуб «Луч» г. Витебска"),
        ("Концерт", "г. Витебск", "Клуб «Луч света» г. Витебска"),
    )
    keys = ("by-vitebsk-club-luch-sveta", "by-vitebsk-club-luch")
    add_decisions(ledger, [Decision("same", "organisation", *keys)])
    load([report], store, Settings(decisions=ledger))
    replaced = _replaced(store.open())
    assert f"{DEFAULT_BASE}/id/organisation/{keys[1]}" in replaced
    with running_server(tmp_path / "store", tmp_path) as server, server.client() as client:
        for old, new in replaced.items():
            response = client.get("/" + (path_of(DEFAULT_BASE, old) or ""))
            assert response.status_code == 301
            assert response.headers["location"] == "/" + (path_of(DEFAULT_BASE, new) or "")
            stays = client.get(response.headers["location"], follow_redirects=True)
            assert stays.status_code == 200


# Validators and methods


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/def",
        f"/doc/{EVENT}",
        f"/doc/{EVENT}.ttl",
        "/void.ttl",
        "/sitemap.xml",
        "/static/pages.css",
        "/robots.txt",
    ],
)
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200 and "max-age" in first.headers["cache-control"]
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_languages_have_validators_of_their_own(client: httpx.Client) -> None:
    tags = {client.get("/", headers={"Accept-Language": lang}).headers["etag"] for lang in ("ru", "en")}
    assert len(tags) == 2 and "Accept-Language" in client.get("/").headers["vary"]


@pytest.mark.parametrize(
    "path", ["/", f"/id/{EVENT}", f"/doc/{EVENT}", f"/doc/{EVENT}.ttl", "/def", "/void.ttl", "/sparql"]
)
def test_head_tells_what_get_would(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers.get("content-type") == get.headers.get("content-type")


def test_other_methods_are_refused_and_options_tells_them(client: httpx.Client) -> None:
    assert client.post(f"/doc/{EVENT}").status_code == 405
    options = client.request("OPTIONS", f"/id/{EVENT}")
    assert options.status_code == 204 and "GET" in options.headers["allow"]


def test_pages_come_compressed(client: httpx.Client) -> None:
    response = client.get("/def", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip" and "pob:Tie" in response.text


# Another base, another URL, hostile labels


def test_iris_keep_their_base_while_links_stay_on_the_server(odd: httpx.Client) -> None:
    page = odd.get("/doc/organisation/stays").text
    assert f"<code>{STAYS}</code>" in page
    assert f'<link rel="canonical" href="{PUBLIC}/doc/organisation/stays">' in page
    links = re.findall(r'(?:href|src|action)="([^"#]*)"', page)
    ours = [link for link in links if link.startswith("/")]
    assert ours and all(link.startswith("/city/") for link in ours)
    assert not [link for link in links if link.startswith(OTHER_BASE)]
    thing = odd.get("/id/organisation/stays", headers=_types("text/turtle"))
    assert thing.headers["location"] == "/city/doc/organisation/stays.ttl"
    found = _triples(odd.get("/doc/organisation/stays.nt"))
    document = NamedNode(f"{PUBLIC}/doc/organisation/stays")
    assert Triple(document, NamedNode(f"{FOAF}primaryTopic"), NamedNode(STAYS)) in found


def test_descriptions_tell_the_public_url_and_the_base(odd: httpx.Client) -> None:
    void = _triples(odd.get("/void.nt"))
    dataset = NamedNode(f"{OTHER_BASE}/void#dataset")
    assert Triple(dataset, NamedNode(f"{VOID}sparqlEndpoint"), NamedNode(f"{PUBLIC}/sparql")) in void
    assert Triple(dataset, NamedNode(f"{VOID}uriSpace"), Literal(f"{OTHER_BASE}/id/")) in void
    service = _triples(odd.get("/sparql", headers=_types("application/n-triples")))
    assert [triple.object for triple in service if triple.predicate.value == f"{SD}endpoint"] == [
        NamedNode(f"{PUBLIC}/sparql")
    ]
    assert f"<loc>{PUBLIC}/doc/organisation/stays</loc>" in odd.get("/sitemap-all.xml").text
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in odd.get("/robots.txt").text


def test_labels_are_text_and_never_markup(odd: httpx.Client) -> None:
    for path in ("/doc/organisation/stays", "/doc/organisation/stays?lang=en", "/"):
        response = odd.get(path)
        assert "<script>alert" not in response.text and "<img src=x" not in response.text
        assert 'href="javascript:' not in response.text
        assert "script-src" not in response.headers["content-security-policy"]
    assert "&lt;script&gt;alert(1)" in odd.get("/doc/organisation/stays").text
    assert "<script>" not in odd.get("/doc/place/%3Cscript%3E", headers=_types("text/html")).text


def test_a_malformed_host_is_not_repeated(client: httpx.Client) -> None:
    response = client.get(f"/doc/{EVENT}.nt", headers={"Host": "a.example/<x>"})
    assert response.status_code in (200, 400) and b"<x>" not in response.content


# The vocabulary


def test_the_vocabulary_is_documented_in_both_languages(client: httpx.Client) -> None:
    for lang, words in (("ru", "Муниципальное образование"), ("en", "Municipality")):
        page = client.get("/def", params={"lang": lang}).text
        assert words in page and 'id="Agreement"' in page and "pob:Activity" in page
    assert "@prefix pob:" in page


def test_vocabularies_come_as_rdf_with_release_and_licence(client: httpx.Client) -> None:
    for name, term in (("def", "Activity"), ("lexicon", "stem")):
        iri = NamedNode(f"https://w3id.org/pobratim/{name}")
        found = _triples(client.get(f"/{name}", headers=_types("application/n-triples")))
        said = {triple.predicate.value.rpartition("/")[2] for triple in found if triple.subject == iri}
        assert {"owl#versionInfo", "license", "title", "isPrimaryTopicOf"} <= said
        own = {triple.predicate.value for triple in found if triple.subject == NamedNode(f"{iri.value}#{term}")}
        assert {f"http://www.w3.org/2000/01/rdf-schema#{key}" for key in ("label", "comment", "isDefinedBy")} <= own
    release = client.get("/def/0.1.0")
    assert (release.status_code, release.headers["location"]) == (303, "/def")


def test_a_list_of_concepts_shows_all_of_them(client: httpx.Client) -> None:
    page = client.get("/doc/def/region", headers={"Accept-Language": "ru"}).text
    assert page.count("<tr>") == 1 + len(lexicon().concepts("region")) > 250
    assert "Смоленская область" in page and "RU-SMO" in page


def test_a_graph_has_a_page_and_gives_its_triples(client: httpx.Client, example_store: Reader) -> None:
    graph = graph_iri(DEFAULT_BASE, "report/smolensk-2023-q1")
    stored = {quad.triple for quad in example_store.quads(graph)}
    assert _triples(client.get("/graph/report/smolensk-2023-q1.nt")) == stored
    assert f"<code>{graph}</code>" in client.get("/graph/report/smolensk-2023-q1").text


# Descriptions


def _count(client: httpx.Client, query: str) -> int:
    found = client.get("/sparql", params={"query": query}, headers=_types("application/sparql-results+json")).json()
    return int(found["results"]["bindings"][0]["n"]["value"])


def test_the_dataset_counts_what_the_endpoint_counts(client: httpx.Client) -> None:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.headers["location"]) == (303, "/void.ttl")
    found = _triples(client.get("/void.nt"))

    def value(subject: NamedNode, name: str) -> str:
        return next(t.object.value for t in found if t.subject == subject and t.predicate.value == VOID + name)  # type: ignore[union-attr]

    dataset = NamedNode(f"{DEFAULT_BASE}/void#dataset")
    assert int(value(dataset, "triples")) == _count(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    things = f'FILTER(STRSTARTS(STR(?s), "{DEFAULT_BASE}/id/"))'
    assert int(value(dataset, "entities")) == _count(
        client, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?c {things} }}"
    )
    checked = 0
    for triple in found:
        if triple.predicate.value == f"{VOID}class":
            assert isinstance(triple.subject, NamedNode)
            query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a {triple.object} }}"
            assert int(value(triple.subject, "entities")) == _count(client, query)
            checked += 1
        if triple.predicate.value == f"{VOID}property":
            assert isinstance(triple.subject, NamedNode)
            query = f"SELECT (COUNT(*) AS ?n) {{ ?s {triple.object} ?o }}"
            assert int(value(triple.subject, "triples")) == _count(client, query)
            checked += 1
    assert checked > 100
    geonames = NamedNode(f"{DEFAULT_BASE}/void#links-geonames")
    query = 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?o), "https://sws.geonames.org/")) }'
    assert int(value(geonames, "triples")) == _count(client, query)
    examples = [t.object.value for t in found if t.predicate.value == f"{VOID}exampleResource"]  # type: ignore[union-attr]
    assert len(examples) == 5
    assert all(client.get("/" + (path_of(DEFAULT_BASE, iri) or "")).status_code == 303 for iri in examples)


def test_the_endpoint_describes_itself(client: httpx.Client, served: Server) -> None:
    accept = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"
    response = client.get("/sparql", headers=_types(accept))
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    found = _triples(response, RdfFormat.TURTLE)
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

    def of_type(name: str) -> set[object]:
        return {t.subject for t in found if t.predicate.value == a and t.object == NamedNode(SD + name)}

    def having(name: str) -> set[object]:
        return {t.subject for t in found if t.predicate.value == SD + name}

    assert len(of_type("Service")) == 1
    assert [t.object for t in found if t.predicate.value == f"{SD}endpoint"] == [NamedNode(f"{served.url}/sparql")]
    assert of_type("NamedGraph") and of_type("NamedGraph") == having("name")
    assert of_type("Dataset") == having("defaultGraph") and len(of_type("Dataset")) == 1
    limits = [t.object for t in found if t.predicate.value == "http://purl.org/dc/terms/description"]
    assert {text.language for text in limits if isinstance(text, Literal)} == {"ru", "en"}
    assert all("512" in text.value for text in limits if isinstance(text, Literal))


def test_a_browser_at_the_endpoint_is_led_to_the_workbench(client: httpx.Client) -> None:
    response = client.get("/sparql", headers=_types("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"))
    assert (response.status_code, response.headers["location"]) == (303, "/workbench")


def test_a_query_is_still_missed_where_there_are_other_parameters(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"default-graph-uri": "urn:x"}).status_code == 400


# The first page, and what robots are told


def test_the_first_page_tells_counts_and_reports(client: httpx.Client) -> None:
    page = client.get("/", headers={"Accept-Language": "ru"}).text
    counted = {(number, noun) for number, noun in re.findall(r"<b>([^<]+)</b><span>([^<]+)</span>", page)}
    assert {("—", "затихли"), ("4", "соглашения"), ("0", "просрочено")} <= counted
    assert "Загружено: 1 отчёт, 34 строки." in page
    assert 'action="/search"' in page and 'name="q"' in page


def test_developers_are_told_of_the_endpoint_and_its_limits(client: httpx.Client) -> None:
    page = client.get("/developers", headers={"Accept-Language": "ru"}).text
    assert "512 МБ" in page and "/sparql" in page and "/void.ttl" in page


def test_robots_are_told_where_the_list_is_and_what_to_leave(client: httpx.Client, served: Server) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /sparql" in lines and f"Sitemap: {served.url}/sitemap.xml" in lines and "Disallow: /" not in lines


def test_the_sitemap_lists_every_page_once(client: httpx.Client, served: Server, example_store: Reader) -> None:
    index = client.get("/sitemap.xml").text
    parts = [urlsplit(link).path for link in re.findall(r"<loc>(.*?)</loc>", index)]
    links = [link for part in parts for link in re.findall(r"<loc>(.*?)</loc>", client.get(part).text)]
    assert len(links) == len(set(links)) and f"{served.url}/def" in links
    things = {iri for iri in _ours(example_store) if iri.startswith(f"{DEFAULT_BASE}/id/")}
    typed = {
        quad.subject.value
        for quad in example_store.quads()
        if quad.predicate.value.endswith("#type") and isinstance(quad.subject, NamedNode)
    }
    wanted = {f"{served.url}/doc/{(path_of(DEFAULT_BASE, iri) or '').removeprefix('id/')}" for iri in things & typed}
    assert wanted <= set(links)
    assert client.get(parts[0]).text.count("<lastmod>") == len(links)


def test_a_sitemap_falls_into_parts_of_bounded_size() -> None:
    assert [part.name for part in parts_of(10, {"a": 90})] == ["all"]
    for pages in (40_001, 1_000_000, 30_000_000):
        parts = parts_of(pages, {"a": 9 * pages, "b": pages})
        of_large = [part for part in parts if part.graph == "a"]
        assert 0.9 * pages / len(of_large) <= 40_000 and len({part.name for part in parts}) == len(parts)


def test_the_icon_and_the_style_come_from_here(client: httpx.Client) -> None:
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    head = client.get("/").text.partition("</head>")[0]
    style = re.search(r'href="(/static/pages\.css\?v=[^"]*)"', head)
    assert style is not None
    # Whatever the head names is asked for once and not asked about again with each page.
    for address in [style[1], *re.findall(r'(?:href|src)="(/static/app/[^"]*)"', head)]:
        assert "immutable" in client.get(address).headers["cache-control"], address
