"""The parties of contacts and agreements, and the municipalities, regions and countries they are rolled up to."""

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import NamedNode

from pobratim.entities import OrganisationEntity, PlaceEntity, Resolution
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.skos import Concept
from pobratim.rdf import vocabulary
from pobratim.rdf.authority import region_of
from pobratim.ties.summary import Party


class Parties:
    """The parties of one resolution, each made once."""

    def __init__(self, resolution: Resolution) -> None:
        """Index the places and organisations."""
        self._places = {f"place/{one.key}": one for one in resolution.places}
        self._organisations = {f"organisation/{one.key}": one for one in resolution.organisations}
        self._made: dict[str, Party | None] = {}

    def known(self, names: Iterable[str]) -> dict[str, Party]:
        """Return the parties of these names and all that they are rolled up to; what is unknown is left out."""
        found: dict[str, Party] = {}
        for name in names:
            party = self._party(name)
            if party is not None:
                found[name] = party
                for above in (party.municipality, party.region):
                    if above and above not in found and (rolled := self._party(above)) is not None:
                        found[above] = rolled
        for country in {party.country for party in found.values() if party.country}:
            found[country] = _area(country)
        return found

    def _party(self, name: str) -> Party | None:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Party | None:
        if name in self._organisations:
            return self._organisation(name, self._organisations[name])
        if name in self._places:
            return _place(name, self._places[name])
        return _area(name) if name in _areas() else None

    def _organisation(self, name: str, organisation: OrganisationEntity) -> Party:
        seat = self._party(f"place/{organisation.place}") if organisation.place else None
        region = "" if organisation.place else _iri(vocabulary.region(organisation.region))
        return Party(
            _iri(vocabulary.country(organisation.country)),
            seat.municipality if seat else "",
            seat.region if seat else region,
            name.replace("/", "-"),
            organisation.names[0],
            True,
        )


def _place(name: str, place: PlaceEntity) -> Party:
    country = _iri(vocabulary.country(place.country))
    municipality = name if place.municipality and country else ""
    region = _iri(vocabulary.region(region_of(place)))
    return Party(country, municipality, region, name.replace("/", "-"), place.names[0], False)


def _area(iri: str) -> Party:
    """Return a region or a country."""
    concept = _areas()[iri]
    if concept.scheme != "region":
        return Party(iri, "", "", concept.notation, concept.label, False)
    country = _iri(vocabulary.region_country(concept.notation))
    return Party(country, "", iri, concept.notation, concept.label, False)


@cache
def _areas() -> dict[str, Concept]:
    return {one.iri: one for one in _concepts()}


def _concepts() -> Iterator[Concept]:
    yield from lexicon().countries.values()
    yield from lexicon().concepts("region")


def _iri(node: NamedNode | None) -> str:
    return node.value if node is not None else ""
