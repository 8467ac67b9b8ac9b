"""What kind of event a row tells of, what it is about, and in which mode it was held."""

from collections import Counter
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match

# Words behind which a title no longer names the event, but its occasion.
_OCCASION = {"посвятить", "посвященный", "приуроченный", "приурочить", "рамка", "память", "честь", "повод", "случай", "празднование"}
_ATTENDING = {"участие", "организация", "проведение"}


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
    earlier before later. Words after the occasion («посвящённый …», «в рамках …») count only if nothing else does.
    """
    matcher = lexicon.matcher("event-kind")
    tokens = title.tokens
    occasion = next((i for i, t in enumerate(tokens) if i and t.word.lemmas & _OCCASION and title.quote_of[i] is None), len(tokens))
    matches = [m for m in _with_parts(title, matcher.find(tokens), lexicon) if title.quote_of[m.first] is None]
    ahead = [m for m in matches if m.first < occasion] or matches
    if not ahead:
        ahead = list(matcher.find(tokens))
    ranked = sorted(ahead, key=lambda m: (-m.concept.weight, m.first))
    if not ranked:
        return [Found("other", title.column, 0, min(1, len(tokens)), "no-kind-word")] if tokens else []
    return [Found(m.concept.local, title.column, m.first, m.last, "kind-label") for m in _distinct(ranked)]


def _with_parts(cell: CellText, matches: list[Match], lexicon: Lexicon) -> list[Match]:
    """Add the kinds of the parts of compounds («конкурс-фестиваль») that are no label themselves."""
    matcher = lexicon.matcher("event-kind")
    covered = {i for m in matches for i in range(m.first, m.last)}
    from pobratim.text.tokens import tokenize

    for index, token in enumerate(cell.tokens):
        if index not in covered and "-" in token.text and token.kind == "word":
            for part in token.text.split("-"):
                for match in matcher.at(tokenize(part), 0):
                    matches.append(match._replace(first=index, last=index + 1))
    return matches


def _distinct(matches: list[Match]) -> list[Match]:
    seen: set[str] = set()
    kept = []
    for match in matches:
        if match.concept.local not in seen:
            seen.add(match.concept.local)
            kept.append(match)
    return kept


_ENOUGH = 2.0
_TITLE, _TITLE_QUOTED, _PURPOSE, _PARTICIPANT, _ORGANISATION = 2.0, 2.0, 1.0, 0.5, 1.0


def topics(title: CellText, purpose: CellText | None, participants: CellText | None, orgs: list[str], lexicon: Lexicon) -> list[Found]:
    """Return the topics that a reader would surely give, the weightiest first.

    Words of the title count twice those of the purpose; ``orgs`` are topic names that the participants' kinds give
    (lex:topic). A topic is kept from a weight of two, or when it is the row's only one.
    """
    weights: Counter[str] = Counter()
    places: dict[str, Found] = {}
    for cell, weight in ((title, _TITLE), (purpose, _PURPOSE), (participants, _PARTICIPANT)):
        if cell is not None:
            for found, share in _told(cell, lexicon):
                weights[found.local] += weight * share
                places.setdefault(found.local, found)
    for topic in orgs:
        weights[topic] += _ORGANISATION
    ranked = sorted(weights, key=lambda t: (-weights[t], t))
    kept = [t for t in ranked if weights[t] >= _ENOUGH] or ranked[:1]
    return [places.get(t, Found(t, title.column, 0, min(1, len(title.tokens)), "organisation-kind")) for t in kept]


def _told(cell: CellText, lexicon: Lexicon) -> list[tuple[Found, float]]:
    """Return each topic once a word that tells it: a label or stem fully, a weak stem by half."""
    told = []
    covered: set[int] = set()
    for match in lexicon.matcher("topic").find(cell.tokens):
        told.append((Found(match.concept.local, cell.column, match.first, match.last, "topic-label"), 1.0))
        covered.update(range(match.first, match.last))
    for kind, share in (("stem", 1.0), ("weak", 0.5)):
        stems = lexicon.stems("topic", kind)
        for index, token in enumerate(cell.tokens):
            if index not in covered and token.kind == "word":
                for concept in stems.of(token.low):
                    told.append((Found(concept.local, cell.column, index, index + 1, f"topic-{kind}"), share))
    return told


def mode(cells: list[CellText], lexicon: Lexicon) -> Found:
    """Return in-person, online or hybrid: hybrid if said, or if both others are; in-person where nothing is said."""
    found = [
        Found(m.concept.local, cell.column, m.first, m.last, "format-label")
        for cell in cells
        for m in (*lexicon.matcher("format").find(cell.tokens), *_stem_matches(cell, lexicon))
        if cell.quote_of[m.first] is None
    ]
    by_mode = {item.local: item for item in reversed(found)}
    if "hybrid" in by_mode or {"online", "in-person"} <= by_mode.keys():
        return by_mode.get("hybrid") or by_mode["online"]._replace(local="hybrid")
    return by_mode.get("online") or by_mode.get("in-person") or Found("in-person", "", 0, 0, "no-format-word")


def _stem_matches(cell: CellText, lexicon: Lexicon) -> list[Match]:
    stems = lexicon.stems("format")
    return [
        Match(i, i + 1, concept, token.low, False)
        for i, token in enumerate(cell.tokens)
        if token.kind == "word"
        for concept in stems.of(token.low)
    ]
