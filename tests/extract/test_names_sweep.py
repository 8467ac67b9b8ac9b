"""One construction with many names: posts followed by names of persons, and posts of many forms."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import Record
from tests.support.rows import record

POSTS = [
    "глава администрации города",
    "ректор Псковского университета",
    "и.о. директора гимназии № 4 г. Пскова",
    "мэр города Хуньчунь",
    "председатель Думы города Пскова",
    "директор ООО «Василёк»",
]
NAMES = [
    "Геннадий Матвеев", "Валентин Долгих", "Вера Черемных", "Сюй Тайбэй", "Тань Сяомин", "Пак Чон Су", "Нгуен Тхи Ха",
    "Асхат Астана", "Раиса Рязань", "Владимир Минск", "Тимур Бишкек", "Фёдор Калужский", "Пётр Воронеж",
    "Аслан Гагра", "Хорхе Миранда", "Ахмад Реза Хашеми", "Мехмет Эрдем", "Неманья Ковач",
]  # fmt: skip
"""Some are names of towns, or such as no dictionary has."""
WORDED = [
    ("министр спорта и туризма Пётр Ильин", [("Пётр Ильин", "министр спорта и туризма")]),
    (
        "министр науки и высшего образования Псковской области Пётр Ильин",
        [("Пётр Ильин", "министр науки и высшего образования Псковской области")],
    ),
    (
        "начальник управления образования и молодёжи Пётр Ильин",
        [("Пётр Ильин", "начальник управления образования и молодёжи")],
    ),
    (
        "Председатель комитета по управлению муниципальным имуществом и землями Пскова Пётр Ильин",
        [("Пётр Ильин", "Председатель комитета по управлению муниципальным имуществом и землями Пскова")],
    ),
    (
        "Председатель Думы Анна Линд, её заместитель Пётр Ильин",
        [("Анна Линд", "Председатель Думы"), ("Пётр Ильин", "заместитель председателя Думы")],
    ),
    (
        "Староста Браневского повята Ян Ковальский, заместитель старосты Пётр Ильин",
        [
            ("Ян Ковальский", "Староста Браневского повята"),
            ("Пётр Ильин", "заместитель старосты Браневского повята"),
        ],
    ),
    ("ансамбль во главе с Олегом Ильиным", [("Олег Ильин", "глава ансамбля")]),
    ("делегация под руководством Анны Линд", [("Анна Линд", "руководитель делегации")]),
    ("Делегация г. Харбина (КНР) во главе с вице-мэром Ли Хэ Доном", [("Ли Хэ Дон", "вице-мэр г. Харбина")]),
    ("Делегация во главе с мэром Сюй Вэем", [("Сюй Вэй", "мэр")]),
    ("Анна Линд и Пётр Ильин – главы хоров", [("Анна Линд", "глава хоров"), ("Пётр Ильин", "глава хоров")]),
    ("Пётр Ильин и Олег Кац – директора школ", [("Пётр Ильин", "директор школ"), ("Олег Кац", "директор школ")]),
    ("губернатор региона Лаппи Эса О. Хаута", [("Эса О. Хаута", "губернатор региона Лаппи")]),
]  # fmt: skip


def people(found: Record) -> list[tuple[str, str]]:
    return [(person.name, person.post) for person in found.people]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("post", POSTS)
def test_a_name_behind_a_post_is_whole_and_in_no_body(post: str, name: str) -> None:
    found = record(participants=f"{post} {name}", section="Город Псков", place="г. Псков")
    assert people(found) == [(name, post)]
    assert not {word for body in found.institutions for word in body.name.split()} & set(name.split())
    assert set(found.countries) <= {"CN"}


@pytest.mark.parametrize(("words", "expected"), WORDED, ids=[words for words, _ in WORDED])
def test_posts_of_many_forms(words: str, expected: list[tuple[str, str]]) -> None:
    assert people(record(participants=words)) == expected


def test_whom_an_event_honours_holds_no_office() -> None:
    assert people(record("Турнир памяти первого министра спорта и туризма Анны Линд")) == []


def test_a_head_named_in_title_and_list_is_one_person() -> None:
    found = record("Встреча с мэром г. Анкары", participants="мэр Анкары Мансур Яваш (Турция)")
    assert people(found) == [("Мансур Яваш", "мэр г. Анкары")]


def _whole(row: Record) -> bool:
    told = people(row)
    return len(told) == 1 and f"{told[0][1]} {told[0][0]}" == row.cells["participants"] and set(row.countries) <= {"CN"}


def _petrov(row: Record) -> bool:
    return any(name == "Иван Петров" and post for name, post in people(row))


@pytest.mark.shared
@pytest.mark.parametrize(("sweep", "right"), [("names", _whole), ("posts", _petrov)])
def test_sweeps_of_strangers(shared: Path, sweep: str, right: Callable[[Record], bool]) -> None:
    records, _ = extract([shared / "cases" / "reading" / f"{sweep}.txt"], Settings(home="RU"))
    wrong = [row.cells["participants"] for row in records if not right(row)]
    assert len(wrong) <= 0.05 * len(records), wrong
