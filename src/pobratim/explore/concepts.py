"""The codes of the tables and what they are called: the schemes of ``ontology/``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pobratim.content import content_root
from pobratim.lexicon.skos import Concept, read_concepts
from pobratim.messages import Language

SCHEMES: Mapping[str, str] = {
    "level": "tie-levels",
    "tie-kind": "tie-kinds",
    "event-kind": "event-kinds",
    "agreement-kind": "agreement-kinds",
    "party-kind": "organisation-kinds",
    "topic": "topics",
    "mode": "formats",
    "status": "agreement-statuses",
    "term": "agreement-terms",
    "role": "roles",
    "class": "person-classes",
    "country": "countries",
    "territory": "territories",
    "region": "regions",
}
"""What a scheme is called here → its file."""


@dataclass(frozen=True, slots=True)
class Label:
    """A code and what it is called in both languages; a code that no scheme has is its own name."""

    code: str
    ru: str
    en: str

    def said(self, lang: Language) -> str:
        """Return the name in a language."""
        return self.en if lang == "en" else self.ru


@dataclass(frozen=True, slots=True)
class Named:
    """A concept of a scheme: its label, its IRI, and the abbreviations that names of its things have."""

    scheme: str
    label: Label
    iri: str
    abbreviations: tuple[str, ...]


def read_all() -> Iterator[Named]:
    """Yield the concepts of all schemes, territories among the countries. Raises ContentError."""
    for scheme, file in SCHEMES.items():
        for concept in read_concepts(content_root() / "ontology" / f"{file}.ttl"):
            yield _named("country" if scheme == "territory" else scheme, concept)


@cache
def codes_under(scheme: str, code: str) -> frozenset[str]:
    """Return a code of a scheme with those of all narrower concepts. Raises ContentError."""
    concepts = read_concepts(content_root() / "ontology" / f"{SCHEMES[scheme]}.ttl")
    found = {code}
    while True:
        more = {each.local for each in concepts if any(iri.rpartition("/")[2] in found for iri in each.broader)} - found
        if not more:
            return frozenset(found)
        found |= more


def _named(scheme: str, concept: Concept) -> Named:
    code = concept.notation if scheme in ("country", "region") and "/territory/" not in concept.iri else concept.local
    short = sorted((each for each in concept.literal if _is_abbreviation(each)), key=lambda each: (len(each), each))
    return Named(scheme, Label(code, concept.label, concept.english or concept.label), concept.iri, tuple(short))


def _is_abbreviation(name: str) -> bool:
    return 2 <= len(name) <= 5 and name.isalpha() and name.isupper() and not name.isascii()
