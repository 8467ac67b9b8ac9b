"""Who leads a group by name alone («делегация во главе с Иваном Петровым»), and whose deputy «его заместитель» is."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.office_owner import LED_BY
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ends import name_end
from pobratim.extract.person_forms import nominative_name
from pobratim.extract.person_names import name_begins, unknown_name
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import tokenize
from pobratim.text.words import inflect

LED_BEGINNINGS = {phrase[0] for phrase in LED_BY}
"""The first words of phrases that say who leads a group."""
_GROUPS = WORDS.of("led-group")
_POSSESSIVE = WORDS.of("possessive")
_DEPUTY = WORDS.of("deputy-word")
_WITH = WORDS.of("together-with")
_RANKED = 2
"""«Первый заместитель» has so many words."""
_FARTHEST = 12
"""So many words back may stand what group is led."""


class Leader(NamedTuple):
    """A person in the nominative with the post that the phrase tells, the index of the organisation that is led (-1: a
    group), and where the name ends."""

    name: str
    post: str
    organisation: int
    last: int


def led_by(cell: CellText, index: int, mentions: list[Mention]) -> Leader | None:
    """Return who leads what stands before ``index``, where a phrase for that begins and a name follows at once."""
    if cell.low(index) not in LED_BEGINNINGS:
        return None
    phrase = next((p for p in LED_BY if tuple(cell.low(index + i) for i in range(len(p))) == p), None)
    if phrase is None:
        return None
    first = index + len(phrase)
    if not name_begins(cell, first) and not unknown_name(cell, first, {}):
        return None
    last = name_end(cell, first)
    organisation = next((n for n, m in enumerate(mentions) if m.last == index), -1)
    group = "" if organisation >= 0 else _group(cell, index)
    name = nominative_name(cell.tokens[first:last], "ablt" if phrase[-1] in _WITH else "gent")
    return Leader(name, f"{LED_BY[phrase]} {group}".strip(), organisation, last)


def _group(cell: CellText, index: int) -> str:
    """Return the word for a group that stands nearest before a token, in the genitive; "" if none does."""
    first = max((cell.sentence_at(index) or (0, 0))[0], index - _FARTHEST)
    for token in reversed(cell.tokens[first:index]):
        if token.kind == "word" and token.word.lemmas & _GROUPS:
            return inflect(token.text.lower(), "NOUN", "gent", "sing")
    return ""


def is_deputy(post: str, of: str) -> bool:
    """Tell whether a post in the nominative may be the deputy's of who holds ``of`` («первый заместитель старосты»)."""
    words = [token.word for token in tokenize(post)]
    ranked = any(word.has("nomn") and word.lemmas & _DEPUTY for word in words[:_RANKED])
    heads = (token.word for token in tokenize(of) if token.word.has("NOUN", "nomn"))
    head = next(heads, None)
    return ranked and head is not None and any(word.has("gent") and word.lemmas & head.lemmas for word in words)


def predecessor(cell: CellText, match: Match, end: int, post: str) -> str:
    """Return ``post`` in the genitive where the deputy at ``match`` is its holder's («его заместитель»), else ""."""
    bare = end == match.last and bool(cell.tokens[match.last - 1].word.lemmas & _DEPUTY)
    if not bare or not post or cell.low(match.first - 1) not in _POSSESSIVE:
        return ""
    words = tokenize(post)
    noun = next(
        (i for i, token in enumerate(words) if token.word.has("NOUN", "nomn") and not token.word.adjectival()), -1
    )
    if noun < 0:
        return ""
    forms = [inflect(t.text, "ADJF", "gent", "sing", "masc") or t.text for t in words[:noun]]
    head = inflect(words[noun].text, "NOUN", "gent", "sing") or words[noun].text
    begun = " ".join([*forms, f"{head[:1].lower()}{head[1:]}"])
    return f"{begun}{post[words[noun].end :]}"
