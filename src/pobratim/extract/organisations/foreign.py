"""Names in Latin letters: told from other foreign words by a legal form, or by the place in the bracket behind."""

import re

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.mention import Mention
from pobratim.text.tokens import Token

_LETTERS = re.compile(r"[^\W\d_а-яёА-ЯЁ]+(?:[-’'][^\W\d_а-яёА-ЯЁ]+)*")
_JOINS = {"&", "-", "–", ".", "’", "+"}
_SMALL = {
    "of", "and", "the", "for", "de", "di", "del", "della", "des", "der", "die", "und", "et", "e", "y", "i", "für",
    "degli", "delle", "dei", "dell", "do", "da", "dos", "du", "la", "le", "les", "el", "los", "las", "van", "von",
    "im", "am", "zu", "za", "na", "w", "ve", "in", "at", "on", "per",
}  # fmt: skip
# Legal forms as companies write them behind their names, folded, without stops: "Co., Ltd.", "S.p.A.", "e.V.".
_FORMS = {
    "ltd", "llc", "inc", "gmbh", "ag", "kg", "spa", "sa", "srl", "sas", "oy", "oyj", "ab", "as", "aps", "bv", "nv",
    "co", "corp", "corporation", "company", "group", "holding", "fzc", "fze", "fzco", "llp", "plc", "doo", "kft",
    "zrt", "oü", "sia", "uab", "aş", "ev", "pvt", "jsc", "bhd", "sdn", "ry", "rf", "foundation", "university",
    "institute", "lines", "shipping", "industries", "trading", "solutions", "systems", "technologies", "tech",
    "motors", "foods", "pharma", "energy", "logistics", "enterprise", "enterprises", "limited", "holdings",
    "investment", "investments", "consulting", "travel", "tours", "media", "news", "agency", "academy", "museum",
    "school", "club", "association", "verein", "college", "hospital", "library", "gymnasium", "lyceum", "orchestra",
    "choir", "ensemble", "theatre", "theater", "gallery", "centre", "center", "conservatory", "federation", "council",
    "chamber", "society", "clinic", "bank", "airlines", "ministry", "embassy", "polytechnic", "koleji", "lisesi",
    "okulu", "üniversitesi", "belediyesi", "derneği", "odası", "müzesi", "vakfı", "kulübü", "merkezi", "gesellschaft",
    "schule", "hochschule", "universität", "theaterverein", "stiftung", "yliopisto", "koulu", "lukio", "kaupunki",
    "museo", "kunta", "skole", "universitet", "kommune", "ülikool", "gümnaasium", "kool", "selts", "egyetem",
    "iskola", "gimnázium", "egyesület", "egylet", "universitāte", "skola", "vidusskola", "universitetas", "gimnazija",
    "mokykla", "universiteti", "maktabi", "instituti", "akademiyasi",
}  # fmt: skip
# Words that make a Latin name of three words or more an institution's, wherever they stand in it.
_KINDS = {
    "chamber", "university", "school", "museum", "institute", "centre", "center", "college", "hospital", "library",
    "association", "foundation", "federation", "committee", "council", "academy", "society", "gymnasium", "lyceum",
    "universität", "hochschule", "schule", "université", "università", "universidad", "liceo", "lycée", "club",
    "theatre", "orchestra", "choir", "ensemble", "gallery", "conservatory", "clinic", "ministry", "embassy",
    "consulate", "confederation", "consortium", "department", "municipality", "polytechnic", "agency", "bureau",
    "company", "union",
}  # fmt: skip
# Words with which such names begin in languages that put the kind first.
_FIRST = {
    "escuela", "colegio", "instituto", "universidad", "liceo", "ballet", "teatro", "museo", "centro", "asociación",
    "fundación", "orquesta", "coro", "cámara", "academia", "hospital", "biblioteca", "unión", "universidade",
    "escola", "associação", "fundação", "câmara", "scuola", "università", "istituto", "associazione", "accademia",
    "camera", "conservatorio", "fondazione", "orchestra", "comune", "lycée", "collège", "école", "université",
    "institut", "association", "fondation", "musée", "théâtre", "chambre", "académie", "mairie", "gymnasium",
    "musikschule", "hochschule", "universität", "verein", "stadtwerke", "univerzitet", "gimnazija", "škola",
    "osnovna", "opština", "dom", "društvo", "udruženje", "savez", "muzej", "pozorište", "szkoła", "uniwersytet",
    "liceum", "muzeum", "fundacja", "stowarzyszenie", "univerzita", "základní", "střední", "universitatea", "liceul",
    "școala", "colegiul", "trường", "universiti", "sekolah", "universitas",
}  # fmt: skip
_BEHIND_COMMA = {"ltd", "llc", "inc", "gmbh", "co", "corp", "plc", "srl", "spa", "sa", "s", "l"}
_FIRST_CYRILLIC, _LAST_CYRILLIC = "Ѐ", "ӿ"
"""The block Cyrillic of Unicode, U+0400 to U+04FF."""
_LONGEST = 10
_FEW = 2


def foreign_name(cell: CellText, index: int, geos: list[Geo]) -> Mention | None:
    """Return the organisation whose Latin name begins at ``index``, None where nothing tells that it is one.

    The name may be quoted. A quotation in Latin letters may end an unquoted name («Liceo «Raffaello»»).
    """
    if _FIRST_CYRILLIC <= cell.tokens[index].text[0] <= _LAST_CYRILLIC:
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
        elif len([t for t in named if t.kind == "word"]) < 2 and not _legal(named):
            return None
    mention.beside = _bracketed(cell, mention.last, geos)
    return mention if mention.beside or _legal(named) else None


def _run(cell: CellText, index: int) -> int:
    """Return the index behind a run of Latin words at ``index``: capitalised, small joining words, legal forms."""
    end = last = index
    while end < len(cell.tokens) and end - index < _LONGEST:
        token = cell.tokens[end]
        if token.kind == "word" and _LETTERS.fullmatch(token.text):
            if not (token.word.title or token.text.lower() in _SMALL | _FORMS or end == index):
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
    words = [t.text.lower() for t in tokens if t.kind == "word"]
    if len(words) > 1 and words[0] in _FIRST:
        return True
    if len(words) > _FEW and any(word in _KINDS for word in words):
        return True
    letters = "".join(word for word in words[-3:] if len(word) == 1)
    return any(word in _FORMS for word in words[1:]) or (len(letters) > 1 and letters in _FORMS)


def _bracketed(cell: CellText, index: int, geos: list[Geo]) -> list[Geo]:
    if cell.low(index) != "(":
        return []
    close = next((i for i in range(index, len(cell.tokens)) if cell.tokens[i].text == ")"), index)
    return [geo for geo in geos if index < geo.first and geo.last <= close]
