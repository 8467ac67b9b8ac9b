"""Persons whom no post names: in the bracket behind a body or land, listed of a jury, or behind what they do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import family_first, given_name
from pobratim.extract.person_ends import initials, name_end
from pobratim.extract.person_names import honoured, name_begins, names_at, strange_name
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import inflect

_LISTS = WORDS.pairs("list-of-members")
"""Words that lead a list of people, and the post of those listed."""
_ACTS, _GIVES = WORDS.of("person-acts"), WORDS.of("prize-is-given")
_TO_A_MAN = WORDS.endings("name-of-a-man-in-the-dative")
_LONGEST = 6
"""Tokens of a name with its dots, at most."""
_AWARDS, _SIDES, _UNTOLD = WORDS.of("award"), WORDS.of("on-behalf", "side-of-several"), WORDS.of("list-of-names")
_INCLUDING = WORDS.of("including")
_STOPS = {",", ";", ".", "(", ")"}
_NEAR, _FAR = 3, 8
_MARKS = {":", "–", "—", "-"}
_ITEM_ENDS = {";", ".", "(", ")", ""}
_AND = WORDS.of("between-like")
_ITEMS = {":", "–", "—", "-"} | _AND
_SHORT = 4
"""Letters of a word that a full stop cuts short («проф.»), at most."""
_COLUMNS = {"participants", "purpose", "result"}


class Listed(NamedTuple):
    """A name at ``tokens[first:last]``, the post that its list tells ("": none), the number of its organisation, how it
    was found, and its case."""

    first: int
    last: int
    post: str
    organisation: int
    rule: str
    case: str = "nomn"


def _lead(token: Token) -> str | None:
    """Return what may stand before names without a post: a bracket, the head of a list, or a verb ("act")."""
    if token.text == "(":
        return "bracket"
    if token.low in _INCLUDING:
        return "including"
    if token.low in _LISTS or token.low in _UNTOLD:
        return "list"
    if token.word.lemmas & _AWARDS:
        return "award"
    if token.word.lemmas & _GIVES and (token.word.has("PRTS") or token.word.has("VERB")):
        return "gift"
    if token.low in _SIDES:
        return "side"
    if token.text in _MARKS:
        return "mark"
    return "act" if token.word.lemmas & _ACTS and token.word.has("VERB") else None


_LEADS = Telling(_lead)


def listed(cell: CellText, mentions: Sequence[Mention], placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the names of a cell that stand without a post; some of them may be told elsewhere with one.

    ``placed`` gives the end of each place by its tokens.
    """
    if cell.column not in _COLUMNS:
        return
    for index, sort in _LEADS.among(cell.tokens):
        if sort in {"bracket", "mark"}:
            yield from _of_a_place(cell, index, mentions, placed)
            yield from _in_bracket(cell, index, mentions, placed) if sort == "bracket" else ()
        elif cell.quote_of[index] is None:
            yield from _led(cell, index, sort, placed)


def _led(cell: CellText, index: int, sort: str, placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the names behind a word of a sort that leads to them."""
    if sort in {"act", "gift"}:
        yield from _given_to(cell, index + 1, placed) if sort == "gift" else ()
        if cell.tokens[index].word.has("VERB") and not _has_an_object(cell, index):
            yield from _behind_verb(cell, index + 1, placed)
    elif sort == "including":
        yield from _included(cell, index, placed)
    elif sort in {"award", "side"}:
        yield from _behind_mark(cell, index, sort)
    elif cell.low(index + 1) in _MARKS:
        yield from _members(cell, index, placed)


def _in_bracket(cell: CellText, index: int, mentions: Sequence[Mention], placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the names that are all of a bracket behind a body, place or people, or of an award.

    «ТПП (В.Б. Ильин)», «Польша (Эва Линд)», «сотрудники музея (А. Белова, К. Орехов)», «диплом (Анна Линд, 11 лет)».
    """
    number = next((n for n, one in enumerate(mentions) if one.last == index), -1)
    if number < 0 and placed.get(index - 1) != index and not _of_people(cell, index):
        return
    found: list[Listed] = []
    at = index + 1
    while name_begins(cell, at):
        last = name_end(cell, at)
        found.append(Listed(at, last, "", number, "name-in-a-bracket"))
        if cell.low(last) == ")" or (cell.low(last) == "," and _years(cell, last + 1)):
            yield from found
            return
        if cell.low(last) not in _AND:
            return
        at = last + 1


def _of_people(cell: CellText, index: int) -> bool:
    """Tell whether people or an award are told of in the few words before a bracket, a quotation being none."""
    if cell.quote_of[index - 1] is not None or cell.tokens[index - 1].kind != "word":
        return False
    words = [token.word for token in cell.tokens[max(index - _NEAR, 0) : index] if token.kind == "word"]
    return any((w.has("NOUN", "anim", "plur") and not w.title) or w.lemmas & _AWARDS for w in words)


def _years(cell: CellText, index: int) -> bool:
    """Tell whether an age is all that is left of a bracket («, 11 лет)»)."""
    return index + 2 < len(cell.tokens) and cell.tokens[index].kind == "number" and cell.low(index + 2) == ")"


def _included(cell: CellText, index: int, placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield those whom «в том числе» names of the people told before («художники, в том числе Самира Хассан»)."""
    back = range(index - 1, max(index - _FAR - 2, -1), -1)
    people = next((cell.tokens[i] for i in back if _several(cell.tokens[i])), None)
    if people is None:
        return
    post = inflect(people.text.lower(), "NOUN", "nomn", "sing")
    for first, last in names_at(cell, index + 1, dict(placed), several=True):
        yield Listed(first, last, post, -1, "name-in-a-list")


def _several(token: Token) -> bool:
    """Tell whether a word is of several people, nobody's name."""
    return token.kind == "word" and not token.word.title and token.word.has("NOUN", "anim", "plur", "nomn")


def _behind_mark(cell: CellText, index: int, sort: str) -> Iterator[Listed]:
    """Yield those behind the mark of an award or side («1 место – А. Линд», «со стороны Бреста – Б. Ильин»)."""
    stop = min(index + _FAR, len(cell.tokens))
    mark = next((at for at in range(index + 1, stop) if cell.low(at) in _STOPS | _MARKS), -1)
    if mark < 0 or cell.low(mark) not in _MARKS:
        return
    for at in _items(cell, mark + 1):
        last, word = name_end(cell, at), cell.tokens[at].word
        sure = name_begins(cell, at) and (initials(cell, at, last) or given_name(word) or family_first(word))
        if not sure or cell.low(last) not in _ITEM_ENDS | _AND:
            return
        post = _best(cell, index, mark) if sort == "award" else ""
        yield Listed(at, last, post, -1, f"name-behind-an-{sort}" if sort == "award" else "name-of-a-side")


def _best(cell: CellText, index: int, mark: int) -> str:
    """Return who is the best («лучший вратарь – Анна Линд»), "" of an award."""
    noun = cell.tokens[index + 1].word
    return cell.flat(index + 1, mark) if noun.has("NOUN", "anim", "nomn") and index + 2 == mark else ""


def _items(cell: CellText, index: int) -> Iterator[int]:
    """Yield where the names of a list begin that follow each other."""
    while index < len(cell.tokens):
        yield index
        last = name_end(cell, index)
        if cell.low(last) not in _AND:
            return
        index = last + 1


def _behind_verb(cell: CellText, index: int, placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield those who do what a verb before them tells: «с докладами выступили Анна Линд, Жан Дюваль и доцент …»."""
    for first, last in names_at(cell, index, dict(placed), several=True):
        word = cell.tokens[first].word
        if word.has("Name") and not word.has("Name", "nomn"):
            return
        yield Listed(first, last, "", -1, "name-behind-a-verb")


def _given_to(cell: CellText, index: int, placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield to whom a prize is given, in the dative («приз вручён Баяндалаю Ганбату»)."""
    if not (name_begins(cell, index) or strange_name(cell, index, placed)):
        return
    last = name_end(cell, index)
    words = [token for token in cell.tokens[index:last] if token.kind == "word" and len(token.text) > 1]
    first = any(token.word.has("Name", "datv") for token in words)
    if words and (first or all(token.low.endswith(_TO_A_MAN) for token in words)):
        yield Listed(index, last, "", -1, "name-behind-a-verb", "datv")


def _has_an_object(cell: CellText, index: int) -> bool:
    """Tell whether what stands behind a verb is no subject: it is in the plural, opens its clause, and one name follows
    («читали Ч. Айтматова», but «лекции читали А. Белова и Б. Сомов»)."""
    opens = index == 0 or cell.low(index - 1) in _STOPS | _MARKS
    last = name_end(cell, index + 1)
    several = cell.low(last) in _AND and name_begins(cell, last + 1)
    return opens and cell.tokens[index].word.has("VERB", "plur") and not several


def _of_a_place(cell: CellText, index: int, mentions: Sequence[Mention], placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the name before a bracket or dash and the place where somebody is from («Г. Линд (г. Зуль)»)."""
    place = next((at for at in range(index + 1, index + _NEAR + 1) if at in placed), -1)
    bare = place > index and all(len(cell.low(at)) == 1 for at in range(index + 1, place))
    closed = ")" if cell.low(index) == "(" else "("
    if not bare or not (cell.low(placed[place]) == closed or (closed == "(" and cell.low(placed[place]) in _ITEM_ENDS)):
        return
    for at in range(max(index - _LONGEST, 0), index - 1):
        if not name_begins(cell, at) or name_end(cell, at) != index:
            continue
        word, letter = cell.tokens[at].word, len(cell.tokens[at].text) == 1
        sure = cell.low(at + 1) == "." if letter else (initials(cell, at, index) or given_name(word))
        part = cell.low(at - 1) in {"-", "."} and len(cell.low(at - 2)) == 1 and at > 1
        borne = honoured(cell, at) or any(one.first <= at < one.last for one in mentions) or at in placed
        if not (part or borne) and (sure or family_first(word)):
            yield Listed(at, index, "", -1, "name-in-a-list")
        return


def _members(cell: CellText, index: int, placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield those whom a list names, each an item: «жюри: А. Белова (Минск), Пак Чжи Хун (Респ. Корея)»."""
    for at in range(index + 2, len(cell.tokens)):
        if cell.low(at) == ";" or cell.new_line(at) or (cell.low(at) == "." and len(cell.low(at - 1)) > _SHORT):
            return
        item = cell.low(at - 1) in _ITEMS or (cell.low(at - 1) == "(" and placed.get(at - 2) == at - 1)
        if not item or not (name_begins(cell, at) or strange_name(cell, at, placed)):
            continue
        last = name_end(cell, at)
        if cell.low(last) in _ITEM_ENDS | _AND:
            yield Listed(at, last, _LISTS.get(cell.low(index), ""), -1, "name-in-a-list")
