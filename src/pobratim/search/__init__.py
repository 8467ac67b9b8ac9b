"""Search over the names of one generation: documents read from the store, a tantivy index, ranked hits."""

from pobratim.search.documents import TYPES, SearchDocument, read_documents
from pobratim.search.index import Hit, SearchIndex, build_index
from pobratim.search.stored import open_or_build

__all__ = ["TYPES", "Hit", "SearchDocument", "SearchIndex", "build_index", "open_or_build", "read_documents"]
