"""What publishers bring: reports of one quarter, of none, with titles of any kind; a report taken out; another base."""

import csv
import errno
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pyoxigraph import RdfFormat, parse

from pobratim.cli import run
from pobratim.errors import UsageError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.check import findings_of
from pobratim.publishing.folder.build import Published, publish
from pobratim.publishing.folder.editions import Former, edition_of
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import Publication
from pobratim.rdf.terms import DCAT, RDF
from pobratim.resolve import Decision, add_decisions
from pobratim.store.directory import GenerationStore
from tests.publishing.conftest import BASE
from tests.support.json_ld import triples_of

pytestmark = pytest.mark.slow
LONG = "Встреча " + "и ещё одна встреча " * 530
BROKEN = "Форум «Дружба»,\nвторой \"раз\"; 'третий'\t<i>день</i> & ночь"
_HEAD = ["№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"]


@dataclass(frozen=True, slots=True)
class Made:
    """A folder after a publication of three reports, and after one of them was taken out."""

    folder: Path
    told: tuple[Published, Published]
    findings: list[str]
    gone: str
    store: GenerationStore


def _report(path: Path, period: str, *names: str) -> Path:
    """Write a report of Smolensk about a period; its rows took place in Minsk."""
    guests = ("г. Минск (Республика Беларусь)", "", "Школа № 5 г. Смоленска")
    rows = [_HEAD, *([str(number), name, *guests] for number, name in enumerate(names, 1))]
    cells = "\n".join("".join("\t" + cell.replace("\n", " ") + "\n" for cell in row) for row in rows)
    title = f"Отчет о международных мероприятиях муниципальных образований Смоленской области{period}"
    path.write_text(f"{title}\n\n{cells}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, publication: Publication) -> Made:
    """Two reports of one quarter and one of no period; then one of the first two is withdrawn."""
    place = tmp_path_factory.mktemp("bad")
    store, folder = GenerationStore(place / "store"), place / "site"
    files = [
        _report(place / "first.txt", " за 1 квартал 2024 года", LONG, BROKEN),
        _report(place / "second.txt", " за I квартал 2024 года", "Турнир по шахматам"),
        _report(place / "none.txt", "", "Ярмарка ремёсел"),
    ]
    told, findings = list[Published](), list[str]()

    def release() -> None:
        gated = gated_store(store, publication.people, place / "gated")
        findings.extend(one.code for one in findings_of(gated, publication))
        with source_of(gated) as source:
            told.append(publish(source, publication, folder, date(2026, 11, 30)))

    load(files, store, Settings(base=BASE))
    release()
    (folder / "link").symlink_to(files[0])
    gone = Decision("withdrawn", "report", "second", "", why="проверка", date="2026-11-30")
    add_decisions(store.beside / "decisions.tsv", [gone])
    load((), store, Settings(base=BASE))
    release()
    return Made(folder, (told[0], told[1]), findings, "second", store)


def _sets(folder: Path) -> set[str]:
    found = parse((folder / "catalog.ttl").read_bytes(), format=RdfFormat.TURTLE)
    return {str(quad.subject) for quad in found if quad.predicate == RDF.type and quad.object == DCAT.Dataset}


def test_reports_of_one_quarter_are_one_data_set_and_one_of_no_period_is_told_and_in_all(made: Made) -> None:
    assert _sets(made.folder) == {f"<{BASE}/id/dataset/{key}>" for key in ("all", "2024-q1")}
    assert made.findings.count("period-missing") == 2  # once a publication
    number = made.told[0].version.number
    with (made.folder / f"tables/{number}/2024-q1/events.csv").open(encoding="utf-8", newline="") as rows:
        titles = [row["title"] for row in csv.DictReader(rows)]
    assert len(titles) == 3 and "Ярмарка ремёсел" not in titles
    with (made.folder / f"tables/{number}/events.csv").open(encoding="utf-8", newline="") as rows:
        assert "Ярмарка ремёсел" in [row["title"] for row in csv.DictReader(rows)]


def test_a_report_that_is_withdrawn_leaves_the_quarter_to_the_others(made: Made) -> None:
    number = made.told[1].version.number
    with (made.folder / f"tables/{number}/2024-q1/events.csv").open(encoding="utf-8", newline="") as rows:
        assert "Турнир по шахматам" not in [row["title"] for row in csv.DictReader(rows)]
    assert not (made.folder / f"doc/report/{made.gone}.ttl").exists()
    rules = (made.folder / "rules/w3id.htaccess").read_text(encoding="utf-8")
    assert f"RewriteRule ^id/report/{made.gone}$ - [G,L]" in rules


def test_titles_of_any_length_and_with_any_sign_come_whole(made: Made) -> None:
    number = made.told[1].version.number
    with (made.folder / f"tables/{number}/events.csv").open(encoding="utf-8", newline="") as rows:
        titles = [row["title"] for row in csv.DictReader(rows)]
    [long] = [title for title in titles if len(title) > 9_000]
    assert long == " ".join(LONG.split())
    [odd] = [title for title in titles if title.startswith("Форум")]
    assert '"раз"' in odd and "<i>день</i> & ночь" in odd
    for file in made.folder.glob("doc/activity/*.ttl"):
        assert triples_of(file.read_bytes(), RdfFormat.TURTLE) == triples_of(
            file.with_suffix(".jsonld").read_bytes(), RdfFormat.JSON_LD
        )
    for file in _pages(made.folder):
        text = file.read_text(encoding="utf-8")
        assert "<i>день</i>" not in text
        for told in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            json.loads(told)
    feed = (made.folder / "changes/feed.atom").read_text(encoding="utf-8")
    assert "<i>" not in feed


def _pages(folder: Path) -> Iterator[Path]:
    return folder.glob("doc/activity/*/*.html")


def test_a_link_that_somebody_put_into_the_folder_is_gone_and_what_it_led_to_stays(made: Made) -> None:
    assert not (made.folder / "link").exists()
    assert (made.folder.parent / "first.txt").is_file()


def test_another_base_makes_another_edition(made: Made, publication: Publication) -> None:
    gated = gated_store(made.store, publication.people, made.folder.parent / "gated")
    with source_of(gated) as source:
        former = Former(made.folder, "x", "y", BASE, (made.told[1].version,))
        day = date(2026, 12, 1)
        assert edition_of(source, publication, former, day).number.startswith("1.")
        other = replace(source, base="https://other.example.net")
        assert edition_of(other, publication, former, day).number == "2.0.0"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, publication: Publication) -> tuple[GenerationStore, Path]:
    """A report in Word with a title of two lines and a day that there is not, and the folder made of it."""
    place = tmp_path_factory.mktemp("paper")
    rows = [
        ("Форум «Соседи»,\nвторой день", "12.03.2024"),
        ("Выставка, которой не было", "31.02.2024"),
        ("=2+5", "13.03.2024"),
    ]
    document = Document()
    document.add_paragraph(
        "Отчет о международных мероприятиях муниципальных образований Смоленской области за 1 квартал 2024 года"
    )
    table = document.add_table(len(rows) + 1, len(_HEAD))
    told = [[str(at), name, "г. Минск", day, "Школа № 5 г. Смоленска"] for at, (name, day) in enumerate(rows, 1)]
    for cells, row in zip(table.rows, [_HEAD, *told], strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(str(place / "paper.docx"))
    store = GenerationStore(place / "store")
    load([place / "paper.docx"], store, Settings(base=BASE))
    _publish(store, publication, place / "site", date(2026, 11, 30))
    return store, place / "site"


def _publish(store: GenerationStore, publication: Publication, folder: Path, day: date) -> Published:
    with source_of(gated_store(store, publication.people, folder.parent / "gated")) as source:
        return publish(source, publication, folder, day)


def test_a_title_of_two_lines_is_one_and_a_row_with_no_such_day_stays_out(paper: tuple[GenerationStore, Path]) -> None:
    with (paper[1] / "tables/1.0.0/events.csv").open(encoding="utf-8", newline="") as rows:
        assert sorted(row["title"] for row in csv.DictReader(rows)) == ["=2+5", "Форум «Соседи», второй день"]
    [page] = [text for file in _pages(paper[1]) if "второй день" in (text := file.read_text(encoding="utf-8"))][:1]
    [told] = re.findall(r'<meta property="og:title" content="([^"]*)">', page)
    assert told.startswith("Форум «Соседи», второй день")
    held = b"".join(file.read_bytes() for file in paper[1].rglob("*.ttl"))
    assert "которой не было".encode() not in held


def test_a_clock_that_goes_back_is_told_and_nothing_changes(
    paper: tuple[GenerationStore, Path], publication: Publication
) -> None:
    store, folder = paper
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    changed = replace(publication, keywords=dict.fromkeys(publication.languages, ("другие", "слова")))
    with pytest.raises(UsageError, match="publish-clock"):
        _publish(store, changed, folder, date(2026, 11, 29))
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_once_all_reports_are_withdrawn_their_pages_are_gone_and_say_so(
    paper: tuple[GenerationStore, Path], publication: Publication
) -> None:
    store, folder = paper
    gone = Decision("withdrawn", "report", "paper", "", why="проверка", date="2026-11-30")
    add_decisions(store.beside / "decisions.tsv", [gone])
    load((), store, Settings(base=BASE))
    told = _publish(store, publication, folder, date(2026, 12, 1))
    assert told.version.number == "1.1.0" and not list(folder.glob("doc/activity/*"))
    assert "RewriteRule ^id/report/paper$ - [G,L]" in (folder / ".htaccess").read_text(encoding="utf-8")
    assert (folder / "index.html").is_file() and triples_of((folder / "catalog.ttl").read_bytes(), RdfFormat.TURTLE)


def test_of_nothing_loaded_nothing_is_published(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "p.toml"
    common = ["--store", str(tmp_path / "store"), "--config", str(config), "--lang", "en", "--example"]
    load((), GenerationStore(tmp_path / "store"), Settings())
    assert run(["publish", "--init", *common]) == 0
    assert run(["publish", str(tmp_path / "site"), *common]) != 0
    assert "pobratim load" in capfd.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_is_full_or_read_only_is_told(
    number: int, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from pobratim.cli import publish as command
    from pobratim.publishing.keys import template_with

    config = tmp_path / "p.toml"
    config.write_text(template_with(BASE).replace("0000000000", "1000000002"), encoding="utf-8")

    def fails(*arguments: object) -> Published:
        raise OSError(number, f"no room for {len(arguments)}")

    monkeypatch.setattr(command, "publish", fails)
    code = run(["publish", str(tmp_path / "site"), "--store", made.store.name, "--config", str(config), "--lang", "en"])
    assert code == 2 and str(tmp_path / "site") in capfd.readouterr().err
