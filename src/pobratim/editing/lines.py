"""Lines of the ledger in words: what was decided, of what, by whom and when."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pobratim.editing.corrections import value_words
from pobratim.editing.things import iri_of_thing
from pobratim.editing.towns import name_of
from pobratim.messages import Language, text
from pobratim.resolve import Decision
from pobratim.resolve.decisions import WITHDRAWABLE
from pobratim.resolve.fields import parts_of
from pobratim.site.asking import Asker, iri_term
from pobratim.site.page import Visit
from pobratim.site.words import word

Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A decision for people; ``ident`` names it in forms."""

    ident: str
    text: str
    why: str
    author: str
    when: str
    link: str


def ident_of(one: Decision) -> str:
    """Return a name for what a line says, wherever it stands."""
    return hashlib.blake2b(repr(replace(one, line=0)).encode(), digest_size=12).hexdigest()


async def lines_of(asker: Asker, visit: Visit, decisions: Sequence[Decision], former: Mapping[str, str]) -> list[Line]:
    """Return decisions in words; things are called as they were when that was decided, which renames and joins them.

    ``former`` has these names by ``named_in``, and by "type:key" the last ones of what is gone. Where it has none they
    are called as the data call them; what stands nowhere is told by its key.
    """
    wanted = list(dict.fromkeys(thing for one in decisions for thing in one.things if thing[0] in WITHDRAWABLE))
    found = await asyncio.gather(*(_name(asker, thing, former) for thing in wanted))
    names = dict(zip(wanted, found, strict=True))
    return [
        _line(one, {thing: former.get(named_in(one, thing), name) for thing, name in names.items()}, visit)
        for one in decisions
    ]


def named_in(one: Decision, thing: Thing) -> str:
    """Return under what the name is kept that a thing had when a decision was taken."""
    return f"{ident_of(one)} {':'.join(thing)}"


async def _name(asker: Asker, thing: Thing, former: Mapping[str, str]) -> str:
    iri = iri_of_thing(asker.data.base, *thing)
    rows = await asker.rows("review-name", iri=iri_term(iri)) if iri else []
    if rows:
        return rows[0]["label"].value
    town = await asyncio.to_thread(name_of, thing[1]) if thing[0] == "place" else ""
    return former.get(":".join(thing)) or town or thing[1]


def _line(one: Decision, names: Mapping[Thing, str], visit: Visit) -> Line:
    values = {"left": names.get((one.type, one.left), one.left), "right": one.right}
    if one.verdict in ("same", "not-same"):
        values["right"] = names.get((one.type, one.right), one.right)
        link = f"/review/pair?type={one.type}&left={one.left}&right={one.right}"
    else:
        link = f"/review/thing?type={one.type}&key={one.left}"
    if one.verdict == "correct":
        values |= _correction(one, names, visit.lang)
    if one.verdict == "not-tie":
        values["right"] = next((names[thing] for thing in one.things[1:] if thing in names), one.right)
    said = word(f"line-{one.verdict}", visit.lang, "editing", **values)
    return Line(ident_of(one), said, one.why, one.author, _when(one), visit.to(link))


def _correction(one: Decision, names: Mapping[Thing, str], lang: Language) -> dict[str, str]:
    field, sign, value = parts_of(one.right)
    told = value_words(one.type, field, value, names, lang)
    return {"field": text(f"fact-{field}", lang), "right": word(f"sign{sign}", lang, "editing", value=told)}


def _when(one: Decision) -> str:
    moment, _, clock = one.time.partition("T")
    return f"{'.'.join(reversed(moment.split('-')))}, {clock[:5]}" if clock else ".".join(reversed(one.date.split("-")))
