"""A row as the features of ties see it: who acts, where, and what the sentences say in which parties are named."""

from functools import cached_property
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.parties import Named, Parties, Party
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import word

_TWINS, _DENIED = WORDS.stems("tie-twins"), WORDS.of("tie-denied")
_BY_LEMMA = {
    "talks": WORDS.of("talks", "tie-talks"),
    "lapsed": WORDS.of("tie-lapsed"),
    "judged": WORDS.of("tie-judged"),
    "gives": WORDS.of("tie-gives"),
}
_BY_FORM = {
    "jointly": WORDS.of("tie-jointly"),
    "not": WORDS.of("negation"),
    "between": WORDS.of("preposition-between"),
}
_SAID = ("twins", "talks", "jointly", "lapsed", "judged", "gives")
_MASS = {"competition", "festival", "sports", "exhibition", "conference", "concert", "publication"}
_ACTIVE = {"name", "participants"}
_TWO = 2
_BACK = 5
"""So many words before a name may lie the preposition or noun that rules it."""
ASIDE = {"seat", "place", "about"}
"""Ways of being named that make nobody act: as a body's seat, as the place of the event, as what it is about."""


class Sentence(NamedTuple):
    """A sentence of a cell by its tokens, and what its words tell; ``between`` is the token «между», -1 for none."""

    column: str
    first: int
    last: int
    twins: bool
    talks: bool
    jointly: bool
    agreement: bool
    lapsed: bool
    judged: bool
    gives: bool
    between: int


def _says(token: Token) -> frozenset[str] | None:
    """Return what a word says of the ties in its sentence."""
    if token.kind != "word":
        return None
    said = {name for name, words in _BY_LEMMA.items() if not token.word.lemmas.isdisjoint(words)}
    said |= {name for name, words in _BY_FORM.items() if token.low in words}
    return frozenset(said | ({"twins"} if any(stem in token.low for stem in _TWINS) else set()))


_SAYING = Telling(_says)


class Scene:
    """A row with its parties, and the sentences in which they are named, each looked at once."""

    def __init__(self, view: RowView, parties: Parties) -> None:
        """Take a row and its parties."""
        self.view, self.parties = view, parties
        self._sentences: dict[tuple[str, int], Sentence] = {}
        self._of = {p.key: self._named_in(p) for p in parties.all}
        self._columns = {p.key: frozenset(m.column for m in p.mentions if m.how not in ASIDE) for p in parties.all}
        self._ancestors: dict[str, frozenset[str]] = {}

    def sentences(self, party: Party) -> frozenset[Sentence]:
        """Return the sentences that name a party other than as a seat or in the column of places."""
        return self._of[party.key]

    def columns(self, party: Party) -> frozenset[str]:
        """Return the columns that name a party other than as a seat or place."""
        return self._columns[party.key]

    def roles(self, party: Party) -> set[str]:
        """Return the roles of a body or of a municipality's authorities."""
        return {self.view.record.institutions[n].role for n in party.numbers}

    def is_reporter(self, party: Party) -> bool:
        """Tell whether a party is the reporting municipality."""
        return party.key == self.view.record.home.name

    def is_centre(self, party: Party) -> bool:
        """Tell whether the adjective of a town names the district that reports (Гатчина of Гатчинский округ)."""
        home = self.view.record.home
        if home.kind != "district" or party.level != "town":
            return False
        towns = self.view.geographer.gazetteer.of_adjective(word(home.name.split(" ")[0]))
        return any(town.name == party.key for town in towns)

    def acting(self, party: Party) -> list[Party]:
        """Return the other home parties that act."""
        return [p for p in self._acting if p is not party]

    def ruled(self, party: Party, words: frozenset[str], *, lemmas: bool = False) -> bool:
        """Tell whether one of some words stands close before a mention, no comma or other stop between."""
        return any(self._ruled(m, words, lemmas=lemmas) for m in party.mentions)

    def body_of(self, party: Party) -> bool:
        """Tell whether a body that sits in a foreign municipality, or a district of it, is a party that acts."""
        institutions = self.view.record.institutions
        return any(
            self._columns[other.key]
            and (other.town == party.key or any(institutions[n].place == party.key for n in other.numbers))
            for other in self.parties.foreign
            if other is not party
        )

    def akin(self, one: Party, other: Party) -> bool:
        """Tell whether two bodies are of one kind, or of kinds under one."""
        if not one.kind or not other.kind:
            return False
        return not self._wider(one.kind).isdisjoint(self._wider(other.kind))

    @cached_property
    def kind(self) -> str:
        """Return the event's first kind."""
        return next(iter(self.view.record.kind), "")

    @property
    def mass(self) -> bool:
        """Tell whether an event of such a kind has many guests who are tied to nobody."""
        return self.kind in _MASS

    @cached_property
    def groups(self) -> int:
        """Return how many foreign parties there are, towns with their bodies counted once, lists but in mass events."""
        institutions = self.view.record.institutions
        seats = {institutions[n].place for p in self.parties.foreign if not p.municipal for n in p.numbers}
        counted = [p for p in self.parties.foreign if self._columns[p.key]]
        found = [p for p in counted if not p.municipal or p.key not in seats]
        return len(found) if self.mass else len({p.group for p in found})

    @cached_property
    def headed(self) -> list[tuple[str, int]]:
        """Return where the posts of heads stand that name neither body nor foreign place: the reporter's own."""
        view = self.view
        return [
            (column, first)
            for column, spans in view.ruled.items()
            for first, last in spans
            if not any(view.institution_at(column, i) >= 0 for i in range(first, last))
            and not any(first <= g.first < last and view.foreign(g.country) for g in view.geos.get(column, ()))
        ]

    def led(self, sentence: Sentence) -> bool:
        """Tell whether a sentence names such a head («Заместителем мэра подписан …»)."""
        return any(c == sentence.column and sentence.first <= first < sentence.last for c, first in self.headed)

    @cached_property
    def sole(self) -> frozenset[str]:
        """Return the only body of each side that takes part, as keys, where each side has just one."""
        sides = ([p.key for p in side if self._takes_part(p)] for side in (self.parties.home, self.parties.foreign))
        found = [keys for keys in sides if len(keys) == 1]
        return frozenset(found[0] + found[1]) if len(found) == _TWO else frozenset()

    def _takes_part(self, party: Party) -> bool:
        active = not party.municipal and bool(self._columns[party.key] & _ACTIVE)
        return active and not self.roles(party) <= {"supporter", "venue"}

    @cached_property
    def _acting(self) -> list[Party]:
        return [p for p in self.parties.home if self._columns[p.key]]

    def _named_in(self, party: Party) -> frozenset[Sentence]:
        mentions = (m for m in party.mentions if m.how not in ASIDE and m.how != "heading")
        return frozenset(s for m in mentions if (s := self._sentence(m)) is not None)

    def _sentence(self, mention: Named) -> Sentence | None:
        cell = self.view.cells.get(mention.column)
        span = cell.sentence_at(mention.first) if cell is not None else None
        if cell is None or span is None:
            return None
        key = (mention.column, span[0])
        if key not in self._sentences:
            self._sentences[key] = self._look(cell, *span)
        return self._sentences[key]

    def _look(self, cell: CellText, first: int, last: int) -> Sentence:
        said: set[str] = set()
        between = -1
        for index, words in _SAYING.among(cell.tokens, first, last):
            if cell.quote_of[index] is not None:
                continue
            said |= words
            if "not" in words and not cell.tokens[min(index + 1, last - 1)].word.lemmas.isdisjoint(_DENIED):
                said.add("lapsed")
            if between < 0 and "between" in words:
                between = index
        nouns = self.view.lexicon.matcher("agreement-kind").find(cell.tokens, first, last)
        agreement = any(m.concept.local != "other" and cell.quote_of[m.first] is None for m in nouns)
        twins, talks, jointly, lapsed, judged, gives = (name in said for name in _SAID)
        return Sentence(cell.column, first, last, twins, talks, jointly, agreement, lapsed, judged, gives, between)

    def _ruled(self, mention: Named, words: frozenset[str], *, lemmas: bool) -> bool:
        cell = self.view.cells.get(mention.column)
        if cell is None or mention.how in ASIDE or mention.how == "heading":
            return False
        for index in range(mention.first - 1, max(-1, mention.first - 1 - _BACK), -1):
            token = cell.tokens[index]
            if token.text in ".;)," or (token.text == ":" and not lemmas):
                return False
            if (token.word.lemmas & words) if lemmas else (token.low in words):
                return True
        return False

    def _wider(self, kind: str) -> frozenset[str]:
        found = self._ancestors.get(kind)
        if found is None:
            lexicon = self.view.lexicon
            chain = lexicon.broader(lexicon.concept("organisation-kind", kind))
            found = self._ancestors[kind] = frozenset(c.local for c in chain)
        return found
