"""Make the search index of a generation of a store, for a server that must not open the store itself.

``python -m pobratim.search STORE STATE NUMBER SPARE`` prints the folder of the index: that beside the generation with
that number, or SPARE where the store's folder cannot be written or the store is behind a URL. Exit code 4 where that
generation cannot be had.
"""

import sys
from pathlib import Path

from pobratim.search.documents import read_documents
from pobratim.search.index import SearchIndex, build_index
from pobratim.store.backend import GraphReader
from pobratim.store.opening import printed_of


def main(arguments: list[str]) -> int:
    """Make the index unless it is there, print its folder and return the exit code."""
    store, state, number, spare = arguments
    return printed_of(store, state, number, lambda reader: _folder(reader, Path(spare)))


def _folder(reader: GraphReader, spare: Path) -> Path:
    folder = reader.search_folder
    if folder is None:
        build_index(read_documents(reader), spare)
        return spare
    try:
        SearchIndex.open(folder)
        return folder
    except FileNotFoundError:
        documents = read_documents(reader)
    try:
        build_index(documents, folder)
        return folder
    except OSError:
        build_index(documents, spare)
        return spare


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
