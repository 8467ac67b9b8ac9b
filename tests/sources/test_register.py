"""Registers: rows that state agreements, from cells to ties; nothing lost, nothing said without its cell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions
from pyshacl import validate as pyshacl_validate
from rdflib import Graph

from pobratim.load.pipeline import extract, load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.query.checks import check
from pobratim.rdf.validate import validate
from pobratim.record import Place, Record, from_lines, to_lines
from pobratim.sources import Source, find_source
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.places import EXAMPLE, FIXTURES
from tests.support.sample_graph import ONTOLOGY, SUBCLASS, rdflib_graph

pytestmark = pytest.mark.slow

SOURCES = FIXTURES / "sources"
AGREEMENTS, TWINS, FINLAND = (SOURCES / name for name in ("agreements.csv", "twin-towns.html", "finland.tsv"))
POB = "https://w3id.org/pobratim/def#"
ID = "https://w3id.org/pobratim/id"
LEVEL = "https://w3id.org/pobratim/def/tie-level/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
PREFIXES = (
    f"PREFIX pob: <{POB}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dct: <http://purl.org/dc/terms/>"
)


@pytest.fixture(autouse=True)
def _no_folders_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POBRATIM_LOADERS", raising=False)


@pytest.fixture(scope="module")
def register() -> Source:
    return find_source("agreements-register")


@pytest.fixture(scope="module")
def read(register: Source) -> tuple[dict[int, Record], LoadReport]:
    records, report = extract([AGREEMENTS], Settings("RU-SMO", source=register))
    return {record.row: record for record in records}, report


@pytest.fixture(scope="module")
def reader(register: Source, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    store = GenerationStore(tmp_path_factory.mktemp("register") / "store")
    load([AGREEMENTS], store, Settings("RU-SMO", source=register))
    yield store.open()


def _rows(path: Path, source: str, home: str = "") -> list[Record]:
    return extract([path], Settings(home, source=find_source(source)))[0]


def _made(tmp_path: Path, register: Source, *lines: str, home: str = "RU-SMO") -> tuple[list[Record], LoadReport]:
    file = tmp_path / "register.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return extract([file], Settings(home, source=register))


def _codes(report: LoadReport) -> list[tuple[int | None, str]]:
    """Return what is told of rows; expectations are another test's."""
    return [(problem.row, problem.code) for problem in report.files[0].problems if problem.row is not None]


# From rows to records


def test_a_row_states_an_agreement_and_tells_of_no_event(read: tuple[dict[int, Record], LoadReport]) -> None:
    record = read[0][1]
    assert record.form == "register" and record.reporter == "Смоленск" and record.countries == ["BY"]
    [agreement] = record.agreements
    assert (agreement.kind, agreement.status, agreement.date) == ("twinning", "in-force", "1998-05-12")
    assert agreement.parties == ["Смоленск", "Витебск"]
    assert record.parties["Витебск"] == Place("Витебск", "BY") and record.title == "Смоленск — Витебск"
    assert not (record.kind or record.topics or record.places or record.ties or record.start)


def test_every_row_is_accounted_for(read: tuple[dict[int, Record], LoadReport]) -> None:
    records, report = read
    file = report.files[0]
    assert (file.rows, file.stored) == (8, 6) and sorted(records) == [1, 2, 3, 4, 5, 8]
    assert {row: problem.code for row, problem in file.left_out.items()} == {
        6: "register-no-partner",
        7: "date-no-such-date",
    }
    assert _codes(report) == [(8, "register-unknown-kind")] and report.exit_code == 1


def test_a_municipality_stands_for_the_rows_below(read: tuple[dict[int, Record], LoadReport]) -> None:
    assert [read[0][row].reporter for row in (2, 3, 4, 5)] == ["Смоленск"] * 3 + ["Руднянский район"]


def test_kinds_statuses_and_terms_are_read_in_words(read: tuple[dict[int, Record], LoadReport]) -> None:
    found = {row: record.agreements[0] for row, record in read[0].items()}
    assert (found[2].kind, found[2].status, found[2].date) == ("twinning", "in-force", "1985")
    assert (found[3].kind, found[3].status) == ("memorandum", "planned")
    assert (found[4].status, found[4].date, found[4].end) == ("ended", "1981", "2022")
    assert (found[5].kind, found[5].status, found[5].date) == ("contract", "in-force", "2015-06")
    assert found[8].kind == "other"


def test_an_unknown_town_survives_with_its_country(read: tuple[dict[int, Record], LoadReport]) -> None:
    place = read[0][3].parties["Заозёрный Ключ"]
    assert place == Place("Заозёрный Ключ", "BY")


def test_districts_and_codes_of_countries_are_read(read: tuple[dict[int, Record], LoadReport]) -> None:
    record = read[0][5]
    assert record.parties["Лиозненский район"].kind == "district"
    assert record.parties["Лиозненский район"].country == "BY"
    assert record.title == "Договор о сотрудничестве между Руднянским и Лиозненским районами"


def test_a_partner_may_have_the_name_of_the_municipality(read: tuple[dict[int, Record], LoadReport]) -> None:
    record = read[0][8]
    assert record.agreements[0].parties == ["Славгород", "Славгород (BY)"]
    assert record.parties["Славгород (BY)"].country == "BY" and record.home.country == "RU"


def test_every_value_has_its_cell_and_offsets(read: tuple[dict[int, Record], LoadReport]) -> None:
    for record in read[0].values():
        for one in record.evidence:
            assert one.exact and record.cells[one.column][one.start : one.end] == one.exact
        pointers = {one.value for one in record.evidence}
        assert {"/reporter", "/title", "/parties/1", "/agreements/0"} <= pointers
    exact = {one.value: (one.column, one.exact) for one in read[0][4].evidence}
    assert exact["/agreements/0/end"] == ("until", "2022") and exact["/agreements/0/date"] == ("since", "1981")
    assert exact["/agreements/0/status"] == ("agreement-status", "не действует")


def test_records_of_a_register_survive_their_storage(read: tuple[dict[int, Record], LoadReport]) -> None:
    records = list(read[0].values())
    assert from_lines(to_lines(records)) == records


def test_old_names_listed_countries_and_domestic_towns_of_a_page() -> None:
    records = _rows(TWINS, "saint-petersburg-twin-towns")
    assert [record.agreements[0].date for record in records] == ["1996", "2003", "1942"]
    assert [record.agreements[0].parties[1] for record in records] == ["Алма-Ата", "Вифлеем", "Воркута"]
    assert [record.countries for record in records] == [["KZ"], ["PS"], []]
    assert {record.reporter for record in records} == {"Санкт-Петербург"}
    assert all("section" not in record.cells for record in records)


def test_latin_names_become_the_towns_that_the_gazetteer_knows() -> None:
    records = _rows(FINLAND, "finnish-twin-towns")
    assert [record.agreements[0].parties for record in records] == [
        ["Васа", "Мальмё"],
        ["Котка", "Клайпеда"],
        ["Энонтекиё", "Ainabu"],
    ]
    assert records[2].parties["Ainabu"] == Place("Ainabu", "SE")
    partner = next(one for one in records[0].evidence if one.value == "/parties/1")
    assert (partner.exact, partner.rule, partner.confidence) == (
        "Malmö Municipality",
        "register-town-cell-shortened",
        0.8,
    )


def test_lines_of_a_cell_are_partners_each(tmp_path: Path, register: Source) -> None:
    records, _ = _made(tmp_path, register, "Город;Партнёр", 'Смоленск;"Витебск; Орша"')
    assert [one.parties[1] for one in records[0].agreements] == ["Витебск", "Орша"]
    assert [one.exact for one in records[0].evidence if one.value in ("/agreements/0", "/agreements/1")] == [
        "Витебск",
        "Орша",
    ]


def test_headings_above_rows_name_the_municipality(tmp_path: Path, register: Source) -> None:
    records, _ = _made(
        tmp_path, register, "№;Партнёр;Страна;Год", "Город Вязьма;;;", "1;Скидель;Беларусь;2004", "2;Минск;;"
    )
    assert [record.reporter for record in records] == ["Вязьма", "Вязьма"]
    assert records[1].parties["Минск"].country == "BY"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("Смоленск;Смоленск;Россия;", "register-own-partner"),
        (";Витебск;Беларусь;", "register-no-municipality"),
        ("Смоленск; Рудня;;", ""),
        ("Смоленск;Неведомск;;", "register-no-country"),
        ("Смоленск;Витебск;Гиперборея;", "register-unknown-country"),
        ("Смоленск;Витебск;;1998-2003, 2005", "register-several-dates"),
        ("Смоленск;Витебск;;1998, 2005", "register-several-dates"),
        ("Смоленск;Витебск;;осень 98", "date-not-read"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, register: Source, cells: str, code: str) -> None:
    _, report = _made(tmp_path, register, "Город;Партнёр;Страна;Год", cells)
    told = [*_codes(report), *((row, problem.code) for row, problem in report.files[0].left_out.items())]
    assert told == ([(1, code)] if code else [])


def test_dates_by_the_patterns_of_the_source(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "us"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        "form: register\ntitle: {ru: а, en: a}\npublisher: {ru: б, en: b}\n"
        "columns: {partner: [Partner], since: [Since]}\n"
        'constants: {municipality: Смоленск, kind: twinning}\ndates: ["%m/%d/%Y", "%m.%Y"]\n',
        encoding="utf-8",
    )
    source = find_source("us", [tmp_path / "mine"])
    lines = ("Partner;Since", "Витебск;5/12/1998", "Орша;03.2001", "Минск;13/13/1998", "Гродно;1998")
    records, report = _made(tmp_path, source, *lines)
    assert [record.agreements[0].date for record in records] == ["1998-05-12", "2001-03", ""]
    assert report.files[0].left_out[3].code == "date-no-such-date" and _codes(report) == [(4, "date-not-read")]


# In the graph


def _ask(reader: Reader, pattern: str) -> list[str]:
    """Return the values of ?x, sorted."""
    found = reader.query(f"{PREFIXES} SELECT ?x WHERE {{ {pattern} }}", {})
    assert isinstance(found, QuerySolutions)
    values = [row["x"] for row in found]
    return sorted(value.value for value in values if isinstance(value, (NamedNode, Literal)))


def test_an_entry_reports_nothing_and_states_its_agreement(reader: Reader) -> None:
    assert _ask(reader, "?entry pob:reports ?x") == [] and _ask(reader, "?x a pob:Activity") == []
    assert len(_ask(reader, "?x a pob:ReportEntry ; pob:states ?a . ?a a pob:Agreement")) == 6
    vitebsk = f"{ID}/agreement/1998-05-12-twinning-by-vitebsk-ru-smolensk"
    assert _ask(reader, f"<{vitebsk}> pob:party ?x") == [f"{ID}/place/by-vitebsk", f"{ID}/place/ru-smolensk"]
    assert _ask(reader, f"<{vitebsk}> pob:edtf ?x") == ["1998-05-12"]
    assert _ask(reader, f"<{vitebsk}> ^pob:value/pob:rule ?x")[0].startswith("register-")
    assert _ask(reader, "?a dct:valid ?x") == ["1981/2022"]


def test_ties_come_of_what_holds_at_all_levels(reader: Reader) -> None:
    town = f"?t a pob:Tie ; pob:level <{LEVEL}municipality> ; rdfs:label ?x"
    assert _ask(reader, town) == [
        "Витебск — Смоленск", "Лиозненский район — Руднянский район", "Славгород — Славгород", "Хаген — Смоленск",
    ]  # fmt: skip
    state = f"?t a pob:Tie ; pob:level <{LEVEL}country> ; rdfs:label ?x"
    assert _ask(reader, state) == ["Беларусь — Россия", "Германия — Россия"]
    assert _ask(reader, f"<{ID}/place/ru-smolensk> pob:partner ?x") == [
        f"{ID}/place/by-vitebsk",
        f"{ID}/place/de-khagen",
    ]
    assert set(_ask(reader, "?t a pob:Tie ; pob:eventCount ?x")) == {"0"}
    assert set(_ask(reader, "?t a pob:Tie ; pob:sides ?x")) == {"1"}


def test_an_unknown_town_is_a_place_of_its_country(reader: Reader) -> None:
    place = f"{ID}/place/by-zaozernyy-klyuch"
    assert _ask(reader, f"<{place}> rdfs:label ?x") == ["Заозёрный Ключ"]
    assert _ask(reader, f"<{place}> pob:country ?x") == [f"{COUNTRY}BLR"]


def test_checks_and_shapes_find_no_fault(reader: Reader) -> None:
    assert [fault for fault in check(reader, "ru") if fault.severity == "error"] == []
    data = [quad for quad in reader.quads() if "/graph/ontology" not in str(quad.graph_name)]
    named = {quad.object for quad in data}
    background = [quad for quad in reader.quads() if quad.subject in named or quad.predicate.value == SUBCLASS]
    graph = rdflib_graph([*data, *background])
    conforms, _, report = pyshacl_validate(graph, shacl_graph=Graph().parse(ONTOLOGY / "shapes.ttl"))
    assert conforms, report


def test_an_entry_that_tells_nothing_is_caught_whatever_else_it_states(reader: Reader) -> None:
    """A row of a register needs an agreement; a contact alone is not enough for any row."""
    states, entry = NamedNode(f"{POB}states"), NamedNode(f"{ID}/entry/agreements/1")
    kept = [quad for quad in reader.quads() if not (quad.subject == entry and quad.predicate == states)]
    contact = NamedNode(f"{ID}/contact/x")
    typed = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for extra in ([], [Quad(entry, states, contact), Quad(contact, typed, NamedNode(f"{POB}Contact"))]):
        faults = [(v.focus, v.shape.rpartition("/")[2], v.owners) for v in validate([*kept, *extra])]
        assert (entry.value, "ReportEntry-tells", (("agreements", 1),)) in faults


def test_reports_and_registers_lie_in_one_graph(tmp_path: Path, register: Source) -> None:
    store = GenerationStore(tmp_path / "store")
    load([EXAMPLE], store, Settings())
    before = _ask(store.open(), "?x a pob:Activity")
    first = load([AGREEMENTS], store, Settings("RU-SMO", source=register))
    again = load([AGREEMENTS], store, Settings("RU-SMO", source=register))
    assert first.files[0].state == "loaded" and again.files[0].state == "unchanged" and again.changes == {}
    reader = store.open()
    assert _ask(reader, "?x a pob:Activity") == before
    assert not [fault for fault in check(reader, "ru") if fault.severity == "error"]
    kinds = f"?t a pob:Tie ; pob:party <{ID}/place/by-vitebsk>, <{ID}/place/ru-smolensk> ; dct:type ?x"
    assert _ask(reader, kinds) == ["https://w3id.org/pobratim/def/tie-kind/partnership"]


# The lists of the world


@pytest.mark.shared
def test_the_page_of_saint_petersburg(shared: Path) -> None:
    page = shared / "data" / "twin-towns" / "spb-table.html"
    records, report = extract([page], Settings(source=find_source("saint-petersburg-twin-towns")))
    assert report.exit_code == 0 and report.files[0].rows == len(records) == 23
    assert report.totals["agreements"] == 23 and report.totals["places"] == 24
    found = {record.agreements[0].parties[1]: record for record in records}
    assert found["Гамбург"].agreements[0].date == "1957" and found["Вифлеем"].countries == ["PS"]
    assert found["Воркута"].countries == [] and found["Нур-Султан"].countries == ["KZ"]


@pytest.mark.shared
def test_the_extract_of_finland(shared: Path, tmp_path: Path) -> None:
    table = shared / "data" / "twin-towns" / "finland-wikidata.tsv"
    store = GenerationStore(tmp_path / "store")
    report = load([table], store, Settings(source=find_source("finnish-twin-towns")))
    assert report.exit_code == 0 and not report.files[0].problems
    # 521 rows name 509 pairs; sixteen of them twice, with and without «Municipality», and one from both sides.
    assert (report.files[0].rows, report.files[0].stored, report.totals["agreements"]) == (521, 521, 492)
    reader = store.open()
    russian = f"?t a pob:Tie ; pob:level <{LEVEL}municipality> ; pob:party ?x . ?x pob:country <{COUNTRY}RUS>"
    towns = set(_ask(reader, russian))
    assert {f"{ID}/place/ru-{name}" for name in ("petrozavodsk", "vyborg", "nizhniy-novgorod", "murmansk")} <= towns
    assert [fault for fault in check(reader, "ru") if fault.severity == "error"] == []
