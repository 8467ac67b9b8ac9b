"""Towns abroad named again without a type word: «мэр города Пакш (Венгрия)», «с Пакшем подписан меморандум»."""

from dataclasses import replace

from pobratim.extract.context import RowView
from pobratim.extract.place_names import nominatives
from pobratim.text.words import fold


def find_again(view: RowView) -> None:
    """Add to a row's places where words that no dictionary has name a town abroad that the row marks."""
    marked = {
        fold(geo.name): geo
        for geos in view.geos.values()
        for geo in geos
        if geo.kind == "settlement" and geo.marked and view.foreign(geo.country)
    }
    for column, geos in view.geos.items() if marked else ():
        taken = {index for geo in geos for index in range(geo.first, geo.last)}
        for index, token in enumerate(view.cells[column].tokens):
            if index in taken or token.kind != "word" or not token.word.title or token.word.known:
                continue
            town = next((marked[name] for name in nominatives((token.text,)) if name in marked), None)
            if town is not None:
                geos.append(replace(town, first=index, last=index + 1, marked=False))
        geos.sort(key=lambda geo: geo.first)
