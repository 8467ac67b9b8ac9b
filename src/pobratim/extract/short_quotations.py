"""Quotations that are short for an organisation which another place of the row names («между «Вектором» и …»)."""

from pobratim.extract.context import RowView
from pobratim.extract.named_before import SHORTEST_STEM
from pobratim.text.words import fold

_ENDING = 2
"""Letters that a case adds to a name at most («Вектором»)."""


def note_short_quotations(view: RowView) -> None:
    """Add the spans of quotations that are short for what another place of the row names («между «Вектором» и …»)."""
    proper = [(n, fold(i.proper)) for n, i in enumerate(view.record.institutions) if i.proper]
    for column in ("name", "purpose", "result", "participants"):
        cell = view.cells.get(column)
        if cell is None or not proper:
            continue
        for quote in cell.quotes:
            first, last = cell.first_in(quote), cell.index_at(quote.end - 1)
            if quote.depth or last - first != 1 or view.institution_at(column, first) >= 0:
                continue
            forms = cell.tokens[first].word.lemmas | {cell.low(first)}
            known = {n for n, name in proper if any(_declined(form, name) for form in forms)}
            if len(known) == 1:
                view.spans.setdefault(column, []).append((first - 1, last + 1, known.pop()))


def _declined(form: str, name: str) -> bool:
    """Tell whether a word is a name in some case: equal, or but for the ending."""
    longer = len(name) >= SHORTEST_STEM - 1 and form.startswith(name)
    return form == name or (longer and len(form) - len(name) <= _ENDING)
