"""The layouts that reports come in, each in Word, HTML and Excel: rows, columns, and what is said of the rest."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from pobratim.layout.walk import lay_out
from pobratim.readers import read_document
from tests.support.layouts import FORMATS, Block, Tall, Wide
from tests.support.report_documents import namer

TITLE = "Отчёт о международных мероприятиях за 2024 год"
FULL = ["№ п/п", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Цель и содержание", "Участники"]
FORUM = ["Форум побратимов", "г. Архангельск", "12 мая 2024 г.", "Обмен опытом", "Делегация г. Варде (Норвегия)"]
CAMP = ["Летний лагерь", "г. Мурманск", "июль 2024 г.", "Изучение языка", "Школьники г. Рованиеми"]
FAIR = ["Ярмарка", "г. Псков", "3-5 августа 2024 г.", "Торговля", "Предприятия г. Пскова и г. Резекне"]
NAMES = ("name", "place", "dates", "purpose", "participants")


class Case(NamedTuple):
    """A layout, the rows expected of it (number, section, cells), and the codes of what is remarked on.

    ``on_sheet`` are the remarks in Excel, where what stands above and below is of the same table.
    """

    blocks: Sequence[Block]
    rows: Sequence[tuple[int, str, dict[str, str]]]
    remarks: Sequence[str] = ()
    on_sheet: Sequence[str] | None = None


def of(values: Sequence[str], **other: str) -> dict[str, str]:
    return {**dict(zip(NAMES, values, strict=True)), **other}


THREE = [(1, "", of(FORUM)), (2, "", of(CAMP)), (3, "", of(FAIR))]
ROWS = [["1.", *FORUM], ["2.", *CAMP], ["3.", *FAIR]]
ORDER = (3, 0, 4, 1, 2)
CASES = {
    "as most reports": Case([TITLE, [FULL, *ROWS]], THREE),
    "other order of columns": Case(
        [TITLE, [["№", *(FULL[1:][i] for i in ORDER)], *([row[0], *(row[1:][i] for i in ORDER)] for row in ROWS)]],
        THREE,
    ),
    "no numbers": Case([TITLE, [FULL[1:], FORUM, CAMP, FAIR]], THREE),
    "no place": Case(
        [TITLE, [[*FULL[:2], *FULL[3:]], ["1", *FORUM[:1], *FORUM[2:]]]],
        [(1, "", {k: v for k, v in of(FORUM).items() if k != "place"})],
    ),
    "no purpose, but a result": Case(
        [
            TITLE,
            [["№", "Мероприятие", "Дата", "Место", "Результат"], ["1", "Визит", "май 2024", "г. Казань", "Протокол"]],
        ],
        [(1, "", {"name": "Визит", "dates": "май 2024", "place": "г. Казань", "result": "Протокол"})],
    ),
    "who answers for it, not who took part": Case(
        [TITLE, [["№", "Мероприятие", "Срок", "Ответственный исполнитель"], ["1", "Визит", "май", "Отдел культуры"]]],
        [(1, "", {"name": "Визит", "dates": "май", "responsible": "Отдел культуры"})],
    ),
    "date and place in one column": Case(
        [
            TITLE,
            [["№", "Наименование", "Дата и место проведения", "Участники"], ["1", "Визит", "1 мая, Гомель", "Мэр"]],
        ],
        [(1, "", {"name": "Визит", "dates": "1 мая, Гомель", "place": "1 мая, Гомель", "participants": "Мэр"})],
    ),
    "country and town apart": Case(
        [TITLE, [["№", "Мероприятие", "Страна", "Город", "Период"], ["1", "Визит", "КНР", "Харбин", "май 2024"]]],
        [(1, "", {"name": "Визит", "country": "КНР", "place": "Харбин", "dates": "май 2024"})],
    ),
    "participants of two sides": Case(
        [
            TITLE,
            [
                ["№", "Мероприятие", "Дата", "Участники с российской стороны", "Участники с зарубежной стороны"],
                ["1", "Матч", "май 2024", "СШОР № 1", "Клуб «Заря» (Гродно)"],
            ],
        ],
        [(1, "", {"name": "Матч", "dates": "май 2024", "participants": "СШОР № 1\nКлуб «Заря» (Гродно)"})],
    ),
    "numbers of the columns below the heading": Case([TITLE, [FULL, list("123456"), *ROWS]], THREE),
    "heading again on each page": Case([TITLE, [FULL, ROWS[0], FULL, ROWS[1], list("123456"), ROWS[2]]], THREE),
    "heading in capitals and broken words": Case(
        [TITLE, [[text.upper().replace(" ", "\n") for text in FULL], *ROWS]], THREE
    ),
    "municipalities as merged rows": Case(
        [TITLE, [FULL, [Wide("Город Архангельск", 6)], ROWS[0], [Wide("Мезенский район", 6)], ROWS[1], ROWS[2]]],
        [
            (1, "Город Архангельск", of(FORUM)),
            (2, "Мезенский район", of(CAMP)),
            (3, "Мезенский район", of(FAIR)),
        ],
    ),
    "municipalities in one cell of a row": Case(
        [TITLE, [FULL, ["", "Город Архангельск", "", "", "", ""], *ROWS]],
        [(number, "Город Архангельск", cells) for number, _, cells in THREE],
    ),
    "municipalities between tables": Case(
        [TITLE, "Город Архангельск", [FULL, ROWS[0]], "Мезенский район", [FULL, ["1.", *CAMP]]],
        [(1, "Город Архангельск", of(FORUM)), (2, "Мезенский район", of(CAMP))],
        ["layout-number-restart"],
    ),
    "municipality in a tall cell": Case(
        [
            TITLE,
            [
                ["Муниципальное образование", *FULL[1:]],
                [Tall("Город Архангельск", 2), *FORUM],
                CAMP,
                ["Мезенский район", *FAIR],
            ],
        ],
        [
            (1, "Город Архангельск", of(FORUM)),
            (2, "Город Архангельск", of(CAMP)),
            (3, "Мезенский район", of(FAIR)),
        ],
    ),
    "one date for two events": Case(
        [
            TITLE,
            [
                ["№", "Дата", "Мероприятие", "Место"],
                ["1", Tall("9 мая 2024", 2), "Митинг", "Брест"],
                ["2", "Концерт", "Гродно"],
            ],
        ],
        [
            (1, "", {"dates": "9 мая 2024", "name": "Митинг", "place": "Брест"}),
            (2, "", {"dates": "9 мая 2024", "name": "Концерт", "place": "Гродно"}),
        ],
    ),
    "two rows of headings": Case(
        [
            TITLE,
            [
                [Tall("№", 2), Tall("Мероприятие", 2), Wide("Проведение", 2), Tall("Участники", 2)],
                ["Место", "Дата"],
                ["1", "Визит", "Витебск", "май", "Мэр"],
            ],
        ],
        [(1, "", {"name": "Визит", "place": "Витебск", "dates": "май", "participants": "Мэр"})],
    ),
    "sub-items under one number": Case(
        [
            TITLE,
            [
                ["№", "Мероприятие", "Дата", "Место"],
                ["1.", "Дни культуры", "май 2024", "Казань"],
                ["1.1.", "Концерт", "1 мая 2024", "Казань"],
                ["1.2.", "Выставка", "2 мая 2024", "Казань"],
                ["2.", "Визит", "июнь 2024", "Уфа"],
            ],
        ],
        [
            (1, "", {"name": "Дни культуры", "dates": "май 2024", "place": "Казань"}),
            (3, "", {"name": "Концерт", "dates": "1 мая 2024", "place": "Казань"}),
            (4, "", {"name": "Выставка", "dates": "2 мая 2024", "place": "Казань"}),
            (2, "", {"name": "Визит", "dates": "июнь 2024", "place": "Уфа"}),
        ],
    ),
    "a number that only heads its sub-items": Case(
        [
            TITLE,
            [
                ["№", "Мероприятие", "Дата", "Место"],
                ["1.", "Сотрудничество в сфере культуры", "", ""],
                ["1.1.", "Концерт", "1 мая 2024", "Казань"],
                ["1.2.", "Выставка", "2 мая 2024", "Казань"],
                ["2.", "Сотрудничество в сфере спорта", "", ""],
                ["2.1.", "Матч", "3 мая 2024", "Уфа"],
            ],
        ],
        [
            (1, "Сотрудничество в сфере культуры", {"name": "Концерт", "dates": "1 мая 2024", "place": "Казань"}),
            (2, "Сотрудничество в сфере культуры", {"name": "Выставка", "dates": "2 мая 2024", "place": "Казань"}),
            (3, "Сотрудничество в сфере спорта", {"name": "Матч", "dates": "3 мая 2024", "place": "Уфа"}),
        ],
    ),
    "the rest of a row below it": Case(
        [TITLE, [FULL, ROWS[0], ["", "", "", "", "и дружба", "Хор «Поморье»"], ROWS[1]]],
        [
            (1, "", {**of(FORUM), "purpose": "Обмен опытом\nи дружба", "participants": FORUM[4] + "\nХор «Поморье»"}),
            (2, "", of(CAMP)),
        ],
        ["layout-continued"],
    ),
    "columns that nobody knows": Case(
        [TITLE, [[*FULL, "Финансирование, тыс. руб."], [*ROWS[0], "120"]]],
        [(1, "", of(FORUM))],
        ["layout-unknown-column"],
    ),
    "notes and links": Case(
        [TITLE, [[*FULL, "Примечание"], [*ROWS[0], "Перенесено с апреля"]]],
        [(1, "", of(FORUM, note="Перенесено с апреля"))],
    ),
    "approval above and signature below": Case(
        [
            [["", "УТВЕРЖДАЮ\nГлава города"]],
            TITLE,
            [FULL, *ROWS],
            [["Начальник отдела", "И.И. Петров"], ["Исполнитель", "А.А. Иванова, тел. 12-34"]],
        ],
        THREE,
        ["layout-other-table", "layout-other-table"],
        ["layout-row-before-header", "layout-row-no-event", "layout-row-no-event"],
    ),
    "a sum below": Case([TITLE, [FULL, *ROWS, [Wide("Итого: 3 мероприятия", 6)]]], THREE, ["layout-total"]),
    "blank rows between": Case([TITLE, [FULL, ROWS[0], [""] * 6, ROWS[1], [""] * 6, ROWS[2]]], THREE),
    "several forms in one file": Case(
        [
            TITLE,
            "Город Архангельск",
            [FULL, ROWS[0]],
            "Мезенский район",
            [["Событие", "Когда", "Где проходило", "С кем"], ["Визит", "май 2024", "Мезень", "Гости из Вардё"]],
        ],
        [
            (1, "Город Архангельск", of(FORUM)),
            (
                2,
                "Мезенский район",
                {"name": "Визит", "dates": "май 2024", "place": "Мезень", "participants": "Гости из Вардё"},
            ),
        ],
    ),
    "a plan": Case(
        [
            "План международных мероприятий на 2025 год",
            [
                ["№", "Планируемые мероприятия", "Планируемая дата", "Место проведения", "Исполнители"],
                ["1", "Визит делегации", "май 2025", "Гродно", "Управление культуры"],
            ],
        ],
        [
            (
                1,
                "",
                {
                    "name": "Визит делегации",
                    "dates": "май 2025",
                    "place": "Гродно",
                    "responsible": "Управление культуры",
                },
            )
        ],
    ),
    "title in the table": Case([[[Wide(TITLE, 6)], FULL, *ROWS]], THREE),
    "title and municipality in the table": Case(
        [[[Wide(TITLE, 6)], [""] * 6, [Wide("Город Архангельск", 6)], FULL, *ROWS]],
        [(number, "Город Архангельск", cells) for number, _, cells in THREE],
    ),
    "headings in two languages": Case(
        [TITLE, [["№ / No.", "Мероприятие / Event", "Место / Place", "Дата / Date"], ["1", "Визит", "Псков", "май"]]],
        [(1, "", {"name": "Визит", "place": "Псков", "dates": "май"})],
    ),
    "headings in Belarusian": Case(
        [
            TITLE,
            [
                ["№", "Назва мерапрыемства", "Месца правядзення", "Тэрмін", "Удзельнікі"],
                ["1", "Форум", "Гродна", "май", "Госці"],
            ],
        ],
        [(1, "", {"name": "Форум", "place": "Гродна", "dates": "май", "participants": "Госці"})],
    ),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_layout(name: str, format_: str, tmp_path: Path) -> None:
    case = CASES[name]
    layout = lay_out(read_document(FORMATS[format_](tmp_path, case.blocks)), namer())
    found = [
        (row.row, row.section, {k: v for k, v in row.cells.items() if k != "section" and v}) for row in layout.rows
    ]
    assert found == list(case.rows)
    remarks = case.on_sheet if format_ == "xlsx" and case.on_sheet is not None else case.remarks
    assert sorted(problem.code for problem in layout.problems) == sorted(remarks)
    assert layout.seen == len(layout.rows) + layout.joined + layout.left_out
    assert layout.title == next((b for b in case.blocks if isinstance(b, str)), TITLE)
