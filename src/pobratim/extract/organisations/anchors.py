"""Where an organisation's name may begin: a legal form, a kind with its adjectives, a quotation that names a kind."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pobratim.extract.cells import CellText
from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.matcher import Match, Matcher
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.names.initials import is_acronym
from pobratim.names.stretches import is_spelt_like_unlisted
from pobratim.text.agreement import agree
from pobratim.text.quotes import is_quotation_mark
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import TOPONYMIC

_MOST_ADJECTIVES = 5
_TWO = 2
_BRACKET, _ORDINAL = 3, 3
"""Tokens of «(Арктический)» and of «10-я»."""
_HYPHENS = {"-", "‑"}
_ENDINGS = WORDS.of("ordinal-ending")
_AND = WORDS.of("between-like")
_FOR = WORDS.of("preposition-for")
_LONGEST_POST = 3
# Initials before a quotation that are of events, media and countries.
_NO_BODIES = WORDS.of("no-body")
# What a university's name is cut to behind the adjective of its seat («Кубанский ГАУ», «Казанский ГМУ»).
_SEATED = re.compile(r"(?:НИ)?[ГФ][А-Я]{0,3}У")
POSSESSIVE = re.compile(r"(?P<name>ов|ев|ин)(?P<ending>а|у|ым|ом)?$")
"""The end of a possessive adjective of a man's name («Трифонов», «Трифоновым»)."""
# Adjectives that count or point and so never begin a proper name.
_POINTING = WORDS.of("determiner")


# Participles that are nouns for people: «учащиеся школы» are no kind of school.
_PERSONS = WORDS.stems("participle-noun")


@lru_cache(maxsize=4)
def _endings(lexicon: Lexicon) -> tuple[tuple[str, Concept], ...]:
    """Return (ending, kind) of the kinds whose names in initials end alike («…ГУ»)."""
    kinds = lexicon.concepts("organisation-kind")
    return tuple((end, kind) for kind in kinds for end in kind.extra.get(LEX + "ending", []))


@dataclass(frozen=True, slots=True)
class Headed:
    """A kind's label at ``[label:last]`` with agreeing adjectives from ``first``; ``head`` is its noun."""

    first: int
    label: int
    last: int
    head: int
    kind: Concept
    literal: bool
    plural: bool


class Anchors:
    """Looks for the beginnings of organisation names."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the schemes organisation-kind, legal-form and post of the lexicon."""
        self.kinds: Matcher = lexicon.matcher("organisation-kind")
        self.forms: Matcher = lexicon.matcher("legal-form")
        self._posts: Matcher = lexicon.matcher("post")
        self._endings = _endings(lexicon)
        self._lexicon = lexicon
        self.begins: Telling[str] = Telling(self._may_begin)
        """The words and marks with which a name may begin, by their kind: only marks that open a quotation do."""

    def _may_begin(self, token: Token) -> str | None:
        """Return the token's kind where a name may begin with it: in lower case only a form, a kind or an adjective."""
        if token.kind == "mark":
            return token.kind if is_quotation_mark(token.text) else None
        special = token.kind == "number" or token.word.title or _modifier(token) or is_spelt_like_unlisted(token)
        return token.kind if special or self.forms.may_begin(token) or self.kinds.may_begin(token) else None

    def posted(self, cell: CellText, index: int, *, office: bool = True) -> bool:
        """Tell whether a post that one person holds ends at ``index`` («директор ЕМИИ»).

        Without ``office`` any post will do («профессор университета»).
        """
        return any(
            match.last == index and (flag(match.concept, "acting") or not office)
            for start in range(max(0, index - _LONGEST_POST), index)
            for match in self._posts.at(cell.tokens, start)
        )

    def post_begins(self, cell: CellText, index: int) -> bool:
        """Tell whether the name of an office begins at ``index``."""
        return bool(self._posts.at(cell.tokens, index))

    def led(self, cell: CellText, first: int, label_last: int) -> bool:
        """Tell whether a post stands at once before a body whose kind's label lies there, or ends with the label.

        «Директор гимназии», «председатель думы», which is a post by itself.
        """
        return self.posted(cell, first, office=False) or self.posted(cell, label_last, office=False)

    def founder(self, kind: Concept | None) -> bool:
        """Tell whether a body of the kind founds others and ends their names («ФГБУ «…» Минздрава России»)."""
        if kind is None:
            return False
        wanted = {"true", "proper"} if flag(kind, "proper") else {"true"}
        return any(wanted.intersection(c.extra.get(LEX + "founder", ())) for c in self._lexicon.broader(kind))

    def legal_form(self, cell: CellText, index: int) -> Match | None:
        """Return a legal form that begins at ``index``."""
        matches = self.forms.at(cell.tokens, index)
        return matches[0] if matches else None

    def acronym(self, cell: CellText, index: int) -> Concept | None:
        """Return the kind that the ending of a name in initials tells («СмолГУ»), where no quotation follows."""
        token = cell.tokens[index]
        if not is_acronym(token) or cell.quote_at(index + 1) is not None:
            return None
        return next((kind for ending, kind in self._endings if token.text.endswith(ending)), None)

    def seated(self, cell: CellText, index: int) -> Concept | None:
        """Return the university of «Кубанский ГАУ»: a place's adjective with initials that a legal form has too."""
        tokens = cell.tokens
        if index + 1 >= len(tokens) or tokens[index + 1].text[-1:] != "У" or not toponymic(tokens[index]):
            return None
        if not _SEATED.fullmatch(tokens[index + 1].text):
            return None
        if cell.quote_at(index + 2) is not None:
            return None
        return next((kind for ending, kind in self._endings if ending == "ГУ"), None)

    def initialled(self, cell: CellText, index: int) -> bool:
        """Tell whether initials stand before a quotation and so are a kind that no list has («КУД «Градимир»»)."""
        token = cell.tokens[index]
        short = token.kind == "word" and token.word.upper and 1 < len(token.text) < 6 and not token.word.roman
        return short and cell.quote_at(index + 1) is not None and token.text not in _NO_BODIES

    def headed(self, cell: CellText, index: int, stop: int | None = None) -> Headed | None:
        """Return a kind whose adjectives or label begin at ``index``, before ``stop``."""
        tokens = cell.tokens
        end = len(tokens) if stop is None else stop
        label = index
        while label < end and label - index <= _MOST_ADJECTIVES:
            match = self._kind_at(cell, label, end)
            if match is not None:
                return self._with_head(cell, index, self._longer(cell, match, end))
            if label == index and _founded(tokens, label) and POSSESSIVE.search(tokens[label].low):
                behind = self.headed(cell, index + 1, stop)
                own = behind is not None and behind.first == index + 1 and "religious" in categories(behind.kind)
                return replace(behind, first=index) if behind is not None and own else None
            if label > index and tokens[label].text == "(" and _bracketed(tokens, label):
                label += _BRACKET
                continue
            if label > index and self._joined_adjectives(cell, label, end):
                label += 1
                continue
            if not _modifier(tokens[label]) or cell.quote_of[label] is not cell.quote_of[index]:
                return None
            label += 1
        return None

    def ordinal(self, cell: CellText, index: int) -> Headed | None:
        """Return the kind behind an ordinal in figures that begins a name («10-я городская больница»)."""
        tokens = cell.tokens[index : index + _ORDINAL]
        if len(tokens) < _ORDINAL or tokens[0].kind != "number" or tokens[1].text not in _HYPHENS:
            return None
        glued = tokens[0].end == tokens[1].start and tokens[1].end == tokens[2].start
        if not glued or tokens[2].low not in _ENDINGS or index + _ORDINAL >= len(cell.tokens):
            return None
        headed = self.headed(cell, index + _ORDINAL)
        named = headed is not None and headed.first == index + _ORDINAL and flag(headed.kind, "perTown")
        return headed if named and headed is not None and not headed.plural else None

    def coordinated(self, cell: CellText, index: int) -> tuple[Headed, list[int]] | None:
        """Return the kind that several adjectives of places at ``index`` share, and where each of these stands.

        «Псковский и Витебский музеи» are two: the noun is in the plural, the adjectives are not.
        """
        found = [index] if toponymic(cell.tokens[index]) else []
        while found and cell.low(found[-1] + 1) in _AND and found[-1] + 2 < len(cell.tokens):
            if not toponymic(cell.tokens[found[-1] + 2]):
                break
            found.append(found[-1] + 2)
        if len(found) < 2:
            return None
        single = all(cell.tokens[i].word.has("ADJF", "sing") for i in found)
        headed = self.headed(cell, found[-1] + 1) if single and found[-1] + 1 < len(cell.tokens) else None
        shared = headed is not None and headed.first == found[-1] + 1 and cell.tokens[headed.head].word.has("plur")
        return (headed, found) if headed is not None and shared else None

    def _joined_adjectives(self, cell: CellText, index: int, end: int) -> bool:
        """Tell whether «и» at ``index`` joins adjectives of one body («Корейский морской и океанский университет»).

        The last ones are in lower case, and the noun is in the singular.
        """
        tokens = cell.tokens
        if tokens[index].low not in _AND or tokens[index - 1].word.has("ADJF") is False:
            return False
        at = index + 1
        match: Match | None = None
        while at < end and at - index <= _TWO and _modifier(tokens[at]) and not tokens[at].word.title and match is None:
            match, at = self._kind_at(cell, at, end), at + 1
        if match is None and index + 1 < at < end:
            match = self._kind_at(cell, at, end)
        nouns = (tokens[i].word for i in range(*(match.first, match.last) if match is not None else (0, 0)))
        head = next((word for word in nouns if word.has("NOUN") and not word.adjectival()), None)
        if head is None or not head.has("NOUN", "sing"):
            return False
        # Where there is a head, something stands behind the «и».
        return all(agree(one, head) and one.has("sing") for one in (tokens[index - 1].word, tokens[index + 1].word))

    def _kind_at(self, cell: CellText, index: int, end: int) -> Match | None:
        matches = [m for m in self.kinds.at(cell.tokens, index) if m.last <= end]
        return matches[0] if matches and cell.quote_of[matches[0].last - 1] is cell.quote_of[index] else None

    def _longer(self, cell: CellText, match: Match, end: int) -> Match:
        """Return the kind whose label begins with the noun of ``match`` and reaches farther: «академический театр», but
        «академический театр оперы и балета»; its adjectives count as those of any other kind."""
        for index in range(match.first + 1, match.last):
            other = self._kind_at(cell, index, end)
            if other is not None and other.last > match.last and not _modifier(cell.tokens[index]):
                whom = any(cell.low(i) in _FOR for i in range(match.last, other.last))
                return match if whom else other  # «библиотека для детей» may go on: «… и юношества»
        return match

    def _with_head(self, cell: CellText, first: int, match: Match) -> Headed | None:
        tokens = cell.tokens
        head = next(
            (i for i in range(match.first, match.last) if tokens[i].word.has("NOUN") and not _modifier(tokens[i])),
            match.first,
        )
        if match.literal and head == match.first == match.last - 1 and len(tokens[head].text) < 2:
            return None
        while first < match.first and not _agrees(tokens[first], tokens[head]):
            first += 1
        while (
            first < match.first
            and tokens[first].word.lemmas & _POINTING
            and not (tokens[first].word.title and (first + 1 < match.first or inside_sentence(cell, first)))
        ):
            first += 1
        plural = _plural(tokens[head]) or any(map(_only_plural, tokens[max(first, head - 1) : head]))
        return Headed(first, match.first, match.last, head, match.concept, match.literal, plural)


@lru_cache(maxsize=4)
def anchors_of(lexicon: Lexicon) -> Anchors:
    """Return the anchors of a lexicon, made once: they keep what they have learnt of words."""
    return Anchors(lexicon)


def inside_sentence(cell: CellText, index: int) -> bool:
    """Tell whether a word is not the first of its sentence, line or quotation, so that a capital is its own."""
    if index == 0 or cell.quote_of[index] is not cell.quote_of[index - 1]:
        return False
    before = cell.tokens[index - 1]
    between = cell.raw[before.end : cell.tokens[index].start]
    return (before.kind == "word" or before.text == ",") and "\n" not in between


def _bracketed(tokens: list[Token], index: int) -> bool:
    """Tell whether an adjective stands in the bracket that opens at ``index`` («Северный (Арктический) …»)."""
    inner = tokens[index + 1 : index + _BRACKET]
    return len(inner) == 2 and _modifier(inner[0]) and inner[1].text == ")" and index + _BRACKET < len(tokens)


def _modifier(token: Token) -> bool:
    word = token.word
    return (
        token.kind == "word" and word.adjectival() and not word.low.startswith(_PERSONS) and "глава" not in word.lemmas
    )


def _founded(tokens: list[Token], index: int) -> bool:
    """Tell whether a founder's or patron's possessive stands before an adjective («Трифонов Печенгский монастырь»)."""
    if not tokens[index].word.title or index + 1 >= len(tokens) or not tokens[index + 1].word.title:
        return False
    return not _modifier(tokens[index]) and _modifier(tokens[index + 1])


def _agrees(adjective: Token, noun: Token) -> bool:
    """Tell whether an adjective may belong to the noun (always so for abbreviations)."""
    return noun.word.upper or not noun.word.has("NOUN") or agree(adjective.word, noun.word)


def _only_plural(token: Token) -> bool:
    """Tell whether an adjective can be of several things only («ограночные фабрики»)."""
    word = token.word
    return word.known and not word.title and word.has("ADJF", "plur") and not word.has("ADJF", "sing")


def _plural(token: Token) -> bool:
    nouns = [reading for reading in token.word.readings if reading.pos == "NOUN"]
    return bool(nouns) and all("plur" in reading.grammemes for reading in nouns) and not token.word.upper


def flag(concept: Concept | None, name: str) -> bool:
    """Tell whether a kind carries the marker ``lex:name "true"``."""
    return concept is not None and "true" in concept.extra.get(LEX + name, [])


def categories(concept: Concept | None) -> set[str]:
    """Return the kind's lex:category values."""
    return set(concept.extra.get(LEX + "category", [])) if concept is not None else set()


# Adjectives in -ский that are of no town, though some town's name would give them.
_NO_TOWN = WORDS.of("landless")


def toponymic(token: Token) -> bool:
    """Tell whether a capitalised adjective may be that of a town, region or country («Витебский»)."""
    word = token.word
    return (
        word.title
        and word.adjectival()
        and any(lemma.endswith(TOPONYMIC) and lemma not in _NO_TOWN for lemma in word.lemmas)
    )
