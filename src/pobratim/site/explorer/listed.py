"""Events and agreements as rows of lists, with what opens their evidence."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from pobratim.explore import Selection
from pobratim.explore.agreements import Agreement
from pobratim.explore.events import Event
from pobratim.explore.pair import INSTITUTIONS
from pobratim.explore.parties import Party
from pobratim.site.explorer.evidence import Ground, named_agreement
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Visit
from pobratim.site.values import date_text

EVIDENCE = "evidence"
"""The parameter of a page that says whose evidence is shown, counted from 1."""
_TONES = {"signed": "good", "in-force": "good", "planned": "", "ended": "warn"}


def pair_link(visit: Visit, left: Party, *others: Party) -> str:
    """Return the link to the page of two parties, or of one beside several."""
    return visit.link(f"{visit.addresses.root}/pair/{left.ref}/{','.join(each.ref for each in others)}")


def selected_link(path: str, selection: Selection, visit: Visit, **more: str) -> str:
    """Return the link to a list, or another view, under a selection."""
    pairs = [*selection.pairs(), *more.items()]
    return visit.to(path + ("?" + urlencode(pairs) if pairs else ""))


def lists_between(selection: Selection, one: Party, other: Party, visit: Visit) -> dict[str, str]:
    """Return the links to all events, agreements, and couples of institutions of two parties under a selection."""
    chosen = selection.between(one.ref, other.ref)
    couples = chosen.without("level").with_(level=INSTITUTIONS)
    return {
        "events": selected_link("/events", chosen, visit),
        "agreements": selected_link("/agreements", chosen, visit),
        "couples": selected_link("/partners", couples, visit),
    }


def evidence_link(visit: Visit, at: int) -> str:
    """Return the link to this page with the evidence of another thing of its lists."""
    pairs = [(name, value) for name, value in visit.query if name != EVIDENCE]
    return f"{visit.addresses.root}{visit.path}?{urlencode([*pairs, (EVIDENCE, at)])}#evidence"


def evidence_at(visit: Visit, total: int) -> int:
    """Return whose evidence an address asks for, from 1 to ``total``: the first where it asks for none of them."""
    given = dict(visit.query).get(EVIDENCE, "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 1
    return number if 1 <= number <= total else 1


def asked_for(ground: Ground, sides: Sequence[Party] = (), is_static: bool = False) -> str:
    """Return the query string with which ``/explore/evidence`` is asked for a ground.

    Who asks files (``publishing/explorer/evidence.py``) needs the keys of the reports as well: each has one of its own.
    """
    pairs = [(ground.kind, ground.key), *([("for", ",".join(each.ref for each in sides))] if sides else [])]
    if is_static:
        reports = dict.fromkeys(row.rpartition("/")[0].rpartition("/")[2] for row in ground.rows)
        pairs.append(("in", ",".join(reports)))
    return urlencode(pairs)


def event_row(
    event: Event,
    visit: Visit,
    w: Wording,
    is_told: bool = False,
    signed: Collection[str] | None = None,
    of: Sequence[Party] = (),
) -> dict[str, Any]:
    """Return an event as a row: date, title, and in a line who tells of it (where asked for), kind, mode, topics.

    Of the agreements that it brought those in ``signed`` are told of, all where that is None. ``of`` is whose list it
    is: of a person the line begins with what they were there (in office, head of an institution, private).
    """
    told = dict.fromkeys(each.reporter.said(w.lang) for each in event.accounts if each.reporter)
    mode = event.mode.said(w.lang) if event.mode and event.mode.code != "in-person" else ""
    what = ", ".join(part for part in (event.kind.said(w.lang), mode) if part)
    topics = ", ".join(topic.said(w.lang) for topic in event.topics[:2])
    mine = {party.number for party in of}
    line = [
        one.person_class.said(w.lang) for one in event.participants if one.party.number in mine and one.person_class
    ]
    line += [w.by(list(told))] if is_told and told else []
    return {
        "date": date_text(event.date, w.lang, is_short=True) if event.date else w("noYear"),
        "machine": event.start,
        "title": event.title,
        "page": visit.about(event.iri),
        "line": " · ".join(part for part in (*line, what, topics) if part),
        "is_signing": any(signed is None or iri in signed for iri in event.agreements),
        "told": list(told) if len(event.accounts) > 1 else [],
        "accounts": len(event.accounts),
    }


def agreement_row(agreement: Agreement, visit: Visit, w: Wording, of: Sequence[Party] = ()) -> dict[str, Any]:
    """Return an agreement as a row: name, parties in short, date, status with its tone, and term; ``of`` is whose list
    it is."""
    known = towns_of(of)
    tone, state = standing(agreement, w)
    return {
        "name": named_agreement(agreement, w),
        "page": visit.about(agreement.iri),
        "parties": " — ".join(party.said_where(w.lang, known) for party in agreement.parties),
        "date": date_text(agreement.date, w.lang) if agreement.date else w("noDate"),
        "status": state,
        "tone": tone,
        "term": term(agreement, w),
    }


def towns_of(sides: Sequence[Party]) -> tuple[str, ...]:
    """Return the towns, by reference, that need not be told where some parties are: theirs."""
    return tuple(town for side in sides for town in (side.ref, side.town) if town)


def standing(agreement: Agreement, w: Wording) -> tuple[str, str]:
    """Return the tone and the words of what an agreement is today: a plan that is late, one whose term ended, or its
    status."""
    if agreement.is_overdue:
        return "bad", w("overdue")
    if agreement.has_ended:
        return "warn", w("termEnded")
    return _TONES.get(agreement.status.code, ""), agreement.status.said(w.lang)


def term(agreement: Agreement, w: Wording) -> str:
    """Return how long an agreement holds, or that nothing is told of it."""
    told = [w("until", date=date_text(agreement.until, w.lang))] if agreement.until else []
    if agreement.is_prolonged:
        told.append(w("prolonged"))
    if not told and agreement.term and agreement.term.code != "not-stated":
        told.append(agreement.term.said(w.lang))
    return ", ".join(told) or w("noTerm")


def numbered(
    rows: Iterable[dict[str, Any]], grounds: Sequence[Ground], sides: Sequence[Party], visit: Visit, first: int
) -> list[dict[str, Any]]:
    """Return rows with the number of their evidence on the page, from ``first`` on, and what opens it."""
    return [
        {
            **row,
            "at": at,
            "open": row["page"] if visit.is_static else evidence_link(visit, at),
            "asked": asked_for(ground, sides, visit.is_static),
        }
        for at, (row, ground) in enumerate(zip(rows, grounds, strict=True), first)
    ]
