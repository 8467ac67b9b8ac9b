"""How many there would be of each party that is chosen, and of the towns that have ties with those chosen."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pobratim.explore import bits
from pobratim.explore.between import concerning, key_of_area
from pobratim.explore.chosen import PARTIES, Chosen
from pobratim.explore.index import Index, Subject
from pobratim.explore.parties import parties_of, party_of
from pobratim.explore.selection import Selection
from pobratim.explore.ties import sides_of

MOST = 40
"""So many towns that somebody has ties with are counted, those of most ties."""
_WITHIN = {"region": "region", "country": "country"}
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
    towns = Counter(town for ref in selection.place for town in _across(index, ref))
    strongest = sorted(towns, key=lambda town: (-towns[town], town))[:MOST]
    known = parties_of(index, strongest)
    return [known[town].ref for town in strongest if known[town].ref not in selection.partner]


def _across(index: Index, ref: str) -> Iterator[int]:
    """Yield for each tie of a party to what is not of it the town on the other side."""
    own, towns = bits.flags(_own(index, ref), _size(index)), index.once(_towns)
    ties = bits.flags(concerning(index, "tie", (ref,), ()), index.sizes["tie"])
    for tie, a, b in sides_of(index):
        if ties[tie] and own[a] != own[b]:
            town = towns[b if own[a] else a]
            if town:
                yield town


def _own(index: Index, ref: str) -> int:
    """Return a party and all that is of it (``is_within``), as a set."""
    party = party_of(index, ref)
    if party is None:
        return bits.NOTHING
    if party.kind in _WITHIN:
        code = key_of_area(party).upper()
        return index.numbers(f"SELECT id FROM party WHERE {_WITHIN[party.kind]} = ? OR id = ?", code, party.number)
    return index.numbers("SELECT id FROM party WHERE id = ?1 OR town = ?1", party.number)


def _size(index: Index) -> int:
    return len(index.once(_towns))


def _towns(index: Index) -> tuple[int, ...]:
    """Return the town of each party by number, 0 where it has none."""
    return (0, *(row[1] or 0 for row in index.rows(_TOWNS)))
