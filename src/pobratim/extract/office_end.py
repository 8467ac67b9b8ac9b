"""How far the words of an office reach: over the organisation or territory that follows, and what is ruled between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_names import HONOURED, abbreviation, behind_degree, name_begins, unknown_name
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token

_IN_CHARGE = WORDS.stems("in-charge")
"""Beginnings of posts that rule the ablative («заведующая музеем»)."""

_IN_CHARGE_SHORT = WORDS.of("in-charge-abbreviation")
_WITH = WORDS.of("together-with")
_AND = WORDS.of("between-like") - {","}
_JOINS = _AND | _WITH
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
    return reach.end in reach.placed


def _quoted_place(reach: _Reach) -> bool:
    """«Глава МО «Город Смоленск»»."""
    quoted = reach.cell.quote_at(reach.end) is not None
    return quoted and any(at in reach.placed for at in range(reach.end, reach.end + 3))


def _quotation(reach: _Reach) -> bool:
    """«Директор компании «Заря»», of which no body was made."""
    before = reach.cell.tokens[reach.end - 1].word
    return reach.end > reach.begin and reach.cell.quote_at(reach.end) is not None and before.has("NOUN", "gent")


def _in_a_place(reach: _Reach) -> bool:
    """«Посол в Беларуси», «консул в городе Смоленске», but not «ректор ВлГУ в вузы Узбекистана»."""
    towns = reach.cell.tokens[reach.end + 1 : reach.end + 2]
    typed = any(token.word.lemmas & _TOWN_WORDS or token.low in _TOWN_WORDS for token in towns)
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
    if reach.token.low not in _AND or reach.end == reach.begin or at >= len(cell.tokens) or at in reach.placed:
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


def _on_behalf(reach: _Reach) -> bool:
    """«Куратор от монгольской стороны»."""
    behind = reach.cell.tokens[reach.end + 1].word if reach.end + 1 < len(reach.cell.tokens) else None
    return reach.token.low in _BEHALF and behind is not None and not behind.title and behind.has("gent")


def _ends_with_a_preposition(reach: _Reach) -> bool:
    """«Саксофонист из ФРГ»: where somebody is from is no part of a post."""
    return reach.token.word.has("PREP") and not reach.token.word.title


def _degree(reach: _Reach) -> bool:
    """«Руководитель раскопок д.и.н. А.Б. Ильин»."""
    return behind_degree(reach.cell, reach.end) > reach.end


def _in_memory(reach: _Reach) -> bool:
    """«Кубок главы города памяти А.Б. Ильина»: who is remembered holds no post."""
    return reach.token.low in HONOURED


def _genitive(reach: _Reach) -> bool:
    """«Начальник отдела культуры», «глава город Смоленск»."""
    return reach.token.word.has("gent") or bool(reach.token.word.lemmas & _AREAS)


def _next(reach: _Reach) -> int:
    return reach.end + 1


def _behind_the_organisation(reach: _Reach) -> int:
    reach.organisation = reach.mention()
    return reach.mentions[reach.organisation].last


def _behind_the_place(reach: _Reach) -> int:
    return reach.placed[reach.end]


def _behind_the_quotation(reach: _Reach) -> int:
    quote = reach.cell.quote_at(reach.end)
    return min(reach.cell.index_at(quote.end - 1) + 1, len(reach.cell.tokens)) if quote else reach.end + 1


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
    Rule(_quoted_place, _behind_the_quotation),
    Rule(_quotation, _behind_the_quotation),
    Rule(_in_a_place, _next),
    Rule(_initials, _next),
    Rule(_latin, _next),
    Rule(_second_genitive, _next),
    Rule(_mark_or_link, None),
    Rule(_degree, None),
    Rule(_in_memory, None),
    Rule(_name, None),
    Rule(_unknown_name, None),
    Rule(_on_behalf, _next),
    Rule(_concern, _behind_the_concern),
    Rule(_in_charge_of, _next),
    Rule(_ends_with_a_preposition, None),
    Rule(_genitive, _next),
    otherwise=None,
    reason="not-ruled",
)
"""Where an office goes on behind a token that belongs to it; None: it has ended."""
