"""The page about a country or region: how much there is of it, then towns, ties, agreements, events, institutions."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from pobratim.rdf.iris import DEFINITIONS
from pobratim.site.asking import Asker, Row, Term, iri_term
from pobratim.site.entity import Item, Section, Subject, entity_page
from pobratim.site.labels import best, key_of
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import word

_PARTS = ("towns", "ties", "agreements", "events", "institutions")
"""The queries ``queries/pages/area-*.rq``, in the order of the page."""
_MOST = 2000
"""Rows of such a query: its LIMIT. What there is more of is counted as so much and more."""
_SHOWN = 40


async def area_page(asker: Asker, subject: Subject, visit: Visit) -> Page:
    """Return the page about a country or region that the data know. Raises as the asker does."""
    page = await entity_page(asker, subject, visit)
    iri = iri_term(subject.iri)
    found = await asyncio.gather(*(asker.rows(f"area-{part}", iri=iri) for part in _PARTS))
    sections = [_section(part, rows, subject, visit) for part, rows in zip(_PARTS, found, strict=True)]
    facts = [_count(section, part) for section, part in zip(sections, _PARTS, strict=True)]
    values: dict[str, Any] = {
        **page.values,
        "kind": word("kind-region" if "/region/" in subject.iri else "kind-country", visit.lang),
        "facts": [*facts, *page.values["facts"]],
        "sections": [section for section in sections if section.total],
        "note": "" if any(section.total for section in sections) else word("area-nothing", visit.lang),
    }
    return Page("area.html", values, page.status, page.forms)


def _section(part: str, rows: Sequence[Row], subject: Subject, visit: Visit) -> Section:
    """Return a part of the page: each thing once, in the query's order."""
    things: dict[str, list[Row]] = {}
    for row in rows:
        things.setdefault(row["thing"].value, []).append(row)
    items = [_item(iri, each, visit) for iri, each in list(things.items())[:_SHOWN]]
    more = _more(part, subject, visit) if len(things) > len(items) else ""
    heading = word(f"area-{part}", visit.lang)
    if len({_without_parties(row) for row in rows}) >= _MOST:
        heading = word("area-and-more", visit.lang, heading=heading)
    return Section(heading, "", items, len(things), more, part)


def _item(iri: str, rows: Sequence[Row], visit: Visit) -> Item:
    label = best((row["label"] for row in rows if "label" in row), visit.lang)
    first, notes = rows[0], []
    if "status" in first:
        notes.append(best((row["status"] for row in rows), visit.lang))
    if "date" in first:
        notes.append(date_text(first["date"].value, visit.lang))
    if "count" in first and first["count"].value != "0":
        notes.append(word("area-count", visit.lang, number=first["count"].value))
    parties = " — ".join(_parties(rows, visit))
    label = f"{label}: {parties}" if parties else label
    return Item(label or iri, visit.addresses.page(iri) or visit.addresses.described(iri), ", ".join(notes))


def _without_parties(row: Row) -> frozenset[tuple[str, Term]]:
    """Return what the LIMIT of a query counts of a row: parties come behind it."""
    return frozenset((name, term) for name, term in row.items() if name not in ("party", "name"))


def _parties(rows: Sequence[Row], visit: Visit) -> list[str]:
    """Return what the parties of an agreement are called, sorted; none for other things."""
    names: dict[str, list[Term]] = {}
    for row in rows:
        if "party" in row:
            names.setdefault(row["party"].value, []).extend([row["name"]] if "name" in row else [])
    return sorted(best(found, visit.lang) or key_of(iri) for iri, found in names.items())


def _more(part: str, subject: Subject, visit: Visit) -> str:
    """Return the link to all of a part, "" where no question gives it."""
    if part == "events" and not subject.iri.startswith(DEFINITIONS + "region/"):
        return f"{visit.addresses.root}/queries/events-of-country?{urlencode({'country': subject.iri})}"
    return ""


def _count(section: Section, part: str) -> Section:
    return Section(section.heading, "", [Item(str(section.total))], 1, "", part)
