"""Sources: the shipped ones, strict reading, where they are looked for, the scaffold, expectations."""

import json
from pathlib import Path

import pytest
import yaml

from pobratim.cli import run
from pobratim.content import content_root
from pobratim.errors import UsageError
from pobratim.load.pipeline import extract, load
from pobratim.load.settings import Settings
from pobratim.messages import explain, text
from pobratim.record import Agreement, Place, Record
from pobratim.sources import (
    Expected,
    MappedNamer,
    default_folders,
    expectation_faults,
    find_source,
    list_sources,
    new_source,
    read_source,
    source_folders,
)
from pobratim.store.directory import GenerationStore
from tests.support.places import FIXTURES, ROOT

pytestmark = pytest.mark.slow

SOURCES = FIXTURES / "sources"
CATALOGUE = ROOT / "src" / "pobratim" / "catalogue" / "sources.yml"
EVENTS = SOURCES / "events.csv"
HEAD = "title: {ru: а, en: a}\npublisher: {ru: б, en: b}\n"
EVENTS_FORM = f"form: events\n{HEAD}"
TABLE = f"form: table\n{HEAD}columns: {{name: [name], dates: [dates], place: [place], municipality: [municipality]}}\n"
REGISTER = f"form: register\n{HEAD}columns: {{partner: [П]}}\nconstants: {{municipality: Псков, kind: twinning}}\n"
SHIPPED = {
    "agreements-register": "register",
    "event-report": "events",
    "events-csv": "table",
    "finnish-twin-towns": "register",
    "narrative": "prose",
    "saint-petersburg-twin-towns": "register",
    "smolensk-oblast": "events",
    "twin-towns-list": "register",
    "wikidata-twin-towns": "wikidata",
}


@pytest.fixture(autouse=True)
def _no_folders_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("POBRATIM_LOADERS", raising=False)
    monkeypatch.chdir(tmp_path)


def _folder(root: Path, content: str, name: str = "pskov") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(content, encoding="utf-8")
    return folder


# The shipped sources


def test_every_shipped_source_is_valid_and_says_what_it_is() -> None:
    found = {source.name: source for source in list_sources()}
    assert {name: source.form for name, source in found.items()} == SHIPPED
    for source in found.values():
        assert source.title.keys() == source.publisher.keys() == {"ru", "en"}
        assert source.expected.rows_min and source.edition


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_comments_of_shipped_sources_are_in_both_languages(name: str) -> None:
    comments = [line for line in find_source(name).file.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    russian = [any("а" <= char <= "я" for char in line.lower()) for line in comments]
    assert True in russian and False in russian


def test_the_readme_lists_every_source() -> None:
    readme = (content_root() / "loaders" / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` | {form} |" in readme for name, form in SHIPPED.items())


# Strict reading


@pytest.mark.parametrize(
    ("content", "code", "key"),
    [
        (f"{EVENTS_FORM}colums: {{}}\n", "source-key-unknown", "colums"),
        (f"{EVENTS_FORM}expected: {{rows: {{least: 1}}}}\n", "source-key-unknown", "expected.rows.least"),
        (f"{EVENTS_FORM}expected: {{shares: {{towns: 1}}}}\n", "source-key-unknown", "expected.shares.towns"),
        (f"{EVENTS_FORM}columns: {{partner: [П]}}\n", "source-key-unknown", "columns.partner"),
        (f"{EVENTS_FORM}constants: {{kind: twinning}}\n", "source-key-of-other-form", "constants"),
        (f"{EVENTS_FORM}wikidata: {{page: 1}}\n", "source-key-of-other-form", "wikidata"),
        (HEAD, "source-missing", "form"),
        ("form: events\ntitle: {ru: а}\npublisher: {ru: б, en: b}\n", "source-missing", "title.en"),
        ("form: events\ntitle: {ru: а, en: a}\n", "source-missing", "publisher"),
        (f"form: table\n{HEAD}columns: {{place: [М]}}\n", "source-missing", "columns.name"),
        (f"form: register\n{HEAD}", "source-missing", "columns.partner"),
        (f"form: register\n{HEAD}columns: {{partner: [П]}}\n", "source-missing", "columns.municipality"),
        (f"form: letters\n{HEAD}", "source-wrong-value", "form"),
        (f"{EVENTS_FORM}home: RU-XXX\n", "source-wrong-value", "home"),
        (f"{EVENTS_FORM}home: smolensk\n", "source-wrong-value", "home"),
        (f"{EVENTS_FORM}licence: CC-BY\n", "source-wrong-value", "licence"),
        (f"{EVENTS_FORM}expected: {{rows: {{min: -1}}}}\n", "source-wrong-value", "expected.rows.min"),
        (f"{EVENTS_FORM}expected: {{rows: {{min: 9, max: 2}}}}\n", "source-wrong-value", "expected.rows"),
        (f"{EVENTS_FORM}expected: {{shares: {{dates: 2}}}}\n", "source-wrong-value", "expected.shares.dates"),
        (f"{EVENTS_FORM}columns: {{name: Имя}}\n", "source-wrong-value", "columns.name"),
        (f"{EVENTS_FORM}columns: {{name: [Имя], place: [имя]}}\n", "source-wrong-value", "columns.place"),
        (f"{REGISTER}values: {{country: {{Беларусь: Belarus}}}}\n", "source-wrong-value", "values.country.беларусь"),
        (f"{REGISTER}values: {{status: {{да: valid}}}}\n", "source-wrong-value", "values.status.да"),
        (f'{REGISTER}dates: ["%d"]\n', "source-wrong-value", "dates"),
        (f'{REGISTER}dates: ["%Y.%d"]\n', "source-wrong-value", "dates"),
        (f'{REGISTER}dates: ["%Y %H"]\n', "source-wrong-value", "dates"),
        (f"form: wikidata\n{HEAD}wikidata: {{pages: 0}}\n", "source-wrong-value", "wikidata.pages"),
        (f"form: wikidata\n{HEAD}wikidata: {{endpoint: 'file:///x'}}\n", "source-wrong-value", "wikidata.endpoint"),
        ("- a\n", "source-wrong-value", "source.yml"),
    ],
)
def test_a_fault_names_file_key_and_what_to_do(tmp_path: Path, content: str, code: str, key: str) -> None:
    folder = _folder(tmp_path, content)
    with pytest.raises(UsageError, match=code) as caught:
        read_source(folder)
    assert caught.value.values["key"].startswith(key)
    for lang in ("ru", "en"):
        assert str(folder / "source.yml") in explain(caught.value, lang) and key in explain(caught.value, lang)


@pytest.mark.parametrize(
    ("content", "code"),
    [("form: [", "source-yaml"), (f"{EVENTS_FORM}form: table\n", "source-yaml"), (b"\xff\xfe\x00", "source-yaml")],
)
def test_what_is_no_yaml_or_says_a_key_twice_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    folder = _folder(tmp_path, EVENTS_FORM)
    (folder / "source.yml").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UsageError, match=code):
        read_source(folder)


def test_norway_is_no_boolean(tmp_path: Path) -> None:
    source = read_source(_folder(tmp_path, f"{REGISTER}values: {{country: {{Norge: NO}}}}\n"))
    assert source.values["country"] == {"norge": "NO"}


def test_all_that_a_source_says_is_there(tmp_path: Path) -> None:
    more = "home: RU-PSK\nexpected: {rows: {min: 2, max: 9}, shares: {dates: 0.5}}\nignore: [Прочее]\ndrop: [коммуна]\n"
    source = read_source(_folder(tmp_path, REGISTER + more))
    assert (source.home_country, source.home_region) == ("RU", "RU-PSK")
    assert source.expected == Expected(2, 9, {"dates": 0.5})
    assert source.columns == {"partner": ("П",)} and source.ignore == ("Прочее",) and source.drop == ("коммуна",)


# Headings


def _namer(name: str) -> MappedNamer:
    return MappedNamer(find_source(name), content_root() / "ontology" / "columns.ttl")


def test_headings_match_whole_else_by_their_longest_beginning() -> None:
    namer = _namer("agreements-register")
    assert namer.names("Город-побратим") == ("partner",)
    assert namer.names("ГОРОД") == ("section",)
    assert namer.names("Дата подписания (при наличии)") == ("since",)
    assert namer.names("Количество жителей") == ()
    assert namer.is_report(["partner"]) and not namer.is_report(["name", "place"])


def test_a_table_of_events_knows_headings_of_reports_too() -> None:
    namer = _namer("events-csv")
    assert namer.names("when") == ("dates",) and namer.names("Сроки проведения") == ("dates",)
    assert namer.is_report(["name", "dates"]) and not namer.is_report(["partner"])


def test_ignored_headings_are_passed_over_without_a_word() -> None:
    _, report = extract([SOURCES / "finland.tsv"], Settings(source=find_source("finnish-twin-towns")))
    assert _namer("finnish-twin-towns").ignores("originlat")
    assert not [problem for problem in report.files[0].problems if problem.code == "layout-unknown-column"]


# Where sources lie


def test_a_source_of_the_user_stands_before_a_shipped_one(tmp_path: Path) -> None:
    _folder(tmp_path / "mine", EVENTS_FORM, "event-report")
    _folder(tmp_path / "mine", EVENTS_FORM, "pskov")
    folders = source_folders([tmp_path / "mine"])
    assert set(folders) == {*SHIPPED, "pskov"}
    assert find_source("event-report", [tmp_path / "mine"]).folder == tmp_path / "mine" / "event-report"


def test_folders_come_from_the_environment_or_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_folders() == ()
    (tmp_path / "loaders").mkdir()
    assert default_folders() == (Path("loaders"),)
    monkeypatch.setenv("POBRATIM_LOADERS", f"{tmp_path / 'a'}:{tmp_path / 'b'}")
    assert default_folders() == (tmp_path / "a", tmp_path / "b")
    with pytest.raises(UsageError, match="source-no-folder"):
        source_folders(default_folders())


def test_an_unknown_source_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="source-unknown") as caught:
        find_source("smolensk")
    assert "smolensk-oblast" in caught.value.values["near"]


# The scaffold


@pytest.mark.parametrize("like", sorted(SHIPPED))
def test_a_new_source_is_valid_at_once(tmp_path: Path, like: str) -> None:
    made = new_source("pskov-oblast", tmp_path / "loaders", find_source(like))
    assert made.form == SHIPPED[like] and made.name == "pskov-oblast"
    head = made.file.read_text(encoding="utf-8").splitlines()[:2]
    assert all(line.startswith("# ") for line in head) and "pskov-oblast" in head[0] and like in head[1]


def test_a_new_source_replaces_nothing_and_needs_a_plain_name(tmp_path: Path) -> None:
    like = find_source("event-report")
    new_source("pskov", tmp_path, like)
    with pytest.raises(UsageError, match="source-exists"):
        new_source("pskov", tmp_path, like)
    for name in ("Псков", "../up", "a b", ""):
        with pytest.raises(UsageError, match="source-name-form"):
            new_source(name, tmp_path, like)


# Expectations


def test_expectations_are_held_against_rows_and_shares() -> None:
    dated = Record("r", 1, start="2024")
    agreed = Record("r", 2, agreements=[Agreement("twinning", "signed", "1998")], countries=["BY"])
    bare = Record("r", 3)
    expected = Expected(4, 10, {"dates": 0.6, "countries": 0.5, "places": 0})
    faults = expectation_faults(expected, 3, [dated, agreed, bare], "f.csv")
    assert [problem.code for problem in faults] == ["expected-more-rows", "expected-countries"]
    assert dict(faults[1].values) == {"have": "1", "rows": "3", "share": "50%"}
    assert expectation_faults(Expected(None, 2), 3, [bare], "f")[0].code == "expected-fewer-rows"
    assert expectation_faults(Expected(), 3, [], "f") == []


def test_every_expectation_has_a_message() -> None:
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    shares = dict.fromkeys(("dates", "places", "participants", "countries", "agreements"), 1.0)
    faults = expectation_faults(Expected(2, None, shares), 1, [Record("r", 1, home=Place(""))], "f")
    assert len(faults) == 6 and {problem.code for problem in faults} <= set(catalogue)


# A table of events


def test_a_plain_table_of_events_goes_the_ordinary_way() -> None:
    source = find_source("events-csv")
    records, report = extract([EVENTS], Settings("RU-SMO", source=source))
    assert report.exit_code == 0 and [record.form for record in records] == ["events", "events"]
    festival = records[0]
    assert (festival.start, festival.kind, festival.reporter) == ("2024-05-12", ["festival"], "Смоленск")
    assert [place.name for place in festival.places] == ["Витебск"] and festival.countries == ["BY"]
    assert [one.country for one in festival.institutions] == ["BY"]
    assert festival.cells["purpose"] == "укрепление дружбы"


def test_a_source_tells_home_and_publisher_and_a_change_of_it_reads_again(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "mine", f"{TABLE}home: RU-SMO\nlicence: https://e.example/cc0\n")
    store = GenerationStore(tmp_path / "store")
    settings = Settings(source=read_source(folder))
    assert load([EVENTS], store, settings).files[0].state == "loaded"
    assert load([EVENTS], store, settings).files[0].state == "unchanged"
    entity = store.manifest()["reports"]["events"]["entity"]
    assert (entity["home_region"], entity["source"], entity["publisher"]) == ("RU-SMO", "pskov", "б")
    said = {
        quad.predicate.value.rsplit("/", 1)[-1] for quad in store.open().quads() if "report/events" in str(quad.subject)
    }
    assert {"license", "publisher"} <= said
    (folder / "source.yml").write_text(TABLE, encoding="utf-8")
    assert load([EVENTS], store, Settings(source=read_source(folder))).files[0].state == "loaded"


# The command line


def _run(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([*map(str, words), "--lang", "en"])
    captured = capfd.readouterr()
    return code, captured.out, captured.err


def test_sources_are_listed_as_table_and_json(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _folder(tmp_path / "mine", REGISTER)
    code, out, _ = _run(capfd, "sources", "--loaders", tmp_path / "mine")
    assert code == 0 and "pskov" in out and "Twin towns of Wikidata" in out
    code, out, _ = _run(capfd, "sources", "--format", "json")
    listed = {source["name"]: source for source in json.loads(out)}
    assert listed["smolensk-oblast"]["expected"]["rows"] == {"min": 10, "max": 500}
    assert listed["wikidata-twin-towns"]["wikidata"]["page"] == 500


def test_a_made_source_loads_and_a_broken_expectation_is_loud(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = _run(capfd, "new-source", "pskov", "--like", "events-csv")
    assert code == 0 and "pskov" in err
    words = ("load", EVENTS, "--source", "pskov", "--home", "RU-SMO", "--store", tmp_path / "store")
    assert _run(capfd, *words)[0] == 0
    file = tmp_path / "loaders" / "pskov" / "source.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("{min: 1}", "{min: 3}"), encoding="utf-8")
    code, _, err = _run(capfd, *words)
    assert code == 1 and text("expected-more-rows", "en", rows=2, bound=3) in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("load", EVENTS, "--source", "nowhere"), 2),
        (("load",), 2),
        (("load", "--live", "--source", "event-report"), 2),
        (("load", "--live", "--source", "wikidata-twin-towns"), 2),
        (("load", EVENTS, "--source", "events-csv", "--endpoint", "ftp://x"), 2),
        (("load", EVENTS, "--source", "saint-petersburg-twin-towns"), 3),
        (("sources", "--loaders", "nowhere"), 2),
        (("extract", EVENTS, "--source", "events-csv"), 0),
    ],
)
def test_exit_codes(capfd: pytest.CaptureFixture[str], words: tuple[object, ...], code: int) -> None:
    found, _, err = _run(capfd, *words)
    assert found == code, err
