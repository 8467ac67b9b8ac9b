"""The explorer from a plain file server: what a browser makes of columns is what the server tells."""

import asyncio
import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from pobratim.compare.periods import in_order, period_of
from pobratim.explore import Index, Selection, index_of
from pobratim.explore.changes import GROUPS, Change, changes, usual_periods
from pobratim.explore.ego import ego_of
from pobratim.explore.events import events_at, selected_events
from pobratim.explore.facets import facets
from pobratim.explore.index import Subject
from pobratim.explore.parties import Party, party_of
from pobratim.explore.points import tie_map
from pobratim.explore.register import selected_agreements
from pobratim.explore.selection import PARTIES
from pobratim.explore.ties import selected_ties
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.explorer.pair import pair_at
from pobratim.site.explorer.time import FIRST, WHOLE
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.app_built import needs_app
from tests.support.browser import browser, visit
from tests.support.plain_host import Host, plain_host, publish_example

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BASE = "https://w3id.org/pobratim"
PLACE = "any/prefix"
PAIRS, SEEDS = 12, 6
_SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def host(example_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A file server over the published example, below a prefix; without pages of events, as a whole country has it."""
    needs_app()
    folder = tmp_path_factory.mktemp("published")
    publish_example(GenerationStore(example_directory), folder / PLACE, pages="packs")
    with plain_host(folder) as running:
        yield running


@pytest.fixture(scope="module")
def chrome(host: Host) -> Iterator[Browser]:
    """A browser, begun once all is published: who drives it has the loop that publishing needs."""
    del host
    with browser() as running:
        yield running


@pytest.fixture
def page(chrome: Browser, host: Host) -> Iterator[Page]:
    """A page of the host under a prefix; whatever it or its script misses fails the test."""
    host.missing.clear()
    with visit(chrome, base_url=f"{host.url}/{PLACE}/", viewport={"width": 1440, "height": 900}) as found:
        told: list[str] = []
        found.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
        found.on("pageerror", lambda error: told.append(str(error)))
        found.on("request", lambda each: told.append(each.url) if not each.url.startswith(host.url) else None)
        yield found
        assert told == [] and host.missing == []


@pytest.fixture(scope="module")
def index(example_store: Reader) -> Index:
    return index_of(example_store)


def test_from_a_search_to_a_dossier_a_pair_and_its_sentences(page: Page) -> None:
    page.goto("index.html")
    page.locator("#q").fill("Витебска")
    expect(page.locator("[role=option]").first).to_contain_text("Витебск")
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_contain_text("Витебска")
    page.locator(".hits a").first.click()
    expect(page.locator("h1")).to_have_text("Витебск")
    page.locator("#q").fill("Смоленск Витебск")
    page.get_by_role("option", name="Смоленск — Витебск").click()
    expect(page.locator("h1")).to_contain_text("Смоленск")
    page.locator(".evs a").nth(1).click()
    expect(page.locator("#evidence mark").first).to_contain_text("Маладик")
    page.locator(".evs a").nth(1).press("ArrowDown")
    expect(page.locator(".walk span")).to_have_text("3 из 4")
    expect(page).to_have_url(re.compile(r"evidence=3$"))


def test_numbers_abbreviations_layouts_and_latin_letters_are_found(page: Page) -> None:
    for typed in ("гимназия 7 витебск", "gimnaziya 7 vitebsk", "ubvyfpbz 7 dbnt,cr"):
        page.goto(f"search/?q={typed}")
        expect(page.locator(".hits a").first).to_have_text(re.compile("Гимназия №\\s7 г. Витебска"))
    page.goto("search/?q=гимназия 77 витебск")
    expect(page.locator(".hits a")).to_have_count(0)
    expect(page.locator(".sum")).to_be_visible()


def test_pairs_say_what_the_server_says(page: Page, example_store: Reader, index: Index) -> None:
    rows = index.rows("SELECT one.ref AS a, other.ref AS b FROM tie JOIN party AS one ON one.id = a"
                      " JOIN party AS other ON other.id = b ORDER BY tie.id")  # fmt: skip
    step = max(1, len(rows) // PAIRS)
    wanted = [*(tuple(row) for row in rows[::step]), ("ru-smolensk", "country:by"), ("by-minsk", "fr-tyul")]
    asker = ReaderAsker(example_store, DataSet("plain", BASE))
    for one, other in wanted:
        visitor = Visit("ru", Addresses(BASE, "https://example.org"), f"/pair/{one}/{other}", (), is_chosen=False)
        with ThreadPoolExecutor(1) as apart:  # for the same reason
            told = apart.submit(asyncio.run, pair_at(asker, visitor, f"{one}/{other}")).result()
        assert told is not None
        there = render(told, visitor)
        page.goto(f"pair/?a={one}&b={other}")
        page.locator("p.sum").wait_for()
        for tag, look in (("p", "sum wide"), ("ul", "pairs"), ("ul", "evs"), ("table", "t stack agreements")):
            found = page.locator(f"{tag}.{look.replace(' ', '.')}")
            shown = found.evaluate_all("all => all.map(each => each.textContent)")
            assert list(map(_plain, shown)) == _texts(there, tag, look), (one, other, look)
        if told.values.get("exhibit") is not None:
            expect(page.locator("#evidence mark").first).to_be_visible()
            assert _texts(there, "blockquote", "quote") == [_plain(page.locator("blockquote").inner_text())]


@pytest.mark.parametrize("address", ["pair/", "network/around/"])
def test_where_nobody_is_chosen_the_way_to_a_name_is_shown(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Не выбрано, чьи связи показать")
    page.get_by_role("link", name="Искать по имени").click()
    expect(page).to_have_url(re.compile(r"/search/$"))


def test_networks_hold_who_the_server_says(page: Page, index: Index) -> None:
    rows = index.rows(
        "SELECT ref FROM party WHERE ties > 0 AND kind IN ('place', 'institution') ORDER BY ties DESC, id"
    )
    seeds = [party_of(index, row["ref"]) for row in rows[:: max(1, len(rows) // SEEDS)]]
    for seed in [each for each in seeds if isinstance(each, Party)]:
        ego = ego_of(index, seed, Selection())
        names = {node.id: node.short for node in ego.nodes}
        ties = sorted(
            (names[edge.a], names[edge.b], edge.events, edge.agreements) for edge in ego.edges if edge.kind == "tie"
        )
        page.goto(f"network/around/?seed={seed.ref}")
        expect(page.locator("[data-part=stage] canvas").first).to_be_visible()
        cells = "all => all.map(row => [...row.children].slice(0, 4).map(cell => cell.textContent))"
        shown = page.locator("[data-part=twin] tbody tr").evaluate_all(cells)
        assert sorted((a, b, int(events), int(signed)) for a, b, events, signed in shown) == ties
    page.goto("network/")
    expect(page.locator("[data-part=stage] canvas").first).to_be_visible()
    page.locator("[data-part=panel] .most button").first.click()
    expect(page.locator("[data-part=panel] .told mark").first).to_be_visible()


def test_lists_are_chosen_in_the_browser(page: Page, index: Index) -> None:
    for of, rows in (("events", "table.happened tr:not(.of-year)"), ("agreements", "table.register tbody tr")):
        page.goto(f"{of}/")
        page.get_by_role("button", name="Отбор").click()
        for field, code in (("country", "BY"), ("kind", "agreement" if of == "agreements" else "competition")):
            page.locator(f"[data-field={field}] summary").click()
            page.locator(f"[data-field={field}] a[href*='{field}={code}']").click()
        chosen = Selection.read(
            [("country", "BY"), ("kind", "agreement" if of == "agreements" else "competition")], index
        )
        found = selected_events(index, chosen).found if of == "events" else selected_agreements(index, chosen).found
        heads = 1 if of == "events" else 0
        expect(page.locator(rows)).to_have_count(found + heads)
        expect(page.locator("[role=status].hid")).to_contain_text(f"показано {found}")
        page.get_by_text("Снять отбор").click()
        expect(page.locator(rows)).to_have_count(
            min(50, index.sizes["event" if of == "events" else "agreement"]) + heads
        )


def test_partners_are_chosen_by_what_their_ties_rest_on(page: Page, index: Index) -> None:
    every = [("topic", "culture"), ("mode", "in-person"), ("status", "signed"), ("kind", "contact"), ("from", "2023")]
    for level in ("municipality", "institution"):
        for pairs in ([("country", "BY")], *([each, ("country", "BY")] for each in every), [every[0], every[1]]):
            chosen = Selection.read([("level", level), *pairs], index)
            ties = selected_ties(index, chosen)
            page.goto(f"partners/{'' if level == 'municipality' else f'level-{level}/'}?{urlencode(pairs)}")
            expect(page.locator("[role=status].hid")).to_contain_text(f"показано {ties.found}")
            cells = "all => all.map(row => [2, 6].map(at => row.children[at].firstChild?.textContent ?? ''))"
            shown = page.locator("table.ties tbody tr").evaluate_all(cells)
            wanted = [[str(tie.events), str(tie.agreements)] for tie in ties.rows]
            assert shown == wanted, (level, pairs)
            counts = {
                (field, value.label.code): value.count
                for field, values in facets(index, "tie", chosen).items()
                if field in ("country", "topic", "mode", "status")
                for value in values
            }
            for field, code in counts:
                item = page.locator(f"[data-field={field}] li a[href*='{field}={code}'] b")
                if not any(name == field for name, _ in pairs) and counts[field, code]:
                    expect(item).to_have_text(str(counts[field, code]))


@pytest.mark.parametrize(
    "pairs",
    [
        [("place", "ru-smolensk")],
        [("place", "country:by")],
        [("with", "by-vitebsk")],
        [("place", "ru-smolensk"), ("with", "by-vitebsk")],
        [("place", "region:ru-smo"), ("with", "country:by"), ("topic", "culture")],
        [("place", "ru-smolensk"), ("place", "ru-gagarin"), ("with", "by-vitebsk"), ("from", "2023")],
    ],
)
def test_lists_of_parties_are_those_of_the_server(pairs: list[tuple[str, str]], page: Page, index: Index) -> None:
    chosen = Selection.read(pairs, index)
    couples = chosen.with_(level="institution")
    lists: list[tuple[str, Subject, Selection, int]] = [
        ("events/", "event", chosen, selected_events(index, chosen).found),
        ("partners/level-institution/", "tie", couples, selected_ties(index, couples).found),
    ]
    if not chosen.topic:
        lists.append(("agreements/", "agreement", chosen, selected_agreements(index, chosen).found))
    for address, subject, given, many in lists:
        page.goto(f"{address}?{urlencode(pairs)}")
        expect(page.locator("[role=status].hid")).to_contain_text(f"показано {many} ")
        counts = facets(index, subject, given)
        told = {each.label.ru: each.count for field in PARTIES for each in counts[field] if each.is_chosen}
        chips = {name.removeprefix("с кем: "): int(count) for name, count in _pieces(page, "a.chip.on", count=True)}
        assert told.items() <= chips.items(), address
        items = {name: int(count) for name, count in _pieces(page, "[data-field=partner] li > *")}
        assert items == {each.label.ru: each.count for each in counts["partner"]}, address


def test_both_parties_of_a_list_are_asked_for_by_name(page: Page) -> None:
    page.goto("events/")
    page.get_by_role("button", name="Отбор").click()
    for name, typed, best in (("place", "Смоленск", "Смоленск"), ("with", "витебск", "с кем: Витебск")):
        page.locator("details[data-field=place] summary").click()
        page.locator(f"#{name}").fill(typed)
        page.locator(f"form:has(input[type=search][name={name}]) button").click()
        expect(page.locator("a.chip.on", has_text=best)).to_be_visible()
    expect(page).to_have_url(re.compile(r"place=ru-smolensk&with=by-vitebsk$"))
    expect(page.locator("[role=status].hid")).to_contain_text("показано 3 ")
    page.locator("details[data-field=place] summary").click()
    page.locator("#with").fill("Смоленскъ-нет-такого 77")
    page.locator("form:has(input[type=search][name=with]) button").click()
    assert "нет" in page.locator("#with").evaluate("each => each.validationMessage")
    page.keyboard.press("Escape")
    page.locator("a.chip.on", has_text="с кем: Витебск").click()
    expect(page).to_have_url(re.compile(r"place=ru-smolensk$"))


def test_an_event_without_a_page_is_made_of_its_pack(page: Page, index: Index) -> None:
    [event] = events_at(index, [row[0] for row in index.rows("SELECT MAX(event) FROM event_party")])
    page.goto("events/")
    page.locator(f"a.name[href*='{event.iri.rpartition('/')[2]}']").first.click()
    expect(page.locator("h1")).to_have_text(event.title)
    names = {each.party.said("ru") for each in event.participants if each.party.kind in ("institution", "place")}
    shown = page.locator(".facts li a").all_text_contents()
    assert names and names <= set(shown)
    expect(page.locator("article.drawer mark").first).to_be_visible()
    page.goto(f"event/?key=2020-01-01-none-000{event.iri[-3:]}")  # in a pack that is there
    expect(page.locator("h1")).to_have_text("Такого мероприятия здесь нет")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_map_is_chosen_in_the_browser(page: Page, index: Index, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for level, pairs in (
        ("municipality", [("country", "BY"), ("topic", "culture")]),
        ("institution", [("mode", "in-person"), ("from", "2023")]),
        ("institution", [("country", "ZW")]),
    ):
        given = tie_map(index, Selection.read([("level", level), *pairs], index))
        page.goto(f"map/{'' if level == 'municipality' else 'level-institution/'}?{urlencode(pairs)}")
        expect(page.locator("[role=status].hid")).to_contain_text(f"показано {given.found}")
        wanted = [
            [arc.right.said_briefly("ru") + arc.left.said_briefly("ru"), str(arc.events), str(arc.agreements)]
            for arc in given.arcs
        ]
        cells = "all => all.map(row => [0, 2, 3].map(at => row.children[at].textContent))"
        shown = page.locator("section:last-of-type table[class=t] tbody tr").evaluate_all(cells) if wanted else []
        assert shown == wanted
        lines = page.locator("[data-part=stage] path[stroke-opacity]")
        expect(lines).to_have_count(len(given.arcs))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("map/")
    page.get_by_role("button", name="Отбор").click()
    page.locator(".counts a", has_text="Беларусь").click()
    expect(page).to_have_url(re.compile("country=BY$"))
    expect(page.locator(".counts a[aria-current]")).to_have_text("Беларусь")
    page.locator(".seg a", has_text="Организации").click()
    expect(page).to_have_url(re.compile(r"map/level-institution/\?country=BY$"))


@pytest.mark.parametrize("width", [1440, 390])
def test_what_became_of_ties_is_chosen_in_the_browser(page: Page, index: Index, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    usual = usual_periods(index)
    assert usual is not None
    every = [("topic", "culture"), ("mode", "in-person")]
    for level in ("municipality", "institution"):
        for pairs in ([], [("country", "BY")], [("kind", "contact")], every, [*every[:1], ("country", "BY")]):
            told = [period_of(each.replace("..", "/")) for each in usual]
            there = changes(
                index, Selection.read([("level", level), *pairs], index), *in_order(*told),
                dict.fromkeys(GROUPS, (0, WHOLE)),
            )  # fmt: skip
            page.goto(f"time/{'' if level == 'municipality' else f'level-{level}/'}?{urlencode(pairs)}")
            if not pairs:
                page.get_by_role("button", name="Отбор").click()
            expect(page.locator("[role=status].hid")).to_contain_text(f"показано {there.chosen}")
            heads = page.locator(".heat tr.grp small").all_text_contents()
            assert [each.split()[0] for each in heads] == [
                str(there.counts[name]) for name in GROUPS if there.counts[name]
            ]
            cells = (
                "all => all.map(row => [...row.children].slice(0, -1)"
                ".map(cell => cell.className + (cell.ariaLabel ?? cell.textContent)))"
            )
            shown = page.locator(".heat tbody tr:not(.grp):not(:has(.more-of))").evaluate_all(cells)
            rows = [there.rows[name][: WHOLE if there.counts[name] <= WHOLE else FIRST] for name in GROUPS]
            assert shown == [_cells(one) for some in rows for one in some], (level, pairs)
            if there.found:
                said = page.locator(".head .sum").inner_text().replace("\u00a0", " ")
                assert f": {there.states['new']} нов" in said
                assert f", у {there.states['first-known']} первое" in said or not there.states["first-known"]
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_periods_and_one_group_are_chosen_in_the_browser(page: Page, index: Index) -> None:
    page.goto("time/?country=BY")
    page.locator(".periods select[name=a]").select_option("2022")
    expect(page).to_have_url(re.compile(r"country=BY&a=2022$"))
    expect(page.locator(".head .sum")).to_contain_text("против 2022:")
    chosen = Selection.read([("level", "municipality"), ("country", "BY")], index)
    there = changes(index, chosen, period_of("2022"), period_of("2023"), {"new": (0, 50)})
    page.goto("time/?country=BY&a=2022&b=2023&group=new")
    expect(page.locator(".heat tbody tr:not(.grp)")).to_have_count(len(there.rows["new"]))
    page.get_by_role("link", name="Все группы").click()
    expect(page).to_have_url(re.compile(r"b=2023$"))
    page.goto("time/?country=BY&a=2022&b=2022")
    expect(page.locator(".state h2")).to_have_text("Такого отбора нет")


def test_without_scripts_a_page_says_what_it_needs(chrome: Browser, host: Host) -> None:
    with visit(chrome, base_url=f"{host.url}/{PLACE}/", java_script_enabled=False) as page:
        for folder in ("pair", "search", "network/around"):
            assert "включите в нём сценарии" in page.request.get(f"{folder}/").text()
        page.goto("doc/place/by-vitebsk/")
        expect(page.locator("h1")).to_have_text("Витебск")


def _pieces(page: Page, selector: str, count: bool = False) -> list[list[str]]:
    """Return the names and counts of chips or choices: those with a ``count`` alone where that is asked for."""
    script = "all => all.map(each => [...each.children].slice(0, 2).map(part => part.textContent.trim()))"
    found: list[list[str]] = page.locator(selector).evaluate_all(script)
    return [each for each in found if not count or each[1].isdecimal()]


def _cells(change: Change) -> list[str]:
    """Return the name of a tie and the class and text of each of its quarters, as the page has them."""
    name = f"{change.tie.left.said_where('ru')} — {change.tie.right.said_where('ru')}"
    told = [
        "hотчёта за квартал нет" if each is None else f"n{min(each, 3)}{each}" if each else "0" for each in change.cells
    ]
    return [name, *told]


def _texts(there: str, tag: str, look: str) -> list[str]:
    found = re.findall(rf'<{tag}[^>]*class="{look}"[^>]*>(.*?)</{tag}>', there, re.DOTALL)
    return [_plain(re.sub(r"<[^>]*>", "", each)) for each in found]


def _plain(text: str) -> str:
    """Return a text without the spaces that templates add between words."""
    return _SPACES.sub("", html.unescape(text))
