"""Whether a grown span names one organisation, or only speaks of organisations."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import categories, flag, toponymic
from pobratim.extract.organisations.called import own_town
from pobratim.extract.organisations.mention import Mention
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Matcher
from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import place_told
from pobratim.text.words import Word

# Nouns before a quotation that make it the title of a work, an event or a programme.
_TITLED = WORDS.of("titled")

_UNITS = WORDS.of("local-unit", "municipality")
_OF_UNITS = WORDS.of("municipal-adjective")
_MEANS = WORDS.of("means")

_FIRMS = WORDS.of("firm")
_AUTHORITIES = WORDS.of("local-authority")
_TELLING = WORDS.of("profile", "level")
_PAIR = 2
_GENERAL, _JOINED = WORDS.of("body-in-general"), WORDS.of("between-like")


class Judge:
    """Decides on the mentions of one cell."""

    def __init__(self, cell: CellText, lexicon: Lexicon) -> None:
        """Keep the cell; event kinds are what a quoted title may follow."""
        self._cell = cell
        self._events = lexicon.matcher("event-kind")

    def accepts(self, mention: Mention) -> bool:
        """Tell whether the mention is a name: a legal form, a number, a quotation or a place must single it out.

        Notes ``reporters`` on the mention on the way.
        """
        rule = ACCEPTED.decide(self._cell, mention, self._events)
        mention.reporters = rule.holds is _reporters_own
        return rule.verdict

    def titled(self, mention: Mention) -> bool:
        """Tell whether a word for a work, an event or a means of talk stands before a name («платформа Zoom»)."""
        before = self._cell.tokens[mention.first - 1].word if mention.first else None
        if before is None:
            return False
        events = self._events.at(self._cell.tokens, mention.first - 1)
        return bool(before.lemmas & (_TITLED | _MEANS)) or bool(events)


# What may be no name


def _legal_form(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«ООО «Заря»», «МБОУ лицей», «ПАО Сбербанк»: what is read from a legal form has a quotation, a kind or a name."""
    return mention.legal is not None


def _initials_or_listed(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«ПГНИУ», «ансамбли «Заря» и «Родник»»: read by rules that take nothing but names."""
    return mention.pattern in {"acronym", "listed", "initials"}


def _numbered_administration(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Администрации школ № 8»: towns do not number theirs, it is the management of a numbered school."""
    return bool(mention.number) and mention.kind is not None and mention.kind.local == "administration"


def _title_of_an_event(cell: CellText, mention: Mention, events: Matcher) -> bool:
    """«Выставка «Музей в чемодане»»: what is quoted is called so, and only holds an organisation's word."""
    if mention.quote is None or mention.pattern != "quoted-kind" or mention.number:
        return False
    before = mention.first - 1
    if before < 0:
        return flag(mention.kind, "common")
    word = cell.tokens[before].word
    titled = word.lemmas & _TITLED or any(part in _TITLED for part in word.low.split("-"))
    return bool(titled) or _event_before(cell, mention, events)


def _never_unquoted(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Команда»: of some kinds only a quotation is a name."""
    return mention.quote is None and flag(mention.kind, "quoted")


def _within_a_building(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Сцена театра», but not «Приморская сцена театра»."""
    return flag(mention.kind, "within") and not _toponym(cell, mention)


def _dedicated(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Мемориал «Защитникам Заполярья»»: the quotation begins with whom something is put up to."""
    if mention.quote is None or mention.legal is not None:
        return False
    word = cell.tokens[mention.quote[0]].word
    return word.has("NOUN", "datv", "plur", "anim") and not word.has("nomn")


def _of_a_firm(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Завод компании Dongfeng»: the name behind is the company's."""
    return mention.complement is not None and bool(cell.tokens[mention.last - 1].word.lemmas & _FIRMS)


def _authorities_of_one_place(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Администрации Смоленской области»: nobody can tell which."""
    return _several_authorities(mention)


def _several_authorities(mention: Mention) -> bool:
    return mention.plural and flag(mention.kind, "seat") and bool(mention.geos) and mention.quote is None


def _several_named(cell: CellText, mention: Mention, events: Matcher) -> bool:
    """«Школы № 1», «ансамбли «Заря»», but not «конкурс ансамблей «Заря»»."""
    if not mention.plural:
        return False
    return bool(mention.number) or (mention.quote is not None and not _event_before(cell, mention, events))


def _several(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Школы Смоленска»."""
    return mention.plural


def _event_before(cell: CellText, mention: Mention, events: Matcher) -> bool:
    """Tell whether an event's kind ends within the three words before a name («конкурс ансамблей «…»»).

    Before a plural in a title it may stand anywhere («турнир по хоккею среди команд «…»»).
    """
    anywhere = mention.plural and cell.column == "name"
    starts = range(0 if anywhere else max(0, mention.first - 3), mention.first)
    return any(anywhere or m.last > mention.first - 1 for start in starts for m in events.at(cell.tokens, start))


def _in_general(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Предприятия, учреждения и организации района»: nobody by name."""
    before = cell.tokens[mention.first - _PAIR].word.lemmas if mention.first >= _PAIR else frozenset[str]()
    head = cell.tokens[mention.first].word
    general = bool(head.lemmas & _GENERAL) and head.has("plur") and bool(before & _GENERAL)
    return general and mention.quote is None and cell.low(mention.first - 1) in _JOINED


# What singles one out


def _reporters_own(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Администрация города», «отдел культуры администрации района»: the reporter's own."""
    if mention.complement is None or mention.geos:
        return False
    words = [t.word.lemmas for t in cell.tokens[max(mention.head, 0) : mention.complement[1]]]
    at = next((n for n, lemmas in enumerate(words) if lemmas & _AUTHORITIES), -1)
    units = words[at + 1 :]
    return at >= 0 and bool(units) and all(w & (_UNITS | _OF_UNITS) for w in units) and bool(units[-1] & _UNITS)


def _named(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Гимназия № 4», «клуб «Луч»», «библиотека имени Пушкина»."""
    return bool(mention.number) or mention.quote is not None or mention.honorific is not None


def _only_one(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Русское географическое общество»: the kind itself is a name."""
    return flag(mention.kind, "proper")


def _common_with_a_place(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Управление культуры г. Витебска», «Витебский центр»; «центры Витебска» name none."""
    toponym = _toponym(cell, mention)
    if not flag(mention.kind, "common") or not (mention.geos or toponym or _contracted(cell, mention)):
        return False
    title = cell.tokens[mention.first].word.title
    return title or toponym or (_single(cell, mention) and _official(mention))


def _one_of_its_town(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Средняя школа г. Бреста»: of one, where a type word tells the town; pupils of a school are not meant."""
    town = any(geo.kind in {"settlement", "district"} and geo.marked for geo in mention.geos)
    word, before = cell.tokens[mention.head].word, cell.tokens[mention.first - 1].word if mention.first else None
    told = town and flag(mention.kind, "perTown") and not (word.has("NOUN", "plur") and not word.has("NOUN", "gent"))
    return told and (
        before is None or before.has("CONJ") or before.has("PREP") or not (before.has("NOUN") or before.adjectival())
    )


def _called_by_a_strange_word(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Стажировка в клинике Чангун»: a name that no dictionary has, and that is no person's behind a post."""
    first, last = mention.complement or (0, 0)
    if not 0 < last - first <= _PAIR or first < mention.label_last or mention.head < 0 or mention.plural:
        return False
    own = cell.tokens[first]
    if any(token.word.known or not token.word.title for token in cell.tokens[first:last]):
        return False
    before = cell.tokens[mention.first - 1].word if mention.first else None
    opened = cell.low(mention.first - 1) in {"(", ",", ";"}
    ruled = before is None or before.has("PREP") or before.has("CONJ") or before.has("VERB") or opened
    of_faith = "religious" in categories(mention.kind)  # «делегация монастыря Гандан», of which none is the town's
    ruled = ruled or (of_faith and cell.tokens[mention.head].word.has("gent"))
    public = categories(mention.kind) & {"public", "religious", "culture"} and not flag(mention.kind, "seat")
    return bool(public) and ruled and (bool(mention.beside) or not own.word.adjectival())


def _called_by_its_town(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Делегация муниципалитета Чакао»: an authority under the name of a town that no list has."""
    return bool(own_town(cell, mention))


def _of_the_town(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Музей истории города»: the reporter's own, of which there is one."""
    if mention.complement is None or mention.geos or mention.plural or not flag(mention.kind, "perTown"):
        return False
    words = cell.tokens[mention.label_last : mention.complement[1]]
    title = cell.tokens[mention.first].word.title and "culture" in categories(mention.kind)
    return title and len(words) > 1 and bool(words[-1].word.lemmas & _UNITS)


def _with_a_speciality(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Гости посетили центр патриотического воспитания», «Библиотека Серебряного века»: two words say which."""
    said = cell.tokens[mention.head + 1 : mention.last]
    single = not cell.tokens[mention.head].word.has("NOUN", "gent") and not mention.plural
    pair = len(said) == _PAIR and said[0].word.has("ADJF", "gent") and said[1].word.has("NOUN", "gent")
    own = flag(mention.kind, "perTown") and not flag(mention.kind, "collective") and not flag(mention.kind, "unit")
    return own and single and pair and not toponymic(said[0])


def _common_in_a_bracketed_place(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Центр Созвездие (г. Минск)»: a word of its own, and a place beside it."""
    return flag(mention.kind, "common") and _called(cell, mention)


def _common_inside(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«… в Центре молодёжных инициатив»: a capital inside a sentence, and words of its own."""
    return flag(mention.kind, "common") and _inside(cell, mention) and _own(mention)


def _common(_cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Центр», «отдел»: words for much else."""
    return flag(mention.kind, "common")


def _placed(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Музей г. Витебска», «Витебский музей», «Мингорисполком»."""
    return bool(mention.geos) or _toponym(cell, mention) or _contracted(cell, mention)


def _called_in_a_bracketed_place(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Театр Лялька (г. Витебск)»."""
    return _called(cell, mention) and cell.tokens[mention.first].word.title


def _inside_a_sentence(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«… в Музее кружева», «… и Министерство»: a capital inside a sentence, and something more than the kind."""
    said = _own(mention) or _described(cell, mention) or "public" in categories(mention.kind)
    return said and _inside(cell, mention)


def _described_by_an_adjective(cell: CellText, mention: Mention, _events: Matcher) -> bool:
    """«Краеведческий музей»: an adjective is enough for culture, companies and faiths, but for «школьный музей»."""
    words = [token.word for token in cell.tokens[mention.first : mention.head]]
    if words and not any(word.title or _tells_apart(word) for word in words):
        return False
    return _described(cell, mention) and bool(categories(mention.kind) & {"culture", "company", "religious"})


def _tells_apart(word: Word) -> bool:
    """Tell whether an adjective is of a profile or level («историко-краеведческий»), which tell bodies apart."""
    return any(part in _TELLING for lemma in word.lemmas for part in (lemma, lemma.rpartition("-")[2]))


def _inside(cell: CellText, mention: Mention) -> bool:
    """Tell whether a capital is the name's own: inside a sentence, in the place column, or of initials.

    An adjective before it may be in lower case («городской Совет ветеранов»).
    """
    title = cell.tokens[mention.first].word.title
    if not title and mention.head > mention.first and cell.tokens[mention.head].word.title:
        return True
    within = mention.first > 0 and cell.low(mention.first - 1) not in {".", "!", "?"}
    initials = mention.head >= 0 and cell.tokens[mention.head].word.upper
    return (title and (cell.column == "place" or within)) or initials


def _own(mention: Mention) -> bool:
    """Tell whether words stand behind the kind's label."""
    return mention.complement is not None and mention.complement[1] > mention.label_last


def _called(cell: CellText, mention: Mention) -> bool:
    """Tell whether the words behind the kind end with a capitalised one, and a place stands in the bracket behind."""
    return bool(mention.beside) and _own(mention) and cell.tokens[mention.last - 1].word.title


def _described(cell: CellText, mention: Mention) -> bool:
    """Tell whether an adjective stands before the kind, or is joined to it."""
    return mention.head > mention.first or "-" in cell.low(mention.first)


def _toponym(cell: CellText, mention: Mention) -> bool:
    """Tell whether the adjective of a place stands before the kind."""
    return any(map(toponymic, cell.tokens[mention.first : mention.head]))


def _contracted(cell: CellText, mention: Mention) -> bool:
    """Tell whether the kind's own word tells a place by its beginning («Гроднооблисполком»)."""
    return bool(place_told(cell.low(mention.head))[0])


def _single(cell: CellText, mention: Mention) -> bool:
    """Tell whether the kind's noun is one thing's: no plural, or a genitive («сотрудники управления»)."""
    governed = mention.first > 0 and cell.tokens[mention.first - 1].word.has("NOUN")
    return not cell.tokens[mention.head].word.has("plur") or governed


def _official(mention: Mention) -> bool:
    return flag(mention.kind, "seat") and any(geo.kind in {"district", "settlement", "region"} for geo in mention.geos)


ACCEPTED: DecisionTable[[CellText, Mention, Matcher], bool] = DecisionTable(
    Rule(_legal_form, True),
    Rule(_initials_or_listed, True),
    Rule(_numbered_administration, False),
    Rule(_title_of_an_event, False),
    Rule(_never_unquoted, False),
    Rule(_within_a_building, False),
    Rule(_dedicated, False),
    Rule(_in_general, False),
    Rule(_of_a_firm, False),
    Rule(_authorities_of_one_place, False),
    Rule(_several_named, True),
    Rule(_several, False),
    Rule(_reporters_own, True),
    Rule(_named, True),
    Rule(_only_one, True),
    Rule(_common_with_a_place, True),
    Rule(_one_of_its_town, True),
    Rule(_called_by_a_strange_word, True),
    Rule(_called_by_its_town, True),
    Rule(_of_the_town, True),
    Rule(_with_a_speciality, True),
    Rule(_common_in_a_bracketed_place, True),
    Rule(_common_inside, True),
    Rule(_common, False),
    Rule(_placed, True),
    Rule(_called_in_a_bracketed_place, True),
    Rule(_inside_a_sentence, True),
    Rule(_described_by_an_adjective, True),
    otherwise=False,
    reason="kind-alone",
)
"""Whether a mention is one organisation's name: what is none first, then what singles one out."""
