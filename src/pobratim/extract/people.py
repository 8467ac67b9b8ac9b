"""Persons who act in an event: by post and name, or by post alone."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.office_end import office_end
from pobratim.extract.office_owner import body_before, group_place, whose
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_led import is_deputy, led_by, predecessor
from pobratim.extract.person_names import (
    honoured,
    name_before,
    name_begins,
    name_end,
    names_at,
    names_before,
    nominative_name,
)
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match, Matcher
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import Word, inflect

_ACTING = WORDS.of("acting")
_DEPUTY = WORDS.of("deputy-abbreviation")
_PREFIXES = {"и", *_DEPUTY, *_ACTING}
"""Words with which ``acting_prefix`` may find something."""
_WITH_PLACE = 3
_ITEM_ENDS = {",", ";", "(", ")", "–", "—", "-"}
PLACE_STEM = 5
"""So many letters tell a place in any case."""
_DASHES = {"–", "—", "-"}
_TOLD_IN = {"purpose", "result"}
_MET = WORDS.of("met")


class Held(NamedTuple):
    """An office: the post's concept, the places that its name holds, in the nominative, and their countries.

    ``posts`` are the tokens of each post, ``before`` those of what or whom they are of, where these stand before them.
    """

    post: str
    places: frozenset[str]
    countries: frozenset[str]
    posts: tuple[tuple[int, int], ...] = ()
    before: tuple[int, int] = (0, 0)


_NO_OFFICE = Held("", frozenset(), frozenset())


class PersonMention(NamedTuple):
    """A person: nominative ``name`` ("" if only the post is given), ``post``, the index of the organisation or -1."""

    name: str
    post: str
    organisation: int
    first: int
    last: int
    rule: str
    held: Held


class _Extent(NamedTuple):
    """How far a post reaches: its end, its organisation (-1: none), a second office behind a dash that stands at
    ``joint`` (None: no such), and the names behind it."""

    end: int
    organisation: int
    second: Match | None
    joint: int
    named: list[tuple[int, int]]


def find_people(
    cell: CellText,
    mentions: list[Mention],
    geos: list[Geo],
    lexicon: Lexicon,
    *,
    acting: bool,
    places: frozenset[str] = frozenset(),
) -> list[PersonMention]:
    """Return the persons of a cell. Posts without a name count only where ``acting`` (titles of meetings), and among
    participants where they are their own subject («Мэр г. Казани», not «сотрудники аппарата мэра»). ``places`` are the
    beginnings of words that the row uses for places: between a post and a name they are the post's.
    """
    people: list[PersonMention] = []
    placed = {index: geo.last for geo in geos for index in range(geo.first, geo.last)}
    posts = lexicon.matcher("post")
    index = 0
    while index < len(cell.tokens):
        begins = posts.may_begin(cell.tokens[index]) or cell.low(index) in _PREFIXES
        match = _office_at(cell, index, posts) if begins else None
        if match is None:
            leader = led_by(cell, index, mentions)
            if leader is not None:
                people.append(
                    PersonMention(
                        leader.name,
                        leader.post,
                        leader.organisation,
                        index,
                        leader.last,
                        "leader-of-a-group",
                        _NO_OFFICE,
                    )
                )
            index = leader.last if leader is not None else index + 1
            continue
        extent = _extent(cell, match, mentions, placed, posts, places)
        named = extent.named or _named_before(cell, match, people)
        holders = [(one.last, one.held.posts[0]) for one in people if one.held.posts]
        before = whose(cell, match.first, extent.organisation, mentions, holders)
        held = _held(match, extent, geos)._replace(before=before)
        if named:
            whom = predecessor(cell, match, extent.end, people[-1].post if people else "")
            if not whom and extent.organisation < 0 and not held.places:
                whom = cell.flat(*group_place(cell, match.first, placed))
            people.extend(_holders(cell, match, extent, named, mentions, held, whom))
        elif ALONE.verdict(_Alone(cell, match, extent.end, acting, bool(people))):
            post = _posts(cell, match, extent)
            people.append(PersonMention("", post, extent.organisation, match.first, extent.end, "post", held))
        index = max([extent.end, match.last, *(last for _, last in named)])
    return [_deputy(cell, before, one, geos) for before, one in pairwise([None, *people]) if one is not None]


def _deputy(cell: CellText, before: PersonMention | None, one: PersonMention, geos: list[Geo]) -> PersonMention:
    """Return a person whose post names no place with the place of the one named at once before, whose deputy he is.

    «Староста Кентшинского повята А. Б., заместитель старосты В. Г.»: of the same unit.
    """
    if before is None or one.organisation >= 0 or one.held.places or not is_deputy(one.post, before.post):
        return one
    if cell.low(before.last) != "," or before.last + 1 != one.first:
        return one
    first, end = before.held.posts[0] if before.held.posts else (0, 0)
    spans = [(g.first, g.last) for g in geos if first <= g.first < end and cell.quote_of[g.first] is None]
    if len(spans) != 1 or not before.held.places:
        return one
    return one._replace(post=f"{one.post} {cell.flat(*spans[0])}")


def _office_at(cell: CellText, index: int, posts: Matcher) -> Match | None:
    """Return the office that begins at ``index``, with «и.о.» before it; not in a quotation, nor behind «имени»."""
    if cell.quote_of[index] is not None:
        return None
    match = next(iter(posts.at(cell.tokens, acting_prefix(cell, index))), None)
    return None if match is None or honoured(cell, index) else match._replace(first=index)


def _named_before(cell: CellText, match: Match, people: list[PersonMention]) -> list[tuple[int, int]]:
    """Return the names before an office («Анна Линд – член …»), behind the person told before; two of several."""
    last = people[-1].last if people else 0
    if last >= match.first:
        return []
    several = names_before(cell, match.first, last) if _may_be_plural(cell, match) else []
    return several if len(several) > 1 else [] if _plural(cell, match) else name_before(cell, match.first, last)


def _held(match: Match, extent: _Extent, geos: list[Geo]) -> Held:
    """Return the office with the places that its words hold."""
    inside = [geo for geo in geos if match.first <= geo.first < extent.end]
    second = extent.second
    posts = ((match.first, extent.joint), (second.first, extent.end)) if second else ((match.first, extent.end),)
    return Held(
        match.concept.local, frozenset(geo.name for geo in inside), frozenset(geo.country for geo in inside), posts
    )


def _holders(
    cell: CellText,
    match: Match,
    extent: _Extent,
    named: list[tuple[int, int]],
    mentions: list[Mention],
    held: Held,
    whom: str,
) -> Iterator[PersonMention]:
    """Yield those whose names stand with an office; the body before it is theirs where it tells none, and ``whom`` is
    the post that «его заместитель» means."""
    organisation, post = extent.organisation, " ".join([_posts(cell, match, extent), *([whom] if whom else [])])
    before = body_before(cell, match.first, mentions) if organisation < 0 else -1
    if before >= 0:
        organisation = before
        post = _with_body(post, cell.flat(mentions[before].first, mentions[before].last))
    for first, last in named:
        name = nominative_name(cell.tokens[first:last], _case(cell, match.first))
        span = (min(first, match.first), max(last, extent.end))
        yield PersonMention(name, post, organisation, *span, "post-and-name", held)


class _Alone(NamedTuple):
    """An office without a name; ``acting`` tells of a meeting's title, ``others`` that people were told before it."""

    cell: CellText
    match: Match
    end: int
    acting: bool
    others: bool


def _no_office(one: _Alone) -> bool:
    """«Участник», «модератор»."""
    return not flag(one.match.concept, "acting")


def _of_several(one: _Alone) -> bool:
    """«Активисты»."""
    return _plural(one.cell, one.match)


def _in_a_bracket_behind_a_person(one: _Alone) -> bool:
    """«Иванов И.И. (директор)»."""
    return one.others and one.cell.low(one.match.first - 1) == "("


def _of_nothing(one: _Alone) -> bool:
    """«Директор»: nobody can tell of what; in running text a longer title is enough («генеральный консул»)."""
    long = one.cell.column in _TOLD_IN and one.match.last > one.match.first + 1
    return one.end <= one.match.last and not long


def _who_meets(one: _Alone) -> bool:
    """«Встреча мэра Витебска с …»."""
    return one.acting


def _who_takes_part(one: _Alone) -> bool:
    """«Мэр г. Казани», not «сотрудники аппарата мэра»."""
    first = one.match.first
    return one.cell.column == "participants" and _subject(one.cell, first, acting_prefix(one.cell, first))


def _who_acts(one: _Alone) -> bool:
    """«Выступил директор школы»."""
    return one.cell.column in _TOLD_IN and _agent(one.cell, one.match.first)


ALONE: DecisionTable[[_Alone], bool] = DecisionTable(
    Rule(_no_office, False),
    Rule(_of_several, False),
    Rule(_in_a_bracket_behind_a_person, False),
    Rule(_of_nothing, False),
    Rule(_who_meets, True),
    Rule(_who_takes_part, True),
    Rule(_who_acts, True),
    otherwise=False,
    reason="only-mentioned",
)
"""Whether an office without a name is one who takes part."""


def _extent(
    cell: CellText,
    match: Match,
    mentions: list[Mention],
    placed: dict[int, int],
    posts: Matcher,
    places: frozenset[str],
) -> _Extent:
    """Return the extent of a post; a place between it and a name belongs to the post."""
    end, organisation = office_end(cell, match.last, mentions, placed)
    named = names_at(cell, end, placed)
    joint = end
    second = None if named else _second(cell, end, posts)
    if second is not None:
        end, other = office_end(cell, second.last, mentions, placed)
        organisation = organisation if organisation >= 0 else other
        named = names_at(cell, end, placed)
    if len(named) == 1 and _territory(cell, *named[0], places):
        end = named[0][0] + 1
        named = names_at(cell, end, placed)
    return _Extent(end, organisation, second, joint, named)


def find_contacts(cell: CellText, known: list[PersonMention]) -> list[PersonMention]:
    """Return the persons whom a column of those responsible names without a post, each an item of its own."""
    taken = {i for person in known for i in range(person.first, person.last)}
    found = []
    for index in range(len(cell.tokens)):
        opened = index == 0 or cell.tokens[index - 1].text in _ITEM_ENDS
        if index in taken or not opened or not name_begins(cell, index):
            continue
        last = name_end(cell, index)
        if last >= len(cell.tokens) or cell.tokens[last].text in _ITEM_ENDS:
            name = nominative_name(cell.tokens[index:last], "nomn")
            found.append(PersonMention(name, "", -1, index, last, "name-of-responsible", _NO_OFFICE))
    return found


def _territory(cell: CellText, first: int, last: int, places: frozenset[str]) -> bool:
    """Tell whether the first of three words behind a post is a place of the row («мэр Рамсара Хоссейн Аболхасани»)."""
    words = cell.tokens[first:last]
    return len(words) == _WITH_PLACE and all(t.kind == "word" for t in words) and words[0].low[:PLACE_STEM] in places


def _second(cell: CellText, end: int, posts: Matcher) -> Match | None:
    """Return the second office that a dash joins to one that ends at ``end`` («губернатор столицы – мэр города»)."""
    if end + 1 >= len(cell.tokens) or cell.tokens[end].text not in _DASHES:
        return None
    return next(iter(posts.at(cell.tokens, end + 1)), None)


def _posts(cell: CellText, match: Match, extent: _Extent) -> str:
    """Return a post in the nominative, two that a dash joins likewise."""
    second, joint = extent.second, extent.joint
    if second is None:
        return _post(cell, match.first, match.last, extent.end)
    if joint == match.last and not flag(match.concept, "acting"):
        # «Модератор – директор библиотеки»: the part in the event is no office.
        return _post(cell, second.first, second.last, extent.end)
    first = _post(cell, match.first, match.last, joint)
    return f"{first} {cell.tokens[joint].text} {_post(cell, second.first, second.last, extent.end)}"


def _with_body(post: str, body: str) -> str:
    """Return a post with the body that stands before it, whose first word the post may end with."""
    said = post.rsplit(" ", 1)[-1] == body.split(" ", 1)[0]
    return f"{post} {body.split(' ', 1)[-1] if said else body}"


def _agent(cell: CellText, index: int) -> bool:
    """Tell whether one who holds an office acts in a sentence: its subject, its agent or the one who was met.

    «Выступил директор …», «мэром … подписан», «встреча с секретарём …».
    """
    words = [token.word for token in cell.tokens[index : index + 2] if token.kind == "word"]
    if words and words[0].has("nomn", "sing"):
        return cell.sentence_has(index, _acting)
    if not any(word.has("ablt", "sing") for word in words):
        return False
    return cell.sentence_has(index, _meeting if cell.low(index - 1) in {"с", "со"} else _done)


def _acting(word: Word) -> bool:
    return word.has("VERB") and not word.has("NOUN")


def _meeting(word: Word) -> bool:
    return bool(word.lemmas & _MET)


def _done(word: Word) -> bool:
    return word.has("PRTS")


def _case(cell: CellText, index: int) -> str:
    """Return the case of a post where its form leaves no doubt: "nomn", "ablt", "gent", else ""."""
    words = [t.word for t in cell.tokens[index : index + 2] if t.kind == "word"]
    if words and words[0].has("nomn", "sing") and _unknown_post(cell.tokens[index]) == cell.tokens[index].text:
        return "nomn"
    if words and _unknown_post(cell.tokens[index]) != cell.tokens[index].text:
        return "ablt"
    if words and words[0].has("NOUN", "gent", "sing") and not words[0].has("ablt"):
        return "gent"
    return "ablt" if any(w.has("ablt", "sing") and not w.has("nomn") for w in words) else ""


def acting_prefix(cell: CellText, index: int) -> int:
    """Return the index behind «и.о.», «врио», «зам.» at ``index``, which belong to the post behind; else it."""
    first = cell.low(index)
    if first == "и":
        return index + 4 if [cell.low(i) for i in range(index + 1, index + 4)] == [".", "о", "."] else index
    if first in _DEPUTY and cell.low(index + 1) == ".":
        return index + 2
    return index + 1 if first in _ACTING and index + 1 < len(cell.tokens) else index


def _plural(cell: CellText, post: Match) -> bool:
    """Tell whether a post is of several people: its noun may only be plural («активисты»)."""
    nouns = [t.word for t in cell.tokens[post.first : post.last] if t.kind == "word" and t.word.has("NOUN")]
    return bool(nouns) and not nouns[0].has("NOUN", "sing")


def _may_be_plural(cell: CellText, post: Match) -> bool:
    """Tell whether a post behind a dash may be of several («– директора»): no nominative singular then."""
    nouns = [t.word for t in cell.tokens[post.first : post.last] if t.kind == "word" and t.word.has("NOUN")]
    return bool(nouns) and nouns[0].has("nomn", "plur") and not nouns[0].has("nomn", "sing")


def _subject(cell: CellText, index: int, begin: int) -> bool:
    """Tell whether a post is one person's and rules its phrase: nominative, acting («и.о.»), or «во главе с …»."""
    if begin > index:
        return True
    words = [token.word for token in cell.tokens[index : index + 2]]
    headed = cell.low(index - 1) in {"с", "со"} and any(word.has("ablt", "sing") for word in words)
    return headed or (words[0].has("nomn", "sing") and not (words[0].has("ADJF") and words[0].has("plur", "nomn")))


def _unknown_post(token: Token) -> str:
    """Return an office that no dictionary has without the ablative ending («кметом»: «кмет»)."""
    ending = next(
        (e for e in ("ом", "ем") if token.low.endswith(e) and not token.word.known and "-" not in token.low), ""
    )
    return token.text[: len(token.text) - len(ending)]


def _post(cell: CellText, first: int, label_last: int, last: int) -> str:
    """Return the post in the nominative: its first noun and the adjectives before it, the rest as it stands.

    Behind «и.о.» the genitive is left, and an abbreviated deputy is written out.
    """
    begin = acting_prefix(cell, first)
    if begin > first:
        deputy = cell.low(first) in _DEPUTY
        return f"заместитель {cell.flat(begin, last)}" if deputy else cell.flat(first, last)
    tokens = cell.tokens[first:label_last]
    # Agreement tells «главного врача» from «главой города», whose first word may be read as an adjective too.
    noun = next((n for n, t in enumerate(tokens) if n + 1 == len(tokens) or not agree(t.word, tokens[n + 1].word)), 0)
    if not tokens[noun].word.has("NOUN"):
        return cell.flat(first, last)
    gender = next((g for r in tokens[noun].word.readings for g in ("femn", "masc") if g in r.grammemes), "masc")
    words = [inflect(token.text, "ADJF", "nomn", "sing", gender) or token.text for token in tokens[:noun]]
    bare = _unknown_post(tokens[noun])
    known = inflect(tokens[noun].text, "NOUN", "nomn", "sing") if bare == tokens[noun].text else ""
    words.append(known or bare)
    rest = cell.flat(first + noun + 1, last)
    return " ".join([*words, rest] if rest else words)
