"""A gate that goes on from what it kept lets out, byte for byte, what one lets out that hears everything anew.

All persons are invented.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pobratim.errors import StoreError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.people import gated
from pobratim.publishing.people.gate import Gate
from pobratim.publishing.people.gated import gated_store, held_back_file, left_out
from pobratim.publishing.people.kept import Kept
from pobratim.publishing.settings import People
from pobratim.resolve import Decision, add_decisions
from pobratim.resolve.decisions import LEDGER, read_decisions
from pobratim.resolve.ledger import Verdict
from pobratim.store import graph_files
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

Row = tuple[str, str, str]
_TITLES = ("Встреча", "Поездка Тихона Овсюкова", "Концерт Златы Мережкиной", "Турнир", "Подписание соглашения")
_PLACES = ("г. Минск (Республика Беларусь)", "г. Витебск (Республика Беларусь)", "г. Смоленск")
_WHO = (
    "Мэр города Смоленска Олег Зубров, администрация г. Витебска",
    "Учитель гимназии № 7 г. Смоленска Олег Зубров; г. Минск",
    "директор гимназии № 7 г. Смоленска Анна Белова, школа № 2 г. Витебска",
    "учащаяся гимназии № 7 г. Смоленска Анна Белова, школа № 2 г. Витебска",
    "студия Златы Мережкиной г. Смоленска, школа № 2 г. Витебска",
    "ИП Чубукова Э.А., библиотека им. Ю.А. Гагарина г. Смоленска, г. Минск",
    "Школа № 5 г. Смоленска, Dr. Jadwiga Wrona, гимназия № 1 г. Минска",
)
_PRIVATE = ("Овсюков", "Мережкин", "Чубуков", "Wrona")


class _Gated:
    """A store whose gated one goes on, beside ones that are made anew."""

    def __init__(self, place: Path) -> None:
        self.place, self.store = place, GenerationStore(place / "store")
        self.ledger = place / LEDGER
        self._anew = 0

    def load(self, reports: dict[str, list[Row]], names: list[str]) -> None:
        files = [write_report(self.place / f"{name}.txt", *reports[name]) for name in names]
        load(files, self.store, Settings(survey=False))

    def decide(self, *decisions: Decision) -> None:
        add_decisions(self.ledger, decisions)
        load((), self.store, Settings(survey=False))

    def made(self, people: People, folder: str = "kept", jobs: int = 1) -> GenerationStore:
        decisions = read_decisions(self.ledger) if self.ledger.exists() else ()
        return gated_store(self.store, people, self.place / folder, decisions, jobs)

    def is_same(self, people: People, jobs: int = 1) -> bool:
        self._anew += 1
        kept, anew = self.made(people, jobs=jobs), self.made(people, f"anew-{self._anew}")
        return _told(kept) == _told(anew)


def _told(store: GenerationStore) -> object:
    graphs = {graph: b"".join(file.lines()) for graph, file in store.graph_files().items()}
    stored = {graph: sorted(map(str, store.open().quads(graph))) for graph in graphs}
    return graphs, stored, held_back_file(store).read_text(encoding="utf-8"), left_out(store)


def _rows(pick: random.Random) -> list[Row]:
    return [(pick.choice(_TITLES), pick.choice(_PLACES), pick.choice(_WHO)) for _ in range(pick.choice((1, 2, 3)))]


def _changes(one: _Gated, reports: dict[str, list[Row]], pick: random.Random) -> Iterator[None]:
    """Change the store again and again."""
    while True:
        how = pick.choice(("load", "load", "load", "withdraw", "show", "mask"))
        name = pick.choice([*reports, f"new-{len(reports)}"])
        if how == "load":
            reports[name] = _rows(pick)
            one.load(reports, [name])
        elif how == "withdraw" and name in reports and len(reports) > 2:
            del reports[name]
            one.decide(Decision("withdrawn", "report", name, "", why="проверка"))
        elif name in reports:
            verdict: Verdict = "show-name" if how == "show" else "mask-name"
            other = "Анна Белова" if how == "show" else "Олег Зубров"
            add_decisions(one.ledger, [Decision(verdict, "entry", f"{name}/1", other)])
        else:
            continue
        yield


@pytest.mark.slow
@pytest.mark.parametrize(("people", "seed"), [("none", 1), ("office", 2), ("heads", 3), ("office", 4), ("heads", 5)])
def test_whatever_changes_all_is_as_if_heard_anew(tmp_path: Path, people: People, seed: int) -> None:
    pick, one = random.Random(seed), _Gated(tmp_path)
    reports = {name: _rows(pick) for name in ("a", "b", "b-c")}
    one.load(reports, list(reports))
    for _, _ in zip(range(7), _changes(one, reports, pick), strict=False):
        assert one.is_same(people, jobs=pick.choice((1, 2)))


def test_a_report_that_did_not_change_is_neither_heard_nor_let_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = _Gated(tmp_path)
    reports = {"a": [(_TITLES[0], _PLACES[0], _WHO[0])], "b": [(_TITLES[1], _PLACES[1], _WHO[6])]}
    one.load(reports, ["a", "b"])
    one.made("office")
    reports["b"].append((_TITLES[3], _PLACES[1], "Школа № 8 г. Смоленска, школа № 9 г. Витебска"))
    one.load(reports, ["b"])
    heard, passed = list[str](), list[str]()
    monkeypatch.setattr(Gate, "learn", _noted(Gate.learn, heard))
    monkeypatch.setattr(Gate, "lines", _noted(Gate.lines, passed))
    one.made("office")
    assert heard == ["b"]
    assert [graph for graph in passed if graph.endswith("/a")] == []
    assert len([graph for graph in passed if graph.endswith("/b")]) == 2
    assert one.is_same("office")


def test_what_a_report_tells_of_somebody_reaches_the_others(tmp_path: Path) -> None:
    one = _Gated(tmp_path)
    reports = {"a": [(_TITLES[0], _PLACES[0], _WHO[1])], "b": [(_TITLES[3], _PLACES[0], _WHO[4])]}
    one.load(reports, ["a", "b"])
    first = _told(one.made("office"))
    reports["c"] = [(_TITLES[0], _PLACES[0], _WHO[0]), (_TITLES[3], _PLACES[0], _WHO[1])]
    one.load(reports, ["c"])
    assert one.is_same("office") and _told(one.made("office")) != first
    one.decide(Decision("withdrawn", "report", "c", "", why="проверка"))
    assert one.is_same("office")


def test_another_setting_lets_nothing_through_that_was_kept_for_the_first(tmp_path: Path) -> None:
    one = _Gated(tmp_path)
    one.load({"a": [(_TITLES[1], _PLACES[0], who) for who in _WHO]}, ["a"])
    settings: tuple[People, ...] = ("heads", "none", "office")
    for people in settings:
        assert one.is_same(people)


def _noted(real: Callable[..., object], held: list[str]) -> Callable[..., object]:
    """Return the same, which takes note of the first argument."""

    def noting(gate: Gate, name: str, *given: object) -> object:
        held.append(name)
        return real(gate, name, *given)

    return noting


def _fails(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _after(count: int, real: Callable[..., object]) -> Callable[..., object]:
    left = [count]

    def failing(*given: object, **named: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            _fails()
        return real(*given, **named)

    return failing


@pytest.mark.parametrize(
    ("owner", "name", "count"),
    [
        (Kept, "keep_part", 1),
        (Kept, "only", 0),
        (graph_files, "write", 2),
        (gated, "_write_held_back", 0),
        (GenerationStore, "publish", 0),
        (Kept, "keep_passages", 0),
    ],
)
def test_a_gate_that_was_stopped_goes_on_from_what_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, count: int
) -> None:
    one = _Gated(tmp_path)
    reports = {"a": [(_TITLES[0], _PLACES[0], _WHO[1])], "b": [(_TITLES[1], _PLACES[1], _WHO[4])]}
    one.load(reports, ["a", "b"])
    one.made("office")
    reports |= {"b": [(_TITLES[2], _PLACES[1], _WHO[3])], "c": [(_TITLES[0], _PLACES[0], _WHO[0])]}
    one.load(reports, ["b", "c"])
    with monkeypatch.context() as stopping, pytest.raises((OSError, StoreError)):
        stopping.setattr(owner, name, _after(count, getattr(owner, name)))
        one.made("office")
    assert one.is_same("office")
    reports["c"] = [(_TITLES[3], _PLACES[0], _WHO[5])]
    one.load(reports, ["c"])
    assert one.is_same("office")


@pytest.mark.parametrize("content", [b"", b"no database " * 400])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    one = _Gated(tmp_path)
    one.load({"a": [(_TITLES[1], _PLACES[0], who) for who in _WHO]}, ["a"])
    one.made("heads")
    (tmp_path / "kept" / "heard.sqlite").write_bytes(content)
    one.load({"b": [(_TITLES[2], _PLACES[0], _WHO[0])]}, ["b"])
    assert one.is_same("heads")


def test_names_of_what_is_gone_lie_in_no_file(tmp_path: Path) -> None:
    one = _Gated(tmp_path)
    reports = {"a": [(_TITLES[1], _PLACES[0], _WHO[5])], "b": [(_TITLES[2], _PLACES[1], _WHO[4])]}
    one.load(reports, ["a", "b"])
    one.made("none")
    files = [tmp_path / "kept" / name for name in ("heard.sqlite", "names.sqlite")]
    assert all("Мережкин".encode() in file.read_bytes() for file in files[:1])
    one.load({"b": [(_TITLES[0], _PLACES[1], _WHO[2])]}, ["b"])
    one.made("none")
    assert not any("Мережкин".encode() in file.read_bytes() for file in files)
    held = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "kept" / "store").rglob("*.nq"))
    assert not any(name in held for name in _PRIVATE)
