"""What graphs say is found by subject and by object in their files, as the lines have it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.facts import Facts
from pobratim.publishing.folder.parting import parted
from pobratim.site.asking import Term

BASE = "https://data.example.org"
A, B = f"{BASE}/id/place/a", f"{BASE}/id/place/a-b"
LONG = f"{BASE}/id/place/{'x' * 600}"
GRAPHS = {
    f"{BASE}/graph/one": [
        f'<{A}> <urn:name> "say \\"a\\"\\n\\\\ \\u0416" <{BASE}/graph/one> .',
        f'<{A}> <urn:name> "б"@ru <{BASE}/graph/one> .',
        f"<{A}> <urn:near> <{B}> <{BASE}/graph/one> .",
        f"<{LONG}> <urn:near> <{B}> <{BASE}/graph/one> .",
    ],
    f"{BASE}/graph/two": [
        f"<{A}> <urn:near> <{B}> <{BASE}/graph/two> .",
        f'<{A}> <urn:size> "3"^^<urn:number> <{BASE}/graph/two> .',
        f"<{B}> <urn:far> <{A}> <{BASE}/graph/two> .",
        f"<{B}> <urn:near> <{A}> <{BASE}/graph/two> .",
    ],
}


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Facts]:
    graphs = {}
    for number, (graph, lines) in enumerate(GRAPHS.items()):
        graphs[graph] = tmp_path / f"{number}.nq"
        graphs[graph].write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    found = parted(graphs, Documents(BASE), tmp_path).facts
    yield found
    found.close()


def test_what_graphs_say_of_a_thing_is_said_once(facts: Facts) -> None:
    said = facts.said(A)
    assert len(said) == len(set(said)) == 4
    assert set(said) == {
        ("urn:name", Term('say "a"\n\\ Ж', False)),
        ("urn:name", Term("б", False, "ru")),
        ("urn:near", Term(B, True)),
        ("urn:size", Term("3", False, "", "urn:number")),
    }
    assert facts.said(A, ("urn:size",)) == [("urn:size", Term("3", False, "", "urn:number"))]
    assert facts.said(f"{A}-") == []


def test_what_points_at_a_thing_is_found_by_property(facts: Facts) -> None:
    assert set(facts.pointing(B)) == {("urn:near", A), ("urn:near", LONG)} and len(facts.pointing(B)) == 2
    assert facts.pointing(A, "urn:far") == [("urn:far", B)]
    assert facts.pointing(A, "urn:none") == [] == facts.pointing("urn:nothing")
    assert facts.is_property("urn:size") and not facts.is_property("urn:none")


def test_what_is_closed_opens_again(facts: Facts) -> None:
    assert facts.pointing(A, "urn:near") == [("urn:near", B)]
    facts.close()
    assert facts.pointing(A, "urn:near") == [("urn:near", B)]


def test_where_nothing_is_said_nothing_is_found(tmp_path: Path) -> None:
    found = parted({}, Documents(BASE), tmp_path).facts
    assert found.said(A) == [] == found.pointing(A)
