"""Identity step by step: whatever comes, changes, goes and is decided, the outcome is that of resolving all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.record import Institution, Person, PersonClass, Place, Record
from pobratim.resolve import Decision, linking
from pobratim.resolve.growing import Growth, Told, is_current, update
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables
from tests.support.gold_records import report_entity
from tests.support.growing import Course, pool, vocabulary


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return pool(tmp_path_factory.mktemp("made"), 7)


@pytest.mark.parametrize("seed", range(40))
def test_any_sequence_of_loads_and_decisions_equals_resolving_all_at_once(
    tmp_path: Path, reports: list[Told], seed: int
) -> None:
    Course(tmp_path, seed, reports).run(4)


@pytest.mark.parametrize("seed", range(40, 60))
def test_blocks_may_become_too_large_and_small_enough_again(
    tmp_path: Path, reports: list[Told], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "TOO_COMMON", 4)
    Course(tmp_path, seed, reports).run(4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_long_sequences(tmp_path: Path, reports: list[Told], seed: int) -> None:
    Course(tmp_path, seed, reports).run(15)


# What is touched


class _Kept:
    """A state with the reports that made it; notes whose records are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked, self.held = folder, list[str](), dict[str, Told]()
        self.steps = 0

    def step(self, *added: Told, removed: Sequence[str] = (), decisions: Sequence[Decision] = ()) -> Growth:
        old = self.folder / str(self.steps) if self.steps else None
        self.steps += 1
        self.held |= {one.report.slug: one for one in added}
        new = self.folder / str(self.steps)
        return update(old, new, removed, added, decisions, self._records, Gazetteer.load(), vocabulary())

    def _records(self, slug: str) -> Sequence[Record]:
        self.asked.append(slug)
        return self.held[slug].records


def _told(slug: str, *names: tuple[str, str], **more: Any) -> Told:
    records = [
        Record(
            slug,
            number,
            title=f"Событие {number} {slug}",
            reporter="Смоленск",
            home=Place("", "RU"),
            institutions=[Institution("i0", name, place="Витебск", country="BY", kind=kind, **more)],
        )
        for number, (name, kind) in enumerate(names, start=1)
    ]
    return Told(report_entity(slug), records)


_SCHOOL, _MUSEUM = ("Гимназия № 7", "gymnasium"), ("Музей хлеба", "museum")


def test_a_report_that_names_the_same_touches_no_other_and_reads_none(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _SCHOOL, number="7"), _told("b", _MUSEUM))
    growth = kept.step(_told("c", _SCHOOL, number="7"))
    assert growth.touched == ["c"]
    assert kept.asked == []
    assert [one.key for one in growth.about(growth.touched).organisations] == ["by-vitebsk-gymnasium-7"]
    assert "organisation" not in growth.things


def test_the_same_report_again_changes_nothing(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _SCHOOL, number="7"), _told("b", _MUSEUM))
    growth = kept.step(_told("a", _SCHOOL, number="7"))
    assert (growth.touched, dict(growth.things), growth.gone) == ([], {}, [])


def test_a_decision_touches_the_reports_whose_keys_it_changes(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _SCHOOL, number="7"), _told("b", _MUSEUM), _told("c", ("Музей соли", "museum")))
    keys = ("by-vitebsk-museum-khleb", "by-vitebsk-museum-sol")
    found = [one.key for one in kept.step().everything().organisations if "museum" in one.key]
    lines = [Decision("same", "organisation", found[0], found[1])]
    growth = kept.step(decisions=lines)
    assert growth.touched == ["c"]
    assert growth.things["organisation"][found[1]] is None
    assert growth.replaced() == [("organisation", found[1], found[0])]
    back = kept.step()
    assert back.touched == ["c"]
    assert [one.key for one in back.everything().organisations if "museum" in one.key] == found, keys


def test_a_name_given_by_people_touches_no_report(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _MUSEUM))
    (key,) = [one.key for one in kept.step().everything().organisations]
    growth = kept.step(decisions=[Decision("rename", "organisation", key, "Хлебный музей")])
    assert growth.touched == []
    assert growth.things["organisation"][key].names[0] == "Хлебный музей"


def test_where_people_only_decide_the_state_without_decisions_is_the_same_file(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _SCHOOL, number="7"), _told("b", _MUSEUM)).close()
    lines = [Decision("rename", "organisation", "by-vitebsk-gymnasium-7", "Седьмая гимназия")]
    kept.step(decisions=lines).close()
    former, plain = (tmp_path / number / "plain.sqlite" for number in "12")
    before = former.read_bytes()
    assert plain.samefile(former)
    # The same load goes on in its own state, and the former one is never written to.
    growth = update(
        plain.parent,
        plain.parent,
        (),
        [_told("c", _MUSEUM)],
        lines,
        kept._records,
        Gazetteer.load(),
        vocabulary(),
    )
    assert [one.names[0] for one in growth.everything().organisations] == ["Седьмая гимназия", "Музей хлеба"]
    growth.close()
    assert former.read_bytes() == before != plain.read_bytes()


def test_reports_that_leave_take_their_things_along(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _SCHOOL, number="7"), _told("b", _MUSEUM))
    growth = kept.step(removed=["b"])
    assert growth.gone == ["b"]
    assert growth.touched == []
    assert [one.slug for one in growth.everything().reports] == ["a"]
    assert list(growth.things["organisation"].values()) == [None]
    # Nothing of what the report said is left, not even where the file has room again.
    assert "хлеб".encode() in (tmp_path / "1" / "plain.sqlite").read_bytes()
    assert "хлеб".encode() not in (tmp_path / "2" / "plain.sqlite").read_bytes()


def test_a_report_whose_entity_alone_changed_is_touched(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    told = _told("a", _MUSEUM)
    kept.step(told)
    growth = kept.step(replace(told, report=replace(told.report, title="Отчёт")))
    assert (growth.touched, dict(growth.things)) == (["a"], {})


def test_a_town_that_only_another_report_names_has_rows_read_again(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    council = Institution("i0", "Выдумкинский районный совет", country="RU", kind="council")
    record = Record("a", 1, title="Встреча", reporter="Смоленск", home=Place("", "RU"), institutions=[council])
    kept.step(Told(report_entity("a"), [record]))
    before = kept.step().everything().organisations[0].place
    named = Record("b", 1, title="Визит", reporter="Смоленск", home=Place("", "RU"), places=[Place("Выдумкино", "RU")])
    growth = kept.step(Told(report_entity("b"), [named]))
    assert growth.touched == ["a", "b"]
    assert (before, growth.everything().organisations[0].place) == ("", "ru-vydumkino")
    assert kept.step(removed=["b"]).everything().organisations[0].place == ""


# The state


def test_a_state_of_another_edition_is_none(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _MUSEUM))
    assert is_current(tmp_path / "1")
    assert not is_current(tmp_path / "2")
    tables = Tables(tmp_path / "1" / "plain.sqlite")
    tables.run("UPDATE meta SET value = 'other' WHERE name = 'edition'")
    tables.close()
    assert not is_current(tmp_path / "1")


def test_an_update_that_fails_leaves_the_old_state_and_keeps_nothing(tmp_path: Path) -> None:
    kept = _Kept(tmp_path)
    kept.step(_told("a", _MUSEUM))
    broken = replace(_told("b", _SCHOOL, number="7").records[0], start=None)  # type: ignore[arg-type]
    old, new = tmp_path / "1", tmp_path / "new"
    with pytest.raises(AttributeError):
        update(old, new, [], [Told(report_entity("b"), [broken])], [], kept._records, Gazetteer.load(), vocabulary())
    assert [*Tables(new / "plain.sqlite").lines()] == [*Tables(old / "plain.sqlite").lines()]


@dataclass(frozen=True)
class _Sample:
    name: str
    numbers: tuple[int, ...]
    pairs: frozenset[tuple[str, str]]
    inner: "Place | None"
    by_name: dict[str, float]


def test_values_are_packed_and_read_back() -> None:
    sample = _Sample("«Имя»", (1, 2), frozenset({("b", "a"), ("a", "b")}), Place("Минск", "BY"), {"x": 0.5})
    assert unpack(_Sample, pack(sample)) == sample
    assert pack(replace(sample, pairs=frozenset({("a", "b"), ("b", "a")}))) == pack(sample)
    assert unpack(_Sample, pack(replace(sample, inner=None))).inner is None


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be"):
        unpack(complex, "[]")


def test_what_a_person_is_in_an_event_is_told_by_all_its_rows(tmp_path: Path) -> None:
    def told(slug: str, person_class: PersonClass) -> Told:
        person = Person("Иван Петров", "директор школы № 1", "", person_class)
        record = Record(slug, 1, title="Встреча «Лад»", reporter="Смоленск", home=Place("", "RU"), people=[person])
        record.start, record.kind, record.places = "2023-02-05", ["meeting"], [Place("Витебск", "BY")]
        return Told(report_entity(slug), [record])

    kept = _Kept(tmp_path)
    kept.step(told("a", "office"), told("b", "office"))
    assert kept.step().touched == []
    growth = kept.step(told("b", "private"))
    assert growth.touched == ["a", "b"]
    assert [one.person_class for one in growth.accounts("a")[0].participations] == ["private"]
