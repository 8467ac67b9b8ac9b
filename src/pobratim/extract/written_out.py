"""Words written short are read in full: «адм-ция», «дир-р», «Нац. библиотека», «каф. физики», «шк. № 5».

A token keeps its offsets in the raw text; its text and word are those of the full form.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pobratim.lexicon.words import WORDS
from pobratim.text.quotes import is_quotation_mark
from pobratim.text.tokens import Token, token_of
from pobratim.text.words import Word, fold, forms, inflect, word

_CONTRACTED = sorted(WORDS.of("written-with-hyphen"), key=lambda lemma: (len(lemma), lemma))
"""Shorter words first: «о-в» is an island, and no society."""
_ADJECTIVES, _NOUNS = WORDS.pairs("adjective-written-short"), WORDS.pairs("noun-written-short")
_BEFORE_NAMES = WORDS.pairs("state-written-short")
_POSTS, _DEPUTY = WORDS.pairs("post-written-short"), WORDS.of("deputy-abbreviation")
_COMPLEMENTS, _WITH = WORDS.pairs("complement-written-short"), WORDS.of("preposition-with")
_BODIES = WORDS.pairs("body-written-short")
_STOPPED = frozenset({*_ADJECTIVES, *_NOUNS, *_BEFORE_NAMES, *_POSTS, *_COMPLEMENTS, *_BODIES})
_CASES, _GENDERS = ("nomn", "gent", "datv", "accs", "ablt", "loct"), ("masc", "femn", "neut")
_TITLES = WORDS.of("title")
"""«Д-р» and «г-н» stay as they are: before a name they are no body's or post's word."""
_IN_CHARGE = WORDS.of("in-charge-abbreviation")
_AREAS = WORDS.of("district", "settlement-type", "local-unit")
_HALVES = WORDS.pairs("first-half-of-compound")
_HYPHENS = frozenset("-‑–")
_BEHIND_BODIES = WORDS.of("settlement-abbreviation", "honour")
_FAR = 6
"""So many tokens behind an abbreviated adjective its noun may stand."""


def written_out(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a cell, those written short in full: a stop behind one becomes a part of its token."""
    if not any(token.low in _STOPPED or "-" in token.low or token.text == "/" for token in tokens):
        return tokens
    return list(_written_out(tokens))


def _written_out(tokens: list[Token]) -> Iterator[Token]:
    before, index = None, 0
    while index < len(tokens):
        if (compound := _compound(tokens, index)) is not None:
            made, index = compound
            yield made
            before = made.word
            continue
        token = tokens[index]
        stopped = token.low in _STOPPED and index + 2 < len(tokens) and tokens[index + 1].text == "."
        full = _full(tokens, index, before) if stopped else hyphened(token.text) if "-" in token.low else ""
        if full:
            token = token_of(token.start, tokens[index + 1].end if stopped else token.end, full)
            index += stopped
        yield token
        before, index = token.word, index + 1


def _full(tokens: list[Token], index: int, before: Word | None) -> str:
    """Return the full form of a word with a stop behind it, "" where it may be something else."""
    low, behind = tokens[index].low, tokens[index + 2]
    if low in _BODIES and _is_body(tokens, index):
        return _cased("gent" if _governs(before) else "nomn", _BODIES[low], tokens[index])
    if behind.kind != "word" or (len(behind.text) < 2 and not _initial(tokens, index + 2)):
        return ""
    if low in _BEFORE_NAMES and behind.word.title:
        return _cased(_case_of(behind.word, before), _BEFORE_NAMES[low], tokens[index])
    if low in _NOUNS and behind.word.has("gent") and behind.word.lemmas & _AREAS:
        return _cased("gent" if _governs(before) else "nomn", _NOUNS[low], tokens[index])
    if low in _ADJECTIVES and (noun := _noun_of(tokens, index + 2)) is not None:
        return _agreeing(_ADJECTIVES[low], noun, tokens[index])
    if low in _POSTS and (behind.word.title or behind.word.has("gent") or behind.low in _STOPPED):
        deputy = index > 1 and tokens[index - 2].low in _DEPUTY
        led = index > 0 and tokens[index - 1].low in _WITH
        return _cased("gent" if deputy else "ablt" if led else "nomn", _POSTS[low], tokens[index])
    if low in _COMPLEMENTS:
        return _cased("gent", _COMPLEMENTS[low], tokens[index]) if _governs(before) else ""
    governed = low in _NOUNS and not behind.word.title and behind.word.has("gent")
    case = "ablt" if index > 1 and tokens[index - 2].low in _IN_CHARGE else "gent" if _governs(before) else "nomn"
    return _cased(case, _NOUNS[low], tokens[index]) if governed else ""


def _is_body(tokens: list[Token], index: int) -> bool:
    """Tell whether a number, a quotation or a dedication stands behind a body's noun («шк. № 5», «предпр. «Заря»»).

    What is a word by itself («гимн.») is short only before a number.
    """
    behind = tokens[index + 2].low
    if behind == "№":
        return True
    return not tokens[index].word.known and (is_quotation_mark(behind) or behind in _BEHIND_BODIES)


def _compound(tokens: list[Token], index: int) -> tuple[Token, int] | None:
    """Return an adjective of two that are short, or one before a slash, in full, and the index behind it; else None.

    «Худ.-краевед. музей», «Торг.-промышленная палата», «дет/сад».
    """
    first = tokens[index]
    if first.low not in _ADJECTIVES:
        return None
    at = index + 1
    if _low(tokens, at) == "/" and _glued(tokens, index, 2):
        noun = _noun_of(tokens, at + 1)
        return _whole(tokens, index, at + 1, _agreeing(_ADJECTIVES[first.low], noun, first)) if noun else None
    if _low(tokens, at) == "." and _low(tokens, at + 1) in _HYPHENS and _glued(tokens, index, 3):
        second = tokens[at + 2]
        short = second.low in _ADJECTIVES and _low(tokens, at + 3) == "."
        end = at + 4 if short else at + 3
        if not short and not second.word.adjectival():
            return None
        noun = _noun_of(tokens, end)
        if noun is None:
            return None
        behind = _agreeing(_ADJECTIVES[second.low], noun, second) if short else second.text
        return _whole(tokens, index, end, f"{_like(first, _linking(_ADJECTIVES[first.low]))}-{behind}")
    return None


def _whole(tokens: list[Token], first: int, end: int, text: str) -> tuple[Token, int]:
    return token_of(tokens[first].start, tokens[end - 1].end, text), end


def _glued(tokens: list[Token], index: int, count: int) -> bool:
    """Tell whether the next ``count`` tokens stand without white space behind each other."""
    part = tokens[index : index + count + 1]
    return len(part) == count + 1 and all(one.end == other.start for one, other in pairwise(part))


def _low(tokens: list[Token], index: int) -> str:
    return tokens[index].low if index < len(tokens) else ""


def _linking(adjective: str) -> str:
    """Return an adjective as the first half of a compound («исторический»: историко, «торговый»: торгово)."""
    end = max(filter(adjective.endswith, _HALVES), key=len, default="")
    return adjective.removesuffix(end) + _HALVES.get(end, "")


def _initial(tokens: list[Token], index: int) -> bool:
    """Tell whether a person's initial stands at ``index`` («дир. Т. Мирзаев»)."""
    dotted = index + 1 < len(tokens) and tokens[index + 1].text == "."
    return dotted and len(tokens[index].text) == 1 and tokens[index].word.title


def _noun_of(tokens: list[Token], index: int) -> Word | None:
    """Return the noun in lower case at ``index``, behind adjectives perhaps, short ones among them; else None.

    It may be a post that is short itself («ст. науч. сотр.»).
    """
    for at in range(index, min(index + _FAR, len(tokens))):
        token = tokens[at]
        short = at + 1 < len(tokens) and tokens[at + 1].text == "."
        if short and token.low in _POSTS and token.low not in _ADJECTIVES:
            return word(_POSTS[token.low])
        if (token.text == "." and tokens[at - 1].low in _ADJECTIVES) or (
            token.text in _HYPHENS and _glued(tokens, at - 1, 2)
        ):
            continue
        if token.kind != "word" or token.word.title:
            return None
        if full := hyphened(token.text) if "-" in token.low else _BODIES.get(token.low, "") if short else "":
            return word(full)
        if token.word.has("NOUN") and not token.word.adjectival():
            return token.word
        if not token.word.adjectival() and token.low not in _ADJECTIVES:
            return None
    return None


def _agreeing(adjective: str, noun: Word, short: Token) -> str:
    """Return an adjective in case, number and gender of a noun, as its likeliest reading has them."""
    marks = next((r.grammemes for r in noun.readings if r.pos == "NOUN"), frozenset[str]())
    case = next((c for c in _CASES if c in marks), "nomn")
    told = ["plur"] if "plur" in marks else ["sing", next((g for g in _GENDERS if g in marks), "masc")]
    return _like(short, inflect(adjective, "ADJF", case, *told))


def _cased(case: str, noun: str, short: Token) -> str:
    return _like(short, inflect(noun, "NOUN", case, "sing"))


def _case_of(name: Word, before: Word | None) -> str:
    """Return the case of what stands before a country's or region's name: the name's own where it has one only."""
    if _governs(before):
        return "gent"
    return next((case for case in _CASES if name.has("NOUN", case)), "nomn")


def _governs(before: Word | None) -> bool:
    """Tell whether a noun stands before, which is taken to rule a genitive («поддержка мин. культуры»)."""
    if before is None or before.has("PREP") or before.has("CONJ") or any(map(before.has, ("Name", "Surn", "Patr"))):
        return False
    return before.has("NOUN")


def _like(short: Token, full: str) -> str:
    return full[:1].upper() + full[1:] if short.word.title else full


@lru_cache(maxsize=10_000)
def hyphened(text: str) -> str:
    """Return the full form of a word whose middle a hyphen stands for («адм-ции»: администрации), "" if it is none."""
    begin, *more = fold(text).split("-")
    if (
        len(more) != 1
        or len(more[0]) > len(begin) + _FAR
        or not begin
        or text.lower() in _TITLES
        or (word(text).known and not word(text).has("Abbr"))
    ):
        return ""
    end = more[0]
    for lemma in _CONTRACTED:
        if lemma.startswith(begin) and len(begin) + len(end) < len(lemma):
            full = next((form for form in forms(lemma) if form.endswith(end) and form.startswith(begin)), "")
            if full:
                return full[:1].upper() + full[1:] if text[:1].isupper() else full
    return ""
