"""Questions asked as people do, names in place of IRIs."""

from collections.abc import Mapping

from pobratim.messages import Language
from pobratim.query.library import NamedQuery
from pobratim.search import index_of
from pobratim.search.references import understand
from pobratim.sparql.terms import Term
from pobratim.store.backend import GraphReader, QueryResult


def meant(query: NamedQuery, reader: GraphReader, values: Mapping[str, str], lang: Language = "ru") -> dict[str, str]:
    """Return values with the IRIs of what they name."""
    return understand(query, values, lambda: index_of(reader), lang).values


def answer(query: NamedQuery, reader: GraphReader, values: Mapping[str, str], lang: Language = "ru") -> QueryResult:
    """Return the answer to a question."""
    return query.run(reader, meant(query, reader, values, lang), lang)


def terms(query: NamedQuery, reader: GraphReader, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the terms that values become."""
    return query.bindings(meant(query, reader, values), "ru")
