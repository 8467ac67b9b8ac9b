"""Network views: what is read, how it is named and laid out, and the files that come out."""

import base64
import gzip
import hashlib
import json
import random
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from pobratim import network
from pobratim.content import content_root
from pobratim.errors import UsageError
from pobratim.network import (
    FORMATS,
    add_centrality,
    communities,
    network_graph,
    shortest_path,
    views,
    write_network,
)
from pobratim.network.figure import draw
from pobratim.network.labels import label_lines
from pobratim.network.layout import Box, place_nodes
from pobratim.network.packing import pack
from pobratim.network.page import page_data, to_html
from pobratim.network.picture import to_svg
from pobratim.network.read import read_network
from pobratim.network.words import number_of, strings
from pobratim.sparql.terms import Term
from pobratim.store.backend import GraphReader, QueryResult
from tests.support.network_sample import GYMNASIUM_7, ID, SCHOOL_8, TIE_8_7, reader, sample, star
from tests.support.places import ROOT

# Reading


def test_there_is_a_view_for_each_level_a_pair_and_a_partner() -> None:
    assert set(views()) >= {"institutions", "municipalities", "countries", "school-links", "partner"}


def test_institutions_come_with_their_facts() -> None:
    network = sample()
    assert (len(network.parties), len(network.ties)) == (17, 11)
    party = network.parties[GYMNASIUM_7]
    assert party.names["ru"] == "ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»"
    assert (party.short, party.place, party.type) == ("Гимназия № 7", "Витебск", "organisation")
    assert party.others == ("Гимназия № 7 г. Витебска",)
    assert network.code(party.country) == "BY"
    assert network.word(party.kind, "en") == "gymnasium"


def test_a_tie_has_count_span_topics_and_its_rows() -> None:
    network = sample()
    tie = network.ties[TIE_8_7]
    assert {tie.a, tie.b} == {SCHOOL_8, GYMNASIUM_7}
    assert (tie.events, tie.start, tie.end, tie.sides) == (3, "2023-01-16", "2024-05-31", 1)
    assert [network.word(topic, "ru") for topic in tie.topics] == ["образование", "язык"]
    rows = {(network.entries[entry].number, network.entries[entry].reporter) for entry in tie.entries}
    assert rows == {(6, "Смоленск"), (14, "Смоленск"), (2, "Смоленск")}


def test_a_row_quotes_its_cells_in_the_order_of_the_form() -> None:
    entry = sample().entries[f"{ID}entry/smolensk-2023-q1/6"]
    assert [cell.column.rpartition("/")[2] for cell in entry.cells] == [
        "name",
        "place",
        "dates",
        "purpose",
        "participants",
    ]
    assert entry.cells[2].text == "16-26 января 2023 года"
    assert entry.report.startswith("Отчет органов местного самоуправления")
    assert entry.edtf == "2023-01-16/2023-01-26"


def test_every_mark_quotes_a_spelling_of_what_it_marks() -> None:
    network = sample()
    checked = 0
    for entry in network.entries.values():
        for cell in entry.cells:
            for start, end, body in cell.marks:
                if body in network.parties:
                    party = network.parties[body]
                    assert cell.text[start:end] in {*party.names.values(), *party.others}
                    checked += 1
    assert checked > 20


def test_agreements_come_with_kind_status_and_day() -> None:
    network = sample()
    agreements = [item for tie in network.ties.values() for item in tie.agreements]
    found = {(network.word(item.kind, "ru"), network.word(item.status, "ru"), item.edtf) for item in agreements}
    assert found == {
        ("договор", "действует", ""),
        ("соглашение", "подписано", "2023-01-27"),
        ("договор", "подписано", "2023-02-25"),
    }


def test_municipalities_and_countries_add_up_their_institutions() -> None:
    towns, countries = sample("municipalities"), sample("countries")
    pairs = {
        frozenset((towns.parties[tie.a].names["ru"], towns.parties[tie.b].names["ru"])): tie
        for tie in towns.ties.values()
    }
    assert pairs[frozenset(("Смоленск", "Витебск"))].events == 8
    assert frozenset(("Хиславичский район", "Горецкий район")) in pairs
    assert {party.type for party in towns.parties.values()} == {"municipality"}
    assert {party.type for party in countries.parties.values()} == {"country"}
    assert {party.names["en"] for party in countries.parties.values()} == {"Russia", "Belarus", "France"}


def test_school_links_are_schools_of_the_two_towns_only() -> None:
    network = sample("school-links")
    assert network.values == {"city": "Смоленск", "partner": "Витебск"}
    assert len(network.ties) == 5
    assert {party.place for party in network.parties.values()} == {"Смоленск", "Витебск"}
    assert {network.word(party.kind, "ru") for party in network.parties.values()} == {
        "школа",
        "гимназия",
        "школа искусств",
    }
    assert len(sample("school-links", city="смоленск", partner="ГРОДНО").ties) == 1


@pytest.mark.parametrize(
    ("name", "ties"),
    [
        ("Витебск", 7),
        ("витебск", 7),
        ("МАЗ", 1),
        ("Хиславичский район", 3),
        ("Тюль", 1),
        ("г. Витебска", 7),
        ("ru-smo-khislavichskiy-rayon", 3),
    ],
)
def test_a_partner_is_found_by_name_alias_or_town(name: str, ties: int) -> None:
    assert len(sample("partner", name=name).ties) == ties


def test_a_wrong_view_or_parameter_is_a_usage_error() -> None:
    with pytest.raises(UsageError) as unknown:
        sample("planets")
    assert "institutions" in unknown.value.values["known"]
    with pytest.raises(UsageError):
        sample("partner")
    with pytest.raises(UsageError):
        sample("institutions", name="Витебск")


# Names


def test_label_lines_are_at_most_two_and_the_place() -> None:
    assert label_lines("Отделение Посольства Республики Беларусь в Российской Федерации", "Минск") == [
        "Отделение Посольства",
        "Республики Беларусь…",
        "Минск",
    ]
    assert label_lines("Смоленский Планетарий", "Смоленск") == ["Смоленский Планетарий"]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 событие"), (3, "3 события"), (11, "11 событий"), (22, "22 события"), (25, "25 событий")],
)
def test_numbers_agree_with_their_nouns(count: int, said: str) -> None:
    assert number_of("events", count, "ru") == said


def test_both_languages_have_the_same_words() -> None:
    assert strings("ru").keys() == strings("en").keys()


# Graph


def test_the_graph_has_typed_attributes() -> None:
    graph = network_graph("institutions", {}, reader())
    assert graph.nodes[SCHOOL_8]["country"] == "RU"
    edge = graph.edges[SCHOOL_8, GYMNASIUM_7, TIE_8_7]
    assert (edge["events"], edge["agreements"], edge["topics"]) == (3, 0, "образование; язык")
    english = network_graph("institutions", {}, reader(), "en")
    assert english.edges[SCHOOL_8, GYMNASIUM_7, TIE_8_7]["kind"] == "contact"


def test_centrality_and_communities() -> None:
    graph = network_graph("institutions", {}, reader())
    add_centrality(graph)
    assert graph.nodes[GYMNASIUM_7]["degree"] == 3
    assert max(graph, key=lambda node: float(graph.nodes[node]["betweenness"])) == GYMNASIUM_7
    groups = communities(graph)
    assert sorted(node for group in groups for node in group) == sorted(graph)
    assert groups == communities(graph)
    assert len(groups[0]) >= len(groups[-1]) == 2


def test_the_path_between_two_partners() -> None:
    graph = network_graph("institutions", {}, reader())
    path = shortest_path(graph, "СШ № 8", "СШ № 40")
    assert [graph.nodes[node]["short"] for node in path] == ["СШ № 8", "Гимназия № 7", "СШ № 33", "СШ № 40"]
    assert shortest_path(graph, "СШ № 8", "Минский автомобильный завод") == []
    with pytest.raises(UsageError):
        shortest_path(graph, "СШ № 8", "Гимназия № 7")


# Layout


def test_packed_rectangles_do_not_overlap_and_keep_the_shape() -> None:
    sizes = [(300.0, 200.0), *[(100.0 + 10 * (i % 4), 60.0 + 7 * (i % 5)) for i in range(40)]]
    corners = pack(sizes, 1.5)
    for (a, (ax, ay)), (b, (bx, by)) in combinations(zip(sizes, corners, strict=True), 2):
        assert ax + a[0] <= bx + 0.5 or bx + b[0] <= ax + 0.5 or ay + a[1] <= by + 0.5 or by + b[1] <= ay + 0.5
    width = max(x + size[0] for size, (x, _) in zip(sizes, corners, strict=True))
    height = max(y + size[1] for size, (_, y) in zip(sizes, corners, strict=True))
    assert 1.0 < width / height < 2.2
    assert pack([], 1.5) == []


@pytest.mark.parametrize("leaves", [3, 30, 120])
def test_no_two_labels_overlap(leaves: int) -> None:
    graph: nx.Graph[str] = nx.Graph([("hub", f"leaf{i}") for i in range(leaves)])
    box = Box(60.0, 12.0, 50.0)
    for home in (frozenset({"hub"}), frozenset[str]()):
        (spots,) = place_nodes(graph, dict.fromkeys(graph, box), home, [1.4])
        for (x1, y1), (x2, y2) in combinations(spots.values(), 2):
            assert abs(x1 - x2) >= 2 * box.half - 3 or abs(y1 - y2) >= box.above + box.below - 3


def test_home_stands_left_of_its_partners() -> None:
    figure = draw(sample())
    spots = {node.party.id: node.wide for node in figure.nodes}
    home = figure.countries[0][0]
    country = {node.party.id: node.party.country for node in figure.nodes}
    assert figure.network.code(home) == "RU"
    for line in figure.lines:
        ends = sorted((line.tie.a, line.tie.b), key=lambda end: country[end] != home)
        assert spots[ends[0]][0] < spots[ends[1]][0]


def test_lines_tell_agreements_and_events() -> None:
    lines = {line.tie.id: line for line in draw(sample()).lines}
    assert all(line.dashed == (not line.tie.agreements) for line in lines.values())
    assert lines[TIE_8_7].width > min(line.width for line in lines.values())


def test_a_large_network_is_cut_to_the_best_tied_and_says_so() -> None:
    figure = draw(star(40), limit=21)
    assert (len(figure.nodes), figure.all_nodes, figure.all_ties) == (21, 43, 41)
    assert "hub" in {node.party.id for node in figure.nodes}
    shown = {node.party.id for node in figure.nodes}
    assert all(line.tie.a in shown and line.tie.b in shown for line in figure.lines)
    assert page_data(figure, "ru")["total"] == {"nodes": 43, "ties": 41}


# Files


@pytest.mark.parametrize("extension", [extension for extension in FORMATS if extension != ".png"])
def test_the_same_data_give_the_same_bytes(extension: str, tmp_path: Path) -> None:
    for name in "ab":
        write_network("institutions", {}, reader(), tmp_path / f"{name}{extension}", "ru")
    assert (tmp_path / f"a{extension}").read_bytes() == (tmp_path / f"b{extension}").read_bytes()


@pytest.mark.parametrize("extension", [extension for extension in FORMATS if extension != ".png"])
def test_an_empty_network_can_be_written(extension: str, tmp_path: Path) -> None:
    out = tmp_path / f"none{extension}"
    write_network("school-links", {"partner": "Смоленск"}, reader(), out, "ru")
    assert out.stat().st_size > 100


def test_an_unknown_extension_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        write_network("institutions", {}, reader(), tmp_path / "x.docx", "ru")
    assert ".graphml" in refused.value.values["known"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("extension", [".graphml", ".gexf"])
def test_graph_files_come_back_whole(extension: str, tmp_path: Path) -> None:
    out = tmp_path / f"ties{extension}"
    write_network("institutions", {}, reader(), out, "ru")
    back = nx.read_graphml(out, force_multigraph=True) if extension == ".graphml" else nx.read_gexf(out)
    graph = network_graph("institutions", {}, reader())
    assert set(back) == set(graph)
    assert back.number_of_edges() == graph.number_of_edges()
    node = back.nodes[GYMNASIUM_7]
    assert node["label"] == "ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»"
    assert isinstance(node["degree"], int)
    assert isinstance(node["betweenness"], float)
    assert {facts["events"] for _, _, facts in back.edges(data=True)} == {1, 2, 3}
    told = {(tie["date"], tie["first"], tie["last"], tie["precision"]) for _, _, tie in back.edges(data=True)}
    assert ("2024-05", "2024-05-01", "2024-05-31", "месяц") in told
    assert ("2023-01-16/2024-05", "2023-01-16", "2024-05-31", "период") in told
    lifetimes = {(tie.get("start"), tie.get("end")) for _, _, tie in back.edges(data=True)}
    days = {(first, last) for _, first, last, _ in told}
    assert lifetimes == (days if extension == ".gexf" else {(None, None)})
    assert b"lastmodified" not in out.read_bytes()


def test_the_svg_is_well_formed_and_escaped() -> None:
    root = ElementTree.fromstring(to_svg(draw(sample()), "ru").encode())
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Связи учреждений", "17 партнёров · 11 связей · 13 событий", "есть соглашение"} <= texts
    assert any("& ремёсел" in (text or "") for text in texts)
    assert "Ties of institutions" in to_svg(draw(sample()), "en")


def test_a_png_is_a_png_or_tells_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "ties.png"
    monkeypatch.setattr("pobratim.network.picture.find_spec", lambda _: None)
    with pytest.raises(UsageError, match="network-format-needs-extra"):
        write_network("institutions", {}, reader(), out, "ru")
    assert not out.exists()
    monkeypatch.undo()
    pytest.importorskip("resvg_py")
    write_network("institutions", {}, reader(), out, "ru")
    assert out.read_bytes().startswith(b"\x89PNG\r\n")


# The page


def _data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_page_refers_to_nothing_outside() -> None:
    page = to_html(draw(sample()), "ru")
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(src|href|action|data)\s*=", markup)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style and "url(" not in style[1] and "@import" not in style[1]
    assert "sourceMappingURL" not in page
    assert "default-src 'none'" in page


def test_data_cannot_end_its_script() -> None:
    page = to_html(draw(sample()), "ru")
    assert page.count("</script>") == 2
    data = _data(page)
    entries = data["entries"]
    assert isinstance(entries, dict)
    assert any('<script>alert("x")</script>' in entry["title"] for entry in entries.values())


def test_the_page_is_in_the_wanted_language_and_has_both() -> None:
    russian, english = to_html(draw(sample()), "ru"), to_html(draw(sample()), "en")
    assert '<html lang="ru">' in russian and "<title>Связи учреждений</title>" in russian
    assert '<html lang="en">' in english and "<title>Ties of institutions</title>" in english
    assert set(_data(russian)["strings"]) == {"ru", "en"}  # type: ignore[call-overload]


def test_every_word_that_the_script_asks_for_exists() -> None:
    viz = ROOT / "viz"
    script, page = ((viz / name).read_text(encoding="utf-8") for name in ("network.js", "network.html"))
    asked = set(re.findall(r'\bt\("(\w+)"', script)) | set(re.findall(r'data-t(?:-\w+)?="(\w+)"', page))
    assert len(asked) > 30
    assert asked <= strings("ru").keys()
    # Types of parties and what Python asks for are words too.
    python = "".join(file.read_text(encoding="utf-8") for file in Path(network.__path__[0]).glob("*.py"))
    assert [key for key in strings("ru").keys() - asked if f'"{key}"' not in script + python] == []


def test_the_policy_lets_this_script_run_and_nothing_else() -> None:
    page = to_html(draw(sample()), "ru")
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    assert script == (content_root() / "viz" / "network.js").read_text(encoding="utf-8")
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy and policy.startswith("default-src 'none';")


def test_the_kind_of_school_links_is_in_the_ontology() -> None:
    kinds = {
        quad.subject.value
        for quad in parse(
            (content_root() / "ontology" / "organisation-kinds.ttl").read_bytes(), format=RdfFormat.TURTLE
        )
        if isinstance(quad.subject, NamedNode)
    }
    asked = set(re.findall(r"<(\S+/organisation-kind/[^>]+)>", views()["school-links"].query.text))
    assert asked and asked <= kinds


def test_many_rows_are_compressed_in_the_page_and_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = to_html(draw(sample()), "ru")
    monkeypatch.setattr("pobratim.network.page.PLAIN", 10)
    packed = to_html(draw(sample()), "ru")
    found = re.search(r'<script type="application/gzip;base64" id="data">(.*?)</script>', packed, re.DOTALL)
    wanted = json.loads(json.dumps(page_data(draw(sample()), "ru")))
    assert found and json.loads(gzip.decompress(base64.b64decode(found[1]))) == wanted
    assert len(packed) < len(plain) and packed == to_html(draw(sample()), "ru")


class _Counting:
    """A reader that counts what it is asked."""

    def __init__(self, reader: GraphReader) -> None:
        self.reader, self.asked = reader, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.reader, name)

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        self.asked += 1
        return self.reader.query(sparql, bindings)


@pytest.mark.parametrize("view", ["institutions", "municipalities", "countries"])
def test_a_view_asks_ten_questions_at_most_however_large_it_is(view: str) -> None:
    counting = _Counting(reader())
    assert read_network(view, {}, counting).ties == sample(view).ties  # type: ignore[arg-type]
    assert counting.asked <= 10


def test_hundreds_of_boxes_are_placed_apart_and_always_alike() -> None:
    chance = random.Random(1)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((f"h{n}", f"a{int(300 * chance.random() ** 2)}") for n in range(300) for _ in range(2))
    boxes = {node: Box(60, 15, 40) for node in graph}
    home = frozenset(node for node in graph if node.startswith("h"))
    [places] = place_nodes(graph, boxes, home, [1.45])
    assert place_nodes(graph, boxes, home, [1.45]) == [places]
    nodes = sorted(places)
    spots = np.array([places[node] for node in nodes])
    apart = np.abs(spots[:, None] - spots[None, :])
    overlapping = (apart[..., 0] < 118) & (apart[..., 1] < 53)
    assert overlapping.sum() == len(nodes)
