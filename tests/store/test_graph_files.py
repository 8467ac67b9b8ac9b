"""Graphs as files: the bytes that Oxigraph writes, compared without it, kept from generation to generation."""

import json
import random
import shutil
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from pobratim.ground import merged_lines
from pobratim.ground.sorted_lines import Leaving
from pobratim.rdf.emit import emit, ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.terms import XSD, Graph
from pobratim.store import line_digest
from pobratim.store.backend import Change
from pobratim.store.directory import GenerationStore
from pobratim.store.graph_files import GraphFile, differences, file_name, merged, rewrite, write
from pobratim.store.line_digest import digest_of
from tests.support.helpers_resolution import sample_resolution

G1, G2 = "http://g.example/graph/1", "http://g.example/graph/2"
P = NamedNode("http://e.example/p")


def _stored(lines: list[str]) -> list[str]:
    store = Store()
    store.bulk_load("".join(lines).encode(), RdfFormat.N_QUADS)
    out = BytesIO()
    store.dump(out, RdfFormat.N_QUADS)
    return sorted(line + "\n" for line in out.getvalue().decode().split("\n") if line)


def test_graphs_are_the_lines_that_the_store_gives_back() -> None:
    for graph in [*emit(sample_resolution(), DEFAULT_BASE).values(), ontology_graph(DEFAULT_BASE)]:
        assert graph.lines() == _stored(graph.lines())


def test_any_literal_is_written_as_the_store_gives_it_back() -> None:
    chance = random.Random(7)
    graph = Graph(G1)
    letters = "aЯ \"\\\n\r\t\b\f\x00\x07\x7f\x85\u2028\U0001f600'<>@^"
    for number in range(2_000):
        text = "".join(chance.choices(letters, k=chance.randint(0, 8)))
        value = Decimal(chance.randint(-(10**9), 10**9)).scaleb(-chance.randint(0, 9))
        node = NamedNode(f"http://e.example/{number}")
        graph.add(node, P, Literal(text), Literal(text, language=chance.choice(["ru", "ru-Latn", "EN"])))
        graph.add(node, P, Literal(f"{value:f}", datatype=XSD.decimal), Literal(f"{value:.3f}", datatype=XSD.decimal))
        graph.add(node, P, Literal(f"{chance.randint(-99, 99):04d}", datatype=XSD.integer))
    assert graph.lines() == _stored(graph.lines())


def test_differences_are_those_of_sets(tmp_path: Path) -> None:
    chance = random.Random(3)
    for _ in range(50):
        old, new = (sorted({f"{chance.randint(0, 30)}\n" for _ in range(chance.randint(0, 30))}) for _ in "on")
        one, other = write(tmp_path / "one", old), write(tmp_path / "other", new)
        found = list(differences(one, other))
        assert {line.decode() for is_new, line in found if is_new} == {*new} - {*old}
        assert {line.decode() for is_new, line in found if not is_new} == {*old} - {*new}
    assert list(differences(None, None)) == []


@pytest.mark.parametrize("long", [0, 10, 40, 1_000])
def test_a_file_that_goes_on_from_another_one_is_told_as_one_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(line_digest, "LONG", long)
    chance, held = random.Random(long), set[str]()
    former = write(tmp_path / "0", ())
    digests = {former.digest: held}
    for step in range(1, 80):
        fresh = {f"{chance.randint(0, 60)}/{chance.randint(0, 3)}\n" for _ in range(chance.choice((0, 1, 3, 30)))}
        left = sorted(f"{number}/".encode() for number in chance.sample(range(60), chance.choice((0, 1, 20, 60))))
        now = {line for line in held if not line.encode().startswith(tuple(left))} | fresh
        made = rewrite(tmp_path / str(step), former, Leaving(left), sorted(fresh))
        whole = write(tmp_path / "whole", sorted(now))
        assert made == GraphFile(made.path, whole.digest, whole.quads)
        assert made.path.read_bytes() == whole.path.read_bytes()
        assert digest_of(made.path) == made.digest
        assert digests.setdefault(made.digest, now) == now
        assert sorted(differences(former, made)) == sorted(differences(former, whole))
        assert GraphFile.from_json(tmp_path, json.loads(json.dumps(made.to_json()))) == made
        former, held = made, now


def test_of_a_file_that_is_another_one_it_is_not_told_what_changed(tmp_path: Path) -> None:
    first, other = write(tmp_path / "first", ["1\n"]), write(tmp_path / "other", ["2\n"])
    made = rewrite(tmp_path / "made", first, Leaving(), ["3\n"])
    assert sorted(differences(other, made)) == [(False, b"2\n"), (True, b"1\n"), (True, b"3\n")]


@pytest.mark.parametrize("held", [1, 30, 200, 100_000])
def test_files_are_merged_range_by_range(tmp_path: Path, held: int) -> None:
    chance = random.Random(held)
    lines = sorted("x" * chance.choice((1, 2, 40)) + f"{number:03}\n" for number in range(200))
    places = [chance.randrange(7) for _ in lines]
    files = [
        write(tmp_path / str(part), (line for line, at in zip(lines, places, strict=True) if at == part))
        for part in range(8)
    ]
    pieces = list(merged_lines.merged([file.path for file in files], held))
    assert b"".join(pieces).decode() == "".join(lines) and (held > 10_000 or len(pieces) > 10)
    assert b"".join(merged(files)) == b"".join(pieces) and b"".join(merged([])) == b""


def test_names_of_files_are_safe_and_of_one_graph_each() -> None:
    names = [
        file_name(iri) for iri in ("http://e/graph/report/con", "http://e/graph/report-con", "http://e/", "x" * 500)
    ]
    assert len({*names}) == 4 and all(len(name) < 90 and "/" not in name for name in names)


def _quads(graph: str, count: int, value: str = "x") -> list[Quad]:
    return [Quad(NamedNode(f"http://e.example/{at}"), P, Literal(value), NamedNode(graph)) for at in range(count)]


def _dump(store: GenerationStore) -> bytes:
    out = BytesIO()
    store.open().dump(out)
    return out.getvalue()


@pytest.mark.slow
def test_what_did_not_change_is_the_same_file(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    store.publish({G1: _quads(G1, 500), G2: _quads(G2, 9)}, {"r": []}, {"name": 1})
    first = store.graph_files()
    published = store.publish({G1: _quads(G1, 500), G2: _quads(G2, 10)}, {"r": None}, {"name": 2})
    assert published.changes == {G2: Change(1, 0)}
    second = store.graph_files()
    assert first[G1].path.samefile(second[G1].path) and second[G2].quads == 10
    one, other = tmp_path.rglob("r.jsonl")
    assert one.samefile(other)


@pytest.mark.slow
@pytest.mark.parametrize("kept", [500, 3])
def test_little_is_changed_in_place_and_much_is_made_anew(kept: int, tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    store.publish({G1: _quads(G1, kept), G2: _quads(G2, 90)}, {}, {})
    published = store.publish({G2: _quads(G2, 90, "y")[5:]}, {}, {})
    assert published.changes[G2] == Change(85, 90)
    anew = GenerationStore(tmp_path / "anew")
    anew.publish({G1: _quads(G1, kept), G2: _quads(G2, 90, "y")[5:]}, {}, {})
    assert _dump(store) == _dump(anew)
    assert sorted(map(str, store.open().quads())) == sorted(map(str, anew.open().quads()))


@pytest.mark.slow
def test_a_file_of_lines_is_published_as_it_is(tmp_path: Path) -> None:
    graph = Graph(G1)
    graph.add(NamedNode("http://e.example/a"), P, Literal("1.50", datatype=XSD.decimal))
    file = write(tmp_path / "g.nq", graph.lines())
    store = GenerationStore(tmp_path / "store")
    store.publish({G1: file}, {}, {})
    assert isinstance(file, GraphFile) and _dump(store) == file.path.read_bytes()
    assert list(store.open().triples(G1)) == [
        b'<http://e.example/a> <http://e.example/p> "1.5"^^%s .\n' % str(XSD.decimal).encode()
    ]


@pytest.mark.slow
def test_a_store_of_a_former_version_gets_its_files(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    store.publish({G1: _quads(G1, 30), G2: _quads(G2, 2)}, {}, {"name": "x"})
    before, folder = _dump(store), store.directory / "generations" / "000001"
    shutil.rmtree(folder / "graphs")
    for name in ("contents.json", "loose.txt"):
        (folder / name).unlink()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({"format": manifest["format"], "name": "x"}), encoding="utf-8")
    (store.directory / "current.json").unlink()
    (store.directory / "current").write_text("generations/000001", encoding="utf-8")
    old = GenerationStore(store.directory)
    assert _dump(old) == before and old.graph_files() == {} and not old.is_settled()
    assert old.publish({G2: _quads(G2, 3)}, {}, {"name": "x"}).changes == {G2: Change(1, 0)}
    assert {graph: file.quads for graph, file in old.graph_files().items()} == {G1: 30, G2: 3}
    assert old.is_settled() and not list(old.directory.rglob("former"))


@pytest.mark.slow
def test_an_update_leaves_files_of_what_it_made(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    store.publish({G1: _quads(G1, 3)}, {}, {})
    store.update(f"INSERT DATA {{ GRAPH <{G1}> {{ <a> <b> 1.0 }} GRAPH <n> {{ <a> <b> _:c }} }}", "http://e.example/")
    assert sum(file.quads for file in store.graph_files().values()) == len(store.open()) == 5
    assert b'"1"^^' in _dump(store)
    assert store.publish({G1: _quads(G1, 3)}, {}, {}).changes == {G1: Change(0, 1)}
    assert b"_:" in _dump(store)
