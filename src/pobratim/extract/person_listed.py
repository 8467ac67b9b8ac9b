"""Persons whom no post names: in the bracket behind a body or land, listed of a jury, or behind what they do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import family_first, given_name
from pobratim.extract.person_names import initials, name_begins, name_end, names_at, strange_name
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import inflect

_LISTS = WORDS.pairs("list-of-members")
"""Words that lead a list of people, and the post of those listed."""
_ACTS = WORDS.of("person-acts")
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
    """A name at ``tokens[first:last]``, the post that its list tells ("": none), the number of its organisation, and
    how it was found."""

    first: int
    last: int
    post: str
    organisation: int
    rule: str


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
    if token.low in _SIDES:
        return "side"
    return "act" if token.word.lemmas & _ACTS and token.word.has("VERB") else None


_LEADS = Telling(_lead)


def listed(cell: CellText, mentions: Sequence[Mention], placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the names of a cell that stand without a post; some of them may be told elsewhere with one.

    ``placed`` gives the end of each place by its tokens.
    """
    if cell.column not in _COLUMNS:
        return
    for index, sort in _LEADS.among(cell.tokens):
        if sort == "bracket":
            yield from _in_bracket(cell, index, mentions, placed)
        elif cell.quote_of[index] is not None:
            continue
        elif sort == "act":
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
