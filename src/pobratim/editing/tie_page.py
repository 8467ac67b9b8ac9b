"""The page of a doubtful tie: the sentence that tells of the two, what speaks for a tie or against it, the answers."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from pobratim.editing.doubts import Doubt, Named, Parties, parties_of
from pobratim.editing.ledger import Ledger, Thing, about, seen_of
from pobratim.editing.lines import lines_of
from pobratim.editing.things import iri_of_thing
from pobratim.extract.verdicts import reasons
from pobratim.resolve import Decision
from pobratim.site.asking import Asker
from pobratim.site.evidence import Phrase, report_rows
from pobratim.site.page import Page, Visit

TIE = "tie"
"""What addresses and words call a question of this kind, and the field that answers set."""


def tie_question(one: Doubt, visit: Visit) -> dict[str, Any]:
    """Return a doubtful tie as a row of the list of questions."""
    query = urlencode({"row": one.row, "number": one.number})
    return {
        "type": TIE,
        "number": one.number,
        "home": one.home.name,
        "foreign": one.foreign.name,
        "is_taken": one.is_taken,
        "reasons": reasons(one.rule, visit.lang),
        "score": score_text(one.chance, visit),
        "link": visit.to(f"/review/tie?{query}"),
    }


def score_text(score: float, visit: Visit) -> str:
    """Return how likely something is."""
    return f"{score:.2f}".replace(".", "," if visit.lang == "ru" else ".")


async def tie_page(
    asker: Asker, visit: Visit, doubts: Sequence[Doubt], wanted: tuple[str, str], ledger: Ledger
) -> Page | None:
    """Return the page of a question of ``doubts``, ``wanted`` by row and number; None where there is none such."""
    at = next((at for at, one in enumerate(doubts) if (one.row, str(one.number)) == wanted), None)
    if at is None:
        return None
    one = doubts[at]
    parties = await parties_of(asker, one)
    things = asked_about(one, parties)
    entry = f"{asker.data.base}/id/entry/{one.row}"
    values = {
        "question": tie_question(one, visit),
        "row": one.row,
        "sides": [_side(one.home, parties.home, asker, visit), _side(one.foreign, parties.foreign, asker, visit)],
        "number": at + 1,
        "total": len(doubts),
        "printed": await printed_row(asker, visit, [entry], [_marked(one, entry)]),
        "seen": seen_of(ledger.lines, things),
        "decided": await lines_of(asker, visit, about(ledger.lines, things), ledger.names),
        "next": visit.to(f"/review/next?type={TIE}&after={at + 1}"),
    }
    return Page("review-tie.html", values)


def asked_about(one: Doubt, parties: Parties) -> list[Thing]:
    """Return what an answer would speak of: the row, and both parties."""
    pair = [thing for thing in (parties.home, parties.foreign) if thing]
    words = " ".join(":".join(thing) for thing in pair)
    return Decision("correct", "entry", one.row, f"{TIE}+={words}").things


def _side(named: Named, thing: Thing | None, asker: Asker, visit: Visit) -> dict[str, str]:
    iri = iri_of_thing(asker.data.base, *thing) if thing else None
    return {
        "name": named.name,
        "value": ":".join(thing) if thing else named.name,
        "link": visit.about(iri) if iri else "",
    }


def _marked(one: Doubt, entry: str) -> Phrase:
    """Return the phrase that a doubt is of, as one that is marked in its cell."""
    cell = f"{entry.replace('/id/entry/', '/id/cell/')}/{one.at.column}"
    nothing = ("mention", "thing", "property", "value", "before", "exact", "after", "number", "report")
    return Phrase(
        **dict.fromkeys(nothing, ""), proves=TIE, cell=cell, column=one.at.column, entry=entry, rule=one.rule,
        confidence=one.chance, start=one.at.start, end=one.at.end,
    )  # fmt: skip


async def printed_row(
    asker: Asker, visit: Visit, entries: Sequence[str], marked: Sequence[Phrase]
) -> dict[str, Any] | None:
    """Return the first of some rows of reports, with phrases marked; None where there is none."""
    rows = await report_rows(asker, entries[:1], visit.lang, marked)
    return {"row": rows[0], "entry": visit.link(visit.addresses.page(rows[0].entry) or "")} if rows else None
