"""The vocabulary, its schemes, examples, context and README: complete, bilingual, and nothing that data do not use."""

import json
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, RdfFormat, parse
from rdflib import Graph
from rdflib.compare import to_isomorphic

from pobratim.errors import ContentError
from pobratim.rdf import ontology as ontology_module
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import graph_iri
from pobratim.rdf.validate import validate
from pobratim.sparql.binding import bind
from pobratim.store.reader import MemoryReader
from pobratim.store.remote.asking import store_query
from tests.support.helpers_resolution import REPORT
from tests.support.places import ROOT
from tests.support.sample_graph import (
    BASE,
    EXAMPLES,
    LABEL,
    ONTOLOGY,
    POB,
    TYPE,
    background,
    data,
    examples,
    ontology,
    rdflib_graph,
    text,
    ties,
    turtle,
)

LEX = "https://w3id.org/pobratim/lexicon#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
CONTEXT = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
BORROWED = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    RDFS,
    SKOS,
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/2006/time#",
    "http://www.opengis.net/ont/geosparql#",
    "http://data.europa.eu/m8g/",
    "http://www.w3.org/ns/legal#",
    "http://www.w3.org/ns/dcat#",
)


def _facts(*files: str) -> dict[str, dict[str, list[NamedNode | Literal]]]:
    """Return subject → predicate → values of files of ontology/."""
    found: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for quad in turtle(ONTOLOGY / file):
            assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
            found[text(quad.subject)][quad.predicate.value].append(quad.object)
    return found


TERMS = {iri: facts for iri, facts in _facts("pobratim.ttl", "lexicon-terms.ttl").items() if iri.startswith((POB, LEX))}
CLASSES = sorted(iri for iri, facts in TERMS.items() if NamedNode(OWL + "Class") in facts[TYPE])
PROPERTIES = sorted(iri for iri in TERMS if iri.startswith(POB) and iri not in CLASSES)


def _local(iri: str) -> str:
    return iri.removeprefix(POB)


def _used_terms() -> set[str]:
    """Return predicates and classes of the emitted sample, its phrases in their whole form, and its ties."""
    graph = graph_iri(BASE, f"evidence/{REPORT}")
    phrases = MemoryReader(data()).query(bind(store_query("annotations"), {"graph": NamedNode(graph)}))
    assert isinstance(phrases, QueryTriples)
    quads = [*data(), *ties(), *phrases]
    return {quad.predicate.value for quad in quads} | {
        text(quad.object) for quad in quads if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode)
    }


@pytest.mark.parametrize("iri", sorted(TERMS))
def test_every_term_has_label_and_definition_in_both_languages(iri: str) -> None:
    for predicate in (LABEL, SKOS + "definition"):
        values = TERMS[iri][predicate]
        languages = [value.language for value in values if isinstance(value, Literal)]
        assert sorted(map(str, languages)) == ["en", "ru"] and all(value.value.strip() for value in values)


@pytest.mark.parametrize("iri", sorted(TERMS))
def test_every_term_says_which_vocabulary_it_is_of(iri: str) -> None:
    assert TERMS[iri][RDFS + "isDefinedBy"] == [NamedNode(iri.partition("#")[0])]


def test_the_header_tells_version_licence_and_prefix() -> None:
    header = _facts("pobratim.ttl")["https://w3id.org/pobratim/def"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert header[OWL + "versionInfo"] == [Literal(version)]
    assert header["http://purl.org/dc/terms/license"] == [
        NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
    ]
    titles = {value.language for value in header["http://purl.org/dc/terms/title"] if isinstance(value, Literal)}
    assert titles == {"ru", "en"}
    assert header["http://purl.org/vocab/vann/preferredNamespaceUri"] == [Literal(POB)]


DCT = "http://purl.org/dc/terms/"
SCHEMES = sorted(
    text(q.subject) for q in ontology() if q.predicate.value == TYPE and text(q.object) == SKOS + "ConceptScheme"
)


@pytest.mark.parametrize("iri", [POB.removesuffix("#"), *SCHEMES])
def test_the_vocabulary_and_each_scheme_tell_who_made_them_when_and_under_which_licence(iri: str) -> None:
    said = defaultdict(list)
    for quad in ontology():
        if text(quad.subject) == iri:
            said[quad.predicate.value].append(quad.object)
    for name in ("creator", "publisher", "license", "created", "issued", "modified"):
        assert len(said[DCT + name]) == 1, name
    for name in ("title", "description"):
        assert {one.language for one in said[DCT + name] if isinstance(one, Literal)} == {"ru", "en"}, name
    assert len(said[OWL + "versionInfo"]) == 1
    assert text(said[DCT + "created"][0]) <= text(said[DCT + "issued"][0]) <= text(said[DCT + "modified"][0])


def _labels(*kinds: str) -> dict[str, dict[str, set[Literal]]]:
    found: dict[str, dict[str, set[Literal]]] = defaultdict(lambda: defaultdict(set))
    for quad in ontology():
        kind = quad.predicate.value.removeprefix(SKOS)
        if kind in kinds and isinstance(quad.object, Literal):
            found[text(quad.subject)][kind].add(quad.object)
    return found


def test_schemes_hold_what_skos_asks_of_them() -> None:
    """S9, S13, S14 and S27 of the SKOS Reference (W3C, 2009), and top concepts for each scheme."""
    for iri, said in _labels("prefLabel", "altLabel", "hiddenLabel").items():
        assert not said["prefLabel"] & (said["altLabel"] | said["hiddenLabel"]), iri
        assert not said["altLabel"] & said["hiddenLabel"], iri
        languages = [one.language for one in said["prefLabel"]]
        assert len(languages) == len(set(languages)), iri
    tops, members, wider = (
        {(text(q.subject), text(q.object)) for q in ontology() if q.predicate.value == SKOS + name}
        for name in ("hasTopConcept", "inScheme", "broader")
    )
    assert {scheme for scheme, _ in tops} == set(SCHEMES)
    below = {concept for concept, _ in wider}
    assert {concept for concept, _ in members} - {concept for _, concept in tops} <= below
    assert not [one for one in SCHEMES if one in {concept for concept, _ in members}]


def test_no_two_concepts_of_a_scheme_have_one_preferred_name() -> None:
    labels = _labels("prefLabel")
    named: dict[tuple[str, Literal], set[str]] = defaultdict(set)
    for quad in ontology():
        if quad.predicate.value == SKOS + "inScheme":
            for label in labels[text(quad.subject)]["prefLabel"]:
                named[text(quad.object), label].add(text(quad.subject))
    assert not {key: iris for key, iris in named.items() if len(iris) > 1}


def test_each_version_that_the_header_tells_of_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = _facts("pobratim.ttl")[POB.removesuffix("#")]
    notes = {text(note).partition(":")[0] for note in header[SKOS + "changeNote"]}
    assert set(ontology_module.versions()) == notes
    [iri] = header[OWL + "versionIRI"]
    assert iri.value.rpartition("/")[2] == text(header[OWL + "versionInfo"][0])
    (tmp_path / "ontology" / "versions").mkdir(parents=True)
    (tmp_path / "ontology" / "versions" / "0.0.1.ttl").write_text("# as it was", encoding="utf-8")
    (tmp_path / "ontology" / "pobratim.ttl").write_text(f'<{POB[:-1]}> <{OWL}versionInfo> "0.1.0" .', encoding="utf-8")
    monkeypatch.setattr(ontology_module, "content_root", lambda: tmp_path)
    ontology_module.versions.cache_clear()
    try:
        assert list(ontology_module.versions()) == ["0.0.1", "0.1.0"]
        assert ontology_module.versions()["0.0.1"] == "# as it was"
    finally:
        ontology_module.versions.cache_clear()


@pytest.mark.parametrize("iri", PROPERTIES)
def test_domains_and_ranges_are_classes_of_ours_or_datatypes(iri: str) -> None:
    for value in [*TERMS[iri][RDFS + "domain"], *TERMS[iri][RDFS + "range"]]:
        assert value.value in CLASSES or "XMLSchema#" in value.value or value.value.endswith(("/EDTF", "/Duration"))


@pytest.mark.parametrize("iri", CLASSES + PROPERTIES)
def test_every_own_term_is_used_in_the_data(iri: str) -> None:
    assert iri in _used_terms()


def test_data_use_only_declared_and_borrowed_terms() -> None:
    strange = {iri for iri in _used_terms() if not iri.startswith(BORROWED) and iri not in TERMS}
    assert not strange


def test_every_lexicon_term_is_declared_and_used() -> None:
    used = {quad.predicate.value for quad in ontology() if quad.predicate.value.startswith(LEX)}
    assert used == {iri for iri in TERMS if iri.startswith(LEX)}


@pytest.mark.parametrize(
    ("file", "locals_"),
    [
        ("formats.ttl", "in-person online hybrid"),
        ("roles.ttl", "participant organiser supporter venue party host other"),
        ("agreement-kinds.ttl", "agreement contract memorandum protocol accession twinning other"),
        ("agreement-statuses.ttl", "signed in-force planned ended"),
        ("agreement-terms.ttl", "fixed renewing open-ended prolonged not-stated"),
        ("tie-kinds.ttl", "partnership friendship contact project"),
        ("tie-levels.ttl", "institution municipality region country"),
    ],
)
def test_the_small_schemes_hold_just_the_values_of_a_record(file: str, locals_: str) -> None:
    concepts = {iri: facts for iri, facts in _facts(file).items() if NamedNode(SKOS + "Concept") in facts.get(TYPE, [])}
    assert {iri.rpartition("/")[2] for iri in concepts} == set(locals_.split())
    for facts in concepts.values():
        languages = {value.language for value in facts[SKOS + "prefLabel"] if isinstance(value, Literal)}
        assert languages == {"ru", "en"}


def test_the_ontology_graph_has_no_blank_node_and_labels_every_concept() -> None:
    quads = set(ontology())
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    labels = [q for q in quads if q.predicate.value == SKOS + "prefLabel"]
    assert len(labels) > 500
    assert all(Quad(q.subject, NamedNode(LABEL), q.object, q.graph_name) in quads for q in labels)
    assert not [q for q in quads if "http://www.w3.org/ns/shacl#" in q.predicate.value], "shapes are no ontology"


def test_blank_nodes_of_a_scheme_get_the_same_iris_on_every_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ontology").mkdir()
    file = tmp_path / "ontology" / "new.ttl"
    file.write_text("<http://e.example/a> <http://e.example/p> [ <http://e.example/q> 1 ] .", encoding="utf-8")
    monkeypatch.setattr(ontology_module, "content_root", lambda: tmp_path)
    first = ontology_graph(BASE)
    assert len(first) == 2 and first == ontology_graph(BASE)
    assert NamedNode(f"{BASE}/id/genid/new/b0") in {quad.subject for quad in first}
    file.write_text("<http://e.example/a> nonsense", encoding="utf-8")
    with pytest.raises(ContentError, match="content-turtle"):
        ontology_graph(BASE)


def test_there_is_an_example_of_every_class() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(map(_local, CLASSES))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_shows_its_class(path: Path) -> None:
    quads = turtle(path)
    shown = {quad.object.value for quad in quads if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode)}
    shown |= {POB + "Mention" for quad in quads if quad.predicate.value == POB + "property"}  # mentions have no class
    assert POB + path.stem in shown
    assert len(quads) <= 45 and path.read_text(encoding="utf-8").startswith("# ")


def test_the_examples_together_conform() -> None:
    assert validate([*examples(), *background()]) == []


def test_what_an_example_points_at_is_described() -> None:
    known = {quad.subject for quad in (*examples(), *ontology())}
    own = {
        quad.object
        for quad in examples()
        if isinstance(quad.object, NamedNode) and text(quad.object).startswith("https://w3id.org/pobratim/")
    }
    assert own <= known


def _context_terms() -> set[str]:
    """Return the IRIs that terms of the context stand for."""
    terms = CONTEXT["@context"]
    names = [value["@id"] if isinstance(value, dict) else value for value in terms.values() if value != 1.1]
    split = [name.partition(":") for name in names]
    return {terms[prefix] + local for prefix, _, local in split if prefix in terms}


@pytest.mark.parametrize("iri", sorted(_used_terms() - {TYPE}))
def test_the_context_has_a_term_for_everything_in_the_data(iri: str) -> None:
    assert iri in _context_terms()


# rdflib's own JSON-LD reader still makes a ConjunctiveGraph.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("quads", [examples(), (*data(), *ties())], ids=["examples", "sample"])
def test_json_ld_with_the_context_says_the_same(quads: tuple[Quad, ...]) -> None:
    graph = rdflib_graph(quads)
    text = graph.serialize(format="json-ld", context=CONTEXT["@context"], auto_compact=False)
    assert '"label": {' in text and '"start": "2023-01-27"' in text
    plain = [quad for quad in quads if quad.predicate.value == POB + "value" and isinstance(quad.object, Literal)]
    assert text.count("@value") == len(plain)  # of any kind, for which the context cannot speak
    assert to_isomorphic(Graph().parse(data=text, format="json-ld")) == to_isomorphic(graph)


def test_the_context_is_read_alike_by_another_library() -> None:
    document = {
        **CONTEXT,
        "id": "https://w3id.org/pobratim/id/agreement/a",
        "type": "Agreement",
        "label": {"ru": "Соглашение", "en": "Agreement"},
        "edtf": "2023-01",
        "party": ["https://w3id.org/pobratim/id/place/a", "https://w3id.org/pobratim/id/place/b"],
    }
    found = {(q.predicate.value, q.object) for q in parse(json.dumps(document), format=RdfFormat.JSON_LD)}
    assert len(found) == 6
    assert (POB + "party", NamedNode("https://w3id.org/pobratim/id/place/a")) in found
    edtf = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
    assert (POB + "edtf", Literal("2023-01", datatype=edtf)) in found


def test_the_readme_names_every_term_and_file() -> None:
    text = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    for iri in CLASSES + PROPERTIES:
        [russian] = [
            value.value for value in TERMS[iri][LABEL] if isinstance(value, Literal) and value.language == "ru"
        ]
        assert f"| `{_local(iri)}` | {russian} |" in text
    files = [path.name for path in ONTOLOGY.iterdir() if path.is_file() and path.name != "README.md"]
    assert not [name for name in files if f"`{name}`" not in text]
    assert not [namespace for namespace in BORROWED if namespace not in text]
