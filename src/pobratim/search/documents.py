"""What can be searched for: one document a thing, read by the queries in ``queries/search/``, one file a type.

Each query answers ``?iri ?what ?value``, a row a fact. ``what`` is

* "label", the name shown, "name", another one, or "title", a concept that gives the name, with "party" and "year";
* "kind", "place", "country", "involved": concepts and things whose words count as well; the last is a country that is
  not where it was;
* "about": other words; "body": an institution that lends its place and words;
* "code": what it is known by besides names, as an ISO code or a report's file; "used": there is something of it;
* "holds": what this thing stands for and hides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pobratim.errors import ContentError
from pobratim.messages import LANGUAGES
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.search.nicknames import nicknames
from pobratim.store.backend import GraphReader

TYPES = ("country", "region", "place", "institution", "person", "agreement", "series", "event")
"""The types in the order in which equally good hits stand; each is a file of ``queries/search/``."""

LOOKUPS = ("report", "topic", "event-kind")
"""Types that only values of parameters are looked up in (``references.py``), files of ``queries/search/`` as well."""

_SELDOM = {"country", "region"}
"""Types of which many have nothing to do with the data: such are found only where their type is asked for."""

Terms = dict[str, list[NamedNode | Literal]]
Names = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A thing with its names. Labels go by language (``ru``, ``en`` where there is one), {} for an unknown place.

    ``names`` are all its names, the label among them; ``around`` the names of its places and countries, ``about`` other
    words that it is found by (kind, post, body, parties); ``weight`` says how well connected it is: the number of its
    ties and mentions. ``ids`` are what it is known by exactly: its IRI, its key, codes. ``listed`` tells whether it is
    found where no type is asked for.
    """

    iri: str
    type: str
    labels: dict[str, str]
    names: tuple[str, ...]
    places: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    weight: int = 0
    ids: tuple[str, ...] = ()
    listed: bool = True


def read_documents(reader: GraphReader) -> list[SearchDocument]:
    """Return the documents of everything searchable in a generation, sorted by type and IRI.

    Raises ContentError for a query of ``queries/search/`` that is no SELECT or fails.
    """
    source = _Source(reader)
    return [document for type_ in (*TYPES, *LOOKUPS) for document in source.documents(type_)]


class _Source:
    """The facts of one reader."""

    def __init__(self, reader: GraphReader) -> None:
        queries = library(queries_root(), "search")
        support = library(queries_root() / "search", "support")
        self._facts = {name: _facts(queries[name], reader) for name in (*TYPES, *LOOKUPS)}
        self._concepts = _facts(support["concepts"], reader)
        self._weights: Counter[str] = Counter()
        for name in ("ties", "mentions", "uses"):
            for iri, count, *_ in _rows(support[name], reader):
                self._weights[iri.value] += int(count.value)

    def documents(self, type_: str) -> Iterator[SearchDocument]:
        facts = self._facts[type_]
        hidden = {term.value for terms in facts.values() for term in terms.get("holds", ())}
        for iri in sorted(facts.keys() - hidden):
            terms = facts[iri]
            labels = self._titled(terms) if "title" in terms else _by_language(terms.get("label", ()))
            if labels:
                yield self._document(iri, type_, terms, labels)

    def _document(self, iri: str, type_: str, terms: Terms, labels: Names) -> SearchDocument:
        seats = self._seats(terms)
        places = _values(terms, "place") or [place for place, _ in seats]
        countries = _values(terms, "country") or [country for _, country in seats]
        countries += [country for place in places for country in _values(self._terms(place), "country")]
        countries += _values(terms, "involved")
        shown = _first_labels(labels)
        names = dict.fromkeys([*shown.values(), *_texts(labels), *_values(terms, "name")])
        names |= dict.fromkeys(nicknames(names, type_, self._codes(countries)))
        about = [word for kind in _values(terms, "kind") for word in self._words(kind)]
        about += _values(terms, "about")
        about += [word for other in _values(terms, "title", "body", "party") for word in self._words(other)]
        around = [word for thing in (*places, *countries) for word in self._words(thing)]
        return SearchDocument(
            iri,
            type_,
            shown,
            tuple(names),
            self._label(places[:1]),
            self._label(countries[:1]),
            tuple(dict.fromkeys(around)),
            tuple(dict.fromkeys(about)),
            self._weights[iri],
            (iri, *_keys(iri), *_values(terms, "code")),
            type_ in TYPES and (type_ not in _SELDOM or "used" in terms),
        )

    def _codes(self, countries: Iterable[str]) -> set[str]:
        return {term.value for iri in countries for term in self._facts["country"].get(iri, {}).get("code", ())}

    def _seats(self, terms: Terms) -> list[tuple[str, str]]:
        """Return place and country of the institutions and parties that a thing belongs to."""
        found = []
        for term in terms.get("body", ()):
            facts = self._facts["institution"].get(term.value, {})
            place = next((t.value for t in facts.get("place", ())), "")
            country = next((t.value for t in facts.get("country", ())), "")
            found.append((place, country))
        return [(place, country) for place, country in found if place or country]

    def _titled(self, terms: Terms) -> Names:
        """Return a name made of a concept, the parties and the year: «Соглашение: Смоленск — Витебск, 2023»."""
        parties = sorted(term.value for term in terms.get("party", ()))
        years = sorted(term.value for term in terms.get("year", ()))
        made: Names = {}
        for language in LANGUAGES:
            title = next((self._label([t.value]).get(language, "") for t in terms["title"]), "")
            who = [label.get(language) or label.get("ru", "") for label in (self._label([party]) for party in parties)]
            named = " — ".join(name for name in who if name)
            text = ": ".join(part for part in (title[:1].upper() + title[1:], named) if part)
            if title:
                made[language] = [", ".join([text, *years])]
        return made

    def _label(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the label of the first of some things by language, {} where there is none."""
        return next((_first_labels(_by_language(self._terms(iri).get("label", ()))) for iri in iris), {})

    def _words(self, iri: str) -> list[str]:
        terms = self._terms(iri)
        return [term.value for what in ("label", "name") for term in terms.get(what, ())]

    def _terms(self, iri: str) -> Terms:
        for facts in (self._facts["place"], self._facts["institution"], self._concepts):
            if iri in facts:
                return facts[iri]
        return {}


def _keys(iri: str) -> Iterator[str]:
    """Yield what an IRI ends with: its key, which may be a path, and its last part."""
    if "/id/" in iri:
        yield iri.partition("/id/")[2].partition("/")[2]
    yield iri.rstrip("/").rpartition("/")[2]


def _facts(query: NamedQuery, reader: GraphReader) -> dict[str, Terms]:
    """Return what a query tells by IRI and ``what``; values sorted, each once."""
    found: dict[str, dict[str, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
    for iri, what, value in _rows(query, reader):
        found[iri.value][what.value].add(value)
    return {iri: {what: sorted(values, key=_by_text) for what, values in facts.items()} for iri, facts in found.items()}


def _rows(query: NamedQuery, reader: GraphReader) -> Iterator[tuple[NamedNode | Literal, ...]]:
    with query.faults_told():
        result = query.run(reader, {}, "ru")
        if not isinstance(result, QuerySolutions):
            raise ContentError("search-not-select", file=query.file)
        for solution in result:
            row = tuple(term for term in solution if isinstance(term, NamedNode | Literal))
            if len(row) == len(result.variables):
                yield row


def _by_text(term: NamedNode | Literal) -> tuple[str, str]:
    return term.value, (term.language or "") if isinstance(term, Literal) else ""


def _by_language(terms: Iterable[NamedNode | Literal]) -> Names:
    found: Names = defaultdict(list)
    for term in terms:
        found[(term.language if isinstance(term, Literal) else None) or "ru"].append(term.value)
    return found


def _first_labels(labels: Names) -> dict[str, str]:
    """Return one label a language; the shortest of several."""
    return {language: min(labels[language], key=lambda t: (len(t), t)) for language in LANGUAGES if language in labels}


def _values(terms: Terms, *what: str) -> list[str]:
    return [term.value for one in what for term in terms.get(one, ())]


def _texts(labels: Names) -> list[str]:
    return [text for language in sorted(labels) for text in labels[language]]
