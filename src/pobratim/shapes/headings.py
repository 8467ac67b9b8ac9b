"""Headings that a reshaped table is given: the labels of ontology/columns.ttl, which every namer knows."""

from functools import cache

from pobratim.lexicon.lexicon import lexicon


@cache
def heading(*columns: str) -> str:
    """Return the heading of a column that holds these: «Страна, Участники» for country and participants."""
    return ", ".join(lexicon().concept("column", column).label for column in columns)
