"""How many there would be of each party that is chosen, and of the towns that have ties with those chosen."""

from collections.abc import Mapping, Sequence

import numpy as np

from pobratim.explore import bits
from pobratim.explore.between import concerning, own_of
from pobratim.explore.bits import Numbers
from pobratim.explore.chosen import PARTIES, Chosen
from pobratim.explore.index import Index, Subject
from pobratim.explore.parties import parties_of, party_of
from pobratim.explore.selection import Selection
from pobratim.explore.ties import sides_of

MOST = 40
"""So many towns that somebody has ties with are counted, those of most ties."""
_TOWNS = "SELECT id, CASE WHEN kind = 'place' THEN id ELSE town END FROM party ORDER BY id"
Counted = Sequence[tuple[str, int]]


def party_counts(index: Index, subject: Subject, selection: Selection, kept: Chosen) -> Mapping[str, Counted]:
    """Return the parties of fields that take parties, by reference, with how many have each under the other fields.

    These are those that are chosen; where a ``place`` is, for a ``partner`` also the towns that it has ties with.
    """
    rest = kept.but(PARTIES)

    def count(places: Sequence[str], partners: Sequence[str]) -> int:
        return (rest & concerning(index, subject, places, partners)).bit_count()

    partners = (*selection.partner, *_met(index, selection))
    return {
        "place": [(ref, count((ref,), selection.partner)) for ref in selection.place],
        "partner": [(ref, count(selection.place, (ref,))) for ref in partners],
    }


def _met(index: Index, selection: Selection) -> Sequence[str]:
    """Return towns on the other side of the ties of the places chosen, by reference."""
    towns = np.concatenate([_across(index, ref) for ref in selection.place] or [np.zeros(0, np.int64)])
    counted = np.bincount(towns)
    strongest = np.argsort(-counted, kind="stable")[: min(MOST, np.count_nonzero(counted))].tolist()
    known = parties_of(index, strongest)
    return [known[town].ref for town in strongest if known[town].ref not in selection.partner]


def _across(index: Index, ref: str) -> Numbers:
    """Return for each tie of a party to what is not of it the town on the other side."""
    towns, (a, b) = index.order("party-towns", lambda: _towns(index)), sides_of(index)
    party = party_of(index, ref)
    own = bits.flags(own_of(index, party) if party else bits.NOTHING, len(towns) - 1)
    ties = bits.flags(concerning(index, "tie", (ref,), ()), len(a) - 1)
    across = ties & (own[a] != own[b])
    found: Numbers = towns[np.where(own[a], b, a)[across]]
    return found[found > 0]


def _towns(index: Index) -> Sequence[int]:
    """Return the town of each party by number, 0 where it has none."""
    return (0, *(row[1] or 0 for row in index.rows(_TOWNS)))
