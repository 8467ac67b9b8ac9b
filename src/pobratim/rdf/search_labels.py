"""The graph of search labels: every name folded to plain words, so that SPARQL finds it by CONTAINS or a short REGEX.

A stem is the beginning of its word, so the words themselves do for it: «школ» is contained in «школа». What no
beginning finds is added behind the words: a dictionary form with another stem («орла»: «орел»), the abbreviations of
kinds and of institutions' names, and what an abbreviation stands for.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from pobratim.entities import AgreementEntity, Resolution
from pobratim.lexicon.lexicon import lexicon
from pobratim.names.abbreviations import abbreviated, initials, respelt
from pobratim.rdf.iris import EntityType, entity_iri, graph_iri
from pobratim.rdf.terms import SKOS, Graph
from pobratim.text.folding import JOINING, dictionary_form, folded_words, stem
from pobratim.text.transliterate import latin

GRAPH = "search"
_SHORTEST = 3
"""Letters of the shortest word that has a dictionary form worth telling; shorter ones are initials and particles."""


@lru_cache(maxsize=100_000)
def search_label(name: str, *, by_initials: bool = False) -> str:
    """Return the search label of a name, "" for one without letters and digits: «СШ № 8» gives «сш 8 средняя школа 8».

    ``by_initials`` adds the abbreviation by initial letters, as institutions are called by them.
    """
    words = folded_words(name)
    text = " ".join(words)
    added = [form for word in words if (form := _other_form(word))]
    added += [" ".join(part) for part in (*respelt(words), *abbreviated(words))]
    added += initials(name) if by_initials else []
    for more in added:
        text += "" if more in text else f" {more}"
    return text


def _other_form(word: str) -> str:
    """Return the dictionary form where its stem does not begin the word, else ""."""
    form = "" if word in JOINING or len(word) < _SHORTEST else dictionary_form(word)
    return "" if word.startswith(stem(form)) else form


def search_graph(resolution: Resolution, base: str) -> Graph:
    """Return the search labels of organisations, places, people and posts, agreements, activities and series."""
    graph = Graph(graph_iri(base, GRAPH))
    for kind, key, names in _named(resolution):
        labels = (search_label(name, by_initials=kind == "organisation") for name in names)
        graph.add(NamedNode(entity_iri(base, kind, key)), SKOS.hiddenLabel, *(Literal(text) for text in labels if text))
    return graph


def _named(resolution: Resolution) -> Iterator[tuple[EntityType, str, Iterable[str]]]:
    """Yield type, key and names of everything that is looked for by name."""
    for organisation in resolution.organisations:
        yield "organisation", organisation.key, _spellings(organisation.names)
    for place in resolution.places:
        yield "place", place.key, _spellings(place.names)
    for person in resolution.people:
        yield "post", person.key, [person.post]
        if person.name:
            yield "person", person.key, [person.name]
    for key, titles in _titles(resolution).items():
        yield "activity", key, titles
    for series in resolution.series:
        yield "series", series.key, [series.name]
    called = _party_names(resolution)
    for agreement in resolution.agreements:
        yield "agreement", agreement.key, [_agreement_name(agreement, called)]


def _titles(resolution: Resolution) -> dict[str, list[str]]:
    """Return the titles of each activity, its own before those of its accounts."""
    titles: dict[str, list[str]] = {activity.key: [activity.title] for activity in resolution.activities}
    for account in resolution.accounts:
        if account.activity:
            titles[account.activity].append(account.record.title)
    return titles


def _spellings(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names and the preferred one in Latin letters."""
    return (*names, latin(names[0]))


def _party_names(resolution: Resolution) -> dict[tuple[str, str], str]:
    found = {("organisation", one.key): one.names[0] for one in resolution.organisations}
    return found | {("place", one.key): one.names[0] for one in resolution.places}


def _agreement_name(agreement: AgreementEntity, called: dict[tuple[str, str], str]) -> str:
    """Return kind, parties and year: an agreement has no name of its own."""
    kind = lexicon().concept("agreement-kind", agreement.kind).label
    parties = [called[party] for party in agreement.parties if party in called]
    return " ".join([kind, *parties, agreement.date[:4]])
