"""Addresses of countries, territories and regions on this site: their IRIs are those of others, or of concepts.

``/doc/country/by`` and ``/doc/region/ru-smo``, by ISO 3166 code in small letters; a territory outside ISO 3166 by the
name of its concept, as ``/doc/country/abkhazia``.
"""

from functools import cache

from pobratim.lexicon.lexicon import lexicon
from pobratim.rdf.iris import COUNTRY, DEFINITIONS

_TERRITORY, _REGION = DEFINITIONS + "territory/", DEFINITIONS + "region/"


def area_path(iri: str) -> str | None:
    """Return the path below ``/doc/`` of a country, territory or region, None for anything else."""
    if iri.startswith(_REGION):
        return f"region/{iri.removeprefix(_REGION).lower()}"
    if iri.startswith(_TERRITORY):
        return f"country/{iri.removeprefix(_TERRITORY)}"
    if iri.startswith(COUNTRY):
        return f"country/{_codes().get(iri, iri.removeprefix(COUNTRY)).lower()}"
    return None


def area_iri(path: str) -> str | None:
    """Return the IRI of a path that ``area_path`` gives, letters of either case; None where it is none."""
    kind, _, code = path.partition("/")
    if kind == "region":
        return f"{_REGION}{code.upper()}" if code else None
    return _iris().get(code.upper()) if kind == "country" else None


@cache
def _codes() -> dict[str, str]:
    """Return the codes of the countries of ISO 3166 by IRI."""
    countries = lexicon().countries.items()
    return {concept.iri: code for code, concept in countries if concept.iri.startswith(COUNTRY)}


@cache
def _iris() -> dict[str, str]:
    found = {code.upper(): iri for iri, code in _codes().items()}
    found |= {iri.removeprefix(COUNTRY): iri for iri in _codes()}
    territories = (concept.iri for concept in lexicon().concepts("territory"))
    return found | {iri.removeprefix(_TERRITORY).upper(): iri for iri in territories}
