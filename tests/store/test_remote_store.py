"""Loads into stores of others, and the whole question library on them: all must answer as the embedded store does."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from pobratim.cli import run
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.messages import Language
from pobratim.network import read_network
from pobratim.query.checks import check
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search.references import UnknownNameError
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from pobratim.store.remote.dataset import FEW
from pobratim.store.remote.reader import RemoteReader
from pobratim.store.remote.store import RemoteStore
from tests.support.asking import answer, meant
from tests.support.check_seeds import SEEDS, seeded
from tests.support.model_sample import model
from tests.support.places import EXAMPLE
from tests.support.server import running_server, wait_for
from tests.support.store_servers import Server, missing, running

pytestmark = pytest.mark.slow

GROUPS = ("", "views", "views/details", "checks", "derive")
QUERIES = {f"{group}/{name}": query for group in GROUPS for name, query in library(queries_root(), group).items()}
LANGUAGES: tuple[Language, Language] = ("ru", "en")

UNABLE = {
    ("virtuoso", "example", "find"): "REPLACE takes Cyrillic letters in brackets for bytes",
    ("virtuoso", "example", "derive/24-labels"): "STRLANG over CONCAT of labels gives UTF-8 bytes as Latin-1 letters",
    ("virtuoso", "sample", "derive/24-labels"): "STRLANG over CONCAT of labels gives UTF-8 bytes as Latin-1 letters",
}
"""What an engine cannot answer of which data. No load needs it: derivations run in the state folder; for names there is
``/search``."""

VALUES = {
    "tie": "SELECT ?found WHERE { ?found a <https://w3id.org/pobratim/def#Tie> }",
    "party": "SELECT DISTINCT ?found WHERE { ?tie <https://w3id.org/pobratim/def#party> ?found }",
    "entry": "SELECT ?found WHERE { ?found a <https://w3id.org/pobratim/def#ReportEntry> }",
    "activity": "SELECT ?found WHERE { ?found a <https://w3id.org/pobratim/def#Activity> }",
}
"""Where the things come from that parameters without an example, and details of views, are asked about."""

INSTITUTION = """SELECT ?found WHERE {
  ?tie <https://w3id.org/pobratim/def#party> ?found . ?found a <http://www.w3.org/ns/org#FormalOrganization>
} ORDER BY ?found LIMIT 1"""
"""An institution of the data that has ties, where they have not the one of an example."""


@dataclass
class Twins:
    """The same data in the embedded store and in another one."""

    kind: str
    data: str
    here: Reader
    there: RemoteReader


@pytest.fixture(scope="module", params=["oxigraph", "oxigraph-update", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    reason = missing(request.param)
    if reason:
        # Where all is installed on purpose, a store that is not there is an error.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with (
        running(request.param, tmp_path_factory.mktemp(request.param)) as started,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name in ("USER", "PASSWORD", "TOKEN", "UPDATE", "GRAPHS"):
            patch.delenv(f"POBRATIM_STORE_{name}", raising=False)
        for name, value in started.environment.items():
            patch.setenv(name, value)
        yield started


@pytest.fixture(scope="module", params=["example", "sample"])
def twins(
    request: pytest.FixtureRequest, server: Server, example_directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> Twins:
    folder = tmp_path_factory.mktemp(request.param)
    store = RemoteStore(server.url, folder / "state", force=True)
    if request.param == "example":
        report = load([EXAMPLE], store, Settings())
        assert [file.state for file in report.files] == ["loaded"]
        here = GenerationStore(example_directory).open()
    else:
        twin = GenerationStore(folder / "twin")
        for target in (twin, store):
            target.publish(_sample_graphs(), {}, {"base": DEFAULT_BASE})
        here = twin.open()
    return Twins(server.kind, request.param, here, store.open())


def _sample_graphs() -> dict[str, list[Quad]]:
    """Return the sample of the model with a fault for each check, and the edges of what literals may hold."""
    quads = [*model("sample").quads(), *(quad for name in SEEDS for quad in seeded(name, f"http://{name}.example/"))]
    quads += [
        Quad(NamedNode("http://e.example/text"), NamedNode("http://e.example/says"), Literal(text), EDGES)
        for text in ("Ё\u00a0№ «ель»", "a\\b\"c'd", "1\n2\t3\r4", "𝔘 \u2028 é", "$name ?x } #", " ", "")
    ]
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


EDGES = NamedNode("http://e.example/edges")


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_is_answered_as_in_the_embedded_store(
    twins: Twins, name: str, request: pytest.FixtureRequest
) -> None:
    if (twins.kind, twins.data, name.removeprefix("/")) in UNABLE:
        reason = UNABLE[twins.kind, twins.data, name.removeprefix("/")]
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    query = _about_things(QUERIES[name], twins.here)
    for values in _values(query, twins.here):
        for lang in LANGUAGES:
            assert _answer(query, twins.there, values, lang) == _answer(query, twins.here, values, lang)


def _values(query: NamedQuery, reader: Reader) -> list[dict[str, str]]:
    """Return the example, all parameters with the examples they state, and things of the data where there are none."""
    stated = {one.name: one.example for one in query.parameters if one.example and one.type != "lang"}
    needed = [one.name for one in query.parameters if one.required and not one.example]
    if not needed:
        examples = [dict(query.example), stated] if stated != query.example else [stated]
        return [_held(query, values, reader) for values in examples]
    things = _things(needed[0], reader)
    return [{needed[0]: thing} for thing in things[:: max(1, len(things) // 8)]]


def _things(name: str, reader: Reader) -> list[str]:
    found = reader.query(VALUES[name])
    assert isinstance(found, QuerySolutions)
    return sorted(row["found"].value for row in found)


def _about_things(query: NamedQuery, reader: Reader) -> NamedQuery:
    """Return a query that takes many things as views ask it: about all of the data. None is ever asked about none."""
    asked = re.search(r"VALUES \?(\w+) \{ UNDEF \}", query.text)
    return query.among(asked[1], _things(asked[1], reader)) if asked else query


def _held(query: NamedQuery, values: dict[str, str], reader: Reader) -> dict[str, str]:
    """Return values with a thing that the data hold in place of an institution that they do not."""
    try:
        meant(query, reader, values)
    except UnknownNameError:
        held = reader.query(INSTITUTION)
        assert isinstance(held, QuerySolutions)
        thing = next(iter(held))["found"].value
        return values | {one.name: thing for one in query.parameters if one.type in ("institution", "thing")}
    return values


def _answer(query: NamedQuery, reader: Reader | RemoteReader, values: dict[str, str], lang: Language) -> object:
    """Return columns and rows: in order where the query gives one, else sorted."""
    result = answer(query, reader, values, lang)
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QueryTriples):
        return {str(triple) for triple in result}
    rows = [tuple(map(str, row)) for row in result]
    return [variable.value for variable in result.variables], rows if "ORDER BY" in query.text else sorted(rows)


def test_the_dump_is_the_same_bytes(twins: Twins) -> None:
    here, there = io.BytesIO(), io.BytesIO()
    twins.here.dump(here)
    twins.there.dump(there)
    assert there.getvalue() == here.getvalue()
    assert len(twins.there) == len(twins.here) == here.getvalue().count(b"\n")
    assert twins.there.graphs() == twins.here.graphs()


def test_checks_and_networks_are_the_same(twins: Twins) -> None:
    assert check(twins.there, "en") == check(twins.here, "en")
    for view in ("institutions", "municipalities", "countries") if twins.data == "example" else ():
        assert _network(view, twins.there) == _network(view, twins.here)


def _network(view: str, reader: Reader | RemoteReader) -> object:
    found = read_network(view, {}, reader)
    return found.parties, found.ties, found.entries


def test_free_queries_see_the_union_of_our_graphs_alone(twins: Twins, server: Server) -> None:
    listing = RemoteStore(server.url, Path("no-state"), few=1000).open()
    for text in (
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT * WHERE { ?z <http://www.w3.org/2002/07/owl#versionInfo> ?b FILTER(STRENDS(STR(?z), '/state')) }",
        "SELECT * WHERE { ?z a <https://w3id.org/pobratim/def#Tie> ; <https://w3id.org/pobratim/def#level> ?b }",
        "ASK { ?s a <https://w3id.org/pobratim/def#Tie> }",
        "ASK { ?s a <https://w3id.org/pobratim/def#NoSuchThing> }",
        "CONSTRUCT WHERE { ?s a <https://w3id.org/pobratim/def#Tie> }",
    ):
        query = NamedQuery("free", text, free=True)
        assert _answer(query, listing, {}, "en") == _answer(query, twins.here, {}, "en"), text


def test_values_arrive_as_they_are_whatever_they_hold(twins: Twins) -> None:
    query = NamedQuery("free", "SELECT $value (STRLEN($value) AS ?length) WHERE { }", free=True)
    for text in (
        "Ё № «ель»",
        "a\\b",
        "\\u0022 } #",
        '"',
        '" . } DROP ALL #',
        "'''",
        "<x>x",
        "𝔘",
        "a\nb",
        "$value",
        "\\",
    ):
        assert _answer(query, twins.there, {"value": text}, "en") == _answer(query, twins.here, {"value": text}, "en")


def test_things_are_described_or_not(twins: Twins) -> None:
    tie = next(iter(twins.here.quads())).subject
    assert isinstance(tie, NamedNode)
    assert twins.there.describes(tie.value)
    assert not twins.there.describes("http://nobody.example/")


def test_a_store_asked_as_a_whole_answers_the_same(twins: Twins, server: Server) -> None:
    """Beyond FEW graphs they are not listed any more; the questions do not see the one triple of the state."""
    whole = RemoteStore(server.url, Path("no-state"), few=0).open()
    assert "default-graph-uri" not in whole.dataset
    assert len(twins.here.graphs()) <= FEW or twins.kind == "virtuoso" or "default-graph-uri" not in twins.there.dataset
    for name in (
        "/school-links",
        "/map-places",
        "/find",
        "/report-quality",
        "views/institutions",
        "checks/tie-incomplete",
    ):
        if (twins.kind, twins.data, name.removeprefix("/")) in UNABLE:
            continue
        for values in _values(QUERIES[name], twins.here):
            assert _answer(QUERIES[name], whole, values, "ru") == _answer(QUERIES[name], twins.here, values, "ru")


def test_the_server_answers_over_a_remote_store_as_over_a_directory(
    server: Server, example_directory: Path, tmp_path: Path
) -> None:
    state = ("--state", str(tmp_path / "state"))
    assert run(["load", str(EXAMPLE), "--store", server.url, "--force", *state]) == 0
    with (
        running_server(server.url, tmp_path, *state, env={"POBRATIM_LIMIT_SECONDS": "60"}) as there,
        running_server(example_directory, tmp_path) as here,
        there.client() as remote,
        here.client() as local,
    ):
        for path in (
            "/queries/top-partners.csv",
            "/queries/agreements.xlsx",
            "/queries/pair.json?city=Смоленск&partner=Витебск",
            "/sparql?query=ASK { ?s a <https://w3id.org/pobratim/def%23Tie> }",
        ):
            answers = [client.get(path) for client in (remote, local)]
            assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
            assert answers[0].content == answers[1].content
        page = remote.get("/doc/place/ru-smolensk", headers={"Accept": "text/html"})
        assert page.status_code == 200, page.text
        assert remote.post("/sparql", data={"query": "SELECT * {"}).status_code == 400
        assert (
            remote.post("/sparql", data={"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}).status_code == 403
        )
        found = wait_for(lambda: remote.get("/search", params={"q": "гимназия 7", "format": "json"}))
        assert "Гимназия № 7" in found.json()["hits"][0]["label"]


def test_every_command_takes_a_url(server: Server, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    def said(*arguments: str) -> bytes:
        assert run([*arguments, "--lang", "en"]) == 0
        return capfdbinary.readouterr().out

    there, here = ("--store", server.url, "--state", str(tmp_path / "state")), ("--store", str(tmp_path / "here"))
    said("load", str(EXAMPLE), *here)
    said("load", str(EXAMPLE), *there, "--force")
    assert said("load", *there) == said("load", *here) == b""
    commands: tuple[tuple[str, ...], ...] = (
        ("query", "school-links", "--param", "city=Смоленск", "--param", "partner=Витебск", "--format", "csv"),
        ("query", "map-places", "--format", "json"),
        ("dump",),
        ("check", "--format", "csv"),
        ("review", "--format", "csv"),
        ("gaps", "--format", "csv"),
    )
    for command in commands:
        assert said(*command, *there) == said(*command, *here), command
    for store, page in ((there, "there.html"), (here, "here.html")):
        said("network", "institutions", *store, "-o", str(tmp_path / page))
    assert (tmp_path / "there.html").read_bytes() == (tmp_path / "here.html").read_bytes()


def test_data_of_others_in_the_same_store_are_left_out_and_alone(server: Server, tmp_path: Path) -> None:
    foreign, ours = "http://other.example/graph", "http://e.example/mine"
    theirs = RemoteStore(server.url, tmp_path / "theirs", base="http://other.example", force=True)
    theirs.publish({foreign: [_quad(foreign, "theirs")]}, {}, {"base": "http://other.example"})
    mine = RemoteStore(server.url, tmp_path / "mine", base="http://e.example", force=True)
    mine.publish({ours: [_quad(ours, "mine")]}, {}, {"base": "http://e.example"})
    for few in (0, FEW):
        reader = RemoteStore(server.url, tmp_path / "mine", base="http://e.example", few=few).open()
        assert [quad.subject for quad in reader.quads()] == [NamedNode("http://e.example/mine")]
        found = reader.query("SELECT ?s WHERE { ?s <http://e.example/p> ?o }")
        assert isinstance(found, QuerySolutions)
        assert [row["s"].value for row in found] == ["http://e.example/mine"]
    mine.publish({ours: []}, {}, {"base": "http://e.example"})
    assert len(theirs.open()) == 1
    theirs.publish({foreign: []}, {}, {"base": "http://other.example"})


def _quad(graph: str, name: str) -> Quad:
    node = NamedNode(f"http://e.example/{name}")
    return Quad(node, NamedNode("http://e.example/p"), Literal(name), NamedNode(graph))
