"""Sixteen assertions on linked data, of the server, of a folder on a plain host, and of the folder behind nginx.

A plain host answers for files alone: there the IRIs of the data are led on by the rules for w3id.org, as they are where
a folder lies on pages of a repository. Each site answers with a 303 for a thing, and each with the same triples.
"""

import gzip
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Self
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import Graph

from pobratim.rdf.iris import DEFINITIONS, VOCABULARY, path_of
from pobratim.rdf.terms import DCAT, DCT, FOAF, OWL, RDF, RDFS, SKOS, SPDX
from pobratim.site.dataset import VOID
from tests.publishing.conftest import BASE, PUBLIC, PUPIL, Releases
from tests.support.json_ld import triples_of
from tests.support.nginx import nginx_over
from tests.support.places import ROOT
from tests.support.plain_host import plain_host
from tests.support.rewriting import Rule, rewritten, rules_of
from tests.support.server import running_server

pytestmark = pytest.mark.slow
FORMS = {
    "text/turtle": RdfFormat.TURTLE, "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML, "application/n-triples": RdfFormat.N_TRIPLES,
}  # fmt: skip
OF_FILES = ("text/turtle", "application/ld+json")
"""What lies beside the pages of a folder."""
HTML = "text/html"
WITHOUT_LANGUAGE = re.compile(
    r"http://www\.w3\.org/(?:1999/02/22-rdf-syntax-ns#value|ns/oa#(?:exact|prefix|suffix)|2004/02/skos/core#(?:notation|"
    r"hiddenLabel)|ns/dqv#value)|http://purl\.org/dc/terms/(?:identifier|source)|https://w3id\.org/pobratim/lexicon#.*|"
    rf"{re.escape(VOCABULARY)}(?:value|rule)|http://www\.w3\.org/2002/07/owl#versionInfo|http://purl\.org/vocab/vann/.*|"
    r"http://data\.europa\.eu/m8g/eventNumber"
)
"""Strings that are of no language, or of that of the document which they are quoted from (its ``dct:language``)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The last of the answers that an address led to, and the statuses of all."""

    response: httpx.Response
    statuses: tuple[int, ...]

    @property
    def kind(self) -> str:
        return self.response.headers["content-type"].partition(";")[0]

    def triples(self) -> set[Triple]:
        assert self.response.status_code == 200, (self.response.url, self.statuses)
        return triples_of(self.response.content, FORMS[self.kind])


class Site:
    """Somewhere that the data are published: ``prefix`` is the path of the public address there."""

    def __init__(self, name: str, url: str, prefix: str, rules: list[Rule] | None = None) -> None:
        self.name, self.prefix, self.rules = name, prefix, rules
        self.client = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self.forms = tuple(FORMS) if name == "server" else OF_FILES

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self.client.close()

    @property
    def negotiates(self) -> bool:
        return self.rules is None

    def get(self, address: str, accept: str = "*/*") -> Answer:
        """Return what an IRI of ours, a public address or a path below that leads to."""
        statuses = list[int]()
        for _ in range(6):
            response = self._one(address, accept)
            statuses.append(response.status_code)
            if not response.is_redirect:
                return Answer(response, tuple(statuses))
            address = str(httpx.URL(PUBLIC + "/x").join(response.headers["location"]))
        raise AssertionError(f"{address} leads round in circles")

    def ask(self, query: str) -> int:
        """Return the number ?n that the endpoint answers."""
        found = self.client.get("/sparql", params={"query": query}).json()
        return int(found["results"]["bindings"][0]["n"]["value"])

    def _one(self, address: str, accept: str) -> httpx.Response:
        if address.startswith((PUBLIC, "/")):
            return self.client.get(self.prefix + address.removeprefix(PUBLIC), headers={"Accept": accept})
        path = path_of(BASE, address.partition("#")[0]) or ""
        if self.rules is not None:
            found = rewritten(self.rules, path, accept)
            status, target = found or (404, "")
            headers = {"location": target} if target.startswith("http") else {}
            asked = httpx.Request("GET", address)
            return httpx.Response(status, headers={**headers, "content-type": "text/plain"}, request=asked)
        return self.client.get(f"{self.prefix}/{path}", headers={"Accept": accept})


@pytest.fixture(scope="module", params=["server", "plain", "nginx"])
def site(
    request: pytest.FixtureRequest, releases: Releases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Each of the places; nginx is skipped where it is not installed."""
    folder, place, name = releases.folders[-1], tmp_path_factory.mktemp("site"), request.param
    with ExitStack() as stack:
        if name == "server":
            given = ("--public", "--public-url", PUBLIC)
            server = stack.enter_context(
                running_server(releases.store, place, *given, env={"POBRATIM_PUBLISHED": str(folder)})
            )
            yield stack.enter_context(Site(name, server.url, ""))
        elif name == "plain":
            rules = rules_of((folder / "rules/w3id.htaccess").read_text(encoding="utf-8"))
            url = stack.enter_context(plain_host(folder)).url
            yield stack.enter_context(Site(name, url, "", rules))
        else:
            url = stack.enter_context(nginx_over(folder, PUBLIC, place))
            yield stack.enter_context(Site(name, url, urlsplit(PUBLIC).path))


class Data:
    """What the last version says, by its dumps."""

    def __init__(self, releases: Releases) -> None:
        self.folder = releases.folders[-1]
        self.number = releases.told[-1].version.number
        self.merged, self.withdrawn = releases.merged, releases.withdrawn

    @cached_property
    def quads(self) -> list[Quad]:
        """All quads."""
        files = sorted((self.folder / "dumps" / self.number).glob("*.nq.gz"))
        return [quad for file in files for quad in parse(gzip.decompress(file.read_bytes()), format=RdfFormat.N_QUADS)]

    @cached_property
    def said(self) -> Mapping[str, set[Triple]]:
        """What is said of each IRI."""
        found: dict[str, set[Triple]] = defaultdict(set)
        for quad in self.quads:
            assert isinstance(quad.subject, NamedNode)
            found[quad.subject.value].add(quad.triple)
        return found

    @cached_property
    def iris(self) -> list[str]:
        """All IRIs of things of ours that occur."""
        terms = {term.value for quad in self.quads for term in quad.triple if isinstance(term, NamedNode)}
        return sorted(iri for iri in terms if iri.startswith(f"{BASE}/id/"))

    @cached_property
    def samples(self) -> list[str]:
        """A thing of each kind that has a document of its own in every place."""
        kinds: dict[str, str] = {}
        for iri in self.iris:
            kind = iri.removeprefix(f"{BASE}/id/").partition("/")[0]
            if (self.folder / f"doc/{iri.removeprefix(f'{BASE}/id/')}.ttl").is_file() and not self.is_moved(iri):
                kinds.setdefault(kind, iri)
        return list(kinds.values())

    def is_moved(self, iri: str) -> bool:
        """Tell whether an IRI leads to another one."""
        return any(triple.predicate == DCT.isReplacedBy for triple in self.said.get(iri, ()))


@pytest.fixture(scope="module")
def data(releases: Releases) -> Data:
    return Data(releases)


def test_01_the_form_that_is_asked_for_is_given(site: Site, data: Data) -> None:
    assert len(data.samples) >= 7
    for iri in data.samples:
        for accept in (*site.forms, HTML):
            answer = site.get(iri, accept)
            assert (answer.kind, answer.response.status_code) == (accept, 200), iri
        assert site.get(iri).kind == HTML
        assert site.get(iri, "application/json").kind == "application/ld+json"
        assert site.get(iri, "application/xhtml+xml").kind == HTML
        assert site.get(iri, "text/html;q=0.2, text/turtle;q=0.9").kind == "text/turtle"
        if site.negotiates:
            assert site.get(iri, "image/png").statuses[-1] == 406
        # A folder has no files of these forms, and gives what says the same.
        for accept in set(FORMS) - set(site.forms):
            for asked in (accept, f"{accept}, */*;q=0.1"):
                assert site.get(iri, asked).triples() == site.get(iri, "text/turtle").triples(), asked


def test_02_things_are_led_on_with_303_and_terms_are_fragments(site: Site, data: Data) -> None:
    for iri in data.samples:
        assert site.get(iri, "text/turtle").statuses == (303, 200)
        assert site.get(iri, HTML).statuses[0] == 303
    terms = site.get(f"{VOCABULARY}Activity", "text/turtle").triples()
    assert {triple.subject for triple in terms} >= {NamedNode(VOCABULARY + "Activity"), NamedNode(VOCABULARY + "party")}


def test_03_page_and_rdf_say_the_same(site: Site, data: Data) -> None:
    for iri in data.samples:
        told = [site.get(iri, form).triples() for form in site.forms]
        assert all(each == told[0] for each in told[1:]), iri
        assert data.said[iri] <= told[0], iri
        [document] = {triple.subject for triple in told[0] if triple.predicate == FOAF.primaryTopic}
        assert Triple(document, FOAF.primaryTopic, NamedNode(iri)) in told[0]
        assert Triple(NamedNode(iri), FOAF.isPrimaryTopicOf, document) in told[0]
        assert {DCT.license, VOID.inDataset} <= {triple.predicate for triple in told[0] if triple.subject == document}
        page = site.get(iri, HTML).response.text
        links = dict(re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', page))
        assert set(site.forms) <= set(links) and 'rel="describedby" type="text/turtle"' in page
        labels = [triple.object for triple in data.said[iri] if triple.predicate in (RDFS.label, DCT.title)]
        plain = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
        for label in labels:
            if isinstance(label, Literal) and label.language == "ru":
                assert " ".join(label.value.split()) in plain, (iri, label)


def test_04_iris_are_plain_and_lead_on_when_things_are_merged_or_taken_out(site: Site, data: Data) -> None:
    form = re.compile(r"[a-z0-9/-]+(?:#char=[0-9]+,[0-9]+)?")
    assert [iri for iri in data.iris if not form.fullmatch(iri.removeprefix(f"{BASE}/id/"))] == []
    goes, stays = (f"{BASE}/id/{each}" for each in data.merged)
    for accept in (HTML, "text/turtle"):
        assert site.get(goes, accept).statuses[0] == 301
        assert site.get(goes, accept).response.url == site.get(stays, accept).response.url
        assert site.get(f"{BASE}/id/{data.withdrawn}", accept).statuses == (410,)
    assert Triple(NamedNode(goes), DCT.isReplacedBy, NamedNode(stays)) in data.said[goes]


def test_05_nothing_has_only_a_blank_node_for_a_name(site: Site, data: Data) -> None:
    told = [triple for iri in data.samples for triple in site.get(iri, "text/turtle").triples()]
    told += [quad.triple for quad in data.quads]
    assert not [term for triple in told for term in triple if isinstance(term, BlankNode)]


def test_06_what_nobody_knows_is_404_in_every_form(site: Site) -> None:
    paths = [f"{BASE}/id/{path}" for path in ("place/nowhere", "activity/none", "nothing/at/all")]
    for iri in (*paths, f"{DEFINITIONS}no-such-scheme/x", f"{BASE}/graph/none"):
        for accept in (*FORMS, HTML, "*/*"):
            statuses = site.get(iri, accept).statuses
            assert statuses[-1] == 404 or (statuses == (406,) and accept not in site.forms), (iri, accept)


def test_07_every_iri_and_every_term_leads_somewhere(site: Site, data: Data) -> None:
    broken, seen = [], dict[str, int]()
    for iri in (*data.iris, *sorted(data.said.keys() - set(data.iris))):
        if iri.startswith((f"{BASE}/", VOCABULARY[:-4])) and not iri.startswith(f"{BASE}/id/genid/"):
            for accept in ("text/turtle", HTML):
                key = f"{accept} {iri.partition('#')[0]}"
                if key not in seen:
                    seen[key] = site.get(iri, accept).statuses[-1]
                broken += [(iri, accept)] if seen[key] != 200 else []
    assert broken == [] and len(seen) > 600
    assert _strange(data) == []


def _strange(data: Data) -> list[str]:
    """Return terms in use that neither our vocabulary nor one of those that its readme lists has."""
    readme = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    listed = tuple(re.findall(r"https?://[^\s,|`)]+[#/](?=[\s,|])", readme[readme.index("## Reused") :]))
    used = {quad.predicate.value for quad in data.quads}
    used |= {q.object.value for q in data.quads if q.predicate == RDF.type and isinstance(q.object, NamedNode)}
    own = {iri for iri in used if iri.startswith("https://w3id.org/pobratim/")}
    for iri in own:
        for predicate in (RDFS.label, RDFS.comment):
            texts = [triple.object for triple in data.said[iri] if triple.predicate == predicate]
            assert {text.language for text in texts if isinstance(text, Literal)} == {"ru", "en"}, (iri, predicate)
        assert [triple for triple in data.said[iri] if triple.predicate == RDFS.isDefinedBy], iri
    of_vocabulary = ("http://www.w3.org/2002/07/owl#", "http://purl.org/vocab/vann/", "https://schema.org/")
    return sorted(iri for iri in used - own if not iri.startswith((*listed, *of_vocabulary)))


def test_08_the_vocabulary_is_at_its_namespace_and_its_version_is_kept(site: Site) -> None:
    iri = NamedNode(VOCABULARY.removesuffix("#"))
    turtle, page = site.get(iri.value, "text/turtle"), site.get(iri.value, HTML)
    said = {triple.predicate: triple.object for triple in turtle.triples() if triple.subject == iri}
    assert {OWL.versionIRI, OWL.versionInfo, DCT.license, SKOS.changeNote, DCT.creator, DCT.modified} <= set(said)
    assert len(Graph().parse(data=turtle.response.text, format="turtle")) == len(turtle.triples())
    assert page.kind == HTML and "Мероприятие" in page.response.text
    version = said[OWL.versionIRI]
    assert isinstance(version, NamedNode)
    kept = site.get(version.value, "text/turtle").triples()
    assert Triple(NamedNode(VOCABULARY + "Activity"), RDF.type, OWL.Class) in kept


def test_09_void_counts_right_and_each_file_is_as_it_is_told(site: Site, data: Data) -> None:
    told = site.get("/.well-known/void", "text/turtle").response.content
    void = {quad.triple for quad in parse(told, format=RdfFormat.TURTLE)}
    counted = {t.predicate: t.object for t in void if t.subject == NamedNode(f"{BASE}/void#dataset")}
    everything = site.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") if site.name == "server" else len(set(data.quads))
    assert counted[VOID.triples] == _number(everything)
    for part in (t.object for t in void if t.predicate == VOID.classPartition):
        own = {t.predicate: t.object for t in void if t.subject == part}
        things = {q.subject for q in data.quads if q.predicate == RDF.type and q.object == own[VOID["class"]]}
        assert own[VOID.entities] == _number(len(things)), own
    for dump in (t.object for t in void if t.predicate == VOID.dataDump):
        assert isinstance(dump, NamedNode) and site.get(dump.value).response.status_code == 200
    catalogue = site.get("/catalog.ttl", "text/turtle").triples()
    files = [t for t in catalogue if t.predicate == DCAT.downloadURL]
    assert len(files) > 20
    for one in files:
        _check(site, one, catalogue)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))


def _check(site: Site, one: Triple, catalogue: set[Triple]) -> None:
    """Fetch a file of the catalogue and look at it."""

    def said(subject: object, predicate: NamedNode) -> str:
        [value] = [t.object for t in catalogue if t.subject == subject and t.predicate == predicate]
        assert isinstance(value, NamedNode | Literal)
        return value.value

    assert isinstance(one.object, NamedNode)
    answer = site.get(one.object.value)
    content = answer.response.content
    assert answer.response.status_code == 200, one.object
    packed = one.object.value.endswith(".gz")
    kind = "application/gzip" if packed else said(one.subject, DCAT.mediaType).partition("/media-types/")[2]
    if site.name != "plain":  # which types a plain host knows is its own affair
        assert answer.kind == kind, one.object
    assert said(one.subject, DCAT.byteSize) == str(len(content))
    total = NamedNode(said(one.subject, SPDX.checksum))
    assert said(total, SPDX.checksumValue).lower() == hashlib.sha256(content).hexdigest()


def test_10_dumps_hold_all_in_order(site: Site, data: Data) -> None:
    store = Store()
    for name in ("data", "vocabulary", "links", "search"):
        lines = gzip.decompress(site.get(f"/dumps/{data.number}/{name}.nq.gz").response.content)
        assert lines.splitlines() == sorted(lines.splitlines())
        store.bulk_load(lines, RdfFormat.N_QUADS)
        again, trig = Store(), site.get(f"/dumps/{data.number}/{name}.trig.gz").response.content
        again.bulk_load(gzip.decompress(trig), RdfFormat.TRIG)
        assert len(again) == len(lines.splitlines())
    assert len(store) == len(set(data.quads))
    if site.name == "server":
        # IRIs that lead nowhere any more are told by the endpoint alone: a key may hold a name.
        apart = f"FILTER(?g != <{BASE}/graph/withdrawn>)"
        assert site.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {apart} }}") == len(store)


def test_11_the_catalogue_comes_in_each_form_and_has_what_portals_want(site: Site) -> None:
    accepts = ("text/turtle", "application/ld+json", "application/rdf+xml")
    iri = f"{BASE}/id/catalog"
    told = [site.get(iri, accept).triples() for accept in accepts]
    assert told[0] == told[1] == told[2]
    if site.negotiates:
        assert [site.get("/catalog", accept).kind for accept in accepts] == list(accepts)
        assert site.get("/.well-known/dcat", "text/turtle").triples() == told[0]
    said: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for triple in told[0]:
        said[triple.subject][triple.predicate] = triple.object
    sets = [subject for subject, own in said.items() if own.get(RDF.type) == DCAT.Dataset]
    wanted = {DCT.publisher, DCAT.contactPoint, DCT.spatial, DCT.accrualPeriodicity, DCAT.theme, DCAT.distribution}
    assert len(sets) == 2 and all(wanted <= set(said[each]) for each in sets)
    assert [said[each] for each in sets if DCAT.inSeries in said[each] and DCT.temporal in said[each]]
    files = [own for own in said.values() if DCAT.accessURL in own]
    assert {str(own[DCT.license]) for own in files} == {
        "<http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>"
    }


def test_12_versions_are_told_and_former_ones_stay(site: Site, data: Data) -> None:
    catalogue = site.get("/catalog.ttl", "text/turtle").triples()
    own = {t.predicate: t.object for t in catalogue if t.subject == NamedNode(f"{BASE}/id/dataset/all")}
    assert own[DCAT.version] == own[OWL.versionInfo] == Literal(data.number)
    assert {DCT.issued, DCT.modified} <= set(own)
    former = own[DCAT.previousVersion]
    assert isinstance(former, NamedNode)
    assert Triple(former, DCAT.version, Literal("1.1.0")) in catalogue
    assert site.get(former.value, "text/turtle").statuses[-1] == 200
    for number in ("1.0.0", "1.1.0"):
        assert site.get(f"/dumps/{number}/data.nq.gz").response.status_code == 200
    added = gzip.decompress(site.get("/changes/1.1.0/data.added.nq.gz").response.content)
    assert added.count(b"\n") > 50


def test_13_robots_are_shown_every_page(site: Site) -> None:
    robots = site.get("/robots.txt").response.text
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in robots and "Disallow: /\n" not in robots
    assert ("Disallow:" in robots and "/sparql" in robots) or site.name != "server"
    maps = _locations(site.get("/sitemap.xml").response.content)
    pages = [page for link in maps for page in _locations(site.get(link).response.content)]
    assert len(pages) == len(set(pages)) > 100
    for page in pages[:: len(pages) // 25]:
        answer = site.get(page, HTML)
        assert (answer.kind, answer.statuses[-1]) == (HTML, 200), page


def _locations(content: bytes) -> list[str]:
    """Return the addresses of a map, each of which has the day of its last change."""
    entries = list(ElementTree.fromstring(content))
    assert 0 < len(entries) <= 50_000
    return [_text(entry, "loc") for entry in entries if _text(entry, "lastmod")]


def _text(entry: ElementTree.Element, name: str) -> str:
    found = entry.find(f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}")
    assert found is not None and found.text
    return found.text


def test_14_iris_begin_with_the_base_and_addresses_with_the_public_one(site: Site, data: Data) -> None:
    for iri in data.samples:
        told = site.get(iri, "text/turtle").triples()
        [document] = {triple.subject for triple in told if triple.predicate == FOAF.primaryTopic}
        assert str(document).startswith(f"<{PUBLIC}/doc/")
        page = site.get(iri, HTML).response.text
        assert f'<link rel="canonical" href="{PUBLIC}/doc/' in page and str(site.client.base_url) not in page
    assert not [iri for iri in data.said if iri.startswith("https://w3id.org/pobratim/id/")]
    rules = (data.folder / "rules/w3id.htaccess").read_text(encoding="utf-8")
    assert set(re.findall(r" (https?://[^/]+/[^/\s]*)", rules)) <= {PUBLIC, BASE}


def test_15_text_is_utf_8_and_natural_language_says_which(site: Site, data: Data) -> None:
    for iri in data.samples[:4]:
        for accept in ("text/turtle", HTML):
            response = site.get(iri, accept).response
            assert site.name == "plain" or "charset=utf-8" in response.headers["content-type"]
            content = response.content.decode("utf-8")
            assert unicodedata.is_normalized("NFC", content)
            assert accept != HTML or '<meta charset="utf-8">' in content
        told = [site.get(iri, form).triples() for form in site.forms]
        assert len({str(sorted(map(str, each))) for each in told}) == 1
    plain = {
        quad.predicate.value
        for quad in data.quads
        if isinstance(quad.object, Literal) and quad.object.datatype.value.endswith("#string")
    }
    assert [name for name in sorted(plain) if not WITHOUT_LANGUAGE.fullmatch(name)] == []


def test_16_no_private_person_is_in_any_answer(site: Site, data: Data) -> None:
    hidden = [part.encode() for part in (*PUPIL.split(), *(part.lower() for part in PUPIL.split()), "klyukovkin")]
    pages = [
        page
        for link in _locations(site.get("/sitemap.xml").response.content)
        for page in _locations(site.get(link).response.content)
    ]
    addresses = [*pages, *data.iris, "/catalog.ttl", f"/dumps/{data.number}/data.nq.gz"]
    for address in addresses:
        for accept in ("text/turtle", HTML):
            content = _seen(site, address, accept)
            assert not [name for name in hidden if name in content], (address, accept)
    assert any("█" in quad.object.value for quad in data.quads if isinstance(quad.object, Literal))


def _seen(site: Site, address: str, accept: str) -> bytes:
    content = site.get(address, accept).response.content
    return gzip.decompress(content) if address.endswith(".gz") else content
