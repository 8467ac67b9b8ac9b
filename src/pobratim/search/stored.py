"""The index of a store's current generation: kept in the store's folder, made when it is first asked for."""

from pathlib import Path
from weakref import WeakKeyDictionary

from pobratim.search.documents import read_documents
from pobratim.search.index import SearchIndex, build_index
from pobratim.store.backend import GraphReader, StoreBackend
from pobratim.store.directory import GenerationStore

_MADE: "WeakKeyDictionary[GraphReader, SearchIndex]" = WeakKeyDictionary()
"""The indexes of readers, for as long as somebody reads."""


def is_made(store: StoreBackend) -> bool:
    """Tell whether the index of the current generation of ``store`` is there. Raises StoreError if there is none."""
    if not isinstance(store, GenerationStore):
        return False
    try:
        SearchIndex.open(store.search_folder())
    except FileNotFoundError:
        return False
    return True


def open_or_build(store: StoreBackend) -> SearchIndex:
    """Return the index of the current generation of ``store``, building ``STORE/search/GENERATION`` if need be.

    Where that folder cannot be written or the store is behind a URL, the index is held in memory. Raises StoreError if
    there is no generation.
    """
    if isinstance(store, GenerationStore):
        try:
            return SearchIndex.open(store.search_folder())
        except FileNotFoundError:
            pass
    return index_of(store.open())


def index_of(reader: GraphReader) -> SearchIndex:
    """Return the index of what is read: that beside the store, made there if need be, else one in memory."""
    if reader not in _MADE:
        _MADE[reader] = _of(reader, reader.search_folder)
    return _MADE[reader]


def _of(reader: GraphReader, folder: Path | None) -> SearchIndex:
    if folder is None:
        return SearchIndex.of(read_documents(reader))
    try:
        return SearchIndex.open(folder)
    except FileNotFoundError:
        documents = read_documents(reader)
    try:
        build_index(documents, folder)
        return SearchIndex.open(folder)
    except (OSError, ValueError):  # tantivy says ValueError of a full disk
        return SearchIndex.of(documents)
