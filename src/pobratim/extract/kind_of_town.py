"""A body under its kind and town alone, named in full elsewhere: «палата Тебриза», «с ошской школой»."""

from pobratim.extract.context import RowView


def note_kinds_of_towns(view: RowView) -> None:
    """Add to the spans of a row's institutions where a kind's word and a town mean one of them, and only one.

    Places of institutions must be known.
    """
    matcher = view.lexicon.matcher("organisation-kind")
    placed = {one.place for one in view.record.institutions} - {""}
    for column, geos in view.geos.items() if placed else ():
        cell = view.cells[column]
        behind = {geo.first: geo.last for geo in geos if geo.kind == "settlement" and geo.name in placed}
        names = {geo.first: geo.name for geo in geos}
        for match in matcher.find(cell.tokens):
            if view.institution_at(column, match.first) >= 0 or cell.quote_of[match.first] is not None:
                continue
            first, last, towns = match.first, match.last, set[str]()
            if last in behind:
                last, towns = behind[last], {names[last]}
            elif first and cell.tokens[first - 1].word.adjectival():
                first -= 1
                named = view.geographer.gazetteer.of_adjective(cell.tokens[first].word)  # «ошский»
                towns = {town.name for town in named} & placed
            kind = match.concept.local
            seated = [(number, one) for number, one in enumerate(view.record.institutions) if one.place in towns]
            told = [number for number, one in seated if view.is_a(one.kind, kind)]
            if len(told) == 1:
                view.spans.setdefault(column, []).append((first, last, told[0]))
                view.spans[column].sort()
