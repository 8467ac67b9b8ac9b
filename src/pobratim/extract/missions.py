"""Missions named by who leads them: «Встреча с Генеральным консулом Венгрии в Самаре» is with the consulate."""

from collections.abc import Iterator

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.lexicon.lexicon import LEX
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.names.parts import parse
from pobratim.record import Institution
from pobratim.text.tokens import tokenize

_WHERE = WORDS.of("preposition-where")
_BODY = LEX + "body"


def read_missions(view: RowView) -> None:
    """Add the mission of a consul or ambassador whom the title names, where nothing else names it.

    Elsewhere such a person is one guest of many; in the title the event is one with whom he speaks for. What follows
    the post tells where the mission is, wherever the row tells more («Посол Кубы в Российской Федерации»).
    """
    told = next(((post, geos) for post, geos in _leaders(view, "name") if view.foreign(geos[0].country)), None)
    kind = _led(view, told[0]) if told is not None else None
    if told is None or kind is None or any(view.is_a(one.kind, kind.local) for one in view.record.institutions):
        return
    again = [
        (column, post, geos)
        for column in ("name", "participants", "purpose", "result")
        for post, geos in _leaders(view, column)
        if post.concept is told[0].concept and geos[0].country == told[1][0].country
    ]
    _add(view, kind, *max(again, key=lambda one: len(one[2])))


def _leaders(view: RowView, column: str) -> Iterator[tuple[Match, list[Geo]]]:
    """Yield the posts of those who lead missions in a column, with the country and where in it the mission is."""
    cell = view.cells.get(column)
    for match in view.lexicon.matcher("post").find(cell.tokens) if cell is not None else ():
        if cell is not None and match.concept.extra.get(_BODY) and cell.quote_of[match.first] is None:
            geos = _named(view, cell, match.last)
            if geos:
                yield match, geos


def _led(view: RowView, match: Match) -> Concept | None:
    """Return the kind of body that the holder of a post leads or serves, None for a post of none."""
    bodies = match.concept.extra.get(_BODY, [])
    return view.lexicon.known("organisation-kind", bodies[0].rsplit("/", 1)[-1]) if bodies else None


def _named(view: RowView, cell: CellText, index: int) -> list[Geo]:
    """Return the country at a token, and where in it a mission is: a town or country behind «в»."""
    starts = {geo.first: geo for geo in view.geos.get(cell.column, ())}
    sender = starts.get(index)
    if sender is None or sender.kind != "country":
        return []
    where = starts.get(sender.last + 1) if cell.low(sender.last) in _WHERE else None
    return [sender, where] if where is not None else [sender]


def _add(view: RowView, kind: Concept, column: str, match: Match, geos: list[Geo]) -> None:
    cell = view.cells[column]
    held = {lemma for token in cell.tokens[match.first : match.last] for lemma in token.word.lemmas}
    labels = [label for label in kind.inflected if all(lemmas & held for lemmas in _adjectives(label))]
    label = max(labels, key=lambda one: len(_adjectives(one)), default=kind.label)
    name = f"{label[:1].upper()}{label[1:]} {cell.flat(match.last, geos[-1].last)}"
    town = geos[-1].name if geos[-1].kind == "settlement" else ""
    number = len(view.record.institutions)
    view.record.institutions.append(
        Institution(
            id=f"i{number}", name=name, aliases=[], place=town, country=geos[0].country,
            role="participant", kind=kind.local, parts=parse(name),
        )
    )  # fmt: skip
    view.spans.setdefault(column, []).append((match.first, geos[-1].last, number))
    view.spans[column].sort()
    view.note(f"/institutions/{number}", column, match.first, geos[-1].last, "mission-of-post")


def _adjectives(label: str) -> list[frozenset[str]]:
    """Return the lemmas of each adjective of a kind's label («генеральное консульство»), by which a post tells it."""
    return [token.word.lemmas for token in tokenize(label) if token.word.adjectival()]
