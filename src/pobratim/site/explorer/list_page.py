"""What the lists of the explorer have in common: the selection, pages of fifty, links that sort, values to choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.parties import Party
from pobratim.messages import explain, texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import FIND, VALUES, Bar
from pobratim.site.explorer.take_away import listed, menu
from pobratim.site.page import Page, Visit
from pobratim.site.words import counted
from pobratim.text.folding import folded_words

ROWS = 50
"""Rows of a page."""
VALUES_ROWS = 200
"""Values of a page that lists those of a field."""
Made = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is shown: ``number`` of ``pages``, with the addresses before and after, "" where none is."""

    number: int
    pages: int
    before: str
    after: str


async def list_at(asker: Asker, visit: Visit, template: str, make: Callable[[Index, Selection], Made]) -> Page:
    """Return the page of a list, ``make`` giving what is in it; 400 where the address has what means nothing."""
    taken = menu(visit, listed(visit, visit.path.strip("/")))
    common: dict[str, Any] = {"w": texts("lists", visit.lang), "c": _counting(visit), "problem": "", "take": taken}

    def made(index: Index) -> Page:
        selection = Selection.read(visit.query, index)
        values = make(index, selection)
        return values_page(values["bar"], visit) or Page(template, {**common, **values})

    try:
        return await asker.explored(made)
    except UsageError as error:
        values = {**common, "problem": explain(error, visit.lang), "anew": visit.to(visit.path)}
        return Page("explorer-problem.html", values, status=400)


def values_page(bar: Bar, visit: Visit) -> Page | None:
    """Return the page of all values of the field that an address names ("values=region"), None where it names none.

    Menus have but the first of many; this page, which they ask as well, has the same counts and works without a script.
    Of "find" each word begins a word of the names.
    """
    given = dict(visit.query)
    menu = next((each for each in bar.menus if each.name == given.get(VALUES)), None)
    if menu is None:
        return None
    typed = given.get(FIND, "").strip()
    found = [one for one in menu.choices if is_named(one.label, typed)]
    first = offset(visit, VALUES_ROWS)
    return Page(
        "values.html",
        {
            "w": texts("lists", visit.lang),
            "bar": bar,
            "menu": menu,
            "typed": typed,
            "choices": found[first : first + VALUES_ROWS],
            "window": window(visit, len(found), VALUES_ROWS),
            "back": with_pairs(visit, (VALUES, FIND, "page")),
        },
    )


def is_named(label: str, typed: str) -> bool:
    """Tell whether each word that was typed begins a word of a name."""
    own = folded_words(label)
    return all(any(each.startswith(word) for each in own) for word in folded_words(typed))


def _counting(visit: Visit) -> Callable[[str, int], str]:
    return lambda code, number: counted(code, number, visit.lang, "lists")


def offset(visit: Visit, rows: int = ROWS) -> int:
    """Return how many rows are before the page that the address asks for, of so many rows a page."""
    given = dict(visit.query).get("page", "1")
    return (int(given) - 1) * rows if given.isdecimal() and 0 < int(given) < 10**6 else 0


def window(visit: Visit, found: int, rows: int = ROWS) -> Window:
    """Return where in a list of ``found`` rows the page is."""
    number, pages = offset(visit, rows) // rows + 1, max(1, -(-found // rows))
    before = _paged(visit, number - 1) if number > 1 else ""
    after = _paged(visit, number + 1) if number < pages else ""
    return Window(number, pages, before, after)


def _paged(visit: Visit, number: int) -> str:
    return with_pairs(visit, page=str(number) if number > 1 else "")


def with_pairs(visit: Visit, drop: Sequence[str] = (), **pairs: str) -> str:
    """Return this address with some pairs changed; an empty value takes a pair away."""
    gone = {*drop, *pairs, "lang"}
    kept = [(name, value) for name, value in visit.query if name not in gone]
    kept += [(name, value) for name, value in pairs.items() if value]
    return visit.link(visit.addresses.root + visit.path + ("?" + urlencode(kept) if kept else ""))


def sorting(visit: Visit, known: Sequence[str], usual: str) -> tuple[str, dict[str, str]]:
    """Return the order asked for, and the address of each order."""
    given = dict(visit.query).get("sort", usual)
    sort = given if given in known else usual
    return sort, {each: with_pairs(visit, ("page",), sort="" if each == usual else each) for each in known}


def country_of(party: Party, visit: Visit) -> tuple[str, str]:
    """Return the code and the name of a party's country, "" where none is known."""
    return (party.country.code, party.country.said(visit.lang)) if party.country else ("", "")
