"""``/pair/{a}/{b}``: two parties beside each other; with several, separated by commas, one beside up to five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.between import is_within
from pobratim.explore.pair import Couple, Pair, pair_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.selection import PARTIES, name_of
from pobratim.messages import explain, texts
from pobratim.papers.card import Card, Strong
from pobratim.site.asking import Asker
from pobratim.site.explorer.compare import FIELDS, comparison
from pobratim.site.explorer.filter_bar import Bar, Bars
from pobratim.site.explorer.list_page import values_page
from pobratim.site.explorer.listed import EVIDENCE, lists_between, pair_link, towns_of
from pobratim.site.explorer.take_away import brief, events_of, menu, paths_link
from pobratim.site.explorer.walked import walked
from pobratim.site.explorer.wording import Piece, Wording, meetings
from pobratim.site.page import Page, Visit
from pobratim.site.sharing import card

MOST = 5
"""So many parties are beside one."""
_OWN = (EVIDENCE, "lang", "add", *map(name_of, PARTIES))
"""What of the address is not the selection: the two parties are those of the path."""
FIRST_COUPLES, FIRST_EVENTS = 5, 5
"""So many couples stand open, and so many events above agreements: with more what is below would be out of sight."""
_YEARS, _MOST_YEARS = 8, 12
"""So many years stand beside each other, and at most; of more the last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address names: the parties that there are, and the references that nothing has, by their places."""

    parties: tuple[Party, ...]
    unknown: tuple[str, ...]


def asked(index: Index, path: str) -> Asked | None:
    """Return the parties of a path "A/B" or "A/B,C", None where it has not this form."""
    one, _, rest = path.partition("/")
    refs = [ref for ref in (one, *rest.split(",")) if ref.strip()]
    if len(refs) < 2 or "/" in rest:
        return None
    found = {ref: party_of(index, ref) for ref in refs[: MOST + 1]}
    known = dict.fromkeys(party for party in found.values() if party)
    return Asked(tuple(known), tuple(ref for ref, party in found.items() if party is None))


async def pair_at(asker: Asker, visit: Visit, path: str) -> Page | None:
    """Return the page of a pair or comparison: 404 for an unknown party, 400 for a selection without sense.

    None where the path names no pair. Raises as the asker does.
    """

    def found(index: Index) -> tuple[Asked, Selection] | None:
        what = asked(index, path)
        chosen = Selection.read(((name, value) for name, value in visit.query if name not in _OWN), index)
        return (what, chosen) if what else None

    try:
        told = await asker.explored(found)
    except UsageError as error:
        return unknown_page(visit, explain(error, visit.lang), [], 400)
    if told is None:
        return None
    what, selection = told
    w = Wording(visit.lang)
    if what.unknown or len(what.parties) < 2:
        name = what.unknown[0] if what.unknown else path
        return unknown_page(visit, w("unknownParty", name=name), [], query=name)
    first, *others = what.parties
    if len(others) > 1:
        return await asker.explored(lambda index: comparison(index, first, others, selection, visit))

    def between(index: Index) -> tuple[Pair, Bar]:
        pair = pair_of(index, first, others[0], selection)
        counted = pair.events.found + pair.agreements.found, pair.events.hidden + pair.agreements.hidden
        chosen = selection.between(pair.left.ref, pair.right.ref)
        return pair, Bars(index, "event", visit, path=PARTIES).bar(chosen, counted, FIELDS, within=pair.around)

    pair, bar = await asker.explored(between)
    return values_page(bar, visit) or await _page(asker, pair, bar, selection, visit)


def unknown_page(
    visit: Visit,
    sentence: str,
    near: list[tuple[str, str]],
    status: int = 404,
    query: str = "",
    heading: str = "",
) -> Page:
    """Return the page that says which party is not known, with what may have been meant: names and links.

    ``heading`` is a word of ``viz/words/dossier.yml``, "" the usual one.
    """
    w = Wording(visit.lang)
    values = {
        "w": w,
        "heading": w(heading or ("unknownPair" if visit.path.startswith("/pair/") else "unknownName")),
        "sentence": sentence,
        "near": near,
        "search": f"{visit.to('/search')}{'&' if visit.is_chosen else '?'}q={quote(query)}",
    }
    return Page("pair-unknown.html", values, status=status)


async def _page(asker: Asker, pair: Pair, bar: Bar, selection: Selection, visit: Visit) -> Page:
    w, sides = Wording(visit.lang), (pair.left, pair.right)
    signed = {agreement.iri for agreement in pair.agreements.rows}
    years, lists = year_bars(pair.years, pair.agreements.day), lists_between(selection, *sides, visit)
    named = [_side(party, sides, visit) for party in sides]
    values: dict[str, Any] = {
        **await walked(asker, visit, (pair.events.rows, pair.agreements.rows), sides, signed),
        "w": w,
        "title": " — ".join(side["name"] for side in named),
        "sides": named,
        "summary": summary(pair, w),
        "years": years,
        "earlier": sum(count for year, count in pair.years.items() if years and year < years[0]["year"]),
        "pair": pair,
        "couples": [_couple(couple, sides, visit, w) for couple in pair.couples],
        "first_couples": FIRST_COUPLES,
        "first_events": FIRST_EVENTS if pair.agreements.rows else len(pair.events.rows),
        "note": one_sided(pair, w),
        "bar": bar,
        "lists": texts("lists", visit.lang),
        "unfiltered": pair_link(visit, *sides),
        "all": lists,
        "is_empty": pair.is_empty,
        "take": menu(visit, events_of(visit, lists["events"]), first=brief(visit, *sides)),
        "between": paths_link(visit, *sides),
        "network": visit.link(f"{visit.addresses.root}/network?seed={quote(pair.left.ref)}"),
    }
    return Page("pair.html", values, card=_card(pair, values, w))


def _card(pair: Pair, values: Mapping[str, Any], w: Wording) -> Card:
    """Return what stands for the page elsewhere: institutions that meet, where there are any."""
    couples = [
        Strong(f"{couple.left.said_briefly(w.lang)} — {couple.right.said_briefly(w.lang)}", str(couple.events or ""))
        for couple in pair.couples
    ]
    lands = dict.fromkeys(party.country.said(w.lang) for party in (pair.left, pair.right) if party.country)
    return card(w.lang, " — ".join(lands), values["title"], values["summary"], pair.years, ("card-couples", couples))


def _side(party: Party, sides: Sequence[Party], visit: Visit) -> dict[str, Any]:
    return {
        "name": party.said_where(visit.lang, [side.ref for side in sides]),
        "page": visit.about(party.iri),
        "country": party.country.code if party.country else "",
        "is_ours": party.is_ours,
        "where": party.town_name_en if visit.lang == "en" and party.town_name_en else party.town_name,
    }


def summary(pair: Pair, w: Wording) -> list[Piece]:
    """Return the sentence that sums a pair up, its figures apart."""
    found = meetings(w, pair.events.found, pair.years, pair.undated)
    more: list[Piece] = []
    if pair.agreements.found:
        more.append((w.counted("agreements", pair.agreements.found), True))
    if pair.schools:
        more.append((w.counted("schoolPairs", pair.schools), True))
    elif pair.institutions:
        more.append((w.counted("pairs", pair.institutions), True))
    for place, piece in enumerate(more):
        found += [("; " if place == 0 else ", ", False), piece]
    found.append((".", False))
    if pair.last:
        code = "lastMetDay" if len(pair.last) == 10 else "lastMet"
        found.append((w(code, date=w.date(pair.last)), False))
    return found


def year_bars(years: Mapping[int, int], day: str) -> list[dict[str, int]]:
    """Return years up to ``day`` (an ISO date), or to the last with an event: counts, and heights in per cent."""
    if not years:
        return []
    last, top = max(max(years), int(day[:4] or 0)), max(years.values())
    return [
        {"year": year, "count": years.get(year, 0), "height": round(80 * years.get(year, 0) / top)}
        for year in range(min(last - _YEARS + 1, max(min(years), last - _MOST_YEARS + 1)), last + 1)
    ]


def _couple(couple: Couple, sides: Sequence[Party], visit: Visit, w: Wording) -> dict[str, Any]:
    known = towns_of(sides)
    return {
        "left": couple.left.said_where(visit.lang, known),
        "left_whole": couple.left.said(visit.lang),
        "left_page": visit.about(couple.left.iri),
        "right": couple.right.said_where(visit.lang, known),
        "right_whole": couple.right.said(visit.lang),
        "right_page": visit.about(couple.right.iri),
        "link": pair_link(visit, couple.left, couple.right),
        "is_agreed": couple.agreements > 0,
        "said": w.counted("meetings", couple.events) if couple.events else w.counted("agreements", couple.agreements),
    }


def one_sided(pair: Pair, w: Wording) -> str:
    """Return the sentence on what one side alone tells, "" where both do or nobody does."""
    told = [any(_is_of(reporter, side) for reporter in pair.reporters) for side in (pair.left, pair.right)]
    if sum(told) != 1 or not pair.events.found:
        return ""
    silent = 1 if told[0] else 0
    other = (pair.left, pair.right)[silent]
    everything = w("ofOne") if pair.events.found == 1 else w("ofAll")
    code = "oneSidedHeard" if pair.heard[silent] else "oneSided"
    return w(code, all=everything, name=other.said(w.lang))


def _is_of(reporter: Party, side: Party) -> bool:
    return is_within(reporter, side) or side.town == reporter.ref
