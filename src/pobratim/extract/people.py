"""Persons who act in an event: by post and name, or by post alone."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pobratim.extract.calling import CALLING, calling, described_from, kin_of, may_call
from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.office_alone import ALONE, Alone
from pobratim.extract.office_end import office_end
from pobratim.extract.office_owner import LED_BY, POSSESSIVE, body_before, group_place, in_genitive, whose
from pobratim.extract.office_words import PREFIXES, acting_prefix, case_of, may_be_plural, plural, post_text
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import town_and_name
from pobratim.extract.person_before import name_before, names_before
from pobratim.extract.person_ends import name_end
from pobratim.extract.person_forms import nominative_name
from pobratim.extract.person_led import LED_BEGINNINGS, is_deputy, led_by, predecessor
from pobratim.extract.person_listed import listed
from pobratim.extract.person_mention import NO_OFFICE, Held, PersonMention, of_two_posts
from pobratim.extract.person_names import DEGREES, PEOPLES, TITLES, behind_degree, honoured, name_begins, names_at
from pobratim.extract.person_single import behind_verb, monastic_name, name_behind_verb, single_name
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match, Matcher
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import Reading, Word

_WITH_PLACE = 3
_ITEM_ENDS = {",", ";", "(", ")", "–", "—", "-"}
PLACE_STEM = 5
"""So many letters tell a place in any case."""
_DASHES = {"–", "—", "-"}
_WITH = WORDS.of("preposition-with")
_GROUPS = WORDS.of("group-that-comes")
_AREAS = WORDS.of("settlement-type", "local-unit", "district", "region-type", "state-word")


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
    following = 0
    for index, sort in _beginnings(posts).among(cell.tokens):
        if index < following:
            continue
        match = _post_at(cell, index, posts, placed, lexicon)
        if match is None:
            if sort == "leader":
                people.extend(_leaders(cell, index, mentions))
            following = max(index + 1, people[-1].last if people else 0)
            continue
        if _within(mentions, match) and not cell.tokens[match.first].word.has("sing"):
            following = match.last
            continue
        match = match._replace(first=described_from(cell, match.first, people[-1].last if people else 0))
        if not flag(match.concept, "acting"):
            match = match._replace(first=kin_of(cell, match.first))
        extent = _extent(cell, match, mentions, placed, posts, places)
        ahead = [name for name in _named_before(cell, match, people) if not _borne(mentions, *name)]
        extent, named = _with_names(cell, extent, ahead)
        holders = [(one.last, one.held.posts[0]) for one in people if one.held.posts]
        before = whose(cell, match.first, extent.organisation, mentions, holders)
        held = _held(match, extent, geos)._replace(before=before)
        if named:
            whom = predecessor(cell, match, extent.end, people[-1].post if people else "")
            whom = whom or _whose(cell, match, extent, held, placed)
            people.extend(_holders(cell, match, extent, named, mentions, held, whom))
        elif ALONE.verdict(Alone(cell, match, extent.end, acting, bool(people))):
            post = _posts(cell, match, extent)
            people.append(PersonMention("", post, extent.organisation, match.first, extent.end, "post", held))
        following = max([extent.end, match.last, *(last for _, last in named)])
    people = of_two_posts(cell, people)
    people = [_deputy(cell, before, one, geos) for before, one in pairwise([None, *people]) if one is not None]
    return _with_listed(cell, people, mentions, placed)


def _within(mentions: list[Mention], match: Match) -> bool:
    """Tell whether a post is a word within a body's name («горсовет ветеранов»)."""
    return any(one.first < match.first and match.last <= one.last for one in mentions)


def _borne(mentions: list[Mention], first: int, last: int) -> bool:
    """Tell whether a name is borne by a body before a post («Музей А.П. Чехова, почётный гость – Анна Линд»)."""
    return any(one.first <= first and last <= one.last for one in mentions)


def _with_listed(
    cell: CellText, people: list[PersonMention], mentions: list[Mention], placed: dict[int, int]
) -> list[PersonMention]:
    """Add the persons whom a list or a bracket names without a post, and tell those of a list what they are."""
    for one in listed(cell, mentions, placed):
        number = next((n for n, known in enumerate(people) if known.first < one.last and one.first < known.last), -1)
        if number >= 0 and not people[number].post and people[number].name:
            people[number] = people[number]._replace(post=one.post)
        if number < 0:
            name = nominative_name(cell.tokens[one.first : one.last], one.case)
            people.append(PersonMention(name, one.post, one.organisation, one.first, one.last, one.rule, NO_OFFICE))
    return people


@lru_cache(maxsize=4)
def _beginnings(posts: Matcher) -> Telling[str]:
    """Return which words may begin a post ("post"), or may tell who leads a group, besides ("leader")."""

    def tell(token: Token) -> str | None:
        if token.low in LED_BEGINNINGS:
            return "leader"
        own = posts.may_begin(token) or token.low in PREFIXES or token.low in DEGREES
        return "post" if own or may_call(token) else None

    return Telling(tell)


def _whose(cell: CellText, match: Match, extent: _Extent, held: Held, placed: Mapping[int, int]) -> str:
    """Return what an office is of that names nothing: the body that «её» means, or the place of the group led."""
    if extent.organisation >= 0 or held.places:
        return ""
    if held.before != (0, 0) and cell.low(match.first - 1) in POSSESSIVE and extent.end == match.last:
        return in_genitive(cell, *held.before)
    area = any(token.word.lemmas & _AREAS for token in cell.tokens[match.last : extent.end])
    return "" if area else cell.flat(*group_place(cell, match.first, placed))


def _with_names(
    cell: CellText, extent: _Extent, before: list[tuple[int, int]]
) -> tuple[_Extent, list[tuple[int, int]]]:
    """Return an office's extent and names: those behind it, else ``before``.

    In «Анна Линд – директор Alpine Trade» the Latin words behind are a body's.
    """
    if before and extent.named and _latin(cell, extent.named) and not _latin(cell, before):
        return extent._replace(end=extent.named[-1][1], named=[]), before
    return extent, extent.named or before


def _latin(cell: CellText, names: list[tuple[int, int]]) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for name in names for c in cell.text(*name) if c.isalpha())


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


def _leaders(cell: CellText, index: int, mentions: list[Mention]) -> Iterator[PersonMention]:
    """Yield who leads a group without a post being told («делегация во главе с Иваном Петровым»)."""
    leader = led_by(cell, index, mentions)
    if leader is not None:
        name, post, organisation, last = leader
        yield PersonMention(name, post, organisation, index, last, "leader-of-a-group", NO_OFFICE)


def _post_at(cell: CellText, index: int, posts: Matcher, placed: dict[int, int], lexicon: Lexicon) -> Match | None:
    """Return the post that begins at ``index``: one of the list, else any noun for a person before a name."""
    token = cell.tokens[index]
    begins = posts.may_begin(token) or token.low in PREFIXES
    if not begins and not may_call(token) and token.low not in DEGREES:
        return None
    match = _office_at(cell, index, posts) if begins else None
    if match is not None:
        return match
    if (degree := behind_degree(cell, index)) > index:
        whole = Match(index, degree, lexicon.concept("post", CALLING), token.text, literal=False)
        return whole if name_begins(cell, degree) or cell.low(index - 1) in _ITEM_ENDS else None
    own = calling(cell, acting_prefix(cell, index) if begins else index, placed, lexicon)
    return None if own is None or honoured(cell, index) else own._replace(first=index)


def _office_at(cell: CellText, index: int, posts: Matcher) -> Match | None:
    """Return the office that begins at ``index``, with «и.о.» before it; not in a quotation, nor behind «имени»."""
    if cell.quote_of[index] is not None:
        return None
    begin = acting_prefix(cell, index)
    match = next(iter(posts.at(cell.tokens, index)), None) if begin > index else None
    match = match or next(iter(posts.at(cell.tokens, begin)), None)
    if match is None or honoured(cell, index) or _only_does(cell.tokens[match.first].word):
        return None
    return match._replace(first=index)


def _only_does(word: Word) -> bool:
    """Tell whether a word is a verb alone, though a post has its root («вели»: «ведущий»)."""
    return word.has("VERB") and not any(r.pos in {"ADJF", "PRTF"} or _noun(r) for r in word.readings)


def _noun(reading: Reading) -> bool:
    return reading.pos == "NOUN" and "Name" not in reading.grammemes


def _named_before(cell: CellText, match: Match, people: list[PersonMention]) -> list[tuple[int, int]]:
    """Return the names before an office («Анна Линд – член …»), behind the person told before; two of several."""
    last = people[-1].last if people else 0
    if last >= match.first:
        return []
    several = names_before(cell, match.first, last) if may_be_plural(cell, match) else []
    return several if len(several) > 1 else [] if plural(cell, match) else name_before(cell, match.first, last)


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
    organisation, post = extent.organisation, _posts(cell, match, extent)
    post = "" if _whence(cell, match, extent) else post
    bare = flag(match.concept, "acting") and not held.places
    before = body_before(cell, match.first, bare, mentions) if organisation < 0 else -1
    if before >= 0:
        organisation = before
        post = _with_body(post, in_genitive(cell, mentions[before].first, mentions[before].last))
    elif whom:
        post = f"{post} {whom}"
    case = "nomn" if len(named) > 1 and may_be_plural(cell, match) else case_of(cell, match.first)
    case = "nomn" if behind_verb(cell, named[0][0]) else case
    case = case or ("ablt" if cell.low(match.first - 1) in _WITH else "")
    one = not may_be_plural(cell, match) and not plural(cell, match) and not _short(cell, match.first)
    apart = any(after[0] - before[1] > 1 for before, after in pairwise(named))
    for first, last in named:
        name = nominative_name(cell.tokens[first:last], case)
        # What stands in brackets between several names is of each, and no part of another's post.
        span = (first, last) if apart else (min(first, match.first), max(last, extent.end))
        if one and first != named[0][0] and cell.low(first - 1) == ",":
            # «Ректор А. Белова, Реза Хосейни»: one person's post is no other's.
            yield PersonMention(name, "", -1, first, last, "name-in-a-list", NO_OFFICE)
            continue
        yield PersonMention(name, post, organisation, *span, "post-and-name", held)


def _whence(cell: CellText, match: Match, extent: _Extent) -> bool:
    """Tell whether the only word for somebody says where he is from («серб Деян Савич»): that is no post."""
    alone = match.last - match.first == 1 and extent.end == match.last
    return alone and bool(cell.tokens[match.first].word.lemmas & PEOPLES)


def _short(cell: CellText, index: int) -> bool:
    """Tell whether a post is written short, so that it may be of several («преп. А. Белова, Б. Сомов»)."""
    return cell.low(index + 1) == "." and cell.low(index) not in TITLES


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
    several = may_be_plural(cell, match)
    named = names_at(cell, end, placed, several=several)
    joint = end
    second = None if named else _second(cell, end, posts)
    if second is not None:
        end, other = office_end(cell, second.last, mentions, placed)
        organisation = organisation if organisation >= 0 else other
        named = names_at(cell, end, placed, several=several)
    if named and _latin(cell, named) and (behind := names_at(cell, named[-1][1], placed)) and not _latin(cell, behind):
        # «Директор Empresa Portuaria Анна Линд»: a body in Latin letters stands before the name.
        end, named = named[-1][1], behind
    bare = end == match.last and flag(match.concept, "territorial")
    if len(named) == 1 and (_territory(cell, *named[0], places) or (bare and town_and_name(cell, *named[0]))):
        end = named[0][0] + 1
        named = names_at(cell, end, placed)
    if (one := monastic_name(cell, match.last - 1, end, placed)) and (not named or named[0][0] < one[0][0]):
        end, named = one[0][0], one
    if not named:
        behind = name_behind_verb(cell, match.first, end, placed)
        told = end > match.last and flag(match.concept, "acting")
        named = behind or (single_name(cell, end, placed) if told else [])
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
            found.append(PersonMention(name, "", -1, index, last, "name-of-responsible", NO_OFFICE))
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
        return post_text(cell, match.first, match.last, extent.end)
    bare = post_text(cell, match.first, match.last, match.last).lower() in LED_BY.values()
    if joint == match.last and (bare or not flag(match.concept, "acting")):
        # «Модератор – директор библиотеки»: the part in the event is no office.
        return post_text(cell, second.first, second.last, extent.end)
    if _of_a_group(cell, match, joint):
        return post_text(cell, second.first, second.last, extent.end)
    first = post_text(cell, match.first, match.last, joint)
    if not flag(second.concept, "acting") and flag(match.concept, "acting"):
        return first
    return f"{first} {cell.tokens[joint].text} {post_text(cell, second.first, second.last, extent.end)}"


def _of_a_group(cell: CellText, match: Match, end: int) -> bool:
    """Tell whether a post is only of leading those who came («руководитель миссии – вице-президент палаты»)."""
    behind = cell.tokens[match.first : end]
    return len(behind) > 1 and any(token.word.lemmas & _GROUPS for token in behind[1:])


def _with_body(post: str, body: str) -> str:
    """Return a post with the body that stands before it, whose first word the post may end with."""
    said = post.rsplit(" ", 1)[-1] == body.split(" ", 1)[0]
    return f"{post} {body.split(' ', 1)[-1] if said else body}"
