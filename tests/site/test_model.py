"""The class diagram and the dictionary of terms: of the data, complete, readable, and fresh in the documents."""

import asyncio
import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.messages import LANGUAGES, Language
from pobratim.rdf.iris import VOCABULARY
from pobratim.site import diagram
from pobratim.site.arrows import Rectangle, label_at, route
from pobratim.site.asking import DataSet
from pobratim.site.diagram import model_svg
from pobratim.site.dictionary import COLUMNS, dictionary, terms_in_use
from pobratim.site.labels import OA, naming, shortened
from pobratim.site.reading import ReaderAsker
from pobratim.site.usage import Usage, plan, usage
from pobratim.store.reader import MemoryReader, Reader
from tests.support.model_sample import model
from tests.support.places import ROOT
from tests.support.sample_graph import data, ontology, ties

ID = "https://w3id.org/pobratim/id/"


def asked(reader: Reader) -> tuple[ReaderAsker, Usage]:
    asker = ReaderAsker(reader, DataSet("model"))
    return asker, asyncio.run(usage(asker))


def drawn(reader: Reader, lang: Language = "en") -> str:
    asker, found = asked(reader)
    return model_svg(found, asyncio.run(naming(asker, lang)))


@pytest.fixture(scope="module")
def used(example_store: Reader) -> tuple[ReaderAsker, Usage]:
    return asked(MemoryReader(example_store.quads()))


def test_every_class_in_use_has_its_place(used: tuple[ReaderAsker, Usage]) -> None:
    placed = {iri for box in plan().boxes for iri in (*box.classes, *box.also)}
    sample = MemoryReader([*data(), *ontology(), *ties()])
    for found in (used[1], asked(sample)[1], asked(model("sample"))[1]):
        assert {shortened(iri) for iri in found.classes} <= {shortened(iri) for iri in placed}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_in_use_is_named_and_explained(used: tuple[ReaderAsker, Usage], lang: Language) -> None:
    asker, found = used
    terms = terms_in_use(found, asyncio.run(naming(asker, lang)))
    assert [one.short for one in terms if one.label == one.short or not one.definition or ":" not in one.short] == []
    assert {one.iri for one in terms} >= {iri for iri in found.classes if iri.startswith(VOCABULARY)}
    assert terms[0].is_own and any(not one.is_own for one in terms)


def test_the_dictionary_says_what_a_property_joins(used: tuple[ReaderAsker, Usage]) -> None:
    rows = {str(row[0]): dict(zip(COLUMNS, row, strict=True)) for row in asyncio.run(dictionary(used[0]))}
    part, told = rows["cv:hasParticipant"], rows["pob:entryNumber"]
    assert part["from"] == "cv:Participation" and "org:FormalOrganization" in str(part["to"])
    assert (told["from"], told["to"], told["used"], told["example"]) == ("pob:ReportEntry", "xsd:integer", 34, "1")
    assert rows["pob:Report"]["example"] == f"{ID}report/smolensk-2023-q1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_to_who_took_part_is_drawn_and_all_fits(used: tuple[ReaderAsker, Usage], lang: Language) -> None:
    asker, found = used
    svg = model_svg(found, asyncio.run(naming(asker, lang)))
    root = ElementTree.fromstring(svg)
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    assert {
        "pob:Activity",
        "cv:Participation",
        "org:FormalOrganization",
        "cv:hasParticipation",
        "cv:hasParticipant",
    } <= {*texts}
    assert {"ru": "Мероприятие", "en": "Activity"}[lang] in texts and "33" in texts
    width, height = plan().size
    boxes = [
        Rectangle(*(float(element.attrib[name]) for name in ("x", "y", "width", "height")))
        for element in root.iter()
        if element.tag.endswith("rect") and "rx" in element.attrib
    ]
    assert len(boxes) > 20 and all(one.overlap(other) == 0 for one, other in combinations(boxes, 2))
    assert all(box.left + box.width <= width and box.top + box.height <= height for box in boxes)
    for x, y in _between(svg):
        assert not any(box.overlap(Rectangle(x, y, 0.1, 0.1)) for box in boxes), (
            f"an arrow passes behind a box at {x:g}, {y:g}"
        )
    assert "font-family" in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def _between(svg: str) -> Iterator[tuple[float, float]]:
    """Points of the arrows but for their ends."""
    for ends in re.findall(r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', svg):
        x, y, to_x, to_y = map(float, ends)
        yield from ((x + (to_x - x) * step / 40, y + (to_y - y) * step / 40) for step in range(1, 40))


def test_what_is_not_in_the_data_is_not_drawn() -> None:
    assert "pob:Tie" not in drawn(MemoryReader(ontology()))
    assert "<text" not in drawn(MemoryReader())


def test_mentions_without_a_class_are_known_by_their_address() -> None:
    mention, cell = NamedNode(f"{ID}mention/r/1/name/0-4/x"), NamedNode(f"{ID}cell/r/1/name")
    quads = [
        Quad(mention, NamedNode(OA + "hasBody"), NamedNode(f"{ID}activity/x")),
        Quad(mention, NamedNode(OA + "hasTarget"), NamedNode(f"{cell.value}#char=0,4")),
        Quad(mention, NamedNode(VOCABULARY + "rule"), Literal("name-cell")),
        Quad(cell, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(VOCABULARY + "Cell")),
    ]
    svg = drawn(MemoryReader(quads))
    assert "pob:Mention" in svg and "oa:hasTarget" in svg and "pob:rule, oa:hasBody" in svg


def test_texts_are_seen_on_their_grounds() -> None:
    for ink in (diagram.INK, diagram.SOFT, diagram.OWN):
        for ground in (diagram.PAPER, diagram.OWN_PAPER, diagram.BORROWED_PAPER):
            high, low = sorted((light(ink), light(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def light(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_arrows_go_straight_where_boxes_face_and_labels_keep_apart() -> None:
    one, right, below = Rectangle(0, 0, 100, 50), Rectangle(200, 10, 100, 50), Rectangle(20, 200, 100, 50)
    assert [point.y for point in route(one, right)] == [30, 30] and [point.x for point in route(one, below)] == [60, 60]
    assert route(one, Rectangle(300, 300, 10, 10))[0] == (100, 36)
    ends = route(one, right)
    first = label_at(*ends, 20, 20, [one, right])
    assert label_at(*ends, 20, 20, [one, right, first]).overlap(first) == 0


def test_the_pictures_of_the_documents_are_fresh(example_store: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from build_model_picture import pictures

    for file, svg in pictures(example_store).items():
        assert file.read_text(encoding="utf-8") == svg, f"run tools/build_model_picture.py: {file.name}"
