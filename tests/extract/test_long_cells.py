"""Patterns whose time a cell's length bounds read what their plain forms read; bench/long_cells.py takes the time."""

import re
from itertools import product

import pytest

from pobratim.extract.agreement_dates import _UNTIL
from pobratim.extract.date_forms import _MONTH, _YEAR, ATOMS
from pobratim.extract.dates import read_dating
from pobratim.extract.event_dates import _set_off
from pobratim.layout.numbering import parse_number
from pobratim.readers.sniff import sniff

PLAIN_UNTIL = re.compile(r"\bдо\s+(?:конца\s+)?(?:[\d.]+|\d{1,2}\s+\w+)\s*(?:19|20)?\d*\s*г(?:ода|\.)?")
PLAIN_MONTH = re.compile(rf"(?<![а-яё]){_MONTH}(?:(?<=\.)(?P<short>\d\d)(?![\d.])|\s*[-(]?\s*{_YEAR})?", re.IGNORECASE)
PLAIN_NUMBER = re.compile(r"\s*(?:№\s*)?(\d{1,6})\s*[.)]*\s*")
SPACES = ("", " ", "  ", "\n")


def test_terms_are_told_as_by_the_plain_pattern() -> None:
    days = ("31", "31.12", "31 декабря", "31 12", "конца 2025", "1.")
    for day, year, unit, gap in product(days, ("", "2025", "25", "1999"), ("г.", "года", "г", "лет", ""), SPACES):
        told = f"{day}{gap}{year}"
        text = f"соглашение до {told}{' ' if told[-1].isalpha() else gap}{unit}; срок"
        assert _UNTIL.sub("|", text) == PLAIN_UNTIL.sub("|", text), text


def test_months_are_told_as_by_the_plain_pattern() -> None:
    for month, mark, year, gap, end in product(
        ("май", "мая", "авг.", "Сентября"), ("", "-", "("), ("", "2023", "23", "2023 г."), SPACES, ("", ")", " а")
    ):
        text = f"в {month}{gap}{mark}{gap}{year}{end}"
        found, plain = ATOMS["month"].search(text), PLAIN_MONTH.search(text)
        assert (found and (found.span(), found.groupdict())) == (plain and (plain.span(), plain.groupdict())), text


def test_numbers_of_rows_are_told_as_by_the_plain_pattern() -> None:
    for gap, sign, mark, end in product(SPACES, ("", "№", "№ "), ("", ".", ")", ".)"), ("", " ", "а", " а")):
        text = f"{gap}{sign}12{gap}{mark}{gap}{end}"
        plain = PLAIN_NUMBER.fullmatch(text)
        assert parse_number(text) == (int(plain[1]) if plain else None), text


def test_a_month_of_days_is_a_list_and_more_is_none() -> None:
    days = [str(day) for day in range(1, 32)]
    found = read_dating(f"{', '.join(days)} марта 2023 г.")
    assert found is not None and (found.start, found.end) == ("2023-03-01", "2023-03-31")
    assert ATOMS["day-month"].search("1, " * 40 + "5 марта 2023")


@pytest.mark.parametrize("before", ["", "а", "а,", "а, ", "а –  ", "а\n", "а\n ", "а ", "(", "а:\n\n"])
def test_what_is_set_off_is_told_as_by_the_plain_pattern(before: str) -> None:
    assert _set_off(before) == bool(re.search(r"[,;(:\n–—-]\s*$", before))


def test_a_file_of_comments_is_told_at_all() -> None:
    """The plain pattern tries every way to part the comments: two to the power of their number."""
    assert sniff(b"<!---->" * 300 + b"\n1\ttext") == "text"
    assert sniff(b"<!-- a -->\n<!-- b --> <html><body>") == "html"
