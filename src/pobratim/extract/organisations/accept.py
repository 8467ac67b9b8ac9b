"""Whether a grown span names one organisation, or only speaks of organisations."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import categories, flag, toponymic
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.lexicon import Lexicon
from pobratim.text.contracted import place_told

# Nouns before a quotation that make it the title of a work, an event or a programme.
_TITLED = {
    "проект", "программа", "акция", "тема", "книга", "фильм", "спектакль", "песня", "выставка", "доклад", "лекция",
    "номинация", "девиз", "название", "лозунг", "маршрут", "журнал", "сборник", "альбом", "курс", "игра", "смена",
    "площадка", "секция", "направление", "тур", "сертификат", "проект-конкурс", "инициатива", "стратегия", "квест",
}  # fmt: skip

_UNITS = {"город", "район", "округ", "муниципалитет", "поселение", "образование", "поселок"}
_OF_UNITS = {"муниципальный", "городской", "сельский"}
_MEANS = {"платформа", "сервис", "приложение", "мессенджер", "система", "стенд", "бренд", "язык", "уровень", "формат"}

_FIRMS = {"компания", "фирма", "корпорация", "концерн", "холдинг"}


class Judge:
    """Decides on the mentions of one cell."""

    def __init__(self, cell: CellText, lexicon: Lexicon) -> None:
        """Keep the cell; event kinds are what a quoted title may follow."""
        self._cell = cell
        self._events = lexicon.matcher("event-kind")

    def accepts(self, mention: Mention) -> bool:
        """Tell whether the mention is a name: a legal form, a number, a quotation or a place must single it out."""
        if mention.legal is not None:
            return mention.quote is not None or mention.kind is not None or mention.complement is not None
        if mention.pattern in {"acronym", "listed", "initials"}:
            return True
        if mention.number and mention.kind is not None and mention.kind.local == "administration":
            return False  # towns do not number theirs: it is the management of a numbered school
        if mention.quote is not None and self._is_title(mention):
            return False
        if mention.quote is None and flag(mention.kind, "quoted"):
            return False
        if mention.quote is not None and _dedicated(self._cell, mention):
            return False
        if mention.complement is not None and self._cell.tokens[mention.last - 1].word.lemmas & _FIRMS:
            return False  # «завод компании Dongfeng»: the name behind is the company's
        if mention.plural and flag(mention.kind, "seat") and mention.geos and mention.quote is None:
            return _of_towns(self._cell, mention)
        if mention.plural:
            return bool(mention.number) or (mention.quote is not None and not self._event_before(mention))
        mention.reporters = _reporters(self._cell, mention)
        named = mention.reporters or bool(mention.number) or mention.quote is not None or mention.honorific is not None
        return named or flag(mention.kind, "proper") or self._singled_out(mention)

    def titled(self, mention: Mention) -> bool:
        """Tell whether a word for a work, an event or a means of talk stands before a name («платформа Zoom»)."""
        before = self._cell.tokens[mention.first - 1].word if mention.first else None
        if before is None:
            return False
        events = self._events.at(self._cell.tokens, mention.first - 1)
        return bool(before.lemmas & (_TITLED | _MEANS)) or bool(events)

    def _is_title(self, mention: Mention) -> bool:
        """Tell whether the quotation follows the name of an event or a work, and so is its title."""
        if mention.pattern != "quoted-kind" or mention.number:
            return False
        before = mention.first - 1
        word = self._cell.tokens[before].word if before >= 0 else None
        if word is None:
            return flag(mention.kind, "common")
        if word.lemmas & _TITLED:
            return True
        return self._event_before(mention) or any(part in _TITLED for part in word.low.split("-"))

    def _event_before(self, mention: Mention) -> bool:
        """Tell whether an event's kind ends within the three words before a name («конкурс ансамблей «…»»).

        Before a plural in a title it may stand anywhere («турнир по хоккею среди команд «…»»).
        """
        anywhere = mention.plural and self._cell.column == "name"
        starts = range(0 if anywhere else max(0, mention.first - 3), mention.first)
        return any(
            anywhere or m.last > mention.first - 1
            for start in starts
            for m in self._events.at(self._cell.tokens, start)
        )

    def _singled_out(self, mention: Mention) -> bool:
        cell = self._cell
        title = cell.tokens[mention.first].word.title
        inside = title and (
            cell.column == "place" or (mention.first > 0 and cell.low(mention.first - 1) not in {".", "!", "?"})
        )
        inside = inside or (mention.head >= 0 and cell.tokens[mention.head].word.upper)
        own = mention.complement is not None and mention.complement[1] > mention.label_last
        described = mention.head > mention.first or "-" in cell.low(mention.first)
        toponym = any(map(toponymic, cell.tokens[mention.first : mention.head]))
        placed = bool(mention.geos) or toponym or bool(place_told(cell.low(mention.head))[0])
        if flag(mention.kind, "common"):
            single = title or not cell.tokens[mention.head].word.has("plur") or _governed(cell, mention.first)
            called = bool(mention.beside) and own and cell.tokens[mention.last - 1].word.title
            return (placed and (title or toponym or (single and _official(mention)))) or called or (inside and own)
        if placed or (mention.beside and own and title and cell.tokens[mention.last - 1].word.title):
            return True
        if inside and (own or described or "public" in categories(mention.kind)):
            return True
        return described and bool(categories(mention.kind) & {"culture", "company", "religious"})


def _of_towns(cell: CellText, mention: Mention) -> bool:
    """Tell whether plural authorities are of several towns, named one by one («между администрациями городов …»)."""
    return cell.low(mention.head + 1) in {"городов", "гг", "районов"} and mention.geos[0].kind in {
        "settlement",
        "district",
    }


def _dedicated(cell: CellText, mention: Mention) -> bool:
    """Tell whether a quotation begins with whom something is put up to («мемориал «Защитникам Заполярья»»)."""
    first = (mention.quote or (0, 0))[0]
    word = cell.tokens[first].word
    return mention.legal is None and word.has("NOUN", "datv", "plur", "anim") and not word.has("nomn")


def _reporters(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body is «администрация города», which is the reporter's own, or a department of it."""
    if mention.complement is None or mention.geos:
        return False
    words = [t.word.lemmas for t in cell.tokens[max(mention.head, 0) : mention.complement[1]]]
    at = next((n for n, lemmas in enumerate(words) if lemmas & {"администрация", "мэрия"}), -1)
    units = words[at + 1 :]
    return at >= 0 and bool(units) and all(w & (_UNITS | _OF_UNITS) for w in units) and bool(units[-1] & _UNITS)


def _governed(cell: CellText, index: int) -> bool:
    """Tell whether a noun stands before a name, which then is in the genitive («сотрудники управления»)."""
    return index > 0 and cell.tokens[index - 1].word.has("NOUN")


def _official(mention: Mention) -> bool:
    return flag(mention.kind, "seat") and any(geo.kind in {"district", "settlement", "region"} for geo in mention.geos)
