"""What is kept of how a folder's source was parted, so that the next publication looks at what differs alone.

It lies beside the memory of the folder (``memory.py``) and is of the same state, or else of no use.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from pobratim.ground import disk
from pobratim.publishing.folder.lists import files_of
from pobratim.publishing.folder.parting import Parted
from pobratim.publishing.folder.regrown import Past
from pobratim.site.firsts import Firsts
from pobratim.store.graph_files import GraphFile

_TOLD, _FIRSTS, _GRAPHS = "told.json", "firsts", "graphs"


def past_folder(folder: Path) -> Path:
    """Return where that of a folder lies."""
    return folder.with_name(f".{folder.name}.parted")


def read_past(folder: Path, state: str, topics: Mapping[str, str]) -> Past | None:
    """Return how the source of a ``state`` of a folder was parted, None where that is not known."""
    place = past_folder(folder)
    try:
        told = json.loads((place / _TOLD).read_bytes())
        if told["of"] != state:
            return None
        graphs = {graph: GraphFile(place / _GRAPHS / name, *rest) for graph, (name, *rest) in told["graphs"].items()}
        areas = frozenset(told["areas"])
        firsts = _firsts((place / _FIRSTS).read_bytes(), told["counts"], told["examples"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    is_there = all(file.is_file() for file in (*files_of(place), *(each.path for each in graphs.values())))
    return Past(place, graphs, topics, firsts, areas) if is_there else None


def write_past(folder: Path, state: str, parted: Parted, graphs: Mapping[str, GraphFile]) -> None:
    """Keep how the source of a ``state`` of a folder is parted. Raises OSError."""
    place = past_folder(folder)
    draft = place.with_name(f"{place.name}.new")
    disk.remove(draft)
    (draft / _GRAPHS).mkdir(parents=True)
    for file in files_of(parted.facts.folder):
        disk.link(file, draft / file.name)
    names = {graph: f"{number}.nq" for number, graph in enumerate(sorted(graphs))}
    for graph, name in names.items():
        disk.link(graphs[graph].path, draft / _GRAPHS / name)
    firsts = parted.facts.firsts
    told = {
        "of": state,
        "areas": sorted(parted.documents.areas),
        "graphs": {graph: [name, graphs[graph].digest, graphs[graph].quads] for graph, name in names.items()},
        "counts": [[prop.decode(), count, len(firsts.held[prop])] for prop, count in sorted(firsts.counts.items())],
        "examples": {kind.decode(): thing.decode() for kind, thing in sorted(firsts.examples.items())},
    }
    lines = (b"%s %s\n" % stated for prop in sorted(firsts.counts) for stated in firsts.held[prop])
    (draft / _FIRSTS).write_bytes(b"".join(lines))
    (draft / _TOLD).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    disk.remove(place)
    draft.rename(place)


def _firsts(content: bytes, counts: list[tuple[str, int, int]], examples: Mapping[str, str]) -> Firsts:
    lines = iter(content.split(b"\n"))
    found = Firsts(examples={kind.encode(): thing.encode() for kind, thing in examples.items()})
    for prop, count, many in counts:
        found.counts[prop.encode()] = count
        found.held[prop.encode()] = [_stated(next(lines)) for _ in range(many)]
    return found


def _stated(line: bytes) -> tuple[bytes, bytes]:
    subject, _, value = line.partition(b" ")
    return subject, value
