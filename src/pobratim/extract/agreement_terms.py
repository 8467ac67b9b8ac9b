"""For how long an agreement holds, as a stretch of text says it: length, last day, renewal, prolongation, its end."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.dates import Dating, read_dating
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.words import WORDS, alternatives
from pobratim.text.words import fold

FIXED, RENEWING, OPEN_ENDED, PROLONGED, NOT_STATED = "fixed", "renewing", "open-ended", "prolonged", "not-stated"
"""Concepts of ontology/agreement-terms.ttl."""
_SCHEME = "agreement-term"


_NUMBERS, _ADJECTIVES = WORDS.pairs("number-word"), WORDS.pairs("years-adjective")
_UNIT = rf"(?P<years>{WORDS.pattern('years-unit')})|(?P<months>{WORDS.pattern('months-unit')})"
_NUMBER = rf"(?:(?P<digits>\d{{1,2}})(?:-\w{{1,3}})?|(?P<word>{alternatives(_NUMBERS)}))"
_BRACKET = r"(?:\s*\([^()\n]{1,30}\))?"
_COUNT = rf"{_NUMBER}{_BRACKET}\s*(?:{_UNIT})(?!\w)"
_LATER = WORDS.pattern("later-than")
_LENGTHS = (
    re.compile(
        rf"(?<!\w)(?:{WORDS.pattern('term-lead')})[\s:–—-]+(?:(?:{WORDS.pattern('term-filler')})[\s:–—-]+){{0,4}}{_COUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:{WORDS.pattern('term-lead-weak')})\s+(?:(?:{WORDS.pattern('term-near')})\s+)?{_COUNT}(?!\s+(?:{_LATER}))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<adjective>{alternatives(_ADJECTIVES)})\w*\s+(?:{WORDS.pattern('term-noun')})(?!\w)", re.IGNORECASE
    ),
)
"""How a length is written, the surest first."""
_BARE = re.compile(rf"(?<![\d.№]){_COUNT}", re.IGNORECASE)
_TO = re.compile(
    rf"(?<!\w)(?:{WORDS.pattern('until')})\s+(?=\d|[^\W\d_]{{3,10}}\s+(?:19|20)\d\d|[«\"]\s?\d)", re.IGNORECASE
)
_EXPIRES = re.compile(
    rf"(?<!\w)(?:{WORDS.pattern('expiring')})(?!\w)\s+(?:(?:{WORDS.pattern('ended-since')})\s+)?(?=\d|[^\W\d_]+\s+\d{{4}})",
    re.IGNORECASE,
)
_FOR_YEARS = re.compile(
    rf"(?<!\w)(?:{WORDS.pattern('term-lead-weak')})\s+(?:(?:{WORDS.pattern('term-noun')})\s+)?(?P<since>[^\W\d_]\s+)?(?=\d)",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"(?<!\w)(?:(?:{alternatives(WORDS.stems('agreement-ended'))})\w{{0,4}}|{WORDS.pattern('agreement-ended-phrase')})(?!\w)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\W*(?:(?:{WORDS.pattern('ended-since')})\s+)?", re.IGNORECASE)
_NOT_YET = WORDS.of("not-yet")
_HOLDING, _OF_ANOTHER = WORDS.stems("holding"), WORDS.stems("of-another-term")
_LAST_WORDS, _NEAR_WORDS = 3, 6
_LEAST_YEARS, _MOST_YEARS, _MOST_MONTHS = 1, 60, 72
_WORD = re.compile(r"[^\W\d_]+")


class Told(NamedTuple):
    """A value and the offsets of the cell's text that it was read from."""

    value: str
    start: int
    end: int
    rule: str


def read_terms(cell: CellText, first: int, last: int, lexicon: Lexicon, *, bare: bool = False) -> Mapping[str, Told]:
    """Return what ``tokens[first:last]`` say, by "term", "duration", "end", "prolonged" and "ended".

    ``bare`` tells that the text is known to be of an agreement's term, so that «5 лет» alone is one.
    """
    if first >= last:
        return {}
    start, text = cell.tokens[first].start, cell.text(first, last)
    found: dict[str, Told] = {}
    _take_concepts(found, cell, first, last, lexicon)
    renews = found[RENEWING].end - start if RENEWING in found else -1
    for name, told in (
        ("ended", _ended(text)),
        ("end", _end(text)),
        ("duration", _length(text, renews, bare=bare)),
    ):
        if told is not None:
            found[name] = told._replace(start=told.start + start, end=told.end + start)
    return _told(found, text, start)


def _told(found: dict[str, Told], text: str, start: int) -> dict[str, Told]:
    """Return what was found with the one word for the term, and the day on which what has ended did."""
    if "ended" in found and "end" not in found and (day := _ended_on(text, found["ended"].end - start)) is not None:
        found["end"] = day._replace(start=day.start + start, end=day.end + start)
    open_ended, renewing = found.pop(OPEN_ENDED, None), found.pop(RENEWING, None)
    fixed = found.get("duration") or (found.get("end") if "ended" not in found else None)
    term = open_ended or renewing or fixed
    if term is not None:
        value = OPEN_ENDED if open_ended else RENEWING if renewing else FIXED
        found["term"] = term._replace(value=value, rule=f"term-{value}")
    return found


def _take_concepts(found: dict[str, Told], cell: CellText, first: int, last: int, lexicon: Lexicon) -> None:
    """Add what words of the scheme tell, but for phrases that mean something else."""
    barred = {i for m in lexicon.exceptions(_SCHEME).find(cell.tokens, first, last) for i in range(m.first, m.last)}
    for match in lexicon.matcher(_SCHEME).find(cell.tokens, first, last):
        name = match.concept.local
        taken = barred.intersection(range(match.first, match.last))
        if name not in (OPEN_ENDED, RENEWING, PROLONGED) or taken or name in found:
            continue
        if name == PROLONGED and cell.tokens[match.first].word.has("INFN"):
            continue
        span = cell.tokens[match.first].start, cell.tokens[match.last - 1].end
        found[name] = Told(name, span[0], span[1], f"term-{name}")


def _length(text: str, renews: int, *, bare: bool) -> Told | None:
    """Return the length that a text tells, ISO 8601 («P5Y»); what stands behind «с пролонгацией» is another one."""
    for number, pattern in enumerate((*_LENGTHS, *((_BARE,) if bare else ()))):
        for match in pattern.finditer(text):
            behind = text[renews : match.start()] if 0 <= renews <= match.start() else None
            if behind is not None and len(_WORD.findall(behind)) <= 1:
                continue
            if number and number < len(_LENGTHS) and _of_another(text[: match.start()]):
                continue
            if value := _duration(match.groupdict()):
                return Told(value, match.start(), match.end(), "term-length")
    return None


def _duration(groups: Mapping[str, str | None]) -> str:
    """Return a match as a duration, "" for one that no agreement has."""
    if adjective := groups.get("adjective"):
        return f"P{_ADJECTIVES[fold(adjective)]}Y"
    word = groups.get("word")
    counted = _NUMBERS[fold(word)] if word else groups["digits"] or "0"
    if counted.endswith("M"):  # one and a half years
        return f"P{counted}" if groups.get("years") else ""
    number = int(counted)
    most = _MOST_YEARS if groups.get("years") else _MOST_MONTHS
    unit = "Y" if groups.get("years") else "M"
    return f"P{number}{unit}" if _LEAST_YEARS <= number <= most else ""


def _end(text: str) -> Told | None:
    """Return the last day, month or year that a text tells: «действует до …», «истекает в …», «на 2024–2026 годы»."""
    return next((told for told in (*_until(text), *_expiring(text), *_for_years(text)) if told is not None), None)


def _until(text: str) -> Iterator[Told | None]:
    for match in _TO.finditer(text):
        dating = _at_once(text[match.end() :])
        if dating is not None and dating.start == dating.end and not _of_another(text[: match.start()]):
            yield Told(dating.end, match.start(), match.end() + dating.last, "term-until")


def _expiring(text: str) -> Iterator[Told | None]:
    for match in _EXPIRES.finditer(text):
        dating = _at_once(text[match.end() :])
        if dating is not None:
            yield Told(dating.end, match.start(), match.end() + dating.last, "term-expires")


def _for_years(text: str) -> Iterator[Told | None]:
    """«План на 2024–2026 годы», «на срок с 01.01.2024 по 31.12.2026»: a span of time, or one whole year."""
    for match in _FOR_YEARS.finditer(text):
        dating = _at_once(text[match.end() :])
        if dating is None or _of_another(text[: match.start()]):
            continue
        if dating.start != dating.end or (len(dating.end) == len("2024") and not match["since"]):
            yield Told(dating.end, match.start(), match.end() + dating.last, "term-years")


def _at_once(text: str) -> Dating | None:
    """Return the date with which a text begins."""
    dating = read_dating(text[:60])
    return dating if dating is not None and not dating.fault and not text[: dating.first].strip(' «"') else None


def _of_another(before: str) -> bool:
    """Tell whether a term belongs to another thing named before it («программа до 2030 года») than the agreement."""
    words = [fold(word) for word in _WORD.findall(before)][-_NEAR_WORDS:]
    if any(word.startswith(_HOLDING) for word in words[-_LAST_WORDS:]):
        return False
    return any(word.startswith(_OF_ANOTHER) for word in words)


def _ended(text: str) -> Told | None:
    for match in _ENDED.finditer(text):
        before = [fold(word) for word in _WORD.findall(text[: match.start()])][-_LAST_WORDS:]
        if not _NOT_YET.intersection(before):
            return Told("ended", match.start(), match.end(), "agreement-ended")
    return None


def _ended_on(text: str, behind: int) -> Told | None:
    """Return the date that stands at once behind «расторгнуто»."""
    led = _SINCE.match(text, behind)
    at = led.end() if led else behind
    dating = _at_once(text[at:])
    return Told(dating.start, at, at + dating.last, "agreement-ended-on") if dating is not None else None
