"""Read SKOS schemes from Turtle into plain concepts; the lexicon and the column namer are built from them."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pobratim.errors import ContentError

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LEX = "https://w3id.org/pobratim/lexicon#"
DEFINITIONS = "https://w3id.org/pobratim/def/"


@dataclass(slots=True, eq=False)
class Concept:
    """One concept of a scheme.

    ``scheme`` is the scheme's local name ("event-kind"), ``local`` the concept's ("competition").
    ``inflected`` are Russian nominative labels, the preferred one first; ``literal`` are exact surface forms;
    ``stems`` word beginnings; ``cues`` phrases matched in any inflection. ``broader`` are concept IRIs.
    ``extra`` holds every other literal value by predicate IRI.
    """

    iri: str
    scheme: str
    local: str
    notation: str = ""
    inflected: list[str] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    weight: float = 1.0
    english: str = ""
    extra: dict[str, list[str]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the preferred Russian label, or the local name where the scheme has none."""
        return self.inflected[0] if self.inflected else self.local


_TEXTS = {
    _SKOS + "hiddenLabel": "literal",
    _LEX + "stem": "stems",
    _LEX + "cue": "cues",
}


def read_concepts(path: Path) -> list[Concept]:
    """Read every skos:Concept of one Turtle file, in file order, labels in file order (preferred first).

    Raises ContentError for a file that does not parse or a concept without skos:inScheme.
    """
    subjects: dict[str, list[tuple[str, str | Literal]]] = defaultdict(list)
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                value = quad.object if isinstance(quad.object, Literal) else str(quad.object).strip("<>")
                subjects[quad.subject.value].append((quad.predicate.value, value))
    except SyntaxError as error:
        raise ContentError("content-turtle", file=path.name, cause=error) from error
    is_concept = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", _SKOS + "Concept")
    return [_concept(iri, facts, path) for iri, facts in subjects.items() if is_concept in facts]


def _concept(iri: str, facts: list[tuple[str, str | Literal]], path: Path) -> Concept:
    schemes = [value for predicate, value in facts if predicate == _SKOS + "inScheme"]
    if not schemes:
        raise ContentError("content-concept-without-scheme", file=path.name, concept=iri)
    concept = Concept(iri, str(schemes[0]).rstrip("/").rsplit("/", 1)[-1], iri.rsplit("/", 1)[-1])
    for predicate, value in facts:
        _take(concept, predicate, value)
    return concept


def _take(concept: Concept, predicate: str, value: str | Literal) -> None:
    if not isinstance(value, Literal):
        if predicate == _SKOS + "broader":
            concept.broader.append(value)
        else:
            concept.extra.setdefault(predicate, []).append(value)
        return
    if predicate == _SKOS + "prefLabel":
        if value.language == "ru":
            concept.inflected.insert(0, value.value)
        elif value.language == "en":
            concept.english = value.value
    elif predicate == _SKOS + "altLabel" and value.language == "ru":
        concept.inflected.append(value.value)
    elif predicate in _TEXTS:
        getattr(concept, _TEXTS[predicate]).append(value.value)
    elif predicate == _SKOS + "notation":
        concept.notation = value.value
    elif predicate == _LEX + "weight":
        concept.weight = float(value.value)
    else:
        concept.extra.setdefault(predicate, []).append(value.value)
