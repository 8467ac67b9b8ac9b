"""Countries that were where a party was, without a tie to it."""

from collections.abc import Set

from pobratim.explore.drafting import Draft
from pobratim.explore.parties import Party, parties_of

COUNTRIES = 5
"""So many countries are shown; the others are one node."""


def add_participation(draft: Draft, seed: Party, left: Set[int]) -> None:
    """Add the countries that took part in events of a party and have no partner of it, those of most events first.

    ``left`` are the numbers of partners that are not in the picture.
    """
    if seed.kind == "country":
        return
    index = draft.index
    tied = {party.country.code for party in parties_of(index, draft.nodes | left).values() if party.country}
    mine, kept = index.numbers("SELECT event FROM event_of WHERE party = ?", seed.number), draft.counting.of(seed)
    counts = {
        code: each & mine for code, each in index.facets.get(("event", "country"), {}).items() if code not in tied
    }
    found = sorted((code for code in counts if counts[code]), key=lambda code: (-counts[code].bit_count(), code))
    numbers = {row["ref"]: row["id"] for row in index.rows("SELECT ref, id FROM party WHERE kind = 'country'")}
    known = [code for code in found if f"country:{code.lower()}" in numbers]
    for code in known[:COUNTRIES]:
        events = (counts[code] & kept).bit_count()
        draft.add_participant(numbers[f"country:{code.lower()}"], events or counts[code].bit_count(), events > 0)
    if len(known) > COUNTRIES:
        draft.add_rest(seed, "countries", len(known) - COUNTRIES)
