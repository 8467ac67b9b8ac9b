"""Find labels of concepts in a list of tokens: a trie over words, each edge a lemma or a literal spelling."""

from collections.abc import Iterable, Sequence
from itertools import islice, product
from operator import itemgetter
from typing import NamedTuple

from pobratim.lexicon.skos import Concept
from pobratim.text.tokens import Token, tokenize

_MOST_READINGS = 16
_text = itemgetter(Token._fields.index("text"))


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
        self._begun = _Begun(self._root)
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
        # One pass without a step of ours a token: most texts hold the beginning of no label.
        begins = list(map(self._begun.__getitem__, map(_text, tokens[first:last])))
        if not any(begins):
            return found
        behind = first
        for index, nodes in enumerate(begins, first):
            if nodes and index >= behind and (matches := self._from(nodes, tokens, index)):
                found.extend(matches)
                behind = matches[0].last
        return found

    def may_begin(self, token: Token) -> bool:
        """Tell whether a label begins with a token."""
        return bool(self._begun[token.text])

    def at(self, tokens: Sequence[Token], index: int) -> list[Match]:
        """Return the longest matches that start at ``tokens[index]`` (several only where concepts share a label)."""
        nodes = self._begun[tokens[index].text]
        return self._from(nodes, tokens, index) if nodes else []

    def _from(self, nodes: Sequence[_Node], tokens: Sequence[Token], index: int) -> list[Match]:
        """Return the longest matches that start at a token from which the root leads to ``nodes``."""
        last, ends = 0, list[tuple[Concept, str, bool]]()
        frontier, position, length = nodes, index + 1, len(tokens)
        while True:
            found = [end for node in frontier for end in node.ends]
            if found:
                last, ends = position, found
            if position == length:
                break
            # Written out: this is the innermost loop of all reading.
            following, keys = list[_Node](), None
            for node in frontier:
                branches = node.next
                if branches:
                    keys = keys or _keys(tokens[position])
                    for key in keys:
                        if key in branches:
                            following.append(branches[key])
            if not following:
                break
            frontier, position = following, position + 1
        if not ends:
            return []
        unique = {concept.iri: (concept, label, literal) for concept, label, literal in reversed(ends)}
        return [Match(index, last, *end) for end in reversed(unique.values())]


class _Begun(dict[str, tuple[_Node, ...]]):
    """The nodes to which a word leads from the root, by its text; worked out once, for most begin no label."""

    def __init__(self, root: _Node) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, text: str) -> tuple[_Node, ...]:
        token = tokenize(text)[0]
        branches = self._root.next
        self[text] = nodes = tuple(branches[key] for key in _keys(token) if key in branches)
        return nodes


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
