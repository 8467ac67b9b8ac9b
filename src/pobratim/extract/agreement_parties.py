"""Whose an agreement is: the foreign parties that its sentence, its title or the row names, each with a home party.

Home and foreign party belong together as the verdicts on ties have it. There is one agreement a partner, unless one
document has many parties.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.parties import Named, Parties, Party
from pobratim.extract.plurals import is_plural, told_of_several
from pobratim.extract.ties import named
from pobratim.extract.verdicts import TIED, Choice
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import tokenize
from pobratim.text.words import Word

_JOINING = WORDS.stems("joining")
_BETWEEN = WORDS.of("preposition-between")
_WHERE = WORDS.of("preposition-where")
_TOWN, _SEVERAL_TWINS = WORDS.of("town-word"), WORDS.stems("twin-towns")
_MANY, _SHORT = WORDS.of("three-or-more"), WORDS.pairs("party-in-short")
_MANY_SIDED = WORDS.stems("many-sided")
_TWINS = WORDS.stems("tie-twins")
_NAMED = 0.5
"""What a home party gains by being named in the agreement's own sentence."""
_LEAST = 0.3
"""Beside a likely partner, so likely must another one be that the same words name."""
_POSSIBLE = 0.12
"""So likely must the one body abroad be tied to the one at home, where a document names neither."""
_SEAT = {"seat", "place", "about", "heading"}
_TWO = 2


class Said(NamedTuple):
    """An agreement's noun and the stretch of its sentence that speaks of it: from ``first`` to ``last``.

    ``start`` is the sentence's first token; ``alone`` tells that the sentence names no other agreement before, ``more``
    that it names another one behind. ``lead`` are the words before the colon of the list in which it stands.
    """

    column: str
    start: int
    first: int
    last: int
    noun: Match
    alone: bool
    more: bool = False
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of one agreement, home first; ``told`` means that words of its own sentence name the other side."""

    names: list[str]
    told: bool = True


class Partners:
    """Finds the parties of a row's agreements, by what the row's parties and verdicts are."""

    def __init__(self, view: RowView, parties: Parties, verdicts: Sequence[Choice]) -> None:
        """Take a row with its parties and the weighed choices of its foreign ones."""
        self._view, self._parties = view, parties
        self._choices = {choice.foreign.key: choice for choice in verdicts}
        self._keys = {name: p.key for p in parties.all for name in (p.key, *p.places, *(m.name for m in p.mentions))}
        self._named_as = {p.key: p for p in parties.all}
        self._of = {"home": {p.key for p in parties.home}, "foreign": {p.key for p in parties.foreign}}

    def of(self, said: Said) -> list[Sides]:
        """Return the parties of each agreement that a noun tells of; one without any where nobody is named."""
        cell = self._view.cells[said.column]
        if said.noun.concept.local == "accession":
            return [self._joined(said)]
        found = self._stretch(said)
        foreign = self._foreign(found, said)
        if foreign and all(p.municipal for p in foreign) and (alike := self._kept(found, said)):
            foreign = alike
        told = bool(foreign)
        if not foreign:
            foreign = self._towns(said) or self._like(said) or self._before(said) or self._elsewhere(said)
        homes = _parties_of(found, "home")
        if not foreign:
            own = homes or ([] if is_plural(cell.tokens[said.noun.first].word) else self._reporter())
            return [Sides([self._name(party, found) for party in own[:1]], told=False)]
        many = _many_sided(cell, said) or (not told and (self._row_of_many() or self._counted(said)))
        every = [*(homes or ([] if told else self._likeliest(foreign[0]))), *foreign]
        if many and len(every) > max(len(foreign), _TWO):
            return [Sides([self._name(p, found) for p in every])]
        return [self._pair(one, homes, found, said, told) for one in foreign]

    def partner(self, column: str) -> str:
        """Return the first foreign party that a cell names, under the name it has there, "" if it names none."""
        cell = self._view.cells.get(column)
        found = self._named(column, 0, len(cell.tokens)) if cell is not None else []
        first = next(((m, p) for m, p in found if p.side == "foreign"), None)
        return named(self._view, first[1], first[0]) if first else ""

    def of_relation(self, column: str, first: int, last: int) -> list[str]:
        """Return the municipalities of a relation: the one abroad that a sentence names, else that of the row, with its
        likeliest home; [] where several may be meant."""
        found = self._named(column, first, last)
        foreign = [p for p in _parties_of(found, "foreign") if p.municipal]
        foreign = foreign or [p for p in self._parties.foreign if p.municipal and self._tied(p) >= TIED]
        bodies = [p for p in self._parties.foreign if self._tied(p) >= TIED] if not foreign else []
        foreign = foreign or (bodies if self._twins_of_bodies(column, first, last) else [])
        choice = self._choices.get(foreign[0].key) if len(foreign) == 1 else None
        if choice is None:
            return []
        named_here = [p for p in _parties_of(found, "home") if p.municipal]
        homes = named_here or [p for p in choice.homes if p.municipal]
        homes = homes if foreign[0].municipal else list(choice.homes)
        best = max(homes, key=choice.chance, default=None)
        return [self._name(best, found), self._name(foreign[0], found)] if best is not None else []

    def _twins_of_bodies(self, column: str, first: int, last: int) -> bool:
        """Tell whether bodies are twinned («парки-побратимы с 2016 года»): a word for them stands in the compound."""
        kinds = self._view.lexicon.matcher("organisation-kind")
        parts = (t.low.split("-") for t in self._view.cells[column].tokens[first:last] if "-" in t.low)
        return any(p[-1].startswith(_TWINS) and kinds.find(tokenize(p[0])) for p in parts)

    def keys(self, names: Iterable[str], side: str = "") -> frozenset[str]:
        """Return what parties names stand for, all or those of one side: a town and its authorities are one."""
        found = (self._keys.get(name, name) for name in names)
        return frozenset(key for key in found if not side or key in self._of[side])

    def mention(self, name: str, said: Said | None) -> Named | None:
        """Return where a row names a party: in the words that ``said`` is about, under this very name, in its title
        first; None where it is nowhere named."""
        party = self._named_as.get(self._keys.get(name, name))

        def rank(one: Named) -> tuple[bool, ...]:
            is_own = said is not None and one.column == said.column and said.start <= one.first < said.last
            return not is_own, one.how in _SEAT, one.name != name, one.column != "name"

        return min(party.mentions, key=rank, default=None) if party is not None else None

    def _named(self, column: str, first: int, last: int) -> list[tuple[Named, Party]]:
        """Return the parties named in a stretch, not where a body sits, nor where a paper lies («в МИД России»)."""
        cell = self._view.cells[column]
        return [
            (m, p)
            for m, p in self._parties.named_in(column, first, last)
            if m.how not in _SEAT and (m.how != "in" or not p.municipal) and not self._housed(cell, first, m)
        ]

    def _housed(self, cell: CellText, first: int, mention: Named) -> bool:
        if cell.low(mention.first - 1) not in _WHERE:
            return False
        return not any(t.low.startswith(_JOINING) for t in cell.tokens[first : mention.first])

    def _joined(self, said: Said) -> Sides:
        """Return who acceded, and to whom abroad where a body there is named first; the reporter where nobody is."""
        found = self._stretch(said)
        if found:
            joined = found[0][1]
            homes = _parties_of(found, "home") or self._reporter()
            sides = [*homes[:1], joined] if joined.side == "foreign" else [joined]
            return Sides([self._name(party, found) for party in sides])
        return Sides([self._name(party, []) for party in self._reporter()], told=False)

    def _stretch(self, said: Said) -> list[tuple[Named, Party]]:
        """Return the parties that a noun's words name: from «между» on, else in its stretch, else in its sentence."""
        cell = self._view.cells[said.column]
        between = next((i for i in range(said.first, said.last) if cell.low(i) in _BETWEEN), said.start)
        found = self._named(said.column, between, said.last)
        if said.more and not any(party.side == "foreign" for _, party in found):
            # «План по реализации Соглашения между …»: the parties stand behind the other document's name.
            sentence = cell.sentence_at(said.start) or (said.start, said.last)
            found = self._named(said.column, between, sentence[1])
        return found

    def _foreign(self, found: list[tuple[Named, Party]], said: Said) -> list[Party]:
        """Return the partners that the words name: behind the noun first, and of these the likely ones."""
        behind = [(m, p) for m, p in found if m.first >= said.noun.last]
        foreign = self._acting(_parties_of(behind, "foreign")) or self._acting(_parties_of(found, "foreign"))
        if said.noun.concept.local == "twinning" and any(p.municipal for p in foreign):
            foreign = [p for p in foreign if p.municipal]
        likely = [p for p in foreign if self._tied(p) >= _LEAST]
        return self._without_towns_of_bodies(likely or sorted(foreign, key=lambda p: -self._tied(p))[:1])

    def _acting(self, foreign: list[Party]) -> list[Party]:
        """Leave out who only helped («при содействии Посольства …»), where others are named in the row."""
        institutions = self._view.record.institutions
        helped = [p for p in foreign if p.numbers and all(institutions[n].role == "supporter" for n in p.numbers)]
        others = any(p not in helped for p in self._parties.foreign)
        return [p for p in foreign if not others or p not in helped]

    def _without_towns_of_bodies(self, foreign: list[Party]) -> list[Party]:
        institutions = self._view.record.institutions
        seats = {institutions[n].place for p in foreign if not p.municipal for n in p.numbers}
        return [p for p in foreign if not p.municipal or p.key not in seats]

    def _counted(self, said: Said) -> bool:
        """Tell whether three bodies or more are said to have one document («три вуза подписали соглашение»)."""
        cell = self._view.cells[said.column]
        kinds = self._kinds(cell, said.start, said.noun.first)
        counted = any(cell.low(index - 1) in _MANY for index, _ in kinds if index > said.start)
        return counted and not is_plural(cell.tokens[said.noun.first].word)

    def _towns(self, said: Said) -> list[Party]:
        """Return the row's tied town where the words speak of towns («города подписали программу», «план
        городов-побратимов»)."""
        cell = self._view.cells[said.column]
        start = said.start if said.alone else said.noun.first
        words = [cell.tokens[i] for i in range(start, said.last) if self._view.institution_at(said.column, i) < 0]
        told = any(t.word.lemmas & _TOWN and is_plural(t.word) for t in words)
        told = told or any(t.low.startswith(_SEVERAL_TWINS) for t in words)
        tied = [p for p in self._parties.foreign if p.municipal and self._tied(p) >= TIED] if told else []
        return tied if len(tied) == 1 else []

    def _like(self, said: Said) -> list[Party]:
        """Return the row's partner of the kind that the words tell («между музеями», «палаты продлили договор»)."""
        view, cell = self._view, self._view.cells[said.column]
        for index, kind in self._kinds(cell, said.start, said.last):
            if view.institution_at(said.column, index) >= 0:
                continue
            alike = [p for p in self._parties.foreign if p.kind and view.is_a(p.kind, kind)]
            tied = [p for p in alike if self._tied(p) >= TIED]
            counted = cell.low(index - 1) in _MANY
            if len(alike) == 1 or counted or (tied and told_of_several(cell, index)):
                return alike if counted else tied or alike
        return self._of_one_word(said)

    def _kinds(self, cell: CellText, first: int, last: int) -> list[tuple[int, str]]:
        """Return where a stretch names kinds of bodies, by their labels or in short («вузы»)."""
        labels = self._view.lexicon.matcher("organisation-kind").find(cell.tokens, first, last)
        found = [(match.first, match.concept.local) for match in labels]
        for index in range(first, last):
            found += [(index, _SHORT[lemma]) for lemma in cell.tokens[index].word.lemmas if lemma in _SHORT]
        return sorted(dict(found).items())

    def _kept(self, found: list[tuple[Named, Party]], said: Said) -> list[Party]:
        """Return the body of a town that words name only aside («по договору взамен Алматы получит двух маралов»)."""
        cell, bodies = self._view.cells[said.column], []
        if said.noun.concept.local == "twinning" or said.column == "name":
            return []
        for mention, party in found:
            if party.side == "home" and party.municipal:
                return []
            if party.side == "foreign":
                seated = [p for p in self._parties.foreign if p.numbers and not p.municipal and self._sits(p, party)]
                aside = mention.first >= said.noun.last and cell.tokens[mention.first].word.has("nomn")
                if not aside or len(seated) != 1 or self._tied(seated[0]) < TIED:
                    return []
                bodies += seated
        return bodies

    def _sits(self, body: Party, town: Party) -> bool:
        return any(self._view.record.institutions[n].place == town.key for n in body.numbers)

    def _of_one_word(self, said: Said) -> list[Party]:
        """Return the partner whose name has the plural noun for both sides («палаты», «зоопарки»), tied to its like."""
        cell = self._view.cells[said.column]
        for index in range(said.start, said.last):
            token = cell.tokens[index]
            named = self._view.institution_at(said.column, index) >= 0 or cell.quote_of[index] is not None
            if named or token.kind != "word" or not told_of_several(cell, index):
                continue
            alike = [p for p in self._parties.foreign if not p.municipal and self._has_word(p, token.word)]
            at_home = any(not p.municipal and self._has_word(p, token.word) for p in self._parties.home)
            tied = [p for p in alike if self._tied(p) >= TIED]
            if at_home and (tied or len(alike) == 1):
                return tied or alike
        return []

    def _has_word(self, party: Party, word: Word) -> bool:
        """Tell whether a body is named by a noun («палаты»: Торгово-промышленная палата)."""
        cells = self._view.cells
        return any(
            not token.word.lemmas.isdisjoint(word.lemmas)
            for m in party.mentions
            if m.column in cells
            for token in cells[m.column].tokens[m.first : m.last]
        )

    def _before(self, said: Said) -> list[Party]:
        """Return the one tied body that the sentence before names («передал институту книги; подписан …»)."""
        cell = self._view.cells[said.column]
        behind = cell.sentence_at(said.start - 1) if said.start else None
        if behind is None or said.noun.concept.local == "twinning":
            return []
        foreign = _parties_of(self._named(said.column, *behind), "foreign")
        foreign = [p for p in foreign if not p.municipal and self._tied(p) >= TIED]
        return foreign if len(foreign) == 1 else []

    def _elsewhere(self, said: Said) -> list[Party]:
        """Return the partners that the title names, else the one, or the list, that the row is tied to most likely."""
        view = self._view
        municipal = said.noun.concept.local == "twinning" and any(p.municipal for p in self._parties.foreign)
        possible = [p for p in self._parties.foreign if p.municipal or not municipal]
        if "name" in view.cells and said.column != "name":
            in_title = self._named("name", 0, len(view.cells["name"].tokens))
            titled = [p for p in _parties_of(in_title, "foreign") if p in possible and self._tied(p) >= _LEAST]
            if titled:
                return titled[:1] if not is_plural(view.cells[said.column].tokens[said.noun.first].word) else titled
        tied = [p for p in possible if self._tied(p) >= TIED]
        if self._row_of_many() and sum(p.municipal for p in tied) >= _TWO:
            return [p for p in tied if p.municipal]
        bodies = self._without_towns_of_bodies(tied)
        if len(bodies) == 1 or _many_sided(view.cells[said.column], said):
            return bodies
        units = [p for p in (tied or (possible if municipal else [])) if p.municipal]
        units = [p for p in units if any(m.column == "name" for m in p.mentions)] or units
        if len(units) == 1:
            return units
        return self._other_side(said)

    def _other_side(self, said: Said) -> list[Party]:
        """Return the one body abroad of the row for the document of a body of ours: one that the words name, or the
        row's only one."""
        abroad, home = ([p for p in side if not p.municipal] for side in (self._parties.foreign, self._parties.home))
        named = any(not p.municipal for p in _parties_of(self._stretch(said), "home"))
        possible = len(home) == 1 and len(abroad) == 1 and self._tied(abroad[0]) >= _POSSIBLE
        return abroad if len(abroad) == 1 and (named or possible) else []

    def _likeliest(self, foreign: Party) -> list[Party]:
        """Return the home party of its level that a foreign one is tied to most likely, [] where it has no choice."""
        choice = self._choices.get(foreign.key)
        homes = choice.homes if choice is not None else ()
        level = [home for home in homes if home.municipal == foreign.municipal]
        return [max(level or homes, key=choice.chance)] if choice is not None else []

    def _row_of_many(self) -> bool:
        """Tell whether the title says that the event had more than two sides («трёхсторонняя встреча»)."""
        title = self._view.cells.get("name")
        return title is not None and any(t.low.startswith(_MANY_SIDED) for t in title.tokens)

    def _pair(
        self, foreign: Party, homes: list[Party], found: list[tuple[Named, Party]], said: Said, told: bool
    ) -> Sides:
        choice = self._choices.get(foreign.key)
        if choice is None:
            return Sides([self._name(foreign, found)], told)
        twinned = said.noun.concept.local == "twinning"
        led = self._reporter() if self._led(said) else []
        own = [h for h in choice.homes if h.municipal] if twinned and foreign.municipal else []
        best = max(
            own or choice.homes,
            key=lambda home: choice.chance(home) + (_NAMED if any(home is one for one in homes or led) else 0.0),
        )
        if twinned and foreign.municipal and foreign.place is not None and best.place is not None:
            # Twinned are towns, not their authorities.
            return Sides([named(self._view, best, None), named(self._view, foreign, None)], told)
        return Sides([self._name(best, found), self._name(foreign, found)], told)

    def _led(self, said: Said) -> bool:
        """Tell whether the words name the post of the reporter's own head («заместителем мэра подписан протокол …»)."""
        view = self._view
        for first, last in view.ruled.get(said.column, ()):
            of_body = any(view.institution_at(said.column, i) >= 0 for i in range(first, last))
            abroad = any(first <= g.first < last and view.foreign(g.country) for g in view.geos.get(said.column, ()))
            if said.first <= first < said.last and not of_body and not abroad:
                return True
        return False

    def _reporter(self) -> list[Party]:
        home = self._view.record.home.name
        return [party for party in self._parties.home if party.key == home]

    def _name(self, party: Party, found: Iterable[tuple[Named, Party]]) -> str:
        """Return a party's name, as the stretch has it where it is named there."""
        mention = next((m for m, p in found if p is party), None)
        rest = sorted((m for m in party.mentions if m.how not in _SEAT), key=lambda m: m.column != "name")
        return named(self._view, party, mention or next(iter(rest), None))

    def _tied(self, party: Party) -> float:
        choice = self._choices.get(party.key)
        return choice.tied if choice is not None else 0.0


def _parties_of(found: Iterable[tuple[Named, Party]], side: str) -> list[Party]:
    """Return the parties of a side in order, each once."""
    return list({p.key: p for _, p in found if p.side == side}.values())


def _many_sided(cell: CellText, said: Said) -> bool:
    """Tell whether one document has many parties: a singular noun with «между», or «трёхсторонний»."""
    if any(t.low.startswith(_MANY_SIDED) for t in cell.tokens[said.first : said.last]):
        return True
    word = cell.tokens[said.noun.first].word
    between = any(cell.low(i) in _BETWEEN for i in range(said.first, said.last))
    return between and not _plural(word, cell, said)


def _plural(word: Word, cell: CellText, said: Said) -> bool:
    """Tell whether a noun is plural, or its participle is («подписаны меморандумы», «соглашений между …»)."""
    return is_plural(word) or (
        word.has("plur") and any(t.word.has("PRTS", "plur") for t in cell.tokens[said.first : said.noun.first])
    )
