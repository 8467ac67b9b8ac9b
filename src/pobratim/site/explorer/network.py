"""``/network``: who is tied to whom, around one party or altogether; a table and a list, a picture with a script."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.chosen import chosen
from pobratim.explore.ego import ego_of, levels_of
from pobratim.explore.opening import Opened, read_opened
from pobratim.explore.parties import Party, parties_of, party_of
from pobratim.explore.picture import Edge, Ego, Node
from pobratim.messages import Language, explain, noun, texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import Bar, Bars
from pobratim.site.explorer.list_page import ROWS, offset, sorting, values_page, window
from pobratim.site.explorer.network_tree import Sector, tree_of
from pobratim.site.explorer.pair import unknown_page
from pobratim.site.explorer.take_away import act, file_of, listed, menu
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import grouped

View = Literal["sectors", "force", "table"]
VIEWS: tuple[View, ...] = get_args(View)
SECTORS = 150
"""With more nodes than this sectors cannot be read: the picture is one of forces then."""
PATH, SEED = "/network", "seed"
UNKNOWN = "unknownNetwork"
"""The heading of the page for a seed that there is none of."""
LANDS = 8
"""So many countries the legend of a whole network names."""
FIELDS = ("country", "region", "topic", "kind", "mode", "status")
_Line = Mapping[str, Any]
_ORDERS: Mapping[str, Callable[[_Line], tuple[Any, ...]]] = {
    "events": lambda row: (-row["events"], row["right"], row["left"]),
    "ours": lambda row: (row["left"], row["right"]),
    "name": lambda row: (row["right"], row["left"]),
    "country": lambda row: (not row["country"], row["country"], -row["events"], row["right"], row["left"]),
    "agreements": lambda row: (-row["agreements"], -row["events"], row["right"], row["left"]),
    "last": lambda row: (*(-ord(sign) for sign in row["last"]), 0, row["right"], row["left"]),
}
"""Orders of the table by what an address calls them."""
_OWN = ("seed", "view", "expanded", "lang")
"""What of the address is not the selection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the party in the middle, None for the whole network, the view, and what is opened."""

    seed: Party | None
    selection: Selection
    view: View | None
    opened: tuple[Opened, ...]
    unknown: str = ""
    """The reference of a seed that there is none of."""


def asked(index: Index, query: Iterable[tuple[str, str]]) -> Asked:
    """Return what a query string asks for; where it names no seed, the strongest of ours is in the middle.

    Raises UsageError for a value of the selection that nothing has.
    """
    pairs = tuple(query)
    given = dict(pairs)
    view = next((each for each in VIEWS if each == given.get("view")), None)
    ref = given.get("seed", "").strip()
    seed = party_of(index, ref) if ref else None if view in ("force", "table") else strongest(index)
    selection = Selection.read(((name, value) for name, value in pairs if name not in _OWN), index)
    opened = read_opened(value for name, value in pairs if name == "expanded")
    return Asked(seed, selection, view, opened, ref if ref and seed is None else "")


def strongest(index: Index) -> Party | None:
    """Return the town or district of ours with most events, None where nobody is ours."""
    found = [each for each in parties_of(index, index.home.named or index.home.all).values() if each.kind == "place"]
    return min(found, key=lambda party: (-party.events, party.ref), default=None)


@needs_reports
async def network_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of a network: 404 for a seed that there is none of, 400 for a selection that means nothing."""
    del path

    def made(index: Index) -> Page:
        what = asked(index, visit.query)
        if what.unknown:
            return unknown_page(
                visit, Wording(visit.lang)("unknownParty", name=what.unknown), [], query=what.unknown, heading=UNKNOWN
            )
        bar = _bar(index, what, level_of(index, what), visit)
        listed = values_page(bar, visit)
        if listed:
            return listed
        ego = ego_of(index, what.seed, what.selection, what.opened, visit.lang)
        return Page("network-explorer.html", {**_common(visit), **_values(index, what, ego, bar, visit)})

    try:
        return await asker.explored(made)
    except UsageError as error:
        values = {**_common(visit), "w": texts("lists", visit.lang), "problem": explain(error, visit.lang)}
        return Page("explorer-problem.html", values, status=400)


def _common(visit: Visit) -> dict[str, Any]:
    return {"w": texts("picture", visit.lang), "l": texts("lists", visit.lang), "problem": "", "anew": visit.to(PATH)}


def _values(index: Index, what: Asked, ego: Ego, bar: Bar, visit: Visit) -> dict[str, Any]:
    levels, level = levels_of(index, what.seed), level_of(index, what)
    usual: View = "sectors" if what.seed is not None and len(ego.nodes) <= SECTORS else "force"
    view: View = what.view or usual
    order, sorts = sorting(visit, tuple(_ORDERS), "events")
    rows = sorted(_rows(ego, visit), key=_ORDERS[order])
    first = 0 if visit.is_static else offset(visit)
    return {
        "title": what.seed.said_briefly(visit.lang) if what.seed else "",
        "heading": whole_heading(what, level, visit.lang),
        "views": _views(index, what, view, visit),
        "levels": [(each, each == level, _link(visit, drop=("level", "expanded"), level=each)) for each in levels],
        "bar": bar,
        "take": _taken(visit),
        "view": view,
        "strongest": "" if what.seed else _strongest(ego, visit.lang),
        "rows": rows[first : first + ROWS],
        "is_turned": what.seed is not None and not what.seed.is_ours,
        "cut": max(0, len(rows) - ROWS) if visit.is_static else 0,
        "window": window(visit, 0 if visit.is_static else len(rows)),
        "sort": order,
        "sorts": sorts,
        "tree": _tree(ego, visit) if what.seed else (),
        "lands": () if what.seed else _lands(ego, visit.lang),
        "words": {**texts("picture", visit.lang), **texts("picture", visit.lang, "counted")},
        "given": _given(ego, level, usual, visit),
        "said": _tally(ego, visit.lang),
    }


def _given(ego: Ego, level: str, usual: View, visit: Visit) -> dict[str, Any]:
    """Return what the script is given; where pages lie as files it finds these itself."""
    given = {"ego": told(ego), "level": level, "usual": usual}
    if visit.is_static:
        return given
    addresses = {
        "ego": visit.addresses.root + "/explore/ego",
        "expand": visit.addresses.root + "/explore/expand",
        "doc": visit.addresses.root + "/doc/",
        "pair": visit.addresses.root + "/pair/",
        "network": visit.addresses.root + "/network?seed=",
    }
    return {**given, "addresses": addresses}


def told(ego: Ego) -> dict[str, Any]:
    """Return a picture as JSON has it; what is false or empty by default is left out."""
    found = asdict(ego)
    for name in ("nodes", "edges"):
        found[name] = [_slim(each) for each in found[name]]
    return found


def _slim(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value or name not in ("out", "town", "region")}


def level_of(index: Index, what: Asked) -> str:
    """Return the level whose ties are shown."""
    levels = levels_of(index, what.seed)
    return next((each for each in what.selection.level if each in levels), levels[0] if levels else "municipality")


def whole_heading(what: Asked, level: str, lang: Language) -> str:
    """Return what the picture is called."""
    words = texts("picture", lang)
    return words["seedHeading"].format(name=what.seed.said_briefly(lang)) if what.seed else words[f"all-{level}"]


def _views(index: Index, what: Asked, view: View, visit: Visit) -> list[tuple[str, bool, str]]:
    """Return the three ways to look: around one, the whole, and as a table of the same."""
    middle = what.seed or strongest(index)
    found = []
    if middle is not None:
        is_here = what.seed is not None and view != "table"
        found.append(("sectors", is_here, _link(visit, drop=("view", "seed"), seed=middle.ref)))
    found.append(
        ("force", what.seed is None and view != "table", _link(visit, drop=("seed", "expanded"), view="force"))
    )
    return [*found, ("table", view == "table", _link(visit, view="table"))]


def _bar(index: Index, what: Asked, level: str, visit: Visit) -> Bar:
    """Return the filter, counted among the ties that the picture tells of: those of the seed, or of all, at a level."""
    sql = "SELECT id FROM tie WHERE level = ?"
    within = index.numbers(sql, level)
    if what.seed is not None:
        within &= index.numbers("SELECT tie FROM tie_of WHERE party = ?", what.seed.number)
    selection = what.selection.without("level")
    shown = chosen(index, "tie", selection, within).bits.bit_count()
    bars = Bars(index, "tie", visit, own=("level",))
    return bars.bar(what.selection, (shown, within.bit_count() - shown), FIELDS, within=within)


def _taken(visit: Visit) -> dict[str, object]:
    """Return the menu of what can be taken away; pictures are made by the script that draws them."""
    pictures = (act(visit, "network", "svg"), act(visit, "network", "png"))
    return menu(visit, listed(visit, "network"), file_of(visit, "network"), *pictures)


def _tally(ego: Ego, lang: Language) -> str:
    """Return how many events or ties there are, and how many the selection hides."""
    forms = texts("picture", lang, "counted")
    first = f"{grouped(ego.events, lang)} {noun(forms['events'], ego.events, lang)}"
    return texts("picture", lang)["tally"].format(events=first, hidden=grouped(ego.hidden, lang))


def _strongest(ego: Ego, lang: Language) -> str:
    """Return that the picture has a part of all ties, "" where it has all."""
    if not ego.more:
        return ""
    noun_of = texts("picture", lang, "counted")["ties"]
    shown = f"{grouped(len(ego.edges), lang)} {noun(noun_of, len(ego.edges), lang)}"
    return texts("picture", lang)["strongestOf"].format(shown=shown, all=grouped(ego.total, lang))


def _rows(ego: Ego, visit: Visit) -> list[dict[str, Any]]:
    """Return a row for each tie that is selected."""
    nodes = {node.id: node for node in ego.nodes}
    lands = {land.code: land.name for land in ego.countries}
    found = []
    for edge in ego.edges:
        if edge.kind == "tie" and not edge.out:
            mine, theirs = _sides(edge, nodes, ego.seed)
            found.append(_row(edge, mine, theirs, lands, visit))
    return found


def _sides(edge: Edge, nodes: Mapping[str, Node], seed: str) -> tuple[Node, Node]:
    one, other = nodes[edge.a], nodes[edge.b]
    is_turned = other.id == seed or (one.id != seed and other.ours and not one.ours)
    return (other, one) if is_turned else (one, other)


def _row(edge: Edge, mine: Node, theirs: Node, lands: Mapping[str, str], visit: Visit) -> dict[str, Any]:
    return {
        "pair": visit.to(f"/pair/{mine.ref}/{theirs.ref}"),
        "said": _counts(edge, visit.lang),
        "left": mine.short,
        "left_town": mine.town,
        "right": theirs.short,
        "right_town": theirs.town,
        "code": theirs.country,
        "country": lands.get(theirs.country, ""),
        "events": edge.events,
        "agreements": edge.agreements,
        "last": edge.last,
        "last_said": date_text(edge.last, visit.lang) if edge.last else "",
        "left_link": _link(visit, drop=("seed", "expanded", "view"), seed=mine.ref),
        "right_link": _link(visit, drop=("seed", "expanded", "view"), seed=theirs.ref),
    }


def _tree(ego: Ego, visit: Visit) -> list[dict[str, Any]]:
    """Return countries with their towns and institutions as nested lists of values."""
    return [_sector(sector, visit) for sector in tree_of(ego)]


def _sector(sector: Sector, visit: Visit) -> dict[str, Any]:
    branches = [
        {
            **_item(branch.node, visit),
            "said": _counts(branch.edge, visit.lang) if branch.edge.kind == "tie" else "",
            "leaves": [{**_item(leaf, visit), "name": _called(leaf, branch.node)} for leaf in branch.leaves],
        }
        for branch in sector.branches
    ]
    return {"name": sector.name, "code": sector.country, "branches": branches, "said": sector.events}


def _called(node: Node, beside: Node) -> str:
    """Return the name of who stands under another: an institution of another town with that."""
    is_elsewhere = node.level == "institution" and node.town and node.town != (beside.town or beside.name)
    return f"{node.short}, {node.town}" if is_elsewhere else node.short


def _item(node: Node, visit: Visit) -> dict[str, Any]:
    opened = (*((name, value) for name, value in visit.query if name == "expanded"), ("expanded", node.ref))
    rest = [(name, value) for name, value in visit.query if name != "expanded"]
    return {
        "name": node.short,
        "link": "" if node.level == "more" else _link(visit, drop=("seed", "expanded", "view"), seed=node.ref),
        "hidden": node.hidden if node.level != "more" else 0,
        "open": f"{visit.addresses.root}{visit.path}?{urlencode([*rest, *opened])}",
    }


def _counts(edge: Edge, lang: Language) -> str:
    forms = texts("picture", lang, "counted")
    found = [f"{grouped(edge.events, lang)} {noun(forms['events'], edge.events, lang)}"]
    if edge.agreements:
        found.append(f"{grouped(edge.agreements, lang)} {noun(forms['agreements'], edge.agreements, lang)}")
    return ", ".join(found)


def _lands(ego: Ego, lang: Language) -> list[tuple[str, str, int]]:
    """Return the countries of most nodes with their codes, and together all others."""
    counts = Counter(node.country for node in ego.nodes if not node.out)
    names = {land.code: land.name for land in ego.countries}
    first = [(code, names[code], count) for code, count in counts.most_common(LANDS) if code in names]
    rest = counts.total() - sum(count for _, _, count in first)
    return [*first, *([("", texts("picture", lang)["otherCountries"], rest)] if rest else [])]


def _link(visit: Visit, drop: Iterable[str] = (), **pairs: str) -> str:
    """Return this address with some pairs changed."""
    gone = {*drop, *pairs, "page", "sort"}
    kept = [(name, value) for name, value in visit.query if name not in gone]
    return f"{visit.addresses.root}{visit.path}?{urlencode([*kept, *pairs.items()])}"
