"""What a page offers to take away: files of what is shown, and a link that holds the version of the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pobratim.explore.parties import Party
from pobratim.messages import texts
from pobratim.site.page import GENERATION, Visit

WORDS = "papers"
_OF_THE_PAGE = ("page", "sort", GENERATION, "lang", "evidence", "all")
"""What of an address says how a page shows, not what."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the menu: what it says, and the link; or "island name", what a script does that draws the page."""

    label: str
    link: str
    act: tuple[str, str] = ("", "")


def offer(visit: Visit, code: str, link: str) -> Offer:
    """Return a line of the menu with a word of ``viz/words/papers.yml``."""
    return Offer(texts(WORDS, visit.lang)[code], link)


def act(visit: Visit, island: str, name: str) -> Offer:
    """Return the offer of what an island makes of its own picture; it is there once the script is."""
    return Offer(texts(WORDS, visit.lang)[f"take-{name}"], "", (island, name))


def file_of(visit: Visit, name: str) -> Offer:
    """Return the offer of the page as one file that opens without a server: what the address shows."""
    pairs = [(key, value) for key, value in visit.query if key not in (GENERATION, "lang")]
    link = f"{visit.addresses.root}/{name}.html" + (f"?{urlencode(pairs)}" if pairs else "")
    return offer(visit, "take-html", visit.link(link))


def listed(visit: Visit, name: str, extra: tuple[tuple[str, str], ...] = ()) -> Offer:
    """Return the offer of a list in Excel: the same selection as that of the page."""
    pairs = [(key, value) for key, value in visit.query if key not in _OF_THE_PAGE]
    asked = [*extra, *pairs]
    link = f"{visit.addresses.root}/{name}.xlsx" + (f"?{urlencode(asked)}" if asked else "")
    return offer(visit, "take-xlsx", visit.link(link))


def events_of(visit: Visit, link: str) -> Offer:
    """Return the offer of a list of events in Excel, by the link to its page."""
    return offer(visit, "take-xlsx", link.replace("/events", "/events.xlsx", 1))


def table_of(visit: Visit) -> Offer:
    """Return the offer of the thing of a page in Excel."""
    return offer(visit, "take-xlsx", visit.link(f"{visit.addresses.root}{visit.path}.xlsx"))


def data_of(visit: Visit, forms: Iterable[tuple[str, str]]) -> list[Offer]:
    """Return the offers of a page as RDF, by its ``forms``: (media type, link)."""
    told = {"application/ld+json": "take-jsonld", "text/turtle": "take-turtle"}
    return [offer(visit, told[kind], link) for kind, link in forms if kind in told]


def brief(visit: Visit, *parties: Party) -> Offer:
    """Return the offer of the brief in Word about one party or two."""
    return offer(visit, "take-docx", visit.to(f"/brief/{'/'.join(party.ref for party in parties)}.docx"))


def yearly(visit: Visit, party: Party, year: int) -> Offer:
    """Return the offer of a municipality's yearly table."""
    return offer(visit, "take-yearly", visit.to(f"/yearly/{party.ref}/{year}"))


def paths_link(visit: Visit, one: Party, other: Party) -> str:
    """Return the link to the paths between two parties."""
    return visit.to(f"/paths?{urlencode({'from': one.ref, 'to': other.ref})}")


def party_menu(visit: Visit, party: Party, last_year: int) -> dict[str, object]:
    """Return the menu of a party: Excel, the brief, and of a municipality its table of the last year told."""
    tables = [yearly(visit, party, last_year)] if party.kind == "place" and last_year else []
    return menu(visit, listed(visit, "dossier", (("of", party.ref),)), *tables, first=brief(visit, party))


def menu(visit: Visit, *offers: Offer, first: Offer | None = None) -> dict[str, object]:
    """Return what a page gives its template for the menu: the words, and the offers, the link to the page last.

    ``first`` is what most come for: it stands before the menu.
    """
    if visit.is_static:
        # Files are made by a server; what a script makes of its picture is there all the same.
        made = [each for each in offers if each.act[0]]
        return {"words": texts(WORDS, visit.lang), "first": None, "offers": made}
    last = lasting(visit)
    return {"words": texts(WORDS, visit.lang), "first": first, "offers": [*offers, *([last] if last else [])]}


def lasting(visit: Visit) -> Offer | None:
    """Return the link to this page that holds the version of the data, None where nobody tells of one."""
    if not visit.number:
        return None
    pairs = [(name, value) for name, value in visit.query if name != GENERATION]
    link = f"{visit.addresses.root}{visit.path}?{urlencode([*pairs, (GENERATION, visit.number)])}"
    return offer(visit, "take-link", link)
