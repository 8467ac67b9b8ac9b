"""The decisions ledger: read whole, refused whole, replayed on every load, undone by deleting a line."""

import random
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from pobratim.errors import LedgerError, UsageError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.messages import explain
from pobratim.problems import Problem
from pobratim.resolve import Decision, add_decisions, read_decisions
from pobratim.resolve.decisions import COLUMNS, parse_decisions
from pobratim.resolve.ledger import Verdicts, linked, verdicts
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

ID = "https://w3id.org/pobratim/id/"
LUCH, LUCH_SVETA = "by-vitebsk-club-luch", "by-vitebsk-club-luch-sveta"
REPLACED = "http://purl.org/dc/terms/isReplacedBy"
PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"


def _faults(text: str) -> list[Problem]:
    with pytest.raises(LedgerError) as caught:
        parse_decisions(text, "decisions.tsv")
    return caught.value.problems


def _line(*values: str) -> str:
    return "\t".join(values) + "\n"


# The file


def test_lines_are_decisions_and_the_rest_is_passed_over() -> None:
    text = (
        "# ours\n\n" + _line(*COLUMNS)
        + _line("same", "organisation", "a", "b", "one school", "2024-05-01")
        + _line("not-same", "place", f"{ID}place/ru-gorki", "by-gorki")
        + _line("rename", "activity", "2024-x", "День города")
        + _line("correct", "organisation", "a", "kind=gymnasium")
        + _line("correct", "organisation", "a", f"place={ID}place/by-vitebsk")
    )  # fmt: skip
    found = parse_decisions(text, "d.tsv")
    assert found == [
        Decision("same", "organisation", "a", "b", "one school", "2024-05-01", 4),
        Decision("not-same", "place", "ru-gorki", "by-gorki", line=5),
        Decision("rename", "activity", "2024-x", "День города", line=6),
        Decision("correct", "organisation", "a", "kind=gymnasium", line=7),
        Decision("correct", "organisation", "a", "place=by-vitebsk", line=8),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("same", "organisation", "a"), "decisions-columns"),
        (("same", "organisation", "a", "b", "", "", "me", "", "more"), "decisions-columns"),
        (("equal", "organisation", "a", "b"), "decisions-verdict"),
        (("same", "person", "a", "b"), "decisions-type"),
        (("correct", "person", "a", "name=b"), "decisions-type"),
        (("none", "place", "a"), "decisions-type"),
        (("none", "organisation", "a", "b"), "decisions-nothing-more"),
        (("not-tie", "organisation", "a", "b"), "decisions-party"),
        (("not-tie", "organisation", "a", "organisation:a"), "decisions-self"),
        (("same", "organisation", "a", "b keep=c"), "decisions-keep"),
        (("same", "entry", "r/1", "r"), "decisions-key"),
        (("correct", "activity", "a", "place=b"), "decisions-sign"),
        (("correct", "activity", "a", "start+=2024"), "decisions-sign"),
        (("correct", "activity", "a", "start=2024-13-01"), "decisions-value"),
        (("correct", "activity", "a", "start=1 мая"), "decisions-value"),
        (("correct", "activity", "a", "start="), "decisions-value"),
        (("correct", "activity", "a", "participant+=organisation:b boss"), "decisions-value"),
        (("correct", "activity", "a", "participant+=b"), "decisions-value"),
        (("correct", "activity", "a", "tie+=organisation:b organisation:b"), "decisions-value"),
        (("correct", "activity", "a", "tie+=organisation:b"), "decisions-value"),
        (("correct", "activity", "a", "country+=Belarus"), "decisions-value"),
        (("correct", "entry", "r/1", "topic-=weather"), "decisions-value"),
        (("correct", "agreement", "a", "status=lost"), "decisions-value"),
        (("correct", "agreement", "a", "party+=person:b"), "decisions-value"),
        (("same", "organisation", "a", "b", "", "", "me", "вчера"), "decisions-time"),
        (("same", "organisation", "a", "b", "", "", "me", "2024-05-01T25:00:00"), "decisions-time"),
        (("same", "organisation", "Школа", "b"), "decisions-key"),
        (("same", "organisation", "a", f"{ID}place/b"), "decisions-key"),
        (("same", "organisation", "a", "b", "", "1 мая"), "decisions-date"),
        (("same", "organisation", "a", "b", "", "2024-02-30"), "decisions-date"),
        (("same", "organisation", "a", f"{ID}organisation/a"), "decisions-self"),
        (("rename", "organisation", "a", ""), "decisions-name"),
        (("correct", "organisation", "a", "gymnasium"), "decisions-field"),
        (("correct", "place", "a", "place=b"), "decisions-field"),
        (("correct", "organisation", "a", "kind=castle-in-the-air"), "decisions-value"),
        (("correct", "organisation", "a", "country=Belarus"), "decisions-value"),
    ],
)
def test_a_faulty_line_is_named_with_its_cause(line: tuple[str, ...], code: str) -> None:
    [fault] = _faults("# remark\n" + _line(*line))
    assert (fault.code, fault.row) == (code, 2)
    for lang, where in (("ru", "строка 2"), ("en", "row 2")):
        error = LedgerError([fault])
        assert where in explain(error, lang) and "{" not in explain(error, lang)  # type: ignore[arg-type]


def test_every_fault_is_told_at_once() -> None:
    faults = _faults(_line("equal", "organisation", "a", "b") + _line("same", "thing", "a", "b"))
    assert [fault.row for fault in faults] == [1, 2]
    assert explain(LedgerError(faults), "en").count("\n") == 1


@pytest.mark.parametrize(
    ("lines", "code", "rows"),
    [
        ([("same", "a", "b"), ("not-same", "b", "a")], "decisions-contradict", {"1", "2"}),
        ([("not-same", "a", "c"), ("same", "a", "b"), ("same", "b", "c")], "decisions-contradict", {"1", "3"}),
        ([("same", "a", "b"), ("same", "b", "a")], "decisions-circle", {"1", "2"}),
        ([("same", "a", "b"), ("same", "b", "c"), ("same", "c", "a")], "decisions-circle", {"2", "3"}),
        ([("rename", "a", "Школа"), ("rename", "a", "Лицей")], "decisions-twice", {"1", "2"}),
        ([("correct", "a", "country=BY"), ("correct", "a", "country=RU")], "decisions-twice", {"1", "2"}),
    ],
)
def test_contradicting_lines_are_both_named(lines: list[tuple[str, str, str]], code: str, rows: set[str]) -> None:
    text = "".join(_line(verdict, "organisation", left, right) for verdict, left, right in lines)
    [fault] = _faults(text)
    assert fault.code == code and set(dict(fault.values).values()) == rows
    assert all(number in explain(LedgerError([fault]), "ru") for number in rows)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["activity a place+=b", "activity a place-=b"], "decisions-twice"),
        (["activity a participant+=place:b host", "activity a participant-=place:b"], "decisions-twice"),
        (["activity a tie+=place:b place:c", "activity a tie-=place:c place:b"], "decisions-twice"),
        (["activity a start=2024-05-02", "activity a end=2024-05-01"], "decisions-span"),
        (["activity a end=2024-05-01", "activity a start=2024-06"], "decisions-span"),
    ],
)
def test_corrections_that_contradict_each_other_are_told_at_the_later_line(lines: list[str], code: str) -> None:
    [fault] = _faults("".join(_line("correct", *line.split(" ", 2)) for line in lines))
    assert (fault.code, fault.row) == (code, 2)
    assert "1" in explain(LedgerError([fault]), "ru") and "{" not in explain(LedgerError([fault]), "en")


def test_a_tie_that_is_none_anywhere_is_none_at_one_event() -> None:
    text = _line("not-tie", "place", "c", "place:b") + _line("correct", "activity", "a", "tie+=place:b place:c")
    [fault] = _faults(text)
    assert (fault.code, fault.row) == ("decisions-contradict", 2)


def test_values_that_go_together_contradict_nothing() -> None:
    lines = ["activity a place+=b", "activity a place+=c", "activity a start=2024-05", "activity a end=2024-05-02"]
    assert len(parse_decisions("".join(_line("correct", *line.split(" ", 2)) for line in lines), "d.tsv")) == 4


def test_who_decided_and_when_is_read_and_an_old_file_gets_the_columns(tmp_path: Path) -> None:
    file = tmp_path / "decisions.tsv"
    old = _line(*COLUMNS[:6]) + _line("not-same", "place", "a", "b", "", "2024-05-01")
    file.write_text(old, encoding="utf-8")
    assert read_decisions(file) == [Decision("not-same", "place", "a", "b", "", "2024-05-01", 2)]
    more = Decision("same", "place", "c", "d", author="Иванова", time="2024-05-01T10:00:00+03:00", keep="d")
    add_decisions(file, [more])
    assert file.read_text(encoding="utf-8").splitlines()[0] == "\t".join(COLUMNS)
    assert read_decisions(file)[1] == replace(more, line=3)


def test_equal_lines_and_different_fields_contradict_nothing() -> None:
    text = _line("same", "organisation", "a", "b") * 2 + _line("correct", "organisation", "a", "country=BY")
    text += _line("correct", "organisation", "a", "kind=museum") + _line("not-same", "place", "a", "b")
    assert len(parse_decisions(text, "d.tsv")) == 5


def test_an_absent_file_has_no_decisions_unless_it_was_named(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.tsv") == []
    with pytest.raises(UsageError, match="decisions-missing"):
        read_decisions(tmp_path / "decisions.tsv", wanted=True)
    (tmp_path / "decisions.tsv").write_bytes(b"\xff\xfe\x00same")
    with pytest.raises(UsageError, match="decisions-unreadable"):
        read_decisions(tmp_path / "decisions.tsv")


def test_added_lines_stand_behind_the_others_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "new" / "decisions.tsv"
    add_decisions(file, [Decision("same", "organisation", "a", "b", "tab\there")])
    text = file.read_text(encoding="utf-8")
    assert text == _line(*COLUMNS) + _line("same", "organisation", "a", "b", "tab here")
    file.write_text(text.rstrip("\n"), encoding="utf-8")
    add_decisions(file, [Decision("rename", "organisation", "a", "Школа")])
    assert [one.verdict for one in read_decisions(file)] == ["same", "rename"]
    before = file.read_bytes()
    with pytest.raises(LedgerError, match="decisions-contradict"):
        add_decisions(file, [Decision("rename", "place", "b", "Горки"), Decision("not-same", "organisation", "b", "a")])
    assert file.read_bytes() == before and [path.name for path in file.parent.iterdir()] == ["decisions.tsv"]


def test_two_writers_lose_no_line(tmp_path: Path) -> None:
    file = tmp_path / "decisions.tsv"
    writers = [
        threading.Thread(target=add_decisions, args=(file, [Decision("not-same", "organisation", f"a{i}", f"b{i}")]))
        for i in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(one.left for one in read_decisions(file)) == [f"a{i}" for i in range(8)]


# What the lines mean together


def test_sets_of_keys_and_the_key_that_stays() -> None:
    lines = [Decision("same", "organisation", *pair) for pair in (("m", "b"), ("b", "z"), ("x", "y"))]
    found = verdicts(lines, "organisation")
    assert set(found.same) == {frozenset("mbz"), frozenset("xy")}
    assert found.key(frozenset("mbz"), {"m", "b", "z"}) == "m"
    assert found.aliases({"m", "b", "z", "y"}) == {"b": "m", "z": "m"}
    # The key that should stay is nobody's any more: the first of the others does.
    assert found.aliases({"b", "z"}) == {"z": "b"}
    random.Random(1).shuffle(lines)
    assert verdicts(lines, "organisation") == found and verdicts(lines, "place") == Verdicts()
    assert linked([frozenset("ab"), frozenset("cd"), frozenset("bd")]) == [frozenset("abcd")]


# Loads


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    report = write_report(
        tmp_path / "r.txt",
        ("Встреча школьников", "г. Витебск", "Гимназия № 7 г. Витебска, МБОУ «Гимназия № 4» г. Смоленска"),
        ("Круглый стол", "г. Витебск", "клуб «Луч» г. Витебска"),
        ("Семинар тренеров", "г. Витебск", "клуб «Луч света» г. Витебска"),
    )
    store = GenerationStore(tmp_path / "store")
    assert load([report], store, Settings()).exit_code == 0
    return store


def _values(store: GenerationStore, key: str, predicate: str, kind: str = "organisation") -> set[str]:
    node = NamedNode(f"{ID}{kind}/{key}")
    found = [q.object for q in store.open().quads() if q.subject == node and q.predicate.value == predicate]
    return {value.value for value in found if not isinstance(value, tuple)}  # type: ignore[union-attr]


def _decide(store: GenerationStore, *decisions: tuple[str, ...]) -> list[Problem]:
    file = store.directory.parent / "decisions.tsv"
    file.write_text("".join(_line(*one) for one in decisions), encoding="utf-8")
    report = load([], store, Settings())
    assert report.exit_code == 0
    return report.problems


def test_a_merge_leaves_the_former_iri_reachable_and_deleting_its_line_undoes_it(store: GenerationStore) -> None:
    before = {str(quad) for quad in store.open().quads()}
    assert _decide(store, ("same", "organisation", LUCH_SVETA, LUCH, "one club")) == []
    assert _values(store, LUCH, REPLACED) == {f"{ID}organisation/{LUCH_SVETA}"}
    assert _values(store, LUCH, PREFERRED) == set()
    assert _values(store, LUCH_SVETA, PREFERRED)
    assert not store.manifest()["candidates"]
    assert f"organisation/{LUCH}>" in "".join(str(q.subject) for q in store.open().quads())
    in_use = [q for q in store.open().quads() if q.object == NamedNode(f"{ID}organisation/{LUCH}")]
    assert not in_use
    _decide(store)
    assert {str(quad) for quad in store.open().quads()} == before


def test_not_same_is_not_asked_again(store: GenerationStore) -> None:
    assert [one["reason"] for one in store.manifest()["candidates"]] == ["undecided-similar"]
    _decide(store, ("not-same", "organisation", LUCH, LUCH_SVETA))
    assert store.manifest()["candidates"] == []


def test_names_and_fields_that_people_give(store: GenerationStore) -> None:
    spatial, country = "http://purl.org/dc/terms/spatial", "https://w3id.org/pobratim/def#country"
    problems = _decide(
        store,
        ("rename", "organisation", LUCH, "Клуб «Луч»"),
        ("correct", "organisation", LUCH, "kind=museum"),
        ("correct", "organisation", LUCH, "place=ru-smolensk"),
        ("correct", "organisation", LUCH, "country=RU"),
        ("rename", "place", "by-vitebsk", "Витебск (город)"),
        ("correct", "place", "by-vitebsk", "kind=district"),
    )
    assert problems == []
    assert _values(store, LUCH, PREFERRED) == {"Клуб «Луч»"}
    assert _values(store, LUCH, spatial) == {f"{ID}place/ru-smolensk"}
    assert {value[-3:] for value in _values(store, LUCH, country)} == {"RUS"}
    assert _values(store, LUCH, "http://www.w3.org/ns/org#classification") == {
        "https://w3id.org/pobratim/def/organisation-kind/museum"
    }
    assert "Витебск (город)" in _values(store, "by-vitebsk", "http://www.w3.org/2000/01/rdf-schema#label", "place")


def test_a_page_can_tell_what_was_corrected_when_and_why_and_not_by_whom(store: GenerationStore) -> None:
    _decide(
        store, ("correct", "organisation", LUCH, "kind=museum", "see its site", "", "Иванова", "2024-05-01T10:00:00")
    )
    assert _values(store, LUCH, "http://www.w3.org/2004/02/skos/core#changeNote") == {
        "Исправлено вручную, вид: музей (2024-05-01): see its site",
        "Corrected by hand, kind: museum (2024-05-01): see its site",
    }


def test_what_is_no_organisation_leaves_the_graph_with_the_reason(store: GenerationStore) -> None:
    assert _decide(store, ("none", "organisation", LUCH, "", "a song")) == []
    assert _values(store, LUCH, PREFERRED) == set()
    assert _values(store, LUCH, "http://www.w3.org/2004/02/skos/core#changeNote") == {"a song"}
    pointing = [q for q in store.open().quads() if q.object == NamedNode(f"{ID}organisation/{LUCH}")]
    assert pointing == []


def test_a_former_key_still_names_what_it_became(store: GenerationStore) -> None:
    _decide(
        store,
        ("rename", "organisation", LUCH, "Клуб «Лучи»"),
        ("same", "organisation", LUCH_SVETA, LUCH),
    )
    assert _values(store, LUCH_SVETA, PREFERRED) == {"Клуб «Лучи»"}


def test_unknown_keys_are_told_and_stop_nothing(store: GenerationStore) -> None:
    problems = _decide(
        store,
        ("same", "organisation", LUCH, "by-vitebsk-club-gone"),
        ("correct", "organisation", LUCH, "place=by-atlantis"),
    )
    assert [(one.severity, one.code, one.row) for one in problems] == [
        ("warning", "decisions-unmatched", n) for n in (1, 2)
    ]
    assert _values(store, LUCH, PREFERRED)


def test_places_and_events_can_be_one_too(store: GenerationStore) -> None:
    keys = sorted(
        str(quad.subject).strip("<>").rpartition("/")[2]
        for quad in store.open().quads()
        if "/id/activity/" in str(quad.subject) and quad.predicate.value.endswith("/terms/title")
    )
    assert len(keys) == 3
    _decide(store, ("same", "place", "ru-smolensk", "by-vitebsk"), ("same", "activity", keys[2], keys[0]))
    assert _values(store, "by-vitebsk", REPLACED, "place") == {f"{ID}place/ru-smolensk"}
    assert _values(store, LUCH, REPLACED) == {f"{ID}organisation/ru-smolensk-club-luch"}
    assert _values(store, keys[0], REPLACED, "activity") == {f"{ID}activity/{keys[2]}"}


def test_a_decision_may_name_the_key_from_before_its_place_was_merged(store: GenerationStore) -> None:
    same = ("same", "place", "ru-smolensk", "by-vitebsk")
    assert _decide(store, same, ("rename", "organisation", LUCH, "Луч")) == []
    assert _values(store, "ru-smolensk-club-luch", PREFERRED) == {"Луч"}
    assert _decide(store, same, ("same", "organisation", LUCH_SVETA, LUCH)) == []
    assert _values(store, LUCH, REPLACED) == {f"{ID}organisation/{LUCH_SVETA}"}


def test_the_order_of_lines_means_nothing(store: GenerationStore) -> None:
    lines = [
        ("same", "organisation", LUCH, LUCH_SVETA),
        ("same", "organisation", "by-vitebsk-gymnasium-7", LUCH),
        ("rename", "organisation", LUCH, "Луч"),
        ("correct", "organisation", LUCH_SVETA, "kind=museum"),
    ]
    _decide(store, *lines)
    first = sorted(map(str, store.open().quads()))
    assert _values(store, LUCH_SVETA, REPLACED) == {f"{ID}organisation/by-vitebsk-gymnasium-7"}
    _decide(store, *reversed(lines))
    assert sorted(map(str, store.open().quads())) == first


def test_a_faulty_ledger_stops_the_load_and_the_store_stays(store: GenerationStore) -> None:
    generation = store.open().generation
    (store.directory.parent / "decisions.tsv").write_text(_line("same", "organisation", "a"), encoding="utf-8")
    with pytest.raises(LedgerError):
        load([], store, Settings())
    assert store.open().generation == generation


def test_a_ledger_can_lie_elsewhere(store: GenerationStore, tmp_path: Path) -> None:
    ours = tmp_path / "ours.tsv"
    ours.write_text(_line("rename", "organisation", LUCH, "Луч"), encoding="utf-8")
    load([], store, Settings(decisions=ours))
    assert _values(store, LUCH, PREFERRED) == {"Луч"}
