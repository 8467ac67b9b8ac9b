"""Pair the organisations, agreements and people of a record with those of gold, one to one."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz import fuzz

from pobratim.text.words import fold

Item = dict[str, Any]

SIMILAR = 0.85
"""Least similarity (0..1, Indel ratio of normalised names) of two names of one organisation or post."""

_LEGAL_FORM = re.compile(
    r"^(?:оао|пао|зао|нао|ао|ооо|сооо|ано|нко|ук|уо|уп|куп|руп|муп|гуп|чуп|гуо|гук|мук|гу|му|мку|мкук|мкоу|мкдоу"
    r"|мбу|мбоу|мбудо|мбуд?о|мбдоу|мбук|мбукдо|мау|маоу|маудо|мадоу|маук|моу|мдоу|гбу|гбоу|гбук|гбудо|гбпоу|гапоу"
    r"|ганоу|гау|гаук|кгбу|огбу|огбоу|огбук|огбпоу|огаук|согбу|согбоу|согбук|согбпоу|согау|согауд?о|согаук|спбгбу"
    r"|фгбу|фгбук|фгбоу|фгаоу|фгбоу во|фгбну)\s+(?=\S)"
)
_SPELLED_FORM = re.compile(r"^[^«\"]*\b(?:учреждение|общество|организация|предприятие)\b[^«\"]*(?=[«\"])")
_NUMBER = re.compile(r"(?:№|\bn|\bno\.?)\s*(\d+)")
_MARKS = re.compile(r"[«»„“”\"'’()]")
_OPENING = {"«", '"', "“", "„", "№"}
_JOINED = re.compile(r"[–—,;/-]|\w$")
"""What joins a further post to a post: a mark, a word of one letter."""
_PARTS_OF_YEAR = {"21": 3, "22": 6, "23": 9, "33": 1, "34": 4, "35": 7, "36": 10}
"""First months of seasons within a year and of quarters, as EDTF numbers them (level 2)."""
_TOWN = re.compile(r"\b(?:города|город|г\.)\s*")


def squeeze(text: str) -> str:
    """Return ``text`` folded (case, ё), with single spaces and one kind of dash."""
    return " ".join(re.sub(r"[‐‑–—−]", "-", fold(text)).split())


def normal_name(text: str) -> str:
    """Return a name for comparison: no quotation marks, no legal form, «г.» for «города», «№ 7» as «№7»."""
    plain = _SPELLED_FORM.sub("", squeeze(text))
    plain = _LEGAL_FORM.sub("", " ".join(_MARKS.sub(" ", plain).split()))
    plain = _TOWN.sub("г ", _NUMBER.sub(r"№\1", plain))
    return re.sub(r"\bимени\b", "им.", plain).replace(" .", ".").strip()


def spanned(date: str) -> str:
    """Return a season or quarter of EDTF («2026-33») as its months («2026-01/2026-03»), any other date as it is."""
    year, _, part = date.partition("-")
    first = _PARTS_OF_YEAR.get(part)
    return f"{year}-{first:02}/{year}-{first + 2:02}" if first else date


def numbers(item: Item) -> frozenset[str]:
    """Return the numbers («№ 7») in the item's name."""
    return frozenset(_NUMBER.findall(squeeze(item["name"])))


def similarity(left: Item, right: Item) -> float:
    """Return 0..1: the best ratio over all pairs of names and aliases."""
    lefts, rights = ([item["name"], *item.get("aliases", [])] for item in (left, right))
    return max(fuzz.ratio(a, b) / 100 for a in map(normal_name, lefts) for b in map(normal_name, rights))


def same_settlement(gold: Item, got: Item) -> bool:
    """Tell whether the settlements agree, or one is not given."""
    place, other = squeeze(gold.get("place", "")), squeeze(got.get("place", ""))
    return not place or not other or place == other or other in map(squeeze, gold.get("place_ok", []))


def pair(gold: Sequence[Item], got: Sequence[Item], score: Callable[[Item, Item], float]) -> list[tuple[int, int]]:
    """Return (gold index, got index), each used once, best scores first; a score of 0 is no pair."""
    scored = [(score(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(got)]
    pairs: list[tuple[int, int]] = []
    for value, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if value > 0 and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def organisation_score(gold: Item, got: Item) -> float:
    """Return the similarity of two organisations, 0 for another number or settlement."""
    if numbers(gold) != numbers(got) or not same_settlement(gold, got):
        return 0.0
    value = similarity(gold, got)
    return value if value >= SIMILAR else 0.0


def person_score(gold: Item, got: Item) -> float:
    """Return 0..1 for two persons: a name that gold gives must be equal (word order free), posts similar.

    Of one whose name is equal the post may be told with or without the body or place that it is of, as lines of gold
    accept both in ``post_ok``: «проректор», «проректор ВлГУ». Who is told by office alone is known by nothing else.
    """
    if gold["name"] and _words(gold["name"]) != _words(got["name"]):
        return 0.0
    posts = [gold["post"], *gold.get("post_ok", [])]
    value = max(fuzz.ratio(squeeze(post), squeeze(got["post"])) for post in posts) / 100
    if value < SIMILAR and gold["name"] and any(_told_in_fewer_words(post, got["post"]) for post in posts):
        return SIMILAR
    return value if value >= SIMILAR else 0.0


def _told_in_fewer_words(left: str, right: str) -> bool:
    """Tell whether one post is the other without a name: «директор», «директор гимназии № 7», no «тренер и директор».

    Both begin with one word, and all words of the shorter one stand in the other in their order.
    """
    short, long = sorted((left.split(), right.split()), key=len)
    if not short or squeeze(short[0]) != squeeze(long[0]):
        return False
    told, more = 0, []
    for part in long:
        if told < len(short) and squeeze(part) == squeeze(short[told]):
            told += 1
        else:
            more.append(part)
    return told == len(short) and any(map(_is_name, more)) and not _JOINED.match(more[0])


def _is_name(part: str) -> bool:
    """Tell whether a word has what the name of a body or place has: a capital, a quotation, a number."""
    return any(letter.isupper() or letter in _OPENING for letter in part)


def _words(name: str) -> list[str]:
    """Return the words and initials of a person's name in one order: «Петров А. Б.» is «А.Б. Петров»."""
    return sorted(squeeze(name.replace(".", ". ")).split())
