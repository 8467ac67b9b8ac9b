"""What a row says of an agreement beside kind, status, date and parties: number, subject, term, how it ended."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from pobratim.extract.agreement_parties import Said
from pobratim.extract.agreement_subjects import NUMBER, read_subject
from pobratim.extract.agreement_terms import FIXED, Told, read_terms
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.extract.geo import Geo
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.record import Agreement
from pobratim.text.words import fold

_FILLERS, _LEGAL_ACT = WORDS.of("number-filler"), WORDS.stems("legal-act")
_OF_DAY = re.compile(rf"\s*,?\s*\(?(?:{WORDS.pattern('number-date')})\s+(?=\d|«|\")", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_COME_TRUE = frozenset({"end", "prolonged", "ended"})
"""What is not told of a plan: «подписать до конца года» is when, not for how long."""
_MONTH = len("2024-05")
_MOST_BETWEEN = 90


def note_details(view: RowView, said: Said, numbers: Sequence[int]) -> None:
    """Add to the agreements of these ``numbers`` what the stretch of a noun says of them, with evidence.

    The first noun of a sentence has the words before it as well: «подписан на пять лет договор».
    """
    cell = view.cells[said.column]
    begin = said.start if said.alone else said.noun.first
    terms = read_terms(cell, begin, said.last, view.lexicon)
    told = {**terms, **read_document(cell, said.noun, said.last, partial(_is_party, view, said.column))}
    if any(view.record.agreements[index].status == "planned" for index in numbers):
        told = {name: one for name, one in told.items() if name not in _COME_TRUE}
    for index in numbers:
        _apply(view, said.column, index, told)


def note_column(view: RowView, column: str, index: int) -> None:
    """Add to an agreement what a column of its own says of it, with evidence."""
    cell = view.cells[column]
    terms = read_terms(cell, 0, len(cell.tokens), view.lexicon, bare=True)
    noun = next(iter(view.lexicon.matcher("agreement-kind").find(cell.tokens)), None)
    document = read_document(cell, noun, len(cell.tokens), partial(_is_party, view, column))
    _apply(view, column, index, {**terms, **document})


def read_document(cell: CellText, noun: Match | None, last: int, is_party: Callable[[int], bool]) -> Mapping[str, Told]:
    """Return "number" and "subject" of the document that ``noun`` names, as far as the words up to ``last`` tell them.

    ``is_party`` tells of a token whether it belongs to the name of an organisation or place.
    """
    subject = read_subject(cell, noun.first, last, is_party) if noun else None
    first = cell.tokens[noun.first].end if noun else 0
    named = max(cell.tokens[noun.last - 1].end if noun else 0, subject.end if subject else 0)
    number = read_number(cell, first, named, cell.tokens[last - 1].end)
    return {name: one for name, one in (("number", number), ("subject", subject)) if one is not None}


def _is_party(view: RowView, column: str, index: int) -> bool:
    return view.institution_at(column, index) >= 0 or in_places(view.geos.get(column, ()), index)


def in_places(geos: Iterable[Geo], index: int) -> bool:
    """Tell whether a token belongs to the name of a town or district."""
    return any(geo.first <= index < geo.last and geo.kind in {"settlement", "district"} for geo in geos)


def note_terms(view: RowView, column: str, first: int, last: int, index: int) -> None:
    """Add to an agreement what further words tell of its term only: «Документ действует пять лет»."""
    terms = read_terms(view.cells[column], first, last, view.lexicon)
    _apply(view, column, index, {name: told for name, told in terms.items() if not _known(view, index, name)})


def _apply(view: RowView, column: str, index: int, told: Mapping[str, Told]) -> None:
    for name, one in set_details(view.record.agreements[index], told).items():
        view.note_text(f"/agreements/{index}/{name}", column, one.start, one.end, one.rule)


def set_details(agreement: Agreement, told: Mapping[str, Told]) -> Mapping[str, Told]:
    """Set the fields of an agreement that are told; return what was read by the name of its field.

    What is planned has no last day yet, and is neither prolonged nor ended.
    """
    given = dict(told)
    if agreement.status == "planned":
        given = {name: one for name, one in given.items() if name not in _COME_TRUE}
        if "term" in given and given["term"].value == FIXED and "duration" not in given:
            del given["term"]
    ended = given.pop("ended", None)
    if ended is not None and agreement.status != ended.value:
        given["status"] = ended
        # The day on which it ended is not that of its signing.
        if "end" in given and agreement.date == given["end"].value:
            agreement.date = ""
    for name, one in given.items():
        setattr(agreement, name, True if name == "prolonged" else one.value)
    agreement.expires = reckoned_end(agreement)
    return given


def reckoned_end(agreement: Agreement) -> str:
    """Return the bound of a term that is told by its length only, EDTF: a month at most, for nobody says whether the
    day of signing counts. "" where an end is told, or where the length does not count from the date."""
    plain = agreement.status in ("signed", "in-force") and not agreement.prolonged
    if not (plain and agreement.date and agreement.duration) or agreement.end:
        return ""
    year, month = int(agreement.date[:4]), int(agreement.date[5:_MONTH] or 0)
    count, unit = int(agreement.duration[1:-1]), agreement.duration[-1]
    if unit == "Y":
        return f"{year + count}" + (f"-{month:02d}" if month else "")
    if not month:
        return ""
    months = month - 1 + count
    return f"{year + months // 12}-{months % 12 + 1:02d}"


def read_number(cell: CellText, first: int, named: int, end: int) -> Told | None:
    """Return the number of the document whose noun ends at ``first``, and its name at ``named``.

    It stands behind one of them, with nothing but a date between, or before a date of its own.
    """
    text = cell.raw[first:end]
    for match in NUMBER.finditer(text):
        before = text[: match.start()], text[max(0, named - first) : match.start()]
        if not any(char.isdigit() for char in match["number"]) or len(before[0]) > _MOST_BETWEEN:
            continue
        if any(map(_only_fillers, before)) or _dated_behind(before[0], text[match.end() :]):
            return Told(match["number"], first + match.start("number"), first + match.end(), "agreement-number")
    return None


def _only_fillers(text: str) -> bool:
    return all(fold(word) in _FILLERS for word in _WORD.findall(_without_date(text)))


def _dated_behind(before: str, behind: str) -> bool:
    """Tell whether a date follows a number, which is not that of a legal act: «№ 17 от 12.03.2020»."""
    led = _OF_DAY.match(behind)
    words = [fold(word) for word in _WORD.findall(before)][-2:]
    if led is None or any(word.startswith(_LEGAL_ACT) for word in words):
        return False
    dating = read_dating(behind[led.end() : led.end() + 40])
    return dating is not None and not dating.fault and dating.first <= 1


def _without_date(text: str) -> str:
    dating = read_dating(text)
    return text if dating is None or dating.fault else text[: dating.first] + text[dating.last :]


def _known(view: RowView, index: int, name: str) -> bool:
    agreement = view.record.agreements[index]
    return name not in ("term", "ended") and bool(getattr(agreement, name))
