"""Persons whom no post names: in the bracket behind a body or land, listed of a jury, or behind what they do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_names import name_begins, name_end, names_at, strange_name
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, Token

_LISTS = WORDS.pairs("list-of-members")
"""Words that lead a list of people, and the post of those listed."""
_ACTS = WORDS.of("person-acts")
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
    if token.low in _LISTS:
        return "list"
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
        elif cell.low(index + 1) in _MARKS:
            yield from _members(cell, index, placed)


def _in_bracket(cell: CellText, index: int, mentions: Sequence[Mention], placed: Mapping[int, int]) -> Iterator[Listed]:
    """Yield the names that are all of a bracket behind a body or place: «ТПП (В.Б. Ильин)», «Польша (Эва Линд)»."""
    number = next((n for n, one in enumerate(mentions) if one.last == index), -1)
    if number < 0 and placed.get(index - 1) != index:
        return
    found: list[Listed] = []
    at = index + 1
    while name_begins(cell, at):
        last = name_end(cell, at)
        found.append(Listed(at, last, "", number, "name-in-a-bracket"))
        if cell.low(last) == ")":
            yield from found
            return
        if cell.low(last) not in _AND:
            return
        at = last + 1


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
            yield Listed(at, last, _LISTS[cell.low(index)], -1, "name-in-a-list")
