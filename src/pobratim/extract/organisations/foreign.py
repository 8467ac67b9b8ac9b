"""Names in Latin letters: told from other foreign words by a legal form, or by the place in the bracket behind."""

import re

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.foreign_words import foreign_words
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import FIRST_CYRILLIC, LAST_CYRILLIC

_LETTERS = re.compile(r"[^\W\d_а-яёА-ЯЁ]+(?:[-’'][^\W\d_а-яёА-ЯЁ]+)*")
_JOINS = {"&", "-", "–", ".", "’", "‘", "ʻ", "ʼ", "`", "+"}
_SMALL = WORDS.of("latin-small")
_FORMS = WORDS.of("latin-form", "latin-business")
_BODIES, _FIRST = WORDS.of("latin-body"), WORDS.of("latin-first")
_BEHIND_COMMA = WORDS.of("latin-form-behind-comma") | {"s", "l"}
_FIRMS = WORDS.of("firm")
_CALLED = WORDS.of("firm", "called-in-latin")
_LONGEST = 10
_FEW = 2


def foreign_name(cell: CellText, index: int, geos: list[Geo]) -> Mention | None:
    """Return the organisation whose Latin name begins at ``index``, None where nothing tells that it is one.

    The name may be quoted. A quotation in Latin letters may end an unquoted name («Liceo «Raffaello»»).
    """
    if FIRST_CYRILLIC <= cell.tokens[index].text[0] <= LAST_CYRILLIC:
        return None  # as most words do
    quote = cell.quote_at(index)
    if quote is not None:
        first, last = cell.first_in(quote), cell.index_at(quote.end - 1)
        if first >= last or _run(cell, first) < last:
            return None
        mention = Mention(index, min(last + 1, len(cell.tokens)), "latin", quote=(first, last))
        named = cell.tokens[first:last]
    else:
        end = _run(cell, index)
        if end == index or not cell.tokens[index].word.title or cell.quote_of[index] is not None:
            return None
        named = cell.tokens[index:end]
        mention = Mention(index, end, "latin", complement=(index, end))
        inner = cell.quote_at(end)
        if inner is not None and _run(cell, cell.first_in(inner)) >= cell.index_at(inner.end - 1):
            mention.last = min(cell.index_at(inner.end - 1) + 1, len(cell.tokens))
            mention.complement = (index, mention.last)
        elif not _told(cell, index, end, named, geos):
            return None
    mention.beside = _bracketed(cell, mention.last, geos)
    return mention if mention.beside or _legal(named) or _called(cell, mention.first) else None


def _called(cell: CellText, index: int) -> bool:
    """Tell whether the word before a name says what it is the name of («компания Ethiopian Electric Power»)."""
    return index > 0 and not cell.tokens[index - 1].word.lemmas.isdisjoint(_CALLED)


def _told(cell: CellText, index: int, end: int, named: list[Token], geos: list[Geo]) -> bool:
    """Tell whether a name without a quotation has several words, or one that something beside it makes a body's."""
    if len([t for t in named if t.kind == "word"]) >= _FEW or _legal(named) or _of_a_firm(cell, index):
        return True
    return _abbreviates(named) and any(geo.kind == "settlement" for geo in _bracketed(cell, end, geos))


def _abbreviates(named: list[Token]) -> bool:
    """Tell whether a name is one word in capitals («XCMG (Сюйчжоу, КНР)»)."""
    return len(named) == 1 and named[0].word.upper and not named[0].word.roman


def _of_a_firm(cell: CellText, index: int) -> bool:
    """Tell whether one word is a firm's name, as the word before says («компания Samsunport»)."""
    return index > 0 and not cell.tokens[index - 1].word.lemmas.isdisjoint(_FIRMS)


def _run(cell: CellText, index: int) -> int:
    """Return the index behind a run of Latin words at ``index``: capitalised, small joining words, legal forms."""
    end = last = index
    led = index < len(cell.tokens) and _leads_name(cell.tokens[index].text)
    while end < len(cell.tokens) and end - index < _LONGEST:
        token = cell.tokens[end]
        if token.kind == "word" and _LETTERS.fullmatch(token.text):
            if not (token.word.title or _small(token.text) or _ends_name(token.text) or end == index or led):
                break
            last = end + 1
        elif end == index or not _joined(cell, end):
            break
        end += 1
    short = cell.low(last - 1) in _BEHIND_COMMA or len(cell.low(last - 1)) == 1
    if last < len(cell.tokens) and cell.tokens[last].text == "." and short and _legal(cell.tokens[index:last]):
        last += 1
    return last


def _joined(cell: CellText, index: int) -> bool:
    """Tell whether a mark or number goes on with a Latin name; a comma does before a legal form only («Co., Ltd»)."""
    token = cell.tokens[index]
    return (
        token.kind == "number" or token.text in _JOINS or (token.text == "," and cell.low(index + 1) in _BEHIND_COMMA)
    )


def _legal(tokens: list[Token]) -> bool:
    """Tell whether a word behind the first is a legal form, written whole or letter by letter («e.V.»)."""
    words = [part for t in tokens if t.kind == "word" for part in t.text.lower().split("-")]
    if len(words) > 1 and _leads_name(words[0]):
        return True
    if len(words) > _FEW and any(map(_body, words)):
        return True
    letters = "".join(word for word in words[-3:] if len(word) == 1)
    return any(map(_ends_name, words[1:])) or (len(letters) > 1 and letters in _FORMS)


def _body(text: str) -> bool:
    """Tell whether a word says what sort of institution a name is of, wherever in the name it stands."""
    known = foreign_words().word(text)
    return text.lower() in _BODIES or (known is not None and known.kind != "")


def _ends_name(text: str) -> bool:
    """Tell whether a word behind a name makes it an institution's: a legal form, a kind of body or of business."""
    return text.lower() in _FORMS or _body(text)


def _leads_name(text: str) -> bool:
    """Tell whether names of institutions begin with a word, in languages that put the kind first."""
    known = foreign_words().word(text)
    return text.lower() in _FIRST or (known is not None and known.leads)


def _small(text: str) -> bool:
    """Tell whether a word may stand in lower case within a name."""
    known = foreign_words().word(text)
    return text.lower() in _SMALL or (known is not None and not (known.russian or known.kind))


def _bracketed(cell: CellText, index: int, geos: list[Geo]) -> list[Geo]:
    if cell.low(index) != "(":
        return []
    close = next((i for i in range(index, len(cell.tokens)) if cell.tokens[i].text == ")"), index)
    return [geo for geo in geos if index < geo.first and geo.last <= close]
