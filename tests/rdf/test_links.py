"""Links out: GeoNames, Wikidata and the states' codes of municipalities, in a graph of their own and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal

from pobratim.entities import PlaceEntity, Resolution
from pobratim.errors import ContentError
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.rdf import links
from pobratim.rdf.emit import emit
from pobratim.rdf.iris import COUNTRY, DEFAULT_BASE, geonames_iri, graph_iri, wikidata_iri
from pobratim.rdf.links import CODE_DIGITS, country_links, links_graph, municipal_codes
from pobratim.store.reader import Reader
from tests.support.helpers_resolution import sample_resolution
from tests.support.places import ROOT

MATCH, IDENTIFIER = "http://www.w3.org/2004/02/skos/core#exactMatch", "http://purl.org/dc/terms/identifier"
SMOLENSK, VITEBSK = 491687, 620127


def _links(*places: PlaceEntity) -> set[tuple[str, str, str]]:
    found = set()
    for quad in links_graph(Resolution(places=list(places)), DEFAULT_BASE):
        value = quad.object.value if not isinstance(quad.object, tuple) else ""  # type: ignore[union-attr]
        found.add((str(quad.subject).strip("<>"), quad.predicate.value, value))
    return found


def _place(key: str, geonames: int, **more: str) -> PlaceEntity:
    return PlaceEntity(key, ("Город",), more.get("kind", "settlement"), "", "", geonames, wikidata=more.get("item", ""))


def test_a_town_is_linked_to_geonames_wikidata_and_its_states_code() -> None:
    node = f"{DEFAULT_BASE}/id/place/ru-smolensk"
    found = {link for link in _links(_place("ru-smolensk", SMOLENSK, item="Q2449")) if link[0] == node}
    assert found == {
        (node, MATCH, geonames_iri(SMOLENSK)),
        (node, MATCH, wikidata_iri("Q2449")),
        (node, IDENTIFIER, "oktmo:66701000"),
    }
    assert (f"{DEFAULT_BASE}/id/place/b", IDENTIFIER, "soato:2401000000") in _links(_place("b", VITEBSK))


def test_what_has_no_ids_has_no_links() -> None:
    assert not [link for link in _links(_place("x", 0)) if "/id/place/" in link[0]]
    assert not [link for link in _links(_place("x", SMOLENSK, kind="region")) if link[1] == IDENTIFIER]


def test_countries_are_linked_by_their_eu_concepts() -> None:
    found = _links()
    assert (f"{COUNTRY}BLR", MATCH, wikidata_iri("Q184")) in found
    assert (f"{COUNTRY}RUS", MATCH, geonames_iri(2017370)) in found
    assert len({link[0] for link in found}) == len(country_links())


def test_links_stand_in_one_graph_only(example_store: Reader) -> None:
    where = {str(q.graph_name).strip("<>") for q in example_store.quads() if q.predicate.value == MATCH}
    # Territories are concepts of ours that bear their item as notation: their link is part of the scheme.
    assert where == {graph_iri(DEFAULT_BASE, "links"), graph_iri(DEFAULT_BASE, "ontology")}
    inside = list(example_store.quads(graph_iri(DEFAULT_BASE, "links")))
    assert {q.predicate.value for q in inside} == {MATCH, IDENTIFIER}
    assert Literal("oktmo:66701000") in {q.object for q in inside}


def test_emission_of_links_does_not_depend_on_order() -> None:
    resolution = sample_resolution()
    turned = replace(resolution, places=resolution.places[::-1])
    name = graph_iri(DEFAULT_BASE, "links")
    assert emit(resolution, DEFAULT_BASE)[name] == emit(turned, DEFAULT_BASE)[name]


# The files of facts


def _rows(name: str) -> list[list[str]]:
    text = (ROOT / "ontology" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_every_code_is_of_the_town_that_it_names_and_of_its_region() -> None:
    gazetteer = Gazetteer.load()
    prefixes: dict[str, set[str]] = {}
    for scheme, code, geonames, name in _rows("municipal-codes.tsv"):
        town = gazetteer.by_number(int(geonames))
        assert town is not None and town.name == name
        assert town.country == {"oktmo": "RU", "soato": "BY"}[scheme] and len(code) == CODE_DIGITS[scheme]
        prefixes.setdefault(gazetteer.region_of(town), set()).add(code[: {"oktmo": 2, "soato": 1}[scheme]])
    assert all(len(found) == 1 for found in prefixes.values())
    # Nenets, Khanty-Mansi and Yamalo-Nenets lie within another region's range of codes.
    within = {"RU-NEN", "RU-KHM", "RU-YAN"}
    own = [min(found) for region, found in prefixes.items() if region not in within and region.startswith("RU")]
    assert len(own) == len(set(own))
    assert len(municipal_codes()) == len(_rows("municipal-codes.tsv"))


def test_the_centre_of_a_region_has_the_first_code_of_its_urban_okrugs() -> None:
    codes = {name: code for scheme, code, _, name in _rows("municipal-codes.tsv") if scheme == "oktmo"}
    assert all(code.endswith("000") for code in codes.values())
    centres = [code for code in codes.values() if code[2:5] == "701"]
    assert len(centres) == len({code[:2] for code in centres}) > 70


def test_every_country_that_is_linked_is_a_concept_and_no_item_stands_twice() -> None:
    rows = country_links()
    assert {notation for notation, _, _ in rows} <= {one.notation for one in lexicon().concepts("country")}
    for column in range(3):
        assert len({row[column] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "line", ["oktmo\t6670100\t491687\tСмоленск", "inn\t66701000\t491687\tСмоленск", "oktmo\t66701000"]
)
def test_a_malformed_line_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "municipal-codes.tsv").write_text(f"# head\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(links, "content_root", lambda: tmp_path)
    with pytest.raises(ContentError) as caught:
        municipal_codes.__wrapped__()
    assert caught.value.values == {"file": "municipal-codes.tsv", "line": "2"}
