"""Parties under any of their names in an address: what their reference is."""

import asyncio

from starlette.requests import Request

from pobratim.explore import Index
from pobratim.explore.parties import party_of
from pobratim.search.references import Reference, UnknownNameError, look_up
from pobratim.serving.http.requests import language_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.searching import Searching

_LONGEST = 200
"""Characters of a name that are looked at."""


class NamedParties:
    """Finds parties by a reference, or by a name as people write it."""

    def __init__(self, engine: Engine, searching: Searching) -> None:
        """Ask the index of the generation served, then the names."""
        self._engine, self._searching = engine, searching

    async def ref(self, name: str, request: Request) -> str:
        """Return the reference of a party by a reference or any name. Raises UnknownNameError, RefusedError."""

        def known(index: Index) -> str:
            party = party_of(index, name)
            return party.ref if party else ""

        found = await self._engine.exploring.explored(known)
        if found:
            return found
        index, is_former = await self._searching.index()
        try:
            meant = await asyncio.to_thread(look_up, "party", name[:_LONGEST], index, language_of(request))
        except UnknownNameError:
            if is_former:
                raise self._searching.refusal() from None
            raise
        return await self._engine.exploring.explored(lambda opened: ref_of(opened, meant))

    async def near(self, error: UnknownNameError) -> list[tuple[str, str]]:
        """Return what may have been meant by a name: labels and references."""
        return await self._engine.exploring.explored(
            lambda index: [(each.label, ref_of(index, each)) for each in error.meant]
        )


def ref_of(index: Index, meant: Reference) -> str:
    """Return the reference of what a name means, its IRI where the index has no party of it."""
    party = party_of(index, meant.iri)
    return party.ref if party else meant.iri


def is_meant(given: str, unknown: str) -> bool:
    """Tell whether a name of an address is the one that an error tells of."""
    return given == unknown or given[:_LONGEST] == unknown
