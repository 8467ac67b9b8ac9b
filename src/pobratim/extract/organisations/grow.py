"""How far an organisation's name reaches: number, quotation, honorific, genitive complement, place, alias bracket."""

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import Anchors, categories, flag
from pobratim.extract.organisations.called import second_area, town_called
from pobratim.extract.organisations.complement import Complements, genitive
from pobratim.extract.organisations.fields import fields
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import two_titled
from pobratim.lexicon.words import WORDS
from pobratim.names.honour import HONOUR, person_end
from pobratim.text.agreement import agree
from pobratim.text.quotes import Quote
from pobratim.text.tokens import Token
from pobratim.text.words import fold

NUMBER_SIGNS = {"№", "n", "no", "#", "nº", "номер"}
_PARTS = WORDS.of("body-part")
_HEADS = WORDS.of("museum-head")
_ALIAS_SIGNS = WORDS.of("alias-sign")
_AND = WORDS.of("between-like")
_FROM = WORDS.of("preposition-from")
_DATED = WORDS.of("dated")
_WHERE, _FOR = WORDS.of("preposition-where"), WORDS.of("preposition-for")
_STAY = WORDS.endings("town-without-cases")
_LONGEST_DISCIPLINE = 3
_TWO, _LONGEST_NAME, _FAR = 2, 3, 7
_CLOSING = {"", ",", ")", ";", "."}
UNITS = WORDS.of("area", "local-unit", "territory")


class Grower:
    """Extends mentions to the right."""

    def __init__(self, anchors: Anchors, geos: list[Geo]) -> None:
        """Take the anchors (another name's beginning ends this one) and the places of the cell."""
        self._anchors = anchors
        self._geo_at = {geo.first: geo for geo in geos}
        self._geos = self.places = geos
        self._complements = Complements(anchors, geos)

    def number(self, cell: CellText, index: int) -> tuple[str, int]:
        """Return the number («№ 7») at ``index`` and the index behind it; "" where there is none."""
        sign = cell.low(index)
        if sign not in NUMBER_SIGNS:
            return "", index
        index += cell.low(index + 1) == sign
        if index + 1 < len(cell.tokens):
            after = index + (2 if cell.low(index + 1) in {".", "°", "º"} else 1)
            if after < len(cell.tokens) and cell.tokens[after].kind == "number" and not _of_a_paper(cell, after):
                return cell.tokens[after].text, after + 1
        return "", index

    def tail(self, cell: CellText, mention: Mention, *, chain: bool) -> None:
        """Take in all that belongs to the name behind ``mention.last``; ``chain`` allows a free genitive complement.

        Without it only an adjective with its noun is taken («музей изобразительных искусств»).
        """
        while self._grows(cell, mention, chain=chain):
            pass
        self._brackets(cell, mention)

    def _grows(self, cell: CellText, mention: Mention, *, chain: bool) -> bool:
        """Let the first rule that finds something take in more, and tell whether one did."""
        end = mention.last
        plain = mention.quote is None and not mention.number
        if not mention.number:
            mention.number, mention.last = self.number(cell, end)
        if mention.last == end and mention.quote is None:
            self._quoted(cell, mention)
        for take in (self._called_again, self._honour, self._place):
            if mention.last == end:
                take(cell, mention)
        if mention.last == end and plain and chain and not mention.closed:
            self._complements.take(cell, mention)
        if mention.last == end == mention.label_last and mention.quote is None and not chain:
            self._speciality(cell, mention)
        if mention.last == end and plain:
            self._for_whom(cell, mention)
        if mention.last == end and plain:
            self._namesake(cell, mention)
        if mention.last == end:
            self._discipline(cell, mention)
        return mention.last != end

    def _quoted(self, cell: CellText, mention: Mention) -> None:
        quote = cell.quote_at(mention.last)
        if quote is not None:
            first, last = inside(cell, quote)
            mention.quote = (first, last)
            mention.last = min(last + 1, len(cell.tokens))
            mention.geos.extend(g for g in self._geos if first <= g.first and g.last <= last)
            self.inner(cell, mention, first, last)

    def inner(self, cell: CellText, mention: Mention, first: int, last: int) -> None:
        """Read number and honorific inside a quoted name."""
        for index in range(first, last):
            if not mention.number:
                mention.number, _ = self.number(cell, index)
            if mention.honorific is None and cell.low(index) in HONOUR and index > first:
                end = min(person_end(cell.tokens, index + 1, self._geo_at), last)
                if end > index + 1:
                    mention.honorific = (index, end)

    def _called_again(self, cell: CellText, mention: Mention) -> None:
        """Take in brackets that call a body otherwise before its area («Народный Хурал (Парламент) … Калмыкия»)."""
        index = mention.last
        close = next((i for i in range(index + 1, index + _LONGEST_NAME + _TWO) if cell.low(i) == ")"), -1)
        geo = self._geo_at.get(close + 1)
        if cell.low(index) != "(" or close < 0 or geo is None or mention.geos:
            return
        headed = self._anchors.headed(cell, index + 1, close)
        kind = headed is not None and headed.last == close
        proper = all(token.word.title for token in cell.tokens[index + 1 : close]) and geo.kind in {"region", "country"}
        if kind or (proper and "public" in categories(mention.kind)):
            mention.last = close + 1

    def _honour(self, cell: CellText, mention: Mention) -> None:
        if cell.low(mention.last) not in HONOUR:
            return
        end = person_end(cell.tokens, mention.last + 1, self._geo_at)
        if end > mention.last + 1:
            mention.honorific = (mention.last, end)
            mention.last = end

    def place_before_quote(self, cell: CellText, index: int) -> Geo | None:
        """Return the place that parts a legal form from the quotation («МБОУ города Ростова «Школа № 80»»)."""
        geo = self._geo_at.get(index)
        return geo if geo is not None and cell.quote_at(geo.last) is not None else None

    def _place(self, cell: CellText, mention: Mention) -> None:
        index = mention.last
        if (called := town_called(cell, mention, self._geo_at)) is not None:
            mention.geos.append(called)
            mention.last = called.last
            return
        if end := second_area(cell, mention, self._geos, self._quoted_end(cell, index + _TWO)):
            mention.complement, mention.last = mention.complement or (index, end), end
            return
        geo = self._geo_at.get(index) or self._reaching(index, mention)
        preposition = cell.low(index) in {"в", "во", "по"}
        territorial = (
            cell.low(index) == "по" and "public" in categories(mention.kind) and not flag(mention.kind, "perTown")
        )
        if geo is None and preposition and (territorial or flag(mention.kind, "located")):
            geo = self._geo_at.get(index + 1)
        if geo is None and cell.low(index) in _WHERE and flag(mention.kind, "represents"):
            # «Посольство России на Кубе».
            geo = self._geo_at.get(index + 1)
            preposition = geo is not None
        if geo is None or (
            geo.kind == "settlement"
            and not geo.marked
            and not preposition
            and not genitive(cell.tokens[index])
            and not _without_cases(cell, geo)
        ):
            return
        if geo.kind == "country" and not preposition and not genitive(cell.tokens[index]):
            return
        # «Дом Москвы в Ереване»: where it sits goes before what it is named after.
        mention.geos.insert(0 if preposition and geo.kind == "settlement" else len(mention.geos), geo)
        mention.last = geo.last
        other = self._geo_at.get(geo.last + 1)
        if other is not None and not mention.plural and _share_a_word(cell, geo, other):
            mention.geos.append(other)
            mention.last = other.last

    def _quoted_end(self, cell: CellText, index: int) -> int:
        """Return the end of the quotation that begins at a token, 0 where none does."""
        quote = cell.quote_at(index)
        return min(inside(cell, quote)[1] + 1, len(cell.tokens)) if quote is not None else 0

    def _reaching(self, index: int, mention: Mention) -> Geo | None:
        """Return the place whose type word the kind's label has taken in («администрация городского округа Химки»)."""
        return next((g for g in self._geos if mention.label_first < g.first < index < g.last), None)

    def _discipline(self, cell: CellText, mention: Mention) -> None:
        """Take the sport that a sports school is for, behind its kind or number («СШОР № 1 по гребле»)."""
        index = mention.last
        if not flag(mention.kind, "discipline") or cell.low(index) != "по" or index + 1 >= len(cell.tokens):
            return
        end = index + 1
        while end < len(cell.tokens) and end - index <= _LONGEST_DISCIPLINE and cell.tokens[end].word.has("datv"):
            end += 1
            if not cell.tokens[end - 1].word.adjectival():
                break
        if end > index + 1 and not cell.tokens[end - 1].word.title:
            mention.complement = (index, end)
            mention.last = end

    def _for_whom(self, cell: CellText, mention: Mention) -> None:
        """Take whom a body is for, where its name goes on behind it: «театр для детей и молодёжи «Малый»»."""
        end = mention.last + 1
        if cell.low(mention.last) not in _FOR or mention.complement is not None:
            return
        while end < len(cell.tokens) and (_of_whom(cell.tokens[end]) or cell.low(end) in _AND - {","}):
            end += 1
        further = cell.low(end) in HONOUR or cell.low(end) == "(" or cell.quote_at(end) is not None
        if end > mention.last + 1 and further:
            mention.complement = (mention.last, end)
            mention.last = end

    def _namesake(self, cell: CellText, mention: Mention) -> None:
        """Take initials and surname at once behind a museum: whom it is about («Музей Г.К. Жукова»)."""
        index = mention.last
        if not flag(mention.kind, "namesake") or mention.honorific:
            return
        pair = cell.tokens[index : index + _TWO]
        named = two_titled(cell, index) and index not in self._geo_at and all(_of_a_person(t) for t in pair)
        # «Директор музея города Лахти Харри Лайне»: names that may be nominatives are of who holds the post before.
        if named and not (pair[-1].word.has("nomn") and self._anchors.posted(cell, mention.first, office=False)):
            mention.honorific = (index, index + _TWO)
            mention.last = index + _TWO
            return
        initial = len(cell.tokens) > index + 1 and len(cell.tokens[index].text) == 1 and cell.low(index + 1) == "."
        if initial and cell.tokens[index].word.title:
            end = person_end(cell.tokens, index, self._geo_at)
            if _heads(cell, mention.first - 1, end) or self._holds(cell, mention, end):
                return
            mention.honorific = (index, end)
            mention.last = end

    def _holds(self, cell: CellText, mention: Mention, end: int) -> bool:
        """Tell whether a surname behind initials is of who holds the post before, as it is in no genitive («директор
        зоопарка С.О. Чирков»)."""
        surname = cell.tokens[end - 1].word
        return self._anchors.posted(cell, mention.first, office=False) and not surname.has("NOUN", "gent", "sing")

    def _speciality(self, cell: CellText, mention: Mention) -> None:
        """Take what an institution is for, at once behind its kind: «центр детского творчества», «театр танца «…»».

        That is a genitive adjective with its lower-case noun («Библиотека Серебряного века»), or a noun before a
        quotation, or people in the plural.
        """
        pair = cell.tokens[mention.last : mention.last + 2]
        if joined := fields(cell, mention.last, self._geo_at, self._anchors):
            mention.complement, mention.last = (mention.last, joined), joined
            return
        if pair and self._single(cell, mention.last, mention):
            mention.complement = (mention.last, mention.last + 1)
            mention.last += 1
            return
        if len(pair) < 2 or any(not t.word.low.replace("-", "").isalpha() for t in pair) or pair[1].word.title:
            return
        adjective, noun = pair
        if adjective.word.title and self._anchors.headed(cell, mention.last) is not None:
            return  # «больница Шаньдунского университета»
        if (
            adjective.word.has("ADJF", "gent")
            and noun.word.has("NOUN", "gent", "inan")
            and agree(adjective.word, noun.word)
            and mention.last not in self._geo_at
            and not self._numbered_behind(cell, mention.last)
        ):
            mention.complement = (mention.last, mention.last + 2)
            mention.last += 2

    def _numbered_behind(self, cell: CellText, index: int) -> bool:
        """Tell whether another organisation begins, which a number or a quotation names."""
        other = self._anchors.headed(cell, index)
        behind = cell.low(other.last) if other is not None else ""
        return other is not None and (behind in NUMBER_SIGNS or cell.quote_at(other.last) is not None)

    def _single(self, cell: CellText, index: int, mention: Mention) -> bool:
        """Tell whether one lower-case genitive noun belongs to the name: before a quotation, or people («моряков»)."""
        word = cell.tokens[index].word
        if cell.tokens[index].kind != "word" or word.title or not word.has("NOUN", "gent") or index in self._geo_at:
            return False
        if cell.quote_at(index + 1) is not None and word.has("inan"):
            return self._anchors.headed(cell, index) is None
        honoured = cell.low(index + 1) in HONOUR and word.has("inan") and not word.lemmas & UNITS
        apart = (cell.low(index + 1) in _CLOSING or _acts(cell, index + 1)) and mention.label_first > mention.first
        if honoured or (apart and word.has("inan") and not word.lemmas & UNITS):
            return self._anchors.headed(cell, index) is None
        people = word.has("NOUN", "gent", "plur", "anim") and "culture" in categories(mention.kind)
        return people and cell.low(index + 1) in _CLOSING

    def _behind_holder(self, cell: CellText, mention: Mention) -> int:
        """Return where brackets may tell of a body: behind it, or behind the name of who holds a post in it.

        «Директор Библиотеки имени Милутина Бойича Анна Линд (г. Белград)».
        """
        end = mention.last
        close = next((i for i in range(end, min(end + _FAR, len(cell.tokens))) if cell.low(i) == "("), -1)
        if close <= end or mention.geos or not _one_name(cell, end, close):
            return end
        return close if self._anchors.posted(cell, mention.first, office=False) else end

    def _brackets(self, cell: CellText, mention: Mention) -> None:
        """Read what stands in the brackets behind the name: a short name («МАЗ»), or places."""
        index = mention.last
        place = self._geo_at.get(index + 1) if cell.low(index) in {"из", "с"} else None
        if place is not None and place.kind == "settlement":
            mention.beside.append(place)
        index = self._behind_holder(cell, mention)
        while cell.low(index) == "(":
            close = next((i for i in range(index, len(cell.tokens)) if cell.tokens[i].text == ")"), -1)
            if close < 0:
                return
            # «ТувГУ (подключение из Нью-Дели)» lies elsewhere.
            inner = [g for g in self._geos if index < g.first and g.last <= close]
            places = [g for g in inner if cell.low(g.first - 1) not in _FROM]
            if close == index + 2 and cell.tokens[index + 1].word.lemmas & _PARTS:
                mention.last = index = close + 1
                continue
            alias = _alias(cell, index + 1, close)
            if alias and not places:
                mention.aliases.append(alias)
                mention.last = close + 1
            elif places:
                mention.beside.extend(places)
                return
            else:
                return
            index = mention.last


def _of_a_paper(cell: CellText, index: int) -> bool:
    """Tell whether a number is a document's («договор техникума и колледжа № 14/СД от 02.09.2024»)."""
    following = cell.tokens[index + 1 : index + 4]
    if [t.text for t in following[:1]] == ["/"] and following[0].start == cell.tokens[index].end:
        return True
    dated = len(following) > _TWO and following[1].kind == "number" and following[2].text == "."
    return dated and following[0].low in _DATED and following[2].start == following[1].end


def _one_name(cell: CellText, first: int, last: int) -> bool:
    """Tell whether some tokens are nothing but a person's name: two or three capitalised words, or initials."""
    tokens = cell.tokens[first:last]
    words = [token for token in tokens if token.kind == "word"]
    return _TWO <= len(words) <= _LONGEST_NAME and all(t.word.title or t.text == "." for t in tokens)


def _of_whom(token: Token) -> bool:
    """Tell whether a word in lower case may say whom something is for («одарённых детей», «юношества»)."""
    return token.kind == "word" and not token.word.title and token.word.has("gent") and token.low not in HONOUR


def _of_a_person(token: Token) -> bool:
    """Tell whether a word is a name or surname in the genitive («музей Мао Цзэдуна», «усадьба Ильи Репина»)."""
    return any(token.word.has(mark, "gent", "sing") for mark in ("Name", "Surn"))


def _without_cases(cell: CellText, geo: Geo) -> bool:
    """Tell whether the name of a town does not change («Федерация каратэ Кусиро», «университет Осло»)."""
    token = cell.tokens[geo.last - 1]
    stays = token.low.endswith(_STAY) and fold(geo.name).endswith(token.low)
    return geo.settlement is not None and stays and (not token.word.known or token.word.has("Fixd"))


def _acts(cell: CellText, index: int) -> bool:
    """Tell whether a verb stands at a token, so that the name before it has ended."""
    token = cell.tokens[index] if index < len(cell.tokens) else None
    return token is not None and token.word.has("VERB") and not token.word.has("NOUN")


def _share_a_word(cell: CellText, geo: Geo, other: Geo) -> bool:
    """Tell whether two districts share one type word («администрация Вахитовского и Приволжского районов»)."""
    return geo.kind == other.kind == "district" and geo.last == geo.first + 1 and cell.low(geo.last) in _AND


def _heads(cell: CellText, index: int, end: int) -> bool:
    """Tell whether the name that ends at ``end`` is of the head before a museum («директор музея О.Л. Пахомова»)."""
    named = end < len(cell.tokens) and cell.tokens[end].word.title
    return (
        index >= 0
        and not named
        and bool(cell.tokens[index].word.lemmas & _HEADS)
        and cell.tokens[end - 1].word.has("nomn")
    )


def inside(cell: CellText, quote: Quote) -> tuple[int, int]:
    """Return the token range between the marks of a quotation."""
    first = cell.first_in(quote)
    last = cell.index_at(quote.end - 1)
    return first, last


def _alias(cell: CellText, first: int, last: int) -> str:
    """Return the short name in a bracket: quoted, after «далее –», or in capitals."""
    if cell.low(first) in _ALIAS_SIGNS:
        first += 1
        while first < last and cell.tokens[first].text in {"–", "-", "—", ":"}:
            first += 1
    quote = cell.quote_at(first)
    if quote is not None and cell.index_at(quote.end - 1) >= last - 1:
        return cell.flat(*inside(cell, quote))
    words = cell.tokens[first:last]
    formed = cell.quote_at(first + 1) if len(words) > _TWO and words[0].word.upper else None
    if formed is not None and cell.index_at(formed.end - 1) >= last - 1:
        return cell.flat(first, last)  # «АО «ТВСЗ»»
    if 0 < len(words) <= 3 and words[0].kind == "word" and words[0].word.upper and all(t.kind == "word" for t in words):
        return cell.flat(first, last)
    return ""
