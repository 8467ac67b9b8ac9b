"""Pages of pairs and dossiers: sentences of counts, the phrase under each fact, what is not known."""

import asyncio
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from pyoxigraph import Literal

from pobratim.explore import Index, Selection
from pobratim.explore.ties import selected_ties
from pobratim.messages import Language
from pobratim.rdf.iris import DEFAULT_BASE, VOCABULARY
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet, Term
from pobratim.site.evidence import ReportRow, around
from pobratim.site.explorer import spokes
from pobratim.site.explorer.pair import year_bars
from pobratim.site.explorer.spokes import HEIGHT, WIDTH, Wheel, wheel
from pobratim.site.explorer.thing import accounts
from pobratim.site.explorer.wording import Wording, meetings
from pobratim.site.kinds import page_at
from pobratim.site.labels import DATE, DCT, LABEL, TYPE, Name, Naming, Thing
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import mixed, render, whole
from pobratim.site.values import date_text
from pobratim.site.words import read_as
from pobratim.store.reader import MemoryReader, Reader

V = "by-vitebsk"
PAIR = f"/pair/{V}/ru-smolensk"


@pytest.fixture(scope="module")
def asker(example_store: Reader) -> ReaderAsker:
    return ReaderAsker(MemoryReader(example_store.quads()), DataSet("one"), ("Смоленск",))


def made(asker: ReaderAsker, address: str, lang: Language = "ru", status: int = 200, **query: str) -> str:
    path, _, given = address.partition("?")
    asked = (*parse_qsl(given), *query.items())
    visit = Visit(lang, Addresses(DEFAULT_BASE, "http://127.0.0.1"), path, asked, is_chosen=False)
    page = asyncio.run(page_at(asker, visit))
    assert page is not None and page.status == status
    return render(page, visit)


def text(html: str, tag: str, of: str) -> str:
    """The text of the first element with a class; no-break spaces as spaces."""
    found = re.search(rf'<{tag}[^>]* ?class="{of}[^"]*"[^>]*>(.*?)</{tag}>', html, re.DOTALL)
    assert found, of
    return " ".join(re.sub("<[^>]+>", "", found[1]).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("lang", "total", "years", "undated", "told"),
    [
        ("ru", 5, {2023: 4}, 1, "5 мероприятий: четыре в 2023 году, у одного год не назван"),
        ("ru", 1, {2023: 1}, 0, "1 мероприятие в 2023 году"),
        ("ru", 3, {2022: 1, 2023: 2}, 0, "3 мероприятия: одно в 2022 году, два в 2023 году"),
        ("ru", 21, {2019: 9, 2020: 1, 2021: 1, 2022: 8}, 2, "21 мероприятие: с 2019 по 2022 год, у двух год не назван"),
        ("ru", 2, {}, 2, "2 мероприятия, год не назван"),
        ("ru", 0, {}, 0, "Мероприятия не названы"),
        ("en", 5, {2023: 4}, 1, "5 events: four in 2023, one without a year"),
        ("en", 1, {2023: 1}, 0, "1 event in 2023"),
    ],
)
def test_events_are_counted_in_a_sentence(
    lang: Language, total: int, years: dict[int, int], undated: int, told: str
) -> None:
    pieces = meetings(Wording(lang), total, years, undated)
    assert "".join(piece for piece, _ in pieces).replace("\u00a0", " ") == told


def test_a_pair_is_summed_up_in_a_sentence(asker: ReaderAsker) -> None:
    assert text(made(asker, PAIR), "p", "sum") == (
        "3 мероприятия в 2023 году; 1 соглашение, 2 пары школ. Последняя встреча — 10 марта 2023 года."
    )
    assert text(made(asker, PAIR, "en"), "p", "sum") == (
        "3 events in 2023; 1 agreement, 2 pairs of schools. They last met on 10 March 2023."
    )


@pytest.mark.parametrize(
    ("what", "path", "level"),
    [("EVENTS", "/events", {}), ("COUPLES", "/partners", {"level": "institution"}), ("AGREEMENTS", "/agreements", {})],
)
def test_what_a_pair_does_not_show_is_a_list(
    what: str, path: str, level: dict[str, str], asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"pobratim.explore.pair.{what}", 1)
    monkeypatch.setattr("pobratim.site.explorer.pair.FIRST_COUPLES", 0)
    html = unescape(made(asker, "/pair/region:ru-smo/country:by?from=2023"))
    [(link, rest)] = re.findall(r'href="(/[^"]*with=[^"]*)">и ещё (\d+)', html)
    asked = dict(parse_qsl(link.partition("?")[2]))
    assert link.partition("?")[0] == path
    assert asked == {"place": "region:ru-smo", "with": "country:by", "from": "2023", **level}
    shown = unescape(made(asker, link))
    assert "с кем: Беларусь" in shown and f"показано {int(rest) + 1} " in shown


def test_institutions_of_an_area_are_told_with_their_towns(asker: ReaderAsker) -> None:
    of_area, of_towns = (unescape(made(asker, path)) for path in ("/pair/region:ru-smo/country:by", PAIR))
    assert ">Гимназия № 7 (Витебск)</a>" in of_area and ">СШ № 8 (Смоленск)</a>" in of_area
    assert ">Гимназия № 7</a>" in of_towns and "(Витебск)" not in text(of_towns, "ul", "pairs")
    listed = unescape(made(asker, f"/agreements?place=ru-smolensk&with={V}"))
    assert "ДШИ № 8 (Смоленск) — ДШИ № 3 «Маладик» (Витебск)" in listed


def test_figures_of_a_comparison_are_lists(asker: ReaderAsker) -> None:
    html = unescape(made(asker, f"/pair/ru-smolensk/{V},fr-tyul"))
    assert f'class="figure"><a href="/events?place=ru-smolensk&with={V}">3</a>' in html
    assert f'class="figure"><a href="/partners?place=ru-smolensk&with={V}&level=institution">2</a>' in html
    assert 'class="figure">0<' in html


def test_a_comparison_is_chosen_from_by_the_chips_of_a_pair(asker: ReaderAsker) -> None:
    path = f"/pair/ru-smolensk/{V},fr-tyul"
    html = made(asker, f"{path}?kind=competition")
    assert text(html, "span", "hid").startswith("показано 2 · скрыто отбором: 3 ") and f'href="{path}"' in html
    assert f'href="{path}?kind=competition&amp;topic=language"' in html


def test_of_very_many_who_report_a_comparison_names_the_first(
    asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pobratim.site.explorer.compare._REPORTERS", 0)
    assert "и ещё 1</td>" in unescape(made(asker, f"/pair/ru-smolensk/{V},fr-tyul"))


def test_a_dossier_leads_to_lists_of_its_party(asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.site.explorer.dossier._MOST", 3)
    html = unescape(made(asker, "/doc/place/ru-smolensk"))
    for path in re.findall(r'href="(/(?:events|partners|agreements)\?place=[^"]*)">и ещё', html):
        assert "показано" in made(asker, path)
    assert 'href="/events?place=ru-smolensk">и ещё' in html
    with_one = unescape(made(asker, f"/doc/place/ru-smolensk?with={V}"))
    assert "с кем: Витебск" in with_one
    assert text(with_one, "p", "sum").startswith("1 партнёр (Беларусь), 3 мероприятия с 2023 года, 1 соглашение")


def test_the_phrase_of_the_partner_is_marked_exactly(asker: ReaderAsker) -> None:
    html = made(asker, PAIR, evidence="3")
    assert text(html, "blockquote", "quote") == (
        "«Обучающиеся 5-11 классов МБОУ «СШ № 8 с углубленным изучением иностранных языков» г. Смоленска и "
        "ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко» (Республика Беларусь)»"
    )
    quote = html.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert re.findall(r"<mark>(.*?)</mark>", quote, re.DOTALL) == [
        "ГУО «Гимназия №\u00a07 г. Витебска \nим. П.Е.\u00a0Кондратенко»"
    ]
    drawer = html.partition('id="evidence"')[2].partition("</aside>")[0]
    assert "отчёт «Смоленская область, I квартал 2023»" in drawer and ".docx" not in drawer
    assert "Строка 6" in drawer and "графа «Участники»" in drawer and "3 из 4" in drawer
    columns = re.findall(r"<dt>(.*?)</dt>", drawer)
    assert columns[:3] == ["Муниципальное образование", "Наименование мероприятия", "Место проведения"]


def test_each_evidence_has_an_address_without_a_script(asker: ReaderAsker) -> None:
    last = made(asker, PAIR, evidence="4")
    assert text(last, "blockquote", "quote").count("соглашение о сотрудничестве") == 1
    assert "4 из 4" in last and 'href="/pair/by-vitebsk/ru-smolensk?evidence=1#evidence"' in last
    assert all("1 из 4" in made(asker, PAIR, evidence=odd) for odd in ("0", "5", "x", "²", "9" * 30))


def test_one_side_alone_is_said_and_a_hidden_part_counted(asker: ReaderAsker) -> None:
    assert "сообщила одна сторона из двух: отчётов другой (Витебск) не загружено." in made(asker, PAIR)
    assert "скрыто отбором: 3" in made(asker, PAIR, topic="science")
    assert "Отбор скрыл всё" in made(asker, PAIR, country="FR")
    assert "nonsense" in made(asker, PAIR, status=400, topic="nonsense")


def test_a_pair_without_ties_says_so(asker: ReaderAsker) -> None:
    assert "О связях «Смоленск — Гагарин» в загруженных отчётах не сказано." in made(
        asker, "/pair/ru-smolensk/ru-gagarin"
    )


def test_a_party_that_is_not_there_has_a_page_that_says_so(asker: ReaderAsker) -> None:
    assert "«atlantis» в данных нет" in made(asker, "/pair/ru-smolensk/atlantis", status=404)
    assert "в данных нет" in made(asker, "/pair/ru-smolensk/ru-smolensk", status=404)
    visit = Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), "/pair/one", (), is_chosen=False)
    assert asyncio.run(page_at(asker, visit)) is None


def test_one_party_stands_beside_several(asker: ReaderAsker) -> None:
    html = made(asker, "/pair/ru-smolensk/by-vitebsk,by-minsk,fr-tyul")
    refs = ["by-vitebsk", "by-minsk", "fr-tyul"]
    assert re.findall(r'<a class="name" href="([^"]*)"', html) == [f"/doc/place/{ref}" for ref in refs]
    whole = html.partition('<tr class="whole">')[2].partition("</tr>")[0]
    assert re.findall(r'href="([^"]*)"', whole) == [f"/pair/ru-smolensk/{ref}" for ref in refs]
    assert text(html, "p", "sum") == ("Больше всего мероприятий — Витебск: 3. Последнее — Витебск, 10 марта 2023 года.")
    assert re.findall(r'<td class="figure">(?:<a [^>]*>)?(\d+)<', html)[:1] == ["3"]
    assert 'href="/pair/ru-smolensk/by-minsk,fr-tyul"' in html


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "/doc/place/by-vitebsk",
            "2 партнёра (Россия), 5 мероприятий с 2023 года, 2 соглашения. Чаще всего — Смоленск",
        ),
        ("/doc/organisation/ru-smolensk-school-8", "1 партнёр (Беларусь), 2 мероприятия с 2023 года."),
        ("/doc/report/smolensk-2023-q1", "34 строки, 33 мероприятия, 6 муниципалитетов."),
        ("/doc/tie/municipality/place-by-vitebsk--place-ru-smolensk", "3 мероприятия в 2023 году; 1 соглашение."),
        (
            "/doc/agreement/2023-01-27-agreement-by-vitebsk-art-school-3-ru-smolensk-art-school-8",
            "27 января 2023 года: МБУДО «Детская школа искусств № 8 им. Д.С. Русишвили» г. Смоленска — ",
        ),
        ("/doc/place/ru-khislavichi", ""),
    ],
)
def test_a_dossier_begins_with_a_sentence(asker: ReaderAsker, path: str, told: str) -> None:
    html = made(asker, path)
    assert told in text(html, "p", "sum")
    assert f"<code>{DEFAULT_BASE}/id/{path.removeprefix('/doc/')}</code>" in html
    assert "Technical details" in made(asker, path, "en")


def test_a_period_is_told_once(asker: ReaderAsker) -> None:
    told = unescape(re.sub("<[^>]*>", " ", made(asker, "/doc/report/smolensk-2023-q1")))
    assert "I квартал 2023 года " in told and "март\u00a02023" not in told
    days = Thing("x", {})
    days.add(TYPE, Term(DCT + "PeriodOfTime", is_iri=True), None)
    for relation, text in ((LABEL, "2022-11-01/2023-01-15"), (DATE, "2022-11-01/2023-01-15")):
        days.add(relation, Term(text, is_iri=False), None)
    assert Naming("ru", {}).thing(days, "") == Name("1\u00a0ноября\u00a02022\u00a0– 15\u00a0января\u00a02023")


def test_a_whole_list_has_an_address(asker: ReaderAsker) -> None:
    short, whole = made(asker, "/doc/place/ru-smolensk"), made(asker, "/doc/place/ru-smolensk", all="events")
    assert "?all=events#events" in short and "?all=events#events" not in whole
    assert short.count('class="evs"') == 1 and whole.count("<time") > short.count("<time") == 12


def test_who_does_not_report_is_told(asker: ReaderAsker) -> None:
    assert "Сообщают только партнёры: отчётов этой стороны (Витебск) не загружено." in made(
        asker, "/doc/place/by-vitebsk"
    )
    assert "Сообщают только партнёры" not in made(asker, "/doc/place/ru-smolensk")


def row(number: str, who: str, *cells: tuple[str, str]) -> ReportRow:
    found = ReportRow(f"urn:{number}", number, "urn:report", "Отчёт", "", who)
    found.cells = [(f"urn:cell/{column}", column, [(text, None)]) for column, text in cells]
    return found


def test_accounts_are_told_apart_where_they_differ() -> None:
    rows = [
        row("1", "Клинцы", ("Когда", "Сентябрь\n2022"), ("Где", "г. Добруш"), ("section", "Клинцы")),
        row("2", "Стародуб", ("Когда", "сентябрь 2022"), ("section", "Стародуб")),
    ]
    visit = Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), "/", (), is_chosen=False)
    told = accounts(rows, {}, visit)
    assert [(line["column"], line["differs"]) for line in told["lines"]] == [
        ("Когда", False),
        ("Где", True),
        ("section", False),
    ]
    assert [head["who"] for head in told["heads"]] == ["Клинцы", "Стародуб"]


def test_events_before_the_years_that_stand_are_counted(asker: ReaderAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "И ещё до" not in made(asker, PAIR)
    monkeypatch.setattr("pobratim.site.explorer.pair.year_bars", lambda *_: [{"year": 2024, "count": 0, "height": 0}])
    assert "И ещё до 2024 года: 3." in made(asker, PAIR)


def test_years_go_to_the_last_that_reports_cover() -> None:
    bars = year_bars({2023: 4, 2021: 1}, "2026-02-28")
    assert [bar["year"] for bar in bars] == list(range(2019, 2027))
    assert [bar["height"] for bar in bars if bar["count"]] == [20, 80]
    assert year_bars({}, "2026-02-28") == []
    assert next(bar["year"] for bar in year_bars({1990: 1, 2026: 1}, "")) == 2015


def test_short_dates_cut_months_of_days_alone() -> None:
    assert date_text("2023-02-14/2023-03-10", "ru", is_short=True) == "14\u00a0фев.\u00a0– 10\u00a0мар.\u00a02023"
    assert date_text("2023-01-16/2023-01-26", "en", is_short=True) == "16–26\u00a0Jan\u00a02023"
    assert date_text("2025-04/2025-06", "ru", is_short=True) == "апрель\u00a0– июнь\u00a02025"
    assert date_text("2024-12/2025-01", "ru") == "декабрь\u00a02024\u00a0– январь\u00a02025"


def test_names_around_the_middle_stay_in_the_frame(asker: ReaderAsker) -> None:
    def drawn(index: Index) -> Wheel | None:
        return wheel(selected_ties(index, Selection(level=("municipality",))).rows, "Смоленск", "ru")

    found = asyncio.run(asker.explored(drawn))
    assert found is not None and len(found.spokes) == len({spoke.ref for spoke in found.spokes})
    left, top, width, height = (float(number) for number in found.frame.split())
    for spoke in found.spokes:
        assert left <= spoke.text_x <= left + width and top <= spoke.text_y <= top + height
    assert wheel([], "Смоленск", "ru") is None


def test_a_long_name_around_the_middle_has_few_lines() -> None:
    long = "Отделение Посольства Республики Беларусь в Российской Федерации в городе Смоленске"
    assert spokes._fitted("Великие Луки", (18, 24, 30)) == ("Великие Луки",)
    assert len(spokes._fitted(long, (18, 24, 30))) <= 4 < len(spokes._fitted(long, ()))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Витебск", ("Витебск",)),
        ("Великие Луки и район", ("Великие Луки", "и район")),
        ("Североморск-Заозёрский", ()),
        ("Дом детского творчества имени первых космонавтов", ()),
    ],
)
def test_the_sign_in_the_middle_is_over_nobody(asker: ReaderAsker, name: str, lines: tuple[str, ...]) -> None:
    def drawn(index: Index) -> Wheel | None:
        return wheel(selected_ties(index, Selection(level=("municipality",))).rows, name, "ru")

    found = asyncio.run(asker.explored(drawn))
    assert found is not None and found.middle.lines == lines
    for spoke in found.spokes:
        across, down = abs(spoke.x - WIDTH / 2), abs(spoke.y - HEIGHT / 2)
        assert across > found.middle.width / 2 + 8 or down > found.middle.height / 2 + 8


def test_what_a_phrase_was_read_as_is_told_in_words(asker: ReaderAsker, example_store: Reader) -> None:
    told = (quad.object for quad in example_store.quads() if quad.predicate.value == f"{VOCABULARY}rule")
    rules = {rule.value for rule in told if isinstance(rule, Literal)}
    assert {"organisation-legal-form", "name-cell"} < rules
    assert not [rule for rule in rules if rule in (read_as(rule, "ru"), read_as(rule, "en"))]
    assert read_as("oracle-of-delphi", "ru") == "oracle-of-delphi"
    drawer = made(asker, PAIR).partition('id="evidence"')[2].partition("</aside>")[0]
    assert "Прочитано: название организации" in drawer


def test_a_row_of_a_report_begins_with_what_is_printed(asker: ReaderAsker) -> None:
    html = made(asker, "/doc/entry/smolensk-2023-q1/3")
    shown, _, technical = html.partition("<main")[2].partition("technical")
    assert shown.index("cells paper") < shown.index("facts lines")
    assert "кто отчитался" in shown and f"{DEFAULT_BASE}/id/" not in shown and f"{DEFAULT_BASE}/id/" in technical


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/doc/agreement/2023-01-27-agreement-by-vitebsk-art-school-3-ru-smolensk-art-school-8", "дата подписания"),
        ("/doc/tie/municipality/place-by-vitebsk--place-ru-smolensk", "одна сторона из двух"),
        ("/doc/place/by-vitebsk", "СОАТО 2401000000"),
        ("/doc/activity/2023-02-14-competition-ru-smolensk-c41e5e", "Кто с кем встретился"),
    ],
)
def test_facts_are_told_in_the_words_of_an_office(path: str, told: str, asker: ReaderAsker) -> None:
    html = unescape(made(asker, path))
    assert told in html
    assert not re.findall("состояние|сообщают стороны|Контакт:|sha256|soato:", html.partition("technical")[0])


def test_a_pair_is_taken_away_as_a_list_of_its_events(asker: ReaderAsker) -> None:
    html = unescape(made(asker, f"{PAIR}?topic=science"))
    assert 'href="/events.xlsx?place=ru-smolensk&with=by-vitebsk&topic=science"' in html


def test_what_stands_around_a_phrase_is_cut_at_words() -> None:
    text = "Участие в Международном конкурсе проектов школьников"
    start = text.index("конкурсе")
    assert around(text, start, start + 8, 16) == ("… Международном ", " проектов …")
    assert around(text, start, start + 8, 99) == ("Участие в Международном ", " проектов школьников")


def test_where_facts_come_from_is_told_by_whose_report_and_when(asker: ReaderAsker) -> None:
    for path in ("/doc/place/by-vitebsk", "/doc/activity/2023-02-14-competition-ru-smolensk-c41e5e"):
        told = made(asker, path).partition('class="of"')[2].partition("</p>")[0]
        assert ">Смоленская область, I квартал 2023</a>" in told, path


def test_no_range_in_a_text_is_broken() -> None:
    said = "«Школы & музеи, 2019–2026», 16–26 января"
    kept = '«Школы &amp; музеи, <span class="nw">2019–2026</span>», <span class="nw">16–26</span> января'
    assert [str(whole(said)), str(mixed(said, "ru"))] == [kept, kept]
    assert str(mixed("2019–2026: <Витебск>", "en")) == (
        '<span class="nw">2019–2026</span>: &lt;<span lang="ru">Витебск</span>&gt;'
    )
