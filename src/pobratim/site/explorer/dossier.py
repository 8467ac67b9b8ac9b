"""``/doc/place/…`` and its like: all that is told of one party, its ties first, over what linked data say of it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.dossier import Dossier, Limits, dossier_of
from pobratim.explore.pair import INSTITUTIONS
from pobratim.explore.parties import Party, party_of
from pobratim.explore.reports import reports_lately
from pobratim.explore.selection import PARTIES, name_of
from pobratim.explore.ties import Tie
from pobratim.messages import Language, texts
from pobratim.papers.card import Card
from pobratim.site.asking import Asker, both
from pobratim.site.entity import Subject, entity_page
from pobratim.site.explorer.filter_bar import Bar, Bars
from pobratim.site.explorer.list_page import values_page
from pobratim.site.explorer.listed import EVIDENCE, pair_link, selected_link, towns_of
from pobratim.site.explorer.spokes import HEIGHT, WIDTH, wheel
from pobratim.site.explorer.take_away import party_menu
from pobratim.site.explorer.walked import walked
from pobratim.site.explorer.wording import Piece, Wording, capital
from pobratim.site.page import Page, Visit
from pobratim.site.sharing import card, partners, years_of
from pobratim.site.values import date_text

_ALL = "all"
"""The parameter of an address that asks for the whole of one list."""
_MOST, _MEMBERS = 200, 2_000
"""So many rows a whole list has, and so many names; where there are more the list of all is another page."""
_LISTS = {"ties": "/partners", "events": "/events", "agreements": "/agreements"}
"""Lists of a dossier, and the pages that have the whole of them."""
_VIEW, _DATA = "view", "data"
"""What of an address asks for all that points at a party instead: what linked data have, not what is told of it."""
_OWN = (EVIDENCE, _ALL, _VIEW, "lang", "way", "of", "class", "after")
_TIED = ("place", "institution", "region", "country")
"""Kinds of parties that have ties."""
FIELDS = ("country", "kind", "topic", "mode")
_YEARS = 12
"""So many years have a bar; of more the last."""
_TOPICS = 2
_SHARED = ("place", "region", "country", "institution")
"""Kinds of parties that have a card."""
_PARTNERS = "pob:partner"
"""What the table of ties says better."""


async def dossier_page(asker: Asker, subject: Subject, visit: Visit) -> Page:
    """Return the page about a party, about others the page of any thing. Raises as the asker does."""
    whole = dict(visit.query).get(_ALL, "")
    most = _limits(whole, visit)

    def found(index: Index) -> tuple[Dossier, Selection, Bar] | None:
        party = party_of(index, subject.iri)
        if party is None:
            return None
        selection = _selection(index, party, visit)
        asked = "dossier", party.ref, selection, most
        told = index.lately(asked, lambda: dossier_of(index, party, selection, most))
        shown = told.found + told.events.found + told.agreements.found
        hidden = told.total - told.found + told.events.hidden + told.agreements.hidden
        bars = Bars(index, "event", visit, path=_of_path(party))
        return told, selection, bars.bar(selection, (shown, hidden), FIELDS, within=told.around)

    known = await asker.explored(found)
    if known is None or (_VIEW, _DATA) in visit.query:
        return await entity_page(asker, subject, visit)
    told, selection, bar = known
    listed = values_page(bar, visit)
    if listed:
        return listed
    lists = told.events.rows, told.agreements.rows
    based = walked(asker, visit, lists, (told.party,), told.signed, is_told=True)
    page, shown = await both(asker, entity_page(asker, subject, visit, is_party=True), based)
    facts = [section for section in page.values["facts"] if section.key != _PARTNERS]
    values = {**page.values, "facts": facts, **shown, **_values(told, selection, visit, page.values["kind"])}
    values |= {"bar": bar, "lists": texts("lists", visit.lang), "data": visit.link(f"{subject.page}?{_VIEW}={_DATA}")}
    heard = tuple(one.report for one in page.values["phrases"])
    years = await asker.explored(
        lambda index: index.lately(("years", told.party.ref, told.around), partial(years_of, index, told.around))
    )
    named = await asker.explored(lambda index: reports_lately(index, heard))
    values["reports"] = {**page.values["reports"], **{iri: report.said(visit.lang) for iri, report in named.items()}}
    return Page("dossier.html", values, page.status, page.forms, _card(told, values, years, visit.lang))


def _card(told: Dossier, values: Mapping[str, Any], years: Mapping[int, int], lang: Language) -> Card | None:
    """Return what stands for the page elsewhere; of a person nothing does."""
    kind = told.party.kind
    if kind not in _SHARED:
        return None
    crumbs = " · ".join(said for said, _, _ in values["crumbs"])
    strongest = "card-partners", partners(told.ties, lang, with_own=told.is_area)
    return card(lang, crumbs, values["title"], values["summary"], years, strongest, kind != "institution")


def _limits(whole: str, visit: Visit) -> Limits:
    """Return how many of each list are shown. Of a page that lies as a file nobody asks for more: it names all who
    belong to a party, whom no other page lists."""
    if whole == "members" or visit.is_static:
        return Limits(members=_MEMBERS)
    return Limits(**{whole: _MOST}) if whole in Limits.__slots__ else Limits()


def _selection(index: Index, party: Party, visit: Visit) -> Selection:
    """Return what an address selects of a party, all where it has no sense: the address of a thing holds whatever it
    bears. Of whom has no ties nobody is the second party."""
    own = {name_of(field) for field in _of_path(party)}.union(_OWN)
    try:
        found = Selection.read(((name, value) for name, value in visit.query if name not in own), index)
    except UsageError:
        found = Selection()
    return found.with_(place=party.ref)


def _of_path(party: Party) -> Sequence[str]:
    return PARTIES[:1] if party.kind in _TIED else PARTIES


def _values(told: Dossier, selection: Selection, visit: Visit, kind: str) -> dict[str, Any]:
    w, party = Wording(visit.lang), told.party
    return {
        "w": w,
        "party": party,
        "crumbs": _crumbs(party, kind, visit, w),
        "has_network": told.total > 0,
        "title": capital(party.said(visit.lang)),
        "summary": summary(told, w),
        "told": told,
        "ties": _ties(told, visit, w),
        "span": (span := _span(told.ties)),
        "earlier": sum(count for tie in told.ties for year, count in tie.years.items() if year < span[0]),
        "rest": _rest(told, selection, visit),
        "note": _note(told, w),
        "members": [(visit.about(each.iri), each.said_briefly(visit.lang), each.events) for each in told.members],
        "wheel": wheel(told.ties, party.said_briefly(visit.lang), visit.lang, towns_of([party])),
        "middle": (WIDTH / 2, HEIGHT / 2),
        "network": visit.link(f"{visit.addresses.root}/network?seed={quote(party.ref)}"),
        "take": party_menu(visit, party, told.last_year),
        "seed": visit.link(f"{visit.addresses.root}/network?seed="),
    }


def _rest(told: Dossier, selection: Selection, visit: Visit) -> dict[str, tuple[int, str]]:
    """Return how many of each list are not shown, and the link to all of them."""
    shown = {
        "ties": (told.found, len(told.ties)),
        "events": (told.events.found, len(told.events.rows)),
        "agreements": (told.agreements.found, len(told.agreements.rows)),
        "members": (told.members_total, len(told.members)),
    }
    return {
        name: (found - there, _whole(told, selection, visit, name, found))
        for name, (found, there) in shown.items()
        if found > there
    }


def _whole(told: Dossier, selection: Selection, visit: Visit, name: str, found: int) -> str:
    """Return the link to all of a list: on this page, or where that cannot be or has too many, on a page of its own."""
    if name in _LISTS and (found > _MOST or visit.is_static):
        chosen = selection.without("level") if name == "ties" else selection
        is_own = name == "ties" and told.party.kind == INSTITUTIONS
        return selected_link(_LISTS[name], chosen.with_(level=INSTITUTIONS) if is_own else chosen, visit)
    kept = [(each, value) for each, value in visit.query if each not in (_ALL, EVIDENCE)]
    return f"{visit.addresses.root}{visit.path}?{urlencode([*kept, (_ALL, name)])}#{name}"


def _crumbs(party: Party, kind: str, visit: Visit, w: Wording) -> list[tuple[str, str, str]]:
    """Return what kind of party it is and where it is: words, link, and the code of a country."""
    found = [(_kind(party, kind, w), "", "")]
    root = visit.addresses.root
    if party.town:
        name = party.town_name_en if visit.lang == "en" and party.town_name_en else party.town_name
        found.append((name, visit.link(f"{root}/doc/place/{party.town}"), ""))
    if party.region and party.kind != "region":
        found.append((party.region.said(visit.lang), visit.link(f"{root}/doc/region/{party.region.code.lower()}"), ""))
    if party.country and party.kind != "country":
        link = visit.link(f"{root}/doc/country/{party.country.code.lower()}")
        found.append((party.country.said(visit.lang), link, party.country.code))
    return found


def _kind(party: Party, kind: str, w: Wording) -> str:
    """Return the kind in words: that of an institution, else as the page of any thing has it (``kind``)."""
    if party.type:
        return capital(party.type.said(w.lang))
    if party.kind in ("place", "region", "country"):
        return w("municipality" if party.is_municipality else party.kind)
    return kind


def summary(told: Dossier, w: Wording) -> list[Piece]:
    """Return the sentence that sums a party up, its figures apart."""
    found: list[Piece] = []
    if told.found:
        found.append((w.counted("partners", told.found) if not told.is_area else w.counted("ties", told.found), True))
        if not told.is_area and told.lands:
            found.append((_in(told, w), False))
    if told.events.found:
        found += [*_comma(found), (w.counted("events", told.events.found), True)]
        if told.first_year:
            found.append((w("since", year=told.first_year), False))
    if told.agreements.found:
        found += [*_comma(found), (w.counted("agreements", told.agreements.found), True)]
    if not found:
        return [(w("nothingTold", name=told.party.said(w.lang)), False)]
    found.append((".", False))
    return [*found, (_lately(told, w), False)]


def _in(told: Dossier, w: Wording) -> str:
    if len(told.lands) == 1:
        return w("inCountry", name=told.lands[0].said(w.lang))
    return " " + w("inCountries", countries=w.counted("countriesIn", len(told.lands)))


def _comma(found: Sequence[Piece]) -> list[Piece]:
    return [(", ", False)] if found else []


def _lately(told: Dossier, w: Wording) -> str:
    """Return with whom it is oftenest and when it was last."""
    when = w.date(told.last) if told.last else ""
    if told.found > 1 and not told.is_area:
        oftenest = w("mostOften", name=told.ties[0].right.said_where(w.lang, towns_of([told.party])))
        return oftenest + (w("latestToo", date=when) if when else "") + "."
    return w("latestOnly", date=when) + "." if when else ""


def _note(told: Dossier, w: Wording) -> str:
    """Return that others alone tell of a party, "" where a report of it is loaded."""
    is_party = told.party.kind in ("place", "institution", "region", "country")
    is_told = is_party and told.events.found and not told.is_heard
    return w("othersTell", name=told.party.said_briefly(w.lang)) if is_told else ""


def _span(ties: Sequence[Tie]) -> tuple[int, ...]:
    years = [year for tie in ties for year in tie.years]
    return tuple(range(max(min(years), max(years) - _YEARS + 1), max(years) + 1)) if years else ()


def _ties(told: Dossier, visit: Visit, w: Wording) -> list[dict[str, Any]]:
    years = _span(told.ties)
    top = max((count for tie in told.ties for count in tie.years.values()), default=1)
    return [_tie(tie, told, years, top, visit, w) for tie in told.ties]


def _tie(tie: Tie, told: Dossier, years: Sequence[int], top: int, visit: Visit, w: Wording) -> dict[str, Any]:
    partner = tie.right
    towns = [partner.town_name_en if w.lang == "en" and partner.town_name_en else partner.town_name]
    region = partner.region if not (partner.town or partner.is_region) else None
    where = [*towns, *([region.said(w.lang)] if region else [])]
    return {
        "name": partner.said_briefly(w.lang),
        "whole": partner.said(w.lang),
        "own": tie.left.said_briefly(w.lang) if told.is_area else "",
        "where": ", ".join(part for part in where if part),
        "code": partner.country.code if partner.country else "",
        "country": partner.country.said(w.lang) if partner.country and len(told.lands) > 1 else "",
        "link": pair_link(visit, tie.left, partner),
        "events": tie.events,
        "bars": [(year, tie.years.get(year, 0), round(20 * tie.years.get(year, 0) / top)) for year in years],
        "last": tie.last,
        "last_said": date_text(tie.last, w.lang) if tie.last else w("noYear"),
        "last_short": date_text(tie.last, w.lang, is_short=True) if tie.last else w("noYear"),
        "topics": ", ".join(topic.said(w.lang) for topic in tie.topics[:_TOPICS]),
        "signed": tie.agreements,
    }
