"""What the words of a post name one after the other: bodies, territories, titles; and the post's own word.

The words are those of the cell from the post's first to its last one. What a word names is told by the marks of the
kinds of organisations (``lex:power``, ``lex:unit``, ``lex:branch``, ``lex:group``) and by classes of wording.ttl.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pobratim.extract.cells import CellText
from pobratim.extract.person_names import abbreviation
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.text.words import TOPONYMIC, Word

Sort = Literal[
    "power", "unit", "branch", "group", "society", "sole", "school", "club", "whole", "territory", "area", "title",
    "initials", "name", "concern", "other",
]  # fmt: skip
"""What stands behind a post: a body of public authority, a unit of some body, a branch, a group or event, a council
of people, a sole trader, a school or university, a club, another institution, a place, a territory told by its type
(«уезда»), a quoted title, initials, another capitalised word, what the post is concerned with, any other noun."""

OWNERS: frozenset[Sort] = frozenset(
    {"power", "society", "sole", "school", "club", "whole", "group", "territory", "area", "title", "initials", "name"}
)
"""Whose a unit may be."""
AREAS = WORDS.of(
    "settlement-type", "settlement-abbreviation", "district", "district-of-adjective", "district-area", "great-area",
    "region-type", "region-type-in-name", "local-unit", "municipality", "territory", "state-word", "area-as-spelt",
)  # fmt: skip
GROUPS = WORDS.of("led-group")
_BODIES = WORDS.of("led-body")
_POWERS = WORDS.of("power-word")
_LEVELS = WORDS.of("council-adjective", "level-of-area", "town-level", "level-of-country")
_SOCIETY = WORDS.of("society-adjective")
_PEOPLE = WORDS.of("society-people")
_SOLE = WORDS.of("sole-trader")
_CONCERN = WORDS.of("concern")
_AND = WORDS.of("between-like")
_LINKS = WORDS.of("office-rank", "board")


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What stands at ``tokens[first:last]``; ``kind`` is the kind of organisation, None where it is none."""

    sort: Sort
    first: int
    last: int
    kind: Concept | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A kind of organisation at ``tokens[first:last]`` of a post that ends at ``end``; ``placed`` ends each place."""

    cell: CellText
    first: int
    last: int
    end: int
    kinds: tuple[Concept, ...]
    placed: Mapping[int, int]

    def marked(self, mark: str) -> bool:
        """Tell whether the kind or a wider one carries a mark."""
        return any("true" in kind.extra.get(LEX + mark, ()) for kind in self.kinds)

    def is_a(self, local: str) -> bool:
        """Tell whether the kind is ``local`` or narrower."""
        return any(kind.local == local for kind in self.kinds)

    def before(self) -> Iterator[Word]:
        """Yield the adjectives before the name, nearest first, and those inside of it."""
        yield from (token.word for token in self.cell.tokens[self.first : self.last])
        for index in range(self.first - 1, -1, -1):
            if not self.cell.tokens[index].word.adjectival():
                return
            yield self.cell.tokens[index].word

    def behind(self) -> Word | None:
        """Return the word behind the name, None at the end of the post."""
        return self.cell.tokens[self.last].word if self.last < self.end else None


def _of_society(named: _Named) -> bool:
    """«Общественный совет», «совет ветеранов», «олимпийский комитет»."""
    behind = named.behind()
    people = behind is not None and says(behind, _PEOPLE)
    return (people or any(says(word, _SOCIETY) for word in named.before())) and _may_be_both(named)


def _may_be_both(named: _Named) -> bool:
    return named.is_a("council") or named.is_a("chamber") or named.is_a("department") or named.marked("power")


def _of_power(named: _Named) -> bool:
    """«Администрация», «министерство», «КПК»."""
    inside = (token.word for token in named.cell.tokens[named.first : named.last])
    return named.marked("power") or any(says(word, _POWERS) for word in inside)


def _elected_council(named: _Named) -> bool:
    """«Городской совет», «Совет Витебска»; a council of whom nothing is told is any board."""
    level = any(says(word, _LEVELS) for word in named.before())
    return named.is_a("council") and (level or named.last in named.placed)


def _of_a_unit(named: _Named) -> bool:
    """«Отдел», «комитет»."""
    return named.marked("unit")


def _of_a_branch(named: _Named) -> bool:
    """«Филиал»."""
    return named.marked("branch")


def _of_a_group(named: _Named) -> bool:
    """«Ансамбль», «факультет», «поисковый отряд»."""
    inside = (token.word for token in named.cell.tokens[named.first : named.last])
    return named.marked("group") or any(says(word, GROUPS) for word in inside)


def _of_a_board(named: _Named) -> bool:
    """«Совет» of which nothing is told."""
    return named.is_a("council")


def _of_one_person(named: _Named) -> bool:
    """«ИП», «крестьянское хозяйство»."""
    inside = (token.word for token in named.cell.tokens[named.first : named.last])
    return named.marked("sole") or any(says(word, _SOLE) for word in inside)


def _of_a_school(named: _Named) -> bool:
    """«Гимназия», «университет»."""
    return named.is_a("educational-institution") or named.is_a("university")


def _of_a_club(named: _Named) -> bool:
    """«Клуб»."""
    return named.is_a("club")


KIND: DecisionTable[[_Named], Sort] = DecisionTable(
    Rule(_of_society, "society"),
    Rule(_of_power, "power"),
    Rule(_elected_council, "power"),
    Rule(_of_a_unit, "unit"),
    Rule(_of_a_branch, "branch"),
    Rule(_of_a_group, "group"),
    Rule(_of_a_board, "other"),
    Rule(_of_one_person, "sole"),
    Rule(_of_a_school, "school"),
    Rule(_of_a_club, "club"),
    otherwise="whole",
    reason="institution",
)
"""What a kind of organisation is to whoever leads it."""


def says(word: Word, words: frozenset[str]) -> bool:
    """Tell whether a word is one of a class, by its dictionary forms or as it is spelt."""
    return bool(word.lemmas & words) or word.low in words or (word.upper and word.text in words)


def bodies(cell: CellText, first: int, last: int, placed: Mapping[int, int], lexicon: Lexicon) -> list[Body]:
    """Return what ``tokens[first:last]`` name, in order; ``placed`` gives the end of each place by its tokens."""
    found: list[Body] = []
    index, concern = first, -1
    while index < last:
        body = _quoted(cell, index, last) or _kind(cell, index, last, placed, lexicon) or _word(cell, index, placed)
        if body is None:
            index += 1
            continue
        index = body.last
        if concern < 0 or not _is_concern(cell, body, concern):
            concern = body.first if body.sort == "concern" else -1
            found.append(replace(body, sort="other") if found and _joined(cell, found[-1], body) else body)
    return found


def _joined(cell: CellText, before: Body, body: Body) -> bool:
    """Tell whether «и» or a comma joins a word to one that says what a unit is for («управление культуры, радио»)."""
    common = body.sort in {"whole", "unit", "school", "club"}
    return common and before.sort == "other" and before.last == body.first - 1 and cell.low(before.last) in _AND


def _is_concern(cell: CellText, body: Body, concern: int) -> bool:
    """Tell whether a noun still says what a post is concerned with, since the «по» at ``tokens[concern]``.

    «По управлению имуществом», but not «по работе школы»: that is a genitive behind a noun, and of whom the post is.
    """
    if body.sort in {"power", "title", "territory", "area", "initials", "concern"}:
        return False
    words = [token.word for token in cell.tokens[body.first : body.last] if token.word.has("NOUN")]
    between = any(token.word.has("NOUN") for token in cell.tokens[concern + 1 : body.first])
    behind = between and cell.low(body.first - 1) not in _AND
    ruled = any(word.has("gent") and (behind or not word.has("datv")) for word in words)
    return body.sort == "other" or not ruled


def _quoted(cell: CellText, index: int, last: int) -> Body | None:
    """Return the quotation that opens at ``index``."""
    quote = cell.quote_at(index)
    if quote is None:
        return None
    return Body("title", index, min(max(cell.index_at(quote.end - 1) + 1, index + 1), last))


def _kind(cell: CellText, index: int, last: int, placed: Mapping[int, int], lexicon: Lexicon) -> Body | None:
    """Return the kind of organisation, or legal form, whose words stand at ``index``."""
    for scheme in ("organisation-kind", "legal-form"):
        match = next(iter(lexicon.matcher(scheme).at(cell.tokens, index)), None)
        if match is not None and match.last <= last:
            chain = tuple(lexicon.broader(match.concept))
            named = _Named(cell, match.first, match.last, last, chain, placed)
            return Body(KIND.verdict(named), index, match.last, match.concept)
    return None


def _is_power_word(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Горком», «МИД»."""
    return says(cell.tokens[index].word, _POWERS)


def _is_concern_word(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«По культуре»."""
    return cell.low(index) in _CONCERN


def _says_nothing(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """A mark, a number, «исполняющий обязанности», «городской»."""
    token = cell.tokens[index]
    plain = token.kind != "word" or says(token.word, _LINKS)
    return plain or (not token.word.upper and _adjective(token.word) and not says(token.word, AREAS))


def _adjective(word: Word) -> bool:
    return word.adjectival() or any(lemma.endswith(TOPONYMIC) for lemma in word.lemmas)


def _is_area(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Района», «г.»."""
    return says(cell.tokens[index].word, AREAS)


def _is_place(cell: CellText, index: int, placed: Mapping[int, int]) -> bool:
    """«Пскова», «Оршанского района», but not «Оршанского» before a further word."""
    end = placed.get(index, index)
    further = end < len(cell.tokens) and cell.tokens[end].kind == "word" and not cell.tokens[end].word.title
    return end > index and not (further and all(_adjective(token.word) for token in cell.tokens[index:end]))


def _is_group(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Делегации»."""
    return says(cell.tokens[index].word, GROUPS)


def _is_body(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Кооператива»."""
    return says(cell.tokens[index].word, _BODIES)


def _is_initials(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«ВГУ»."""
    return abbreviation(cell.tokens[index])


def _is_name(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Centre», «Авангарда»."""
    return cell.tokens[index].word.title


def _is_noun(cell: CellText, index: int, _placed: Mapping[int, int]) -> bool:
    """«Закупок»."""
    return cell.tokens[index].word.has("NOUN") and len(cell.tokens[index].text) > 1


WORD: DecisionTable[[CellText, int, Mapping[int, int]], Sort | None] = DecisionTable(
    Rule(_is_power_word, "power"),
    Rule(_is_concern_word, "concern"),
    Rule(_is_area, "area"),
    Rule(_is_place, "territory"),
    Rule(_says_nothing, None),
    Rule(_is_group, "group"),
    Rule(_is_body, "whole"),
    Rule(_is_initials, "initials"),
    Rule(_is_name, "name"),
    Rule(_is_noun, "other"),
    otherwise=None,
    reason="small-word",
)
"""What a single word behind a post names; None: nothing of its own."""


def _word(cell: CellText, index: int, placed: Mapping[int, int]) -> Body | None:
    sort = WORD.verdict(cell, index, placed)
    if sort != "territory":
        return None if sort is None else Body(sort, index, index + 1)
    last = placed[index]
    typed = any(says(token.word, AREAS) for token in cell.tokens[index:last])
    return Body("area" if typed else "territory", index, last)
