"""The word classes of the rules, by ontology/wording.ttl: what honours somebody, stands before a town, says nothing.

A rule names a class and gets its words; what a class is for, and how its words are compared, the file tells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.lexicon.skos import Concept, read_concepts

_LEX = "https://w3id.org/pobratim/lexicon#"
_SET = (_LEX + "lemma", _LEX + "form")
_ARROW = " → "


def alternatives(words: Iterable[str]) -> str:
    """Return words as alternatives of a regular expression, longest first, as ``Words.pattern`` does."""
    plain = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return plain.replace("е", "[её]").replace(r"\ ", r"\s+")


class Words:
    """Classes of words by name («honour»). A class that is ``skos:broader`` of others holds their words, too.

    Every method raises KeyError for a class that there is not, so that a misspelt one is found on import.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Take the concepts of the scheme, in file order."""
        self._classes: dict[str, Concept] = {}
        self._narrower: dict[str, list[str]] = {}
        for concept in concepts:
            self._classes[concept.local] = concept
            for broader in concept.broader:
                self._narrower.setdefault(broader.rsplit("/", 1)[-1], []).append(concept.local)

    def of(self, *classes: str) -> frozenset[str]:
        """Return the words of some classes together: dictionary forms (lex:lemma) and spellings (lex:form)."""
        return frozenset(word for kind in _SET for word in self._values(kind, classes))

    def stems(self, *classes: str) -> tuple[str, ...]:
        """Return the beginnings of words (lex:stem) of some classes, as ``str.startswith`` takes them."""
        return tuple(stem for concept in self._members(classes) for stem in concept.stems)

    def endings(self, *classes: str) -> tuple[str, ...]:
        """Return the endings of words (lex:ending) of some classes, as ``str.endswith`` takes them."""
        return tuple(self._values(_LEX + "ending", classes))

    def pairs(self, *classes: str) -> Mapping[str, str]:
        """Return what words of some classes stand for (lex:pair), in file order.

        Raises ContentError for a pair without « → ».
        """
        found: dict[str, str] = {}
        for pair in self._values(_LEX + "pair", classes):
            word, arrow, meaning = pair.partition(_ARROW)
            if not (arrow and word and meaning):
                raise ContentError("content-pair", file="wording.ttl", pair=pair)
            found[word] = meaning
        return MappingProxyType(found)

    def pattern(self, *classes: str) -> str:
        """Return the words of some classes, else their stems, as alternatives of a regular expression, longest first.

        It is for text as written, where ё may stand for their е, and any white space between the words of a phrase.
        """
        return alternatives(self.of(*classes) or self.stems(*classes))

    def _values(self, predicate: str, classes: Iterable[str]) -> Iterator[str]:
        for concept in self._members(classes):
            yield from concept.extra.get(predicate, ())

    def _members(self, classes: Iterable[str]) -> Iterator[Concept]:
        """Yield the named classes, each before those under it."""
        for name in classes:
            yield self._classes[name]
            yield from self._members(self._narrower.get(name, ()))


WORDS = Words(read_concepts(content_root() / "ontology" / "wording.ttl"))
"""The classes of ontology/. Read on import, since rules keep their words as constants of their modules."""
