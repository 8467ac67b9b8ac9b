"""What a body is of or for: the words behind its kind that go on with the name («отдел культуры, спорта и туризма»)."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import Anchors, flag
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import person_ahead, person_at, two_titled
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import Word

_LONGEST_CLAUSE = 7
_TWO = 2
WORKS = WORDS.of("works")
"""Words for what a company has: its legal form behind them begins its own name."""
_CASES = {"по": "datv", "при": "loct", "с": "ablt", "со": "ablt"}
# What a body is for may be dealings with somebody («по работе с обращениями граждан»).
_DEALINGS = WORDS.of("dealings")
_ABROAD = WORDS.of("abroad")
_FIELDS = WORDS.of("field-noun")
_SUPPORT = WORDS.of("support")
_AND = WORDS.of("between-like")
_HELP = WORDS.of("ruling-a-dative")
_DOING = WORDS.endings("doing")


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
            elif self._follows(cell, index + 1, token.low) and not self._of_holder(cell, mention):
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
        """Tell whether the word at ``index`` is no part of the name: a person, another body, a place, a quotation.

        A name at once behind the kind's noun is the organisation's own («Институт Юнуса Эмре»), but where the kind is
        of a body that people preside over.
        """
        return STOPS.verdict(Ahead(cell, index, mention, self._anchors, self._geo_at))

    def _of_holder(self, cell: CellText, mention: Mention) -> bool:
        """Tell whether what «по» says is what somebody is for, no body: «замглавы администрации города по …»."""
        led = mention.first > 0 and self._anchors.led(cell, mention.first, mention.label_last)
        whole = flag(mention.kind, "seat") and not flag(mention.kind, "perRegion") and not flag(mention.kind, "unit")
        return _of_a_town(mention) or (led and whole and mention.kind is not None)

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
            return cell.low(index) in _FIELDS
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
        if _begins_its_like(cell, index, mention):
            return False
        if self._anchors.legal_form(cell, index) or (
            other is not None
            and (cell.tokens[other.first].word.title or not flag(other.kind, "common") or other.kind is mention.kind)
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


def _begins_its_like(cell: CellText, index: int, mention: Mention) -> bool:
    """Tell whether behind «и» an adjective and the same noun begin another body («… отряда и горного отряда»)."""
    if mention.head < 0:
        return False
    noun = next((t.word for t in cell.tokens[index : index + _TWO] if not t.word.adjectival()), None)
    return noun is not None and not noun.lemmas.isdisjoint(cell.tokens[mention.head].word.lemmas)


def _of_a_town(mention: Mention) -> bool:
    """Tell whether a town has ended the name of what is of no field («переговоры с палатой Тебриза по логистике»).

    Authorities and their units have one («отдел администрации города по делам молодёжи»).
    """
    ended = any(g.kind == "settlement" and g.last == mention.last for g in mention.geos)
    ruling = flag(mention.kind, "seat") and not flag(mention.kind, "perRegion")
    return ended and not ruling and not flag(mention.kind, "unit")


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
    if case is None and _ruled_by_help(cell, index):
        return True
    if case == "datv" and not cell.tokens[index].word.title and _ruled_by_doing(cell, index):
        return True
    opened = cell.low(mention.complement[0]) in _CASES or case == "ablt"
    return opened and case is not None and cell.tokens[index].word.has(case)


def _ruled_by_help(cell: CellText, index: int) -> bool:
    """Tell whether a dative goes on behind a help («комитет содействия международной торговле»)."""
    at = index - 1
    while at > 0 and cell.tokens[at].word.adjectival():
        at -= 1
    return cell.tokens[index].word.has("datv") and bool(cell.tokens[at].word.lemmas & _HELP)


def _ruled_by_doing(cell: CellText, index: int) -> bool:
    """Tell whether an ablative goes on behind «по» and a doing («по управлению имуществом и ресурсами»)."""
    word, before = cell.tokens[index].word, cell.tokens[index - 1]
    if cell.low(index - 1) in _AND:
        before = cell.tokens[index - 2]
    doing = before.word.has("NOUN", "datv") and before.low.endswith(_DOING)
    return word.has("ablt") and not word.has("datv", "sing", "masc") and (doing or before.word.has("ablt"))


@dataclass(slots=True, eq=False)
class Ahead:
    """The word at ``index`` behind a mention, and what may be told of it."""

    cell: CellText
    index: int
    mention: Mention
    anchors: Anchors
    geo_at: Mapping[int, Geo]

    @property
    def word(self) -> Word:
        """Return the word itself."""
        return self.cell.tokens[self.index].word

    @property
    def before(self) -> Word:
        """Return the last word of the mention so far."""
        return self.cell.tokens[self.mention.last - 1].word

    @property
    def led(self) -> bool:
        """Tell whether a post stands at once before the name: who holds it follows."""
        return self.anchors.led(self.cell, self.mention.first, self.mention.label_last)

    @property
    def begun(self) -> bool:
        """Tell whether the mention has words behind its kind's label."""
        return self.mention.complement is not None and self.mention.complement[0] >= self.mention.label_last

    @property
    def own(self) -> bool:
        """Tell whether a person here may be whom the organisation is called after."""
        return self.mention.last == self.mention.label_last or (self.begun and self.before.title)


def _form_of_its_owner(ahead: Ahead) -> bool:
    """«Предприятия АО «Заря»»: the legal form begins the company's own name."""
    works = ahead.cell.tokens[ahead.mention.head].word.lemmas & WORKS
    return bool(works) and ahead.word.title and ahead.anchors.legal_form(ahead.cell, ahead.index) is not None


def _quoted_form(ahead: Ahead) -> bool:
    """«Институт биологии ФГБОУ ВО «…»»: a legal form with a quotation begins the body that this one is of."""
    form = ahead.anchors.legal_form(ahead.cell, ahead.index) if ahead.word.title else None
    return form is not None and ahead.cell.quote_at(form.last) is not None


def _new_line(ahead: Ahead) -> bool:
    """A line ends and the next one begins with a capital, a post or a form: what a list has a line for is one item.

    Only what may be a nominative begins an item: layouts break names too («МБУ «Школа» города|Смоленска»).
    """
    cell, index = ahead.cell, ahead.index
    if not cell.new_line(index):
        return False
    anchors = ahead.anchors
    begun = ahead.word.title and (ahead.word.has("nomn") or not ahead.word.has("gent"))
    return begun or anchors.post_begins(cell, index) or anchors.legal_form(cell, index) is not None


def _form_behind_a_place(ahead: Ahead) -> bool:
    """«Посольства Республики Куба ПАО «Заря»»: a place has ended the name, a legal form begins another one."""
    placed = any(g.last == ahead.index for g in ahead.mention.geos)
    return placed and ahead.anchors.legal_form(ahead.cell, ahead.index) is not None


def _person_in_the_nominative(ahead: Ahead) -> bool:
    """«Администрации города Елена Крылова», «университета Ким Джин Ёнг»."""
    return person_at(ahead.cell, ahead.index) > 0


def _person_behind_a_post(ahead: Ahead) -> bool:
    """«Ректор университета Неманья Ковач»: two names that no dictionary has behind what a post is of."""
    if not ahead.led or not two_titled(ahead.cell, ahead.index):
        return False
    first, second = (token.word for token in ahead.cell.tokens[ahead.index : ahead.index + 2])
    nominative = first.has("nomn") and not first.has("NOUN", "gent", "sing") and not first.adjectival()
    return nominative and not second.adjectival()


def _surname_and_initials(ahead: Ahead) -> bool:
    """«Председателя горисполкома Ильина А.Б.»: a surname with its initials behind it, whatever case it may show."""
    if not ahead.led or not person_ahead(ahead.cell, ahead.index):
        return False
    return ahead.word.has("nomn") or len(ahead.cell.tokens[ahead.index + 1].text) == 1


def _its_owner(ahead: Ahead) -> bool:
    """«Отдел образования Жлобинского райисполкома»: another body begins, which owns this one."""
    if not ahead.word.title or not ahead.mention.complement:
        return False
    other = ahead.anchors.headed(ahead.cell, ahead.index)
    return other is not None and flag(other.kind, "seat") and other.last > ahead.index + (other.head == ahead.index)


def _initials_of_its_owner(ahead: Ahead) -> bool:
    """«Институт культуры СмолГУ»."""
    return ahead.word.title and ahead.anchors.acronym(ahead.cell, ahead.index) is not None


def _person_behind_a_name(ahead: Ahead) -> bool:
    """«Палаты Ираклиона Манолис Алифьеракис»: the name has ended with a capitalised word, and no genitive follows."""
    if not ahead.begun or not ahead.before.title:
        return False
    return person_ahead(ahead.cell, ahead.index) and not ahead.cell.tokens[ahead.index + 1].word.has("gent")


def _subject_of_a_museum(ahead: Ahead) -> bool:
    """«Музей духов»: what a museum is about may look like people."""
    return _people_of_a_museum(ahead) and ahead.word.has("NOUN", "gent", "inan")


def _people_of_a_museum(ahead: Ahead) -> bool:
    """«Музей посетителей»: people in lower case are not whom a museum is called after."""
    return flag(ahead.mention.kind, "namesake") and not ahead.word.title and ahead.word.has("NOUN", "gent", "anim")


def _person_of_a_body(ahead: Ahead) -> bool:
    """«Администрации Петра Иванова»: over such a body people preside; «Институт Юнуса Эмре» is called after one."""
    if not ahead.word.title or not (ahead.word.has("Name") or ahead.word.has("Patr")):
        return False
    return flag(ahead.mention.kind, "perTown") or flag(ahead.mention.kind, "seat") or not ahead.own


def _person(ahead: Ahead) -> bool:
    """«Школы Кари Нифлот»: two names that cannot be whom it is called after."""
    return person_ahead(ahead.cell, ahead.index) and (not ahead.own or not ahead.word.has("gent"))


def _behind_its_town(ahead: Ahead) -> bool:
    """«Музея Витебска Победитель»: a town in the name ends it before a capital."""
    return ahead.word.title and any(g.last == ahead.index and g.kind == "settlement" for g in ahead.mention.geos)


def _other_quotation(ahead: Ahead) -> bool:
    """The word stands in another quotation, or outside the one that the name is in."""
    return ahead.cell.quote_of[ahead.index] is not ahead.cell.quote_of[ahead.index - 1]


def _place(ahead: Ahead) -> bool:
    """«Отдел культуры Витебска»: places are taken by a rule of their own."""
    return ahead.index in ahead.geo_at


STOPS: DecisionTable[[Ahead], bool] = DecisionTable(
    Rule(_new_line, True),
    Rule(_form_of_its_owner, True),
    Rule(_form_behind_a_place, True),
    Rule(_quoted_form, True),
    Rule(_person_in_the_nominative, True),
    Rule(_person_behind_a_post, True),
    Rule(_surname_and_initials, True),
    Rule(_its_owner, True),
    Rule(_initials_of_its_owner, True),
    Rule(_person_behind_a_name, True),
    Rule(_subject_of_a_museum, False),
    Rule(_people_of_a_museum, True),
    Rule(_person_of_a_body, True),
    Rule(_person, True),
    Rule(_behind_its_town, True),
    Rule(_other_quotation, True),
    Rule(_place, True),
    otherwise=False,
    reason="goes-on",
)
"""Whether a word ends the name before it."""
