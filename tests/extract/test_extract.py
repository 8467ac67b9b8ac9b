"""The rules of the extraction on sentences of our own: what they read, and what they must leave alone."""

import json
from pathlib import Path

import pytest

from pobratim.evaluate import evaluate, read_jsonl
from pobratim.extract import Context
from pobratim.extract.recurring import note_named, note_recurring
from pobratim.extract.reporter import detect_home
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from tests.support.places import ROOT
from tests.support.rows import read, record


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Участие в III Международном конкурсе пианистов «Белый рояль»", "competition"),
        ("Участие в XII фестивале детского творчества", "festival"),
        ("Кубок мэра по дзюдо", "sports"),
        ("Фестиваль футбола среди школьников", "sports"),
        ("Международная научно-практическая конференция", "conference"),
        ("Круглый стол по вопросам экологии", "round-table"),
        ("Рабочая встреча с делегацией города Харбина", "meeting"),
        ("Визит делегации города Ниигаты", "visit"),
        ("Выставка детского рисунка, посвященная дню города", "exhibition"),
        ("Подписание меморандума о сотрудничестве", "signing"),
        ("Концерт оркестра", "concert"),
        ("Стажировка преподавателей", "training"),
        ("Сверка списков", "other"),
    ],
)
def test_the_head_of_a_title_names_the_kind(title: str, kind: str) -> None:
    assert record(title).kind[0] == kind


def test_compounds_give_both_kinds_in_order() -> None:
    assert record("Участие в конкурсе-фестивале «Заря»").kind[:2] == ["competition", "festival"]


@pytest.mark.parametrize(
    ("cells", "mode"),
    [
        ({"place": "г. Хабаровск (в дистанционном формате)"}, "online"),
        ({"place": "г. Хабаровск, видеоконференцсвязь"}, "online"),
        ({"place": "г. Хабаровск (в смешанном формате: очно и онлайн)"}, "hybrid"),
        ({"place": "г. Хабаровск"}, "in-person"),
        ({"name": "Конкурс «Онлайн-мир»"}, "in-person"),
    ],
)
def test_mode(cells: dict[str, str], mode: str) -> None:
    assert record(**cells).mode == mode


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("г. Харбин (КНР)", [("Харбин", "CN")]),
        ("Республика Беларусь, г. Горки", [("Горки", "BY")]),
        ("г. Хабаровск, г. Ниигата (Япония)", [("Хабаровск", "RU"), ("Ниигата", "JP")]),
        ("г. Нижний Новгород", [("Нижний Новгород", "RU")]),
        ("в городах Набережные Челны и Казань", [("Набережные Челны", "RU"), ("Казань", "RU")]),
        ("г. Всежурск (Республика Сербия)", [("Всежурск", "RS")]),
        ("в дистанционном формате", []),
        ("Хабаровский район, Хабаровский край", []),
    ],
)
def test_places_are_settlements_with_their_country(place: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.name, found.country) for found in record(place=place).places] == expected


@pytest.mark.parametrize(
    ("participants", "countries"),
    [
        (
            "Участники из Российской Федерации, Китайской Народной Республики, Монголии и Республики Корея",
            ["CN", "MN", "KR"],
        ),
        ("Спортсмены из КНР, КНДР и Японии", ["CN", "KP", "JP"]),
        ("Делегации Абхазии и Южной Осетии", ["Q23334", "Q23427"]),
        ("Китайские и японские студенты", ["CN", "JP"]),
        ("Гости из г. Харбина", ["CN"]),
        ("Жители города", []),
        ("Гости из стран ближнего зарубежья", []),
    ],
)
def test_countries_of_participants(participants: str, countries: list[str]) -> None:
    assert record(participants=participants).countries == countries


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Конкурс «Путешествие по Италии»"},
        {"purpose": "Память о войне в Корее"},
        {"purpose": "Изучение истории Японии"},
        {"participants": "Учителя английского языка"},
    ],
)
def test_what_is_only_talked_of_takes_no_part(cells: dict[str, str]) -> None:
    assert record(**cells).countries == []


@pytest.mark.parametrize(
    ("heading", "reporter"),
    [
        ("Город Хабаровск", "Хабаровск"),
        ("Муниципальное образование «Вяземский район» Хабаровского края", "Вяземский район"),
        ("Муниципальное образование «город Амурск»", "Амурск"),
        ("Бикинский муниципальный округ", "Бикинский муниципальный округ"),
        ("г. Комсомольск-на-Амуре", "Комсомольск-на-Амуре"),
    ],
)
def test_headings_name_the_reporter(heading: str, reporter: str) -> None:
    assert record(section=heading).reporter == reporter


def test_home_is_read_from_title_and_headings() -> None:
    assert detect_home(["Отчёт по Хабаровскому краю", "Хабаровский край"], lexicon()) == ("RU", "RU-KHA")
    assert detect_home(["Псковская область", "Брянская область"], lexicon()) == ("RU", "")
    assert detect_home(["Отчёт"], lexicon()) == ("RU", "")


def test_a_year_of_the_report_completes_a_date_and_says_so() -> None:
    found, _ = read(dates="12 апреля", context=Context("RU", "RU-KHA", 2024))
    assert found.start == "2024-04-12"
    [evidence] = [item for item in found.evidence if item.value == "/start"]
    assert evidence.confidence < 1 and "year-of-report" in evidence.rule


@pytest.mark.parametrize(
    ("participants", "people"),
    [
        ("Глава города Хабаровска Сергей Петров", [("Сергей Петров", "глава города Хабаровска")]),
        ("с главой города Хабаровска Сергеем Петровым", [("Сергей Петров", "глава города Хабаровска")]),
        ("мэр города Харбина Ли Мин", [("Ли Мин", "мэр города Харбина")]),
        ("директор гимназии № 3 А.Б. Иванова", [("А.Б. Иванова", "директор гимназии № 3")]),
        ("учащиеся школы № 5 Анна Белова и Пётр Иванов", [("Анна Белова", ""), ("Пётр Иванов", "")]),
        ("учащиеся школы имени Юрия Гагарина", []),
        ("представители города", []),
    ],
)
def test_people_in_office(participants: str, people: list[tuple[str, str]]) -> None:
    found = [(person.name, person.post) for person in record(participants=participants).people]
    assert [name for name, _ in found] == [name for name, _ in people]
    assert all(not post or post == given.lower().replace("хабаровска", "Хабаровска").replace("харбина", "Харбина")
               for (_, post), (_, given) in zip(people, found, strict=True))  # fmt: skip


AGREED = "Администрация города Хабаровска, Народное правительство города Харбина"


@pytest.mark.parametrize(
    ("purpose", "kind", "status", "date"),
    [
        ("Подписан меморандум о сотрудничестве.", "memorandum", "signed", "2024-04-12"),
        ("Заключено соглашение о сотрудничестве.", "agreement", "signed", "2024-04-12"),
        ("Встреча прошла в рамках договора о сотрудничестве.", "contract", "in-force", ""),
        ("В 2015 году стороны подписали договор о дружбе.", "contract", "in-force", "2015"),
        ("Планируется подписание соглашения о сотрудничестве.", "agreement", "planned", ""),
        ("Подписано соглашение об установлении побратимских связей.", "twinning", "signed", "2024-04-12"),
    ],
)
def test_agreements(purpose: str, kind: str, status: str, date: str) -> None:
    [found] = record("Встреча делегаций", purpose=purpose, participants=AGREED).agreements
    assert (found.kind, found.status, found.date) == (kind, status, date)


def test_parties_stand_behind_between() -> None:
    text = "Подписано соглашение между городом Хабаровском и городом Харбином (КНР)."
    [found] = record(purpose=text).agreements
    assert found.parties == ["Хабаровск", "Харбин"]


def test_a_row_without_agreement_has_none() -> None:
    assert record(purpose="Обсуждение сотрудничества, обмен мнениями").agreements == []


def test_two_schools_alone_are_tied() -> None:
    found = record(
        "Онлайн-встреча школьников",
        participants="Учащиеся гимназии № 5 г. Хабаровска и средней школы № 3 г. Ниигаты (Япония)",
    )
    assert [i.place for i in found.institutions] == ["Хабаровск", "Ниигата"]
    assert found.ties == [["i0", "i1"]]


def test_a_large_event_ties_nobody() -> None:
    found = record(
        "Международный конкурс",
        participants="Учащиеся гимназии № 5 г. Хабаровска, участники из Китая, Японии и Монголии",
    )
    assert found.ties == []
    assert {group.country for group in found.groups} == {"CN", "JP", "MN"}


def test_delegations_tie_their_districts() -> None:
    found = record("Праздник", place="г. Горки (Республика Беларусь)", section="Вяземский район",
                   participants="Делегация Вяземского района, жители Горецкого района (Беларусь)")  # fmt: skip
    assert found.ties == [["Вяземский район", "Горецкий район"]]


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("IV международный форум", "4"),
        ("17-й турнир по боксу", "17"),
        ("ХII Форум", "12"),
        ("Форум", ""),
        ("Восьмое Российско-китайское Экспо", "8"),
        ("Участие в пятом экономическом форуме", "5"),
        ("Первый международный фестиваль", "1"),
        ("Первая встреча мэров", ""),
        ("Урок о Второй мировой войне", ""),
    ],
)
def test_editions(title: str, edition: str) -> None:
    assert record(title).edition == edition


def test_series_need_a_sign() -> None:
    assert record("VII фестиваль «Амурские зори»").series == "amurskie-zori"
    assert record("Ежегодный фестиваль «Амурские зори»").series == "amurskie-zori"
    assert record("Фестиваль «Амурские зори»").series == ""


def test_a_quoted_name_is_of_the_series_that_another_row_tells() -> None:
    told = record("VII фестиваль детского творчества «Амурские зори»")
    named = record("Участие в международном фестивале «Амурские Зори»")
    other = record("Выставка «Амурские зори»")
    note_named([named, told, other])
    assert (named.series, other.series) == (told.series, "")
    assert [one.exact for one in named.evidence if one.value == "/series"] == ["Амурские Зори"]


def test_topics_of_listed_fields_count_fully() -> None:
    found = record("Встреча", purpose="Развитие сотрудничества в сферах культуры, спорта и здравоохранения")
    assert {"culture", "sport", "health"} <= set(found.topics)


def test_equal_rows_give_equal_records() -> None:
    cells = {"participants": AGREED, "purpose": "Подписано соглашение."}
    assert record("Встреча", **cells).to_json() == record("Встреча", **cells).to_json()


def _assert_evidence(path: Path) -> None:
    records, _ = extract([path], Settings())
    count = 0
    for found in records:
        for item in found.evidence:
            assert found.cells[item.column][item.start : item.end] == item.exact, item
            count += 1
    assert count > 5 * len(records)


def test_every_evidence_of_the_example_is_exact() -> None:
    _assert_evidence(ROOT / "examples" / "smolensk-2023-q1.txt")


@pytest.mark.shared
@pytest.mark.parametrize(("slug", "aim"), [("smolensk-2023-q1", 0.95), ("borderlands", 0.85)])
def test_gold_reports_are_read_as_well_as_promised(shared: Path, tmp_path: Path, slug: str, aim: float) -> None:
    document = shared / "data" / f"{slug}.txt"
    _assert_evidence(document)
    records, _ = extract([document], Settings())
    out = tmp_path / f"{slug}.jsonl"
    out.write_text("".join(json.dumps(r.to_json(), ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    scores = evaluate(read_jsonl(shared / "data" / f"{slug}.gold.jsonl"), read_jsonl(out))
    assert scores.macro_f1 >= aim


def test_the_same_title_on_other_days_is_a_series() -> None:
    first, second, third = (record(title, dates=day) for title, day in (
        ("Кубок Амура по дзюдо, посвященный Дню города", "1 мая 2024 года"),
        ("Финал Кубка Амура по дзюдо", "9 мая 2024 года"),
        ("Встреча", "10 мая 2024 года"),
    ))  # fmt: skip
    note_recurring([first, second, third])
    assert first.series == second.series == "kubok-amura-po-dzyudo"
    assert third.series == ""
    alone = record("Кубок Амура по дзюдо")
    note_recurring([alone, record("Кубок Амура по дзюдо")])
    assert alone.series == "", "two rows of one day tell of one event"
