"""What is said of a thing and what points at it, in groups by property, counted in full and shown in part.

A thing with up to 500 statements each way takes two questions; a hub's groups are counted, and filled one by one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, Row, Term, iri_term, text_term
from pobratim.site.labels import DATE, MENTION, OA, TYPE, Thing
from pobratim.sparql.terms import Term as Bound

MOST = 500
"""As many statements of a thing are read in one go: the LIMIT in out.rq and in.rq."""
LISTED = 100
"""Things on one page of a list: the LIMIT, less one, in out-list.rq and in-list.rq."""
SHOWN = 12
"""Things of a group on the page about a thing."""
Direction = Literal["out", "in"]
_TARGET = OA + "hasTarget"
_SPLIT = {VOCABULARY + name for name in ("Agreement", "Contact", "Tie")}
"""Classes whose things stand in groups of their own where they share a property: all have parties."""


@dataclass(slots=True)
class Group:
    """Things under one property: those that are known, in order, and how many there are in all."""

    property: str
    direction: Direction
    split: str = ""
    things: list[Thing] = field(default_factory=list)
    literals: list[Term] = field(default_factory=list)
    total: int = 0


async def neighbourhood(asker: Asker, iri: str, hubs: Collection[Direction]) -> list[Group]:
    """Return the groups around a thing; ``hubs`` tells in which direction it has more than ``MOST``."""
    ways: tuple[Direction, ...] = ("out", "in")
    found = await asker.together(_groups(asker, iri, way, way in hubs) for way in ways)
    return [group for groups in found for group in groups]


async def said_of_party(asker: Asker, iri: str) -> list[Group]:
    """Return the groups of what is said of a party, but its partners: a hub has hundreds, each of which costs."""
    return _sorted(_grouped(*await asker.taken("out-of-party", _read, iri), "out"))


async def listed(asker: Asker, iri: str, of: Group, after: str) -> Group:
    """Return a page of the list of a group, after an IRI: up to ``LISTED`` things, and one more where it goes on."""
    prop = of.property
    bound: dict[str, Bound] = {"iri": iri_term(iri), "property": iri_term(prop), "after": text_term(after)}
    if of.split:
        bound["class"] = iri_term(of.split)
    rows = await asker.rows(f"{of.direction}-list{'-of-class' if of.split else ''}", **bound)
    group = Group(prop, of.direction, of.split)
    things, literals = _read({**row, "property": Term(prop, True)} for row in rows)
    group.things = sorted(things.get(prop, {}).values(), key=lambda thing: thing.iri)
    group.literals = sorted(literals.get(prop, ()), key=lambda term: term.value)
    return group


async def counts(asker: Asker, iri: str, way: Direction) -> dict[tuple[str, str], int]:
    """Return how many there are by property and class of ``_SPLIT``."""
    rows = await asker.rows(f"{way}-counts", iri=iri_term(iri))
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        split = row["split"].value if "split" in row else ""
        found[row["property"].value, split] = int(row["count"].value)
    return found


async def _groups(asker: Asker, iri: str, way: Direction, is_hub: bool) -> list[Group]:
    things, literals = await asker.taken(way, _read, iri)
    groups = _grouped(things, literals, way)
    if is_hub:
        await _complete(asker, iri, groups, way)
    return _sorted(groups)


def _sorted(groups: Mapping[tuple[str, str], Group]) -> list[Group]:
    return [groups[key] for key in sorted(groups)]


def _grouped(
    things: Mapping[str, Mapping[str, Thing]], literals: Mapping[str, Iterable[Term]], way: Direction
) -> dict[tuple[str, str], Group]:
    groups: dict[tuple[str, str], Group] = {}
    for prop in {*things, *literals}:
        for thing in things.get(prop, {}).values():
            split = next(iter(sorted(thing.types() & _SPLIT)), "") if way == "in" else ""
            groups.setdefault((prop, split), Group(prop, way, split)).things.append(thing)
        if literals.get(prop):
            groups.setdefault((prop, ""), Group(prop, way)).literals.extend(literals[prop])
    for group in groups.values():
        group.things.sort(key=lambda thing: thing.iri)
        group.literals.sort(key=lambda term: (term.lang, term.value))
        group.total = len(group.things) + len(group.literals)
    return groups


async def _complete(asker: Asker, iri: str, groups: dict[tuple[str, str], Group], way: Direction) -> None:
    """Count the groups of a hub, and fill those of which the part that was read shows too little."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (prop, split), count in (await counts(asker, iri, way)).items():
        totals[prop, split if way == "in" else ""] += count
    for key, total in totals.items():
        group = groups.setdefault(key, Group(key[0], way, key[1]))
        group.total = total
        if len(group.things) + len(group.literals) < min(total, SHOWN):
            more = await listed(asker, iri, group, "")
            group.things, group.literals = more.things, more.literals


def _read(rows: Iterable[Row]) -> tuple[dict[str, dict[str, Thing]], dict[str, set[Term]]]:
    """Return things and literals by property."""
    things: dict[str, dict[str, Thing]] = defaultdict(dict)
    literals: dict[str, set[Term]] = defaultdict(set)
    for row in rows:
        prop, found = row["property"].value, row["thing"]
        if not found.is_iri:
            literals[prop].add(found)
            continue
        thing = things[prop].setdefault(found.value, Thing(found.value))
        if "relation" in row and "part" in row:
            thing.add(row["relation"].value, row["part"], row.get("name"))
        if "date" in row:
            thing.add(DATE, row["date"], None)
    return things, literals


def types_of(groups: Iterable[Group]) -> set[str]:
    """Return the classes of the thing itself; a mention, which the data give none, is known by its target."""
    out = [group for group in groups if group.direction == "out"]
    told = {thing.iri for group in out if group.property == TYPE for thing in group.things}
    return told | ({MENTION} if any(group.property == _TARGET for group in out) else set())
