"""What the data know of an IRI, and which page tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pobratim.rdf.iris import path_of, successor_of
from pobratim.site.areas import area_path
from pobratim.site.asking import Asker, iri_term
from pobratim.site.entity import Subject, entity_page, list_page
from pobratim.site.explorer.dossier import dossier_page
from pobratim.site.explorer.thing import KINDS, told_page
from pobratim.site.labels import SKOS, expanded
from pobratim.site.neighbourhood import Direction, Group
from pobratim.site.ontology import scheme_page
from pobratim.site.page import Page, Visit

_PARTIES = ("place", "organisation", "person", "post")
"""Kinds of things, as IRIs name them, that take part in events."""
_SCHEME = SKOS + "ConceptScheme"


@dataclass(frozen=True, slots=True)
class State:
    """What the data know of an IRI. ``replacement`` is where it was merged into, "" where it was not.

    ``is_cut`` tells that more is said around it than its RDF gives. Of what is withdrawn ``since`` is the day
    (YYYY-MM-DD) and ``reason`` a person's words, each "" where none is told; ``is_untold`` tells that no person did it:
    the reports tell of it no more.
    """

    is_known: bool
    replacement: str = ""
    is_withdrawn: bool = False
    hubs: tuple[Direction, ...] = ()
    is_cut: bool = False
    since: str = ""
    reason: str = ""
    is_untold: bool = False


async def thing_page(asker: Asker, visit: Visit, path: str) -> Page | None:
    """Return the page at ``/doc/PATH``, None where there is nothing to tell. Raises as the asker does."""
    iri = visit.addresses.iri(path if path.startswith("def/") else f"id/{path}")
    state = await state_of(asker, iri) if iri else None
    if iri is None or state is None or not state.is_known or state.is_withdrawn:
        return None
    return await page_about(asker, Subject(iri, f"{visit.addresses.root}/doc/{path}", state.hubs, state.is_cut), visit)


async def state_of(asker: Asker, iri: str) -> State:
    """Return what the data know of an IRI, also of one in the form of former data. Raises as the asker does."""
    state = await _told_of(asker, iri)
    today = "" if state.is_known or state.is_withdrawn else successor_of(asker.data.base, iri)
    if not today:
        return state
    heir = await _told_of(asker, today)
    return replace(state, replacement=heir.replacement or today) if heir.is_known or heir.is_withdrawn else state


async def _told_of(asker: Asker, iri: str) -> State:
    found: dict[str, str] = {}
    for row in await asker.rows("state", iri=iri_term(iri)):
        found.setdefault(row["kind"].value, row["value"].value if "value" in row else "")
    ways: tuple[tuple[Direction, str], ...] = (("out", "much-said"), ("in", "much-pointed"))
    return State(
        is_known="known" in found,
        replacement=found.get("replaced", ""),
        is_withdrawn="withdrawn" in found,
        hubs=tuple(way for way, kind in ways if kind in found),
        is_cut="too-much" in found,
        since=found.get("withdrawn", "")[:10],
        reason=found.get("reason", ""),
        is_untold="untold" in found,
    )


async def page_about(asker: Asker, subject: Subject, visit: Visit) -> Page | None:
    """Return the page about a thing that the data know, or a page of a list around it. Raises as the asker does.

    A list is what the visit's query asks for: ``?way=in&of=pob:party``, ``&class=``, ``&after=``. None where that
    asks for what is no list.
    """
    query = dict(visit.query)
    try:
        of = asked_group(query)
    except ValueError:
        return None
    if of is not None:
        return await list_page(asker, subject, visit, of, query.get("after", ""))
    types = await asker.rows("types", iri=iri_term(subject.iri))
    if any(row["class"].value == _SCHEME for row in types):
        return await scheme_page(asker, subject, visit)
    kind = _kind_of(asker, subject.iri)
    if kind in _PARTIES or area_path(subject.iri) is not None:
        return await dossier_page(asker, subject, visit)
    return await (told_page(asker, subject, visit, kind) if kind in KINDS else entity_page(asker, subject, visit))


def _kind_of(asker: Asker, iri: str) -> str:
    """Return the kind of a thing of ours, as its IRI names it, "" for others."""
    return (path_of(asker.data.base, iri) or "").removeprefix("id/").partition("/")[0]


def asked_group(query: Mapping[str, str]) -> Group | None:
    """Return the group whose list an address asks for, None where it asks for the whole page.

    Raises ValueError for a property or class that is no IRI.
    """
    short, way = query.get("of", ""), query.get("way", "")
    if not short or way not in ("in", "out"):
        return None
    group = Group(expanded(short), "in" if way == "in" else "out", expanded(query.get("class", "")))
    iri_term(group.property)
    iri_term(group.split or "urn:none")
    return group
