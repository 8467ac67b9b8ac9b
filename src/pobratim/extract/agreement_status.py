"""When and whether an agreement holds: what the words around its noun say of signing, planning and dates."""

import re

from pobratim.extract.agreement_parties import Said
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS

_NEAR = 6
_ANNIVERSARIES = WORDS.endings("anniversary")
_PROLONGED = WORDS.stems("prolonged")
_NOT_YET = WORDS.of("not-yet")
_PUT_OFF = WORDS.of("put-off")
_EARLIER = WORDS.of("earlier")
_WAS = WORDS.of("was")
_LIST = WORDS.of("list-join") | {","}
_SEASONS = WORDS.pairs("season-end")
_YEARS = WORDS.pairs("relative-year")
_THIS_YEAR = re.compile("|".join(re.escape(one).replace(r"\ ", r"\s+") for one in _YEARS), re.IGNORECASE)
_WITH, _BETWEEN = WORDS.of("preposition-with"), WORDS.of("preposition-between")
_SUBORDINATE, _SIGNATURES = WORDS.of("subordinate"), WORDS.of("signature")
_FIRST_DAY, _LAST_DAY = WORDS.stems("first-day"), WORDS.stems("last-day")
_NOT, _DENIED, _REFUSED = WORDS.of("negation", "without"), WORDS.of("agreement-denied"), WORDS.of("agreement-refused")
# A term («до 2029 года») is no date of signing.
_UNTIL = re.compile(r"\bдо\s+(?:конца\s+)?(?:[\d.]++|\d{1,2}\s++(?:[^\W\d]++|\d++))\s*+(?:\d++\s*+)?г(?:ода|\.)?")


def earlier(view: RowView, text: str) -> str:
    """Return the first date in ``text`` that lies before the event, "" if none does."""
    current = view.record.start
    dating = read_dating(text)
    told = dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""
    return told if told and current and told < current[: len(told)] else ""


def text_of(cell: CellText, said: Said) -> str:
    """Return the text from the noun to the end of its stretch, without terms («до 2029 года»)."""
    return _UNTIL.sub("", cell.raw[cell.tokens[said.noun.first].start : cell.tokens[said.last - 1].end])


def planned_span(view: RowView, cell: CellText, said: Said) -> str:
    """Return the span of time for which an agreement is planned («во II квартале 2025 года»), "" if none is told."""
    year = int(view.record.start[:4] or 0)
    dating = read_dating(_with_year(text_of(cell, said), year), year)
    if dating is None or dating.fault or dating.start == dating.end:
        return ""
    return f"{dating.start}/{dating.end}" if dating.end >= view.record.end[: len(dating.end)] else ""


def _with_year(text: str, year: int) -> str:
    """Return a text in which a year is told in figures («в IV квартале текущего года»), as is where none is known."""

    def told(match: re.Match[str]) -> str:
        later, word = _YEARS[" ".join(match[0].lower().split())], match[0].split()[1]
        return f"{year + int(later)} {word}"

    return _THIS_YEAR.sub(told, text) if year else text


def _commemorated(cell: CellText, said: Said) -> bool:
    """Tell whether an anniversary of the signing is kept («к 10-летию подписания соглашения»): it is in force."""
    before = cell.tokens[max(said.first, said.noun.first - _NEAR) : said.noun.first]
    return any(t.low.endswith(_ANNIVERSARIES) for t in before)


def dated(view: RowView, cell: CellText, said: Said, status: str) -> tuple[str, str]:
    """Return status and day, month or year of an agreement; what is dated before the event was there already."""
    if _commemorated(cell, said):
        return "in-force", ""
    current = view.record.start[:10]
    year = int(current[:4] or 0)
    text = _with_year(text_of(cell, said), year)
    if said.noun.first > said.first and not read_dating(text):
        text = _with_year(cell.raw[cell.tokens[said.first].start : cell.tokens[said.last - 1].end], year)
    dating = read_dating(text, year)
    told = dating.start if dating is not None and not dating.fault and dating.start == dating.end else ""
    before = bool(told) and (not current or told < current[: len(told)])
    if status == "planned" and (said.alone or not before):
        return status, "" if before else told
    if status == "signed" and told and current and current <= told <= view.record.end:
        return status, told
    if before:
        return "in-force", told
    if status == "signed" and _in_a_season_before(view, cell, said):
        return "in-force", current[:4]
    if status == "signed" and any(t.low in _EARLIER for t in cell.tokens[said.start : said.last]):
        return "in-force", ""
    if status != "signed":
        return status, ""
    return status, _on_the_day(view, cell, said) or of_event(view.record.start, view.record.end)


def _on_the_day(view: RowView, cell: CellText, said: Said) -> str:
    """Return the day that words of the event's course tell («в день открытия», «на закрытии»), "" if none do."""
    words = [cell.low(i) for i in range(said.start, said.noun.first)]
    if any(word.startswith(_FIRST_DAY) for word in words):
        return view.record.start
    return view.record.end if any(word.startswith(_LAST_DAY) for word in words) else ""


def _in_a_season_before(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether a season near a noun, with no year, was over when the event began («весной заключил договор»)."""
    month = int(view.record.start[5:7] or 0)
    near = range(max(said.first, said.noun.first - _NEAR), min(said.last, said.noun.last + _NEAR))
    told = (i for i in near if cell.low(i) in _SEASONS and not cell.low(i + 1).isdigit())
    ends = [int(_SEASONS[cell.low(i)]) for i in told]
    return bool(ends) and ends[0] < month


def of_event(start: str, end: str) -> str:
    """Return the day of an event, the month or year of one that took several, "" where it began in another year."""
    if start == end:
        return start
    common = [one for one, other in zip(start.split("-"), end.split("-"), strict=False) if one == other]
    same = "-".join(common)
    return same if start.startswith(same) and end.startswith(same) else ""


def status_of(view: RowView, cell: CellText, said: Said) -> str:
    """Return the status that the words around the noun tell, "mentioned" where none does.

    What is nearest to the noun decides. A noun behind another one needs a word of its own, or is joined to that one.
    """
    told = _told(view, cell, said)
    if not said.alone and not (said.lead is not None and cell.low(said.noun.first - 1) == ")"):
        if happened_then(view, cell, said):
            return "signed"
        before = [item for item in told if item[0] <= _NEAR]
        if not before:
            joined = all(t.low in _LIST for t in cell.tokens[said.first : said.noun.first])
            return (
                "mentioned"
                if not joined and not _listed(cell, said)
                else status_of(view, cell, said._replace(first=said.start, alone=True))
            )
        told = before
    draft = any("проект" in t.word.lemmas for t in cell.tokens[max(said.first, said.noun.first - 2) : said.noun.first])
    if draft or any(item[2] == "planned" for item in told):
        return "planned"
    if told:
        return min(told, key=lambda item: (-item[1], item[0]))[2]
    if said.lead is not None:
        lead = said._replace(start=said.lead[0], first=said.lead[0], last=said.lead[1], lead=None)
        status = status_of(view, cell, lead)
        return status if status != "mentioned" else "signed"
    if _came_about(view, cell, said):
        return "signed"
    if said.column == "name" and view.record.kind[:1] == ["signing"]:
        return "signed"
    if _signed_next(view, cell, said) or _signed_before(view, cell, said):
        return "signed"
    return "mentioned"


def _signed_next(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether the next sentence, which names no document, begins with signing («Подписали: …», «Подписи – …»)."""
    following = cell.sentence_at(said.last)
    if following is None or following[0] < said.last or not _nominal(cell, said):
        return False
    if view.lexicon.matcher("agreement-kind").find(cell.tokens, *following):
        return False
    first = cell.tokens[following[0]]
    statuses = view.lexicon.matcher("agreement-status").at(cell.tokens, following[0])
    told = any(m.concept.local == "signed" for m in statuses) and not _not_done(cell, following[0])
    return told or bool(first.word.lemmas & _SIGNATURES)


def _signed_before(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether a sentence without a verb goes on with what the sentence before signed («С заводом – протокол»)."""
    before = cell.sentence_at(said.start - 1) if said.start else None
    if before is None or cell.low(said.start) not in _WITH or not _nominal(cell, said):
        return False
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, *before)
    nouns = view.lexicon.matcher("agreement-kind").find(cell.tokens, *before)
    return bool(nouns) and [m.concept.local for m in found][:1] == ["signed"]


def _nominal(cell: CellText, said: Said) -> bool:
    """Tell whether a noun in the nominative stands in a stretch without a verb, not behind words that only name it."""
    words = [cell.tokens[i].word for i in range(said.start, said.last) if cell.quote_of[i] is None]
    alone = not any((w.has("VERB") and not w.has("NOUN")) or w.has("PRTS") for w in words)
    return alone and cell.tokens[said.noun.first].word.has("nomn")


def _came_about(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether a sentence is but the name of a document, as what a meeting came to («Протокол о намерениях.»)."""
    meeting = bool(set(view.record.kind) & {"meeting", "visit", "signing"})
    noun = cell.tokens[said.noun.first].word
    alone = said.alone and said.noun.first == said.start and noun.has("nomn") and said.column in {"purpose", "result"}
    words = (cell.tokens[i].word for i in range(said.start, said.last))
    return (
        meeting
        and alone
        and not any(w.has("VERB") or w.has("PRTS") for w in words)
        and not _dated_before(view, cell, said)
    )


def _dated_before(view: RowView, cell: CellText, said: Said) -> bool:
    return bool(earlier(view, text_of(cell, said)))


def _listed(cell: CellText, said: Said) -> bool:
    """Tell whether a noun with partners of its own goes on with a list («соглашение с А, меморандумы с Б и В»)."""
    behind = range(said.noun.last, min(said.noun.last + _NEAR, said.last))
    joined = cell.low(said.noun.first - 1) in _LIST and cell.tokens[said.noun.first].word.has("nomn")
    return joined and any(cell.low(i) in _WITH or cell.low(i) in _BETWEEN for i in behind)


def _told(view: RowView, cell: CellText, said: Said) -> list[tuple[int, float, str]]:
    """Return (distance, weight, status) of the words for a status in a noun's stretch.

    «Подписать» is not «подписали»: an infinitive tells a plan. A plan behind a noun that was signed belongs to the next
    noun of the sentence («подписан меморандум, предусматривающий заключение соглашения»).
    """
    told = []
    planned = view.lexicon.concept("agreement-status", "planned")
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, said.first, said.last)
    signed = any(m.concept.local == "signed" and m.first < said.noun.first for m in found)
    signed_behind = any(m.concept.local == "signed" and cell.tokens[m.first].word.has("PRTS") for m in found)
    for m in found:
        concept = m.concept
        if concept.local == "signed" and (_not_done(cell, m.first) or _still_to_come(cell, m, said)):
            concept = planned
        if concept.local == "planned" and cell.low(m.first) in _WAS:
            concept = view.lexicon.concept("agreement-status", "signed")
        if concept.local == "planned" and said.noun.first <= m.first < said.noun.last:
            continue
        if concept.local == "ended" and cell.low(m.first - 1) in _NOT_YET:
            continue
        aside = m.first >= said.noun.last and (said.more or _in_relative_clause(cell, said.noun.last, m.first))
        if concept.local == "planned" and (signed or signed_behind) and aside:
            continue
        told.append((abs(m.first - said.noun.first), concept.weight, concept.local))
    return told


def _in_relative_clause(cell: CellText, start: int, index: int) -> bool:
    """Tell whether a word stands in a clause about something else («… на открытие курса, набор на который намечен»):
    one whose pronoun a word stands before."""
    comma = next((i for i in range(index - 1, start, -1) if cell.low(i) == ","), -1)
    pronoun = next((i for i in range(comma + 1, index) if cell.tokens[i].word.lemmas & _SUBORDINATE), -1)
    return comma > 0 and pronoun > comma + 1


def _not_done(cell: CellText, index: int) -> bool:
    return cell.tokens[index].word.has("INFN") or _future(cell, index)


def _still_to_come(cell: CellText, match: Match, said: Said) -> bool:
    """Tell whether a verb behind the noun for a signing says that it is to come («подписание договора состоится …»)."""
    if not cell.tokens[match.first].word.has("NOUN", "nomn"):
        return False
    behind = range(match.last, min(said.last, match.last + 2 * _NEAR))
    return any(_future(cell, i) or not cell.tokens[i].word.lemmas.isdisjoint(_PUT_OFF) for i in behind)


def _future(cell: CellText, index: int) -> bool:
    """Tell whether a verb is in the future and can be nothing else («стороны подпишут договор»)."""
    word = cell.tokens[index].word
    verbs = [r for r in word.readings if r.pos == "VERB"]
    return word.known and bool(verbs) and all("futr" in r.grammemes for r in verbs)


def happened_then(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether the noun's own date lies within the event («… (дополнительное соглашение от 28 мая)»)."""
    start, end = view.record.start, view.record.end
    dating = read_dating(text_of(cell, said), int(start[:4] or 0))
    return bool(start) and dating is not None and len(dating.start) > len("2024-05") and start <= dating.start <= end


def prolonged(cell: CellText, said: Said) -> bool:
    """Tell whether a noun's stretch says that the document is prolonged."""
    return any(t.word.low.startswith(_PROLONGED) for t in cell.tokens[said.first : said.last])


def prolonged_now(cell: CellText, said: Said) -> bool:
    """Tell whether a verb says that it is prolonged: «продление» is but spoken of, «продлённый» was so before."""
    words = (t.word for t in cell.tokens[said.first : said.last] if t.word.low.startswith(_PROLONGED))
    return any(not (word.has("NOUN") or word.has("PRTF")) for word in words)


def denied(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether the words around a noun say that there is no such document, nor will be («не заключались»)."""
    words = range(said.first, said.last)
    if not any(_denied(cell, i) or not cell.tokens[i].word.lemmas.isdisjoint(_REFUSED) for i in words):
        return False
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, said.first, said.last)
    return not any(m.concept.local == "planned" and not _denied(cell, m.first - 1) for m in found)


def _denied(cell: CellText, index: int) -> bool:
    if cell.low(index) not in _NOT:
        return False
    behind = index + 2 if cell.low(index + 1) in _WAS else index + 1
    return behind < len(cell.tokens) and not cell.tokens[behind].word.lemmas.isdisjoint(_DENIED)
