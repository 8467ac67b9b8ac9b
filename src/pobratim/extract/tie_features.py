"""What speaks for and against a tie between two parties of a row: features that are there or not, each with a name.

The names are those of ``ontology/tie-weights.tsv``, where people find the words for them and how much each weighs.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.parties import Named, Parties, Party
from pobratim.lexicon.words import WORDS

_WITH = WORDS.of("preposition-with")
_BETWEEN = WORDS.of("preposition-between")
_JOINS = WORDS.of("list-join")
_CAME = WORDS.of("tie-delegation")
_TWINS = WORDS.stems("tie-twins")
_TALKS = WORDS.of("talks", "tie-talks")
_MOVES = WORDS.of("tie-visit")
_JOINTLY = WORDS.of("tie-jointly")
_TEXT = {"purpose", "result"}
_ACTING = {"name", "participants"}
_BACK = 5
"""So many words before a name may lie the preposition or noun that rules it."""
_NEAR = 9
_SCOPE = 25
_SEVERAL = 3
_TWO = 2


class Sentence(NamedTuple):
    """A sentence of a cell by its tokens, and what its words tell."""

    column: str
    first: int
    last: int
    twins: bool
    talks: bool
    moves: bool
    jointly: bool
    agreement: bool
    between: int


class Scene:
    """A row as the features see it: its parties, and the sentences in which they are named, each looked at once."""

    def __init__(self, view: RowView, parties: Parties) -> None:
        """Take a row and its parties."""
        self.view, self.parties = view, parties
        self._sentences: dict[tuple[str, int], Sentence] = {}
        self._of: dict[str, frozenset[Sentence]] = {p.key: self._named_in(p) for p in parties.all}

    def sentences(self, party: Party) -> frozenset[Sentence]:
        """Return the sentences that name a party other than as a seat or in the column of places."""
        return self._of[party.key]

    def _named_in(self, party: Party) -> frozenset[Sentence]:
        mentions = (m for m in party.mentions if m.how not in {"seat", "heading", "place"})
        return frozenset(s for m in mentions if (s := self.sentence(m)) is not None)

    def sentence(self, mention: Named) -> Sentence | None:
        """Return the sentence of a mention."""
        cell = self.view.cells.get(mention.column)
        span = cell.sentence_at(mention.first) if cell is not None else None
        if cell is None or span is None:
            return None
        key = (mention.column, span[0])
        if key not in self._sentences:
            self._sentences[key] = self._look(cell, *span)
        return self._sentences[key]

    def _look(self, cell: CellText, first: int, last: int) -> Sentence:
        twins = talks = moves = jointly = False
        between = -1
        for index in range(first, last):
            token = cell.tokens[index]
            if token.kind != "word" or cell.quote_of[index] is not None:
                continue
            low, lemmas = token.low, token.word.lemmas
            twins = twins or any(stem in low for stem in _TWINS)
            talks = talks or not lemmas.isdisjoint(_TALKS)
            moves = moves or not lemmas.isdisjoint(_MOVES)
            jointly = jointly or low in _JOINTLY
            if between < 0 and low in _BETWEEN:
                between = index
        nouns = self.view.lexicon.matcher("agreement-kind").find(cell.tokens, first, last)
        agreement = any(m.concept.local != "other" and cell.quote_of[m.first] is None for m in nouns)
        return Sentence(cell.column, first, last, twins, talks, moves, jointly, agreement, between)

    @cached_property
    def kinds(self) -> set[str]:
        """Return the event's first two kinds."""
        return set(self.view.record.kind[:2])

    @cached_property
    def groups(self) -> int:
        """Return how many foreign parties there are, lists and towns with their bodies counted once."""
        seats = {i.place for p in self.parties.foreign if not p.municipal for i in self._institutions(p)}
        counted = [p for p in self.parties.foreign if not _only(p, {"seat", "place"})]
        bodies = {p.group for p in counted if not p.municipal}
        return len(bodies | {p.group for p in counted if p.municipal and p.key not in seats})

    def _institutions(self, party: Party) -> Iterator[object]:
        return (self.view.record.institutions[n] for n in party.numbers)  # type: ignore[return-value]

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

    def roles(self, party: Party) -> set[str]:
        """Return the roles of a body or of a municipality's authorities."""
        return {self.view.record.institutions[n].role for n in party.numbers}


def _only(party: Party, hows: set[str]) -> bool:
    return all(m.how in hows for m in party.mentions)


def _acts(party: Party) -> bool:
    return any(m.how not in {"seat", "place"} for m in party.mentions)


# Of one party


def ruled_by(scene: Scene, mention: Named, words: frozenset[str], *, lemmas: bool) -> bool:
    """Tell whether one of some words stands close before a mention, no comma or other name between."""
    cell = scene.view.cells.get(mention.column)
    if cell is None or mention.how in {"heading", "place", "seat"}:
        return False
    for index in range(mention.first - 1, max(-1, mention.first - 1 - _BACK), -1):
        token = cell.tokens[index]
        if token.text in ".;:)":
            return False
        if (token.word.lemmas & words) if lemmas else (token.low in words):
            return True
        if token.text == ",":
            return False
    return False


def of_foreign(scene: Scene, party: Party) -> Iterator[str]:
    """Yield the features of a foreign party: what speaks for its being tied at all."""
    mentions, sentences = party.mentions, scene.sentences(party)
    columns = {m.column for m in mentions if m.how not in {"seat", "place"}}
    if any(ruled_by(scene, m, _WITH, lemmas=False) for m in mentions):
        yield "f-with"
    if any(ruled_by(scene, m, _CAME, lemmas=True) for m in mentions):
        yield "f-delegation"
    for column, name in (("name", "f-title"), ("participants", "f-participant"), ("section", "f-heading")):
        if column in columns:
            yield name
    if columns and columns <= _TEXT:
        yield "f-text-only"
    if party.municipal and any(s.twins for s in sentences):
        yield "f-twins"
    if any(s.talks for s in sentences):
        yield "f-talks"
    if any(s.agreement for s in sentences):
        yield "f-agreement"
    if any(s.jointly for s in sentences):
        yield "f-jointly"
    if party.municipal and _destination(scene, party):
        yield "f-destination"
    for hows, name in (({"seat"}, "f-seat-only"), ({"place"}, "f-place-only"), ({"post"}, "f-post-only"),
                       ({"in"}, "f-in-only"), ({"seat", "place"}, "f-seat-or-place")):  # fmt: skip
        if mentions and _only(party, hows):
            yield name
    if scene.roles(party) and scene.roles(party) <= {"supporter", "venue"} and not party.municipal:
        yield "f-aside"
    if (
        mentions
        and _only(party, {"place", "seat"})
        and scene.kinds & _VISITS
        and any(m.how == "place" for m in mentions)
    ):
        yield "f-visited"
    if party.level == "region":
        yield "f-region"
    if party.guessed:
        yield "f-guessed"
    if party.municipal and _body_of(scene, party):
        yield "f-town-of-body"
        if _only(party, {"seat", "place"}) and _seat_of_kin(scene, party):
            yield "f-seat-of-kin"
    if party.kind and scene.view.marked(party.kind, "represents"):
        yield "f-represents"
    yield from _among(scene, party, columns)


def _destination(scene: Scene, party: Party) -> bool:
    """«Визит делегации г. Самары в г. Уральск»."""
    return any(
        m.how == "in" and (m.column == "name" or m.column in _TEXT)
        and ((s := scene.sentence(m)) is not None and (s.moves or (m.column == "name" and "visit" in scene.kinds)))
        for m in party.mentions
    )  # fmt: skip


def _body_of(scene: Scene, party: Party) -> bool:
    """Tell whether a body of the municipality is a party of its own that acts."""
    return any(
        scene.view.record.institutions[n].place == party.key and _acts(other) and other is not party
        for other in scene.parties.foreign
        for n in other.numbers
    )


def _seat_of_kin(scene: Scene, party: Party) -> bool:
    """Tell whether a municipality's body has its like at home: then bodies are tied, not their towns."""
    institutions = scene.view.record.institutions
    bodies = [p for p in scene.parties.foreign if any(institutions[n].place == party.key for n in p.numbers)]
    return any(akin(scene.view, one, other) for one in bodies for other in scene.parties.home)


_VISITS = {"visit", "meeting", "signing", "exchange"}
_MASS = {"competition", "festival", "sports", "exhibition", "conference", "concert", "publication"}


def _among(scene: Scene, party: Party, columns: set[str]) -> Iterator[str]:
    """Yield what the rest of the row says: who else is there, and what kind of event it is."""
    record = scene.view.record
    if scene.groups <= 1:
        yield "f-only"
    if scene.groups >= _SEVERAL:
        yield "f-several"
        if "participants" in columns and "name" not in columns:
            yield "f-several-participants"
    if "name" not in columns and any(
        m.column == "name" and m.how != "seat" for p in scene.parties.foreign if p.group != party.group
        for m in p.mentions
    ):  # fmt: skip
        yield "f-other-in-title"
    if record.kind[:1] and record.kind[0] in _MASS:
        yield "f-mass"
        if columns <= {"participants"}:
            yield "f-mass-participant"
    if record.groups:
        yield "f-groups"
    if len(record.countries) >= _SEVERAL:
        yield "f-countries"
    if record.mode == "online":
        yield "f-online"
    if not scene.view.lexicon.marked("bilateral", "event-kind").isdisjoint(record.kind[:2]):
        yield "f-bilateral"
        if "name" in columns:
            yield "f-bilateral-title"


def of_home(scene: Scene, party: Party) -> Iterator[str]:
    """Yield the features of a home party: what speaks for its being the one that a guest is tied to."""
    mentions = party.mentions
    columns = {m.column for m in mentions if m.how not in {"seat", "place"}}
    others = [p for p in scene.parties.home if p is not party and _acts(p)]
    if party.key == scene.view.record.home.name:
        yield "h-reporter"
        if not _acts(party) and others:
            yield "h-unnamed-reporter"
        if not _acts(party) and any(not p.municipal and not scene.roles(p) <= {"supporter", "venue"} for p in others):
            yield "h-unnamed-beside-body"
        if scene.headed:
            yield "h-led"
    elif party.municipal:
        yield "h-other-town"
    if not others:
        yield "h-only"
    if not party.municipal and all(p.municipal for p in others):
        yield "h-sole-body"
    if party.municipal and party.numbers:
        yield "h-governs"
    if any(ruled_by(scene, m, _CAME, lemmas=True) for m in mentions):
        yield "h-delegation"
    if "name" in columns:
        yield "h-title"
    if "participants" in columns:
        yield "h-participant"
    if columns and columns <= _TEXT:
        yield "h-text-only"
    if mentions and columns and columns <= {"responsible"}:
        yield "h-responsible-only"
    for hows, name in (({"seat"}, "h-seat-only"), ({"place"}, "h-place-only"), ({"post"}, "h-post-only"),
                       ({"in"}, "h-in-only")):  # fmt: skip
        if mentions and _only(party, hows):
            yield name
    roles = scene.roles(party)
    if roles and not party.municipal and roles <= {"supporter"}:
        yield "h-supporter"
    if roles and not party.municipal and roles <= {"venue"}:
        yield "h-venue"
    if roles and not party.municipal and "organiser" in roles:
        yield "h-organiser"


# Of a pair


def of_pair(scene: Scene, home: Party, foreign: Party) -> Iterator[str]:
    """Yield the features of two parties together."""
    together = scene.sentences(home) & scene.sentences(foreign)
    if together:
        yield "p-sentence"
    elif scene.sentences(home) and scene.sentences(foreign):
        yield "p-apart"
        mass = scene.view.record.kind[:1] and scene.view.record.kind[0] in _MASS
        if mass:
            yield "p-mass-apart"
    yield from _close(scene, home, foreign, together)
    for sentence in together:
        if sentence.agreement:
            yield "p-agreement"
            named = {p.key for _, p in scene.parties.named_in(sentence.column, sentence.first, sentence.last)}
            if len(named) <= _TWO:
                yield "p-agreement-two"
            break
    columns = [{m.column for m in p.mentions if m.how not in {"seat", "place"}} & _ACTING for p in (home, foreign)]
    if all(columns):
        yield "p-acting"
        if all("participants" in found for found in columns):
            yield "p-participants"
    if home.key == scene.view.record.home.name and any(scene.led(s) for s in scene.sentences(foreign)):
        yield "p-led"
    if all(any(m.column == "name" and m.how not in {"seat", "place"} for m in p.mentions) for p in (home, foreign)):
        yield "p-title"
    yield from _levels(scene, home, foreign)
    yield from _kin(scene, home, foreign)


def _close(scene: Scene, home: Party, foreign: Party, together: frozenset[Sentence]) -> Iterator[str]:
    """Yield how close two parties stand: joined, near, both behind «между»."""
    near = joined = between = False
    for sentence in together:
        cell = scene.view.cells[sentence.column]
        for one in _within(home, sentence):
            for other in _within(foreign, sentence):
                left, right = sorted((one, other), key=lambda m: m.first)
                gap = right.first - left.last
                if gap < 0:
                    continue
                near = near or gap <= _NEAR
                words = cell.tokens[left.last : right.first]
                joined = joined or (
                    gap <= _NEAR
                    and any(t.low in _JOINS or t.low in _WITH for t in words)
                    and not any(t.text in ",;" for t in words)
                )
                start = sentence.between
                between = between or (0 <= start < left.first and right.first - start <= _SCOPE)
    if near:
        yield "p-near"
    if joined:
        yield "p-joined"
    if between:
        yield "p-between"


def _within(party: Party, sentence: Sentence) -> list[Named]:
    return [
        m for m in party.mentions
        if m.column == sentence.column and sentence.first <= m.first < sentence.last and m.how not in {"seat", "place"}
    ]  # fmt: skip


def _levels(scene: Scene, home: Party, foreign: Party) -> Iterator[str]:
    if home.municipal and foreign.municipal:
        yield "p-towns"
        if any(s.twins for s in scene.sentences(foreign)):
            yield "p-towns-twins"
        if home.level == foreign.level:
            yield "p-one-level"
        if home.numbers and foreign.numbers:
            yield "p-governments"
        if _body_of(scene, foreign):
            yield "p-towns-beside-body"
    elif not home.municipal and not foreign.municipal:
        yield "p-bodies"
    elif home.municipal:
        yield "p-town-with-body"
        if foreign.kind and scene.view.marked(foreign.kind, "power"):
            yield "p-town-with-power"
    else:
        yield "p-body-with-town"


def _kin(scene: Scene, home: Party, foreign: Party) -> Iterator[str]:
    """Yield what kinds of bodies tell: of one kind, the only two of it, kin of another one."""
    if home.municipal or foreign.municipal:
        return
    if akin(scene.view, home, foreign):
        yield "p-akin"
        if home.kind == foreign.kind:
            yield "p-one-kind"
        homes = [p for p in scene.parties.home if not p.municipal and akin(scene.view, p, foreign)]
        abroad = [p for p in scene.parties.foreign if not p.municipal and akin(scene.view, home, p)]
        if len(homes) == len(abroad) == 1:
            yield "p-only-kin"
        return
    if any(not p.municipal and akin(scene.view, home, p) for p in scene.parties.foreign):
        yield "h-kin-elsewhere"
    if any(not p.municipal and akin(scene.view, p, foreign) for p in scene.parties.home):
        yield "f-kin-elsewhere"


def akin(view: RowView, one: Party, other: Party) -> bool:
    """Tell whether two bodies are of one kind, or of kinds under one."""
    if not one.kind or not other.kind:
        return False
    return not ancestors(view, one.kind).isdisjoint(ancestors(view, other.kind))


_ANCESTORS: dict[tuple[int, str], frozenset[str]] = {}


def ancestors(view: RowView, kind: str) -> frozenset[str]:
    """Return a kind and all above it, remembered."""
    key = (id(view.lexicon), kind)
    found = _ANCESTORS.get(key)
    if found is None:
        chain = view.lexicon.broader(view.lexicon.concept("organisation-kind", kind))
        found = _ANCESTORS[key] = frozenset(c.local for c in chain)
    return found
