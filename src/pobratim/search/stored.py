"""The index of a store's current generation: kept in the store's folder, made when it is first asked for."""

from pobratim.search.documents import read_documents
from pobratim.search.index import SearchIndex, build_index
from pobratim.store import GenerationStore
from pobratim.store_backend import StoreBackend


def open_or_build(store: StoreBackend) -> SearchIndex:
    """Return the index of the current generation of ``store``, building ``STORE/search/GENERATION`` if need be.

    Where that folder cannot be written or the store is behind a URL, the index is held in memory. Raises StoreError if
    there is no generation.
    """
    if not isinstance(store, GenerationStore):
        return SearchIndex.of(read_documents(store.open()))
    folder = store.search_folder()
    try:
        return SearchIndex.open(folder)
    except FileNotFoundError:
        documents = read_documents(store.open())
    try:
        build_index(documents, folder)
        return SearchIndex.open(folder)
    except (OSError, ValueError):  # tantivy says ValueError of a full disk
        return SearchIndex.of(documents)
