"""What stands around a legal form: the adjective of a seat, a region's initials, a kind in the quotation behind it."""

from collections.abc import Container

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import Anchors, toponymic
from pobratim.extract.organisations.grow import inside

_LONGEST_REGION = 4


def seat_before_form(cell: CellText, index: int, anchors: Anchors) -> bool:
    """Tell whether the adjective of a seat at ``index`` stands before an abbreviated form («Лидское ГУП ЖКХ»)."""
    tokens = cell.tokens
    if index + 1 >= len(tokens) or not tokens[index + 1].word.upper or not toponymic(tokens[index]):
        return False
    return cell.quote_of[index] is cell.quote_of[index + 1] and anchors.legal_form(cell, index + 1) is not None


def region_follows(cell: CellText, index: int, initials: Container[str]) -> int:
    """Return how many tokens of a region's initials part a form from the quotation («ГАУК РБ «…»»), 0 if none.

    ``initials`` are those of regions. «РС(Я)» has a bracket, «РСО-Алания» a dash.
    """
    token = cell.tokens[index] if index < len(cell.tokens) else None
    if token is None or not token.word.title or not token.text[:2].isupper():
        return 0
    length = 4 if [cell.low(index + i) for i in (1, 2, 3)] == ["(", "я", ")"] else 1
    short = length > 1 or token.text in initials or (token.word.upper and len(token.text) <= _LONGEST_REGION)
    return length if short and cell.quote_at(index + length) is not None else 0


def names_a_kind(cell: CellText, index: int, anchors: Anchors) -> bool:
    """Tell whether the quotation at ``index`` tells what a body is («учреждение «Слуцкая СДЮШОР № 2»»)."""
    quote = cell.quote_at(index)
    if quote is None:
        return False
    first, last = inside(cell, quote)
    return first < last and anchors.headed(cell, first, last) is not None
