"""Who does not act but is remembered or spoken of: the words before a name, or before a post of the dead."""

from pobratim.extract.cells import CellText
from pobratim.extract.person_ends import name_end
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.names.honour import HONOUR, person_end
from pobratim.text.tokens import Token

_NAMED_AFTER, _MEMORY, _SPOKEN = WORDS.of("named-after"), WORDS.of("memorial"), WORDS.of("spoken-of")
_PRIZE, _BEFORE_PRIZE = WORDS.of("prize"), WORDS.of("prize-before")
_RANKS = WORDS.of("rank", "rank-abbreviation", "honoured-rank")
_JOINING = WORDS.of("between-like")
_ENDS = {".", ";", "!", "?", "…", ":", ",", "(", ")"}
_LONGEST = 14
"""Tokens between a word of memory and the name of whom it is of."""
_ABBREVIATION = 4
"""Letters of the longest rank that a full stop cuts («ак.», «проф.»)."""


def named_after(cell: CellText, first: int, last: int) -> bool:
    """Tell whether something bears the name at ``tokens[first:last]``: «имени …», «ул. …», «на призы …»."""
    begin = _begin_of_row(cell, first)
    for index in range(max(0, begin - _LONGEST), begin):
        if (
            cell.low(index) in HONOUR
            and person_end(cell.tokens, index + 1) >= last
            and not _another(cell, index, begin, last)
        ):
            return True
    before = _behind_ranks(cell, begin)
    if before < 0:
        return False
    prize = bool(cell.tokens[before].word.lemmas & _PRIZE) and cell.low(before - 1) in _BEFORE_PRIZE
    return prize or _one_of(cell.tokens[before], _NAMED_AFTER | HONOUR)


def _another(cell: CellText, honour: int, first: int, last: int) -> bool:
    """Tell whether a name is not the one that «имени» begins but a further, whole one: «имени Пушкина Анна Ли»."""
    between = [t for t in cell.tokens[honour + 1 : first] if t.word.title and not _rank(t)]
    return bool(between) and sum(token.word.title for token in cell.tokens[first:last]) > 1


def spoken_of(cell: CellText, first: int, last: int) -> bool:
    """Tell whether the bearer of the name at ``tokens[first:last]`` is remembered, or the subject of a talk."""
    if any(_agent(token) for token in cell.tokens[first:last]):
        return False
    return in_memory(cell, first, talks=True) or _title_of_a_talk(cell, first, last)


def in_memory(cell: CellText, first: int, *, talks: bool = False) -> bool:
    """Tell whether a word of memory rules the post or name that begins at ``tokens[first]``.

    «Памяти первого министра …», «к памятнику Скорине»; with ``talks`` also «наследие …», unless a trade is told
    between: who makes things that are shown is no classic by that.
    """
    posts, posted = lexicon().matcher("post"), False
    index = _begin_of_row(cell, first) - 1
    for at in range(index, max(-1, index - _LONGEST), -1):
        token = cell.tokens[at]
        if _one_of(token, _MEMORY) or (talks and not posted and _one_of(token, _SPOKEN)):
            return not _agent(cell.tokens[first])
        if token.text in _ENDS or verbal(token) or _agent(token):
            return False
        posted |= token.word.has("NOUN", "anim") and not _rank(token) and bool(posts.at(cell.tokens, at))
    return False


def _agent(token: Token) -> bool:
    """Tell whether a word says who does something («цветы возложены мэром»)."""
    word = token.word
    plain = token.kind == "word" and word.has("anim", "ablt")
    return plain and not (word.has("anim", "gent") or word.has("anim", "datv") or word.has("anim", "nomn"))


def _title_of_a_talk(cell: CellText, first: int, last: int) -> bool:
    """«Скорина и его наследие»."""
    quote = cell.quote_of[first]
    opens = quote is not None and cell.first_in(quote) == first
    inside = range(last, len(cell.tokens)) if opens else range(0)
    return any(cell.tokens[i].word.lemmas & _SPOKEN for i in inside if cell.quote_of[i] is quote)


def _begin_of_row(cell: CellText, first: int) -> int:
    """Return where names that «и» or a comma joins begin («Юрия Гагарина и Германа Титова»)."""
    begin = first
    while begin > 1 and cell.low(begin - 1) in _JOINING:
        start = begin - 2
        while start > 0 and part_of_name(cell.tokens, start - 1):
            start -= 1
        if not (part_of_name(cell.tokens, start) and name_end(cell, start) == begin - 1):
            break
        begin = start
    return begin


def part_of_name(tokens: list[Token], index: int) -> bool:
    """Tell whether a token may be part of a name: a capitalised word, or the full stop of an initial."""
    token = tokens[index]
    return token.word.title or (token.text == "." and index > 0 and len(tokens[index - 1].text) == 1)


def verbal(token: Token) -> bool:
    """Tell whether a word is a verb: what stands before it is another part of the sentence."""
    return token.kind == "word" and token.word.has("VERB") and not token.word.has("NOUN")


def _behind_ranks(cell: CellText, index: int) -> int:
    """Return the index of what stands before a name and the ranks and dots before it, -1 if nothing does."""
    index -= 1
    while index >= 0 and (cell.low(index) == "." or _rank(cell.tokens[index]) or _cut(cell, index)):
        index -= 1
    return index


def _cut(cell: CellText, index: int) -> bool:
    """Tell whether a rank is abbreviated here («ак.»), but no word that itself tells whom something is called after."""
    token = cell.tokens[index]
    short = token.kind == "word" and not token.word.title and len(token.text) <= _ABBREVIATION
    return short and cell.low(index + 1) == "." and token.low not in _NAMED_AFTER | HONOUR


def _rank(token: Token) -> bool:
    return _one_of(token, _RANKS)


def _one_of(token: Token, words: frozenset[str]) -> bool:
    return bool(token.word.lemmas & words) or token.low in words
