"""What kind of event a row tells of, what it is about, and in which mode it was held."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, tokenize

# Words behind which a title no longer names the event, but its occasion.
_BEFORE = {"в", "во", "по", "ко", "к"}
_OCCASION = WORDS.of("occasion")
# Beginnings of compounds whose end names the kind («ретрофестиваль», «этнофорум»).
_FORE = WORDS.stems("compound-beginning")
# In a column of places what stands for the network, and what joins a second way of attending to a venue.
_NETWORK = WORDS.stems("online-venue")
_JOINED = WORDS.of("second-way")
_FOR = WORDS.of("what-for")
_SHARE = WORDS.of("share-of-people")
_REACH = 2
_NEAR = 3
"""Words and marks at most from a number of people to the way they attended."""


class Found(NamedTuple):
    """A concept's local name with the token range it was read from."""

    local: str
    column: str
    first: int
    last: int
    rule: str


def event_kinds(title: CellText, lexicon: Lexicon) -> list[Found]:
    """Return the kinds of event, the main one first; one «other» where no word of the title tells.

    The head noun outside quotation marks decides; labels with a higher lex:weight come before lighter ones, then
    earlier before later. Words after the occasion («посвящённый …», «в рамках …»), and what an event is for («премия за
    книгу»), count only if nothing else does.
    """
    matcher = lexicon.matcher("event-kind")
    tokens = title.tokens
    told_from = occasion(title)
    matches = [m for m in _with_parts(title, matcher.find(tokens), lexicon) if title.quote_of[m.first] is None]
    ahead = [m for m in matches if m.first < told_from and not _what_for(title, m.first)] or matches
    if not ahead:
        ahead = list(matcher.find(tokens))
    ranked = sorted(ahead, key=lambda m: (-m.concept.weight, m.first))
    if not ranked:
        return [Found("other", title.column, 0, min(1, len(tokens)), "no-kind-word")] if tokens else []
    return [Found(m.concept.local, title.column, m.first, m.last, "kind-label") for m in _distinct(ranked)]


def _with_parts(cell: CellText, matches: list[Match], lexicon: Lexicon) -> list[Match]:
    """Add the kinds that the parts of compounds name («конкурс-фестиваль» is both)."""
    matcher = lexicon.matcher("event-kind")
    found = list(matches)
    for index, token in enumerate(cell.tokens):
        if token.kind == "word" and not token.word.known and token.low.startswith(_FORE):
            rest = token.low[len(next(fore for fore in _FORE if token.low.startswith(fore))) :]
            found += [m._replace(first=index, last=index + 1) for m in (matcher.at(tokenize(rest), 0) if rest else ())]
        if "-" in token.text and token.kind == "word":
            for part in token.text.split("-"):
                found += [m._replace(first=index, last=index + 1) for m in matcher.at(tokenize(part), 0)]
    return found


def _what_for(title: CellText, index: int) -> bool:
    """Tell whether the word at ``index`` says what an event is for («премия за книгу», «конкурс на лучший фильм»)."""
    return any(title.low(index - back) in _FOR for back in range(1, min(index, _REACH) + 1))


def _distinct(matches: list[Match]) -> list[Match]:
    seen: set[str] = set()
    kept = []
    for match in matches:
        if match.concept.local not in seen:
            seen.add(match.concept.local)
            kept.append(match)
    return kept


# Weights were chosen on four annotated reports of four regions, so that no one of them loses.
_ENOUGH = 1.5
_TITLE, _PURPOSE, _PARTICIPANT, _ORGANISATION = 2.0, 1.0, 0.5, 1.0
_NAMED_FIELD, _ASIDE = 2.0, 0.5
_PHRASE, _OPENING = 1.5, 1.5
# A sentence with one of these lists the fields of cooperation: what it names is meant, not mentioned.
_FIELDS = WORDS.of("field")


def topics(
    cells: list[tuple[CellText, list[tuple[int, int]]]],
    bodies: list[str],
    lexicon: Lexicon,
    localities: Mapping[str, Set[int]] | None = None,
    aside: Set[str] = frozenset(),
) -> list[Found]:
    """Return the topics that a reader would surely give, the weightiest first.

    ``cells`` are the cells that tell them, the title first, each with the token ranges of organisations' names. A
    word of the title counts twice one of the purpose, and half where it names the occasion or stands in such a name;
    a phrase of several words and the purpose's first sentence count half as much again; in a sentence that lists fields
    of cooperation each named field counts fully. ``bodies`` are the topics that the kinds of the participants give,
    ``localities`` by column the tokens of names of places, which are about nothing («Исламская Республика Иран»). What
    is told of the topics ``aside`` counts half. A topic is kept from a weight of one and a half, or when it is the
    row's only one.
    """
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, Found] = {}
    for cell, leave_out in cells:
        for found, weight in _told(cell, leave_out, lexicon, (localities or {}).get(cell.column, set())):
            weights[found.local] += weight * (_ASIDE if found.local in aside else 1.0)
            places.setdefault(found.local, found)
    for topic in bodies:
        weights[topic] += _ORGANISATION
    ranked = sorted(weights, key=lambda t: (-weights[t], t))
    kept = [t for t in ranked if weights[t] >= _ENOUGH] or ranked[:1]
    title = cells[0][0]
    return [places.get(t, Found(t, title.column, 0, min(1, len(title.tokens)), "organisation-kind")) for t in kept]


def _told(
    cell: CellText, leave_out: list[tuple[int, int]], lexicon: Lexicon, localities: Set[int]
) -> list[tuple[Found, float]]:
    """Return the topics that the words of a cell tell, with their weights."""
    column = {"name": _TITLE, "participants": _PARTICIPANT}.get(cell.column, _PURPOSE)
    named = {i for first, last in leave_out for i in range(first, last)}
    covered = set(localities) | {
        i for m in lexicon.exceptions("topic").find(cell.tokens) for i in range(m.first, m.last)
    }
    fields = (
        {i for a, b in cell.sentences() if _lists_fields(cell, a, b) for i in range(a, b)}
        if column == _PURPOSE
        else set()
    )
    aside_from = occasion(cell) if column == _TITLE else len(cell.tokens)
    opening = next(cell.sentences(), (0, 0))[1] if column == _PURPOSE else 0
    told = []

    def tell(local: str, first: int, last: int, rule: str, share: float) -> None:
        share *= _OPENING if first < opening else 1.0
        weight = _NAMED_FIELD if first in fields and share >= 1.0 and first not in named else column * share
        told.append(
            (
                Found(local, cell.column, first, last, rule),
                weight * (_ASIDE if first > aside_from or first in named else 1.0),
            )
        )

    for match in lexicon.matcher("topic").find(cell.tokens):
        if match.first not in covered:
            tell(
                match.concept.local,
                match.first,
                match.last,
                "topic-label",
                _PHRASE if match.last > match.first + 1 else 1.0,
            )
            covered.update(range(match.first, match.last))
    for kind, share in (("stem", 1.0), ("weak", 0.5)):
        for index, concepts in lexicon.stems("topic", kind).told(cell.tokens):
            if index not in covered:
                for concept in concepts:
                    tell(concept.local, index, index + 1, f"topic-{kind}", share)
    return told


_OF_FIELDS: Telling[bool] = Telling(lambda token: bool(token.word.lemmas & _FIELDS) or None)
_OCCASIONAL: Telling[bool] = Telling(lambda token: bool(token.word.lemmas & _OCCASION) or None)


def _lists_fields(cell: CellText, first: int, last: int) -> bool:
    return bool(_OF_FIELDS.among(cell.tokens, first, last))


def occasion(cell: CellText) -> int:
    """Return where the occasion of a title begins («посвящённый …», «в рамках …»), its length if it has none."""
    found = (i for i, _ in _OCCASIONAL.among(cell.tokens) if i and cell.quote_of[i] is None)
    begin = next(found, len(cell.tokens))
    return begin - 1 if 1 < begin < len(cell.tokens) and cell.low(begin - 1) in _BEFORE else begin


def mode(cells: list[CellText], lexicon: Lexicon) -> Found:
    """Return in-person, online or hybrid: hybrid if said, or if both others are; in-person where nothing is said.

    In the column of places the network is a place as well («сайт библиотеки»), and one way of attending that is joined
    to a venue is only a second one («музей и Zoom», «ГАГУ + ВКС»).
    """
    found = [found for cell in cells for found in _formats(cell, lexicon)]
    by_mode = {item.local: item for item in reversed(found)}
    if "hybrid" in by_mode or {"online", "in-person"} <= by_mode.keys():
        return by_mode.get("hybrid") or by_mode["online"]._replace(local="hybrid")
    return by_mode.get("online") or by_mode.get("in-person") or Found("in-person", "", 0, 0, "no-format-word")


def _formats(cell: CellText, lexicon: Lexicon) -> Iterator[Found]:
    place = cell.column == "place"
    for match in (*lexicon.matcher("format").find(cell.tokens), *_stem_matches(cell, lexicon)):
        joined = place and match.concept.local == "online" and _joined(cell, match.first)
        if cell.quote_of[match.first] is None or place:
            local = "hybrid" if joined else match.concept.local
            yield Found(local, cell.column, match.first, match.last, "format-label")
    for index, token in enumerate(cell.tokens if place else ()):
        if token.low.startswith(_NETWORK) and cell.quote_of[index] is None:
            yield Found("online", cell.column, index, index + 1, "format-place")


def _joined(cell: CellText, index: int) -> bool:
    """Tell whether what stands at ``index`` is joined to a venue before it («музей и по Zoom», «(частично по ВКС)»)."""
    return index > _REACH and any(cell.low(index - back) in _JOINED for back in range(1, _REACH + 1))


def attended(cell: CellText, lexicon: Lexicon) -> Found | None:
    """Return how the participants attended as their own cell tells, None where it does not.

    A number of them, or a part, at a distance makes it hybrid («41 докладчик (12 – дистанционно)», «из них 5 онлайн»);
    a cell with one number in all is of these people («200 школьников (дистанционно)»).
    """
    numbers = [i for i, token in enumerate(cell.tokens) if token.kind == "number"]
    for match in lexicon.matcher("format").find(cell.tokens):
        ahead = [i for i in numbers if i < match.first]
        near = bool(ahead) and match.first - ahead[-1] <= _NEAR
        part = len(ahead) > 1 or any(cell.low(i) in _SHARE for i in range(match.first))
        if match.concept.local == "online" and (near or part) and cell.quote_of[match.first] is None:
            local = "hybrid" if part else "online"
            return Found(local, cell.column, match.first, match.last, "format-participants")
    return None


def told_both_ways(cell: CellText, lexicon: Lexicon) -> Found | None:
    """Return hybrid where one sentence of an account tells both ways of attending («заседание прошло очно, секция –
    в режиме видеоконференции»), None where none does."""
    for first, last in cell.sentences():
        found = {m.concept.local: m for m in lexicon.matcher("format").find(cell.tokens, first, last)}
        if {"online", "in-person"} <= found.keys():
            met = found["online"]
            return Found("hybrid", cell.column, met.first, met.last, "format-both-ways")
    return None


def _stem_matches(cell: CellText, lexicon: Lexicon) -> list[Match]:
    told = lexicon.stems("format").told(cell.tokens)
    return [Match(i, i + 1, concept, cell.tokens[i].low, False) for i, concepts in told for concept in concepts]
