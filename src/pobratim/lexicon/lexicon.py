"""The compiled lexicon: every scheme of ontology/ with its matcher, and a hash that names the edition."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from pobratim.content import content_root
from pobratim.ground.lasting import lasting
from pobratim.lexicon.matcher import Matcher
from pobratim.lexicon.skos import Concept, read_concepts
from pobratim.lexicon.stems import Stems
from pobratim.text.words import fold

_NOT_LEXICON = {"pobratim.ttl", "shapes.ttl", "quality-metrics.ttl"}
_OF_RULES = "wording.ttl"
"""The words of the rules, which ``pobratim.lexicon.words`` reads; what is made with them depends on them as well."""
_PLACES = {"country", "territory", "region"}
LEX = "https://w3id.org/pobratim/lexicon#"


class Lexicon:
    """All concepts by scheme. ``lexicon()`` gives the one of ontology/."""

    def __init__(self, concepts: Iterable[Concept], edition: str = "") -> None:
        """Take the concepts; ``edition`` is the hash of the files they came from."""
        self.edition = edition
        self._schemes: dict[str, dict[str, Concept]] = {}
        for concept in concepts:
            self._schemes.setdefault(concept.scheme, {})[concept.local] = concept
        self._matchers: dict[tuple[str, ...], Matcher] = {}
        self._stems: dict[tuple[str, str], Stems] = {}
        self._bearers: dict[tuple[str, ...], Mapping[str, frozenset[str]]] = {}

    def concepts(self, scheme: str) -> list[Concept]:
        """Return the concepts of a scheme, in file order; none where the scheme is unknown."""
        return list(self._schemes.get(scheme, {}).values())

    def concept(self, scheme: str, local: str) -> Concept:
        """Return one concept. Raises KeyError."""
        return self._schemes[scheme][local]

    def known(self, scheme: str, local: str) -> Concept | None:
        """Return one concept, None where there is none."""
        return self._schemes.get(scheme, {}).get(local)

    def matcher(self, *schemes: str) -> Matcher:
        """Return the matcher over the labels of some schemes together."""
        if schemes not in self._matchers:
            self._matchers[schemes] = Matcher(c for scheme in schemes for c in self.concepts(scheme))
        return self._matchers[schemes]

    def exceptions(self, scheme: str) -> Matcher:
        """Return the matcher over the phrases (lex:not) in which words of a scheme mean something else."""
        key = (scheme, "not")
        if key not in self._matchers:
            phrases = [p for c in self.concepts(scheme) for p in c.extra.get(LEX + "not", [])]
            self._matchers[key] = Matcher([Concept("", scheme, "", inflected=phrases)])
        return self._matchers[key]

    def stems(self, scheme: str, kind: str = "stem") -> Stems:
        """Return the word beginnings of a scheme; ``kind`` "weak" those of lex:weak."""
        if (scheme, kind) not in self._stems:
            self._stems[scheme, kind] = Stems(
                (stem, concept)
                for concept in self.concepts(scheme)
                for stem in (concept.stems if kind == "stem" else concept.extra.get(LEX + kind, []))
            )
        return self._stems[scheme, kind]

    def bearers(self, mark: str, *schemes: str) -> Mapping[str, frozenset[str]]:
        """Return the values of ``lex:mark`` with what carries them: places by notation, others by local name.

        «РБ» of lex:initials gives {"RU-BA", "RU-BU"}; of a mark that is or is not there the value is "true".
        """
        key = (mark, *schemes)
        if key not in self._bearers:
            found: dict[str, set[str]] = {}
            for concept in (concept for scheme in schemes for concept in self.concepts(scheme)):
                for value in concept.extra.get(LEX + mark, ()):
                    found.setdefault(value, set()).add(concept.notation if concept.scheme in _PLACES else concept.local)
            self._bearers[key] = {value: frozenset(bearers) for value, bearers in found.items()}
        return self._bearers[key]

    def marked(self, mark: str, *schemes: str) -> frozenset[str]:
        """Return the concepts that carry ``lex:mark "true"``, as ``bearers`` names them."""
        return self.bearers(mark, *schemes).get("true", frozenset())

    def broader(self, concept: Concept) -> list[Concept]:
        """Return the concept and all above it, nearest first."""
        chain, seen = [concept], {concept.iri}
        by_iri = self._by_iri
        for item in chain:
            for iri in item.broader:
                if iri in by_iri and iri not in seen:
                    seen.add(iri)
                    chain.append(by_iri[iri])
        return chain

    @cached_property
    def _by_iri(self) -> dict[str, Concept]:
        return {c.iri: c for scheme in self._schemes.values() for c in scheme.values()}

    @cached_property
    def country_adjectives(self) -> dict[str, str]:
        """Return country notations by folded masculine adjective («китайский»)."""
        return {fold(a): c.notation for c in self.countries.values() for a in c.extra.get(LEX + "adjective", [])}

    @cached_property
    def countries(self) -> dict[str, Concept]:
        """Return countries and territories by notation (ISO alpha-2 or Wikidata id)."""
        return {c.notation: c for scheme in ("country", "territory") for c in self.concepts(scheme)}


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of ontology/, read once. Raises ContentError for a malformed file."""
    concepts: list[Concept] = []
    digest = hashlib.sha256()
    with lasting():
        for path in sorted((content_root() / "ontology").glob("*.ttl")):
            if path.name not in _NOT_LEXICON:
                digest.update(path.read_bytes())
                concepts.extend(read_concepts(path) if path.name != _OF_RULES else ())
        return Lexicon(concepts, digest.hexdigest()[:16])
