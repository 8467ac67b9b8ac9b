"""A small store published four times: first, with another report, with a thing withdrawn, and purged."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.folder.build import Published, publish
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.keys import template_with
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import Publication, read_publication
from pobratim.resolve import Decision, add_decisions
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

BASE = "https://data.example.net/ties"
PUBLIC = "https://open.example.net/portal"
PUPIL = "Дарья Клюковкина"
"""A private person of the first report: in no byte of what is published."""
FIRST = (
    (
        "Встреча «Дружба», <b>вторая</b>",
        "г. Минск (Республика Беларусь)",
        "Школа № 5 г. Смоленска, гимназия № 7 г. Минска",
    ),
    (
        "Подписание соглашения",
        "г. Витебск (Республика Беларусь)",
        "Администрация г. Смоленска, администрация г. Витебска",
    ),
    (
        "Выставка рисунков",
        "г. Витебск (Республика Беларусь)",
        f"учащаяся Школы № 5 г. Смоленска {PUPIL}, галерея № 2 г. Витебска",
    ),
    ("=СУММ(A1)", "г. Смоленск", "Библиотека № 1 г. Смоленска, библиотека № 2 г. Витебска (Республика Беларусь)"),
)
SECOND = (("Турнир, «Кубок»", "г. Могилёв (Республика Беларусь)", "Спортивная школа № 3 г. Смоленска"),)


@dataclass(frozen=True, slots=True)
class Releases:
    """Copies of a folder after each version, what was told of each, and the settings.

    ``withdrawn`` is the path of a thing that was taken out, ``merged`` are those of one that became another and of that
    other. ``purged`` is the folder once more, after its earlier versions were purged. ``store`` holds all reports.
    """

    folders: tuple[Path, ...]
    told: tuple[Published, ...]
    publication: Publication
    withdrawn: str
    merged: tuple[str, str]
    store: Path
    purged: Path
    told_of_purge: Published


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Settings of a publisher of his own."""
    file = tmp_path_factory.mktemp("settings") / "publication.toml"
    text = template_with(BASE)
    text = text.replace("https://data.example.org", PUBLIC, 1).replace("0000000000", "1000000002")
    file.write_text(text, encoding="utf-8")
    return read_publication(file)


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory, publication: Publication) -> Releases:
    """Three versions of one folder, and the last one without its past."""
    place = tmp_path_factory.mktemp("releases")
    store = GenerationStore(place / "store")
    folder = place / "site"
    folders, told = list[Path](), list[Published]()

    def release(day: date, purge: bool = False) -> None:
        gated = gated_store(store, publication.people, place / "gated")
        with source_of(gated) as source:
            told.append(publish(source, publication, folder, day, purge=purge))
        folders.append(place / f"version-{len(folders) + 1}")
        shutil.copytree(folder, folders[-1])

    load([write_report(place / "first.txt", *FIRST)], store, Settings(base=BASE))
    release(date(2026, 11, 1))
    load([write_report(place / "second.txt", *SECOND)], store, Settings(base=BASE))
    release(date(2026, 11, 20))
    known = sorted(path.stem for path in (folder / "doc" / "organisation").glob("by-*.ttl"))
    gone = Decision("withdrawn", "organisation", known[0], "", why="проверка", date="2026-11-25")
    stays, goes = sorted(path.stem for path in (folder / "doc" / "organisation").glob("ru-*.ttl"))[:2]
    same = Decision("same", "organisation", stays, goes, why="проверка", date="2026-11-25")
    add_decisions(store.beside / "decisions.tsv", [gone, same])
    load((), store, Settings(base=BASE))
    release(date(2026, 11, 30))
    release(date(2026, 11, 30), purge=True)
    *versions, last = told
    return Releases(
        tuple(folders[:-1]),
        tuple(versions),
        publication,
        f"organisation/{known[0]}",
        (f"organisation/{goes}", f"organisation/{stays}"),
        place / "store",
        folders[-1],
        last,
    )
