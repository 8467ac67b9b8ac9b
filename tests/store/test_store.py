"""Publishing graphs: what is stored, what changes, what survives a kill at any moment."""

import io
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from pobratim.errors import StoreError
from pobratim.record import Place, Record
from pobratim.store import turnover
from pobratim.store.backend import Change
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader, Reader

pytestmark = pytest.mark.slow

G1, G2 = "http://g.example/1", "http://g.example/2"
P = NamedNode("http://e.example/p")


def _quad(graph: str, name: str, value: str | Literal = "x") -> Quad:
    literal = Literal(value) if isinstance(value, str) else value
    return Quad(NamedNode(f"http://e.example/{name}"), P, literal, NamedNode(graph))


def _names(reader: Reader, graph: str | None = None) -> list[str]:
    return sorted({str(quad.subject).rsplit("/")[-1].rstrip(">") for quad in reader.quads(graph)})


def _dump(reader: Reader) -> bytes:
    out = io.BytesIO()
    reader.dump(out)
    return out.getvalue()


def _decimal(lexical: str) -> Literal:
    return Literal(lexical, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))


def test_what_was_published_can_be_queried_over_the_union_of_graphs(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    published = store.publish({G1: [_quad(G1, "a")], G2: [_quad(G2, "b")]}, {}, {})
    assert (published.generation, published.added, published.removed) == (1, 2, 0)
    reader = store.open()
    result = reader.query("SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s")
    assert isinstance(result, QuerySolutions)
    assert [row["s"].value for row in result] == ["http://e.example/a", "http://e.example/b"]
    assert reader.graphs() == [G1, G2]
    assert len(reader) == 2


def test_bindings_give_values_to_variables(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({G1: [_quad(G1, "a", "x'\") }"), _quad(G1, "b", "y")]}, {}, {})
    result = store.open().query("SELECT ?s ?o WHERE { ?s ?p ?o }", {"o": Literal("x'\") }")})
    assert isinstance(result, QuerySolutions)
    assert [row["s"].value for row in result] == ["http://e.example/a"]


def test_a_graph_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({G1: [_quad(G1, "a"), _quad(G1, "b")], G2: [_quad(G2, "c")]}, {}, {})
    published = store.publish({G1: [_quad(G1, "b"), _quad(G1, "d"), _quad(G1, "e")]}, {}, {})
    assert published.changes == {G1: Change(added=2, removed=1)}
    assert _names(store.open()) == ["b", "c", "d", "e"]


def test_an_empty_graph_is_removed(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({G1: [_quad(G1, "a")], G2: [_quad(G2, "b")]}, {}, {})
    store.publish({G1: []}, {}, {})
    assert store.open().graphs() == [G2]


def test_publishing_the_same_again_makes_no_generation(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    graphs = {G1: [_quad(G1, "a", _decimal("1.0")), _quad(G1, "a", _decimal("1.0"))]}
    first = store.publish(graphs, {"r": [Record("r", 1)]}, {"k": 1})
    again = store.publish(graphs, {"r": [Record("r", 1)]}, {"k": 1})
    assert first.is_new and not again.is_new
    assert (again.generation, again.changes) == (1, {})
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["000001"]


def test_records_or_manifest_alone_make_a_generation(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    graphs = {G1: [_quad(G1, "a")]}
    store.publish(graphs, {}, {})
    assert store.publish(graphs, {"r": [Record("r", 1)]}, {}).generation == 2
    assert store.publish(graphs, {"r": [Record("r", 1)]}, {"base": "b"}).generation == 3
    assert store.manifest()["base"] == "b"


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    record = Record("r", 1, title="А\u2028Б\u0085«В»", home=Place("", "RU", "RU-SMO"), cells={"name": "1\n2"})
    store = GenerationStore(tmp_path)
    store.publish({}, {"r": [record], "empty": []}, {})
    assert store.records() == {"empty": [], "r": [record]}


def test_a_store_that_does_not_exist_has_no_records_but_cannot_be_opened(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "none")
    assert store.records() == {} and store.manifest() == {}
    with pytest.raises(StoreError, match="store-missing"):
        store.open()
    with pytest.raises(StoreError, match="store-empty"):
        GenerationStore(tmp_path).open()


def test_blank_nodes_and_quads_of_other_graphs_are_refused(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    with pytest.raises(ValueError, match="blank node"):
        store.publish({G1: [Quad(BlankNode("b"), P, Literal("x"), NamedNode(G1))]}, {}, {})
    with pytest.raises(ValueError, match=G2):
        store.publish({G1: [_quad(G2, "a")]}, {}, {})
    assert list(tmp_path.iterdir()) == []


def test_the_dump_is_the_same_bytes_whatever_the_way_there(tmp_path: Path) -> None:
    quads = [_quad(G1, name, f'строка\n{name} \\ "\r') for name in "dbcae"]
    direct, detour = GenerationStore(tmp_path / "direct"), GenerationStore(tmp_path / "detour")
    direct.publish({G1: quads, G2: [_quad(G2, "z")]}, {}, {})
    detour.publish({G2: [_quad(G2, "y")]}, {}, {})
    detour.publish({G1: quads[::-1]}, {}, {})
    detour.publish({G2: [_quad(G2, "z")]}, {}, {})
    assert _dump(direct.open()) == _dump(detour.open())
    assert len(_dump(direct.open()).split(b"\n")) == 7
    assert _dump(direct.open()) == _dump(MemoryReader([*quads, _quad(G2, "z")]))


def _many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, jobs: int) -> GenerationStore:
    """Return a store of two graphs that is loaded in pieces of few lines."""
    monkeypatch.setattr(turnover, "_PIECE_BYTES", 1_000)
    monkeypatch.setattr(turnover, "blocks", lambda path: path.read_bytes().splitlines(keepends=True))
    store = GenerationStore(tmp_path / name)
    store.publish({graph: [_quad(graph, f"n{n}") for n in range(300)] for graph in (G1, G2)}, {}, {}, jobs=jobs)
    return store


def test_several_threads_load_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, three = (_many(tmp_path, monkeypatch, f"store-{jobs}", jobs).open() for jobs in (1, 3))
    assert len(one) == len(three) == 600
    assert _dump(one) == _dump(three)


def test_what_a_thread_fails_at_is_raised_and_nothing_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def take(_: object, lines: bytes) -> None:
        taken.append(lines)
        if len(taken) == 3:
            raise OSError("no space")

    monkeypatch.setattr(turnover, "_take", take)
    with pytest.raises(OSError, match="no space"):
        _many(tmp_path, monkeypatch, "store", 2)
    assert len(taken) < 3 + 4  # each of the others may be at one
    assert GenerationStore(tmp_path / "store").generation() == 0


def test_a_reader_keeps_its_generation_while_others_are_published(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({G1: [_quad(G1, "a")]}, {}, {})
    reader = store.open()
    for name in "bcdef":
        store.publish({G1: [_quad(G1, name)]}, {}, {})
    assert _names(reader) == ["a"]
    assert (reader.generation, store.open().generation) == (1, 6)


def test_a_manifest_of_a_later_program_is_refused(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({}, {}, {})
    folder = tmp_path / "generations" / "000001"
    (folder / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(StoreError, match="store-format"):
        Reader(folder)


def test_a_store_without_its_files_is_damaged(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    store.publish({G1: [_quad(G1, "a")]}, {}, {})
    (tmp_path / "generations" / "000001" / "store" / "CURRENT").unlink()
    with pytest.raises(StoreError, match="store-broken"):
        store.open()
    with pytest.raises(StoreError, match="store-broken"):
        store.publish({G1: []}, {}, {})


KILL = """
import os, signal, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
import pobratim.store.directory as store
import pobratim.ground.disk as disk
import pobratim.store.draft as draft

seen, deadly, inside = 0, int(sys.argv[2]), False
def step(original):
    def wrapper(*args, **options):
        global seen, inside
        if inside:
            return original(*args, **options)
        seen += 1
        if seen == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        # How many files there are to sync is Oxigraph's affair and differs from run to run: one step.
        inside = original.__name__ == "sync_tree"
        try:
            return original(*args, **options)
        finally:
            inside = False
    return wrapper

for name in ("mkdir", "rename", "replace", "unlink", "write_bytes"):
    setattr(Path, name, step(getattr(Path, name)))
for module, name in [(draft, "copy_store"), (store, "turned"), (store, "seal"), (disk, "link"),
                     (store, "write_records"), (store, "write_manifest"), (disk, "sync_tree"), (disk, "sync"),
                     (disk, "write_whole"), (disk, "remove"), (disk.os, "fsync"), (disk.shutil, "rmtree")]:
    setattr(module, name, step(getattr(module, name)))

def new(g):
    return [Quad(NamedNode("http://e.example/new"), NamedNode("http://e.example/p"), Literal("x"), NamedNode(g))]

target = store.GenerationStore(Path(sys.argv[1]))
target.publish({g: new(g) for g in ("http://g.example/1", "http://g.example/2")}, {"r": []}, {"name": "new"})
print(seen)
"""


def _state(store: GenerationStore) -> tuple[str, int, tuple[str, ...]]:
    reader = store.open()
    return str(reader.manifest["name"]), len(store.records()), tuple(_names(reader))


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    def run(directory: Path, deadly: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILL, str(directory), str(deadly)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    template = GenerationStore(tmp_path / "template")
    for number in range(3):  # so that the killed publish also has an old generation to drop
        template.publish({G1: [_quad(G1, "old", str(number))]}, {}, {"name": "old"})

    def prepared(name: str) -> GenerationStore:
        shutil.copytree(template.directory, tmp_path / name, symlinks=True)
        return GenerationStore(tmp_path / name)

    prepared("whole")
    steps = int(run(tmp_path / "whole", 0).stdout)
    assert steps > 12
    old, new = ("old", 0, ("old",)), ("new", 1, ("new",))
    states = []
    for deadly in range(1, steps + 1):
        store = prepared(str(deadly))
        assert run(tmp_path / str(deadly), deadly).returncode == -signal.SIGKILL
        states.append(_state(store))
        store.publish({G1: [_quad(G1, "next")]}, {}, {"name": "next"})
        assert _state(store) == ("next", 0, ("new", "next") if states[-1] == new else ("next",))
        assert len(list((tmp_path / str(deadly) / "generations").iterdir())) == 3
        assert not list((tmp_path / str(deadly)).rglob(".tmp-*"))
    assert states == sorted(states, reverse=True) and {*states} == {old, new}


def test_two_processes_publish_one_after_the_other(tmp_path: Path) -> None:
    commands = [[sys.executable, "-c", KILL, str(tmp_path), "0"] for _ in range(2)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert all(int(output) > 0 for output in outputs)
    assert GenerationStore(tmp_path).open().generation == 1
