"""Foreign countries that take part, and unnamed groups known only by where they come from."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.record import Group, Institution
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import fold, word

# Words whose genitive or «из …» says that people of a country come, meet or belong.
_COMING = WORDS.of("attending")
DEMONYMS = WORDS.pairs("people-of-a-land")
"""Words for somebody of a country, and the country's adjective."""
_ENDS = {".", ";", ":"}
_BETWEEN, _STATES = WORDS.of("between-like"), WORDS.of("state-word")
_OUT_OF = WORDS.of("preposition-from")
_COMMUNITIES = WORDS.of("community-at-home")
_NEIGHBOURS = WORDS.of("people-who-live-here")
_GROUPS = WORDS.of("attending-group")
_SUBJECT = WORDS.of("country-spoken-of")
_LANGUAGE = WORDS.of("country-quality")
_ENEMY = WORDS.stems("enemy")
_ACTING_SIDES = WORDS.of("acting-side")
_CLAUSE = 14
_WHOSE = {"participants", "place", "country"}
"""Columns in which a place tells of itself where the row's people are from, or where they were."""


_Sign = tuple[str, int, int, str]
"""Column, tokens and rule of what tells a country."""


def read_countries(view: RowView) -> None:
    """Add the foreign countries: of places, of named partners, where participants come from, of a partner's heading."""
    seen: dict[str, _Sign] = {}
    for country, sign in _signs(view):
        seen.setdefault(country, sign)
    for country, (column, first, last, rule) in seen.items():
        view.note(f"/countries/{len(view.record.countries)}", column, first, last, rule)
        view.record.countries.append(country)


def _signs(view: RowView) -> Iterator[tuple[str, _Sign]]:
    """Yield the foreign countries and what tells of them, the surest first."""
    for column in ("participants", "place", "name", "purpose", "result", "country", "section"):
        for geo in view.geos.get(column, []):
            if view.foreign(geo.country) and _counts(view, column, geo):
                yield geo.country, (column, geo.first, geo.last, f"country-{geo.kind}")
        if column in view.cells and column != "section":
            yield from _adjectives(view, column)
            yield from _demonyms(view, column)
    spoken_for = {person.institution for person in view.record.people if person.name and person.institution}
    for institution in view.record.institutions:
        acts = institution.role != "other" or institution.id in spoken_for
        span = _span(view, institution) if view.foreign(institution.country) and acts else None
        if span is not None:
            yield institution.country, (*span, "country-institution")


def _adjectives(view: RowView, column: str) -> Iterator[tuple[str, _Sign]]:
    """Yield the countries of adjectives outside of organisations' names («китайская делегация»).

    In running text they count only where people are of the country («Иранская сторона», «турецкие коллеги»).
    """
    tokens = view.cells[column].tokens
    placed = {index for geo in view.geos[column] for index in range(geo.first, geo.last)}
    for country, index in foreign_adjectives(view, view.cells[column]):
        if view.institution_at(column, index) >= 0 or index in placed or _of_diaspora(view.cells[column], index):
            continue  # «Республика Сербская» is of Bosnia
        if column in {"participants", "name"}:
            yield country, (column, index, index + 1, "country-adjective")
        elif index + 1 < len(tokens) and _acts(tokens[index + 1]):
            yield country, (column, index, index + 2, "country-adjective")


def _of_diaspora(cell: CellText, index: int) -> bool:
    """Tell whether an adjective is of a community at home («объединения (азербайджанское, таджикское)»)."""
    opened = next((i for i in range(index - 1, max(index - _CLAUSE, -1), -1) if cell.low(i) in {"(", ")", ";"}), -1)
    before = cell.tokens[opened - 1].word if opened > 0 and cell.low(opened) == "(" else None
    return before is not None and bool(before.lemmas & _COMMUNITIES)


def _acts(token: Token) -> bool:
    """Tell whether a word says that people of the land before it act («грузинские альпинисты»)."""
    word = token.word
    calls = word.has("NOUN", "anim", "nomn") and not word.title and not word.lemmas & _SUBJECT
    return bool(word.lemmas & (_ACTING_SIDES | _COMING)) or calls


def _demonyms(view: RowView, column: str) -> Iterator[tuple[str, _Sign]]:
    """Yield the countries of words for people of theirs («кенийцу», «серб Деян Савич»), outside of quotations."""
    cell, table = view.cells[column], view.lexicon.country_adjectives
    for index, adjective in _DEMONYM.among(cell.tokens):
        country = table.get(fold(adjective), "")
        several = cell.tokens[index].word.has("plur") and cell.tokens[index].word.lemmas & _NEIGHBOURS
        if cell.quote_of[index] is None and view.foreign(country) and not several and not _surname(cell, index):
            yield country, (column, index, index + 1, "country-people")


def _surname(cell: CellText, index: int) -> bool:
    """Tell whether such a word is a name («Аттила Хорват», «Хорват А.»)."""
    behind = cell.low(index + 2) == "." and len(cell.low(index + 1)) == 1
    return cell.tokens[index].word.title and (behind or (index > 0 and cell.tokens[index - 1].text not in _ENDS))


def _span(view: RowView, institution: Institution) -> tuple[str, int, int] | None:
    """Return where the row names an institution: column and tokens."""
    return next(
        (
            (column, first, last)
            for column, spans in view.spans.items()
            for first, last, number in spans
            if view.record.institutions[number] is institution
        ),
        None,
    )


def _counts(view: RowView, column: str, geo: Geo) -> bool:
    """Tell whether a place name makes its country a participant; what is only talked of does not."""
    cell = view.cells[column]
    if cell.quote_of[geo.first] is not None and view.institution_at(column, geo.first) < 0:
        return False
    if view.institution_at(column, geo.first) >= 0:
        institution = view.record.institutions[view.institution_at(column, geo.first)]
        return institution.country == geo.country
    if column == "section":
        return True
    if column in _WHOSE or geo.kind in {"settlement", "district"}:
        return geo.marked or column in _WHOSE or _people(cell, geo.first) or _acting_town(cell, geo)
    if any(t.word.lemmas & _SUBJECT for t in cell.tokens[max(0, geo.first - 4) : geo.first]):
        return False
    if cell.low(geo.first - 1) == "(" or column == "name":
        return True
    return _people(cell, geo.first)


def _people(cell: CellText, index: int) -> bool:
    """Tell whether people, «между» or «с» rule the name at ``index`` within its clause."""
    for at in range(index - 1, max(-1, index - _CLAUSE), -1):
        token = cell.tokens[at]
        if token.text in ".;":
            return False
        people = cell.low(at + 1) in _OUT_OF and (token.word.has("NOUN", "anim") or _named(cell, at))
        people = people or (cell.column != "name" and _of_those(cell, at, index))
        if (
            people
            or token.word.lemmas & _COMING
            or token.low == "между"
            or (token.low in {"с", "со"} and index - at <= 2)
        ):
            return True
    return False


def _acting_town(cell: CellText, geo: Geo) -> bool:
    """Tell whether a town does something («Гавана прислала делегацию»): a verb agrees with its nominative."""
    behind = cell.tokens[geo.last].word if geo.last < len(cell.tokens) else None
    subject = cell.tokens[geo.last - 1].word.has("nomn") and geo.kind == "settlement"
    return subject and behind is not None and behind.has("VERB", "sing") and not behind.has("NOUN")


def _named(cell: CellText, index: int) -> bool:
    """Tell whether the last word of somebody's name stands here («пенсионерка Мэри Хопкинс из Новой Зеландии»)."""
    before, word = cell.tokens[index - 1].word if index else None, cell.tokens[index].word
    return before is not None and before.title and word.title and not word.upper and cell.quote_of[index] is None


def _of_those(cell: CellText, at: int, index: int) -> bool:
    """Tell whether several people are of the countries behind them («флористы Нидерландов и Эквадора»)."""
    word = cell.tokens[at].word
    if word.title or not word.has("NOUN", "plur", "anim") or word.lemmas & _SUBJECT:
        return False
    between = cell.tokens[at + 1 : index]
    return all(t.word.title or t.low in _BETWEEN or t.low in _STATES for t in between)


def foreign_adjectives(view: RowView, cell: CellText) -> list[tuple[str, int]]:
    """Return (country, token) of adjectives outside of quotations («китайская делегация»), not of languages."""
    found = []
    for index, countries in _adjectives_of(view.lexicon).among(cell.tokens):
        country = next(filter(view.foreign, countries), "")
        if not country or cell.quote_of[index] is not None:
            continue
        following = {lemma for t in cell.tokens[index + 1 : index + 4] for lemma in t.word.lemmas}
        spoken = following | cell.tokens[index].word.lemmas
        hostile = any(part.startswith(_ENEMY) for lemma in spoken for part in lemma.split("-"))
        if not following & _LANGUAGE and not hostile:
            found.append((country, index))
    return found


@lru_cache(maxsize=4)
def _adjectives_of(lexicon: Lexicon) -> Telling[tuple[str, ...]]:
    """Return which words are adjectives of countries."""
    return Telling(partial(_adjective_countries, lexicon.country_adjectives))


_DEMONYM: Telling[str] = Telling(
    lambda token: next((DEMONYMS[lemma] for lemma in sorted(token.word.lemmas) if lemma in DEMONYMS), None)
)


def _adjective_countries(table: Mapping[str, str], token: Token) -> tuple[str, ...] | None:
    """Return the countries of an adjective and of the parts of a compound one («российско-китайский»), None if none."""
    if token.kind != "word":
        return None
    text = token.text
    lemmas = [lemma for part in (text, *text.split("-")) for lemma in sorted(word(part).lemmas)]
    # The first part of a compound ends in -о, which is no form of the adjective that it stands for.
    lemmas += [fold(part)[:-1] + "ий" for part in text.split("-")[:-1] if part.endswith("о")]
    return tuple(dict.fromkeys(table[lemma] for lemma in lemmas if lemma in table)) or None


def read_groups(view: RowView) -> None:
    """Add the unnamed groups of the participants' cell: «участники из Республики Беларусь»."""
    cell = view.cells.get("participants")
    if cell is None:
        return
    for geo in view.geos["participants"]:
        if (
            geo.kind != "country"
            or not view.foreign(geo.country)
            or view.institution_at("participants", geo.first) >= 0
        ):
            continue
        if cell.low(geo.first - 1) in {"(", ","} and cell.low(geo.first - 1) == "(":
            continue
        noun = _group_noun(cell, geo.first)
        if noun >= 0 and all(g.country != geo.country for g in view.record.groups):
            name = f"{cell.tokens[noun].low} из {cell.flat(geo.first, geo.last)}"
            view.note(f"/groups/{len(view.record.groups)}", "participants", noun, geo.last, "group")
            view.record.groups.append(Group(name, geo.country))


def _group_noun(cell: CellText, index: int) -> int:
    """Return the plural noun that a list of countries belongs to, -1 if none."""
    for at in range(index - 1, -1, -1):
        token = cell.tokens[at]
        if token.text in ".;)":
            return -1
        if token.word.lemmas & _GROUPS and token.word.has("NOUN", "plur"):
            return at
    return -1
