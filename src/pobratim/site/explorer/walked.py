"""Events and agreements one below the other, of which one at a time shows what it is based on."""

from collections.abc import Collection, Sequence
from typing import Any

from pobratim.explore.agreements import Agreement
from pobratim.explore.events import Event
from pobratim.explore.parties import Party
from pobratim.site.asking import Asker
from pobratim.site.explorer.evidence import agreement_ground, event_ground, exhibit
from pobratim.site.explorer.listed import agreement_row, event_row, evidence_at, evidence_link, numbered
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Visit


async def walked(
    asker: Asker,
    visit: Visit,
    told: tuple[Sequence[Event], Sequence[Agreement]],
    sides: tuple[Party, ...],
    signed: Collection[str],
    is_told: bool = False,
) -> dict[str, Any]:
    """Return the values of a page that walks through what is ``told`` of one party or two.

    These are the rows of both lists, what the one asked for is based on (``exhibit``, None where nothing is told), its
    number ``at`` of ``total``, and the links to the one before and after. Agreements in ``signed`` are told of at their
    events; ``is_told`` has these name who reports them. Raises as the asker does.
    """
    w, (events, agreements) = Wording(visit.lang), told
    grounds = [*(event_ground(each, sides, w) for each in events), *(agreement_ground(each, w) for each in agreements)]
    at, count = evidence_at(visit, len(grounds)), len(events)
    rows = [event_row(each, visit, w, is_told=is_told, signed=signed, of=sides) for each in events]
    papers = [agreement_row(each, visit, w, sides) for each in agreements]
    around = {way: (at - 1 + step) % max(len(grounds), 1) + 1 for way, step in (("back", -1), ("on", 1))}
    return {
        "events": numbered(rows, grounds[:count], sides, visit, 1),
        "agreements": numbered(papers, grounds[count:], (), visit, count + 1),
        "exhibit": await exhibit(asker, grounds[at - 1], visit) if grounds else None,
        "at": at,
        "total": min(len(grounds), 1) if visit.is_static else len(grounds),
        "turn": {way: evidence_link(visit, number) for way, number in around.items()},
    }
