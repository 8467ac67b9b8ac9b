"""The persons that a cell tells of, as they are found: name, post, where both stand."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.person_names import behind_bracket
from pobratim.lexicon.words import WORDS


class Held(NamedTuple):
    """An office: the post's concept, the places that its name holds, in the nominative, and their countries.

    ``posts`` are the tokens of each post, ``before`` those of what or whom they are of, where these stand before them.
    """

    post: str
    places: frozenset[str]
    countries: frozenset[str]
    posts: tuple[tuple[int, int], ...] = ()
    before: tuple[int, int] = (0, 0)


_RANKS = WORDS.of("title", "military-rank")
NO_OFFICE = Held("", frozenset(), frozenset())


class PersonMention(NamedTuple):
    """A person: nominative ``name`` ("" if only the post is given), ``post``, the index of the organisation or -1."""

    name: str
    post: str
    organisation: int
    first: int
    last: int
    rule: str
    held: Held


def of_two_posts(cell: CellText, people: list[PersonMention]) -> list[PersonMention]:
    """Return people with those made one whose name stands behind a second word for what they are («глава
    муниципалитета инженер Анна Линд»): the office tells more."""
    kept: list[PersonMention] = []
    for one in people:
        office = kept[-1] if kept else None
        if office is not None and one.name and not office.name and one.organisation < 0 and not one.held.places:
            at = behind_bracket(cell, office.last, longest=len(cell.tokens))
            words = one.post.split()
            if at == one.first and (len(words) == 1 or words[0].lower() in _RANKS):
                kept[-1] = office._replace(name=one.name, last=one.last, rule=one.rule)
                continue
        kept.append(one)
    return kept
