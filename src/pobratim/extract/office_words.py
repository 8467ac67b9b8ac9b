"""The words of a post: what stands before it, whether it is of several, its case, how it is in the nominative."""

from pobratim.extract.cells import CellText
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token, tokenize
from pobratim.text.words import inflect

_ACTING = WORDS.of("acting")
_DEPUTY = WORDS.of("deputy-abbreviation")
AND = WORDS.of("between-like") - {","}
"""Words that join like ones, a comma left out."""
_RANKS = WORDS.pairs("post-adjective-abbreviation")
_STAY = WORDS.endings("post-without-cases")
_SHORT = WORDS.pairs("post-abbreviation")
_ONE_WORD = WORDS.pairs("post-in-one-word")
PREFIXES = {"и", *_DEPUTY, *_ACTING, *_RANKS}
"""Words with which ``acting_prefix`` may find something."""


_UNITS = WORDS.of("unit-abbreviation")


def case_of(cell: CellText, index: int) -> str:
    """Return the case of a post where its form leaves no doubt: "nomn", "ablt", "gent", "datv", else ""."""
    if cell.low(index) in _SHORT and cell.low(index + 1) == ".":
        return ""
    words = [t.word for t in cell.tokens[index : index + 2] if t.kind == "word"]
    if words and words[0].has("NOUN", "nomn", "plur") and not words[0].has("sing"):
        return "nomn"
    if words and words[0].has("nomn", "sing") and _unknown_post(cell.tokens[index]) == cell.tokens[index].text:
        return "nomn"
    if words and _unknown_post(cell.tokens[index]) != cell.tokens[index].text:
        return "ablt"
    if words and words[0].has("NOUN", "gent", "sing") and not words[0].has("ablt"):
        return "gent"
    if len(words) > 1 and words[0].has("ADJF", "gent", "sing") and not words[0].has("nomn") and agree(*words):
        return "" if words[0].has("ablt") else "gent"
    if any(w.has("ablt", "sing") and not w.has("nomn") for w in words):
        return "ablt"
    if not words or words[0].has("nomn"):
        return ""
    ruled = words[0]
    several = next((case for case in ("ablt", "gent") if ruled.has("NOUN", case, "plur", "anim")), "")
    one = ruled.has("NOUN", "datv", "sing", "masc", "anim") and not ruled.has("loct")
    return several or ("datv" if one else "")


def acting_prefix(cell: CellText, index: int) -> int:
    """Return the index behind «и.о.», «врио», «зам.», «гл.» at ``index``, which belong to the post behind; else it.

    At the end of a cell they belong to nothing: «Катя Ромашкина, 4 кл.» has no post behind it.
    """
    end = _behind_prefix(cell, index)
    return end if end < len(cell.tokens) else index


def _behind_prefix(cell: CellText, index: int) -> int:
    first = cell.low(index)
    if first in _RANKS:
        return index + 2 if cell.low(index + 1) == "." else index
    if first == "и":
        return index + 4 if [cell.low(i) for i in range(index + 1, index + 4)] == [".", "о", "."] else index
    if first in _DEPUTY and cell.low(index + 1) == ".":
        return index + 2
    return index + 1 if first in _ACTING else index


def plural(cell: CellText, post: Match) -> bool:
    """Tell whether a post is of several people: its noun may only be plural («активисты»)."""
    nouns = [t.word for t in cell.tokens[post.first : post.last] if t.kind == "word" and t.word.has("NOUN")]
    return bool(nouns) and not nouns[0].has("NOUN", "sing")


def may_be_plural(cell: CellText, post: Match) -> bool:
    """Tell whether a post behind a dash may be of several («– директора»): no nominative singular then."""
    nouns = [t.word for t in cell.tokens[post.first : post.last] if t.kind == "word" and t.word.has("NOUN")]
    return bool(nouns) and nouns[0].has("nomn", "plur") and not nouns[0].has("nomn", "sing")


def _unknown_post(token: Token) -> str:
    """Return an office that no dictionary has without the ablative ending («кметом»: «кмет»)."""
    ending = next(
        (e for e in ("ом", "ем") if token.low.endswith(e) and not token.word.known and "-" not in token.low), ""
    )
    return token.text[: len(token.text) - len(ending)]


def post_text(cell: CellText, first: int, label_last: int, last: int) -> str:
    """Return the post in the nominative: its first noun and the adjectives before it, the rest as it stands.

    Behind «и.о.» the genitive is left, and an abbreviated deputy is written out.
    """
    begin = acting_prefix(cell, first)
    if begin > first and cell.low(first) in _RANKS:
        return _ranked(cell, first, post_text(cell, begin, label_last, last))
    if begin > first:
        deputy = cell.low(first) in _DEPUTY
        rest = post_rest(cell, begin, last)
        return f"заместитель {rest}" if deputy else f"{cell.flat(first, begin)} {rest}"
    tokens = cell.tokens[first:label_last]
    meaning = _ONE_WORD.get(tokens[0].low, "") or _SHORT.get(tokens[0].low, "")
    if meaning:
        behind = first + 1 + (cell.low(first + 1) == ".")
        if behind < last and cell.low(behind) in _UNITS:
            return cell.flat(first, last)  # «отд.» may be «отдел» or «отделение»
        return f"{meaning} {post_rest(cell, behind, last)}".strip()
    if any(token.text == "." for token in tokens):
        return cell.flat(first, last)
    noun = _noun_of(tokens)
    if not tokens[noun].word.has("NOUN"):
        return _in_charge(cell, first + noun, last) if noun == 0 else cell.flat(first, last)
    if all(token.word.has("nomn", "sing") or token.low in AND for token in tokens[: noun + 1]):
        return cell.flat(first, last)
    gender = next((g for r in tokens[noun].word.readings for g in ("femn", "masc") if g in r.grammemes), "masc")
    words = [
        token.text if token.low in AND else inflect(token.text, "ADJF", "nomn", "sing", gender) or token.text
        for token in tokens[:noun]
    ]
    bare = _unknown_post(tokens[noun])
    stays = not tokens[noun].word.known and tokens[noun].low.endswith(_STAY)
    known = inflect(tokens[noun].text, "NOUN", "nomn", "sing") if bare == tokens[noun].text and not stays else ""
    words.append(known or bare)
    rest = cell.flat(first + noun + 1, last)
    return " ".join([*words, rest] if rest else words)


def post_rest(cell: CellText, first: int, last: int) -> str:
    """Return what a post rules, with abbreviated words in the genitive («зам. нач. отдела»: «начальника отдела»)."""
    words = []
    while cell.low(first + 1) == "." and (
        meaning := _SHORT.get(cell.low(first), "") or _RANKS.get(cell.low(first), "")
    ):
        told = tokenize(meaning)[0].word.readings[0].pos
        words.append(inflect(meaning, told, "gent", "sing") or meaning)
        first += 2
    rest = cell.flat(first, last)
    return " ".join([*words, rest] if rest else words)


def _noun_of(tokens: list[Token]) -> int:
    """Return which word of a post's label is its noun: the first that is no adjective of the word behind it.

    Agreement tells «главного врача» from «главой города», whose first word may be read as an adjective too.
    """
    for n, token in enumerate(tokens[:-1]):
        behind = tokens[n + 2] if tokens[n + 1].low in AND and n + 2 < len(tokens) else tokens[n + 1]
        if token.low not in AND and not agree(token.word, behind.word):
            return n
    return len(tokens) - 1


def _in_charge(cell: CellText, first: int, last: int) -> str:
    """Return a post in the nominative whose noun is a participle («заведующим лабораторией»)."""
    word, gender = cell.tokens[first].word, "femn" if cell.tokens[first].word.has("PRTF", "femn") else "masc"
    form = inflect(word.text, "PRTF", "nomn", "sing", gender) if word.has("PRTF", "sing") else ""
    return f"{form or word.text} {cell.flat(first + 1, last)}".strip()


def _ranked(cell: CellText, first: int, post: str) -> str:
    """Return a post with the adjective before it written out («гл. инженер»: «главный инженер»)."""
    adjective = _RANKS[cell.low(first)]
    noun = next((t.word for t in tokenize(post) if t.word.has("NOUN", "nomn")), None)
    form = inflect(adjective, "ADJF", "nomn", "sing", "femn") if noun and noun.has("NOUN", "femn") else adjective
    return f"{form.capitalize() if cell.tokens[first].word.title else form} {post}"
