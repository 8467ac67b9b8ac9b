"""From which countries a row's guests are: for those of whom no word tells."""

from pobratim.extract.context import RowView


def country_of_guests(view: RowView) -> str:
    """Return the one foreign country that a row names, else that of its one place abroad, "" where several may be."""
    named = countries_abroad(view)
    held = {place.country for place in view.record.places if view.foreign(place.country)}
    return next(iter(named if len(named) == 1 else held)) if 1 in {len(named), len(held)} else ""


def countries_abroad(view: RowView) -> set[str]:
    """Return the foreign countries that a row names, by places or in words."""
    return view.countries_of_places() | set(view.record.countries)
