"""The town that stands once behind two bodies: «школа № 20 и гимназия № 4 г. Бреста» are both of Brest."""

from collections.abc import Iterator, Mapping

from pobratim.extract.context import RowView
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.anchors import flag
from pobratim.lexicon.words import WORDS

_LIST = WORDS.of("between-like")
_AND = _LIST - {","}


def share_towns(view: RowView, told: Mapping[int, Mention]) -> None:
    """Seat bodies that «и» joins to one whose town stands behind it, their first mentions being ``told``.

    Guests share one where somebody else is of the reporter: of a school and the school of Brest the first is at home.
    """
    for number, other in list(_joined(view, told)):
        institution, seated = view.record.institutions[number], view.record.institutions[other]
        if not view.foreign(seated.country) or _others_at_home(view, told, {number, other}):
            institution.place, institution.country, institution.region = seated.place, seated.country, seated.region


def _joined(view: RowView, told: Mapping[int, Mention]) -> Iterator[tuple[int, int]]:
    """Yield bodies without a place, each with the one behind it that has a town, the nearest to the town first."""
    for column, spans in view.spans.items():
        cell = view.cells[column]
        sharing, begins, joins = -1, 0, _AND
        for first, last, number in sorted(spans, reverse=True):
            mention = told[number]
            next_to = last + 1 == begins and cell.low(last) in joins
            if sharing >= 0 and next_to and _open(view, number, mention) and _alike(mention, told[sharing]):
                yield number, sharing
                begins, joins = first, _LIST
            else:
                town = any(g.kind == "settlement" and g.marked and g.last == last for g in view.geos[column])
                sharing, begins, joins = (number if town else -1), first, _AND


def _open(view: RowView, number: int, mention: Mention) -> bool:
    """Tell whether nothing says where a body sits of which every town has one."""
    one = view.record.institutions[number]
    bare = not (one.place or one.country or one.region or mention.geos or mention.beside or mention.reporters)
    return bare and flag(mention.kind, "perTown")


def _alike(mention: Mention, seated: Mention) -> bool:
    """Tell whether both have a legal form, or neither has: «МБОУ «Лицей» и гимназия № 4 г. Бреста» share no town."""
    return (mention.legal is None) == (seated.legal is None)


def _others_at_home(view: RowView, told: Mapping[int, Mention], pair: set[int]) -> bool:
    """Tell whether another body is named in the reporter's town, or with a legal form and nowhere abroad."""
    others = [(n, one) for n, one in enumerate(view.record.institutions) if n not in pair]
    home = view.record.home.name
    return any(one.place == home or (told[n].legal and not view.foreign(one.country)) for n, one in others)
