"""The graph of ties of a set of reports, and what changes in it where some of them do.

Only ties that a changed basis belongs to are counted. All other bases are looked at no longer than it takes to tell
whether they belong to one of those: the ties of countries hold nearly all, so that no index would save it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad, RdfFormat, parse

from pobratim.ties.counters import Tally
from pobratim.ties.levels import Pair
from pobratim.ties.lines import Writer
from pobratim.ties.summary import Summary
from pobratim.ties.tellings import Tellings


@dataclass(frozen=True, slots=True)
class Change:
    """The lines of the graph of ties that go away and those that are new."""

    gone: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)


def ties_graph(summaries: Mapping[str, Summary], base: str) -> list[str]:
    """Return the graph of ties of these reports as sorted lines of N-Quads."""
    return sorted(update({}, summaries, base).fresh)


def ties_quads(summaries: Mapping[str, Summary], base: str) -> list[Quad]:
    """Return the graph of ties of these reports as quads, sorted."""
    return list(parse("".join(ties_graph(summaries, base)), RdfFormat.N_QUADS))


def update(former: Mapping[str, Summary], changed: Mapping[str, Summary | None], base: str) -> Change:
    """Return what reports that are new or changed, or gone (None), change in the graph of ties of the ``former`` ones.

    The former summaries must be of one resolution, and so must be those that are held after the change: a report of
    which anything is decided otherwise by then is among the changed ones, also where its text is the same.
    """
    changed = {slug: summary for slug, summary in changed.items() if former.get(slug) != summary}
    if not changed:
        return Change()
    held = {slug: summary for slug, summary in {**former, **changed}.items() if summary is not None}
    before, after = Tellings(former), Tellings(held)
    touched = _touched(before, after, [told[slug] for slug in changed for told in (former, held) if slug in told])
    pairs = {pair for name in touched for tellings in (before, after) for pair in tellings.pairs_of(name)}
    tallies = {pair: Tally() for pair in pairs}
    _count(after, after.bases.keys() - touched, tallies, 1)
    _count(before, touched, tallies, 1)
    gone = _lines(base, before, touched, tallies)
    _count(before, touched, tallies, -1)
    _count(after, touched, tallies, 1)
    fresh = _lines(base, after, touched, tallies)
    return Change(gone - fresh, fresh - gone)


def _touched(before: Tellings, after: Tellings, summaries: Collection[Summary]) -> set[str]:
    """Return the bases that are told otherwise, or that have something from what is; the summaries tell of all that."""
    sources = {
        name
        for summary in summaries
        for names, one, other in (
            (summary.parties, before.parties, after.parties),
            (summary.events, before.events, after.events),
        )
        for name in names
        if one.get(name) != other.get(name)
    }
    stated = {name for summary in summaries for name in summary.bases}
    found = {name for name in stated if before.bases.get(name) != after.bases.get(name)}
    for tellings in (before, after):
        found |= tellings.resting_on(sources)
    return found


def _count(tellings: Tellings, bases: Iterable[str], tallies: Mapping[Pair, Tally], by: int) -> None:
    """Count bases in those of the ties they make that are looked at."""
    for name in bases:
        for pair in tellings.pairs_of(name):
            if pair in tallies:
                tallies[pair].count(tellings.bases[name], tellings.events, by)


def _lines(base: str, tellings: Tellings, touched: Iterable[str], tallies: Mapping[Pair, Tally]) -> set[str]:
    """Return the lines of the ties that are looked at, without those of the bases that are not touched."""
    writer, parties = Writer(base), tellings.parties
    found: set[str] = set()
    for pair, tally in tallies.items():
        if tally.bases:
            found.update(writer.head(pair, parties[pair.left], parties[pair.right], tally))
    for name in touched:
        for pair in tellings.pairs_of(name):
            found.add(writer.basis(pair, parties[pair.left], parties[pair.right], name))
    return found
