"""Search over the names of one generation: documents read from the store, a tantivy index, ranked hits."""

from pobratim.search.documents import LOOKUPS, TYPES, SearchDocument, read_documents
from pobratim.search.index import Candidate, Hit, SearchIndex, build_index
from pobratim.search.ranking import Match
from pobratim.search.stored import index_of, open_or_build

__all__ = [
    "LOOKUPS", "TYPES", "Candidate", "Hit", "Match", "SearchDocument", "SearchIndex", "build_index", "index_of",
    "open_or_build", "read_documents",
]  # fmt: skip
