"""The workbench in a real browser: every control does something, and nothing leaves this machine."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Route, expect
from pyoxigraph import QuerySolutions

from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.store.backend import QueryResult
from pobratim.store.reader import Reader
from tests.support.app_built import needs_app
from tests.support.asking import answer
from tests.support.browser import until
from tests.support.workbench_page import Workbench, visiting
from tests.support.workbench_server import LIMITED, SLOW, Served, serving

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SEEN = "all => all.filter(item => item.checkVisibility()).flatMap(item => [item.title, item.ariaLabel]).filter(Boolean)"
# Letters with no pause between them, however slow the machine.
LETTERS = """(input, text) => {
  for (let end = 0; end <= text.length; end += 1) {
    input.value = text.slice(0, end);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
CONSTRUCT = """PREFIX pob: <https://w3id.org/pobratim/def#>
CONSTRUCT { ?a pob:partner ?b } WHERE { ?a pob:partner ?b }"""


@pytest.fixture(scope="module")
def server(example_store: Reader) -> Iterator[Served]:
    needs_app()
    with serving(example_store) as served:
        yield served


@pytest.fixture
def bench(chrome: Browser, server: Served) -> Iterator[Workbench]:
    with visiting(chrome, server) as opened:
        yield opened
        assert opened.outside == []
        assert opened.errors == []


@pytest.fixture
def narrow(chrome: Browser, server: Served) -> Iterator[Workbench]:
    with visiting(chrome, server, width=390, height=844) as opened:
        yield opened
        assert opened.outside == []
        assert opened.errors == []


@pytest.fixture
def failing(chrome: Browser, server: Served) -> Iterator[Workbench]:
    """A visit where answers with an error status are expected; Chromium logs each of them."""
    with visiting(chrome, server) as opened:
        yield opened
        assert opened.outside == []
        assert [error for error in opened.errors if "Failed to load resource" not in error] == []


def test_the_page_is_russian_and_lists_the_questions(bench: Workbench) -> None:
    page = bench.page
    expect(page.locator("h1")).to_have_text("Запросы SPARQL")
    expect(page.locator("[data-question]")).to_have_count(39)
    expect(page.locator(".wb-pane .wb-tally").first).to_have_text("39 справок")
    expect(page.locator(".tabsList .tab")).to_have_count(1)
    expect(bench.tab.locator(".wb-empty")).to_be_visible()
    words = page.locator("#wb-editor [title], #wb-editor [aria-label]")
    until(
        page, lambda: words.evaluate_all(SEEN), lambda told: not any(re.fullmatch("[A-Za-z ]+", each) for each in told)
    )


def test_questions_are_found_by_words(bench: Workbench) -> None:
    search = bench.page.get_by_label("Найти справку")
    search.fill("ШКОЛ витеб")
    expect(bench.page.locator("[data-question]")).to_have_count(0)
    expect(bench.page.get_by_text("Ничего не найдено")).to_be_visible()
    search.fill("связи школ")
    expect(bench.page.locator("[data-question=school-links]").first).to_be_visible()
    expect(bench.page.locator(".wb-pane .wb-tally").first).to_contain_text("справ")


def test_a_question_opens_as_a_tab_with_fields_and_runs(bench: Workbench) -> None:
    bench.open("school-links")
    expect(bench.page.locator(".tabsList .tab.active")).to_contain_text("Связи школ двух городов")
    assert bench.query.startswith("# Связи школ двух городов\n# Пары учебных")
    assert "#+" not in bench.query and "$" not in bench.query
    assert '"Смоленск"' not in bench.query and '"Витебск"' not in bench.query
    assert len(set(re.findall(r"dct:spatial (<http\S+>)", bench.query))) == 2
    expect(bench.tab.locator(".wb-table tr[data-row]")).to_have_count(2)
    expect(bench.tab.locator(".wb-table")).to_contain_text("Гимназия № 7")
    expect(bench.tab.locator(".yasr_response_chip")).to_contain_text(re.compile("2 строки за .* с"))


def test_the_same_question_is_shown_again_until_it_is_edited(bench: Workbench) -> None:
    bench.open("online-share")
    bench.open("online-share")
    expect(bench.page.locator(".tabsList .tab")).to_have_count(2)
    bench.write("ASK { }")
    bench.tab.locator(".CodeMirror textarea").focus()
    bench.page.get_by_label("Найти справку").focus()
    bench.open("online-share")
    expect(bench.page.locator(".tabsList .tab")).to_have_count(3)


def test_fields_rewrite_the_query_and_values_stay_values(bench: Workbench) -> None:
    bench.open("find")
    bench.tab.locator("input[name=name]").fill('Гимназия" ) } #')
    bench.query_becomes(lambda query: '"Гимназия\\" ) } #"' in query)
    bench.run()
    expect(bench.tab.get_by_text("Гимназия № 7").first).to_be_visible()


def test_a_field_for_a_thing_takes_a_name_and_says_what_is_wrong_with_it(failing: Workbench) -> None:
    failing.open("school-links")
    before = failing.query
    field = failing.tab.get_by_label("Город или район партнёра")
    fault = failing.tab.locator(".wb-fault").nth(1)
    field.fill('Нигдейск" ) } #')
    expect(fault).to_contain_text("Нигдейск")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert '" ) } #' not in failing.query
    asked = len(failing.served.asked)
    field.press("Enter")
    failing.page.wait_for_timeout(300)
    assert len(failing.served.asked) == asked
    field.fill("")
    expect(fault).to_have_text("Заполните поле.")
    field.fill("витебске")
    failing.wait_for_answer(lambda: field.press("Enter"))
    expect(failing.tab.locator(".wb-understood").nth(1)).to_have_text("Витебск")
    expect(failing.tab.locator(".wb-table tr[data-row]")).to_have_count(2)
    failing.query_becomes(lambda query: query == before)


@pytest.mark.parametrize("way", ["button", "key", "file", "link"])
def test_nothing_runs_while_a_field_is_wrong_and_the_field_says_why(failing: Workbench, way: str) -> None:
    failing.open("school-links")
    asked = len(failing.served.asked)
    failing.tab.get_by_label("Город или район партнёра").fill("Нигдейск")
    if way == "key":
        failing.tab.locator(".CodeMirror").click()
        failing.page.keyboard.press("Control+Enter")
    else:
        failing.tab.locator({"button": ".wb-run", "file": "[data-format=csv]", "link": ".wb-share"}[way]).click()
    expect(failing.tab.locator(".wb-fault").nth(1)).to_contain_text("Нигдейск")
    expect(failing.tab.get_by_label("Город или район партнёра")).to_be_focused()
    failing.page.wait_for_timeout(300)
    assert len(failing.served.asked) == asked
    expect(failing.tab.locator(".wb-status")).to_be_empty()
    failing.tab.get_by_label("Город или район партнёра").fill("Витебск")
    failing.wait_for_answer(lambda: failing.tab.locator(".wb-run").click())
    assert len(failing.served.asked) == asked + 1


def test_a_name_is_asked_for_once_it_is_typed_and_not_at_every_letter(bench: Workbench) -> None:
    bench.open("school-links")
    lookups: list[str] = []
    bench.page.on("request", lambda request: lookups.append(request.url) if "/lookup?" in request.url else None)
    field = bench.tab.get_by_label("Город или район партнёра")
    field.evaluate(LETTERS, "витебске")
    expect(bench.tab.locator(".wb-understood").nth(1)).to_have_text("Витебск")
    assert len(lookups) == 1 and lookups[0].endswith("%D0%B2%D0%B8%D1%82%D0%B5%D0%B1%D1%81%D0%BA%D0%B5")


def test_a_name_that_could_not_be_asked_for_is_asked_again(failing: Workbench) -> None:
    failing.open("school-links")
    field = failing.tab.get_by_label("Город или район партнёра")
    failing.served.broken.add("lookup")
    try:
        field.fill("витебске")
        expect(failing.tab.locator(".wb-fault").nth(1)).to_have_text("Позже")
    finally:
        failing.served.broken.clear()
    failing.wait_for_answer(lambda: field.press("Enter"))
    expect(failing.tab.locator(".wb-fault").nth(1)).to_be_empty()


def test_a_link_with_an_unknown_name_says_so_beside_its_field(chrome: Browser, server: Served) -> None:
    with visiting(chrome, server, tail="#example=events-in-city&city=Нигдейск") as bench:
        expect(bench.tab.locator(".wb-fault").first).to_contain_text("Нигдейск")
        expect(bench.tab.locator("input[name=city]")).to_have_attribute("aria-invalid", "true")


def test_fields_refuse_what_is_not_of_their_type(bench: Workbench) -> None:
    bench.open("source-row")
    bench.tab.locator("input[name=row]").fill("третья")
    expect(bench.tab.locator(".wb-fields")).to_contain_text("Нужно целое число.")
    bench.tab.locator("input[name=row]").fill("3")
    expect(bench.tab.locator(".wb-fields")).not_to_contain_text("Нужно целое число.")


def test_a_query_edited_by_hand_switches_its_fields_off_until_restored(bench: Workbench) -> None:
    bench.open("school-links")
    original = bench.query
    bench.write(original + "\nLIMIT 1")
    expect(bench.tab.locator(".wb-changed")).to_be_visible()
    expect(bench.tab.get_by_label("Город или район партнёра")).to_be_disabled()
    bench.tab.get_by_text("Вернуть пример").click()
    bench.query_becomes(lambda query: query == original)
    expect(bench.tab.locator(".wb-changed")).to_be_hidden()


def test_fields_are_still_there_after_a_reload(bench: Workbench) -> None:
    bench.open("school-links")
    bench.tab.get_by_label("Город или район партнёра").fill("Минск")
    bench.page.reload()
    bench.page.wait_for_selector("html[data-ready]", state="attached")
    expect(bench.tab.get_by_label("Город или район партнёра")).to_have_value("Минск")
    field = bench.tab.get_by_label("Город или район партнёра")
    expect(field).to_be_enabled()
    bench.wait_for_answer(lambda: field.press("Enter"))
    expect(bench.tab.locator(".yasr_response_chip")).to_be_visible()


def _rows(result: QueryResult, columns: list[str]) -> Counter[tuple[str, ...]]:
    assert isinstance(result, QuerySolutions)
    return Counter(tuple(str(row[name]) for name in columns) for row in result)


def _expected(
    question: NamedQuery, store: Reader, values: Mapping[str, str]
) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Columns and rows of a question. Playwright keeps the frames that call it, and with them what they hold: an
    answer would be dropped late, by whatever thread the collector runs in."""
    bound = answer(question, store, values)
    assert isinstance(bound, QuerySolutions)
    given = {item.name for item in question.parameters}
    columns = [variable.value for variable in bound.variables if variable.value not in given]
    return columns, _rows(bound, columns)


def test_every_question_gives_what_the_library_gives(bench: Workbench, example_store: Reader) -> None:
    for name, question in library(queries_root()).items():
        example = {item.name: item.example for item in question.parameters if item.required} | dict(question.example)
        bench.open(name)
        columns, rows = _expected(question, example_store, example)
        assert _rows(example_store.query(bench.served.asked[-1]), columns) == rows, name


def test_the_vocabulary_is_searched_by_label_and_inserted_with_its_prefix(bench: Workbench) -> None:
    page = bench.page
    bench.write("SELECT * { ?x a ")
    bench.tab.locator(".CodeMirror").evaluate("editor => editor.CodeMirror.setCursor(0, 16)")
    page.get_by_role("tab", name="Термины").click()
    page.get_by_label("Найти класс, свойство или понятие").fill("муниципальное обр")
    term = page.locator("[data-term='https://w3id.org/pobratim/def#Municipality']")
    expect(term).to_contain_text("Муниципальное образование")
    expect(term).to_contain_text("pob:Municipality")
    term.click()
    whole = "PREFIX pob: <https://w3id.org/pobratim/def#>\nSELECT * { ?x a pob:Municipality"
    bench.query_becomes(lambda query: query == whole)


def test_the_vocabulary_shows_the_rest_on_demand(bench: Workbench) -> None:
    bench.page.get_by_role("tab", name="Термины").click()
    concepts = bench.page.locator("#wb-pane-dictionary section", has_text="Понятия")
    expect(concepts.locator("[data-term]")).to_have_count(40)
    concepts.get_by_text(re.compile(r"^\+ \d+ термин")).click()
    expect(concepts.locator("[data-term]").nth(40)).to_be_attached()


@pytest.mark.parametrize(
    ("before", "typed", "shown", "inserted"),
    [
        ("SELECT * { ?x a ", "Munic", "Муниципальное образование", "?x a pob:Municipality"),
        ("SELECT * { ?x a ", "Мероп", "Мероприятие", "?x a pob:Activity"),
        ("SELECT * { ?x ", "pob:eventC", "Число", "?x pob:eventCount"),
    ],
)
def test_terms_complete_while_typing(bench: Workbench, before: str, typed: str, shown: str, inserted: str) -> None:
    bench.write("PREFIX pob: <https://w3id.org/pobratim/def#>\n" + before)
    bench.tab.locator(".CodeMirror").evaluate(
        "editor => { editor.CodeMirror.focus(); editor.CodeMirror.setCursor(1, 99) }"
    )
    bench.type(typed)
    hints = bench.page.locator(".CodeMirror-hint")
    expect(hints.first).to_contain_text(shown)
    bench.page.keyboard.press("Enter")
    bench.query_becomes(lambda query: inserted in query)


def test_ctrl_space_offers_all_classes_and_the_prefix_is_added(bench: Workbench) -> None:
    bench.write("SELECT * { ?x a ")
    bench.tab.locator(".CodeMirror").evaluate(
        "editor => { editor.CodeMirror.focus(); editor.CodeMirror.setCursor(0, 99) }"
    )
    bench.page.keyboard.press("Control+Space")
    bench.page.locator(".CodeMirror-hint", has_text="pob:Agreement").first.click()
    whole = "PREFIX pob: <https://w3id.org/pobratim/def#>\nSELECT * { ?x a pob:Agreement"
    bench.query_becomes(lambda query: query == whole)


def test_prefixes_complete_from_our_own_list(bench: Workbench) -> None:
    bench.write("")
    bench.tab.locator(".CodeMirror").evaluate("editor => editor.CodeMirror.focus()")
    bench.type("PREFIX po")
    hint = bench.page.locator(".CodeMirror-hint", has_text="pob: <https://w3id.org/pobratim/def#>")
    expect(hint).to_be_visible()
    hint.click()
    bench.query_becomes(lambda query: "PREFIX pob: <https://w3id.org/pobratim/def#>" in query)


def test_the_chart_draws_bars_for_names(bench: Workbench) -> None:
    bench.open("partners-by-country")
    chart = bench.show("chart")
    expect(chart.locator(".wb-bars tbody tr").first).to_contain_text("Беларусь")
    expect(chart.locator(".wb-tally")).to_have_text("Показано 28 из 28 строк.")
    first = chart.locator(".wb-bars tbody tr").first.text_content() or ""
    chart.get_by_label("Числа").select_option("institutions")
    expect(chart.locator(".wb-bars tbody tr").first).not_to_have_text(first)
    expect(chart.get_by_label("Вид")).to_have_count(0)
    chart.get_by_label("Категории").select_option("iri")
    expect(chart.locator(".wb-bars tbody tr").first).to_contain_text("Беларусь")


QUARTERS = """SELECT ?quarter ?country ?events { VALUES (?quarter ?country ?events) {
  ("2023-Q1" "Беларусь" 27) ("2023-Q1" "Казахстан" 4) ("2023-Q3" "Беларусь" 9) ("2022-4" "Беларусь" 2)
  ("2023-Q3" "Китай" 3) ("без даты" "Китай" 5) } }"""


def test_rows_with_two_keys_have_a_series(bench: Workbench) -> None:
    bench.run(QUARTERS)
    chart = bench.show("chart")
    expect(chart.get_by_label("Категории")).to_have_value("quarter")
    expect(chart.get_by_label("Ряды")).to_have_value("country")
    words = chart.locator("svg > text").all_text_contents()
    assert words[:3] == ["Беларусь", "Китай", "Казахстан"]
    assert {"Мероприятия", "Квартал", "4 кв.", "1 кв.", "2 кв.", "3 кв.", "без даты", "2022", "2023"} <= set(words)
    marks = (
        "all => all.map(e => [e.textContent, +e.getAttribute('x'), +e.getAttribute('y'), +e.getAttribute('height')])"
    )
    bars = {mark[0]: mark[1:] for mark in chart.locator("svg rect:has(title)").evaluate_all(marks)}
    assert len(bars) == 6
    (left, top, height), (above_left, above_top, above) = (
        bars["Беларусь · 1-й квартал 2023 · 27"],
        bars["Казахстан · 1-й квартал 2023 · 4"],
    )
    assert left == above_left and above_top + above == pytest.approx(top)
    assert above / height == pytest.approx(4 / 27, rel=0.01)
    assert bars["Беларусь · 4-й квартал 2022 · 2"][0] < left < bars["Беларусь · 3-й квартал 2023 · 9"][0]
    chart.get_by_label("Вид").select_option("Линия")
    expect(chart.locator("svg path[fill=none]")).to_have_count(3)
    expect(chart.locator("svg circle")).to_have_count(5)
    expect(chart.locator(".wb-tally")).to_contain_text("Строки без даты на линии не показаны.")
    with bench.page.expect_download() as download:
        chart.get_by_text("Сохранить картинку (SVG)").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("<svg ")


def test_of_many_series_the_greatest_stand_apart_and_the_rest_are_told(bench: Workbench) -> None:
    rows = " ".join(f'("{year}" "страна {place}" {place})' for year in (2022, 2023) for place in range(1, 13))
    bench.run(f"SELECT ?year ?country ?events {{ VALUES (?year ?country ?events) {{ {rows} }} }}")
    chart = bench.show("chart")
    expect(chart.locator(".wb-tally")).to_contain_text("Отдельно показаны 7 из 12")
    titles = chart.locator("svg rect title").all_text_contents()
    assert "Остальные · 2023 · 15" in titles and "страна 12 · 2022 · 12" in titles


def test_quarters_are_no_participants_of_a_network(bench: Workbench) -> None:
    bench.run(QUARTERS)
    view = bench.show("network")
    expect(view).to_contain_text("Этот ответ так не показать.")
    expect(view).to_contain_text("«Квартал» — даты, «Страна» — тексты, «Мероприятия» — числа")
    rows = " ".join(f'("кто {place}" "уровень {place % 2}" 1)' for place in range(12))
    bench.run(f"SELECT ?who ?level ?n {{ VALUES (?who ?level ?n) {{ {rows} }} }}")
    view = bench.show("network")
    expect(view).to_contain_text("Этот ответ так не показать.")
    view.locator("select").nth(0).select_option("who")
    view.locator("select").nth(1).select_option("level")
    expect(bench.tab.locator(".wb-view svg circle")).to_have_count(14)


@pytest.mark.parametrize(
    ("question", "view"),
    [
        ("map-places", "map"),
        ("events-timeline", "timeline"),
        ("institutions", "network"),
        ("countries-per-quarter", "chart"),
        ("pair", "table"),
    ],
)
def test_a_question_opens_in_the_view_that_fits_it(bench: Workbench, question: str, view: str) -> None:
    bench.open(question)
    expect(bench.tab.locator(f".wb-view[data-view={view}]")).to_be_visible()
    bench.tab.locator(".wb-share").click()
    target = bench.tab.locator(".wb-status input").input_value()
    assert ("&view=" in target) == (view != "table") and (view == "table" or target.endswith(f"&view={view}"))


def test_a_view_says_that_it_is_being_drawn_until_all_of_it_is_there(bench: Workbench) -> None:
    held: list[Route] = []
    bench.page.route("**/timeline-*.js", lambda route: held.append(route))
    bench.page.click("[data-question='events-timeline']")
    view = bench.tab.locator(".wb-view[data-view=timeline]")
    expect(view).to_have_attribute("aria-busy", "true")
    until(bench.page, lambda: len(held), bool)
    assert view.locator(".wb-column").count() == 0
    held[0].continue_()
    expect(view).to_have_attribute("aria-busy", "false")
    assert view.locator(".wb-column").count() > 3


def test_no_column_of_the_timeline_is_off_the_screen(narrow: Workbench) -> None:
    narrow.open("events-timeline")
    columns = narrow.tab.locator(".wb-view[data-view=timeline] .wb-column")
    expect(columns.nth(3)).to_be_visible()
    assert max(columns.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")) <= 390


def test_the_map_draws_land_and_points_and_moves(bench: Workbench) -> None:
    bench.open("map-places")
    view = bench.show("map")
    expect(view.locator("svg path[fill='#fbfaf6']")).to_have_attribute("d", re.compile("M.{10000}", re.DOTALL))
    expect(view.locator(".wb-tally")).to_have_text("Показано 16 из 16 строк")
    expect(view.locator("svg circle")).to_have_count(16)
    expect(view.locator("svg.wb-picture")).to_contain_text("Смоленск")
    place = view.locator("svg circle").first

    def where() -> tuple[str | None, str | None]:
        return place.get_attribute("cx"), place.get_attribute("cy")

    def moves(act: Callable[[], object]) -> None:
        before = where()
        act()
        until(bench.page, where, lambda now: now != before)

    start = where()
    moves(view.get_by_label("Крупнее").click)
    moves(view.get_by_label("Мельче").click)
    view.locator("svg").focus()
    moves(lambda: bench.page.keyboard.press("ArrowLeft"))
    view.get_by_text("Показать всё").click()
    until(bench.page, where, lambda now: now == start)
    view.locator(".wb-row", has_text="Каир").click()
    expect(view.locator("svg circle[fill='#b3400f']")).to_have_count(1)
    view.get_by_label("Размер").select_option("одинаковый")
    radii = "all => new Set(all.map(e => e.getAttribute('r'))).size"
    until(bench.page, lambda: view.locator("svg circle").evaluate_all(radii), lambda sizes: sizes == 1)
    with bench.page.expect_download():
        view.get_by_text("Сохранить картинку (SVG)").click()


def test_the_map_takes_columns_of_coordinates(bench: Workbench) -> None:
    bench.run(
        'SELECT * { VALUES (?name ?lat ?long) { ("Смоленск" 54.78 32.05) ("Витебск" 55.2 30.2) ("Где-то" 100.0 0.0) } }'
    )
    view = bench.show("map")
    expect(view.locator("svg circle")).to_have_count(2)
    expect(view.locator(".wb-tally")).to_have_text("Показано 2 из 3 строк, без нужных значений: 1")


def test_the_timeline_shows_periods_and_their_rows(bench: Workbench) -> None:
    bench.open("events-timeline")
    view = bench.show("timeline")
    expect(view.locator(".wb-events li")).to_have_count(33)
    view.get_by_label("март 2023 г.: 7 записей").click()
    expect(view.locator(".wb-events li")).to_have_count(7)
    expect(view.locator(".wb-days h2")).to_contain_text("март 2023")
    view.get_by_text("Всё время").click()
    expect(view.locator(".wb-events li")).to_have_count(33)


def test_the_network_shows_names_and_neighbours(bench: Workbench) -> None:
    bench.open("institutions")
    view = bench.show("network")
    expect(view.locator(".wb-tally")).to_have_text("15 узлов, 9 связей.")
    expect(view.locator("svg circle")).to_have_count(15)
    view.locator(".wb-row", has_text="Администрация города Смоленска").click()
    expect(view.locator(".wb-list")).to_contain_text("Связан с: 3")
    expect(view.locator(".wb-row")).to_have_count(3)
    view.locator(".wb-row").first.click()
    expect(view.locator(".wb-row")).to_have_count(1)
    view.get_by_text("Все участники").click()
    expect(view.locator(".wb-row")).to_have_count(15)
    view.locator("svg circle").first.click()
    expect(view.get_by_text("Все участники")).to_be_visible()
    view.get_by_label("Откуда").select_option("tie")
    expect(view.locator(".wb-tally")).to_have_text("18 узлов, 9 связей.")


def test_a_large_network_is_cut_and_says_so(bench: Workbench) -> None:
    bench.run("SELECT ?a ?b { ?b a <http://www.w3.org/2004/02/skos/core#Concept> BIND(<urn:centre> AS ?a) }")
    view = bench.show("network")
    told = re.compile("Показано 500 из .+ узлов: те, у кого связей больше")
    expect(view.locator(".wb-tally")).to_have_text(told)


@pytest.mark.parametrize(
    ("view", "wants"), [("chart", "числами"), ("map", "WKT"), ("timeline", "датами"), ("network", "связан")]
)
def test_a_view_that_does_not_fit_says_which_columns_it_wants(bench: Workbench, view: str, wants: str) -> None:
    bench.run('SELECT ("слово" AS ?word) {}')
    expect(bench.show(view)).to_contain_text("Этот ответ так не показать.")
    expect(bench.show(view)).to_contain_text(wants)


def test_yes_no_and_the_raw_answer(bench: Workbench) -> None:
    bench.run("ASK { ?s ?p ?o }")
    expect(bench.tab.locator(".wb-answer")).to_have_text("Да")
    expect(bench.tab.locator(".wb-downloads button")).to_have_text(["JSON", "XML"])
    bench.run("ASK { <urn:no> ?p ?o }")
    expect(bench.tab.locator(".wb-answer")).to_have_text("Нет")
    bench.tab.locator(".select_response").click()
    expect(bench.tab.locator(".yasr_results")).to_contain_text('"boolean"')


def test_a_construct_query_gives_a_network_and_its_own_formats(bench: Workbench) -> None:
    bench.run(CONSTRUCT)
    expect(bench.tab.locator(".wb-downloads button")).to_have_text(["Turtle", "N-Triples", "JSON-LD", "RDF/XML"])
    expect(bench.show("network").locator("svg circle").first).to_be_visible()
    starts = {"ttl": b"@prefix pob: <https://", "nt": b"<https://", "jsonld": b"[", "rdf": b"<?xml"}
    for extension, start in starts.items():
        assert _downloaded(bench, extension).startswith(start)


def _downloaded(bench: Workbench, extension: str) -> bytes:
    with bench.page.expect_download() as download:
        bench.tab.locator(f"[data-format={extension}]").click()
    assert download.value.suggested_filename.endswith(f".{extension}")
    expect(bench.tab.locator(".wb-status")).to_contain_text("Файл готов")
    return download.value.path().read_bytes()


@pytest.mark.parametrize(
    ("extension", "start"),
    [
        ("csv", b"a,b\r\n"),
        ("tsv", b"?a\t?b\n"),
        ("json", b'{"head"'),
        ("xml", b"<?xml"),
        ("xlsx", b"PK"),
        ("parquet", b"PAR1"),
    ],
)
def test_whole_answers_are_downloaded(bench: Workbench, extension: str, start: bytes) -> None:
    bench.write("SELECT ?a ?b { VALUES (?a ?b) { (1 2) } }")
    assert _downloaded(bench, extension).startswith(start)


def test_a_failed_download_says_why(failing: Workbench) -> None:
    failing.write("SELECT ?a {")
    failing.tab.locator("[data-format=csv]").click()
    expect(failing.tab.locator(".wb-status")).to_contain_text("Файл не получен: Это не SPARQL")


def test_errors_of_the_endpoint_are_told_in_words(failing: Workbench) -> None:
    failing.run("SELECT ?a {\n  ?a ?b }}")
    expect(failing.tab.locator(".wb-problem")).to_contain_text("Это не SPARQL")
    expect(failing.tab.locator(".CodeMirror .wb-mistake")).to_have_count(1)
    failing.write("ASK {}")
    expect(failing.tab.locator(".CodeMirror .wb-mistake")).to_have_count(0)
    failing.run(f"ASK {{}} {LIMITED}")
    expect(failing.tab.locator(".wb-problem")).to_contain_text("Превышено время")
    expect(failing.tab.locator(".wb-problem")).to_contain_text("Предел")
    expect(failing.tab.locator(".wb-problem dd").first).to_have_text("30 с")


def test_a_running_query_can_be_stopped(bench: Workbench) -> None:
    bench.write(f"ASK {{}} {SLOW}")
    button = bench.tab.locator(".wb-run")
    button.click()
    expect(button).to_have_text("Остановить")
    button.click()
    expect(button).to_have_text("Выполнить")
    expect(bench.tab.locator(".yasr_results")).to_contain_text("Запрос остановлен.")


def test_a_link_opens_the_query_in_its_view(chrome: Browser, server: Served, bench: Workbench) -> None:
    bench.open("partners-by-country")
    bench.show("chart")
    bench.tab.locator(".wb-share").click()
    target = bench.tab.locator(".wb-status input").input_value()
    assert target.startswith(server.url + "#query=") and target.endswith("&view=chart")
    with visiting(chrome, server, tail=target.removeprefix(server.url)) as other:
        expect(other.page.locator(".tabsList .tab.active")).to_contain_text("По ссылке")
        expect(other.tab.locator(".wb-bars")).to_be_visible()
        assert other.query == bench.query
        until(other.page, lambda: other.page.url, lambda url: "#" not in url)
        assert other.outside == [] and other.errors == []


def test_the_link_is_copied_where_the_browser_allows_it(chrome: Browser, server: Served) -> None:
    with visiting(chrome, server, permissions=["clipboard-read", "clipboard-write"]) as bench:
        bench.tab.locator(".wb-share").click()
        expect(bench.tab.locator(".wb-status")).to_contain_text("Ссылка скопирована.")
        assert "#query=" in str(bench.page.evaluate("navigator.clipboard.readText()"))


def test_a_link_names_a_question_with_values(chrome: Browser, server: Served) -> None:
    with visiting(chrome, server, tail="#example=events-in-city&city=Витебск") as bench:
        expect(bench.page.locator(".tabsList .tab.active")).to_contain_text("Мероприятия в городе")
        expect(bench.tab.locator("input[name=city]")).to_have_value("Витебск")


def test_a_link_cannot_name_another_endpoint(chrome: Browser, server: Served) -> None:
    with visiting(chrome, server, tail="#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fexample.org%2Fsparql") as bench:
        expect(bench.tab.locator(".wb-answer")).to_be_visible()
        assert bench.outside == []


def test_tabs_are_added_renamed_and_closed(bench: Workbench) -> None:
    tabs = bench.page.locator(".tabsList .tab")
    bench.page.locator(".addTab").click()
    expect(tabs).to_have_count(2)
    expect(bench.tab.locator(".wb-run")).to_be_visible()
    tabs.nth(1).dblclick()
    bench.page.keyboard.type("Моё")
    bench.page.keyboard.press("Enter")
    expect(tabs.nth(1)).to_contain_text("Моё")
    tabs.nth(1).locator("a").click(button="right")
    expect(bench.page.get_by_text("Сделать копию")).to_be_visible()
    bench.page.get_by_text("Сделать копию").click()
    expect(tabs).to_have_count(3)
    tabs.nth(2).locator(".closeTab").click()
    expect(tabs).to_have_count(2)
    expect(bench.tab.locator(".wb-run")).to_be_visible()


def _column(bench: Workbench, name: str) -> list[str]:
    """Return the texts of a column's cells that are in the page."""
    place = bench.tab.locator(".wb-table th").evaluate_all(
        "(all, name) => all.findIndex(e => e.dataset.column === name)", name
    )
    return bench.tab.locator(f".wb-table tr[data-row] td:nth-child({place + 1})").all_inner_texts()


def _column_becomes(bench: Workbench, name: str, holds: Callable[[list[str]], bool]) -> list[str]:
    """Wait until a column reads as wanted, and return its texts."""
    return until(bench.page, lambda: _column(bench, name), holds)


def _is_rising(texts: list[str]) -> bool:
    return texts == sorted(texts)


def _is_falling(texts: list[str]) -> bool:
    return texts == sorted(texts, reverse=True)


def _are_rising_numbers(texts: list[str]) -> bool:
    numbers = [int(text) for text in texts]
    return numbers == sorted(numbers)


def test_the_table_is_searched_sorted_and_told_in_detail(bench: Workbench) -> None:
    bench.open("partners-by-country")
    rows = bench.tab.locator(".wb-table tr[data-row]")
    expect(rows).to_have_count(28)
    search = bench.tab.get_by_label("Найти в таблице")
    search.fill("ЗАХСТАН")
    expect(rows).to_have_count(1)
    expect(bench.tab.locator(".wb-rows > .wb-tally")).to_have_text("Найдено 1 из 28 строк.")
    search.fill("такого нет")
    expect(bench.tab.locator(".wb-rows > .wb-tally")).to_have_text("Подходящих строк нет")
    search.fill("")
    expect(rows).to_have_count(28)
    answered = _column(bench, "events")
    head = bench.tab.locator("th[data-column=country]")
    head.get_by_role("button").click()
    _column_becomes(bench, "country", _is_rising)
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    _column_becomes(bench, "country", _is_falling)
    bench.tab.locator("th[data-column=events] button").click()
    assert len(set(_column_becomes(bench, "events", _are_rising_numbers))) > 2
    expect(head).to_have_attribute("aria-sort", "none")
    for _ in range(2):
        bench.tab.locator("th[data-column=events] button").click()
    _column_becomes(bench, "events", lambda texts: texts == answered)
    bench.tab.get_by_label("Подробно").check()
    expect(bench.tab.locator(".wb-table")).to_contain_text("@ru")


THINGS = """PREFIX pob: <https://w3id.org/pobratim/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?tie ?country (STR(?iri) AS ?bare) ?nobody WHERE {
  ?tie a pob:Tie ; pob:party ?iri . ?iri a pob:Municipality ; rdfs:label "Витебск"@ru .
  BIND(<http://publications.europa.eu/resource/authority/country/BLR> AS ?country) BIND(<urn:x:nobody> AS ?nobody)
} ORDER BY ?tie LIMIT 1"""


@pytest.mark.parametrize(("language", "head", "label"), [("ru", "Связь", "Беларусь"), ("en", "Tie", "Belarus")])
def test_things_are_named_in_the_language_of_the_page(
    chrome: Browser, server: Served, language: str, head: str, label: str
) -> None:
    with visiting(chrome, server, tail=f"?lang={language}") as bench:
        bench.run(THINGS)
        row = bench.tab.locator("tr[data-row]")
        country = row.locator("td").nth(1).locator("a")
        expect(country).to_have_text(label)
        expect(country).to_have_attribute("title", re.compile("country/BLR$"))
        expect(country).to_have_attribute("href", re.compile(r"/describe\?iri=http%3A%2F%2Fpublications"))
        tie = row.locator("td").first.locator("a")
        expect(tie).to_contain_text("Витебск" if language == "ru" else "")
        expect(tie).to_have_attribute("href", re.compile("/doc/tie/"))
        expect(tie).not_to_have_text(re.compile("^id:"))
        expect(row.locator("td").nth(3)).to_have_text("urn:x:nobody")
        expect(row.locator("td").nth(3).locator("a")).to_have_count(0)
        expect(bench.tab.locator("th").first).to_have_text(head)
        expect(bench.tab.locator("th").nth(2)).to_have_text("bare")
        assert bench.errors == []


TO_THE_END = """box => {
  box.scrollTop = box.scrollHeight;
  return box.querySelector("tr[aria-rowindex='10001']") !== null;
}"""
LONG = """SELECT ?s ?p ?o ?d ?n ?k ?l ?t { { SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 10000 }
  BIND(STR(?p) AS ?d) BIND(STRLEN(STR(?o)) AS ?n) BIND(STR(?s) AS ?k) BIND(?p AS ?l) BIND(STR(?o) AS ?t) }"""


def test_of_a_long_answer_only_the_rows_on_the_screen_are_in_the_page(bench: Workbench) -> None:
    bench.served.labels.clear()
    bench.run(LONG)
    rows = bench.tab.locator("tr[data-row]")
    table = bench.tab.locator(".wb-table")
    expect(table).to_have_attribute("aria-rowcount", "10001")
    assert 8 <= rows.count() <= 60
    assert bench.page.evaluate("document.querySelectorAll('.yasr *').length") < 2500
    expect(bench.tab.locator(".wb-rows > .wb-tally")).to_contain_text("Ctrl+F")
    assert 1 <= len(bench.served.labels) <= 2
    assert all(query.count("<http") <= 210 for query in bench.served.labels)
    # Heights of rows are guessed until they are drawn: the end is reached in steps.
    until(bench.page, lambda: bool(bench.tab.locator(".wb-scroll").evaluate(TO_THE_END)), bool)
    expect(bench.tab.locator("tr[aria-rowindex='10001']")).to_be_in_viewport()
    bench.wait_until_drawn()
    assert 8 <= rows.count() <= 60
    bench.tab.locator("th[data-column=n] button").click()
    expect(bench.tab.locator("tr[aria-rowindex='2']")).to_be_in_viewport()
    bench.tab.locator("th[data-column=n] button").click()
    _column_becomes(bench, "n", lambda texts: _are_rising_numbers(texts[::-1]))
    bench.tab.get_by_label("Найти в таблице").fill("2023")
    expect(bench.tab.locator(".wb-rows > .wb-tally")).to_contain_text("Найдено")
    assert 1 <= rows.count() <= 60


def test_a_long_text_is_cut_and_opened(bench: Workbench) -> None:
    bench.run('SELECT ?a ?b { VALUES (?a ?b) { ("%s" 1) ("короткий" 2) } }' % ("слово " * 200))
    row = bench.tab.locator("tr[data-row='0']")
    before = row.bounding_box()
    row.get_by_role("button", name="ещё").click()
    until(bench.page, row.bounding_box, lambda now: bool(before and now and now["height"] > 2 * before["height"]))
    expect(row.get_by_role("button", name="Свернуть")).to_have_attribute("aria-expanded", "true")
    expect(bench.tab.locator("tr[data-row='1']").get_by_role("button")).to_have_count(0)


def test_the_table_is_copied_for_spreadsheets(chrome: Browser, server: Served) -> None:
    with visiting(chrome, server, permissions=["clipboard-read", "clipboard-write"]) as bench:
        bench.open("partners-by-country")
        bench.tab.get_by_label("Найти в таблице").fill("Казахстан")
        bench.tab.get_by_role("button", name="Скопировать").click()
        expect(bench.tab.locator(".wb-rows > .wb-tally")).to_contain_text("Скопировано: 1 строка")
        head, row = str(bench.page.evaluate("navigator.clipboard.readText()")).split("\n")
        assert head.split("\t")[0] == "Страна" and row.split("\t")[0] == "Казахстан"
        assert head.count("\t") == row.count("\t") > 2


def test_after_a_run_the_answer_is_on_the_screen(bench: Workbench) -> None:
    bench.open("partners-by-country")
    tops = "all => all.map(e => e.getBoundingClientRect()).filter(b => b.top >= 65 && b.bottom <= innerHeight).length"
    until(bench.page, lambda: int(bench.tab.locator("tr[data-row]").evaluate_all(tops)), lambda seen: seen >= 8)
    bench.page.evaluate("scrollTo(0, 0)")
    bench.page.locator(".tabsList .tab").first.locator("a").click()
    assert bench.page.evaluate("scrollY") == 0


_HEADS = """wanted => {
  const cells = [...document.querySelectorAll(".tabPanel.active tr[data-row='0'] td")].slice(0, wanted.length);
  return cells.map(cell => getComputedStyle(cell, "::before").content).join() === wanted.join();
}"""


def test_rows_are_cards_on_a_telephone(narrow: Workbench) -> None:
    narrow.open("partners-of-city")
    narrow.page.wait_for_function(_HEADS, arg=['"Партнёр"', '"Страна"'])
    narrow.tab.get_by_label("Упорядочить").select_option("Страна")
    _column_becomes(narrow, "country", _is_rising)
    assert narrow.overflow() == 0


def test_the_editor_is_named_for_screen_readers(bench: Workbench) -> None:
    bench.page.locator(".addTab").click()
    expect(bench.tab.locator(".CodeMirror textarea")).to_have_attribute("aria-label", "Текст запроса SPARQL")
    lists = bench.page.locator("#wb-editor [role=tablist]")
    expect(lists).to_have_count(1)
    expect(lists).to_have_attribute("aria-owns", re.compile(r"^\S+ \S+$"))
    owned = (lists.get_attribute("aria-owns") or "").split()
    assert [bench.page.locator(f"[id='{tab}']").get_attribute("role") for tab in owned] == ["tab", "tab"]


def test_the_page_speaks_english_too(bench: Workbench) -> None:
    bench.page.get_by_role("link", name="English").click()
    bench.page.wait_for_selector("html[lang=en][data-ready]", state="attached")
    bench.open("partners-by-country")
    bench.query_becomes(lambda query: query.startswith("# Partners by country\n"))
    expect(bench.tab.locator(".wb-table")).to_contain_text("Belarus")
    assert "en" in bench.served.languages
    expect(bench.tab.locator(".wb-run")).to_have_text("Run")
    bench.page.get_by_role("link", name="Русский").click()
    bench.page.wait_for_selector("html[lang=ru][data-ready]", state="attached")


def test_keys_run_queries_and_walk_the_sidebar(bench: Workbench) -> None:
    bench.write("ASK {}")
    bench.tab.locator(".CodeMirror").evaluate("editor => editor.CodeMirror.focus()")
    bench.wait_for_answer(lambda: bench.page.keyboard.press("Control+Enter"))
    expect(bench.tab.locator(".wb-answer")).to_have_text("Да")
    bench.page.get_by_role("tab", name="Справки").focus()
    bench.page.keyboard.press("ArrowRight")
    expect(bench.page.get_by_role("tab", name="Термины")).to_be_focused()
    expect(bench.page.get_by_role("tabpanel", name="Термины")).to_be_visible()


def test_lists_that_did_not_load_are_asked_for_again(chrome: Browser, server: Served) -> None:
    server.broken.update({"queries", "terms"})
    try:
        with visiting(chrome, server) as bench:
            expect(bench.page.get_by_text("Не удалось загрузить.").first).to_be_visible()
            server.broken.clear()
            bench.page.get_by_text("Повторить").first.click()
            expect(bench.page.locator("[data-question]")).to_have_count(39)
            bench.page.get_by_role("tab", name="Термины").click()
            bench.page.get_by_text("Повторить").click()
            expect(bench.page.locator("[data-term]").first).to_be_visible()
            bench.run("ASK {}")
            expect(bench.tab.locator(".wb-answer")).to_have_text("Да")
    finally:
        server.broken.clear()


def test_it_works_below_the_path_of_a_proxy(chrome: Browser, server: Served, example_store: Reader) -> None:
    del server
    with serving(example_store, "/open/data") as served, visiting(chrome, served) as bench:
        bench.open("map-places")
        expect(bench.show("map").locator("svg path[fill='#fbfaf6']")).to_be_attached()
        assert bench.outside == [] and bench.errors == []


@pytest.mark.parametrize(
    ("question", "view"),
    [
        ("school-links", None),
        ("partners-by-country", "chart"),
        ("map-places", "map"),
        ("events-timeline", "timeline"),
        ("institutions", "network"),
    ],
)
def test_nothing_is_wider_than_a_telephone(narrow: Workbench, question: str, view: str | None) -> None:
    assert narrow.overflow() == 0
    narrow.open(question)
    if view:
        narrow.show(view)
    assert narrow.overflow() == 0
    expect(narrow.tab.locator(".wb-run")).to_be_visible()


def test_the_helpers_fold_away_on_a_telephone(narrow: Workbench) -> None:
    toggle = narrow.page.locator("#wb-toggle")
    expect(narrow.page.locator("[data-question]").first).to_be_hidden()
    toggle.click()
    expect(narrow.page.locator("[data-question]").first).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    assert narrow.overflow() == 0
    toggle.click()
    expect(narrow.page.locator("[data-question]").first).to_be_hidden()


def test_what_has_no_date_is_called_so_however_many_years_there_are(bench: Workbench) -> None:
    years = " ".join(f'("{year}" {year % 7 + 1})' for year in range(1950, 2026))
    bench.run(f'SELECT ?year ?events {{ VALUES (?year ?events) {{ {years} ("без даты" 50) }} }}')
    chart = bench.show("chart")
    chart.get_by_label("Вид").select_option("Столбики")
    expect(chart.locator("svg > text", has_text="без даты")).to_have_count(1)
    assert chart.locator("svg > text").count() < 40


def test_what_is_printed_is_more_than_the_screen(bench: Workbench) -> None:
    bench.run("SELECT ?s ?p { ?s ?p ?o } LIMIT 300")
    rows = bench.tab.locator("tr[data-row]")
    assert 8 <= rows.count() < 60
    bench.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(rows).to_have_count(300)
    bench.page.evaluate("dispatchEvent(new Event('afterprint'))")
    until(bench.page, rows.count, lambda count: 8 <= count < 60)
