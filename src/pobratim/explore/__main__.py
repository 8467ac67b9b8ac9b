"""Make the index of the explorer for a generation of a store, for a server that must not open the store itself.

``python -m pobratim.explore STORE STATE NUMBER SPARE`` prints the path of the index: beside the tables of the
generation with that number, or in SPARE where the store's folder cannot be written or the store is behind a URL. Exit
code 4 where that generation cannot be had.
"""

import sys
from pathlib import Path

from pobratim.errors import PobratimError
from pobratim.explore.kept import made_file, made_in
from pobratim.store.opening import open_generation, open_store
from pobratim.tables.kept import folder_of


def main(arguments: list[str]) -> int:
    """Make the index unless it is there, print its path and return the exit code."""
    store, state, number, spare = arguments
    try:
        reader = open_generation(open_store(store, Path(state) if state else None), int(number))
        file = made_file(reader, folder_of(reader)) or made_in(reader, Path(spare))
        sys.stdout.write(str(file))
    except KeyboardInterrupt:  # the server was told to stop, and this process with it
        return 130
    except PobratimError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
