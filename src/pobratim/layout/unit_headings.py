"""Headings of municipalities in full where they are written short or in capitals: «Печорский м.о.», «НЕВЕЛЬСКИЙ Р - Н».

A token keeps its offsets in the raw text; its text and word are those of the full form.
"""

from functools import lru_cache
from itertools import pairwise

from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token, Tokens, token_of, tokenize

_SHORT = {tuple(token.low for token in tokenize(key)): full for key, full in WORDS.pairs("unit-written-short").items()}
_LONGEST = max(map(len, _SHORT))
_BEGINS = frozenset(key[0] for key in _SHORT)
_UNIT_WORDS = WORDS.of("district", "district-of-adjective", "municipal-adjective", "settlement-type", "municipality")
_INITIALS = frozenset({*WORDS.pairs("unit-initials"), *WORDS.of("unit-in-capitals", "settlement-initials")})
_LETTERS = frozenset(tuple(key[::2]) for key in _SHORT if key[1::2] == (".", "."))
_LONG, _LINK = 4, 2
"""Letters of the shortest word in capitals that is no abbreviation, and of the longest within a name («-НА-ДОНУ»)."""


def in_full(tokens: Tokens) -> list[Token]:
    """Return the tokens of a heading, its capitals as in running text and its units in full; the same if all is so."""
    lowered = _lowered(tokens)
    if not any(token.low in _BEGINS for token in lowered[1:]):
        return lowered
    made: list[Token] = []
    index = 0
    while index < len(lowered):
        length = _short_at(lowered, index, made[-1] if made else None)
        made += _written(lowered[index : index + length]) if length else lowered[index : index + 1]
        index += length or 1
    return made


@lru_cache(maxsize=4_096)
def full_text(heading: str) -> str:
    """Return a heading as ``in_full`` has it, a space between any two words."""
    tokens = tokenize(heading)
    read = in_full(tokens)
    if read is tokens:
        return heading
    # A space stands where a stop did: «мун.район».
    gaps = [heading[a.end : b.start] or " " * (a.kind == b.kind == "word") for a, b in pairwise(read)]
    return "".join(token.text + gap for token, gap in zip(read, [*gaps, ""], strict=True))


def _short_at(tokens: list[Token], index: int, before: Token | None) -> int:
    """Return how many tokens from ``index`` on are a unit written short behind its adjective, 0 for none."""
    if before is None or not before.word.adjectival() or tokens[index].low not in _BEGINS:
        return 0
    lows = tuple(token.low for token in tokens[index : index + _LONGEST])
    return next((length for length in range(len(lows), 0, -1) if lows[:length] in _SHORT), 0)


def _written(short: list[Token]) -> list[Token]:
    """Return the words of a unit in full, each on the token that it is short for; marks belong to the word before."""
    words = _SHORT[tuple(token.low for token in short)].split()
    starts = [at for at, token in enumerate(short) if token.kind == "word"][: len(words)]
    ends = [*starts[1:], len(short)]
    spans = zip(words, starts, ends, strict=True)
    return [token_of(short[at].start, short[end - 1].end, text) for text, at, end in spans]


def _lowered(tokens: Tokens) -> list[Token]:
    """Return the tokens of a heading in capitals as in running text: «ГОРОД ПСКОВ» is «город Псков», «ГО» stays."""
    words = [token for token in tokens if token.kind == "word"]
    if not all(token.text.isupper() for token in words):
        return _begun(tokens)
    if not any(len(token.text) > _LINK and token.low not in _INITIALS for token in words):
        return tokens
    return [_plain(token) if token.kind == "word" else token for token in tokens]


def _begun(tokens: Tokens) -> list[Token]:
    """Return the tokens with the letters of a unit that begin a heading small: «Г.О. Обнинск»."""
    first = tokens[:4]
    if [token.text for token in first[1::2]] != [".", "."] or (first[0].low, first[2].low) not in _LETTERS:
        return tokens
    return [token_of(t.start, t.end, t.low) if t.kind == "word" else t for t in first] + tokens[4:]


def _plain(token: Token) -> Token:
    if len(token.text) == 1:
        return token_of(token.start, token.end, token.low)
    if len(token.text) < _LONG or token.low in _INITIALS:
        return token
    if token.word.lemmas & _UNIT_WORDS:
        return token_of(token.start, token.end, token.text.lower())
    parts = (part.lower() if len(part) <= _LINK else part.capitalize() for part in token.text.split("-"))
    return token_of(token.start, token.end, "-".join(parts))
