"""Make the index of the explorer for a generation of a store, for a server that must not open the store itself.

``python -m pobratim.explore STORE STATE NUMBER SPARE`` prints the path of the index: beside the tables of the
generation with that number, or in SPARE where the store's folder cannot be written or the store is behind a URL. Exit
code 4 where that generation cannot be had.
"""

import sys
from pathlib import Path

from pobratim.explore.kept import made_file, made_in
from pobratim.store.backend import GraphReader
from pobratim.store.opening import printed_of
from pobratim.tables.kept import folder_of


def main(arguments: list[str]) -> int:
    """Make the index unless it is there, print its path and return the exit code."""
    store, state, number, spare = arguments

    def made(reader: GraphReader) -> Path:
        return made_file(reader, folder_of(reader)) or made_in(reader, Path(spare))

    return printed_of(store, state, number, made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
