"""Direct links between a home party and a foreign one that a row itself states, as the verdicts have them.

Taking part in the same large event is no link. The evidence of a tie is where the foreign party is named; its
confidence is the tie's probability, its rule names the three features that speak for it most (``said``).
"""

from collections.abc import Sequence

from pobratim.extract.context import RowView
from pobratim.extract.parties import Named, Party
from pobratim.extract.verdicts import Choice, ruled
from pobratim.record import Evidence

_COLUMNS = ("name", "participants", "purpose", "result")
_HOWS = ("named", "head", "in", "from", "person", "post", "heading", "place", "about", "seat")
DOUBTFUL = 0.2
"""So likely is a tie that is not taken, but worth a look: below it one in fifty is right (reports left out)."""
_DIGITS = 2
_SUREST = 0.99
"""No tie is certain: so much at most is written of a probability."""


def note_doubtful(view: RowView, verdicts: Sequence[Choice]) -> None:
    """Keep the ties that were not taken though they are not unlikely, each with its reasons: for people to look at."""
    for choice in verdicts:
        number = max(range(len(choice.homes)), key=lambda n: choice.chances[n], default=-1)
        if number < 0 or choice.chosen() or choice.chances[number] < DOUBTFUL:
            continue
        home, foreign = choice.homes[number], choice.foreign
        _, other = together(view, home, foreign)
        cell = view.cells.get(other.column) if other is not None else None
        if other is None or cell is None or not other.first < other.last <= len(cell.tokens):
            continue
        start, end = cell.tokens[other.first].start, cell.tokens[other.last - 1].end
        pair = " – ".join(_shown(view, party) for party in (home, foreign))
        chance, rule = round(choice.chances[number], _DIGITS), ruled(choice.reasons(number))
        view.record.doubtful.append(Evidence(pair, other.column, start, end, cell.raw[start:end], rule, chance))


def _shown(view: RowView, party: Party) -> str:
    names = {one.id: one.name for one in view.record.institutions}
    return names.get(party.key, party.key)


def read_ties(view: RowView, verdicts: Sequence[Choice]) -> None:
    """Add the row's direct links to the record, each pair once, home party first."""
    for choice in verdicts:
        for number in choice.chosen():
            home, foreign = choice.homes[number], choice.foreign
            own, other = together(view, home, foreign)
            pair = [named(view, home, own), named(view, foreign, other)]
            if pair in view.record.ties or pair[0] == pair[1]:
                continue
            pointer = f"/ties/{len(view.record.ties)}"
            view.record.ties.append(pair)
            if other is not None:
                chance = min(round(choice.chances[number], _DIGITS), _SUREST)
                view.note(pointer, other.column, other.first, other.last, ruled(choice.reasons(number)), chance)


def together(view: RowView, home: Party, foreign: Party) -> tuple[Named | None, Named | None]:
    """Return the mentions by which two parties are told best: of one sentence, if one names both."""
    owns, others = sorted(home.mentions, key=_rank), sorted(foreign.mentions, key=_rank)
    for other in others:
        cell = view.cells.get(other.column)
        sentence = cell.sentence_at(other.first) if cell is not None else None
        for own in owns if sentence is not None and other.how != "seat" else ():
            if sentence and own.column == other.column and sentence[0] <= own.first < sentence[1] and own.how != "seat":
                return own, other
    return next(iter(owns), None), next(iter(others), None)


def _rank(mention: Named) -> tuple[int, int, int]:
    """Return how well a mention tells its party: by its own name first, in the title first."""
    column = _COLUMNS.index(mention.column) if mention.column in _COLUMNS else len(_COLUMNS)
    return _HOWS.index(mention.how), column, mention.first


def named(view: RowView, party: Party, mention: Named | None) -> str:
    """Register a party under the name by which it is to be told, and return it: an id or a municipality's name.

    An authority that only the post of its head names stands for its municipality, and a municipality that only its head
    stands for is its administration, where that is named.
    """
    if mention is not None and mention.how == "head":
        mention = min((m for m in party.mentions if m.how == "named"), key=_rank, default=mention)
    ids = {view.record.institutions[n].id for n in party.numbers}
    if mention is not None and mention.name in ids and (mention.how != "post" or party.place is None):
        return mention.name
    if party.place is None:
        return party.key
    name = party.key if mention is None or mention.name in ids else mention.name
    place = party.places.get(name, party.place)
    view.record.parties.setdefault(name, place)
    return name
