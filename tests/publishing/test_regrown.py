"""A source that is parted on from before is parted as one of which all lines are read, whatever changed."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.lists import files_of
from pobratim.publishing.folder.parting import Parted, parted
from pobratim.publishing.folder.past import read_past, write_past
from pobratim.publishing.folder.regrown import Regrown, regrown
from pobratim.rdf.terms import RDF, RDFS
from pobratim.site import firsts as firsts_of
from pobratim.site.areas import area_iri
from pobratim.store import graph_files
from pobratim.store.graph_files import GraphFile

BASE = "https://data.example.org"
Lines = dict[str, set[str]]
_KEYS = ("a", "a-b", "b", "c", "шк", "long" * 60)
_THINGS = [
    *(f"{BASE}/id/{kind}/{key}" for kind in ("place", "organisation") for key in _KEYS[:4]),
    f"{BASE}/id/activity/2024-meeting-abc123",
    f"{BASE}/id/participation/2024-meeting-abc123/a",
    f"{BASE}/id/entry/one/1",
    f"{BASE}/id/cell/one/1/title",
    f"{BASE}/id/time/2024",
    f"{BASE}/def/role/host",
    "urn:elsewhere",
    *(iri for area in ("country/by", "country/abkhazia", "region/ru-smo") if (iri := area_iri(area))),
]
_AREAS = ("country/abkhazia", "country/by", "region/ru-smo")
_PROPERTIES = (RDF.type.value, RDFS.label.value, f"{BASE}/near", "urn:size")
_GRAPHS = [f"{BASE}/graph/{name}" for name in ("authority", "report/one", "report/two", "ties", "")]


def _line(pick: random.Random) -> str:
    prop = pick.choice(_PROPERTIES)
    if prop == RDFS.label.value:
        return f'<{pick.choice(_THINGS)}> <{prop}> "{pick.choice(_KEYS)} {pick.randrange(9)}"@ru'
    value = f'"{pick.randrange(99)}"' if prop == "urn:size" else f"<{pick.choice(_THINGS)}>"
    return f"<{pick.choice(_THINGS)}> <{prop}> {value}"


def _graphs(lines: Lines, folder: Path) -> dict[str, GraphFile]:
    folder.mkdir()
    return {
        graph: graph_files.write(
            folder / f"{number}.nq", sorted(f"{line} <{graph}> .\n" if graph else f"{line} .\n" for line in held)
        )
        for number, (graph, held) in enumerate(sorted(lines.items()))
        if held
    }


def _changed(lines: Lines, pick: random.Random) -> None:
    for _ in range(pick.choice((1, 3, 12))):
        held = lines.setdefault(pick.choice(_GRAPHS), set())
        if held and pick.random() < 0.4:
            held.remove(pick.choice(sorted(held)))
        else:
            held.add(_line(pick))
    if pick.random() < 0.3:
        lines.pop(pick.choice(sorted(lines)))


def _whole(graphs: Mapping[str, GraphFile], folder: Path, areas: Sequence[str]) -> Parted:
    folder.mkdir()
    return parted({graph: file.path for graph, file in graphs.items()}, Documents(BASE, "packs", areas), folder)


def _bytes(told: Parted) -> list[bytes]:
    return [file.read_bytes() for file in files_of(told.facts.folder)]


def _firsts(told: Parted) -> object:
    first = told.facts.firsts
    return (
        first.counts,
        list(first.examples.items()),
        first.properties(),
        {prop: first.of(prop.decode()) for prop in first.counts},
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_goes_on_is_what_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(firsts_of, "MOST", 20)
    monkeypatch.setattr(firsts_of, "_KEPT", 40)
    pick = random.Random(seed)
    lines: Lines = {graph: {_line(pick) for _ in range(90)} for graph in _GRAPHS[:3]}
    graphs = _graphs(lines, tmp_path / "graphs")
    areas: tuple[str, ...] = ()
    told, went_on = _whole(graphs, tmp_path / "whole", areas), 0
    for step in range(8):
        write_past(tmp_path / "site", str(step), told, graphs)
        _changed(lines, pick)
        former, graphs = told, _graphs(lines, tmp_path / f"graphs-{step}")
        areas = _AREAS[: max(len(areas), pick.randrange(len(_AREAS) + 1))]
        told = _whole(graphs, tmp_path / f"whole-{step}", areas)
        (tmp_path / f"on-{step}").mkdir()
        past = read_past(tmp_path / "site", str(step), former.topics)
        assert past is not None
        on = regrown(past, graphs, Documents(BASE, "packs", areas), tmp_path / f"on-{step}")
        if on is not None:
            went_on += 1
            _are_one(on, told, former)
    assert went_on > 3


def _are_one(on: Regrown, told: Parted, former: Parted) -> None:
    assert on.parted.topics == told.topics
    assert _bytes(on.parted) == _bytes(told)
    assert _firsts(on.parted) == _firsts(told)
    for document in {*told.topics, *former.topics}:
        named = {line[1 : line.index(b">")] for side in told.triples(document) for line in side}
        labels = [[each.label(iri) for iri in sorted(named)] for each in (former, told, on.parted)]
        assert labels[1] == labels[2]
        if document not in on.touched:
            assert former.triples(document) == told.triples(document) and labels[0] == labels[1]


def test_what_is_kept_of_another_state_or_in_part_is_of_no_use(tmp_path: Path) -> None:
    graphs = _graphs({_GRAPHS[0]: {_line(random.Random(1))}}, tmp_path / "graphs")
    told = _whole(graphs, tmp_path / "whole", ())
    write_past(tmp_path / "site", "one", told, graphs)
    assert read_past(tmp_path / "site", "one", told.topics) is not None
    assert read_past(tmp_path / "site", "other", told.topics) is None
    assert read_past(tmp_path / "elsewhere", "one", told.topics) is None
    (tmp_path / ".site.parted" / "objects.said").unlink()
    assert read_past(tmp_path / "site", "one", told.topics) is None
