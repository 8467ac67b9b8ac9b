"""A folder that goes on from the one before is byte for byte the one that is made whole, whatever changed."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.folder.build import Published, publish
from pobratim.publishing.folder.html import Pages
from pobratim.publishing.folder.memory import memory_file
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import Pages as Setting
from pobratim.publishing.settings import Publication
from pobratim.resolve import Decision, add_decisions
from pobratim.store.directory import GenerationStore
from tests.publishing.conftest import BASE
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

Row = tuple[str, str, str]
_TITLES = ("Встреча", "Конкурс «Родник»", "Подписание соглашения о сотрудничестве", "Выставка", "Турнир по шахматам")
_PLACES = (
    "г. Минск (Республика Беларусь)",
    "г. Витебск (Республика Беларусь)",
    "г. Смоленск",
    "г. Вязьма",
    "г. Алматы (Республика Казахстан)",
)
_BODIES = (
    "Школа № 5 г. Смоленска",
    "гимназия № 7 г. Минска",
    "Администрация г. Смоленска",
    "администрация г. Витебска",
    "Библиотека № 1 г. Вязьмы",
    "средняя школа № 3 г. Алматы",
    "Детская школа искусств г. Вязьмы",
)
_CHANGES = 2
_START = date(2026, 11, 1)


def _row(pick: random.Random) -> Row:
    title = f"{pick.choice(_TITLES)} {pick.choice(('', 'весной', 'осенью', 'школьников'))}".strip()
    return title, pick.choice(_PLACES), ", ".join(pick.sample(_BODIES, pick.choice((1, 2, 2, 3))))


def _changed(reports: dict[str, list[Row]], pick: random.Random) -> Iterator[str]:
    """Change the reports at random, and yield the names of those to load again."""
    for _ in range(pick.choice((1, 1, 2))):
        name = pick.choice([*reports, f"new-{len(reports)}"])
        rows = reports.setdefault(name, [])
        how = pick.choice(("add", "add", "drop", "rename"))
        if how == "drop" and len(rows) > 1:
            rows.pop(pick.randrange(len(rows)))
        elif how == "rename" and rows:
            at = pick.randrange(len(rows))
            rows[at] = (_row(pick)[0], *rows[at][1:])
        else:
            rows.insert(pick.randrange(len(rows) + 1), _row(pick))
        yield name


class _Published:
    """A store that is published again and again, each time on from the folder before and whole."""

    def __init__(self, place: Path, publication: Publication) -> None:
        self.place, self.publication, self.day = place, publication, _START
        self.store = GenerationStore(place / "store")

    def load(self, reports: dict[str, list[Row]], names: Iterator[str] | list[str]) -> None:
        """Load some of the reports."""
        paths = [write_report(self.place / f"{name}.txt", *reports[name]) for name in sorted(set(names))]
        load(paths, self.store, Settings(base=BASE))

    def contexts(self) -> Iterator[tuple[str, str]]:
        """Yield what all pages of the folder have in common."""
        yield from json.loads(memory_file(self.place / "on").read_bytes())["context"].items()

    def publish(self) -> tuple[Published, Path, Path]:
        """Return what was done, the folder that went on, and the one that was made whole."""
        on, whole = self.place / "on", self.place / "whole"
        if on.exists():
            shutil.rmtree(whole, ignore_errors=True)
            shutil.copytree(on, whole)
        memory_file(whole).unlink(missing_ok=True)
        self.day += timedelta(days=1)
        with source_of(gated_store(self.store, self.publication.people, self.place / "gated")) as source:
            told = publish(source, self.publication, on, self.day)
            publish(source, self.publication, whole, self.day, jobs=2)
        return told, on, whole


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _pages_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many pages of things each publication writes from now on, in a list that grows; fixed ones, which are
    made each time and cost most of it, are left out."""
    made = list[int]()
    write = Pages.write

    def counted(self: Pages, *args: object) -> object:
        made.append(sum(route.folder.startswith("doc/") for route in args[0]))  # type: ignore[attr-defined]
        return write(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Pages, "write", counted)
    monkeypatch.setattr(Site, "_fixed", lambda _: [])
    return made


@pytest.mark.parametrize("pages", ["main", "packs"])
def test_after_random_changes_a_folder_is_what_it_would_be_made_whole(
    tmp_path: Path, publication: Publication, monkeypatch: pytest.MonkeyPatch, pages: Setting
) -> None:
    pick = random.Random(pages)
    site = _Published(tmp_path, replace(publication, pages=pages))
    reports = {f"report-{number}": [_row(pick) for _ in range(4)] for number in range(3)}
    site.load(reports, list(reports))
    made = _pages_made(monkeypatch)
    site.publish()
    for _ in range(_CHANGES):
        site.load(reports, _changed(reports, pick))
        _, on, whole = site.publish()
        there, wanted = _bytes(on), _bytes(whole)
        assert there.keys() == wanted.keys()
        assert [path for path in sorted(wanted) if there[path] != wanted[path]] == []
    went_on, anew = made[2::2], made[3::2]
    assert all(few <= all_ for few, all_ in zip(went_on, anew, strict=True)) and sum(went_on) < sum(anew)


def test_a_report_of_towns_that_were_not_ours_and_of_a_later_year_alters_what_is_near_them(
    tmp_path: Path, publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _Published(tmp_path, replace(publication, pages="packs"))
    agreed = "Подписание соглашения о сотрудничестве сроком до 1 февраля 2025 года"
    first = [
        (agreed, "г. Витебск (Республика Беларусь)", "Администрация г. Смоленска, администрация г. Витебска"),
        ("Лекция", "г. Псков", "Школа № 1 г. Пскова"),
        *[
            ("Выставка", "г. Минск (Республика Беларусь)", f"Школа № {n} г. Смоленска, школа № {n} г. Минска")
            for n in range(20, 50)
        ],
    ]
    site.load({"first": first}, ["first"])
    made = _pages_made(monkeypatch)
    site.publish()
    known = set(site.contexts())
    rows = [
        ("Турнир", "г. Полоцк (Республика Беларусь)", "Школа № 1 г. Пскова, гимназия № 2 г. Полоцка"),
        ("Встреча", "г. Тверь", "Школа № 3 г. Твери, гимназия № 2 г. Полоцка"),
    ]
    load(
        [write_report(tmp_path / "later.txt", *rows, region="Псковской", month="апреля 2025")],
        site.store,
        Settings(base=BASE),
    )
    _, on, whole = site.publish()
    there, wanted = _bytes(on), _bytes(whole)
    assert [path for path in sorted({*wanted, *there}) if there.get(path) != wanted.get(path)] == []
    assert {name for name, value in site.contexts() if (name, value) not in known} == {"day", "ours", "areas"}
    assert made[-2] < made[-1]


def test_what_is_withdrawn_and_what_is_made_by_others_leaves_nothing_behind(
    tmp_path: Path, publication: Publication
) -> None:
    site = _Published(tmp_path, publication)
    pick = random.Random(3)
    reports = {"one": [_row(pick) for _ in range(4)], "two": [_row(pick) for _ in range(3)]}
    site.load(reports, list(reports))
    _, on, _ = site.publish()
    known = sorted(path.stem for path in (on / "doc" / "organisation").glob("*.ttl"))
    gone = Decision("withdrawn", "organisation", known[0], "", why="проверка", date="2026-11-25")
    add_decisions(site.store.beside / "decisions.tsv", [gone])
    site.load(reports, [])
    assert not (on / "x").exists()
    _, on, whole = site.publish()
    assert _bytes(on) == _bytes(whole) and not (on / "doc" / "organisation" / known[0]).exists()
    site.publication = replace(publication, languages=("en",))
    _, on, whole = site.publish()
    assert _bytes(on) == _bytes(whole) and not list(on.rglob("index.ru.html"))
    (on / "doc" / "stranger.txt").write_text("x")
    memory_file(on).write_bytes(b"{")
    site.load(reports, _changed(reports, pick))
    _, on, whole = site.publish()
    assert _bytes(on) == _bytes(whole)


def test_two_builds_in_two_places_of_reports_loaded_in_another_order_are_the_same_bytes(
    tmp_path: Path, publication: Publication
) -> None:
    pick = random.Random(8)
    reports = {name: [_row(pick) for _ in range(3)] for name in ("one", "two", "three")}
    found = []
    for place, order, jobs in ((tmp_path / "a", (*reports,), 1), (tmp_path / "b" / "deep", (*reversed(reports),), 2)):
        place.mkdir(parents=True)
        site = _Published(place, publication)
        for name in order:
            site.load(reports, [name])
        with source_of(gated_store(site.store, publication.people, place / "gated")) as source:
            publish(source, publication, place / "site", _START, jobs)
        found.append(_bytes(place / "site"))
    assert found[0].keys() == found[1].keys()
    assert [path for path in sorted(found[0]) if found[0][path] != found[1][path]] == []
