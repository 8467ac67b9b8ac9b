"""Where the data lie: a generation is read once, a new one is seen, and one made anew under the same number too."""

import os
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from pobratim.serving.workers.origin import DirectoryOrigin
from pobratim.store.directory import GenerationStore

GRAPH = "https://x/graph/a"


def _publish(store: GenerationStore, value: str) -> None:
    quad = Quad(NamedNode("https://x/s"), NamedNode("https://x/p"), NamedNode(f"https://x/{value}"), NamedNode(GRAPH))
    store.publish({GRAPH: [quad]}, {}, {"base": "https://x", "told": value})


def test_a_generation_is_read_when_it_is_new(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    store, origin = GenerationStore(folder), DirectoryOrigin(folder)
    assert origin.current() is None
    _publish(store, "one")
    first = origin.current()
    assert first is not None and (first.number, first.manifest["told"]) == (1, "one")
    assert origin.current() is first
    _publish(store, "two")
    second = origin.current()
    assert second is not None and (second.number, second.manifest["told"]) == (2, "two")
    os.utime(Path(second.target) / "manifest.json", (1, 1))  # as if the store had been made anew
    again = origin.current()
    assert again is not None and again.number == 2 and again.tag != second.tag
