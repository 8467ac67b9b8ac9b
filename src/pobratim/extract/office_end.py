"""How far the words of an office reach: over the organisation or territory that follows, and what is ruled between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pobratim.extract.cells import CellText
from pobratim.extract.office_phrase import AREAS, GROUPS
from pobratim.extract.office_words import AND
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import family_first, given_name, two_titled
from pobratim.extract.person_names import HONOURED, TITLES, abbreviation, behind_degree, name_begins, unknown_name
from pobratim.extract.person_single import single_name
from pobratim.extract.town_markers import behind_short_district
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import Word

_IN_CHARGE = WORDS.stems("in-charge")
"""Beginnings of posts that rule the ablative («заведующая музеем»)."""

_IN_CHARGE_SHORT = WORDS.of("in-charge-abbreviation")
_WITH = WORDS.of("together-with")
_JOINS = AND | _WITH
_DATIVE = WORDS.of("ruling-a-dative")
_SHORT_AREAS = WORDS.pairs("area-abbreviation")
_SHORT_UNITS, _STOPPED = WORDS.of("unit-abbreviation"), 2
_GENITIVE = WORDS.endings("genitive-of-no-first-name")
_KOREAN, _SYLLABLE = 3, 3
"""Words of a Korean name; letters of a word that may be a family name of one syllable («Чу»)."""
_BEHALF = WORDS.of("on-behalf")
_TOWN_WORDS = WORDS.of("town-word", "settlement-type", "settlement-abbreviation")
_AREAS = WORDS.of("local-unit", "district", "district-of-name", "region-type")


@dataclass(slots=True, eq=False)
class _Reach:
    """An office that begins at ``begin`` behind its label, and the token ``end`` that may belong to it.

    ``placed`` gives the end of each place by its tokens; ``organisation`` is the number of the mention taken in last.
    """

    cell: CellText
    begin: int
    end: int
    mentions: Sequence[Mention]
    placed: Mapping[int, int]
    organisation: int = -1

    @property
    def token(self) -> Token:
        """Return the token."""
        return self.cell.tokens[self.end]

    def mention(self) -> int:
        """Return the number of the organisation named here, -1 if none."""
        return next((n for n, m in enumerate(self.mentions) if m.first <= self.end < m.last), -1)


def office_end(cell: CellText, index: int, mentions: Sequence[Mention], placed: Mapping[int, int]) -> tuple[int, int]:
    """Return the end of an office whose label ends at ``index``, and the number of its organisation (-1: none)."""
    reach = _Reach(cell, index, index, mentions, placed)
    while reach.end < len(cell.tokens):
        step = STEPS.verdict(reach)
        if step is None:
            break
        reach.end = step(reach)
    return reach.end, reach.organisation


def _organisation(reach: _Reach) -> bool:
    """«Директор ОАО «МАЗ»»."""
    return reach.mention() >= 0


def _place(reach: _Reach) -> bool:
    """«Мэр Витебска»."""
    return reach.end in reach.placed and not _family_name(reach)


def _family_name(reach: _Reach) -> bool:
    """«Глава района Дьячкова Нина Фёдоровна»: a last name before a first name and a patronymic is no town."""
    behind = reach.cell.tokens[reach.end + 1 : reach.end + 2]
    first = any(token.word.has("Name", "nomn") for token in behind)
    return first and reach.token.word.has("Surn", "nomn") and _surname_before(reach.cell, reach.end)


def _dot_of_an_area(reach: _Reach) -> bool:
    """«Директор школы № 4 Минской обл. Анна Линд»: the stop of an abbreviation within the post."""
    before = reach.cell.low(reach.end - 1)
    return reach.token.text == "." and reach.end > reach.begin and before in _SHORT_AREAS


def _quoted_place(reach: _Reach) -> bool:
    """«Глава МО «Город Смоленск»»."""
    quoted = reach.cell.quote_at(reach.end) is not None
    return quoted and any(at in reach.placed for at in range(reach.end, reach.end + 3))


def _district_in_initials(reach: _Reach) -> bool:
    """«Глава г.о. «Котлас»», «глава м.о. Химки»."""
    return behind_short_district(reach.cell, reach.end) > reach.end


def _quotation(reach: _Reach) -> bool:
    """«Директор компании «Заря»», of which no body was made; «директор «Зари» Анна Линд»."""
    if reach.cell.quote_at(reach.end) is None:
        return False
    before = reach.cell.tokens[reach.end - 1].word
    behind = _behind_the_quotation(reach)
    return before.has("NOUN", "gent") if reach.end > reach.begin else name_begins(reach.cell, behind)


def _in_a_place(reach: _Reach) -> bool:
    """«Посол в Беларуси», «консул в городе Смоленске», but not «ректор ВлГУ в вузы Узбекистана»."""
    towns = reach.cell.tokens[reach.end + 1 : reach.end + 2]
    typed = any(token.word.lemmas & _TOWN_WORDS or token.low in _TOWN_WORDS for token in towns)
    if any(token.word.known and not token.word.has("loct") for token in towns):
        return False  # «визит главы города в Ташкент»
    return reach.token.low == "в" and (reach.end + 1 in reach.placed or (typed and reach.end + 2 in reach.placed))


def _latin(reach: _Reach) -> bool:
    """«Вице-президент JSW Steel по закупкам»: behind a first Latin word a further one, where a name comes later."""
    before = reach.cell.tokens[reach.end - 1]
    both = _is_latin(reach.token) and _is_latin(before)
    return both and reach.end > reach.begin


def _is_latin(token: Token) -> bool:
    return token.kind == "word" and token.text.isascii()


def _initials(reach: _Reach) -> bool:
    """«Ректор СмолГУ»; «министр культуры РФ» is a place where it is none."""
    return abbreviation(reach.token) and (reach.end == reach.begin or reach.token.text not in {"РФ"})


def _mark_or_link(reach: _Reach) -> bool:
    """«Мэр и губернатор», «мэр, губернатор»."""
    return reach.token.kind != "word" or reach.token.low in {"и", "с", "в"}


def _second_genitive(reach: _Reach) -> bool:
    """«Министр культуры и туризма», «отдела ГО и ЧС»: but not «школы и учителя»."""
    cell, at = reach.cell, reach.end + 1
    if reach.token.low not in AND or reach.end == reach.begin or at >= len(cell.tokens) or at in reach.placed:
        return False
    word = cell.tokens[at].word
    if abbreviation(cell.tokens[at]) and abbreviation(cell.tokens[reach.end - 1]):
        return True
    if reach.end - 1 in reach.placed:
        return bool(word.lemmas & _AREAS) and word.has("gent")
    people = word.has("NOUN", "anim") or word.has("NOUN", "nomn", "plur", "anim")
    ruled = cell.tokens[at].kind == "word" and word.has("gent") and not (word.title or people)
    return ruled and cell.tokens[reach.end - 1].word.has("gent") and not any(m.first == at for m in reach.mentions)


def _name(reach: _Reach) -> bool:
    """«Директор Анна Петрова»."""
    return name_begins(reach.cell, reach.end)


def _unknown_name(reach: _Reach) -> bool:
    """«Мэр Чжао Ляньцзюнь»."""
    return unknown_name(reach.cell, reach.end, reach.placed)


def _concern(reach: _Reach) -> bool:
    """«Заместитель по культуре и спорту»."""
    return reach.token.low == "по" and reach.end + 1 < len(reach.cell.tokens)


def _in_charge_of(reach: _Reach) -> bool:
    """«Заведующая музеем»."""
    cell, at = reach.cell, reach.end - 1 - (reach.cell.low(reach.end - 1) == ".")
    in_charge = cell.low(at).startswith(_IN_CHARGE) or (at < reach.end - 1 and cell.low(at) in _IN_CHARGE_SHORT)
    return reach.end == reach.begin and in_charge and reach.token.word.has("ablt")


def _unit_in_short(reach: _Reach) -> bool:
    """«Зав. отд. Анна Линд»: a unit written short, before a name."""
    short = reach.token.low in _SHORT_UNITS and reach.cell.low(reach.end + 1) == "."
    return short and reach.end == reach.begin and name_begins(reach.cell, reach.end + _STOPPED)


def _on_behalf(reach: _Reach) -> bool:
    """«Куратор от монгольской стороны»."""
    behind = reach.cell.tokens[reach.end + 1].word if reach.end + 1 < len(reach.cell.tokens) else None
    return reach.token.low in _BEHALF and behind is not None and not behind.title and behind.has("gent")


def _ends_with_a_preposition(reach: _Reach) -> bool:
    """«Саксофонист из ФРГ»: where somebody is from is no part of a post."""
    return reach.token.word.has("PREP") and not reach.token.word.title


def _degree(reach: _Reach) -> bool:
    """«Руководитель раскопок д.и.н. А.Б. Ильин», «мэр г-н Ли Вэй»."""
    addressed = reach.token.low in TITLES and name_begins(reach.cell, reach.end + 1)
    return addressed or behind_degree(reach.cell, reach.end) > reach.end


def _in_memory(reach: _Reach) -> bool:
    """«Кубок главы города памяти А.Б. Ильина»: who is remembered holds no post."""
    return reach.token.low in HONOURED


def _name_of_a_body(reach: _Reach) -> bool:
    """«Профессор Университета Отани Ямада Такэси», «глава округа Муром К. Линд»: one more word before a name."""
    cell, at = reach.cell, reach.end + 1
    word = reach.token.word
    if not word.title or len(word.text) <= _SYLLABLE or word.has("Name", "nomn") or given_name(word):
        return False
    if family_first(word) or not (two_titled(cell, at) or name_begins(cell, at)) or _surname_before(cell, reach.end):
        return False
    if reach.end == reach.begin and _unknown_in_the_genitive(word) and two_titled(cell, at):
        return not cell.tokens[at + 1].word.has("Patr")
    korean = family_first(cell.tokens[at].word) and all(two_titled(cell, at + i) for i in range(_KOREAN - 1))
    return korean or (_of_a_body(reach) and (name_begins(cell, at) or unknown_name(cell, at, reach.placed)))


def _body_in_short(reach: _Reach) -> bool:
    """«Председатель Общества Анна Линд»: a body by its kind's noun alone, with a capital, before a name."""
    word, at = reach.token.word, reach.end + 1
    kind = word.title and len(word.text) > _SYLLABLE and word.known and word.has("NOUN", "gent", "sing", "inan")
    own = kind and not family_first(word) and not any(word.has(mark) for mark in ("Name", "Surn", "Patr", "Geox"))
    return own and reach.end == reach.begin and (two_titled(reach.cell, at) or name_begins(reach.cell, at))


def _name_of_one_word(reach: _Reach) -> bool:
    """«Председатель городского Хурала Болдбаатар»: a word of no dictionary in the nominative ends the item."""
    return reach.end > reach.begin and bool(single_name(reach.cell, reach.end, reach.placed))


def _unknown_in_the_genitive(word: Word) -> bool:
    """Tell whether a word of no dictionary ends as no first name does («мэр Бекешчабы Тамаш Варга»)."""
    return not word.known and word.low.endswith(_GENITIVE)


def _of_a_body(reach: _Reach) -> bool:
    """Tell whether the word before is of a body or area that wants its name («университета», «округа»)."""
    before = reach.cell.tokens[reach.end - 1].word
    near = reach.end == reach.begin + 1 or any(m.last == reach.end for m in reach.mentions)
    named = near and not before.lemmas & GROUPS and before.known and before.has("NOUN", "gent", "inan")
    return not before.has("Geox") and (named or bool(before.lemmas & AREAS))


def _surname_before(cell: CellText, index: int) -> bool:
    """Tell whether a last name stands before a first name and a patronymic («Турсунов Фарход Каримович»)."""
    return any(len(token.text) > 1 and token.word.has("Patr") for token in cell.tokens[index + 1 : index + 3])


def _dative(reach: _Reach) -> bool:
    """«Секретарь комитета содействия международной торговле»."""
    tokens, at = reach.cell.tokens, reach.end - 1
    while at > reach.begin and tokens[at].word.adjectival():
        at -= 1
    return reach.token.word.has("datv") and bool(tokens[at].word.lemmas & _DATIVE)


def _genitive(reach: _Reach) -> bool:
    """«Начальник отдела культуры», «глава город Смоленск»."""
    return reach.token.word.has("gent") or bool(reach.token.word.lemmas & _AREAS)


def _next(reach: _Reach) -> int:
    return reach.end + 1


def _behind_the_stop(reach: _Reach) -> int:
    return reach.end + _STOPPED


def _behind_the_organisation(reach: _Reach) -> int:
    reach.organisation = reach.mention()
    return reach.mentions[reach.organisation].last


def _behind_the_place(reach: _Reach) -> int:
    return reach.placed[reach.end]


def _behind_the_quotation(reach: _Reach) -> int:
    quote = reach.cell.quote_at(reach.end)
    return min(reach.cell.index_at(quote.end - 1) + 1, len(reach.cell.tokens)) if quote else reach.end + 1


def _behind_the_district(reach: _Reach) -> int:
    end = behind_short_district(reach.cell, reach.end)
    quote = reach.cell.quote_at(end)
    return min(reach.cell.index_at(quote.end - 1) + 1, len(reach.cell.tokens)) if quote else end


def _behind_the_concern(reach: _Reach) -> int:
    """Return the end of what an office is for: datives that «и» may join («по национальной политике и связям»), with
    what a noun of theirs rules («по управлению имуществом и ресурсами», «по работе с молодёжью»)."""
    cell, end = reach.cell, reach.end + 2
    ruled = "datv"
    while end < len(cell.tokens):
        step = 2 if cell.low(end) in _JOINS else 1
        at = end + step - 1
        word = cell.tokens[at].word if at < len(cell.tokens) else None
        if word is None or cell.tokens[at].kind != "word" or word.title or word.has("gent"):
            return end
        if word.has("ablt") and not word.has("datv") and (step == 1 or ruled == "ablt" or cell.low(end) in _WITH):
            ruled = "ablt"
        if not word.has(ruled):
            return end
        end += step
    return end


STEPS: DecisionTable[[_Reach], Callable[[_Reach], int] | None] = DecisionTable(
    Rule(_organisation, _behind_the_organisation),
    Rule(_place, _behind_the_place),
    Rule(_dot_of_an_area, _next),
    Rule(_district_in_initials, _behind_the_district),
    Rule(_quoted_place, _behind_the_quotation),
    Rule(_quotation, _behind_the_quotation),
    Rule(_in_a_place, _next),
    Rule(_initials, _next),
    Rule(_latin, _next),
    Rule(_second_genitive, _next),
    Rule(_unit_in_short, _behind_the_stop),
    Rule(_mark_or_link, None),
    Rule(_degree, None),
    Rule(_in_memory, None),
    Rule(_body_in_short, _next),
    Rule(_name_of_a_body, _next),
    Rule(_name, None),
    Rule(_unknown_name, None),
    Rule(_name_of_one_word, None),
    Rule(_on_behalf, _next),
    Rule(_concern, _behind_the_concern),
    Rule(_in_charge_of, _next),
    Rule(_dative, _next),
    Rule(_ends_with_a_preposition, None),
    Rule(_genitive, _next),
    otherwise=None,
    reason="not-ruled",
)
"""Where an office goes on behind a token that belongs to it; None: it has ended."""
