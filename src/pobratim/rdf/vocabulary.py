"""Concepts by local name or notation, as terms; unknown ones are a fault of the caller."""

from functools import cache

from pyoxigraph import NamedNode

from pobratim.lexicon.lexicon import LEX, lexicon
from pobratim.lexicon.skos import Concept
from pobratim.rdf.iris import concept_iri
from pobratim.rdf.terms import DCT


@cache
def concept(scheme: str, local: str) -> NamedNode:
    """Return a concept's term. Raises KeyError where the scheme has no such concept."""
    return NamedNode(lexicon().concept(scheme, local).iri)


def country(notation: str) -> NamedNode | None:
    """Return a country or territory by ISO alpha-2 code or Wikidata id, None for an unknown one or ""."""
    found = lexicon().countries.get(notation)
    return NamedNode(found.iri) if found else None


def region(notation: str) -> NamedNode | None:
    """Return a region by ISO 3166-2 notation, None where nothing or an unknown one is named."""
    found = _regions().get(notation)
    return NamedNode(found.iri) if found else None


def region_country(notation: str) -> NamedNode | None:
    """Return the country of a region (ISO 3166-2 notation), None where the scheme does not tell it."""
    found = _regions().get(notation)
    states = found.extra.get(DCT.isPartOf.value, ()) if found else ()
    return next((NamedNode(state) for state in states), None)


def legal_form(label: str) -> NamedNode | None:
    """Return a legal form by its preferred label, None if there is none."""
    iri = _legal_forms().get(label)
    return NamedNode(iri) if iri else None


def kind_categories(local: str) -> frozenset[str]:
    """Return the categories (lex:category) of a kind of organisation: public, company, …; none for an unknown kind."""
    try:
        found = lexicon().concept("organisation-kind", local)
    except KeyError:
        return frozenset()
    return frozenset(found.extra.get(LEX + "category", ()))


def kind(local: str) -> NamedNode | None:
    """Return a kind of organisation, None where the text told none."""
    return NamedNode(concept_iri("organisation-kind", local)) if local else None


@cache
def _regions() -> dict[str, Concept]:
    return {item.notation: item for item in lexicon().concepts("region")}


@cache
def _legal_forms() -> dict[str, str]:
    return {item.label: item.iri for item in lexicon().concepts("legal-form")}
