"""Walk through a cell and collect the organisations it names."""

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.accept import Judge
from pobratim.extract.organisations.anchors import Headed, anchors_of, categories, flag
from pobratim.extract.organisations.apposition import apposition, called_twice, of_what_follows
from pobratim.extract.organisations.bare import bare_names
from pobratim.extract.organisations.foreign import foreign_name
from pobratim.extract.organisations.forms import names_a_kind, region_follows, seat_before_form
from pobratim.extract.organisations.grow import Grower, inside
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.owner import MAY_BE_PART, WHOLE, part_of
from pobratim.extract.organisations.several import each, shared_places
from pobratim.extract.organisations.whole import widen
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.names.honour import HONOUR
from pobratim.names.initials import is_acronym
from pobratim.names.stretches import is_unlisted_form

# What may stand between the head of a list and its quoted items.
_BETWEEN = WORDS.of("between")
_LEADS = {",", "и", "(", ":", "–", "—", "-", "в", "том", "числе", "такие", "таких", "как", "а", "также", "например"}
_LONGEST_LEAD = 5
_NAMED_COLUMNS = {"participants", "responsible"}
_ENDS = {".", ",", ";"}
_SHORT = 4
"""Letters of a word that may be anything."""
_LONGEST_WHOLE = 12
_BEFORE_INITIALS = _SAID = 2
_ITEMS = {",", ";", "(", ")", ".", "–", "—", "-"}


def find_organisations(cell: CellText, geos: list[Geo], lexicon: Lexicon, *, named: bool = False) -> list[Mention]:
    """Return the organisations named in ``cell``, in order, none inside another; ``geos`` are the cell's places.

    ``named`` tells that the cell is known to hold a name, so that any kind of organisation begins one.
    """
    return _Walk(cell, geos, lexicon, named=named).mentions()


class _Walk:
    def __init__(self, cell: CellText, geos: list[Geo], lexicon: Lexicon, *, named: bool) -> None:
        self._cell, self._named = cell, named
        self._anchors = anchors_of(lexicon)
        self._initials = lexicon.bearers("initials", "region").keys()
        self._grower = Grower(self._anchors, geos)
        self._judge = Judge(cell, lexicon)
        self._leader: Mention | None = None
        self._plural: tuple[Concept | None, int] = (None, 0)
        self._taken = {i for geo in geos if geo.kind != "settlement" for i in range(geo.first, geo.last)}
        for match in lexicon.exceptions("organisation-kind").find(cell.tokens):
            self._taken.update(range(match.first, match.last))

    def mentions(self) -> list[Mention]:
        found: list[Mention] = []
        passed = 0
        for index, sort in self._anchors.begins.among(self._cell.tokens):
            if index < passed or (sort == "mark" and self._cell.quote_at(index) is None):
                continue
            mention, following = self._at(index)
            if mention is None and self._cell.quote_at(index) is not None:
                mention = self._from_list(index)
            if mention is not None:
                self._leader = mention if mention.quote is not None else None
                following = max(following, self._owner(mention))
                found.extend(each(self._cell, self._grower, mention))
            if mention is None and self._coordinated(index, found):
                following = max(following, found[-1].last)
            passed = following
        if self._named and len(found) == 1:
            widen(self._cell, found[0], self._grower.places)
        found = called_twice(self._cell, found)
        return [*found, *bare_names(self._cell, found, self._grower.places)] or self._whole()

    def _coordinated(self, index: int, found: list[Mention]) -> bool:
        """Add one body for each adjective of a place that shares a kind («Псковский и Витебский музеи»)."""
        shared = self._anchors.coordinated(self._cell, index) if self._cell.tokens[index].word.title else None
        if shared is None or shared[0].head in self._taken:
            return False
        headed, adjectives = shared
        for at in adjectives:
            mention = Mention(at, headed.last, "kind")
            self._take_head(mention, headed)
            mention.plural = False
            mention.gap = (min(at + 1, adjectives[-1]), adjectives[-1] + 1) if at < adjectives[-1] else (0, 0)
            self._grower.tail(self._cell, mention, chain=False)
            mention.own = (at, at + 1) if at < adjectives[-1] else None
            found.append(mention)
        return True

    def _whole(self) -> list[Mention]:
        """Return the name that a participants' cell consists of, however common its words («Дом офицеров», «ГАСО»)."""
        last = len(self._cell.tokens)
        while last and self._cell.tokens[last - 1].text in _ENDS:
            last -= 1
        if self._cell.column not in _NAMED_COLUMNS or not 0 < last <= _LONGEST_WHOLE:
            return []
        headed = self._anchors.headed(self._cell, 0)
        mention = self._from_headed(headed) if headed is not None and not headed.plural else None
        if mention is None and last == 1 and is_acronym(self._cell.tokens[0]):
            mention = Mention(0, 1, "acronym", complement=(0, 1))
        if mention is None or mention.last != last or flag(mention.kind, "quoted"):
            return []
        several = any(t.word.adjectival() and not t.word.has("sing") for t in self._cell.tokens[: max(mention.head, 0)])
        return [] if several else [mention]

    def _from_list(self, index: int) -> Mention | None:
        """Read a quotation that goes on with a list: «компаний, в том числе «А» и «Б»», «АО «А» и «Б»».

        The list's beginning is a plural kind of organisation, or a quoted organisation that "и" or a comma joins.
        """
        kind, end = self._plural
        if self._leader is not None and self._leader.last > end:
            if not (self._leader.plural or self._leader.pattern == "listed" or self._leader.legal is not None):
                return None
            kind, end = (None if self._leader.legal else self._leader.kind), self._leader.last
        if not 0 < end <= index <= end + _LONGEST_LEAD:
            return None
        if any(self._cell.low(i) not in _LEADS for i in range(end, index)):
            return None
        if kind is None and self._leader is None:
            return None
        mention = Mention(index, index, "listed", kind=kind)
        self._take_quote(mention, index)
        if mention.quote is None or mention.quote[0] >= mention.quote[1]:
            return None
        mention.kind = mention.kind or kind
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _owner(self, mention: Mention) -> int:
        """Let a part take in the body it belongs to, named at once behind it, and return the end of the name."""
        part = part_of(self._cell, mention)
        whole, _ = self._at(part.index) if MAY_BE_PART.verdict(part) else (None, 0)
        if whole is not None and WHOLE.verdict(part, whole, self._anchors):
            mention.owner, mention.last = whole, whole.last
            mention.geos.extend(whole.geos)
            mention.beside.extend(whole.beside)
        return mention.last

    def _at(self, index: int) -> tuple[Mention | None, int]:
        """Return the mention that begins at ``index`` (or None) and where to go on."""
        mention = self._from_legal_form(index) or self._from_seat_of_form(index)
        if mention is not None:
            return self._judged(index, mention, None)
        free = index not in self._taken
        ordinal = self._from_ordinal(index) if free and self._cell.tokens[index].kind == "number" else None
        if ordinal is not None:
            return ordinal, ordinal.last
        foreign = foreign_name(self._cell, index, self._grower.places) if free else None
        if foreign is not None and not self._judge.titled(foreign):
            return foreign, foreign.last
        quote = self._cell.quote_at(index)
        if quote is not None:
            mention = self._from_quote(index)
            if mention is not None and self._judge.accepts(mention):
                return mention, mention.last
            return None, max(inside(self._cell, quote)[1], index) + 1
        return self._begun(index) if free and self._cell.tokens[index].kind == "word" else (None, index + 1)

    def _from_ordinal(self, index: int) -> Mention | None:
        """Read a name that begins with an ordinal in figures («10-я городская больница»): it is its number."""
        headed = self._anchors.ordinal(self._cell, index)
        if headed is None:
            return None
        mention = self._from_headed(headed)
        mention.first, mention.ordinal = index, index + 2
        mention.number = mention.number or self._cell.tokens[index].text
        return mention

    def _begun(self, index: int) -> tuple[Mention | None, int]:
        """Return the mention that begins with a word at ``index``: a kind, or initials."""
        headed = self._anchors.headed(self._cell, index)
        if headed is None or headed.head in self._taken:
            if not self._cell.tokens[index].word.title:
                return None, index + 1
            mention = self._from_seated(index) or self._from_acronym(index) or self._from_initials(index)
            mention = mention or self._from_honour(index)
            return self._judged(index, mention, None) if mention is not None else (None, index + 1)
        if of_what_follows(self._cell, headed, self._anchors):
            return None, headed.last
        mention = self._from_headed(headed)
        if headed.plural and mention.quote is None:
            self._plural = (headed.kind, headed.last)
        return self._judged(index, mention, headed)

    def _judged(self, index: int, mention: Mention, headed: Headed | None) -> tuple[Mention | None, int]:
        """Return the mention that was read at ``index`` if it is a name, and where to go on."""
        if self._is_name(mention, headed):
            return mention, max(mention.last, index + 1)
        return None, headed.last if headed is not None else index + 1

    def _is_name(self, mention: Mention, headed: Headed | None) -> bool:
        """Tell whether what was read is a name: by itself, or by the body that it is a part of («лицей БГУ»)."""
        single = headed is not None and not mention.plural
        if self._of_each_place(mention):
            return True
        if single and self._listed_whole(mention):
            return True
        if self._judge.accepts(mention) or (self._named and mention.kind is not None and not mention.plural):
            return True
        return headed is not None and single and self._owner(mention) > headed.last and mention.owner is not None

    def _of_each_place(self, mention: Mention) -> bool:
        """Tell whether a plural is one body of each of several places: authorities, or what «между» joins."""
        if mention.quote is not None or mention.number or not mention.geos:
            return False
        several = len(shared_places(self._cell, self._grower, mention)) > 1
        between = mention.plural and self._cell.low(mention.first - 1) in _BETWEEN
        return several and (flag(mention.kind, "seat") or between)

    def _listed_whole(self, mention: Mention) -> bool:
        """Tell whether a name is an item of its own among those responsible («Отдел экономики, Петрова А.»)."""
        cell, first, last = self._cell, mention.first, mention.last
        said = (mention.complement or (0, 0))[1] - mention.label_last >= _SAID and not flag(mention.kind, "quoted")
        known = cell.column == "responsible" or (cell.column == "participants" and said)
        if not known or mention.head < 0 or not cell.tokens[mention.head].word.has("nomn"):
            return False
        opened = first == 0 or cell.tokens[first - 1].text in _ITEMS or cell.new_line(first)
        closed = last >= len(cell.tokens) or cell.tokens[last].text in _ITEMS or cell.new_line(last)
        return opened and closed

    def _from_legal_form(self, index: int) -> Mention | None:
        if self._cell.tokens[index].kind != "word":
            return None
        form = self._anchors.legal_form(self._cell, index)
        if form is not None:
            after, label = form.last, form.concept.label
        elif is_unlisted_form(self._cell.tokens, index, self._cell.opening):
            after, label = index + 1, self._cell.tokens[index].text
        else:
            return None
        concept = form.concept if form is not None else None
        mention = Mention(index, after, "legal-form", legal=(index, after), legal_form=label, form=concept)
        following = self._anchors.legal_form(self._cell, after) if after < len(self._cell.tokens) else None
        if following is not None and following.last > after and self._cell.tokens[after].kind == "word":
            mention.legal = (index, following.last)
            mention.last = after = following.last
        if self._cell.quote_at(after) is None:
            after += region_follows(self._cell, after, self._initials)
        place = self._grower.place_before_quote(self._cell, after)
        if place is not None:
            mention.geos.append(place)
            after = place.last
        quote = self._cell.quote_at(after)
        if quote is not None:
            self._take_quote(mention, after)
            self._grower.tail(self._cell, mention, chain=False)
            return mention
        headed = self._anchors.headed(self._cell, after) if after < len(self._cell.tokens) else None
        if headed is not None:
            self._take_head(mention, headed)
            self._grower.tail(self._cell, mention, chain=not flag(headed.kind, "perTown"))
            return mention
        return self._bare_name(mention, after)

    def _from_seat_of_form(self, index: int) -> Mention | None:
        """Read a body by the adjective of its seat before an abbreviated legal form («Лидское ГУП ЖКХ»)."""
        if index + 1 in self._taken or not seat_before_form(self._cell, index, self._anchors):
            return None
        mention = self._from_legal_form(index + 1)
        if mention is not None:
            mention.first = index
        return mention

    def _bare_name(self, mention: Mention, index: int) -> Mention | None:
        """Read an unquoted company name: capitals behind a legal form («ПАО Сбербанк»), no person («М.А. Линд»)."""
        end = index
        while end < len(self._cell.tokens) and end - index < 3 and self._cell.tokens[end].word.title:
            end += 1
        named = end > index and not any(self._initial(i) for i in range(index, index + _BEFORE_INITIALS))
        if not named or not self._cell.tokens[mention.first].word.upper:
            return None
        mention.last, mention.complement = end, (index, end)
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _initial(self, index: int) -> bool:
        return self._cell.low(index + 1) == "." and len(self._cell.low(index)) == 1

    def _from_headed(self, headed: Headed) -> Mention:
        mention = Mention(headed.first, headed.last, "kind")
        self._take_head(mention, headed)
        if flag(headed.kind, "generic") and not headed.plural and names_a_kind(self._cell, headed.last, self._anchors):
            mention.legal = (headed.first, headed.last)
            mention.complement = None
            self._take_quote(mention, headed.last)
            self._grower.tail(self._cell, mention, chain=False)
            return mention
        place = self._place_before(headed)
        if place is not None:
            mention.first = place.first
            mention.geos.append(place)
        self._grower.tail(self._cell, mention, chain=not _school(headed))
        if mention.quote is None and not mention.number and mention.last == headed.last:
            apposition(self._cell, mention, self._anchors, self._grower)
        return mention

    def _place_before(self, headed: Headed) -> Geo | None:
        """Return the town at once before the word for an authority, in the nominative («Алматы акимат»)."""
        cell = self._cell
        if headed.plural or not flag(headed.kind, "seat") or "public" not in categories(headed.kind):
            return None
        geo = next((g for g in self._grower.places if g.kind == "settlement" and g.last == headed.first), None)
        if geo is None or not cell.tokens[geo.last - 1].word.has("nomn") or cell.new_line(geo.last):
            return None
        opened = geo.first == 0 or cell.tokens[geo.first - 1].kind == "mark" or cell.new_line(geo.first)
        return geo if opened and cell.quote_of[geo.first] is cell.quote_of[headed.first] else None

    def _from_acronym(self, index: int) -> Mention | None:
        """Read a name in initials: its ending tells the kind («ПГНИУ»), or it stands behind a head's post."""
        kind = self._anchors.acronym(self._cell, index)
        if kind is None and not (index and self._headed_by_post(index)):
            return None
        mention = Mention(index, index + 1, "acronym", kind=kind, complement=(index, index + 1))
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _from_seated(self, index: int) -> Mention | None:
        """Read a university by the adjective of its seat and its initials («Кубанский ГАУ»)."""
        kind = self._anchors.seated(self._cell, index)
        if kind is None:
            return None
        mention = Mention(index, index + 2, "acronym", kind=kind, head=index + 1, label_first=index + 1)
        mention.complement = (index + 1, index + 2)
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _from_initials(self, index: int) -> Mention | None:
        """Read initials with a quotation, outside of titles: «МВЦ «Казань Экспо»»."""
        if self._cell.column == "name" or not self._anchors.initialled(self._cell, index):
            return None
        mention = Mention(index, index + 1, "initials")
        self._take_quote(mention, index + 1)
        mention.first = index
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _from_honour(self, index: int) -> Mention | None:
        """Read initials, or a word of no dictionary, that are named after somebody: «БГФ им. Ильина»."""
        cell = self._cell
        token = cell.tokens[index]
        strange = not token.word.known and not token.word.adjectival() and len(token.text) > _SHORT
        if cell.low(index + 1) not in HONOUR or not (is_acronym(token) or strange) or cell.quote_of[index] is not None:
            return None
        mention = Mention(index, index + 1, "acronym", complement=(index, index + 1))
        if not is_acronym(token):
            mention.head, mention.label_first, mention.label_last = index, index, index + 1
        self._grower.tail(cell, mention, chain=False)
        while mention.last < len(cell.tokens) and is_acronym(cell.tokens[mention.last]):
            mention.last += 1
        return mention if mention.honorific is not None else None

    def _headed_by_post(self, index: int) -> bool:
        """Tell whether an abbreviation stands at once behind a post that one person holds («директор ЕМИИ»)."""
        token = self._cell.tokens[index]
        if not is_acronym(token) or self._anchors.headed(self._cell, index) is not None:
            return False
        return self._anchors.posted(self._cell, index)

    def _from_quote(self, index: int) -> Mention | None:
        mention = Mention(index, index, "quoted-kind")
        self._take_quote(mention, index)
        if mention.kind is None:
            return None
        self._grower.tail(self._cell, mention, chain=False)
        return mention

    def _take_head(self, mention: Mention, headed: Headed) -> None:
        mention.kind, mention.head = headed.kind, headed.head
        mention.label_first = headed.label
        mention.label_last = mention.last = headed.last
        mention.plural = headed.plural
        if headed.last > headed.head + 1:
            mention.complement = (headed.head + 1, headed.last)

    def _take_quote(self, mention: Mention, index: int) -> None:
        """Read a quoted name: its kind if it begins with one, number, honorific, places."""
        quote = self._cell.quote_at(index)
        if quote is None:
            return
        first, last = inside(self._cell, quote)
        mention.quote, mention.last = (first, last), min(last + 1, len(self._cell.tokens))
        headed = self._anchors.headed(self._cell, first, last) if first < last else None
        if headed is None and first < last and (headed := self._anchors.ordinal(self._cell, first)) is not None:
            mention.number = mention.number or self._cell.tokens[first].text
        if headed is not None:
            mention.kind, mention.head = headed.kind, headed.head
            mention.label_first, mention.label_last = headed.label, headed.last
        elif first < last:
            mention.kind = self._anchors.acronym(self._cell, first)
        mention.geos.extend(g for g in self._grower.places if first <= g.first and g.last <= last)
        self._grower.inner(self._cell, mention, first, last)


def _school(headed: Headed) -> bool:
    return flag(headed.kind, "perTown") and not flag(headed.kind, "seat") and not flag(headed.kind, "namesake")
