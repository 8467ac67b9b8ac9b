"""All screens of the explorer over bad data: none, names of any length and script, no points, no days."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import cycle
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import Literal, Quad

from pobratim.messages import Language
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.kinds import page_at
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.reader import MemoryReader, Reader

LISTS = (
    *("/", "/partners", "/map", "/time", "/agreements", "/events"),
    *("/network", "/network?view=force", "/network?view=table"),
)
ABOUT = (
    "/pair/ru-smolensk/by-vitebsk",
    "/pair/ru-smolensk/by-vitebsk,by-grodno",
    "/network?seed=ru-smolensk",
    "/doc/place/by-vitebsk",
    "/doc/country/by",
    "/doc/region/ru-smo",
    "/doc/organisation/ru-smolensk-administration",
    "/doc/activity/2023-02-14-competition-ru-smolensk-c41e5e",
    "/doc/report/smolensk-2023-q1",
    "/yearly/ru-smolensk/2023",
    "/paths?from=ru-smolensk&to=by-grodno",
)
MARK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NAMES = (
    MARK,
    "ע" * 40 + " \u202eevil",
    "مدرسة رقم ٧ في المدينة",
    "Очень длинное название " * 22,
    "'\"&<b>{{ 7 * 7 }}",
    "—",
)
_NAMING = ("label", "title", "prefLabel")
_PLACING = ("asWKT", "hasGeometry")
_DATING = ("start", "end", "edtf", "temporal", "startDate", "endDate", "date", "issued")


def _renamed(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads with other names for all that has one, but for what the ontology names."""
    names, given = cycle(NAMES), dict[tuple[str, str], str]()
    for quad in sorted(quads, key=str):
        is_ours = "/id/" in getattr(quad.subject, "value", "") and isinstance(quad.object, Literal)
        if is_ours and _last(quad) in _NAMING and isinstance(quad.object, Literal):
            lang = quad.object.language or ""
            key = (str(quad.subject), lang)  # several graphs and two properties name a thing the same
            if key not in given:
                given[key] = next(names)
            name = given[key]
            other = Literal(name, language=lang) if lang else Literal(name)
            yield Quad(quad.subject, quad.predicate, other, quad.graph_name)
        else:
            yield quad


def _without(quads: Iterable[Quad], *names: str) -> Iterator[Quad]:
    """Yield the quads but those that say where and when."""
    return (quad for quad in quads if _last(quad) not in names)


def _last(quad: Quad) -> str:
    return re.split("[/#]", quad.predicate.value)[-1]


@pytest.fixture(scope="module")
def worlds(example_store: Reader) -> dict[str, ReaderAsker]:
    example = list(example_store.quads())
    made = {
        "nothing": [],
        "one report": example,
        "renamed": list(_renamed(example)),
        "nowhere": list(_without(example, *_PLACING)),
        "never": list(_without(example, *_DATING)),
    }
    assert all(len(made[name]) < len(example) for name in ("nowhere", "never"))
    assert len(made["renamed"]) > 0.9 * len(example)
    return {name: ReaderAsker(MemoryReader(quads), DataSet(name)) for name, quads in made.items()}


def made(asker: ReaderAsker, address: str, lang: Language) -> tuple[int, str]:
    parts = urlsplit(address)
    query = tuple(parse_qsl(parts.query))
    visit = Visit(lang, Addresses(DEFAULT_BASE, "http://127.0.0.1"), parts.path, query, is_chosen=False)
    page = asyncio.run(page_at(asker, visit))
    return (page.status, render(page, visit)) if page else (404, "")


def told(html: str) -> str:
    """Return what the main part of a page says."""
    main = re.search(r"<main.*?</main>", html, re.S)
    assert main is not None
    return " ".join(unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", main[0], flags=re.S)).split())


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("address", LISTS)
def test_no_list_is_blank_or_fails_whatever_the_data_are(
    worlds: dict[str, ReaderAsker], address: str, lang: Language
) -> None:
    for name, asker in worlds.items():
        status, html = made(asker, address, lang)
        assert status == 200 and "<h1" in html and len(told(html)) > 60, (name, address)
        _is_escaped(html, name)


@pytest.mark.parametrize("address", ABOUT)
def test_no_page_about_a_thing_is_blank_or_fails_whatever_the_data_are(
    worlds: dict[str, ReaderAsker], address: str
) -> None:
    for name, asker in worlds.items():
        status, html = made(asker, address, "ru")
        if name == "nothing":
            is_view = address.startswith(("/network", "/paths"))  # a page of the site, not of a thing
            assert status == (200 if is_view else 404), (name, address)
            assert not is_view or "Отчётов пока нет" in told(html)
            continue
        assert status == 200 and "<h1" in html and len(told(html)) > 60, (name, address)
        _is_escaped(html, name)


def _is_escaped(html: str, name: str) -> None:
    """Fail where a name stands in a page as markup, in the text or in the data that a script is given."""
    assert MARK not in html and "<img src=x" not in html and "'\"&<b>" not in html, name
    scripts = re.findall(r'<script type="application/[^"]*"[^>]*>(.*?)</script>', html, re.S)
    assert all("<" not in script for script in scripts), name
    assert "&lt;b&gt;49" not in html, name


def test_names_as_written_are_what_people_read(worlds: dict[str, ReaderAsker]) -> None:
    text = told(made(worlds["renamed"], "/partners", "ru")[1]) + told(made(worlds["renamed"], "/events", "ru")[1])
    assert "<script>alert(1)</script>" in text and "مدرسة رقم" in text and "{{ 7 * 7 }}" in text


@pytest.mark.parametrize(
    "address", ["/pair/nobody/by-vitebsk", "/network?seed=nobody", "/doc/place/nobody", "/yearly/nobody/2023"]
)
def test_who_is_unknown_is_said_to_be(worlds: dict[str, ReaderAsker], address: str) -> None:
    status, html = made(worlds["one report"], address, "ru")
    assert status == 404 and (not html or len(told(html)) > 20)
