"""When and whether an agreement holds: what the words around its noun say of signing, planning and dates."""

from pobratim.extract.agreement_dates import dating_of, earlier, of_date, own_date, season_before, told_of
from pobratim.extract.agreement_parties import Said
from pobratim.extract.agreement_phrases import (
    IN_FORCE,
    INFERRED,
    OF_EVENT,
    STATUS_WORD,
    UNTOLD,
    Phrase,
    Told,
    held_since,
    of_field,
    of_tokens,
)
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS

_NEAR = 6
_TWO = 2
_HYPHENS = frozenset("-–—‑")
MENTIONED = Told("mentioned")
_ANNIVERSARIES = WORDS.endings("anniversary")
_PROLONGED = WORDS.stems("prolonged")
_NOT_YET = WORDS.of("not-yet")
_PUT_OFF = WORDS.of("put-off")
_EARLIER = WORDS.of("earlier")
_WAS = WORDS.of("was")
_LIST = WORDS.of("list-join") | {","}
_WITH, _BETWEEN = WORDS.of("preposition-with"), WORDS.of("preposition-between")
_SUBORDINATE, _SIGNATURES = WORDS.of("subordinate"), WORDS.of("signature")
_FIRST_DAY, _LAST_DAY = WORDS.stems("first-day"), WORDS.stems("last-day")
_LACKING = WORDS.of("lacking")
_NOT, _DENIED, _REFUSED = WORDS.of("negation", "without"), WORDS.of("agreement-denied"), WORDS.of("agreement-refused")


def _commemorated(cell: CellText, said: Said) -> Phrase | None:
    """Return the word for an anniversary of the signing («к 10-летию подписания соглашения»): it is in force."""
    before = range(max(said.first, said.noun.first - _NEAR), said.noun.first)
    kept = next((i for i in before if cell.low(i).endswith(_ANNIVERSARIES)), -1)
    if kept < 0:
        return None
    counted = kept >= _TWO and cell.tokens[kept - 1].text in _HYPHENS and cell.tokens[kept - 2].kind == "number"
    return of_tokens(cell, kept - _TWO if counted else kept, kept + 1, "status-anniversary")


def dated(view: RowView, cell: CellText, said: Said, status: Told) -> tuple[Told, Told]:
    """Return status and day, month or year of an agreement; what is dated before the event was there already."""
    if kept := _commemorated(cell, said):
        return Told(IN_FORCE, kept), UNTOLD
    current = view.record.start[:10]
    dating = own_date(cell, said, int(current[:4] or 0))
    date = told_of(cell, dating)
    before = bool(date.value) and (not current or date.value < current[: len(date.value)])
    if status.value == "planned" and (said.alone or not before):
        return status, UNTOLD if before else date
    if status.value == "signed" and date.value and current and current <= date.value <= view.record.end:
        return status, date
    if before:
        return held_since(date), date
    if status.value != "signed":
        return status, UNTOLD
    return _signed_on(view, cell, said, status)


def _signed_on(view: RowView, cell: CellText, said: Said, status: Told) -> tuple[Told, Told]:
    """Return status and date of what was signed and has no date of its own: the event's, unless words tell another."""
    start, end = view.record.start, view.record.end
    if (season := season_before(view, cell, said)) is not None:
        return season
    ago = next((i for i in range(said.start, said.last) if cell.low(i) in _EARLIER), -1)
    if ago >= 0:
        return Told(IN_FORCE, of_tokens(cell, ago, ago + 1, STATUS_WORD)), UNTOLD
    if day := _on_the_day(view, cell, said):
        return status, Told(day, of_field(view, "/start" if day == start else "/end", OF_EVENT))
    day = of_event(start, end)
    return status, Told(day, of_field(view, "/start", OF_EVENT) if day else None)


def _on_the_day(view: RowView, cell: CellText, said: Said) -> str:
    """Return the day that words of the event's course tell («в день открытия», «на закрытии»), "" if none do."""
    words = [cell.low(i) for i in range(said.start, said.noun.first)]
    if any(word.startswith(_FIRST_DAY) for word in words):
        return view.record.start
    return view.record.end if any(word.startswith(_LAST_DAY) for word in words) else ""


def of_event(start: str, end: str) -> str:
    """Return the day of an event, the month or year of one that took several, "" where it began in another year."""
    if start == end:
        return start
    common = [one for one, other in zip(start.split("-"), end.split("-"), strict=False) if one == other]
    same = "-".join(common)
    return same if start.startswith(same) and end.startswith(same) else ""


def status_of(view: RowView, cell: CellText, said: Said) -> Told:
    """Return the status that the words around the noun tell, with these words; "mentioned" where none does.

    What is nearest to the noun decides. A noun behind another one needs a word of its own, or is joined to that one.
    """
    told = _told(view, cell, said)
    if not said.alone and not (said.lead is not None and cell.low(said.noun.first - 1) == ")"):
        if then := _happened_then(view, cell, said):
            return Told("signed", then)
        before = [item for item in told if item[0] <= _NEAR]
        if not before:
            joined = all(t.low in _LIST for t in cell.tokens[said.first : said.noun.first])
            if not joined and not _listed(cell, said):
                return MENTIONED
            return status_of(view, cell, said._replace(first=said.start, alone=True))
        told = before
    ahead = range(max(said.first, said.noun.first - 2), said.noun.first)
    draft = next((i for i in ahead if "проект" in cell.tokens[i].word.lemmas), -1)
    if draft >= 0:
        return Told("planned", of_tokens(cell, draft, draft + 1, STATUS_WORD))
    planned = [item for item in told if item[2] == "planned"]
    if told:
        # «Планируется подписать»: the verb tells the plan, the infinitive what it is of.
        _, _, status, match = min(
            planned or told, key=lambda item: (bool(planned) and item[3].concept.local != "planned", -item[1], item[0])
        )
        return Told(status, of_tokens(cell, match.first, match.last, STATUS_WORD))
    return _of_surroundings(view, cell, said)


def _of_surroundings(view: RowView, cell: CellText, said: Said) -> Told:
    """Return the status of a noun beside which no word tells it, by its list's lead, the title, the next sentences."""
    if said.lead is not None:
        lead = said._replace(start=said.lead[0], first=said.lead[0], last=said.lead[1], lead=None)
        status = status_of(view, cell, lead)
        return status if status.value != "mentioned" else Told("signed")
    if _came_about(view, cell, said):
        return Told("signed", of_tokens(cell, said.noun.first, said.noun.last, "status-came-about", INFERRED))
    if said.column == "name" and view.record.kind[:1] == ["signing"]:
        return Told("signed", of_field(view, "/kind/0", "status-of-event"))
    around = _signed_next(view, cell, said) or _signed_before(view, cell, said)
    return Told("signed", around) if around else MENTIONED


def _signed_next(view: RowView, cell: CellText, said: Said) -> Phrase | None:
    """Return the word for signing with which the next sentence begins, which names no document («Подписи – …»)."""
    following = cell.sentence_at(said.last)
    if following is None or following[0] < said.last or not _nominal(cell, said):
        return None
    if view.lexicon.matcher("agreement-kind").find(cell.tokens, *following):
        return None
    first = cell.tokens[following[0]]
    statuses = view.lexicon.matcher("agreement-status").at(cell.tokens, following[0])
    told = any(m.concept.local == "signed" for m in statuses) and not _not_done(cell, following[0])
    is_so = told or bool(first.word.lemmas & _SIGNATURES)
    return of_tokens(cell, following[0], following[0] + 1, STATUS_WORD, INFERRED) if is_so else None


def _signed_before(view: RowView, cell: CellText, said: Said) -> Phrase | None:
    """Return the word for signing of the sentence before one without a verb («С заводом – протокол»)."""
    before = cell.sentence_at(said.start - 1) if said.start else None
    if before is None or cell.low(said.start) not in _WITH or not _nominal(cell, said):
        return None
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, *before)[:1]
    nouns = view.lexicon.matcher("agreement-kind").find(cell.tokens, *before)
    is_so = bool(nouns) and [m.concept.local for m in found] == ["signed"]
    return of_tokens(cell, found[0].first, found[0].last, STATUS_WORD, INFERRED) if is_so else None


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
    return bool(earlier(view, cell, said).value)


def _listed(cell: CellText, said: Said) -> bool:
    """Tell whether a noun with partners of its own goes on with a list («соглашение с А, меморандумы с Б и В»)."""
    behind = range(said.noun.last, min(said.noun.last + _NEAR, said.last))
    joined = cell.low(said.noun.first - 1) in _LIST and cell.tokens[said.noun.first].word.has("nomn")
    return joined and any(cell.low(i) in _WITH or cell.low(i) in _BETWEEN for i in behind)


def _told(view: RowView, cell: CellText, said: Said) -> list[tuple[int, float, str, Match]]:
    """Return (distance, weight, status, words) of the words for a status in a noun's stretch.

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
        told.append((abs(m.first - said.noun.first), concept.weight, concept.local, m))
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


def _happened_then(view: RowView, cell: CellText, said: Said) -> Phrase | None:
    """Return the noun's own date where it lies within the event («… (дополнительное соглашение от 28 мая)»)."""
    start, end = view.record.start, view.record.end
    dating = dating_of(cell, said.noun.first, said.last, int(start[:4] or 0))
    then = bool(start) and dating is not None and len(dating.start) > len("2024-05") and start <= dating.start <= end
    return of_date(cell, dating, "status-dated") if then else None


def prolonged(cell: CellText, said: Said) -> bool:
    """Tell whether a noun's stretch says that the document is prolonged."""
    return any(t.word.low.startswith(_PROLONGED) for t in cell.tokens[said.first : said.last])


def prolonged_now(cell: CellText, said: Said) -> Phrase | None:
    """Return the verb that says that it is prolonged: «продление» is but spoken of, «продлённый» was so before, and
    «продлевается каждый год» is so again and again."""
    for index in range(said.first, said.last):
        word = cell.tokens[index].word
        if word.low.startswith(_PROLONGED) and not (word.has("NOUN") or word.has("PRTF") or word.has("VERB", "pres")):
            return of_tokens(cell, index, index + 1, STATUS_WORD)
    return None


def denied(view: RowView, cell: CellText, said: Said) -> bool:
    """Tell whether the words around a noun say that there is no such document, nor will be («не заключались»)."""
    words = range(said.first, said.last)
    if _lacking(cell, said):
        return True
    if not any(_denied(cell, i) or not cell.tokens[i].word.lemmas.isdisjoint(_REFUSED) for i in words):
        return False
    found = view.lexicon.matcher("agreement-status").find(cell.tokens, said.first, said.last)
    return not any(m.concept.local == "planned" and not _denied(cell, m.first - 1) for m in found)


def _lacking(cell: CellText, said: Said) -> bool:
    """Tell whether «нет» stands behind a noun in the genitive («соглашения между учреждениями пока нет»)."""
    if not cell.tokens[said.noun.first].word.has("gent"):
        return False
    return any(cell.low(i) in _LACKING for i in range(said.noun.last, min(said.noun.last + _NEAR, said.last)))


def _denied(cell: CellText, index: int) -> bool:
    if cell.low(index) not in _NOT:
        return False
    behind = index + 2 if cell.low(index + 1) in _WAS else index + 1
    return behind < len(cell.tokens) and not cell.tokens[behind].word.lemmas.isdisjoint(_DENIED)
