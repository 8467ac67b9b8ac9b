"""The graph as files: data, vocabulary, links and search aids apart, as N-Quads and TriG.

The same quads give the same bytes.

Lines are sorted by code point, which is the canonical form of a graph without blank nodes (RDFC-1.0); so the SHA-256 of
what is unpacked is the canonical hash. Compression has no time and no name in it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from pyoxigraph import NamedNode

from pobratim.publishing.folder.editions import Former
from pobratim.publishing.folder.quarters import Quarters
from pobratim.publishing.folder.segments import Earlier, Segment, write_segments
from pobratim.publishing.folder.tree import Tree
from pobratim.store.graph_files import GraphFile, merged

PARTS: Mapping[str, tuple[str, ...]] = {"vocabulary": ("ontology",), "links": ("links",), "search": ("search",)}
"""Parts of a dump and the graphs of each by the end of their IRIs; all other graphs are the data."""
DATA = "data"
NAMES = (DATA, *PARTS)
_LEVEL = 6
"""Of the gzip of dumps: the next levels take two and a half times as long for a twentieth of the bytes."""
_MANY = 4_000
"""Lines that are compressed at a time."""
_FORMS = ("nq", "trig")
_Part = tuple[str, str, Mapping[str, GraphFile], Sequence[str]]
"""What is dumped: the period whose reports it holds, its name, its graphs, and in which formats."""
_OF_REPORTS = ("report", "evidence")
"""Graphs that a report has of its own."""


@dataclass(frozen=True, slots=True)
class Dump:
    """One part of a version: its files by format, and size and digest of its N-Quads unpacked.

    ``quarter`` is the name of a period whose reports alone it holds, "" for a part of everything. ``made_of`` tells of
    which graphs it was made, ``segments`` of each file in which it was compressed (``segments.py``).
    """

    name: str
    files: Mapping[str, str]
    quads: int
    size: int
    digest: str
    quarter: str = ""
    made_of: str = ""
    segments: Mapping[str, Sequence[Segment]] = field(default_factory=dict)


def write_dumps(
    tree: Tree,
    version: str,
    graphs: Mapping[str, GraphFile],
    quarters: Quarters,
    former: Former | None = None,
    known: Collection[Dump] = (),
) -> list[Dump]:
    """Write the dumps of a version and their check sums, and return them; what is made of the same graphs as a
    ``known`` one of the ``former`` folder is that, and others take from it what is the same. Raises OSError."""
    held = {dump.name: dump for dump in known}
    parts: list[_Part] = [("", name, of_part(name, graphs), _FORMS) for name in NAMES]
    parts += [(each.name, each.name, of_reports(each.reports, graphs), _FORMS[:1]) for each in quarters.every]
    made = []
    for quarter, name, own, forms in parts:
        if own:
            known_one = _there(held.get(name), former)
            dump = _kept(tree, version, known_one, own, former) or _written(
                tree, version, name, own, forms, _earlier(known_one, former)
            )
            made.append(replace(dump, quarter=quarter))
    folder = f"dumps/{version}"
    names = sorted(path for path in tree.files if path.startswith(folder + "/"))
    sums = "".join(f"{tree.files[path].digest}  {path.removeprefix(folder + '/')}\n" for path in names)
    tree.put(f"{folder}/SHA256SUMS", sums.encode())
    return made


def of_part(name: str, graphs: Mapping[str, GraphFile]) -> dict[str, GraphFile]:
    """Return the graphs of a part."""
    return {graph: file for graph, file in sorted(graphs.items()) if part_of(graph) == name}


def of_reports(reports: Iterable[str], graphs: Mapping[str, GraphFile]) -> dict[str, GraphFile]:
    """Return the graphs of some reports: what they tell, and the phrases."""
    keys = {report.rpartition("/id/report/")[2] for report in reports}
    return {
        graph: file
        for graph, file in sorted(graphs.items())
        if graph.rpartition("/graph/")[2].partition("/")[0] in _OF_REPORTS and graph.rpartition("/")[2] in keys
    }


def part_of(graph: str) -> str:
    """Return the part that a graph belongs to."""
    name = graph.rpartition("/graph/")[2]
    return next((part for part, names in PARTS.items() if name in names), DATA)


def _there(known: Dump | None, former: Former | None) -> Dump | None:
    """Return a dump of the former folder if its files lie there."""
    if known is None or former is None or former.root is None:
        return None
    return known if all(path in former.files for path in known.files.values()) else None


def _earlier(known: Dump | None, former: Former | None) -> dict[str, Earlier]:
    """Return the files of a dump of the former folder, by format."""
    if known is None or former is None or former.root is None:
        return {}
    return {form: Earlier(former.root / path, known.segments.get(form, ())) for form, path in known.files.items()}


def _kept(
    tree: Tree, version: str, known: Dump | None, graphs: Mapping[str, GraphFile], former: Former | None
) -> Dump | None:
    """Take over a dump of the former folder that was made of the same graphs, None where there is none."""
    if known is None or former is None or former.root is None or known.made_of != _made_of(graphs):
        return None
    paths = {form: f"dumps/{version}/{known.name}.{form}.gz" for form in known.files}
    for form, path in known.files.items():
        tree.keep_one(former.root, path, former.files[path], paths[form])
    return replace(known, files=paths)


def _made_of(graphs: Mapping[str, GraphFile]) -> str:
    return hashlib.sha256("".join(f"{graph} {file.digest}\n" for graph, file in graphs.items()).encode()).hexdigest()


def _written(
    tree: Tree,
    version: str,
    name: str,
    graphs: Mapping[str, GraphFile],
    forms: Sequence[str],
    earlier: Mapping[str, Earlier],
) -> Dump:
    paths = {form: f"dumps/{version}/{name}.{form}.gz" for form in forms}
    made = {"nq": write_segments(tree.place(paths["nq"]), merged(graphs.values()), _LEVEL, earlier.get("nq"))}
    if "trig" in paths:
        lines = _together(_trig(graphs))
        made["trig"] = write_segments(tree.place(paths["trig"]), lines, _LEVEL, earlier.get("trig"))
    for path in paths.values():
        tree.take(path)
    quads = sum(file.quads for file in graphs.values())
    segments = {form: written.segments for form, written in made.items()}
    size, digest, _ = made["nq"]
    return Dump(name, paths, quads, size, digest, made_of=_made_of(graphs), segments=segments)


def _together(lines: Iterator[bytes]) -> Iterator[bytes]:
    while held := b"".join(islice(lines, _MANY)):
        yield held


def _trig(graphs: Mapping[str, GraphFile]) -> Iterator[bytes]:
    """Yield the graphs one after the other, each in the order of its lines, with each subject written once.

    Terms stand as N-Triples has them, which TriG takes as they are: nothing is parsed.
    """
    for graph, file in graphs.items():
        yield f"{NamedNode(graph)} {{\n".encode() if graph else b"{\n"
        subject = b""
        for line in file.triples():
            head = line.index(b" ")
            if line[:head] == subject:
                yield b" ;\n " + line[head:-3]
            else:
                yield (b" .\n" if subject else b"") + line[:-3]
                subject = line[:head]
        yield b" .\n}\n" if subject else b"}\n"
