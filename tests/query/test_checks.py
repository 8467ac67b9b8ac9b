"""Checks of a store: shapes and queries, one row a fault."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.errors import ContentError
from pobratim.query import checks
from pobratim.query.checks import COLUMNS, Fault, check
from pobratim.store.reader import MemoryReader

P = NamedNode("http://e.example/p")
READER = MemoryReader(
    Quad(NamedNode(f"http://e.example/{name}"), P, Literal(value), NamedNode("http://g.example/1"))
    for name, value in (("a", "x"), ("b", "y"))
)
HEADER = '#+ summary: {ru: "Нельзя y", en: "No y"}\n'


@dataclass(frozen=True)
class _Violation:
    focus: str
    message: str


@pytest.fixture(autouse=True)
def _no_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "validate", lambda _: [])


def _queries(root: Path, **texts: str) -> Path:
    (root / "checks").mkdir()
    for name, query in texts.items():
        (root / "checks" / f"{name}.rq").write_text(HEADER + query, encoding="utf-8")
    return root


def test_a_row_of_a_check_is_a_fault(tmp_path: Path) -> None:
    root = _queries(tmp_path, no_y='SELECT ?s ?o ?none { ?s ?p ?o FILTER(?o = "y") }')
    assert check(READER, "ru", root) == [Fault("error", "no_y", "s=http://e.example/b, o=y", "Нельзя y")]
    assert check(READER, "en", root)[0].message == "No y"


def test_errors_stand_before_warnings(tmp_path: Path) -> None:
    root = _queries(tmp_path, a="#+ severity: warning\nSELECT ?s { ?s ?p ?o }", b="SELECT ?s { ?s ?p ?o }")
    found = check(READER, "ru", root)
    assert [(fault.severity, fault.check) for fault in found] == [("error", "b")] * 2 + [("warning", "a")] * 2
    assert len(found[0].row()) == len(COLUMNS)


def test_shapes_see_every_quad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def validate(quads: Iterable[Quad]) -> list[_Violation]:
        return [_Violation(str(quad.subject), "fault") for quad in quads]

    monkeypatch.setattr(checks, "validate", validate)
    found = check(READER, "ru", _queries(tmp_path))
    assert [fault.about for fault in found] == ["<http://e.example/a>", "<http://e.example/b>"]
    assert {fault.check for fault in found} == {"shacl"}


@pytest.mark.parametrize("query", ["ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"])
def test_a_check_must_select(query: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="check-not-select"):
        check(READER, "ru", _queries(tmp_path, wrong=query))
