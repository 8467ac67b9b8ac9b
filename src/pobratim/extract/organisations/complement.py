"""What a body is of or for: the words behind its kind that go on with the name («отдел культуры, спорта и туризма»)."""

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import Anchors, flag
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_names import person_ahead
from pobratim.text.tokens import Token

_LONGEST_CLAUSE = 7
WORKS = {"предприятие", "компания", "организация", "фирма", "производство", "цех", "площадка", "объект", "полигон"}
"""Words for what a company has: its legal form behind them begins its own name."""
_CASES = {"по": "datv", "при": "loct", "с": "ablt", "со": "ablt"}
# What a body is for may be dealings with somebody («по работе с обращениями граждан»).
_DEALINGS = {"работа", "связь", "взаимодействие", "сотрудничество", "отношение", "обращение", "борьба", "контакт"}
_ABROAD = {"рубежом"}
_SUPPORT = {"поддержка", "содействие", "участие", "посредничество", "помощь", "финансовый", "информационный"}


class Complements:
    """Extends mentions by genitive complements and by those that a preposition opens."""

    def __init__(self, anchors: Anchors, geos: list[Geo]) -> None:
        """Take the anchors (another name's beginning ends this one) and the places of the cell."""
        self._anchors = anchors
        self._geo_at = {geo.first: geo for geo in geos}

    def take(self, cell: CellText, mention: Mention) -> None:
        """Take the next words behind ``mention.last`` that go on with its complement, if any do."""
        index = mention.last
        if index >= len(cell.tokens):
            return
        token = cell.tokens[index]
        taken = index
        if token.kind == "word" and not self._stops(cell, index, mention):
            if genitive(token):
                taken = index + 1
            elif self._follows(cell, index + 1, token.low):
                taken = index + 2
            elif mention.complement and _complement_word(cell, index, mention):
                taken = index + 1
            elif token.low == "и" and self._second_country(index, mention):
                mention.geos.append(self._geo_at[index + 1])
                mention.last = self._geo_at[index + 1].last
                return
            elif token.low == "и" and mention.complement and self._joins(cell, index + 1, mention):
                taken = index + 2
        elif token.text == "," and mention.complement:
            taken = self._clause(cell, index, mention)
        if taken > index:
            start = mention.complement[0] if mention.complement else index
            mention.complement = (start, taken)
            mention.last = taken

    def _stops(self, cell: CellText, index: int, mention: Mention) -> bool:
        """Tell whether a person's name or another quotation level begins at ``index``.

        A name at once behind the kind's noun is the organisation's own («Институт Юнуса Эмре»), but where the kind is
        of a body that people preside over.
        """
        word = cell.tokens[index].word
        begun = mention.complement is not None and mention.complement[0] >= mention.label_last
        own = mention.last == mention.label_last or (begun and cell.tokens[mention.last - 1].word.title)
        bodies = flag(mention.kind, "perTown") or flag(mention.kind, "seat")
        begins_person = begun and person_ahead(cell, index) and not cell.tokens[index + 1].word.has("gent")
        if cell.tokens[mention.head].word.lemmas & WORKS and self._anchors.legal_form(cell, index):
            return True
        behind = cell.tokens[index + 1].word if index + 1 < len(cell.tokens) else None
        if (
            word.title
            and word.has("Name", "nomn", "sing")
            and behind is not None
            and behind.title
            and not behind.has("gent")
        ):
            return True
        named = word.title and (word.has("Name") or word.has("Patr")) and (bodies or not own)
        named = named or (person_ahead(cell, index) and (not own or not word.has("gent")))
        body = mention.complement and self._begins_body(cell, index)
        if word.title and (body or self._anchors.acronym(cell, index)):
            return True
        seated = word.title and any(g.last == index and g.kind == "settlement" for g in mention.geos)
        if begins_person and cell.tokens[mention.last - 1].word.title:
            return True
        if flag(mention.kind, "namesake") and not word.title and word.has("NOUN", "gent", "anim"):
            return not word.has("NOUN", "gent", "inan")
        return named or seated or cell.quote_of[index] is not cell.quote_of[index - 1] or index in self._geo_at

    def _begins_body(self, cell: CellText, index: int) -> bool:
        """Tell whether another body begins, which owns this one («отдел образования Жлобинского райисполкома»)."""
        other = self._anchors.headed(cell, index)
        return other is not None and flag(other.kind, "seat") and other.last > index + (other.head == index)

    def _second_country(self, index: int, mention: Mention) -> bool:
        """Tell whether «и» joins a second country to one that ended the name («Китая и России»)."""
        other = self._geo_at.get(index + 1)
        return (
            other is not None
            and other.kind == "country"
            and any(g.kind == "country" and g.last == index for g in mention.geos)
        )

    def _follows(self, cell: CellText, index: int, preposition: str) -> bool:
        if preposition == "в":
            return cell.low(index) in {"сфере", "области"}
        if preposition in {"с", "со", "за"}:
            joined = (
                cell.tokens[index - 2].word.lemmas & _DEALINGS if preposition != "за" else {cell.low(index)} & _ABROAD
            )
            return bool(joined) and index < len(cell.tokens) and cell.tokens[index].word.has("ablt")
        if preposition not in {"по", "при", "для"}:
            return False
        if preposition == "при" and index < len(cell.tokens) and cell.tokens[index].word.lemmas & _SUPPORT:
            return False
        wanted = {"по": "datv", "при": "loct", "для": "gent"}[preposition]
        return index < len(cell.tokens) and index not in self._geo_at and cell.tokens[index].word.has(wanted)

    def _joins(self, cell: CellText, index: int, mention: Mention) -> bool:
        """Tell whether «и» goes on with the complement: a genitive that begins no other organisation."""
        if index >= len(cell.tokens) or self._stops(cell, index, mention):
            return False
        token = cell.tokens[index]
        other = self._anchors.headed(cell, index)
        if self._anchors.legal_form(cell, index) or (
            other is not None and (cell.tokens[other.first].word.title or not flag(other.kind, "common"))
        ):
            return False
        return genitive(token) or _complement_word(cell, index, mention)

    def _clause(self, cell: CellText, comma: int, mention: Mention) -> int:
        """Return the end of a participle clause, or of a further item of a genitive list that ends with «и»."""
        index = comma + 1
        if index >= len(cell.tokens) or self._stops(cell, index, mention):
            return comma
        if cell.tokens[index].word.has("PRTF", "gent"):
            end = index
            while end < len(cell.tokens) and end - index < _LONGEST_CLAUSE and cell.tokens[end].text not in ",.;()":
                end += 1
            mention.closed = True
            return end
        listed = any(cell.low(i) == "и" for i in range(index + 1, min(index + 6, len(cell.tokens))))
        token = cell.tokens[index]
        if listed and not token.word.title and not genitive(token) and _complement_word(cell, index, mention):
            return index + 1
        headed = self._anchors.headed(cell, index)
        single = headed is None or (headed.last == index + 1 and cell.low(index + 1) in {",", "и"})
        if listed and genitive(token) and not token.word.title and single:
            return index + 1 if cell.flat(*(mention.complement or (0, 0))).islower() else comma
        return comma


def genitive(token: Token) -> bool:
    """Tell whether a word may stand in the genitive, as abbreviations always do."""
    word = token.word
    if token.kind != "word" or len(token.text) == 1 or word.has("PREP") or word.has("CONJ"):
        return False
    return (
        word.has("NOUN", "gent")
        or (not word.known and word.low.endswith("ья"))
        or word.has("ADJF", "gent")
        or word.has("PRTF", "gent")
        or (word.upper and word.has("NOUN") is False)
    )


def _complement_word(cell: CellText, index: int, mention: Mention) -> bool:
    """Tell whether a word goes on with a complement that «по» opened (dative) or «при» (prepositional)."""
    if mention.complement is None:
        return False
    cases = (_CASES[cell.low(i)] for i in range(index - 1, mention.complement[0] - 1, -1) if cell.low(i) in _CASES)
    case = next(cases, None)
    opened = cell.low(mention.complement[0]) in _CASES or case == "ablt"
    return opened and case is not None and cell.tokens[index].word.has(case)
