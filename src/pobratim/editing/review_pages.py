"""Pages of review: what the data leave open, two things side by side, one thing with its fields."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from pobratim.editing.corrections import choices
from pobratim.editing.doubts import Doubt
from pobratim.editing.ledger import Ledger, about, seen_of
from pobratim.editing.lines import lines_of
from pobratim.editing.things import FIELDS, MOVES, Known, differing, known
from pobratim.editing.tie_page import TIE, printed_row, score_text, tie_question
from pobratim.messages import text
from pobratim.resolve import Candidate, undecided
from pobratim.resolve.decisions import NAMED, PAIRED, WITHDRAWABLE
from pobratim.site.asking import Asker
from pobratim.site.evidence import phrases
from pobratim.site.labels import Naming, vocabulary
from pobratim.site.page import Page, Visit

_LISTED = 100
"""Open questions of one page of the list."""
_RECENT = 20
"""Decisions that the list shows."""


def candidates_of(manifest: Mapping[str, Any]) -> list[Candidate]:
    """Return what the data of a generation leave open, the likeliest first."""
    return [Candidate.from_json(one) for one in manifest.get("candidates", [])]


async def review_list(
    asker: Asker, visit: Visit, found: Sequence[Candidate], doubts: Sequence[Doubt], ledger: Ledger
) -> Page:
    """Return the page at ``/review``; ``found`` are all pairs, ``doubts`` all doubtful ties, on which the ledger says
    nothing; ``?type=`` and ``?from=`` choose of them."""
    left = undecided(found, ledger.lines)
    query = dict(visit.query)
    kind, start = query.get("type", ""), query.get("from", "0")
    first = int(start) if start.isdecimal() else 0
    counts = {each: sum(one.type == each for one in left) for each in PAIRED} | {TIE: len(doubts)}
    listed = [_question(one, visit) for one in left if kind in ("", one.type)]
    listed += [tie_question(one, visit) for one in doubts if kind in ("", TIE)]
    recent = await lines_of(asker, visit, list(reversed(ledger.lines))[:_RECENT], ledger.names)
    values = {
        "questions": listed[first : first + _LISTED],
        "pairs": len(left),
        "ties": len(doubts),
        "total": len(left) + len(doubts),
        "counts": {each: count for each, count in counts.items() if count},
        "kind": kind,
        "more": visit.to(f"/review?type={kind}&from={first + _LISTED}") if len(listed) > first + _LISTED else "",
        "recent": recent,
        "decided": len(ledger.lines),
    }
    return Page("review.html", values)


async def pair_page(
    asker: Asker, visit: Visit, things: tuple[str, str, str], found: Sequence[Candidate], ledger: Ledger
) -> Page | None:
    """Return the page of two things, ``things`` being type and both keys; None where there are no such."""
    kind, *keys = things
    open_ones = undecided(found, ledger.lines)
    at = next((n for n, one in enumerate(open_ones) if one.type == kind and one.pair == {*keys}), None)
    one = open_ones[at] if at is not None else None
    sides = {side.key: side for side in (one.left, one.right)} if one else {}
    made = await asyncio.gather(*(known(asker, kind, key, visit.lang, sides.get(key)) for key in keys))
    left, right = made
    if kind not in PAIRED or left is None or right is None or left.key == right.key:
        return None
    both = [(kind, key) for key in keys]
    values = {
        "kind": kind,
        "left": left,
        "right": right,
        "rows": _rows(left, right),
        "differ": [text(f"fact-{field}", visit.lang) for field in differing(left, right) if field != "region"],
        "question": _question(one, visit) if one else None,
        "number": at + 1 if at is not None else 0,
        "total": len(open_ones),
        "moves": [right.moves[what] for what in MOVES if what in right.moves],
        "printed": [await _printed(asker, visit, each) for each in (left, right)],
        "seen": seen_of(ledger.lines, both),
        "decided": await lines_of(asker, visit, about(ledger.lines, both), ledger.names),
        "next": visit.to(f"/review/next?after={at + 1}") if at is not None else visit.to("/review"),
    }
    return Page("review-pair.html", values)


async def thing_page(asker: Asker, visit: Visit, kind: str, key: str, ledger: Ledger) -> Page | None:
    """Return the page on which fields of a thing are corrected, None where there is no such thing."""
    thing = await known(asker, kind, key, visit.lang)
    if thing is None or kind not in WITHDRAWABLE:
        return None
    values = {
        "kind": kind,
        "thing": thing,
        "fields": await asyncio.to_thread(choices, thing, visit.lang),
        "is_named": kind in NAMED,
        "is_organisation": kind == "organisation",
        "printed": await _printed(asker, visit, thing),
        "seen": seen_of(ledger.lines, [(kind, key)]),
        "decided": await lines_of(asker, visit, about(ledger.lines, [(kind, key)]), ledger.names),
    }
    return Page("review-thing.html", values)


async def overtaken_page(asker: Asker, visit: Visit, overtaken: Ledger, back: str) -> Page:
    """Return what others decided while an editor looked (409); ``back`` leads to where he looked."""
    decided = await lines_of(asker, visit, overtaken.lines, overtaken.names)
    return Page("review-overtaken.html", {"decided": decided, "back": back}, 409)


def _question(one: Candidate, visit: Visit) -> dict[str, Any]:
    return {
        "type": one.type,
        "left": one.left,
        "right": one.right,
        "score": score_text(one.score, visit),
        "reason": text(one.reason, visit.lang),
        "why": text(one.why, visit.lang) if one.why else "",
        "shared": [text(code, visit.lang) for code in one.shared],
        "link": visit.to(f"/review/pair?type={one.type}&left={one.left.key}&right={one.right.key}"),
    }


def _rows(left: Known, right: Known) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    """Return (field, left, right, whether they differ), equal rows on both sides."""
    found = []
    for field in FIELDS:
        one, other = left.texts(field), right.texts(field)
        if one or other:
            found.append((field, one, other, {*one} != {*other}))
    return found


async def _printed(asker: Asker, visit: Visit, thing: Known) -> dict[str, Any] | None:
    """Return the first row of a report that names a thing, with its phrases marked."""
    base = asker.data.base
    if thing.kind == "entry":
        entries = [f"{base}/id/entry/{thing.key}"]
        told = []
    else:
        names = Naming(visit.lang, await asker.once(vocabulary))
        told = await phrases(asker, f"{base}/id/{thing.kind}/{thing.key}", names)
        entries = [one.entry for one in told] or [f"{base}/id/entry/{row}" for row in thing.rows]
    return await printed_row(asker, visit, entries, told)
