"""Find labels of concepts in a list of tokens: a trie over words, each edge a lemma or a literal spelling."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice, product
from typing import NamedTuple

from pobratim.lexicon.skos import Concept
from pobratim.text.tokens import Telling, Token, tokenize

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
        for concept in concepts:
            for label in (*concept.inflected, *concept.cues):
                self._add_inflected(label, concept)
            for label in concept.literal:
                self._add([[_literal_key(token)] for token in tokenize(label)], concept, label, literal=True)
        self._begun = Telling(partial(_begun, self._root))

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
        behind = first
        for index, state in self._begun.among(tokens, first, last):
            if index >= behind and (matches := _matches(state, tokens, index)):
                found.extend(matches)
                behind = matches[0].last
        return found

    def may_begin(self, token: Token) -> bool:
        """Tell whether a label begins with a token."""
        return self._begun.of(token) is not None

    def at(self, tokens: Sequence[Token], index: int) -> list[Match]:
        """Return the longest matches that start at ``tokens[index]`` (several only where concepts share a label)."""
        state = self._begun.of(tokens[index])
        return _matches(state, tokens, index) if state is not None else []


class _State:
    """Where some words lead: the labels that end there (each concept once), and where further words lead from it."""

    __slots__ = ("_keys", "_led", "_nodes", "ends")

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self._nodes = nodes
        self._keys = frozenset(key for node in nodes for key in node.next)
        self._led: dict[str, _State] = {}
        unique = {end[0].iri: end for node in reversed(nodes) for end in reversed(node.ends)}
        self.ends = tuple(reversed(unique.values()))

    def led(self, token: Token) -> "_State | None":
        """Return where a word leads, None where no label goes on with it; worked out once a spelling."""
        if not self._keys:
            return None
        state = self._led.get(token.text)
        if state is None and not self._keys.isdisjoint(keys := _keys(token)):
            nodes = [node.next[key] for node in self._nodes for key in keys if key in node.next]
            state = self._led[token.text] = _State(nodes)
        return state


def _begun(root: _Node, token: Token) -> _State | None:
    """Return where a first word leads, None where no label begins with it."""
    nodes = [root.next[key] for key in _keys(token) if key in root.next]
    return _State(nodes) if nodes else None


def _matches(state: _State, tokens: Sequence[Token], index: int) -> list[Match]:
    """Return the longest matches that start at a token which leads to ``state``."""
    last, ends = 0, state.ends[:0]
    position, length = index + 1, len(tokens)
    following: _State | None = state
    while following is not None:
        if following.ends:
            last, ends = position, following.ends
        following = following.led(tokens[position]) if position < length else None
        position += 1
    return [Match(index, last, *end) for end in ends]


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
