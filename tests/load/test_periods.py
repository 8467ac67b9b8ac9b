"""The period of a report on its way into the graph: told, of a source, or read; held against the rows' dates."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pobratim.errors import UsageError
from pobratim.ground.periods import parse_period
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.rdf.periods import period_name
from pobratim.store.directory import GenerationStore

HEAD = "№\tМероприятие\tМесто проведения\tДата\tУчастники\n"
DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"


def _report(folder: Path, title: str, *dates: str) -> Path:
    rows = [f"{n}\tВстреча с делегацией {n}\tг. Псков\t{day}\tДелегация Латвии\n" for n, day in enumerate(dates, 1)]
    file = folder / "otchet.txt"
    file.write_text(f"{title}\n\n{HEAD}{''.join(rows)}", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2023-Q1", "2023-01/2023-03"),
        ("2023q4", "2023-10/2023-12"),
        ("2023-H2", "2023-07/2023-12"),
        ("2023", "2023"),
        ("2023-05", "2023-05"),
        ("2023-01/2023-03", "2023-01/2023-03"),
        ("2023-01-15/2023-03-31", "2023-01-15/2023-03-31"),
    ],
)
def test_periods_as_people_give_them(text: str, edtf: str) -> None:
    assert parse_period(text) == edtf == Settings(period=text).period


@pytest.mark.parametrize("text", ["2023-Q5", "2023-H3", "2023-13", "I квартал", "2023-03/2023-01", "2023/", "23"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="period-form"):
        Settings(period=text)


@pytest.mark.parametrize(
    ("edtf", "ru", "en"),
    [
        ("2023-01/2023-03", "I квартал 2023 года", "Q1 2023"),
        ("2023-07/2023-12", "II полугодие 2023 года", "H2 2023"),
        ("2023", "2023 год", "2023"),
        ("2010/2025", "2010–2025 годы", "2010–2025"),
        ("2024-03", "март 2024 года", "March 2024"),
        ("2024-01/2024-09", "январь – сентябрь 2024 года", "January – September 2024"),
        ("2023-12/2024-02", "декабрь 2023 года – февраль 2024 года", "December 2023 – February 2024"),
        ("2023-01-15/2023-03-20", "2023-01-15/2023-03-20", "2023-01-15/2023-03-20"),
    ],
)
def test_periods_in_words(edtf: str, ru: str, en: str) -> None:
    assert (period_name(edtf, "ru"), period_name(edtf, "en")) == (ru, en)


def test_a_report_has_its_period_day_and_publisher(tmp_path: Path) -> None:
    title = "Отчет о международных мероприятиях администрации города Пскова за I квартал 2023 года"
    file = _report(tmp_path, f"{title} (по состоянию на 15.04.2023)", "12.02.2023")
    store = GenerationStore(tmp_path / "store")
    assert load([file], store, Settings()).exit_code == 0
    quads = list(store.open().quads())
    said = {quad.predicate.value: quad.object for quad in quads if str(quad.subject).endswith("/id/report/otchet>")}
    period = said[DCT + "temporal"]
    assert isinstance(period, NamedNode) and period.value.endswith("/id/time/2023-01--2023-03")
    days = {q.predicate.value: q.object.value for q in quads if q.subject == period and isinstance(q.object, Literal)}
    assert (days[DCAT + "startDate"], days[DCAT + "endDate"]) == ("2023-01-01", "2023-03-31")
    issued, publisher = said[DCT + "issued"], said[DCT + "publisher"]
    assert isinstance(issued, Literal) and issued.value == "2023-04-15"
    assert isinstance(publisher, NamedNode) and publisher.value.endswith("/id/publisher/administratsiya-goroda-pskova")


def test_a_period_that_is_told_wins_and_is_kept(tmp_path: Path) -> None:
    file = _report(tmp_path, "Отчет о международных мероприятиях за 2023 год", "12.02.2023")
    store = GenerationStore(tmp_path / "store")

    def period(settings: Settings) -> tuple[str, str, str]:
        report = load([file], store, settings)
        entity = store.manifest()["reports"]["otchet"]["entity"]
        return report.files[0].state, entity["period"], entity["period_from"]

    assert period(Settings()) == ("loaded", "2023", "title")
    assert period(Settings(period="2023-Q1")) == ("loaded", "2023-01/2023-03", "told")
    assert period(Settings()) == ("unchanged", "2023-01/2023-03", "told")
    assert period(Settings(force=True)) == ("loaded", "2023", "title")


@pytest.mark.parametrize(
    ("dates", "warned"),
    [
        (("12.02.2023", "15.03.2023"), False),
        (("12.02.2022", "15.03.2022", "01.02.2023"), True),
        (("12.02.2022", "15.03.2023"), False),
        (("декабрь 2022 года – январь 2023 года",), False),
    ],
)
def test_dates_that_contradict_the_period_are_told(tmp_path: Path, dates: tuple[str, ...], warned: bool) -> None:
    file = _report(tmp_path, "Отчет о международных мероприятиях за I квартал 2023 года", *dates)
    report = load([file], GenerationStore(tmp_path / "store"), Settings())
    found = [dict(one.values) for one in report.files[0].problems if one.code == "period-contradicted"]
    assert bool(found) == warned
    assert all(one["period"] == "2023-01/2023-03" and one["outside"] == "2" for one in found)


def test_no_period_is_no_period(tmp_path: Path) -> None:
    file = _report(tmp_path, "Отчет о международных мероприятиях", "12.02.2023")
    store = GenerationStore(tmp_path / "store")
    load([file], store, Settings())
    assert store.manifest()["reports"]["otchet"]["entity"]["period"] == ""
    assert not any(quad.predicate.value == DCT + "temporal" for quad in store.open().quads())
