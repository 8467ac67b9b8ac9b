"""Network views: what is read, how it is named and laid out, and the files that come out."""

import base64
import gzip
import hashlib
import json
import math
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from pobratim.content import content_root
from pobratim.errors import UsageError
from pobratim.network import (
    FORMATS,
    add_centrality,
    communities,
    network_graph,
    shortest_path,
    to_graph,
    views,
    write_network,
)
from pobratim.network.figure import LETTER, draw
from pobratim.network.layout import HEIGHT, WIDTH, Body, place
from pobratim.network.page import kept_parties, page_data, to_html
from pobratim.network.picture import to_svg
from pobratim.network.read import read_network
from pobratim.sparql.terms import Term
from pobratim.store.backend import GraphReader, QueryResult
from tests.support.app_built import needs_app
from tests.support.network_sample import GYMNASIUM_7, ID, SCHOOL_8, TIE_8_7, reader, sample, star

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


def test_everybody_has_a_place_of_their_own_in_the_frame_and_always_the_same() -> None:
    chance = random.Random(1)
    bodies = [Body(f"n{n}", "ru" if n % 2 else "by", bool(n % 2), 5) for n in range(300)]
    ties = [(f"n{chance.randrange(1, 300, 2)}", f"n{chance.randrange(0, 300, 2)}") for _ in range(600)]
    places = place(bodies, ties, ["by"])
    assert place(bodies, ties, ["by"]) == places
    spots = np.array(list(places.values()))
    assert spots.min() > 0 and spots[:, 0].max() < WIDTH and spots[:, 1].max() < HEIGHT
    apart = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))
    assert (apart < 8).sum() == len(bodies)


def test_who_is_abroad_stands_outside() -> None:
    figure = draw(page_data(sample(), "ru"))
    far = {
        code: [math.dist((n.x, n.y), (WIDTH / 2, HEIGHT / 2)) for n in figure.nodes if n.country == code]
        for code in ("ru", "by")
    }
    assert np.mean(far["ru"]) < np.mean(far["by"])


def test_names_lie_over_no_other_name_and_over_no_sign() -> None:
    figure = draw(page_data(star(60), "ru"))
    boxes = {n.id: (n.seat[0], n.seat[1] - 11, n.seat[0] + len(n.short) * LETTER, n.seat[1] + 4) for n in figure.nodes
             if n.seat}  # fmt: skip
    assert len(boxes) > 30
    for (a, one), (b, other) in combinations(boxes.items(), 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3], (a, b)
    for name, (left, top, right, bottom) in boxes.items():
        others = [node for node in figure.nodes if node.id != name]
        assert not [node.id for node in others if left < node.x < right and top < node.y < bottom]


def test_lines_tell_agreements_and_events_and_institutions_hang_on_their_towns() -> None:
    figure = draw(page_data(sample(), "ru"))
    ties = [line for line in figure.lines if not line.is_member]
    assert len(ties) == 11 and sum(bool(line.agreements) for line in ties) == 3
    widest = max(ties, key=lambda line: line.width)
    assert {widest.a, widest.b} == {"institution:ru-smolensk-school-8", "institution:by-vitebsk-gymnasium-7"}
    towns = {line.a for line in figure.lines if line.is_member}
    assert {"ru-smolensk", "by-vitebsk"} <= towns <= {node.id for node in figure.nodes}
    assert {node.shape for node in figure.nodes if node.id in towns} == {"dot"}


def test_a_large_network_is_cut_to_the_best_tied() -> None:
    kept = kept_parties(star(40), 21)
    assert len(kept) == 21 and "hub" in kept
    assert page_data(star(40), "ru").ego["more"] is False


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
    root = ElementTree.fromstring(to_svg(sample(), "ru").encode())
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Связи организаций", "22 участника · 11 связей · 13 мероприятий", "организация"} <= texts
    assert any("& ремёсел" in (text or "") for text in texts)
    assert "Ties of organisations" in to_svg(sample(), "en")


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


def _held(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="network-held">(.*?)</script>', page, re.DOTALL)
    assert found
    held: dict[str, Any] = json.loads(found[1])
    return held


def test_the_page_refers_to_nothing_outside() -> None:
    page = to_html(sample(), "ru")
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(src|action|data)\s*=|href\s*=\s*\"(?!#)", markup)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style and "@import" not in style[1] and not re.search(r"url\((?!data:)", style[1])
    assert "sourceMappingURL" not in page
    assert "default-src 'none'" in page


def test_data_cannot_end_its_script() -> None:
    page = to_html(sample(), "ru")
    assert page.count("</script>") == page.count("<script")
    assert any('<script>alert("x")</script>' in ground["title"] for ground in _held(page)["grounds"])


def test_the_page_is_in_the_wanted_language() -> None:
    russian, english = to_html(sample(), "ru"), to_html(sample(), "en")
    assert '<html lang="ru">' in russian and "<title>Связи организаций</title>" in russian
    assert '<html lang="en">' in english and "<title>Ties of organisations</title>" in english


def test_a_tie_holds_what_it_rests_on_once_and_whom_its_phrases_name() -> None:
    made = page_data(sample(), "ru")
    tie = made.ties["institution-by-vitebsk-gymnasium-7-ru-smolensk-school-8"]
    grounds = [made.grounds[number] for number in tie.grounds]
    assert [ground.kind for ground in grounds] == ["event"] * 3
    assert (tie.topics, tie.years) == (("образование", "язык"), ("2023", "2024"))
    assert grounds[0].when == "2023-01-16/2023-01-26"
    rows = [made.rows[number] for ground in grounds for number in ground.rows]
    named = {text[start:end] for row in rows for _, text, marks in row.cells for start, end, ref in marks
             if ref == "institution:by-vitebsk-gymnasium-7"}  # fmt: skip
    assert any("Гимназия № 7" in name for name in named)
    numbers = [number for ground in made.grounds for number in ground.rows]
    assert len(made.rows) == len(set(numbers)) < len(numbers)


def test_one_party_asked_for_is_in_the_middle() -> None:
    assert page_data(sample("partner", name="Витебск"), "ru").first == "?seed=by-vitebsk"
    assert page_data(sample(), "ru").first == "" == page_data(sample("school-links"), "ru").first


def test_the_policy_lets_this_script_run_and_nothing_else() -> None:
    needs_app()
    page = to_html(sample(), "ru")
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy and policy.startswith("default-src 'none';")


def test_where_no_script_is_built_the_table_tells_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.papers.network_file._script", lambda: "")
    page = to_html(sample(), "ru")
    assert page.count("<tr><td>") == 11 and "<script>" not in page and "JavaScript" in page


def test_pyvis_draws_the_same_and_asks_nobody(tmp_path: Path) -> None:
    out = tmp_path / "vis.html"
    write_network("institutions", {}, reader(), out, "ru", "pyvis")
    page = out.read_text(encoding="utf-8")
    assert not re.search(r'<(?:link|script)\b[^>]*(?:href|src)="(?:https?:)?//', page)
    assert "vis.DataSet" in page and "institution:by-vitebsk-gymnasium-7" in page
    with pytest.raises(UsageError, match="network-engine-pages"):
        write_network("institutions", {}, reader(), tmp_path / "vis.svg", "ru", "pyvis")


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
    plain = _held(to_html(sample(), "ru"))
    monkeypatch.setattr("pobratim.papers.network_file.PLAIN", 10)
    packed = to_html(sample(), "ru")
    found = re.search(r'<script type="application/gzip;base64" id="network-held">(.*?)</script>', packed, re.DOTALL)
    assert found and json.loads(gzip.decompress(base64.b64decode(found[1]))) == plain
    assert packed == to_html(sample(), "ru")


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


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_a_graph_file_reads_no_rows_of_reports(tmp_path: Path, ending: str) -> None:
    counting = _Counting(reader())
    told = write_network("institutions", {}, counting, tmp_path / f"n.{ending}", "ru")  # type: ignore[arg-type]
    ties = {iri: replace(tie, entries=(), bases={}) for iri, tie in sample("institutions").ties.items()}
    assert told.ties == ties and not told.entries and counting.asked <= 6


def test_of_a_large_network_betweenness_is_estimated_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(begun: int) -> dict[str, float]:
        monkeypatch.setattr("pobratim.network.analysis._BEGUN", begun)
        graph = to_graph(sample())
        add_centrality(graph)
        return {node: float(graph.nodes[node]["betweenness"]) for node in graph}

    exact = measured(1)
    monkeypatch.setattr("pobratim.network.analysis.EXACT", 2)
    assert measured(10_000) == exact
    estimated = measured(len(exact) // 2)
    assert estimated == measured(len(exact) // 2) != exact
    assert max(estimated, key=estimated.__getitem__) == max(exact, key=exact.__getitem__)
