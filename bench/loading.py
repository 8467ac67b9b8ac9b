"""Loading: a publish against a plain bulk_load of the ready file, and the whole command from a cold start."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from bench.timing import Result, side_by_side
from pobratim.content import content_root
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore

COPIES = 20
EXAMPLE = Path("examples") / "smolensk-2023-q1.docx"


def _graphs() -> dict[str, list[Quad]]:
    """Return the example's report graph many times over, each copy under a name of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = GenerationStore(Path(folder) / "store")
        load([content_root() / EXAMPLE], store, Settings())
        reader = store.open()
        name = next(graph for graph in reader.graphs() if "/report/" in graph)
        quads = list(reader.quads(name))
    return {
        f"{name}-{copy}": [Quad(q.subject, q.predicate, q.object, NamedNode(f"{name}-{copy}")) for q in quads]
        for copy in range(COPIES)
    }


def measure_loading(rounds: int) -> list[Result]:
    """Return quads per CPU-second of a publish (diff, compaction, fsync, switch) and of bulk_load of the same file."""
    graphs = _graphs()
    count = sum(map(len, graphs.values()))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / "ready.nq"
        file.write_bytes(serialize((q for quads in graphs.values() for q in quads), format=RdfFormat.N_QUADS) or b"")
        numbers = iter(range(10_000))

        def publish() -> object:
            return GenerationStore(root / f"ours-{next(numbers)}").publish(graphs, {}, {})

        def bulk_load() -> object:
            store = Store(str(root / f"plain-{next(numbers)}"))
            store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
            store.flush()
            return store

        mine, other = (count / seconds for seconds in side_by_side([publish, bulk_load], rounds))
    what = f"load, quads per CPU-second, {count:,} quads (yardstick: Store.bulk_load of the ready file)"
    return [Result(what, f"{mine:,.0f}", f"{other:,.0f}", f"{mine / other:.2f} ×")]


def measure_command(rounds: int) -> list[Result]:
    """Return the CPU seconds of ``pobratim load`` of the example from a cold process into a new store."""
    with tempfile.TemporaryDirectory() as folder:
        taken = [_child_seconds(_command(Path(folder) / f"store-{number}")) for number in range(rounds)]
    return [
        Result(
            "whole load of the example .docx, cold process, CPU-seconds (yardstick: the aim)",
            f"{median(taken):.1f}",
            "5",
            "",
        )
    ]


def _command(store: Path) -> Callable[[], object]:
    words = [sys.executable, "-m", "pobratim", "load", str(content_root() / EXAMPLE), "--store", str(store)]
    return lambda: subprocess.run(words, check=True, capture_output=True)


def _child_seconds(run: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
