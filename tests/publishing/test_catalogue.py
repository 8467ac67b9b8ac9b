"""The catalogue against the official shapes of DCAT-AP 3 and the points of the MQA, and what portals stumble over."""

import csv
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef

from tests.publishing.conftest import BASE, PUBLIC, Releases
from tests.support.places import SHARED

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SH, SPDX = Namespace("http://www.w3.org/ns/shacl#"), Namespace("http://spdx.org/rdf/terms#")
DCATAP = SHARED / "conformance" / "shacl" / "dcat-ap-3.0.1"
BACKGROUND = SHARED / "conformance" / "eu-authority" / "dcat-background.ttl"
METRICS = SHARED / "conformance" / "publishing" / "data" / "mqa-metrics.csv"
MUTATIONS = (
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.Catalog, DCTERMS.description),
)


@pytest.fixture(scope="module")
def graph(releases: Releases) -> Graph:
    return Graph().parse(releases.folders[-1] / "catalog.ttl")


def _results(data: Graph, shapes: Path) -> list[str]:
    import pyshacl

    _, report, text = pyshacl.validate(data, shacl_graph=Graph().parse(shapes), inference="none")
    assert isinstance(report, Graph)
    return [] if "Conforms: True" in text else text.split("Constraint Violation")[1:] or [text]


def _needs(path: Path) -> Path:
    if not path.exists():
        pytest.skip("../shared is absent")
    return path


@pytest.mark.shared
@pytest.mark.parametrize("name", ["shapes.ttl", "shapes_recommended.ttl", "deprecateduris.ttl", "range.ttl"])
def test_the_official_shapes_find_nothing(graph: Graph, name: str) -> None:
    shapes = _needs(DCATAP / name)
    data = graph + Graph().parse(BACKGROUND) if name == "range.ttl" else graph
    assert _results(data, shapes) == []


@pytest.mark.shared
def test_the_lists_of_the_eu_miss_the_three_kinds_that_are_no_bodies_or_places_of_theirs_alone(graph: Graph) -> None:
    import pyshacl

    shapes = Graph().parse(_needs(DCATAP / "mdr-vocabularies.shape.ttl"))
    _, report, _ = pyshacl.validate(graph + Graph().parse(BACKGROUND), shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    terms = {DCTERMS.publisher, DCTERMS.spatial, SPDX.algorithm}
    values = {value for term in terms for value in graph.objects(None, term)}
    found = set(report.subjects(RDF.type, SH.ValidationResult))
    assert found
    assert [
        report.value(one, SH.resultMessage)
        for one in found
        if report.value(one, SH.resultPath) not in terms and report.value(one, SH.focusNode) not in values
    ] == []


@pytest.mark.shared
@pytest.mark.parametrize(("kind", "term"), MUTATIONS)
def test_the_official_shapes_miss_what_is_taken_away(graph: Graph, kind: URIRef, term: URIRef) -> None:
    shapes = _needs(DCATAP / "shapes.ttl")
    poorer = Graph()
    for triple in graph:
        if not (triple[1] == term and (triple[0], RDF.type, kind) in graph):
            poorer.add(triple)
    assert len(poorer) < len(graph)
    assert _results(poorer, shapes)


def test_the_three_syntaxes_say_the_same(releases: Releases, graph: Graph) -> None:
    for name in ("catalog.rdf", "catalog.jsonld"):
        assert set(Graph().parse(releases.folders[-1] / name)) == set(graph)


def test_portals_find_one_area_a_licence_by_name_formats_by_label_and_no_empty_sets(graph: Graph) -> None:
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert sets == {URIRef(f"{BASE}/id/dataset/{key}") for key in ("all", "2024")}
    for each in sets:
        assert len(list(graph.objects(each, DCTERMS.spatial))) == 1
        assert list(graph.objects(each, DCAT.distribution))
        licences = {graph.value(one, DCTERMS.license) for one in graph.objects(each, DCAT.distribution)}
        assert licences == {URIRef("http://publications.europa.eu/resource/authority/licence/CC_BY_4_0")}
        assert {str(graph.value(licence, DCTERMS.title)) for licence in licences} == {"Creative Commons Attribution"}
        for one in graph.objects(each, DCAT.distribution):
            form = graph.value(one, DCTERMS["format"])
            assert (form, RDF.type, DCTERMS.IMT) in graph
            address = str(graph.value(one, DCAT.downloadURL))
            assert address.startswith(f"{PUBLIC}/") and " " not in address and address.isascii()
    assert not list(graph.objects(None, DCTERMS.source))
    assert not [one for one in graph.subjects(RDF.type, DCAT.DatasetSeries) if (one, RDF.type, DCAT.Dataset) in graph]


def test_files_have_the_size_and_sum_that_the_catalogue_tells(releases: Releases, graph: Graph) -> None:
    import hashlib

    for one in graph.subjects(RDF.type, DCAT.Distribution):
        content = (
            releases.folders[-1] / str(graph.value(one, DCAT.downloadURL)).removeprefix(f"{PUBLIC}/")
        ).read_bytes()
        total = graph.value(one, SPDX.checksum)
        assert int(str(graph.value(one, DCAT.byteSize))) == len(content)
        assert str(graph.value(total, SPDX.checksumValue)).lower() == hashlib.sha256(content).hexdigest()


@pytest.mark.shared
def test_each_metric_of_the_mqa_has_its_points(graph: Graph) -> None:
    metrics = list(csv.DictReader(_needs(METRICS).read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["points"]) for row in metrics) == 405
    wanted = {
        "keyword": DCAT.keyword, "category": DCAT.theme, "spatial": DCTERMS.spatial, "temporal": DCTERMS.temporal,
        "access rights": DCTERMS.accessRights, "contact point": DCAT.contactPoint, "publisher": DCTERMS.publisher,
        "downloadURL": DCAT.downloadURL, "format": DCTERMS["format"], "media type": DCAT.mediaType,
        "licence": DCTERMS.license, "rights": DCTERMS.rights, "byte size": DCAT.byteSize, "issued": DCTERMS.issued,
        "modified": DCTERMS.modified,
    }  # fmt: skip
    for row in metrics:
        term = wanted.get(row["metric"])
        if term is not None:
            kind = DCAT.Dataset if row["on"].startswith("Dataset") else DCAT.Distribution
            for each in graph.subjects(RDF.type, kind):
                assert (each, term, None) in graph, (row["metric"], each)
