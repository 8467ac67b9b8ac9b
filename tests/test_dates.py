import pytest

from pobratim.extract.dates import read_dating, unread, years


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("18 декабря 2022 года –  \n18 января\n2023 года", "2022-12-18", "2023-01-18"),
        ("Декабрь \n2022  года – январь \n2023 года", "2022-12", "2023-01"),
        ("3-10 января\n2023 года", "2023-01-03", "2023-01-10"),
        ("14 февраля –\n10 марта\n2023 года", "2023-02-14", "2023-03-10"),
        ("28 декабря – 3 января 2024 года", "2023-12-28", "2024-01-03"),
        ("с 18 по 20 марта 2023 г.", "2023-03-18", "2023-03-20"),
        ("с 28 октября по 2 ноября 2024 года", "2024-10-28", "2024-11-02"),
        ("18, 19 и 20 мая 2024", "2024-05-18", "2024-05-20"),
        ("03.01.2023", "2023-01-03", "2023-01-03"),
        ("18.03.2023-20.03.2023", "2023-03-18", "2023-03-20"),
        ("18-20.03.23", "2023-03-18", "2023-03-20"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("I квартал 2023 года", "2023-01", "2023-03"),
        ("январь – март 2023 года", "2023-01", "2023-03"),
        ("2023 год", "2023", "2023"),
        ("Март 2024 г.", "2024-03", "2024-03"),
        ("1\u00a0мая\u00a02024", "2024-05-01", "2024-05-01"),
        ("12.VI.2024", "2024-06-12", "2024-06-12"),
        ("3.VII–5.VII.2024", "2024-07-03", "2024-07-05"),
        ("28–30.ХI.2024", "2024-11-28", "2024-11-30"),
        ("12/06/2024", "2024-06-12", "2024-06-12"),
        ("18.03.-20.03.2023", "2023-03-18", "2023-03-20"),
        ("с 18.03. по 20.03.2023", "2023-03-18", "2023-03-20"),
        ("I-III кварталы 2024 года", "2024-01", "2024-09"),
        ("1 и 2 кварталы 2024 г.", "2024-01", "2024-06"),
        ("второе полугодие 2023 года", "2023-07", "2023-12"),
        ("летом 2023 г.", "2023-06", "2023-08"),
        ("зимой 2024 года", "2024", "2024"),
        ("пятница, 12 мая 2024 г.", "2024-05-12", "2024-05-12"),
    ],
)
def test_dates_as_reports_write_them(text: str, start: str, end: str) -> None:
    dating = read_dating(text)
    assert dating is not None and (dating.start, dating.end, dating.fault) == (start, end, "")
    assert 0 <= dating.first < dating.last <= len(text)


@pytest.mark.parametrize("text", ["–", "", "в течение года", "12 ноября", "по согласованию"])
def test_what_says_no_date_gives_none(text: str) -> None:
    assert read_dating(text) is None


def test_a_missing_year_comes_only_from_the_report() -> None:
    dating = read_dating("12 ноября", 2024)
    assert dating is not None and dating.start == "2024-11-12"


@pytest.mark.parametrize(
    "text", ["31 февраля 2023 года", "29.02.2023", "10 мая - 45 мая 2023", "31 февраля", "05.13.2023"]
)
def test_days_that_do_not_exist_are_faults(text: str) -> None:
    dating = read_dating(text)
    assert dating is not None and dating.fault == "no-such-date" and not dating.start


@pytest.mark.parametrize("text", ["20 марта – 10 марта 2023 года", "20-10 марта 2023 года", "05.05.2023 - 01.05.2023"])
def test_a_range_that_ends_before_it_starts_is_a_fault(text: str) -> None:
    dating = read_dating(text)
    assert dating is not None and dating.fault == "ends-before-start"


def test_years() -> None:
    assert years("в 2019 – 2026 годах, приказ № 12023") == [2019, 2026]


@pytest.mark.parametrize("dash", [*"-‐‑‒–—―−─﹘ー…÷~→/", "..", "\uf02d"])
def test_every_dash_joins_two_dates(dash: str) -> None:
    forms = {
        f"17 января {dash} 14 февраля 2023 года": ("2023-01-17", "2023-02-14"),
        f"17{dash}19 января 2023 года": ("2023-01-17", "2023-01-19"),
        f"17.01.2023{dash}14.02.2023": ("2023-01-17", "2023-02-14"),
        f"январь {dash} март 2023 года": ("2023-01", "2023-03"),
        f"2022{dash}2023 гг.": ("2022", "2023"),
    }
    for text, ends in forms.items():
        dating = read_dating(text)
        assert dating is not None and (dating.start, dating.end) == ends, text
        assert unread(text, dating) == "", text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022-2023 учебный год", "2022", "2023"),
        ("2022/23 уч. г.", "2022", "2023"),
        ("15 янв. 2023", "2023-01-15", "2023-01-15"),
        ("сент.-нояб. 2023 г.", "2023-09", "2023-11"),
        ("05.2023", "2023-05", "2023-05"),
        ("05.2023-06.2023", "2023-05", "2023-06"),
        ("15мая 2023", "2023-05-15", "2023-05-15"),
        ("«15» мая 2023 г.", "2023-05-15", "2023-05-15"),
        ("15 .05. 2023", "2023-05-15", "2023-05-15"),
        ("15.05.2023 (онлайн), 20.06.2023 (очно)", "2023-05-15", "2023-06-20"),
        ("конец декабря 2022 – начало января 2023", "2022-12", "2023-01"),
        ("18 декабря 2022 гoда – 18 янвapя 2023 гoда", "2022-12-18", "2023-01-18"),
        ("15.05-17.05.2023", "2023-05-15", "2023-05-17"),
        ("15.05.2023 г. – 17.05.2023 г.", "2023-05-15", "2023-05-17"),
        ("15–17 мая и 20 июня 2023", "2023-05-15", "2023-06-20"),
        ("с 1 по 5 и с 10 по 15 мая 2023", "2023-05-01", "2023-05-15"),
        ("15.05.2023 с 10.00 до 12.00", "2023-05-15", "2023-05-15"),
        ("пятница, 15 мая 2023, 12:00", "2023-05-15", "2023-05-15"),
        ("1) 15 мая 2023; 2) 20 июня 2023", "2023-05-15", "2023-06-20"),
        ("2023 год, 15 мая", "2023-05-15", "2023-05-15"),
        ("20.03.98", "1998-03-20", "1998-03-20"),
        ("янв.23", "2023-01", "2023-01"),
        ("9 месяцев 2023 года", "2023-01", "2023-09"),
        ("2023.05.15", "2023-05-15", "2023-05-15"),
    ],
)
def test_forms_of_offices_are_read_whole(text: str, start: str, end: str) -> None:
    dating = read_dating(text)
    assert dating is not None and (dating.start, dating.end) == (start, end)
    assert unread(text, dating) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("15 мая 2023 20 июня 2023", "20 июня 2023"),
        ("13.2023", "13."),
        ("15 мая 2023 (перенесено с 10 мая)", "(перенесено с 10 мая)"),
        ("зимой 2023 года", "зимой"),
        ("15 мая 2023 года, ежеквартально", ""),
    ],
)
def test_what_is_left_of_a_date_cell_is_known(text: str, rest: str) -> None:
    dating = read_dating(text)
    assert dating is not None and unread(text, dating) == rest


def test_offsets_point_into_the_raw_text_whatever_it_is_made_uniform_to() -> None:
    text = "с\u200b 17\u00ad … 19 янв\u00adаря 2023 года"
    dating = read_dating(text)
    assert dating is not None and text[dating.first : dating.last] == "17\u00ad … 19 янв\u00adаря 2023 года"


def test_a_day_in_the_middle_of_a_list_that_does_not_exist_is_a_fault() -> None:
    dating = read_dating("15.05.2023, 45.06.2023, 20.07.2023")
    assert dating is not None and dating.fault == "no-such-date"
