"""Find labels of concepts in a list of tokens: a trie over words, each edge a lemma or a literal spelling."""

from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import NamedTuple

from pobratim.lexicon.skos import Concept
from pobratim.text.tokens import Token, tokenize

_LEAF = "\0leaf"
_MOST_READINGS = 16


class Match(NamedTuple):
    """A label found at ``tokens[first:last]``; ``literal`` tells an exact spelling from an inflected one."""

    first: int
    last: int
    concept: Concept
    label: str
    literal: bool


class _Node:
    """A trie node: where each word key leads, and the labels that end here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: list[tuple[Concept, str, bool]] = []


class Matcher:
    """The labels of some concepts, ready to be found.

    Inflected labels match word by word on lemmas, so any case and number of the label is found. Literal labels
    match the folded spelling; a label in capitals (СШ, МИД) matches capitals only.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Take the labels (``inflected``, ``cues``: by lemma; ``literal``: as spelt) of ``concepts``."""
        self._root = _Node()
        self._starts: dict[str, bool] = {}
        for concept in concepts:
            for label in (*concept.inflected, *concept.cues):
                self._add_inflected(label, concept)
            for label in concept.literal:
                self._add([[_literal_key(token)] for token in tokenize(label)], concept, label, literal=True)

    def _add_inflected(self, label: str, concept: Concept) -> None:
        keys = [sorted(_label_lemmas(token)) for token in tokenize(label)]
        self._add(keys, concept, label, literal=False)

    def _add(self, keys: list[list[str]], concept: Concept, label: str, *, literal: bool) -> None:
        for path in islice(product(*keys), _MOST_READINGS):
            node = self._root
            for key in path:
                node = node.next.setdefault(key, _Node())
            if path and all(end[0] is not concept for end in node.ends):
                node.ends.append((concept, label, literal))

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Match]:
        """Return the longest matches that start in ``tokens[first:last]``, left to right, not overlapping.

        Several concepts that end at the same token are all returned.
        """
        found: list[Match] = []
        index, stop = first, len(tokens) if last is None else last
        starts = self._starts
        while index < stop:
            if starts.get(tokens[index].text) is False:
                index += 1
                continue
            matches = self.at(tokens, index)
            found.extend(matches)
            index = matches[0].last if matches else index + 1
        return found

    def may_begin(self, token: Token) -> bool:
        """Tell whether a label begins with a token."""
        starts = self._starts.get(token.text)
        if starts is None:  # remembered, for most words of a text begin no label
            starts = self._starts[token.text] = any(key in self._root.next for key in _keys(token))
        return starts

    def at(self, tokens: Sequence[Token], index: int) -> list[Match]:
        """Return the longest matches that start at ``tokens[index]`` (several only where concepts share a label)."""
        starts = self._starts.get(tokens[index].text)
        if starts is None:
            starts = self.may_begin(tokens[index])
        if not starts:
            return []
        last, ends = 0, list[tuple[Concept, str, bool]]()
        frontier = [self._root]
        for position in range(index, len(tokens)):
            keys = _keys(tokens[position])
            # Written out: this is the innermost loop of all reading.
            following = []
            for node in frontier:
                branches = node.next
                for key in keys:
                    if key in branches:
                        following.append(branches[key])
            if not following:
                break
            frontier = following
            found = [end for node in frontier for end in node.ends]
            if found:
                last, ends = position + 1, found
        if not ends:
            return []
        unique = {concept.iri: (concept, label, literal) for concept, label, literal in reversed(ends)}
        return [Match(index, last, *end) for end in reversed(unique.values())]


def _literal_key(token: Token) -> str:
    if token.kind != "word":
        return "=" + token.text
    return "^" + token.word.text if token.word.upper else "=" + token.word.low


def _label_lemmas(token: Token) -> set[str]:
    """Return the lemmas under which a label's word is known: those of its readings, commonest kind first."""
    if token.kind != "word":
        return {token.text}
    return {reading.lemma for reading in token.word.readings} or {token.word.low}


_KEYS: dict[str, tuple[str, ...]] = {}


def _keys(token: Token) -> tuple[str, ...]:
    if token.kind != "word":
        return (token.text, "=" + token.text)
    keys = _KEYS.get(token.text)
    if keys is None:
        word = token.word
        upper = ("^" + word.text,) if word.upper else ()
        keys = _KEYS[token.text] = (*sorted(word.lemmas), "=" + word.low, *upper)
    return keys
