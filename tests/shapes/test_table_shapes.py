"""Tables of another shape than a row an event, from bytes to records."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

from pobratim.content import content_root
from pobratim.layout.columns import load_columns
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.quality.gaps import gaps_of
from pobratim.readers import read_bytes
from pobratim.record import Record
from pobratim.shapes import read_cards, read_delegations, register_of
from pobratim.table import Document

_Rows = Sequence[Sequence[str]]
_KALUGA = "Отчет о международных мероприятиях администрации города Калуги за 2023 год"
_CARD = [
    ["Наименование мероприятия", "Визит делегации города Витебска"],
    ["Дата проведения", "22–24 июля 2023 года"],
    ["Место проведения", "г. Псков"],
    ["Участники", "Делегация Витебского горисполкома"],
]


def _page(*parts: str | _Rows) -> bytes:
    """Return a page of paragraphs and tables."""
    body = "".join(f"<p>{escape(part)}</p>" if isinstance(part, str) else _table(part) for part in parts)
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def _table(rows: _Rows) -> str:
    cells = ("".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _document(*parts: str | _Rows) -> Document:
    return read_bytes(_page(*parts), "a.html")


def _read(folder: Path, *parts: str | _Rows) -> tuple[list[Record], list[Problem]]:
    file = folder / "report.html"
    file.write_bytes(_page(*parts))
    loaded, report = read_all([file], {}, Settings(), lambda *_: None)
    assert [one.state for one in report.files] == ["loaded"], report.files
    for record in loaded[0].records:
        for one in record.evidence:
            assert record.cells[one.column][one.start : one.end] == one.exact
    return sorted(loaded[0].records, key=lambda record: record.row), report.files[0].problems


def _codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_card_is_one_event_and_several_cards_in_a_table_are_several(tmp_path: Path) -> None:
    second = [
        ["Наименование мероприятия", "Фестиваль «Песня»"],
        ["Дата проведения", "12.06.2023"],
        ["Участники", "Хор"],
    ]
    records, problems = _read(tmp_path, "Информация о мероприятиях города Пскова за 2023 год", [*_CARD, *second])
    told = [(one.title, one.start, one.end, one.reporter) for one in records]
    assert told == [
        ("Визит делегации города Витебска", "2023-07-22", "2023-07-24", "Псков"),
        ("Фестиваль «Песня»", "2023-06-12", "2023-06-12", "Псков"),
    ]
    assert [place.name for place in records[0].places] == ["Псков"] and not records[1].places
    assert "shape-cards" in _codes(problems)


def test_a_column_a_card_is_an_event_each() -> None:
    namer = load_columns(content_root() / "ontology" / "columns.ttl")
    rows = [[*row, other] for row, other in zip(_CARD, ["Турнир", "1 мая 2023", "г. Остров", "Школа"], strict=True)]
    made = read_cards(_document(rows).tables[0], namer)
    assert made is not None
    assert [[cell.text for cell in row.cells] for row in made.rows[1:]] == [
        list(column) for column in zip(*rows, strict=True)
    ][1:]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Наименование мероприятия", "Участники"],
            ["Визит делегации", "Школа"],
            ["Место встречи изменить нельзя", "Театр"],
        ],
        [["№", "Мероприятие", "Дата", "Место"], ["1", "Концерт", "1 мая 2023", "Минск"]],
        [["Показатель", "2023 год"], ["Количество участников", "12"], ["Число дат", "3"], ["Места", "4"]],
    ],
)
def test_other_tables_are_no_cards(rows: _Rows) -> None:
    namer = load_columns(content_root() / "ontology" / "columns.ttl")
    table = _document(rows).tables[0]
    assert read_cards(table, namer) is None and read_delegations(table, namer) is None


def test_delegations_received_and_missions_abroad_are_visits(tmp_path: Path) -> None:
    received = [
        ["№", "Дата", "Страна, город", "Состав делегации", "Цель визита"],
        ["1", "20 сентября", "КНР, г. Сяньян", "Представители отдела образования, 6 человек", "Обмен опытом школ"],
    ]
    made = [
        ["№", "Ф.И.О., должность", "Страна", "Срок", "Цель поездки"],
        [
            "1",
            "Петров И.И., заместитель городского головы",
            "Республика Беларусь",
            "10–12 июля 2023 г.",
            "Форум в г. Гродно",
        ],
    ]
    records, _ = _read(
        tmp_path, _KALUGA, "1. Прием иностранных делегаций", received, "2. Зарубежные командировки", made
    )
    first, second = records
    assert (first.title, first.kind, first.start, first.countries) == (
        "Прием иностранных делегаций",
        ["visit"],
        "2023-09-20",
        ["CN"],
    )
    assert (second.title, second.kind, second.start, second.end, second.countries) == (
        "Зарубежные командировки",
        ["visit"],
        "2023-07-10",
        "2023-07-12",
        ["BY"],
    )
    assert not first.places and first.cells["purpose"] == "Обмен опытом школ"


def test_a_list_of_twin_towns_is_a_register_of_the_town_in_its_title(tmp_path: Path) -> None:
    rows = [
        ["№ п/п", "Город", "Страна", "Год установления побратимских связей"],
        ["1", "Витебск", "Республика Беларусь", "1998"],
        ["2", "Крагуевац", "Сербия", "2016"],
    ]
    records, problems = _read(tmp_path, "Города-побратимы города Смоленска", rows)
    told = [(one.form, one.reporter, one.countries, one.agreements[0].kind, one.agreements[0].date) for one in records]
    assert told == [
        ("register", "Смоленск", ["BY"], "twinning", "1998"),
        ("register", "Смоленск", ["RS"], "twinning", "2016"),
    ]
    assert "register-recognised" in _codes(problems)


def test_a_list_of_agreements_is_a_register_and_a_term_in_years_has_an_end(tmp_path: Path) -> None:
    rows = [
        [
            "№",
            "Муниципальное образование",
            "Наименование документа",
            "Иностранный партнер",
            "Дата и место подписания",
            "Срок действия",
        ],
        [
            "1",
            "город Псков",
            "Договор о побратимских связях",
            "г. Витебск, Республика Беларусь",
            "20.03.1998, г. Псков",
            "бессрочно",
        ],
        ["2", "город Псков", "Соглашение о сотрудничестве", "г. Полоцк, Республика Беларусь", "15.05.2019", "5 лет"],
    ]
    records, _ = _read(tmp_path, "Перечень соглашений муниципальных образований Псковской области", rows)
    told = [(one.agreements[0].date, one.agreements[0].expires, one.agreements[0].parties) for one in records]
    assert told == [("1998-03-20", "", ["Псков", "Витебск"]), ("2019-05-15", "2024-05", ["Псков", "Полоцк"])]


@pytest.mark.parametrize(
    "headings",
    [
        ["№", "Мероприятие", "Город-побратим", "Дата"],
        ["№", "Страна", "Город", "Дата визита", "Состав делегации"],
        ["Партнер", "Проведенные мероприятия", "Соглашение"],
        ["Товар", "Поставщик", "Дата договора", "Цена"],
    ],
)
def test_what_has_events_or_no_partner_is_no_register(headings: list[str]) -> None:
    assert register_of(_document("Города-побратимы", [headings, ["x"] * len(headings)])) == ""


def test_a_row_a_partner_gives_its_agreement_and_its_events_by_their_own_dates(tmp_path: Path) -> None:
    rows = [
        ["№", "Город-побратим", "Дата подписания соглашения", "Проведенные мероприятия", "Планы на 2024 год"],
        [
            "1",
            "г. Витебск, Республика Беларусь",
            "02.09.1998",
            "Славянский базар (июль); Ярмарка (12 августа)",
            "Визит",
        ],
        ["2", "г. Неаполь, Италия", "15.05.2001, на 10 лет", "Не проводились", "-"],
    ]
    records, _ = _read(tmp_path, "Отчет о сотрудничестве администрации города Пскова за 2023 год", rows)
    told = [
        (one.form, one.title, one.start, [(a.date, a.expires, a.parties) for a in one.agreements]) for one in records
    ]
    assert told == [
        ("events", "Славянский базар (июль)", "2023-07", [("1998-09-02", "", ["Псков", "Витебск"])]),
        ("register", "Псков — Неаполь", "", [("2001-05-15", "2011-05", ["Псков", "Неаполь"])]),
        ("events", "Ярмарка (12 августа)", "2023-08-12", []),
    ]


def test_a_plan_for_a_year_under_an_agreement_is_no_second_agreement(tmp_path: Path) -> None:
    rows = [
        ["№", "Иностранный партнер", "Соглашение (дата)", "Проведенные мероприятия (дата, место)", "Результаты"],
        [
            "1",
            "Витебский городской исполнительный комитет, Республика Беларусь",
            "Договор о побратимских связях от 20.03.1998, бессрочно",
            "Визит делегации г. Витебска 22–24 июля 2023 г., г. Псков",
            "Подписан план мероприятий на 2024 год",
        ],
    ]
    (record,), _ = _read(tmp_path, "Отчет администрации города Пскова за 2023 год", rows)
    assert (record.start, record.end) == ("2023-07-22", "2023-07-24")
    assert [(one.kind, one.status, one.date) for one in record.agreements] == [("twinning", "in-force", "1998-03-20")]


_HEAD = ["№", "Мероприятие", "Место проведения", "Дата", "Участники"]


def test_numbered_items_are_rows_with_the_whole_cell_as_evidence(tmp_path: Path) -> None:
    listed = "1. Концерт ансамбля «Радость»\n2. Выставка рисунков"
    rows = [
        _HEAD,
        ["1", listed, "1. г. Минск\n2. г. Калуга", "5 мая 2023\n7–9 мая 2023", "Школа № 5"],
        ["2", "Турнир", "г. Минск", "20.02.2023", ""],
    ]
    records, problems = _read(tmp_path, _KALUGA, rows)
    told = [(one.row, one.title, one.start, one.places[0].name) for one in records]
    assert told == [
        (1, "Концерт ансамбля «Радость»", "2023-05-05", "Минск"),
        (2, "Турнир", "2023-02-20", "Минск"),
        (3, "Выставка рисунков", "2023-05-07", "Калуга"),
    ]
    third = records[2]
    assert third.cells["name"] == listed
    title = next(one for one in third.evidence if one.value == "/title")
    assert (title.start, title.exact) == (listed.index("Выставка"), "Выставка рисунков")
    assert "row-of-several-events" in _codes(problems)
    assert not [gap for gap in gaps_of(third) if "Радость" in gap.text]


def test_what_tells_its_day_goes_to_the_event_of_that_day(tmp_path: Path) -> None:
    listed = "1. Концерт ансамбля «Радость»\n2. Выставка рисунков"
    taking_part = "9 мая – школа № 1\n5 февраля – школа № 3"
    rows = [_HEAD, ["1", listed, "г. Калуга", "5 февраля 2023\n9 мая 2023", taking_part]]
    records, _ = _read(tmp_path, _KALUGA, rows)
    assert [(one.start, [i.number for i in one.institutions if i.number]) for one in records] == [
        ("2023-02-05", ["3"]),
        ("2023-05-09", ["1"]),
    ]


def test_dates_in_another_order_than_the_events_of_those_days(tmp_path: Path) -> None:
    rows = [_HEAD, ["1", "9 мая – концерт\n5 февраля – выставка", "г. Калуга", "5 февраля 2023\n9 мая 2023", ""]]
    records, _ = _read(tmp_path, _KALUGA, rows)
    assert [(one.title.rpartition(" ")[2], one.start) for one in records] == [
        ("концерт", "2023-05-09"),
        ("выставка", "2023-02-05"),
    ]


def test_what_tells_other_days_holds_for_all(tmp_path: Path) -> None:
    listed = "1. Концерт ансамбля «Радость»\n2. Выставка рисунков"
    taking_part = "1 июня – школа № 1\n2 июня – школа № 3"
    rows = [_HEAD, ["1", listed, "г. Калуга", "5 февраля 2023\n9 мая 2023", taking_part]]
    records, _ = _read(tmp_path, _KALUGA, rows)
    assert [sorted(i.number for i in one.institutions if i.number) for one in records] == [["1", "3"], ["1", "3"]]


@pytest.mark.parametrize(
    "name",
    [
        "Участие в конкурсе: 1. Вокал; 2. Танец",
        "1. Концерт",
        "Международный форум\nмолодежи городов-побратимов",
        "Встреча 5 мая 2023 г. с делегацией; обсуждение планов",
    ],
)
def test_one_event_stays_one_row(tmp_path: Path, name: str) -> None:
    records, _ = _read(tmp_path, _KALUGA, [_HEAD, ["1", name, "г. Минск", "5 мая 2023", "Школа № 5"]])
    assert len(records) == 1


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("15 января 2023 г. – выставка рисунка", "2023-01-15"),
        ("Форум молодежи, 3 марта", "2023-03-03"),
        ("Ярмарка мастеров, 5 августа 2023 г., г. Великие Луки", "2023-08-05"),
        ("Концерт к 9 мая", ""),
        ("Встреча по соглашению от 15 мая 2023 года", ""),
        ("Форум «Россия – Беларусь 2023»", ""),
    ],
)
def test_a_date_in_the_name_dates_an_event_without_a_date_column(tmp_path: Path, name: str, start: str) -> None:
    (record,), problems = _read(tmp_path, _KALUGA, [["№", "Мероприятие", "Участники"], ["1", name, "Школа № 5"]])
    assert record.start == start
    assert ("date-missing" in _codes(problems)) == (not start)


@pytest.mark.parametrize(
    ("text", "start", "end", "code"),
    [
        ("до 20 мая 2023", "2023", "2023", "date-open"),
        ("15 мая 2023 20 июня 2023", "2023-05-15", "2023-05-15", "date-rest"),
        ("осенью", "", "", "date-not-read"),
        ("44953", "2023-01-27", "2023-01-27", "date-serial"),
        ("с 15 по 17 мая", "2023-05-15", "2023-05-17", ""),
    ],
)
def test_what_of_a_date_cell_is_not_read_is_told(tmp_path: Path, text: str, start: str, end: str, code: str) -> None:
    (record,), problems = _read(tmp_path, _KALUGA, [_HEAD, ["1", "Концерт", "г. Минск", text, "Школа № 5"]])
    assert (record.start, record.end) == (start, end)
    assert [one for one in _codes(problems) if one.startswith("date-")] == ([code] if code else [])


def test_rows_that_say_that_nothing_was_held_are_noted_and_take_no_number(tmp_path: Path) -> None:
    rows = [
        _HEAD,
        ["1", "Концерт", "г. Минск", "5 мая 2023", "Школа № 5"],
        ["2", "Мероприятия не проводились", "-", "-", "-"],
        ["", "–", "–", "–", "–"],
        ["3", "Турнир", "г. Минск", "6 мая 2023", "Школа № 5"],
    ]
    records, problems = _read(tmp_path, _KALUGA, rows)
    assert [(one.row, one.title) for one in records] == [(1, "Концерт"), (3, "Турнир")]
    assert _codes(problems) == ["layout-none-held", "layout-none-held"]


def test_a_row_that_speaks_of_partners_and_agreements_is_no_heading_row(tmp_path: Path) -> None:
    purpose = "Концерты. Договор о побратимских связях подписан 23 апреля 1965 года"
    name = "Мероприятия к 50-летию побратимских связей Хабаровска и Ниигаты"
    rows = [["№", "Мероприятие", "Место", "Сроки", "Содержание"], ["1", name, "г. Ниигата", "2015 год", purpose]]
    (record,), _ = _read(tmp_path, "Отчет администрации города Хабаровска за 2015 год", rows)
    assert record.cells["purpose"] == purpose


_JOINED = [
    ["Мероприятие, место проведения", "Дата", "Содержание и результаты", "Участники"],
    ["Встреча с делегацией г. Витебска, г. Калуга", "12.05.2023", "Беседа", "Делегация г. Витебска (Беларусь)"],
    ["Международный форум «Диалог»\nг. Минск, Дворец Республики", "13.05.2023", "Доклады", "Представители 10 стран"],
    ["Телемост школ (г. Калуга, гимназия № 24)", "14.05.2023", "Беседа", "Гимназия № 24, школа № 5 г. Бреста"],
    ["Фестиваль «Мост». Республика Беларусь, г. Гродно, ДК «Луч»", "15.05.2023", "Концерт", "Ансамбль «Калинка»"],
    ["Участие в конкурсе в г. Бресте", "16.05.2023", "Диплом", "Ансамбль «Калинка»"],
    ["Приём делегаций городов Бреста, Минска и Гродно", "17.05.2023", "Беседа", "Делегации трёх городов"],
]  # fmt: skip


def test_name_and_place_in_one_cell_are_parted_and_the_cell_stays_whole(tmp_path: Path) -> None:
    records, _ = _read(tmp_path, _KALUGA, _JOINED)
    told = [(one.title, [place.name for place in one.places]) for one in records]
    assert told == [
        ("Встреча с делегацией г. Витебска", ["Калуга"]),
        ("Международный форум «Диалог»", ["Минск"]),
        ("Телемост школ", ["Калуга"]),
        ("Фестиваль «Мост»", ["Гродно"]),
        ("Участие в конкурсе в г. Бресте", ["Брест"]),
        ("Приём делегаций городов Бреста, Минска и Гродно", []),
    ]
    assert [one.cells["name"] for one in records] == [row[0] for row in _JOINED[1:]]
    assert [one.cells.get("place", row[0]) for one, row in zip(records, _JOINED[1:], strict=True)] == [
        row[0] for row in _JOINED[1:]
    ]
