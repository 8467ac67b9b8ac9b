"""What must hold for every text: dates, quotation marks, offsets, folding, and the order of records."""

import calendar
import itertools
import re
import unicodedata
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.record import Record
from pobratim.resolve import resolve
from pobratim.resolve.edtf import first_day, last_day
from pobratim.text.quotes import quotes
from pobratim.text.tokens import tokenize
from pobratim.text.transliterate import latin, slug
from pobratim.text.words import fold, roman_value, straighten
from tests.support.gold_records import report_entity
from tests.support.rows import FAR_EAST, read

MONTHS = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
]  # fmt: skip
NAMES = [
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
]  # fmt: skip
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
DASHES = st.sampled_from(["-", "–", "—", " - ", " – ", "−", "\n–\n", "‑"])
SPACES = st.sampled_from([" ", "\u00a0", "\n", "  ", "\t"])
YEARS = st.sampled_from(["", " г.", " года", "г.", " год", "\u00a0г.", "г"])

PIECES = st.sampled_from([
    "г. Харбин", "МБОУ «СШ № 8»", "«", "»", '"', "„", "“", "№", "7", " ", "\n", "\u00a0", "\u00ad", "\u200b",
    "(", ")", ",", ";", ".", "–", "-", "Администрация", "города", "Хабаровска", "провинция Хэйлунцзян", "КНР",
    "Гимназия", "имени А.С. Пушкина", "делегация", "посольство Республики Беларусь", "12 мая 2024 года",
    "глава", "Иванов И.И.", "Li Wei", "соглашение о сотрудничестве", "подписано", "Ё", "й", "😀", "и",
    "ООО «Восток»", "Universität", "ДШИ № 1", "г.", "университет", "Пекинский",
    "Министерство культуры России", "в", "с", "школа", "Минск", "Смоленской области",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_back(text: str, default_year: int = 0) -> tuple[str, str, str]:
    found = read_dating(text, default_year)
    assert found is not None, text
    assert 0 <= found.first < found.last <= len(text)
    return found.start, found.end, found.fault


# Dates


@given(DAYS, st.integers(0, 6), SPACES, YEARS)
def test_a_day_is_read_in_every_spelling(day: date, spelling: int, space: str, year: str) -> None:
    said = (
        f"{day.day}{space}{MONTHS[day.month - 1]}{space}{day.year}{year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}{year}",
        f"{day.day}.{day.month}.{day.year}{year}",
        day.isoformat(),
        f"{day.day}.{ROMAN[day.month - 1]}.{day.year}{year}",
        f"{day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day}-го {MONTHS[day.month - 1].upper()} {day.year}{year}",
    )[spelling]
    assert read_back(said) == (day.isoformat(), day.isoformat(), "")


@given(DAYS, st.integers(1, 90), DASHES, st.integers(0, 3))
def test_a_range_is_read_in_every_spelling(first: date, length: int, dash: str, spelling: int) -> None:
    last = first + timedelta(days=length)
    month, year = MONTHS[first.month - 1], first.year
    full = f"{first.day} {month} {year} года", f"{last.day} {MONTHS[last.month - 1]} {last.year} года"
    said = (
        dash.join(full),
        f"с {full[0]} по {full[1]}",
        f"{first:%d.%m.%Y}{dash}{last:%d.%m.%Y}",
        # The year of the first day may be left out, also where it is the year before.
        f"{first.day} {month}{dash}{full[1]}",
    )[spelling]
    assert read_back(said) == (first.isoformat(), last.isoformat(), "")


@given(DAYS, st.integers(1, 27), DASHES)
def test_days_of_one_month_share_it(first: date, length: int, dash: str) -> None:
    last = first + timedelta(days=length)
    assume(last.month == first.month)
    said = f"{first.day}{dash}{last.day} {MONTHS[first.month - 1]} {first.year} г."
    assert read_back(said) == (first.isoformat(), last.isoformat(), "")


@given(st.integers(1990, 2049), st.integers(1, 12), st.integers(1, 12))
def test_months_quarters_and_half_years_are_no_more_precise_than_said(year: int, month: int, other: int) -> None:
    assert read_back(f"{NAMES[month - 1]} {year} года") == (f"{year}-{month:02d}", f"{year}-{month:02d}", "")
    quarter, half = (month - 1) // 3 + 1, (month - 1) // 6 + 1
    expected = (f"{year}-{quarter * 3 - 2:02d}", f"{year}-{quarter * 3:02d}", "")
    assert read_back(f"{ROMAN[quarter - 1]} квартал {year} года") == expected
    assert read_back(f"{quarter}-й квартал {year} г.") == expected
    assert read_back(f"{ROMAN[half - 1]} полугодие {year} года") == (
        f"{year}-{half * 6 - 5:02d}",
        f"{year}-{half * 6:02d}",
        "",
    )
    if month < other:
        said = f"{NAMES[month - 1].lower()} – {NAMES[other - 1].lower()} {year} года"
        assert read_back(said) == (f"{year}-{month:02d}", f"{year}-{other:02d}", "")


@given(st.integers(1990, 2049), st.integers(1, 12), st.integers(1, 99))
def test_a_day_that_no_calendar_has_is_a_fault(year: int, month: int, day: int) -> None:
    exists = day <= calendar.monthrange(year, month)[1]
    start, end, fault = read_back(f"{day} {MONTHS[month - 1]} {year} года")
    assert fault == ("" if exists else "no-such-date") and bool(start) == bool(end) == exists


@given(TEXTS, st.sampled_from([0, 2024]))
@SLOW
def test_any_text_gives_bounds_in_order_or_none(text: str, default_year: int) -> None:
    found = read_dating(text, default_year)
    if found is None:
        return
    assert 0 <= found.first < found.last <= len(text)
    if found.fault:
        assert (found.start, found.end) == ("", "")
        return
    begins, ends = first_day(found.start), last_day(found.end)
    assert begins is not None and ends is not None and begins <= ends
    assert re.search(r"\d|[IVXХІ]|год|[а-яА-Я]", text[found.first : found.last])


# Quotation marks


@given(st.recursive(st.just("Заря"), lambda inner: inner.map(lambda text: f"Клуб «{text}» города"), max_leaves=4))
def test_balanced_quotations_are_found_with_their_depth(text: str) -> None:
    found = quotes(text)
    assert len(found) == text.count("«") and [quote.depth for quote in found] == list(range(len(found)))
    for quote in found:
        inner = text[quote.start + 1 : quote.end - 1]
        assert text[quote.start] == "«" and text[quote.end - 1] == "»" and inner.count("«") == inner.count("»")


@given(st.text(alphabet='«»"„“” аБ(', max_size=40))
def test_quotations_never_cross_and_begin_with_a_mark(text: str) -> None:
    found = quotes(text)
    assert [quote.start for quote in found] == sorted({quote.start for quote in found})
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert text[quote.start] in '«„“‹"' and text[quote.end - 1] in '»”›“"'
    for left in found:
        for right in found:
            assert not left.start < right.start < left.end < right.end


# Offsets


@given(TEXTS)
@SLOW
def test_tokens_are_the_text_in_order_and_lose_no_letter(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(left.end <= right.start for left, right in itertools.pairwise(tokens))
    inside = {at for token in tokens for at in range(token.start, token.end)}
    assert all(at in inside for at, char in enumerate(text) if char.isalnum())


@given(TEXTS)
@SLOW
def test_sentences_cover_a_cell_once(text: str) -> None:
    cell = CellText("purpose", text)
    ranges = list(cell.sentences())
    assert [at for first, last in ranges for at in range(first, last)] == list(range(len(cell.tokens)))


@given(TEXTS, TEXTS, TEXTS)
@SLOW
def test_every_value_of_a_row_shows_where_it_was_read(place: str, purpose: str, participants: str) -> None:
    found, _ = read(place=place, purpose=purpose, participants=participants, context=FAR_EAST)
    for item in found.evidence:
        assert found.cells[item.column][item.start : item.end] == item.exact
    for parts in (one.parts for one in found.institutions):
        shown = [parts.kind, parts.title, parts.honour, *parts.numbers, *parts.places]
        assert all(0 <= part.start < part.end <= len(found.cells[parts.column]) for part in shown if part)
    ids = [one.id for one in found.institutions]
    assert len(ids) == len(set(ids))
    # A tie is between institutions, by their ids, or municipalities, by their names.
    assert {end for tie in found.ties for end in tie if re.fullmatch(r"i\d+", end)} <= set(ids)
    assert Record.from_json(found.to_json()) == found


# Folding


@given(st.text(max_size=60))
def test_folding_is_done_once_and_lengths_stay(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert straighten(straighten(text)) == straighten(text) and len(straighten(text)) == len(text)


@given(st.text(max_size=200))
@example("㊊")
@example("ℳ")
@example("ь")
def test_slugs_are_ascii_words(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made) and len(made) <= 80
    apart = unicodedata.normalize("NFKD", text.replace("№", " ")).casefold()
    assert bool(made) == any(char.isalnum() for char in text + apart)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыэюяАЯ -«»№", max_size=60))
def test_russian_becomes_ascii(text: str) -> None:
    assert latin(text).isascii()


@given(st.integers(1, 99))
def test_roman_numerals_count(number: int) -> None:
    tens, ones = divmod(number, 10)
    written = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"][tens] + ["", *ROMAN[:9]][ones]
    assert roman_value(written) == roman_value(written.replace("I", "І").replace("X", "Х")) == number


# Order

ROWS = (
    ("Гимназия № 7 г. Витебска; МБОУ «СШ № 8»", "г. Смоленск"),
    ("Гимназия № 7; Администрация города Смоленска", "г. Витебск"),
    ("Министерство культуры России, СмолГУ", "г. Смоленск"),
    ("Смоленский государственный университет, МБОУ «СШ № 8 им. В.И. Ленина»", "г. Смоленск"),
    ("Народное правительство города Хэйхэ", "г. Хэйхэ, КНР"),
    ("ООО «Заря», гимназия №7 города Витебска", "г. Смоленск"),
    ("«Минский автомобильный завод» («МАЗ»), ОАО «МАЗ»", "г. Минск"),
)


@given(st.permutations(range(len(ROWS))))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_no_identity(order: list[int]) -> None:
    def records() -> list[Record]:
        made = []
        for number, (participants, place) in enumerate(ROWS, start=1):
            one, _ = read(f"Встреча {number}", place=place, participants=participants, section="Город Смоленск")
            one.report, one.row = "test", number
            made.append(one)
        return made

    ordered = records()
    towns, reports = Gazetteer.load(), [report_entity("test")]
    assert resolve([ordered[at] for at in order], reports, towns) == resolve(ordered, reports, towns)
