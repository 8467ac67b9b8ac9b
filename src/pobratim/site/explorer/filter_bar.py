"""The bar of chips above every list: what is chosen, what else can be, with counts, and how much that hides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pobratim.explore import Index, Selection
from pobratim.explore.facets import Value, facets
from pobratim.explore.index import Subject
from pobratim.explore.parties import party_of
from pobratim.explore.selection import KIND_SCHEMES, PARTIES, name_of, selection_names
from pobratim.messages import Language, texts
from pobratim.site.page import Visit

Pairs = Iterable[tuple[str, str]]
VALUES, FIND = "values", "find"
"""Parameters of any page with a bar: the field whose values it lists instead, and what these must begin with."""
_FORGOTTEN = (*selection_names(), "page", "evidence", "all", "lang", VALUES, FIND)
"""What of an address does not stay when the selection changes: places in a list, and the language, which is added to
every link again."""
AT_ONCE, WHOLE = 10, 12
"""So many values a menu has beside those chosen, and so many where that is all of them: the rest has a page."""

_PARTNER = "partner"
"""The field of a second party: its values are towns with which the first has anything."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is chosen: how many have it (None where that is not counted), and the address without it."""

    label: str
    count: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value in a list: the address that has it, or has it no more; "" where nothing would be left."""

    label: str
    count: int
    is_chosen: bool
    link: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The values of a field: all ``choices``, the ``first`` of them that stand in the menu, and the address of a page
    that lists all, "" where the menu does."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    first: tuple[Choice, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Bar:
    """All of it. ``kept`` are the pairs that a form keeps (those of the selection and of the view), ``clear`` is the
    address with nothing chosen, ``names`` are the names of fields that forms ask parties for, ``periods`` what "from"
    and "to" may be, the latest first: (value, label, count)."""

    chips: tuple[Chip, ...]
    menus: tuple[Menu, ...]
    action: str
    clear: str
    kept: tuple[tuple[str, str], ...]
    since: str
    until: str
    q: str
    names: tuple[str, ...]
    periods: tuple[tuple[str, str, int], ...]
    shown: int
    hidden: int

    def kept_without(self, *names: str) -> list[tuple[str, str]]:
        """Return what a form keeps that asks for some fields itself."""
        return [(name, value) for name, value in self.kept if name not in names]


class Bars:
    """Makes the bar of a page: ``own`` are fields that the page itself chooses, without a chip or a menu, ``path``
    those of them that its path tells, and no query string."""

    def __init__(
        self, index: Index, subject: Subject, visit: Visit, own: Sequence[str] = (), path: Sequence[str] = ()
    ) -> None:
        self._index, self._subject, self._visit = index, subject, visit
        self._own, self._path = (*own, *path), path
        self._words = texts("lists", visit.lang)

    def bar(
        self,
        selection: Selection,
        counted: tuple[int, int],
        fields: Sequence[str],
        dated: bool = True,
        within: int | None = None,
    ) -> Bar:
        """Return the bar of a selection; ``counted`` are those shown and hidden, ``fields`` get a menu each.

        ``dated`` says whether a period can be chosen, ``within`` are the things to count among (``bits.py``).
        """
        # Where pages lie as files nothing is chosen by links: a browser counts the values itself.
        is_static = self._visit.is_static
        values: Mapping[str, Sequence[Value]] = (
            {} if is_static else facets(self._index, self._subject, selection, within)
        )
        shown, hidden = counted
        nothing = Selection(**{name: getattr(selection, name) for name in self._own})
        menus = [field for field in (*fields, _PARTNER) if field not in self._own]
        return Bar(
            chips=tuple(self._chips(selection, values)),
            menus=tuple(self._menu(field, selection, values[field]) for field in menus if values.get(field)),
            action=self._visit.addresses.root + self._visit.path,
            clear=self.address(nothing),
            kept=(*self._pairs(selection), *self._rest()),
            since=selection.since,
            until=selection.until,
            q=selection.q,
            names=tuple(name_of(field) for field in PARTIES if field not in self._own),
            periods=tuple(_periods(values.get("year", ()))) if dated else (),
            shown=shown,
            hidden=hidden,
        )

    def address(self, selection: Selection) -> str:
        """Return the address of this page with another selection."""
        return self._address(selection)

    def _address(self, selection: Selection, more: Pairs = ()) -> str:
        pairs = [*self._pairs(selection), *self._rest(), *more]
        return self._visit.link(
            self._visit.addresses.root + self._visit.path + ("?" + urlencode(pairs) if pairs else "")
        )

    def _pairs(self, selection: Selection) -> tuple[tuple[str, str], ...]:
        for field in self._path:
            selection = selection.without(field)
        return selection.pairs()

    def _rest(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self._visit.query if name not in _FORGOTTEN]

    def _chips(self, selection: Selection, values: Mapping[str, Sequence[Value]]) -> Iterable[Chip]:
        for field, value in selection.without("since").without("until").chosen():
            if field not in self._own:
                count = next((one.count for one in values.get(field, ()) if one.label.code == value), None)
                link = self.address(selection.without(field, value))
                yield Chip(said(self._index, field, value, self._visit.lang), count, link)
        if selection.since or selection.until:
            link = self.address(selection.without("since").without("until"))
            yield Chip(_span(selection, self._visit.lang), None, link)

    def _menu(self, field: str, selection: Selection, values: Sequence[Value]) -> Menu:
        choices = tuple(self._choice(field, selection, one) for one in values)
        label = self._words[f"field-{field}"]
        if len(choices) <= WHOLE:
            return Menu(field, label, choices, choices, "")
        first = tuple(one for at, one in enumerate(choices) if at < AT_ONCE or one.is_chosen)
        return Menu(field, label, choices, first, self._address(selection, ((VALUES, field),)))

    def _choice(self, field: str, selection: Selection, value: Value) -> Choice:
        code = value.label.code
        other = selection.without(field, code) if value.is_chosen else selection.with_(**{field: code})
        link = self.address(other) if value.count or value.is_chosen else ""
        return Choice(value.label.said(self._visit.lang), value.count, value.is_chosen, link)


def said(index: Index, field: str, value: str, lang: Language) -> str:
    """Return what a value of a field is called."""
    words = texts("lists", lang)
    if field in PARTIES:
        party = party_of(index, value)
        name = party.said_briefly(lang) if party else value
        return words["chip-partner"].format(value=name) if field == _PARTNER else name
    if field == "q":
        return words["chip-q"].format(value=value)
    schemes = KIND_SCHEMES if field == "kind" else (field,)
    label = next((index.labels[scheme, value] for scheme in schemes if (scheme, value) in index.labels), None)
    return label.said(lang) if label else words["untold"].format(field=words[f"field-{field}"].lower())


def _span(selection: Selection, lang: Language) -> str:
    words = texts("lists", lang)
    since, until = (period_text(each, lang) for each in (selection.since, selection.until))
    if since and until:
        return since if since == until else words["chip-span"].format(since=since, until=until)
    return words["chip-from"].format(value=since) if since else words["chip-to"].format(value=until)


def period_text(value: str, lang: Language) -> str:
    """Return a quarter in words («III кв. 2023», "Q3 2023"); other periods as they are."""
    year, _, part = value.partition("-")
    if part[:1] not in ("Q", "q"):
        return value.replace("..", "–").replace("/", "–")
    number = part[1] if lang == "en" else ROMAN[int(part[1]) - 1]
    return texts("lists", lang)["quarter"].format(quarter=number, year=year)


ROMAN = ("I", "II", "III", "IV")
"""Quarters as people write them."""


def _periods(years: Sequence[Value]) -> Iterable[tuple[str, str, int]]:
    for one in reversed(years):
        if one.label.code.isdecimal():
            yield one.label.code, one.label.code, one.count
