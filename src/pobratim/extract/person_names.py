"""Where a person's name begins and ends in a cell."""

from collections.abc import Mapping

from pobratim.extract.cells import CellText
from pobratim.extract.person_ahead import family_name, given_name
from pobratim.extract.person_ends import TWO_LETTERS, initial, name_end, particle, titled
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import Word
from pobratim.text.words import word as spell

_HONOUR = WORDS.of("honour")
HONOURED = WORDS.of("honour", "honoured-rank")
_LONGEST_BRACKET = 8
LONGEST_BEFORE = 6
_ITEM_ENDS = {",", ";", ".", "(", ")"}
BEFORE_NAME = {"(", "–", "-", "—"}
TITLES = WORDS.of("title")
_SHORT_TITLES = TITLES & WORDS.pairs("post-abbreviation").keys()
DEGREES, _DEGREE_ENDS = WORDS.of("degree"), WORDS.of("degree-end")
_FROM = WORDS.of("preposition-from")
_TWO = 2
_LONGEST_DEGREE = 9
"""Tokens of «канд. пед. наук»."""
PEOPLES = WORDS.pairs("people-of-a-land").keys()
_DAYS = WORDS.of("day-of-a-life")
_AGED = WORDS.endings("years-old")


def abbreviation(token: Token) -> bool:
    """Tell whether a word has two capitals or more, as names of bodies do and names of people do not («УУНиТ»)."""
    return token.kind == "word" and "-" not in token.text and sum(letter.isupper() for letter in token.text) > 1


def name_begins(cell: CellText, index: int) -> bool:
    """Tell whether a person's name begins here: a first name or initials, with a capitalised word behind."""
    return BEGINS.verdict(cell, index)


def _nothing_capitalised(cell: CellText, index: int) -> bool:
    """A word in lower case, a mark, or the last word of a cell."""
    if index + 1 >= len(cell.tokens):
        return True
    return not cell.tokens[index].word.title and not _joined_particle(cell, index)


def _joined_particle(cell: CellText, index: int) -> bool:
    """«аль-Хатиб Насер»: a family name with its particle before the person's own."""
    token, behind = cell.tokens[index], cell.tokens[index + 1].word
    return "-" in token.text and particle(cell, index) and behind.title and not behind.upper


def _quoted(cell: CellText, index: int) -> bool:
    """«Фонд «Анна Линд»»: what is quoted is a title."""
    return cell.quote_of[index] is not None


def _honours(cell: CellText, index: int) -> bool:
    """«Имени Юрия Гагарина»."""
    return index > 0 and cell.low(index - 1) in HONOURED


def _initials_of_a_body(cell: CellText, index: int) -> bool:
    """«СмолГУ Петров»; in a heading in capitals both words have them («ИВАН ПЕТРОВ»)."""
    return abbreviation(cell.tokens[index]) and not abbreviation(cell.tokens[index + 1])


def _district_in_initials(cell: CellText, index: int) -> bool:
    """«Г.о. Химки», «С.п. Ивановка»."""
    return [t.text for t in cell.tokens[index + 1 : index + 4]] in ([".", "о", "."], [".", "п", "."])


def _initials_and_last_name(cell: CellText, index: int) -> bool:
    """«И.И. Иванов»."""
    end = _behind_initials(cell, index)
    if end == index or end >= len(cell.tokens) or (cell.new_line(end) and titled(cell, index - 1)):
        return False
    token = cell.tokens[end]
    return (token.kind == "word" and token.word.title and len(token.text) > 1) or particle(cell, end)


def _behind_initials(cell: CellText, index: int) -> int:
    """Return the index behind the initials with their dots at ``index``, «Дж.» among them; else ``index``."""
    while (initial(cell, index) or cell.low(index) in TWO_LETTERS) and cell.low(index + 1) == ".":
        index += 2
    return index


def _thing_by_a_hyphen(cell: CellText, index: int) -> bool:
    """«Гёте-института»: the word behind the hyphen is a thing's in lower case."""
    head, _, behind = cell.tokens[index].text.rpartition("-")
    return bool(head) and behind.islower() and spell(behind).known and spell(behind).has("NOUN", "inan")


def _initial_with_a_dot(cell: CellText, index: int) -> bool:
    """«Г. Смоленск»."""
    return len(cell.tokens[index].text) == 1 and cell.tokens[index + 1].text == "."


def _first_name_and_particle(cell: CellText, index: int) -> bool:
    """«Луис де Соуза»."""
    return not cell.tokens[index + 1].word.title and cell.tokens[index].word.has("Name") and particle(cell, index + 1)


def _nothing_capitalised_behind(cell: CellText, index: int) -> bool:
    """«Анна выступила»."""
    return not cell.tokens[index + 1].word.title


def _name_behind_initials(cell: CellText, index: int) -> bool:
    """«Проректор Волгатеха Э.А. Ильин», «администрации Твери Ю. Ильина»: the initials are of the name behind.

    But «Бьорн О. Нильссон» has one in the middle.
    """
    end = _behind_initials(cell, index + 1)
    if end == index + 1 or end >= len(cell.tokens) or len(cell.tokens[index].text) == 1 or cell.new_line(end):
        return False
    token = cell.tokens[end]
    whole = token.kind == "word" and token.word.title and len(token.text) > 1 and not token.word.upper
    own = cell.tokens[index].word
    middle = end == index + 1 + _TWO and not (own.known and (own.has("Geox") or own.has("NOUN", "gent")))
    return whole and not own.has("Name") and not middle and not (initial(cell, end + 1) and cell.low(end + 2) == ".")


def _last_name_and_initials(cell: CellText, index: int) -> bool:
    """«Иванов И.И.»."""
    behind = cell.tokens[index + 1 : index + 3]
    return len(behind) > 1 and len(behind[0].text) == 1 and behind[1].text == "."


def _last_name_and_letter(cell: CellText, index: int) -> bool:
    """«Пилипенко Т», all of an item, but not «Корпус Б»."""
    own, closed = cell.tokens[index].word, index + _TWO == len(cell.tokens) or cell.low(index + _TWO) in _ITEM_ENDS
    return initial(cell, index + 1) and closed and own.has("Surn", "nomn") and not own.has("Geox") and not own.upper


def _letter_behind(cell: CellText, index: int) -> bool:
    """«Корпус Б»."""
    return len(cell.tokens[index + 1].text) == 1


def _area_behind(cell: CellText, index: int) -> bool:
    """«Района Беимбета Майлина Костанайской области»: the adjective is of the area behind, no surname."""
    first, second = cell.tokens[index].word, cell.tokens[index + 1].word
    noun = cell.tokens[index + 2] if index + 2 < len(cell.tokens) else None
    if noun is None or noun.kind != "word" or noun.word.title or not second.adjectival() or first.has("Name", "nomn"):
        return False
    return second.has("gent") and agree(second, noun.word) and not noun.word.has("anim")


def _first_name(cell: CellText, index: int) -> bool:
    """«Анна Петрова»."""
    return cell.tokens[index].word.has("Name") or given_name(cell.tokens[index].word)


def _family_name_first(cell: CellText, index: int) -> bool:
    """«Ван Синьчжу»."""
    return family_name(cell.tokens[index].word)


def _patronymic_behind(cell: CellText, index: int) -> bool:
    """«Нурлан Кайратович»."""
    return cell.tokens[index + 1].word.has("Patr")


def _last_name_behind(cell: CellText, index: int) -> bool:
    """«Рахим Ахмедов», but not «Витебская Иванова», «Минск Петров»."""
    word = cell.tokens[index].word
    return cell.tokens[index + 1].word.has("Surn") and not word.has("Geox") and not word.adjectival()


def _own_name_behind(cell: CellText, index: int) -> bool:
    """«Ямада Кэндзи», but not «Посёлок Анна»: a strange or family name, and a first name that ends the item."""
    own, closed = cell.tokens[index].word, index + _TWO == len(cell.tokens) or cell.low(index + _TWO) in _ITEM_ENDS
    strange = not own.known and not own.adjectival() and "-" not in own.text
    family = (strange or own.has("Surn", "nomn")) and not own.has("Geox") and not own.upper
    return family and closed and given_name(cell.tokens[index + 1].word)


BEGINS: DecisionTable[[CellText, int], bool] = DecisionTable(
    Rule(_nothing_capitalised, False),
    Rule(_quoted, False),
    Rule(_honours, False),
    Rule(_thing_by_a_hyphen, False),
    Rule(_initials_of_a_body, False),
    Rule(_district_in_initials, False),
    Rule(_initials_and_last_name, True),
    Rule(_initial_with_a_dot, False),
    Rule(_joined_particle, True),
    Rule(_first_name_and_particle, True),
    Rule(_nothing_capitalised_behind, False),
    Rule(_name_behind_initials, False),
    Rule(_last_name_and_initials, True),
    Rule(_last_name_and_letter, True),
    Rule(_letter_behind, False),
    Rule(_area_behind, False),
    Rule(_first_name, True),
    Rule(_family_name_first, True),
    Rule(_patronymic_behind, True),
    Rule(_last_name_behind, True),
    Rule(_own_name_behind, True),
    otherwise=False,
    reason="two-capitals",
)
"""Whether a person's name begins at a token."""


def honoured(cell: CellText, index: int) -> bool:
    """Tell whether «имени», «им.» or «памяти» stands before a rank, which then is of one whose name is borne."""
    while index > 1 and cell.tokens[index - 1].kind == "word" and _describes(cell.tokens[index - 1].word):
        index -= 1
    before = index - 1 - (cell.low(index - 1) == ".")
    return cell.low(before) in _HONOUR | _DAYS


def _describes(word: Word) -> bool:
    """Tell whether a word is a genitive adjective in lower case («памяти первого министра»)."""
    return not word.title and word.has("ADJF", "gent")


def unknown_name(cell: CellText, index: int, placed: Mapping[int, int]) -> bool:
    """Tell whether two capitalised words that no dictionary knows as names follow a post («мэр … Чжао Ляньцзюнь»)."""
    pair = cell.tokens[index : index + 2]
    return (
        len(pair) == 2
        and all(
            t.kind == "word"
            and (t.word.title or (i > index and particle(cell, i)))
            and not t.word.upper
            and i not in placed
            and cell.quote_of[i] is None
            and not _thing_by_a_hyphen(cell, i)
            for i, t in enumerate(pair, index)
        )
        and len(pair[1].text) > 1
        and not _adjective_of_a_thing(pair[0].word, pair[1].word)
    )


def _adjective_of_a_thing(first: Word, second: Word) -> bool:
    """Tell whether an adjective in an oblique case goes with a noun that is nobody's name («Малого Музея»)."""
    person = second.has("Name") or second.has("Surn") or second.has("Patr")
    return first.known and first.adjectival() and not first.has("nomn") and not person and agree(first, second)


def names_at(cell: CellText, index: int, placed: dict[int, int], *, several: bool = False) -> list[tuple[int, int]]:
    """Return the names at ``index``: one, or several joined by commas and «и».

    Behind a post of ``several`` a colon may stand before them, brackets between them, and names that no dictionary has
    are taken as well.
    """
    found: list[tuple[int, int]] = []
    index = behind_degree(cell, _behind_origin(cell, _behind_bracket(cell, index), placed))
    while index < len(cell.tokens) and (_before_name(cell, index, several=several) or _tells_whence(cell, index)):
        index = behind_degree(cell, index + 1)
    while (
        name_begins(cell, index)
        or (not found and unknown_name(cell, index, placed))
        or ((several or found) and strange_name(cell, index, placed))
    ):
        last = name_end(cell, index)
        found.append((index, last))
        joint = behind_bracket(cell, last) if several or _placed_bracket(cell, last, placed) else last
        following = joint + 1
        if cell.low(joint) not in {",", "и"} or not (
            name_begins(cell, following)
            or (strange_name(cell, following, placed) and (several or _item(cell, following)))
        ):
            break
        index = following
    return found


def _tells_whence(cell: CellText, index: int) -> bool:
    """Tell whether a word before a name says whence or how old somebody is («серб Деян Савич», «девятилетний …»)."""
    word = cell.tokens[index].word
    tells = bool(word.lemmas & PEOPLES) or word.low.endswith(_AGED)
    return tells and not word.title and (name_begins(cell, index + 1) or unknown_name(cell, index + 1, {}))


def _placed_bracket(cell: CellText, index: int, placed: Mapping[int, int]) -> bool:
    """Tell whether a bracket holds a place alone: where somebody in a list is from («Реза Хосейни (Иран)»)."""
    return cell.low(index) == "(" and index + 1 in placed and cell.low(placed[index + 1]) == ")"


def _item(cell: CellText, index: int) -> bool:
    """Tell whether two words are an item of a list by themselves."""
    return index + _TWO >= len(cell.tokens) or cell.tokens[index + _TWO].text in _ITEM_ENDS


def _before_name(cell: CellText, index: int, *, several: bool) -> bool:
    """Tell whether a dash, a bracket, a form of address or a colon («судья: Анна Линд») stands before a name."""
    token = cell.tokens[index]
    if token.text == ":":
        return several or name_begins(cell, index + 1)
    return token.text in BEFORE_NAME or token.low in TITLES


def behind_degree(cell: CellText, index: int) -> int:
    """Return the index behind an academic degree («д.и.н.», «канд. ист. наук»), else ``index``."""
    if cell.low(index) in _SHORT_TITLES and cell.low(index + 1) == "." and name_begins(cell, index + 2):
        return index + 2
    if cell.low(index) not in DEGREES or (index < len(cell.tokens) and cell.tokens[index].word.title):
        return index
    ends = (i for i in range(index + 1, min(index + _LONGEST_DEGREE, len(cell.tokens))) if cell.low(i) in _DEGREE_ENDS)
    end = next(ends, -1)
    plain = all(cell.tokens[i].text == "." or not cell.tokens[i].word.title for i in range(index, end + 1))
    return end + 1 + (cell.low(end + 1) == ".") if end > 0 and plain else index


def _behind_origin(cell: CellText, index: int, placed: Mapping[int, int]) -> int:
    """Return the index behind where somebody is from («саксофонист из ФРГ Йорг Хеппнер»), else ``index``."""
    end = placed.get(index + 1, index) if cell.low(index) in _FROM else index
    return end if end > index and (name_begins(cell, end) or unknown_name(cell, end, placed)) else index


def behind_bracket(cell: CellText, index: int, longest: int = _LONGEST_BRACKET) -> int:
    """Return the index behind the bracket that opens at ``index``, else ``index``; ``longest`` is in tokens."""
    if cell.low(index) != "(":
        return index
    stop = min(index + longest, len(cell.tokens))
    return next((i + 1 for i in range(index, stop) if cell.tokens[i].text == ")"), index)


def strange_name(cell: CellText, index: int, placed: Mapping[int, int]) -> bool:
    """Tell whether two capitalised words stand at ``index`` that no dictionary has («Сирье Рятсеп»)."""
    pair = cell.tokens[index : index + 2]
    joined = len(pair) > 1 and not pair[1].word.title  # «Хамад аль-Мазруи»
    return unknown_name(cell, index, placed) and (joined or not any(token.word.known for token in pair))


def _behind_bracket(cell: CellText, index: int) -> int:
    """Return the index behind a bracket that a name follows («(г. Пьяченца) Марко Ферретти»), else ``index``."""
    if cell.low(index) != "(" or name_begins(cell, index + 1):
        return index
    stop = min(index + _LONGEST_BRACKET, len(cell.tokens))
    close = next((i for i in range(index, stop) if cell.tokens[i].text == ")"), -1)
    name = close + 1 + (cell.low(close + 1) in TITLES)
    return close + 1 if close > 0 and (name_begins(cell, name) or unknown_name(cell, name, {})) else index
