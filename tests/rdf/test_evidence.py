"""Each phrase proves one statement of the facts, in a slim form from which that of the standard is made."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Triple
from rdflib import Graph

from pobratim.entities import Account, ReportEntity, Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.pipeline import survey
from pobratim.load.settings import Settings
from pobratim.rdf.annotations import document
from pobratim.rdf.claims import Claims
from pobratim.rdf.emit import emit
from pobratim.rdf.evidence import annotate, is_sound, span_of
from pobratim.rdf.iris import graph_iri, iri_of, is_of_evidence, path_of, span_iri, whole_of
from pobratim.rdf.nodes import Nodes
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.terms import OA
from pobratim.rdf.terms import POB as P
from pobratim.rdf.terms import Graph as Quads
from pobratim.record import Evidence, Record
from pobratim.resolve import resolve
from pobratim.site.asking import page_query
from pobratim.sources import default_folders, find_source
from pobratim.sparql.binding import bind
from pobratim.store.dumping import dump
from pobratim.store.reader import MemoryReader
from pobratim.store.remote.asking import store_query
from tests.support.helpers_resolution import (
    GROUP,
    HELD,
    READINGS,
    REPORT,
    ROUND_TABLE,
    SCHOOL_8,
    SIGNING,
    TALKS,
    sample_resolution,
)
from tests.support.places import ROOT, TESTS
from tests.support.sample_graph import BASE, POB, data, ontology, text

CV, DCT = "http://data.europa.eu/m8g/", "http://purl.org/dc/terms/"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
EVIDENCE = graph_iri(BASE, f"evidence/{REPORT}")


def _node(kind: str, key: str) -> str:
    return f"{BASE}/id/{kind}/{key}"


def _claims(quads: Iterable[Quad]) -> dict[str, tuple[object, object, object]]:
    """Return what each mention proves, by its IRI."""
    said: dict[str, dict[str, object]] = {}
    for quad in quads:
        if "/id/mention/" in str(quad.subject):
            said.setdefault(text(quad.subject), {})[quad.predicate.value] = quad.object
    return {iri: (one[OA.hasBody.value], one[POB + "property"], one[POB + "value"]) for iri, one in said.items()}


def _stands(quads: Iterable[Quad]) -> set[tuple[object, object, object]]:
    return {(quad.subject, quad.predicate, quad.object) for quad in quads}


def _account(resolution: Resolution, row: int) -> Account:
    return next(one for one in resolution.accounts if one.record.row == row)


def _proved(account: Account, pointer: str, about: tuple[str, str] = ("", ""), rule: str = "rule") -> object:
    """Return what a phrase of an account of the sample proves: kind and key of the thing, property, value."""
    resolution = sample_resolution()
    said = replace(account, evidence=((Evidence(pointer, "name", 0, 1, "x", rule), about),))
    for _, (thing, name, value) in Claims(resolution, Nodes(resolution, BASE)).of(said):
        short = name.value.removeprefix(POB).removeprefix(CV).removeprefix(DCT)
        return thing.value.removeprefix(f"{BASE}/id/"), short, value.value.removeprefix(f"{BASE}/id/")
    return None


# What a phrase proves


@pytest.mark.parametrize(
    ("row", "pointer", "about", "wanted"),
    [
        (9, "/institutions/1", SCHOOL_8,
         (f"participation/{SIGNING}/organisation/{SCHOOL_8[1]}/party", "hasParticipant",
          f"organisation/{SCHOOL_8[1]}")),
        (9, "/institutions/1", ("organisation", "of-nobody"), None),
        (40, "/people/1", ("person", "glava-goroda-ru-smolensk"),
         (f"participation/{TALKS}/person/glava-goroda-ru-smolensk/participant", "hasParticipant",
          "post/glava-goroda-ru-smolensk")),
        (19, "/groups/0", ("group", GROUP),
         (f"participation/{READINGS}/group/{GROUP}/participant", "hasParticipant", f"group/{GROUP}")),
        (28, "/topics/1", ("", ""),
         (f"activity/{READINGS}", "subject", "https://w3id.org/pobratim/def/topic/education")),
        (8, "/countries/0", ("", ""), (f"activity/{ROUND_TABLE}", "involvesCountry",
         "http://publications.europa.eu/resource/authority/country/BLR")),
        (19, "/kind/0", ("", ""),
         (f"activity/{READINGS}", "type", "https://w3id.org/pobratim/def/event-kind/conference")),
        (19, "/kind/1", ("", ""), None),
        (28, "/kind/0", ("", ""),
         (f"entry/{REPORT}/28", "type", "https://w3id.org/pobratim/def/event-kind/conference")),
        (8, "/mode", ("", ""), (f"activity/{ROUND_TABLE}", "format", "https://w3id.org/pobratim/def/format/online")),
        (8, "/reporter", ("place", "ru-smolensk"), (f"entry/{REPORT}/8", "reportingMunicipality", "place/ru-smolensk")),
        (28, "/title", ("", ""),
         (f"entry/{REPORT}/28", "title", "50-е международные общественно-научные Гагаринские чтения")),
        (28, "/start", ("", ""), (f"entry/{REPORT}/28", "start", "2023-03-09")),
        (28, "/end", ("", ""), (f"entry/{REPORT}/28", "end", "2023-03-11")),
        (8, "/places/1", ("place", "by-grodno"), (f"activity/{ROUND_TABLE}", "place", "place/by-grodno")),
        (8, "/places/1", ("place", "withdrawn"), None),
        (8, "/ties/0", ("contact", f"{ROUND_TABLE}-gymnasium-4-gymnasium-7"),
         (f"entry/{REPORT}/8", "states", f"contact/{ROUND_TABLE}-gymnasium-4-gymnasium-7")),
        (8, "/ties/0", ("contact", "of-one-with-itself"), None),
        (8, "/agreements/0", ("agreement", HELD), (f"entry/{REPORT}/8", "states", f"agreement/{HELD}")),
        (19, "/series", ("", ""), (f"activity/{READINGS}", "series", "series/gagarinskie-chteniya")),
        (8, "/series", ("", ""), None),
        (8, "/cells/purpose", ("", ""), (f"entry/{REPORT}/8", "hasPart", f"cell/{REPORT}/8/name")),
    ],
)  # fmt: skip
def test_a_phrase_proves_what_its_field_says(row: int, pointer: str, about: tuple[str, str], wanted: object) -> None:
    assert _proved(_account(sample_resolution(), row), pointer, about) == wanted


def test_an_ordinal_proves_the_number_of_the_event() -> None:
    first, second = (_account(sample_resolution(), row) for row in (19, 28))
    assert _proved(first, "/series", rule="series-edition") == (f"activity/{READINGS}", "eventNumber", "50")
    assert _proved(second, "/series", rule="series-edition") == (f"entry/{REPORT}/28", "eventNumber", "50")


def test_what_a_second_row_says_otherwise_is_a_fact_of_that_row() -> None:
    resolution = sample_resolution()
    _account(resolution, 28).record.kind = ["festival"]
    stands = _stands(quad for quads in emit(resolution, BASE).values() for quad in quads)
    festival = NamedNode("https://w3id.org/pobratim/def/event-kind/festival")
    kind = NamedNode(DCT + "type")
    assert (NamedNode(_node("entry", f"{REPORT}/28")), kind, festival) in stands
    assert (NamedNode(_node("activity", READINGS)), kind, festival) not in stands


def test_dates_of_one_phrase_are_one_mention_and_of_two_phrases_two() -> None:
    dates = [claim for iri, claim in _claims(data()).items() if "/8/dates/" in iri]
    assert dates == [
        (NamedNode(_node("entry", f"{REPORT}/8")), P.edtf, Literal("2023-01-27", datatype=_edtf())),
    ]
    account = _account(sample_resolution(), 28)
    two = [Evidence(f"/{name}", "dates", at, at + 2, "x", "rule") for name, at in (("start", 0), ("end", 2))]
    resolution = sample_resolution()
    found = Claims(resolution, Nodes(resolution, BASE)).of(replace(account, evidence=tuple((e, ("", "")) for e in two)))
    assert [claim[1] for _, claim in found] == [P.start, P.end]


def _edtf() -> NamedNode:
    return NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")


def test_every_claim_of_the_sample_is_a_fact() -> None:
    assert len(_claims(data())) == 9
    assert set(_claims(data()).values()) <= _stands(data())


def _documents() -> list[Path]:
    return [ROOT / "examples" / "smolensk-2023-q1.txt", *sorted((TESTS / "gold").glob("*.txt"))]


@pytest.mark.slow
@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.stem)
def test_every_claim_of_a_report_is_a_fact_and_no_cell_has_other_line_ends(path: Path) -> None:
    _all_is_proved(*survey([path], Settings())[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "source"),
    [("agreements.csv", "agreements-register"), ("events.csv", "events-csv"), ("finland.tsv", "finnish-twin-towns")],
)
def test_every_claim_of_a_register_is_a_fact(file: str, source: str) -> None:
    settings = Settings(source=find_source(source, default_folders()))
    records, _ = survey([TESTS / "fixtures" / "sources" / file], settings)
    fields = {one.value.rpartition("/")[2] for record in records for one in record.evidence}
    assert file != "agreements.csv" or {"kind", "status", "date"} <= fields
    _all_is_proved(*records)


def _all_is_proved(*records: Record) -> None:
    resolution = resolve(records, [], Gazetteer.load())
    nodes = Nodes(resolution, BASE)
    told = sum(len(account.evidence) for account in resolution.accounts)
    proved = [claim for account in resolution.accounts for _, claim in Claims(resolution, nodes).of(account)]
    assert len(proved) > told * 0.8
    assert not [text for record in records for text in record.cells.values() if "\r" in text]
    slug = records[0].report
    report = ReportEntity(slug, "", slug, "0" * 64, "RU", "", "")
    graph = ReportWriter(resolution, BASE).graph(report)
    assert set(proved) <= _stands(graph)


# Where it stands


def test_facts_and_phrases_of_a_report_are_two_graphs() -> None:
    graphs = emit(sample_resolution(), BASE)
    assert is_of_evidence(EVIDENCE) and not is_of_evidence(graph_iri(BASE, f"report/{REPORT}"))
    assert {quad.predicate for quad in graphs[EVIDENCE]} == {
        OA.hasBody, OA.hasTarget, OA.exact, OA.hasSource, P.property, P.value, P.rule, P.confidence,
    }  # fmt: skip
    others = [quad for name, quads in graphs.items() if name != EVIDENCE for quad in quads]
    assert not [quad for quad in others if quad.predicate.value.startswith(OA[""].value)]


@pytest.mark.parametrize("mention", sorted(_claims(data())))
def test_every_mention_quotes_its_cell(mention: str) -> None:
    said = {(text(quad.subject), quad.predicate.value): text(quad.object) for quad in data()}
    target = said[mention, OA.hasTarget.value]
    cell, _, place = target.partition("#char=")
    start, _, end = place.partition(",")
    assert said[target, OA.hasSource.value] == cell and span_of(mention) == target
    assert said[cell, VALUE][int(start) : int(end)] == said[target, OA.exact.value]


def test_confidence_is_told_only_of_what_was_inferred() -> None:
    told = {text(quad.subject): text(quad.object) for quad in data() if quad.predicate == P.confidence}
    assert list(told.values()) == ["0.5"] and all(iri.endswith("/ties-0") for iri in told)


def test_two_readings_of_one_phrase_share_its_place() -> None:
    spot = f"{REPORT}/8/purpose/"
    targets = [
        quad.object for quad in data()
        if quad.predicate == OA.hasTarget and spot in text(quad.subject)
        and text(quad.subject).endswith(("institutions-1", "ties-0"))
    ]  # fmt: skip
    assert len(targets) == 2 and len(set(targets)) == 1


def test_words_that_the_cell_does_not_have_are_refused() -> None:
    claim = (NamedNode("urn:a"), P.rule, Literal("x"))
    with pytest.raises(ValueError, match="not the words"):
        annotate(Quads("urn:g"), BASE, "r/1", Evidence("/title", "name", 0, 2, "ab", "rule"), claim, "ba")


def test_the_place_of_a_phrase_has_an_address() -> None:
    cell = _node("cell", "r/1/name")
    span = span_iri(cell, 3, 7)
    assert span == f"{cell}#char=3,7"
    assert path_of(BASE, span) == "id/cell/r/1/name#char=3,7" and iri_of(BASE, "id/cell/r/1/name#char=3,7") == span
    assert whole_of(BASE, span) == _node("entry", "r/1")
    for strange in ("id/cell/r/1/name#x", "id/entry/r/1#char=1,2", "def#char=1,2", "id/cell/r/1/name#char=1"):
        assert iri_of(BASE, strange) is None


# The form of the standard

EMOJI = "😀 встреча 🤝\nс 🏫 школой № 8 и гимназией № 7 города Витебска, всего сорок человек"


def _with_emoji() -> MemoryReader:
    resolution = sample_resolution()
    account = _account(resolution, 9)
    account.record.cells["purpose"] = EMOJI
    start = EMOJI.index("школой")
    one = Evidence("/institutions/0", "purpose", start, start + 10, "школой № 8", "organisation-kind", 0.9)
    resolution.accounts[resolution.accounts.index(account)] = replace(account, evidence=((one, SCHOOL_8),))
    return MemoryReader([*(q for quads in emit(resolution, BASE).values() for q in quads), *ontology()])


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return _with_emoji()


def _whole(reader: MemoryReader) -> set[Triple]:
    found = reader.query(bind(store_query("annotations"), {"graph": NamedNode(EVIDENCE)}))
    assert isinstance(found, QueryTriples)
    return set(found)


def test_the_whole_form_follows_from_the_slim_one(reader: MemoryReader) -> None:
    assert _whole(reader) == set(_expected(reader))
    quotes = {text(one.subject): text(one.object) for one in _whole(reader) if one.predicate == OA.prefix}
    assert quotes[_node("mention", f"{REPORT}/9/purpose/16-26/quote")] == EMOJI[:16]


def _expected(reader: MemoryReader) -> Iterator[Triple]:
    """Yield the whole form, made in Python of the same graphs."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    kind, integer = NamedNode(rdf + "type"), NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    cells = {text(quad.subject): text(quad.object) for quad in reader.quads() if quad.predicate.value == VALUE}
    slim = list(reader.quads(EVIDENCE))
    sure = {quad.subject for quad in slim if quad.predicate == P.confidence}
    for quad in slim:
        yield quad.triple
        if quad.predicate != OA.hasTarget:
            continue
        mention, target = quad.subject, quad.object
        assert isinstance(mention, NamedNode) and isinstance(target, NamedNode)
        place, (cell, _, span) = mention.value.rpartition("/")[0], target.value.partition("#")
        start, end = (int(number) for number in span.removeprefix("char=").split(","))
        quote, position, fragment = (NamedNode(f"{place}/{name}") for name in ("quote", "position", "fragment"))
        for subject, classes in (
            (mention, (P.Mention, OA.Annotation)), (target, (OA.SpecificResource,)), (quote, (OA.TextQuoteSelector,)),
            (position, (OA.TextPositionSelector,)), (fragment, (OA.FragmentSelector,)),
        ):  # fmt: skip
            yield from (Triple(subject, kind, cls) for cls in classes)
        if mention not in sure:
            yield Triple(mention, P.confidence, Literal("1", datatype=decimal))
        yield Triple(mention, OA.motivatedBy, OA.identifying)
        yield from (Triple(target, OA.hasSelector, one) for one in (quote, position, fragment))
        yield Triple(quote, OA.exact, Literal(cells[cell][start:end]))
        yield Triple(quote, OA.prefix, Literal(cells[cell][max(0, start - 32) : start]))
        yield Triple(quote, OA.suffix, Literal(cells[cell][end : end + 32]))
        yield Triple(position, OA.start, Literal(str(start), datatype=integer))
        yield Triple(position, OA.end, Literal(str(end), datatype=integer))
        yield Triple(fragment, NamedNode(DCT + "conformsTo"), NamedNode("http://tools.ietf.org/rfc/rfc5147"))
        yield Triple(fragment, NamedNode(rdf + "value"), Literal(span))


@pytest.mark.parametrize("thing", [("entry", f"{REPORT}/8"), SCHOOL_8, ("activity", TALKS)])
def test_the_rdf_of_a_page_gives_its_phrases_whole(reader: MemoryReader, thing: tuple[str, str]) -> None:
    names = {"doc": "urn:doc", "dataset": "urn:set", "licence": "urn:licence"}
    bound = {"iri": NamedNode(_node(*thing)), **{name: NamedNode(iri) for name, iri in names.items()}}
    notes = {f"note_{lang}": Literal("x") for lang in ("ru", "en")}
    found = reader.query(page_query("description"), {**bound, **notes})
    assert isinstance(found, QueryTriples)
    triples, whole = set(found), _whole(reader)
    mentions = {one.subject for one in triples if one.predicate == OA.motivatedBy}
    parts = mentions | {one.object for one in whole if one.subject in mentions and one.predicate == OA.hasTarget}
    parts |= {one.object for one in whole if one.subject in parts and one.predicate == OA.hasSelector}
    assert mentions and {one for one in whole if one.subject in parts} <= triples


ANNO = {
    "oa": "http://www.w3.org/ns/oa#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dcterms": DCT,
    "xsd": "http://www.w3.org/2001/XMLSchema#", "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"}, "identifying": "oa:identifying", "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource", "FragmentSelector": "oa:FragmentSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "exact": "oa:exact", "prefix": "oa:prefix",
    "suffix": "oa:suffix", "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"}, "value": "rdf:value",
    "conformsTo": {"@type": "@id", "@id": "dcterms:conformsTo"},
}  # fmt: skip
"""The terms of http://www.w3.org/ns/anno.jsonld that we use, as the Web Annotation Vocabulary lists them."""


# rdflib's own JSON-LD reader still makes a ConjunctiveGraph.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_of_the_standard_says_the_same(reader: MemoryReader) -> None:
    made = document(_whole(reader))
    context, ours = made["@context"]
    assert context == "http://www.w3.org/ns/anno.jsonld"
    for one in made["@graph"]:
        for level in (one, one["target"], *one["target"]["selector"]):
            assert all(key in ANNO or key.startswith("pob:") for key in level)
    read = Graph().parse(data=json.dumps(made | {"@context": [ANNO, ours]}), format="json-ld")
    lines = read.serialize(format="nt").replace("#nonNegativeInteger", "#integer")
    plain = Graph().parse(data="\n".join(f"{one} ." for one in _whole(reader)), format="nt")
    assert set(Graph().parse(data=lines, format="nt")) == set(plain)


def test_a_dump_has_phrases_as_asked(reader: MemoryReader) -> None:
    dumps = {}
    for form in ("slim", "full", "none", "jsonld"):
        out = BytesIO()
        count = dump(reader, out, form)
        dumps[form] = out.getvalue().splitlines(keepends=True)
        assert form == "jsonld" or count == len(dumps[form])
        assert form == "jsonld" or dumps[form] == sorted(dumps[form])
    slim, full, none = (set(dumps[form]) for form in ("slim", "full", "none"))
    mark = f"<{EVIDENCE}> .".encode()
    assert none == {line for line in slim if mark not in line} and none < slim < full
    assert len(full) - len(none) == len(_whole(reader))
    assert json.loads(b"".join(dumps["jsonld"])) == document(_whole(reader))


def _with(*evidence: Evidence) -> Quads:
    graph, cell = Quads(EVIDENCE), "Фестиваль в Витебске"
    entry = NamedNode(_node("entry", f"{REPORT}/1"))
    for one in evidence:
        annotate(graph, BASE, f"{REPORT}/1", one, (entry, NamedNode(f"{DCT}title"), Literal(one.exact)), cell)
    return graph


def test_phrases_are_sound_unless_two_have_one_place_and_value_or_one_no_words() -> None:
    one = Evidence("/title", "name", 0, 9, "Фестиваль", "rule")
    assert is_sound(_with(one, replace(one, value="/kind/0"), replace(one, start=12, end=20, exact="Витебске")))
    assert is_sound(_with(one, one)) and is_sound(_with())
    assert not is_sound(_with(one, replace(one, rule="another-rule")))
    assert not is_sound(_with(one, replace(one, confidence=0.5), replace(one, confidence=0.6)))
    assert not is_sound(_with(Evidence("/title", "name", 3, 3, "", "rule")))


# The parties of an agreement


def test_a_name_proves_that_somebody_is_a_party_of_the_agreement_in_whose_list_it_stands() -> None:
    account = _account(sample_resolution(), 9)
    [stated] = [one for one in account.evidence if one[0].value == "/agreements/0"]
    name = Evidence("/agreements/0/parties/1", "name", 0, 1, "x", "party-named")

    def proved(*evidence: tuple[Evidence, tuple[str, str]]) -> list[object]:
        resolution = sample_resolution()
        told = Claims(resolution, Nodes(resolution, BASE)).of(replace(account, evidence=evidence))
        return [claim for one, claim in told if "/parties/" in one.value]

    agreement = NamedNode(_node("agreement", account.agreements[0]))
    school = NamedNode(_node("organisation", SCHOOL_8[1]))
    assert proved(stated, (name, SCHOOL_8)) == [(agreement, P.party, school)]
    assert proved(stated, (name, ("place", "of-nobody"))) == []  # people took it from the parties
    assert proved((name, SCHOOL_8)) == []  # the agreement is gone


def test_each_value_of_an_agreement_that_a_report_tells_has_its_phrase() -> None:
    records, _ = survey([ROOT / "examples" / "smolensk-2023-q1.docx"], Settings())
    made = resolve(records, [], Gazetteer.load())
    claims = Claims(made, Nodes(made, BASE))
    proved = {(thing.value, name.value) for account in made.accounts for _, (thing, name, _) in claims.of(account)}
    for agreement in made.agreements:
        node = _node("agreement", agreement.key)
        wanted = [POB + "status", POB + "party", *([POB + "edtf"] if agreement.date else [])]
        assert [name for name in wanted if (node, name) not in proved] == []
