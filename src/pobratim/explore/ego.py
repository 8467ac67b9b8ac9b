"""Who is tied to whom, as a picture takes it: around one party, the seed, or all at one level.

Under a selection the same things are there as without it; what the selection leaves out is marked, so that a picture
need not move anybody. Each picture is bounded, and says how many are not in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from pobratim.explore.drafting import Counting, Draft, tie_rows
from pobratim.explore.index import Index
from pobratim.explore.neighbours import neighbours
from pobratim.explore.opening import Expand, Opened, counted, open_all
from pobratim.explore.participation import add_participation
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.picture import Ego, Land, Node, node_of
from pobratim.explore.selection import Selection
from pobratim.messages import Language

Level = Literal["institution", "municipality", "region", "country"]
LEVELS: tuple[Level, ...] = get_args(Level)
_USUAL: Mapping[str, Level] = {"institution": "institution"}
"""The level at which a party of a kind is looked at; all others at that of towns."""
PARTNERS, LEAVES, ALL_LEAVES = 24, 12, 30
"""So many partners around a seed, so many institutions of each, and of all together: more names than these make columns
higher than a screen. The others are one node."""
NODES, TIES = 2_000, 4_000
"""What the picture of a whole network may have at most."""
_EASTMOST = 180.0
"""The longitude of a country of which no town is known."""
COUNTED = 300
"""In a larger network nobody's hidden neighbours are counted: it has no badges."""


def levels_of(index: Index, seed: Party | None) -> tuple[Level, ...]:
    """Return the levels at which a party, or anybody, has ties; the one to begin with first."""
    rows = (
        index.rows("SELECT level, COUNT(*) AS many FROM tie GROUP BY level")
        if seed is None
        else index.rows(
            "SELECT level, COUNT(*) AS many FROM tie JOIN tie_of ON tie_of.tie = tie.id WHERE party = ? GROUP BY level",
            seed.number,
        )
    )
    counts = {row["level"]: row["many"] for row in rows}
    usual = _USUAL.get(seed.kind, "municipality") if seed else "municipality"
    found = [level for level in LEVELS if counts.get(level)]
    return tuple(sorted(found, key=lambda level: (level != usual, -counts[level])))


def ego_of(
    index: Index, seed: Party | None, selection: Selection, opened: Sequence[Opened] = (), lang: Language = "ru"
) -> Ego:
    """Return who is around a party: partners with their institutions, countries that only took part, what is opened.

    The level is the first that the selection names and the party has ties at, else the party's usual one. Without a
    seed it is the whole network of a level, of its strongest ties.
    """
    draft = draft_of(index, seed, selection, opened)
    if seed is not None:
        return _told(draft, lang)
    total = index.value("SELECT COUNT(*) FROM tie WHERE level = ?", _level(index, None, selection))
    found = _told(draft, lang, with_hidden=len(draft.nodes) <= COUNTED)
    return replace(found, total=total, more=total > len(found.edges))


def expand_of(
    index: Index, party: Party, seed: Party | None, selection: Selection, opened: Sequence[Opened], lang: Language
) -> Expand:
    """Return whom a party has beside those in a picture, by country, by kind, and by the years of their ties."""
    return counted(draft_of(index, seed, selection, opened), party, lang)


def draft_of(index: Index, seed: Party | None, selection: Selection, opened: Sequence[Opened]) -> Draft:
    """Return a picture before it is told."""
    level = _level(index, seed, selection)
    draft = Draft(index, seed, Counting(index, replace(selection, level=())))
    if seed is None:
        for row in index.rows("SELECT * FROM tie WHERE level = ? ORDER BY id LIMIT ?", level, TIES):
            if len(draft.nodes) + len({row["a"], row["b"]} - draft.nodes) <= NODES:
                draft.add_tie(row)
        open_all(draft, opened, {})
        return draft
    left = _add_partners(draft, seed, level)
    add_participation(draft, seed, left)
    open_all(draft, opened, {seed: left})
    return draft


def _level(index: Index, seed: Party | None, selection: Selection) -> str:
    found = levels_of(index, seed)
    return next((level for level in selection.level if level in found), found[0] if found else "municipality")


def _add_partners(draft: Draft, seed: Party, level: str) -> frozenset[int]:
    """Add whom the seed, or what belongs to it, is tied to at a level; at that of towns, with their institutions.

    Return the numbers of partners for whom there is no room.
    """
    left = set()
    rows = tie_rows(draft.index, seed, level)
    parties = parties_of(draft.index, {row[side] for row in rows for side in ("a", "b")})
    for row in rows:
        one, other = (parties[row[side]] for side in ("a", "b"))
        mine, theirs = (one, other) if draft.is_inside(one) else (other, one)
        if draft.is_inside(theirs):
            continue
        if theirs.number not in draft.nodes and draft.partners >= PARTNERS:
            left.add(theirs.number)
        else:
            draft.add_partner(mine, theirs, row, most=LEAVES)
    if level == "municipality" and seed.kind == "place":
        _add_institutions(draft, seed)
    return frozenset(left)


def _add_institutions(draft: Draft, seed: Party) -> None:
    """Add the institutions of the seed's partners that are tied to its own: the town is what joins them to it."""
    rows = tie_rows(draft.index, seed, "institution")
    parties = parties_of(draft.index, {row[side] for row in rows for side in ("a", "b")})
    towns = {each.ref: each for each in parties_of(draft.index, draft.nodes).values()}
    left = ALL_LEAVES
    for row in rows:
        for side in ("a", "b"):
            each = parties[row[side]]
            town = towns.get(each.town)
            if town is None or draft.is_inside(each):
                continue
            if each.number not in draft.nodes and (not left or draft.leaves(town.number) >= LEAVES):
                continue
            left -= each.number not in draft.nodes
            draft.add_member(town.number, each.number, row)


def _told(draft: Draft, lang: Language, with_hidden: bool = True) -> Ego:
    parties = parties_of(draft.index, draft.nodes)
    beside = _beside(draft) if with_hidden else {}
    edges = draft.told_edges({number: party.ref for number, party in parties.items()})
    shown = {end for edge in edges if not edge.out for end in (edge.a, edge.b)}
    nodes = [
        replace(
            node_of(party, lang),
            hidden=beside.get(number, 0),
            events=draft.events_of(party),
            out=party.ref not in shown and party.ref != draft.seed_ref,
        )
        for number, party in parties.items()
    ]
    nodes += [replace(node, out=node.id not in shown) for node in draft.told_rest(lang)]
    own = _own(draft)
    return Ego(
        generation=draft.index.generation,
        seed=draft.seed_ref,
        nodes=tuple(sorted(nodes, key=_by_strength)),
        edges=edges,
        countries=_lands(draft.index, parties.values(), lang),
        total=len(own),
        more=any(number not in draft.nodes for number in own),
        hidden=draft.counting.hidden(draft.seed),
        events=draft.counting.all_events(draft.seed),
    )


def _own(draft: Draft) -> Sequence[int]:
    """Return the neighbours of the seed that are not part of it."""
    around = neighbours(draft.index, [draft.seed.number])[draft.seed.number] if draft.seed else ()
    parties = parties_of(draft.index, {each.party for each in around})
    return [number for number, party in parties.items() if not draft.is_inside(party)]


def _beside(draft: Draft) -> Mapping[int, int]:
    """Return how many neighbours of each node are not in the picture; countries that only took part have no count."""
    counted = [number for number in draft.nodes if not draft.is_participant(number)]
    around = neighbours(draft.index, counted)
    parties = parties_of(draft.index, {each.party for found in around.values() for each in found})
    return {number: sum(draft.is_beside(parties[each.party]) for each in found) for number, found in around.items()}


def _by_strength(node: Node) -> tuple[object, ...]:
    return -node.events, node.id


def _lands(index: Index, parties: Iterable[Party], lang: Language) -> tuple[Land, ...]:
    """Return the countries of some parties from west to east, by where all known towns of each lie on average."""
    sql = "SELECT country, AVG(lon) AS lon FROM party WHERE kind = 'place' AND lon NOT NULL GROUP BY country"
    middle = {row["country"]: row["lon"] for row in index.rows(sql)}
    names = {party.country.code: party.country.said(lang) for party in parties if party.country}
    order = sorted(names, key=lambda code: (middle.get(code, _EASTMOST), code))
    return tuple(Land(code.lower(), names[code]) for code in order)
