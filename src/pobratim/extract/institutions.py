"""From mentions in cells to the row's institutions: one value each, with role, seat and spellings."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.kind_of_town import note_kinds_of_towns
from pobratim.extract.looks import latin, strange
from pobratim.extract.named_before import known, merge
from pobratim.extract.organisations import Mention, find_organisations
from pobratim.extract.organisations.naming import full_name, nominative_words, proper_name, short_names
from pobratim.extract.organisations.parts import name_parts
from pobratim.extract.organisations.seat import UNRESOLVED, Seat, Seats
from pobratim.extract.own_town import beyond_words
from pobratim.extract.seated import UNTOLD, inferred
from pobratim.extract.shared_town import share_towns
from pobratim.extract.short_quotations import note_short_quotations
from pobratim.extract.side_leads import side_at
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.record import Institution
from pobratim.text.tokens import Token, tokenize
from pobratim.text.words import word

_ORDER = ("participants", "responsible", "name", "place", "purpose", "result")
_BEGINNING = attrgetter("first")
_NEAR = 12
"""So many words away may stand what tells a role."""
_TWO = 2
_JOINS = WORDS.of("list-join", "preposition-with")
_HELD = WORDS.stems("held")
_ACTS_AS = WORDS.of("acts-as")
_OCCASION = WORDS.of("venue-occasion")
_CAME = WORDS.of("coming-to")
_CUED = {"purpose", "result", "participants", "name", "place"}
_BY_COLUMN = {"participants": "participant", "place": "venue", "responsible": "organiser", "name": "participant"}


@dataclass(slots=True, eq=False)
class _Reading:
    mention: Mention
    institution: Institution
    column: str
    rule: str
    adjective: int

    @property
    def kind_alone(self) -> bool:
        """Tell whether nothing but its kind's label names an institution («Посольство», «Народный комитет»)."""
        one = self.mention
        alone = (one.first, one.last) == (one.label_first, one.label_last) and one.head >= 0
        return alone and not (one.geos or one.beside or one.number or one.reporters)


def read_institutions(view: RowView) -> None:
    """Add the row's institutions to the record and their spans to the view."""
    seats = Seats(view.geographer, [g for geos in view.geos.values() for g in geos], view.record.home)
    firsts: dict[int, _Reading] = {}
    weak: set[int] = set()
    unnamed: list[_Reading] = []
    for column in (*_ORDER, *(c for c in view.cells if c not in _ORDER and c not in {"section", "number", "dates"})):
        cell = view.cells.get(column)
        if cell is None:
            continue
        for mention in find_organisations(cell, view.geos[column], view.lexicon, named=view.context.named):
            reading = _read(view, seats, mention, column)
            if reading.kind_alone or mention.reporters:
                unnamed.append(reading)
            else:
                _add(view, reading, firsts, weak)
    for reading in unnamed:
        _name_again(view, reading, firsts)
        _add(view, reading, firsts, weak)
    for spans in view.spans.values():
        spans.sort()
    note_short_quotations(view)
    share_towns(view, {number: reading.mention for number, reading in firsts.items()})
    for number, reading in firsts.items():
        unplaced = _unplaced(view, view.record.institutions[number], reading)
        _complete(view, view.record.institutions[number], reading)
        seated = view.record.institutions[number]
        if unplaced and not seated.place and not view.foreign(seated.country):
            view.unplaced.add(number)
    _pair_by_places(view, firsts)
    _pair_by_likeness(view, firsts)
    note_kinds_of_towns(view)


def _name_again(view: RowView, reading: _Reading, firsts: dict[int, _Reading]) -> None:
    """Let a kind alone take the words behind it by which the row names such a body elsewhere («визит ректора
    Университета Ахи Эвран»): a person's name they are not."""
    cell, mention = view.cells[reading.column], reading.mention
    for number, first in firsts.items():
        begin, end = first.mention.complement or (0, 0)
        own = [token.low for token in view.cells[first.column].tokens[begin:end]]
        last = mention.last + len(own)
        again = bool(own) and [token.low for token in cell.tokens[mention.last : last]] == own
        if again and first.mention.kind is mention.kind and cell.tokens[mention.last].word.title:
            mention.last, mention.complement = last, (mention.last, last)
            reading.institution = view.record.institutions[number]
            return


def _add(view: RowView, reading: _Reading, firsts: dict[int, _Reading], weak: set[int]) -> None:
    """Add what a mention tells to the institution that the row has named before, or as a new one."""
    institutions, mention = view.record.institutions, reading.mention
    number = _only_of_kind(view, reading) if reading.kind_alone else _own_authority(view, reading)
    number = next((n for n, one in enumerate(institutions) if one is reading.institution), number)
    if number < 0:
        number = known(institutions, reading.institution, weak, guessed=reading.adjective >= 0)
    if number < 0:
        number = len(institutions)
        reading.institution.id = f"i{number}"
        institutions.append(reading.institution)
        firsts[number] = reading
        if reading.adjective >= 0:
            weak.add(number)
    else:
        merge(institutions[number], reading.institution)
        if reading.adjective == UNRESOLVED and firsts[number].adjective == UNTOLD:
            firsts[number].adjective = UNRESOLVED
    view.spans.setdefault(reading.column, []).append((*mention.span, number))
    view.note(f"/institutions/{number}", reading.column, *mention.span, f"organisation-{mention.pattern}")


def _only_of_kind(view: RowView, reading: _Reading) -> int:
    """Return the row's only institution of a kind that stands alone («Посольство», «Посольство Кубы»), -1 if none."""
    kind = reading.institution.kind
    alike = [n for n, one in enumerate(view.record.institutions) if one.kind == kind]
    if len(alike) == 1 and view.marked(kind, "seat") | view.marked(kind, "represents"):
        return alike[0]
    short = view.cells[reading.column].tokens[reading.mention.head]
    if short.word.upper and len(said := [n for n in alike if _initials(view.record.institutions[n], short)]) == 1:
        return said[0]
    # «Музей-усадьба», «ДК» is the only body of the row that is called so, whatever kind its whole name has.
    cell = view.cells[reading.column]
    noun, behind = cell.tokens[reading.mention.head], cell.tokens[reading.mention.last : reading.mention.last + 1]
    alone = ("-" in noun.low or noun.word.upper) and not any(t.word.has("VERB", "plur") for t in behind)
    called = [n for n, one in enumerate(view.record.institutions) if alone and _called(one, noun)]
    return called[0] if len(called) == 1 else -1


def _initials(institution: Institution, short: Token) -> bool:
    """Tell whether the words of a name begin with the letters of initials («ТПП»: торгово-промышленная палата)."""
    words = institution.name.replace("-", " ").split()
    return "".join(word[:1] for word in words).upper().startswith(short.text)


def _called(institution: Institution, noun: Token) -> bool:
    return any(not token.word.lemmas.isdisjoint(noun.word.lemmas) for token in tokenize(institution.name))


def _own_authority(view: RowView, reading: _Reading) -> int:
    """Return the authority at home that the row names in full, and here by its unit («администрация округа»).

    It sits in the town that reports, has the adjective of the district that does, or is of such a unit and of no other
    town; -1 if the row names none.
    """
    mention, home = reading.mention, view.record.home
    if not mention.reporters:
        return -1
    told = word(home.name.split(" ")[0]).lemmas | view.cells[reading.column].tokens[mention.last - 1].word.lemmas
    for number, one in enumerate(view.record.institutions):
        here = not view.foreign(one.country) and one.place in {"", home.name}
        own = bool(one.place) or any(token.word.lemmas & told for token in tokenize(one.name))
        if here and own and one.kind == reading.institution.kind:
            return number
    return -1


def _pair_by_likeness(view: RowView, firsts: dict[int, _Reading]) -> None:
    """Seat an organisation that only its own strange name tells in the one country abroad that the row names.

    It must be joined to one of like kind that is told to be at home: «договор Тувинского университета с Университетом
    имени Джавахарлала Неру» in a row about India. Its name need not be strange where the two sign with one another.
    """
    abroad = view.countries_of_places() | {i.country for i in view.record.institutions if view.foreign(i.country)}
    if len(abroad) != 1:
        return
    for number, reading in firsts.items():
        institution = view.record.institutions[number]
        if view.foreign(institution.country) or not _untold(view, reading):
            continue
        ways = (False, True) if strange(view.cells[reading.column], reading.mention) else (True,)
        others = [n for n in firsts if n != number]
        if any(_joined_at_home(view, number, n, firsts[n], signing=way) for way in ways for n in others):
            institution.country, institution.region = next(iter(abroad)), ""
            if institution.place == view.record.home.name:
                institution.place = ""


def _untold(view: RowView, reading: _Reading) -> bool:
    """Tell whether nothing in a name says where its body is: no place, and no legal form but one with a Latin name."""
    mention, cell = reading.mention, view.cells[reading.column]
    if reading.kind_alone or mention.pattern == "acronym":
        return False
    if reading.adjective != UNTOLD or mention.geos or mention.beside or mention.number or mention.reporters:
        return False
    if not beyond_words(cell, mention):
        return mention.legal is None or latin(cell, mention)
    return False


def _joined_at_home(view: RowView, number: int, other: int, reading: _Reading, *, signing: bool) -> bool:
    """Tell whether another institution, of like kind and at home, is joined to one in a sentence.

    With ``signing`` the sentence must tell of an agreement, and the other be at home beyond doubt.
    """
    one, partner = (view.record.institutions[n] for n in (number, other))
    if view.foreign(partner.country) or not (signing or _alike(view, one, partner)):
        return False
    if signing and not (reading.mention.legal is not None or partner.place == view.record.home.name != ""):
        return False
    for column, spans in view.spans.items():
        for left, right in pairwise(sorted(span for span in spans if span[2] in {number, other})):
            between = view.cells[column].tokens[left[1] : right[0]]
            near = 0 < len(between) <= _NEAR and not any(t.text in ".;" for t in between)
            joined = near and left[2] != right[2] and any(t.low in _JOINS for t in between)
            if joined and (not signing or _signed_by_two(view, column, left[0])):
                return True
    return False


def _signed_by_two(view: RowView, column: str, index: int) -> bool:
    """Tell whether the sentence at a token names an agreement, and no more than two bodies."""
    cell = view.cells[column]
    first, last = cell.sentence_at(index) or (0, 0)
    bodies = {number for begin, _, number in view.spans[column] if first <= begin < last}
    return len(bodies) == _TWO and bool(view.lexicon.matcher("agreement-kind").find(cell.tokens, first, last))


def _alike(view: RowView, one: Institution, partner: Institution) -> bool:
    """Tell whether two bodies are of like kind, or firms both, or one of them is told by its legal form alone."""
    if one.kind and partner.kind:
        return _akin(view, one.kind, partner.kind)
    return bool(one.legal_form and partner.legal_form) or (bool(one.kind) and bool(partner.legal_form))


def _akin(view: RowView, one: str, other: str) -> bool:
    lexicon = view.lexicon
    wider = [{c.local for c in lexicon.broader(lexicon.concept("organisation-kind", kind))} for kind in (one, other)]
    return not wider[0].isdisjoint(wider[1])


def _pair_by_places(view: RowView, firsts: dict[int, _Reading]) -> None:
    """Seat an organisation of which nothing is told in the foreign town of a bridge between two towns.

    Of two that take part, the other is at home by its own name, legal form or seat; no third is named.
    """
    foreign = [p for p in view.record.places if view.foreign(p.country)]
    taking = [n for n, i in enumerate(view.record.institutions) if i.role in {"participant", "party"}]
    if len(foreign) != 1 or len(view.record.places) != _TWO or len(taking) != _TWO:
        return
    open_ends = [
        n
        for n in taking
        if firsts[n].mention.legal is None and not firsts[n].mention.geos and firsts[n].adjective == UNTOLD
        and view.record.institutions[n].place in {"", view.record.home.name}
    ]  # fmt: skip
    if len(open_ends) == 1:
        institution = view.record.institutions[open_ends[0]]
        other = view.record.institutions[next(n for n in taking if n not in open_ends)]
        if not view.foreign(other.country) and not view.foreign(institution.country):
            institution.place, institution.country, institution.region = foreign[0].name, foreign[0].country, ""


def _read(view: RowView, seats: Seats, mention: Mention, column: str) -> _Reading:
    cell = view.cells[column]
    seat = seats.seat(cell, mention, view.geos[column])
    changed = nominative_words(cell, mention)
    name = full_name(cell, mention, changed)
    role, rule = _role(view, mention, column)
    honorific = cell.flat(*mention.honorific) if mention.honorific else ""
    institution = Institution(
        id="", name=name, aliases=short_names(cell, mention, name, changed), place=seat.place, country=seat.country,
        role=role, kind=mention.kind.local if mention.kind else "", number=mention.number,
        proper=proper_name(cell, mention, seat.adjective), legal_form=mention.legal_form,
        honorific=honorific, region=seat.region, parts=name_parts(cell, mention, changed),
    )  # fmt: skip
    return _Reading(mention, institution, column, rule, seat.adjective)


def _unplaced(view: RowView, institution: Institution, reading: _Reading) -> bool:
    """Tell whether neither name nor legal form of an institution tells a country, nor that it is the reporter's own."""
    mention = reading.mention
    named = institution.country or institution.place or mention.geos
    told = bool(named) or mention.legal is not None or mention.reporters or mention.pattern == "acronym"
    return not told and side_at(view, reading.column, mention.first) is None


def _complete(view: RowView, institution: Institution, reading: _Reading) -> None:
    """Fill in what no mention said, once all mentions are known."""
    told = Seat(institution.place, institution.country, institution.region, reading.adjective)
    seat = inferred(view, reading.mention, told, institution.role, reading.column)
    institution.place, institution.country, institution.region = seat.place, seat.country, seat.region


def _role(view: RowView, mention: Mention, column: str) -> tuple[str, str]:
    """Return the role and its rule: the nearest cue of the clause, else what the column means."""
    cue = _cue(view, mention, column)
    if cue is not None:
        return cue.concept.local, "role-cue"
    occasion = column == "name" and _within_occasion(view, mention)
    default = "other" if occasion else _BY_COLUMN.get(column, "other")
    if default == "other" and column in {"purpose", "result"} and _within(view.cells[column], mention):
        return "venue", "role-within"
    if default == "other" and column in {"purpose", "result"} and _acts(view.cells[column], mention):
        return "participant", "role-agent"
    return default, "role-column"


def _cue(view: RowView, mention: Mention, column: str) -> Match | None:
    """Return the word of the sentence that tells what an organisation did, the nearest one before its name.

    Where none stands before it, one behind counts in running text.
    """
    if column not in _CUED:
        return None
    cell = view.cells[column]
    first, last = cell.sentence_at(mention.first) or (0, len(cell.tokens))
    cues = view.cues_in(column, first, last)
    begin = bisect_left(cues, mention.first - _NEAR, key=_BEGINNING)
    end = bisect_right(cues, mention.first + _NEAR, key=_BEGINNING)
    near = [m for m in cues[begin:end] if not (mention.first <= m.first < mention.last)]
    before = [m for m in near if m.last <= mention.first]
    if not before:
        behind = near[0] if near and column in {"purpose", "result"} else None
        went = behind is not None and behind.concept.local == "venue" and _of_who_went(cell, mention)
        return None if went else behind
    nearest = _ruling(cell, before)
    return None if _apart(view, column, nearest.last, mention.first) else nearest


def _of_who_went(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body is whose people went elsewhere («Мастерицы фабрики побывали в Турции»)."""
    head, before = mention.head, cell.tokens[mention.first - 1].word if mention.first else None
    ruled = before is not None and before.has("NOUN", "nomn", "anim")
    return ruled and head >= 0 and cell.tokens[head].word.has("NOUN", "gent")


def _ruling(cell: CellText, before: list[Match]) -> Match:
    """Return the last cue, the one before it where that says as what («соорганизатором выступило Общество»)."""
    last = before[-1]
    acting = before[1:] and cell.tokens[last.first].word.lemmas & _ACTS_AS
    return before[-2] if acting and cell.tokens[before[-2].first].word.has("NOUN", "ablt") else last


def _within(cell: CellText, mention: Mention) -> bool:
    """Tell whether something took place in an organisation: a verb of that, «в» and the prepositional case."""
    if mention.head < 0 or cell.low(mention.first - 1) not in {"в", "во"}:
        return False
    first, last = cell.sentence_at(mention.first) or (0, 0)
    head = cell.tokens[mention.head].word
    return head.has("loct") and any(token.low.startswith(_HELD) for token in cell.tokens[first:last])


def _acts(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body is the subject of its sentence's verb, or the agent of what was done.

    «Музей показал фотоархив», «проект разработан управлением садов»; not «школа, где учатся …».
    """
    if mention.head < 0:
        return False
    head, before = cell.tokens[mention.head].word, cell.tokens[mention.first - 1] if mention.first else None
    first, last = cell.sentence_at(mention.first) or (0, len(cell.tokens))
    words = [token.word for token in cell.tokens[first:last]]
    free = before is None or before.kind != "word" or before.word.has("CONJ") or before.word.has("VERB")
    if head.has("NOUN", "nomn", "sing") and free:
        return _subject(cell, mention, first, last)
    agent = head.has("NOUN", "ablt", "sing") and not (before is not None and before.word.has("PREP"))
    return agent and any(word.has("PRTS") for word in words)


def _subject(cell: CellText, mention: Mention, first: int, last: int) -> bool:
    """Tell whether a verb is a nominative's: one behind it, or a singular at once before it, not «гости посетили …»."""
    verbs = [i for i in range(first, last) if cell.tokens[i].word.has("VERB") and not cell.tokens[i].word.has("NOUN")]
    earlier = [i for i in verbs if i < mention.first]
    if earlier:
        return earlier[-1] == mention.first - 1 and not cell.tokens[earlier[-1]].word.has("plur")
    return bool(verbs)


def _apart(view: RowView, column: str, start: int, stop: int) -> bool:
    """Tell whether a semicolon or a full stop parts a cue from the name."""
    return any(t.text == ";" for t in view.cells[column].tokens[start:stop])


def _within_occasion(view: RowView, mention: Mention) -> bool:
    cell = view.cells["name"]
    return any(t.word.lemmas & _OCCASION for t in cell.tokens[: mention.first]) and not any(
        t.word.lemmas & _CAME for t in cell.tokens[: mention.first]
    )
