"""Make the search index of a store's current generation, for a server that must not open the store itself.

``python -m pobratim.search STORE STATE SPARE`` prints the folder of the index: that beside the generation, or SPARE
where the store's folder cannot be written or the store is behind a URL. Exit code 4 where the store cannot be used.
"""

import sys
from pathlib import Path

from pobratim.errors import StoreError
from pobratim.search.documents import read_documents
from pobratim.search.index import SearchIndex, build_index
from pobratim.store.backend import StoreBackend
from pobratim.store.directory import GenerationStore
from pobratim.store.opening import open_store


def main(arguments: list[str]) -> int:
    """Make the index unless it is there, print its folder and return the exit code."""
    store, state, spare = arguments
    try:
        sys.stdout.write(str(_folder(open_store(store, Path(state) if state else None), Path(spare))))
    except KeyboardInterrupt:  # the server was told to stop, and this process with it
        return 130
    except StoreError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.exit_code
    return 0


def _folder(store: StoreBackend, spare: Path) -> Path:
    if not isinstance(store, GenerationStore):
        build_index(read_documents(store.open()), spare)
        return spare
    folder = store.search_folder()
    try:
        SearchIndex.open(folder)
        return folder
    except FileNotFoundError:
        documents = read_documents(store.open())
    try:
        build_index(documents, folder)
        return folder
    except OSError:
        build_index(documents, spare)
        return spare


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
