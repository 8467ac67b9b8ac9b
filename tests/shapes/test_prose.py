"""Reports in prose: headings and paragraphs, from bytes to records with their evidence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pobratim.evaluate import evaluate, read_jsonl
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.record import Record, to_lines
from pobratim.sources import find_source
from tests.support.places import TESTS
from tests.support.prose_files import broken, pdf, word

_GOLD = TESTS / "gold" / "prose"
_REPORTS = ("events-2024", "okrugs-2024", "partners-2024")
_WHOLE = ("reporter", "title", "dates", "mode", "places")
_TITLE = "Отчёт о международных связях администрации города Кургана за 2024 год"
_FORMS: dict[str, Callable[[str], bytes]] = {"broken.txt": broken, "word.docx": word, "print.pdf": pdf}


def _read(folder: Path, data: bytes, file: str, settings: Settings | None = None) -> tuple[list[Record], list[Problem]]:
    """Return the records of a text and what was said of it; all evidence must stand where it says."""
    path = folder / file
    path.write_bytes(data)
    loaded, report = read_all([path], {}, settings or Settings(), lambda *_: None)
    records = sorted(loaded[0].records, key=lambda record: record.row) if loaded else []
    for record in records:
        for one in record.evidence:
            assert record.cells[one.column][one.start : one.end] == one.exact
    return records, report.files[0].problems


def _text(*paragraphs: str) -> bytes:
    return "\n".join((_TITLE, "", *paragraphs)).encode()


def _codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("name", _REPORTS)
def test_what_a_row_is_made_of_is_read_whole(name: str, tmp_path: Path) -> None:
    records, problems = _read(tmp_path, (_GOLD / f"{name}.txt").read_bytes(), f"{name}.txt")
    gold = read_jsonl(_GOLD / f"{name}.gold.jsonl")
    assert "prose-recognised" in _codes(problems)
    found = evaluate(gold, [json.loads(line) for line in to_lines(records).splitlines()])
    assert not found.missing_rows and not found.extra_rows
    assert {field: found.tallies[field].f1 for field in _WHOLE} == dict.fromkeys(_WHOLE, 1.0)


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("name", _REPORTS)
def test_a_text_is_one_in_all_its_forms(name: str, form: str, tmp_path: Path) -> None:
    text = (_GOLD / f"{name}.txt").read_text(encoding="utf-8")
    told, _ = _read(tmp_path, text.encode(), "told.txt")
    made, _ = _read(tmp_path, _FORMS[form](text), f"told.{form.rpartition('.')[2]}")
    plain = [" ".join(line.split()) for line in to_lines(told).splitlines()]
    assert [" ".join(line.split()) for line in to_lines(made).splitlines()] == plain


def test_the_paragraph_is_the_cell_and_the_heading_tells_partner_and_month(tmp_path: Path) -> None:
    paragraph = "Делегация города посетила Витебск. Подписан план мероприятий."
    records, _ = _read(
        tmp_path,
        _text("Город Витебск (Беларусь)", "Май 2024 года", paragraph, "Июнь", f"{paragraph} 9 июня был концерт."),
        "a.txt",
    )
    first, second = records
    assert first.cells == {"section": "Город Витебск (Беларусь)\nМай 2024 года", "name": paragraph}
    assert (first.start, first.reporter, [one.name for one in first.places]) == ("2024-05", "Курган", ["Витебск"])
    assert ["Курган", "Витебск"] in [[*tie] for tie in first.ties]
    told = {one.value: (one.column, one.exact) for one in first.evidence}
    assert told["/start"] == ("section", "Май 2024 года") and told["/places/0"] == ("name", "Витебск")
    assert second.start == "2024-06"


def test_sentences_with_days_of_their_own_are_events_of_one_paragraph(tmp_path: Path) -> None:
    text = "3 марта 2024 года прошёл концерт «Мост». Пели все. 5 апреля в г. Минске состоялась встреча мэров."
    records, _ = _read(tmp_path, _text(text), "a.txt")
    assert [(one.title, one.start) for one in records] == [
        ("прошёл концерт «Мост»", "2024-03-03"),
        ("в г. Минске состоялась встреча мэров", "2024-04-05"),
    ]
    own = [next(one.exact for one in record.evidence if one.value == "/cells/name") for record in records]
    assert own == ["3 марта 2024 года прошёл концерт «Мост». Пели все.", text[text.index("5 апреля") : -1]]
    assert all(record.cells["name"] == text for record in records)


def test_paragraphs_that_go_on_are_of_the_event_above_and_plans_are_none(tmp_path: Path) -> None:
    records, problems = _read(
        tmp_path,
        _text(
            "12 мая 2024 года состоялся визит делегации г. Минска.",
            "В ходе визита подписан протокол.",
            "14 июня 2024 года прошёл фестиваль «Ключи».",
            "В июле 2025 года планируется фестиваль «Реки».",
        ),
        "a.txt",
    )
    assert [one.cells["name"].count("\n") for one in records] == [1, 0]
    assert [dict(one.values)["text"][:6] for one in problems if one.code == "prose-not-event"] == ["В июле"]


def test_a_day_or_a_place_that_a_later_sentence_tells_is_the_events_and_what_was_cancelled_is_none(
    tmp_path: Path,
) -> None:
    title = "Сведения о международных связях Вологды за 2024 год"
    records, problems = _read(
        tmp_path,
        "\n".join((
            title,
            "",
            "Вологодские лыжники приняли участие в открытом чемпионате. Старты прошли 20 января 2024 года. "
            "Место проведения – г. Логойск (Беларусь).",
            "17 мая 2024 года прошёл концерт.",
            "В июле 2024 года фестиваль «Реки» отменён.",
        )).encode(),
        "a.txt",
    )  # fmt: skip
    assert [(one.reporter, one.start) for one in records] == [("Вологда", "2024-01-20"), ("Вологда", "2024-05-17")]
    assert [one.name for one in records[0].places] == ["Логойск"]
    assert _codes(problems) == ["prose-recognised", "prose-not-event"]


def test_labels_fill_the_fields_of_the_event_above_them(tmp_path: Path) -> None:
    records, _ = _read(
        tmp_path,
        _text(
            "Мероприятие: Фестиваль «Мост»", "Дата проведения: 3 мая 2024 года", "Место: г. Брест (Беларусь)", "",
            "Мероприятие: Ярмарка", "Дата проведения: 4 мая 2024 года", "Участники: гимназия № 2 г. Бреста",
        ),
        "a.txt",
    )  # fmt: skip
    assert [(one.title, one.start) for one in records] == [
        ("Фестиваль «Мост»", "2024-05-03"),
        ("Ярмарка", "2024-05-04"),
    ]
    assert [one.name for one in records[0].places] == ["Брест"]
    assert records[1].cells["participants"] == "Участники: гимназия № 2 г. Бреста"


@pytest.mark.parametrize(
    "text",
    [
        "Отчёт о ремонте дорог за 2024 год\n\n5 мая 2024 года прошёл ремонт.\n6 мая 2024 года прошёл приём.",
        f"{_TITLE}\n\nГород поддерживает связи с Минском.\nСоглашение подписано в 1998 году.",
        f"{_TITLE}\n\n5 мая 2024 года прошёл приём.",
    ],
    ids=["of other matters", "without events", "of one event"],
)
def test_what_is_not_sure_is_refused_as_before(text: str, tmp_path: Path) -> None:
    assert _codes(_read(tmp_path, text.encode(), "a.txt")[1]) == ["reader-no-table"]


def test_tables_beside_prose_are_noted_where_none_is_a_report(tmp_path: Path) -> None:
    events = [f"{day} мая 2024 года состоялась встреча с делегацией города Витебска (Беларусь)." for day in range(1, 7)]
    table = "<table><tr><td>Показатель</td><td>2024</td></tr><tr><td>Число встреч</td><td>6</td></tr></table>"
    body = "".join(f"<p>{line}</p>" for line in (_TITLE, *events))
    page = f"<html><meta charset='utf-8'><body>{body}{table}</body></html>"
    records, problems = _read(tmp_path, page.encode(), "a.html")
    assert len(records) == len(events)
    assert _codes(problems) == ["prose-recognised", "layout-other-table"]


def test_a_text_called_prose_needs_one_event(tmp_path: Path) -> None:
    told = Settings(source=find_source("narrative"))
    records, problems = _read(tmp_path, "Письмо\n\n5 мая 2024 года прошёл приём делегации.".encode(), "a.txt", told)
    assert [one.start for one in records] == ["2024-05-05"] and not problems
    assert _codes(_read(tmp_path, "Письмо о делах.".encode(), "b.txt", told)[1]) == ["prose-no-event"]
