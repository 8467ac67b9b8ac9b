"""What a LIMIT cuts is in a total order, so that the same data give the same answer wherever they lie."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples

from pobratim.query.library import library, queries_root
from pobratim.sparql.text import Token, tokens
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader, Reader

FILES = sorted(queries_root().rglob("*.rq"))
UNORDERED = {"evidence-some"}
"""Some of very many phrases, whichever the engine comes to first: to put 100,000 in order is what nobody waits for."""
GRAPH = "https://w3id.org/pobratim/graph/report/r"
HUB = "https://w3id.org/pobratim/id/place/hub"
POB = "https://w3id.org/pobratim/def#"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_cut_was_put_in_order_first(file: Path) -> None:
    assert bool(unordered(file.read_text(encoding="utf-8"))) == (file.stem in UNORDERED)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 5", 1),
        ("SELECT ?s { ?s ?p ?o } ORDER BY STR(?s) LIMIT 5", 1),
        ("SELECT ?s { ?s ?p ?o } ORDER BY DESC(?o) LIMIT 5", 1),
        ("SELECT ?s ?o { { SELECT DISTINCT ?s ?o { ?s ?p ?o } ORDER BY ?s LIMIT 5 } } ORDER BY ?s", 1),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 5 } } ORDER BY ?s LIMIT 5", 1),
        ("SELECT ?s ?o { { SELECT DISTINCT ?s ?o { ?s ?p ?o } ORDER BY STR(?s) ?o ?s LIMIT 5 } }", 0),
        ("SELECT $iri { { SELECT $iri { $iri ?p ?o } LIMIT 1 } }", 0),
        ("#+ limit\nSELECT ?s { ?s ?p ?o }", 0),
    ],
)
def test_the_lint_finds_what_is_cut_without_order(text: str, faults: int) -> None:
    assert len(unordered(text)) == faults


@pytest.fixture(scope="module")
def hub() -> list[Quad]:
    """A thing of which more is said, and at which more points, than its description takes."""
    thing, graph = NamedNode(HUB), NamedNode(GRAPH)
    quads = [Quad(thing, NamedNode(f"{POB}said"), Literal(f"слово {n % 700}", language=lang), graph)
             for n in range(1400) for lang in ("ru", "en")]  # fmt: skip
    for n in range(1500):
        other = NamedNode(f"https://w3id.org/pobratim/id/activity/{n * 7919 % 1500}")
        quads += [
            Quad(other, NamedNode(f"{POB}place"), thing, graph),
            Quad(other, NamedNode(POB + "edtf"), Literal(str(n)), graph),
        ]
        mention = NamedNode(f"https://w3id.org/pobratim/id/mention/a/{n}/place/0-1/places-0")
        quads += [
            Quad(mention, NamedNode("http://www.w3.org/ns/oa#hasBody"), other, graph),
            Quad(mention, NamedNode(POB + "value"), thing, graph),
        ]
    return quads


@pytest.mark.parametrize("name", ["description", "in", "out"])
def test_a_thing_is_described_alike_from_memory_and_from_disk(tmp_path: Path, hub: list[Quad], name: str) -> None:
    store = GenerationStore(tmp_path / "store")
    store.publish({GRAPH: hub}, {}, {})
    query = library(queries_root(), "pages")[name]
    links = {"doc": f"{HUB}/doc", "dataset": f"{HUB}/set", "licence": f"{HUB}/licence"}
    values = {"iri": HUB, **(links if name == "description" else {})}

    def said(reader: Reader) -> set[str]:
        result = query.run(reader, values, "ru")
        assert isinstance(result, QueryTriples | QuerySolutions)
        return {" ".join(map(str, row)) for row in result}

    wanted = said(MemoryReader(hub))
    assert wanted == said(MemoryReader(reversed(hub))) == said(store.open())
    assert len(wanted) >= 500


def unordered(text: str) -> list[str]:
    """Return the SELECTs that have a LIMIT and no total order.

    Total is an order whose keys name every variable of a sub-select, of the whole
    query one of them; one row that holds nothing but parameters is the same whichever it is.
    """
    found = list(tokens(text))
    return [
        " ".join(token.text for token in select)
        for select, is_whole in _selects(found)
        if _own(select, "LIMIT") is not None and not _is_total(select, is_whole)
    ]


def _selects(found: Sequence[Token]) -> Iterator[tuple[Sequence[Token], bool]]:
    """Yield the tokens of each SELECT up to where its group ends, and whether it is the whole query."""
    for index, token in enumerate(found):
        if token.word == "SELECT":
            depth, end = 0, index
            while end < len(found) and depth >= 0:
                depth += {"{": 1, "}": -1}.get(found[end].text, 0)
                end += 1
            yield found[index : end if depth >= 0 else end - 1], depth >= 0


def _own(select: Sequence[Token], word: str) -> int | None:
    """Return where a modifier of this SELECT stands, None where it has none."""
    depth = 0
    for index, token in enumerate(select):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.word == word:
            return index
    return None


def _is_total(select: Sequence[Token], is_whole: bool) -> bool:
    body = next(index for index, token in enumerate(select) if token.word in ("WHERE", "{"))
    listed = {token.text for token in select[:body] if token.variable and token.text.startswith("?")}
    if not listed:
        return True
    order, limit = _own(select, "ORDER"), _own(select, "LIMIT")
    if order is None or limit is None:
        return False
    depth, keys = 0, []
    for token in select[order:limit]:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.variable and depth == 0:
            keys.append(token.text)
    return bool(keys) if is_whole else listed <= set(keys)
