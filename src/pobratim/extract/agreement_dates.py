"""When an agreement was made or is to be made: dates behind its noun, seasons, what is said of a signing to come."""

import re

from pobratim.extract.agreement_parties import Said
from pobratim.extract.agreement_phrases import IN_FORCE, INFERRED, UNTOLD, Phrase, Told, of_tokens
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import Dating, read_dating
from pobratim.lexicon.words import WORDS

_NEAR = 6
_SEASONS = WORDS.pairs("season-end")
_WINTER_END = 2
_ALREADY = WORDS.of("already-then")
_YEARS = WORDS.pairs("relative-year")
_THIS_YEAR = re.compile("|".join(re.escape(one).replace(r"\ ", r"\s+") for one in _YEARS), re.IGNORECASE)
# A term («до 2029 года») is no date of signing.
_UNTIL = re.compile(r"\bдо\s+(?:конца\s+)?(?:[\d.]++|\d{1,2}\s++(?:[^\W\d]++|\d++))\s*+(?:\d++\s*+)?г(?:ода|\.)?")


def earlier(view: RowView, cell: CellText, said: Said) -> Told:
    """Return the date in the words of a noun that lies before the event, an empty one if there is none."""
    current = view.record.start
    dating = dating_of(cell, said.noun.first, said.last)
    told = single(dating)
    return told_of(cell, dating) if told and current and told < current[: len(told)] else UNTOLD


def dating_of(cell: CellText, first: int, last: int, year: int = 0, of_year: int = 0) -> Dating | None:
    """Return the date in ``tokens[first:last]`` but for terms («до 2029 года»), with its offsets in the cell.

    ``year`` completes one without a year, ``of_year`` is that of the event, from which words count («в IV квартале
    текущего года»). What is not to be read, and what is read otherwise, keeps its length: so the offsets hold.
    """
    start = cell.tokens[first].start
    text = _UNTIL.sub(lambda match: " " * len(match[0]), cell.text(first, last))
    dating = read_dating(_with_year(text, of_year), year)
    return dating and dating._replace(first=dating.first + start, last=dating.last + start)


def single(dating: Dating | None) -> str:
    """Return a day, month or year, "" for a span and for what no calendar has."""
    return dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""


def told_of(cell: CellText, dating: Dating | None) -> Told:
    """Return a day, month or year with its words, a date without a value where ``single`` gives none."""
    return Told(single(dating), of_date(cell, dating))


def of_date(cell: CellText, dating: Dating | None, rule: str = "date") -> Phrase | None:
    """Return the phrase of a date in a cell, None where there is none."""
    return dating and Phrase(cell.column, dating.first, dating.last, f"{rule}-{dating.rule}")


def planned_span(view: RowView, cell: CellText, said: Said) -> Told:
    """Return the span of time for which an agreement is planned («во II квартале 2025 года»), empty if none is told."""
    year = int(view.record.start[:4] or 0)
    dating = dating_of(cell, said.noun.first, said.last, year, year)
    if dating is None and (behind := _signing_behind(view, cell, said)) is not None:
        dating = dating_of(cell, *behind, year, year)
        if (day := single(dating)) >= view.record.end[: len(day)]:
            return told_of(cell, dating)
    if dating is None or dating.fault or dating.start == dating.end:
        return UNTOLD
    is_to_come = dating.end >= view.record.end[: len(dating.end)]
    return Told(f"{dating.start}/{dating.end}", of_date(cell, dating)) if is_to_come else UNTOLD


def _signing_behind(view: RowView, cell: CellText, said: Said) -> tuple[int, int] | None:
    """Return what is said behind a noun of a signing that is to come, without another document in it.

    That is the rest of its sentence or the next one: «Проект готов. Подписание намечено на сентябрь».
    """
    following = cell.sentence_at(said.last)
    if following is None or view.lexicon.matcher("agreement-kind").find(cell.tokens, said.last, following[1]):
        return None
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, said.last, following[1])
    is_signing = any(m.concept.local in ("signed", "planned") for m in found)
    return (said.last, following[1]) if is_signing else None


def _with_year(text: str, year: int) -> str:
    """Return a text in which a year is told in figures («в IV квартале текущего года»), as is where none is known."""

    def told(match: re.Match[str]) -> str:
        later = _YEARS[" ".join(match[0].lower().split())]
        first = match[0].split()[0]
        return str(year + int(later)).ljust(len(first)) + match[0][len(first) :]

    return _THIS_YEAR.sub(told, text) if year else text


def own_date(cell: CellText, said: Said, year: int) -> Dating | None:
    """Return the date behind a noun, in the words before it where none behind it has a year."""
    if said.noun.first <= said.first or dating_of(cell, said.noun.first, said.last, of_year=year):
        return dating_of(cell, said.noun.first, said.last, year, year)
    start = cell.tokens[said.first].start
    found = read_dating(_with_year(cell.text(said.first, said.last), year), year)
    return found and found._replace(first=found.first + start, last=found.last + start)


def season_before(view: RowView, cell: CellText, said: Said) -> tuple[Told, Told] | None:
    """Return status and year of what a season near a noun, with no year, tells to have been before the event.

    Such is a season that was over when the event began («весной заключил договор»), and one behind «ещё»; a winter is
    of two years and tells none.
    """
    year, month = (int(part or 0) for part in (view.record.start[:4], view.record.start[5:7]))
    near = range(max(said.first, said.noun.first - _NEAR), min(said.last, said.noun.last + _NEAR))
    told = next((i for i in near if cell.low(i) in _SEASONS and not cell.low(i + 1).isdigit()), -1)
    if told < 0 or not year:
        return None
    last = int(_SEASONS[cell.low(told)])
    is_told = cell.low(told - 1) in _ALREADY
    if last >= month and not is_told:
        return None
    phrase = of_tokens(cell, told - is_told, told + 1, "status-season", INFERRED)
    when = UNTOLD if last == _WINTER_END else Told(str(year if last < month else year - 1), phrase)
    return Told(IN_FORCE, phrase), when
