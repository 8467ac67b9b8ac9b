import pytest

from pobratim.extract.dates import read_dating, years


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
