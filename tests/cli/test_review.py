"""``pobratim review``: the list of what is undecided, decisions by option and by question, and the ledger they make."""

import csv
import io
import json
import sys
from datetime import datetime
from pathlib import Path

import click
import pytest

from pobratim.cli import run
from pobratim.cli.review import COLUMNS
from pobratim.entities import Account, AgreementEntity, OrganisationEntity, Resolution, Undecided
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.record import Institution, Record
from pobratim.resolve import Candidate, Decision, candidates, undecided
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

LUCH, LUCH_SVETA = "by-vitebsk-club-luch", "by-vitebsk-club-luch-sveta"
ID = "https://w3id.org/pobratim/id/"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("POBRATIM_STORE", "POBRATIM_DECISIONS", "POBRATIM_BASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("POBRATIM_AUTHOR", "Petrova")
    monkeypatch.setenv("POBRATIM_LANG", "en")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    report = write_report(
        tmp_path / "r.txt",
        ("Круглый стол", "г. Витебск", "клуб «Луч» г. Витебска"),
        ("Семинар тренеров", "г. Витебск", "клуб «Луч света» г. Витебска"),
        ("Сбор тренеров", "г. Витебск", "клуб «Луч света» г. Витебска"),
    )
    load([report], GenerationStore(tmp_path / "store"), Settings())
    return tmp_path / "store"


def _ledger(store: Path) -> list[list[str]]:
    file = store.parent / "decisions.tsv"
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]] if file.exists() else []


def _event(store: Path, row: str) -> str:
    """Return the key of the event of which a row tells."""
    reports = "https://w3id.org/pobratim/def#reports"
    quads = GenerationStore(store).open().quads()
    told = {str(q.subject).strip("<>"): str(q.object).strip("<>") for q in quads if q.predicate.value == reports}
    return told[f"{ID}entry/{row}"].rpartition("/")[2]


def _review(store: Path, *more: str) -> int:
    return run(["review", "--store", str(store), *more])


# The list


def test_the_list_shows_both_sides_with_score_reason_and_rows(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--format", "csv", "--lang", "ru") == 0
    out, err = capfd.readouterr()
    [head, row] = list(csv.reader(io.StringIO(out)))
    assert len(head) == len(COLUMNS) and head[0] == "тип"
    found = dict(zip(COLUMNS, row, strict=True))
    # The side that more rows name comes first: its key would stay.
    assert (found["left"], found["right"]) == (LUCH_SVETA, LUCH)
    assert found["left_rows"] == "r/2, r/3" and found["right_rows"] == "r/1"
    assert 0.5 < float(found["score"]) < 1 and "Решите" in found["reason"]
    assert found["shared"] == "похожее название, вид, место"
    assert found["why"] == "Собственные названия в кавычках разные."
    assert "Не решено: 1" in err


def test_json_keeps_the_codes(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--format", "json") == 0
    [one] = json.loads(capfd.readouterr().out)
    assert one["reason"] == "undecided-similar" and "misprint" in one["question"]
    assert one["why"] == "why-other-titles" and "quotation marks" in one["found"]
    assert one["left"]["name"] == "Клуб «Луч света» г. Витебска" and one["left"]["count"] == 2
    kept = {name: value for name, value in one.items() if name not in {"question", "found"}}
    assert Candidate.from_json(kept).left.key == LUCH_SVETA
    # A store that an earlier release made does not say what was found.
    assert Candidate.from_json({name: value for name, value in kept.items() if name != "why"}).why == ""


def test_a_table_in_both_languages(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for lang, head in (("ru", "оценка"), ("en", "score")):
        assert _review(store, "--lang", lang) == 0
        out = capfd.readouterr().out
        assert head in out and LUCH in out and "Клуб «Луч» г. Витебска" in out


# Decisions by option


def test_a_decision_is_a_line_and_the_next_load_applies_it(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = ["--why", "one club", "--date", "2024-05-01", "--author", "Ivanova", "--time", "2024-05-01T10:00:00"]
    assert _review(store, "--same", LUCH, f"{ID}organisation/{LUCH_SVETA}", *said) == 0
    assert _ledger(store) == [["same", "organisation", LUCH, LUCH_SVETA, *said[1::2]]]
    assert "pobratim load" in capfd.readouterr().err
    assert _review(store, "--format", "csv") == 0
    assert capfd.readouterr().out.count("\n") == 1  # decided already: only the heading is left
    assert run(["load", "--store", str(store)]) == 0
    assert GenerationStore(store).open().describes(f"{ID}organisation/{LUCH}")
    assert GenerationStore(store).manifest()["candidates"] == []
    assert _review(store) == 0
    assert "Nothing is undecided" in capfd.readouterr().err


def test_several_decisions_of_all_kinds_at_once(store: Path) -> None:
    options = ["--not-same", LUCH, LUCH_SVETA, "--rename", LUCH, "Клуб «Лучик»"]
    options += ["--correct", LUCH, "kind=museum", "--rename", "place:by-vitebsk", "Витебск"]
    assert _review(store, *options) == 0
    assert [line[:4] for line in _ledger(store)] == [
        ["not-same", "organisation", LUCH, LUCH_SVETA],
        ["rename", "organisation", LUCH, "Клуб «Лучик»"],
        ["rename", "place", "by-vitebsk", "Витебск"],
        ["correct", "organisation", LUCH, "kind=museum"],
    ]


def test_every_sort_of_correction_is_a_line(store: Path) -> None:
    event = _event(store, "r/2")
    options = ["--correct", event, "start=2024-03-05", "--correct", "r/1", f"place-={ID}place/by-vitebsk"]
    options += ["--tie", LUCH, "place:by-vitebsk", "--not-tie", LUCH_SVETA, LUCH, "--at", "r/1"]
    options += ["--not-organisation", LUCH, "--same", "r/2", "r/3"]
    assert _review(store, *options) == 0
    assert [line[:4] for line in _ledger(store)] == [
        ["same", "entry", "r/2", "r/3"],
        ["correct", "activity", event, "start=2024-03-05"],
        ["correct", "entry", "r/1", "place-=by-vitebsk"],
        ["correct", "entry", "r/1", f"tie+=organisation:{LUCH} place:by-vitebsk"],
        ["correct", "entry", "r/1", f"tie-=organisation:{LUCH_SVETA} organisation:{LUCH}"],
        ["none", "organisation", LUCH, ""],
    ]
    assert _review(store, "--not-tie", LUCH_SVETA, "place:by-vitebsk") == 0
    assert _ledger(store)[-1][:4] == ["not-tie", "organisation", LUCH_SVETA, "place:by-vitebsk"]


def test_who_decides_and_when_is_written_to_the_second(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _review(store, "--rename", LUCH, "Луч") == 0
    monkeypatch.delenv("POBRATIM_AUTHOR")
    monkeypatch.setenv("LOGNAME", "semenova")
    assert _review(store, "--rename", LUCH, "Луч") == 0
    assert [line[6] for line in _ledger(store)] == ["Petrova", "semenova"]
    times = [datetime.fromisoformat(line[7]) for line in _ledger(store)]
    assert all(abs((datetime.now().astimezone() - one).total_seconds()) < 600 for one in times)


def test_the_side_whose_name_holds_is_part_of_the_line(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--same", LUCH, LUCH_SVETA, "--keep", LUCH_SVETA) == 0
    assert _ledger(store)[0][2:4] == [LUCH, f"{LUCH_SVETA} keep={LUCH_SVETA}"]
    assert _review(store, "--same", LUCH, LUCH_SVETA, "--keep", "place:by-vitebsk") == 2
    assert "no --same" in capfd.readouterr().err


# Before anything is written


def test_a_preview_tells_what_changes_and_writes_nothing(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    event = _event(store, "r/1")
    options = ["--same", LUCH, LUCH_SVETA, "--correct", event, "start=2024-02-27", "--dry-run"]
    assert _review(store, *options) == 0
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert f"becomes {LUCH}: Клуб «Луч света» г. Витебска [organisation:{LUCH_SVETA}]" in lines
    [moved] = [line for line in lines if f"activity:{event}" in line]
    assert "start 2024-03-01 → 2024-02-27" in moved and "end 2024-03-01 → 2024-02-27" in moved
    # Two events are told of the other club: who took part in them is called otherwise.
    assert len([line for line in lines if f"participant organisation:{LUCH_SVETA} participant →" in line]) == 2
    assert "go: organisations 1" in err and "activities 3" in err
    assert "nothing was written" in err and not _ledger(store)


def test_a_preview_of_what_is_so_already_says_so(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--correct", LUCH, "kind=club", "--dry-run", "--lang", "ru") == 0
    out, err = capfd.readouterr()
    assert out == "" and "Ничего не изменится." in err


def test_a_preview_refuses_what_the_ledger_would(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--correct", LUCH, "country=RU") == 0
    assert _review(store, "--correct", LUCH, "country=BY", "--dry-run") == 2
    assert "decisions.tsv, row 3" in capfd.readouterr().err


def test_a_merge_of_what_differs_is_told_and_not_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = write_report(
        tmp_path / "r.txt",
        ("Встреча школьников", "г. Витебск", "Гимназия № 7 г. Витебска, МБОУ «Гимназия № 4» г. Смоленска"),
        ("Фестиваль искусств", "г. Смоленск", "библиотека г. Витебска"),
    )
    load([report], GenerationStore(tmp_path / "store"), Settings())
    told = []
    for pair in (
        ("by-vitebsk-gymnasium-7", "ru-smolensk-gymnasium-4"),
        ("by-vitebsk-gymnasium-7", "by-vitebsk-library"),
        ("place:by-vitebsk", "place:ru-smolensk"),
        ("r/1", "r/2"),
    ):
        assert _review(tmp_path / "store", "--same", *pair) == 0
        [line] = [line for line in capfd.readouterr().err.splitlines() if line.startswith("Note:")]
        told.append(sorted(line.split("differ in: ")[1].split(".")[0].split(", ")))
    assert told == [["country", "number", "place"], ["kind"], ["country"], ["date", "kind", "place"]]
    assert len(_ledger(tmp_path / "store")) == 4


def test_a_merge_of_what_is_alike_is_not_warned_of(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--same", LUCH, LUCH_SVETA) == 0
    assert "Note:" not in capfd.readouterr().err


def test_the_ledger_can_be_named(store: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours" / "d.tsv"
    assert _review(store, "--not-same", LUCH, LUCH_SVETA, "--decisions", str(ours)) == 0
    assert "not-same" in ours.read_text(encoding="utf-8") and not _ledger(store)
    assert run(["load", "--store", str(store), "--decisions", str(ours)]) == 0
    assert run(["load", "--store", str(store), "--decisions", str(tmp_path / "none.tsv")]) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--same", LUCH, "by-vitebsk-club-lucc"], f"Similar: {LUCH}"),
        (["--same", LUCH, "by-vitebsk"], "different types"),
        (["--rename", "Клуб", "Луч"], "has no “Клуб”"),
        (["--correct", LUCH, "colour=red"], "cannot be corrected"),
        (["--correct", LUCH, "kind=castle"], "decisions.tsv, row 2"),
        (["--correct", "r/1", "place=by-vitebsk"], "place+=…, place-=…"),
        (["--correct", "r/9", "start=2024"], "has no “r/9”"),
        (["--tie", LUCH, LUCH_SVETA], "needs the activity"),
        (["--tie", LUCH, "r/1", "--at", "r/1"], "cannot be a party"),
        (["--tie", LUCH, LUCH_SVETA, "--at", LUCH], "wanted is an activity or a row"),
        (["--not-organisation", "by-vitebsk"], "is no organisation anyway"),
        (["--rename", LUCH, "Луч", "--time", "noon"], "the time “noon”"),
        (["--same", LUCH, LUCH], "both sides are the same"),
        (["--ask"], "in a terminal"),
    ],
)
def test_what_cannot_be_decided_is_said_and_not_written(
    store: Path, capfd: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert _review(store, *options) == 2
    assert said in capfd.readouterr().err and not _ledger(store)


def test_a_contradiction_with_an_earlier_line_is_refused(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _review(store, "--same", LUCH, LUCH_SVETA) == 0
    assert _review(store, "--not-same", LUCH_SVETA, LUCH) == 2
    assert "lines 2 and 3 contradict" in capfd.readouterr().err and len(_ledger(store)) == 1


def test_without_a_store_there_is_nothing_to_review(tmp_path: Path) -> None:
    assert _review(tmp_path / "none") == 4


# Questions


@pytest.mark.parametrize(
    ("answers", "verdicts"),
    [
        (["s"], ["same"]),
        (["о"], ["same"]),
        (["what", "n"], ["not-same"]),
        ([""], []),
        (["q"], []),
        (["р"], ["not-same"]),
    ],
)
def test_questions_in_a_terminal(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    answers: list[str],
    verdicts: list[str],
) -> None:
    given = iter(answers)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(given))
    assert _review(store, "--ask", "--why", "by eye") == 0
    assert [line[0] for line in _ledger(store)] == verdicts
    assert all(line[2:7] == [LUCH_SVETA, LUCH, "by eye", "", "Petrova"] for line in _ledger(store))
    assert "The names in quotation marks differ." in capfd.readouterr().err


# Candidates


def _candidate(left: str, right: str, score: float = 0.5) -> Undecided:
    return Undecided("organisation", left, right, score, "undecided-several")


def test_candidates_come_likeliest_first_with_names_and_rows() -> None:
    record = Record("r", 2, institutions=[Institution("b", "Б")])
    resolution = Resolution(
        accounts=[Account("r/2", record, "", "", "", (), (), (), ("d",), (), "")],
        organisations=[OrganisationEntity(key, (name,), "", "", "", "") for key, name in (("a", "А"), ("b", "Б"))],
        agreements=[AgreementEntity("d", "contract", "signed", "2024", (("organisation", "a"), ("place", "p")))],
        undecided=[_candidate("a", "b"), _candidate("a", "c", 0.9), Undecided("agreement", "d", "e", 0.4, "x")],
    )
    found = candidates(resolution)
    assert [(one.left.key, one.right.key) for one in found] == [("a", "c"), ("b", "a"), ("d", "e")]
    assert found[1].left.rows == ("r/2",) and found[1].right.count == 0
    assert found[2].left.name == "contract, 2024, А – p"


def test_what_follows_from_other_lines_is_decided_as_well() -> None:
    found = candidates(Resolution(undecided=[_candidate("a", "c"), _candidate("a", "d"), _candidate("c", "d")]))
    ledger = [
        Decision("same", "organisation", "a", "b"),
        Decision("same", "organisation", "b", "c"),
        Decision("not-same", "organisation", "d", "a"),
        Decision("same", "place", "c", "d"),
    ]
    assert [sorted(one.pair) for one in undecided(found, ledger)] == [["c", "d"]]
