"""Persons who act in an event: by post and name, or by post alone."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.lexicon import Lexicon
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import inflect

_HONOURED = {"имени", "им", "памяти", "героя", "летию"}
_LONGEST_NAME = 3
_BEFORE_NAME = {"(", "–", "-", "—"}
_TITLES = {"господин", "госпожа", "господином", "госпожой", "господина", "госпожи", "г-н", "г-жа", "товарищ", "д-р"}
# Endings of masculine surnames that the dictionary lacks, by the case that the first name shows.
_CASE_ENDINGS = {"gent": ("а", "я"), "accs": ("а", "я"), "datv": ("у", "ю"), "ablt": ("ом", "ем")}


class PersonMention(NamedTuple):
    """A person: nominative ``name`` ("" if only the post is given), ``post``, the index of the organisation or -1."""

    name: str
    post: str
    organisation: int
    first: int
    last: int
    rule: str


def find_people(
    cell: CellText, mentions: list[Mention], geos: list[Geo], lexicon: Lexicon, *, acting: bool
) -> list[PersonMention]:
    """Return the persons of a cell. Posts without a name count only where ``acting`` (titles of meetings), and among
    participants where they are their own subject («Мэр г. Казани», not «сотрудники аппарата мэра»)."""
    people: list[PersonMention] = []
    placed = {index: geo.last for geo in geos for index in range(geo.first, geo.last)}
    index = 0
    posts = lexicon.matcher("post")
    while index < len(cell.tokens):
        match = next(iter(posts.at(cell.tokens, index)), None) if cell.quote_of[index] is None else None
        if match is None:
            index += 1
            continue
        end, organisation = _post_end(cell, match.last, mentions, placed)
        named = _names(cell, end, placed)
        before = _body_before(cell, match.first, mentions) if named and organisation < 0 else -1
        office = flag(match.concept, "acting")
        for first, last in named:
            post = _post(cell, match.first, match.last, end)
            if before >= 0:
                organisation = before
                post = f"{post} {cell.flat(mentions[before].first, mentions[before].last)}"
            people.append(
                PersonMention(
                    _nominative_name(cell.tokens[first:last]), post, organisation, match.first, last, "post-and-name"
                )
            )
        alone = acting or (cell.column == "participants" and _subject(cell, match.first))
        if not named and alone and office and end > match.last:
            people.append(
                PersonMention("", _post(cell, match.first, match.last, end), organisation, match.first, end, "post")
            )
        index = named[-1][1] if named else max(end, match.last)
    return people


def _body_before(cell: CellText, index: int, mentions: list[Mention]) -> int:
    """Return the organisation before «(», «во главе с» and a post, -1 if none: «гимназии (директор Анна Петрова)»."""
    start = index - 1
    if [cell.low(i) for i in range(index - 3, index)] == ["во", "главе", "с"]:
        start = index - 3
    elif cell.low(start) != "(":
        return -1
    return next((n for n, m in enumerate(mentions) if m.last == start), -1)


def _subject(cell: CellText, index: int) -> bool:
    """Tell whether a post is one person's and rules its phrase: nominative, or «во главе с …»."""
    words = [token.word for token in cell.tokens[index : index + 2]]
    headed = cell.low(index - 1) in {"с", "со"} and any(word.has("ablt", "sing") for word in words)
    return headed or (words[0].has("nomn", "sing") and not (words[0].has("ADJF") and words[0].has("plur", "nomn")))


def _post_end(cell: CellText, index: int, mentions: list[Mention], placed: dict[int, int]) -> tuple[int, int]:
    """Return the end of the post: the organisation or territory that follows, with words in the genitive between."""
    end, organisation = index, -1
    while end < len(cell.tokens):
        number = next((n for n, m in enumerate(mentions) if m.first <= end < m.last), -1)
        if number >= 0:
            organisation, end = number, mentions[number].last
            continue
        if end in placed:
            end = placed[end]
            continue
        token = cell.tokens[end]
        if token.low == "в" and any(step in placed for step in (end + 1, end + 2)):
            end += 1
            continue
        if _abbreviation(token) and (end == index or token.text not in {"РФ"}):
            end += 1
            continue
        if token.kind != "word" or _name_word(cell, end) or token.low in {"и", "с", "в"}:
            break
        if _unknown_name(cell, end, placed):
            break
        if token.low == "по" and end + 1 < len(cell.tokens):
            end += 2
            continue
        if not (token.word.has("gent") or token.word.lemmas & {"город"} or (end > index and cell.low(end - 1) == "по")):
            break
        end += 1
    return end, organisation


def _abbreviation(token: Token) -> bool:
    """Tell whether a word has two capitals or more, as names of bodies do and names of people do not («УУНиТ»)."""
    return token.kind == "word" and "-" not in token.text and sum(letter.isupper() for letter in token.text) > 1


def _name_word(cell: CellText, index: int) -> bool:
    """Tell whether a person's name begins here: a first name or initials, with a capitalised word behind."""
    tokens = cell.tokens
    if index + 1 >= len(tokens) or not tokens[index].word.title or cell.quote_of[index] is not None:
        return False
    token = tokens[index]
    if (index and cell.low(index - 1) in _HONOURED) or (_abbreviation(token) and not _abbreviation(tokens[index + 1])):
        return False
    if len(token.text) == 1 and tokens[index + 1].text == ".":
        return any(t.word.title and len(t.text) > 2 for t in tokens[index + 2 : index + 5])
    if not tokens[index + 1].word.title:
        return False
    if len(tokens[index + 1].text) == 1:
        return index + 2 < len(tokens) and tokens[index + 2].text == "."
    return (
        token.word.has("Name")
        or tokens[index + 1].word.has("Patr")
        or (tokens[index + 1].word.has("Surn") and not token.word.has("Geox") and not token.word.adjectival())
    )


def _unknown_name(cell: CellText, index: int, placed: dict[int, int]) -> bool:
    """Tell whether two capitalised words that no dictionary knows as names follow a post («мэр … Чжао Ляньцзюнь»)."""
    pair = cell.tokens[index : index + 2]
    return len(pair) == 2 and all(
        t.kind == "word" and t.word.title and not t.word.upper and i not in placed and cell.quote_of[i] is None
        for i, t in enumerate(pair, index)
    )


def _names(cell: CellText, index: int, placed: dict[int, int]) -> list[tuple[int, int]]:
    """Return the names at ``index``: one, or several joined by commas and «и»."""
    found: list[tuple[int, int]] = []
    while index < len(cell.tokens) and (cell.tokens[index].text in _BEFORE_NAME or cell.tokens[index].low in _TITLES):
        index += 1
    while _name_word(cell, index) or (not found and _unknown_name(cell, index, placed)):
        last = _name_end(cell, index)
        found.append((index, last))
        if cell.low(last) in {",", "и"} and _name_word(cell, last + 1):
            index = last + 1
        else:
            break
    return found


def _name_end(cell: CellText, index: int) -> int:
    """Return the index behind a name: at most three words or initials, with the dots of the initials."""
    end, words = index, 0
    while end < len(cell.tokens):
        token = cell.tokens[end]
        if token.text == "." and end > index and len(cell.tokens[end - 1].text) == 1:
            end += 1
        elif token.kind == "word" and token.word.title and words < _LONGEST_NAME:
            end, words = end + 1, words + 1
        else:
            break
    return end


def _nominative_name(tokens: list[Token]) -> str:
    """Return a person's name in the nominative; the first name tells the gender."""
    first = next(
        (r for t in tokens for r in t.word.readings if {"Name"} <= r.grammemes and r.grammemes & {"masc", "femn"}), None
    )
    if first is None or _in_nominative(tokens):
        return _joined([t.text for t in tokens])
    gender = "femn" if "femn" in first.grammemes else "masc"
    return _joined([_person_form(t, gender, first.grammemes) for t in tokens])


def _in_nominative(tokens: list[Token]) -> bool:
    """Tell whether all words of the name may stand in the nominative as they are."""
    return all(t.word.has("nomn") or t.kind != "word" or len(t.text) == 1 for t in tokens)


def _person_form(token: Token, gender: str, case: frozenset[str]) -> str:
    if token.kind != "word" or len(token.text) == 1:
        return token.text
    for mark in ("Name", "Surn", "Patr"):
        for reading in token.word.readings:
            if mark in reading.grammemes and gender in reading.grammemes and "sing" in reading.grammemes:
                form = reading.lemma
                if mark == "Surn" and gender == "femn":
                    form = inflect(token.text, "NOUN", "nomn", "sing", "femn").lower() or form
                return form[:1].upper() + form[1:]
    endings = [ending for name in sorted(case & _CASE_ENDINGS.keys()) for ending in _CASE_ENDINGS[name]]
    if gender == "masc" and not token.word.has("nomn", "Surn"):
        found = next((ending for ending in endings if token.text.endswith(ending)), "")
        return token.text[: len(token.text) - len(found)]
    return token.text


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        text += part if part == "." or not text or (text.endswith(".") and len(part) == 1) else f" {part}"
    return text


def _post(cell: CellText, first: int, label_last: int, last: int) -> str:
    """Return the post in the nominative: its first noun and the adjectives before it, the rest as it stands."""
    tokens = cell.tokens[first:label_last]
    # Agreement tells «главного врача» from «главой города», whose first word may be read as an adjective too.
    noun = next((n for n, t in enumerate(tokens) if n + 1 == len(tokens) or not agree(t.word, tokens[n + 1].word)), 0)
    if not tokens[noun].word.has("NOUN"):
        return cell.flat(first, last)
    gender = next((g for r in tokens[noun].word.readings for g in ("femn", "masc") if g in r.grammemes), "masc")
    words = [inflect(token.text, "ADJF", "nomn", "sing", gender) or token.text for token in tokens[:noun]]
    words.append(inflect(tokens[noun].text, "NOUN", "nomn", "sing") or tokens[noun].text)
    rest = cell.flat(first + noun + 1, last)
    return " ".join([*words, rest] if rest else words)
