"""The stretches of a cell that may be a person's name, each of one person."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pobratim.extract.cells import CellText
from pobratim.lexicon.foreign_words import foreign_words
from pobratim.lexicon.lexicon import LEX
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.publishing.people.capitals import NAMING, Sort, is_foreign, opens, sort_of
from pobratim.text.sounding import plain_latin

_PARTICLES = WORDS.of("name-particle")
_PATRONYMIC = WORDS.of("patronymic-word")
_MARKS = frozenset('«„“"')
_LONGEST = 3
"""Words of a name behind which another given name begins another one."""
_FOUND_BY_SHAPE = frozenset({"given", "patronymic", "named"})


_GOING_ON = ("common", "place")
"""What else may be part of a name beside a given name or patronymic; beside others only what is a town as well."""
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


class Run(NamedTuple):
    """A name at ``tokens[first:last]``; ``strong``: it is one by its shape, wherever it stands."""

    first: int
    last: int
    strong: bool


class _Item(NamedTuple):
    """Initials, or a capitalised word with the particle before it."""

    first: int
    last: int
    sort: Sort | Literal["initials", "named"]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the tokens of a cell: ``told`` are words of concepts and places, ``claimed`` those of other
    values of the row (organisations, series), which a name of shape may still stand in, ``named`` those of people,
    ``bodies`` those of organisations whose kind is told, ``kinds`` the words of kinds and legal forms,
    ``sole`` the names of sole traders."""

    told: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    kinds: frozenset[int] = frozenset()
    sole: frozenset[int] = frozenset()


def runs_of(cell: CellText, known: Known) -> list[Run]:
    """Return all stretches of a cell that may be a person's name, in order, none within another."""
    forced = known.named | known.sole
    found: list[Run] = []
    for items in _sequences(cell, known.told, forced):
        found += _persons(cell, items, known)
    return sorted(found)


def sole_traders(cell: CellText, labels: Iterable[Match]) -> frozenset[int]:
    """Return the tokens of names behind a legal form of one person («ИП Гусев А.А.», «КФХ «Рябцев»»)."""
    found: set[int] = set()
    for match in labels:
        if "true" in match.concept.extra.get(LEX + "sole", ()):
            index = match.last + (cell.low(match.last) in _MARKS)
            while index < len(cell.tokens) and (_capital(cell, index) or _initial(cell, index)):
                found.add(index)
                index += 1 + _initial(cell, index)
    return frozenset(found)


def _capital(cell: CellText, index: int) -> bool:
    token = cell.tokens[index]
    return token.kind == "word" and (token.word.title or _joined_particle(token.text))


def _joined_particle(text: str) -> bool:
    """«Эль-Саид» in lower case."""
    head, _, name = text.partition("-")
    return head in _PARTICLES and name[:1].isupper()


def _initial(cell: CellText, index: int) -> bool:
    token = cell.tokens[index]
    return token.kind == "word" and len(token.text) == 1 and token.word.title and cell.low(index + 1) == "."


def _sequences(cell: CellText, told: frozenset[int], forced: frozenset[int]) -> Iterator[list[_Item]]:
    """Yield runs of capitalised words and initials that nothing but white space and particles parts."""
    items: list[_Item] = []
    index = 0
    while index < len(cell.tokens):
        item = _item(cell, index, told, forced, bool(items))
        if item is not None:
            items.append(item)
            index = item.last
            continue
        if items and cell.low(index) in _PATRONYMIC:
            items[-1] = items[-1]._replace(last=index + 1, sort="patronymic")
        else:
            yield from ([items] if items else [])
            items = []
        index += 1
    yield from ([items] if items else [])


def _item(cell: CellText, index: int, told: frozenset[int], forced: frozenset[int], goes_on: bool) -> _Item | None:
    """Return the item that begins at a token, None where none does; a particle begins none by itself."""
    if _initial(cell, index):
        last = index
        while last < len(cell.tokens) and _initial(cell, last):
            last += 2
        return _Item(index, last, "initials")
    at = index + (goes_on and cell.low(index) in _PARTICLES and not cell.tokens[index].word.title)
    if at >= len(cell.tokens) or not _capital(cell, at):
        return None
    return _Item(index, at + 1, "named" if at in forced else sort_of(cell, at, told))


def _persons(cell: CellText, items: Sequence[_Item], known: Known) -> Iterator[Run]:
    """Yield the names of a sequence: initials take the last name behind them, else the one before them."""
    words: list[_Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if item.sort != "initials":
            words.append(item)
            index += 1
            continue
        behind = items[index + 1] if index + 1 < len(items) else None
        if behind is None or _in_a_list(items, index, words):
            if words and words[-1].sort != "told":
                yield Run(words.pop().first, item.last, strong=True)
        elif _middle(item, words):
            yield Run(words.pop().first, behind.last, strong=True)
            index += 1
        elif not _of_a_place(item, behind):
            yield Run(item.first, behind.last, strong=True)
            index += 1
        yield from _of_words(cell, words, known)
        words = []
        index += 1
    yield from _of_words(cell, words, known)


def _in_a_list(items: Sequence[_Item], index: int, words: Sequence[_Item]) -> bool:
    """«Иванов И.И. Петров П.П.»: the initials belong to the word before them."""
    follows = index + 2 < len(items) and items[index + 2].sort == "initials"
    ends = index + 3 >= len(items)
    return bool(words) and words[-1].sort not in ("told", "place") and follows and ends


def _middle(item: _Item, words: Sequence[_Item]) -> bool:
    """«Бьорн О. Нильссон», «Анна В. Линд»: one initial between a given name and the last one."""
    return item.last - item.first == 2 and bool(words) and words[-1].sort in ("given", "named")


def _of_a_place(item: _Item, behind: _Item) -> bool:
    """«Г. Смоленск», «Р. Двина»."""
    return item.last - item.first == 2 and behind.sort in ("place", "told", "common")


def _of_words(cell: CellText, words: Sequence[_Item], known: Known) -> Iterator[Run]:
    """Yield the names among words that follow each other."""
    for group in _groups(cell, words):
        for name in _parted(group):
            if _describes(cell, name, known):
                continue
            sorts = {item.sort for item in name}
            strong = bool(sorts & {"patronymic", "named"}) or (len(name) > 1 and _whole(sorts, cell, name, known))
            if strong:
                yield Run(name[0].first, name[-1].last, strong=True)
                continue
            for part in _free(name, known.claimed):
                if cell.quote_of[part[0].first] is None:
                    yield Run(part[0].first, part[-1].last, strong=False)


def _describes(cell: CellText, name: Sequence[_Item], known: Known) -> bool:
    """Tell whether words are adjectives of what stands behind them: «Великой Отечественной войны», «Трифонов Печенгский
    монастырь»."""
    words = [cell.tokens[item.last - 1].word for item in name]
    if all(word.known and word.adjectival() and not (word.has("Surn") or word.has("Name")) for word in words):
        return True
    last = name[-1].last
    return words[-1].adjectival() and last in known.kinds and last - 1 in known.claimed


def _whole(sorts: Collection[str], cell: CellText, name: Sequence[_Item], known: Known) -> bool:
    """Tell whether several words are one's name by their shape: one is a given name, or all are foreign and of
    nothing that says what it is («Heihe Beifeng Agricultural Development», «University … Aldo Moro»)."""
    first, last = name[0].first, name[-1].last
    if set(sorts) != {"latin"}:
        given = (cell.tokens[item.last - 1].word for item in name if item.sort == "given")
        return any(cell.quote_of[first] is None or "Name" in word.readings[0].grammemes for word in given)
    return cell.quote_of[first] is None and not (first in known.bodies or _of_a_body(cell, first, last, known.kinds))


def _of_a_body(cell: CellText, first: int, last: int, kinds: frozenset[int]) -> bool:
    """Tell whether a word of a kind or legal form stands in the foreign phrase around some tokens, or before it."""
    while first > 0 and _foreign(cell, first - 1):
        first -= 1
    while last < len(cell.tokens) and _foreign(cell, last):
        last += 1
    words = [plain_latin(token.text) for token in cell.tokens[first:last] if token.kind == "word"]
    found = (foreign_words().find(words, at)[0] for at in range(len(words)))
    return bool(kinds.intersection(range(first - 1, last))) or any(word is not None and word.kind for word in found)


def _foreign(cell: CellText, index: int) -> bool:
    token = cell.tokens[index]
    return is_foreign(token.text) if token.kind == "word" else token.text in "&."


def _groups(cell: CellText, words: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Yield the words that may be names, each with those that go on the name beside them («Вера Заяц»)."""
    index = 0
    while index < len(words):
        last = index
        while last < len(words) and _names(words[last]) and _one_script(cell, words[index], words[last]):
            last += 1
        if last == index:
            index += 1
            continue
        group = list(words[index:last])
        going_on = _GOING_ON if _by_shape(group) else ("place",)
        while last < len(words) and words[last].sort in going_on and _one_script(cell, group[0], words[last]):
            group.append(words[last])
            last += 1
        before = words[index - 1] if index else None
        if before and before.sort in going_on and _goes_before(cell, before, group[0]):
            group.insert(0, before)
        yield group
        index = last


def _one_script(cell: CellText, one: _Item, other: _Item) -> bool:
    """Tell whether two words are both in Cyrillic letters or both not: a name is in one script."""
    left, right = (is_foreign(cell.tokens[item.last - 1].text) for item in (one, other))
    return left == right


def _names(item: _Item) -> bool:
    return item.sort in NAMING or item.sort == "named"


def _by_shape(group: Sequence[_Item]) -> bool:
    return any(item.sort in _FOUND_BY_SHAPE for item in group)


def _goes_before(cell: CellText, before: _Item, name: _Item) -> bool:
    """«Заяц Вера»: in the middle of a sentence, or where both words may be one person's."""
    one, other = cell.tokens[before.last - 1].word, cell.tokens[name.last - 1].word
    if opens(cell, before.first):
        return one.has("NOUN", "anim", "nomn", "sing") and other.has("nomn", "Name")
    return any(one.has(case, "sing") and other.has(case, "sing") for case in _CASES)


def _parted(group: list[_Item]) -> Iterator[list[_Item]]:
    """Yield the names of a group: «Юрия Гагарина Анна Ли» are two."""
    begin = 0
    for index, item in enumerate(group):
        if index - begin >= _LONGEST - 1 and item.sort == "given" and len(group) > _LONGEST:
            yield group[begin:index]
            begin = index
    yield group[begin:]


def _free(name: Sequence[_Item], claimed: frozenset[int]) -> Iterator[list[_Item]]:
    """Yield the parts of a name in which no word is one of another value of the row."""
    part: list[_Item] = []
    for item in name:
        if item.last - 1 in claimed:
            yield from ([part] if part else [])
            part = []
        else:
            part.append(item)
    yield from ([part] if part else [])
